//! What was found for each place of the plan.

use crate::compile::{NodeId, Trie};
use crate::json::Kind;
use crate::json::members::Value;
use crate::json::pointer;

/// An array or object counts as no value.
const EMPTY_CONTAINER: u8 = 8;

/// A value in the payload: where it stands and what it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    /// First byte.
    pub(crate) start: u32,
    /// Byte after the last.
    pub(crate) end: u32,
    /// Set when it is the number of the object being looked at.
    epoch: u32,
    pub(crate) kind: Kind,
    /// Of a string: what it holds.
    pub(crate) flags: u8,
    /// How the payload's keys spell the path, one bit for each segment: 1 when a dot in a key joins it to the one
    /// before. Of two spellings the smaller is the more nested one, which wins.
    pub(crate) key_spelling: u64,
}

impl Slot {
    /// The flag of an array or object that counts as no value. Looked up once, when it is found: many rules and alerts
    /// may ask.
    pub(super) fn empty_container_flag(trie: &Trie, node: NodeId, value: &Value<'_>) -> u8 {
        let asked = matches!(value.kind, Kind::Array | Kind::Object) && trie.is_source(node);
        if asked && !value.is_populated() { EMPTY_CONTAINER } else { 0 }
    }

    const UNSET: Slot = Slot { start: 0, end: 0, epoch: 0, kind: Kind::Null, flags: 0, key_spelling: 0 };

    /// The value, to walk inside it.
    pub(crate) fn value<'t>(&self, text: &'t [u8]) -> Value<'t> {
        Value { text, start: self.start as usize, end: self.end as usize, kind: self.kind, flags: self.flags }
    }

    /// Whether it counts as a value.
    pub(crate) fn is_populated(&self) -> bool {
        match self.kind {
            Kind::String => self.end - self.start > 2,
            Kind::Number | Kind::Bool => true,
            Kind::Null => false,
            Kind::Array | Kind::Object => self.flags & EMPTY_CONTAINER == 0,
        }
    }
}

/// The slots of one object: the payload or one alert. Reused from object to object.
#[derive(Debug, Default)]
pub(crate) struct SlotTable {
    slots: Vec<Slot>,
    epoch: u32,
}

impl SlotTable {
    /// Forgets what was found; the slots fit `trie` afterwards.
    pub(super) fn clear(&mut self, trie: &Trie) {
        self.epoch = self.epoch.wrapping_add(1);
        if self.epoch == 0 || self.slots.len() != trie.len() {
            self.renew(trie);
        }
    }

    fn renew(&mut self, trie: &Trie) {
        self.slots.clear();
        self.slots.resize(trie.len(), Slot::UNSET);
        self.epoch = 1;
    }

    /// What was found at a place.
    pub(crate) fn get(&self, node: NodeId) -> Option<&Slot> {
        self.slots.get(node.index()).filter(|slot| slot.epoch == self.epoch)
    }

    /// Sets what was found at a place with key_spelling 0, if nothing was found there before.
    pub(super) fn set_new(&mut self, node: NodeId, value: (usize, usize), kind: Kind, flags: u8) -> bool {
        let epoch = self.epoch;
        let Some(slot) = self.slots.get_mut(node.index()).filter(|slot| slot.epoch != epoch) else {
            return false;
        };
        // Texts are shorter than 4 GiB.
        *slot = Slot { start: value.0 as u32, end: value.1 as u32, epoch, kind, flags, key_spelling: 0 };
        true
    }

    pub(super) fn set(&mut self, node: NodeId, value: (usize, usize), kind: Kind, flags: u8, key_spelling: u64) {
        let epoch = self.epoch;
        if let Some(slot) = self.slots.get_mut(node.index()) {
            // Texts are shorter than 4 GiB.
            *slot = Slot { start: value.0 as u32, end: value.1 as u32, epoch, kind, flags, key_spelling };
        }
    }

    /// Forgets what was found below a place, in the object that stands there. Goes by the object, since there may be
    /// many places in which it has nothing.
    pub(super) fn clear_below(&mut self, trie: &Trie, node: NodeId, object: &Value<'_>) {
        if !trie.has_children(node) {
            return;
        }
        for member in object.members() {
            if let Some((child, _)) = trie.find(node, member.key.text().as_bytes()) {
                if let Some(slot) = self.slots.get_mut(child.id().index()) {
                    slot.epoch = 0;
                }
                self.clear_below(trie, child.id(), &member.value);
            }
        }
    }
}

/// The keys of the payload that lead to a place, given how they spell its path.
pub(crate) fn push_pointer(pointer: &mut String, trie: &Trie, node: NodeId, key_spelling: u64) {
    let depth = trie.depth(node);
    let mut key = String::new();
    for (i, segment) in (1..).zip(trie.path(node)) {
        let joined = key_spelling >> (depth.saturating_sub(i) & 63) & 1 == 1;
        if joined {
            key.push('.');
        } else if i > 1 {
            pointer::push_key(pointer, &key);
            key.clear();
        }
        key.push_str(segment);
    }
    if depth > 0 {
        pointer::push_key(pointer, &key);
    }
}

/// The key_spelling of a path after one more key of `segments` segments.
pub(super) fn extend_spelling(key_spelling: u64, segments: u32) -> u64 {
    key_spelling.unbounded_shl(segments) | (1u64.unbounded_shl(segments - 1) - 1)
}
