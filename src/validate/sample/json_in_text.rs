//! JSON inside texts, where no path leads.

use super::sample_text::SampleText;
use crate::diagnostic::{Problem, Problems, quote_input};
use crate::fields::Field;
use crate::json::Kind;
use crate::json::members::{Member, Value};
use crate::json::pointer::{push_index, push_key};
use crate::json::scan::Scanner;
use std::collections::HashSet;

const CODE: &str = "json-in-text";

pub(super) const HELP: &str = "a path cannot look inside a text: have the tool send the object itself, such as with raw message delivery in a subscription of Amazon SNS";

/// Most fields that are reported.
const REPORTED: usize = 10;

/// Reports fields of the sample whose text is JSON, each key once.
pub(super) fn check(sample: &SampleText<'_>, problems: &mut Problems) {
    // A member inside a text has escaped quotes. Most samples have none.
    if problems.has(CODE) || !sample.json.windows(2).any(|pair| pair == b"\\\"") {
        return;
    }
    if let Some(root) = Value::whole(&sample.json) {
        let mut search = TextSearch { sample, pointer: String::new(), reported: HashSet::new(), problems };
        search.look_inside(&root);
    }
}

struct TextSearch<'w> {
    sample: &'w SampleText<'w>,
    pointer: String,
    /// Keys that are reported.
    reported: HashSet<String>,
    problems: &'w mut Problems,
}

impl TextSearch<'_> {
    fn look_inside(&mut self, value: &Value<'_>) {
        let length = self.pointer.len();
        for member in value.members() {
            push_key(&mut self.pointer, &member.key.text());
            self.member(&member);
            self.pointer.truncate(length);
        }
        for (number, item) in value.items().enumerate() {
            push_index(&mut self.pointer, number);
            self.look_inside(&item);
            self.pointer.truncate(length);
        }
    }

    fn member(&mut self, member: &Member<'_>) {
        if member.value.kind != Kind::String {
            return self.look_inside(&member.value);
        }
        let first = member.value.inside().trim_ascii_start().first();
        if self.reported.len() >= REPORTED
            || !matches!(first, Some(b'{' | b'[' | b'\\'))
            || !is_json(&member.value.text())
        {
            return;
        }
        let key = member.key.text();
        if !self.reported.insert(key.clone().into_owned()) {
            return;
        }
        let span = self.sample.body_span(member.key.start..member.key.end);
        let message = format!("the field {} holds JSON as text, which OIM does not read", quote_input(&key));
        self.problems.push(Problem::body(CODE, self.sample.pointer(&self.pointer), span, message).help(HELP));
    }
}

/// Whether a text is a JSON object with members, or an array that begins with one.
fn is_json(text: &str) -> bool {
    let mut scanner = Scanner::new(text.as_bytes());
    let end = scanner.start().and_then(|start| scanner.skip(start, 0));
    end.is_some_and(|end| scanner.finish(end.get()).is_some())
        && Value::whole(text.as_bytes()).is_some_and(|value| has_members(&value))
}

fn has_members(value: &Value<'_>) -> bool {
    match value.kind {
        Kind::Object => value.is_populated(),
        Kind::Array => value.items().next().is_some_and(|item| item.kind == Kind::Object && item.is_populated()),
        _ => false,
    }
}

/// Whether a field of the sample is a text that contains JSON. Of a long text only the beginning is known.
pub(super) fn is_field_with_json(field: &Field) -> bool {
    let is_cut = field.example.chars().count() >= 200;
    let begins = field.example.trim_start().starts_with(['{', '[']) && field.example.contains("\":");
    field.kind == "string" && begins && (is_cut || is_json(&field.example))
}
