//! Checks the rules against a payload besides the sample.

use super::sample_text::{POINTER, SampleText};
use super::{SampleChecks, check_text};
use crate::compile::Program;
use crate::config::Body;
use crate::diagnostic::{Document, Problem, Problems};
use crate::forms::payload_syntax;
use crate::json::scan::Scanner;
use std::borrow::Cow;

/// What only the sample needs: tools leave out fields without a value. An element that lacks too much is rejected anyway.
const ONLY_OF_SAMPLE: [&str; 4] = ["sample-missing", "sample-blank", "sample-missing-field", "primary-empty"];

/// How messages name the sample, and a payload in its place.
const WORDS: [(&str, &str); 2] = [("the sample", "the payload"), ("a sample", "a payload")];

/// Checks the rules against a payload as if it were the sample. Problems in the body go to `of_body`, unless they are among
/// `known`; those in the payload go to `of_payload`. False if the payload is not JSON.
pub(crate) fn payload(
    body: &Body,
    program: Option<&Program>,
    text: &[u8],
    payload: &[u8],
    options: SampleChecks,
    known: &Problems,
    (of_body, of_payload): (&mut Problems, &mut Problems),
) -> bool {
    let mut s = Scanner::new(payload);
    let end = s.start().and_then(|start| s.skip(start, 0)).and_then(|end| s.finish(end.get()));
    if let Some(error) = s.error.filter(|_| end.is_none()) {
        of_payload.push(payload_syntax(error, payload));
        return false;
    }
    let mut found = Problems::default();
    let sample = SampleText::of_payload(payload, text.len());
    // Fixes of rules read the text of the body, so the payload is appended to it.
    let both = [text, payload].concat();
    check_text(body, program, &sample, &both, options, &mut found);
    for problem in found.kept() {
        if ONLY_OF_SAMPLE.contains(&problem.code) {
            continue;
        }
        let in_payload = problem.span.as_ref().is_some_and(|span| span.start >= text.len());
        if in_payload {
            of_payload.push(reword(into_payload(problem, text.len())));
            continue;
        }
        // Known is what the sample shows, and in other words what an earlier payload shows.
        let reworded = reword(problem.clone());
        if !known.kept().iter().any(|one| is_same(one, problem) || is_same(one, &reworded)) {
            of_body.push(reworded);
        }
    }
    true
}

/// A problem at a place after the body, with its place in the payload.
fn into_payload(problem: &Problem, body: usize) -> Problem {
    let mut moved = problem.clone();
    moved.document = Document::Payload;
    moved.pointer = problem.pointer.strip_prefix(POINTER).unwrap_or(&problem.pointer).to_owned().into();
    moved.span = problem.span.as_ref().map(|span| span.start - body..span.end.saturating_sub(body));
    moved.suggestion = moved.suggestion.filter(|fix| fix.edits.iter().all(|(at, _)| at.start >= body));
    for (at, _) in moved.suggestion.iter_mut().flat_map(|fix| &mut fix.edits) {
        *at = at.start - body..at.end - body;
    }
    moved
}

fn is_same(one: &Problem, other: &Problem) -> bool {
    (one.code, &one.pointer, &one.span, &one.message) == (other.code, &other.pointer, &other.span, &other.message)
}

/// Replaces "sample" by "payload" in a problem, except in quoted input.
fn reword(problem: Problem) -> Problem {
    Problem { message: reword_text(&problem.message), help: problem.help.map(|help| reword_text(&help)), ..problem }
}

fn reword_text(text: &str) -> Cow<'static, str> {
    let mut out = String::with_capacity(text.len());
    for (number, part) in text.split('`').enumerate() {
        if number > 0 {
            out.push('`');
        }
        if number % 2 == 1 {
            out.push_str(part);
            continue;
        }
        let words = WORDS.iter().fold(part.to_owned(), |part, (sample, payload)| part.replace(sample, payload));
        out.push_str(&words);
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_reworded_except_in_quotes() {
        let text = "the tag `the sample` is text in the sample; use a sample";
        assert_eq!(reword_text(text), "the tag `the sample` is text in the payload; use a payload");
    }
}
