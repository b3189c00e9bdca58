//! Whether a JSON object is a body, a configuration, or an error response of the API.

use super::{ImportError, ImportKind, unreadable};
use crate::config::attributes::{Attribute, AttributeShape, CONFIG};
use crate::diagnostic::quote_input;
use crate::json::Kind;
use crate::json::members::Value;
use core::ops::Range;

/// Classifies the JSON text at `range`, which is valid.
///
/// # Errors
/// It is neither a body nor a configuration.
pub(super) fn classify(text: &[u8], range: Range<usize>) -> Result<ImportKind, ImportError> {
    let members = Value::at(text, range.start).map(|object| object.unique_members(&mut |_| ())).unwrap_or_default();
    let (mut body, mut config) = (false, false);
    let (mut status, mut errors) = (None, None);
    for member in members {
        let key = member.key.text();
        match &*key {
            "config" | "sample_payload" => body = true,
            "status" if member.value.kind == Kind::Number => status = Some(member.value),
            "errors" if member.value.kind == Kind::Array => errors = Some(member.value),
            _ => config |= CONFIG.iter().any(|attribute| attribute.name == key && fits(attribute, member.value.kind)),
        }
    }
    match (status, errors) {
        _ if body => Ok(ImportKind::Body),
        _ if config => Ok(ImportKind::Config),
        (Some(status), Some(errors)) => Err(error_answer(range, &status, &errors)),
        _ => Err(unreadable(
            range,
            "this is neither a request body nor a configuration",
            "a body has `config` and `sample_payload`, a configuration has `status` and `primary_property`",
        )),
    }
}

/// Whether a member is an attribute of a configuration, and not a field of a payload that has the same name.
fn fits(attribute: &Attribute, kind: Kind) -> bool {
    match attribute.shape {
        AttributeShape::Boolean => kind == Kind::Bool,
        AttributeShape::String => kind == Kind::String,
        AttributeShape::Strings | AttributeShape::Objects(_) => kind == Kind::Array,
        // In v2, which validation reports, the primary property is a list.
        AttributeShape::Object(_) => {
            kind == Kind::Object || kind == Kind::Array && attribute.name == "primary_property"
        }
        AttributeShape::Lists | AttributeShape::Any => false,
    }
}

/// BigPanda reports an error as `{"status": n, "errors": ["…"]}`.
fn error_answer(range: Range<usize>, status: &Value<'_>, errors: &Value<'_>) -> ImportError {
    let (status, errors) = (status.text(), quote_input(&errors.text()));
    let message = ["this is an error response of the API, status ", &status, ": ", &errors].concat();
    unreadable(range, message, "fix the request and paste the response of one that succeeds")
}
