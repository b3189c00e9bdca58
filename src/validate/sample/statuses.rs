//! The status rule and the values that the sample has for it.

use super::Place;
use super::notes::Found;
use super::placeholder::Placeholder;
use crate::compile::{Status, StatusRule};
use crate::config;
use crate::diagnostic::edit::insert_after;
use crate::diagnostic::{Fix, Problems, shown};
use crate::evaluate::{ObservedAlert, items_of, text_of};
use crate::json::Kind;
use crate::json::escape::quoted;
use crate::json::key_index::KeyIndex;
use crate::json::members::Value;

/// Most different values that are looked at.
const VALUES: usize = 20;

/// Longest value that is looked at, in bytes.
const LONGEST: usize = 256;

/// Shortest listed value that says something when another one contains it, in bytes.
const TELLING: usize = 2;

/// A value of a status source that is in no list.
struct Unlisted {
    source: usize,
    text: String,
    /// In some alert nothing else was listed either.
    decides: bool,
    /// An object or a list, whose text only looks like a listed value.
    nested: bool,
}

/// What is noted of the status rule.
#[derive(Default)]
pub(super) struct StatusNotes {
    pub(super) found: Found,
    unlisted: Vec<Unlisted>,
    known: KeyIndex,
    /// Some alert has no value at any source.
    empty: bool,
}

impl StatusNotes {
    pub(super) fn alert(&mut self, rule: &StatusRule, seen: &ObservedAlert<'_>) {
        let decided = seen.status_source();
        let mut populated = false;
        for (number, source) in rule.sources.iter().enumerate().take(decided.unwrap_or(rule.sources.len())) {
            let Some((value, true)) = seen.value(source) else {
                continue;
            };
            populated = true;
            // What stands around the alerts is the same for each of them.
            if !source.is_outer || seen.is_first() {
                self.value(number, &value, decided.is_none());
            }
        }
        self.empty |= decided.is_none() && !populated;
    }

    fn value(&mut self, source: usize, value: &Value<'_>, decides: bool) {
        if value.kind == Kind::Array {
            for item in items_of(value).take(VALUES) {
                self.one(source, &item, decides);
            }
        } else {
            self.one(source, value, decides);
        }
    }

    fn one(&mut self, source: usize, value: &Value<'_>, decides: bool) {
        let full = self.unlisted.len() >= VALUES;
        if value.end - value.start > LONGEST || full && self.unlisted.iter().all(|u| u.decides) {
            return;
        }
        let text = text_of(value);
        let known = self.known.get(&text).unwrap_or(self.unlisted.len());
        if let Some(known) = self.unlisted.get_mut(known) {
            if decides && !known.decides {
                (known.decides, known.source) = (true, source);
            }
        } else if !full {
            self.known.number(&text, known);
            self.unlisted.push(Unlisted {
                source,
                text: text.into_owned(),
                decides,
                nested: matches!(value.kind, Kind::Array | Kind::Object),
            });
        }
    }
}

/// Tells which values of the sample are in no list, and what they may be meant to match.
pub(super) fn check(
    rule: &config::StatusRule,
    sources: &[Place<'_>],
    notes: &StatusNotes,
    body: &[u8],
    problems: &mut Problems,
) {
    // Of a status that BigPanda does not have the engine knows no values.
    let listed: Vec<(&config::Text, &config::Text)> = rule
        .map
        .iter()
        .filter(|(status, _)| Status::parse(&status.text).is_some())
        .flat_map(|(status, values)| values.iter().map(move |value| (status, value)))
        .collect();
    let (mut lower, mut trimmed) = (KeyIndex::default(), KeyIndex::default());
    for (number, (_, value)) in listed.iter().enumerate() {
        lower.number(&value.text.to_ascii_lowercase(), number);
        trimmed.number(value.text.trim(), number);
    }
    // What is listed under such a status is told with it.
    let mut strange = KeyIndex::default();
    for (_, values) in rule.map.iter().filter(|(status, _)| Status::parse(&status.text).is_none()) {
        for value in values {
            strange.number(&value.text, 0);
        }
    }
    let mut open = Vec::new();
    for unlisted in notes.unlisted.iter().filter(|unlisted| strange.get(&unlisted.text).is_none()) {
        let Some(place) = sources.get(unlisted.source) else {
            continue;
        };
        if let Some(placeholder) = Placeholder::of(&unlisted.text).filter(|_| !unlisted.nested) {
            place.tell(
                "placeholder-value",
                placeholder.message(),
                placeholder.help(),
                &[&unlisted.text],
                None,
                problems,
            );
        }
        let same = lower.get(&unlisted.text.to_ascii_lowercase()).and_then(|number| listed.get(number)).copied();
        let spaced = trimmed.get(unlisted.text.trim()).and_then(|number| listed.get(number)).copied();
        let spaced = spaced.filter(|_| same.is_none() && !unlisted.nested && !unlisted.text.trim().is_empty());
        let may_be_near = same.or(spaced).is_none() && !unlisted.nested;
        let near = may_be_near.then(|| contained(&listed, &unlisted.text)).flatten();
        if unlisted.decides && same.is_none() {
            open.push(unlisted);
        }
        let (code, message) = match same {
            None if spaced.is_some() => {
                ("status-value-near", "{1} differs from {2} only in the white space around it, so it is not `{=3}`")
            }
            Some(_) => ("status-value-case", "{1} differs from {2} only in case, so it is not `{=3}`"),
            None => ("status-value-near", "{1} contains {2} but does not match it, so it is not `{=3}`"),
        };
        if let Some((status, value)) = same.or(spaced).or(near) {
            let help = "values are matched exactly, case and white space included: list each as the tool sends it";
            let args = &[&*unlisted.text, &value.text, &status.text];
            let json = String::from_utf8(quoted(&unlisted.text)).unwrap_or_default();
            let fix = Fix::one("list {0} under `{=2}` too", args, insert_after(body, &value.span, &json));
            place.tell(code, message, help, args, Some(fix), problems);
        }
    }
    let default = rule.default_to.as_ref().map_or("critical", |status| &status.text);
    if let Some(place) = open.first().and_then(|unlisted| sources.get(unlisted.source)) {
        let values: Vec<String> = open.iter().map(|unlisted| shown(&unlisted.text)).collect();
        let message = match *values {
            [_] => "{=1} is in no list of `status_map`, so only the default produces `{=2}`",
            _ => "{=1} are in no list of `status_map`, so only the default produces `{=2}`",
        };
        let help = "list each under its status; values must match exactly, including case";
        place.tell("status-unmapped", message, help, &[&values.join(", "), default], None, problems);
    } else if let Some(place) = (0..).zip(sources).find_map(|(n, p)| (notes.empty && notes.found.has(n)).then_some(p)) {
        let message = "no source of the status has a value, so only the default produces `{=1}`";
        let help = "use a field that always contains the state of the alert, or a sample that has it";
        place.tell("status-unmapped", message, help, &[default], None, problems);
    }
}

/// The longest listed value that a text contains.
fn contained<'c>(
    listed: &[(&'c config::Text, &'c config::Text)],
    text: &str,
) -> Option<(&'c config::Text, &'c config::Text)> {
    let mut longest: Option<(&config::Text, &config::Text)> = None;
    for &(status, value) in listed {
        let len = value.text.len();
        let longer = len >= TELLING && len < text.len() && longest.is_none_or(|(_, known)| len > known.text.len());
        // On bytes, as the search in texts is large, and valid UTF-8 cannot begin inside a character.
        if longer && text.as_bytes().windows(len).any(|part| part == value.text.as_bytes()) {
            longest = Some((status, value));
        }
    }
    longest
}
