//! Regular expressions as text: where they end, and whether their brackets close. They are not run.

use super::FilterError;
use core::ops::Range;

/// The end of the regular expression that begins with the slash at `start`, behind its closing slash.
///
/// A slash behind a backslash or in a character class does not close it.
///
/// # Errors
/// No closing slash, nothing between the slashes, a bracket or parenthesis without its partner, or a repetition of
/// nothing.
pub(super) fn end(text: &str, start: usize) -> Result<usize, FilterError> {
    let mut groups: Vec<usize> = Vec::new();
    // What stands before can be repeated.
    let mut repeatable = false;
    let body = start + 1;
    let mut chars = text.get(body..).unwrap_or_default().char_indices().map(|(at, c)| (body + at, c));
    while let Some((at, c)) = chars.next() {
        match c {
            '/' if at == body => {
                let help = "write the expression between the slashes; put a value that begins with a slash in quotes";
                return Err(FilterError::new(start..at + 1, "the regular expression is empty", help));
            }
            '/' => {
                let Some(open) = groups.pop() else { return Ok(at + 1) };
                return Err(unclosed(open..open + 1, "group", ")"));
            }
            '\\' => {
                chars.next();
                repeatable = true;
            }
            '[' => {
                class(&mut chars).ok_or_else(|| unclosed(at..at + 1, "character class", "]"))?;
                repeatable = true;
            }
            '(' => {
                groups.push(at);
                // `(?:` and the like: the question mark repeats nothing, and is meant.
                if chars.clone().next().is_some_and(|(_, c)| c == '?') {
                    chars.next();
                }
                repeatable = false;
            }
            ')' => {
                if groups.pop().is_none() {
                    let message = "this `)` of the regular expression closes nothing";
                    return Err(FilterError::new(at..at + 1, message, "remove it, or write `\\)` for the character"));
                }
                repeatable = true;
            }
            '*' | '+' | '?' if !repeatable => return Err(repeats_nothing(c, at)),
            '|' => repeatable = false,
            _ => repeatable = true,
        }
    }
    let help = "close it with `/`; put a value that begins with a slash in quotes";
    Err(FilterError::new(start..body, "the regular expression that begins here has no closing `/`", help))
}

/// Goes behind the `]` that closes a class. One that comes first is an ordinary character.
fn class(chars: &mut impl Iterator<Item = (usize, char)>) -> Option<()> {
    let mut c = chars.next()?.1;
    if c == '^' {
        c = chars.next()?.1;
    }
    loop {
        if c == '\\' {
            chars.next()?;
        }
        c = chars.next()?.1;
        if c == ']' {
            return Some(());
        }
    }
}

fn unclosed(span: Range<usize>, what: &str, closing: &str) -> FilterError {
    let message = format!("the {what} of the regular expression that begins here is not closed");
    let help = format!("close it with `{closing}`, or write a backslash before the character to mean itself");
    FilterError::new(span, message, help)
}

fn repeats_nothing(c: char, at: usize) -> FilterError {
    let message = format!("`{c}` in the regular expression repeats nothing");
    let error = FilterError::new(at..at + 1, message, format!("write `\\{c}` for the character"));
    if c == '*' {
        let help = "in a regular expression any text is `.*`; did you mean `.*`?".to_owned();
        return FilterError { help, ..error }.meant(".*");
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_end_at_their_slash() {
        let cases = [
            "/a/",
            "/^prod-.*$/",
            "/[a-zA-Z0-9]+/",
            r"/a\/b/",
            "/[/]/",
            "/[^]/]x/",
            "/[^^]/",
            r"/[\]]/",
            r"/\(/",
            "/(?:a|b)?/",
        ];
        for text in cases {
            assert_eq!(end(&format!("{text} AND b = /c/"), 0), Ok(text.len()), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_underlined() {
        // A text, the number of its first faulty byte, what is faulty, and what to write for it.
        let cases = [
            ("/a", 0, "/", None),
            ("/", 0, "/", None),
            (r"/a\/", 0, "/", None),
            ("//", 0, "//", None),
            ("/a(b/", 2, "(", None),
            ("/a(b(c)/", 2, "(", None),
            ("/[a/", 1, "[", None),
            ("/[]/", 1, "[", None),
            ("/a)/", 2, ")", None),
            ("/*a/", 1, "*", Some(".*")),
            ("/(*a)/", 2, "*", Some(".*")),
            ("/a|+/", 3, "+", None),
        ];
        for (text, at, underlined, replacement) in cases {
            let error = end(text, 0).unwrap_err();
            assert_eq!(
                (error.span.start, text.get(error.span.clone())),
                (at, Some(underlined)),
                "{text}: {}",
                error.message
            );
            assert_eq!(error.replacement.as_deref(), replacement, "{text}");
        }
    }
}
