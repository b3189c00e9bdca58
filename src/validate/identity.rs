//! The override of the identity of alerts.

use crate::compile::Program;
use crate::config::{Config, TagList, Text, Version};
use crate::diagnostic::{Fix, Problems, Told, edit, nearest};

/// Most unknown tags that get a suggestion.
const SUGGESTED: usize = 20;

/// Tells of the override, and of tags in it that no rule makes.
pub(super) fn check(config: &Config, program: &Program, text: &[u8], problems: &mut Problems) {
    let Some(identifier) = &config.identifier else {
        return;
    };
    // What is no list of texts is not empty for that.
    let is_empty = identifier.tags.is_empty() && !config.cannot_read(&config.pointer, "incident_identifier");
    if config.version == Version::V1 {
        overrides(identifier, is_empty, text, problems);
    }
    if !program.has_tags_of_payload() {
        unknown(identifier, program, &|_| false, problems);
    }
}

/// Tells of tags in the override that no rule makes, and that were not `seen` otherwise.
pub(super) fn unknown(identifier: &TagList, program: &Program, seen: &dyn Fn(&str) -> bool, problems: &mut Problems) {
    let known: Vec<&str> = program.tags.iter().map(|tag| &*tag.text).collect();
    let mut told = 0;
    for name in &identifier.tags {
        if program.tag(&name.text).is_some() || seen(&name.text) {
            continue;
        }
        // Comparing with every tag takes its time; who mistyped more than these reads the first.
        told += 1;
        let meant = if told <= SUGGESTED { nearest(&name.text, &known) } else { None };
        unknown_tag(name, meant, problems);
    }
}

fn overrides(identifier: &TagList, is_empty: bool, text: &[u8], problems: &mut Problems) {
    let told = Told {
        code: "identifier-override",
        pointer: &identifier.pointer,
        span: &identifier.place,
        message: if is_empty {
            "an empty `incident_identifier` leaves the primary and secondary property as the identity of alerts"
        } else {
            "`incident_identifier` replaces the primary and secondary property as the identity of alerts"
        },
        help: "BigPanda recommends the default: another identity can make duplicate incidents and alerts that never resolve; the attribute's name is known from version 2 and not documented by BigPanda for version 1",
        args: &[],
    };
    let whole = identifier.place.start..identifier.span.end;
    problems.tell(&told, Some(Fix::one("remove `incident_identifier`", &[], edit::remove(text, &whole))));
}
fn unknown_tag(name: &Text, meant: Option<&str>, problems: &mut Problems) {
    let help = match meant {
        Some(_) => "did you mean {1}?",
        None => "name a tag that the rules make, or add a rule for it",
    };
    let args = [&*name.text, meant.unwrap_or_default()];
    let told = name.told("identifier-unknown-tag", "no rule makes the tag {0}", help, &args);
    problems.tell(&told, meant.map(|meant| Fix::change_to(&name.span, meant)));
}
