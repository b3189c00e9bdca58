//! The answer's text while it grows.

use crate::compile::PaddedBytes;
use crate::json::block::{BLOCK, PAIR};
use crate::json::limits;

/// A buffer that is written from front to back and used again for the next answer.
#[derive(Debug, Default)]
pub(crate) struct OutputBuffer {
    buffer: Vec<u8>,
    len: usize,
    /// Something did not fit below [`CEILING`] and was left out.
    full: bool,
}

/// Largest size of a buffer, in bytes: an answer of the largest size and the alert that goes beyond it.
const CEILING: usize = limits::ANSWER_BYTES + (16 << 20);

/// Least room of a buffer that is written to, in bytes.
const ROOM: usize = 4096;

impl OutputBuffer {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.buffer.get(..self.len).unwrap_or_default()
    }

    /// What was written.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        self.buffer.truncate(self.len);
        self.buffer
    }

    /// Forgets everything from `len` on.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
        self.full = false;
    }

    /// Whether something did not fit.
    pub(crate) fn is_full(&self) -> bool {
        self.full
    }

    /// Makes room for `room` bytes in all.
    pub(crate) fn reserve(&mut self, room: usize) {
        if self.buffer.len() < room {
            self.buffer.resize(room.min(CEILING), 0);
        }
    }

    /// Gives memory back beyond `keep` bytes.
    pub(crate) fn trim(&mut self, keep: usize) {
        if self.buffer.len() > keep {
            *self = OutputBuffer::default();
        }
    }

    /// Appends what `write` writes. Where the room is too small for it, it is written again into more: so nothing
    /// has to be measured beforehand, and `write` must write the same each time.
    pub(crate) fn write(&mut self, write: impl Fn(&mut OutputWriter<'_>)) {
        loop {
            let mut writer = OutputWriter { rest: self.buffer.get_mut(self.len..).unwrap_or_default(), short: false };
            write(&mut writer);
            let (left, short) = (writer.rest.len(), writer.short);
            if !short {
                self.len = self.buffer.len() - left;
                return;
            }
            if !self.grow() {
                return;
            }
        }
    }

    /// Makes more room; false when there is as much as there may be.
    fn grow(&mut self) -> bool {
        self.full = self.buffer.len() >= CEILING;
        if !self.full {
            self.buffer.resize((self.buffer.len() * 2).clamp(ROOM, CEILING), 0);
        }
        !self.full
    }

    pub(crate) fn put(&mut self, text: &[u8]) {
        if text.len() > ROOM {
            self.reserve(self.len + text.len());
        }
        self.write(|writer| writer.put(text));
    }

    /// Appends text that is known when compiling.
    pub(crate) fn literal<const N: usize>(&mut self, text: &[u8; N]) {
        self.write(|writer| writer.literal(text));
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.literal(&[byte]);
    }

    /// Appends text as a JSON string.
    pub(crate) fn quoted(&mut self, text: &str) {
        self.put(&crate::json::escape::quoted(text));
    }

    /// Appends an object that gives each name its count.
    pub(crate) fn counts(&mut self, names: &[&str], counts: &[usize]) {
        for (place, (name, count)) in names.iter().zip(counts).enumerate() {
            self.put(if place == 0 { b"{" } else { b"," });
            self.quoted(name);
            self.put(b":");
            self.number(*count as i64);
        }
        self.put(b"}");
    }

    /// Appends a number.
    pub(crate) fn number(&mut self, number: i64) {
        self.write(|writer| writer.number(number));
    }
}

/// Writes into what is left of a buffer. When something does not fit, nothing after it is written either.
///
/// Short texts are copied in blocks, which in WebAssembly costs less than a call that copies the exact number of
/// bytes; what is copied too much is overwritten by what follows.
pub(crate) struct OutputWriter<'o> {
    rest: &'o mut [u8],
    /// Something did not fit.
    short: bool,
}

impl OutputWriter<'_> {
    /// Appends text that is known when compiling; becomes a few stores.
    pub(crate) fn literal<const N: usize>(&mut self, text: &[u8; N]) {
        match core::mem::take(&mut self.rest).split_first_chunk_mut::<N>() {
            Some((to, rest)) => {
                *to = *text;
                self.rest = rest;
            }
            None => self.short = true,
        }
    }

    /// Appends `len` bytes of `text`, beginning at `start`. What stands behind them is read too, where something does.
    pub(crate) fn copy(&mut self, text: &[u8], start: usize, len: usize) {
        if len <= PAIR
            && let Some(pair) = text.get(start..).and_then(|from| from.first_chunk::<PAIR>())
            && let Some(to) = self.rest.first_chunk_mut::<PAIR>()
        {
            copy_pair(pair, to);
            self.advance(len);
        } else {
            self.copy_long(text, start, len);
        }
    }

    /// What is called takes the room and not the writer, which else would have to stay in memory.
    fn copy_long(&mut self, text: &[u8], start: usize, len: usize) {
        if blocks(text, start, len, self.rest) {
            self.advance(len);
        } else {
            self.rest = &mut [];
            self.short = true;
        }
    }

    fn advance(&mut self, len: usize) {
        match core::mem::take(&mut self.rest).get_mut(len..) {
            Some(rest) => self.rest = rest,
            None => self.short = true,
        }
    }

    pub(crate) fn padded(&mut self, text: &PaddedBytes) {
        let (bytes, len) = text.parts();
        self.copy(bytes, 0, len);
    }

    pub(crate) fn put(&mut self, text: &[u8]) {
        self.copy_long(text, 0, text.len());
    }

    /// Appends a number.
    pub(crate) fn number(&mut self, number: i64) {
        const EIGHT: u64 = 100_000_000;
        if let Ok(number @ 0..100_000_000) = u32::try_from(number) {
            return self.digits(digits(number), true);
        }
        let Some(number) = u64::try_from(number).ok().filter(|&number| number < EIGHT * EIGHT) else {
            return self.put(number.to_string().as_bytes());
        };
        // Less than that each.
        let (high, low) = ((number / EIGHT) as u32, (number % EIGHT) as u32);
        if high > 0 {
            self.digits(digits(high), true);
        }
        self.digits(digits(low), high == 0);
    }

    /// Appends eight digits, or those after leading zeros.
    fn digits(&mut self, digits: u64, significant: bool) {
        let zeros = if significant { digits.trailing_zeros().min(56) / 8 } else { 0 };
        let text = (digits | 0x3030_3030_3030_3030) >> (zeros * 8);
        match self.rest.first_chunk_mut() {
            Some(to) => {
                *to = text.to_le_bytes();
                self.advance(8 - zeros as usize);
            }
            None => self.short = true,
        }
    }
}

/// The eight digits of a number below 10^8, one in each byte, the first in the lowest. The parts of the number are
/// divided all at once; multiplying and shifting divides exactly where the parts are so small.
fn digits(number: u32) -> u64 {
    // Dividing takes WebAssembly many times as long as multiplying and shifting.
    let high = (u64::from(number) * 3_518_437_209) >> 45;
    let fours = high | (u64::from(number) - high * 10_000) << 32;
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let twos = hundreds | (fours - hundreds * 100) << 16;
    let tens = ((twos * 103) >> 10) & 0x000f_000f_000f_000f;
    tens | (twos - tens * 10) << 8
}

fn copy_pair(from: &[u8; PAIR], to: &mut [u8; PAIR]) {
    let [a, b]: &[[u8; BLOCK]; 2] = bytemuck::must_cast_ref(from);
    let to: &mut [[u8; BLOCK]; 2] = bytemuck::must_cast_mut(to);
    *to = [*a, *b];
}

/// Copies `len` bytes; false when there is not that much room.
fn blocks(text: &[u8], start: usize, len: usize, mut to: &mut [u8]) -> bool {
    /// From here on the call that copies the exact number costs less.
    const LONG: usize = 512;
    let mut from = text.get(start..).unwrap_or_default();
    let mut left = len;
    while len <= LONG
        && to.len() >= PAIR
        && let Some((pair, behind)) = from.split_first_chunk::<PAIR>()
        && let Some((room, rest)) = core::mem::take(&mut to).split_first_chunk_mut::<PAIR>()
    {
        copy_pair(pair, room);
        if left <= PAIR {
            return true;
        }
        (from, to, left) = (behind, rest, left - PAIR);
    }
    match (from.get(..left), to.get_mut(..left)) {
        (Some(from), Some(to)) => {
            match left {
                0..4 => to.iter_mut().zip(from).for_each(|(to, from)| *to = *from),
                4..8 => ends::<4>(from, to),
                8..16 => ends::<8>(from, to),
                16..=PAIR => ends::<BLOCK>(from, to),
                _ => to.copy_from_slice(from),
            }
            true
        }
        _ => false,
    }
}

/// Copies a text of `N` to twice as many bytes: its beginning and its end, which may overlap.
fn ends<const N: usize>(from: &[u8], to: &mut [u8]) {
    if let (Some(from), Some(to)) = (from.first_chunk::<N>(), to.first_chunk_mut::<N>()) {
        *to = *from;
    }
    if let (Some(from), Some(to)) = (from.last_chunk::<N>(), to.last_chunk_mut::<N>()) {
        *to = *from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_put_is_there(parts in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..90), 0usize..90, 0usize..90), 0..20)) {
            let (mut out, mut expected) = (OutputBuffer::default(), Vec::new());
            for (bytes, a, b) in parts {
                let (a, b) = (a.min(bytes.len()), b.min(bytes.len()));
                let (start, end) = (a.min(b), a.max(b));
                out.write(|writer| {
                    writer.copy(&bytes, start, end - start);
                    writer.literal(b"|");
                });
                expected.extend_from_slice(bytes.get(start..end).unwrap_or_default());
                expected.push(b'|');
            }
            prop_assert_eq!(out.bytes(), expected);
        }

        #[test]
        fn numbers_are_written(number: i64, shift in 0u32..64) {
            for number in [number, number >> shift, (number >> shift).saturating_abs()] {
                let mut out = OutputBuffer::default();
                out.number(number);
                let text = number.to_string();
                prop_assert_eq!(out.bytes(), text.as_bytes());
            }
        }

        #[test]
        fn nothing_is_lost_where_the_buffer_grows(lengths in prop::collection::vec(0usize..9000, 0..8)) {
            let (mut out, mut expected) = (OutputBuffer::default(), Vec::new());
            for length in lengths {
                let text = vec![b'x'; length];
                out.write(|writer| {
                    writer.literal(b"[");
                    writer.put(&text);
                    writer.number(length as i64);
                    writer.literal(b"]");
                });
                expected.extend_from_slice(format!("[{}{length}]", "x".repeat(length)).as_bytes());
            }
            prop_assert_eq!(out.bytes(), expected);
        }
    }

    #[test]
    fn round_numbers_are_written() {
        for number in (0..19).map(|power| 10i64.pow(power)).flat_map(|power| [power - 1, power, power + 1, -power]) {
            let mut out = OutputBuffer::default();
            out.number(number);
            assert_eq!(out.bytes(), number.to_string().as_bytes());
        }
    }
}
