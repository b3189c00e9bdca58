//! Text without its quoting, and where each part of it stands in what was pasted.

use core::ops::Range;

/// What a shell would hand to a command as one argument.
#[derive(Debug, Default)]
pub(super) struct Word {
    pub(super) bytes: Vec<u8>,
    /// Of each stretch that was taken over as it stands: where it begins here, and where in the pasted text.
    stretches: Vec<(usize, usize)>,
    /// Where the byte after the last one would stand if it were taken over too.
    next: usize,
    /// All of it in the pasted text, quotes included.
    pub(super) span: Range<usize>,
    /// The first variable that a shell would fill in.
    pub(super) variable: Option<Range<usize>>,
}

impl Word {
    /// An empty word that begins at `at`.
    pub(super) fn at(at: usize) -> Word {
        Word { span: at..at, ..Word::default() }
    }

    /// Appends a byte that stands for what is at `at` in the pasted text.
    pub(super) fn push(&mut self, byte: u8, at: usize) {
        if at != self.next || self.stretches.is_empty() {
            self.stretches.push((self.bytes.len(), at));
        }
        self.bytes.push(byte);
        self.next = at + 1;
    }

    /// Appends a part of the pasted text as it stands.
    pub(super) fn take(&mut self, text: &[u8], range: Range<usize>) {
        for (&byte, at) in text.get(range.clone()).unwrap_or_default().iter().zip(range) {
            self.push(byte, at);
        }
    }

    /// Appends another word.
    pub(super) fn append(&mut self, other: &Word) {
        let before = self.bytes.len();
        self.stretches.extend(other.stretches.iter().map(|&(from, at)| (before + from, at)));
        self.bytes.extend_from_slice(&other.bytes);
        self.next = other.next;
        self.span.end = self.span.end.max(other.span.end);
        if self.variable.is_none() {
            self.variable.clone_from(&other.variable);
        }
    }

    /// Takes the first `count` bytes away.
    pub(super) fn skip(&mut self, count: usize) {
        let at = self.source(count);
        let rest = self.bytes.split_off(count.min(self.bytes.len()));
        let later = self.stretches.iter().filter(|(from, _)| *from > count);
        self.stretches = core::iter::once((0, at)).chain(later.map(|&(from, at)| (from - count, at))).collect();
        self.bytes = rest;
    }

    /// Where a part of the word stands in the pasted text.
    pub(super) fn place(&self, part: Range<usize>) -> Range<usize> {
        let start = self.source(part.start);
        let end = if part.is_empty() { start } else { self.source(part.end - 1) + 1 };
        start..end.max(start)
    }

    fn source(&self, byte: usize) -> usize {
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

    #[test]
    fn places_lead_back_through_what_was_left_out() {
        let text = br#"'a\"b'"#;
        let mut word = Word::at(0);
        word.take(text, 1..2);
        word.take(text, 3..5);
        assert_eq!(word.bytes, b"a\"b");
        assert_eq!([word.place(0..1), word.place(1..2), word.place(0..3), word.place(3..3)], [1..2, 3..4, 1..5, 5..5]);
        word.skip(1);
        assert_eq!((word.bytes.as_slice(), word.place(0..1), word.place(1..2)), (b"\"b".as_slice(), 3..4, 4..5));
        let mut other = Word::at(9);
        other.push(b'&', 9);
        word.append(&other);
        assert_eq!((word.place(2..3), word.place(0..3)), (9..10, 3..10));
    }
}
