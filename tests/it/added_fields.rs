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
fn a_field_is_added_where_there_is_one_place_for_it() {
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
        // It is not known which of the alerts has it, and a path that is nearly another one is more likely that.
        (r#""@alert.h", "@alert.x""#, array, r#"{"alerts": [{"h": 1}, {"h": 2}]}"#, None),
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
