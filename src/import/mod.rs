//! From what people have on their clipboard to a request body.
//!
//! Reads a body, a bare configuration, a response of the API, and curl commands that contain a body, each also with
//! other text around it. Ours: BigPanda documents the requests, but nothing about copying configurations.

mod classify;
mod command;
#[cfg(test)]
mod tests;

use crate::diagnostic::{Document, Problem, Problems, fixable_syntax, syntax};
use crate::json::limits;
use crate::json::scan::{Scanner, SyntaxError, SyntaxErrorKind};
use crate::shell::curl;
use core::ops::Range;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The most commands, and the most JSON texts, that are tried, so that the work stays linear.
const TRIES: usize = 16;

/// The kind of a pasted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImportKind {
    /// A request body, or a response of the API.
    Body,
    /// A bare configuration.
    Config,
    /// A curl command.
    Curl,
}

/// Why a text cannot be imported.
pub(crate) type ImportError = Box<Problem>;

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

fn unreadable(span: Range<usize>, message: impl Into<Cow<'static, str>>, help: &'static str) -> ImportError {
    import_error("import-unreadable", span, message.into(), help)
}
fn import_error(code: &'static str, span: Range<usize>, message: Cow<'static, str>, help: &'static str) -> ImportError {
    Box::new(Problem::new(code, Document::Body, "", span, message).help(help))
}
fn read(text: &[u8], problems: &mut Problems) -> Result<Import, ImportError> {
    if text.len() > limits::BODY_BYTES {
        let help = "use a smaller sample; BigPanda accepts payloads up to 6 MB";
        return Err(import_error("payload-too-large", 0..0, "the text has more than 16 MiB".into(), help));
    }
    let start = Scanner::new(text).start().unwrap_or(text.len());
    if start == text.len() || text.get(start) == Some(&b'{') {
        return document(text, start, true);
    }
    let mut from = start;
    let mut best: Option<(bool, ImportError)> = None;
    for _ in 0..TRIES {
        let Some(name) = curl::next(text, from) else {
            break;
        };
        from = name.end;
        match command::body(text, name, problems) {
            Ok(body) => return Ok((body, ImportKind::Curl)),
            // A broken command is a better answer than a command without data.
            Err(problem) if best.as_ref().is_none_or(|(broken, _)| !broken && problem.0) => best = Some(problem),
            Err(_) => {}
        }
    }
    let embedded = match best {
        Some((true, problem)) => return Err(problem),
        _ => embedded_json(text, start),
    };
    match (embedded, best) {
        (Some(Ok(import)), _) => Ok(import),
        (_, Some((_, problem))) => Err(problem),
        (Some(problem), None) => problem,
        (None, None) => Err(unreadable(
            start..start + text.get(start..).unwrap_or_default().trim_ascii_end().len(),
            "there is no request body, no configuration and no curl command in the text",
            "paste JSON that starts with `{`, or a curl command that contains the body",
        )),
    }
}

/// Reads the JSON text at `start`; `whole` when nothing may follow it.
fn document(text: &[u8], start: usize, whole: bool) -> Result<Import, ImportError> {
    let mut s = Scanner::new(text);
    let end = if start < text.len() { s.skip(start, 0) } else { s.fail(start, SyntaxErrorKind::Blank) };
    let end = end.filter(|after| !whole || s.finish(after.get()).is_some());
    match (end, s.error) {
        (Some(end), None) => {
            let range = start..end.get();
            let kind = classify::classify(text, range.clone())?;
            let raw = String::from_utf8_lossy(text.get(range).unwrap_or_default());
            let bare = kind == ImportKind::Config;
            let (before, after) = if bare { ("{\"config\": ", "}") } else { ("", "") };
            Ok(([before, &raw, after].concat(), kind))
        }
        (_, error) => {
            let error = error.unwrap_or(SyntaxError { at: start, kind: SyntaxErrorKind::Value });
            let problem = if whole {
                fixable_syntax(error, text, Document::Body)
            } else {
                syntax(error, text, Document::Body, "")
            };
            Err(Box::new(problem))
        }
    }
}

/// JSON inside other text; it starts on a line of its own.
fn embedded_json(text: &[u8], from: usize) -> Option<Result<Import, ImportError>> {
    let mut at = from;
    let mut first = None;
    for _ in 0..TRIES {
        let Some(start) = line_with_object(text, at) else {
            break;
        };
        let found = document(text, start, false);
        // Text that is not JSON has no known end, so the search cannot continue after it.
        if !matches!(&found, Err(problem) if problem.code == "import-unreadable") {
            return Some(found);
        }
        first = first.or(Some(found));
        at = start;
    }
    first
}

/// The next line from `from` on that begins with a brace.
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
