//! What must hold for every configuration and every payload.
//!
//! `PROPTEST_CASES` sets how many are tried.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking"
)]

#[path = "support/dice.rs"]
mod dice;
#[path = "support/draft.rs"]
mod draft;
#[path = "support/json.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod json;
#[path = "support/judge.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod judge;
#[path = "support/make.rs"]
mod make;
#[path = "support/moment.rs"]
mod moment;
#[path = "support/oracle.rs"]
mod oracle;
#[path = "support/payload.rs"]
mod payload;
#[path = "support/replay.rs"]
mod replay;
#[path = "support/text.rs"]
mod text;
#[path = "support/value.rs"]
mod value;

use dice::Dice;
use draft::written;
use json::Json;
use judge::{judge, options, strict};
use make::{Made, made};
use oim_config::{AdditionalTags, Diagnostic, Edit, Engine, Mode, ProcessOptions, Program, ValidateOptions};
use oim_config::{compile, fields, process_to_json, validate};
use proptest::prelude::*;

fn numbers(most: usize) -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..most)
}

/// A random configuration, `payloads` payloads for it, and numbers for more decisions.
fn cases(payloads: usize) -> impl Strategy<Value = (Made, Vec<u16>)> {
    (numbers(900), numbers(40)).prop_map(move |(numbers, more)| (made(&mut Dice::new(&numbers), payloads), more))
}

fn program(body: &str) -> Program {
    let compiled = compile(body.as_bytes(), true);
    compiled.program.unwrap_or_else(|| panic!("{:?}\n{body}", compiled.diagnostics))
}

fn processed(program: &Program, payload: &[u8], options: &ProcessOptions) -> Json {
    Json::parse(&process_to_json(program, payload, options))
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
    for placed in [true, false] {
        let compiled = compile(body, placed);
        for mode in [Mode::Create, Mode::Update] {
            validate(body, placed, ValidateOptions { mode, ..ValidateOptions::default() });
        }
        let Some(program) = compiled.program else { continue };
        for additional_tags in [AdditionalTags::Ignore, AdditionalTags::Map] {
            for trace in [true, false] {
                processed(
                    &program,
                    payload,
                    &ProcessOptions { received_at_ms: 1.7e12, trace, additional_tags, placed },
                );
            }
        }
    }
    for array_source in [None, Some(""), Some("alerts"), Some("a.b")] {
        fields(payload, array_source);
    }
}

/// A body with some words written as others write them.
fn misspelt(body: &str, dice: &mut Dice<'_>) -> String {
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
    for _ in 0..dice.below(4) {
        let (right, wrong) = HABITS[dice.below(HABITS.len())];
        let times = 1 + dice.below(3);
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
    fn random_text_does_no_harm(body: String, payload: String, (made, _) in cases(1)) {
        run_everything(body.as_bytes(), payload.as_bytes());
        run_everything(body.as_bytes(), made.payloads[0].as_bytes());
        run_everything(made.body.as_bytes(), payload.as_bytes());
    }

    #[test]
    fn mutated_text_does_no_harm((made, more) in cases(2)) {
        let mut dice = Dice::new(&more);
        let mut body = made.body.clone().into_bytes();
        for payload in &made.payloads {
            let mut payload = payload.clone().into_bytes();
            text::mutate(&mut dice, &mut payload);
            run_everything(made.body.as_bytes(), &payload);
            text::mutate(&mut dice, &mut body);
            run_everything(&body, &payload);
        }
    }

    /// What is mended is JSON still, gives no key twice, and is not told again.
    #[test]
    fn mending_mends((made, more) in cases(0)) {
        let mut dice = Dice::new(&more);
        let body = misspelt(&made.body, &mut dice);
        let told = |text: &str| validate(text.as_bytes(), true, ValidateOptions::default()).diagnostics;
        let before = told(&body);
        for diagnostic in &before {
            let Some(suggestion) = &diagnostic.suggestion else { continue };
            let mended = edited(&body, &suggestion.edits);
            prop_assert!(mended.is_some(), "{:?}\n{}", diagnostic, body);
            let mended = mended.unwrap_or_default();
            let after = told(&mended);
            prop_assert!(after.iter().all(|d| d.code != "json-syntax"), "{:?}\n{}\n{}", diagnostic, body, mended);
            // What was not read before may hold keys twice; the object that was mended may not.
            let holder = parent(&diagnostic.pointer);
            let objects = if diagnostic.code == "wrong-type" { [holder, holder] } else { [holder, &*diagnostic.pointer] };
            let repeated = |all: &[Diagnostic]| all.iter().filter(|d| d.code == "json-duplicate-key" && objects.contains(&parent(&d.pointer))).count();
            prop_assert!(repeated(&after) <= repeated(&before), "{:?}\n{}\n{}", diagnostic, body, mended);
            let same = |d: &&Diagnostic| (d.code, &d.message) == (diagnostic.code, &diagnostic.message);
            let (left, were) = (after.iter().filter(same).count(), before.iter().filter(same).count());
            // A key that is given twice hides another of its kind.
            prop_assert!(left < were || repeated(&before) > 0, "{:?}\n{}\n{}", diagnostic, body, mended);
        }
    }

    /// What an engine learned from other payloads widens nothing and narrows nothing.
    #[test]
    fn strict_json_is_accepted_and_nothing_else((made, more) in cases(3)) {
        let mut dice = Dice::new(&more);
        let (program, mut engine) = (program(&made.body), Engine::new());
        for payload in &made.payloads {
            let mut payload = payload.clone().into_bytes();
            for _ in 0..4 {
                held(strict(&mut engine, &program, &payload, &options(&mut dice)))?;
                text::mutate(&mut dice, &mut payload);
            }
        }
    }

    #[test]
    fn every_comma_counts((made, _) in cases(1)) {
        let (program, mut engine) = (program(&made.body), Engine::new());
        let options = options(&mut Dice::new(&[]));
        let wrong = text::wrong_commas(&made.payloads[0]);
        for wrong in wrong.iter().step_by(1 + wrong.len() / 40) {
            engine.process_to_json(&program, made.payloads[0].as_bytes(), &options);
            held(strict(&mut engine, &program, wrong.as_bytes(), &options))?;
        }
    }

    #[test]
    fn warm_engines_answer_as_cold_ones((one, more) in cases(4), (other, _) in cases(2)) {
        let mut dice = Dice::new(&more);
        let mut engine = Engine::new();
        let (first, second) = (program(&one.body), program(&other.body));
        for (i, payload) in one.payloads.iter().chain(&other.payloads).enumerate() {
            let options = ProcessOptions { trace: dice.below(2) == 1, ..options(&mut dice) };
            let mut mutated = payload.clone().into_bytes();
            text::mutate(&mut dice, &mut mutated);
            let programs = if i % 2 == 0 { [&first, &first, &second] } else { [&second, &first, &first] };
            for (program, payload) in programs.iter().flat_map(|p| [(p, payload.as_bytes()), (p, &mutated)]) {
                let cold = process_to_json(program, payload, &options);
                let warm = engine.process_to_json(program, payload, &options);
                prop_assert_eq!(String::from_utf8_lossy(warm), String::from_utf8_lossy(&cold));
            }
        }
    }

    /// What is learned from some objects is of no harm to others of their kind.
    #[test]
    fn objects_of_one_kind_may_differ(numbers in numbers(400)) {
        let mut dice = Dice::new(&numbers);
        let body = r#"{
            "is_array": true, "array_source": "", "status": {"source": ["@alert.k4", "@alert.k5.k1"], "status_map": {}},
            "primary_property": {"name": "host", "source": ["@alert.k1", "@alert.k2"], "default_to": "none"},
            "additional_attributes": [{"source": ["@alert.k3"], "flatten": true}, {"source": ["@alert.k5.k2", "@alert.k6"]}]
        }"#;
        let (program, mut engine) = (program(body), Engine::new());
        let style = dice.below(4);
        let payload = written(&payload::varied(&mut dice), style, &mut dice);
        for _ in 0..2 {
            held(judge(&mut engine, &program, body, &payload, &mut dice))?;
            let mut mutated = payload.clone().into_bytes();
            text::mutate(&mut dice, &mut mutated);
            let options = options(&mut dice);
            let cold = process_to_json(&program, &mutated, &options);
            let warm = engine.process_to_json(&program, &mutated, &options);
            prop_assert_eq!(String::from_utf8_lossy(warm), String::from_utf8_lossy(&cold));
        }
    }

    #[test]
    fn white_space_changes_nothing((made, more) in cases(3)) {
        let mut dice = Dice::new(&more);
        let program = program(&made.body);
        for payload in &made.payloads {
            let options = options(&mut dice);
            let part = |payload: &str| processed(&program, payload.as_bytes(), &options).only(&["alerts", "rejected"]);
            let as_made = part(payload);
            prop_assert_eq!(part(&text::compact(payload)), as_made.clone());
            prop_assert_eq!(part(&text::spaced(payload, &mut dice)), as_made);
        }
    }

    #[test]
    fn alerts_and_traces_are_what_the_rules_say((made, more) in cases(3)) {
        let mut dice = Dice::new(&more);
        let (program, mut engine) = (program(&made.body), Engine::new());
        for payload in &made.payloads {
            held(judge(&mut engine, &program, &made.body, payload, &mut dice))?;
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
            judge(&mut engine, &program, &body, &payload, &mut Dice::new(&[])).unwrap_or_else(|e| panic!("{e}"));
        }
    }
}
