//! Holds answers of the engine to what the rules say, and to strict JSON.

use super::choices::Choices;
use super::json::Json;
use super::raw_json::Value;
use super::{oracle, replay};
use oim_config::{AdditionalTags, Engine, ProcessOptions, Program};

/// Without a trace.
pub fn options(choices: &mut Choices<'_>) -> ProcessOptions {
    let mut options = ProcessOptions::received_at_ms([1.7e12, 0.0, 1_657_051_165_999.9][choices.below(3)]);
    options.additional_tags = if choices.below(2) == 0 { AdditionalTags::Ignore } else { AdditionalTags::Map };
    options
}

pub fn with_trace(options: ProcessOptions) -> ProcessOptions {
    ProcessOptions { trace: true, ..options }
}

pub fn codes(processed: &Json) -> Vec<&str> {
    processed.get("diagnostics").items().iter().filter_map(|d| d.get("code").text()).collect()
}

/// Holds an answer to what the rules say, and its trace to it.
///
/// # Errors
/// What differs.
pub fn check_against_oracle(
    engine: &mut Engine,
    program: &Program,
    body: &str,
    payload: &str,
    choices: &mut Choices<'_>,
) -> Result<(), String> {
    let options = options(choices);
    let map_rest = options.additional_tags == AdditionalTags::Map;
    let (rules, value) = (Value::parse(body).unwrap(), Value::parse(payload).unwrap());
    let (alerts, rejected) = oracle::process(&rules, &value, options.received_at_ms, map_rest);
    let answer = Json::parse(engine.process_to_json(program, payload.as_bytes(), &options));
    let told = answer.get("rejected").each(|r| r.only(&["index", "code", "pointer"]));
    let traced = Json::parse(engine.process_to_json(program, payload.as_bytes(), &with_trace(options)));
    let replayed = replay::check(&traced, &rules, &value, payload);
    let same = |what: &str, is: &Json, should: &Json| match is == should {
        true => Ok(()),
        false => Err(format!("{what}: {}\nand should be: {}", is.pretty(), should.pretty())),
    };
    same("the alerts", answer.get("alerts"), &Json::Array(alerts))
        .and_then(|()| same("the rejections", &told, &Json::Array(rejected)))
        .and_then(|()| same("with a trace", &traced.only(&["alerts", "rejected", "diagnostics"]), &answer))
        .and(replayed)
        .map_err(|fault| format!("{fault}\nmap {map_rest}\nbody {body}\npayload {payload}"))
}

/// Holds an engine to refusing what is not JSON, and nothing else.
///
/// # Errors
/// What it accepts or refuses wrongly.
pub fn check_strict_json(
    engine: &mut Engine,
    program: &Program,
    payload: &[u8],
    options: &ProcessOptions,
) -> Result<(), String> {
    let answer = Json::parse(engine.process_to_json(program, payload, options));
    let refused = codes(&answer).iter().any(|code| matches!(*code, "json-syntax" | "json-too-deep"));
    let good = str::from_utf8(payload).is_ok_and(|text| Value::parse(text).is_some());
    match refused == good {
        false => Ok(()),
        true => Err(format!("{}\n{}", answer.pretty(), String::from_utf8_lossy(payload))),
    }
}
