//! What a JSON object is: a body, a configuration, or the API's word that something went wrong.

use super::{Import, ImportKind, unreadable};
use crate::config::attributes::{Attribute, CONFIG, Shape};
use crate::diagnostic::{Problem, shown};
use crate::json::Kind;
use crate::json::members::Value;
use core::ops::Range;

/// Gives the JSON text at `range`, which is valid, as a body.
///
/// # Errors
/// It is something else.
pub(super) fn classify(text: &[u8], range: Range<usize>) -> Result<Import, Box<Problem>> {
    let raw = String::from_utf8_lossy(text.get(range.clone()).unwrap_or_default());
    let Some(value) = Value::at(text, range.start).filter(|value| value.kind == Kind::Object) else {
        return Err(not_an_object(text, range));
    };
    let (mut body, mut config) = (false, false);
    let (mut status, mut errors) = (None, None);
    for member in value.members() {
        let key = member.key.text();
        match &*key {
            "config" | "sample_payload" => body = true,
            "status" if member.value.kind == Kind::Number => status = Some(member.value),
            "errors" if member.value.kind == Kind::Array => errors = Some(member.value),
            _ => config |= CONFIG.iter().any(|attribute| attribute.name == key && fits(attribute, member.value.kind)),
        }
    }
    match errors {
        _ if body => Ok((raw.into_owned(), ImportKind::Body)),
        _ if config => Ok((["{\"config\": ", &raw, "}"].concat(), ImportKind::Config)),
        Some(errors) => Err(error_answer(range, status.as_ref(), &errors)),
        None => Err(Box::new(unreadable(
            range.start..range.start + 1,
            "the object is neither a request body nor a configuration",
            "a body has `config` and `sample_payload`, a configuration has `status` and `primary_property`",
        ))),
    }
}

/// Whether a member is an attribute of a configuration, and not a field of a payload that has the same name.
fn fits(attribute: &Attribute, kind: Kind) -> bool {
    match attribute.shape {
        Shape::Boolean => kind == Kind::Bool,
        Shape::String => kind == Kind::String,
        Shape::Strings | Shape::Objects(_) => kind == Kind::Array,
        // In version 2, which is for validation to tell, the primary property is a list.
        Shape::Object(_) => kind == Kind::Object || kind == Kind::Array && attribute.name == "primary_property",
        Shape::Lists | Shape::Any => false,
    }
}

#[inline(never)]
fn not_an_object(text: &[u8], range: Range<usize>) -> Box<Problem> {
    let kind = Kind::of(text.get(range.start).copied().unwrap_or_default());
    let message = format!("expected a request body, which is an object, found {}", kind.in_words());
    Box::new(unreadable(range, message, "paste the object with `config` and `sample_payload` in it"))
}

/// BigPanda: an error is told as `{"status": n, "errors": ["…"]}`.
#[inline(never)]
fn error_answer(range: Range<usize>, status: Option<&Value<'_>>, errors: &Value<'_>) -> Box<Problem> {
    let mut message = "this is an error that the API answered".to_owned();
    if let Some(status) = status {
        message.push_str(", status ");
        message.push_str(&shown(&status.text()));
    }
    if let Some(first) = errors.items().next() {
        message.push_str(": ");
        message.push_str(&shown(&first.text()));
    }
    Box::new(unreadable(range, message, "mend the call and paste the answer of one that succeeds"))
}
