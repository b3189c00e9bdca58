//! The app key: a segment of the address.

use crate::diagnostic::{Document, Problem, Problems, quote_input};

/// Used instead of a key that cannot be part of an address.
const NONE: &str = "APP_KEY";

/// The key as a segment of the address. An invalid one is reported and still used: with `%XX` for the characters that do
/// not belong there, or as `APP_KEY` where it would change the path.
///
/// Which characters a key can have is not documented by BigPanda; ours is RFC 3986, without quotes.
pub(super) fn segment(key: &str, problems: &mut Problems) -> String {
    if matches!(key, "" | "." | "..") {
        report(key, if key.is_empty() { "is empty" } else { "leads elsewhere" }, problems);
        return NONE.to_owned();
    }
    let mut segment = String::new();
    let mut belongs = true;
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            segment.push(byte.into());
        } else {
            belongs &= b"!$&()*+,;=:@".contains(&byte);
            segment.push_str(&format!("%{byte:02X}"));
        }
    }
    if !belongs {
        report(key, "has characters that do not belong into an address", problems);
    }
    segment
}

fn report(key: &str, what: &str, problems: &mut Problems) {
    let message =
        if key.is_empty() { format!("the app key {what}") } else { format!("the app key {} {what}", quote_input(key)) };
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
