//! From a syntax error to a problem in words.

use super::{Document, Problem, relaxed, shown};
use crate::json::limits;
use crate::json::scan::{SyntaxError, SyntaxErrorKind};
use core::ops::Range;
use std::borrow::Cow;

/// What a text is that is JSON after some edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// As Python prints data.
    Python,
    /// As JavaScript code has data.
    JavaScript,
    /// JSON with variables such as `{{host}}`.
    Template,
    /// JSON with comments, commas before `}`, or other quotes.
    Relaxed,
}

/// As [`syntax`], of a whole document: with the edits that make JSON of it, if it is nearly JSON, and the name of the
/// language that it is written in.
pub(crate) fn fixable_syntax(error: SyntaxError, text: &[u8], document: Document) -> Problem {
    dialect_syntax(error, text, document).0
}

/// As [`fixable_syntax`], with the dialect if the text is nearly JSON.
pub(crate) fn dialect_syntax(error: SyntaxError, text: &[u8], document: Document) -> (Problem, Option<Dialect>) {
    let mut problem = syntax(error, text, document, "");
    if problem.code != "json-syntax" {
        return (problem, None);
    }
    let Some((fix, found)) = relaxed::fix(text) else {
        return (problem, None);
    };
    let dialect = match found {
        _ if found & relaxed::PYTHON != 0 => Dialect::Python,
        _ if found & relaxed::SCRIPT != 0 => Dialect::JavaScript,
        _ if found & relaxed::VARIABLES != 0 => Dialect::Template,
        _ => Dialect::Relaxed,
    };
    let words = match dialect {
        Dialect::Python => Some((
            "this is data as Python prints it, not JSON",
            "let the program send `json.dumps(data)`: it writes double quotes, `true`, `false` and `null`",
        )),
        Dialect::JavaScript => Some((
            "this is data as JavaScript code has it, not JSON",
            "let the program send `JSON.stringify(data)`: it writes keys and texts in double quotes",
        )),
        Dialect::Template | Dialect::Relaxed => None,
    };
    if let Some((message, help)) = words {
        (problem.message, problem.help) = (message.into(), Some(help.into()));
    }
    problem.suggestion = Some(fix);
    (problem, Some(dialect))
}

/// The problem of a text that is not JSON (or nests too deep), at its place. `pointer` is where the text sits.
pub(crate) fn syntax(error: SyntaxError, text: &[u8], document: Document, pointer: &'static str) -> Problem {
    let code = if error.kind == SyntaxErrorKind::Depth { "json-too-deep" } else { "json-syntax" };
    let span = span(error.at, text);
    let broken = core::str::from_utf8(text.get(span.clone()).unwrap_or_default()).is_err();
    let error = SyntaxError { kind: if broken { SyntaxErrorKind::Utf8 } else { error.kind }, ..error };
    let found = found(text.get(span.clone()).unwrap_or_default());
    if let Some(problem) = unfilled(&error, text).filter(|_| code == "json-syntax" && !broken) {
        return Problem { document, pointer: pointer.into(), ..problem };
    }
    let (message, help) = words(error.kind, &found);
    let habit = if code == "json-syntax" { habit(error.kind, text, error.at) } else { None };
    let message = if habit == Some(COMMENTS) { "a comment is not JSON".into() } else { message };
    Problem::new(code, document, pointer, span, message).help(habit.unwrap_or(help))
}

/// The problem of a variable at the place of the error.
fn unfilled(error: &SyntaxError, text: &[u8]) -> Option<Problem> {
    if matches!(error.kind, SyntaxErrorKind::Escape | SyntaxErrorKind::Control | SyntaxErrorKind::Utf8) {
        return None;
    }
    // The first brace passes for the beginning of an object.
    let mut starts = [error.at.checked_sub(1), Some(error.at)].into_iter().flatten();
    let span = starts.find_map(|at| Some(at..at + relaxed::variable(text.get(at..)?)?))?;
    let name = core::str::from_utf8(text.get(span.clone())?).ok()?;
    let message = ["the variable ", &shown(name), " was not replaced by its value"].concat();
    let help = "use the request as it is sent: Postman and templates put values in the place of their variables";
    Some(Problem::new("json-syntax", Document::Body, "", span, message).help(help))
}

/// What other languages allow, and what helps who wrote it.
static HABITS: &[(&str, &str)] = &[
    ("//", COMMENTS),
    ("/*", COMMENTS),
    ("#", COMMENTS),
    ("'", QUOTES),
    ("‘", QUOTES),
    ("’", QUOTES),
    ("“", QUOTES),
    ("”", QUOTES),
    ("„", QUOTES),
    ("NaN", NUMBERS),
    ("Infinity", NUMBERS),
    ("True", WORDS),
    ("False", WORDS),
    ("None", WORDS),
    ("Null", WORDS),
    ("TRUE", WORDS),
    ("FALSE", WORDS),
    ("NULL", WORDS),
    ("undefined", WORDS),
];
const COMMENTS: &str = "JSON has no comments: remove it";
const QUOTES: &str = "write `\"`: JSON knows only straight double quotes";
const NUMBERS: &str = "JSON has no `NaN` and no infinity: write `null`, or a text in double quotes";
const WORDS: &str = "the words of JSON are `true`, `false` and `null`, in lower case";
fn habit(kind: SyntaxErrorKind, text: &[u8], at: usize) -> Option<&'static str> {
    let rest = text.get(at..).unwrap_or_default();
    let (word, help) = HABITS.iter().find(|(word, _)| rest.starts_with(word.as_bytes()))?;
    let fits = match kind {
        SyntaxErrorKind::Escape | SyntaxErrorKind::Control | SyntaxErrorKind::Utf8 => false,
        // The error is behind the sign, or behind a point.
        SyntaxErrorKind::Number => *word == "Infinity",
        _ => true,
    };
    fits.then_some(help)
}

/// The character at `at`; at the end of the text, nothing.
fn span(at: usize, text: &[u8]) -> Range<usize> {
    let at = at.min(text.len());
    let rest = text.get(at + 1..).unwrap_or_default();
    let more = rest.iter().take_while(|&&b| b & 0xc0 == 0x80).take(3).count();
    at..(at + 1 + more).min(text.len())
}

fn found(bytes: &[u8]) -> String {
    match core::str::from_utf8(bytes).ok().and_then(|s| s.chars().next()) {
        Some('`') => "a back-tick".to_owned(),
        Some(c) if c.is_control() => format!("the control character U+{:04X}", u32::from(c)),
        Some(c) => shown(c.encode_utf8(&mut [0; 4])),
        None => "a byte that is not UTF-8".to_owned(),
    }
}

fn words(kind: SyntaxErrorKind, found: &str) -> (Cow<'static, str>, &'static str) {
    match kind {
        SyntaxErrorKind::Blank => ("the text is empty".into(), "write JSON, such as an object in `{` `}`"),
        SyntaxErrorKind::End => (
            "the text ends in the middle of a value".into(),
            "a closing quote, `]` or `}` is missing, or the text was cut off",
        ),
        SyntaxErrorKind::Value => (
            format!("expected a value, found {found}").into(),
            "a value is an object, an array, a string in double quotes, a number, `true`, `false` or `null`",
        ),
        SyntaxErrorKind::Key => (
            format!("expected a key in double quotes, found {found}").into(),
            "write keys as `\"key\"`; single quotes, bare words and comments are not JSON",
        ),
        SyntaxErrorKind::Colon => {
            (format!("expected `:` after the key, found {found}").into(), "write `\"key\": value`")
        }
        SyntaxErrorKind::MemberEnd => (
            format!("expected `,` or `}}` after the value, found {found}").into(),
            "separate members with a comma and close the object with `}`",
        ),
        SyntaxErrorKind::ItemEnd => (
            format!("expected `,` or `]` after the item, found {found}").into(),
            "separate items with a comma and close the array with `]`",
        ),
        SyntaxErrorKind::TrailingComma => (
            format!("a comma stands before {found}").into(),
            "remove the comma: JSON allows none after the last member or item",
        ),
        SyntaxErrorKind::Number => (
            "the number is not valid JSON".into(),
            "no leading zero, digits on both sides of the point, digits after `e`; or put it in quotes",
        ),
        SyntaxErrorKind::Escape => (
            "the string contains an escape that JSON does not have".into(),
            "after a backslash only `\" \\ / b f n r t` and `u` with four hexadecimal digits may follow; a literal backslash is `\\\\`",
        ),
        SyntaxErrorKind::Control => (
            format!("{found} is not escaped in a string").into(),
            "write line breaks as `\\n`, tabs as `\\t`, others as `\\u0000`; or a closing quote is missing",
        ),
        SyntaxErrorKind::Utf8 => ("the text is not UTF-8".into(), "save or send it as UTF-8"),
        SyntaxErrorKind::Trailing => (
            format!("expected the end of the text, found {found}").into(),
            "one text holds one value; remove what follows, or send several payloads one by one",
        ),
        SyntaxErrorKind::Depth => (
            format!("more than {} arrays and objects inside each other", limits::NESTING).into(),
            "flatten the data; the limit is this tool's own, not documented by BigPanda",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::scan::check;

    fn told(text: &[u8]) -> (String, String) {
        let error = check(text).err().unwrap_or_else(|| unreachable!("{text:?}"));
        let problem = syntax(error, text, Document::Payload, "");
        let span = problem.span.unwrap_or_default();
        (String::from_utf8_lossy(text.get(span).unwrap_or_default()).into_owned(), problem.message.into_owned())
    }

    #[test]
    fn habits_of_other_languages_are_helped() {
        let cases = [
            ("{} // done", "comments"),
            ("{\"a\": 1, /* b */ \"b\": 2}", "comments"),
            ("# x\n{}", "comments"),
            ("{\"a\": 1 # x\n}", "comments"),
            ("{'a': 1}", "double quotes"),
            ("{\"a\": 'b'}", "double quotes"),
            ("{“a”: 1}", "double quotes"),
            ("[NaN]", "NaN"),
            ("[-Infinity]", "NaN"),
            ("[1, True]", "lower case"),
            ("[None]", "lower case"),
            ("[1 2]", "separate items"),
            ("[\"\n// x\"]", "write line breaks"),
            ("[.#]", "a value is"),
            ("[1.#]", "no leading zero"),
            ("[-'1']", "no leading zero"),
        ];
        for (text, word) in cases {
            let error = check(text.as_bytes()).err().unwrap_or_else(|| unreachable!("{text:?}"));
            let help = syntax(error, text.as_bytes(), Document::Payload, "").help.unwrap_or_default();
            assert!(help.contains(word), "{text}: {help}");
        }
    }

    #[test]
    fn the_place_is_underlined() {
        let cases: [(&[u8], &str, &str); 13] = [
            (b"", "", "the text is empty"),
            (b" \n ", "", "the text is empty"),
            (b"{\"a\":1", "", "the text ends in the middle of a value"),
            (b"[1,]", "]", "a comma stands before `]`"),
            (b"{\"a\":1,}", "}", "a comma stands before `}`"),
            (b"{'a':1}", "'", "expected a key in double quotes, found `'`"),
            (b"{\"a\" 1}", "1", "expected `:` after the key, found `1`"),
            (b"{\"a\":1 \"b\":2}", "\"", "expected `,` or `}` after the value, found `\"`"),
            ("[é]".as_bytes(), "é", "expected a value, found `é`"),
            (b"[01]", "0", "the number is not valid JSON"),
            (b"[\"a\nb\"]", "\n", "the control character U+000A is not escaped in a string"),
            (b"[\"\\x\"]", "\\", "the string contains an escape that JSON does not have"),
            (b"{} {}", "{", "expected the end of the text, found `{`"),
        ];
        for (text, underlined, message) in cases {
            assert_eq!(told(text), (underlined.to_owned(), message.to_owned()), "{text:?}");
        }
        for text in [b"[\"a\xff\"]".as_slice(), b"\xff\xfe{\0}\0", b"[1]\xff"] {
            assert_eq!(told(text).1, "the text is not UTF-8", "{text:?}");
        }
        let deep = [b'['; 200];
        assert_eq!(told(&deep).1, "more than 128 arrays and objects inside each other");
    }
}
