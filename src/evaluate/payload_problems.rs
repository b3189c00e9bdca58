//! Problems of a payload besides its alerts: its size, and keys that occur twice.

use super::decision::Repeated;
use crate::compile::Program;
use crate::diagnostic::{Document, Problem, Problems, quote_input};
use crate::extract::{Duplicate, push_pointer};
use crate::json::members::key_before;
use crate::json::{limits, pointer};
use core::ops::Range;

/// Checks the size of a payload; false when it is too large to be read.
pub(super) fn size(text: &[u8], problems: &mut Problems) -> bool {
    let bytes = text.len();
    if bytes < limits::PAYLOAD_WARN_BYTES {
        return true;
    }
    let too_large = bytes > limits::PAYLOAD_BYTES;
    let (code, message) = if too_large {
        ("payload-too-large", format!("the payload has more than {} bytes (6 MiB)", limits::PAYLOAD_BYTES))
    } else {
        ("payload-near-limit", format!("the payload has {bytes} bytes, close to the limit of 6 MB"))
    };
    problems.push(
        Problem::new(code, Document::Payload, "", 0..0, message)
            .help("send fewer alerts in one payload, or leave out fields that no rule needs"),
    );
    !too_large
}

/// Reports keys that occur twice on the path of a rule. `array` gives the pointer to the array of alerts.
pub(super) fn duplicates<'d>(
    program: &Program,
    text: &[u8],
    array: &dyn Fn() -> &'d str,
    duplicates: impl Iterator<Item = &'d Duplicate>,
    problems: &mut Problems,
) {
    for d in duplicates {
        let (mut at, trie) = match d.element {
            Some(element) => (pointer::index(array(), element as usize), &program.alert),
            None if program.array.is_none() => (String::new(), &program.alert),
            None => (String::new(), &program.payload),
        };
        push_pointer(&mut at, trie, d.node, d.key_spelling);
        problems.push(given_twice(&trie.path(d.node).join("."), at, text, d.start..d.end));
    }
}

/// Reports keys that occur twice in objects from which tags are derived.
pub(super) fn repeated<'d>(
    program: &Program,
    text: &[u8],
    array: &dyn Fn() -> &'d str,
    found: &[Repeated],
    problems: &mut Problems,
) {
    for Repeated { alert, pointer: inside, start, end } in found {
        let at = match alert {
            Some(alert) if program.array.is_some() => pointer::index(array(), *alert as usize) + inside,
            _ => inside.clone(),
        };
        problems.push(given_twice(&inside.trim_start_matches('/').replace('/', "."), at, text, *start..*end));
    }
}

fn given_twice(what: &str, at: String, text: &[u8], value: Range<usize>) -> Problem {
    let span = key_before(text, value.start).unwrap_or(value);
    let message = format!("{} occurs twice; the last one is used", quote_input(what));
    Problem::new("json-duplicate-key", Document::Payload, at, span, message)
        .help("programs differ in which one they use: make the tool send it once")
}
