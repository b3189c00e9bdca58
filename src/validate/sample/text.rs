//! The sample payload as JSON text, and the way back from a place in it to the body.

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

/// The sample as JSON text: an object as it stands, a text as what it says.
pub(super) struct Text<'t> {
    pub(super) json: Cow<'t, [u8]>,
    /// The sample in the body.
    pub(super) span: Range<usize>,
    /// The inside of the string that holds the sample, when it is written with escapes.
    escaped: Option<&'t [u8]>,
    /// Given as text, so that no pointer leads into it.
    is_text: bool,
    /// No sample, but a payload that is shown in its place.
    is_payload: bool,
}

impl<'t> Text<'t> {
    /// Reads the sample of a body. Blank text is a blank sample.
    ///
    /// # Errors
    /// A sample given as text that is not JSON.
    pub(super) fn read(sample: &Sample, body: &'t [u8]) -> Result<Text<'t>, Box<Problem>> {
        let raw = body.get(sample.span.clone()).unwrap_or_default();
        if sample.kind != Kind::String {
            return Ok(Text {
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
        let text = Text { json, span: sample.span.clone(), escaped, is_text: true, is_payload: false };
        let mut s = Scanner::new(&text.json);
        let valid = s.start().and_then(|start| s.skip(start, 0)).and_then(|end| s.finish(end.get()));
        match s.error.filter(|error| valid.is_none() && error.kind != SyntaxErrorKind::Blank) {
            Some(error) => Err(Box::new(text.broken(syntax(error, &text.json, Document::Body, POINTER)))),
            None => Ok(text),
        }
    }

    /// A payload that is shown to the rules in the place of the sample. Its places are those behind the body, which has
    /// so many bytes.
    pub(super) fn of_payload(payload: &'t [u8], body: usize) -> Text<'t> {
        let json = payload.strip_prefix(b"\xef\xbb\xbf").unwrap_or(payload);
        let start = body + payload.len() - json.len();
        Text {
            json: Cow::Borrowed(json),
            span: start..start + json.len(),
            escaped: None,
            is_text: false,
            is_payload: true,
        }
    }

    fn broken(&self, inner: Problem) -> Problem {
        let span = inner.span.clone().map(|at| self.place(at));
        let inner = Problem { span, ..inner };
        if inner.code != "json-syntax" {
            return inner;
        }
        let message = ["the sample's text is not JSON: ", &*inner.message].concat().into();
        let help = [inner.help.as_deref().unwrap_or_default(), "; or write the payload as an object instead of text"];
        Problem { message, help: Some(help.concat().into()), ..inner }
    }

    /// Whether the body has the sample as text.
    pub(super) fn is_text(&self) -> bool {
        self.is_text
    }

    /// Where the sample begins in the body, if something can be put into it: it is no text, whose escapes would have to be
    /// written too, and no payload.
    pub(super) fn open_at(&self) -> Option<usize> {
        (!self.is_text && !self.is_payload).then_some(self.span.start)
    }

    /// The place in the body of a part of the sample.
    pub(super) fn place(&self, part: Range<usize>) -> Range<usize> {
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

    /// Tells what is wrong with the sample's text as what is wrong with the body. Of those in a text with escapes only
    /// a few get their exact place, which takes a walk through it.
    pub(super) fn tell(&self, of_payload: Problems, problems: &mut Problems) {
        const WALKS: usize = 20;
        let mut walks = 0;
        problems.absorb(of_payload, &mut |problem| {
            walks += 1;
            let span = match problem.span {
                // As a whole.
                None | Some(Range { start: 0, end: 0 }) => self.span.start..self.span.start + 1,
                Some(_) if self.escaped.is_some() && walks > WALKS => self.span.clone(),
                Some(part) => self.place(part),
            };
            let pointer = self.pointer(&problem.pointer).into();
            let suggestion = problem.suggestion.map(|mut fix| {
                fix.edits.iter_mut().for_each(|(at, _)| *at = self.place(at.clone()));
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
    fn places_lead_back_through_escapes() {
        let body = r#""{\"a\": \"\u00e9\", \"b\": 1}""#;
        let text = Text::read(&sample(body), body.as_bytes()).unwrap_or_else(|p| unreachable!("{p:?}"));
        let json = String::from_utf8_lossy(&text.json).into_owned();
        let b = json.find("\"b\"").unwrap_or_default();
        assert_eq!(body.get(text.place(b..b + 3)), Some(r#"\"b\""#));
        assert_eq!(text.pointer("/b"), "/sample_payload");
    }

    #[test]
    fn text_that_is_no_json_is_told_at_its_place() {
        for (body, underlined) in [(r#""{\"a\": x}""#, "x"), (r#""{a}""#, "a"), (r#""[1,]""#, "]")] {
            let problem = Text::read(&sample(body), body.as_bytes()).err();
            let span = problem.and_then(|p| p.span).unwrap_or_default();
            assert_eq!(body.get(span), Some(underlined), "{body}");
        }
    }
}
