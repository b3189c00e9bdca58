//! The request body: what the user wrote, as one whole body that can be sent.
//!
//! Numbers, escapes, the order of keys and the layout stay as written. What changes, and why:
//! a bare configuration is wrapped; of equal keys only the last value is sent, as everywhere in this crate; line ends
//! become line feeds and the text ends with one, since that is what code and here-documents can hold.

use super::SampleAs;
use super::quote::replaced;
use crate::json::Kind;
use crate::json::escape::{compact, decode, into_string, json_string};
use crate::json::key_index::KeyIndex;
use crate::json::members::{Member, Value};
use crate::json::scan::{LONE, Scanner};

/// The body to send. `text` is JSON and an object. With `update` a sample that is missing is added blank: the seed has
/// it as required but possibly blank.
pub(super) fn request(text: &[u8], update: bool, sample_as: Option<SampleAs>) -> String {
    let mut body = without_repeats(text);
    let sample = member(&body, "sample_payload");
    if member(&body, "config").is_none() && sample.is_none() {
        body = wrapped(&body);
    }
    if let (Some(sample), Some(wanted)) = (member(&body, "sample_payload"), sample_as) {
        if let Some(other) = converted(&sample.value, wanted) {
            body = joined(body.as_bytes(), sample.value.start, &[&other], sample.value.end);
        }
    } else if let (true, None, Some(last)) = (update, member(&body, "sample_payload"), member(&body, "")) {
        // Laid out as the member before it.
        let before = body.as_bytes().get(..last.key.start).unwrap_or_default();
        let blank = before.len() - before.iter().rev().take_while(|b| **b <= b' ').count();
        let [layout, colon] = [(blank, last.key.start), (last.key.end, last.value.start)]
            .map(|(from, to)| body.get(from..to).unwrap_or_default());
        let end = last.value.end;
        body = joined(body.as_bytes(), end, &[",", layout, "\"sample_payload\"", colon, "\"\""], end);
    }
    body.push('\n');
    body
}

/// The text up to a place, something else, and the text from another place on.
fn joined(text: &[u8], to: usize, others: &[&str], from: usize) -> String {
    let mut out = Vec::new();
    out.extend_from_slice(text.get(..to).unwrap_or_default());
    others.iter().for_each(|other| out.extend_from_slice(other.as_bytes()));
    out.extend_from_slice(text.get(from..).unwrap_or_default());
    into_string(out)
}

/// The value of a text that is JSON.
fn whole(text: &[u8]) -> Option<Value<'_>> {
    let mut s = Scanner::new(text);
    let start = s.start()?;
    let end = s.skip(start, 0)?.get();
    s.finish(end)?;
    Value::at(text, start)
}

/// A member of the body; with an empty name the last one.
fn member<'t>(body: &'t str, name: &str) -> Option<Member<'t>> {
    // Not scanned as one value: a sample may nest as deep as the limit by itself.
    let root = Value { text: body.as_bytes(), start: 0, end: body.len(), kind: Kind::Object, flags: 0 };
    root.members().filter(|member| name.is_empty() || member.key.text() == name).last()
}

/// The value of a text, with line feeds for line ends, and of equal keys only the last value.
///
/// Carriage returns stand only between the parts of a JSON text, so they are line ends or nothing.
fn without_repeats(text: &[u8]) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut s = Scanner::new(text);
    if let Some(start) = s.start() {
        once(&mut s, start, &mut out);
    }
    replaced(&into_string(out), &[("\r\n", "\n"), ("\r", "\n")])
}

/// Writes the value that stands at a place as it stands, but of equal keys only the last value, in the place of the
/// first. Gives its end. One pass over the text, which is JSON.
fn once(s: &mut Scanner<'_>, at: usize, out: &mut Vec<u8>) -> Option<usize> {
    let kind = Kind::of(s.byte(at));
    if kind != Kind::Object && kind != Kind::Array {
        let end = s.skip(at, 0)?.get();
        copy(s.bytes, at, end, out);
        return Some(end);
    }
    let start = out.len();
    let mut keys = KeyIndex::default();
    // Of each member its number among the keys, and in `out` where what is before it begins and it begins and ends.
    let (mut members, mut last): (Vec<[usize; 4]>, Vec<[usize; 4]>) = Default::default();
    let (mut from, mut i) = (at, s.skip_whitespace(at + 1));
    while !matches!(s.byte(i), b'}' | b']') {
        let mut value = i;
        let mut member = [0, out.len(), 0, 0];
        copy(s.bytes, from, i, out);
        member[2] = out.len();
        if kind == Kind::Object {
            let (key, after) = s.key(i)?;
            value = after;
            let inside = s.bytes.get(i + 1..key.after() - 1)?;
            member[0] = keys.get_or_insert(&decode(inside, key.flags()), last.len());
        }
        copy(s.bytes, i, value, out);
        from = once(s, value, out)?;
        member[3] = out.len();
        if kind == Kind::Object {
            members.push(member);
            match last.get_mut(member[0]) {
                Some(earlier) => *earlier = member,
                None => last.push(member),
            }
        }
        i = s.skip_whitespace(from);
        if s.byte(i) == b',' {
            i = s.skip_whitespace(i + 1);
        }
    }
    if members.len() > last.len() {
        let written = out.split_off(start);
        let mut next = 0;
        for [number, before, key, _] in members {
            if let Some([_, _, from, to]) = last.get(number).filter(|_| number == next) {
                next += 1;
                copy(&written, before - start, key - start, out);
                copy(&written, from - start, to - start, out);
            }
        }
    }
    copy(s.bytes, from, i + 1, out);
    Some(i + 1)
}

fn copy(text: &[u8], from: usize, to: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(text.get(from..to).unwrap_or_default());
}

/// A bare configuration as the member of a body, its lines moved to the right.
fn wrapped(config: &str) -> String {
    let moved = replaced(config, &[("\n", "\n  ")]);
    let [before, after] = if moved.len() > config.len() { ["{\n  \"config\": ", "\n}"] } else { ["{\"config\":", "}"] };
    [before, &moved, after].concat()
}

/// The sample in the wanted form, or `None` where it is already so or cannot be: text that is not JSON stays text, as
/// does the JSON text of anything that is no object and no array, and text with half a surrogate pair, which would be
/// lost.
fn converted(sample: &Value<'_>, wanted: SampleAs) -> Option<String> {
    let nests = |value: &Value<'_>| matches!(value.kind, Kind::Object | Kind::Array);
    if wanted == SampleAs::Object {
        let readable = sample.kind == Kind::String && sample.flags & LONE == 0;
        let text = readable.then(|| sample.text())?;
        return whole(text.as_bytes()).filter(nests).map(|_| without_repeats(text.as_bytes()));
    }
    nests(sample).then(|| {
        let mut text = Vec::new();
        compact(sample.raw(), &mut text);
        let text = into_string(text);
        json_string(&text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        request(text.as_bytes(), false, None)
    }

    #[test]
    fn a_body_stays_as_written() {
        let text =
            "{ \"config\" : {\"n\":1.50e+3, \"z\":9007199254740993,\n\t\"a\":\"\\u00e9\\/\"} ,\"sample_payload\":{}}\n";
        assert_eq!(plain(text), text);
        assert_eq!(plain(&format!("\u{feff}\n {text}\n\n")), text);
        assert_eq!(plain(text.trim_end()), text);
    }

    #[test]
    fn line_ends_are_line_feeds() {
        assert_eq!(plain("{\"config\":{},\r\n\r\"x\":1\r\n}\r\n"), "{\"config\":{},\n\n\"x\":1\n}\n");
    }

    #[test]
    fn of_equal_keys_the_last_value_is_sent() {
        let cases = [
            (r#"{"config":1, "x":2, "config":{"a":1}}"#, r#"{"config":{"a":1}, "x":2}"#),
            (
                r#"{"config":{ "x":[{"a":1, "a":[ ]},{}] , "x" : {"y":{"z":1,"z":2},"y":{"z":3,"z":4}} }}"#,
                r#"{"config":{ "x" : {"y":{"z":4}} }}"#,
            ),
            (r#"{"config":{"a":1,"b":[{"c":1 , "\u0063":2}],"a":3}}"#, r#"{"config":{"a":3,"b":[{"\u0063":2}]}}"#),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), format!("{expected}\n"));
        }
    }

    #[test]
    fn a_bare_configuration_is_wrapped() {
        assert_eq!(plain(r#"{"a":1}"#), "{\"config\":{\"a\":1}}\n");
        assert_eq!(plain("{\n  \"a\": 1\n}"), "{\n  \"config\": {\n    \"a\": 1\n  }\n}\n");
    }

    #[test]
    fn an_update_has_a_sample() {
        let cases = [
            (r#"{"config":{}}"#, r#"{"config":{},"sample_payload":""}"#),
            ("{\n  \"config\": {}\n}", "{\n  \"config\": {},\n  \"sample_payload\": \"\"\n}"),
            (r#"{"config":{},"sample_payload":null}"#, r#"{"config":{},"sample_payload":null}"#),
            ("{}", r#"{"config":{},"sample_payload":""}"#),
        ];
        for (text, expected) in cases {
            assert_eq!(request(text.as_bytes(), true, None), format!("{expected}\n"));
        }
    }

    #[test]
    fn a_sample_may_nest_to_the_limit() {
        let deep = format!("{}{}", "[".repeat(128), "]".repeat(128));
        let [object, text] =
            [deep.clone(), format!("\"{deep}\"")].map(|s| format!("{{\"config\":{{}},\"sample_payload\":{s}}}\n"));
        assert_eq!(plain(&object), object);
        assert_eq!(request(object.as_bytes(), true, Some(SampleAs::Text)), text);
        assert_eq!(request(text.as_bytes(), true, Some(SampleAs::Object)), object);
    }

    #[test]
    fn samples_change_their_form_and_lose_nothing() {
        let object = r#"{"n":1.0,"s":"a\"b\\ é\u00e9\ud83d","l":[1,{"x":""}]}"#;
        let text = r#""{\"n\":1.0,\"s\":\"a\\\"b\\\\ é\\u00e9\\ud83d\",\"l\":[1,{\"x\":\"\"}]}""#;
        let lone = text.replace("\\\\ud83d", "\\ud83d");
        let cases = [
            (object, SampleAs::Text, text),
            ("{ \"a\" : [ 1 ,\n2 ] }", SampleAs::Text, r#""{\"a\":[1,2]}""#),
            (text, SampleAs::Object, object),
            (&lone, SampleAs::Object, &lone),
            (text, SampleAs::Text, text),
            (object, SampleAs::Object, object),
            (r#"" [1]\r\n ""#, SampleAs::Object, "[1]"),
            (r#""\ud83d\ude00""#, SampleAs::Object, r#""\ud83d\ude00""#),
            (r#""""#, SampleAs::Object, r#""""#),
            (r#""{\"a\":""#, SampleAs::Object, r#""{\"a\":""#),
            (r#""5""#, SampleAs::Object, r#""5""#),
            ("null", SampleAs::Text, "null"),
        ];
        for (sample, wanted, expected) in cases {
            let body = |sample: &str| format!("{{\"config\":{{}},\"sample_payload\":{sample}}}");
            let made = request(body(sample).as_bytes(), false, Some(wanted));
            assert_eq!(made, format!("{}\n", body(expected)), "{sample}");
        }
    }
}
