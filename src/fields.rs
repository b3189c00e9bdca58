//! The fields of a payload, by the source paths that name them.

use crate::json::Kind;
use crate::json::key_index::KeyIndex;
use crate::json::limits;
use crate::json::members::Value;
use crate::json::pointer;
use crate::json::scan::check;
use crate::lookup::find;
use crate::path::{ALERT_PREFIX, SourcePath};
use core::ops::Range;
use serde::Serialize;

/// What the paths of an element begin with.
const ALERT: &str = "@alert";

/// Most fields that are listed.
const FIELDS: usize = 100_000;

/// Most bytes of paths and pointers in a list.
const BYTES: usize = 16 << 20;

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
///
/// Where nested keys and a key with dots spell one path, it is the value that a source gets: the most nested one.
///
/// Left out are fields that no source path can name, such as those with an empty key, and what is more than 100,000
/// fields or 16 MiB of paths.
///
/// ```
/// use oim_config::fields;
///
/// let payload = br#"{"from": "tool", "alerts": [{"node": "web-1"}, {"node": "db-2"}]}"#;
/// let found: Vec<_> = fields(payload, Some("alerts")).into_iter().map(|field| (field.path, field.count)).collect();
/// assert_eq!(found, [("from".to_owned(), 1), ("alerts".to_owned(), 1), ("@alert.node".to_owned(), 2)]);
///
/// assert!(fields(b"no JSON", None).is_empty());
/// ```
pub fn fields(payload: impl AsRef<[u8]>, array_source: Option<&str>) -> Vec<Field> {
    let payload = payload.as_ref();
    let valid = payload.len() <= limits::TEXT_BYTES && check(payload).is_ok();
    if valid { list(payload, array_source, limits::ELEMENTS as usize, 0..0) } else { Vec::new() }
}

/// As [`fields`], of a payload that is JSON and of the first elements of its array only: for suggestions. `array` is
/// where the array of alerts stands, if that is known.
pub(crate) fn fields_of_some(payload: &[u8], array_source: Option<&str>, array: Range<usize>) -> Vec<Field> {
    const ELEMENTS: usize = 200;
    list(payload, array_source, ELEMENTS, array)
}

fn list(payload: &[u8], array_source: Option<&str>, elements: usize, array: Range<usize>) -> Vec<Field> {
    let Some(root) = Value::whole(payload) else {
        return Vec::new();
    };
    let mut list = List { elements, array, ..List::default() };
    if let Some(source) = array_source.filter(|_| list.array.is_empty()) {
        list.array = find(&root, source).map_or(0..0, |(_, array)| array.start..array.end);
    }
    match array_source {
        Some("") => list.elements(&root),
        _ => list.object(&root),
    }
    list.fields
}

#[derive(Default)]
struct List {
    fields: Vec<Field>,
    places: KeyIndex,
    /// Bytes of paths and pointers in the list.
    bytes: usize,
    /// Where the array is; empty if there is none.
    array: Range<usize>,
    /// Most elements that are looked at.
    elements: usize,
    /// How each field was found so far, one for each of `fields`.
    found: Vec<Found>,
    /// What is being looked at: 0 for the outer payload, then the number of the element from 1 on.
    round: usize,
    /// The path and the pointer of what is being looked at; one text each, cut back on the way out.
    path: String,
    pointer: String,
    /// The length of the pointer to the element.
    element_pointer: usize,
}

/// How a field was found.
struct Found {
    /// The round that found it last, and the keys that led to it there.
    round: usize,
    spelling: Spelling,
    /// The round that found it first.
    first_round: usize,
    /// The type of what was found first.
    first_kind: &'static str,
    /// The round that gave the example.
    example_round: usize,
}

/// How the keys of a payload spell a path: for each dot of the path whether it is inside a key. Of two spellings the
/// smaller one is the more nested one, whose value a source gets. Empty if all keys are nested.
type Spelling = Vec<bool>;

impl List {
    fn object(&mut self, object: &Value<'_>) {
        let (path, pointer) = (self.path.len(), self.pointer.len());
        for member in object.unique_members_knowing(&self.array, &mut |_| ()) {
            let key = member.key.text();
            if path > 0 {
                self.path.push('.');
            }
            self.path.push_str(&key);
            pointer::push_key(&mut self.pointer, &key);
            if self.add(&member.value) {
                match member.value.kind {
                    Kind::Object => self.object(&member.value),
                    Kind::Array if self.array == (member.value.start..member.value.end) => self.elements(&member.value),
                    _ => {}
                }
            }
            self.path.truncate(path);
            self.pointer.truncate(pointer);
        }
    }

    fn elements(&mut self, array: &Value<'_>) {
        let path = core::mem::replace(&mut self.path, ALERT.to_owned());
        let pointer = self.pointer.len();
        for (i, element) in array.items().take(self.elements).enumerate() {
            self.round = i + 1;
            pointer::push_index(&mut self.pointer, i);
            self.element_pointer = self.pointer.len();
            self.object(&element);
            self.pointer.truncate(pointer);
        }
        (self.round, self.element_pointer) = (0, 0);
        self.path = path;
    }

    /// Adds the field that is being looked at; false when it and what is in it has no path, or the list is full.
    fn add(&mut self, value: &Value<'_>) -> bool {
        // Such a path is one of an element; without an array it begins at the root.
        if self.round == 0 && self.path.starts_with(ALERT_PREFIX) {
            return false;
        }
        let place = self.places.get(&self.path).unwrap_or(self.fields.len());
        if place < self.fields.len() {
            self.add_again(place, value);
            return true;
        }
        let full = self.fields.len() >= FIELDS || self.bytes > BYTES;
        if full || SourcePath::parse(&self.path).is_err() {
            return false;
        }
        let spelling = self.spelling();
        self.places.get_or_insert(&self.path, place);
        self.bytes += self.path.len() + self.pointer.len() + spelling.len();
        let kind = word(value.kind);
        let example = if value.is_populated() { example(value) } else { String::new() };
        self.fields.push(Field { path: self.path.clone(), kind, example, count: 1, pointer: self.pointer.clone() });
        let (round, first_round, example_round) = (self.round, self.round, self.round);
        self.found.push(Found { round, spelling, first_round, first_kind: kind, example_round });
        true
    }

    /// Adds to a field that was found before: in another element, or in the same object with other keys.
    fn add_again(&mut self, place: usize, value: &Value<'_>) {
        let spelling = self.spelling();
        let (Some(field), Some(found)) = (self.fields.get_mut(place), self.found.get_mut(place)) else {
            return;
        };
        if found.round == self.round {
            if spelling >= found.spelling {
                return;
            }
            // The other value is none that a source gets.
            if found.first_round == self.round {
                field.pointer.clone_from(&self.pointer);
                found.first_kind = word(value.kind);
            }
            if found.example_round == self.round {
                field.kind = found.first_kind;
                field.example.clear();
            }
        } else {
            field.count += 1;
        }
        (found.round, found.spelling) = (self.round, spelling);
        if field.example.is_empty() && value.is_populated() {
            (field.kind, field.example) = (word(value.kind), example(value));
            found.example_round = self.round;
        }
    }

    /// How the keys that lead to what is being looked at spell its path.
    fn spelling(&self) -> Spelling {
        let keys = self.pointer.get(self.element_pointer..).unwrap_or_default();
        if !keys.contains('.') {
            return Spelling::new();
        }
        keys.bytes().skip(1).filter(|byte| matches!(byte, b'.' | b'/')).map(|byte| byte == b'.').collect()
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
        let actual: Vec<_> = fields(payload, Some("alerts"))
            .into_iter()
            .map(|f| format!("{} {} {} {} {}", f.path, f.kind, f.example, f.count, f.pointer))
            .collect();
        assert_eq!(
            actual,
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
    fn what_no_path_can_name_is_left_out() {
        let payload = br#"{"": 1, "a": {"": {"b": 1}, "c[0]": 2, "d": 3}, "x.": 4, "*": 5}"#;
        let paths: Vec<_> = fields(payload, None).into_iter().map(|f| f.path).collect();
        assert_eq!(paths, ["a", "a.d"]);
    }

    #[test]
    fn of_competing_values_the_one_that_a_source_gets() {
        let cases: [(&str, Option<&str>, &[&str]); 6] = [
            (r#"{"a.b": 2, "a": {"b": 1}}"#, None, &["a.b number 1 1 /a/b", "a object {\"b\": 1} 1 /a"]),
            (r#"{"a": {"b": 1}, "a.b": 2}"#, None, &["a object {\"b\": 1} 1 /a", "a.b number 1 1 /a/b"]),
            (r#"{"a.b": "x", "a": {"b": null}}"#, None, &["a.b null  1 /a/b", "a object {\"b\": null} 1 /a"]),
            // Each element by itself: the first one has no example then.
            (
                r#"[{"a.b": 2, "a": {"b": ""}}, {"a.b": 3}]"#,
                Some(""),
                &["@alert.a.b number 3 2 /0/a/b", "@alert.a object {\"b\": \"\"} 1 /0/a"],
            ),
            // Only the array that is read has elements.
            (
                r#"{"a.b": [{"x": 1}], "a": {"b": [{"y": 1}]}}"#,
                Some("a.b"),
                &[
                    r#"a.b array [{"y": 1}] 1 /a/b"#,
                    r#"a object {"b": [{"y": 1}]} 1 /a"#,
                    "@alert.y number 1 1 /a/b/0/y",
                ],
            ),
            // Without an array, `@alert.a` is the field `a`.
            (r#"{"@alert": {"a": 1}, "@alert.a": 2}"#, None, &["@alert object {\"a\": 1} 1 /@alert"]),
        ];
        for (payload, array, expected) in cases {
            let actual: Vec<_> = fields(payload, array)
                .into_iter()
                .map(|f| format!("{} {} {} {} {}", f.path, f.kind, f.example, f.count, f.pointer))
                .collect();
            assert_eq!(actual, expected, "{payload}");
        }
    }

    #[test]
    fn lists_have_an_end() {
        let key = "k".repeat(20_000);
        let nested = format!("{}1{}", format!("{{\"{key}\":").repeat(120), "}".repeat(120));
        let bytes: usize = fields(nested.as_bytes(), None).iter().map(|f| f.path.len() + f.pointer.len()).sum();
        assert!(bytes < 2 * BYTES, "{bytes}");
    }

    #[test]
    fn what_is_not_json_has_no_fields() {
        assert_eq!(fields(b"{\"a\":1", None), []);
        assert_eq!(fields(b"", None), []);
        assert_eq!(fields(b"[1]", None), []);
    }
}
