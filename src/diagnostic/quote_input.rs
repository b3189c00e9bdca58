//! Quotes user input in messages.

use core::fmt::Write;

/// User input in back-ticks, cut if it is long. Back-ticks and characters that are invisible, break the line or change its
/// direction are written as `\u{…}`.
pub(crate) fn quote_input(input: &str) -> String {
    const LONGEST: usize = 64;
    let mut quoted = "`".to_owned();
    for (number, c) in input.chars().enumerate() {
        if number == LONGEST {
            quoted.push_str("`…");
            return quoted;
        }
        if is_plain(c) {
            quoted.push(c);
        } else {
            // Writing into a String cannot fail.
            let _ = write!(quoted, "\\u{{{:X}}}", u32::from(c));
        }
    }
    quoted.push('`');
    quoted
}

/// Whether a character is safe to show as it is.
fn is_plain(c: char) -> bool {
    /// Ranges of characters that are not, with both ends.
    const HIDDEN: [(char, char); 14] = [
        ('`', '`'),
        ('\u{7f}', '\u{a0}'),
        ('\u{ad}', '\u{ad}'),
        ('\u{61c}', '\u{61c}'),
        ('\u{115f}', '\u{1160}'),
        ('\u{180e}', '\u{180e}'),
        ('\u{2000}', '\u{200f}'),
        ('\u{2028}', '\u{202f}'),
        ('\u{205f}', '\u{206f}'),
        ('\u{3000}', '\u{3000}'),
        ('\u{3164}', '\u{3164}'),
        ('\u{feff}', '\u{feff}'),
        ('\u{fff9}', '\u{fffb}'),
        ('\u{e0000}', '\u{e0fff}'),
    ];
    c >= ' ' && !HIDDEN.iter().any(|(first, last)| (first..=last).contains(&&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_input_is_one_safe_line() {
        let long = "é".repeat(64);
        let cases = [
            ("host", "`host`"),
            ("", "``"),
            ("a`b", "`a\\u{60}b`"),
            ("a\nb\t", "`a\\u{A}b\\u{9}`"),
            ("\u{202e}txt\u{200b}", "`\\u{202E}txt\\u{200B}`"),
            ("a\u{2028}\u{feff}\u{2066}", "`a\\u{2028}\\u{FEFF}\\u{2066}`"),
            ("été 😀", "`été 😀`"),
            (&long, &format!("`{long}`")),
            (&format!("{long}x"), &format!("`{long}`…")),
        ];
        for (input, expected) in cases {
            assert_eq!(quote_input(input), expected);
        }
    }
}
