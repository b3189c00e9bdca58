//! The body that a curl command sends.

use super::{ImportError, document, unreadable};
use crate::diagnostic::{Problem, Problems, Severity, shown};
use crate::json::escape::quoted;
use crate::json::scan::Scanner;
use crate::shell::{Word, curl};
use core::ops::Range;

/// Reads the body that the command of this name sends, and reports the parts that a shell would have replaced.
///
/// # Errors
/// There is no body. The first value is true if the command itself is broken.
pub(super) fn body(text: &[u8], name: Range<usize>, problems: &mut Problems) -> Result<String, (bool, ImportError)> {
    let sent =
        curl::read(text, name).map_err(|none| (none.is_broken, unreadable(none.span, none.message, none.help)))?;
    let data = with_placeholders(&sent);
    let data = data.as_ref().unwrap_or(&sent);
    let start = Scanner::new(&data.bytes).start().unwrap_or(data.bytes.len());
    match document(&data.bytes, start, true) {
        Ok((body, _)) => {
            for (_, at) in &sent.substitutions {
                if !problems.enough("import-unreadable") {
                    problems.push(warning(text, at.clone()));
                }
            }
            Ok(body)
        }
        Err(mut problem) => {
            problem.span = problem.span.take().map(|span| data.place(span));
            // Its edits would be those of the data, not of the command.
            problem.suggestion = None;
            Err((true, problem))
        }
    }
}

fn warning(text: &[u8], at: Range<usize>) -> Problem {
    let part = String::from_utf8_lossy(text.get(at.clone()).unwrap_or_default());
    let message = ["the shell would replace ", &shown(&part), "; it was kept as written"].concat();
    let mut problem = *unreadable(at, message, "replace it with its value");
    problem.severity = Severity::Warning;
    problem
}

/// The data in which each part that a shell would replace is JSON text, so that the rest can be read: such a part
/// becomes a string, and inside a string its quotes and backslashes are escaped. `None` when there is no such part.
fn with_placeholders(sent: &Word) -> Option<Word> {
    let mut parts = sent.substitutions.iter().map(|(part, _)| part).peekable();
    parts.peek()?;
    let mut data = Word::default();
    data.span = sent.span.clone();
    let (mut at, mut in_string, mut escaped) = (0, false, false);
    while let Some(&byte) = sent.bytes.get(at) {
        let source = sent.place(at..at + 1).start;
        let mut end = at;
        // Parts that touch are one string.
        while let Some(part) = parts.next_if(|part| part.start <= end) {
            end = end.max(part.end);
        }
        if end > at {
            let string = quoted(&String::from_utf8_lossy(sent.bytes.get(at..end).unwrap_or_default()));
            let inside = string.get(1..string.len().saturating_sub(1)).unwrap_or_default();
            for &byte in if in_string { inside } else { &string } {
                data.push(byte, source);
            }
            (at, escaped) = (end, false);
            continue;
        }
        data.push(byte, source);
        at += 1;
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            _ => {}
        }
    }
    Some(data)
}
