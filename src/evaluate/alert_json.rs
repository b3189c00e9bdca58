//! An alert as JSON text.

use super::context::AlertContext;
use super::decision::{Content, Decision, Name, Tag};
use super::identifier::{listed, tag_of_property};
use super::output::{OutputBuffer, OutputWriter};
use super::value;
use crate::compile::Status;
use crate::json::escape::quoted;
use crate::json::members::Value;
use crate::time::to_iso;

/// Appends an alert. `false` when it has no primary value: then nothing is written.
pub(super) fn write(alert: &AlertContext<'_>, decision: &Decision, out: &mut OutputBuffer) -> bool {
    let program = alert.program;
    let Some(primary) = tag_of_property(alert, decision, &program.primary) else {
        return false;
    };
    let secondary = program.secondary.as_ref().and_then(|property| tag_of_property(alert, decision, property));
    let spent = alert.budget.spent();
    out.write(|out| {
        alert.budget.reset_to(spent);
        opening(alert, out);
        out.literal(PRIMARY);
        name(alert, decision, primary.name, out);
        out.literal(SECONDARY);
        match &secondary {
            Some(tag) => name(alert, decision, tag.name, out),
            None => out.literal(b"null"),
        }
        out.literal(IDENTIFIER);
        identifier(alert, decision, &primary, secondary.as_ref(), false, out);
        out.literal(TAGS);
        let mut any = false;
        for tag in decision.tags.iter().filter(|tag| !tag.shadowed) {
            if any {
                out.literal(b",");
            }
            name(alert, decision, tag.name, out);
            out.literal(b":");
            content(alert, &tag.content, false, out);
            any = true;
        }
        out.literal(CLOSING);
    });
    true
}

pub(super) const INDEX: &[u8; 9] = b"{\"index\":";
pub(super) const PRIMARY: &[u8; 20] = b",\"primary_property\":";
pub(super) const SECONDARY: &[u8; 22] = b",\"secondary_property\":";
pub(super) const IDENTIFIER: &[u8; 24] = b",\"incident_identifier\":[";
pub(super) const TAGS: &[u8; 10] = b"],\"tags\":{";
pub(super) const CLOSING: &[u8; 2] = b"}}";

/// The members that every alert has, whatever its tags are.
pub(super) fn opening(alert: &AlertContext<'_>, out: &mut OutputWriter<'_>) {
    out.literal(INDEX);
    out.number(i64::from(alert.index));
    match alert.status.status {
        Status::Ok => out.literal(b",\"status\":\"ok\",\"timestamp\":"),
        Status::Warning => out.literal(b",\"status\":\"warning\",\"timestamp\":"),
        Status::Critical => out.literal(b",\"status\":\"critical\",\"timestamp\":"),
        Status::Acknowledged => out.literal(b",\"status\":\"acknowledged\",\"timestamp\":"),
        Status::Unknown => out.literal(b",\"status\":\"unknown\",\"timestamp\":"),
    }
    out.number(alert.time.seconds);
}

/// The values that identify the alert; `canonical` as in [`value::write`].
pub(super) fn identifier(
    alert: &AlertContext<'_>,
    decision: &Decision,
    primary: &Tag,
    secondary: Option<&Tag>,
    canonical: bool,
    out: &mut OutputWriter<'_>,
) {
    if let Some(identity) = &alert.program.identity {
        let mut any = false;
        for tag in listed(identity, alert, decision).flatten() {
            if any {
                out.literal(b",");
            }
            content(alert, &tag.content, canonical, out);
            any = true;
        }
        if any {
            return;
        }
    }
    content(alert, &primary.content, canonical, out);
    if let Some(secondary) = secondary {
        out.literal(b",");
        content(alert, &secondary.content, canonical, out);
    }
}

/// The name of a tag.
pub(super) fn name(alert: &AlertContext<'_>, decision: &Decision, name: Name, out: &mut OutputWriter<'_>) {
    match name {
        Name::Known(id) => {
            if let Some(tag) = alert.program.tags.get(id.index()) {
                let (text, start, len) = tag.quoted();
                out.copy(text, start, len);
            }
        }
        Name::Derived(place) => out.put(&quoted(decision.derived_names.get(place).map_or("", String::as_str))),
    }
}

/// The value of a tag; `canonical` as in [`value::write`].
pub(super) fn content(alert: &AlertContext<'_>, content: &Content, canonical: bool, out: &mut OutputWriter<'_>) {
    match *content {
        Content::Value { start, end, kind, flags } => {
            value::write(&Value { text: alert.text, start, end, kind, flags }, canonical, alert.budget, out);
        }
        Content::Default(rule) => {
            if let Some(default) = alert.program.rules.get(rule).and_then(|rule| rule.default.as_ref()) {
                out.padded(&default.json);
            }
        }
        Content::Time => time(alert, out),
    }
}

/// The time for people to read.
pub(super) fn time(alert: &AlertContext<'_>, out: &mut OutputWriter<'_>) {
    out.put(&quoted(&to_iso(alert.time.seconds)));
}
