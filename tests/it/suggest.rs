//! What is proposed for payloads: the cases of `tests/suggest` (its README has the format), and what must hold for every
//! payload.
//!
//! `PROPTEST_CASES` sets how many are tried.

use crate::strategies::numbers;
use crate::support::choices::Choices;
use crate::support::json::Json;
use crate::support::json_tree::{JsonTree, written};
use crate::support::payload_generator;
use crate::support::raw_json::{Is, Value};
use oim_config::{ProcessOptions, Severity, Suggested, ValidateOptions, suggest, suggest_from_payloads, validate};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn cases() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suggest");
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = files.filter(|path| path.to_string_lossy().ends_with(".payload.json")).collect();
    found.sort();
    found
}

/// What a case holds: the configuration, the reasons, the diagnostics, and what validating reports of the body.
fn reported(suggested: &Suggested) -> Json {
    let body = suggested.text.as_ref().map_or(Json::Null, |text| Json::parse(text.as_bytes()));
    let validated = suggested.text.as_ref().map(|text| {
        let validated = validate(text.as_bytes(), ValidateOptions::default());
        Json::of(&validated.diagnostics).each(|d| d.only(&["code", "severity", "pointer", "message"]))
    });
    let diagnostics = Json::of(&suggested.diagnostics).each(|d| d.only(&["code", "severity", "pointer", "message"]));
    Json::Object(vec![
        ("config".to_owned(), body.get("config").clone()),
        ("reasons".to_owned(), Json::of(&suggested.reasons)),
        ("diagnostics".to_owned(), diagnostics),
        ("validated".to_owned(), validated.unwrap_or(Json::Null)),
    ])
}

#[test]
fn payloads_of_tools() {
    let mut failures = Vec::new();
    let cases = cases();
    assert!(cases.len() > 15, "only {} cases found", cases.len());
    for path in cases {
        let payload = fs::read(&path).unwrap();
        let actual = reported(&suggest(&payload));
        let file = PathBuf::from(path.to_string_lossy().replace(".payload.json", ".expected.json"));
        let expected = fs::read(&file).map_or(Json::Null, |text| Json::parse(&text));
        if actual != expected && env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&file, actual.pretty() + "\n").unwrap();
        } else if actual != expected {
            failures.push(format!("{}\n{}", file.display(), actual.pretty()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// What comes of a payload by a proposal: the status, the identity and the time of each alert.
fn alerts_of(body: &str, payload: &[u8]) -> Json {
    let program = oim_config::compile(body).program.unwrap();
    let answer = Json::parse(&program.process_to_json(payload, &ProcessOptions::received_at_ms(0.0)));
    answer.get("alerts").each(|alert| {
        let field = |key: &str| alert.get(key).clone();
        let tags = |key: &str| {
            field("tags")
                .get(
                    match field(key) {
                        Json::String(name) => name,
                        _ => String::new(),
                    }
                    .as_str(),
                )
                .clone()
        };
        Json::Object(vec![
            ("status".to_owned(), field("status")),
            ("identity".to_owned(), Json::Array(vec![tags("primary_property"), tags("secondary_property")])),
            ("timestamp".to_owned(), field("timestamp")),
        ])
    })
}

#[test]
fn every_profile_fits_what_its_tool_sends() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    let mut failures = Vec::new();
    for entry in fs::read_dir(root.join("src/suggest/profiles")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        count += 1;
        let profile = Json::parse(&fs::read(&path).unwrap());
        let Json::String(tool) = profile.get("tool") else { panic!("{} has no `tool`", path.display()) };
        let file = root.join("tests/suggest/profiles").join(path.file_name().unwrap());
        let test = Json::parse(&fs::read(&file).unwrap_or_else(|_| panic!("{} has no test", path.display())));
        let payloads = test.get("payloads").items();
        assert!(!payloads.is_empty(), "{} has no payload", file.display());
        let texts: Vec<String> = payloads.iter().map(|payload| payload.get("payload").pretty()).collect();
        let mut actual = Vec::new();
        for (text, payload) in texts.iter().zip(payloads) {
            // The first payload alone leads to rules that serve all of them.
            let suggested = suggest(&texts[0]);
            let named = suggested.reasons.iter().any(|reason| reason.message.contains(tool.as_str()));
            if !named {
                failures.push(format!("{} does not fit its own payload", path.display()));
            }
            let alerts = alerts_of(suggested.text.as_ref().unwrap(), text.as_bytes());
            actual.push(Json::Object(vec![
                ("payload".to_owned(), payload.get("payload").clone()),
                ("alerts".to_owned(), alerts),
            ]));
        }
        let actual = Json::Object(vec![("payloads".to_owned(), Json::Array(actual))]);
        if actual != test && env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&file, actual.pretty() + "\n").unwrap();
        } else if actual != test {
            failures.push(format!("{}\n{}", file.display(), actual.pretty()));
        }
    }
    assert!(count >= 50, "only {count} profiles");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// A text without the white space between its parts.
fn compact(json: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    let mut out = String::new();
    for c in json.chars() {
        if in_string || !c.is_ascii_whitespace() {
            out.push(c);
        }
        in_string = if in_string { escaped || c != '"' } else { c == '"' };
        escaped = in_string && !escaped && c == '\\';
    }
    out
}

/// The payload is kept, and each reason is about something.
fn coherent(suggested: &Suggested, payload: &str) -> Result<(), TestCaseError> {
    let text = suggested.text.as_ref().unwrap();
    let (body, root) = (Value::parse(text).unwrap(), Value::parse(payload).unwrap());
    let sample = body.get("sample_payload").unwrap();
    if root.get("sample_payload").is_none() {
        prop_assert_eq!(compact(&sample.raw), compact(&root.raw));
    }
    for reason in &suggested.reasons {
        let is_left_out = reason.pointer == "/config/secondary_property" && reason.choice.is_empty();
        prop_assert!(
            is_left_out || body.pointer(&reason.pointer).is_some(),
            "{} leads nowhere\n{}",
            reason.pointer,
            text
        );
        let first = reason.message.chars().next().unwrap();
        prop_assert!(!first.is_uppercase() && !reason.message.ends_with('.'), "{}", reason.message);
        if let Some(pointer) = &reason.payload_pointer {
            let found = root.pointer(pointer).is_some_and(|value| value.is != Is::Null);
            prop_assert!(found, "{} leads nowhere\n{}", pointer, payload);
        }
    }
    Ok(())
}

/// What must hold for a payload that is an object or an array of objects.
fn holds(payload: &str) -> Result<(), TestCaseError> {
    let suggested = suggest(payload.as_bytes());
    let Some(text) = &suggested.text else {
        prop_assert!(suggested.diagnostics.iter().any(|d| d.severity == Severity::Error), "nothing said of {payload}");
        prop_assert!(suggested.reasons.is_empty());
        return Ok(());
    };
    let validated = validate(text.as_bytes(), ValidateOptions::default());
    let errors: Vec<_> = validated.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
    prop_assert!(validated.valid, "{errors:?}\n{text}");
    // Statuses are distinguished, a value is under one of them, and what is proposed does not warn of itself.
    let own =
        ["tag-", "path-", "status-value-", "status-default", "status-never", "timestamp-", "unknown-", "identifier-"];
    let odd = validated.diagnostics.iter().filter(|d| d.severity == Severity::Warning);
    // A primary has to be, whatever it looks like.
    let odd = odd.filter(|d| !(d.code.starts_with("tag-value-") && d.pointer.starts_with("/config/primary_property")));
    let odd: Vec<_> = odd.filter(|d| own.iter().any(|start| d.code.starts_with(start))).collect();
    prop_assert!(odd.is_empty(), "{odd:?}\n{text}");
    coherent(&suggested, payload)?;
    let program = oim_config::compile(text.as_bytes()).program.unwrap();
    let sample = Value::parse(text).unwrap().get("sample_payload").unwrap().raw.clone();
    let answer = program.process_to_json(sample.as_bytes(), &ProcessOptions::received_at_ms(0.0));
    prop_assert!(Json::parse(&answer).get("rejected").items().is_empty(), "{}", text);
    Ok(())
}

/// Keys that say something, and values for them.
const KEYS: [&str; 40] = [
    "host",
    "hostname",
    "instance",
    "labels",
    "annotations",
    "alerts",
    "events",
    "status",
    "state",
    "severity",
    "SERVICESTATE",
    "HOSTSTATE",
    "alertname",
    "check",
    "title",
    "name",
    "startsAt",
    "timestamp",
    "time",
    "date",
    "description",
    "url",
    "id",
    "a.b",
    "a",
    "b",
    "alert.name",
    "alert",
    "Host Name",
    "événement",
    "",
    ".",
    "@alert",
    "@alert.host",
    "timestamp.x",
    "x[0]",
    "sample_payload",
    "token",
    "LastModified",
    "priority",
];

const VALUES: &str = r#""web-1" | "db-2" | "firing" | "resolved" | "OK" | "CRITICAL" | "critical" | "warning" | "Recovered" |
    "normal" | "P1" | 1 | 0 | 255 | true | null | "" | " " | "2026-01-31T12:00:00Z" | 1769860800 | 1769860800123 | "31/01/2026 12:00:00" |
    "0001-01-01T00:00:00Z" | 5 | ["x", "y"] | [] | [[1]] | [{"a": 1}] | "é😀" | "\ud800" | "a`b" | "soon" | "Firing" |
    "https://example.net/x" | 9007199254740993 | 1e400"#;

fn drawn(choices: &mut Choices<'_>, depth: usize) -> JsonTree {
    let values: Vec<&str> = VALUES.split('|').map(str::trim_ascii).collect();
    match choices.below(if depth < 5 { 8 } else { 5 }) {
        5 | 6 => members(choices, depth + 1),
        7 => JsonTree::Array((0..choices.below(4)).map(|_| members(choices, depth + 1)).collect()),
        _ => JsonTree::Raw(choices.pick(&values).to_owned()),
    }
}

fn members(choices: &mut Choices<'_>, depth: usize) -> JsonTree {
    let count = choices.below(if depth < 2 { 12 } else { 5 });
    JsonTree::Object((0..count).map(|_| (choices.pick(&KEYS).to_owned(), drawn(choices, depth))).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_payload_gets_a_valid_body(numbers in numbers(300)) {
        let mut choices = Choices::new(&numbers);
        let draft = if choices.below(4) == 0 { JsonTree::Array((0..choices.below(4)).map(|_| members(&mut choices, 1)).collect()) } else { members(&mut choices, 0) };
        let style = choices.below(4);
        holds(&written(&draft, style, &mut choices))?;
    }

    #[test]
    fn so_does_every_payload_of_the_engine(numbers in numbers(300)) {
        let mut choices = Choices::new(&numbers);
        let array = [None, Some("alerts"), Some("a.alerts"), Some("")][choices.below(4)];
        let draft = if choices.once_in(4) { payload_generator::varied(&mut choices) } else { payload_generator::payload(&mut choices, array) };
        let style = choices.below(4);
        let text = written(&draft, style, &mut choices);
        // What is no payload at all has tests of its own.
        if text.trim_start().starts_with(['{', '[']) {
            holds(&text)?;
        }
    }
}

/// A problem of one host and a recovery of another one are no pair.
#[test]
fn payloads_about_different_hosts_keep_the_host() {
    let sources = |payloads: &[&str]| {
        let suggested = suggest_from_payloads(payloads[0], &payloads[1..]);
        let config: serde_json::Value = serde_json::from_str(&suggested.text.expect("a proposal")).expect("JSON");
        let source = |rule: &str| config["config"][rule]["source"][0].as_str().map(str::to_owned);
        (source("primary_property"), source("secondary_property"))
    };
    let up = r#"{"host": "web-1", "check": "ping", "state": "up"}"#;
    let other = r#"{"host": "web-2", "check": "disk", "state": "down"}"#;
    assert_eq!(sources(&[up, other]), (Some("host".into()), Some("check".into())));
    // The alert has an identifier that stays, so it is the `node` that changes.
    let down = r#"{"node": "a", "dedup_key": "k1", "state": "down"}"#;
    let over = r#"{"node": "b", "dedup_key": "k1", "state": "up"}"#;
    assert_eq!(sources(&[down, over]).0.as_deref(), Some("dedup_key"));
}
