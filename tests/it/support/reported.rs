//! What must hold for everything that validation reports, whatever the body.

use super::json::Json;
use oim_config::{Diagnostic, Origin, Severity, ValidateOptions, Validated, codes, compile, validate, validate_from};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// Faults in the diagnostics of `text`. `usual` says whether a severity that differs from the registry's is right.
pub fn faults(text: &str, options: ValidateOptions, usual: &dyn Fn(&Diagnostic) -> bool) -> Vec<String> {
    let validated = validate(text.as_bytes(), options);
    let units: Vec<u16> = text.encode_utf16().collect();
    let document: Option<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok();
    let mut faults = Vec::new();
    if validated.valid == validated.diagnostics.iter().any(|d| d.severity == Severity::Error) {
        faults.push(format!("valid is {}, which the severities contradict", validated.valid));
    }
    for d in &validated.diagnostics {
        let words = [words(&d.message), d.help.as_deref().and_then(balanced)];
        let all = words.into_iter().chain([place(d, &units), pointer(d, &units, document.as_ref())]).flatten();
        faults.extend(all.map(|fault| format!("{}: {fault}", line(d))));
        let registry =
            codes().iter().find(|info| info.code == d.code).unwrap_or_else(|| panic!("{} is no code", d.code));
        if d.severity != registry.severity && !usual(d) {
            faults.push(format!("{}: the registry says {:?}", line(d), registry.severity));
        }
        faults.extend(check_fix(text, &validated, d, options).map(|fault| format!("{}: {fault}", line(d))));
    }
    faults.extend(order(&validated));
    faults.extend(unplaced(text, &validated, options));
    faults
}

/// Severities that the contract has differ from the registry's, for bodies that nobody wrote expectations for.
pub fn known_exception(d: &Diagnostic) -> bool {
    matches!(
        (d.code, d.severity),
        ("unknown-attribute", Severity::Error)
            | ("tag-name-reserved", Severity::Warning)
            | ("sample-missing-field", Severity::Warning)
            | ("attribute-undocumented", Severity::Warning)
            | ("identifier-unknown-tag", Severity::Warning | Severity::Info)
            | ("event-filtered", Severity::Warning)
    )
}

/// The text of a range; an empty one where there is no range.
pub fn underlined(d: &Diagnostic, units: &[u16]) -> String {
    let range = d.range.map_or(0..0, |r| r.start..r.end);
    units.get(range).map(String::from_utf16_lossy).unwrap_or_default()
}

/// A diagnostic in one line.
pub fn line(d: &Diagnostic) -> String {
    format!("{} {} at {:?} ({})", format!("{:?}", d.severity).to_lowercase(), d.code, d.pointer, d.message)
}

/// What is too long to read in a list, cut.
pub fn brief(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Codes and pointers, sorted.
pub fn pairs(validated: &Validated) -> Vec<(&'static str, String)> {
    let mut pairs: Vec<_> = validated.diagnostics.iter().map(|d| (d.code, d.pointer.to_string())).collect();
    pairs.sort();
    pairs
}

/// A sentence as messages are written.
fn words(message: &str) -> Option<String> {
    let first = message.chars().next();
    let fault = match first {
        None => "the message is empty",
        Some(c) if c.is_uppercase() => "the message begins with a capital letter",
        _ if message.ends_with('.') => "the message ends with a full stop",
        _ if message.contains(|c: char| c.is_control()) => "the message holds a control character",
        _ => return balanced(message),
    };
    Some(fault.to_owned())
}

fn balanced(text: &str) -> Option<String> {
    (text.matches('`').count() % 2 == 1).then(|| format!("a back-tick is missing: {text}"))
}

/// Where a range, and the edits, lie.
fn place(d: &Diagnostic, units: &[u16]) -> Option<String> {
    let inside = |start: usize, end: usize| {
        let border = |at: usize| units.get(at).is_none_or(|&unit| !(0xdc00..0xe000).contains(&unit));
        start <= end && end <= units.len() && border(start) && border(end)
    };
    let range = d.range?;
    if !inside(range.start, range.end) {
        return Some(format!("{range:?} is no range of the text"));
    }
    let before = &units[..range.start];
    let lines = before.iter().filter(|&&unit| unit == u16::from(b'\n')).count();
    let start = before.iter().rposition(|&unit| unit == u16::from(b'\n')).map_or(0, |at| at + 1);
    if (range.line, range.column) != (lines + 1, range.start - start + 1) {
        return Some(format!("line {}, column {} is not the place of {}", range.line, range.column, range.start));
    }
    let edits = d.suggestion.iter().flat_map(|s| &s.edits);
    edits.filter(|e| !inside(e.start, e.end)).map(|e| format!("{e:?} is no edit of the text")).next()
}

/// The pointer leads to something, and what is underlined is its key or its value.
fn pointer(d: &Diagnostic, units: &[u16], document: Option<&Value>) -> Option<String> {
    let Some(value) = document?.pointer(&d.pointer) else {
        return Some("the pointer leads nowhere".to_owned());
    };
    let underlined = underlined(d, units);
    let text: String = serde_json::from_str(&underlined).ok()?;
    let last = d.pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
    let fits = last == text || value.as_str() == Some(&text);
    (!fits).then(|| format!("{underlined} is underlined"))
}

fn order(validated: &Validated) -> Vec<String> {
    let starts: Vec<_> = validated.diagnostics.iter().map(|d| d.range.map_or(0, |r| r.start)).collect();
    let mut faults = Vec::new();
    if !starts.is_sorted() {
        faults.push(format!("not sorted by place: {starts:?}"));
    }
    let mut seen = HashSet::new();
    for d in &validated.diagnostics {
        if !seen.insert((d.code, &d.pointer, &d.message, d.range.map(|r| r.start))) {
            faults.push(format!("{}: validated twice", line(d)));
        }
    }
    faults
}

/// An object gives the same, without places.
fn unplaced(text: &str, validated: &Validated, options: ValidateOptions) -> Vec<String> {
    let other = validate_from(text.as_bytes(), Origin::Object, options);
    let mut faults = Vec::new();
    if pairs(&other) != pairs(validated) {
        faults.push(format!("given as an object it reports {:?}", pairs(&other)));
    }
    if other.diagnostics.iter().any(|d| d.range.is_some() || d.suggestion.is_some()) {
        faults.push("given as an object it has places".to_owned());
    }
    faults
}

/// What is wrong with the suggestion of a diagnostic: it must fix the problem, and cause no other.
fn check_fix(text: &str, validated: &Validated, d: &Diagnostic, options: ValidateOptions) -> Option<String> {
    let suggestion = d.suggestion.as_ref()?;
    if suggestion.edits.is_empty() || suggestion.title.is_empty() {
        return Some("the suggestion is empty".to_owned());
    }
    let Some(fixed) = applied(text, d) else {
        return Some(format!("the edits cannot be applied: {:?}", suggestion.edits));
    };
    if serde_json::from_str::<serde::de::IgnoredAny>(fixed.trim_start_matches('\u{feff}')).is_err() {
        return Some(format!("fixed it is not JSON: {}", brief(&fixed)));
    }
    let after = validate(fixed.as_bytes(), options);
    let count = |validated: &Validated| validated.diagnostics.iter().filter(|other| other.code == d.code).count();
    let same = |other: &Diagnostic| (other.code, &other.pointer, &other.message) == (d.code, &d.pointer, &d.message);
    let stays = after.diagnostics.iter().any(same);
    let twice = validated.diagnostics.iter().any(|o| o.code == "json-duplicate-key" && o.pointer == d.pointer);
    // What follows a removed item takes its place, and of equal keys the other one may stay.
    if stays && count(&after) >= count(validated) && !twice {
        return Some(format!("the suggestion leaves it there: {}", suggestion.title));
    }
    let (before, after) = (harm(validated, d), harm(&after, d));
    let mut new = after.iter().filter(|(code, count)| before.get(*code).unwrap_or(&0) < *count);
    // What is removed may have hidden an earlier one of the same key, with all that is wrong there.
    let hidden = |code: &str| code != "json-duplicate-key" && (twice || hides(text, d, code));
    let (code, _) = new.find(|(code, _)| !hidden(code))?;
    Some(format!("the suggestion brings {code}: {}", suggestion.title))
}

/// Whether an error of this code could not be reported while the problem `d` was there.
fn hides(text: &str, d: &Diagnostic, code: &str) -> bool {
    let not_read = ["unknown-attribute", "path-alert-prefix-unused"].contains(&d.code);
    let elsewhere = d.pointer == "/config/array_source";
    let explained = code == "primary-empty" && d.pointer.starts_with("/config/primary_property/");
    // A field that a rule reads remains no longer, so its tag is gone.
    let is_consumed = matches!(code, "identifier-unknown-tag" | "primary-empty")
        && d.pointer.contains("/source/")
        && text.contains("\"map_remaining\"");
    not_read || elsewhere || explained || is_consumed || compile(text.as_bytes()).program.is_none()
}

/// Errors, and duplicate keys in the object that `fixed` is about: what no suggestion may cause.
fn harm(validated: &Validated, fixed: &Diagnostic) -> BTreeMap<&'static str, usize> {
    // The whole document is in no object.
    let object = |pointer: &str| pointer.rsplit_once('/').map(|(object, _)| object.to_owned());
    let parent = object(&fixed.pointer);
    let hides = |d: &Diagnostic| d.code == "json-duplicate-key" && parent.is_some() && object(&d.pointer) == parent;
    let mut harm = BTreeMap::new();
    for d in validated.diagnostics.iter().filter(|d| d.severity == Severity::Error || hides(d)) {
        *harm.entry(d.code).or_default() += 1;
    }
    harm
}

/// The text with the suggestion applied; `None` where edits overlap.
pub fn applied(text: &str, d: &Diagnostic) -> Option<String> {
    let mut units: Vec<u16> = text.encode_utf16().collect();
    let mut edits: Vec<_> = d.suggestion.as_ref()?.edits.iter().collect();
    edits.sort_by_key(|edit| edit.start);
    if edits.windows(2).any(|pair| pair[0].end > pair[1].start) || edits.iter().any(|e| e.start > e.end) {
        return None;
    }
    let length = units.len();
    for edit in edits.into_iter().rev().filter(|edit| edit.end <= length) {
        units.splice(edit.start..edit.end, edit.text.encode_utf16());
    }
    String::from_utf16(&units).ok()
}

/// Applies one suggestion after the other. Suggestions that never end are a fault.
pub fn endless(text: &str, options: ValidateOptions) -> Option<String> {
    const MOST: usize = 100;
    let mut text = text.to_owned();
    let mut titles = Vec::new();
    for _ in 0..MOST {
        let validated = validate(text.as_bytes(), options);
        let fixed = validated.diagnostics.iter().find_map(|d| Some((d, applied(&text, d)?)));
        let (d, fixed) = fixed?;
        titles.push(format!("{}: {}", d.code, d.suggestion.as_ref().map_or("", |s| &s.title)));
        text = fixed;
    }
    Some(format!("suggestions without an end: {}", titles.split_off(MOST - 4).join("; ")))
}

/// The same document without layout; numbers as doubles.
pub fn compact(text: &str) -> Option<String> {
    let json: Json = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    serde_json::to_string(&json).ok()
}
