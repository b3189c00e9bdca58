//! Something else than a value or a list where one is expected.

use super::super::FilterError;
use super::super::lexer::{Expected, Token, TokenKind};
use super::super::parser::Parser;
use super::{at, did_you_mean, keyword_as, look, named, spaced};

/// Something else than a value behind `=`, `!=` or `===`.
pub(in crate::filter) fn no_value(parser: &Parser<'_>, sign: &Token, found: &Token) -> FilterError {
    let message = format!("a value is expected behind {}, not {}", named(parser, sign), named(parser, found));
    match found.kind {
        TokenKind::And | TokenKind::Or | TokenKind::In | TokenKind::Not if ends_condition(parser, found.span.end) => {
            keyword_as(parser, found, "value")
        }
        TokenKind::ListOpen => {
            let operator = if at(parser, &sign.span) == "!=" { "NOT IN" } else { "IN" };
            let message = format!("{} is followed by a list", named(parser, sign));
            did_you_mean(sign.span.clone(), message, spaced(parser, &sign.span, operator))
        }
        TokenKind::End | TokenKind::Close | TokenKind::And | TokenKind::Or => {
            let message = format!("a value is missing behind {}", named(parser, sign));
            FilterError::new(sign.span.clone(), message, "write a value in quotes; `\"\"` is the empty text")
        }
        _ => FilterError::new(found.span.clone(), message, "put a value with special characters in quotes"),
    }
}

fn ends_condition(parser: &Parser<'_>, from: usize) -> bool {
    let next = look(parser, from, Expected::Other);
    next.is_some_and(|next| matches!(next.kind, TokenKind::End | TokenKind::Close | TokenKind::And | TokenKind::Or))
}

/// Something else than `[` behind `IN` or `NOT IN`.
pub(in crate::filter) fn no_list(parser: &Parser<'_>, sign: &Token, found: &Token) -> FilterError {
    let message =
        format!("a list in brackets is expected behind {}, not {}", named(parser, sign), named(parser, found));
    let help = "write the values in brackets, with commas: `[a, b]`";
    let error = FilterError::new(found.span.clone(), message, help);
    let in_parentheses = found.kind == TokenKind::Open;
    let start = if in_parentheses { found.span.end } else { found.span.start };
    // The items as they are written.
    let mut end = start;
    loop {
        let item = look(parser, end, Expected::Value).filter(|item| parser.pattern(item).is_some());
        let Some(item) = item else { break };
        end = item.span.end;
        let comma = look(parser, end, Expected::Other).filter(|next| next.kind == TokenKind::Comma);
        let Some(comma) = comma else { break };
        end = comma.span.end;
    }
    let list = format!("[{}]", at(parser, &(start..end)).trim_end_matches(',').trim());
    if list == "[]" {
        let missing = matches!(found.kind, TokenKind::End | TokenKind::Close | TokenKind::And | TokenKind::Or);
        return if missing { FilterError { span: sign.span.clone(), ..error } } else { error };
    }
    let close = look(parser, end, Expected::Other).filter(|next| next.kind == TokenKind::Close);
    match close {
        Some(close) if in_parentheses => FilterError { span: found.span.start..close.span.end, ..error }.meant(list),
        _ if in_parentheses => error,
        _ => {
            let meant = spaced(parser, &(start..end), &list);
            FilterError { span: start..end, ..error }.meant(meant)
        }
    }
}

/// Something else than a value in a list; `comma` is the last one.
pub(in crate::filter) fn no_item(
    parser: &Parser<'_>,
    open: &Token,
    comma: Option<&Token>,
    found: &Token,
) -> FilterError {
    let span = found.span.clone();
    match (found.kind, comma) {
        (TokenKind::ListClose, None) => {
            FilterError::new(open.span.start..span.end, "the list is empty", "write at least one value in the brackets")
        }
        (TokenKind::ListClose, Some(comma)) => {
            FilterError::new(comma.span.clone(), "no value follows the comma", "remove the comma").meant("")
        }
        (TokenKind::Comma, _) => {
            FilterError::new(span, "a value is missing before this comma", "remove the comma").meant("")
        }
        (TokenKind::End, _) => unclosed_list(open),
        (TokenKind::And | TokenKind::Or | TokenKind::In | TokenKind::Not, _) => keyword_as(parser, found, "value"),
        _ => {
            let message = format!("a value is expected in the list, not {}", named(parser, found));
            FilterError::new(span, message, "put a value with special characters in quotes")
        }
    }
}

/// Neither a comma nor the end behind a value of a list.
pub(in crate::filter) fn no_comma(parser: &Parser<'_>, open: &Token, value: &Token, found: &Token) -> FilterError {
    if matches!(found.kind, TokenKind::End | TokenKind::And | TokenKind::Or | TokenKind::Close) {
        return unclosed_list(open);
    }
    let message = format!("`,` or `]` is expected behind {}, not {}", named(parser, value), named(parser, found));
    let help = "separate values with commas, and put a value with spaces or special characters in quotes";
    FilterError::new(found.span.clone(), message, help)
}

fn unclosed_list(open: &Token) -> FilterError {
    FilterError::new(open.span.clone(), "the list that begins here is not closed", "write `]` behind its last value")
}
