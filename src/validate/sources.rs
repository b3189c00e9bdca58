//! Source paths by themselves.

use crate::compile::inside;
use crate::config::{Config, LocatedText};
use crate::diagnostic::edit::{ByteEdit, insert_member};
use crate::diagnostic::{Fix, Problem, Problems, quote_input};
use crate::json::escape::json_string;
use crate::path::{ALERT_PREFIX, SourcePath};

/// Reports paths with `@alert.` if the payload is the one alert.
pub(super) fn check(config: &Config, text: &[u8], problems: &mut Problems) {
    if config.is_array || config.misspells(&config.at.pointer, "is_array") {
        return;
    }
    // If an array is named and `is_array` is not false, it is the switch that is missing.
    let is_named = config.array_source.is_some() || config.misspells(&config.at.pointer, "array_source");
    let needs_switch = is_named && !config.has_is_array;
    // Only the first problem has the edit: several would insert the key several times.
    let mut set_switch = needs_switch.then(|| {
        let edit = insert_member(text, config.at.span.start, "\"is_array\": true");
        Fix::new("set `is_array` to true", edit)
    });
    if let Some(source) = config.array_source.as_ref().filter(|_| lacks_switch(config)) {
        let message = format!("{} has no effect, as `is_array` is missing", quote_input(&source.text));
        let help = "set `is_array` to true to make each element of the array an alert; or remove `array_source`";
        problems.push(source.problem("array-source-unused", message).help(help).fix(set_switch.take()));
    }
    let mut check = |sources: &[LocatedText]| {
        for source in sources {
            let has_prefix = source.text.starts_with(ALERT_PREFIX) && SourcePath::parse(&source.text).is_ok();
            if has_prefix && !problems.at_limit("path-alert-prefix-unused") {
                let problem = unused_prefix(source);
                problems.push(if needs_switch {
                    let help = "set `is_array` to true, since `array_source` names an array; or remove the prefix";
                    problem.help(help).fix(set_switch.take())
                } else {
                    let help = "remove it: the path begins at the root of the payload; or set `is_array` to true and name the `array_source`";
                    problem.help(help).fix(Fix::new("remove the prefix", remove_prefix(source)))
                });
            }
        }
    };
    check(&config.status.source);
    config.tag_rules().iter().for_each(|rule| check(&rule.source));
    if let Some(rule) = &config.timestamp {
        check(&rule.source);
    }
}

/// Whether an array of alerts is named, and `is_array` is not there.
pub(super) fn lacks_switch(config: &Config) -> bool {
    let is_named = config.array_source.as_ref().is_some_and(|source| !source.text.is_empty());
    is_named && !config.has_is_array && !config.misspells(&config.at.pointer, "is_array")
}

fn unused_prefix(source: &LocatedText) -> Problem {
    let message = "`@alert.` has no effect, as `is_array` is not true";
    Problem { span: Some(inside(source, 0..ALERT_PREFIX.len())), ..source.problem("path-alert-prefix-unused", message) }
}

fn remove_prefix(source: &LocatedText) -> ByteEdit {
    let prefix = inside(source, 0..ALERT_PREFIX.len());
    if prefix != source.span {
        return (prefix, "".into());
    }
    // The body writes the path with escapes, so the prefix has no place of its own.
    let rest = source.text.get(ALERT_PREFIX.len()..).unwrap_or_default();
    (prefix, json_string(rest).into())
}
