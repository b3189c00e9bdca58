//! The app key: a segment of the address.

use super::quote::put;
use crate::diagnostic::{Document, Problem, Problems, shown};

/// Stands where the key is none.
const NONE: &str = "APP_KEY";

/// The key as a segment of the address. One that cannot be right is told, and the code is made all the same: with what
/// does not belong there as `%XX`, or, where nothing can be made of it, with `APP_KEY` in its place.
///
/// Which characters a key can have is not documented by BigPanda; ours is RFC 3986, without quotes.
pub(super) fn segment(key: &str, problems: &mut Problems) -> String {
    if matches!(key, "" | "." | "..") {
        tell(key, if key.is_empty() { "is empty" } else { "leads elsewhere" }, problems);
        return NONE.to_owned();
    }
    let mut segment = String::new();
    let mut belongs = true;
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            put(&mut segment, char::from(byte).encode_utf8(&mut [0; 4]));
        } else {
            belongs &= b"!$&()*+,;=:@".contains(&byte);
            push_hex(&mut segment, "%", byte.into(), 2);
        }
    }
    if !belongs {
        tell(key, "has characters that do not belong into an address", problems);
    }
    segment
}

/// Appends `before` and the lowest digits of a number.
pub(super) fn push_hex(out: &mut String, before: &str, number: u32, digits: u32) {
    put(out, before);
    for place in (0..digits).rev() {
        let digit = (number >> (4 * place) & 15) as usize;
        put(out, "0123456789ABCDEF".get(digit..=digit).unwrap_or_default());
    }
}
fn tell(key: &str, what: &str, problems: &mut Problems) {
    let mut message = "the app key ".to_owned();
    if !key.is_empty() {
        put(&mut message, &shown(key));
        put(&mut message, " ");
    }
    put(&mut message, what);
    let help =
        "copy it from the integration's page in BigPanda; which characters it can have is not documented by BigPanda";
    problems.push(Problem::new("app-key-invalid", Document::Body, "", None, message).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_segments() {
        let cases = [
            ("0f1e2d3c4b5a", "0f1e2d3c4b5a", true),
            ("a.b_c~d-E", "a.b_c~d-E", true),
            ("a:b+c@d$", "a%3Ab%2Bc%40d%24", true),
            ("a/b", "a%2Fb", false),
            (" a\n", "%20a%0A", false),
            ("\"'`", "%22%27%60", false),
            ("%41", "%2541", false),
            ("é", "%C3%A9", false),
            ("", "APP_KEY", false),
            (".", "APP_KEY", false),
            ("..", "APP_KEY", false),
        ];
        for (key, expected, good) in cases {
            let mut problems = Problems::default();
            assert_eq!(segment(key, &mut problems), expected);
            assert_eq!(!problems.has("app-key-invalid"), good, "{key}");
        }
    }
}
