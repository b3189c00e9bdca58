//! Whether two programs are the same for every payload, as far as their structure shows it.

use crate::compile::{NodeId, Program, Property, Source, TagId, TagRule, TimeFormat};

/// Whether a program of version 1 and one of version 2 give the same alerts for every payload. `maps_rest`: whether the
/// old one makes tags of the fields that no rule names. False where that cannot be seen from the rules alone.
pub(crate) fn is_equal(old: &Program, new: &Program, maps_rest: bool) -> bool {
    let array = |program: &Program| program.array.as_ref().map(|array| array.text.clone());
    let identity = |program: &Program| {
        let list = program.identity.as_ref()?;
        Some(list.tags.iter().map(|tag| tag.name.clone()).collect::<Vec<_>>())
    };
    let pairs = || old.rules.iter().zip(&new.rules);
    array(old) == array(new)
        && old.rules.len() == new.rules.len()
        && pairs().all(|(one, other)| is_same_rule((old, one), (new, other)))
        && is_same_status(old, new)
        && is_same_time(old, new)
        && identity(old) == identity(new)
        && old.bp_timestamp.is_some() == new.bp_timestamp.is_some()
        && old.force_lowercase == new.force_lowercase
        && maps_rest == new.map_remaining
        && old.filter.is_none()
        && new.filter.is_none()
        && new.not_simulated.preprocessing.is_none()
        && new.not_simulated.arrays.is_none()
        && old.secondary.is_some() == new.secondary.is_some()
        && old.properties().zip(new.properties()).all(|(one, other)| is_same_property(old, one, new, other))
}

fn name(program: &Program, tag: TagId) -> Option<&str> {
    program.tags.get(tag.index()).map(|tag| &*tag.text)
}

fn is_same_source((old, one): (&Program, &Source), (new, other): (&Program, &Source)) -> bool {
    one.text == other.text && name(old, one.tag) == name(new, other.tag)
}

fn are_same_sources((old, ones): (&Program, &[Source]), (new, others): (&Program, &[Source])) -> bool {
    ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| is_same_source((old, one), (new, other)))
}

fn is_same_rule((old, one): (&Program, &TagRule), (new, other): (&Program, &TagRule)) -> bool {
    let default = |program, rule: &TagRule| {
        let default = rule.default.as_ref()?;
        Some((name(program, default.tag).map(str::to_owned), default.json.bytes().to_vec()))
    };
    // The name of a rule that flattens begins the names of its tags; of others the tags are known.
    let is_same_name = !one.flatten || one.name == other.name;
    one.flatten == other.flatten
        && is_same_name
        && are_same_sources((old, &one.sources), (new, &other.sources))
        && default(old, one) == default(new, other)
}

fn is_same_status(old: &Program, new: &Program) -> bool {
    let (one, other) = (&old.status, &new.status);
    one.default == other.default
        && one.values == other.values
        && are_same_sources((old, &one.sources), (new, &other.sources))
}

fn is_same_time(old: &Program, new: &Program) -> bool {
    match (&old.time, &new.time) {
        (None, None) => true,
        (Some(one), Some(other)) => {
            let is_same_format = match (&one.format, &other.format) {
                (TimeFormat::Guess, TimeFormat::Guess) | (TimeFormat::Unusable, TimeFormat::Unusable) => true,
                (TimeFormat::Given(one), TimeFormat::Given(other)) => one == other,
                _ => false,
            };
            is_same_format && are_same_sources((old, &one.sources), (new, &other.sources))
        }
        _ => false,
    }
}

/// Whether a property that is a rule is always the same tag as one that is a list: the list has the one tag of the rule,
/// and nothing else can give that tag.
fn is_same_property(old: &Program, one: &Property, new: &Program, other: &Property) -> bool {
    let (Property::Rule(number), Property::Tags(list)) = (one, other) else {
        return false;
    };
    let Some(rule) = old.rules.get(*number) else {
        return false;
    };
    let of_rule = tags(rule).filter_map(|tag| name(old, tag));
    let mut listed = list.tags.iter();
    match (listed.next(), listed.next()) {
        (None, _) => of_rule.count() == 0,
        (Some(only), None) => {
            of_rule.into_iter().all(|tag| tag == only.name)
                && !is_given_elsewhere(old, *number, &only.name, new.map_remaining)
        }
        (Some(_), Some(_)) => false,
    }
}

/// The tags that a rule gives unless it flattens an object.
fn tags(rule: &TagRule) -> impl Iterator<Item = TagId> {
    rule.sources.iter().map(|source| source.tag).chain(rule.default.iter().map(|default| default.tag))
}

/// Whether anything but the value of the rule with a number can give a tag. `maps_rest`: fields that no rule names are
/// tags too.
pub(super) fn is_given_elsewhere(program: &Program, number: usize, tag: &str, maps_rest: bool) -> bool {
    let of_rules = program.rules.iter().enumerate().any(|(other, rule)| {
        flattens_to(rule, tag) || other != number && tags(rule).any(|other| name(program, other) == Some(tag))
    });
    of_rules
        || maps_rest && can_remain(program, tag)
        || program.bp_timestamp.as_ref().is_some_and(|bp| name(program, bp.tag) == Some(tag))
}

/// Whether a flattened object can give a tag; its tags depend on the payload.
fn flattens_to(rule: &TagRule, tag: &str) -> bool {
    rule.flatten
        && match &rule.name {
            None => true,
            Some(prefix) => tag.strip_prefix(&**prefix).is_some_and(|rest| rest.starts_with('_')),
        }
}

/// Whether a field that no rule names can give a tag: one of this name, or one inside another.
fn can_remain(program: &Program, tag: &str) -> bool {
    let is_named = || {
        let found = program.alert.find(NodeId::ROOT, tag.as_bytes());
        found.is_some_and(|(child, segments)| segments == 1 && program.alert.is_named(child.id()))
    };
    program.force_lowercase || tag.contains(['_', '.']) || !is_named()
}
