//! What a text is: how it is written, and whether it holds a payload or a configuration.

use crate::config::{self, Version};
use crate::diagnostic::{Document, Problem, Problems, apply_fixes};
use crate::forms::{TextFormat, not_json};
use crate::import;
use crate::json::members::{Member, Value};
use crate::json::scan::{Scanner, check};
use crate::json::{Kind, limits};
use serde::{Deserialize, Serialize};

/// What the JSON of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// A request body: a configuration with its sample, or what the API answers.
    Body,
    /// A bare configuration.
    Config,
    /// Another object.
    Object,
    /// An array.
    Array,
    /// A string, a number, `true`, `false` or `null`.
    Scalar,
}

/// What was found out about a text.
pub(crate) struct Inspection {
    pub(crate) format: TextFormat,
    pub(crate) kind: Option<TextKind>,
    pub(crate) version: Option<Version>,
}

/// Finds out what a text is. The problems say why it is no payload as it stands.
pub(crate) fn inspect(text: &[u8], problems: &mut Problems) -> Inspection {
    let Err(error) = check(text) else {
        return of_json(TextFormat::Json, text);
    };
    let (format, problem) = not_json(error, text);
    // NDJSON is read line by line, so there is no limit for all of it.
    if format == TextFormat::Ndjson {
        problems.push(problem);
        return Inspection { format, kind: None, version: None };
    }
    if text.len() > limits::BODY_BYTES {
        problems.push(Problem::new("payload-too-large", Document::Payload, "", 0..0, "the text has more than 16 MiB"));
        return Inspection { format, kind: None, version: None };
    }
    problems.push(problem);
    let fixed = core::str::from_utf8(text).ok().and_then(|text| apply_fixes(text, problems, &|_| true));
    match fixed {
        Some((json, _)) => of_json(format, json.as_bytes()),
        None if matches!(format, TextFormat::Text | TextFormat::Curl) => in_other_text(format, text),
        None => Inspection { format, kind: None, version: None },
    }
}

/// What a text is in which JSON stands within something else.
fn in_other_text(format: TextFormat, text: &[u8]) -> Inspection {
    let found = import::import(text, &mut Problems::default());
    let inspection = found.map(|(json, _)| of_json(format, json.as_bytes()));
    let is_configuration = |found: &Inspection| matches!(found.kind, Some(TextKind::Body | TextKind::Config));
    inspection.filter(is_configuration).unwrap_or(Inspection { format, kind: None, version: None })
}

/// What a JSON text is.
fn of_json(format: TextFormat, json: &[u8]) -> Inspection {
    let start = Scanner::new(json).start().unwrap_or_default();
    let kind = Value::at(json, start).map(|value| match value.kind {
        Kind::Object => kind_of_object(&value),
        Kind::Array => TextKind::Array,
        _ => TextKind::Scalar,
    });
    let version = match kind {
        Some(TextKind::Body | TextKind::Config) => {
            config::parse(json, None, &mut Problems::default()).and_then(|body| body.config).map(|rules| rules.version)
        }
        _ => None,
    };
    Inspection { format, kind, version }
}

fn kind_of_object(object: &Value<'_>) -> TextKind {
    let members = object.unique_members(&mut |_| ());
    let config = members.iter().find(|member| member.key.text() == "config").map(|member| member.value);
    let has_sample = members.iter().any(|member| member.key.text() == "sample_payload");
    let rules = config.filter(|config| config.kind == Kind::Object).map(|c| c.unique_members(&mut |_| ()));
    match rules {
        Some(rules) if has_sample || are_rules(&rules) => TextKind::Body,
        _ if are_rules(&members) => TextKind::Config,
        _ => TextKind::Object,
    }
}

/// Whether an object is a configuration, and not a payload that has a field of the same name: an alert of BigPanda has
/// `primary_property` too, as a string.
fn are_rules(members: &[Member<'_>]) -> bool {
    members.iter().any(|member| match &*member.key.text() {
        "primary_property" => matches!(member.value.kind, Kind::Object | Kind::Array),
        "status" => member.value.members().any(|inner| inner.key.text() == "status_map"),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use TextFormat::*;
    use TextKind::{Array, Body, Config, Object, Scalar};

    fn inspected(text: &str) -> (TextFormat, Option<TextKind>, Option<Version>, bool) {
        let mut problems = Problems::default();
        let found = inspect(text.as_bytes(), &mut problems);
        (found.format, found.kind, found.version, problems.is_empty())
    }

    const RULES_1: &str = r#"{"status": {"source": ["s"], "status_map": {}}, "primary_property": {"source": ["h"]}}"#;
    const RULES_2: &str = r#"{"primary_property": [{"name": "host"}]}"#;

    #[test]
    fn json_is_a_payload_or_a_configuration() {
        let sample = format!(r#"{{"sample_payload": "", "config": {RULES_2}}}"#);
        let mixed = r#"{"primary_property": [{"name": "host"}], "secondary_property": {"source": ["a"]}}"#;
        let alert = r#"{"primary_property": "host", "status": "ok", "tags": {}}"#;
        for (text, kind, version) in [
            (RULES_1, Config, Some(Version::V1)),
            (RULES_2, Config, Some(Version::V2)),
            (&sample, Body, Some(Version::V2)),
            (r#"{"config": {}, "sample_payload": {}}"#, Body, Some(Version::V1)),
            (mixed, Config, None),
            (r#"{"status": {"status_map": {}}}"#, Config, Some(Version::V1)),
            (alert, Object, None),
            (r#"{"config": {"level": 1}, "status": {"code": 5}}"#, Object, None),
            (r#"{"config": "x", "sample_payload": ""}"#, Object, None),
            ("\u{feff} []", Array, None),
            (" 5 ", Scalar, None),
        ] {
            assert_eq!(inspected(text), (Json, Some(kind), version, true), "{text}");
        }
    }

    #[test]
    fn other_texts_have_a_format_and_what_fixing_them_gives() {
        let command = format!("$ curl https://example.com -d '{RULES_1}'");
        let wrapped = format!("HTTP/2 200\n\n{{\"config\": {RULES_2}}}");
        let fenced = format!("```json\n{RULES_2}\n```\n");
        let python = RULES_2.replace('"', "'").replace('}', ", 'x': None}");
        for (text, format, kind, version) in [
            ("{\"a\": 1}\n{\"a\": 2}\n", Ndjson, None, None),
            ("{\"a\": 1} {\"a\": 2}", Concatenated, None, None),
            (&fenced, Markdown, Some(Config), Some(Version::V2)),
            ("curl -d a=b https://example.com", Curl, Some(Object), None),
            ("curl -d @a.json https://example.com", Curl, None, None),
            (&command, Curl, Some(Config), Some(Version::V1)),
            ("a=b&c=d", Form, Some(Object), None),
            (&python, Python, Some(Config), Some(Version::V2)),
            ("[{a: 1}]", JavaScript, Some(Array), None),
            ("{\"a\": {{host}}}", Template, Some(Object), None),
            ("{\"a\": 1, // one\n}", NearlyJson, Some(Object), None),
            ("{\"a\": ", InvalidJson, None, None),
            (" \n", Empty, None, None),
            ("some words", Text, None, None),
            (&wrapped, Text, Some(Body), Some(Version::V2)),
            ("HTTP/2 200\n\n{\"host\": 1}", Text, None, None),
        ] {
            assert_eq!(inspected(text), (format, kind, version, false), "{text}");
        }
    }

    #[test]
    fn only_ndjson_may_be_larger_than_a_document() {
        let line = format!("{{\"a\": \"{}\"}}\n", "x".repeat(limits::BODY_BYTES / 2));
        assert_eq!(inspected(&line.repeat(3)).0, Ndjson);
        let mut problems = Problems::default();
        inspect(format!("{{\"a\": \"{}", "x".repeat(limits::BODY_BYTES)).as_bytes(), &mut problems);
        assert!(problems.has("payload-too-large"));
    }
}
