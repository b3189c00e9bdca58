//! Holds answers of the engine to what the rules say, and to strict JSON.

use super::choices::Choices;
use super::json::Json;
use super::oracle::{self, Outcomes};
use super::raw_json::Value;
use super::replay;
use oim_config::{AdditionalTags, Engine, ProcessOptions, Program};

/// Without a trace.
pub fn options(choices: &mut Choices<'_>) -> ProcessOptions {
    let mut options = ProcessOptions::received_at_ms([1.7e12, 0.0, 1_657_051_165_999.9][choices.below(3)]);
    options.additional_tags =
        [AdditionalTags::AsConfigured, AdditionalTags::Map, AdditionalTags::Ignore][choices.below(3)];
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
    let map_rest = match options.additional_tags {
        AdditionalTags::AsConfigured => None,
        mapped => Some(mapped == AdditionalTags::Map),
    };
    let (rules, value) = (Value::parse(body).unwrap(), Value::parse(payload).unwrap());
    let Outcomes { alerts, rejected, not_simulated } =
        oracle::process(&rules, &value, options.received_at_ms, map_rest);
    let answer = Json::parse(engine.process_to_json(program, payload.as_bytes(), &options));
    let reported = answer.get("rejected").each(|r| r.only(&["index", "code", "pointer"]));
    let traced = Json::parse(engine.process_to_json(program, payload.as_bytes(), &with_trace(options)));
    let replayed = replay::check(&traced, &rules, &value, payload);
    let mut not_simulated = not_simulated;
    not_simulated.sort_unstable();
    let not_simulated: Vec<Json> = not_simulated.into_iter().map(Json::String).collect();
    let same = |what: &str, is: &Json, should: &Json| match is == should {
        true => Ok(()),
        false => Err(format!("{what}: {}\nand should be: {}", is.pretty(), should.pretty())),
    };
    same("the alerts", answer.get("alerts"), &Json::Array(alerts))
        .and_then(|()| same("the rejections", &reported, &Json::Array(rejected)))
        .and_then(|()| same("what is not simulated", &partial(&answer), &Json::Array(not_simulated)))
        .and_then(|()| same("with a trace", &without_trace(&traced), &answer))
        .and(replayed)
        .map_err(|fault| format!("{fault}\nmap {map_rest:?}\nbody {body}\npayload {payload}"))
}

fn without_trace(answer: &Json) -> Json {
    let Json::Object(members) = answer else { return answer.clone() };
    Json::Object(members.iter().filter(|(key, _)| key != "trace").cloned().collect())
}

/// Where an answer says that something is not simulated. `null` where it is marked as partial and says of nothing, or
/// the reverse.
fn partial(answer: &Json) -> Json {
    let reported = answer.get("diagnostics").items().iter().filter(|d| d.get("code").text() == Some("not-simulated"));
    let mut pointers: Vec<&str> = reported.filter_map(|d| d.get("pointer").text()).collect();
    pointers.sort_unstable();
    let is_marked = answer.get("partial") == &Json::Bool(true);
    if is_marked == pointers.is_empty() {
        return Json::Null;
    }
    Json::Array(pointers.into_iter().map(|pointer| Json::String(pointer.to_owned())).collect())
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
