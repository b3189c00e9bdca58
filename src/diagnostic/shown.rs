//! User input in messages: readable, on one line, and harmless.

use core::fmt::Write;

/// User input in a message: in back-ticks, cut where it is long, with characters as `\u{…}` that cannot be seen, that
/// break the line or turn its direction, or that would end the back-ticks.
#[inline(never)]
pub(crate) fn shown(input: &str) -> String {
    const LONGEST: usize = 64;
    let mut shown = "`".to_owned();
    for (number, c) in input.chars().enumerate() {
        if number == LONGEST {
            shown.push_str("`…");
            return shown;
        }
        if is_plain(c) {
            shown.push(c);
        } else {
            // Writing into a String cannot fail.
            let _ = write!(shown, "\\u{{{:X}}}", u32::from(c));
        }
    }
    shown.push('`');
    shown
}

/// Whether a character looks like itself in a line of text.
fn is_plain(c: char) -> bool {
    /// First and last of those that do not.
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
    fn what_is_shown_is_one_safe_line() {
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
            assert_eq!(shown(input), expected);
        }
    }
}
