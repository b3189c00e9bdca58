//! An alert as JSON text.

use super::Scene;
use super::decision::{Content, Decision, Name, StatusDecision, Tag, TimeDecision};
use super::identifier::{overridden, tag_of_rule};
use super::out::{Out, Pen};
use super::value;
use crate::compile::{Program, Status};
use crate::json::escape::quoted;
use crate::json::members::Value;
use crate::time::to_iso;

/// What is needed to write an alert beside its decision.
pub(super) struct Page<'p> {
    pub(super) program: &'p Program,
    pub(super) scene: &'p Scene<'p>,
    pub(super) index: u32,
    pub(super) status: StatusDecision,
    pub(super) time: TimeDecision,
    /// Equal values are written with equal bytes.
    pub(super) canonical: bool,
}

/// Appends an alert. `false` when it has no primary value: then nothing was written.
pub(super) fn alert(page: &Page<'_>, decision: &Decision, out: &mut Out) -> bool {
    let program = page.program;
    let Some(primary) = tag_of_rule(program, decision, 0) else {
        return false;
    };
    let secondary = if program.has_secondary { tag_of_rule(program, decision, 1) } else { None };
    let looks = page.scene.looks.get();
    out.write(|pen| {
        page.scene.looks.set(looks);
        opening(page, pen);
        pen.literal(PRIMARY);
        name(page, decision, primary.name, pen);
        pen.literal(SECONDARY);
        match &secondary {
            Some(tag) => name(page, decision, tag.name, pen),
            None => pen.literal(b"null"),
        }
        pen.literal(IDENTIFIER);
        identifier(page, decision, &primary, secondary.as_ref(), pen);
        pen.literal(TAGS);
        let mut any = false;
        for tag in decision.tags.iter().filter(|tag| !tag.shadowed) {
            if any {
                pen.literal(b",");
            }
            name(page, decision, tag.name, pen);
            pen.literal(b":");
            content(page, &tag.content, pen);
            any = true;
        }
        pen.literal(b"}}");
    });
    true
}

pub(super) const PRIMARY: &[u8; 20] = b",\"primary_property\":";
pub(super) const SECONDARY: &[u8; 22] = b",\"secondary_property\":";
pub(super) const IDENTIFIER: &[u8; 24] = b",\"incident_identifier\":[";
pub(super) const TAGS: &[u8; 10] = b"],\"tags\":{";

/// The members that every alert has, whatever its tags are.
pub(super) fn opening(page: &Page<'_>, pen: &mut Pen<'_>) {
    pen.literal(b"{\"index\":");
    pen.number(i64::from(page.index));
    match page.status.status {
        Status::Ok => pen.literal(b",\"status\":\"ok\",\"timestamp\":"),
        Status::Warning => pen.literal(b",\"status\":\"warning\",\"timestamp\":"),
        Status::Critical => pen.literal(b",\"status\":\"critical\",\"timestamp\":"),
        Status::Acknowledged => pen.literal(b",\"status\":\"acknowledged\",\"timestamp\":"),
        Status::Unknown => pen.literal(b",\"status\":\"unknown\",\"timestamp\":"),
    }
    pen.number(page.time.seconds);
}

pub(super) fn identifier(
    page: &Page<'_>,
    decision: &Decision,
    primary: &Tag,
    secondary: Option<&Tag>,
    pen: &mut Pen<'_>,
) {
    if let Some(identity) = &page.program.identity {
        let mut any = false;
        for tag in overridden(identity, page.program, page.scene, decision).flatten() {
            if any {
                pen.literal(b",");
            }
            content(page, &tag.content, pen);
            any = true;
        }
        if any {
            return;
        }
    }
    content(page, &primary.content, pen);
    if let Some(secondary) = secondary {
        pen.literal(b",");
        content(page, &secondary.content, pen);
    }
}
pub(super) fn name(page: &Page<'_>, decision: &Decision, name: Name, pen: &mut Pen<'_>) {
    match name {
        Name::Known(id) => {
            if let Some(tag) = page.program.tags.get(id.index()) {
                let (text, start, len) = tag.quoted();
                pen.copy(text, start, len);
            }
        }
        Name::Made(place) => pen.put(&quoted(decision.made.get(place).map_or("", String::as_str))),
    }
}
pub(super) fn content(page: &Page<'_>, content: &Content, pen: &mut Pen<'_>) {
    match *content {
        Content::Value { start, end, kind, flags } => {
            value::write(&Value { text: page.scene.text, start, end, kind, flags }, page.canonical, page.scene, pen);
        }
        Content::Default(rule) => {
            if let Some(default) = page.program.rules.get(rule).and_then(|rule| rule.default.as_ref()) {
                pen.padded(&default.json);
            }
        }
        Content::Time => time(page, pen),
    }
}

/// The time for people to read, as a JSON string.
pub(super) fn time(page: &Page<'_>, pen: &mut Pen<'_>) {
    pen.put(&quoted(&to_iso(page.time.seconds)));
}
