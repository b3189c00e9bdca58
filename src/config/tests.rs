//! Problems of the structure of a document, their places, and that their fixes fix them.

use super::*;
use crate::diagnostic::testing::{applied, by_place, fixed, reported};

const STATUS: &str = r#""status":{"source":["s"],"default_to":"ok","status_map":{"ok":["up"]}}"#;
const PRIMARY: &str = r#""primary_property":{"source":["h"]}"#;

fn parsed(text: &str) -> (bool, Problems) {
    let mut problems = Problems::default();
    let body = parse(text.as_bytes(), None, &mut problems);
    (body.is_some_and(|b| b.config.is_some()), problems)
}

/// A complete body with these rules.
fn body(rules: &[&str]) -> String {
    format!(r#"{{"config":{{{}}},"sample_payload":{{}}}}"#, rules.join(","))
}

/// Valid rules, and one more.
fn with(rule: &str) -> String {
    body(&[STATUS, PRIMARY, rule])
}

fn check(text: &str, expected: &[&str]) {
    let (_, problems) = parsed(text);
    assert_eq!(reported(text, &problems), expected, "{text}");
}

/// The first fix of a text gives `expected`, in which its problem is no longer reported.
fn check_fix(text: &str, expected: &str) {
    let (_, problems) = parsed(text);
    let fix = by_place(&problems).into_iter().find_map(|problem| applied(text, &problem).zip(Some(problem)));
    let (new, problem) = fix.unwrap_or_else(|| unreachable!("no fix for {text}"));
    assert_eq!(new, expected);
    let (_, left) = parsed(&new);
    assert!(!left.kept().iter().any(|p| p.code == problem.code), "{new}: {left:?}");
}

#[test]
fn bodies_and_bare_configs_are_read() {
    for text in [format!("{{{STATUS},{PRIMARY}}}"), body(&[STATUS, PRIMARY])] {
        assert!(parsed(&text).0);
        check(&text, &[]);
    }
}

#[test]
fn a_body_that_is_not_an_object_is_reported() {
    for (text, underlined) in [("[]", "["), ("1", "1"), ("\"x\"", "\"x\""), ("null", "null")] {
        check(text, &[&format!("wrong-type! {underlined}")]);
    }
    check(r#"{"config":[1]}"#, &[r#"wrong-type! "config""#]);
}

#[test]
fn missing_attributes_are_reported_at_the_key_of_their_object() {
    check(r#"{"config":{}}"#, &[r#"missing-attribute! "config""#, r#"missing-attribute! "config""#]);
    check(r#"{"sample_payload":{}}"#, &["missing-attribute! {"]);
    check("{}", &["missing-attribute! {", "missing-attribute! {"]);
    check(&body(&[r#""status":{}"#, PRIMARY]), &[r#"missing-attribute! "status""#, r#"missing-attribute! "status""#]);
}

#[test]
fn a_misspelt_required_attribute_is_reported_once() {
    let cases = [
        (body(&[&STATUS.replace("status\":{\"s", "statsu\":{\"s"), PRIMARY]), vec![r#"unknown-attribute! "statsu""#]),
        (body(&[STATUS, &PRIMARY.replace("primary_property", "primary")]), vec![r#"unknown-attribute! "primary""#]),
        (format!(r#"{{"confg":{{{STATUS},{PRIMARY}}},"sample_payload":{{}}}}"#), vec![r#"unknown-attribute! "confg""#]),
        (format!(r#"{{"Config":{{{STATUS},{PRIMARY}}}}}"#), vec![r#"unknown-attribute! "Config""#]),
        // A rule cannot do without its source, unless it has a default.
        (body(&[STATUS, &PRIMARY.replace("source", "sources")]), vec![r#"unknown-attribute! "sources""#]),
        (
            body(&[STATUS, r#""primary_property":{"name":"h","default_to":"x","sources":["h"]}"#]),
            vec![r#"unknown-attribute "sources""#],
        ),
        (
            body(&[STATUS, r#""primary_property":{"name":"h","default_to":"","sources":["h"]}"#]),
            vec![r#"unknown-attribute! "sources""#],
        ),
        (with(r#""is_array":true,"arraySource":"a""#), vec![r#"unknown-attribute! "arraySource""#]),
        (with(r#""isArray":true,"array_source":"a""#), vec![r#"unknown-attribute! "isArray""#]),
        (with(r#""isArray":false,"array_source":"a""#), vec![r#"unknown-attribute "isArray""#]),
        (with(r#""is_array":false,"arraySource":"a""#), vec![r#"unknown-attribute "arraySource""#]),
        // Each rule has its own problem.
        (
            with(r#""additional_attributes":[{"sorce":["a"]},{"sorce":["b"]}]"#),
            vec![r#"unknown-attribute! "sorce""#, r#"unknown-attribute! "sorce""#],
        ),
    ];
    for (text, expected) in cases {
        check(&text, &expected);
    }
    let (_, problems) = parsed(&body(&[STATUS, &PRIMARY.replace("primary_property", "primary")]));
    let message = problems.kept().first().map(|p| p.message.clone().into_owned());
    assert_eq!(message.as_deref(), Some("`primary` is not an attribute here, and `primary_property` is missing"));
}

#[test]
fn common_misspellings_get_a_suggestion() {
    let cases = [
        ("isArray", "is_array"),
        ("arraySource", "array_source"),
        ("secondaryProperty", "secondary_property"),
        ("secondary", "secondary_property"),
        ("additionalAttributes", "additional_attributes"),
        ("additional_tags", "additional_attributes"),
        ("tags", "additional_attributes"),
        ("incident_identifiers", "incident_identifier"),
        ("incidentIdentifier", "incident_identifier"),
        ("bpTimestamp", "bp_timestamp"),
        ("forceLowercase", "force_lowercase"),
        ("force_lower_case", "force_lowercase"),
        ("Timestamp", "timestamp"),
    ];
    for (written, attribute) in cases {
        let text = with(&format!(r#""{written}":1"#));
        let (_, problems) = parsed(&text);
        assert_eq!(reported(&text, &problems), [format!(r#"unknown-attribute "{written}""#)]);
        assert_eq!(fixed(&text, &problems, "unknown-attribute"), Some(with(&format!(r#""{attribute}":1"#))));
    }
    let of_status = [
        ("default", "default_to"),
        ("defaultTo", "default_to"),
        ("statusMap", "status_map"),
        ("status_mapping", "status_map"),
        ("sources", "source"),
    ];
    for (written, attribute) in of_status {
        let wrong = body(&[&STATUS.replace(&format!("\"{attribute}\""), &format!("\"{written}\"")), PRIMARY]);
        check_fix(&wrong, &body(&[STATUS, PRIMARY]));
    }
    for written in ["sample", "samplePayload", "payload"] {
        let wrong = body(&[STATUS, PRIMARY]).replace("sample_payload", written);
        check(&wrong, &[&format!("unknown-attribute! \"{written}\"")]);
        check_fix(&wrong, &body(&[STATUS, PRIMARY]));
    }
}

#[test]
fn fixes_add_no_duplicate_keys() {
    check(&with(r#""primary":1"#), &[r#"unknown-attribute "primary""#]);
    let (_, problems) = parsed(&with(r#""primary":1,"is_arry":true,"is_aray":true"#));
    let renamed: Vec<_> = problems.kept().iter().map(|p| p.suggestion.is_some()).collect();
    assert_eq!(renamed, [false, true, false]);
}

#[test]
fn the_help_says_where_a_misplaced_attribute_belongs() {
    let cases = [
        (with(r#""sample_payload":{}"#), "the request body"),
        (with(r#""status_map":{}"#), "`status`"),
        (with(r#""flatten":true"#), "a tag rule"),
        (format!(r#"{{"config":{{{STATUS},{PRIMARY}}},"is_array":true}}"#), "`config`"),
    ];
    for (text, home) in cases {
        let (understood, problems) = parsed(&text);
        let help = problems.kept().first().and_then(|p| p.help.clone()).unwrap_or_default();
        assert!(understood && help.contains(&format!("it is an attribute of {home}")), "{text}: {help}");
    }
}

#[test]
fn rules_next_to_the_sample_are_put_into_config() {
    let cases = [
        (format!("{{{STATUS},{PRIMARY},\"sample_payload\":{{}}}}"), body(&[STATUS, PRIMARY])),
        (
            format!("{{\"sample_payload\":{{}}, {STATUS},{PRIMARY}}}"),
            format!("{{\"sample_payload\":{{}}, \"config\": {{{STATUS},{PRIMARY}}}}}"),
        ),
        (
            format!("{{{STATUS},\n\"sample_payload\":{{}},\n{PRIMARY}\n}}"),
            format!("{{\"config\": {{{STATUS}, {PRIMARY}}},\n\"sample_payload\":{{}}\n}}"),
        ),
    ];
    for (text, expected) in cases {
        check(&text, &["missing-attribute! {"]);
        check_fix(&text, &expected.replace("{\"config\":{", "{\"config\": {"));
    }
    check(&format!("{{\"sample_payload\":1,{STATUS},\"sample_payload\":{{}}}}"), &["missing-attribute! {"]);
}

#[test]
fn a_mixture_of_versions_is_reported_once_and_not_half_read() {
    let cases = [
        (r#"{"config":{"primary_property":{},"version":"2.0","status":5}}"#, "\"version\""),
        (r#"{"primary_property":[],"secondary_property":{},"sample_payload":{}}"#, "\"primary_property\""),
        (r#"{"primary_property":{},"secondary_property":[{"name":"check"}]}"#, "\"secondary_property\""),
        (r#"{"config":{"primary_property":{"isSuggestion":false}}}"#, "\"isSuggestion\""),
        (r#"{"config":{"secondary_property":{"suggestedSources":[]}}}"#, "\"suggestedSources\""),
        (
            r#"{"config":{"primary_property":{},"additional_attributes":[{},{"isSuggestion":false}],"statsu":1}}"#,
            "\"isSuggestion\"",
        ),
        (r#"{"config":{"primary_property":{},"status":{"map_remaining":true}}}"#, "\"map_remaining\""),
    ];
    for (text, sign) in cases {
        assert!(!parsed(text).0);
        check(text, &[&format!("version-mixed! {sign}")]);
    }
    // A status, and what is in the sample, are no attributes.
    check(&body(&[&STATUS.replace("\"ok\":[", "\"version\":["), PRIMARY]), &[]);
    check(&body(&[STATUS, PRIMARY]).replace("{}", r#"{"version":"2.0"}"#), &[]);
}

#[test]
fn values_of_the_wrong_type_are_fixed() {
    let map = |value: &str| body(&[&STATUS.replace("[\"up\"]", value), PRIMARY]);
    let source = |value: &str| body(&[STATUS, &PRIMARY.replace("[\"h\"]", value)]);
    let cases = [
        (source("\"h\""), source("[\"h\"]")),
        (source("5"), source("[\"5\"]")),
        (source("[\"h\",5]"), source("[\"h\",\"5\"]")),
        (source("[\"h\", null]"), source("[\"h\"]")),
        (source("[[\"h\"]]"), source("[\"h\"]")),
        (map("\"up\""), map("[\"up\"]")),
        (map("1"), map("[\"1\"]")),
        (map("[true]"), map("[\"true\"]")),
        (with("\"is_array\":\"true\""), with("\"is_array\":true")),
        (with("\"is_array\":\"Yes\""), with("\"is_array\":true")),
        (with("\"is_array\":1"), with("\"is_array\":true")),
        (with("\"is_array\":0"), with("\"is_array\":false")),
        (with("\"force_lowercase\":\"off\""), with("\"force_lowercase\":false")),
        (with("\"is_array\":[ true ]"), with("\"is_array\":true")),
        (with("\"is_array\":null"), body(&[STATUS, PRIMARY])),
        (with("\"array_source\":[\"a\"]"), with("\"array_source\":\"a\"")),
        (with("\"array_source\":5"), with("\"array_source\":\"5\"")),
        (with("\"secondary_property\":[ {\"source\":[\"c\"]} ]"), with("\"secondary_property\":{\"source\":[\"c\"]}")),
        (with("\"secondary_property\":\"c\""), with("\"secondary_property\":{\"source\": [\"c\"]}")),
        (with("\"secondary_property\":[\"c\",\"d\"]"), with("\"secondary_property\":{\"source\": [\"c\",\"d\"]}")),
        (with("\"timestamp\":\"t\""), with("\"timestamp\":{\"source\": [\"t\"]}")),
        (with("\"bp_timestamp\":true"), with("\"bp_timestamp\":{\"is_selected\": true}")),
        (
            with("\"additional_attributes\":{\"source\":[\"c\"]}"),
            with("\"additional_attributes\":[{\"source\":[\"c\"]}]"),
        ),
        (with("\"additional_attributes\":\"c\""), with("\"additional_attributes\":[{\"source\": [\"c\"]}]")),
        (with("\"additional_attributes\":[\"c\"]"), with("\"additional_attributes\":[{\"source\": [\"c\"]}]")),
        (format!("[{{{STATUS},{PRIMARY}}}]"), format!("{{{STATUS},{PRIMARY}}}")),
    ];
    for (text, expected) in cases {
        check_fix(&text, &expected);
        assert!(parsed(&expected).0, "{expected}");
    }
}

#[test]
fn a_problem_without_a_fix_has_help() {
    let status = |value: &str| body(&[&format!("\"status\":{value}"), PRIMARY]);
    let cases = [
        (status("null"), "this attribute is required"),
        (body(&[STATUS, &PRIMARY.replace("[\"h\"]", "null")]), "this attribute is required"),
        (with("\"is_array\":true,\"array_source\":null"), "this attribute is required"),
        (status("\"s\""), "give an object here"),
        (status("[1,2]"), "give an object here"),
        (with("\"is_array\":\"maybe\""), "write `true` or `false`"),
        (with("\"is_array\":{}"), "write `true` or `false`"),
        (with("\"incident_identifier\":{}"), "give an array here"),
        (
            body(&[&STATUS.replace("{\"ok\":[\"up\"]}", "[\"up\",1]"), PRIMARY]),
            "write a list of values for each status",
        ),
        ("null".to_owned(), "give a request body"),
        ("{\"config\":\"{}\"}".to_owned(), "give a request body"),
    ];
    for (text, words) in cases {
        let (_, problems) = parsed(&text);
        assert_eq!(problems.kept().len(), 1, "{text}: {problems:?}");
        let help = problems.kept().first().and_then(|p| p.help.clone()).unwrap_or_default();
        assert!(help.contains(words), "{text}: {help}");
    }
}

#[test]
fn objects_and_lists_are_not_underlined_as_a_whole() {
    let cases = [
        (with("\"array_source\":[1,2]"), "\"array_source\""),
        (with("\"additional_attributes\":[[1,2]]"), "["),
        (with("\"array_source\":5"), "5"),
    ];
    for (text, underlined) in cases {
        check(&text, &[&format!("wrong-type! {underlined}")]);
    }
}

#[test]
fn the_last_of_duplicate_keys_counts() {
    let text = body(&[STATUS, r#""primary_property":{"source":5, "source":["h"]}"#]);
    check(&text, &[r#"json-duplicate-key "source""#]);
    check_fix(&text, &body(&[STATUS, PRIMARY]));
}

#[test]
fn a_long_key_with_many_values_is_read_once() {
    let text = body(&[&STATUS.replace("\"ok\":", &format!("\"{}\":", "k".repeat(500_000))), PRIMARY])
        .replace("[\"up\"]", &format!("[{}1]", "1,".repeat(500_000)));
    assert!(parsed(&text).0);
}
