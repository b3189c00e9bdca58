//! Payloads that are no JSON but something else that can be named: a curl command, a form body, a Markdown code block,
//! several JSON texts.

mod form_body;
#[cfg(test)]
mod tests;

use crate::diagnostic::{Dialect, Document, Fix, Problem, dialect_syntax, quote_input, syntax};
use crate::json::scan::{Scanner, SyntaxError, SyntaxErrorKind, check};
use crate::shell::{Word, curl};
use core::ops::Range;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Longest text, in bytes, that a fix puts in the place of another.
const FIX_BYTES: usize = 1 << 20;

/// Bytes in which a command has to begin, so that a page about curl is none.
const COMMAND_BYTES: usize = 1_000;

/// What a code block of Markdown begins and ends with.
const FENCE: &[u8] = b"```";

const FORM_HELP: &str =
    "BigPanda accepts only JSON: have the tool send it; in PRTG, write JSON as the payload of the HTTP action";

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextFormat {
    /// One JSON text.
    Json,
    /// JSON texts, one to a line.
    Ndjson,
    /// Several JSON texts, one behind the other.
    Concatenated,
    /// A code block of Markdown, between fences of back-ticks.
    Markdown,
    /// A curl command.
    Curl,
    /// The body of an HTML form: `key=value&…`.
    Form,
    /// Data as Python prints it.
    Python,
    /// Data as JavaScript code has it.
    #[serde(rename = "javascript")]
    JavaScript,
    /// JSON with variables that were not replaced by their values, such as `{{host}}`.
    Template,
    /// JSON with comments, commas before `}` and `]`, or other quotes.
    NearlyJson,
    /// It begins as JSON does, and has a mistake.
    InvalidJson,
    /// Nothing, or only white space.
    Empty,
    /// Something else.
    Text,
}

/// The problem of a payload that is not JSON: what it is instead, and the fix where the text contains a payload.
pub(crate) fn payload_syntax(error: SyntaxError, text: &[u8]) -> Problem {
    not_json(error, text).1
}

/// What a text is that is not JSON, and its problem as [`payload_syntax`] has it.
pub(crate) fn not_json(error: SyntaxError, text: &[u8]) -> (TextFormat, Problem) {
    let named = match error.kind {
        SyntaxErrorKind::Value => curl_command(error.at, text)
            .map(|problem| (TextFormat::Curl, problem))
            .or_else(|| code_block(error.at, text).map(|problem| (TextFormat::Markdown, problem)))
            .or_else(|| form(error.at, text).map(|problem| (TextFormat::Form, problem))),
        SyntaxErrorKind::Trailing => lines(error.at, text)
            .map(|problem| (TextFormat::Ndjson, problem))
            .or_else(|| concatenated(error.at, text).map(|problem| (TextFormat::Concatenated, problem))),
        _ => None,
    };
    named.unwrap_or_else(|| {
        let (problem, dialect) = dialect_syntax(error, text, Document::Payload);
        let format = match dialect {
            Some(Dialect::Python) => TextFormat::Python,
            Some(Dialect::JavaScript) => TextFormat::JavaScript,
            Some(Dialect::Template) => TextFormat::Template,
            Some(Dialect::Relaxed) => TextFormat::NearlyJson,
            None => unnamed(text),
        };
        (format, problem)
    })
}

fn unnamed(text: &[u8]) -> TextFormat {
    let mut scanner = Scanner::new(text);
    match scanner.start().map(|start| scanner.byte(start)) {
        None => TextFormat::Empty,
        Some(b'{' | b'[') => TextFormat::InvalidJson,
        Some(_) => TextFormat::Text,
    }
}

fn problem(span: Range<usize>, message: impl Into<Cow<'static, str>>, help: impl Into<Cow<'static, str>>) -> Problem {
    Problem::new("json-syntax", Document::Payload, "", span, message).help(help)
}

/// The text from its beginning to its end without white space around it, if an error at its beginning makes all of it
/// unreadable.
fn whole(at: usize, text: &[u8]) -> Option<Range<usize>> {
    let start = Scanner::new(text).start()?;
    (start == at).then(|| start..text.trim_ascii_end().len())
}

fn replacement(span: Range<usize>, title: &'static str, text: String) -> Option<Fix> {
    let small = text.len() <= FIX_BYTES && span.len() <= FIX_BYTES;
    small.then(|| Fix { title: title.into(), edits: vec![(span, text.into())] })
}

/// A curl command; the payload is in its data.
fn curl_command(at: usize, text: &[u8]) -> Option<Problem> {
    let span = whole(at, text)?;
    let beginning = text.get(..text.len().min(at + COMMAND_BYTES))?;
    let name = curl::next(beginning, at)?;
    let sent = match curl::read(text, name.clone()) {
        Ok(sent) => sent,
        Err(none) if none.span == name => {
            let help = "use what the tool sends, or the command with its `--data`";
            return Some(problem(name, "this is a curl command that sends no data", help));
        }
        Err(none) => {
            let message = ["this is a curl command, and ", &*none.message].concat();
            return Some(problem(none.span, message, none.help));
        }
    };
    let filled = sent.with_placeholders();
    let data = filled.as_ref().unwrap_or(&sent);
    Some(match json_of(data) {
        Ok(json) => {
            let mut help = Cow::Borrowed("the payload is only the data that the command sends");
            if let Some((_, part)) = sent.substitutions.first() {
                let part = String::from_utf8_lossy(text.get(part.clone()).unwrap_or_default());
                help = [&help, "; the shell would replace ", &quote_input(&part), ", which the fix keeps as text"]
                    .concat()
                    .into();
            }
            let mut problem = problem(span.clone(), "this is a curl command, not JSON", help);
            problem.suggestion = replacement(span, "keep only the data that the command sends", json);
            problem
        }
        Err(error) => {
            let inner = syntax(error, &data.bytes, Document::Payload, "");
            let place = inner.span.map_or(span, |part| data.place(part));
            let message = ["this is a curl command, and its data is not JSON: ", &*inner.message].concat();
            problem(place, message, inner.help.unwrap_or_default())
        }
    })
}

/// The data of a command as JSON text, also if it is a form body.
fn json_of(data: &Word) -> Result<String, SyntaxError> {
    let text = String::from_utf8_lossy(data.bytes.trim_ascii());
    match check(&data.bytes) {
        Ok(()) => Ok(text.into_owned()),
        Err(error) => form_body::to_json(&text).ok_or(error),
    }
}

/// A code block of Markdown, as chats and issues have it; the payload is between its fences.
fn code_block(at: usize, text: &[u8]) -> Option<Problem> {
    let span = whole(at, text)?;
    let block = text.get(span.clone())?;
    let first_line = block.iter().position(|&b| b == b'\n')?;
    let last_line = block.iter().rposition(|&b| b == b'\n')?;
    if !block.starts_with(FENCE) || block.get(last_line..)?.trim_ascii() != FENCE {
        return None;
    }
    let inner = span.start + first_line + 1..span.start + last_line;
    let is_json = check(text.get(inner.clone())?).is_ok();
    let fix = is_json.then(|| Fix {
        title: "remove the lines with back-ticks".into(),
        edits: vec![(span.start..inner.start, "".into()), (inner.end..span.end, "".into())],
    });
    let help = "the payload is only what is in the block";
    let fence = span.start..span.start + FENCE.len();
    Some(problem(fence, "this is a Markdown code block, not JSON", help).fix(fix))
}

/// The body that an HTML form, and PRTG by default, would send.
fn form(at: usize, text: &[u8]) -> Option<Problem> {
    let span = whole(at, text)?;
    let body = core::str::from_utf8(text.get(span.clone())?).ok()?;
    let json = form_body::to_json(body)?;
    let mut problem = problem(span.clone(), "this is a form body (`key=value&…`), not JSON", FORM_HELP);
    problem.suggestion = replacement(span, "write it as a JSON object", json);
    Some(problem)
}

/// Payloads that stand one to a line. `at` is where the second one begins.
fn lines(at: usize, text: &[u8]) -> Option<Problem> {
    let start = Scanner::new(text).start()?;
    let (first, gap) = text.get(start..at).map(|before| before.split_at(before.trim_ascii_end().len()))?;
    let is_line = !first.contains(&b'\n') && gap.contains(&b'\n');
    let second = text.get(at..)?;
    let end = second.iter().position(|&b| b == b'\n').unwrap_or(second.len());
    let second = second.get(..end)?.trim_ascii_end();
    (is_line && check(second).is_ok() && matches!(first.first(), Some(b'{' | b'['))).then(|| {
        let message = "each line is a JSON text of its own: this is NDJSON, not one payload";
        let help = "process the payloads one by one: `oim process --ndjson`, or `processLines` of a program";
        problem(at..at + second.len(), message, help)
    })
}

/// Payloads that stand one behind the other, on one line or each on several. `at` is where the second one begins.
fn concatenated(at: usize, text: &[u8]) -> Option<Problem> {
    let is_container = |at: usize| matches!(text.get(at), Some(b'{' | b'['));
    let mut scanner = Scanner::new(text);
    let start = scanner.start()?;
    let end = (is_container(start) && is_container(at)).then(|| scanner.skip(at, 0)).flatten()?.get();
    let message = "another JSON text begins here: these are several payloads, not one";
    let help = "process the payloads one by one, each as a text of its own";
    Some(problem(at..end, message, help))
}
