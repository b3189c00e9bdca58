//! Tag rules: the first populated source gives the value.

use super::context::AlertContext;
use super::decision::{Content, Decision, Name, Repeated, RuleResult, Tag, TagOptions};
use super::work_budget::BYTES_COPIED_PER_LOOKUP;
use crate::compile::{NodeId, TagRule};
use crate::extract::push_pointer;
use crate::json::Kind;
use crate::json::key_index::KeyIndex;
use crate::json::limits;
use crate::json::members::{Member, Value};
use crate::json::pointer;

/// Decides all tags of an alert.
pub(super) fn decide(alert: &AlertContext<'_>, options: TagOptions, decision: &mut Decision) {
    let program = alert.program;
    decision.begin_alert(program.tags.len());
    let mut flattens = false;
    for rule in &program.rules {
        let result = result_of(rule, alert, decision);
        flattens |= matches!(result, RuleResult::Flattened(..));
        decision.results.push(result);
    }
    let time = program.bp_timestamp.as_ref().map(|bp| Tag {
        name: Name::Known(bp.tag),
        content: Content::Time,
        rule: Some(program.rules.len()),
        shadowed: !decision.claim(bp.tag),
        origin: None,
    });
    if flattens || options.map_rest || options.keep_shadowed {
        return derive(alert, options, time, decision);
    }
    for (number, rule) in program.rules.iter().enumerate() {
        if let Some(tag) = tag_of_result(number, rule, decision.results.get(number)) {
            decision.tags.push(tag);
        }
    }
    decision.tags.extend(time.filter(|tag| !tag.shadowed));
}

fn result_of(rule: &TagRule, alert: &AlertContext<'_>, decision: &mut Decision) -> RuleResult {
    for (number, source) in rule.sources.iter().enumerate() {
        let Some(slot) = alert.populated_slot(source) else {
            continue;
        };
        if rule.flatten && slot.kind == Kind::Object {
            return RuleResult::Flattened(number, *slot);
        }
        if decision.claim(source.tag) {
            return RuleResult::Source(number, *slot);
        }
        return RuleResult::Shadowed(Some(number));
    }
    match &rule.default {
        Some(default) if decision.claim(default.tag) => RuleResult::Default,
        Some(_) => RuleResult::Shadowed(None),
        None => RuleResult::Nothing,
    }
}

/// The one tag that a rule gives, unless it flattens an object.
pub(super) fn tag_of_result(number: usize, rule: &TagRule, result: Option<&RuleResult>) -> Option<Tag> {
    let (name, content) = match result? {
        RuleResult::Source(source, slot) => (rule.sources.get(*source)?.tag, Content::of_slot(slot)),
        RuleResult::Default => (rule.default.as_ref()?.tag, Content::Default(number)),
        RuleResult::Nothing | RuleResult::Flattened(..) | RuleResult::Shadowed(_) => return None,
    };
    Some(Tag { name: Name::Known(name), content, rule: Some(number), shadowed: false, origin: None })
}

/// As the end of [`decide`], where the names of some tags are keys of the payload.
fn derive(alert: &AlertContext<'_>, options: TagOptions, time: Option<Tag>, decision: &mut Decision) {
    let program = alert.program;
    let keep_shadowed = options.keep_shadowed;
    let mut derived = DerivedTags { alert, keep_shadowed, is_outer: false, names: KeyIndex::default(), decision };
    for (number, rule) in program.rules.iter().enumerate() {
        match derived.decision.results.get(number).copied() {
            Some(RuleResult::Flattened(source, slot)) => {
                let source = rule.sources.get(source);
                let is_outer = source.is_some_and(|s| s.is_outer);
                let mut pointer = String::new();
                if let Some(source) = source {
                    let trie = if is_outer { &program.payload } else { &program.alert };
                    push_pointer(&mut pointer, trie, source.node, slot.key_spelling);
                }
                derived.is_outer = is_outer;
                derived.flatten(&slot.value(alert.text), rule.name.as_deref(), number, &pointer);
            }
            result => derived.decision.tags.extend(tag_of_result(number, rule, result.as_ref())),
        }
    }
    derived.decision.tags.extend(time.filter(|tag| keep_shadowed || !tag.shadowed));
    if options.map_rest {
        derived.is_outer = false;
        derived.rest(&alert.element, Some(NodeId::ROOT), None, "");
    }
}

/// Lookups in whose time a name is derived.
const LOOKUPS_PER_NAME: usize = 32;

/// Tags whose names are derived from the payload's keys.
struct DerivedTags<'m> {
    alert: &'m AlertContext<'m>,
    keep_shadowed: bool,
    /// The object is in the outer payload.
    is_outer: bool,
    /// The derived names that are not known ones.
    names: KeyIndex,
    decision: &'m mut Decision,
}

impl DerivedTags<'_> {
    /// The name of the tag of a key, in an object at `at`. `None` when there is enough for any answer.
    fn name(&mut self, prefix: Option<&str>, key: &str, at: &str) -> Option<String> {
        let lower = if self.alert.program.force_lowercase { key.to_ascii_lowercase() } else { key.to_owned() };
        let name = match prefix {
            None => lower,
            Some(prefix) => [prefix, &lower].join("_"),
        };
        self.decision.derived_bytes += name.len() + at.len() + key.len();
        let cost = LOOKUPS_PER_NAME + (name.len() + at.len()) / BYTES_COPIED_PER_LOOKUP;
        (self.alert.budget.spend(cost) && !self.decision.is_full()).then_some(name)
    }

    fn add(&mut self, name: String, member: &Member<'_>, rule: Option<usize>, at: &str) {
        let known = self.alert.program.tag(&name);
        let free = match known {
            Some(tag) => !self.decision.is_claimed(tag) && self.decision.claim(tag),
            None => {
                let next = self.decision.tags.len();
                self.names.get_or_insert(&name, next) == next
            }
        };
        if !free && !self.keep_shadowed {
            return;
        }
        let name = match known {
            Some(tag) => Name::Known(tag),
            None => {
                self.decision.derived_names.push(name);
                Name::Derived(self.decision.derived_names.len() - 1)
            }
        };
        let origin = self.keep_shadowed.then(|| {
            self.decision.origins.push((self.is_outer, pointer::key(at, &member.key.text())));
            self.decision.origins.len() - 1
        });
        self.decision.tags.push(Tag { name, content: Content::of(&member.value), rule, shadowed: !free, origin });
    }

    /// The members of an object; keys that occur again are noted.
    fn members<'v>(&mut self, object: &Value<'v>, at: &str) -> Vec<Member<'v>> {
        if !self.alert.budget.spend_reading(object) {
            return Vec::new();
        }
        let alert = (!self.is_outer).then_some(self.alert.index);
        // The outer payload is the same for each alert.
        let is_noted = self.is_outer && !self.decision.is_first();
        let Decision { repeated, more_repeated, .. } = &mut *self.decision;
        object.unique_members(&mut |member| {
            if is_noted {
                return;
            }
            if repeated.len() < limits::LISTED {
                let (start, end) = (member.value.start, member.value.end);
                repeated.push(Repeated { alert, pointer: pointer::key(at, &member.key.text()), start, end });
            } else {
                *more_repeated += 1;
            }
        })
    }

    /// Makes a tag of each populated value in an object, and of those in objects inside it.
    fn flatten(&mut self, object: &Value<'_>, prefix: Option<&str>, rule: usize, at: &str) {
        for member in self.members(object, at) {
            let key = member.key.text();
            let Some(name) = self.name(prefix, &key, at) else {
                return;
            };
            match member.value.kind {
                Kind::Object => self.flatten(&member.value, Some(&name), rule, &pointer::key(at, &key)),
                _ if member.value.is_populated() => self.add(name, &member, Some(rule), at),
                _ => {}
            }
        }
    }

    /// Makes a tag of each populated value that no rule names. `node` is the object's place in the plan, if it has one.
    fn rest(&mut self, object: &Value<'_>, node: Option<NodeId>, prefix: Option<&str>, at: &str) {
        let trie = &self.alert.program.alert;
        for member in self.members(object, at) {
            let key = member.key.text();
            let child = node.and_then(|node| trie.find(node, key.as_bytes())).map(|(child, _)| child.id());
            if child.is_some_and(|child| trie.is_named(child)) {
                continue;
            }
            let Some(name) = self.name(prefix, &key, at) else {
                return;
            };
            match member.value.kind {
                Kind::Object => self.rest(&member.value, child, Some(&name), &pointer::key(at, &key)),
                _ if member.value.is_populated() => {
                    self.decision.has_remaining_array |= member.value.kind == Kind::Array;
                    self.add(name, &member, None, at);
                }
                _ => {}
            }
        }
    }
}
