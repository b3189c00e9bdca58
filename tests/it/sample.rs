//! A sample put together from payloads has every field that some payload has, also redacted.
//!
//! `PROPTEST_CASES` sets how many are tried.

use crate::strategies::cases;
use crate::support::choices::Choices;
use crate::support::json::Json;
use oim_config::{
    Mode, ProcessOptions, Processed, SampleOptions, SampleValues, StepKind, StepOutcome, ValidateOptions, compile,
    migrate, sample, validate,
};
use proptest::prelude::*;

/// The configuration of a body as JSON text.
fn config_of(body: &str) -> Option<String> {
    let parsed = Json::parse(body.as_bytes());
    let config = if let Json::Null = parsed.get("config") { &parsed } else { parsed.get("config") };
    Some(config.pretty()).filter(|config| compile(config).program.is_some())
}

fn processed(config: &str, payload: &str) -> Processed {
    let options = ProcessOptions { trace: true, ..ProcessOptions::received_at_ms(0.0) };
    compile(config).program.unwrap().process(payload, &options)
}

fn faults(config: &str, payloads: &[String], values: SampleValues) -> Result<(), TestCaseError> {
    let sampled = sample(config, payloads, SampleOptions { values });
    let Some(text) = sampled.text else {
        let readable = payloads.iter().any(|payload| serde_json::from_str::<serde::de::IgnoredAny>(payload).is_ok());
        prop_assert!(!readable, "no sample of {:?}", payloads);
        return Ok(());
    };
    // Beside an array at a key with dots, not every field of the outer payload can stand.
    let parsed = Json::parse(config.as_bytes());
    let is_nested = parsed.get("array_source").text().is_some_and(|array| array.contains('.'));
    let is_left_out = |source: &str| is_nested && !source.starts_with("@alert.");
    // What a trace finds in some payload is not missing.
    let answers: Vec<_> = payloads.iter().map(|payload| processed(config, payload)).collect();
    let has_alerts = answers.iter().any(|answer| answer.trace.iter().flatten().next().is_some());
    for answer in &answers {
        let steps = answer.trace.iter().flatten().flat_map(|trace| &trace.steps);
        let found = steps.filter(|step| match step.kind {
            // A missing field can match a condition.
            StepKind::Filter => step.payload_pointer.is_some(),
            kind => step.outcome != StepOutcome::Missing && kind != StepKind::Identifier,
        });
        for source in found.filter_map(|step| step.source.as_ref()) {
            prop_assert!(!sampled.missing.contains(source), "{} is there", source);
        }
    }
    // What is not missing is in the sample.
    let body = format!("{{\"config\": {config}, \"sample_payload\": {text}}}");
    let options = ValidateOptions { mode: Mode::Update, ..ValidateOptions::default() };
    for diagnostic in validate(&body, options).diagnostics {
        // The array is reported where it is empty, which it then is in all payloads.
        let is_empty_array = !has_alerts && diagnostic.pointer.ends_with("/array_source");
        if diagnostic.code == "sample-missing-field" && !is_empty_array {
            // No path of a case needs to be quoted in another way.
            let source = diagnostic.message.split('`').nth(1).unwrap_or_default().to_owned();
            prop_assert!(
                is_left_out(&source) || sampled.missing.contains(&source),
                "{} {} is not in {}\n{:?} {}",
                source,
                diagnostic.message,
                text,
                payloads,
                config
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_sample_has_every_field_that_some_payload_has((case, more) in cases(5)) {
        let mut choices = Choices::new(&more);
        let body = match choices.below(2) {
            0 => case.body,
            _ => migrate(&case.body, &[] as &[&str], Default::default()).text.unwrap_or(case.body),
        };
        if let Some(config) = config_of(&body) {
            faults(&config, &case.payloads, SampleValues::Kept)?;
            faults(&config, &case.payloads, SampleValues::Redacted)?;
        }
    }

    #[test]
    fn redacted_alerts_have_the_same_statuses_and_times((case, _) in cases(1)) {
        // A neutral value can match a wildcard or a `!=` of a filter in another way.
        if let Some(config) = config_of(&case.body).filter(|config| !config.contains("event_filter")) {
            let of = |values| {
                let text = sample(&config, &case.payloads, SampleOptions { values }).text.unwrap_or_default();
                let alerts = processed(&config, &text).alerts;
                alerts.into_iter().map(|alert| (alert.status, alert.timestamp)).collect::<Vec<_>>()
            };
            prop_assert_eq!(of(SampleValues::Kept), of(SampleValues::Redacted));
        }
    }
}

const STATUS: &str = r#""status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"}"#;

#[test]
fn the_fullest_payload_is_completed_and_what_it_has_stays() {
    let config = format!(
        r#"{{{STATUS}, "primary_property": {{"name": "h", "source": ["a.b", "a.c", "d"]}},
            "additional_attributes": [{{"name": "e", "source": ["e.f", "nowhere"]}}]}}"#
    );
    let payloads = [
        r#"{"e": {"f": 1.50}}"#,
        r#"{"state": "up", "z": [1, 2.0], "a": {"b": "x", "c": null}, "d": ""}"#,
        r#"{"a": {"c": "y", "b": "other"}, "d": null}"#,
        "{",
    ];
    let sampled = sample(&config, &payloads, SampleOptions::default());
    let expected = r#"{"state":"up","z":[1,2.0],"a":{"b":"x","c":"y"},"d":"","e":{"f":1.50}}"#;
    let text: String = sampled.text.unwrap().split_whitespace().collect();
    assert_eq!(text, expected);
    assert_eq!(sampled.missing, ["nowhere"]);
    let reported: Vec<_> =
        sampled.diagnostics.iter().filter(|d| d.payload.is_some()).map(|d| (d.payload, d.diagnostic.code)).collect();
    assert_eq!(reported, [(Some(3), "json-syntax")]);
}

#[test]
fn an_element_of_the_array_is_completed_and_one_is_added_where_values_are_in_the_way() {
    let config = r#"{"is_array": true, "array_source": "x.alerts", "primary_property": {"name": "h", "source": ["@alert.h"]},
        "status": {"source": ["@alert.s", "from"], "status_map": {}, "default_to": "ok"},
        "additional_attributes": [{"name": "a", "source": ["@alert.a.b"]}, {"name": "c", "source": ["@alert.a"]}]}"#;
    let payloads = [
        r#"{"x": {"alerts": [{"h": 1}, {"h": 2, "s": "a", "a": "text"}]}}"#,
        r#"{"x.alerts": [{"a": {"b": 3}}], "from": "tool"}"#,
    ];
    let sampled = sample(config, &payloads, SampleOptions::default());
    let text: String = sampled.text.unwrap().split_whitespace().collect();
    assert_eq!(text, r#"{"x":{"alerts":[{"h":1},{"h":2,"s":"a","a":"text"},{"a":{"b":3}}]},"from":"tool"}"#);
    assert!(sampled.missing.is_empty());
}

#[test]
fn redacted_values_are_neutral_and_of_the_same_kind() {
    let config = format!(
        r#"{{{STATUS}, "primary_property": {{"name": "h", "source": ["host"]}}, "timestamp": {{"source": ["at"]}}}}"#
    );
    let payload = r#"{"host": "db.intern", "again": "db.intern", "state": "up", "at": "2026-03-04T05:06:07Z", "seen": "2026-03-04",
        "n": -42, "x": 1.25e3, "yes": true, "no": null, "empty": "", "ip": "10.1.2.3", "mail": "a.b@corp.example", "url": "https://corp.example/x?y",
        "id": "0042", "list": ["db.intern", {"secret": "s3cret"}]}"#;
    let sampled = sample(&config, &[payload], SampleOptions { values: SampleValues::Redacted });
    let text = sampled.text.unwrap();
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    let expected = serde_json::json!({
        "host": "text 1", "again": "text 1", "state": "up", "at": "2026-03-04T05:06:07Z", "seen": "2026-01-01T00:00:00Z",
        "n": 1, "x": 1.5, "yes": true, "no": null, "empty": "", "ip": "192.0.2.2", "mail": "user3@example.com",
        "url": "https://example.com/4", "id": "5", "list": ["text 1", {"secret": "text 6"}],
    });
    assert_eq!(found, expected);
}

#[test]
fn a_field_with_another_array_in_it_does_not_hide_the_array() {
    let config = format!(
        r#"{{"is_array": true, "array_source": "a.b.c", {STATUS}, "primary_property": {{"name": "h", "source": ["@alert.h", "@alert.d.e"]}},
            "additional_attributes": [{{"name": "x", "source": ["a.b"]}}]}}"#
    );
    for array in
        [r#"{"a.b.c": [{"h": 1, "d": 2}], "state": "up"}"#, r#"{"a": {"b.c": [{"h": 1, "d": 2}]}, "state": "up"}"#]
    {
        let payloads = [array, r#"{"a": {"b": {"c": [{"d": {"e": 1}}]}}}"#];
        let sampled = sample(&config, &payloads, SampleOptions::default());
        let text: String = sampled.text.unwrap().split_whitespace().collect();
        let expected: String = array.split_whitespace().collect();
        assert_eq!(text, expected.replace("\"d\":2}", "\"d\":2},{\"d\":{\"e\":1}}"));
    }
}
