//! Walking an object along the plan: what a rule names is kept, everything else is only checked.

use super::predict::{Hit, Sequence, Turn};
use super::slot::{Found, Slot, extend};
use crate::compile::{ChildId, NodeId, Trie};
use crate::json::escape::decode;
use crate::json::keys::Keys;
use crate::json::members::Value;
use crate::json::scan::{After, ESCAPED, Quoted, Scanner, Why};
use crate::json::{Kind, limits};
use core::num::NonZeroUsize;

/// What walking objects along one plan needs; reused from object to object.
#[derive(Debug, Default)]
pub(super) struct Walker {
    pub(super) found: Found,
    sequences: Vec<Sequence>,
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

impl Walker {
    pub(super) fn forget_duplicates(&mut self) {
        self.duplicates.clear();
        self.more_duplicates = 0;
    }

    /// Remembers a key that is given again.
    fn note(&mut self, node: NodeId, rank: u64, (start, end): (usize, usize)) {
        if self.duplicates.len() < limits::LISTED {
            self.duplicates.push(Duplicate { element: self.element, node, rank, start, end });
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
    pub(crate) rank: u64,
    /// The later value.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What to do with the array of alerts when the walk reaches it.
pub(super) trait AtArray {
    /// Reads the array that opens at `start`.
    fn read(&mut self, s: &mut Scanner<'_>, start: usize, depth: u32, rank: u64) -> After;
}

/// The place of the array of alerts in a plan, and what to do there.
pub(super) type Array<'a> = (NodeId, &'a mut dyn AtArray);

/// Walks the object that opens at `start`. Afterwards `walker.found` holds what was found in it.
pub(super) fn walk(
    walker: &mut Walker,
    s: &mut Scanner<'_>,
    trie: &Trie,
    array: Option<Array<'_>>,
    start: usize,
    depth: u32,
) -> After {
    walker.found.clear(trie);
    walker.dotted = false;
    walker.repeated = false;
    let (duplicates, more) = (walker.duplicates.len(), walker.more_duplicates);
    if walker.sequences.len() != trie.len() {
        walker.sequences.clear();
        walker.sequences.resize_with(trie.len(), Sequence::default);
    }
    let mut walk = Walk { walker, s, trie, array };
    let after = walk.object(NodeId::ROOT, start, depth, 0)?;
    if walker.dotted && walker.repeated {
        walker.duplicates.truncate(duplicates);
        walker.more_duplicates = more;
        settle(walker, trie, s.bytes, start);
    }
    Some(after)
}

struct Walk<'w, 's, 't, 'a> {
    walker: &'w mut Walker,
    s: &'s mut Scanner<'t>,
    trie: &'w Trie,
    array: Option<Array<'a>>,
}

impl Walk<'_, '_, '_, '_> {
    fn object(&mut self, node: NodeId, start: usize, depth: u32, rank: u64) -> After {
        let depth = self.s.enter(start, depth)?;
        // Taken out for the time of the walk: no object holds itself, so nothing below needs it.
        let mut sequence = self.walker.sequences.get_mut(node.index()).map(core::mem::take).unwrap_or_default();
        let after = self.members(&mut sequence, node, start + 1, depth, rank);
        if let Some(slot) = self.walker.sequences.get_mut(node.index()) {
            *slot = sequence;
        }
        after
    }
    fn members(&mut self, sequence: &mut Sequence, node: NodeId, mut i: usize, depth: u32, rank: u64) -> After {
        let mut turn = Turn::FIRST;
        loop {
            // Nearly all members come as predicted. What is rare stays out of this loop, which has to fit into the
            // registers of the machine.
            while let Some(template) = sequence.next(self.s.bytes, i, &mut turn) {
                let at = i + template.len;
                i = if template.opens_string {
                    match self.s.plain_string(at) {
                        Ok(after) => {
                            if let Some((child, segments)) = template.hit {
                                self.string(child, segments, (at - 1, after), 0, rank);
                            }
                            after
                        }
                        Err((end, stop)) => self.special_string(template.hit, at, end, stop, rank)?.get(),
                    }
                } else {
                    // White space may follow the predicted text where none did before.
                    self.value(template.hit, self.s.blank(at), depth, rank)?.get()
                };
            }
            if self.s.byte(i) == b'}' {
                return NonZeroUsize::new(i + 1);
            }
            if let Some(found) = sequence.ahead(self.s.bytes, i, turn) {
                turn = found;
                continue;
            }
            if let Some((hit, at)) = sequence.last(self.s.bytes, i, &mut turn) {
                i = self.value(hit, self.s.blank(at), depth, rank)?.get();
                continue;
            }
            let before = i;
            i = self.s.blank(i);
            match self.s.byte(i) {
                b'}' => return NonZeroUsize::new(i + 1),
                b',' if !turn.is_first() => i = self.s.blank(i + 1),
                _ if !turn.is_first() => return self.s.fail(i, Why::MemberEnd),
                _ => {}
            }
            let (key, at) = self.s.key_call(i)?;
            let hit = self.find(node, i + 1, key);
            let opens_string = self.s.byte(at) == b'"';
            let text = self.s.bytes.get(before..at + usize::from(opens_string)).unwrap_or_default();
            turn = sequence.learn(turn, text, opens_string, hit);
            i = self.value(hit, at, depth, rank)?.get();
        }
    }

    /// What a key leads to.
    fn find(&self, node: NodeId, start: usize, key: Quoted) -> Hit {
        let raw = self.s.bytes.get(start..key.after() - 1)?;
        if key.flags() & ESCAPED == 0 {
            return self.trie.find(node, raw);
        }
        self.trie.find(node, decode(raw, key.flags()).as_bytes())
    }
    fn value(&mut self, hit: Hit, at: usize, depth: u32, rank: u64) -> After {
        match hit {
            None => self.s.skip(at, depth),
            Some((child, segments)) => self.take(child, segments, at, depth, rank),
        }
    }

    /// Reads a string that is not plain, as [`Scanner::string_slow`].
    fn special_string(&mut self, hit: Hit, at: usize, end: usize, stop: u8, rank: u64) -> After {
        let quoted = self.s.string_slow(at, end, stop)?;
        if let Some((child, segments)) = hit {
            self.string(child, segments, (at - 1, quoted.after()), quoted.flags(), rank);
        }
        NonZeroUsize::new(quoted.after())
    }

    /// Keeps a string that a rule may need.
    fn string(&mut self, child: ChildId, segments: u32, place: (usize, usize), flags: u8, rank: u64) {
        let usual = segments == 1 && !self.walker.dotted;
        if !(usual && self.walker.found.set_new(child.id(), place, Kind::String, flags)) {
            self.string_again(child, segments, place, flags, rank);
        }
    }

    /// As [`Walk::string`], where the place was reached before or keys have dots.
    fn string_again(&mut self, child: ChildId, segments: u32, place: (usize, usize), flags: u8, rank: u64) {
        let rank = extend(rank, segments);
        if self.again(child.id(), segments, rank, place) {
            self.walker.found.set(child.id(), place, Kind::String, flags, rank);
        }
    }
    fn take(&mut self, child: ChildId, segments: u32, at: usize, depth: u32, rank: u64) -> After {
        let id = child.id();
        let rank = extend(rank, segments);
        if segments > 1 || self.walker.dotted || self.walker.found.get(id).is_some() {
            let keep = self.again(id, segments, rank, (at, at));
            let before = self.walker.found.get(id).copied();
            let after = self.read(id, at, depth, rank)?;
            if let Some(duplicate) = self.walker.duplicates.last_mut().filter(|d| d.start == at) {
                duplicate.end = after.get();
            }
            if let Some(slot) = before.filter(|_| !keep) {
                let place = (slot.start as usize, slot.end as usize);
                self.walker.found.set(id, place, slot.kind, slot.flags, slot.rank);
            }
            return Some(after);
        }
        self.read(id, at, depth, rank)
    }
    fn read(&mut self, id: NodeId, at: usize, depth: u32, rank: u64) -> After {
        let (kind, mut flags) = (Kind::of(self.s.byte(at)), 0);
        let after = match kind {
            Kind::String => {
                let quoted = self.s.string(at + 1)?;
                flags = quoted.flags();
                quoted.after()
            }
            Kind::Object if self.trie.has_children(id) => self.object(id, at, depth, rank)?.get(),
            _ => match &mut self.array {
                Some((node, array)) if kind == Kind::Array && *node == id => array.read(self.s, at, depth, rank)?.get(),
                _ => self.s.skip(at, depth)?.get(),
            },
        };
        flags |= Slot::hollow(self.trie, id, &Value { text: self.s.bytes, start: at, end: after, kind, flags });
        self.walker.found.set(id, (at, after), kind, flags, rank);
        NonZeroUsize::new(after)
    }

    /// Notes that a place is reached by a key with dots, or a second time. True when the new value is to be kept.
    fn again(&mut self, id: NodeId, segments: u32, rank: u64, place: (usize, usize)) -> bool {
        let walker = &mut *self.walker;
        walker.dotted |= segments > 1;
        let Some(slot) = walker.found.get(id) else {
            return true;
        };
        walker.repeated = true;
        if slot.rank != rank {
            return rank < slot.rank;
        }
        let earlier = slot.value(self.s.bytes);
        walker.note(id, rank, place);
        // Where a key with dots leads to a place, everything is found again in the end.
        if !walker.dotted {
            walker.found.clear_below(self.trie, id, &earlier);
        }
        true
    }
}

/// Finds everything again, slowly and exactly. Needed where keys with dots lead to a place that was reached before: a
/// value that was given up for a better one may have to come back when the better one is replaced.
fn settle(walker: &mut Walker, trie: &Trie, text: &[u8], start: usize) {
    walker.found.clear(trie);
    if let Some(object) = Value::at(text, start) {
        settle_object(walker, trie, NodeId::ROOT, &object, 0);
    }
}

fn settle_object(walker: &mut Walker, trie: &Trie, node: NodeId, object: &Value<'_>, rank: u64) {
    let mut keys = Keys::default();
    let mut live: Vec<(NodeId, u64, Value<'_>)> = Vec::new();
    for member in object.members() {
        let key = member.key.text();
        if let Some((child, segments)) = trie.find(node, key.as_bytes()) {
            let (id, rank) = (child.id(), extend(rank, segments));
            if keys.replace(&key, &mut live, (id, rank, member.value)).is_some() {
                walker.note(id, rank, (member.value.start, member.value.end));
            }
        }
    }
    for (id, rank, value) in live {
        if walker.found.get(id).is_none_or(|slot| rank < slot.rank) {
            let flags = value.flags | Slot::hollow(trie, id, &value);
            walker.found.set(id, (value.start, value.end), value.kind, flags, rank);
        }
        if trie.has_children(id) {
            settle_object(walker, trie, id, &value, rank);
        }
    }
}
