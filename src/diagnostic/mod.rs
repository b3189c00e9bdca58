//! Problems: what is wrong, where, and how to mend it.

mod apply;
mod did_you_mean;
pub(crate) mod edit;
mod excerpt;
mod gather;
mod positions;
mod quote_input;
mod registry;
mod relaxed;
mod render;
mod syntax_error;
mod tell;
#[cfg(test)]
pub(crate) mod testing;

pub(crate) use apply::apply_fixes;
pub(crate) use did_you_mean::{distance, nearest};
pub(crate) use gather::Gathered;
pub(crate) use quote_input::shown;
pub use registry::{Basis, CODES, CodeInfo};
pub(crate) use registry::{Code, known_code};
pub use render::{RenderOptions, render, render_with};
pub(crate) use syntax_error::{Dialect, dialect_syntax, fixable_syntax, syntax};
pub(crate) use tell::{Told, words};

use crate::json::key_index::{arranged, sorted};
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
    /// It would be accepted and then likely not do what was meant.
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

/// A problem with its place in bytes, as the engine finds it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) message: Cow<'static, str>,
    pub(crate) help: Option<Cow<'static, str>>,
    pub(crate) document: Document,
    pub(crate) pointer: Cow<'static, str>,
    pub(crate) span: Option<Range<usize>>,
    pub(crate) suggestion: Option<Fix>,
}

/// The problems of a document while they are found. Of each code only as many are kept as are listed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Problems {
    kept: Vec<Problem>,
    /// For each code, how many there are.
    counts: Vec<(&'static str, usize)>,
}

impl Problems {
    /// Adds a problem.
    pub(crate) fn push(&mut self, problem: Problem) {
        if self.count(problem.code, 1) {
            self.keep(problem);
        }
    }

    /// Counts `more` problems of a code; false when enough of them are kept.
    pub(crate) fn count(&mut self, code: &'static str, more: usize) -> bool {
        let at = self.counts.iter().position(|(known, _)| *known == code).unwrap_or(self.counts.len());
        if at == self.counts.len() {
            self.counts.push((code, 0));
        }
        let Some((_, count)) = self.counts.get_mut(at) else {
            return false;
        };
        *count += more;
        *count <= limits::LISTED
    }

    /// Adds a problem of a code, making it only if it is kept.
    pub(crate) fn push_with(&mut self, code: &'static str, make: impl FnOnce() -> Problem) {
        if self.count(code, 1) {
            self.keep(make());
        }
    }
    fn keep(&mut self, problem: Problem) {
        self.kept.push(problem);
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Those that are kept, in the order they were found.
    pub(crate) fn kept(&self) -> &[Problem] {
        &self.kept
    }

    /// Adds the problems of another document, each as `adapt` makes it.
    pub(crate) fn absorb(&mut self, other: Problems, adapt: &mut dyn FnMut(Problem) -> Problem) {
        let Problems { kept, counts } = other;
        for (code, count) in counts {
            self.count(code, count);
        }
        self.kept.extend(kept.into_iter().map(adapt));
    }

    /// Whether enough problems of this code are kept. Then one more is counted, and need not be made.
    pub(crate) fn enough(&mut self, code: &'static str) -> bool {
        let full = self.counts.iter().any(|(known, count)| *known == code && *count >= limits::LISTED);
        if full {
            self.count(code, 1);
        }
        full
    }

    /// Whether there is one of this code.
    pub(crate) fn has(&self, code: &str) -> bool {
        self.counts.iter().any(|(known, _)| *known == code)
    }
}

/// Edits that mend a problem, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fix {
    pub(crate) title: Cow<'static, str>,
    pub(crate) edits: Vec<edit::Edit>,
}

impl Problem {
    /// A problem of the given code, with the severity that the code has in the registry.
    pub(crate) fn new(
        code: &'static str,
        document: Document,
        pointer: impl Into<Cow<'static, str>>,
        span: impl Into<Option<Range<usize>>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Problem {
        Problem::plain(code, document, pointer.into(), span.into(), message.into())
    }

    // Not generic and not inlined, as are the builders below: problems are made in a hundred places.
    fn plain(
        code: &'static str,
        document: Document,
        pointer: Cow<'static, str>,
        span: Option<Range<usize>>,
        message: Cow<'static, str>,
    ) -> Problem {
        let severity = registry::severity(code);
        Problem { code, severity, message, help: None, document, pointer, span, suggestion: None }
    }

    /// With words on why it matters and what to do.
    pub(crate) fn help(self, help: impl Into<Cow<'static, str>>) -> Problem {
        self.with_help(help.into())
    }
    fn with_help(mut self, help: Cow<'static, str>) -> Problem {
        self.help = Some(help);
        self
    }
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
    /// Edits that mend it.
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

/// Edits that mend a problem.
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
    /// First code unit that goes.
    pub start: usize,
    /// Code unit after the last that goes.
    pub end: usize,
    /// What comes instead.
    pub text: String,
}

/// Problems as users see them: sorted by place, none twice, of one code at most [`limits::LISTED`] and then a count.
/// `text` is the document they are in; without it (an object was given) there are no ranges.
pub(crate) fn present(problems: Problems, text: Option<&[u8]>) -> Vec<Diagnostic> {
    let (mut shown, more) = listed(problems, text);
    for (code, more) in more {
        not_listed(shown.iter_mut().rev().find(|d| d.code == code), more);
    }
    shown
}

/// As [`present`], with the counts beside the list: for each code that has more, how many.
fn listed(problems: Problems, text: Option<&[u8]>) -> (Vec<Diagnostic>, Vec<(&'static str, usize)>) {
    let Problems { kept, mut counts } = problems;
    if kept.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let order = sorted(kept.len(), &|a, b| kept.get(a).map(key).cmp(&kept.get(b).map(key)));
    let mut kept = arranged(kept, &order);
    kept.dedup();
    // Only up to the last place that is asked for: what follows may be a large sample.
    let places = text.map(|text| Places::new(text.get(..last_place(&kept)).unwrap_or(text)));
    let shown = kept.iter().map(|problem| diagnostic(problem, places.as_ref())).collect();
    counts.retain_mut(|(_, count)| {
        *count = count.saturating_sub(limits::LISTED);
        *count > 0
    });
    (shown, counts)
}

/// Tells on the last diagnostic of a code how many are not listed.
fn not_listed(last: Option<&mut Diagnostic>, more: usize) {
    if let Some(d) = last {
        let told = d.help.take().map(|h| format!("{h}; ")).unwrap_or_default();
        d.help = Some(format!("{told}not listed: {more} more of `{}`", d.code).into());
    }
}

/// The last place, in bytes, that problems tell.
fn last_place(problems: &[Problem]) -> usize {
    let mut last = 0;
    for problem in problems {
        let edits = problem.suggestion.iter().flat_map(|fix| &fix.edits).map(|(at, _)| at);
        problem.span.iter().chain(edits).for_each(|span| last = last.max(span.end));
    }
    last
}

fn key(p: &Problem) -> (Document, usize, usize, Severity, &str, &str) {
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
            edits: fix.edits.iter().map(|(at, text)| placed(places, at, text)).collect(),
        }),
    }
}

fn placed(places: &Places<'_>, at: &Range<usize>, text: &str) -> Edit {
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
        let shown = present(many, Some(&[b' '; 2_000]));
        assert_eq!(shown.len(), 1_000);
        let last = shown.last().and_then(|d| d.help.as_deref());
        assert_eq!(last, Some("not listed: 500 more of `unknown-attribute`"));
    }

    #[test]
    fn sorted_by_place_and_told_once() {
        let p = |at: usize| Problem::new("wrong-type", Document::Body, "/x", at..at + 1, "x");
        let of = |places: &[usize]| {
            let mut problems = Problems::default();
            places.iter().for_each(|&at| problems.push(p(at)));
            problems
        };
        let shown = present(of(&[5, 2, 5]), Some(b"\n12345678"));
        let places: Vec<_> = shown.iter().filter_map(|d| d.range).map(|r| (r.start, r.line, r.column)).collect();
        assert_eq!(places, [(2, 2, 2), (5, 2, 5)]);
        assert_eq!(present(of(&[1]), None).first().and_then(|d| d.range), None);
    }
}
