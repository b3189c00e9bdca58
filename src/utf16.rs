//! Text as JavaScript holds it, as UTF-8.

/// Units that are looked at together.
const BLOCK: usize = 16;

/// Writes UTF-16 as UTF-8 and gives the number of bytes. Half a surrogate pair becomes U+FFFD. It stops before a character
/// that there is no room for.
pub(crate) fn encode(units: &[u16], out: &mut [u8]) -> usize {
    let (mut rest, mut at) = (units, 0);
    loop {
        while let Some((pair, after)) = rest.split_first_chunk::<{ 2 * BLOCK }>()
            && let Some(to) = out.get_mut(at..).and_then(|room| room.first_chunk_mut::<{ 2 * BLOCK }>())
        {
            let [a, b]: &[[u16; BLOCK]; 2] = bytemuck::must_cast_ref(pair);
            let ((a, ascii), (b, more)) = (narrow(a), narrow(b));
            // Those behind the first of another kind are overwritten.
            *to = bytemuck::must_cast([a, b]);
            if ascii + more < 2 * BLOCK {
                let ascii = if ascii < BLOCK { ascii } else { BLOCK + more };
                at += ascii;
                rest = rest.get(ascii..).unwrap_or_default();
                break;
            }
            // A number that is known: the next block need not wait for the count.
            at += 2 * BLOCK;
            rest = after;
        }
        // The next one is not ASCII, or among the last.
        loop {
            let Some((&unit, after)) = rest.split_first() else {
                return at;
            };
            rest = after;
            let mut c = u32::from(unit);
            if let 0xd800..0xe000 = unit {
                c = 0xfffd;
                if let (..0xdc00, Some((&low @ 0xdc00..0xe000, after))) = (unit, rest.split_first()) {
                    c = 0x1_0000 + ((u32::from(unit) - 0xd800) << 10) + (u32::from(low) - 0xdc00);
                    rest = after;
                }
            }
            let Some(next) = put(c, out, at) else {
                return at;
            };
            at = next;
            if rest.first().is_some_and(|&unit| unit < 0x80) {
                break;
            }
        }
    }
}

/// The units of a block as bytes, and how many are ASCII before the first that is not.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
fn narrow(block: &[u16; BLOCK]) -> ([u8; BLOCK], usize) {
    use core::arch::wasm32::{i8x16_bitmask, i8x16_narrow_i16x8, u8x16_narrow_i16x8, u16x8_gt, u16x8_splat, v128};
    let [a, b]: [v128; 2] = bytemuck::must_cast(*block);
    let others = i8x16_narrow_i16x8(u16x8_gt(a, u16x8_splat(0x7f)), u16x8_gt(b, u16x8_splat(0x7f)));
    let others = u32::from(i8x16_bitmask(others)) | 1 << BLOCK;
    (bytemuck::must_cast(u8x16_narrow_i16x8(a, b)), others.trailing_zeros() as usize)
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn narrow(block: &[u16; BLOCK]) -> ([u8; BLOCK], usize) {
    let mut bytes = [0; BLOCK];
    for (byte, unit) in bytes.iter_mut().zip(block) {
        *byte = *unit as u8;
    }
    (bytes, block.iter().position(|&unit| unit >= 0x80).unwrap_or(BLOCK))
}

/// Writes a character and gives where it ends. What follows in the next few bytes is overwritten.
fn put(c: u32, out: &mut [u8], at: usize) -> Option<usize> {
    let next = |shift: u32| 0x80 | ((c >> shift) & 0x3f);
    // The first byte is the lowest.
    let (bytes, length) = match c {
        0..0x80 => (c, 1),
        0x80..0x800 => (0xc0 | (c >> 6) | (next(0) << 8), 2),
        0x800..0x1_0000 => (0xe0 | (c >> 12) | (next(6) << 8) | (next(0) << 16), 3),
        _ => (0xf0 | (c >> 18) | (next(12) << 8) | (next(6) << 16) | (next(0) << 24), 4),
    };
    let bytes = bytes.to_le_bytes();
    let room = out.get_mut(at..)?;
    if let Some(to) = room.first_chunk_mut() {
        *to = bytes;
    } else {
        let to = room.get_mut(..length)?;
        to.copy_from_slice(bytes.get(..length)?);
    }
    Some(at + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoded(units: &[u16]) -> String {
        let mut out = vec![0; units.len() * 3];
        let length = encode(units, &mut out);
        out.truncate(length);
        String::from_utf8(out).unwrap_or_default()
    }

    #[test]
    fn every_character() {
        let all: String = (0..=0x10_ffff).filter_map(char::from_u32).collect();
        let units: Vec<u16> = all.encode_utf16().collect();
        assert!(encoded(&units) == all);
    }

    #[test]
    fn half_a_pair() {
        assert_eq!(encoded(&[0x61, 0xd800]), "a\u{fffd}");
        assert_eq!(encoded(&[0xdc00, 0xd83d, 0xde00, 0xd800, 0x62]), "\u{fffd}😀\u{fffd}b");
    }

    #[test]
    fn no_room() {
        let units: Vec<u16> = "aé€😀".encode_utf16().collect();
        let lengths: Vec<usize> = (0..=10).map(|room| encode(&units, &mut vec![0; room])).collect();
        assert_eq!(lengths, [0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10]);
        assert_eq!(encode(&[0x61; 40], &mut [0; 37]), 37);
    }

    proptest! {
        #[test]
        fn as_the_standard_library(
            runs in prop::collection::vec((0usize..40, any::<u16>(), 0usize..4), 0..12),
        ) {
            let text = |(ascii, unit, times): (usize, u16, usize)| {
                (0..ascii).map(|n| (n as u16 * 7) & 0x7f).chain([unit].repeat(times))
            };
            let units: Vec<u16> = runs.into_iter().flat_map(text).collect();
            prop_assert_eq!(encoded(&units), String::from_utf16_lossy(&units));
        }
    }
}
