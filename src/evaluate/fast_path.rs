//! Alerts of programs in which each rule has a tag of its own, written straight from the slots.
//!
//! No rule can take a tag from another there, so nothing has to be decided before the first tag is written. That is the
//! common case; the output is that of [`super::alert_json`].

use super::alert_json::{CLOSING, IDENTIFIER, PRIMARY, SECONDARY, TAGS, opening, time};
use super::context::AlertContext;
use super::output::{OutputBuffer, OutputWriter};
use super::value;
use crate::compile::{DefaultValue, Program, Property, TagId, TagRule};
use crate::extract::Slot;

/// The value of a tag.
enum TagSource<'g> {
    Slot(&'g Slot),
    Default(&'g DefaultValue),
}

/// Whether the alerts of a program can be written this way.
pub(super) fn suits(program: &Program) -> bool {
    let are_rules = program.properties().all(|property| matches!(property, Property::Rule(_)));
    program.has_distinct_tags && program.identity.is_none() && are_rules
}

/// Whether an alert has a primary value.
pub(super) fn has_primary(alert: &AlertContext<'_>) -> bool {
    alert.program.rules.first().is_some_and(|rule| tag_of(rule, alert).is_some())
}

/// Appends an alert. `false` when it has no primary value: then nothing is written.
pub(super) fn write(alert: &AlertContext<'_>, out: &mut OutputBuffer) -> bool {
    let program = alert.program;
    let tag = |number: usize| program.rules.get(number).and_then(|rule| tag_of(rule, alert)).map(|(tag, _)| tag);
    let Some(primary) = tag(0) else {
        return false;
    };
    let secondary = program.secondary.as_ref().and_then(|_| tag(1));
    let spent = alert.budget.spent();
    out.write(|out| {
        alert.budget.reset_to(spent);
        opening(alert, out);
        out.literal(PRIMARY);
        name(alert, primary, out);
        out.literal(SECONDARY);
        match secondary {
            Some(tag) => name(alert, tag, out),
            None => out.literal(b"null"),
        }
        out.literal(IDENTIFIER);
        let identifying = program.rules.iter().take(program.properties().count());
        for (number, rule) in identifying.enumerate() {
            if let Some((_, source)) = tag_of(rule, alert) {
                if number > 0 {
                    out.literal(b",");
                }
                content(alert, &source, out);
            }
        }
        out.literal(TAGS);
        for (number, rule) in program.rules.iter().enumerate() {
            if let Some((tag, source)) = tag_of(rule, alert) {
                member(alert, tag, number == 0, out);
                content(alert, &source, out);
            }
        }
        if let Some(bp) = &program.bp_timestamp {
            member(alert, bp.tag, false, out);
            time(alert, out);
        }
        out.literal(CLOSING);
    });
    true
}

/// The tag that a rule gives, and its value.
fn tag_of<'g>(rule: &'g TagRule, alert: &AlertContext<'g>) -> Option<(TagId, TagSource<'g>)> {
    for source in &rule.sources {
        if let Some(slot) = alert.populated_slot(source) {
            return Some((source.tag, TagSource::Slot(slot)));
        }
    }
    rule.default.as_ref().map(|default| (default.tag, TagSource::Default(default)))
}

/// `"name"`
fn name(alert: &AlertContext<'_>, tag: TagId, out: &mut OutputWriter<'_>) {
    if let Some(name) = alert.program.tags.get(tag.index()) {
        let (text, start, len) = name.quoted();
        out.copy(text, start, len);
    }
}

/// `,"name":`; of the first tag without the comma.
fn member(alert: &AlertContext<'_>, tag: TagId, is_first: bool, out: &mut OutputWriter<'_>) {
    if let Some(name) = alert.program.tags.get(tag.index()) {
        let (text, start, len) = name.member(is_first);
        out.copy(text, start, len);
    }
}

fn content(alert: &AlertContext<'_>, source: &TagSource<'_>, out: &mut OutputWriter<'_>) {
    match source {
        TagSource::Slot(slot) => value::write(&slot.value(alert.text), false, alert.budget, out),
        TagSource::Default(default) => out.padded(&default.json),
    }
}
