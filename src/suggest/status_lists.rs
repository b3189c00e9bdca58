//! The lists of `status_map`.

use super::Confidence::{High, Low, Medium};
use super::plan::Plan;
use super::spelling::common_recoveries;
use super::status::StatusField;
use super::vocabulary::{Meaning, related};
use crate::diagnostic::quote_input;

/// The statuses, each with its meaning.
pub(super) const STATUSES: [(Meaning, &str); 5] = [
    (Meaning::Ok, "ok"),
    (Meaning::Warning, "warning"),
    (Meaning::Critical, "critical"),
    (Meaning::Acknowledged, "acknowledged"),
    (Meaning::Unknown, "unknown"),
];

/// The values of each status, in the order of [`STATUSES`].
#[derive(Default)]
pub(super) struct StatusLists {
    pub(super) lists: [Vec<String>; 5],
}

impl StatusLists {
    /// Adds a value, unless a status has it already.
    fn add(&mut self, meaning: Option<Meaning>, value: String, listed: bool) {
        let status = match meaning {
            Some(Meaning::Problem) | None if listed => Meaning::Critical,
            Some(meaning) => meaning,
            None => return,
        };
        let place = STATUSES.iter().position(|(known, _)| *known == status);
        let is_new = !self.lists.iter().flatten().any(|known| *known == value);
        if let Some(list) = place.and_then(|place| self.lists.get_mut(place)).filter(|_| is_new) {
            list.push(value);
        }
    }
}

/// Writes the values of each status: those of the payload, and others that the tool is likely to send.
pub(super) fn write_map(plan: &mut Plan<'_, '_>, chosen: &[&StatusField], listed: bool, lists: &mut StatusLists) {
    let mut unknown: Vec<String> = Vec::new();
    let values = |field: &StatusField| plan.survey.fields.get(field.field).map_or(&[][..], |field| &field.values);
    for field in chosen {
        for (value, meaning) in values(field).iter().zip(&field.meanings) {
            if meaning.is_none() {
                unknown.push(quote_input(value));
            }
            lists.add(*meaning, value.clone(), listed);
        }
    }
    let seen = lists.lists.each_ref().map(Vec::len);
    for field in chosen {
        let words: Vec<(Meaning, String)> = match field.vocabulary {
            Some(vocabulary) => vocabulary.words().map(|(meaning, word)| (meaning, word.to_owned())).collect(),
            None => related(values(field)),
        };
        // `unknown` is in no example of version 1, so it gets only values that the payload has.
        let is_wanted = |meaning: &Meaning| {
            *meaning != Meaning::Unknown || field.is_state || field.meanings.contains(&Some(Meaning::Unknown))
        };
        for (meaning, word) in words.into_iter().filter(|(meaning, _)| is_wanted(meaning)) {
            lists.add(Some(meaning), word, listed);
        }
    }
    // If the payload shows no recovery: an alert that is never resolved is worse than a word too many.
    let shows_recovery = chosen.iter().any(|field| field.meanings.contains(&Some(Meaning::Ok)));
    let texts = chosen.iter().filter(|field| field.vocabulary.is_none()).flat_map(|field| values(field));
    let texts: Vec<String> = texts.cloned().collect();
    if !shows_recovery && !texts.is_empty() {
        for word in common_recoveries(&texts) {
            lists.add(Some(Meaning::Ok), word, listed);
        }
    }
    if lists.lists.first().is_some_and(Vec::is_empty) {
        lists.add(Some(Meaning::Ok), "ok".to_owned(), listed);
        lists.add(Some(Meaning::Ok), "resolved".to_owned(), listed);
    }
    plan.key("status_map");
    plan.literal("{");
    for (((_, status), list), seen) in STATUSES.iter().zip(&lists.lists).zip(seen) {
        if list.is_empty() {
            continue;
        }
        plan.list(status, list);
        let of_payload: Vec<String> = list.iter().take(seen).map(|value| quote_input(value)).collect();
        let of_payload = of_payload.join(", ");
        let (message, confidence) = match seen {
            0 => {
                let message = "usual words of tools that write it this way; the payload contains none of them";
                (message.to_owned(), Medium)
            }
            n if n == list.len() => (format!("found in the payload: {of_payload}"), High),
            _ => (format!("what the payload has, {of_payload}, and usual words of tools that write it"), High),
        };
        let pointer = format!("/config/status/status_map/{status}");
        plan.add_reason(&pointer, &list.join(", "), None, confidence, message);
    }
    plan.literal("}");
    if !unknown.is_empty() && listed {
        let words = unknown.join(", ");
        let message = format!("not known as words for a status: {words}; listed under the default, so check each");
        plan.add_reason("/config/status/status_map/critical", &words, None, Low, message);
    }
}
