//! Runs every case of `tests/cases` (its README has the format) and reports all that differ.

use crate::support::json::Json;
use oim_config::{AdditionalTags, Engine, ProcessOptions};
use std::path::{Path, PathBuf};
use std::{env, fs};

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let cases: Vec<PathBuf> = folders(&root).iter().flat_map(|group| folders(group)).collect();
    assert!(cases.len() > 300, "only {} cases found", cases.len());
    let mut engine = Engine::new();
    let failures: Vec<String> = cases.iter().flat_map(|dir| Case::read(dir).failures(&mut engine)).collect();
    assert!(
        failures.is_empty(),
        "\n{}\n\n{} differences in {} cases",
        failures.join("\n"),
        failures.len(),
        cases.len()
    );
}

/// The limits of size and number, whose payloads are too long to be files.
#[test]
fn limits() {
    let codes = |payload: &str| -> (usize, usize, Vec<String>) {
        let config = include_bytes!("../cases/text/config.json");
        let program = oim_config::compile(config).program.expect("the configuration compiles");
        let options =
            ProcessOptions { received_at_ms: 0.0, trace: false, additional_tags: AdditionalTags::Ignore, placed: true };
        let answer = Json::parse(&program.process_to_json(payload, &options));
        let codes = answer.get("diagnostics").items().iter().filter_map(|d| d.get("code").text().map(str::to_owned));
        (answer.get("alerts").items().len(), answer.get("rejected").items().len(), codes.collect())
    };
    let elements = |element: &str, n: usize| format!("{{\"alerts\": [{}]}}", vec![element; n].join(","));
    let sized = |bytes: usize| {
        let text = elements("{\"host\": \"h\"}", 1);
        text.clone() + &" ".repeat(bytes - text.len())
    };

    assert_eq!(codes(&elements("{\"host\": 1}", 100_000)), (100_000, 0, vec![]));
    assert_eq!(codes(&elements("{\"host\": 1}", 100_001)), (0, 0, vec!["too-many-alerts".to_owned()]));
    assert_eq!(codes(&elements("{}", 100_001)), (0, 0, vec!["too-many-alerts".to_owned()]));
    let (alerts, rejected, _) = codes(&elements("{}", 1_500));
    assert!(alerts == 0 && (1_000..=1_001).contains(&rejected), "{rejected} rejections listed");

    assert_eq!(codes(&sized(5_999_999)), (1, 0, vec![]));
    assert_eq!(codes(&sized(6_000_001)), (1, 0, vec!["payload-near-limit".to_owned()]));
    assert_eq!(codes(&sized(6 * 1024 * 1024)), (1, 0, vec!["payload-near-limit".to_owned()]));
    assert_eq!(codes(&sized(6 * 1024 * 1024 + 1)), (0, 0, vec!["payload-too-large".to_owned()]));

    for nested in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        assert_eq!(codes(&nested), (0, 0, vec!["json-too-deep".to_owned()]));
    }
}

/// What the cases leave out: the words of the trace.
#[test]
fn the_trace_says_why_a_time_is_passed_over() {
    let cases = [
        ("", "0", "a number that means a time before 2000 is not a time of an event"),
        ("", "20260131", "a number that means a time before 2000 is not a time of an event"),
        ("", "20260131120000", "a number that means a time after 2100 is not a time of an event"),
        ("", r#""0001-01-01T00:00:00Z""#, "a time before 1970 is not a time of an event"),
        ("", r#""soon""#, "not written in a form that is recognised without a format"),
        ("epoch_seconds", "-1", "a time before 1970 is not a time of an event"),
        ("epoch_seconds", "1e12", "after the year 9999"),
        ("iso8601", "0", "not written in the given format"),
        ("soon", "1770000000", "the format is not usable"),
    ];
    for (format, value, reason) in cases {
        let format = if format.is_empty() { String::new() } else { format!(r#", "format": "{format}""#) };
        let config = format!(
            r#"{{"primary_property": {{"source": ["host"]}}, "status": {{"source": ["host"], "status_map": {{}}}},
                "timestamp": {{"source": ["at"]{format}}}}}"#
        );
        let program = oim_config::compile(config).program.expect("it is only the time that cannot be read");
        let options =
            ProcessOptions { received_at_ms: 0.0, trace: true, additional_tags: AdditionalTags::Ignore, placed: true };
        let answer = Json::parse(&program.process_to_json(format!(r#"{{"host": "h", "at": {value}}}"#), &options));
        let steps = answer.get("trace").items()[0].get("steps").items();
        let unread = steps.iter().find(|step| step.get("outcome").text() == Some("unreadable"));
        assert_eq!(unread.and_then(|step| step.get("detail").text()), Some(reason), "{value}");
    }
}

fn folders(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
    let mut found: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    found.sort();
    found
}

/// What an engine has run before must not change an answer: it learns the order of keys.
const WARM: [&[u8]; 2] =
    [br#"{"host":"a","status":"ok"}"#, br#"{"alerts":[{"host":"a"},{"host":"b"},{"host":"c"}],"more":1}"#];

struct Case<'a> {
    dir: &'a Path,
    config: Vec<u8>,
    payload: Option<Vec<u8>>,
    options: Json,
}

impl<'a> Case<'a> {
    fn read(dir: &'a Path) -> Case<'a> {
        let config = file(dir, "config.json").unwrap_or_else(|| panic!("{}: no config.json", dir.display()));
        let options = file(dir, "options.json").map_or(Json::Null, |text| Json::parse(&text));
        Case { dir, config, payload: file(dir, "payload.json"), options }
    }

    fn failures(&self, engine: &mut Engine) -> Vec<String> {
        let compiled = oim_config::compile(&self.config);
        let mut found = Vec::new();
        if let Some(expected) = file(self.dir, "compile.json") {
            let expected = Json::parse(&expected);
            let mut actual = vec![("program".to_owned(), Json::Bool(compiled.program.is_some()))];
            actual.push(("errors".to_owned(), errors(&Json::of(&compiled.diagnostics))));
            for (name, mode) in [("create", oim_config::Mode::Create), ("update", oim_config::Mode::Update)] {
                let options = oim_config::ValidateOptions { mode, ..Default::default() };
                let checked = oim_config::validate(&self.config, options);
                actual.push((name.to_owned(), errors(&Json::of(&checked.diagnostics))));
            }
            actual.retain(|(key, _)| expected.get(key) != &Json::Null);
            found.extend(self.compare("compile.json", &Json::Object(actual), Json::like));
        }
        let Some(payload) = &self.payload else { return found };
        let Some(program) = &compiled.program else {
            found.push(format!("{}: no program: {:?}", self.name("payload.json"), compiled.diagnostics));
            return found;
        };
        let run = |trace, placed| {
            let answer = program.process_to_json(payload, &self.options(trace, placed));
            Json::parse(&answer)
        };
        let plain = run(false, true);
        let traced = run(true, true);
        found.extend(self.compare("expected.json", &answer(&plain), loosely));
        let mut others = vec![("with the trace on", traced.clone()), ("without places", run(true, false))];
        for warm in WARM.iter().chain([&payload.as_slice(), &payload.as_slice()]) {
            engine.process_to_json(program, warm, &self.options(false, true));
            let again = engine.process_to_json(program, payload, &self.options(false, true));
            others.push(("from an engine that has run before", Json::parse(again)));
        }
        let typed = Json::of(&program.process(payload, &self.options(true, true)));
        // Tags keep their order, which `others` holds; members of a type are written in the order of its fields.
        others.push(("as types", typed.clone()));
        let unordered = |json: &Json| serde_json::to_value(json).unwrap();
        if unordered(&typed) != unordered(&traced) {
            let difference = difference(&traced.pretty(), &typed.pretty());
            found.push(format!("{}: another answer as types\n{difference}", self.name("payload.json")));
        }
        if let Some((how, other)) = others.iter().find(|(_, other)| answer(other) != answer(&plain)) {
            let difference = difference(&answer(&plain).pretty(), &answer(other).pretty());
            found.push(format!("{}: another answer {how}\n{difference}", self.name("payload.json")));
        }
        if file(self.dir, "trace.json").is_some() {
            let text = String::from_utf8_lossy(payload);
            found.extend(self.compare("trace.json", &trace(traced.get("trace"), &text), Json::like));
        }
        found
    }

    fn options(&self, trace: bool, placed: bool) -> ProcessOptions {
        let additional_tags = match self.options.get("additionalTags").text() {
            Some("map") => AdditionalTags::Map,
            Some("ignore") => AdditionalTags::Ignore,
            _ => AdditionalTags::AsConfigured,
        };
        let received_at_ms = self.options.get("receivedAt").number().unwrap_or(1_700_000_000_000.0);
        ProcessOptions { received_at_ms, trace, additional_tags, placed }
    }

    /// The difference between a file of the case and what came out, unless it was to be rewritten.
    fn compare(&self, file_name: &str, actual: &Json, part: fn(&Json, &Json) -> Json) -> Option<String> {
        let expected = file(self.dir, file_name).map_or(Json::Null, |text| Json::parse(&text));
        let seen = part(actual, &expected);
        if seen == expected {
            return None;
        }
        if env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(self.dir.join(file_name), actual.pretty() + "\n").unwrap();
            return None;
        }
        Some(format!("{}\n{}", self.name(file_name), difference(&expected.pretty(), &seen.pretty())))
    }

    fn name(&self, file_name: &str) -> String {
        let tail: Vec<_> = self.dir.iter().rev().take(2).map(|part| part.to_string_lossy()).collect();
        format!("tests/cases/{}/{}/{file_name}", tail[1], tail[0])
    }
}

/// A file of the case, else of its group.
fn file(dir: &Path, name: &str) -> Option<Vec<u8>> {
    let group = dir.parent()?;
    fs::read(dir.join(name)).or_else(|_| fs::read(group.join(name))).ok()
}

/// What a case holds of an answer: the alerts in full, of the rest what is stable.
fn answer(processed: &Json) -> Json {
    let mut members = vec![
        ("alerts".to_owned(), processed.get("alerts").clone()),
        ("rejected".to_owned(), processed.get("rejected").each(|r| r.only(&["index", "code", "pointer"]))),
        ("diagnostics".to_owned(), processed.get("diagnostics").each(|d| d.only(&["code", "pointer"]))),
        ("partial".to_owned(), processed.get("partial").clone()),
    ];
    members.retain(|(_, value)| value != &Json::Null);
    Json::Object(members)
}

/// An answer as far as a case speaks of it: alerts and rejections in full, of diagnostics what is there.
fn loosely(actual: &Json, expected: &Json) -> Json {
    let mut members = vec![
        ("alerts".to_owned(), actual.get("alerts").clone()),
        ("rejected".to_owned(), actual.get("rejected").clone()),
        ("diagnostics".to_owned(), actual.get("diagnostics").like(expected.get("diagnostics"))),
        ("partial".to_owned(), actual.get("partial").clone()),
    ];
    members.retain(|(_, value)| value != &Json::Null);
    Json::Object(members)
}

fn errors(diagnostics: &Json) -> Json {
    let errors = diagnostics.items().iter().filter(|d| d.get("severity").text() == Some("error"));
    Json::Array(errors.map(|d| d.only(&["code", "pointer"])).collect())
}

/// The trace with its steps by kind, ranges as the text that they underline, and without the words.
fn trace(trace: &Json, payload: &str) -> Json {
    let units: Vec<u16> = payload.encode_utf16().collect();
    trace.each(|alert| {
        let mut steps: Vec<Json> = alert.get("steps").items().iter().map(|step| underlined(step, &units)).collect();
        steps.sort_by_key(|step| KINDS.iter().position(|kind| step.get("kind").text() == Some(kind)));
        Json::Object(vec![("index".to_owned(), alert.get("index").clone()), ("steps".to_owned(), Json::Array(steps))])
    })
}

const KINDS: [&str; 5] = ["filter", "tag", "status", "timestamp", "identifier"];

fn underlined(step: &Json, payload: &[u16]) -> Json {
    let Json::Object(members) = step else { return step.clone() };
    let shown = members.iter().filter(|(key, _)| key != "detail").map(|(key, value)| match key.as_str() {
        "payloadRange" => {
            let at = |name| value.get(name).number().unwrap_or(-1.0) as usize;
            let text = payload.get(at("start")..at("end")).map(String::from_utf16_lossy);
            ("payloadText".to_owned(), text.map_or(Json::Null, Json::String))
        }
        _ => (key.clone(), value.clone()),
    });
    Json::Object(shown.collect())
}

/// The lines that differ, between what both begin and end with.
fn difference(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let mut out = String::new();
    for (sign, lines) in [('-', &old[head..old.len() - tail]), ('+', &new[head..new.len() - tail])] {
        for line in lines.iter().take(40) {
            out += &format!("  {sign} {line}\n");
        }
        if lines.len() > 40 {
            out += &format!("  {sign} … {} more lines\n", lines.len() - 40);
        }
    }
    format!("  (line {})\n{out}", head + 1)
}
