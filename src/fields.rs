//! The fields of a payload, by the source paths that name them.

use crate::json::Kind;
use crate::json::keys::Keys;
use crate::json::limits;
use crate::json::members::Value;
use crate::json::pointer;
use crate::json::scan::Scanner;
use serde::Serialize;

/// What the paths of an element begin with.
const ALERT: &str = "@alert";

/// Longest example, in characters.
const EXAMPLE: usize = 200;

/// A field of a payload.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// The source path that names it.
    pub path: String,
    /// `string`, `number`, `boolean`, `null`, `array` or `object`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The first populated value as text, cut at 200 characters; empty when there is none.
    pub example: String,
    /// In how many elements it occurs; 1 outside the array.
    pub count: usize,
    /// RFC 6901 pointer to its first occurrence.
    pub pointer: String,
}

/// Lists the fields of a payload in the order of their first occurrence. With `array_source` the fields of its
/// elements begin with `@alert.`; `""` means that the payload is the array. Nothing for a text that is not JSON.
pub fn fields(payload: &[u8], array_source: Option<&str>) -> Vec<Field> {
    let mut s = Scanner::new(payload);
    let valid = payload.len() <= limits::TEXT_BYTES
        && s.start().and_then(|i| s.skip_call(i, 0)).is_some_and(|end| s.finish(end.get()).is_some());
    let start = if valid { Scanner::new(payload).start() } else { None };
    let Some(root) = start.and_then(|start| Value::at(payload, start)) else {
        return Vec::new();
    };
    let mut list = List { fields: Vec::new(), places: Keys::default(), array_source };
    match array_source {
        Some("") => list.elements(&root, ""),
        _ => list.object(&root, None, ""),
    }
    list.fields
}

struct List<'a> {
    fields: Vec<Field>,
    places: Keys,
    array_source: Option<&'a str>,
}

impl List<'_> {
    fn object(&mut self, object: &Value<'_>, prefix: Option<&str>, at: &str) {
        for member in object.live_members(&mut |_| ()) {
            let key = member.key.text();
            let path = match prefix {
                None => key.to_string(),
                Some(prefix) => [prefix, &key].join("."),
            };
            let at = pointer::key(at, &key);
            self.add(&path, &member.value, &at);
            match member.value.kind {
                Kind::Object => self.object(&member.value, Some(&path), &at),
                Kind::Array if self.array_source == Some(&path) => self.elements(&member.value, &at),
                _ => {}
            }
        }
    }

    fn elements(&mut self, array: &Value<'_>, at: &str) {
        for (i, element) in array.items().take(limits::ELEMENTS as usize).enumerate() {
            self.object(&element, Some(ALERT), &pointer::index(at, i));
        }
    }

    fn add(&mut self, path: &str, value: &Value<'_>, at: &str) {
        let kind = word(value.kind);
        let example = || if value.is_populated() { example(value) } else { String::new() };
        let place = self.places.number(path, self.fields.len());
        if let Some(field) = self.fields.get_mut(place) {
            field.count += 1;
            if field.example.is_empty() && value.is_populated() {
                (field.kind, field.example) = (kind, example());
            }
            return;
        }
        self.fields.push(Field { path: path.to_owned(), kind, example: example(), count: 1, pointer: at.to_owned() });
    }
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Bool => "boolean",
        Kind::Number => "number",
        Kind::String => "string",
        Kind::Array => "array",
        Kind::Object => "object",
    }
}

fn example(value: &Value<'_>) -> String {
    // A byte more than a character can take keeps the copy of a long value short.
    let text = match value.kind {
        Kind::String => value.text(),
        _ => String::from_utf8_lossy(value.raw().get(..EXAMPLE * 4).unwrap_or(value.raw())),
    };
    text.chars().take(EXAMPLE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_counted_together() {
        let payload = br#"{"v": "4", "alerts": [{"a": "", "l": {"x.y": 1}}, {"a": "second", "l": {}}]}"#;
        let told: Vec<_> = fields(payload, Some("alerts"))
            .into_iter()
            .map(|f| format!("{} {} {} {} {}", f.path, f.kind, f.example, f.count, f.pointer))
            .collect();
        assert_eq!(
            told,
            [
                "v string 4 1 /v",
                r#"alerts array [{"a": "", "l": {"x.y": 1}}, {"a": "second", "l": {}}] 1 /alerts"#,
                "@alert.a string second 2 /alerts/0/a",
                r#"@alert.l object {"x.y": 1} 2 /alerts/0/l"#,
                "@alert.l.x.y number 1 1 /alerts/0/l/x.y",
            ]
        );
    }

    #[test]
    fn what_is_not_json_has_no_fields() {
        assert_eq!(fields(b"{\"a\":1", None), []);
        assert_eq!(fields(b"", None), []);
        assert_eq!(fields(b"[1]", None), []);
    }
}
