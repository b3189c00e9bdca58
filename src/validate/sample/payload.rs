//! What a payload shows of the rules, besides the sample.

use super::text::{POINTER, Text};
use super::{SampleOptions, shown};
use crate::compile::Program;
use crate::config::Body;
use crate::diagnostic::{Document, Problem, Problems};
use crate::forms::payload_syntax;
use crate::json::scan::Scanner;
use std::borrow::Cow;

/// What is required of the sample only: tools leave out fields that have no value. What gives no alert for that reason
/// is rejected.
const OF_THE_SAMPLE: [&str; 4] = ["sample-missing", "sample-blank", "sample-missing-field", "primary-empty"];

/// How problems speak of the sample, and of a payload in its place.
const WORDS: [(&str, &str); 2] = [("the sample", "the payload"), ("a sample", "a payload")];

/// Shows a payload to the rules as if it were the sample. Problems that are at places of the body, and that are not among
/// `known`, go to `of_body`, those of the payload to `of_payload`. False if the payload is not JSON.
pub(crate) fn payload(
    body: &Body,
    program: Option<&Program>,
    text: &[u8],
    payload: &[u8],
    options: SampleOptions,
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
    let sample = Text::of_payload(payload, text.len());
    // Edits of rules look at the text of the body; that of the payload stands behind it.
    let both = [text, payload].concat();
    shown(body, program, &sample, &both, options, &mut found);
    for problem in found.kept() {
        if OF_THE_SAMPLE.contains(&problem.code) {
            continue;
        }
        let in_payload = problem.span.as_ref().is_some_and(|span| span.start >= text.len());
        if in_payload {
            of_payload.push(reworded(moved(problem, text.len())));
            continue;
        }
        // Known is what the sample shows, and in other words what an earlier payload shows.
        let reworded = reworded(problem.clone());
        if !known.kept().iter().any(|one| is_same(one, problem) || is_same(one, &reworded)) {
            of_body.push(reworded);
        }
    }
    true
}

/// A problem at a place behind the body, with its place in the payload.
fn moved(problem: &Problem, body: usize) -> Problem {
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

/// The problem with the words for a payload, but for what it quotes.
fn reworded(problem: Problem) -> Problem {
    Problem { message: in_words(&problem.message), help: problem.help.map(|help| in_words(&help)), ..problem }
}

fn in_words(text: &str) -> Cow<'static, str> {
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
    fn words_are_those_of_a_payload_except_in_quotes() {
        let text = "the tag `the sample` is text in the sample; use a sample";
        assert_eq!(in_words(text), "the tag `the sample` is text in the payload; use a payload");
    }
}
