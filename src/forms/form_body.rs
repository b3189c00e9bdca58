//! Bodies of the media type `application/x-www-form-urlencoded`.

use crate::json::escape::quote;
use crate::json::key_index::KeyIndex;

/// Longest key, in bytes as written.
const KEY_BYTES: usize = 100;

/// The JSON object of a form body, in which all values are strings and those of a repeated key are an array. `None` if
/// the text is no form body.
///
/// Tools such as PRTG fill values in without encoding them, so a part without a key belongs to the value before it.
pub(super) fn to_json(text: &str) -> Option<String> {
    if text.bytes().any(|b| b < b' ') {
        return None;
    }
    let mut keys = KeyIndex::default();
    let mut members: Vec<(String, Vec<String>)> = Vec::new();
    // The number of the last member.
    let mut last = None;
    let mut pairs = 0;
    for part in text.split('&') {
        let pair = part.split_once('=').filter(|(key, _)| is_key(key));
        match (pair, last) {
            (Some((key, value)), _) => {
                let key = decoded(key);
                let number = keys.get_or_insert(&key, members.len());
                if number == members.len() {
                    members.push((key, Vec::new()));
                }
                members.get_mut(number)?.1.push(decoded(value));
                (last, pairs) = (Some(number), pairs + 1);
            }
            (None, Some(number)) if !part.is_empty() => {
                let value = members.get_mut(number)?.1.last_mut()?;
                value.push('&');
                value.push_str(&decoded(part));
            }
            (None, Some(_)) => {}
            (None, None) => return None,
        }
    }
    // `level=info message=ready` is something else.
    if pairs == 1 && text.contains(' ') {
        return None;
    }
    let mut json = b"{".to_vec();
    for (number, (key, values)) in members.iter().enumerate() {
        json.extend_from_slice(if number == 0 { b"\n  " } else { b",\n  " });
        quote(key, &mut json);
        json.extend_from_slice(if values.len() > 1 { b": [" } else { b": " });
        for (number, value) in values.iter().enumerate() {
            json.extend_from_slice(if number == 0 { b"" } else { b", " });
            quote(value, &mut json);
        }
        json.extend_from_slice(if values.len() > 1 { b"]" } else { b"" });
    }
    json.extend_from_slice(b"\n}");
    String::from_utf8(json).ok()
}

fn is_key(key: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-.:[]%+".contains(&b);
    !key.is_empty() && key.len() <= KEY_BYTES && key.bytes().all(plain)
}

/// The text of a key or a value. What is no escape stays as it is, and what is no UTF-8 becomes U+FFFD.
fn decoded(raw: &str) -> String {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| first == b'%').and_then(|digits| core::str::from_utf8(digits).ok());
        match escape.filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit())) {
            Some(digits) => {
                bytes.push(u8::from_str_radix(digits, 16).unwrap_or_default());
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(if first == b'+' { b' ' } else { first });
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
