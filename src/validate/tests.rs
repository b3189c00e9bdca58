//! Problems of the rules by themselves, their places, and that their fixes fix them.

use super::{SampleChecks, rules, sample};
use crate::compile::compile;
use crate::config;
use crate::diagnostic::Problems;
use crate::diagnostic::testing::{applied, by_place, reported};

const STATUS: &str = r#""status":{"source":["s"],"default_to":"critical","status_map":{"ok":["up"]}}"#;
const PRIMARY: &str = r#""primary_property":{"name":"host","source":["h"]}"#;
const SECONDARY: &str = r#""secondary_property":{"name":"check","source":["c"]}"#;

fn problems_of(text: &str) -> Problems {
    let mut problems = Problems::default();
    if let Some(config) = config::parse(text.as_bytes(), None, &mut problems).and_then(|body| body.config) {
        let (program, _) = compile(&config, &mut problems);
        rules(&config, &program, text.as_bytes(), &mut problems);
    }
    problems
}

fn body(rules: &[&str]) -> String {
    format!(r#"{{"config":{{{}}}}}"#, rules.join(","))
}

/// Valid rules, and one more.
fn with(rule: &str) -> String {
    body(&[STATUS, PRIMARY, SECONDARY, rule])
}

/// Valid rules with these additional ones.
fn more(rules: &str) -> String {
    with(&format!(r#""additional_attributes":[{rules}]"#))
}

fn status(rule: &str) -> String {
    body(&[&format!("\"status\":{{{rule}}}"), PRIMARY, SECONDARY])
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(reported(text, &problems_of(text)), expected, "{text}");
}

/// The first fix of a text gives `expected`, in which `left` is reported.
fn check_fix(text: &str, expected: &str, left: &[&str]) {
    let new = by_place(&problems_of(text)).into_iter().find_map(|problem| applied(text, &problem));
    let new = new.unwrap_or_else(|| unreachable!("no fix for {text}"));
    assert_eq!(new, expected);
    check(&new, left);
}

#[test]
fn valid_rules_have_no_problems() {
    check(&with("\"is_array\":false"), &[]);
    check(&with("\"is_array\":true,\"array_source\":\"alerts\""), &[]);
}

#[test]
fn what_a_rule_lacks_is_reported_at_its_key() {
    let cases = [
        (body(&[STATUS, PRIMARY]), r#"secondary-missing "config""#),
        (body(&[STATUS, PRIMARY]).replace("{\"config\":", "").replace("}}}", "}}"), "secondary-missing {"),
        (body(&[STATUS, r#""primary_property":{"name":"h"}"#, SECONDARY]), r#"no-sources! "primary_property""#),
        (more("{\"name\":\"h\"}"), "no-sources! {"),
        (with("\"timestamp\":{\"source\":[]}"), r#"no-sources! "timestamp""#),
        (with("\"is_array\":true"), r#"array-source-missing! "config""#),
        (with("\"is_array\":true,\"array_source\":\"@alert.x\""), "path-invalid! @alert."),
        (more("{\"default_to\":\"h\"}"), "missing-attribute! {"),
        (with("\"incident_identifier\":[\"host\"]"), r#"identifier-override "incident_identifier""#),
        (status(r#""source":["s"],"status_map":{"ok":["up"]}"#), r#"status-default-missing "status""#),
    ];
    for (text, expected) in cases {
        check(&text, &[expected]);
    }
}

#[test]
fn consequences_of_a_misspelling_are_not_reported() {
    let cases = [
        (
            body(&[STATUS, PRIMARY, &SECONDARY.replace("secondary_property", "secondary")]),
            r#"unknown-attribute "secondary""#,
        ),
        (body(&[STATUS, PRIMARY, &SECONDARY.replace("source", "sorce")]), r#"unknown-attribute! "sorce""#),
        (with("\"is_array\":true,\"arraySource\":\"a\""), r#"unknown-attribute! "arraySource""#),
        (status(r#""source":["s"],"default":"ok","status_map":{"ok":["up"]}"#), r#"unknown-attribute "default""#),
        (more("{\"default_to\":\"h\",\"sources\":[\"x\"]}"), r#"unknown-attribute! "sources""#),
        (more("{\"tag_name\":\"h\",\"source\":[\"x\",\"Y\",\"status\"]}"), r#"unknown-attribute "tag_name""#),
        (
            with("\"isArray\":true,\"additional_attributes\":[{\"source\":[\"@alert.x\"]}]"),
            r#"unknown-attribute! "isArray""#,
        ),
    ];
    for (text, expected) in cases {
        check(&text, &[expected]);
    }
    // Two rules with the same mistake are both reported.
    let twice = more("{\"name\":\"a\",\"sorce\":[\"a\"]},{\"name\":\"b\",\"sorce\":[\"b\"]}");
    check(&twice, &[r#"unknown-attribute! "sorce""#, r#"unknown-attribute! "sorce""#]);
}

/// As [`problems_of`], with the sample.
fn validated(text: &str) -> Problems {
    let mut problems = Problems::default();
    if let Some(body) = config::parse(text.as_bytes(), None, &mut problems) {
        let program = body.config.as_ref().map(|config| {
            let (program, _) = compile(config, &mut problems);
            rules(config, &program, text.as_bytes(), &mut problems);
            program
        });
        let options = SampleChecks { create: true, lenient: false };
        sample(&body, program.as_ref(), text.as_bytes(), options, &mut problems);
    }
    problems
}

#[test]
fn consequences_of_a_misspelling_are_not_reported_in_the_sample() {
    let one = r#"{"s":"down","h":"x","c":"y"}"#;
    let cases = [
        (
            status(r#""source":["s"],"default_to":"ok","status_map":{"criticl":["down"]}"#),
            one,
            r#"status-unknown! "criticl""#,
        ),
        (
            body(&[STATUS, &PRIMARY.replace("source", "sources"), SECONDARY]),
            r#"{"s":"up","c":"y"}"#,
            r#"unknown-attribute! "sources""#,
        ),
        (
            body(&[r#""isArray":true,"array_source":"a""#, STATUS, PRIMARY, SECONDARY]).replace("[\"", "[\"@alert."),
            r#"{"a":[{"s":"up","h":"x","c":"y"}]}"#,
            r#"unknown-attribute! "isArray""#,
        ),
    ];
    for (rules, sample, expected) in cases {
        let rules = rules.strip_suffix('}').unwrap_or_default();
        let text = format!("{rules},\"sample_payload\":{sample}}}");
        assert_eq!(reported(&text, &validated(&text)), [expected], "{text}");
    }
}

#[test]
fn names_from_keys_are_checked() {
    let invalid = |source: &str| vec![format!("tag-name-derived-invalid \"{source}\"")];
    let cases = [
        ("host", vec![]),
        ("labels.host-1", vec![]),
        ("a.startsAt", invalid("a.startsAt")),
        ("Host Name", invalid("Host Name")),
        ("a.é", invalid("a.é")),
        ("a.1st", invalid("a.1st")),
        ("x.status", vec!["tag-name-reserved \"x.status\"".to_owned()]),
        ("x.source_system", vec!["tag-name-reserved \"x.source_system\"".to_owned()]),
        ("x.severity", vec!["tag-name-reserved \"x.severity\"".to_owned()]),
        ("x.timestamp", vec!["tag-name-reserved \"x.timestamp\"".to_owned()]),
    ];
    for (source, expected) in cases {
        let rule = |flatten: &str| {
            more(&format!("{{\"source\":[\"{source}\"]{flatten}}}")).replace("host\",\"source", "p\",\"source")
        };
        assert_eq!(reported(&rule(""), &problems_of(&rule(""))), expected, "{source}");
        // The tags of a flattened object are named by its keys.
        check(&rule(",\"flatten\":true"), &[]);
    }
    // Lower-casing fixes only ASCII capitals.
    let lower = |source: &str| {
        format!(
            "{},\"force_lowercase\":true}}}}",
            more(&format!("{{\"source\":[\"{source}\"]}}")).trim_end_matches("}}")
        )
    };
    check(&lower("a.startsAt"), &[]);
    check(&lower("a.É"), &["tag-name-derived-invalid \"a.É\""]);
}

#[test]
fn a_free_name_is_suggested_once() {
    let named = |name: &str, sources: &str| more(&format!("{{\"name\": \"{name}\",\"source\":{sources}}}"));
    let cases = [
        ("[\"a.startsAt\"]", "startsat"),
        ("[\"labels.status\"]", "labels_status"),
        ("[\"status\"]", "event_status"),
        ("[\"Host\"]", "event_host"),
        ("[\"node\",\"instance\"]", "node"),
        ("[\"Node\",\"Instance\",\"status\"]", "node"),
    ];
    for (sources, name) in cases {
        let text = more(&format!("{{\"source\":{sources}}}"));
        check_fix(&text, &named(name, sources), &[]);
        let suggested = by_place(&problems_of(&text)).iter().filter(|p| p.suggestion.is_some()).count();
        assert_eq!(suggested, 1, "{text}");
    }
    let twice = more("{\"source\":[\"Node\"]},{\"source\":[\"x.NODE\"]}");
    let names: Vec<_> =
        by_place(&problems_of(&twice)).iter().filter_map(|p| Some(p.suggestion.clone()?.title)).collect();
    assert_eq!(names, ["name it `node`", "name it `x_node`"]);
    let unnamed = more("{\"source\":[\"東\"]}");
    assert_eq!(by_place(&problems_of(&unnamed)).iter().filter(|p| p.suggestion.is_some()).count(), 0);
}

#[test]
fn written_names_become_legal() {
    let named = |name: &str| more(&format!("{{\"name\":\"{name}\",\"source\":[\"x\"]}}"));
    check_fix(&named("Rack Unit"), &named("rack_unit"), &[]);
    // A suggested name must not mean something else.
    assert!(by_place(&problems_of(&named("Status"))).iter().all(|p| p.suggestion.is_none()));
    check(&named("Status"), &["tag-name-invalid! \"Status\""]);
    check(&named("status"), &["tag-name-reserved! \"status\""]);
    check(&named("severity"), &["tag-name-reserved \"severity\""]);
}

#[test]
fn unclear_names_are_reported_at_the_rule() {
    check(&more("{\"source\":[\"a\",\"b\"]}"), &["tag-name-unclear {"]);
    let primary = body(&[STATUS, r#""primary_property":{"source":["a.host","node"]}"#, SECONDARY]);
    check(&primary, &["tag-name-unclear \"primary_property\""]);
    // All sources give the same name, or the keys of an object do.
    check(&more("{\"source\":[\"x.a\",\"y.a\"]}"), &[]);
    check(&more("{\"source\":[\"a\",\"b\"],\"flatten\":true}"), &[]);
}

#[test]
fn duplicate_tags_are_reported_at_the_later_rule() {
    let duplicate = |underlined: &str| vec![format!("tag-duplicate \"{underlined}\"")];
    let cases = [
        (more("{\"name\":\"host\",\"source\":[\"x\"]}"), duplicate("host")),
        (more("{\"source\":[\"x.host\"]}"), duplicate("x.host")),
        (more("{\"name\":\"a\",\"source\":[\"x\"]},{\"name\":\"a\",\"source\":[\"x\"]}"), duplicate("a")),
        (more("{\"source\":[\"x.a\"]},{\"source\":[\"y.a\"]}"), duplicate("y.a")),
        (more("{\"name\":\"host\",\"source\":[\"x\"],\"flatten\":true}"), vec![]),
        (more("{\"source\":[\"x.a\",\"y.a\"]}"), vec![]),
        (
            format!(
                "{},\"bp_timestamp\":{{\"is_selected\":true}}}}}}",
                more("{\"source\":[\"bp_timestamp\"]}").trim_end_matches("}}")
            ),
            duplicate("bp_timestamp"),
        ),
        (more("{\"source\":[\"bp_timestamp\"]}"), vec![]),
    ];
    for (text, expected) in cases {
        assert_eq!(reported(&text, &problems_of(&text)), expected, "{text}");
    }
    let text = more("{\"name\":\"a\",\"source\":[\"x\"]},{\"name\":\"a\",\"source\":[\"x\"]}");
    let message = problems_of(&text).kept().first().map(|p| p.message.clone().into_owned());
    assert_eq!(
        message.as_deref(),
        Some("`a` is the tag of rule 1 of `additional_attributes` too, which wins where both have a value")
    );
}

#[test]
fn statuses_are_checked() {
    let cases: [(&str, &[&str]); 15] = [
        (r#""source":["s"],"default_to":"ok","status_map":{}"#, &[]),
        (r#""source":["s"],"default_to":"critical","status_map":{}"#, &["status-never-ok \"status_map\""]),
        (r#""source":["s"],"default_to":"critical","status_map":{"ok":[]}"#, &["status-never-ok \"ok\""]),
        (
            r#""source":["s"],"default_to":"critical","status_map":{"warning":["x"]}"#,
            &["status-never-ok \"status_map\""],
        ),
        (r#""source":["s"],"default_to":"critical","status_map":{"OK":["x"]}"#, &["status-unknown! \"OK\""]),
        (r#""source":["s"],"default_to":"Ok","status_map":{}"#, &["status-unknown! \"Ok\""]),
        (r#""source":["s"],"default_to":"","status_map":{"ok":["x"]}"#, &["status-unknown! \"\""]),
        (
            r#""source":["s"],"default_to":"critical","status_map":{"ok":[""]}"#,
            &["status-never-ok \"ok\"", "empty-value \"\""],
        ),
        (r#""source":["s"],"default_to":"unknown","status_map":{"ok":["x"]}"#, &["status-undocumented \"unknown\""]),
        (r#""source":["s"],"default_to":"ok","status_map":{"unknown":["x"]}"#, &["status-undocumented \"unknown\""]),
        (r#""source":["s"],"default_to":"ok","status_map":{"unknown":[]}"#, &[]),
        (r#""source":["s"],"default_to":"ok","status_map":{"ok":["x","x"]}"#, &[]),
        (
            r#""source":["s"],"default_to":"ok","status_map":{"ok":["x"],"warning":["y","x"]}"#,
            &["status-value-duplicate! \"x\""],
        ),
        (r#""source":[],"default_to":"ok","status_map":{}"#, &["status-unmapped \"status\""]),
        (r#""source":[],"status_map":{"ok":["x"]}"#, &["no-sources! \"status\"", "status-default-missing \"status\""]),
    ];
    for (rule, expected) in cases {
        check(&status(rule), expected);
    }
}

#[test]
fn statuses_are_fixed() {
    let of = |default: &str, map: &str| {
        status(&format!(r#""source":["s"],"default_to":"{default}","status_map":{{{map}}}"#))
    };
    let cases = [
        (of("Critical", r#""ok":["x"]"#), of("critical", r#""ok":["x"]"#)),
        (of("", r#""ok":["x"]"#), of("critical", r#""ok":["x"]"#)),
        (of("warn", r#""ok":["x"]"#), of("warning", r#""ok":["x"]"#)),
        (of("ok", r#""crit":["x"]"#), of("ok", r#""critical":["x"]"#)),
        (of("ok", r#""Acknowledge":["x"]"#), of("ok", r#""acknowledged":["x"]"#)),
        (of("ok", r#""ok":["x"],"Ok":["y", "z"]"#), of("ok", r#""ok":["x", "y", "z"]"#)),
        (of("ok", r#""Ok":["y" ],"ok":["x"]"#), of("ok", r#""ok":["x", "y"]"#)),
        (of("ok", r#""ok":["x"],"warning":["y","x"]"#), of("ok", r#""ok":["x"],"warning":["y"]"#)),
        (of("ok", r#""ok":["x"],"warning":["x"]"#), of("ok", r#""ok":["x"],"warning":[]"#)),
        (
            status(r#""source":["s"],"status_map":{"ok":["x"]}"#),
            status(r#""default_to": "critical","source":["s"],"status_map":{"ok":["x"]}"#),
        ),
    ];
    for (text, expected) in cases {
        check_fix(&text, &expected, &[]);
    }
    // Values are moved only with all that is in their list.
    for list in [r#"["a",["x"]]"#, r#"[["x"],"a"]"#, r#"["a",null]"#] {
        let problems = problems_of(&of("ok", &format!(r#""criticl":{list},"critical":["page"]"#)));
        let fixes = |code| by_place(&problems).iter().filter(|p| p.code == code && p.suggestion.is_some()).count();
        assert_eq!(fixes("status-unknown"), 0, "{list}");
    }
    // Renaming both, or to what is there, would give a key twice.
    for map in [r#""OK":["x"],"Ok":["y"]"#, r#""ok":[],"Ok":["y"]"#] {
        let problems = problems_of(&of("ok", map));
        let fixed = by_place(&problems).iter().filter(|p| p.code == "status-unknown" && p.suggestion.is_some()).count();
        assert_eq!(fixed, usize::from(map.contains("OK")), "{map}");
    }
}

#[test]
fn the_prefix_is_reported_if_there_is_no_array() {
    let prefixed = with("\"timestamp\":{\"source\":[\"@alert.t\"]}");
    check(&prefixed, &["path-alert-prefix-unused @alert."]);
    check_fix(&prefixed, &prefixed.replace("@alert.", ""), &[]);
    let escaped = prefixed.replace("@alert.t", "@alert\\u002et\\n");
    check_fix(&escaped, &prefixed.replace("@alert.t", "t\\n"), &[]);
    check(&prefixed.replace("{\"config\":{", "{\"config\":{\"is_array\":true,\"array_source\":\"a\","), &[]);
    // If an array is named, the switch is missing.
    let named = with("\"array_source\":\"a\",\"timestamp\":{\"source\":[\"@alert.t\",\"@alert.u\"]}");
    let unused = "path-alert-prefix-unused @alert.";
    check(&named, &["array-source-unused \"a\"", unused, unused]);
    check_fix(&named, &named.replace("{\"config\":{", "{\"config\":{\"is_array\": true,"), &[]);
    let off = named.replace("{\"config\":{", "{\"config\":{\"is_array\":false,");
    let fixed = by_place(&problems_of(&off)).iter().find_map(|p| applied(&off, p));
    assert_eq!(fixed, Some(off.replacen("@alert.", "", 1)));
}

#[test]
fn undocumented_attributes_are_reported() {
    let format = |format: &str| with(&format!("\"timestamp\":{{\"source\":[\"t\"],\"format\":\"{format}\"}}"));
    check(&format("iso8601"), &["attribute-undocumented \"format\""]);
    check(&format("nonsense"), &["timestamp-format-invalid! nonsense"]);
    check(&with("\"is_array\":true,\"array_source\":\"\""), &["attribute-undocumented \"\""]);
    check(&with("\"is_array\":false,\"array_source\":\"\""), &[]);
}

#[test]
fn the_identity_is_checked() {
    let text = with("\"incident_identifier\":\"host\"");
    assert!(by_place(&problems_of(&text)).iter().all(|p| !p.message.contains("empty")), "{text}");
    let of = |tags: &str| with(&format!("\"incident_identifier\":{tags}"));
    check_fix(&of("[\"host\"]"), &body(&[STATUS, PRIMARY, SECONDARY]), &[]);
    let unknown = r#"identifier-unknown-tag! "hots""#;
    check(&of("[\"hots\"]"), &[r#"identifier-override "incident_identifier""#, unknown]);
    let problems = problems_of(&of("[\"hots\"]"));
    let fixed = by_place(&problems).iter().rev().find_map(|p| applied(&of("[\"hots\"]"), p));
    assert_eq!(fixed, Some(of("[\"host\"]")));
}

#[test]
fn large_configurations_are_checked_in_one_go() {
    let many = |n: usize, one: &dyn Fn(usize) -> String| (0..n).map(one).collect::<Vec<_>>().join(",");
    let rules = more(&many(20_000, &|i| format!("{{\"source\":[\"@alert.x.Key{}\",\"k{i}\"]}}", i % 10_000)));
    let values = many(200_000, &|i| format!("\"v{}\"", i % 100_000));
    let map = status(&format!(r#""source":["s"],"status_map":{{"ok":[{values}],"warning":[{values}]}}"#));
    let statuses =
        status(&format!(r#""source":["s"],"status_map":{{{}}}"#, many(100_000, &|i| format!("\"ok{i}\":[\"{i}\"]"))));
    let name = "n".repeat(1_000_000);
    let long =
        more(&many(5, &|_| format!("{{\"name\":\"{name}\",\"source\":[\"a.{name}\"]}},{{\"source\":[\"a.{name}\"]}}")));
    for text in [rules, map, statuses, long] {
        let problems = problems_of(&text);
        assert!(!problems.kept().is_empty() && problems.kept().iter().all(|p| p.message.len() < 500));
    }
}
