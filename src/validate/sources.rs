//! Source paths by themselves.

use crate::compile::inside;
use crate::config::{Config, Text};
use crate::diagnostic::edit::{Edit, insert_member};
use crate::diagnostic::{Fix, Problems, Told};
use crate::json::escape::quoted;
use crate::path::{ALERT_PREFIX, SourcePath};

/// Tells where `@alert.` is written though the payload is the one alert.
pub(super) fn check(config: &Config, text: &[u8], problems: &mut Problems) {
    if config.is_array || config.misspells(&config.pointer, "is_array") {
        return;
    }
    // With an array named, and nothing said against it, it is the switch that is missing.
    let named = config.array_source.is_some() || config.misspells(&config.pointer, "array_source");
    let switch = named && !config.says_is_array;
    let mut edit = switch.then(|| insert_member(text, config.span.start, "\"is_array\": true"));
    if let Some(source) = config.array_source.as_ref().filter(|_| lacks_switch(config)) {
        let message = "{0} has no effect, as `is_array` is missing";
        let help = "set `is_array` to true to make each element of the array an alert; or remove `array_source`";
        let fix = edit.take().map(|edit| Fix::one("set `is_array` to true", &[], edit));
        problems.tell(&source.told("array-source-unused", message, help, &[&source.text]), fix);
    }
    let mut look = |sources: &[Text]| {
        for source in sources {
            let prefixed = source.text.starts_with(ALERT_PREFIX) && SourcePath::parse(&source.text).is_ok();
            if prefixed && !problems.enough("path-alert-prefix-unused") {
                unused(source, switch, edit.take(), problems);
            }
        }
    };
    look(&config.status.source);
    config.tag_rules().iter().for_each(|rule| look(&rule.source));
    if let Some(rule) = &config.timestamp {
        look(&rule.source);
    }
}

/// Whether an array of alerts is named, and `is_array` is not there.
pub(super) fn lacks_switch(config: &Config) -> bool {
    let named = config.array_source.as_ref().is_some_and(|source| !source.text.is_empty());
    named && !config.says_is_array && !config.misspells(&config.pointer, "is_array")
}

/// `switch`: setting `is_array` is what mends it, by this edit unless it was given before.
fn unused(source: &Text, switch: bool, edit: Option<Edit>, problems: &mut Problems) {
    let place = inside(source, 0..ALERT_PREFIX.len());
    let help = if switch {
        "set `is_array` to true, since `array_source` names an array; or remove the prefix"
    } else {
        "remove it: the path begins at the root of the payload; or set `is_array` to true and name the `array_source`"
    };
    let fix = if switch {
        edit.map(|edit| Fix::one("set `is_array` to true", &[], edit))
    } else {
        let mut json = String::new();
        if place == source.span {
            // A text that is written with escapes is written anew.
            let rest = source.text.get(ALERT_PREFIX.len()..).unwrap_or_default();
            json = String::from_utf8(quoted(rest)).unwrap_or_default();
        }
        Some(Fix::one("remove the prefix", &[], (place.clone(), json.into())))
    };
    let message = "`@alert.` has no effect, as `is_array` is not true";
    problems.tell(&Told { span: &place, ..source.told("path-alert-prefix-unused", message, help, &[]) }, fix);
}
