//! When it was: the time rule.

use super::Confidence::{High, Low, Medium};
use super::plan::{AlertCoverage, OUTER_PENALTY, Plan, confidence};
use super::profile::Profile;
use super::survey::SurveyedField;
use crate::diagnostic::quote_input;
use crate::time::{Format, PLAUSIBLE, proposals, read};

/// Most sources of the rule.
const SOURCES: usize = 3;

const POINTER: &str = "/config/timestamp";

/// Proposes the time rule, if there is a time.
pub(super) fn propose(plan: &mut Plan<'_, '_>, profile: Option<&Profile>) {
    if let Some(profile) = profile
        && from_profile(plan, profile)
    {
        return;
    }
    let mut found = times(plan);
    let mut coverage = AlertCoverage::new(plan.survey.alerts);
    let mut sources = Vec::new();
    for &(_, number) in &found {
        let Some(field) = plan.field(number).filter(|field| field.is_time() && sources.len() < SOURCES) else {
            continue;
        };
        if coverage.gains(plan.survey, field) > 0 {
            coverage.add(plan.survey, field);
            sources.push(number);
        }
    }
    if let Some(&first) = sources.first() {
        plan.key("timestamp");
        plan.literal("{");
        plan.sources(&sources);
        plan.literal("}");
        let score = found.iter().find(|(_, number)| *number == first).map_or(0, |(score, _)| *score);
        let path = plan.path(first);
        let message = format!("{} contains the time, and is read without a format", quote_input(path));
        plan.add_reason(POINTER, path, Some(first), confidence(score), message);
        found.retain(|(_, number)| plan.field(*number).is_some_and(SurveyedField::is_time));
        plan.add_alternatives(&found, &sources);
        return;
    }
    let Some(&(_, best)) = found.first() else {
        return;
    };
    for &(_, number) in &found {
        let Some(format) = plan.field(number).and_then(|field| format(&field.unread)) else {
            continue;
        };
        plan.key("timestamp");
        plan.literal("{");
        plan.sources(&[number]);
        plan.text("format", &format);
        plan.literal("}");
        let path = plan.path(number);
        let message = format!("{} contains the time", quote_input(path));
        plan.add_reason(POINTER, path, Some(number), Medium, message);
        let message = format!(
            "the time can be read only with a format, here {}; BigPanda does not document `format` for the API",
            quote_input(&format)
        );
        plan.add_reason("/config/timestamp/format", &format, Some(number), Low, message);
        return;
    }
    let path = plan.path(best);
    let message = format!(
        "{} should hold the time, but it is not written in one known way, so the time of receipt is used",
        quote_input(path)
    );
    plan.add_reason("/config", path, Some(best), Low, message);
}

/// Takes the sources of a profile whose values in the payloads read as a time. False where there are none.
fn from_profile(plan: &mut Plan<'_, '_>, profile: &Profile) -> bool {
    if profile.time_source.is_empty() {
        // The tool sends no time of the event, so whatever looks like one is something else.
        return true;
    }
    let format = profile.time_format.and_then(|format| Format::parse(format).ok());
    let reads = |value: &String| {
        read(value.as_bytes(), format.as_ref()).is_some_and(|(seconds, _)| PLAUSIBLE.contains(&seconds))
    };
    let mut fields = plan.populated(&profile.time_source);
    fields.retain(|number| plan.field(*number).is_some_and(|field| field.values.iter().all(reads)));
    fields.truncate(SOURCES);
    let Some(&first) = fields.first() else {
        return false;
    };
    plan.key("timestamp");
    plan.literal("{");
    plan.sources(&fields);
    if let Some(format) = profile.time_format {
        plan.text("format", format);
    }
    plan.literal("}");
    let message = format!("this is the time of the event in payloads of {}", profile.tool);
    plan.add_reason(POINTER, plan.path(first), Some(first), High, message);
    true
}

/// Fields whose names say that they are the time, best first.
fn times(plan: &Plan<'_, '_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (number, field) in plan.survey.fields.iter().enumerate() {
        if let Some(fit) = field.time.filter(|_| field.is_usable() && !field.is_list) {
            found.push((fit + if field.is_outer { OUTER_PENALTY } else { 0 }, number));
        }
    }
    found.sort_by_key(|(score, _)| *score);
    found
}

/// The only way in which all values are written.
fn format(values: &[String]) -> Option<String> {
    let mut fitting = proposals(values.first()?, None);
    fitting.retain(|proposal| values.iter().all(|value| proposal.reads(value)));
    let only = fitting.pop().filter(|_| fitting.is_empty());
    only.and_then(|proposal| proposal.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_proposed_where_only_one_fits() {
        let cases: [(&[&str], Option<&str>); 9] = [
            (&["31/01/2026 12:00:00"], Some("%d/%m/%Y %H:%M:%S")),
            (&["01/02/2026 12:00:00", "01/31/2026 12:00:00"], Some("%m/%d/%Y %H:%M:%S")),
            (&["01/02/2026 12:00:00"], None),
            (&["2026.01.31 12:00:00"], Some("%Y.%m.%d %H:%M:%S")),
            (&["Jan 31, 2026 1:00:00 PM"], Some("%b %d, %Y %I:%M:%S %p")),
            (&["20260131120000"], Some("%Y%m%d%H%M%S")),
            (&["31/Jan/2026:12:00:00 +0000", "01/Feb/2026:12:00:00 +0000"], Some("%d/%b/%Y:%H:%M:%S %z")),
            (&["soon"], None),
            (&[], None),
        ];
        for (values, expected) in cases {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            assert_eq!(format(&values).as_deref(), expected, "{values:?}");
        }
    }
}
