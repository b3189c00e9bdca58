//! The properties of an alert, and its identity: the values of the tags that identify it.

use super::context::AlertContext;
use super::decision::{Decision, Name, RuleResult, Tag};
use super::tags::tag_of_result;
use super::work_budget::BYTES_COPIED_PER_LOOKUP;
use crate::compile::{ListedTag, Program, Property, TagList};

/// The tag that is the primary or secondary property.
pub(super) fn tag_of_property(alert: &AlertContext<'_>, decision: &Decision, property: &Property) -> Option<Tag> {
    match property {
        Property::Rule(number) => tag_of_rule(alert.program, decision, *number),
        Property::Tags(list) => listed(list, alert, decision).flatten().next(),
    }
}

/// The tag of a rule: what it gave, or the earlier tag of the same name.
fn tag_of_rule(program: &Program, decision: &Decision, number: usize) -> Option<Tag> {
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

/// For each tag of a list, the tag that the alert has by that name.
pub(super) fn listed<'d>(
    list: &'d TagList,
    alert: &AlertContext<'d>,
    decision: &'d Decision,
) -> impl Iterator<Item = Option<Tag>> + 'd {
    let program = alert.program;
    let affordable = alert.budget.spend(search_cost(list, decision));
    list.tags.iter().filter(move |_| affordable).map(|ListedTag { name, tag: id, .. }| {
        let is_named = |tag: &&Tag| match tag.name {
            Name::Known(known) => Some(known) == *id,
            // A derived name is none of the known ones.
            Name::Derived(_) => id.is_none() && name_of(program, decision, tag.name) == name,
        };
        decision.tags.iter().filter(|tag| !tag.shadowed).find(is_named).copied()
    })
}

/// The cost, in lookups, of searching an alert's tags for each tag of a list.
pub(super) fn search_cost(list: &TagList, decision: &Decision) -> usize {
    let one = decision.tags.len() + decision.derived_bytes / BYTES_COPIED_PER_LOOKUP;
    list.tags.len().saturating_mul(one)
}

/// The text of a tag's name.
pub(super) fn name_of<'d>(program: &'d Program, decision: &'d Decision, name: Name) -> &'d str {
    match name {
        Name::Known(tag) => program.tags.get(tag.index()).map_or("", |tag| &tag.text),
        Name::Derived(place) => decision.derived_names.get(place).map_or("", String::as_str),
    }
}
