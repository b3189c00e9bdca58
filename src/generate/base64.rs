//! Base64, for the places that cannot hold a text as it is.

use crate::json::escape::into_string;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// In lines of at most 76 characters, each with its line feed.
pub(super) fn lines(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len() * 7 / 5);
    let mut groups = 0;
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0, |bits, b| bits << 8 | u32::from(*b)) << (8 * (3 - group.len()));
        let mut quad = [b'='; 4];
        for (place, digit) in quad.iter_mut().take(group.len() + 1).enumerate() {
            *digit = DIGITS.get((bits >> (18 - 6 * place) & 63) as usize).copied().unwrap_or(b'=');
        }
        out.extend_from_slice(&quad);
        groups += 1;
        // 76 characters, or the end.
        if groups % 19 == 0 || group.len() < 3 || groups * 3 == bytes.len() {
            out.extend_from_slice(b"\n");
        }
    }
    into_string(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_filled_up() {
        // From RFC 4648, section 10.
        let cases = [("", ""), ("f", "Zg==\n"), ("fo", "Zm8=\n"), ("foo", "Zm9v\n"), ("foobar", "Zm9vYmFy\n")];
        for (text, expected) in cases {
            assert_eq!(lines(text.as_bytes()), expected);
        }
        assert_eq!(lines(&[0; 58]), format!("{}\nAA==\n", "A".repeat(76)));
    }
}
