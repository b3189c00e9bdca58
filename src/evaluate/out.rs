//! The answer's text while it grows.

use crate::compile::Padded;
use crate::json::block::{self, BLOCK};
use crate::json::escape::push_escaped;
use crate::json::limits;

/// A buffer that is written from front to back and used again for the next answer.
///
/// Short texts are copied sixteen bytes at a time, which in WebAssembly costs less than a call that copies the exact
/// number; what is copied too much is overwritten by what follows.
#[derive(Debug, Default)]
pub(crate) struct Out {
    buffer: Vec<u8>,
    len: usize,
    /// Something did not fit below [`CEILING`] and was left out.
    full: bool,
}

/// Largest size of a buffer, in bytes: an answer of the largest size and the alert that goes beyond it.
const CEILING: usize = limits::ANSWER_BYTES + (16 << 20);

/// Most digits of a number of 64 bits.
const DIGITS: usize = 20;

impl Out {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.buffer.get(..self.len).unwrap_or_default()
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

    /// Gives memory back beyond `keep` bytes.
    pub(crate) fn trim(&mut self, keep: usize) {
        if self.buffer.len() > keep {
            *self = Out::default();
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, need: usize) {
        if need > CEILING {
            self.full = true;
            return;
        }
        self.buffer.resize(need.max(self.buffer.len() * 2).clamp(4096, CEILING), 0);
    }

    /// Appends `len` bytes of `from`, beginning at `start`.
    #[inline(always)]
    pub(crate) fn copy(&mut self, from: &[u8], start: usize, len: usize) {
        let need = self.len + len + BLOCK;
        if need > self.buffer.len() {
            self.grow(need);
            if self.full {
                return;
            }
        }
        let mut done = 0;
        while done < len {
            let to = self.buffer.get_mut(self.len + done..).and_then(|rest| rest.first_chunk_mut::<BLOCK>());
            let (Some(to), Some(block)) = (to, block::at(from, start + done)) else {
                return self.copy_rest(from, start, len, done);
            };
            *to = *block;
            done += BLOCK;
        }
        self.len += len;
    }

    /// The end of a text that has no whole block behind it.
    #[cold]
    #[inline(never)]
    fn copy_rest(&mut self, from: &[u8], start: usize, len: usize, done: usize) {
        let to = self.buffer.get_mut(self.len + done..self.len + len).unwrap_or_default();
        let rest = from.get(start + done..start + len).unwrap_or_default();
        for (to, from) in to.iter_mut().zip(rest) {
            *to = *from;
        }
        self.len += len;
    }

    #[inline(always)]
    pub(crate) fn padded(&mut self, text: &Padded) {
        let (bytes, len) = text.parts();
        self.copy(bytes, 0, len);
    }

    #[inline(always)]
    pub(crate) fn put(&mut self, text: &[u8]) {
        self.copy(text, 0, text.len());
    }

    /// Appends text that is known when compiling; becomes a few stores.
    #[inline(always)]
    pub(crate) fn literal<const N: usize>(&mut self, text: &[u8; N]) {
        if self.len + N > self.buffer.len() {
            self.grow(self.len + N);
        }
        if let Some(to) = self.buffer.get_mut(self.len..).and_then(|rest| rest.first_chunk_mut::<N>()) {
            *to = *text;
            self.len += N;
        }
    }

    #[inline(always)]
    pub(crate) fn byte(&mut self, byte: u8) {
        if self.len >= self.buffer.len() {
            self.grow(self.len + BLOCK);
        }
        if let Some(to) = self.buffer.get_mut(self.len) {
            *to = byte;
            self.len += 1;
        }
    }

    /// Appends text as a JSON string.
    pub(crate) fn quoted(&mut self, text: &str) {
        let mut escaped = Vec::with_capacity(text.len() + 2);
        crate::json::escape::quote(text, &mut escaped);
        self.put(&escaped);
    }

    /// Appends raw JSON text as a JSON string.
    pub(crate) fn quoted_raw(&mut self, raw: &[u8]) {
        let mut escaped = Vec::with_capacity(raw.len() + raw.len() / 4);
        raw.iter().for_each(|&b| push_escaped(b, &mut escaped));
        self.byte(b'"');
        self.put(&escaped);
        self.byte(b'"');
    }

    /// Appends a number.
    pub(crate) fn number(&mut self, number: i64) {
        // Room behind the digits, so that they are copied in one block.
        let mut text = [0u8; DIGITS + BLOCK];
        let mut rest = number.unsigned_abs();
        let mut used = 0;
        for digit in text.iter_mut().take(DIGITS).rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
            used += 1;
            if rest == 0 {
                break;
            }
        }
        if number < 0 {
            self.byte(b'-');
        }
        self.copy(&text, DIGITS - used, used);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_put_is_there(parts in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..60), 0usize..60, 0usize..60), 0..20)) {
            let (mut out, mut expected) = (Out::default(), Vec::new());
            for (bytes, a, b) in parts {
                let (a, b) = (a.min(bytes.len()), b.min(bytes.len()));
                let (start, end) = (a.min(b), a.max(b));
                out.copy(&bytes, start, end - start);
                out.byte(b'|');
                expected.extend_from_slice(bytes.get(start..end).unwrap_or_default());
                expected.push(b'|');
            }
            prop_assert_eq!(out.bytes(), expected);
        }

        #[test]
        fn numbers_are_written(number: i64) {
            let mut out = Out::default();
            out.number(number);
            let text = number.to_string();
            prop_assert_eq!(out.bytes(), text.as_bytes());
        }
    }
}
