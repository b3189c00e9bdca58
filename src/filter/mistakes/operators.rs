//! Something else than an operator where one is expected, above all the operators of other languages.

use super::super::FilterError;
use super::super::lexer::{Expected, Token, TokenKind, quoted};
use super::super::parser::Parser;
use super::super::pattern::WILDCARD;
use super::{CONDITION, OPERATORS, at, did_you_mean, look, named, operator_follows, spaced};
use crate::diagnostic::{nearest, quote_input};
use core::ops::Range;

/// Operators of other languages, in lower case, with those of BPQL and how their value is written there.
const FOREIGN: [(&str, &str, Operand); 25] = [
    ("==", "=", Operand::Same),
    ("====", "===", Operand::Same),
    ("=!", "!=", Operand::Same),
    ("!==", "!=", Operand::Same),
    ("<>", "!=", Operand::Same),
    ("is", "=", Operand::Same),
    ("eq", "=", Operand::Same),
    ("equals", "=", Operand::Same),
    ("ne", "!=", Operand::Same),
    ("neq", "!=", Operand::Same),
    ("isnot", "!=", Operand::Same),
    ("=~", "=", Operand::Regex),
    ("~=", "=", Operand::Regex),
    ("!~", "!=", Operand::Regex),
    ("matches", "=", Operand::Regex),
    ("regex", "=", Operand::Regex),
    ("rlike", "=", Operand::Regex),
    ("~", "=", Operand::Part),
    ("contains", "=", Operand::Part),
    ("has", "=", Operand::Part),
    ("like", "=", Operand::Like),
    ("ilike", "=", Operand::Like),
    ("nin", "NOT IN", Operand::Same),
    ("notin", "NOT IN", Operand::Same),
    ("not_in", "NOT IN", Operand::Same),
];

/// How the value of a foreign operator is written in BPQL.
#[derive(Clone, Copy)]
pub(super) enum Operand {
    Same,
    /// `"x"` is `/x/`.
    Regex,
    /// `"x"` is `"*x*"`.
    Part,
    /// `"x%"` is `"x*"`.
    Like,
}

/// The operator that a token is in another language, and how its value is written there.
pub(super) fn foreign(parser: &Parser<'_>, sign: &Token) -> Option<(&'static str, Operand)> {
    if !matches!(sign.kind, TokenKind::Word | TokenKind::Symbol) {
        return None;
    }
    let sign = at(parser, &sign.span);
    let known = FOREIGN.iter().find(|(known, ..)| known.eq_ignore_ascii_case(sign));
    known.map(|(_, operator, value)| (*operator, *value))
}

/// `host NOT …` without `IN`.
pub(in crate::filter) fn not_without_in(parser: &Parser<'_>, not: &Token, next: &Token) -> FilterError {
    let span = not.span.start..next.span.end;
    let message = format!("`IN` is expected behind {}, not {}", named(parser, not), named(parser, next));
    let text = at(parser, &next.span);
    if next.kind == TokenKind::ListOpen {
        return did_you_mean(not.span.clone(), message, spaced(parser, &not.span, "NOT IN"));
    }
    if text == "=" {
        return did_you_mean(span, message, "!=".to_owned());
    }
    match foreign(parser, next) {
        Some(("=", value)) => translated(parser, span, message, "!=", value),
        _ => FilterError::new(span, message, OPERATORS),
    }
}

/// Something else than an operator behind a field.
pub(in crate::filter) fn no_operator(parser: &Parser<'_>, field: &Token, sign: &Token) -> FilterError {
    let text = at(parser, &sign.span);
    let span = sign.span.clone();
    if let Some((operator, value)) = foreign(parser, sign) {
        return foreign_operator(parser, sign, operator, value);
    }
    let message =
        format!("an operator is expected behind the field {}, not {}", named(parser, field), named(parser, sign));
    match sign.kind {
        TokenKind::Symbol if text.starts_with(['<', '>']) => {
            let help = format!("BPQL does not compare by size; {OPERATORS}");
            FilterError::new(span, format!("{} is not an operator of BPQL", quote_input(text)), help)
        }
        TokenKind::Word if is_list(parser, span.end) && nearest(text, &["IN"]).is_some() => {
            did_you_mean(span, message, "IN".to_owned())
        }
        TokenKind::Word => field_with_spaces(parser, field, sign, message),
        TokenKind::ListOpen => {
            let help = format!("put a field that has brackets in its name in quotes; {OPERATORS}");
            FilterError::new(span, message, help)
        }
        TokenKind::End | TokenKind::Close | TokenKind::And | TokenKind::Or => {
            let message = format!("the field {} is not compared with anything", named(parser, field));
            FilterError::new(field.span.clone(), message, CONDITION)
        }
        _ => FilterError::new(span, message, OPERATORS),
    }
}

/// An operator of another language, which here is `operator`.
fn foreign_operator(parser: &Parser<'_>, sign: &Token, operator: &str, value: Operand) -> FilterError {
    let message = format!("{} is not an operator of BPQL", quote_input(at(parser, &sign.span)));
    let not = look(parser, sign.span.end, Expected::Other).filter(|next| next.kind == TokenKind::Not);
    match not {
        // `IS NOT`; `IS NOT IN` keeps its end.
        Some(not) if operator == "=" => {
            let next = look(parser, not.span.end, Expected::Other);
            let meant = if next.is_some_and(|next| next.kind == TokenKind::In) { "NOT" } else { "!=" };
            did_you_mean(sign.span.start..not.span.end, message, meant.to_owned())
        }
        _ => translated(parser, sign.span.clone(), message, operator, value),
    }
}

fn is_list(parser: &Parser<'_>, from: usize) -> bool {
    look(parser, from, Expected::Other).is_some_and(|next| next.kind == TokenKind::ListOpen)
}

/// `Activity Log = x`.
fn field_with_spaces(parser: &Parser<'_>, field: &Token, sign: &Token, message: String) -> FilterError {
    let error = FilterError::new(sign.span.clone(), message, format!("{OPERATORS}; put a field with spaces in quotes"));
    let mut end = sign.span.end;
    while !operator_follows(parser, end) {
        match look(parser, end, Expected::Other) {
            Some(next) if next.kind == TokenKind::Word => end = next.span.end,
            _ => return error,
        }
    }
    let span = field.span.start..end;
    match quoted(at(parser, &span)) {
        Some(meant) if field.kind == TokenKind::Word => {
            did_you_mean(span, "a field with spaces needs quotes".to_owned(), meant)
        }
        _ => error,
    }
}

/// A foreign operator, and its value if that is written differently here.
fn translated(parser: &Parser<'_>, span: Range<usize>, message: String, operator: &str, value: Operand) -> FilterError {
    let word = spaced(parser, &span, operator);
    let written = look(parser, span.end, Expected::Value);
    let written = written.filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Quoted));
    let Some(written) = written else { return did_you_mean(span, message, word) };
    let content = written.content(parser.text);
    let meant = match value {
        Operand::Same => None,
        Operand::Regex => Some(format!("/{}/", with_escaped_slashes(content))),
        Operand::Part => quoted(&format!("{WILDCARD}{content}{WILDCARD}")),
        Operand::Like => quoted(&content.replace('%', "*")),
    };
    let Some(meant) = meant else { return did_you_mean(span, message, word) };
    let whole = span.start..written.span.end;
    let operator = spaced(parser, &(span.start..span.start), operator);
    did_you_mean(whole, message, format!("{} {meant}", operator.trim_end()))
}

fn with_escaped_slashes(regex: &str) -> String {
    let mut escaped = false;
    let mut out = String::with_capacity(regex.len());
    for c in regex.chars() {
        if c == '/' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}
