//! From the raw inside of a JSON string to its text, and back.
//!
//! Everything here expects what the scanner accepted; on anything else it gives some text, and never panics.

use super::scan::{ESCAPED, LONE};
use super::{block, hex};
use std::borrow::Cow;

/// The text of a string from the raw text between its quotes. Half a surrogate pair becomes U+FFFD.
pub(crate) fn decode(raw: &[u8], flags: u8) -> Cow<'_, str> {
    if flags & (ESCAPED | LONE) == 0 {
        return String::from_utf8_lossy(raw);
    }
    let mut text = String::with_capacity(raw.len());
    decode_into(raw, &mut text);
    Cow::Owned(text)
}

/// Appends the text of the raw inside of a string.
pub(crate) fn decode_into(raw: &[u8], text: &mut String) {
    let mut rest = raw;
    while let Some(slash) = rest.iter().position(|&b| b == b'\\') {
        let (plain, escape) = rest.split_at(slash);
        text.push_str(&String::from_utf8_lossy(plain));
        let (c, after) = escaped(escape);
        text.push(c);
        rest = escape.get(after..).unwrap_or_default();
    }
    text.push_str(&String::from_utf8_lossy(rest));
}

/// The index in the raw inside of a string where `length` bytes of its text are decoded.
pub(crate) fn decoded_to(raw: &[u8], length: usize) -> usize {
    let (mut at, mut decoded) = (0, 0);
    while decoded < length && at < raw.len() {
        let rest = raw.get(at..).unwrap_or_default();
        if rest.first() == Some(&b'\\') {
            let (c, after) = escaped(rest);
            at += after;
            decoded += c.len_utf8();
        } else {
            at += 1;
            decoded += 1;
        }
    }
    at.min(raw.len())
}

/// The character of the escape that `at` begins with, and the length of the escape.
fn escaped(at: &[u8]) -> (char, usize) {
    match at.get(1) {
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(b'n') => ('\n', 2),
        Some(b'r') => ('\r', 2),
        Some(b't') => ('\t', 2),
        Some(b'u') => {
            let high = unit(at, 2);
            if let (0xd800..0xdc00, Some(b"\\u"), low @ 0xdc00..0xe000) = (high, at.get(6..8), unit(at, 8)) {
                let scalar = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                return (char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER), 12);
            }
            (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), 6)
        }
        Some(&other) => (char::from(other), 2),
        None => (char::REPLACEMENT_CHARACTER, 1),
    }
}

fn unit(at: &[u8], from: usize) -> u32 {
    hex::parse_hex4(at, from).unwrap_or(0)
}

/// Appends `text` as a JSON string, quotes included.
pub(crate) fn quote(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut i = 0;
    loop {
        let (end, stop) = block::text_end(bytes, i);
        out.extend_from_slice(bytes.get(i..end).unwrap_or_default());
        if end >= bytes.len() {
            break;
        }
        push_escaped(stop, out);
        i = end + 1;
    }
    out.push(b'"');
}

/// Appends one byte of the inside of a JSON string.
fn push_escaped(byte: u8, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    match byte {
        b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        0..0x20 => {
            let low = HEX.get(usize::from(byte & 15)).copied().unwrap_or(b'0');
            out.extend_from_slice(&[b'\\', b'u', b'0', b'0', b'0' + (byte >> 4), low]);
        }
        _ => out.push(byte),
    }
}

/// `text` as a JSON string, in bytes.
pub(crate) fn quoted(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

/// `text` as a JSON string.
pub(crate) fn json_string(text: &str) -> String {
    into_string(quoted(text))
}

/// Bytes as a string that were put together from UTF-8.
#[expect(clippy::expect_used, reason = "text is cut between characters only, and was UTF-8 before")]
pub(crate) fn into_string(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("the bytes are UTF-8")
}

/// Appends the raw text of a value without the white space between its parts.
pub(crate) fn compact(raw: &[u8], out: &mut Vec<u8>) {
    let mut in_string = false;
    let mut escaped = false;
    for &b in raw {
        if in_string {
            in_string = escaped || b != b'"';
            escaped = !escaped && b == b'\\';
        } else if b <= b' ' {
            continue;
        } else {
            in_string = b == b'"';
        }
        out.push(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode_any(raw: &[u8]) -> Cow<'_, str> {
        decode(raw, if raw.contains(&b'\\') { ESCAPED } else { 0 })
    }

    #[test]
    fn escapes_are_read() {
        let cases = [
            (r#"a\"b\\c\/d"#, "a\"b\\c/d"),
            (r"\b\f\n\r\t", "\u{8}\u{c}\n\r\t"),
            (r"\u00e9\u6771", "é東"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\ud83d", "\u{fffd}"),
            (r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
            (r"\ud83d\ud83d\ude00", "\u{fffd}😀"),
            (r"\ud83dx", "\u{fffd}x"),
        ];
        for (raw, text) in cases {
            assert_eq!(decode_any(raw.as_bytes()), text, "{raw}");
        }
    }

    #[test]
    fn compact_keeps_strings() {
        let mut out = Vec::new();
        compact(b"{ \"a b\\\" \" : [ 1 ,\n\t2 ] }", &mut out);
        assert_eq!(out, b"{\"a b\\\" \":[1,2]}");
    }

    proptest! {
        #[test]
        fn quote_is_undone_by_decode(text in any::<String>()) {
            let quoted = quoted(&text);
            let inside = quoted.get(1..quoted.len() - 1).unwrap_or_default();
            prop_assert_eq!(decode_any(inside), text.as_str());
            let serde: String = serde_json::from_slice(&quoted).unwrap_or_default();
            prop_assert_eq!(serde, text);
        }

        #[test]
        fn anything_decodes_to_something(raw in prop::collection::vec(any::<u8>(), 0..40)) {
            decode_any(&raw);
        }
    }
}
