//! What must hold for every configuration and every payload.
//!
//! `PROPTEST_CASES` sets how many are tried.

use crate::strategies::{cases, numbers};
use crate::support::choices::Choices;
use crate::support::json::Json;
use crate::support::json_tree::written;
use crate::support::oracle_check::{check_against_oracle, check_strict_json, options};
use crate::support::{payload_generator, text_mutation};
use oim_config::{AdditionalTags, Diagnostic, Edit, Engine, Mode, ProcessOptions, Program, ValidateOptions};
use oim_config::{Origin, compile, compile_from, fields, validate, validate_from};
use proptest::prelude::*;

fn program(body: &str) -> Program {
    let compiled = compile(body.as_bytes());
    compiled.program.unwrap_or_else(|| panic!("{:?}\n{body}", compiled.diagnostics))
}

fn processed(program: &Program, payload: &[u8], options: &ProcessOptions) -> Json {
    Json::parse(&program.process_to_json(payload, options))
}

/// Members that spell the path `a.b.c`, a part of it, or more. `#` stands for a value.
const SPELLINGS: [&str; 12] = [
    r#""a":{"b":{"c":#}}"#,
    r#""a":{"b":{}}"#,
    r#""a":{"b.c":#}"#,
    r#""a":{"b":#}"#,
    r#""a":{"b":{"c":#},"b":{}}"#,
    r#""a":{"b.c":#,"b":{"c":#}}"#,
    r#""a":#"#,
    r#""a.b":{"c":#}"#,
    r#""a.b":{"c.d":#}"#,
    r#""a.b":#"#,
    r#""a.b.c":#"#,
    r#""a.b.c":{"d":#}"#,
];

/// Rules that read along the path of [`SPELLINGS`], and what a value is. The alerts are at `array`, if there are several.
fn rules_of_spellings(array: Option<&str>) -> String {
    let array = array.map_or(String::new(), |array| format!(r#""is_array": true, "array_source": "{array}","#));
    format!(
        r#"{{{array}
        "status": {{"source": ["@alert.a.b.c", "a.b.c"], "default_to": "warning", "status_map": {{"ok": ["1", "2"]}}}},
        "primary_property": {{"name": "host", "source": ["@alert.a.b.c", "host"], "default_to": "none"}},
        "additional_attributes": [
            {{"name": "x", "source": ["a.b"]}}, {{"name": "y", "source": ["a.b.c.d"]}}, {{"name": "z", "source": ["a"]}}
        ]}}"#
    )
}

/// Fails a case with what a judge says.
fn held(verdict: Result<(), String>) -> Result<(), TestCaseError> {
    verdict.map_err(TestCaseError::fail)
}

fn run_everything(body: &[u8], payload: &[u8]) {
    for origin in [Origin::Text, Origin::Object] {
        let compiled = compile_from(body, origin);
        for mode in [Mode::Create, Mode::Update] {
            validate_from(body, origin, ValidateOptions { mode, ..ValidateOptions::default() });
        }
        let Some(program) = compiled.program else { continue };
        for additional_tags in [AdditionalTags::Ignore, AdditionalTags::Map] {
            for trace in [true, false] {
                processed(
                    &program,
                    payload,
                    &ProcessOptions { received_at_ms: 1.7e12, trace, additional_tags, placed: origin == Origin::Text },
                );
            }
        }
    }
    for array_source in [None, Some(""), Some("alerts"), Some("a.b")] {
        fields(payload, array_source);
    }
}

/// A body with some words written as others write them.
fn misspelt(body: &str, choices: &mut Choices<'_>) -> String {
    const HABITS: [(&str, &str); 12] = [
        ("\"source\"", "\"sources\""),
        ("\"default_to\"", "\"default\""),
        ("\"status_map\"", "\"statusMap\""),
        ("\"is_array\"", "\"isArray\""),
        ("\"primary_property\"", "\"primary\""),
        ("\"config\"", "\"configuration\""),
        ("\"config\"", "\"status\""),
        ("\"name\"", "\"flaten\""),
        ("\"ok\"", "\"OK\""),
        ("[\"", "[[\""),
        ("true", "\"yes\""),
        ("\"a\"", "null"),
    ];
    let mut body = body.to_owned();
    for _ in 0..choices.below(4) {
        let (right, wrong) = HABITS[choices.below(HABITS.len())];
        let times = 1 + choices.below(3);
        body = body.replacen(right, wrong, times);
        if wrong == "[[\"" {
            body = body.replacen(']', "]]", times);
        }
    }
    body
}

/// The pointer to what holds the value at a pointer.
fn parent(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// A text after edits that count in UTF-16.
fn edited(text: &str, edits: &[Edit]) -> Option<String> {
    let mut units: Vec<u16> = text.encode_utf16().collect();
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.start, edit.end));
    if edits.windows(2).any(|pair| pair[0].end > pair[1].start) {
        return None;
    }
    for edit in edits.iter().rev() {
        units.splice(edit.start..edit.end, edit.text.encode_utf16());
    }
    String::from_utf16(&units).ok()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text_does_no_harm(body: String, payload: String, (case, _) in cases(1)) {
        run_everything(body.as_bytes(), payload.as_bytes());
        run_everything(body.as_bytes(), case.payloads[0].as_bytes());
        run_everything(case.body.as_bytes(), payload.as_bytes());
    }

    #[test]
    fn mutated_text_does_no_harm((case, more) in cases(2)) {
        let mut choices = Choices::new(&more);
        let mut body = case.body.clone().into_bytes();
        for payload in &case.payloads {
            let mut payload = payload.clone().into_bytes();
            text_mutation::mutate(&mut choices, &mut payload);
            run_everything(case.body.as_bytes(), &payload);
            text_mutation::mutate(&mut choices, &mut body);
            run_everything(&body, &payload);
        }
    }

    /// A fix leaves JSON, adds no duplicate key, and its problem is not reported again.
    #[test]
    fn fixes_fix((case, more) in cases(0)) {
        let mut choices = Choices::new(&more);
        let body = misspelt(&case.body, &mut choices);
        let diagnostics = |text: &str| validate(text.as_bytes(), ValidateOptions::default()).diagnostics;
        let before = diagnostics(&body);
        for diagnostic in &before {
            let Some(suggestion) = &diagnostic.suggestion else { continue };
            let fixed = edited(&body, &suggestion.edits);
            prop_assert!(fixed.is_some(), "{:?}\n{}", diagnostic, body);
            let fixed = fixed.unwrap_or_default();
            let after = diagnostics(&fixed);
            prop_assert!(after.iter().all(|d| d.code != "json-syntax"), "{:?}\n{}\n{}", diagnostic, body, fixed);
            // Parts that were not read before may have duplicate keys; the fixed object may not.
            let object = parent(&diagnostic.pointer);
            let objects = if diagnostic.code == "wrong-type" { [object, object] } else { [object, &*diagnostic.pointer] };
            let repeated = |all: &[Diagnostic]| all.iter().filter(|d| d.code == "json-duplicate-key" && objects.contains(&parent(&d.pointer))).count();
            prop_assert!(repeated(&after) <= repeated(&before), "{:?}\n{}\n{}", diagnostic, body, fixed);
            let same = |d: &&Diagnostic| (d.code, &d.message) == (diagnostic.code, &diagnostic.message);
            let (left, were) = (after.iter().filter(same).count(), before.iter().filter(same).count());
            // A duplicate key hides another of its kind.
            prop_assert!(left < were || repeated(&before) > 0, "{:?}\n{}\n{}", diagnostic, body, fixed);
        }
    }

    /// What an engine learned from other payloads widens nothing and narrows nothing.
    #[test]
    fn strict_json_is_accepted_and_nothing_else((case, more) in cases(3)) {
        let mut choices = Choices::new(&more);
        let (program, mut engine) = (program(&case.body), Engine::new());
        for payload in &case.payloads {
            let mut payload = payload.clone().into_bytes();
            for _ in 0..4 {
                held(check_strict_json(&mut engine, &program, &payload, &options(&mut choices)))?;
                text_mutation::mutate(&mut choices, &mut payload);
            }
        }
    }

    #[test]
    fn every_comma_counts((case, _) in cases(1)) {
        let (program, mut engine) = (program(&case.body), Engine::new());
        let options = options(&mut Choices::new(&[]));
        let wrong = text_mutation::wrong_commas(&case.payloads[0]);
        for wrong in wrong.iter().step_by(1 + wrong.len() / 40) {
            engine.process_to_json(&program, case.payloads[0].as_bytes(), &options);
            held(check_strict_json(&mut engine, &program, wrong.as_bytes(), &options))?;
        }
    }

    #[test]
    fn warm_engines_answer_as_cold_ones((one, more) in cases(4), (other, _) in cases(2)) {
        let mut choices = Choices::new(&more);
        let mut engine = Engine::new();
        let (first, second) = (program(&one.body), program(&other.body));
        for (i, payload) in one.payloads.iter().chain(&other.payloads).enumerate() {
            let options = ProcessOptions { trace: choices.below(2) == 1, ..options(&mut choices) };
            let mut mutated = payload.clone().into_bytes();
            text_mutation::mutate(&mut choices, &mut mutated);
            let programs = if i % 2 == 0 { [&first, &first, &second] } else { [&second, &first, &first] };
            for (program, payload) in programs.iter().flat_map(|p| [(p, payload.as_bytes()), (p, &mutated)]) {
                let cold = program.process_to_json(payload, &options);
                let warm = engine.process_to_json(program, payload, &options);
                prop_assert_eq!(String::from_utf8_lossy(warm), String::from_utf8_lossy(&cold));
            }
        }
    }

    /// What is learned from some objects is of no harm to others of their kind.
    #[test]
    fn objects_of_one_kind_may_differ(numbers in numbers(400)) {
        let mut choices = Choices::new(&numbers);
        let body = r#"{
            "is_array": true, "array_source": "", "status": {"source": ["@alert.k4", "@alert.k5.k1"], "status_map": {}},
            "primary_property": {"name": "host", "source": ["@alert.k1", "@alert.k2"], "default_to": "none"},
            "additional_attributes": [{"source": ["@alert.k3"], "flatten": true}, {"source": ["@alert.k5.k2", "@alert.k6"]}]
        }"#;
        let (program, mut engine) = (program(body), Engine::new());
        let style = choices.below(4);
        let payload = written(&payload_generator::varied(&mut choices), style, &mut choices);
        for _ in 0..2 {
            held(check_against_oracle(&mut engine, &program, body, &payload, &mut choices))?;
            let mut mutated = payload.clone().into_bytes();
            text_mutation::mutate(&mut choices, &mut mutated);
            let options = options(&mut choices);
            let cold = program.process_to_json(&mutated, &options);
            let warm = engine.process_to_json(&program, &mutated, &options);
            prop_assert_eq!(String::from_utf8_lossy(warm), String::from_utf8_lossy(&cold));
        }
    }

    #[test]
    fn white_space_changes_nothing((case, more) in cases(3)) {
        let mut choices = Choices::new(&more);
        let program = program(&case.body);
        for payload in &case.payloads {
            let options = options(&mut choices);
            let part = |payload: &str| processed(&program, payload.as_bytes(), &options).only(&["alerts", "rejected"]);
            let as_made = part(payload);
            prop_assert_eq!(part(&text_mutation::compact(payload)), as_made.clone());
            prop_assert_eq!(part(&text_mutation::spaced(payload, &mut choices)), as_made);
        }
    }

    #[test]
    fn alerts_and_traces_are_what_the_rules_say((case, more) in cases(3)) {
        let mut choices = Choices::new(&more);
        let (program, mut engine) = (program(&case.body), Engine::new());
        for payload in &case.payloads {
            held(check_against_oracle(&mut engine, &program, &case.body, payload, &mut choices))?;
        }
    }
}

/// Nested keys, keys with dots and keys given twice that lead along one path, in every order.
#[test]
fn every_way_to_spell_a_path() {
    let mut engine = Engine::new();
    let values =
        [(None, r##""#""##), (Some("a.b"), r##"[{"a":{"b.c":"#"}}]"##), (Some("a.b.c"), r##"[{"a.b":{"c":#}}]"##)];
    for (array, value) in values {
        let body = rules_of_spellings(array);
        let program = program(&body);
        for n in 0..SPELLINGS.len().pow(3) {
            let members = [n, n / 12, n / 144].map(|n| SPELLINGS[n % 12].replace('#', value));
            let mut payload = format!("{{{}}}", members.join(","));
            for number in 1..10 {
                payload = payload.replacen('#', &number.to_string(), 1);
            }
            check_against_oracle(&mut engine, &program, &body, &payload, &mut Choices::new(&[]))
                .unwrap_or_else(|e| panic!("{e}"));
        }
    }
}
