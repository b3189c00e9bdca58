//! Predicting the next key.
//!
//! Alerts of one payload repeat the order of their keys. What stood between two values of an object the last time is
//! compared as raw bytes with what stands there now; when it is the same, the key need not be read or looked up.
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
pub(super) type Hit = Option<(ChildId, u32)>;

/// The text from the end of one value to the begin of the next, and what its key leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Template {
    text: [Block; BLOCKS],
    /// For each block, one bit for each byte that must be equal.
    need: [u32; BLOCKS],
    pub(super) len: usize,
    /// The text ends with the opening quote of a string.
    pub(super) opens_string: bool,
    pub(super) hit: Hit,
}

impl Template {
    /// Needs a byte that no block has.
    const NEVER: Template =
        Template { text: [[0; BLOCK]; BLOCKS], need: [1 << BLOCK, 0, 0], len: 0, opens_string: false, hit: None };

    fn new(text: &[u8], opens_string: bool, hit: Hit) -> Option<Template> {
        if text.len() > LONGEST {
            return None;
        }
        let mut template =
            Template { text: [[0; BLOCK]; BLOCKS], need: [0; BLOCKS], len: text.len(), opens_string, hit };
        let blocks = template.text.iter_mut().zip(&mut template.need);
        for (part, (block, need)) in text.chunks(BLOCK).zip(blocks) {
            for (to, from) in block.iter_mut().zip(part) {
                *to = *from;
                *need = *need << 1 | 1;
            }
        }
        Some(template)
    }

    /// Whether the text stands at `i`. Never right at the end of the bytes, where reading whole blocks would go too far;
    /// [`Sequence::last`] looks there.
    fn stands(&self, bytes: &[u8], i: usize) -> bool {
        let Some(there) = bytes.get(i..).and_then(|rest| rest.first_chunk::<LONGEST>()) else {
            return false;
        };
        let [x, y, z]: &[Block; BLOCKS] = bytemuck::must_cast_ref(there);
        let [a, b, c] = &self.text;
        let [need_a, need_b, need_c] = self.need;
        block::equal(x, a) & need_a == need_a
            && (need_b == 0 || (block::equal(y, b) & need_b == need_b && block::equal(z, c) & need_c == need_c))
    }

    /// As [`Template::stands`], at the end of the bytes too.
    fn stands_exactly(&self, bytes: &[u8], i: usize) -> bool {
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
pub(super) struct Sequence {
    /// For the first member, as many as [`FIRSTS`], then for the others in the order they are expected. Empty as long as
    /// nothing was learned.
    templates: Vec<Template>,
    /// Members that were not predicted since all places were taken.
    missed: u32,
}

/// A place in a [`Sequence`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn(usize);

impl Turn {
    /// Of the first member: the last of their places, so that those of the others follow.
    pub(super) const FIRST: Turn = Turn(FIRSTS - 1);

    /// No member was read yet.
    pub(super) fn is_first(self) -> bool {
        self == Turn::FIRST
    }
}

impl Sequence {
    /// The member that is expected at `turn`, which is moved on, if its text stands at `i`.
    pub(super) fn next(&self, bytes: &[u8], i: usize, turn: &mut Turn) -> Option<&Template> {
        let template = self.templates.get(turn.0).filter(|template| template.stands(bytes, i))?;
        turn.0 += 1;
        Some(template)
    }

    /// The turn of another member than the one expected at `turn`, if its text stands at `i`.
    pub(super) fn ahead(&mut self, bytes: &[u8], i: usize, turn: Turn) -> Option<Turn> {
        if turn.is_first() {
            let firsts = self.templates.get_mut(..FIRSTS)?;
            let found = firsts.iter().position(|template| template.stands(bytes, i))?;
            firsts.swap(found, FIRSTS - 1);
            return Some(turn);
        }
        let mut expected = self.templates.iter().skip(turn.0 + 1).take(AHEAD);
        let skipped = expected.position(|template| template.stands(bytes, i))?;
        Some(Turn(turn.0 + 1 + skipped))
    }

    /// The member whose text stands at `i`, so near to the end of the bytes that [`Sequence::next`] and
    /// [`Sequence::ahead`] do not look: what its key leads to and where its value begins. `turn` is moved on. A short
    /// payload is all such members, and reading and learning them again each time would be half of its time.
    pub(super) fn last(&self, bytes: &[u8], i: usize, turn: &mut Turn) -> Option<(Hit, usize)> {
        if i + LONGEST <= bytes.len() {
            return None;
        }
        let from = if turn.is_first() { 0 } else { turn.0 };
        let upto = if turn.is_first() { FIRSTS } else { self.templates.len().min(from + AHEAD) };
        let expected = self.templates.get(from..upto)?;
        let (skipped, template) =
            expected.iter().enumerate().find(|(_, template)| template.stands_exactly(bytes, i))?;
        *turn = if turn.is_first() { Turn(FIRSTS) } else { Turn(from + skipped + 1) };
        Some((template.hit, i + template.len - usize::from(template.opens_string)))
    }

    /// Remembers what stood before the value of a member, and gives the turn behind it.
    pub(super) fn learn(&mut self, turn: Turn, text: &[u8], opens_string: bool, hit: Hit) -> Turn {
        let template = Template::new(text, opens_string, hit);
        if self.templates.is_empty() {
            self.templates.resize(FIRSTS, Template::NEVER);
        }
        if turn.is_first() {
            // The one that was learned first makes room.
            if let (Some(template), Some(firsts)) = (template, self.templates.get_mut(..FIRSTS)) {
                firsts.rotate_left(1);
                firsts.iter_mut().skip(FIRSTS - 1).for_each(|first| *first = template);
            }
            return Turn(FIRSTS);
        }
        if self.templates.len() >= FIRSTS + MEMBERS {
            // Other objects come now, or each has keys of its own: begin anew, but not so often that it costs.
            self.missed += 1;
            if self.missed <= PATIENCE {
                return turn;
            }
            self.templates.truncate(FIRSTS);
            self.missed = 0;
            return Turn(FIRSTS);
        }
        let Some(template) = template else {
            return turn;
        };
        let place = turn.0.min(self.templates.len());
        self.templates.insert(place, template);
        Turn(place + 1)
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
            let template = Template::new(text.as_bytes(), false, None);
            let Some(template) = template else { unreachable!("{len}") };
            let same = format!("{text}{padding}");
            assert!(template.stands(same.as_bytes(), 0));
            assert!(
                template.stands_exactly(text.as_bytes(), 0) && !template.stands_exactly(text.as_bytes(), 1),
                "{len}"
            );
            for k in 0..len {
                let mut other = same.clone().into_bytes();
                if let Some(b) = other.get_mut(k) {
                    *b = b'y';
                }
                assert!(!template.stands(&other, 0), "{len} {k}");
                other.truncate(len);
                assert!(!template.stands_exactly(&other, 0), "{len} {k} at the end");
            }
        }
        assert!(Template::new(&[b'x'; LONGEST + 1], false, None).is_none());
    }
}
