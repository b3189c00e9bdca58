//! The sample payload as JSON text, and the places of its parts in the body.

use crate::config::Sample;
use crate::diagnostic::{Document, Problem, Problems, syntax};
use crate::json::Kind;
use crate::json::escape::decoded_to;
use crate::json::members::Value;
use crate::json::scan::{Scanner, SyntaxErrorKind};
use core::ops::Range;
use std::borrow::Cow;

/// Where the sample stands in the body.
pub(super) const POINTER: &str = "/sample_payload";

/// The sample as JSON text: an object as written, a string decoded.
pub(super) struct SampleText<'t> {
    pub(super) json: Cow<'t, [u8]>,
    /// The sample in the body.
    pub(super) span: Range<usize>,
    /// The inside of the string that holds the sample, when it is written with escapes.
    escaped: Option<&'t [u8]>,
    /// Given as a string, so no pointer leads into it.
    is_text: bool,
    /// Not the sample, but a payload in its place.
    is_payload: bool,
}

impl<'t> SampleText<'t> {
    /// Reads the sample of a body. A blank string is a blank sample.
    ///
    /// # Errors
    /// A sample given as a string that is not JSON.
    pub(super) fn read(sample: &Sample, body: &'t [u8]) -> Result<SampleText<'t>, Box<Problem>> {
        #[expect(clippy::indexing_slicing, reason = "the sample was found in this body")]
        let raw = &body[sample.span.clone()];
        if sample.kind != Kind::String {
            return Ok(SampleText {
                json: Cow::Borrowed(raw),
                span: sample.span.clone(),
                escaped: None,
                is_text: false,
                is_payload: false,
            });
        }
        let value = Value::at(body, sample.span.start);
        let inside = value.map(|value| value.inside()).unwrap_or_default();
        let json = match value.map(|value| value.text()) {
            Some(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
            _ => Cow::Borrowed(inside),
        };
        let escaped = matches!(json, Cow::Owned(_)).then_some(inside);
        let text = SampleText { json, span: sample.span.clone(), escaped, is_text: true, is_payload: false };
        let mut s = Scanner::new(&text.json);
        let valid = s.start().and_then(|start| s.skip(start, 0)).and_then(|end| s.finish(end.get()));
        match s.error.filter(|error| valid.is_none() && error.kind != SyntaxErrorKind::Blank) {
            Some(error) => Err(Box::new(text.syntax_problem(syntax(error, &text.json, Document::Body, POINTER)))),
            None => Ok(text),
        }
    }

    /// A payload in the place of the sample. Its places begin after the body, which has `body_length` bytes.
    pub(super) fn of_payload(payload: &'t [u8], body_length: usize) -> SampleText<'t> {
        let json = payload.strip_prefix(b"\xef\xbb\xbf").unwrap_or(payload);
        let start = body_length + payload.len() - json.len();
        SampleText {
            json: Cow::Borrowed(json),
            span: start..start + json.len(),
            escaped: None,
            is_text: false,
            is_payload: true,
        }
    }

    fn syntax_problem(&self, inner: Problem) -> Problem {
        let span = inner.span.clone().map(|at| self.body_span(at));
        let inner = Problem { span, ..inner };
        if inner.code != "json-syntax" {
            return inner;
        }
        let message = format!("the sample's text is not JSON: {}", inner.message);
        let help = inner.help.as_deref().unwrap_or_default();
        let help = format!("{help}; or write the payload as an object instead of text");
        Problem { message: message.into(), ..inner }.help(help)
    }

    /// Whether the body has the sample as text.
    pub(super) fn is_text(&self) -> bool {
        self.is_text
    }

    /// Where the sample begins in the body, if fields can be added to it: not into a string, where they would need escapes,
    /// and not into a payload.
    pub(super) fn start_if_editable(&self) -> Option<usize> {
        (!self.is_text && !self.is_payload).then_some(self.span.start)
    }

    /// The place in the body of a part of the sample.
    pub(super) fn body_span(&self, part: Range<usize>) -> Range<usize> {
        let inside = self.span.start + usize::from(self.is_text);
        let at = |offset: usize| match self.escaped {
            Some(raw) => inside + decoded_to(raw, offset),
            None => inside + offset,
        };
        at(part.start)..at(part.end)
    }

    /// The pointer into the body of a pointer into the sample.
    pub(super) fn pointer(&self, inner: &str) -> String {
        if self.is_text { POINTER.to_owned() } else { [POINTER, inner].concat() }
    }

    /// Reports the problems of the sample as problems of the body. In a string with escapes only the first get their exact
    /// place, since each reads the string again.
    pub(super) fn report(&self, of_payload: Problems, problems: &mut Problems) {
        const EXACT: usize = 20;
        let mut count = 0;
        problems.extend(of_payload, |problem| {
            count += 1;
            let span = match problem.span {
                // As a whole.
                None | Some(Range { start: 0, end: 0 }) => self.span.start..self.span.start + 1,
                Some(_) if self.escaped.is_some() && count > EXACT => self.span.clone(),
                Some(part) => self.body_span(part),
            };
            let pointer = self.pointer(&problem.pointer).into();
            let suggestion = problem.suggestion.map(|mut fix| {
                fix.edits.iter_mut().for_each(|(at, _)| *at = self.body_span(at.clone()));
                fix
            });
            Problem { suggestion, document: Document::Body, pointer, span: Some(span), ..problem }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(body: &str) -> Sample {
        let kind = Kind::of(body.bytes().next().unwrap_or_default());
        Sample { kind, span: 0..body.len() }
    }

    #[test]
    fn places_are_found_in_a_string_with_escapes() {
        let body = r#""{\"a\": \"\u00e9\", \"b\": 1}""#;
        let text = SampleText::read(&sample(body), body.as_bytes()).unwrap_or_else(|p| unreachable!("{p:?}"));
        let json = String::from_utf8_lossy(&text.json).into_owned();
        let b = json.find("\"b\"").unwrap_or_default();
        assert_eq!(body.get(text.body_span(b..b + 3)), Some(r#"\"b\""#));
        assert_eq!(text.pointer("/b"), "/sample_payload");
    }

    #[test]
    fn a_syntax_error_is_reported_at_its_place() {
        for (body, underlined) in [(r#""{\"a\": x}""#, "x"), (r#""{a}""#, "a"), (r#""[1,]""#, "]")] {
            let problem = SampleText::read(&sample(body), body.as_bytes()).err();
            let span = problem.and_then(|p| p.span).unwrap_or_default();
            assert_eq!(body.get(span), Some(underlined), "{body}");
        }
    }
}
