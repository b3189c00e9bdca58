//! The status rule and the values that the sample has for it.

use super::SourceRef;
use super::notes::SourcesSeen;
use super::placeholder::Placeholder;
use crate::compile::{Status, StatusRule};
use crate::config::{LocatedText, WrittenStatusRule};
use crate::diagnostic::edit::insert_after;
use crate::diagnostic::{Fix, Problem, Problems, quote_input};
use crate::evaluate::{ObservedAlert, items_of, text_of};
use crate::json::Kind;
use crate::json::escape::json_string;
use crate::json::key_index::KeyIndex;
use crate::json::members::Value;
use std::collections::{HashMap, HashSet};

/// Most different values that are looked at.
const VALUES: usize = 20;

/// Longest value that is looked at, in bytes.
const LONGEST: usize = 256;

/// Shortest listed value that is looked for inside other values, in bytes.
const SHORTEST_CONTAINED: usize = 2;

/// A value of a status source that is in no list.
struct Unlisted {
    source: usize,
    text: String,
    /// Some alert has no listed value at any source.
    decides: bool,
    /// An object or a list, whose text only looks like a listed value.
    is_nested: bool,
}

/// What is noted of the status rule.
#[derive(Default)]
pub(super) struct StatusNotes {
    pub(super) sources: SourcesSeen,
    unlisted: Vec<Unlisted>,
    by_text: KeyIndex,
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
            // A value of the outer payload is the same for all alerts.
            if !source.is_outer || seen.is_first() {
                self.note(number, &value, decided.is_none());
            }
        }
        self.empty |= decided.is_none() && !populated;
    }

    fn note(&mut self, source: usize, value: &Value<'_>, decides: bool) {
        if value.kind == Kind::Array {
            for item in items_of(value).take(VALUES) {
                self.note_scalar(source, &item, decides);
            }
        } else {
            self.note_scalar(source, value, decides);
        }
    }

    fn note_scalar(&mut self, source: usize, value: &Value<'_>, decides: bool) {
        let full = self.unlisted.len() >= VALUES;
        if value.end - value.start > LONGEST || full && self.unlisted.iter().all(|u| u.decides) {
            return;
        }
        let text = text_of(value);
        let position = self.by_text.get(&text).unwrap_or(self.unlisted.len());
        if let Some(known) = self.unlisted.get_mut(position) {
            if decides && !known.decides {
                (known.decides, known.source) = (true, source);
            }
        } else if !full {
            self.by_text.get_or_insert(&text, position);
            let is_nested = matches!(value.kind, Kind::Array | Kind::Object);
            self.unlisted.push(Unlisted { source, text: text.into_owned(), decides, is_nested });
        }
    }
}

/// A value in a list of `status_map`.
#[derive(Clone, Copy)]
struct Listed<'c> {
    status: &'c LocatedText,
    value: &'c LocatedText,
}

/// The values that are listed under statuses of BigPanda. The engine reads no others.
struct ListedValues<'c> {
    all: Vec<Listed<'c>>,
    by_lower: HashMap<String, Listed<'c>>,
    by_trimmed: HashMap<&'c str, Listed<'c>>,
}

impl<'c> ListedValues<'c> {
    fn of(rule: &'c WrittenStatusRule) -> ListedValues<'c> {
        let known = rule.map.iter().filter(|(status, _)| Status::parse(&status.text).is_some());
        let all: Vec<Listed<'_>> =
            known.flat_map(|(status, values)| values.iter().map(move |value| Listed { status, value })).collect();
        let (mut by_lower, mut by_trimmed) = (HashMap::new(), HashMap::new());
        for &listed in &all {
            by_lower.entry(listed.value.text.to_ascii_lowercase()).or_insert(listed);
            by_trimmed.entry(listed.value.text.trim()).or_insert(listed);
        }
        ListedValues { all, by_lower, by_trimmed }
    }

    fn equal_but_for_case(&self, unlisted: &Unlisted) -> Option<Listed<'c>> {
        self.by_lower.get(&unlisted.text.to_ascii_lowercase()).copied()
    }

    fn equal_but_for_white_space(&self, unlisted: &Unlisted) -> Option<Listed<'c>> {
        let trimmed = unlisted.text.trim();
        self.by_trimmed.get(trimmed).copied().filter(|_| !unlisted.is_nested && !trimmed.is_empty())
    }

    /// The longest listed value that a value contains.
    fn contained_in(&self, unlisted: &Unlisted) -> Option<Listed<'c>> {
        if unlisted.is_nested {
            return None;
        }
        let text = &*unlisted.text;
        let mut longest: Option<Listed<'c>> = None;
        for &listed in &self.all {
            let value = &*listed.value.text;
            let is_longer = longest.is_none_or(|known| value.len() > known.value.text.len());
            if is_longer && (SHORTEST_CONTAINED..text.len()).contains(&value.len()) && text.contains(value) {
                longest = Some(listed);
            }
        }
        longest
    }
}

/// Reports values of the sample that no list has, and listed values that they are similar to.
pub(super) fn check(
    rule: &WrittenStatusRule,
    sources: &[SourceRef<'_>],
    notes: &StatusNotes,
    body: &[u8],
    problems: &mut Problems,
) {
    let listed = ListedValues::of(rule);
    // Unknown statuses are reported with the values in their lists.
    let of_unknown_statuses: HashSet<&str> = rule
        .map
        .iter()
        .filter(|(status, _)| Status::parse(&status.text).is_none())
        .flat_map(|(_, values)| values.iter().map(|value| &*value.text))
        .collect();
    let mut unmapped = Vec::new();
    for unlisted in notes.unlisted.iter().filter(|unlisted| !of_unknown_statuses.contains(&*unlisted.text)) {
        let Some(source_ref) = sources.get(unlisted.source) else {
            continue;
        };
        if let Some(placeholder) = Placeholder::of(&unlisted.text).filter(|_| !unlisted.is_nested) {
            problems.push(placeholder.problem(source_ref, &unlisted.text));
        }
        let same = listed.equal_but_for_case(unlisted);
        if unlisted.decides && same.is_none() {
            unmapped.push(unlisted);
        }
        if let Some(problem) = similar_value(source_ref, unlisted, same, &listed, body) {
            problems.push(problem);
        }
    }
    let default = rule.default_to.as_ref().map_or("critical", |status| &status.text);
    if let Some(source_ref) = unmapped.first().and_then(|unlisted| sources.get(unlisted.source)) {
        let values: Vec<String> = unmapped.iter().map(|unlisted| quote_input(&unlisted.text)).collect();
        let are = if values.len() == 1 { "is" } else { "are" };
        let values = values.join(", ");
        let message = format!("{values} {are} in no list of `status_map`, so only the default produces `{default}`");
        let help = "list each under its status; values must match exactly, including case";
        problems.push(source_ref.problem("status-unmapped", message).help(help));
    } else if let Some(source_ref) =
        (0..).zip(sources).find_map(|(n, source_ref)| (notes.empty && notes.sources.has(n)).then_some(source_ref))
    {
        let message = format!("no source of the status has a value, so only the default produces `{default}`");
        let help = "use a field that always contains the state of the alert, or a sample that has it";
        problems.push(source_ref.problem("status-unmapped", message).help(help));
    }
}

/// The problem of a value that is similar to a listed one. `same`: the listed value that differs only in case.
fn similar_value(
    source_ref: &SourceRef<'_>,
    unlisted: &Unlisted,
    same: Option<Listed<'_>>,
    listed: &ListedValues<'_>,
    body: &[u8],
) -> Option<Problem> {
    const NEAR: &str = "status-value-near";
    let (code, listed, relation) = if let Some(same) = same {
        ("status-value-case", same, ["differs from", "only in case"])
    } else if let Some(spaced) = listed.equal_but_for_white_space(unlisted) {
        (NEAR, spaced, ["differs from", "only in the white space around it"])
    } else {
        (NEAR, listed.contained_in(unlisted)?, ["contains", "but does not match it"])
    };
    let (text, status, [verb, how]) = (quote_input(&unlisted.text), &listed.status.text, relation);
    let message = format!("{text} {verb} {} {how}, so it is not `{status}`", quote_input(&listed.value.text));
    let help = "values are matched exactly, case and white space included: list each as the tool sends it";
    let edit = insert_after(body, &listed.value.span, &json_string(&unlisted.text));
    let fix = Fix::new(format!("list {text} under `{status}` too"), edit);
    Some(source_ref.problem(code, message).help(help).fix(fix))
}
