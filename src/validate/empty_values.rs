//! Empty texts that have no effect.

use crate::config::{Config, LocatedText};
use crate::diagnostic::{Fix, Problems, edit};
use crate::json::members::key_before;
use core::ops::Range;

/// Reports empty values in the lists of `status_map`, and empty defaults of tag rules.
pub(super) fn check(config: &Config, text: &[u8], problems: &mut Problems) {
    for value in config.status.map.iter().flat_map(|(_, values)| values).filter(|value| value.text.is_empty()) {
        let message = "an empty value is never matched";
        let help = "a source without a value is passed over: leave the text out, and set `default_to` for alerts that have no value";
        report(value, &value.span, message, help, text, problems);
    }
    // A rule without sources has no value at all, which is an error of its own.
    let rules = config.tag_rules().into_iter().filter(|rule| !rule.source.is_empty());
    for default in rules.filter_map(|rule| rule.default_to.as_ref()).filter(|default| default.text.is_empty()) {
        let message = "an empty `default_to` has no effect";
        let help = "a tag without a value is left out; set a value, or leave the attribute out";
        let key = key_before(text, default.span.start).unwrap_or_else(|| default.span.clone());
        report(default, &(key.start..default.span.end), message, help, text, problems);
    }
}

/// `removed`: what the fix removes.
fn report(
    at: &LocatedText,
    removed: &Range<usize>,
    message: &'static str,
    help: &'static str,
    text: &[u8],
    problems: &mut Problems,
) {
    if !problems.at_limit("empty-value") {
        let fix = Fix::new("remove it", edit::remove(text, removed));
        problems.push(at.problem("empty-value", message).help(help).fix(fix));
    }
}
