//! Finding values: by a pointer, and by a source path as a rule does.

use crate::json::Kind;
use crate::json::members::{Member, Value};
use crate::json::pointer;
use crate::path::{ALERT_PREFIX, SourcePath};

/// A value with the number of its alert and its pointer.
pub(crate) type Located<'t> = (Option<usize>, String, Value<'t>);

/// The value at a JSON pointer of a text that is JSON. Of equal keys the last one counts.
pub(crate) fn at_pointer<'t>(text: &'t [u8], pointer: &str) -> Option<Value<'t>> {
    let root = Value::whole(text)?;
    let mut value = Value::at(text, root.start)?;
    let (first, segments) = pointer.split_once('/').unwrap_or((pointer, ""));
    if !first.is_empty() {
        return None;
    }
    for segment in segments.split('/').take(if pointer.is_empty() { 0 } else { usize::MAX }) {
        let key = segment.replace("~1", "/").replace("~0", "~");
        value = match value.kind {
            Kind::Object => value.members().filter(|member| member.key.text() == key).last()?.value,
            Kind::Array => value.items().nth(index(&key)?)?,
            _ => return None,
        };
    }
    Some(value)
}

/// An index as a pointer has it: without leading zeros.
fn index(text: &str) -> Option<usize> {
    let plain = text == "0" || !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// The values of a source path in a payload that is JSON: one, or with an array source one for each element that has it.
/// A path that is none has no value.
pub(crate) fn of_path<'t>(payload: &'t [u8], path: &str, array_source: Option<&str>) -> Vec<Located<'t>> {
    let Some(root) = Value::whole(payload).filter(|_| SourcePath::parse(path).is_ok()) else {
        return Vec::new();
    };
    let of_alert = path.strip_prefix(ALERT_PREFIX);
    match (of_alert, array_source) {
        (None, _) => find(&root, path).into_iter().map(|(pointer, value)| (None, pointer, value)).collect(),
        // Without an array the prefix means the payload.
        (Some(path), None) => find(&root, path).into_iter().map(|(pointer, value)| (None, pointer, value)).collect(),
        (Some(path), Some(source)) => {
            let array = if source.is_empty() { Some((String::new(), root)) } else { find(&root, source) };
            let Some((to_array, array)) = array else {
                return Vec::new();
            };
            let located = |(number, element): (usize, Value<'t>)| {
                let (to_value, value) = find(&element, path)?;
                Some((Some(number), [&pointer::index(&to_array, number), &*to_value].concat(), value))
            };
            array.items().enumerate().filter_map(located).collect()
        }
    }
}

/// The value whose keys, joined with dots, spell the path, and its pointer from `value` on: of several the most nested one.
/// Each object is looked at for one part of the path, so the work is linear in the payload.
pub(crate) fn find<'t>(value: &Value<'t>, path: &str) -> Option<(String, Value<'t>)> {
    if value.kind != Kind::Object {
        return None;
    }
    let spells = |member: &Member<'t>| {
        let rest = path.strip_prefix(&*member.key.text());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let mut fitting: Vec<Member<'t>> = value.unique_members(&mut |_| ()).into_iter().filter(spells).collect();
    fitting.sort_by_key(|member| member.key.text().len());
    fitting.iter().find_map(|member| {
        let key = member.key.text();
        let to_key = pointer::key("", &key);
        match path.get(key.len() + 1..) {
            Some(rest) => find(&member.value, rest).map(|(pointer, value)| (to_key + &pointer, value)),
            None => Some((to_key, member.value)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_lead_to_values() {
        let text = r#"{"a": [{"b": 1}, {"b": 2, "b": 3}], "": {"": 4}, "~/": 5}"#;
        for (pointer, expected) in [
            ("", Some(text)),
            ("/a/0/b", Some("1")),
            ("/a/1/b", Some("3")),
            ("/", Some(r#"{"": 4}"#)),
            ("//", Some("4")),
            ("/~0~1", Some("5")),
            ("/a/2", None),
            ("/a/00", None),
            ("/a/-", None),
            ("/a/0/b/c", None),
            ("a", None),
        ] {
            let found = at_pointer(text.as_bytes(), pointer);
            assert_eq!(
                found.map(|value| String::from_utf8_lossy(value.raw()).into_owned()).as_deref(),
                expected,
                "{pointer}"
            );
        }
    }

    #[test]
    fn paths_give_what_a_rule_gets() {
        let text = r#"{"a.b": 1, "a": {"b": 2, "c": null}, "x": {"list": [{"k": {"v": 1}}, {"k.v": 2}, {"k": 3}]}}"#;
        let found = |path, array| -> Vec<String> {
            let located = of_path(text.as_bytes(), path, array);
            let shown =
                |(_, pointer, value): Located<'_>| format!("{pointer} {}", String::from_utf8_lossy(value.raw()));
            located.into_iter().map(shown).collect()
        };
        assert_eq!(found("a.b", None), ["/a/b 2"]);
        assert_eq!(found("@alert.a.c", None), ["/a/c null"]);
        assert_eq!(found("@alert.k.v", Some("x.list")), ["/x/list/0/k/v 1", "/x/list/1/k.v 2"]);
        for (path, array) in [("a.d", None), ("a..b", None), ("@alert.k", Some("x")), ("@alert.k", Some(""))] {
            assert!(found(path, array).is_empty(), "{path}");
        }
    }
}
