//! Whether the values of a field suit an identity: safety rules that no name overrides.

use super::names::{self, fit, has_part, is_whole};
use super::plan::Plan;
use super::survey::{OTHER, Survey, SurveyedField};
use super::vocabulary::{meaning, mentions_state, word_meaning};

/// Longest text that names something, in characters; a longer one is a sentence.
const LONGEST_NAME: usize = 120;

/// Whether an alert is a problem, as far as the proposed status rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Problem,
    Ok,
    /// Not known.
    Open,
}

/// How a field behaves between problems and recoveries, over several payloads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stability {
    /// Some value is in a problem and in a recovery.
    Stays,
    /// No value is in both, although there are both.
    Changes,
    /// There are no problems, or no recoveries, or too many values.
    Unknown,
}

/// Whether a field keeps its value from a problem to its recovery.
pub(super) fn stability(plan: &Plan<'_, '_>, field: &SurveyedField) -> Stability {
    if plan.survey.first_alerts.len() < 2 || field.has_more_values {
        return Stability::Unknown;
    }
    let (mut in_problems, mut in_recoveries) = (0_u32, 0_u32);
    let mut see = |alert: u32, value: u8| match plan.states.get(alert as usize) {
        Some(State::Problem) => in_problems |= 1 << value,
        Some(State::Ok) => in_recoveries |= 1 << value,
        _ => {}
    };
    for (&owner, &value) in field.alerts.iter().zip(&field.values_of).filter(|(_, value)| **value != OTHER) {
        if field.is_outer {
            plan.survey.alerts_of(owner).for_each(|alert| see(alert, value));
        } else {
            see(owner, value);
        }
    }
    let has = |state| plan.states.contains(&state);
    if !has(State::Problem) || !has(State::Ok) {
        Stability::Unknown
    } else if in_problems & in_recoveries != 0 {
        Stability::Stays
    } else {
        Stability::Changes
    }
}

/// Whether the name or a value of a field rules it out as an identity.
pub(super) fn is_ruled_out(field: &SurveyedField) -> bool {
    let key = &field.key;
    let generic = fit(key, "name id title type key label").is_some();
    let parent_path = parent_path(&field.path);
    fit(key, names::SEVERITY).is_some()
        || has_part(&field.path, names::PERSON)
        || fit(key, names::SKIPPED).is_some()
        || generic && (has_part(parent_path, names::OTHER_THINGS) || has_part(key, names::OTHER_THINGS))
        || field.time.is_some()
        || field.values.iter().any(|value| is_placeholder(value) || word_meaning(value).is_some() || is_json(value))
}

/// Whether a field holds free text, a figure or a setting by its name, so that only a name of its own makes it an
/// identity.
pub(super) fn is_no_name(field: &SurveyedField) -> bool {
    fit(&field.key, names::NO_IDENTITY).is_some() && !is_whole(&field.path, names::CHECK)
        || field.longest > LONGEST_NAME
        || field.values.iter().any(|value| value.starts_with("http://") || value.starts_with("https://"))
        || field.values.iter().all(|value| value == "true" || value == "false")
}

/// Whether a title has figures or a state in it, so that the recovery is likely to have another one.
pub(super) fn is_unsteady_title(field: &SurveyedField) -> bool {
    field.values.iter().any(|value| mentions_state(value) || has_figure(value))
}

/// Whether a field begins with the state of the alert, as in `[FIRING] disk`, `RECOVERY: disk` and `down: disk`, or contains it, as
/// in `disk is down` and `disk.down`: the recovery has another value.
pub(super) fn announces_state(field: &SurveyedField) -> bool {
    let announces = |value: &String| {
        let value = value.trim_start();
        let start = match value.strip_prefix(['[', '(']).and_then(|rest| rest.split_once([']', ')'])) {
            Some((start, _)) => Some(start),
            None => value.split_once([':', '|']).map(|(start, _)| start).or_else(|| Some(value.split_once(" - ")?.0)),
        };
        let words: Vec<&str> = value.split_ascii_whitespace().collect();
        let says = |pair: &[&str]| match pair {
            ["is" | "was" | "now" | "has" | "are" | "went" | "->", word] => {
                word_meaning(word.trim_matches(|c: char| !c.is_alphanumeric())).is_some()
            }
            _ => false,
        };
        start.is_some_and(|start| meaning(start.trim()).is_some())
            || words.windows(2).any(says)
            || words.len() == 1 && meaning(value).is_some()
    };
    let is_occurrence = fit(&field.path, "event eventname eventtitle eventtype").is_some();
    field.values.iter().any(|value| announces(value) || is_occurrence && mentions_state(value))
}

/// Whether a field names the tool that sends the payload, as another field does by its meaning: `guardduty` beside a
/// `source` of `aws.guardduty`. That is the same for all its alerts.
pub(super) fn names_tool(survey: &Survey<'_>, field: &SurveyedField) -> bool {
    const SENDERS: &str = "source product vendor provider tool generator integration";
    if fit(&field.key, "service servicename app application applicationname product").is_none() {
        return false;
    }
    // The app of a search is where the search is stored.
    let is_search =
        |other: &SurveyedField| other.parent == field.parent && fit(&other.key, "searchname savedsearch sid").is_some();
    if fit(&field.key, "app").is_some() && survey.fields.iter().any(is_search) {
        return true;
    }
    let is_sender = |other: &SurveyedField| other.parent.is_none() && is_whole(&other.path, SENDERS);
    let ends_in = |sender: &String, value: &String| {
        let rest = sender.to_ascii_lowercase();
        rest.strip_suffix(&value.to_ascii_lowercase()).is_some_and(|rest| rest.ends_with(['.', '/', ':', '-']))
    };
    let senders = || survey.fields.iter().filter(|other| is_sender(other)).flat_map(|other| &other.values);
    field.values.iter().any(|value| senders().any(|sender| ends_in(sender, value)))
}

/// Whether the values of some fields distinguish all alerts of each payload. True if that is not known.
pub(super) fn distinguish(plan: &Plan<'_, '_>, numbers: &[usize]) -> bool {
    let fields: Vec<&SurveyedField> = numbers.iter().filter_map(|number| plan.field(*number)).collect();
    if plan.survey.alerts < 2 || fields.iter().any(|field| field.has_more_values) {
        return true;
    }
    let mut values = vec![0_u64; plan.survey.alerts];
    for (place, field) in fields.iter().enumerate().filter(|(_, field)| !field.is_outer) {
        for (&alert, &value) in field.alerts.iter().zip(&field.values_of) {
            if let Some(values) = values.get_mut(alert as usize) {
                *values |= (u64::from(value) + 1) << (16 * place);
            }
        }
    }
    (0..plan.survey.first_alerts.len() as u32).all(|payload| {
        // Two fields with few values have few pairs, so a repeated one is found soon.
        let mut seen = Vec::new();
        plan.survey.alerts_of(payload).filter_map(|alert| values.get(alert as usize)).all(|values| {
            let is_new = !seen.contains(values);
            seen.push(*values);
            is_new
        })
    })
}

/// Whether two fields have the same value in every alert.
pub(super) fn is_same(a: &SurveyedField, b: &SurveyedField) -> bool {
    !a.has_more_values
        && a.is_outer == b.is_outer
        && a.alerts == b.alerts
        && a.values == b.values
        && a.values_of == b.values_of
}

/// The objects around a field, as a path.
fn parent_path(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(parent_path, _)| parent_path)
}

/// Whether a text stands for a missing value, or is a variable that was not filled in.
pub(super) fn is_placeholder(value: &str) -> bool {
    const EMPTY: [&str; 10] = ["n/a", "na", "null", "none", "nil", "undefined", "unknown", "-", "?", "not available"];
    let value = value.trim();
    let is_variable = |open: &str, close: char| {
        value.split_once(open).is_some_and(|(_, rest)| {
            let name = rest.split(close).next().unwrap_or_default();
            rest.contains(close) && !name.is_empty() && !name.contains(['"', ':', ','])
        })
    };
    EMPTY.iter().any(|empty| empty.eq_ignore_ascii_case(value))
        || is_variable("{{", '}')
        || is_variable("${", '}')
        || is_macro(value)
        || value.strip_prefix('$').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether a text has a macro such as `{HOST.NAME}` or `{EVENT.ID}`.
fn is_macro(value: &str) -> bool {
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('{') {
        let name = after.split('}').next().unwrap_or_default();
        let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '#');
        if name.len() < after.len() && name.len() > 2 && name.chars().all(is_name) {
            return true;
        }
        rest = after;
    }
    false
}

/// Whether a text looks like JSON.
pub(super) fn is_json(value: &str) -> bool {
    let value = value.trim();
    value.starts_with("{\"") || value.starts_with("[{") || value.starts_with("[[")
}

/// Whether a text has a number by itself or with a unit: `93%`, `412`, `2.5s`; not `cpu0` or `db-2`.
fn has_figure(value: &str) -> bool {
    value.split_ascii_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
        word.starts_with(|c: char| c.is_ascii_digit())
            && word.trim_end_matches('%').chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_variables_and_words_for_nothing() {
        let cases = [
            ("{HOST.NAME}", true),
            ("{{host.name}}", true),
            ("x ${HOST} y", true),
            ("$NAME", true),
            ("N/A", true),
            ("", false),
            ("{\"a\": 1}", false),
            ("{}/{}:{alertname=\"x\"}", false),
            ("$", false),
            ("cost of $5", false),
            ("nova", false),
        ];
        for (value, expected) in cases {
            assert_eq!(is_placeholder(value), expected, "{value}");
        }
    }

    #[test]
    fn figures_stand_alone() {
        let cases = [("disk 93% full", true), ("queue is 412", true), ("cpu0 busy", false), ("db-2 slow", false)];
        for (value, expected) in cases {
            assert_eq!(has_figure(value), expected, "{value}");
        }
    }
}
