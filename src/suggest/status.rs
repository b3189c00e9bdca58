//! The status rule: the fields that say how an alert is.

use super::Confidence::{High, Low};
use super::evidence::{State, is_placeholder};
use super::names::{EVENT, OTHER_STATE, SEVERITY, STATE, STATES, THINGS, URGENCY, fit, has_part, is_whole};
use super::plan::{self, AlertCoverage, Plan, confidence, nth};
use super::profile::Profile;
use super::status_lists::{STATUSES, StatusLists, write_map};
use super::survey::OTHER;
use super::vocabulary::{Meaning, VALUES_BY_NAME, Vocabulary, meaning, related};
use crate::diagnostic::quote_input;

/// Most sources of the rule.
const SOURCES: usize = 3;

/// Longest word for a state, in bytes.
const LONGEST_WORD: usize = 64;

/// Most more unknown words than known ones that the values of a field have.
const UNKNOWN_WORDS: usize = 4;

/// A field that says how alerts are.
pub(super) struct StatusField {
    pub(super) field: usize,
    score: usize,
    /// What each of its values means, where that is known.
    pub(super) meanings: Vec<Option<Meaning>>,
    /// What its numbers or booleans mean, if it has no words.
    pub(super) vocabulary: Option<&'static Vocabulary>,
    /// Its name says that it is a state.
    pub(super) is_state: bool,
    /// Its words for a problem do not say how bad that is.
    has_problem: bool,
}

/// Proposes the status rule.
pub(super) fn propose(plan: &mut Plan<'_, '_>, profile: Option<&Profile>) {
    plan.key("status");
    plan.literal("{");
    let mut lists = StatusLists::default();
    let fields = match profile.map(|profile| from_profile(plan, profile, &mut lists)) {
        Some(fields) if !fields.is_empty() => fields,
        _ => from_fields(plan, &mut lists),
    };
    plan.text("default_to", "critical");
    plan.literal("}");
    let message = "a value that is in no list becomes `critical`, as in BigPanda's default setting";
    plan.add_reason("/config/status/default_to", "critical", None, High, message);
    plan.states = states(plan, &fields, &lists);
}

/// Takes the sources of a profile that have a value in the sample, and its words.
fn from_profile(plan: &mut Plan<'_, '_>, profile: &Profile, lists: &mut StatusLists) -> Vec<usize> {
    let fields = plan.populated(&profile.status_source);
    if fields.is_empty() {
        return fields;
    }
    plan.sources(&fields);
    for (place, &field) in fields.iter().enumerate() {
        let pointer = nth("/config/status/source", place);
        let message = format!("this is how {} sends the state of the alert", profile.tool);
        plan.add_reason(&pointer, plan.path(field), Some(field), High, message);
    }
    for ((_, status), list) in STATUSES.iter().zip(&mut lists.lists) {
        let words = profile.status_map.iter().find(|(known, _)| known == status).map_or(&[][..], |(_, words)| words);
        list.extend(words.iter().map(|word| (*word).to_owned()));
    }
    plan.key("status_map");
    plan.literal("{");
    for ((_, status), list) in STATUSES.iter().zip(&lists.lists).filter(|(_, list)| !list.is_empty()) {
        plan.list(status, list);
        let message = format!("the words that {} uses", profile.tool);
        plan.add_reason(&format!("/config/status/status_map/{status}"), &list.join(", "), None, High, message);
    }
    plan.literal("}");
    fields
}

fn from_fields(plan: &mut Plan<'_, '_>, lists: &mut StatusLists) -> Vec<usize> {
    let mut found = status_fields(plan, STATE);
    found.extend(status_fields(plan, EVENT));
    let (more, bad): (Vec<StatusField>, _) = status_fields(plan, SEVERITY).into_iter().partition(|f| f.has_problem);
    // An alert that is over keeps its severity, so that is asked last.
    found.extend(more);
    found.extend(bad);
    if !found.iter().any(shows_both) {
        let fields = plan.fitting(|_| Some(0)).into_iter().filter_map(|(_, number)| status_field(plan, 0, number));
        // Whatever its name: only a state has a word for a problem in one payload and one for a recovery in another.
        let with_both: Vec<StatusField> = fields.filter(shows_both).collect();
        found.splice(..0, with_both);
    }
    let mut seen = Vec::new();
    found.retain(|field| {
        !seen.contains(&field.field) && {
            seen.push(field.field);
            true
        }
    });
    // A field that shows problems and recoveries is better evidence than a name. That a host is up does not end an alert.
    found.sort_by_key(|field| (is_of_thing(plan, field), !shows_both(field)));
    if !found.iter().any(|field| field.is_state && !is_of_thing(plan, field)) {
        // A field that is clearly the state comes first, whatever its words; an alert that is over may still say how bad it was.
        let unknown = unknown_words(plan, !found.is_empty());
        found.splice(..0, unknown);
    }
    // A word for a problem is not listed if another field says how bad it is.
    let (mut chosen, left) = choose(plan, &found, false);
    let listed = left > 0;
    if listed {
        chosen = choose(plan, &found, true).0;
    }
    let fields: Vec<usize> = chosen.iter().map(|field| field.field).collect();
    plan.sources(&fields);
    reasons(plan, &found, &chosen, &fields, listed);
    write_map(plan, &chosen, listed, lists);
    fields
}

fn shows_both(field: &StatusField) -> bool {
    let is_ok = |meaning: &&Option<Meaning>| **meaning == Some(Meaning::Ok);
    field.meanings.iter().any(|meaning| is_ok(&meaning)) && field.meanings.iter().any(|meaning| !is_ok(&meaning))
}

/// Whether a field may be the state of the subject of the alert, not that of the alert.
fn is_of_thing(plan: &Plan<'_, '_>, status: &StatusField) -> bool {
    let parent = plan.path(status.field).rsplit_once('.').map_or("", |(parent, _)| parent);
    status.meanings.contains(&Some(Meaning::Ok)) && !shows_both(status) && is_whole(parent, THINGS)
}

/// What a number or boolean in a field of this path means.
pub(super) fn unquoted_meaning(path: &str, value: &str) -> Option<Meaning> {
    let (_, vocabulary) = VALUES_BY_NAME.iter().find(|(names, _)| fit(path, names).is_some())?;
    vocabulary.words().find(|(_, word)| *word == value).map(|(meaning, _)| meaning)
}

/// The fields of some names that say the status, best first.
fn status_fields(plan: &Plan<'_, '_>, names: &str) -> Vec<StatusField> {
    plan.named(names).into_iter().filter_map(|(score, number)| status_field(plan, score, number)).collect()
}

/// The field as a source of the status, if its words are known.
fn status_field(plan: &Plan<'_, '_>, score: usize, number: usize) -> Option<StatusField> {
    let field = plan.field(number).filter(|field| is_status_like(field))?;
    let digits = |value: &String| !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    let is_unquoted = field.is_unquoted || field.values.iter().all(digits);
    let vocabulary = if is_unquoted {
        Some(&VALUES_BY_NAME.iter().find(|(names, _)| fit(&field.path, names).is_some())?.1)
    } else {
        None
    };
    let known = |value: &String| match vocabulary {
        Some(vocabulary) => vocabulary.words().find(|(_, word)| word == value).map(|(meaning, _)| meaning),
        None => meaning(value),
    };
    let meanings: Vec<Option<Meaning>> = field.values.iter().map(known).collect();
    let unknown = meanings.iter().filter(|meaning| meaning.is_none()).count();
    let known = meanings.len() - unknown;
    let is_urgency = fit(&field.path, URGENCY).is_some() && meanings.contains(&Some(Meaning::Ok));
    if known == 0 || unknown > known + UNKNOWN_WORDS || is_urgency {
        return None;
    }
    let has_problem = match vocabulary {
        Some(vocabulary) => !vocabulary.problem.is_empty(),
        None => related(&field.values).iter().any(|(meaning, _)| *meaning == Meaning::Problem),
    };
    // Here a number is what is expected.
    let score = if field.is_unquoted { score.saturating_sub(plan::UNQUOTED_PENALTY) } else { score };
    Some(StatusField {
        field: number,
        score,
        meanings,
        vocabulary,
        is_state: fit(&field.path, STATE).is_some(),
        has_problem,
    })
}

/// Whether a field may hold the state of the alert, and not that of a delivery, a job or the past.
fn is_status_like(field: &super::survey::SurveyedField) -> bool {
    !field.is_list
        && !field.has_more_values
        && !has_part(&field.path, OTHER_STATE)
        && field.values.iter().all(|value| value.len() <= LONGEST_WORD && !is_placeholder(value))
}

/// The best field whose name says that it is a state, without known words. `has_problem`: another field says how bad it
/// is.
fn unknown_words(plan: &Plan<'_, '_>, has_problem: bool) -> Vec<StatusField> {
    let is_word = |value: &String| {
        value.split_ascii_whitespace().count() <= 3 && value.parse::<f64>().is_err() && meaning(value).is_none()
    };
    let named = plan.named(STATE).into_iter().find(|&(score, number)| {
        score < STATES + plan::OUTER_PENALTY
            && plan.field(number).is_some_and(|field| {
                is_status_like(field)
                    && !field.is_unquoted
                    && field.values.iter().all(is_word)
                    && !field.values.is_empty()
            })
    });
    let unknown = |(score, field)| StatusField {
        field,
        score: score + plan::OUTER_PENALTY,
        meanings: vec![None; plan.field(field).map_or(0, |field| field.values.len())],
        vocabulary: None,
        is_state: true,
        has_problem,
    };
    named.map(unknown).into_iter().collect()
}

/// The fields to ask, in order, and in how many alerts they leave the status open. `listed`: words for problems count.
fn choose<'f>(plan: &Plan<'_, '_>, found: &'f [StatusField], listed: bool) -> (Vec<&'f StatusField>, usize) {
    let mut coverage = AlertCoverage::new(plan.survey.alerts);
    let mut chosen: Vec<&StatusField> = Vec::new();
    for candidate in found {
        let Some(field) = plan.field(candidate.field).filter(|_| chosen.len() < SOURCES) else {
            continue;
        };
        // A problem never becomes `ok` because another field, such as the result of an operation, says so.
        if chosen.iter().any(|first| contradicts(plan, first, candidate)) {
            continue;
        }
        let is_second = candidate.vocabulary.is_some() && chosen.iter().any(|other| other.vocabulary.is_some());
        let decides = |value: &u8| {
            let meaning = candidate.meanings.get(usize::from(*value)).copied().flatten();
            listed || !matches!(meaning, Some(Meaning::Problem) | None)
        };
        let decided: Vec<u32> =
            field.alerts.iter().zip(&field.values_of).filter(|(_, value)| decides(value)).map(|(n, _)| *n).collect();
        let decided = plan.survey.alerts_with(field, &decided);
        let gains = coverage.gain(&mut decided.iter().copied());
        // Of alerts that are all resolved now the next ones are problems, so how bad those are is asked too.
        let says_how_bad = !listed
            && chosen.len() == 1
            && chosen.iter().all(|first| first.has_problem)
            && candidate.meanings.iter().flatten().any(|m| matches!(m, Meaning::Warning | Meaning::Critical))
            && plan.survey.alerts_with(field, &field.alerts).len() == plan.survey.alerts;
        if !is_second && (chosen.is_empty() || gains > 0 || says_how_bad) {
            coverage.mark(&mut decided.iter().copied());
            chosen.push(candidate);
        }
    }
    (chosen, coverage.uncovered)
}

/// Whether a candidate says that an alert is over of which an earlier source says that it is not.
fn contradicts(plan: &Plan<'_, '_>, first: &StatusField, candidate: &StatusField) -> bool {
    let with = |status: &StatusField, is_ok: bool| -> Vec<u32> {
        let Some(field) = plan.field(status.field) else {
            return Vec::new();
        };
        let meaning = |value: &u8| status.meanings.get(usize::from(*value)).copied().flatten();
        let matching = field.alerts.iter().zip(&field.values_of);
        let matching = matching.filter(|(_, value)| (meaning(value) == Some(Meaning::Ok)) == is_ok);
        let owners: Vec<u32> = matching.map(|(owner, _)| *owner).collect();
        plan.survey.alerts_with(field, &owners)
    };
    let over: Vec<u32> = with(candidate, true);
    // Both are in the order of the alerts.
    !over.is_empty() && with(first, false).iter().any(|alert| over.binary_search(alert).is_ok())
}

fn reasons(plan: &mut Plan<'_, '_>, found: &[StatusField], chosen: &[&StatusField], fields: &[usize], listed: bool) {
    for (place, field) in chosen.iter().enumerate() {
        let name = plan.path(field.field);
        let path = quote_input(name);
        let message = match (place, field.has_problem) {
            _ if field.meanings.iter().all(Option::is_none) => format!(
                "the name of {path} says that it is the state, but its words are not known: list each under its status, above all those of a recovery"
            ),
            (0, true) if !listed && chosen.len() > 1 => {
                format!("{path} says whether the alert is over; the next source says how bad it is")
            }
            (0, _) => format!("{path} contains the state of the alert"),
            (_, false) if !listed => {
                format!("{path} says how bad it is where the sources before it name no status")
            }
            (..) => format!("{path} says it where the sources before it have no value"),
        };
        let pointer = nth("/config/status/source", place);
        plan.add_reason(&pointer, name, Some(field.field), confidence(field.score), message);
        if place == 0 {
            let found: Vec<(usize, usize)> = found.iter().map(|field| (0, field.field)).collect();
            plan.add_alternatives(&found, fields);
        }
    }
    if chosen.is_empty() {
        let message = "no field is known to hold the state of the alert, so each gets the default and none is ever resolved; name the field that holds it, and its values";
        plan.add_reason("/config/status/source", "", None, Low, message);
    }
}

/// Whether each alert is a problem, by the rule.
fn states(plan: &Plan<'_, '_>, fields: &[usize], lists: &StatusLists) -> Vec<State> {
    let start = if fields.is_empty() { State::Open } else { State::Problem };
    let mut states = vec![start; plan.survey.alerts];
    let mut decided = vec![false; plan.survey.alerts];
    for field in fields.iter().filter_map(|number| plan.field(*number)) {
        let status = |value: &String| lists.lists.iter().position(|list| list.contains(value));
        let of_values: Vec<Option<usize>> = field.values.iter().map(status).collect();
        for (&owner, &value) in field.alerts.iter().zip(&field.values_of).filter(|(_, value)| **value != OTHER) {
            let Some(Some(status)) = of_values.get(usize::from(value)) else {
                continue;
            };
            let state = match STATUSES.get(*status).map(|(meaning, _)| *meaning) {
                Some(Meaning::Ok) => State::Ok,
                Some(Meaning::Unknown) => State::Open,
                _ => State::Problem,
            };
            for alert in plan.survey.alerts_with(field, &[owner]) {
                let alert = alert as usize;
                if let (Some(slot), Some(done @ false)) = (states.get_mut(alert), decided.get_mut(alert)) {
                    *slot = state;
                    *done = true;
                }
            }
        }
    }
    states
}
