//! The key-order cache: predicting the next key of an object.
//!
//! Alerts of one payload repeat the order of their keys. What stood between two values of an object the last time is
//! compared as raw bytes with what is_at there now; when it is the same, the key need not be read or looked up.
//! A prediction is learned only from text that was read in full, and one for the first member (no comma) is never used
//! for a later one, so predicting cannot accept what reading would refuse.

use crate::compile::ChildId;
use crate::json::block::{self, BLOCK, Block};

const BLOCKS: usize = 3;
const LONGEST: usize = BLOCKS * BLOCK;
/// Most later members that are predicted for one kind of object.
const MEMBERS: usize = 256;
/// Most first members that are predicted.
const FIRSTS: usize = 4;
/// Most predictions that are tried for one member.
const AHEAD: usize = 12;
/// Members that may come unpredicted when all places are taken, before learning begins anew.
const PATIENCE: u32 = 512;

/// What a key leads to: a place of the plan and the number of segments the key spells; `None` when no rule looks.
pub(super) type KeyTarget = Option<(ChildId, u32)>;

/// The text from the end of one value to the begin of the next, and what its key leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeyPattern {
    text: [Block; BLOCKS],
    /// For each block, one bit for each byte that must be equal.
    need: [u32; BLOCKS],
    pub(super) len: usize,
    /// The text ends with the opening quote of a string.
    pub(super) opens_string: bool,
    pub(super) target: KeyTarget,
}

impl KeyPattern {
    /// Needs a byte that no block has.
    const NEVER: KeyPattern =
        KeyPattern { text: [[0; BLOCK]; BLOCKS], need: [1 << BLOCK, 0, 0], len: 0, opens_string: false, target: None };

    fn new(text: &[u8], opens_string: bool, target: KeyTarget) -> Option<KeyPattern> {
        if text.len() > LONGEST {
            return None;
        }
        let mut pattern =
            KeyPattern { text: [[0; BLOCK]; BLOCKS], need: [0; BLOCKS], len: text.len(), opens_string, target };
        let blocks = pattern.text.iter_mut().zip(&mut pattern.need);
        for (part, (block, need)) in text.chunks(BLOCK).zip(blocks) {
            for (to, from) in block.iter_mut().zip(part) {
                *to = *from;
                *need = *need << 1 | 1;
            }
        }
        Some(pattern)
    }

    /// Whether the text is_at at `i`. Never right at the end of the bytes, where reading whole blocks would go too far;
    /// [`KeyOrder::match_at_end`] looks there.
    fn is_at(&self, bytes: &[u8], i: usize) -> bool {
        let Some(there) = bytes.get(i..).and_then(|rest| rest.first_chunk::<LONGEST>()) else {
            return false;
        };
        let [x, y, z]: &[Block; BLOCKS] = bytemuck::must_cast_ref(there);
        let [a, b, c] = &self.text;
        let [need_a, need_b, need_c] = self.need;
        block::equal(x, a) & need_a == need_a
            && (need_b == 0 || (block::equal(y, b) & need_b == need_b && block::equal(z, c) & need_c == need_c))
    }

    /// As [`KeyPattern::is_at`], at the end of the bytes too.
    fn is_exactly_at(&self, bytes: &[u8], i: usize) -> bool {
        let text = self.text.as_flattened().get(..self.len).unwrap_or_default();
        self.len > 0 && bytes.get(i..).is_some_and(|rest| rest.starts_with(text))
    }
}

/// The predictions for one kind of object.
///
/// Objects of one kind differ: some have keys that others have not. So the predictions become what all of them can be
/// read from by leaving some out: a member that was not predicted is put in where it stood, and where a predicted one
/// is left out this time, the next ones are tried.
#[derive(Debug, Default)]
pub(super) struct KeyOrder {
    /// For the first member, as many as [`FIRSTS`], then for the others in the order they are expected. Empty as long as
    /// nothing was learned.
    patterns: Vec<KeyPattern>,
    /// Members that were not predicted since all places were taken.
    missed: u32,
}

/// A place in a [`KeyOrder`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position(usize);

impl Position {
    /// Of the first member: the last of their places, so that those of the others follow.
    pub(super) const FIRST: Position = Position(FIRSTS - 1);

    /// No member was read yet.
    pub(super) fn is_first(self) -> bool {
        self == Position::FIRST
    }
}

impl KeyOrder {
    /// The member that is expected at `position`, which is moved on, if its text is_at at `i`.
    pub(super) fn next(&self, bytes: &[u8], i: usize, position: &mut Position) -> Option<&KeyPattern> {
        let pattern = self.patterns.get(position.0).filter(|pattern| pattern.is_at(bytes, i))?;
        position.0 += 1;
        Some(pattern)
    }

    /// The position of another member than the one expected at `position`, if its text is_at at `i`.
    pub(super) fn find_ahead(&mut self, bytes: &[u8], i: usize, position: Position) -> Option<Position> {
        if position.is_first() {
            let firsts = self.patterns.get_mut(..FIRSTS)?;
            let found = firsts.iter().position(|pattern| pattern.is_at(bytes, i))?;
            firsts.swap(found, FIRSTS - 1);
            return Some(position);
        }
        let mut expected = self.patterns.iter().skip(position.0 + 1).take(AHEAD);
        let skipped = expected.position(|pattern| pattern.is_at(bytes, i))?;
        Some(Position(position.0 + 1 + skipped))
    }

    /// The member whose text is_at at `i`, so near to the end of the bytes that [`KeyOrder::next`] and
    /// [`KeyOrder::find_ahead`] do not look: what its key leads to and where its value begins. `position` is moved on. A short
    /// payload is all such members, and reading and learning them again each time would be half of its time.
    pub(super) fn match_at_end(&self, bytes: &[u8], i: usize, position: &mut Position) -> Option<(KeyTarget, usize)> {
        if i + LONGEST <= bytes.len() {
            return None;
        }
        let from = if position.is_first() { 0 } else { position.0 };
        let upto = if position.is_first() { FIRSTS } else { self.patterns.len().min(from + AHEAD) };
        let expected = self.patterns.get(from..upto)?;
        let (skipped, pattern) = expected.iter().enumerate().find(|(_, pattern)| pattern.is_exactly_at(bytes, i))?;
        *position = if position.is_first() { Position(FIRSTS) } else { Position(from + skipped + 1) };
        Some((pattern.target, i + pattern.len - usize::from(pattern.opens_string)))
    }

    /// Remembers what stood before the value of a member, and gives the position behind it.
    pub(super) fn learn(&mut self, position: Position, text: &[u8], opens_string: bool, target: KeyTarget) -> Position {
        let pattern = KeyPattern::new(text, opens_string, target);
        if self.patterns.is_empty() {
            self.patterns.resize(FIRSTS, KeyPattern::NEVER);
        }
        if position.is_first() {
            // The one that was learned first makes room.
            if let (Some(pattern), Some(firsts)) = (pattern, self.patterns.get_mut(..FIRSTS)) {
                firsts.rotate_left(1);
                firsts.iter_mut().skip(FIRSTS - 1).for_each(|first| *first = pattern);
            }
            return Position(FIRSTS);
        }
        if self.patterns.len() >= FIRSTS + MEMBERS {
            // Other objects come now, or each has keys of its own: begin anew, but not so often that it costs.
            self.missed += 1;
            if self.missed <= PATIENCE {
                return position;
            }
            self.patterns.truncate(FIRSTS);
            self.missed = 0;
            return Position(FIRSTS);
        }
        let Some(pattern) = pattern else {
            return position;
        };
        let place = position.0.min(self.patterns.len());
        self.patterns.insert(place, pattern);
        Position(place + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_text_matches() {
        let padding = " ".repeat(LONGEST);
        for len in 1..=LONGEST {
            let text = "x".repeat(len);
            let pattern = KeyPattern::new(text.as_bytes(), false, None);
            let Some(pattern) = pattern else { unreachable!("{len}") };
            let same = format!("{text}{padding}");
            assert!(pattern.is_at(same.as_bytes(), 0));
            assert!(pattern.is_exactly_at(text.as_bytes(), 0) && !pattern.is_exactly_at(text.as_bytes(), 1), "{len}");
            for k in 0..len {
                let mut other = same.clone().into_bytes();
                if let Some(b) = other.get_mut(k) {
                    *b = b'y';
                }
                assert!(!pattern.is_at(&other, 0), "{len} {k}");
                other.truncate(len);
                assert!(!pattern.is_exactly_at(&other, 0), "{len} {k} at the end");
            }
        }
        assert!(KeyPattern::new(&[b'x'; LONGEST + 1], false, None).is_none());
    }
}
