//! A text that stays while it is edited.

use super::place;
use core::ops::Range;

/// A text that is edited, as UTF-8. Places are UTF-16 code units, as editors in JavaScript count.
///
/// An edit may end inside a character of two code units, a surrogate pair, and another may put it together again.
///
/// ```
/// use oim_config::EditableText;
///
/// let mut text = EditableText::default();
/// text.set("{\"a\": \"😀\"}".as_bytes());
/// assert!(text.splice(8, 9, &[0xde01]));
/// assert_eq!(text.bytes(), "{\"a\": \"😁\"}".as_bytes());
/// assert!(!text.splice(0, 99, &[]));
/// ```
#[derive(Debug, Default)]
pub struct EditableText {
    bytes: Vec<u8>,
    /// The halves of surrogate pairs without their other half, which UTF-8 does not have. In order.
    halves: Vec<Half>,
}

/// Half a surrogate pair. The bytes have [`UNKNOWN`] in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Half {
    /// Byte of the text.
    at: usize,
    unit: u16,
}

/// U+FFFD, which stands for half a surrogate pair.
const UNKNOWN: &[u8; 3] = b"\xef\xbf\xbd";

impl EditableText {
    /// The text as it is now, with U+FFFD for half a surrogate pair.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Puts another text in place of the whole.
    pub fn set(&mut self, text: &[u8]) {
        self.halves.clear();
        self.bytes.clear();
        self.bytes.extend_from_slice(text);
    }

    /// Puts UTF-16 in place of a range. False where the text ends before the range: then nothing changes.
    pub fn splice(&mut self, start: usize, end: usize, units: &[u16]) -> bool {
        let mut halves = Vec::new();
        let mut text = String::with_capacity(units.len());
        for c in char::decode_utf16(units.iter().copied()) {
            text.push(c.unwrap_or_else(|half| {
                halves.push(Half { at: text.len(), unit: half.unpaired_surrogate() });
                char::REPLACEMENT_CHARACTER
            }));
        }
        self.replace(start, end, text.as_bytes(), &halves)
    }

    /// As [`EditableText::splice`], with UTF-8.
    pub fn splice_utf8(&mut self, start: usize, end: usize, text: &[u8]) -> bool {
        self.replace(start, end, text, &[])
    }

    fn replace(&mut self, start: usize, end: usize, text: &[u8], halves: &[Half]) -> bool {
        let (mut from, inside) = place::byte_of(&self.bytes, start);
        if inside > 0 && from == self.bytes.len() {
            return false;
        }
        if inside > 0 {
            from = self.split(from);
        }
        let rest = self.bytes.get(from..).unwrap_or_default();
        let (length, inside) = place::byte_of(rest, end.saturating_sub(start));
        let mut to = from + length;
        if inside > 0 && to == self.bytes.len() {
            self.join(from);
            return false;
        }
        if inside > 0 {
            to = self.split(to);
        }
        self.put(from..to, text, halves);
        self.join(from + text.len());
        self.join(from);
        true
    }

    /// Makes two halves of the character at a byte. Returns where the second begins, or `at` where no such character is.
    fn split(&mut self, at: usize) -> usize {
        let bytes = self.bytes.get(at..at + 4).unwrap_or_default();
        let Some(c) = core::str::from_utf8(bytes).ok().and_then(|text| text.chars().next()) else {
            return at;
        };
        let mut pair = [0; 2];
        if let &mut [high, low] = c.encode_utf16(&mut pair) {
            let halves = [Half { at: 0, unit: high }, Half { at: UNKNOWN.len(), unit: low }];
            self.put(at..at + 4, &[*UNKNOWN, *UNKNOWN].concat(), &halves);
            return at + UNKNOWN.len();
        }
        at
    }

    /// Makes one character of the halves that meet at a byte.
    fn join(&mut self, at: usize) {
        let unit = |at: usize| self.halves.iter().find(|half| half.at == at).map(|half| half.unit);
        let Some(start) = at.checked_sub(UNKNOWN.len()) else {
            return;
        };
        if let (Some(high), Some(low)) = (unit(start), unit(at))
            && let Some(Ok(c)) = char::decode_utf16([high, low].iter().copied()).next()
        {
            self.put(start..at + UNKNOWN.len(), c.encode_utf8(&mut [0; 4]).as_bytes(), &[]);
        }
    }

    /// Puts text in place of a range of bytes. `halves` are those of the text.
    fn put(&mut self, range: Range<usize>, text: &[u8], halves: &[Half]) {
        if !(self.halves.is_empty() && halves.is_empty()) {
            let later = self.halves.iter().filter(|half| half.at >= range.end);
            let moved: Vec<Half> = later
                .map(|half| Half { at: half.at - range.end + range.start + text.len(), unit: half.unit })
                .collect();
            self.halves.retain(|half| half.at < range.start);
            self.halves.extend(halves.iter().map(|half| Half { at: range.start + half.at, unit: half.unit }));
            self.halves.extend(moved);
        }
        self.bytes.splice(range, text.iter().copied());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(of: &str) -> EditableText {
        let mut text = EditableText::default();
        text.set(of.as_bytes());
        text
    }

    #[test]
    fn edits_inside_surrogate_pairs() {
        // The text, the edits, and what it is after each.
        type UnitsEdit<'e> = (usize, usize, &'e [u16], &'e str);
        let cases: [(&str, &[UnitsEdit<'_>]); 5] = [
            ("a😀b", &[(2, 3, &[0xde01], "a😁b")]),
            ("a😀b", &[(1, 2, &[0xd83e], "a🨀b")]),
            ("a😀b", &[(2, 3, &[], "a\u{fffd}b"), (2, 2, &[0xde02], "a😂b")]),
            ("😀😁", &[(1, 3, &[], "😁")]),
            ("😀", &[(1, 1, &[0x78], "\u{fffd}x\u{fffd}"), (1, 2, &[], "😀")]),
        ];
        for (before, edits) in cases {
            let mut text = text(before);
            for (start, end, units, after) in edits {
                assert!(text.splice(*start, *end, units));
                assert_eq!(String::from_utf8_lossy(text.bytes()), *after, "{before}, {start}..{end}");
            }
            assert_eq!(text.halves, [], "{before}");
        }
    }

    #[test]
    fn a_range_beyond_the_text_changes_nothing() {
        for range in [(0, 4), (3, 4), (4, 4), (2, 9)] {
            let mut text = text("a😀");
            assert!(!text.splice(range.0, range.1, &[]), "{range:?}");
            assert_eq!((text.bytes(), &*text.halves), ("a😀".as_bytes(), &[][..]), "{range:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text() {
        for bytes in [&b"a\xf0"[..], b"\xf0\x9f\x98", b"\xff\xf0aaaa", b"\x80\x80"] {
            for (start, end) in [(0, 1), (1, 2), (1, 1), (2, 3)] {
                let mut text = EditableText::default();
                text.set(bytes);
                text.splice(start, end, &[0xde00]);
            }
        }
    }

    proptest! {
        #[test]
        fn as_an_array_of_units(
            start in prop::collection::vec(prop::sample::select(UNITS.to_vec()), 0..12),
            edits in prop::collection::vec(
                (0usize..14, 0usize..6, prop::collection::vec(prop::sample::select(UNITS.to_vec()), 0..4)), 0..8,
            ),
        ) {
            let (mut text, mut units) = (EditableText::default(), start);
            prop_assert!(text.splice(0, 0, &units));
            for (start, length, new) in edits {
                let end = start + length;
                prop_assert_eq!(text.splice(start, end, &new), end <= units.len());
                if end <= units.len() {
                    units.splice(start..end, new);
                }
                prop_assert_eq!(String::from_utf8_lossy(text.bytes()), String::from_utf16_lossy(&units));
            }
        }
    }

    /// Halves of pairs, and characters of one to three bytes.
    const UNITS: [u16; 7] = [0xd83d, 0xd83e, 0xde00, 0xde01, 0x61, 0xe9, 0xfffd];
}
