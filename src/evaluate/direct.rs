//! Alerts straight from what was found, where each rule has a tag of its own.
//!
//! Then nothing has to be decided before the first tag is written: the common case, several times as fast. What it
//! writes is what [`super::write`] would write.

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
#[inline(always)]
pub(super) fn alert(page: &Page<'_>, out: &mut Out) -> bool {
    let (program, scene) = (page.program, page.scene);
    let Some((first, rules)) = program.rules.split_first() else {
        return false;
    };
    let Some((primary, host)) = given(first, scene) else {
        return false;
    };
    let secondary = if program.has_secondary { rules.first().and_then(|rule| given(rule, scene)) } else { None };
    out.write(|pen| {
        opening(page, pen);
        pen.literal(PRIMARY);
        name(page, primary, 1, pen);
        pen.literal(SECONDARY);
        match &secondary {
            Some((tag, _)) => name(page, *tag, 1, pen),
            None => pen.literal(b"null"),
        }
        pen.literal(IDENTIFIER);
        content(scene, &host, pen);
        if let Some((_, check)) = &secondary {
            pen.literal(b",");
            content(scene, check, pen);
        }
        pen.literal(TAGS);
        name(page, primary, 0, pen);
        content(scene, &host, pen);
        for rule in rules {
            if let Some((tag, given)) = given(rule, scene) {
                next_name(page, tag, pen);
                content(scene, &given, pen);
            }
        }
        if let Some(bp) = &program.bp_timestamp {
            next_name(page, bp.tag, pen);
            time(page, pen);
        }
        pen.literal(b"}}");
    });
    true
}

/// What a rule gives: the tag and its value.
#[inline(always)]
fn given<'g>(rule: &'g TagRule, scene: &Scene<'g>) -> Option<(TagId, Given<'g>)> {
    for source in &rule.sources {
        if let Some(slot) = scene.slot(source).filter(|slot| slot.is_populated()) {
            return Some((source.tag, Given::Found(slot)));
        }
    }
    rule.default.as_ref().map(|default| (default.tag, Given::Default(default)))
}

/// `"name":` without the last `less` bytes.
#[inline(always)]
fn name(page: &Page<'_>, tag: TagId, less: usize, pen: &mut Pen<'_>) {
    if let Some(name) = page.program.tags.get(tag.index()) {
        let (bytes, len) = name.key(less);
        pen.copy(bytes, len);
    }
}

/// `,"name":`
#[inline(always)]
fn next_name(page: &Page<'_>, tag: TagId, pen: &mut Pen<'_>) {
    if let Some(name) = page.program.tags.get(tag.index()) {
        pen.padded(name.next_key());
    }
}

#[inline(always)]
fn content(scene: &Scene<'_>, given: &Given<'_>, pen: &mut Pen<'_>) {
    match given {
        Given::Found(slot) => value::write(&slot.value(scene.text), pen),
        Given::Default(default) => pen.padded(&default.json),
    }
}
