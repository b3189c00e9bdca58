//! Attributes that this project understands, but that BigPanda does not document.

use crate::config::{Config, Version};
use crate::diagnostic::{Problem, Problems, Severity};
use crate::json::members::key_before;

const CODE: &str = "attribute-undocumented";

pub(super) fn check(config: &Config, text: &[u8], problems: &mut Problems) {
    let format = config.timestamp.as_ref().and_then(|rule| rule.format.as_ref());
    // An invalid format is reported with the same words.
    if let Some(format) = format.filter(|_| !problems.has("timestamp-format-invalid")) {
        let message = "`format` is not documented by BigPanda for the API";
        let help = "BigPanda's pages let you choose a format, but how the API spells it is not known: retrieve the configuration and see whether it is still there";
        // It is the attribute that is undocumented, not its value.
        let span = Some(key_before(text, format.span.start).unwrap_or_else(|| format.span.clone()));
        // Version 1 is documented to have one.
        let severity = if config.version == Version::V1 { Severity::Info } else { Severity::Warning };
        problems.push(Problem { span, severity, ..format.problem(CODE, message) }.help(help));
    }
    let root = config.array_source.as_ref().filter(|source| config.is_array && source.text.is_empty());
    if let Some(source) = root {
        let message = "an empty `array_source` is not documented by BigPanda";
        let help = "here it means that the payload itself is the array of alerts; the server may see it differently";
        problems.push(source.problem(CODE, message).help(help));
    }
}
