//! Values in a document, by where they are.

use crate::diagnostic::TextRange;
use crate::json::members::Value;
use crate::json::place::Places;
use crate::json::scan::check;
use crate::lookup;
use serde::Serialize;

/// A value in a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundValue {
    /// RFC 6901 pointer to it.
    pub pointer: String,
    /// The number of the alert that it is in; `None` outside the array.
    pub index: Option<usize>,
    /// The value as it is written.
    pub json: String,
    /// Where it is.
    pub range: TextRange,
}

/// Finds the value at a JSON pointer. Of equal keys the last one counts. `None` if there is none, or the text is not JSON.
///
/// ```
/// use oim_config::value_at;
///
/// let found = value_at(r#"{"config": {"a/b": 1.50}}"#, "/config/a~1b").expect("it is there");
/// assert_eq!((&*found.json, found.range.start), ("1.50", 19));
/// assert_eq!(value_at("{}", "/config"), None);
/// ```
pub fn value_at(text: impl AsRef<[u8]>, pointer: &str) -> Option<FoundValue> {
    let text = text.as_ref();
    check(text).ok()?;
    let value = lookup::at_pointer(text, pointer)?;
    Some(found(&Places::new(text.get(..value.end)?), (None, pointer.to_owned(), value)))
}

/// Finds the values of a source path in a payload, as a rule gets them: of nested keys and a key with dots that spell one
/// path, the most nested one. With an array source, a path that begins with `@alert.` gives the value of each element that
/// has one. Empty if there is none, or if the payload is not JSON.
///
/// ```
/// use oim_config::values_of;
///
/// let payload = r#"{"from": "tool", "alerts": [{"node": "web-1"}, {}, {"node": null}]}"#;
/// let found = values_of(payload, "@alert.node", Some("alerts"));
/// let found: Vec<_> = found.iter().map(|value| (value.index, &*value.pointer, &*value.json)).collect();
/// assert_eq!(found, [(Some(0), "/alerts/0/node", "\"web-1\""), (Some(2), "/alerts/2/node", "null")]);
///
/// assert_eq!(values_of(payload, "from", Some("alerts"))[0].json, "\"tool\"");
/// ```
pub fn values_of(payload: impl AsRef<[u8]>, path: &str, array_source: Option<&str>) -> Vec<FoundValue> {
    let payload = payload.as_ref();
    if check(payload).is_err() {
        return Vec::new();
    }
    let places = Places::new(payload);
    lookup::of_path(payload, path, array_source).into_iter().map(|value| found(&places, value)).collect()
}

fn found(places: &Places<'_>, (index, pointer, value): (Option<usize>, String, Value<'_>)) -> FoundValue {
    let start = places.of(value.start);
    let range =
        TextRange { start: start.offset, end: places.offset(value.end), line: start.line, column: start.column };
    FoundValue { pointer, index, json: String::from_utf8_lossy(value.raw()).into_owned(), range }
}
