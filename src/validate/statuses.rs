//! The status rule by itself.

use crate::compile::Status;
use crate::config::{Config, StatusRule, Text, Version};
use crate::diagnostic::{Fix, Problems, Told, edit, nearest};
use crate::json::key_index::KeyIndex;
use crate::json::pointer;

pub(super) fn check(config: &Config, text: &[u8], problems: &mut Problems) {
    let rule = &config.status;
    let default = rule.default_to.as_ref();
    match default {
        Some(default) if Status::parse(&default.text).is_none() => {
            stranger(default, &mut Status::words().to_vec(), None, problems);
        }
        Some(_) => {}
        None if config.misspells(&rule.pointer, "default_to") => {}
        None => default_missing(rule, text, problems),
    }
    if rule.source.is_empty() && default.is_some() && !config.misspells(&rule.pointer, "source") {
        always_default(rule, problems);
    }
    let first = listed(rule);
    let strangers = unknown(config, &first, text, problems);
    duplicates(rule, &first, text, problems);
    let mut ok = None;
    let mut is_ok = default.is_some_and(|status| status.text.eq_ignore_ascii_case("ok"));
    for (status, values) in &rule.map {
        if status.text == "ok" {
            is_ok |= values.iter().any(|value| !value.text.is_empty());
            ok = Some(status);
        } else if status.text == "unknown" && !values.is_empty() && config.version == Version::V1 {
            undocumented(status, problems);
        }
    }
    if let Some(default) = default.filter(|default| default.text == "unknown" && config.version == Version::V1) {
        undocumented(default, problems);
    }
    // A status that BigPanda does not have may well be the one that is missing, and is told already.
    let unread = ["status_map", "default_to"].iter().any(|attribute| config.misspells(&rule.pointer, attribute));
    if !is_ok && !strangers && !unread {
        never_ok(rule, ok, problems);
    }
}

fn always_default(rule: &StatusRule, problems: &mut Problems) {
    let told = Told {
        code: "status-unmapped",
        pointer: &rule.pointer,
        span: &rule.place,
        message: "`source` names no field, so every alert gets the status of `default_to`",
        help: "use the field that contains the state of the alert: an alert that never becomes `ok` is never resolved",
        args: &[],
    };
    problems.tell(&told, None);
}

fn default_missing(rule: &StatusRule, text: &[u8], problems: &mut Problems) {
    let told = Told {
        code: "status-default-missing",
        pointer: &rule.pointer,
        span: &rule.place,
        message: "`default_to` is missing, so the status of a value that is not listed is `critical`",
        help: "add `\"default_to\"` with the status you want; BigPanda's default setting is critical",
        args: &[],
    };
    let member = "\"default_to\": \"critical\"";
    let edit = edit::insert_member(text, rule.span.start, member);
    problems.tell(&told, Some(Fix::one("add `{=0}`", &[member], edit)));
}

/// Of each value, the number of the first status that it is listed under.
fn listed(rule: &StatusRule) -> KeyIndex {
    let mut first = KeyIndex::default();
    for (number, (status, values)) in rule.map.iter().enumerate() {
        // Of a status that BigPanda does not have the engine knows no values.
        if Status::parse(&status.text).is_some() {
            for value in values {
                first.number(&value.text, number);
            }
        }
    }
    first
}

/// Tells of statuses that BigPanda does not have; true when values are listed under one.
fn unknown(config: &Config, first: &KeyIndex, text: &[u8], problems: &mut Problems) -> bool {
    let rule = &config.status;
    let map = pointer::key(&rule.pointer, "status_map");
    // A status that is there already is none that another can be renamed to.
    let there = |word: &str| rule.map.iter().find(|(status, _)| status.text == word);
    let mut free: Vec<&'static str> = Status::words().to_vec();
    free.retain(|word| there(word).is_none());
    let mut listed = false;
    for (status, values) in &rule.map {
        if Status::parse(&status.text).is_some() {
            continue;
        }
        listed |= !values.is_empty();
        if problems.enough("status-unknown") {
            continue;
        }
        let meant = meant(&status.text);
        // A value that is under another status already would be there twice.
        let elsewhere = |value: &Text| {
            let other = first.get(&value.text).and_then(|number| rule.map.get(number));
            other.is_some_and(|(other, _)| Some(&*other.text) != meant)
        };
        if values.iter().any(elsewhere) {
            stranger(status, &mut Vec::new(), None, problems);
            continue;
        }
        // What is no text in the list would be lost.
        let is_whole = !config.cannot_read(&map, &status.text);
        let last = meant.filter(|_| is_whole).and_then(there).and_then(|(_, values)| values.last());
        stranger(status, &mut free, last.and_then(|last| merged(status, values, last, text)), problems);
    }
    listed
}

/// Tells of a status that BigPanda does not have. `free` are those that it can be renamed to; the one that was meant is
/// free no more. Where it is not, `merged` may mend it.
fn stranger(status: &Text, free: &mut Vec<&'static str>, merged: Option<Fix>, problems: &mut Problems) {
    let mut message = "{0} is not a BigPanda status";
    let mut help = "the statuses are `ok`, `warning`, `critical`, `acknowledged` and `unknown`; what your tool sends goes into their lists";
    let mut meant = meant(&status.text);
    if status.text.is_empty() {
        message = "the status is empty";
        meant = Some("critical");
        help = "name the status you want; BigPanda's default setting is critical";
    } else if meant.is_some() {
        help = "did you mean `{=1}`? The statuses are `ok`, `warning`, `critical`, `acknowledged` and `unknown`";
    }
    let args = [&*status.text, meant.unwrap_or_default()];
    let found = free.iter().position(|word| Some(*word) == meant);
    let fix = found.map(|found| Fix::change_to(&status.span, free.remove(found))).or(merged);
    problems.tell(&status.told("status-unknown", message, help, &args), fix);
}

/// The status that a word was meant to be: one that is spelt alike, or that it is short for.
fn meant(word: &str) -> Option<&'static str> {
    if let Some(near) = nearest(word, &Status::words()) {
        return Some(near);
    }
    for known in Status::words() {
        let start = known.get(..word.len()).unwrap_or_default();
        if word.len() > 2 && start.eq_ignore_ascii_case(word) {
            return Some(known);
        }
    }
    None
}

/// Moves the values of a status behind the last value of another list.
fn merged(status: &Text, values: &[Text], last: &Text, text: &[u8]) -> Option<Fix> {
    let (from, to) = (values.first()?.span.start, values.last()?.span.end);
    let moved = core::str::from_utf8(text.get(from..to)?).ok()?;
    // Behind the last value there is nothing but the end of the list.
    let end = to + text.get(to..)?.iter().position(|&b| b == b']')? + 1;
    let edits = vec![edit::insert_after(text, &last.span, moved), edit::remove(text, &(status.span.start..end))];
    Some(Fix { title: "move the values to the list that is there".into(), edits })
}

fn duplicates(rule: &StatusRule, first: &KeyIndex, text: &[u8], problems: &mut Problems) {
    let message = "{0} is listed under `{=1}` already, which wins";
    let help = "list a value under one status only; that the first one wins is not documented by BigPanda";
    for (number, (status, values)) in rule.map.iter().enumerate() {
        if Status::parse(&status.text).is_none() {
            continue;
        }
        for value in values {
            let first = first.get(&value.text).filter(|first| *first < number);
            let Some((Text { text: first, .. }, _)) = first.and_then(|first| rule.map.get(first)) else {
                continue;
            };
            if problems.enough("status-value-duplicate") {
                continue;
            }
            let fix = Fix::one("remove it from this list", &[], edit::remove(text, &value.span));
            problems.tell(&value.told("status-value-duplicate", message, help, &[&value.text, first]), Some(fix));
        }
    }
}

fn undocumented(status: &Text, problems: &mut Problems) {
    let help = "BigPanda has the status, but may refuse or ignore it in a configuration of version 1";
    let message = "the status {0} is in no example of version 1";
    problems.tell(&status.told("status-undocumented", message, help, &[&status.text]), None);
}

fn never_ok(rule: &StatusRule, ok: Option<&Text>, problems: &mut Problems) {
    let (pointer, span) = match ok {
        Some(ok) => (ok.pointer.clone(), &ok.span),
        None => (pointer::key(&rule.pointer, "status_map"), &rule.map_place),
    };
    let told = Told {
        code: "status-never-ok",
        pointer: &pointer,
        span,
        message: "nothing maps to `ok`, so alerts are never resolved",
        help: "list the values that mean recovery under `ok`, such as `resolved`",
        args: &[],
    };
    problems.tell(&told, None);
}
