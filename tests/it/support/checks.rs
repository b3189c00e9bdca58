//! What holds for any bytes: the checks of the fuzz targets, which the kept corpora go through as an ordinary test too.

use super::case_generator::generate_case;
use super::choices::Choices;
use super::json::Json;
use super::migration;
use super::oracle;
use super::oracle_check::{check_against_oracle, check_strict_json, options, with_trace};
use super::raw_json::Value;
use super::replay;
use super::reported::{endless, faults, known_exception};
use oim_config::{
    AdditionalTags, Engine, GenerateOptions, Mode, ProcessOptions, Program, SampleAs, SourcePath, ValidateOptions,
};
use oim_config::{Origin, compile, compile_from, fields, generate, import_body, validate_from};
use std::sync::LazyLock;

/// A check; what does not hold is its error.
pub type Check = fn(&[u8]) -> Result<(), String>;

/// All of them, by the names of their targets and corpora.
pub const CHECKS: [(&str, Check); 10] = [
    ("scanner", scanner),
    ("config", config),
    ("path", path),
    ("filter", filter),
    ("process", process),
    ("oracle", oracle),
    ("validate", fixing),
    ("migrate", migrating),
    ("import", import),
    ("generate", quoting),
];

/// Configurations that look at payloads in different ways.
static PROGRAMS: LazyLock<Vec<Program>> = LazyLock::new(|| {
    const STATUS: &str = r#""status":{"source":["@alert.s","s"],"default_to":"ok","status_map":{"ok":["1"]}}"#;
    const RULES: &str = r#""primary_property":{"name":"host","source":["@alert.a.b","@alert.a"],"default_to":"d"},
        "additional_attributes":[{"source":["@alert.o"],"flatten":true},{"name":"t","source":["@alert.a.b.c","@alert.k"]}],
        "timestamp":{"source":["@alert.t"]}"#;
    let around = RULES.replace("\"@alert.k\"", "\"k\"");
    let bodies = [
        format!("{{{STATUS},{RULES}}}"),
        format!(r#"{{"is_array":true,"array_source":"",{STATUS},{RULES}}}"#).replace(",\"s\"]", "]"),
        format!(r#"{{"is_array":true,"array_source":"a",{STATUS},{RULES}}}"#).replace(",\"s\"]", "]"),
        format!(r#"{{"is_array":true,"array_source":"a.b","force_lowercase":true,{STATUS},{around}}}"#),
    ];
    bodies.iter().map(|body| compile(body.as_bytes()).program.unwrap()).collect()
});

fn refuse(unless: bool, fault: impl FnOnce() -> String) -> Result<(), String> {
    if unless { Ok(()) } else { Err(fault()) }
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn is_json(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_ok_and(|text| Value::parse(text).is_some())
}

fn is_object(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).ok().and_then(Value::parse).is_some_and(|value| value.is_object())
}

/// The first byte, and what is behind it.
fn choice(data: &[u8]) -> (usize, &[u8]) {
    data.split_first().map_or((0, data), |(first, rest)| (usize::from(*first), rest))
}

/// What is JSON is read and nothing else is, wherever rules look.
fn scanner(data: &[u8]) -> Result<(), String> {
    let options = ProcessOptions::received_at_ms(1.7e12);
    for program in PROGRAMS.iter() {
        check_strict_json(&mut Engine::new(), program, data, &options)?;
    }
    for array in [None, Some(""), Some("a"), Some("a.b")] {
        let found = fields(data, array);
        refuse(found.is_empty() || is_json(data), || format!("fields of no JSON: {}", shown(data)))?;
    }
    Ok(())
}

/// A body that is no JSON is refused, one that is valid gives a program, and code is made of no other.
fn config(data: &[u8]) -> Result<(), String> {
    for mode in [Mode::Create, Mode::Update] {
        for origin in [Origin::Text, Origin::Object] {
            let reported = validate_from(data, origin, ValidateOptions { mode, ..ValidateOptions::default() });
            let compiled = compile_from(data, origin);
            refuse(!reported.valid || compiled.program.is_some(), || {
                format!("valid without a program: {}", shown(data))
            })?;
            refuse(is_json(data) || compiled.program.is_none(), || format!("a program of no JSON: {}", shown(data)))?;
            let refused = reported.diagnostics.iter().any(|d| matches!(d.code, "json-syntax" | "json-too-deep"));
            refuse(is_json(data) || refused, || format!("no JSON, and not reported: {}", shown(data)))?;
        }
    }
    Ok(())
}

/// What is a path is displayed as it was written and finds what it names; what is none is reported.
fn path(data: &[u8]) -> Result<(), String> {
    let Ok(text) = str::from_utf8(data) else { return Ok(()) };
    let quoted = serde_json::to_string(text).unwrap();
    let body = format!(
        r#"{{"status":{{"source":[],"default_to":"ok","status_map":{{}}}},"primary_property":{{"name":"host","source":[{quoted}]}}}}"#
    );
    let compiled = compile(body.as_bytes());
    let reported = compiled.diagnostics.iter().any(|d| d.code == "path-invalid");
    match SourcePath::parse(text) {
        Err(e) => {
            let whole = text.get(e.span.clone()).is_some();
            refuse(whole && reported && compiled.program.is_none(), || format!("{e:?}, reported {reported}: {text:?}"))
        }
        Ok(path) => {
            refuse(path.to_string() == text && !reported, || format!("{path}, reported {reported}: {text:?}"))?;
            let keys: Vec<&str> = text.strip_prefix("@alert.").unwrap_or(text).split('.').collect();
            let nested = keys.iter().rev().fold("\"found\"".to_owned(), |inside, key| {
                format!("{{{}:{inside}}}", serde_json::to_string(key).unwrap())
            });
            let program = compiled.program.ok_or("a path, and no program")?;
            let answer = program.process_to_json(nested.as_bytes(), &ProcessOptions::received_at_ms(0.0));
            let tags = Json::parse(&answer).get("alerts").items().first().map(|alert| alert.get("tags").clone());
            let found = tags.is_some_and(|tags| tags.get("host").text() == Some("found"));
            refuse(found, || format!("{text:?} finds nothing in {nested}: {}", shown(&answer)))
        }
    }
}

/// A filter that can be read drops what the rules say; one that cannot is reported at a place in it.
fn filter(data: &[u8]) -> Result<(), String> {
    const PAYLOAD: &str = r#"{"a":"1","b":["2","x"],"host":"web-1","c":{"d":"xyz"},"e":null}"#;
    let Ok(text) = str::from_utf8(data) else { return Ok(()) };
    let body = format!(
        r#"{{"status":{{"source":[],"default_to":"ok","status_map":{{}}}},"primary_property":[{{"name":"host"}}],
            "additional_attributes":[{{"source":["host"]}}],"event_filter":{}}}"#,
        serde_json::to_string(text).unwrap()
    );
    let compiled = compile(body.as_bytes());
    let reported = compiled.diagnostics.iter().find(|d| matches!(d.code, "filter-invalid" | "path-invalid"));
    refuse(reported.is_some() == compiled.program.is_none(), || format!("reported {reported:?}: {text:?}"))?;
    let Some(program) = compiled.program else { return Ok(()) };
    let answer = Json::parse(&program.process_to_json(PAYLOAD, &with_trace(ProcessOptions::received_at_ms(0.0))));
    let (rules, payload) = (Value::parse(&body).unwrap(), Value::parse(PAYLOAD).unwrap());
    replay::check(&answer, &rules, &payload, PAYLOAD).map_err(|fault| format!("{fault}\n{text:?}"))?;
    // The second implementation does not know where every regular expression ends.
    if text.contains('/') {
        return Ok(());
    }
    let is_dropped = oracle::process(&rules, &payload, 0.0, None).alerts.is_empty();
    refuse(is_dropped == answer.get("alerts").items().is_empty(), || format!("{}\nof {text:?}", answer.pretty()))
}

/// An engine that has learned from payloads answers as one that has not. Payloads are divided by bytes that no UTF-8
/// holds.
fn process(data: &[u8]) -> Result<(), String> {
    let (first, rest) = choice(data);
    let program = &PROGRAMS[first % PROGRAMS.len()];
    let mut numbers = [0u16; 2];
    let mut engine = Engine::new();
    for (i, payload) in rest.split(|&b| b == 0xff).take(8).enumerate() {
        numbers[1] = (first / 4 + i) as u16;
        let plain = options(&mut Choices::new(&numbers));
        check_strict_json(&mut engine, program, payload, &plain)?;
        for options in [plain, with_trace(plain)] {
            let cold = program.process_to_json(payload, &options);
            let warm = engine.process_to_json(program, payload, &options);
            refuse(warm == cold, || format!("cold {}\nwarm {}\nof {}", shown(&cold), shown(warm), shown(payload)))?;
            Json::parse(&cold);
        }
    }
    Ok(())
}

/// A random configuration and random payloads: the answer is what the rules say.
fn oracle(data: &[u8]) -> Result<(), String> {
    let numbers: Vec<u16> =
        data.chunks(2).map(|pair| pair.iter().fold(0, |n, &byte| n << 8 | u16::from(byte))).collect();
    check_generated_case(&numbers, 2)
}

/// As [`oracle`], from numbers.
pub fn check_generated_case(numbers: &[u16], payloads: usize) -> Result<(), String> {
    let mut choices = Choices::new(numbers);
    let case = generate_case(&mut choices, payloads);
    let compiled = compile(case.body.as_bytes());
    let program = compiled.program.ok_or_else(|| format!("{:?}\n{}", compiled.diagnostics, case.body))?;
    let mut engine = Engine::new();
    case.payloads
        .iter()
        .try_for_each(|payload| check_against_oracle(&mut engine, &program, &case.body, payload, &mut choices))
}

/// Diagnostics are well-formed, and after a fix the text is JSON without the problem.
fn fixing(data: &[u8]) -> Result<(), String> {
    let (first, rest) = choice(data);
    let Ok(text) = str::from_utf8(rest) else { return Ok(()) };
    let mode = [Mode::Create, Mode::Update][first % 2];
    let options = ValidateOptions { mode, ..ValidateOptions::default() };
    let mut faults = faults(text, options, &known_exception);
    faults.extend(endless(text, options));
    refuse(faults.is_empty(), || format!("{}\n{text}", faults.join("\n")))
}

/// A body that can be understood becomes one of version 2, and what proves them equal holds over payloads. Payloads stand
/// behind the body, divided by bytes that no UTF-8 holds; the first byte says what becomes of additional tags.
fn migrating(data: &[u8]) -> Result<(), String> {
    let (first, rest) = choice(data);
    let mut parts = rest.split(|&b| b == 0xff);
    let Some(Ok(body)) = parts.next().map(str::from_utf8) else { return Ok(()) };
    let payloads: Vec<&[u8]> = parts.take(4).collect();
    let additional_tags = [AdditionalTags::AsConfigured, AdditionalTags::Ignore, AdditionalTags::Map][first % 3];
    let faults = migration::faults(body, &payloads, additional_tags);
    refuse(faults.is_empty(), || format!("{}\n{body}", faults.join("\n")))
}

/// What is imported is an object as JSON, and importing it again changes nothing.
fn import(data: &[u8]) -> Result<(), String> {
    let Ok(text) = str::from_utf8(data) else { return Ok(()) };
    let imported = import_body(text);
    refuse(imported.text.is_some() == imported.kind.is_some(), || format!("a text without a kind: {text}"))?;
    let Some(body) = imported.text else {
        return refuse(!imported.diagnostics.is_empty(), || format!("nothing found, and nothing reported: {text}"));
    };
    refuse(Value::parse(&body).is_some_and(|value| value.is_object()), || format!("no object: {body}\nof {text}"))?;
    let again = import_body(&body).text;
    refuse(again.as_deref() == Some(&body), || format!("imported {body}\nand again {again:?}"))
}

/// What code holds in quotes is exactly what is to be sent.
fn quoting(data: &[u8]) -> Result<(), String> {
    let (first, rest) = choice(data);
    let (key, body) =
        rest.iter().position(|&b| b == b'\n').map_or((&rest[..0], rest), |at| (&rest[..at], &rest[at + 1..]));
    let app_key = shown(key);
    let mode = [Mode::Create, Mode::Update][first % 2];
    let sample_as = [None, Some(SampleAs::Object), Some(SampleAs::Text)][first / 2 % 3];
    let made = |target: &str| {
        let (target, app_key) = (target.to_owned(), app_key.clone());
        let options = GenerateOptions { target, app_key, mode, sample_as, ..GenerateOptions::default() };
        generate(body, &options).snippet
    };
    let Some(json) = made("json").and_then(|snippet| snippet.json) else {
        return refuse(!is_object(body), || format!("no code of {}", shown(body)));
    };
    let value = Value::parse(&json).ok_or_else(|| format!("no JSON is sent: {json}"))?;
    refuse(value.is_object() && json.ends_with('\n'), || format!("no object on lines is sent: {json}"))?;
    let places = [
        ("json", "", ""),
        ("curl", "<<'JSON'\n", "JSON\n"),
        ("httpie", "<<'JSON'\n", "JSON\n"),
        ("ruby", "<<'JSON'\n", "JSON\n"),
        ("python", "BODY = r\"\"\"", "\"\"\""),
    ];
    for (target, before, after) in places {
        let Some(code) = made(target).map(|snippet| snippet.code) else { return Err(format!("no code for {target}")) };
        let Some((_, inside)) = code.split_once(before) else { continue };
        let inside =
            if after.is_empty() { inside } else { inside.split_once(after).map_or(inside, |(inside, _)| inside) };
        refuse(inside == json, || format!("{target} has {inside}\ninstead of {json}"))?;
    }
    Ok(())
}
