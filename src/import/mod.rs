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

use crate::diagnostic::{Document, Problem, Problems, Severity, shown, syntax};
use crate::json::limits;
use crate::json::scan::{Fault, Scanner, Why};
use core::ops::Range;
use curl::{Data, Found};
use serde::Serialize;

/// Most commands, and most JSON texts, that are looked at in a text: so the work stays in proportion to it.
const TRIES: usize = 16;

/// What a text turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ImportKind {
    /// A request body, or the answer of a retrieval.
    Body,
    /// A configuration without the body around it.
    Config,
    /// A curl command.
    Curl,
}

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

fn unreadable(span: Range<usize>, message: impl Into<std::borrow::Cow<'static, str>>, help: &'static str) -> Problem {
    Problem::new("import-unreadable", Document::Body, "", span, message).help(help)
}

fn read(text: &[u8], problems: &mut Problems) -> Result<Import, Box<Problem>> {
    if text.len() > limits::BODY_BYTES {
        let message = format!("the text has more than {} MiB", limits::BODY_BYTES / 1024 / 1024);
        let problem = Problem::new("payload-too-large", Document::Body, "", 0..0, message);
        return Err(Box::new(problem.help("give a smaller sample; BigPanda takes payloads up to 6 MB")));
    }
    let start = Scanner::new(text).start().unwrap_or(text.len());
    if text.get(start) == Some(&b'{') {
        return document(text, start, true);
    }
    let mut retrieval = None;
    let mut elsewhere = None;
    let mut wrong = None;
    let mut from = start;
    for _ in 0..TRIES {
        let Some(name) = curl::next(text, from) else {
            break;
        };
        from = name.end;
        match curl::read(text, name.clone()) {
            Ok((found, end)) => {
                from = from.max(end);
                match found {
                    Found::Data(data) => match body_of(data, problems) {
                        Ok(body) => return Ok((body, ImportKind::Curl)),
                        Err(problem) => wrong = wrong.or(Some(problem)),
                    },
                    Found::Elsewhere(problem) => elsewhere = elsewhere.or(Some(problem)),
                    Found::Nothing => retrieval = retrieval.or(Some(name)),
                }
            }
            Err(problem) => wrong = wrong.or(Some(problem)),
        }
    }
    if let Some(problem) = wrong {
        return Err(problem);
    }
    let amid = amid(text, start);
    match (amid, elsewhere, retrieval) {
        (Some(Ok(import)), _, _) => Ok(import),
        (_, Some(problem), _) => Err(problem),
        (Some(Err(problem)), _, _) => Err(problem),
        (None, None, Some(name)) => Err(Box::new(unreadable(
            name,
            "the command sends no data: it retrieves a configuration",
            "run it and paste its answer, or paste a command that has the body behind `--data`",
        ))),
        (None, None, None) => Err(nothing(text, start)),
    }
}

/// The body that a command sends.
fn body_of(data: Data, problems: &mut Problems) -> Result<String, Box<Problem>> {
    let Data { all, parts, object } = data;
    let read = |part: Range<usize>| {
        let json = all.bytes.get(part.clone()).unwrap_or_default();
        let start = Scanner::new(json).start().unwrap_or(json.len());
        document(json, start, true).map_err(|mut problem| {
            let span = problem.span.take().unwrap_or_default();
            problem.span = Some(match all.bytes.len() {
                0 => all.span.clone(),
                _ => all.place(part.start + span.start..part.start + span.end),
            });
            problem
        })
    };
    let mut found = read(0..all.bytes.len());
    if let (Err(_), Some(object)) = (&found, object) {
        found = read(object);
        problems.push(
            unreadable(
                all.span.clone(),
                format!("curl joins the data of its {parts} options, which gives no JSON; only the object was taken"),
                "remove the other data options from the command",
            )
            .severity(Severity::Warning),
        );
    }
    let (body, _) = found?;
    if let Some(place) = all.variable {
        problems.push(
            unreadable(
                place,
                "the shell would fill something in here; it was taken as it stands",
                "put the value in its place",
            )
            .severity(Severity::Warning),
        );
    }
    Ok(body)
}

/// Reads the JSON text at `start`; `whole` when nothing may follow it.
fn document(text: &[u8], start: usize, whole: bool) -> Result<Import, Box<Problem>> {
    let mut s = Scanner::new(text);
    let mut end = s.skip_call(start, 0);
    if whole && let Some(after) = end {
        end = s.finish(after.get()).and(end);
    }
    match end {
        Some(end) => classify::classify(text, start..end.get()),
        None => {
            let fault = s.fault.unwrap_or(Fault { at: start, why: Why::Value });
            // An empty text has no byte that could be wrong.
            let fault = if start >= text.len() { Fault { at: start, why: Why::Blank } } else { fault };
            Err(Box::new(syntax(fault, text, Document::Body, "")))
        }
    }
}

/// JSON amid other text: what begins on a line of its own, else the first object if it is a body.
fn amid(text: &[u8], from: usize) -> Option<Result<Import, Box<Problem>>> {
    let mut at = from;
    let mut first = None;
    for _ in 0..TRIES {
        let Some(start) = line_with_object(text, at) else {
            break;
        };
        let found = document(text, start, false);
        let Some(end) = Scanner::new(text).skip_call(start, 0) else {
            return first.or(Some(found));
        };
        at = end.get();
        if found.is_ok() {
            return Some(found);
        }
        first = first.or(Some(found));
    }
    first.or_else(|| {
        let start = from + text.get(from..)?.iter().position(|&b| b == b'{')?;
        document(text, start, false).ok().map(Ok)
    })
}

/// The next line from `from` on that begins with a brace.
fn line_with_object(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text.get(at..)?.iter().position(|&b| b == b'\n')? + 1;
        let blanks = text.get(at..)?.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        at += blanks;
        if text.get(at) == Some(&b'{') {
            return Some(at);
        }
    }
}

#[inline(never)]
fn nothing(text: &[u8], start: usize) -> Box<Problem> {
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.get(..rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len())).unwrap_or_default();
    let span = start..start + line.len();
    if rest.is_empty() {
        return Box::new(syntax(Fault { at: start, why: Why::Blank }, text, Document::Body, ""));
    }
    // The whole text may be JSON, only no object.
    if let Err(problem) = document(text, start, true)
        && problem.code == "import-unreadable"
    {
        return problem;
    }
    if line.starts_with(b"HTTP/") {
        let line = String::from_utf8_lossy(line.trim_ascii());
        let message = format!("the answer {} holds no configuration", shown(&line));
        return Box::new(unreadable(span, message, "paste the answer of a retrieval that succeeded, with its body"));
    }
    Box::new(unreadable(
        span,
        "there is no request body, no configuration and no curl command in the text",
        "paste JSON that begins with `{`, or a curl command with the body in it",
    ))
}
