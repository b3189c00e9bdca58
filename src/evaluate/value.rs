//! How a value of the payload becomes the value of a tag, and text to compare.

use super::output::OutputWriter;
use super::work_budget::WorkBudget;
use crate::json::Kind;
use crate::json::escape::{compact, decode, into_string, quote};
use crate::json::members::Value;
use crate::json::scan::{ESCAPED, LONE};
use std::borrow::Cow;

/// Whether a value becomes a list: an array without arrays and objects in it.
pub(crate) fn is_list(value: &Value<'_>) -> bool {
    value.kind == Kind::Array && !value.items().any(|item| matches!(item.kind, Kind::Array | Kind::Object))
}

/// The items of a list as texts; `null` is left out.
pub(crate) fn list<'t>(value: &Value<'t>) -> impl Iterator<Item = Value<'t>> {
    value.items().filter(|item| item.kind != Kind::Null)
}

/// A value as text: a string as it is, a number with the digits it came with, arrays and objects as JSON text.
pub(crate) fn text<'t>(value: &Value<'t>) -> Cow<'t, str> {
    match value.kind {
        Kind::Array | Kind::Object => {
            let mut json = Vec::with_capacity(value.end - value.start);
            compact(value.raw(), &mut json);
            Cow::Owned(into_string(json))
        }
        _ => value.text(),
    }
}

/// Most items of a tag's list. BigPanda: alert object, more are cut.
pub(crate) const ITEMS: usize = 30;

/// Longest item of a tag, in characters. BigPanda: alert object.
pub(crate) const ITEM_CHARACTERS: usize = 512;

/// Longest tag `description`, in characters. BigPanda: alert object.
pub(crate) const DESCRIPTION_CHARACTERS: usize = 2_048;

/// Whether BigPanda cuts a value in a tag of this name.
pub(super) fn exceeds_limits(name: &str, value: &Value<'_>) -> bool {
    /// Fewer bytes cannot hold so many items.
    const SHORT: usize = 2 * ITEMS;
    match value.kind {
        Kind::Null | Kind::Bool | Kind::Object => false,
        Kind::Array if value.end - value.start <= SHORT || !is_list(value) => false,
        Kind::Array => list(value).count() > ITEMS || list(value).any(|item| characters(&item) > ITEM_CHARACTERS),
        _ if name == "description" => characters(value) > DESCRIPTION_CHARACTERS,
        _ => characters(value) > ITEM_CHARACTERS,
    }
}

/// The length of a value's text; of one that is short for sure, its bytes.
pub(crate) fn characters(value: &Value<'_>) -> usize {
    let bytes = value.end - value.start;
    if bytes <= ITEM_CHARACTERS { bytes } else { value.text().chars().count() }
}

/// The bytes of a string without escapes, or of a number or boolean; the common case of [`text`].
pub(super) fn plain<'t>(value: &Value<'t>) -> Option<&'t [u8]> {
    match value.kind {
        Kind::String if value.flags & ESCAPED == 0 => Some(value.inside()),
        Kind::Number | Kind::Bool => Some(value.raw()),
        _ => None,
    }
}

/// Writes a value as the JSON text of a tag's value; if `canonical`, equal values with equal bytes, however the payload
/// spells them.
pub(super) fn write(value: &Value<'_>, canonical: bool, budget: &WorkBudget, out: &mut OutputWriter<'_>) {
    let bare = matches!(value.kind, Kind::Number | Kind::Bool);
    let foreign = if canonical { LONE | ESCAPED } else { LONE };
    if !bare && (value.kind != Kind::String || value.flags & foreign != 0) {
        return out.put(&rewritten(value, foreign, budget));
    }
    if bare {
        out.literal(b"\"");
    }
    out.copy(value.text, value.start, value.end - value.start);
    if bare {
        out.literal(b"\"");
    }
}

/// The JSON text of a tag's value, of a value that cannot be copied. `foreign` are the flags of strings that cannot.
fn rewritten(value: &Value<'_>, foreign: u8, budget: &WorkBudget) -> Vec<u8> {
    if !budget.spend_reading(value) {
        return Vec::new();
    }
    let mut json = Vec::with_capacity(value.end - value.start + 2);
    if value.kind == Kind::String {
        // Half a surrogate pair has no UTF-8; as text it is U+FFFD.
        quote(&decode(value.inside(), value.flags), &mut json);
    } else if is_list(value) {
        json.push(b'[');
        for (i, item) in list(value).enumerate() {
            if i > 0 {
                json.push(b',');
            }
            match item.kind {
                Kind::String if item.flags & foreign == 0 => json.extend_from_slice(item.raw()),
                _ => quote(&text(&item), &mut json),
            }
        }
        json.push(b']');
    } else {
        quote(&text(value), &mut json);
    }
    json
}

#[cfg(test)]
mod tests {
    use super::super::output::OutputBuffer;
    use super::*;

    fn tag(json: &str, canonical: bool) -> String {
        let mut out = OutputBuffer::default();
        if let Some(value) = Value::at(json.as_bytes(), 0) {
            let budget = WorkBudget::default();
            out.write(|out| write(&value, canonical, &budget, out));
        }
        String::from_utf8_lossy(out.bytes()).into_owned()
    }

    #[test]
    fn values_become_tags() {
        let cases = [
            (r#""a\n\u00e9""#, r#""a\n\u00e9""#),
            (r#""x\ud800y""#, "\"x\u{fffd}y\""),
            ("9007199254740993", r#""9007199254740993""#),
            ("1.10", r#""1.10""#),
            ("-0", r#""-0""#),
            ("1e400", r#""1e400""#),
            ("false", r#""false""#),
            (r#"[1, null, "b", true]"#, r#"["1","b","true"]"#),
            (r#"[1, [2]]"#, r#""[1,[2]]""#),
            (r#"{"a b": [1, "x\"y"]}"#, r#""{\"a b\":[1,\"x\\\"y\"]}""#),
        ];
        for (json, expected) in cases {
            assert_eq!(tag(json, false), expected, "{json}");
        }
    }

    #[test]
    fn equal_values_have_one_canonical_text() {
        let cases = [
            (r#""a\n\u00e9\/""#, r#""a\né/""#),
            (r#""plain""#, r#""plain""#),
            ("1.10", r#""1.10""#),
            (r#"["\u0061", 1, null, "\ud800"]"#, "[\"a\",\"1\",\"\u{fffd}\"]"),
            (r#"{"a" : "\u0061"}"#, r#""{\"a\":\"\\u0061\"}""#),
        ];
        for (json, expected) in cases {
            assert_eq!(tag(json, true), expected, "{json}");
        }
    }
}
