//! An alert as JSON text.

use super::Scene;
use super::decision::{Content, Decision, Name, StatusDecision, Tag, TimeDecision};
use super::identifier::{overridden, tag_of_rule};
use super::out::Out;
use super::value;
use crate::compile::{Program, Status, TagId};
use crate::json::members::Value;
use crate::time::to_iso;

/// What is needed to write an alert beside its decision.
pub(super) struct Page<'p> {
    pub(super) program: &'p Program,
    pub(super) scene: &'p Scene<'p>,
    pub(super) index: u32,
    pub(super) status: StatusDecision,
    pub(super) time: TimeDecision,
}

/// Appends an alert. `false` when it has no primary value: then nothing was written.
#[inline(always)]
pub(super) fn alert(page: &Page<'_>, decision: &Decision, out: &mut Out) -> bool {
    let program = page.program;
    let Some(primary) = tag_of_rule(program, decision, 0) else {
        return false;
    };
    let secondary = if program.has_secondary { tag_of_rule(program, decision, 1) } else { None };
    out.literal(b"{\"index\":");
    out.number(i64::from(page.index));
    out.literal(b",\"status\":\"");
    match page.status.status {
        Status::Ok => out.literal(b"ok"),
        Status::Warning => out.literal(b"warning"),
        Status::Critical => out.literal(b"critical"),
        Status::Acknowledged => out.literal(b"acknowledged"),
        Status::Unknown => out.literal(b"unknown"),
    }
    out.literal(b"\",\"timestamp\":");
    out.number(page.time.seconds);
    out.literal(b",\"primary_property\":");
    name(page, decision, primary.name, out);
    out.literal(b",\"secondary_property\":");
    match &secondary {
        Some(tag) => name(page, decision, tag.name, out),
        None => out.literal(b"null"),
    }
    out.literal(b",\"incident_identifier\":[");
    identifier(page, decision, &primary, secondary.as_ref(), out);
    out.literal(b"],\"tags\":{");
    for (i, tag) in decision.tags.iter().filter(|tag| !tag.shadowed).enumerate() {
        if i > 0 {
            out.byte(b',');
        }
        member(page, decision, tag, out);
    }
    out.literal(b"}}");
    true
}

#[inline(always)]
fn identifier(page: &Page<'_>, decision: &Decision, primary: &Tag, secondary: Option<&Tag>, out: &mut Out) {
    if let Some(identity) = &page.program.identity {
        let mut any = false;
        for tag in overridden(identity, page.program, decision).flatten() {
            if any {
                out.byte(b',');
            }
            content(page, &tag.content, out);
            any = true;
        }
        if any {
            return;
        }
    }
    content(page, &primary.content, out);
    if let Some(secondary) = secondary {
        out.byte(b',');
        content(page, &secondary.content, out);
    }
}

/// `"name":value`
#[inline(always)]
fn member(page: &Page<'_>, decision: &Decision, tag: &Tag, out: &mut Out) {
    match tag.name {
        Name::Known(id) => known(page.program, id, out, 0),
        Name::Made(_) => {
            name(page, decision, tag.name, out);
            out.byte(b':');
        }
    }
    content(page, &tag.content, out);
}

#[inline(always)]
fn name(page: &Page<'_>, decision: &Decision, name: Name, out: &mut Out) {
    match name {
        Name::Known(id) => known(page.program, id, out, 1),
        Name::Made(place) => out.quoted(decision.made.get(place).map_or("", String::as_str)),
    }
}

/// `"name":` without the last `less` bytes.
#[inline(always)]
fn known(program: &Program, id: TagId, out: &mut Out, less: usize) {
    if let Some(tag) = program.tags.get(id.index()) {
        let (bytes, len) = tag.json.parts();
        out.copy(bytes, 0, len - less);
    }
}

#[inline(always)]
fn content(page: &Page<'_>, content: &Content, out: &mut Out) {
    match *content {
        Content::Value { start, end, kind, flags } => {
            value::write(&Value { text: page.scene.text, start, end, kind, flags }, out);
        }
        Content::Default(rule) => {
            if let Some(default) = page.program.rules.get(rule).and_then(|rule| rule.default.as_ref()) {
                out.padded(&default.json);
            }
        }
        Content::Time => out.quoted(&to_iso(page.time.seconds)),
    }
}
