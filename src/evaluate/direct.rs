//! Alerts straight from what was found, where each rule has a tag of its own.
//!
//! Then no rule can take a tag from another, and nothing has to be decided and kept before the first tag is written: the
//! common case, and the fast one. What it writes is what [`super::write`] would write.

use super::Scene;
use super::out::{Out, Pen};
use super::value;
use super::write::{IDENTIFIER, PRIMARY, Page, SECONDARY, TAGS, opening, time};
use crate::compile::{Default, TagId, TagRule};
use crate::extract::Slot;

/// The value of a tag.
enum Given<'g> {
    Found(&'g Slot),
    Default(&'g Default),
}

/// Appends an alert of a program that [is direct](crate::compile::Program::is_direct). `false` when it has no primary
/// value: then nothing was written.
pub(super) fn alert(page: &Page<'_>, out: &mut Out) -> bool {
    let (program, scene) = (page.program, page.scene);
    let tag = |number: usize| program.rules.get(number).and_then(|rule| given(rule, scene)).map(|(tag, _)| tag);
    let Some(primary) = tag(0) else {
        return false;
    };
    let secondary = if program.has_secondary { tag(1) } else { None };
    let looks = scene.looks.get();
    out.write(|pen| {
        scene.looks.set(looks);
        opening(page, pen);
        pen.literal(PRIMARY);
        name(page, primary, pen);
        pen.literal(SECONDARY);
        match secondary {
            Some(tag) => name(page, tag, pen),
            None => pen.literal(b"null"),
        }
        pen.literal(IDENTIFIER);
        let identifying = program.rules.iter().take(1 + usize::from(program.has_secondary));
        for (number, rule) in identifying.enumerate() {
            if let Some((_, given)) = given(rule, scene) {
                if number > 0 {
                    pen.literal(b",");
                }
                content(scene, &given, pen);
            }
        }
        pen.literal(TAGS);
        for (number, rule) in program.rules.iter().enumerate() {
            if let Some((tag, given)) = given(rule, scene) {
                member(page, tag, number == 0, pen);
                content(scene, &given, pen);
            }
        }
        if let Some(bp) = &program.bp_timestamp {
            member(page, bp.tag, false, pen);
            time(page, pen);
        }
        pen.literal(b"}}");
    });
    true
}

/// What a rule gives: the tag and its value.
fn given<'g>(rule: &'g TagRule, scene: &Scene<'g>) -> Option<(TagId, Given<'g>)> {
    for source in &rule.sources {
        if let Some(slot) = scene.slot(source).filter(|slot| slot.is_populated()) {
            return Some((source.tag, Given::Found(slot)));
        }
    }
    rule.default.as_ref().map(|default| (default.tag, Given::Default(default)))
}

/// `"name"`
fn name(page: &Page<'_>, tag: TagId, pen: &mut Pen<'_>) {
    if let Some(name) = page.program.tags.get(tag.index()) {
        let (text, start, len) = name.quoted();
        pen.copy(text, start, len);
    }
}

/// `,"name":`; of the first tag without the comma.
fn member(page: &Page<'_>, tag: TagId, first: bool, pen: &mut Pen<'_>) {
    if let Some(name) = page.program.tags.get(tag.index()) {
        let (text, start, len) = name.member(first);
        pen.copy(text, start, len);
    }
}
fn content(scene: &Scene<'_>, given: &Given<'_>, pen: &mut Pen<'_>) {
    match given {
        Given::Found(slot) => value::write(&slot.value(scene.text), false, scene, pen),
        Given::Default(default) => pen.padded(&default.json),
    }
}
