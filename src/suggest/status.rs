//! How an alert is: the status rule.

use super::Confidence::{High, Low, Medium};
use super::plan::{self, Cover, Plan, nth, sure};
use super::words::{BARE, FAMILIES, SEVERITY, STATE, URGENCY, entries, family, fit, letter, written};
use crate::diagnostic::shown;
use crate::json::key_index::KeyIndex;

/// Most sources of the rule.
const SOURCES: usize = 3;

/// Most values of a field that are no known words, beyond as many as are.
const STRANGE: usize = 4;

/// What is a problem of which nothing says how bad it is, and what is no known word.
const PROBLEM: u8 = b'p';
const STRANGER: u8 = b'?';

/// The statuses, each with its letter.
const STATUSES: [(u8, &str); 5] =
    [(b'o', "ok"), (b'w', "warning"), (b'c', "critical"), (b'a', "acknowledged"), (b'u', "unknown")];

/// A field that tells how alerts are.
struct Teller {
    field: usize,
    score: usize,
    /// Of each of its values.
    letters: Vec<u8>,
    family: &'static str,
    /// Its values are numbers or booleans.
    bare: bool,
    /// Its name says that it is a state.
    is_state: bool,
}

/// Proposes the status rule.
pub(super) fn propose(plan: &mut Plan<'_, '_>) {
    let mut found = tellers(plan, STATE);
    let (more, bad): (Vec<Teller>, _) =
        tellers(plan, SEVERITY).into_iter().partition(|teller| has(teller.family, PROBLEM));
    // An alert that is over still has the severity that it had: so that is asked last.
    found.extend(more);
    found.extend(bad);
    // A word for a problem is left out where another field says how bad it is. Where none does, it is listed.
    let (mut chosen, left) = choose(plan, &found, false);
    let listed = left > 0;
    if listed {
        chosen = choose(plan, &found, true).0;
    }
    plan.key("status");
    plan.literal("{");
    let fields: Vec<usize> = chosen.iter().map(|teller| teller.field).collect();
    plan.sources(&fields);
    reasons(plan, &found, &chosen, &fields, listed);
    map(plan, &chosen, listed);
    plan.text("default_to", "critical");
    plan.literal("}");
    let message = "a value that is in no list becomes {0}, as in BigPanda's default setting";
    plan.because("/config/status/default_to", "critical", None, High, message, &[]);
}

/// The fields of some names that tell the status, best first.
fn tellers(plan: &Plan<'_, '_>, names: &str) -> Vec<Teller> {
    plan.named(names).into_iter().filter_map(|(score, number)| teller(plan, score, number)).collect()
}

/// Looks whether a field has words that are known.
fn teller(plan: &Plan<'_, '_>, score: usize, number: usize) -> Option<Teller> {
    let field = plan.field(number).filter(|field| !field.list && !field.many)?;
    let digits = |value: &String| !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    let bare = field.bare || field.values.iter().all(digits);
    let mut own: [&'static str; 1] = [""];
    let families: &[&'static str] = if bare {
        own = [BARE.iter().find(|(names, _)| fit(&field.path, names).is_some())?.1];
        &own
    } else {
        FAMILIES
    };
    let letters: Vec<u8> = field.values.iter().map(|value| letter(value, families).unwrap_or(STRANGER)).collect();
    let strange = letters.iter().filter(|letter| **letter == STRANGER).count();
    let known = letters.len() - strange;
    let is_urgency = fit(&field.path, URGENCY).is_some() && letters.contains(&b'o');
    if known == 0 || strange > known + STRANGE || is_urgency {
        return None;
    }
    let family = if bare { own[0] } else { family(&field.values, FAMILIES)? };
    // That it is a number is as it should be then.
    let score = if field.bare { score.saturating_sub(plan::BARE) } else { score };
    Some(Teller { field: number, score, letters, family, bare, is_state: fit(&field.path, STATE).is_some() })
}

/// The fields to ask, in order, and in how many alerts they leave the status open. `listed`: words for problems count.
fn choose<'f>(plan: &Plan<'_, '_>, found: &'f [Teller], listed: bool) -> (Vec<&'f Teller>, usize) {
    let mut cover = Cover::new(plan.survey.alerts);
    let mut chosen: Vec<&Teller> = Vec::new();
    for teller in found {
        let Some(field) = plan.field(teller.field).filter(|_| chosen.len() < SOURCES) else {
            continue;
        };
        let is_second = teller.bare && chosen.iter().any(|other| other.bare);
        let decides = |value: &u8| {
            let letter = teller.letters.get(usize::from(*value)).copied().unwrap_or(STRANGER);
            listed || !matches!(letter, PROBLEM | STRANGER)
        };
        let decided = || field.alerts.iter().zip(&field.values_of).filter(|(_, value)| decides(value)).map(|(n, _)| *n);
        let gains = if field.around {
            usize::from(decided().next().is_some()) * cover.left
        } else {
            cover.gain(&mut decided())
        };
        // Of alerts that are all resolved now the next ones are problems, so how bad those are is asked too.
        let says_how_bad = !listed
            && chosen.len() == 1
            && chosen.iter().all(|first| has(first.family, PROBLEM))
            && teller.letters.iter().any(|letter| matches!(letter, b'w' | b'c'))
            && (field.around || field.alerts.len() == plan.survey.alerts);
        if !is_second && (chosen.is_empty() || gains > 0 || says_how_bad) {
            cover.mark(&mut decided(), field.around && gains > 0);
            chosen.push(teller);
        }
    }
    (chosen, cover.left)
}
fn has(family: &str, wanted: u8) -> bool {
    entries(family).any(|(letter, _)| letter == wanted)
}
fn reasons(plan: &mut Plan<'_, '_>, found: &[Teller], chosen: &[&Teller], fields: &[usize], listed: bool) {
    for (place, teller) in chosen.iter().enumerate() {
        let message = match (place, has(teller.family, PROBLEM)) {
            (0, true) if !listed && chosen.len() > 1 => {
                "{0} says whether the alert is over; how bad it is says the next source"
            }
            (0, _) => "{0} contains the state of the alert",
            (_, false) if !listed => "{0} says how bad it is where the sources before it name no status",
            (..) => "{0} says it where the sources before it have no value",
        };
        let pointer = nth("/config/status/source", place);
        plan.because(&pointer, plan.path(teller.field), Some(teller.field), sure(teller.score), message, &[]);
        if place == 0 {
            let found: Vec<(usize, usize)> = found.iter().map(|teller| (0, teller.field)).collect();
            plan.instead_of_it(&found, fields);
        }
    }
    if chosen.is_empty() {
        let message = "no field is known to say how the alert is, so each gets the default and none is ever resolved; name the field that says so, and its values";
        plan.because("/config/status/source", "", None, Low, message, &[]);
    }
}

/// The values of each status.
#[derive(Default)]
struct Lists {
    known: KeyIndex,
    lists: [Vec<String>; 5],
    /// How many of them are in the payload.
    seen: [usize; 5],
}

impl Lists {
    /// Adds a value, unless it is there: so none is under two statuses.
    fn add(&mut self, letter: u8, value: String, listed: bool) {
        let letter = if listed && matches!(letter, PROBLEM | STRANGER) { b'c' } else { letter };
        let place = STATUSES.iter().position(|(known, _)| *known == letter);
        if let Some(list) = place.and_then(|place| self.lists.get_mut(place))
            && self.known.get(&value).is_none()
        {
            self.known.number(&value, 0);
            list.push(value);
        }
    }
}

/// Writes the values of each status: those of the payload, and others that the tool is likely to send.
fn map(plan: &mut Plan<'_, '_>, chosen: &[&Teller], listed: bool) {
    let mut lists = Lists::default();
    let mut strangers: Vec<String> = Vec::new();
    let values = |teller: &Teller| plan.survey.fields.get(teller.field).map_or(&[][..], |field| &field.values);
    for teller in chosen {
        for (value, letter) in values(teller).iter().zip(&teller.letters) {
            if *letter == STRANGER {
                strangers.push(shown(value));
            }
            lists.add(*letter, value.clone(), listed);
        }
    }
    lists.seen = lists.lists.each_ref().map(Vec::len);
    for teller in chosen {
        // Of what is in no example of version 1 only what was seen.
        let asked = |letter: &u8| *letter != b'u' || teller.letters.contains(letter) || teller.is_state;
        for (letter, word) in entries(teller.family).filter(|(letter, _)| asked(letter)) {
            lists.add(letter, written(word, teller.family, values(teller)), listed);
        }
    }
    if lists.lists.first().is_some_and(Vec::is_empty) {
        lists.add(b'o', "ok".to_owned(), listed);
        lists.add(b'o', "resolved".to_owned(), listed);
    }
    plan.key("status_map");
    plan.literal("{");
    for (((_, status), list), seen) in STATUSES.iter().zip(&lists.lists).zip(lists.seen) {
        if list.is_empty() {
            continue;
        }
        plan.list(status, list);
        let (message, confidence) = match seen {
            0 => ("tools that send the other words usually use these; the payload contains none of them", Medium),
            n if n == list.len() => ("found in the payload: {=1}", High),
            _ => ("what the payload has, {=1}, and usual words of tools that write it", High),
        };
        let of_payload: Vec<String> = list.iter().take(seen).map(|value| shown(value)).collect();
        let pointer = ["/config/status/status_map/", status].concat();
        plan.because(&pointer, &list.join(", "), None, confidence, message, &[&of_payload.join(", ")]);
    }
    plan.literal("}");
    if !strangers.is_empty() && listed {
        let message = "no known word for a status: {=0}; listed under the default, so look whether that is meant";
        plan.because("/config/status/status_map/critical", &strangers.join(", "), None, Low, message, &[]);
    }
}
