//! The sample payload of a body.

use crate::config::{Body, Sample};
use crate::diagnostic::{Document, Problem, Problems, syntax};
use crate::json::Kind;
use crate::json::members::Value;
use crate::json::scan::{Scanner, Why};
use std::borrow::Cow;

/// Checks that the sample is there, and for a first configuration that it is not blank.
pub(crate) fn sample(body: &Body, text: &[u8], create: bool, problems: &mut Problems) {
    let Some(sample) = &body.sample else {
        problems.push(
            Problem::new("sample-missing", Document::Body, "", body.span.clone(), "`sample_payload` is missing")
                .help("add a payload as the tool sends it; BigPanda checks the rules against it"),
        );
        return;
    };
    if let Err(problem) = read(sample, text) {
        problems.push(*problem);
        return;
    }
    if create && is_blank(sample, text) {
        problems.push(
            Problem::new("sample-blank", Document::Body, "/sample_payload", sample.span.clone(), "the sample is blank")
                .help("a first configuration needs a real payload; only an update may leave it blank"),
        );
    }
}

/// The sample as JSON text: an object as it stands, a text as what it says.
///
/// # Errors
/// A sample given as text that is not JSON. Blank text is a blank sample.
fn read<'t>(sample: &Sample, text: &'t [u8]) -> Result<Cow<'t, [u8]>, Box<Problem>> {
    let raw = text.get(sample.span.clone()).unwrap_or_default();
    if sample.kind != Kind::String {
        return Ok(Cow::Borrowed(raw));
    }
    let json = Value::at(text, sample.span.start).map(|value| value.text().into_owned()).unwrap_or_default();
    let mut s = Scanner::new(json.as_bytes());
    let valid = s.start().and_then(|start| s.skip_call(start, 0)).and_then(|end| s.finish(end.get()));
    match s.fault.filter(|fault| valid.is_none() && fault.why != Why::Blank) {
        // The place inside the text is not a place in the body, where the text is written with escapes.
        Some(fault) => {
            let inner = syntax(fault, json.as_bytes(), Document::Body, "/sample_payload");
            let message = format!("the sample's text is not JSON: {}", inner.message);
            let problem = Problem { message: message.into(), span: Some(sample.span.clone()), ..inner };
            Err(Box::new(problem.help("give the payload as an object instead of text, or mend the text")))
        }
        None => Ok(Cow::Owned(json.into_bytes())),
    }
}

fn is_blank(sample: &Sample, text: &[u8]) -> bool {
    let Some(value) = Value::at(text, sample.span.start) else {
        return true;
    };
    let inner = value.text();
    let written = if sample.kind == Kind::String { inner.as_bytes() } else { value.raw() };
    let start = Scanner::new(written).start();
    start.and_then(|start| Value::at(written, start)).is_none_or(|inner| !inner.is_populated())
}
