//! The identity of an alert: the values of the tags that identify it.

use super::Scene;
use super::decision::{Decision, Name, Tag};
use crate::compile::{Identity, IdentityTag, Program};

/// The tag of a rule that names the primary or the secondary: what the rule gave, or the earlier tag of the same name.
pub(super) fn tag_of_rule(program: &Program, decision: &Decision, number: usize) -> Option<Tag> {
    use super::decision::Choice;
    let rule = program.rules.get(number)?;
    let choice = decision.choices.get(number)?;
    if let Some(tag) = super::tags::direct(number, rule, Some(choice)) {
        return Some(tag);
    }
    let Choice::Shadowed(source) = choice else {
        return None;
    };
    let id = match source {
        Some(source) => rule.sources.get(*source)?.tag,
        None => rule.default.as_ref()?.tag,
    };
    decision.tags.iter().find(|tag| matches!(tag.name, Name::Known(known) if known == id) && !tag.shadowed).copied()
}

/// For each tag of the override, the tag that the alert has by that name.
pub(super) fn overridden<'d>(
    identity: &'d Identity,
    program: &'d Program,
    scene: &Scene<'_>,
    decision: &'d Decision,
) -> impl Iterator<Item = Option<Tag>> + 'd {
    let may = scene.may_look(identity.tags.len().saturating_mul(decision.tags.len()));
    identity.tags.iter().filter(move |_| may).map(|IdentityTag { name, .. }| {
        decision.tags.iter().find(|tag| !tag.shadowed && name_of(program, decision, tag.name) == name).copied()
    })
}

/// The text of a tag's name.
pub(super) fn name_of<'d>(program: &'d Program, decision: &'d Decision, name: Name) -> &'d str {
    match name {
        Name::Known(tag) => program.tags.get(tag.index()).map_or("", |tag| &tag.text),
        Name::Made(place) => decision.made.get(place).map_or("", String::as_str),
    }
}
