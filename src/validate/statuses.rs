//! The status rule by itself.

use crate::compile::Status;
use crate::config::{Config, LocatedText, Version, WrittenStatusRule};
use crate::diagnostic::{Fix, Problem, Problems, edit, nearest, quote_input};
use std::collections::HashMap;

pub(super) fn check(config: &Config, text: &[u8], problems: &mut Problems) {
    let rule = &config.status;
    let default = rule.default_to.as_ref();
    match default {
        Some(default) if Status::parse(&default.text).is_none() => {
            report_unknown_status(default, &mut Status::words().to_vec(), None, problems);
        }
        Some(_) => {}
        None if config.misspells(&rule.at.pointer, "default_to") => {}
        None => report_default_missing(rule, text, problems),
    }
    if rule.source.is_empty() && default.is_some() && !config.misspells(&rule.at.pointer, "source") {
        let message = "`source` names no field, so every alert gets the status of `default_to`";
        let help =
            "use the field that contains the state of the alert: an alert that never becomes `ok` is never resolved";
        problems.push(rule.at.problem("status-unmapped", message).help(help));
    }
    let listed_first = first_listings(rule);
    let unknown_has_values = check_names(config, &listed_first, text, problems);
    report_duplicate_values(rule, &listed_first, text, problems);
    let mut ok = None;
    let mut can_be_ok = default.is_some_and(|status| status.text.eq_ignore_ascii_case("ok"));
    for (status, values) in &rule.map {
        if status.text == "ok" {
            can_be_ok |= values.iter().any(|value| !value.text.is_empty());
            ok = Some(status);
        } else if status.text == "unknown" && !values.is_empty() && config.version == Version::V1 {
            report_undocumented(status, problems);
        }
    }
    if let Some(default) = default.filter(|default| default.text == "unknown" && config.version == Version::V1) {
        report_undocumented(default, problems);
    }
    // An unknown status may well be a misspelt `ok`, and is reported.
    let unread = ["status_map", "default_to"].iter().any(|attribute| config.misspells(&rule.at.pointer, attribute));
    if !can_be_ok && !unknown_has_values && !unread {
        report_never_ok(rule, ok, problems);
    }
}

fn report_default_missing(rule: &WrittenStatusRule, text: &[u8], problems: &mut Problems) {
    let message = "`default_to` is missing, so the status of a value that is not listed is `critical`";
    let help = "add `\"default_to\"` with the status you want; BigPanda's default setting is critical";
    let member = "\"default_to\": \"critical\"";
    let edit = edit::insert_member(text, rule.at.span.start, member);
    let fix = Fix::new(format!("add `{member}`"), edit);
    problems.push(rule.at.problem("status-default-missing", message).help(help).fix(fix));
}

/// For each value of a known status, the first status that lists it.
fn first_listings(rule: &WrittenStatusRule) -> HashMap<&str, &LocatedText> {
    let mut first = HashMap::new();
    for (status, values) in rule.map.iter().filter(|(status, _)| Status::parse(&status.text).is_some()) {
        for value in values {
            first.entry(&*value.text).or_insert(status);
        }
    }
    first
}

/// Reports statuses that BigPanda does not have. True if values are listed under one.
fn check_names(
    config: &Config,
    listed_first: &HashMap<&str, &LocatedText>,
    text: &[u8],
    problems: &mut Problems,
) -> bool {
    let rule = &config.status;
    let map = rule.map_pointer();
    let get = |word: &str| rule.map.iter().find(|(status, _)| status.text == word);
    // The names that an unknown status can be renamed to: those that the map does not have.
    let mut free: Vec<&'static str> = Status::words().to_vec();
    free.retain(|word| get(word).is_none());
    let mut has_values = false;
    for (status, values) in rule.map.iter().filter(|(status, _)| Status::parse(&status.text).is_none()) {
        has_values |= !values.is_empty();
        if problems.at_limit("status-unknown") {
            continue;
        }
        let suggestion = did_you_mean(&status.text);
        // After the fix, a value that another status lists already would be there twice.
        let is_listed_elsewhere =
            |value: &LocatedText| listed_first.get(&*value.text).is_some_and(|other| Some(&*other.text) != suggestion);
        if values.iter().any(is_listed_elsewhere) {
            report_unknown_status(status, &mut Vec::new(), None, problems);
            continue;
        }
        // Items that are not texts would be lost.
        let is_readable = !config.cannot_read(&map, &status.text);
        let last = suggestion.filter(|_| is_readable).and_then(get).and_then(|(_, values)| values.last());
        let merge = last.and_then(|last| merge_lists(status, values, last, text));
        report_unknown_status(status, &mut free, merge, problems);
    }
    has_values
}

/// Reports a status that BigPanda does not have. `free` are those that it can be renamed to; the suggested one is removed
/// from it. If that one is not free, the fix is `merge`.
fn report_unknown_status(
    status: &LocatedText,
    free: &mut Vec<&'static str>,
    merge: Option<Fix>,
    problems: &mut Problems,
) {
    let (message, help, suggestion) = if status.text.is_empty() {
        let help = "name the status you want; BigPanda's default setting is critical".to_owned();
        ("the status is empty".to_owned(), help, Some("critical"))
    } else {
        let suggestion = did_you_mean(&status.text);
        let help = match suggestion {
            Some(word) => format!(
                "did you mean `{word}`? The statuses are `ok`, `warning`, `critical`, `acknowledged` and `unknown`"
            ),
            None => "the statuses are `ok`, `warning`, `critical`, `acknowledged` and `unknown`; what your tool sends goes into their lists".to_owned(),
        };
        (format!("{} is not a BigPanda status", quote_input(&status.text)), help, suggestion)
    };
    let position = free.iter().position(|word| Some(*word) == suggestion);
    let fix = position.map(|position| Fix::change_to(&status.span, free.remove(position))).or(merge);
    problems.push(status.problem("status-unknown", message).help(help).fix(fix));
}

/// The status that a word may be: the nearest one, or one that begins with the word.
fn did_you_mean(word: &str) -> Option<&'static str> {
    nearest(word, &Status::words()).or_else(|| {
        let begins = |known: &&str| known.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        Status::words().into_iter().find(begins).filter(|_| word.len() > 2)
    })
}

/// Moves the values of a status to the end of another list, whose last value is `last`.
fn merge_lists(status: &LocatedText, values: &[LocatedText], last: &LocatedText, text: &[u8]) -> Option<Fix> {
    let (from, to) = (values.first()?.span.start, values.last()?.span.end);
    let moved = core::str::from_utf8(text.get(from..to)?).ok()?;
    // Only the end of the list follows the last value.
    let end = to + text.get(to..)?.iter().position(|&b| b == b']')? + 1;
    let edits = vec![edit::insert_after(text, &last.span, moved), edit::remove(text, &(status.span.start..end))];
    Some(Fix { title: "move the values to the list that is there".into(), edits })
}

fn report_duplicate_values(
    rule: &WrittenStatusRule,
    listed_first: &HashMap<&str, &LocatedText>,
    text: &[u8],
    problems: &mut Problems,
) {
    for (status, values) in rule.map.iter().filter(|(status, _)| Status::parse(&status.text).is_some()) {
        for value in values {
            let first = listed_first.get(&*value.text).filter(|first| first.text != status.text);
            let Some(first) = first.filter(|_| !problems.at_limit("status-value-duplicate")) else {
                continue;
            };
            let message = format!("{} is listed under `{}` already, which wins", quote_input(&value.text), first.text);
            let help = "list a value under one status only; that the first one wins is not documented by BigPanda";
            let fix = Fix::new("remove it from this list", edit::remove(text, &value.span));
            problems.push(value.problem("status-value-duplicate", message).help(help).fix(fix));
        }
    }
}

fn report_undocumented(status: &LocatedText, problems: &mut Problems) {
    let message = format!("the status {} is in no example of version 1", quote_input(&status.text));
    let help = "BigPanda has the status, but may refuse or ignore it in a configuration of version 1";
    problems.push(status.problem("status-undocumented", message).help(help));
}

fn report_never_ok(rule: &WrittenStatusRule, ok: Option<&LocatedText>, problems: &mut Problems) {
    let (pointer, span) = match ok {
        Some(ok) => (ok.pointer.clone(), ok.span.clone()),
        None => (rule.map_pointer(), rule.map_key.clone()),
    };
    problems.push(
        Problem::body("status-never-ok", pointer, span, "nothing maps to `ok`, so alerts are never resolved")
            .help("list the values that mean recovery under `ok`, such as `resolved`"),
    );
}
