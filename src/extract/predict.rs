//! Predicting the next key.
//!
//! Alerts of one payload repeat the order of their keys. What stood between two values of an object the last time is
//! compared as raw bytes with what stands there now; when it is the same, the key need not be read or looked up.
//! A prediction is learned only from text that was read in full, and one for the first member (no comma) is never used
//! for a later one, so predicting cannot accept what reading would refuse.

use crate::compile::BelowId;
use crate::json::block::{self, BLOCK, Block};

const BLOCKS: usize = 3;
const LONGEST: usize = BLOCKS * BLOCK;
/// Most later members that are predicted for one kind of object.
const MEMBERS: usize = 64;
/// Most first members that are predicted.
const FIRSTS: usize = 4;
/// Most predictions that are tried for one member.
const AHEAD: usize = 12;
/// Members that may come unpredicted when all places are taken, before learning begins anew.
const PATIENCE: u32 = 512;

/// What a key leads to: a place of the plan and the number of segments the key spells; `None` when no rule looks.
pub(super) type Hit = Option<(BelowId, u32)>;

/// The text from the end of one value to the begin of the next, and what its key leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Template {
    text: [Block; BLOCKS],
    /// For each block, one bit for each byte that must be equal.
    need: [u32; BLOCKS],
    len: usize,
    /// The text ends with the opening quote of a string.
    pub(super) opens_string: bool,
    pub(super) hit: Hit,
}

impl Template {
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

    /// The index after the predicted text, if it stands at `i`. Never right at the end of the text, where reading a
    /// whole block would go too far; there the caller reads as if nothing was predicted.
    #[inline(always)]
    fn matches(&self, bytes: &[u8], i: usize) -> Option<usize> {
        let [a, b, c] = &self.text;
        let [need_a, need_b, need_c] = self.need;
        if block::equal(block::at(bytes, i)?, a) & need_a != need_a {
            return None;
        }
        if need_b != 0 {
            if block::equal(block::at(bytes, i + BLOCK)?, b) & need_b != need_b {
                return None;
            }
            if need_c != 0 && block::equal(block::at(bytes, i + 2 * BLOCK)?, c) & need_c != need_c {
                return None;
            }
        }
        Some(i + self.len)
    }
}

/// The predictions for one kind of object.
///
/// Objects of one kind differ: some have keys that others have not. So the predictions become what all of them can be
/// read from by leaving some out: a member that was not predicted is put in where it stood, and where a predicted one
/// is left out this time, the next ones are tried.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    /// For the first member.
    first: Vec<Template>,
    /// For the others, in the order they are expected.
    others: Vec<Template>,
    /// Members that were not predicted since all places were taken.
    missed: u32,
}

impl Sequence {
    /// What the first member leads to, and the index after its predicted text.
    #[inline(always)]
    pub(super) fn first(&self, bytes: &[u8], i: usize) -> Option<(&Template, usize)> {
        self.first.iter().find_map(|template| Some((template, template.matches(bytes, i)?)))
    }

    /// What a later member leads to and the index after its predicted text. `turn` is the place it is expected at, and
    /// is moved behind the place where it was found.
    #[inline(always)]
    pub(super) fn next(&self, bytes: &[u8], i: usize, turn: &mut usize) -> Option<(&Template, usize)> {
        let template = self.others.get(*turn)?;
        if let Some(after) = template.matches(bytes, i) {
            *turn += 1;
            return Some((template, after));
        }
        self.ahead(bytes, i, turn)
    }

    /// The rest of [`Sequence::next`], where the expected member was left out.
    #[inline(never)]
    fn ahead(&self, bytes: &[u8], i: usize, turn: &mut usize) -> Option<(&Template, usize)> {
        let next = *turn + 1;
        let expected = self.others.get(next..)?;
        for (skipped, template) in expected.iter().enumerate().take(AHEAD) {
            if let Some(after) = template.matches(bytes, i) {
                *turn = next + skipped + 1;
                return Some((template, after));
            }
        }
        None
    }

    /// Remembers what stood before the value of the first member.
    #[inline(never)]
    pub(super) fn learn_first(&mut self, text: &[u8], opens_string: bool, hit: Hit) {
        if let Some(template) = Template::new(text, opens_string, hit) {
            self.first.truncate(FIRSTS - 1);
            self.first.insert(0, template);
        }
    }

    /// Remembers what stood before the value of a later member, and moves `turn` behind it.
    #[inline(never)]
    pub(super) fn learn_next(&mut self, turn: &mut usize, text: &[u8], opens_string: bool, hit: Hit) {
        if self.others.len() >= MEMBERS {
            // Other objects come now, or each has keys of its own: begin anew, but not so often that it costs.
            self.missed += 1;
            if self.missed > PATIENCE {
                *self = Sequence { first: core::mem::take(&mut self.first), ..Sequence::default() };
                *turn = 0;
            }
            return;
        }
        let Some(template) = Template::new(text, opens_string, hit) else {
            return;
        };
        let place = (*turn).min(self.others.len());
        self.others.insert(place, template);
        *turn = place + 1;
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
            assert_eq!(template.matches(same.as_bytes(), 0), Some(len));
            for k in 0..len {
                let mut other = same.clone().into_bytes();
                if let Some(b) = other.get_mut(k) {
                    *b = b'y';
                }
                assert_eq!(template.matches(&other, 0), None, "{len} {k}");
            }
        }
        assert!(Template::new(&[b'x'; LONGEST + 1], false, None).is_none());
    }
}
