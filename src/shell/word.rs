//! A word of a command line without its quoting, and the place of each part in the pasted text.

use crate::json::escape::quoted;
use core::ops::Range;

/// What a shell would pass to a command as one argument.
#[derive(Debug, Default)]
pub(crate) struct Word {
    pub(crate) bytes: Vec<u8>,
    /// How many bytes were cut off in front.
    cut: usize,
    /// Segments that were copied unchanged: the offset here and the offset in the pasted text.
    segments: Vec<(usize, usize)>,
    /// The offset in the pasted text that would continue the last segment.
    next: usize,
    /// The whole word in the pasted text, including quotes.
    pub(crate) span: Range<usize>,
    /// The parts that a shell would replace: the range here and the range in the pasted text.
    pub(crate) substitutions: Vec<(Range<usize>, Range<usize>)>,
}

impl Word {
    /// Starts a new word at an offset of the pasted text.
    pub(super) fn clear(&mut self, at: usize) {
        self.bytes.clear();
        self.segments.clear();
        self.cut = 0;
        self.span = at..at;
        self.substitutions.clear();
    }

    /// Appends a byte that comes from offset `at` of the pasted text.
    pub(super) fn push(&mut self, byte: u8, at: usize) {
        if at != self.next || self.segments.is_empty() {
            self.segments.push((self.cut + self.bytes.len(), at));
        }
        self.bytes.push(byte);
        self.next = at + 1;
    }

    /// Appends another word.
    pub(super) fn append(&mut self, other: &Word) {
        let start = self.bytes.len();
        for (i, &byte) in other.bytes.iter().enumerate() {
            self.push(byte, other.source(i));
        }
        self.span.end = other.span.end;
        let moved = other.substitutions.iter().map(|(part, at)| (part.start + start..part.end + start, at.clone()));
        self.substitutions.extend(moved);
    }

    /// Removes the first bytes, once.
    pub(super) fn cut(&mut self, count: usize) {
        self.cut = count.min(self.bytes.len());
        self.bytes = self.bytes.split_off(self.cut);
        let cut = self.cut;
        self.substitutions.retain_mut(|(part, _)| {
            *part = part.start.saturating_sub(cut)..part.end.saturating_sub(cut);
            part.start < part.end
        });
    }

    /// The range of a part of the word in the pasted text. For an empty word that is the whole word.
    pub(crate) fn place(&self, part: Range<usize>) -> Range<usize> {
        if self.bytes.is_empty() {
            return self.span.clone();
        }
        let start = self.source(part.start);
        let end = if part.is_empty() { start } else { self.source(part.end - 1) + 1 };
        start..end.max(start)
    }

    /// The word, which is JSON, in which each part that a shell would replace is JSON text, so that the rest can be read: such a part
    /// becomes a string, and inside a string its quotes and backslashes are escaped. `None` when there is no such part.
    pub(crate) fn with_placeholders(&self) -> Option<Word> {
        let mut parts = self.substitutions.iter().map(|(part, _)| part).peekable();
        parts.peek()?;
        let mut data = Word { span: self.span.clone(), ..Word::default() };
        let (mut at, mut in_string, mut escaped) = (0, false, false);
        while let Some(&byte) = self.bytes.get(at) {
            let source = self.place(at..at + 1).start;
            let mut end = at;
            // Parts that touch are one string.
            while let Some(part) = parts.next_if(|part| part.start <= end) {
                end = end.max(part.end);
            }
            if end > at {
                let string = quoted(&String::from_utf8_lossy(self.bytes.get(at..end).unwrap_or_default()));
                let inside = string.get(1..string.len().saturating_sub(1)).unwrap_or_default();
                for &byte in if in_string { inside } else { &string } {
                    data.push(byte, source);
                }
                (at, escaped) = (end, false);
                continue;
            }
            data.push(byte, source);
            at += 1;
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = in_string,
                b'"' => in_string = !in_string,
                _ => {}
            }
        }
        Some(data)
    }

    fn source(&self, byte: usize) -> usize {
        let byte = byte + self.cut;
        let next = self.segments.partition_point(|(from, _)| *from <= byte);
        match self.segments.get(next.wrapping_sub(1)) {
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
