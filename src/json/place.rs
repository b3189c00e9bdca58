//! From byte offsets to the places that people and editors count: UTF-16 code units, lines, columns.

/// Bytes between two marks; a look-up walks at most this far.
const STRIDE: usize = 64;

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// UTF-16 code units before it.
    pub(crate) offset: usize,
    /// One-based.
    pub(crate) line: usize,
    /// One-based, in UTF-16 code units.
    pub(crate) column: usize,
}

/// The places of a text, made in one pass over it. A byte order mark counts as one unit, as in a string that holds it.
pub(crate) struct Places<'t> {
    text: &'t [u8],
    /// At every [`STRIDE`] bytes: code units, lines, and code units at the line's start, all before that byte.
    marks: Vec<Mark>,
    /// Every byte is a code unit.
    ascii: bool,
}

#[derive(Clone, Copy, Default)]
struct Mark {
    units: u32,
    lines: u32,
    line_start: u32,
    /// The bytes up to the next mark are code units.
    plain: bool,
}

impl<'t> Places<'t> {
    pub(crate) fn new(text: &'t [u8]) -> Places<'t> {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut mark = Mark::default();
        for stride in text.chunks(STRIDE) {
            marks.push(Mark { plain: is_ascii(stride), ..mark });
            advance(&mut mark, stride);
        }
        marks.push(mark);
        Places { text, marks, ascii: mark.units as usize == text.len() }
    }

    /// As [`Places::new`], for offsets only: of a text that is all ASCII nothing is kept.
    pub(crate) fn offsets(text: &'t [u8]) -> Places<'t> {
        let ascii = text.chunks(STRIDE * STRIDE).all(is_ascii);
        if ascii { Places { text, marks: Vec::new(), ascii } } else { Places::new(text) }
    }

    /// The place of a byte. A byte inside a character gives the place after the character's first byte.
    pub(crate) fn of(&self, byte: usize) -> Place {
        let mark = self.mark(byte);
        let (offset, start) = (mark.units as usize, mark.line_start as usize);
        Place { offset, line: mark.lines as usize + 1, column: offset - start + 1 }
    }

    /// Only the offset of a byte.
    pub(crate) fn offset(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        if self.ascii {
            return byte;
        }
        match self.marks.get(byte / STRIDE) {
            Some(mark) if mark.plain => mark.units as usize + byte % STRIDE,
            _ => self.mark(byte).units as usize,
        }
    }

    fn mark(&self, byte: usize) -> Mark {
        let byte = byte.min(self.text.len());
        let stride = byte / STRIDE;
        let mut mark = self.marks.get(stride).copied().unwrap_or_default();
        advance(&mut mark, self.text.get(stride * STRIDE..byte).unwrap_or_default());
        mark
    }
}

/// The byte at which a text has had so many UTF-16 code units, and how many of them are left: 1 inside a character
/// of two units, which begins at the byte, and more than 0 at the end of a text that has fewer.
pub(crate) fn byte_of(text: &[u8], offset: usize) -> (usize, usize) {
    let mut left = offset;
    let mut byte = 0;
    for stride in text.chunks(STRIDE) {
        let here = units(stride) as usize;
        if here >= left {
            break;
        }
        left -= here;
        byte += stride.len();
    }
    let rest = text.get(byte..).unwrap_or_default();
    for (at, &first) in rest.iter().enumerate() {
        if first & 0xc0 != 0x80 {
            let units = if first & 0xf8 == 0xf0 { 2 } else { 1 };
            if left < units {
                return (byte + at, left);
            }
            left -= units;
        }
    }
    (text.len(), left)
}

/// As that of the standard library, which the compiler turns into steps of sixteen bytes.
fn is_ascii(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |all, &b| all | b) < 0x80
}

fn advance(mark: &mut Mark, bytes: &[u8]) {
    let before = mark.units;
    mark.units += units(bytes);
    let lines = bytes.iter().fold(0, |n: u8, &b| n + u8::from(b == b'\n'));
    if lines > 0 {
        let after = bytes.iter().rposition(|&b| b == b'\n').map_or(0, |last| last + 1);
        mark.lines += u32::from(lines);
        mark.line_start = before + units(bytes.get(..after).unwrap_or_default());
    }
}

/// Code units of at most [`STRIDE`] bytes: every byte that begins a character is one, characters of four bytes are two.
/// Counted in a byte, so that the compiler takes many at once.
fn units(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |n: u8, &b| n + u8::from(b & 0xc0 != 0x80) + u8::from(b & 0xf8 == 0xf0)).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn offsets_lead_to_bytes() {
        let text = "a😀é";
        let found: Vec<_> = (0..6).map(|units| byte_of(text.as_bytes(), units)).collect();
        assert_eq!(found, [(0, 0), (1, 0), (1, 1), (5, 0), (7, 0), (7, 1)]);
        assert_eq!(byte_of(b"", 3), (0, 3));
    }

    #[test]
    fn columns_count_utf16() {
        let text = "a\né😀\tx";
        let places = Places::new(text.as_bytes());
        let x = text.find('x').unwrap_or_default();
        assert_eq!(places.of(x), Place { offset: 6, line: 2, column: 5 });
    }

    proptest! {
        #[test]
        fn offsets_are_those_of_utf16(text in "(\\PC|\n|é|😀){0,300}") {
            let places = Places::new(text.as_bytes());
            for (byte, _) in text.char_indices() {
                let (before, _) = text.split_at(byte);
                let line = before.matches('\n').count() + 1;
                let last = before.rsplit('\n').next().unwrap_or_default();
                let expected = Place {
                    offset: before.encode_utf16().count(), line, column: last.encode_utf16().count() + 1,
                };
                prop_assert_eq!(places.of(byte), expected);
                prop_assert_eq!(places.offset(byte), expected.offset);
                prop_assert_eq!(byte_of(text.as_bytes(), expected.offset), (byte, 0));
            }
        }
    }
}
