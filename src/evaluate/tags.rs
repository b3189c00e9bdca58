//! Tag rules: the first populated source gives the value.

use super::Scene;
use super::decision::{Choice, Content, Decision, Name, Repeated, Tag};
use crate::compile::{NodeId, Program, TagRule};
use crate::extract::push_pointer;
use crate::json::Kind;
use crate::json::keys::Keys;
use crate::json::limits;
use crate::json::members::{Member, Value};
use crate::json::pointer;

/// Decides all tags of an alert. Keeps those that lose their name to another one only if `all`.
pub(super) fn decide(program: &Program, scene: &Scene<'_>, map_rest: bool, all: bool, decision: &mut Decision) {
    let mut flat = false;
    for rule in &program.rules {
        let choice = choose(rule, scene, decision);
        flat |= matches!(choice, Choice::Flat(..));
        decision.choices.push(choice);
    }
    let time = program.bp_timestamp.as_ref().map(|bp| Tag {
        name: Name::Known(bp.tag),
        content: Content::Time,
        rule: Some(program.rules.len()),
        shadowed: !decision.take(bp.tag),
        way: None,
    });
    if flat || map_rest || all {
        return expand(program, scene, map_rest, all, time, decision);
    }
    for (number, rule) in program.rules.iter().enumerate() {
        if let Some(tag) = direct(number, rule, decision.choices.get(number)) {
            decision.tags.push(tag);
        }
    }
    decision.tags.extend(time.filter(|tag| !tag.shadowed));
}

/// As [`decide`], where size counts and speed does not.
pub(super) fn decide_call(program: &Program, scene: &Scene<'_>, map_rest: bool, all: bool, decision: &mut Decision) {
    decision.begin(program.tags.len());
    decide(program, scene, map_rest, all, decision);
}
fn choose(rule: &TagRule, scene: &Scene<'_>, decision: &mut Decision) -> Choice {
    for (number, source) in rule.sources.iter().enumerate() {
        let Some(slot) = scene.slot(source).filter(|slot| slot.is_populated()) else {
            continue;
        };
        if rule.flatten && slot.kind == Kind::Object {
            return Choice::Flat(number, *slot);
        }
        if decision.take(source.tag) {
            return Choice::Source(number, *slot);
        }
        return Choice::Shadowed(Some(number));
    }
    match &rule.default {
        Some(default) if decision.take(default.tag) => Choice::Default,
        Some(_) => Choice::Shadowed(None),
        None => Choice::Nothing,
    }
}

/// The tag that a rule gives itself.
pub(super) fn direct(number: usize, rule: &TagRule, choice: Option<&Choice>) -> Option<Tag> {
    let (name, content) = match choice? {
        Choice::Source(source, slot) => (rule.sources.get(*source)?.tag, Content::of_slot(slot)),
        Choice::Default => (rule.default.as_ref()?.tag, Content::Default(number)),
        Choice::Nothing | Choice::Flat(..) | Choice::Shadowed(_) => return None,
    };
    Some(Tag { name: Name::Known(name), content, rule: Some(number), shadowed: false, way: None })
}

/// As the end of [`decide`], where some tags have names that only the payload knows.
fn expand(program: &Program, scene: &Scene<'_>, map_rest: bool, all: bool, time: Option<Tag>, decision: &mut Decision) {
    let mut made = Made { program, scene, index: scene.index, all, around: false, names: Keys::default(), decision };
    for (number, rule) in program.rules.iter().enumerate() {
        match made.decision.choices.get(number).copied() {
            Some(Choice::Flat(source, slot)) => {
                let source = rule.sources.get(source);
                let around = source.is_some_and(|s| s.around);
                let mut way = String::new();
                if let Some(source) = source {
                    let trie = if around { &program.payload } else { &program.alert };
                    push_pointer(&mut way, trie, source.node, slot.rank);
                }
                made.around = around;
                made.flatten(&slot.value(scene.text), rule.name.as_deref(), number, &way);
            }
            choice => made.decision.tags.extend(direct(number, rule, choice.as_ref())),
        }
    }
    made.decision.tags.extend(time.filter(|tag| all || !tag.shadowed));
    if map_rest {
        made.around = false;
        made.rest(&scene.alert, Some(NodeId::ROOT), None, "");
    }
}

/// Looks in whose time a name is made.
const LOOKS_A_NAME: usize = 32;

/// Tags whose names are made from the payload's keys.
struct Made<'m> {
    program: &'m Program,
    scene: &'m Scene<'m>,
    /// The number of the alert.
    index: u32,
    all: bool,
    /// The object is around the alert.
    around: bool,
    /// The names that were made and are no known ones.
    names: Keys,
    decision: &'m mut Decision,
}

impl Made<'_> {
    /// The name of the tag of a key, in an object at `at`. `None` when enough was made for any answer.
    fn name(&mut self, prefix: Option<&str>, key: &str, at: &str) -> Option<String> {
        let lower = if self.program.force_lowercase { key.to_ascii_lowercase() } else { key.to_owned() };
        let name = match prefix {
            None => lower,
            Some(prefix) => [prefix, &lower].join("_"),
        };
        self.decision.made_bytes += name.len() + at.len() + key.len();
        (self.scene.may_look(LOOKS_A_NAME) && !self.decision.is_full()).then_some(name)
    }

    fn add(&mut self, name: String, member: &Member<'_>, rule: Option<usize>, at: &str) {
        let known = self.program.tag(&name);
        let free = match known {
            Some(tag) => !self.decision.is_taken(tag) && self.decision.take(tag),
            None => {
                let next = self.decision.tags.len();
                self.names.number(&name, next) == next
            }
        };
        if !free && !self.all {
            return;
        }
        let name = match known {
            Some(tag) => Name::Known(tag),
            None => {
                self.decision.made.push(name);
                Name::Made(self.decision.made.len() - 1)
            }
        };
        let way = self.all.then(|| {
            self.decision.ways.push((self.around, pointer::key(at, &member.key.text())));
            self.decision.ways.len() - 1
        });
        self.decision.tags.push(Tag { name, content: Content::of(&member.value), rule, shadowed: !free, way });
    }

    /// The members of an object; those that are given twice are noted.
    fn members<'v>(&mut self, object: &Value<'v>, at: &str) -> Vec<Member<'v>> {
        if !self.scene.may_read(object) {
            return Vec::new();
        }
        let alert = (!self.around).then_some(self.index);
        // What stands around the alerts is the same for each of them.
        let told = self.around && !self.decision.is_first();
        let Decision { repeated: noted, more_repeated: more, .. } = &mut *self.decision;
        object.live_members(&mut |member| {
            if told {
                return;
            }
            if noted.len() < limits::LISTED {
                let (start, end) = (member.value.start, member.value.end);
                noted.push(Repeated { alert, way: pointer::key(at, &member.key.text()), start, end });
            } else {
                *more += 1;
            }
        })
    }

    /// Makes a tag of each populated value in an object, and of those in objects below.
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

    /// Makes a tag of each populated value that no rule names. `node` is the place in the plan, while there is one.
    fn rest(&mut self, object: &Value<'_>, node: Option<NodeId>, prefix: Option<&str>, way: &str) {
        for member in self.members(object, way) {
            let key = member.key.text();
            let at = node.and_then(|n| self.program.alert.find(n, key.as_bytes())).map(|(child, _)| child.id());
            if at.is_some_and(|n| self.program.alert.is_source(n)) {
                continue;
            }
            let Some(name) = self.name(prefix, &key, way) else {
                return;
            };
            match member.value.kind {
                Kind::Object => self.rest(&member.value, at, Some(&name), &pointer::key(way, &key)),
                _ if member.value.is_populated() => self.add(name, &member, None, way),
                _ => {}
            }
        }
    }
}
