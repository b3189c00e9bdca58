//! The filter of a configuration of version 2: BigPanda's query language, BPQL, as `event_filter` uses it.
//!
//! A filter is parsed into an [`Expression`]; what its fields hold is asked of the caller. Regular expressions are
//! checked as text and never run, so an answer can be unknown.

mod lexer;
mod mistakes;
mod parser;
mod pattern;
#[cfg(test)]
mod properties;
mod regex;
#[cfg(test)]
mod tests;

pub(crate) use parser::parse;
pub(crate) use pattern::Pattern;

use core::ops::Range;
use std::iter;

/// A filter that has been parsed. It is at most [`NESTING`] groups deep, so recursion over it is bounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    /// Two or more.
    And(Vec<Expression>),
    /// Two or more.
    Or(Vec<Expression>),
    Comparison(FieldComparison),
}

/// `field = "value"`, `field IN [a, b]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldComparison {
    pub(crate) field: FilterField,
    pub(crate) operator: Operator,
    /// One; with `IN` and `NOT IN` at least one.
    pub(crate) values: Vec<Pattern>,
    /// From the field to the last value, in bytes of the filter.
    pub(crate) span: Range<usize>,
}

/// What is compared: the text of a source path, not yet read as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FilterField {
    /// Without quotes.
    pub(crate) text: String,
    /// As it is written, with quotes, in bytes of the filter.
    pub(crate) span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    /// `=`
    Equal,
    /// `===`. For one alert it means `=`: BigPanda documents it as what holds for all alerts of an incident.
    Identical,
    /// `!=`
    NotEqual,
    /// `IN`
    In,
    /// `NOT IN`
    NotIn,
}

/// Why a text is no filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FilterError {
    /// The part of the text that is wrong, in bytes.
    pub(crate) span: Range<usize>,
    /// What is wrong: one sentence in lower case, without a full stop.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
    /// What to write in place of `span`, where that is known.
    pub(crate) replacement: Option<String>,
}

/// Parentheses inside parentheses, at most.
pub(crate) const NESTING: usize = 100;

impl Operator {
    #[cfg(test)]
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Identical => "===",
            Self::NotEqual => "!=",
            Self::In => "IN",
            Self::NotIn => "NOT IN",
        }
    }

    const fn negates(self) -> bool {
        matches!(self, Self::NotEqual | Self::NotIn)
    }
}

impl Expression {
    /// The comparisons, as they are written from left to right.
    pub(crate) fn comparisons(&self) -> impl Iterator<Item = &FieldComparison> {
        let mut open = vec![self];
        iter::from_fn(move || {
            loop {
                match open.pop()? {
                    Self::Comparison(comparison) => return Some(comparison),
                    Self::And(parts) | Self::Or(parts) => open.extend(parts.iter().rev()),
                }
            }
        })
    }

    /// Whether the filter matches, in three-valued logic: `None` is unknown, and the answer is unknown only if it
    /// depends on what is. A comparison that cannot change the answer is not looked up.
    pub(crate) fn evaluate(&self, look_up: &mut dyn FnMut(&FieldComparison) -> Option<bool>) -> Option<bool> {
        // One `false` decides AND, one `true` decides OR.
        let (parts, deciding) = match self {
            Self::Comparison(comparison) => return look_up(comparison),
            Self::And(parts) => (parts, false),
            Self::Or(parts) => (parts, true),
        };
        let mut answer = Some(!deciding);
        for part in parts {
            match part.evaluate(look_up) {
                Some(value) if value == deciding => return Some(deciding),
                Some(_) => {}
                None => answer = None,
            }
        }
        answer
    }
}

impl FieldComparison {
    /// Whether the comparison holds for a field with these values: none where the field is missing, several where it
    /// is a list. `None` where it depends on a regular expression.
    pub(crate) fn holds<'v>(&self, values: impl IntoIterator<Item = &'v str>) -> Option<bool> {
        let mut found = Some(false);
        for value in values {
            for pattern in &self.values {
                match pattern.matches(value) {
                    Some(true) => return Some(!self.operator.negates()),
                    Some(false) => {}
                    None => found = None,
                }
            }
        }
        found.map(|found| found != self.operator.negates())
    }
}

impl FilterError {
    fn new(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into(), replacement: None }
    }

    /// The same, with the text that is probably meant.
    fn meant(self, replacement: impl Into<String>) -> Self {
        Self { replacement: Some(replacement.into()), ..self }
    }
}
