//! The tokens of a filter.

use super::{FilterError, regex};
use core::ops::Range;

/// A token, and its place in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// The end of the text.
    End,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `[`
    ListOpen,
    /// `]`
    ListClose,
    Comma,
    And,
    Or,
    In,
    Not,
    /// Text without quotes.
    Word,
    /// Text in quotes.
    Quoted,
    /// `/…/`, only where a value is expected.
    Regex,
    /// A run of the characters that operators consist of, here or in other languages.
    Symbol,
}

/// What is expected, which decides what a slash begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Value,
    Other,
}

const SYMBOLS: &str = "=!<>~&|";

/// Quotes of word processors: those that open or close by themselves, and those that are also apostrophes.
const DOUBLE_QUOTES: &str = "“”„‟«»″";
const SINGLE_QUOTES: &str = "‘’‚‛′‹›";

impl Token {
    /// The text without quotes, or slashes.
    pub(super) fn content<'t>(&self, text: &'t str) -> &'t str {
        let Range { start, end } = self.span;
        let inside = match self.kind {
            TokenKind::Quoted | TokenKind::Regex => start + 1..end - 1,
            _ => start..end,
        };
        text.get(inside).unwrap_or_default()
    }
}

/// The first token at or behind `from`.
///
/// # Errors
/// Quotes, or a regular expression, that do not close, and quotes of word processors.
pub(super) fn token(text: &str, from: usize, expected: Expected) -> Result<Token, FilterError> {
    use TokenKind::{Close, Comma, End, ListClose, ListOpen, Open, Quoted, Regex, Symbol};
    let behind = text.get(from..).unwrap_or_default();
    let rest = behind.trim_start();
    let start = from + (behind.len() - rest.len());
    let Some(first) = rest.chars().next() else { return Ok(Token { kind: End, span: text.len()..text.len() }) };
    let run = |stops: fn(char) -> bool| start + rest.find(stops).unwrap_or(rest.len());
    let (kind, end) = match first {
        '(' => (Open, start + 1),
        ')' => (Close, start + 1),
        '[' => (ListOpen, start + 1),
        ']' => (ListClose, start + 1),
        ',' => (Comma, start + 1),
        '"' | '\'' => (Quoted, quoted_end(rest, first, start)?),
        '/' if expected == Expected::Value => (Regex, regex::end(text, start)?),
        _ if SYMBOLS.contains(first) => (Symbol, run(|c| !SYMBOLS.contains(c))),
        _ if DOUBLE_QUOTES.contains(first) || SINGLE_QUOTES.contains(first) => return Err(smart_quotes(rest, start)),
        _ => {
            let end = run(|c| {
                c.is_whitespace() || "\"'()[],".contains(c) || SYMBOLS.contains(c) || DOUBLE_QUOTES.contains(c)
            });
            (word(text.get(start..end).unwrap_or_default()), end)
        }
    };
    Ok(Token { kind, span: start..end })
}

fn word(word: &str) -> TokenKind {
    let keywords = [("AND", TokenKind::And), ("OR", TokenKind::Or), ("IN", TokenKind::In), ("NOT", TokenKind::Not)];
    let known = keywords.iter().find(|(keyword, _)| keyword.eq_ignore_ascii_case(word));
    known.map_or(TokenKind::Word, |(_, kind)| *kind)
}

fn quoted_end(rest: &str, quote: char, start: usize) -> Result<usize, FilterError> {
    let inside = rest.get(1..).unwrap_or_default();
    inside.find(quote).map(|at| start + 1 + at + 1).ok_or_else(|| {
        let message = format!("the value that begins here has no closing `{quote}`");
        FilterError::new(start..start + 1, message, format!("write `{quote}` behind the value"))
    })
}

fn smart_quotes(rest: &str, start: usize) -> FilterError {
    let mut chars = rest.char_indices();
    let length = chars.next().map_or(0, |(_, first)| first.len_utf8());
    // An apostrophe inside double quotes closes nothing.
    let (same_kind, plain) =
        if rest.starts_with(|c| DOUBLE_QUOTES.contains(c)) { (DOUBLE_QUOTES, '"') } else { (SINGLE_QUOTES, '\'') };
    let close = chars.find(|(_, c)| same_kind.contains(*c) || *c == plain);
    let inside = close.and_then(|(at, _)| rest.get(length..at));
    let (end, meant) = match (close, inside.and_then(quoted)) {
        (Some((at, c)), Some(meant)) => (at + c.len_utf8(), meant),
        _ => (length, "\"".to_owned()),
    };
    let help = "word processors put such quotes; write `\"` or `'` before and behind the value";
    FilterError::new(start..start + end, "these quotes are typographic, which BPQL does not know", help).meant(meant)
}

/// A text in quotes. None if it has quotes of both kinds.
pub(super) fn quoted(text: &str) -> Option<String> {
    let quote = ['"', '\''].into_iter().find(|quote| !text.contains(*quote))?;
    Some(format!("{quote}{text}{quote}"))
}
