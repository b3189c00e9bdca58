//! The status rule and the values that the sample has for it.

use super::Place;
use super::notes::{Found, brief};
use crate::compile::{Status, StatusRule};
use crate::config;
use crate::diagnostic::edit::insert_after;
use crate::diagnostic::{Problem, Problems, shown};
use crate::evaluate::{Seen, items_of, text_of};
use crate::json::Kind;
use crate::json::escape::quoted;
use crate::json::keys::Keys;
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
    shown: String,
    /// In some alert nothing else was listed either.
    decides: bool,
}

/// What is noted of the status rule.
#[derive(Default)]
pub(super) struct StatusNotes {
    pub(super) found: Found,
    unlisted: Vec<Unlisted>,
    known: Keys,
    /// Some alert has no value at any source.
    empty: bool,
}

impl StatusNotes {
    pub(super) fn alert(&mut self, rule: &StatusRule, seen: &Seen<'_>) {
        self.found.look(&rule.sources, seen);
        let decided = seen.status_source();
        let mut populated = false;
        for (number, source) in rule.sources.iter().enumerate().take(decided.unwrap_or(rule.sources.len())) {
            let Some((value, true)) = seen.value(source) else {
                continue;
            };
            populated = true;
            // What stands around the alerts is the same for each of them.
            if !source.around || seen.is_first() {
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
            self.unlisted.push(Unlisted { source, shown: brief(value), text: text.into_owned(), decides });
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
    let mut lower = Keys::default();
    for (number, (_, value)) in listed.iter().enumerate() {
        lower.number(&value.text.to_ascii_lowercase(), number);
    }
    let mut open = Vec::new();
    for unlisted in &notes.unlisted {
        let Some(place) = sources.get(unlisted.source) else {
            continue;
        };
        let same = lower.get(&unlisted.text.to_ascii_lowercase()).and_then(|number| listed.get(number));
        let near = || {
            let inside = |value: &config::Text| value.text.len() >= TELLING && unlisted.text.contains(&*value.text);
            listed.iter().filter(|(_, value)| inside(value)).max_by_key(|(_, value)| value.text.len())
        };
        if let Some((status, value)) = same {
            let message = format!(
                "{} differs from {} only in case, so it is not `{}`",
                unlisted.shown,
                shown(&value.text),
                status.text
            );
            problems.push(add(place.problem("status-value-case", message), unlisted, status, value, body));
        } else {
            if let Some((status, value)) = near() {
                let message = format!(
                    "{} contains {} but does not match it, so it is not `{}`",
                    unlisted.shown,
                    shown(&value.text),
                    status.text
                );
                problems.push(add(place.problem("status-value-near", message), unlisted, status, value, body));
            }
            if unlisted.decides {
                open.push(unlisted);
            }
        }
    }
    let default = rule.default_to.as_ref().map_or("critical", |status| &status.text);
    if let Some(place) = open.first().and_then(|unlisted| sources.get(unlisted.source)) {
        let values: Vec<&str> = open.iter().map(|unlisted| &*unlisted.shown).collect();
        let verb = if values.len() == 1 { "is" } else { "are" };
        let message =
            format!("{} {verb} in no list of `status_map`, so only the default gives `{default}`", values.join(", "));
        problems.push(
            place
                .problem("status-unmapped", message)
                .help("list each under the status that it should give; values are matched exactly, case included"),
        );
    } else if notes.empty
        && let Some(place) = sources.iter().enumerate().find_map(|(n, p)| notes.found.has(n).then_some(p))
    {
        let message = format!("no source of the status has a value, so only the default gives `{default}`");
        problems.push(
            place
                .problem("status-unmapped", message)
                .help("name a field that always says how the alert is, or give a sample that has it"),
        );
    }
}

fn add(problem: Problem, unlisted: &Unlisted, status: &config::Text, value: &config::Text, body: &[u8]) -> Problem {
    let json = String::from_utf8(quoted(&unlisted.text)).unwrap_or_default();
    problem.help("values are matched exactly, case included: list each as the tool sends it").fix_all(
        format!("list {} under `{}` too", unlisted.shown, status.text).into(),
        vec![insert_after(body, &value.span, &json)],
    )
}
