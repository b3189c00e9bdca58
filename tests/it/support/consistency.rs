//! What validation reports of the sample, held against what the engine makes of it.

use super::json::Json;
use oim_config::{AdditionalTags, Diagnostic, ProcessOptions, Validated, compile};

/// Where the answer of the engine to the sample and the diagnostics of the body contradict each other.
pub fn disagreements(text: &str, reported: &Validated) -> Vec<String> {
    let Some(program) = compile(text.as_bytes()).program else {
        return if reported.valid { vec!["it is valid, and there is no program".to_owned()] } else { Vec::new() };
    };
    // It is of another version than the one that was asked for.
    if reported.diagnostics.iter().any(|d| d.code == "version-mixed") {
        return Vec::new();
    }
    let body: Json = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    let sample = match last(&body, "sample_payload") {
        Json::String(text) => text.clone(),
        Json::Null => return Vec::new(),
        sample => serde_json::to_string(sample).unwrap(),
    };
    // The same as no sample: so is a list of nothing but `null`.
    let nothing = serde_json::from_str::<Vec<()>>(&sample).is_ok();
    if nothing || matches!(sample.trim(), "" | "\"\"" | "{}" | "null") {
        return Vec::new();
    }
    let options = ProcessOptions {
        received_at_ms: 0.0,
        trace: true,
        additional_tags: AdditionalTags::AsConfigured,
        placed: true,
    };
    let answer = Json::parse(&program.process_to_json(sample.as_bytes(), &options));
    let mut found = Vec::new();
    // What the filter drops is meant to be dropped.
    let is_unmeant = |rejection: &&Json| rejection.get("code").text() != Some("event-filtered");
    let rejected: Vec<&Json> = answer.get("rejected").items().iter().filter(is_unmeant).collect();
    // Where it is misspelt the sample is not shown to the rules; the misspelling is reported instead.
    let misspelt = |d: &Diagnostic| {
        let edits = d.suggestion.iter().flat_map(|s| &s.edits);
        d.code == "unknown-attribute" && edits.into_iter().any(|edit| edit.text.contains("is_array"))
    };
    if reported.valid && !rejected.is_empty() && !reported.diagnostics.iter().any(misspelt) {
        found.push(format!("it is valid, and the sample is rejected: {}", rejected[0].pretty()));
    }
    let mut wants = |what: &str, codes: &[&str], at: &str| {
        // What is misspelt explains much, and is reported of that only.
        let names_it = |d: &Diagnostic| {
            d.code == "unknown-attribute" || codes.contains(&d.code) && d.pointer.to_lowercase().contains(at)
        };
        let silent = !reported.diagnostics.iter().any(names_it);
        found.extend(silent.then(|| format!("{what}, and nothing of it is reported")));
    };
    for alert in answer.get("alerts").items() {
        let Json::Object(tags) = alert.get("tags") else { continue };
        for (name, value) in tags {
            if !is_tag_name(name) && !is_remaining(&answer, name) {
                wants(&format!("a tag is named {name:?}"), &["tag-name-invalid", "tag-name-derived-invalid"], "");
            }
            if value.text().is_some_and(|value| value.chars().count() > 2_048) || value.items().len() > 30 {
                wants(&format!("the tag {name:?} is long"), &["tag-value-limit", "tag-value-nested"], "");
            }
        }
        if alert.get("secondary_property") == &Json::Null {
            let mut codes = vec!["secondary-missing", "no-sources", "identifier-unknown-tag"];
            codes.extend(NOT_FOUND);
            wants("an alert has no secondary property", &codes, "");
        }
    }
    let alerts = answer.get("trace").items().iter().map(|alert| alert.get("steps").items());
    for (steps, step) in alerts.flat_map(|steps| steps.iter().map(move |step| (steps, step))) {
        let (kind, outcome) = (step.get("kind").text(), step.get("outcome").text());
        let blank = || step.get("value").text().is_some_and(|value| value.trim_matches(BLANK).is_empty());
        match (kind, outcome) {
            (Some("tag"), Some("used")) if blank() => wants("a tag is blank", &["tag-value-blank"], ""),
            (Some("timestamp"), Some("unreadable")) if !is_no_time(step, steps) => {
                wants(
                    "a time cannot be read",
                    &["timestamp-unreadable", "timestamp-implausible", "timestamp-format-invalid"],
                    "timestamp",
                );
            }
            (Some("status"), Some("default")) => {
                let mut codes = vec!["status-unmapped", "status-value-case", "status-unknown", "no-sources"];
                codes.extend(NOT_FOUND);
                wants("only the default gives a status", &codes, "status");
            }
            _ => {}
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether a value is what tools write for "no time", and another source of the rule has one.
fn is_no_time(step: &Json, steps: &[Json]) -> bool {
    let another =
        |step: &Json| step.get("kind").text() == Some("timestamp") && step.get("outcome").text() == Some("used");
    let value = step.get("value").text().unwrap_or_default().trim();
    let is_zero = !value.is_empty() && value.chars().all(|c| matches!(c, '0' | '.' | '-' | '+' | 'e' | 'E'));
    let is_negative = value.starts_with('-') && value.parse::<f64>().is_ok();
    steps.iter().any(another) && (is_zero || is_negative || value.starts_with("000"))
}

/// Why a source finds nothing.
const NOT_FOUND: [&str; 5] =
    ["sample-missing-field", "path-needs-alert-prefix", "path-through-array", "path-invalid", "array-source-not-array"];

/// White space of JSON.
const BLANK: [char; 4] = [' ', '\t', '\n', '\r'];

/// Whether the tag is of a field that no rule names: the rules are not to blame for its name.
fn is_remaining(answer: &Json, name: &str) -> bool {
    let mut steps = answer.get("trace").items().iter().flat_map(|alert| alert.get("steps").items());
    steps.any(|step| step.get("rule").text() == Some("") && step.get("tag").text() == Some(name))
}

/// Of equal keys the last one counts.
fn last<'j>(json: &'j Json, key: &str) -> &'j Json {
    let Json::Object(members) = json else { return &Json::Null };
    members.iter().rev().find(|(k, _)| k == key).map_or(&Json::Null, |(_, value)| value)
}

/// BigPanda's four rules for tag names.
fn is_tag_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= 64
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-')
}
