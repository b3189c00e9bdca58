//! Text without its quoting, and where each part of it stands in what was pasted.

use core::ops::Range;

/// What a shell would hand to a command as one argument.
#[derive(Debug, Default)]
pub(super) struct Word {
    pub(super) bytes: Vec<u8>,
    /// How many bytes were cut off in front.
    cut: usize,
    /// Of each stretch that was taken over as it stands: where it begins here, and where in the pasted text.
    stretches: Vec<(usize, usize)>,
    /// Where the byte after the last one would stand if it were taken over too.
    next: usize,
    /// All of it in the pasted text, quotes included.
    pub(super) span: Range<usize>,
    /// Where the first variable stands that a shell would fill in.
    pub(super) variable: Option<usize>,
}

impl Word {
    /// Begins anew at a place of the pasted text.
    #[inline(never)]
    pub(super) fn clear(&mut self, at: usize) {
        self.bytes.clear();
        self.stretches.clear();
        self.cut = 0;
        self.span = at..at;
        self.variable = None;
    }

    /// Appends a byte that stands for what is at `at` in the pasted text.
    #[inline(never)]
    pub(super) fn push(&mut self, byte: u8, at: usize) {
        if at != self.next || self.stretches.is_empty() {
            self.stretches.push((self.cut + self.bytes.len(), at));
        }
        self.bytes.push(byte);
        self.next = at + 1;
    }

    /// Appends another word.
    #[inline(never)]
    pub(super) fn append(&mut self, other: &Word) {
        for (i, &byte) in other.bytes.iter().enumerate() {
            self.push(byte, other.source(i));
        }
        self.span.end = other.span.end;
        self.variable = self.variable.or(other.variable);
    }

    /// Takes the first bytes away, once.
    #[inline(never)]
    pub(super) fn cut(&mut self, count: usize) {
        self.cut = count.min(self.bytes.len());
        self.bytes = self.bytes.split_off(self.cut);
    }

    /// Where a part of the word stands in the pasted text. Of an empty word that is all of it.
    #[inline(never)]
    pub(super) fn place(&self, part: Range<usize>) -> Range<usize> {
        if self.bytes.is_empty() {
            return self.span.clone();
        }
        let start = self.source(part.start);
        let end = if part.is_empty() { start } else { self.source(part.end - 1) + 1 };
        start..end.max(start)
    }

    #[inline(never)]
    fn source(&self, byte: usize) -> usize {
        let byte = byte + self.cut;
        let behind = self.stretches.partition_point(|(from, _)| *from <= byte);
        match self.stretches.get(behind.wrapping_sub(1)) {
            Some((from, at)) => at + (byte - from),
            None => self.span.start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(bytes: &[(u8, usize)]) -> Word {
        let mut word = Word::default();
        bytes.iter().for_each(|&(byte, at)| word.push(byte, at));
        word
    }

    #[test]
    fn places_lead_back_through_what_was_left_out() {
        // 'a\"b'
        let mut word = word(&[(b'a', 1), (b'"', 3), (b'b', 4)]);
        assert_eq!([word.place(0..1), word.place(1..2), word.place(0..3), word.place(3..3)], [1..2, 3..4, 1..5, 5..5]);
        word.cut(1);
        assert_eq!((word.bytes.as_slice(), word.place(0..1), word.place(1..2)), (b"\"b".as_slice(), 3..4, 4..5));
        word.append(&self::word(&[(b'&', 9)]));
        assert_eq!((word.place(1..2), word.place(2..3), word.place(0..3)), (4..5, 9..10, 3..10));
    }
}
