//! The body that a curl command sends.

use super::{ImportError, document, unreadable};
use crate::diagnostic::{Problem, Problems, Severity, quote_input};
use crate::json::scan::Scanner;
use crate::shell::curl;
use core::ops::Range;

/// Reads the body that the command of this name sends, and reports the parts that a shell would have replaced.
///
/// # Errors
/// There is no body. The first value is true if the command itself is broken.
pub(super) fn body(text: &[u8], name: Range<usize>, problems: &mut Problems) -> Result<String, (bool, ImportError)> {
    let sent =
        curl::read(text, name).map_err(|none| (none.is_broken, unreadable(none.span, none.message, none.help)))?;
    let data = sent.with_placeholders();
    let data = data.as_ref().unwrap_or(&sent);
    let start = Scanner::new(&data.bytes).start().unwrap_or(data.bytes.len());
    match document(&data.bytes, start, true) {
        Ok((body, _)) => {
            for (_, at) in &sent.substitutions {
                if !problems.at_limit("import-unreadable") {
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
    let message = ["the shell would replace ", &quote_input(&part), "; it was kept as written"].concat();
    let mut problem = *unreadable(at, message, "replace it with its value");
    problem.severity = Severity::Warning;
    problem
}
