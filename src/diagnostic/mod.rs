//! Diagnostics: what is wrong, where, and how to fix it.

mod apply;
mod collector;
mod did_you_mean;
pub(crate) mod edit;
mod excerpt;
mod positions;
mod problem;
mod problems;
mod quote_input;
mod registry;
mod relaxed;
mod render;
mod syntax_error;
#[cfg(test)]
pub(crate) mod testing;

pub(crate) use apply::apply_fixes;
pub(crate) use collector::Collector;
pub(crate) use did_you_mean::{distance, nearest};
pub(crate) use problem::{Fix, Problem};
pub(crate) use problems::Problems;
pub(crate) use quote_input::quote_input;
pub use registry::{Basis, CODES, CodeInfo};
pub(crate) use registry::{Code, known_code};
pub use render::{RenderOptions, render, render_with};
pub(crate) use syntax_error::{Dialect, dialect_syntax, fixable_syntax, syntax};

use crate::json::limits;
use crate::json::place::Places;
use core::ops::Range;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// How bad a problem is. Only an error makes a body invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// BigPanda would refuse it, or it cannot be read.
    Error,
    /// It would be accepted, but is probably not intended.
    Warning,
    /// Worth knowing.
    Info,
}

/// Which text a problem is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Document {
    /// The request body, or a bare configuration.
    Body,
    /// The payload.
    Payload,
}

/// A problem as users see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable and kebab-case; explained by [`codes`](crate::codes).
    #[serde(deserialize_with = "known_code")]
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: one sentence, user input in back-ticks.
    pub message: Cow<'static, str>,
    /// Why it matters and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Cow<'static, str>>,
    /// Which text it is in.
    pub document: Document,
    /// RFC 6901 pointer into the document.
    pub pointer: Cow<'static, str>,
    /// Where in the text, when text was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
    /// Edits that fix it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Suggestion>,
}

/// A part of a text. Offsets and columns count UTF-16 code units; line and column begin with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRange {
    /// First code unit.
    pub start: usize,
    /// Code unit after the last.
    pub end: usize,
    /// Line of the start.
    pub line: usize,
    /// Column of the start.
    pub column: usize,
}

/// Edits that fix a problem.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What they do.
    pub title: Cow<'static, str>,
    /// To be applied together.
    pub edits: Vec<Edit>,
}

/// Text in place of a range, in UTF-16 code units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// First code unit that is replaced.
    pub start: usize,
    /// Code unit after the last that is replaced.
    pub end: usize,
    /// The replacement.
    pub text: String,
}

/// Problems as users see them: sorted by place, none twice, of one code at most [`limits::LISTED`] and then a count.
/// `text` is the document they are in; if an object was given, there is none, and no ranges.
pub(crate) fn into_diagnostics(problems: Problems, text: Option<&[u8]>) -> Vec<Diagnostic> {
    let (mut diagnostics, unlisted) = sorted_and_capped(problems, text);
    for (code, count) in unlisted {
        append_unlisted(diagnostics.iter_mut().rev().find(|d| d.code == code), count);
    }
    diagnostics
}

/// As [`into_diagnostics`], with the counts next to the list: for each code that has more, how many.
fn sorted_and_capped(problems: Problems, text: Option<&[u8]>) -> (Vec<Diagnostic>, Vec<(&'static str, usize)>) {
    let Problems { mut kept, mut counts } = problems;
    if kept.is_empty() {
        return (Vec::new(), Vec::new());
    }
    kept.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    kept.dedup();
    // Only up to the last byte that is asked for: what follows may be a large sample.
    let places = text.map(|text| Places::new(text.get(..last_byte(&kept)).unwrap_or(text)));
    let diagnostics = kept.iter().map(|problem| diagnostic(problem, places.as_ref())).collect();
    counts.retain_mut(|(_, count)| {
        *count = count.saturating_sub(limits::LISTED);
        *count > 0
    });
    (diagnostics, counts)
}

/// Appends to the help of the last diagnostic of a code how many more there are.
fn append_unlisted(last: Option<&mut Diagnostic>, count: usize) {
    if let Some(d) = last {
        let help = d.help.take().map(|help| format!("{help}; ")).unwrap_or_default();
        d.help = Some(format!("{help}not listed: {count} more of `{}`", d.code).into());
    }
}

/// The end of the last span of problems and their edits, in bytes.
fn last_byte(problems: &[Problem]) -> usize {
    let mut last = 0;
    for problem in problems {
        let edits = problem.suggestion.iter().flat_map(|fix| &fix.edits).map(|(at, _)| at);
        problem.span.iter().chain(edits).for_each(|span| last = last.max(span.end));
    }
    last
}

/// The order in which diagnostics are listed.
fn sort_key(p: &Problem) -> (Document, usize, usize, Severity, &str, &str) {
    let (start, end) = p.span.as_ref().map_or((0, 0), |s| (s.start, s.end));
    (p.document, start, end, p.severity, p.code, &p.pointer)
}

fn diagnostic(problem: &Problem, places: Option<&Places<'_>>) -> Diagnostic {
    Diagnostic {
        code: problem.code,
        severity: problem.severity,
        message: problem.message.clone(),
        help: problem.help.clone(),
        document: problem.document,
        pointer: problem.pointer.clone(),
        range: problem.span.as_ref().zip(places).map(|(span, places)| {
            let start = places.of(span.start);
            TextRange { start: start.offset, end: places.offset(span.end), line: start.line, column: start.column }
        }),
        suggestion: problem.suggestion.as_ref().zip(places).map(|(fix, places)| Suggestion {
            title: fix.title.clone(),
            edits: fix.edits.iter().map(|(at, text)| utf16_edit(places, at, text)).collect(),
        }),
    }
}

fn utf16_edit(places: &Places<'_>, at: &Range<usize>, text: &str) -> Edit {
    Edit { start: places.offset(at.start), end: places.offset(at.end), text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut_and_counted() {
        let mut many = Problems::default();
        (0..1_500)
            .map(|i| Problem::new("unknown-attribute", Document::Body, format!("/{i}"), i..i + 1, "x"))
            .for_each(|p| many.push(p));
        let diagnostics = into_diagnostics(many, Some(&[b' '; 2_000]));
        assert_eq!(diagnostics.len(), 1_000);
        let last = diagnostics.last().and_then(|d| d.help.as_deref());
        assert_eq!(last, Some("not listed: 500 more of `unknown-attribute`"));
    }

    #[test]
    fn sorted_by_place_and_listed_once() {
        let p = |at: usize| Problem::new("wrong-type", Document::Body, "/x", at..at + 1, "x");
        let of = |places: &[usize]| {
            let mut problems = Problems::default();
            places.iter().for_each(|&at| problems.push(p(at)));
            problems
        };
        let diagnostics = into_diagnostics(of(&[5, 2, 5]), Some(b"\n12345678"));
        let places: Vec<_> = diagnostics.iter().filter_map(|d| d.range).map(|r| (r.start, r.line, r.column)).collect();
        assert_eq!(places, [(2, 2, 2), (5, 2, 5)]);
        assert_eq!(into_diagnostics(of(&[1]), None).first().and_then(|d| d.range), None);
    }
}
