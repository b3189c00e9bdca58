//! Sixteen bytes at a time: the inner loops of the scanner.
//!
//! Each function has one shape for every target; only the comparison of a block differs (simd128 in wasm, what
//! processors of 64 bits have, arithmetic on words elsewhere). Bytes after the last full pair of blocks are looked at one by one, so no caller
//! has to pad its buffer.

/// Bytes compared at once.
pub(crate) const BLOCK: usize = 16;

/// Bytes of two blocks, the step of the loops. Strings are short, and how many blocks one has cannot be foreseen: fewer
/// and larger steps are guessed wrong less often.
pub(crate) const PAIR: usize = 2 * BLOCK;

/// One block of text.
pub(crate) type Block = [u8; BLOCK];

/// First index from `i` on that ends a run of plain string bytes, and the byte there: a quote, a backslash, a control
/// character or a byte above ASCII. The length of `bytes` and NUL when there is none.
pub(crate) fn plain_end(bytes: &[u8], i: usize) -> (usize, u8) {
    end(bytes, i, simd::special, |b| b == b'"' || b == b'\\' || !(0x20..0x80).contains(&b))
}

/// As [`plain_end`], but bytes above ASCII are plain too.
pub(crate) fn text_end(bytes: &[u8], i: usize) -> (usize, u8) {
    end(bytes, i, simd::special_ascii, |b| b == b'"' || b == b'\\' || b < 0x20)
}

/// First index from `i` on that is not white space.
pub(crate) fn whitespace_end(bytes: &[u8], i: usize) -> usize {
    end(bytes, i, |block| !simd::whitespace(block) & 0xffff, |b| !matches!(b, b' ' | b'\n' | b'\r' | b'\t')).0
}

/// First index from `i` on of a byte that stops, and that byte. `stops` finds them in a block, `stop` checks one byte.
fn end(bytes: &[u8], i: usize, stops: impl Fn(&Block) -> u32, stop: impl Fn(u8) -> bool) -> (usize, u8) {
    let Some(mut rest) = bytes.get(i..) else {
        return (bytes.len(), 0);
    };
    // Shrinking what is left takes one comparison for each step; an index would take two.
    while let Some((pair, after)) = rest.split_first_chunk::<PAIR>() {
        let [a, b]: &[Block; 2] = bytemuck::must_cast_ref(pair);
        let found = stops(a) | stops(b) << BLOCK;
        if found != 0 {
            let at = found.trailing_zeros() as usize;
            // The mask changes nothing; with it no check is needed.
            return (bytes.len() - rest.len() + at, pair.get(at & (PAIR - 1)).copied().unwrap_or(0));
        }
        rest = after;
    }
    tail(bytes, rest.len(), stop)
}

/// The end of [`end`], in the last `left` bytes.
fn tail(bytes: &[u8], left: usize, stop: impl Fn(u8) -> bool) -> (usize, u8) {
    let from = bytes.len() - left;
    let found = (from..).zip(bytes.get(from..).unwrap_or_default()).find(|&(_, &b)| stop(b));
    found.map_or((bytes.len(), 0), |(at, &b)| (at, b))
}

/// One bit for each byte that is equal in both blocks, lowest first.
pub(crate) fn equal(a: &Block, b: &Block) -> u32 {
    simd::equal(a, b)
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd {
    use super::Block;
    use core::arch::wasm32::{
        i8x16_bitmask, i8x16_lt, i8x16_splat, u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, v128, v128_or,
    };

    fn load(block: &Block) -> v128 {
        bytemuck::must_cast(*block)
    }

    pub(super) fn special(block: &Block) -> u32 {
        let v = load(block);
        let marks = v128_or(u8x16_eq(v, u8x16_splat(b'"')), u8x16_eq(v, u8x16_splat(b'\\')));
        // Signed: bytes above ASCII are negative, so one comparison finds them and the control characters.
        let rest = i8x16_lt(v, i8x16_splat(0x20));
        u32::from(i8x16_bitmask(v128_or(marks, rest)))
    }

    pub(super) fn special_ascii(block: &Block) -> u32 {
        let v = load(block);
        let marks = v128_or(u8x16_eq(v, u8x16_splat(b'"')), u8x16_eq(v, u8x16_splat(b'\\')));
        u32::from(u8x16_bitmask(v128_or(marks, u8x16_lt(v, u8x16_splat(0x20)))))
    }

    pub(super) fn whitespace(block: &Block) -> u32 {
        let v = load(block);
        let line = v128_or(u8x16_eq(v, u8x16_splat(b'\n')), u8x16_eq(v, u8x16_splat(b'\r')));
        let gap = v128_or(u8x16_eq(v, u8x16_splat(b' ')), u8x16_eq(v, u8x16_splat(b'\t')));
        u32::from(u8x16_bitmask(v128_or(line, gap)))
    }

    pub(super) fn equal(a: &Block, b: &Block) -> u32 {
        u32::from(u8x16_bitmask(u8x16_eq(load(a), load(b))))
    }
}

/// What every processor of these kinds has, by way of a crate: its own intrinsics would need unsafe code here.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod simd {
    use super::Block;
    use wide::{CmpEq, CmpLt, i8x16};

    fn load(block: &Block) -> i8x16 {
        i8x16::new(bytemuck::must_cast(*block))
    }

    fn is(v: i8x16, byte: u8) -> i8x16 {
        v.cmp_eq(i8x16::splat(byte as i8))
    }

    fn bits(marks: i8x16) -> u32 {
        marks.move_mask() as u32
    }

    pub(super) fn special(block: &Block) -> u32 {
        let v = load(block);
        // Signed: bytes above ASCII are negative.
        bits(is(v, b'"') | is(v, b'\\') | v.cmp_lt(i8x16::splat(0x20)))
    }

    pub(super) fn special_ascii(block: &Block) -> u32 {
        let v = load(block);
        bits(is(v, b'"') | is(v, b'\\') | v.cmp_lt(i8x16::splat(0x20))) & !bits(v)
    }

    pub(super) fn whitespace(block: &Block) -> u32 {
        let v = load(block);
        bits(is(v, b'\n') | is(v, b'\r') | is(v, b' ') | is(v, b'\t'))
    }

    pub(super) fn equal(a: &Block, b: &Block) -> u32 {
        bits(load(a).cmp_eq(load(b)))
    }
}

/// Eight bytes at a time in a word, for targets that have nothing better.
#[cfg(any(
    test,
    not(any(
        all(target_arch = "wasm32", target_feature = "simd128"),
        target_arch = "x86_64",
        target_arch = "aarch64"
    ))
))]
mod words {
    use super::Block;

    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;

    /// Bit 7 of each byte that is less than `limit`, which is at most 0x80. Exact for every byte.
    fn less(word: u64, limit: u8) -> u64 {
        // Adding to the low seven bits carries into bit 7 exactly where they reach the limit.
        let reaches = (word & !HIGH) + ONES * u64::from(0x80 - limit);
        !(reaches | word) & HIGH
    }

    /// Bit 7 of each byte that is equal to `byte`.
    fn same(word: u64, byte: u8) -> u64 {
        less(word ^ (ONES * u64::from(byte)), 1)
    }

    /// One bit for each byte whose bit 7 is set.
    fn collect_bits(marks: u64) -> u32 {
        ((marks >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
    }

    fn bits(block: &Block, marks: impl Fn(u64) -> u64) -> u32 {
        let whole = u128::from_le_bytes(*block);
        collect_bits(marks(whole as u64)) | collect_bits(marks((whole >> 64) as u64)) << 8
    }

    pub(super) fn special(block: &Block) -> u32 {
        bits(block, |w| same(w, b'"') | same(w, b'\\') | less(w, 0x20) | w & HIGH)
    }

    pub(super) fn special_ascii(block: &Block) -> u32 {
        bits(block, |w| same(w, b'"') | same(w, b'\\') | less(w, 0x20))
    }

    pub(super) fn whitespace(block: &Block) -> u32 {
        bits(block, |w| same(w, b' ') | same(w, b'\n') | same(w, b'\r') | same(w, b'\t'))
    }

    pub(super) fn equal(a: &Block, b: &Block) -> u32 {
        let differ = u128::from_le_bytes(*a) ^ u128::from_le_bytes(*b);
        bits(&differ.to_le_bytes(), |w| less(w, 1))
    }
}

#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    target_arch = "x86_64",
    target_arch = "aarch64"
)))]
use words as simd;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What all of them mean, byte by byte.
    fn bits(block: &Block, hit: impl Fn(u8) -> bool) -> u32 {
        block.iter().rev().fold(0, |mask, &b| mask << 1 | u32::from(hit(b)))
    }

    proptest! {
        #[test]
        fn the_bytes_are_found(a: Block, b: Block, mix: u16) {
            let mut c = a;
            for (k, (x, y)) in c.iter_mut().zip(b).enumerate() {
                if mix >> k & 1 == 1 { *x = y; }
            }
            let control = |b: u8| b == b'"' || b == b'\\' || b < 0x20;
            let special = bits(&a, |b| control(b) || b >= 0x80);
            prop_assert_eq!([words::special(&a), simd::special(&a)], [special; 2]);
            prop_assert_eq!([words::special_ascii(&a), simd::special_ascii(&a)], [bits(&a, control); 2]);
            let blank = bits(&a, |b| matches!(b, b' ' | b'\n' | b'\r' | b'\t'));
            prop_assert_eq!([words::whitespace(&a), simd::whitespace(&a)], [blank; 2]);
            let same = a.iter().zip(&c).rev().fold(0, |mask, (x, y)| mask << 1 | u32::from(x == y));
            prop_assert_eq!([words::equal(&a, &c), simd::equal(&a, &c)], [same; 2]);
        }

        #[test]
        fn the_end_is_found_at_every_alignment(
            run in "[ -!#-\\[\\]-~]{0,50}", stop in prop::sample::select(vec![b'"', b'\\', 0, 0x1f, 0x80, 0xff]), from in 0usize..20,
        ) {
            let mut bytes = run.clone().into_bytes();
            let from = from.min(bytes.len());
            prop_assert_eq!(plain_end(&bytes, from), (bytes.len(), 0));
            bytes.push(stop);
            prop_assert_eq!(plain_end(&bytes, from), (run.len(), stop));
            bytes.extend_from_slice(b"and then some more text after it");
            prop_assert_eq!(plain_end(&bytes, from), (run.len(), stop));
        }

        #[test]
        fn blanks_end_at_the_first_solid_byte(blanks in "[ \t\r\n]{0,50}") {
            let mut bytes = blanks.clone().into_bytes();
            prop_assert_eq!(whitespace_end(&bytes, 0), blanks.len());
            bytes.push(b'x');
            prop_assert_eq!(whitespace_end(&bytes, 0), blanks.len());
        }
    }
}
