//! What must hold for everything that validation reports, whatever the body.
//!
//! `PROPTEST_CASES` sets how many are tried.

use crate::support::body_mutation::{mix, mutate, scribble};
use crate::support::choices::Choices;
use crate::support::consistency::disagreements;
use crate::support::json::Json;
use crate::support::reported::{brief, compact, endless, faults, known_exception, pairs};
use oim_config::{
    Mode, Origin, ProcessOptions, SampleCoverage, Severity, ValidateOptions, Validated, Version, compile, fix, render,
    validate, validate_from,
};
use proptest::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;
use std::{fs, iter};

/// Bodies without a mistake: those of `tests/validate`.
static GOOD: LazyLock<Vec<String>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validate");
    let folders = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|dir| fs::read_dir(dir).unwrap()).map(|entry| entry.unwrap().path());
    let named = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let is_good = |path: &Path| named(path).starts_with("valid-") && !named(path).ends_with(".expect.json");
    let mut found: Vec<_> = files.filter(|path| is_good(path)).collect();
    found.sort();
    let mut texts: Vec<String> = found.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    texts.dedup();
    assert!(texts.len() > 20, "only {} bodies found", texts.len());
    texts
});

fn numbers() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 1..60)
}

fn options(choices: &mut Choices<'_>) -> ValidateOptions {
    ValidateOptions {
        mode: [Mode::Create, Mode::Update][choices.below(2)],
        sample_coverage: [SampleCoverage::Strict, SampleCoverage::Lenient][choices.below(2)],
        version: [None, None, None, None, Some(Version::V1), Some(Version::V2)][choices.below(6)],
    }
}

/// A body without a mistake; one in four has attributes of another one.
fn body_of(choices: &mut Choices<'_>) -> Json {
    let pick = |choices: &mut Choices<'_>| Json::parse(GOOD[choices.below(GOOD.len())].as_bytes());
    let mut json = pick(choices);
    if choices.once_in(4) {
        let other = pick(choices);
        mix(&mut json, &other, choices);
    }
    json
}

fn hold(text: &str, options: ValidateOptions) -> Result<(), TestCaseError> {
    let faults = faults(text, options, &known_exception);
    prop_assert!(faults.is_empty(), "{}\n{}", faults.join("\n"), text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mistakes_are_reported_well(numbers in numbers()) {
        let mut choices = Choices::new(&numbers);
        let mut json = body_of(&mut choices);
        let options = options(&mut choices);
        mutate(&mut json, &mut choices);
        let text = json.pretty();
        hold(&text, options)?;
        let reported = validate(text.as_bytes(), options);
        prop_assert_eq!(disagreements(&text, &reported), Vec::<String>::new(), "{}", text);
        prop_assert_eq!(endless(&text, options), None, "{}", text);
        let compact = compact(&text).unwrap();
        prop_assert_eq!(pairs(&reported), pairs(&validate_from(compact.as_bytes(), Origin::Object, options)), "{}", text);
    }

    /// All suggestions together leave JSON, and nothing that could still be applied.
    #[test]
    fn fixes_go_together(numbers in numbers()) {
        let mut choices = Choices::new(&numbers);
        let mut json = body_of(&mut choices);
        let options = options(&mut choices);
        for _ in 0..3 {
            mutate(&mut json, &mut choices);
        }
        let text = json.pretty();
        let once = fix(&text, None, options);
        prop_assert!(compact(&once.text).is_some(), "{}\n{}", once.text, text);
        prop_assert_eq!(once.applied.is_empty(), once.text == text);
        let twice = fix(&once.text, None, options);
        prop_assert_eq!((&twice.text, twice.applied.len()), (&once.text, 0), "{}", text);
        prop_assert_eq!(pairs(&validate(&once.text, options)), pairs(&Validated { valid: true, diagnostics: once.remaining }));
    }

    #[test]
    fn scribbled_text_does_no_harm(numbers in numbers()) {
        let mut choices = Choices::new(&numbers);
        let mut text = GOOD[choices.below(GOOD.len())].clone();
        let options = options(&mut choices);
        scribble(&mut text, &mut choices);
        hold(&text, options)?;
        let reported = validate(text.as_bytes(), options);
        let shown = render(&reported.diagnostics, &text);
        prop_assert!(shown.lines().all(|line| line.chars().count() < 2_000), "{}", shown);
    }
}

const STATUS: &str = r#""status": {"source": ["s"], "default_to": "critical", "status_map": {"ok": ["up"]}}"#;

fn body(more: &str, sample: &str) -> String {
    let primary = r#""primary_property": {"name": "host", "source": ["host"]}"#;
    format!(r#"{{"config": {{{STATUS}, {primary}, {more}}}, "sample_payload": {sample}}}"#)
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",")
}

/// Validates a text of any size, and looks whether the answer is one that can be read and sent.
fn counted(text: &str) -> (HashMap<&'static str, usize>, Validated) {
    let reported = validate(text.as_bytes(), ValidateOptions::default());
    let mut counts = HashMap::new();
    for d in &reported.diagnostics {
        *counts.entry(d.code).or_default() += 1;
        assert!(d.message.chars().count() < 1_000, "{}", brief(&d.message));
        assert!(d.help.as_ref().is_none_or(|help| help.chars().count() < 2_000));
    }
    assert!(counts.values().all(|&count: &usize| count <= 1_000), "{counts:?}");
    let edits = reported.diagnostics.iter().filter_map(|d| d.suggestion.as_ref()).map(|s| s.edits.len()).sum::<usize>();
    assert!(edits < 100_000, "{edits} edits");
    let shown = render(&reported.diagnostics, text);
    assert!(shown.lines().all(|line| line.len() < 4_000 || line.starts_with(" -->")));
    (counts, reported)
}

#[test]
fn ten_thousand_rules() {
    let rules = |n: usize| listed((0..n).map(|i| format!(r#"{{"name": "t{i}", "source": ["f{i}"]}}"#)));
    let fields = listed((0..10_000).map(|i| format!(r#""f{i}": "v""#)));
    let all = format!(r#"{{"s": "up", "host": "h", {fields}}}"#);
    let (counts, reported) = counted(&body(&format!(r#""additional_attributes": [{}]"#, rules(10_000)), &all));
    assert!(reported.valid, "{counts:?}");
    let none = r#"{"s": "up", "host": "h"}"#;
    let (counts, reported) = counted(&body(&format!(r#""additional_attributes": [{}]"#, rules(10_000)), none));
    assert_eq!(counts.get("sample-missing-field"), Some(&1_000));
    let last = reported.diagnostics.iter().rfind(|d| d.code == "sample-missing-field").unwrap();
    assert!(last.help.as_ref().is_some_and(|help| help.contains("9000 more")), "{last:?}");
}

#[test]
fn a_name_of_a_megabyte() {
    for name in ["x".repeat(1 << 20), "É".repeat(1 << 19), "`".repeat(1 << 20)] {
        let rule = format!(r#""additional_attributes": [{{"name": "{name}", "source": ["host"]}}]"#);
        let (counts, reported) = counted(&body(&rule, r#"{"s": "up", "host": "h"}"#));
        assert_eq!(counts.get("tag-name-invalid"), Some(&1), "{counts:?}");
        assert!(!reported.valid);
    }
    let key = format!(r#""{}": 1"#, "k".repeat(1 << 20));
    assert_eq!(counted(&body(&key, r#"{"s": "up", "host": "h"}"#)).0.get("unknown-attribute"), Some(&1));
    let path = format!(r#""additional_attributes": [{{"name": "x", "source": ["{}"]}}]"#, "a.".repeat(1 << 19));
    assert_eq!(counted(&body(&path, r#"{"s": "up", "host": "h"}"#)).0.get("path-invalid"), Some(&1));
}

#[test]
fn a_hundred_thousand_status_values() {
    let values = |n: usize| listed((0..n).map(|i| format!(r#""value {i}""#)));
    let status = format!(
        r#"{{"source": ["s"], "default_to": "critical", "status_map": {{"ok": [{}], "warning": [{}]}}}}"#,
        values(50_000),
        values(50_000)
    );
    let text = body(r#""secondary_property": {"source": ["host"]}"#, r#"{"s": "up", "host": "h"}"#)
        .replace(STATUS, &format!(r#""status": {status}"#));
    assert_eq!(counted(&text).0.get("status-value-duplicate"), Some(&1_000));
}

#[test]
fn a_thousand_tags_of_one_name() {
    let rules = listed((0..1_000).flat_map(|_| (0..20).map(|i| format!(r#"{{"name": "t{i}", "source": ["host"]}}"#))));
    let identifier = listed((0..1_000).map(|i| format!(r#""t{i}""#)));
    let more = format!(r#""additional_attributes": [{rules}], "incident_identifier": [{identifier}]"#);
    let (counts, _) = counted(&body(&more, r#"{"s": "up", "host": "h"}"#));
    assert_eq!(counts.get("tag-duplicate"), Some(&1_000));
    assert_eq!(counts.get("identifier-unknown-tag"), Some(&980));
    let rules = listed(iter::repeat_n(r#"{"name": "T", "source": ["host"]}"#.to_owned(), 2_000));
    let identifier = listed(iter::repeat_n(r#""T""#.to_owned(), 2_000));
    let more = format!(r#""additional_attributes": [{rules}], "incident_identifier": [{identifier}]"#);
    let (counts, _) = counted(&body(&more, r#"{"s": "up", "host": "h"}"#));
    assert_eq!(counts.get("tag-name-invalid"), Some(&1_000));
    let keys = listed((0..1_000).flat_map(|i| iter::repeat_n(format!(r#""k{i}": 1"#), 20)));
    let (counts, _) = counted(&body(&keys, r#"{"s": "up", "host": "h"}"#));
    assert_eq!(counts.get("json-duplicate-key"), Some(&1_000));
}

#[test]
fn hundreds_of_rules_that_flatten_hundreds_of_fields() {
    let fields = |value: &str| listed((0..600).map(|i| format!(r#""k{i}": "{value}""#)));
    let rules = listed(iter::repeat_n(r#"{"source": ["m"], "flatten": true}"#.to_owned(), 600));
    let more = format!(r#""additional_attributes": [{{"source": ["l"], "flatten": true}}, {rules}]"#);
    let sample = format!(r#"{{"s": "up", "host": "h", "l": {{{}}}, "m": {{{}}}}}"#, fields("v"), fields("w"));
    let lost = counted(&body(&more, &sample)).0.get("tag-duplicate").copied();
    // Looking for what won is given up before it takes rules times fields times fields.
    assert!(lost.is_some_and(|lost| (10..300).contains(&lost)), "{lost:?}");
}

#[test]
fn suggestions_that_overlap_are_applied_in_turn() {
    let with = |status: &str, more: &str| {
        format!(
            r#"{{"config": {{"status": {{{status}}}, "primary_property": {{"name": "host", "source": ["h"]}}, "secondary_property": {{"name": "check", "source": ["c"]}}{more}}}, "sample_payload": {{"s": "up", "h": "x", "c": "y"}}}}"#
        )
    };
    let map = r#""source": ["s"], "default_to": "critical", "status_map": {"ok": ["up", "down"]}"#;
    let good = with(map, "");
    let nulls = with(&map.replace(r#"["s"]"#, r#"["s",null,null]"#), "");
    let twice = with(&map.replace(r#""down"]"#, r#""down"], "critical": ["down","up"]"#), "");
    let text = with(map, r#", "incident_identifier":"host""#);
    let cases = [
        (nulls, good.clone()),
        (twice, good.replace(r#""down"]"#, r#""down"], "critical": []"#)),
        (text.clone(), text.replace(r#":"host"}"#, r#":["host"]}"#)),
    ];
    for (text, expected) in cases {
        let fixed = fix(&text, None, ValidateOptions::default());
        assert_eq!(fixed.text, expected);
        assert!(!fixed.remaining.iter().any(|d| d.severity == Severity::Error), "{:?}", fixed.remaining);
    }
    let only = fix(&text, Some(&["identifier-override"]), ValidateOptions::default());
    assert_eq!(only.text, good);
}

/// The values of a misspelt status move to the list that is there, also those that must be fixed first.
#[test]
fn no_value_of_a_misspelt_status_is_lost() {
    let body = |map: &str| {
        format!(
            r#"{{"config": {{"status": {{"source": ["s"], "default_to": "warning", "status_map": {{"ok": ["up"], {map}}}}}, "primary_property": {{"name": "host", "source": ["h"]}}, "secondary_property": {{"name": "check", "source": ["c"]}}}}, "sample_payload": {{"s": "up", "h": "x", "c": "y"}}}}"#
        )
    };
    let cases = [
        (r#""criticl": ["a", ["x"]], "critical": ["page"]"#, r#""critical": ["page", "a", "x"]"#),
        (r#""criticl": [["x"], "a"], "critical": ["page"]"#, r#""critical": ["page", "x", "a"]"#),
        (r#""criticl": ["a", 5, true], "critical": ["page"]"#, r#""critical": ["page", "a", "5", "true"]"#),
        (r#""critical": ["page", ["y"]], "criticl": ["a"]"#, r#""critical": ["page", "y", "a"]"#),
        (r#""criticl": ["a", "x"]"#, r#""critical": ["a", "x"]"#),
        // A list in a list of several, and an object, which only the user can fix.
        (
            r#""criticl": ["a", ["x", "y"]], "critical": ["page"]"#,
            r#""criticl": ["a", ["x", "y"]], "critical": ["page"]"#,
        ),
        (r#""criticl": ["a", {"x": 1}], "critical": ["page"]"#, r#""criticl": ["a", {"x": 1}], "critical": ["page"]"#),
    ];
    for (map, expected) in cases {
        let fixed = fix(body(map), None, ValidateOptions::default());
        let as_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(as_json(&fixed.text), as_json(&body(expected)), "{map}");
    }
}

#[test]
fn hardly_any_text() {
    let cases = [
        ("", "json-syntax"),
        (" \n", "json-syntax"),
        ("\u{feff}", "json-syntax"),
        ("null", "wrong-type"),
        ("[]", "wrong-type"),
        ("0", "wrong-type"),
        ("\"\"", "wrong-type"),
        ("{}", "missing-attribute"),
    ];
    for (text, code) in cases {
        let (counts, reported) = counted(text);
        assert!(counts.contains_key(code) && !reported.valid, "{text:?}: {counts:?}");
        hold(text, ValidateOptions::default()).unwrap();
    }
}

/// A body of version 2 with a filter.
fn filtered(filter: &str) -> String {
    let filter = serde_json::to_string(filter).unwrap();
    let rules = r#""primary_property": [{"name": "host"}], "additional_attributes": [{"source": ["host"]}]"#;
    format!(
        r#"{{"config": {{{STATUS}, {rules}, "event_filter": {filter}}}, "sample_payload": {{"s": "up", "host": "h"}}}}"#
    )
}

#[test]
fn deep_filters() {
    let nested = |depth: usize| format!("{}host = x{}", "(".repeat(depth), ")".repeat(depth));
    assert!(counted(&filtered(&nested(100))).1.valid);
    let open = "(".repeat(100_000);
    for filter in [nested(101), nested(1_000), nested(50_000), open.clone(), format!("host = x AND {open}")] {
        let text = filtered(&filter);
        let (counts, reported) = counted(&text);
        assert_eq!(counts.get("filter-invalid"), Some(&1), "{counts:?}");
        assert!(!reported.valid && compile(text.as_bytes()).program.is_none());
    }
}

#[test]
fn long_filters() {
    let joined = |word: &str| vec!["host = \"no*\""; 100_000 / 16].join(word);
    let list = listed((0..10_000).map(|i| format!("value{i}")));
    let wildcards = "*a".repeat(50_000);
    let filters = [
        joined(" OR "),
        joined(" AND "),
        format!("host IN [{list}]"),
        format!("host = \"{wildcards}\""),
        format!("host = \"{}\"", "x".repeat(100_000)),
        format!("host = /{}/", "a*".repeat(50_000)),
        format!("{} = x", "f".repeat(100_000)),
    ];
    for filter in filters {
        let text = filtered(&filter);
        let (counts, reported) = counted(&text);
        assert!(reported.valid, "{counts:?}");
        let program = compile(text.as_bytes()).program.unwrap();
        let payload = format!(r#"{{"host": "{}", "s": "up"}}"#, "a".repeat(100_000));
        let answer = program.process(payload, &ProcessOptions::received_at_ms(0.0));
        // What takes too long is given up, and reported.
        assert!(answer.alerts.len() + answer.rejected.len() == 1 || !answer.diagnostics.is_empty());
    }
}

#[test]
fn deep_bodies() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for text in [
            open.repeat(100_000),
            format!("{}1{}", open.repeat(5_000), close.repeat(5_000)),
            body(&format!(r#""x": {}1{}"#, open.repeat(200), close.repeat(200)), "{}"),
            body(r#""x": 1"#, &format!("{}1{}", open.repeat(200), close.repeat(200))),
        ] {
            let (counts, reported) = counted(&text);
            assert_eq!(counts.get("json-too-deep"), Some(&1), "{counts:?}");
            assert_eq!(reported.diagnostics.len(), 1, "{counts:?}");
        }
    }
}
