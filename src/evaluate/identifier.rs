//! The identity of an alert: the values of the tags that identify it.

use super::context::AlertContext;
use super::decision::{Decision, Name, RuleResult, Tag};
use super::tags::tag_of_result;
use crate::compile::{Identity, IdentityTag, Program};

/// The tag of a rule that names the primary or the secondary: what the rule gave, or the earlier tag of the same name.
pub(super) fn tag_of_rule(program: &Program, decision: &Decision, number: usize) -> Option<Tag> {
    let rule = program.rules.get(number)?;
    let result = decision.results.get(number)?;
    if let Some(tag) = tag_of_result(number, rule, Some(result)) {
        return Some(tag);
    }
    let RuleResult::Shadowed(source) = result else {
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
    alert: &AlertContext<'d>,
    decision: &'d Decision,
) -> impl Iterator<Item = Option<Tag>> + 'd {
    let program = alert.program;
    let affordable = alert.budget.spend(identity.tags.len().saturating_mul(decision.tags.len()));
    identity.tags.iter().filter(move |_| affordable).map(|IdentityTag { name, .. }| {
        decision.tags.iter().find(|tag| !tag.shadowed && name_of(program, decision, tag.name) == name).copied()
    })
}

/// The text of a tag's name.
pub(super) fn name_of<'d>(program: &'d Program, decision: &'d Decision, name: Name) -> &'d str {
    match name {
        Name::Known(tag) => program.tags.get(tag.index()).map_or("", |tag| &tag.text),
        Name::Derived(place) => decision.derived_names.get(place).map_or("", String::as_str),
    }
}
