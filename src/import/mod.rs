//! From what people have on their clipboard to a request body.
//!
//! A body, a bare configuration, the answer of a retrieval, and curl commands with the body in them, each also with
//! other text around it. Ours: BigPanda documents the calls, and nothing about copying configurations.

mod classify;
mod curl;
mod quotes;
mod shell;
#[cfg(test)]
mod tests;
mod word;

use crate::diagnostic::{Document, Problem, Problems, Severity, syntax};
use crate::json::limits;
use crate::json::scan::{Fault, Scanner, Why};
use core::ops::Range;
use std::borrow::Cow;
use word::Word;

/// Most commands, and most JSON texts, that are looked at in a text: so the work stays in proportion to it.
const TRIES: usize = 16;

/// What a text turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// A request body, or the answer of a retrieval.
    Body,
    /// A configuration without the body around it.
    Config,
    /// A curl command.
    Curl,
}

impl ImportKind {
    /// Its name for JavaScript.
    pub fn word(self) -> &'static str {
        match self {
            ImportKind::Body => "body",
            ImportKind::Config => "config",
            ImportKind::Curl => "curl",
        }
    }
}

/// Why there is none.
pub(crate) type Refused = Box<Problem>;

/// A body that was found, as JSON text.
pub(crate) type Import = (String, ImportKind);

/// Finds the request body in a text. `None` when there is none; the problems say why.
pub(crate) fn import(text: &[u8], problems: &mut Problems) -> Option<Import> {
    match read(text, problems) {
        Ok(import) => Some(import),
        Err(problem) => {
            problems.push(*problem);
            None
        }
    }
}

fn unreadable(span: Range<usize>, message: impl Into<Cow<'static, str>>, help: &'static str) -> Refused {
    refused("import-unreadable", span, message.into(), help)
}

#[inline(never)]
fn refused(code: &'static str, span: Range<usize>, message: Cow<'static, str>, help: &'static str) -> Refused {
    Box::new(Problem::new(code, Document::Body, "", span, message).help(help))
}

#[inline(never)]
fn read(text: &[u8], problems: &mut Problems) -> Result<Import, Refused> {
    if text.len() > limits::BODY_BYTES {
        let help = "give a smaller sample; BigPanda takes payloads up to 6 MB";
        return Err(refused("payload-too-large", 0..0, "the text has more than 16 MiB".into(), help));
    }
    let start = Scanner::new(text).start().unwrap_or(text.len());
    if start == text.len() || text.get(start) == Some(&b'{') {
        return document(text, start, true);
    }
    let mut from = start;
    let mut told: Option<(bool, Refused)> = None;
    for _ in 0..TRIES {
        let Some(name) = curl::next(text, from) else {
            break;
        };
        from = name.end;
        let found = curl::read(text, name).and_then(|sent| {
            let body = body_of(&sent).map_err(|problem| (true, problem))?;
            if let Some(at) = sent.variable {
                problems.push(filled_in(at));
            }
            Ok(body)
        });
        match found {
            Ok(body) => return Ok((body, ImportKind::Curl)),
            // A command with something wrong in it counts for more than one without data.
            Err(problem) if told.as_ref().is_none_or(|(wrong, _)| !wrong && problem.0) => told = Some(problem),
            Err(_) => {}
        }
    }
    let amid = match told {
        Some((true, problem)) => return Err(problem),
        _ => amid(text, start),
    };
    match (amid, told) {
        (Some(Ok(import)), _) => Ok(import),
        (_, Some((_, problem))) => Err(problem),
        (Some(problem), None) => problem,
        (None, None) => Err(unreadable(
            start..start + text.get(start..).unwrap_or_default().trim_ascii_end().len(),
            "there is no request body, no configuration and no curl command in the text",
            "paste JSON that begins with `{`, or a curl command with the body in it",
        )),
    }
}

/// The body that a command sends.
#[inline(never)]
fn body_of(sent: &Word) -> Result<String, Refused> {
    let start = Scanner::new(&sent.bytes).start().unwrap_or(sent.bytes.len());
    match document(&sent.bytes, start, true) {
        Ok((body, _)) => Ok(body),
        Err(mut problem) => {
            problem.span = problem.span.take().map(|span| sent.place(span));
            Err(problem)
        }
    }
}

#[inline(never)]
fn filled_in(at: usize) -> Problem {
    let message = "the shell would fill something in here; it was taken as it stands";
    let mut problem = *unreadable(at..at + 1, message, "put the value in its place");
    problem.severity = Severity::Warning;
    problem
}

/// Reads the JSON text at `start`; `whole` when nothing may follow it.
#[inline(never)]
fn document(text: &[u8], start: usize, whole: bool) -> Result<Import, Refused> {
    let mut s = Scanner::new(text);
    let end = if start < text.len() { s.skip_call(start, 0) } else { s.fail(start, Why::Blank) };
    let end = end.filter(|after| !whole || s.finish(after.get()).is_some());
    match (end, s.fault) {
        (Some(end), None) => {
            let range = start..end.get();
            let kind = classify::classify(text, range.clone())?;
            let raw = String::from_utf8_lossy(text.get(range).unwrap_or_default());
            let bare = kind == ImportKind::Config;
            let (before, after) = if bare { ("{\"config\": ", "}") } else { ("", "") };
            Ok(([before, &raw, after].concat(), kind))
        }
        (_, fault) => {
            let fault = fault.unwrap_or(Fault { at: start, why: Why::Value });
            Err(Box::new(syntax(fault, text, Document::Body, "")))
        }
    }
}

/// JSON amid other text, which begins on a line of its own.
#[inline(never)]
fn amid(text: &[u8], from: usize) -> Option<Result<Import, Refused>> {
    let mut at = from;
    let mut first = None;
    for _ in 0..TRIES {
        let Some(start) = line_with_object(text, at) else {
            break;
        };
        let found = document(text, start, false);
        // Where a text that is not JSON ends, nobody knows.
        if !matches!(&found, Err(problem) if problem.code == "import-unreadable") {
            return Some(found);
        }
        first = first.or(Some(found));
        at = start;
    }
    first
}

/// The next line from `from` on that begins with a brace.
#[inline(never)]
fn line_with_object(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text.get(at..)?.iter().position(|&b| b == b'\n')? + 1;
        at += text.get(at..)?.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        if text.get(at) == Some(&b'{') {
            return Some(at);
        }
    }
}
