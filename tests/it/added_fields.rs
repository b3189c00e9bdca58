//! The fix that adds a missing field to the sample.

use oim_config::{Mode, ValidateOptions, fix, validate};

/// The sample after the fix for its only missing field.
fn fixed(paths: &str, array: &str, sample: &str) -> Option<String> {
    let body = format!(
        r#"{{"config": {{{array}"primary_property": {{"name": "host", "source": [{paths}]}},
            "status": {{"source": [], "status_map": {{}}, "default_to": "ok"}}}}, "sample_payload": {sample}}}"#
    );
    let options = ValidateOptions { mode: Mode::Update, ..ValidateOptions::default() };
    // The value is made up, so it is put in only where it is asked for.
    assert_eq!(fix(&body, None, options).text, body);
    let fixed = fix(&body, Some(&["sample-missing-field"]), options);
    let missing =
        |text: &str| validate(text, options).diagnostics.iter().filter(|d| d.code == "sample-missing-field").count();
    assert!(fixed.applied.is_empty() || missing(&fixed.text) < missing(&body), "{}", fixed.text);
    let (_, sample) = fixed.text.split_once("\"sample_payload\": ")?;
    (!fixed.applied.is_empty()).then(|| sample.trim_end_matches('}').to_owned())
}

#[test]
fn a_field_is_added_where_nothing_is_in_its_way() {
    let array = r#""is_array": true, "array_source": "alerts", "#;
    let cases = [
        (r#""h", "node.name""#, "", r#"{"h": 1}"#, Some(r#"{"node": { "name": "example" },"h": 1"#)),
        (r#""h", "node.name""#, "", r#"{"h": 1, "node": {}}"#, Some(r#"{"h": 1, "node": {"name": "example""#)),
        (r#""h", "node.name""#, "", r#"{"h": 1, "node": "x"}"#, None),
        (
            r#""@alert.h", "@alert.x""#,
            array,
            r#"{"alerts": [{"h": 1}]}"#,
            Some(r#"{"alerts": [{"x": "example","h": 1}]"#),
        ),
        // One alert that has it is enough.
        (
            r#""@alert.h", "@alert.x""#,
            array,
            r#"{"alerts": [1, {"h": 1}, {"h": 2}]}"#,
            Some(r#"{"alerts": [1, {"x": "example","h": 1}, {"h": 2}]"#),
        ),
        (
            r#""@alert.h", "around""#,
            array,
            r#"{"alerts": [{"h": 1}, {"h": 2}]}"#,
            Some(r#"{"around": "example","alerts": [{"h": 1}, {"h": 2}]"#),
        ),
        // A text is no place to put something into.
        (r#""h", "node""#, "", r#""{\"h\": 1}""#, None),
    ];
    for (paths, array, sample, expected) in cases {
        assert_eq!(fixed(paths, array, sample).as_deref(), expected, "{paths} in {sample}");
    }
}

#[test]
fn fields_of_status_and_time_are_added_with_values_that_their_rules_can_use() {
    let added = |format: &str| {
        let body = format!(
            r#"{{"config": {{"primary_property": {{"name": "host", "source": ["h"]}}, "timestamp": {{"source": ["at"]{format}}},
                "status": {{"source": ["state"], "status_map": {{"ok": ["up"]}}}}}}, "sample_payload": {{"h": 1}}}}"#
        );
        let options = ValidateOptions { mode: Mode::Update, ..ValidateOptions::default() };
        let fixed = fix(&body, Some(&["sample-missing-field"]), options);
        (fixed.text.contains(r#""state": "up""#), fixed.text.contains(r#""at": "2026-01-01T00:00:00Z""#))
    };
    assert_eq!(added(""), (true, true));
    // No value is known to fit any format.
    assert_eq!(added(r#", "format": "%d.%m.%Y""#), (true, false));
}
