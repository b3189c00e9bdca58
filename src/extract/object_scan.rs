//! Walking an object along the plan: what a rule names is kept, everything else is only checked.

use super::key_order::{KeyOrder, KeyTarget, Position};
use super::slot::{Slot, SlotTable, extend_spelling};
use crate::compile::{ChildId, NodeId, Trie};
use crate::json::escape::decode;
use crate::json::key_index::KeyIndex;
use crate::json::members::Value;
use crate::json::scan::{After, ESCAPED, Quoted, Scanner, SyntaxErrorKind};
use crate::json::{Kind, limits};
use core::num::NonZeroUsize;

/// What walking objects along one plan needs; reused from object to object.
#[derive(Debug, Default)]
pub(super) struct ScanState {
    pub(super) slots: SlotTable,
    key_orders: Vec<KeyOrder>,
    /// A key with a dot in it led to a place in this object.
    dotted: bool,
    /// A place was reached twice in this object.
    repeated: bool,
    pub(super) duplicates: Vec<Duplicate>,
    /// Those that are not in the list.
    pub(super) more_duplicates: usize,
    /// Of the object being walked: its place in the array.
    pub(super) element: Option<u32>,
}

impl ScanState {
    pub(super) fn forget_duplicates(&mut self) {
        self.duplicates.clear();
        self.more_duplicates = 0;
    }

    /// Remembers a key that is given again.
    fn note(&mut self, node: NodeId, key_spelling: u64, (start, end): (usize, usize)) {
        if self.duplicates.len() < limits::LISTED {
            self.duplicates.push(Duplicate { element: self.element, node, key_spelling, start, end });
        } else {
            self.more_duplicates += 1;
        }
    }
}

/// A key that is given again in its object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Duplicate {
    /// The element of the array it is in.
    pub(crate) element: Option<u32>,
    pub(crate) node: NodeId,
    pub(crate) key_spelling: u64,
    /// The later value.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What to do with the array of alerts when the walk reaches it.
pub(super) trait AtArray {
    /// Reads the array that opens at `start`.
    fn read(&mut self, s: &mut Scanner<'_>, start: usize, depth: u32, key_spelling: u64) -> After;
}

/// The place of the array of alerts in a plan, and what to do there.
pub(super) type Array<'a> = (NodeId, &'a mut dyn AtArray);

/// Walks the object that opens at `start`. Afterwards `state.slots` holds what was found in it.
pub(super) fn scan_object(
    state: &mut ScanState,
    s: &mut Scanner<'_>,
    trie: &Trie,
    array: Option<Array<'_>>,
    start: usize,
    depth: u32,
) -> After {
    state.slots.clear(trie);
    state.dotted = false;
    state.repeated = false;
    let (duplicates, more) = (state.duplicates.len(), state.more_duplicates);
    if state.key_orders.len() != trie.len() {
        state.key_orders.clear();
        state.key_orders.resize_with(trie.len(), KeyOrder::default);
    }
    let mut scan = ObjectScan { state, s, trie, array };
    let after = scan.object(NodeId::ROOT, start, depth, 0)?;
    if state.dotted && state.repeated {
        state.duplicates.truncate(duplicates);
        state.more_duplicates = more;
        rescan_exactly(state, trie, s.bytes, start);
    }
    Some(after)
}

struct ObjectScan<'w, 's, 't, 'a> {
    state: &'w mut ScanState,
    s: &'s mut Scanner<'t>,
    trie: &'w Trie,
    array: Option<Array<'a>>,
}

impl ObjectScan<'_, '_, '_, '_> {
    fn object(&mut self, node: NodeId, start: usize, depth: u32, key_spelling: u64) -> After {
        let depth = self.s.enter(start, depth)?;
        // Taken out for the time of the walk: no object holds itself, so nothing below needs it.
        let mut key_order = self.state.key_orders.get_mut(node.index()).map(core::mem::take).unwrap_or_default();
        let after = self.members(&mut key_order, node, start + 1, depth, key_spelling);
        if let Some(slot) = self.state.key_orders.get_mut(node.index()) {
            *slot = key_order;
        }
        after
    }

    fn members(
        &mut self,
        key_order: &mut KeyOrder,
        node: NodeId,
        mut i: usize,
        depth: u32,
        key_spelling: u64,
    ) -> After {
        let mut position = Position::FIRST;
        loop {
            // Nearly all members come as predicted. What is rare stays out of this loop, which has to fit into the
            // registers of the machine.
            while let Some(pattern) = key_order.next(self.s.bytes, i, &mut position) {
                let at = i + pattern.len;
                i = if pattern.opens_string {
                    match self.s.plain_string(at) {
                        Ok(after) => {
                            if let Some((child, segments)) = pattern.target {
                                self.string(child, segments, (at - 1, after), 0, key_spelling);
                            }
                            after
                        }
                        Err((end, stop)) => self.special_string(pattern.target, at, end, stop, key_spelling)?.get(),
                    }
                } else {
                    // White space may follow the predicted text where none did before.
                    self.value(pattern.target, self.s.skip_whitespace(at), depth, key_spelling)?.get()
                };
            }
            if self.s.byte(i) == b'}' {
                return NonZeroUsize::new(i + 1);
            }
            if let Some(found) = key_order.find_ahead(self.s.bytes, i, position) {
                position = found;
                continue;
            }
            if let Some((target, at)) = key_order.match_at_end(self.s.bytes, i, &mut position) {
                i = self.value(target, self.s.skip_whitespace(at), depth, key_spelling)?.get();
                continue;
            }
            let before = i;
            i = self.s.skip_whitespace(i);
            match self.s.byte(i) {
                b'}' => return NonZeroUsize::new(i + 1),
                b',' if !position.is_first() => i = self.s.skip_whitespace(i + 1),
                _ if !position.is_first() => return self.s.fail(i, SyntaxErrorKind::MemberEnd),
                _ => {}
            }
            let (key, at) = self.s.key(i)?;
            let target = self.find(node, i + 1, key);
            let opens_string = self.s.byte(at) == b'"';
            let text = self.s.bytes.get(before..at + usize::from(opens_string)).unwrap_or_default();
            position = key_order.learn(position, text, opens_string, target);
            i = self.value(target, at, depth, key_spelling)?.get();
        }
    }

    /// What a key leads to.
    fn find(&self, node: NodeId, start: usize, key: Quoted) -> KeyTarget {
        let raw = self.s.bytes.get(start..key.after() - 1)?;
        if key.flags() & ESCAPED == 0 {
            return self.trie.find(node, raw);
        }
        self.trie.find(node, decode(raw, key.flags()).as_bytes())
    }

    fn value(&mut self, target: KeyTarget, at: usize, depth: u32, key_spelling: u64) -> After {
        match target {
            None => self.s.skip(at, depth),
            Some((child, segments)) => self.take(child, segments, at, depth, key_spelling),
        }
    }

    /// Reads a string that is not plain, as [`Scanner::string_slow`].
    fn special_string(&mut self, target: KeyTarget, at: usize, end: usize, stop: u8, key_spelling: u64) -> After {
        let quoted = self.s.string_slow(at, end, stop)?;
        if let Some((child, segments)) = target {
            self.string(child, segments, (at - 1, quoted.after()), quoted.flags(), key_spelling);
        }
        NonZeroUsize::new(quoted.after())
    }

    /// Keeps a string that a rule may need.
    fn string(&mut self, child: ChildId, segments: u32, place: (usize, usize), flags: u8, key_spelling: u64) {
        let usual = segments == 1 && !self.state.dotted;
        if !(usual && self.state.slots.set_new(child.id(), place, Kind::String, flags)) {
            self.string_again(child, segments, place, flags, key_spelling);
        }
    }

    /// As [`ObjectScan::string`], where the place was reached before or keys have dots.
    fn string_again(&mut self, child: ChildId, segments: u32, place: (usize, usize), flags: u8, key_spelling: u64) {
        let key_spelling = extend_spelling(key_spelling, segments);
        if self.again(child.id(), segments, key_spelling, place) {
            self.state.slots.set(child.id(), place, Kind::String, flags, key_spelling);
        }
    }

    fn take(&mut self, child: ChildId, segments: u32, at: usize, depth: u32, key_spelling: u64) -> After {
        let id = child.id();
        let key_spelling = extend_spelling(key_spelling, segments);
        if segments > 1 || self.state.dotted || self.state.slots.get(id).is_some() {
            let keep = self.again(id, segments, key_spelling, (at, at));
            let before = self.state.slots.get(id).copied();
            let after = self.read(id, at, depth, key_spelling)?;
            if let Some(duplicate) = self.state.duplicates.last_mut().filter(|d| d.start == at) {
                duplicate.end = after.get();
            }
            if let Some(slot) = before.filter(|_| !keep) {
                let place = (slot.start as usize, slot.end as usize);
                self.state.slots.set(id, place, slot.kind, slot.flags, slot.key_spelling);
            }
            return Some(after);
        }
        self.read(id, at, depth, key_spelling)
    }

    fn read(&mut self, id: NodeId, at: usize, depth: u32, key_spelling: u64) -> After {
        let (kind, mut flags) = (Kind::of(self.s.byte(at)), 0);
        let after = match kind {
            Kind::String => {
                let quoted = self.s.string(at + 1)?;
                flags = quoted.flags();
                quoted.after()
            }
            Kind::Object if self.trie.has_children(id) => self.object(id, at, depth, key_spelling)?.get(),
            _ => match &mut self.array {
                Some((node, array)) if kind == Kind::Array && *node == id => {
                    array.read(self.s, at, depth, key_spelling)?.get()
                }
                _ => self.s.skip(at, depth)?.get(),
            },
        };
        flags |= Slot::empty_container_flag(
            self.trie,
            id,
            &Value { text: self.s.bytes, start: at, end: after, kind, flags },
        );
        self.state.slots.set(id, (at, after), kind, flags, key_spelling);
        NonZeroUsize::new(after)
    }

    /// Notes that a place is reached by a key with dots, or a second time. True when the new value is to be kept.
    fn again(&mut self, id: NodeId, segments: u32, key_spelling: u64, place: (usize, usize)) -> bool {
        let state = &mut *self.state;
        state.dotted |= segments > 1;
        let Some(slot) = state.slots.get(id) else {
            return true;
        };
        state.repeated = true;
        if slot.key_spelling != key_spelling {
            return key_spelling < slot.key_spelling;
        }
        let earlier = slot.value(self.s.bytes);
        state.note(id, key_spelling, place);
        // Where a key with dots leads to a place, everything is found again in the end.
        if !state.dotted {
            state.slots.clear_below(self.trie, id, &earlier);
        }
        true
    }
}

/// Finds everything again, slowly and exactly. Needed where keys with dots lead to a place that was reached before: a
/// value that was given up for a better one may have to come back when the better one is replaced.
fn rescan_exactly(state: &mut ScanState, trie: &Trie, text: &[u8], start: usize) {
    state.slots.clear(trie);
    if let Some(object) = Value::at(text, start) {
        rescan_object(state, trie, NodeId::ROOT, &object, 0);
    }
}

fn rescan_object(state: &mut ScanState, trie: &Trie, node: NodeId, object: &Value<'_>, key_spelling: u64) {
    let mut keys = KeyIndex::default();
    let mut live: Vec<(NodeId, u64, Value<'_>)> = Vec::new();
    for member in object.members() {
        let key = member.key.text();
        if let Some((child, segments)) = trie.find(node, key.as_bytes()) {
            let (id, key_spelling) = (child.id(), extend_spelling(key_spelling, segments));
            if keys.replace(&key, &mut live, (id, key_spelling, member.value)).is_some() {
                state.note(id, key_spelling, (member.value.start, member.value.end));
            }
        }
    }
    for (id, key_spelling, value) in live {
        if state.slots.get(id).is_none_or(|slot| key_spelling < slot.key_spelling) {
            let flags = value.flags | Slot::empty_container_flag(trie, id, &value);
            state.slots.set(id, (value.start, value.end), value.kind, flags, key_spelling);
        }
        if trie.has_children(id) {
            rescan_object(state, trie, id, &value, key_spelling);
        }
    }
}
