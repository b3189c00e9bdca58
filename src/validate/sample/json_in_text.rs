//! JSON inside of text: no path leads into it.

use super::text::Text;
use crate::diagnostic::{Problems, Told};
use crate::fields::Field;
use crate::json::Kind;
use crate::json::key_index::KeyIndex;
use crate::json::members::{Member, Value};
use crate::json::pointer::{push_index, push_key};
use crate::json::scan::Scanner;

const CODE: &str = "json-in-text";

pub(super) const HELP: &str = "a path cannot look inside a text: have the tool send the object itself, such as with raw message delivery in a subscription of Amazon SNS";

/// Most fields that are reported.
const REPORTED: usize = 10;

/// Reports fields of the sample whose text is JSON, each key once.
pub(super) fn check(sample: &Text<'_>, problems: &mut Problems) {
    // A member inside of text has quotes that are escaped. Most samples have none.
    if problems.has(CODE) || !sample.json.windows(2).any(|pair| pair == b"\\\"") {
        return;
    }
    if let Some(root) = Value::whole(&sample.json) {
        let mut walk = Walk { sample, pointer: String::new(), known: KeyIndex::default(), reported: 0, problems };
        walk.inside(&root);
    }
}

struct Walk<'w> {
    sample: &'w Text<'w>,
    pointer: String,
    known: KeyIndex,
    reported: usize,
    problems: &'w mut Problems,
}

impl Walk<'_> {
    fn inside(&mut self, value: &Value<'_>) {
        let length = self.pointer.len();
        for member in value.members() {
            push_key(&mut self.pointer, &member.key.text());
            self.member(&member);
            self.pointer.truncate(length);
        }
        for (number, item) in value.items().enumerate() {
            push_index(&mut self.pointer, number);
            self.inside(&item);
            self.pointer.truncate(length);
        }
    }

    fn member(&mut self, member: &Member<'_>) {
        if member.value.kind != Kind::String {
            return self.inside(&member.value);
        }
        let begins = member.value.inside().trim_ascii_start().first();
        if self.reported >= REPORTED || !matches!(begins, Some(b'{' | b'[' | b'\\')) || !is_json(&member.value.text()) {
            return;
        }
        let key = member.key.text();
        if self.known.number(&key, self.reported) < self.reported {
            return;
        }
        self.reported += 1;
        let told = Told {
            code: CODE,
            pointer: &self.sample.pointer(&self.pointer),
            span: &self.sample.place(member.key.start..member.key.end),
            message: "the field {0} holds JSON as text, which OIM does not read",
            help: HELP,
            args: &[&key],
        };
        self.problems.tell(&told, None);
    }
}

/// Whether a text is JSON with members in it: an object, or an array that begins with one.
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

/// Whether a field of the sample holds JSON as text. Of a long text only the beginning is known.
pub(super) fn is_in(field: &Field) -> bool {
    let is_cut = field.example.chars().count() >= 200;
    let begins = field.example.trim_start().starts_with(['{', '[']) && field.example.contains("\":");
    field.kind == "string" && begins && (is_cut || is_json(&field.example))
}
