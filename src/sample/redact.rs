//! Neutral values in the place of those of a payload.

use crate::compile::Program;
use crate::diagnostic::Problems;
use crate::evaluate::{ObservedAlert, Observer, items_of, observe, text_of};
use crate::json::Kind;
use crate::json::escape::quote;
use crate::json::key_index::KeyIndex;
use crate::json::members::Value;
use crate::time::read;
use std::collections::BTreeSet;

/// What stands in the place of times that no rule reads.
const TIME: &str = "2026-01-01T00:00:00Z";

/// Replaces the values of a payload by neutral ones of the same kind; equal ones by equal ones. Keys stay, and what the
/// rules go by: words that the status map or the filter lists, and times that the time rule reads.
pub(crate) fn redact(program: &Program, text: &[u8]) -> Vec<u8> {
    let mut kept = Kept::default();
    observe(program, text, &mut kept, &mut Problems::default());
    let mut redaction = Redaction { kept, known: KeyIndex::default(), count: 0, out: Vec::new() };
    if let Some(value) = Value::whole(text).and_then(|value| Value::at(text, value.start)) {
        redaction.value(&value);
    }
    redaction.out
}

/// Where values begin that the status, the time or the filter goes by.
#[derive(Default)]
struct Kept {
    /// They are read, and stay.
    read: BTreeSet<usize>,
    /// They are not read, and must not become something that is.
    unread: BTreeSet<usize>,
}

impl Observer for Kept {
    fn restart(&mut self) {
        *self = Kept::default();
    }

    fn alert(&mut self, seen: &ObservedAlert<'_>) {
        let program = seen.program();
        for source in &program.status.sources {
            let Some((value, _)) = seen.value(source) else {
                continue;
            };
            let mut keep = |value: &Value<'_>| {
                let is_listed = program.status.look_up(text_of(value).as_bytes()).is_some();
                self.set(is_listed).insert(value.start);
            };
            match value.kind {
                Kind::Array => items_of(&value).for_each(|item| keep(&item)),
                _ => keep(&value),
            }
        }
        for source in program.time.iter().flat_map(|rule| &rule.sources) {
            if let Some((value, _)) = seen.value(source) {
                self.set(seen.is_time(&value)).insert(value.start);
            }
        }
        let Some(filter) = &program.filter else {
            return;
        };
        for comparison in filter.expression.comparisons() {
            let value = filter.source(comparison).and_then(|source| seen.value(source));
            if let Some((value, _)) = value
                && comparison.values.iter().any(|pattern| !pattern.is_regex() && pattern.as_str() == text_of(&value))
            {
                self.read.insert(value.start);
            }
        }
    }

    fn not_object(&mut self, _pointer: &dyn Fn() -> String, _element: &Value<'_>) {}
}

impl Kept {
    fn set(&mut self, is_read: bool) -> &mut BTreeSet<usize> {
        if is_read { &mut self.read } else { &mut self.unread }
    }
}

struct Redaction {
    kept: Kept,
    /// Texts and their numbers.
    known: KeyIndex,
    count: usize,
    out: Vec<u8>,
}

impl Redaction {
    fn value(&mut self, value: &Value<'_>) {
        match value.kind {
            _ if self.kept.read.contains(&value.start) => self.out.extend_from_slice(value.raw()),
            Kind::Number if self.kept.unread.contains(&value.start) => self.out.extend_from_slice(value.raw()),
            Kind::Null | Kind::Bool => self.out.extend_from_slice(value.raw()),
            Kind::Number => {
                let is_whole = value.raw().iter().all(|b| b.is_ascii_digit() || *b == b'-');
                self.out.extend_from_slice(if is_whole { b"1" } else { b"1.5" });
            }
            Kind::String => {
                let is_unread = self.kept.unread.contains(&value.start);
                let neutral = self.text(&value.text(), is_unread);
                quote(&neutral, &mut self.out);
            }
            Kind::Array => {
                self.out.push(b'[');
                for (number, item) in value.items().enumerate() {
                    if number > 0 {
                        self.out.push(b',');
                    }
                    self.value(&item);
                }
                self.out.push(b']');
            }
            Kind::Object => {
                self.out.push(b'{');
                for (number, member) in value.members().enumerate() {
                    if number > 0 {
                        self.out.push(b',');
                    }
                    self.out.extend_from_slice(member.key.raw());
                    self.out.push(b':');
                    self.value(&member.value);
                }
                self.out.push(b'}');
            }
        }
    }

    /// A text of the same kind; one of no kind in the place of one that no rule reads.
    fn text(&mut self, text: &str, is_unread: bool) -> String {
        if text.trim().is_empty() {
            return text.to_owned();
        }
        if !is_unread && !text.bytes().all(|b| b.is_ascii_digit()) && read(text.as_bytes(), None).is_some() {
            return TIME.to_owned();
        }
        let number = self.known.get_or_insert(text, self.count + 1);
        self.count = self.count.max(number);
        if is_unread {
            return format!("text {number}");
        }
        if text.bytes().all(|b| b.is_ascii_digit()) {
            return number.to_string();
        }
        if text.starts_with("https://") || text.starts_with("http://") {
            return format!("https://example.com/{number}");
        }
        if is_address(text) {
            // The block that is reserved for documentation.
            return format!("192.0.2.{}", number % 256);
        }
        match text.split_once('@') {
            Some((name, host)) if !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace) => {
                format!("user{number}@example.com")
            }
            _ => format!("text {number}"),
        }
    }
}

fn is_address(text: &str) -> bool {
    let mut parts = 0;
    text.split('.').all(|part| {
        parts += 1;
        part.parse::<u8>().is_ok()
    }) && parts == 4
}
