//! From the steps of a trace back to the alert, and every place that a step names looked up.

use super::filter_oracle;
use super::json::Json;
use super::raw_json::{Is, Value};

/// Holds an answer with a trace to what it was made from. The error says what does not hold.
///
/// # Errors
/// The first thing that does not hold.
pub fn check(answer: &Json, body: &Value, payload: &Value, payload_text: &str) -> Result<(), String> {
    let units: Vec<u16> = payload_text.encode_utf16().collect();
    let alerts = answer.get("alerts").items();
    let traces = answer.get("trace").items();
    for alert in alerts {
        let reported = traces.iter().filter(|trace| trace.get("index") == alert.get("index")).count();
        same("traces of one alert", &reported, &1)?;
    }
    for trace in traces {
        for step in trace.get("steps").items() {
            places(step, body, payload, &units).map_err(|why| format!("{why}\n{}", step.pretty()))?;
        }
        comparisons(trace.get("steps").items(), body).map_err(|why| format!("{why}\n{}", trace.pretty()))?;
        sources_in_turn(trace.get("steps").items(), body).map_err(|why| format!("{why}\n{}", trace.pretty()))?;
        if let Some(alert) = alerts.iter().find(|alert| trace.get("index") == alert.get("index")) {
            replay(trace.get("steps").items(), alert).map_err(|why| format!("{why}\n{}", trace.pretty()))?;
        }
    }
    Ok(())
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found:?}, not {expected:?}")) }
}

fn replay(steps: &[Json], alert: &Json) -> Result<(), String> {
    let of = |kind: &str| -> Vec<&Json> {
        let decides = |step: &&Json| matches!(step.get("outcome").text(), Some("used" | "default" | "received-at"));
        steps.iter().filter(|step| step.get("kind").text() == Some(kind)).filter(decides).collect()
    };
    let value = |step: &Json| match step.get("values") {
        Json::Null => step.get("value").clone(),
        values => values.clone(),
    };
    let only = |kind: &str| match *of(kind) {
        [step] => Ok(step.get("result").clone()),
        ref steps => Err(format!("{} steps decide the {kind}", steps.len())),
    };
    let tags = of("tag").into_iter().map(|step| (step.get("tag").text().unwrap_or_default().to_owned(), value(step)));
    same("tags", &Json::Object(tags.collect()), alert.get("tags"))?;
    same("status", &only("status")?, alert.get("status"))?;
    let seconds = alert.get("timestamp").number().map(|seconds| Json::String(seconds.to_string()));
    same("timestamp", &Some(only("timestamp")?), &seconds)?;
    let identifier = Json::Array(of("identifier").into_iter().map(value).collect());
    same("incident_identifier", &identifier, alert.get("incident_identifier"))
}

fn is_filter(step: &Json) -> bool {
    step.get("kind").text() == Some("filter")
}

/// The filter has a step for each comparison, in the order in which they are written.
fn comparisons(steps: &[Json], body: &Value) -> Result<(), String> {
    let mut steps = steps.iter().filter(|step| is_filter(step)).peekable();
    let Some(first) = steps.peek() else { return Ok(()) };
    let filter = first.get("rule").text().and_then(|rule| body.pointer(rule)).and_then(Value::string);
    let filter = filter.ok_or("there is no filter")?;
    let reported: Vec<String> = steps.map(|step| step.get("source").text().unwrap_or_default().to_owned()).collect();
    same("fields of the filter", &reported, &filter_oracle::fields(filter))
}

/// Every rule shows its sources one after the other, up to the one that decides or to the last.
fn sources_in_turn(steps: &[Json], body: &Value) -> Result<(), String> {
    let with_source = |step: &&Json| step.get("source") != &Json::Null && !is_filter(step);
    let rules: Vec<&str> = steps.iter().filter(with_source).filter_map(|step| step.get("rule").text()).collect();
    for rule in rules {
        let mut of_rule = steps.iter().filter(with_source).filter(|step| step.get("rule").text() == Some(rule));
        let mut reported: Vec<&str> = of_rule.clone().filter_map(|step| step.get("sourcePointer").text()).collect();
        // A flattened object has a step for each tag.
        reported.dedup();
        let rule_in_body = body.pointer(rule).ok_or("the rule is not in the body")?;
        let sources = rule_in_body.get("source").map(Value::items).unwrap_or_default().len();
        let last = of_rule.next_back().and_then(|step| step.get("outcome").text());
        let flattens = rule_in_body.get("flatten").is_some_and(Value::is_true);
        let decided = matches!(last, Some("used" | "shadowed")) || flattens && last == Some("empty");
        let expected: Vec<String> = (0..sources).map(|i| format!("{rule}/source/{i}")).collect();
        same(
            "sources reported in turn",
            &reported,
            &expected.iter().take(reported.len()).map(String::as_str).collect(),
        )?;
        same("all sources are reported", &(decided || reported.len() == sources), &true)?;
    }
    Ok(())
}

/// Looks up the places of a step.
fn places(step: &Json, body: &Value, payload: &Value, units: &[u16]) -> Result<(), String> {
    let rule = step.get("rule").text().and_then(|rule| body.pointer(rule));
    rule.ok_or("the rule is not in the body")?;
    if is_filter(step) {
        same("the sourcePointer of a filter", step.get("sourcePointer"), step.get("rule"))?;
    } else if let Some(pointer) = step.get("sourcePointer").text() {
        let named = if step.get("kind").text() == Some("identifier") { step.get("tag") } else { step.get("source") };
        let written = body.pointer(pointer).and_then(Value::string);
        same("what stands at the sourcePointer", &written, &named.text())?;
    }
    let pointed = match step.get("payloadPointer").text() {
        Some(pointer) => Some(payload.pointer(pointer).ok_or("nothing is at the payloadPointer")?),
        None => None,
    };
    let cut = cut(step.get("payloadRange"), units)?;
    // Whether a missing field matches is for the filter to say.
    let can_be_missing = is_filter(step) && matches!(step.get("outcome").text(), Some("matched"));
    let from_payload = step.get("source") != &Json::Null && step.get("outcome").text() != Some("missing")
        || step.get("kind").text() == Some("tag") && step.get("rule").text() == Some("");
    let from_payload = if can_be_missing { pointed.is_some() } else { from_payload };
    same("a value of the payload has a pointer", &pointed.is_some(), &from_payload)?;
    if from_payload {
        same("the value in the payloadRange", &cut.as_ref(), &pointed)?;
    }
    let Some(value) = cut else { return Ok(()) };
    same("value", &step.get("value").text(), &Some(value.text().as_str()))?;
    let list = value.list().map_or(Json::Null, |list| Json::Array(list.into_iter().map(Json::String).collect()));
    same("values", step.get("values"), &list)?;
    let empty = matches!(value.is, Is::Null) || matches!(&*value.raw, "\"\"" | "[]" | "{}");
    let empty = empty && !is_filter(step);
    same("outcome of an empty value", &(empty && step.get("outcome").text() != Some("empty")), &false)
}

/// The value that a range underlines, and nothing beside it.
fn cut(range: &Json, units: &[u16]) -> Result<Option<Value>, String> {
    if range == &Json::Null {
        return Ok(None);
    }
    let at = |name| range.get(name).number().map(|n| n as usize);
    let part = at("start").zip(at("end")).and_then(|(start, end)| units.get(start..end));
    let text = String::from_utf16(part.ok_or("the range is outside the text")?).map_err(|e| e.to_string())?;
    same("white space around the value", &text.trim().len(), &text.len())?;
    Value::parse(&text).map(Some).ok_or_else(|| format!("not a value: {text}"))
}
