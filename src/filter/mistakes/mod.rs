//! What is wrong where a filter cannot be read on, and what was probably meant.
//!
//! Here are conditions and what joins them.

mod operators;
mod values;

pub(super) use operators::{no_operator, not_without_in};
pub(super) use values::{no_comma, no_item, no_list, no_value};

use super::lexer::{Expected, Token, TokenKind, quoted, token};
use super::parser::Parser;
use super::{Expression, FilterError};
use crate::diagnostic::{nearest, quote_input};
use core::ops::Range;
use operators::foreign;

const CONDITION: &str = "a condition is a field, an operator and a value, such as `host = \"web-*\"`";
const OPERATORS: &str = "the operators are `=`, `!=`, `===`, `IN` and `NOT IN`";

/// The text of a place.
fn at<'t>(parser: &Parser<'t>, span: &Range<usize>) -> &'t str {
    parser.text.get(span.clone()).unwrap_or_default()
}

/// A token in a message.
fn named(parser: &Parser<'_>, token: &Token) -> String {
    match token.kind {
        TokenKind::End => "the end of the filter".to_owned(),
        _ => quote_input(at(parser, &token.span)),
    }
}

fn did_you_mean(span: Range<usize>, message: String, meant: String) -> FilterError {
    let help = format!("did you mean {}?", quote_input(&meant));
    FilterError::new(span, message, help).meant(meant)
}

/// A token behind `from`; what cannot be read counts as none.
fn look(parser: &Parser<'_>, from: usize, expected: Expected) -> Option<Token> {
    token(parser.text, from, expected).ok()
}

/// Whether an operator stands behind `from`, known here or elsewhere.
fn operator_follows(parser: &Parser<'_>, from: usize) -> bool {
    let sign = look(parser, from, Expected::Other);
    sign.is_some_and(|sign| match sign.kind {
        TokenKind::In | TokenKind::Not => true,
        TokenKind::Word | TokenKind::Symbol => {
            matches!(at(parser, &sign.span), "=" | "!=" | "===") || foreign(parser, &sign).is_some()
        }
        _ => false,
    })
}

/// Whether a condition begins behind `from`.
fn condition_follows(parser: &Parser<'_>, from: usize) -> bool {
    let first = look(parser, from, Expected::Other);
    first.is_some_and(|first| match first.kind {
        TokenKind::Open => true,
        TokenKind::Word | TokenKind::Quoted => operator_follows(parser, first.span.end),
        _ => false,
    })
}

/// A word with a space on each side where there is none yet.
fn spaced(parser: &Parser<'_>, span: &Range<usize>, word: &str) -> String {
    let before = at(parser, &(0..span.start));
    let behind = at(parser, &(span.end..parser.text.len()));
    let left = if before.ends_with(|c: char| !c.is_whitespace()) { " " } else { "" };
    let right = if behind.starts_with(|c: char| !c.is_whitespace()) { " " } else { "" };
    [left, word, right].concat()
}

/// Nothing where a condition is expected.
pub(super) fn no_condition(token: &Token, before: Option<&Token>) -> FilterError {
    let span = before.map_or_else(|| token.span.clone(), |before| before.span.clone());
    FilterError::new(span, "a condition is missing", CONDITION)
}

/// Something else than a field where a condition begins; `before` it stands a parenthesis, `AND` or `OR`.
pub(super) fn no_field(parser: &Parser<'_>, first: &Token, before: Option<&Token>) -> FilterError {
    let span = first.span.clone();
    let found = named(parser, first);
    match first.kind {
        TokenKind::Not => negation(parser, first),
        TokenKind::Symbol if at(parser, &span) == "!" => negation(parser, first),
        TokenKind::And | TokenKind::Or | TokenKind::In if operator_follows(parser, span.end) => {
            keyword_as(parser, first, "field")
        }
        TokenKind::Close if before.is_some_and(|before| before.kind == TokenKind::Open) => {
            let open = before.map_or(span.start, |before| before.span.start);
            FilterError::new(open..span.end, "the parentheses hold no condition", CONDITION)
        }
        TokenKind::End | TokenKind::Close | TokenKind::And | TokenKind::Or => {
            let Some(before) = before else {
                return FilterError::new(span, format!("a condition is missing before {found}"), CONDITION);
            };
            let error = no_condition(first, Some(before));
            FilterError { message: format!("a condition is missing behind {}", named(parser, before)), ..error }
        }
        TokenKind::ListOpen => {
            let help = "write `(`: parentheses group conditions, brackets hold the list of `IN`";
            FilterError::new(span, format!("a condition is expected, not {found}"), help).meant("(")
        }
        _ => FilterError::new(span, format!("a condition is expected, not {found}"), CONDITION),
    }
}

/// A keyword that has to be quoted.
fn keyword_as(parser: &Parser<'_>, keyword: &Token, what: &str) -> FilterError {
    let word = at(parser, &keyword.span);
    let message = format!("{} is a keyword, not a {what}", quote_input(word));
    let meant = format!("\"{word}\"");
    let help = format!("put it in quotes to use it as a {what}: `{meant}`");
    FilterError::new(keyword.span.clone(), message, help).meant(meant)
}

/// `NOT host = "x"`: the operator can say it.
fn negation(parser: &Parser<'_>, not: &Token) -> FilterError {
    let message = format!("BPQL has no {} before a condition", named(parser, not));
    let help = "use `!=` or `NOT IN`; instead of a negated group, negate its conditions and exchange `AND` and `OR`";
    let error = FilterError::new(not.span.clone(), message, help);
    let field = look(parser, not.span.end, Expected::Other);
    let Some(field) = field.filter(|field| matches!(field.kind, TokenKind::Word | TokenKind::Quoted)) else {
        return error;
    };
    let Some(sign) = look(parser, field.span.end, Expected::Other) else { return error };
    let negated = match (sign.kind, at(parser, &sign.span)) {
        (TokenKind::Symbol, "=") => "!=",
        (TokenKind::Symbol, "!=") => "=",
        (TokenKind::In, _) => "NOT IN",
        _ => return error,
    };
    let meant = format!("{} {negated}", at(parser, &field.span));
    let help = format!("did you mean {}?", quote_input(&meant));
    FilterError { span: not.span.start..sign.span.end, help, ..error }.meant(meant)
}

/// Neither `AND` nor `OR` behind the condition `last`.
pub(super) fn no_joint(
    parser: &Parser<'_>,
    found: &Token,
    open: Option<&Token>,
    last: Option<&Expression>,
) -> FilterError {
    let span = found.span.clone();
    let text = at(parser, &span);
    match (found.kind, open) {
        (TokenKind::End, Some(open)) => {
            let help = "write `)` behind the last condition that belongs to the group";
            FilterError::new(open.span.clone(), "the parenthesis that opens here is not closed", help)
        }
        (TokenKind::ListClose, Some(_)) => {
            did_you_mean(span, "a parenthesis is closed with a bracket".to_owned(), ")".to_owned())
        }
        (TokenKind::Close | TokenKind::ListClose, _) => {
            FilterError::new(span, format!("this `{text}` closes nothing"), "remove it").meant("")
        }
        (TokenKind::Symbol | TokenKind::Comma, _) if condition_follows(parser, span.end) => {
            let word = match text {
                "&&" | "&" | "," => "AND",
                "||" | "|" => "OR",
                _ => return unjoined(parser, found, last),
            };
            let message = format!("conditions are joined with `AND` or `OR`, not with {}", quote_input(text));
            let meant = spaced(parser, &span, word);
            let help = format!("did you mean `{word}`?");
            FilterError::new(span, message, help).meant(meant)
        }
        (TokenKind::Word, _) if condition_follows(parser, span.end) && nearest(text, &["AND", "OR"]).is_some() => {
            let word = nearest(text, &["AND", "OR"]).unwrap_or_default();
            did_you_mean(
                span,
                format!("conditions are joined with `AND` or `OR`, not with {}", quote_input(text)),
                word.to_owned(),
            )
        }
        _ => unjoined(parser, found, last),
    }
}

/// A value that goes on without quotes, or a condition that does.
fn unjoined(parser: &Parser<'_>, found: &Token, last: Option<&Expression>) -> FilterError {
    let message = format!("`AND` or `OR` is expected before {}", named(parser, found));
    let help = "join conditions with `AND` or `OR`; put a value with spaces, quotes or special characters in quotes. \
                BPQL documents no escapes: a value with `\"` goes in `'`";
    let error = FilterError::new(found.span.clone(), message, help);
    // Of a list, and of a group, the end is known.
    let Some(Expression::Comparison(comparison)) = last else { return error };
    let [value] = &*comparison.values else { return error };
    let is_word = !value.is_regex() && at(parser, &value.span) == value.as_str();
    if !is_word
        || value.span.end != comparison.span.end
        || at(parser, &(comparison.span.end..found.span.start)).contains(')')
    {
        return error;
    }
    let mut end = value.span.end;
    loop {
        let Some(next) = look(parser, end, Expected::Other) else { return error };
        match next.kind {
            TokenKind::Word if operator_follows(parser, next.span.end) => return error,
            TokenKind::Symbol if at(parser, &next.span).contains('=') => return error,
            TokenKind::Word | TokenKind::Symbol => end = next.span.end,
            TokenKind::End | TokenKind::Close | TokenKind::And | TokenKind::Or => break,
            _ => return error,
        }
    }
    let span = value.span.start..end;
    match quoted(at(parser, &span)) {
        Some(meant) => did_you_mean(span, "a value with spaces or special characters needs quotes".to_owned(), meant),
        None => error,
    }
}
