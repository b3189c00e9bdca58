//! Every path that `fields` lists is a source, and the value that it shows is the one that a rule with it gets.

use crate::strategies::numbers;
use crate::support::choices::Choices;
use crate::support::json::Json;
use crate::support::json_tree::written;
use crate::support::payload_generator;
use oim_config::{AdditionalTags, Field, ProcessOptions, compile, fields, value_at, values_of};
use proptest::prelude::*;

/// What the trace of a configuration with this path as its only source says of the field.
fn as_a_rule_sees(path: &str, payload: &str, array: Option<&str>) -> (usize, Option<Seen>) {
    let array = array.map_or(String::new(), |array| format!(r#""is_array": true, "array_source": "{array}","#));
    let source = serde_json::to_string(path).unwrap();
    let config = format!(
        r#"{{{array} "primary_property": {{"name": "host", "source": [{source}]}},
            "status": {{"source": ["none"], "status_map": {{}}}}}}"#
    );
    let program = compile(config.as_bytes()).program.unwrap_or_else(|| panic!("{config}"));
    let options =
        ProcessOptions { received_at_ms: 0.0, trace: true, additional_tags: AdditionalTags::Ignore, placed: true };
    let answer = Json::parse(&program.process_to_json(payload.as_bytes(), &options));
    let alerts = answer.get("trace").items().iter();
    let steps = alerts.filter_map(|alert| {
        let mut steps = alert.get("steps").items().iter();
        steps.find(|step| step.get("source").text() == Some(path))
    });
    let there: Vec<&Json> = steps.clone().filter(|step| step.get("payloadPointer").text().is_some()).collect();
    let shown = there.iter().find(|step| step.get("outcome").text() == Some("used")).or(there.first());
    let seen = shown.map(|step| Seen {
        first: there[0].get("payloadPointer").text().unwrap().to_owned(),
        value: step.get("value").text().filter(|_| step.get("outcome").text() == Some("used")).map(str::to_owned),
        is_populated: step.get("outcome").text() == Some("used"),
        count: there.len(),
    });
    (steps.count(), seen)
}

struct Seen {
    /// Pointer to the value in the first alert that has it.
    first: String,
    /// The first populated value, if it is one text.
    value: Option<String>,
    is_populated: bool,
    /// Alerts that have it.
    count: usize,
}

fn check(payload: &str, array: Option<&str>) -> Result<(), String> {
    let listed = fields(payload, array);
    for (number, field) in listed.iter().enumerate() {
        let Field { path, kind, example, count, pointer } = field;
        let context = || format!("{field:?}\narray {array:?} of {payload}");
        if listed.iter().take(number).any(|other| other.path == *path) {
            return Err(format!("listed twice: {}", context()));
        }
        let (alerts, seen) = as_a_rule_sees(path, payload, array);
        if alerts == 0 {
            // Without an alert there is no trace of what is around.
            continue;
        }
        let seen = seen.ok_or_else(|| format!("a rule does not find it: {}", context()))?;
        if seen.first != *pointer {
            return Err(format!("a rule finds {}: {}", seen.first, context()));
        }
        let found = values_of(payload, path, array);
        if found.first().map(|value| &value.pointer) != Some(pointer) || found.len() != *count {
            return Err(format!("`values_of` finds {found:?}: {}", context()));
        }
        if found.iter().any(|value| value_at(payload, &value.pointer).map(|at| at.range) != Some(value.range)) {
            return Err(format!("`value_at` finds other values: {}", context()));
        }
        let is_around = array.is_some() && !path.starts_with("@alert.");
        if *count != if is_around { 1 } else { seen.count } {
            return Err(format!("a rule finds it {} times: {}", seen.count, context()));
        }
        if seen.is_populated == example.is_empty() {
            return Err(format!("a rule finds {}a value: {}", if seen.is_populated { "" } else { "not " }, context()));
        }
        let is_scalar = matches!(*kind, "string" | "number" | "boolean");
        if is_scalar && seen.value.as_ref() != Some(example).filter(|_| seen.is_populated) {
            return Err(format!("a rule gets {:?}: {}", seen.value, context()));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_listed_field_is_what_a_rule_gets(numbers in numbers(400)) {
        let mut choices = Choices::new(&numbers);
        let array = [None, Some(""), Some("alerts"), Some("a.alerts"), Some("a.b.c"), Some("a")][choices.below(6)];
        let payload = payload_generator::payload(&mut choices, array);
        let style = choices.below(4);
        let payload = written(&payload, style, &mut choices);
        check(&payload, array).map_err(TestCaseError::fail)?;
    }
}

/// Nested keys and keys with dots that lead along one path, in both orders.
#[test]
fn spellings_that_compete() {
    let members = [
        r#""a":{"b":1}"#,
        r#""a.b":2"#,
        r#""a.b":"""#,
        r#""a":{"b":null}"#,
        r#""a":{"b":{}}"#,
        r#""a":{"b":{"c":3}}"#,
        r#""a.b":{"c":4,"d":5}"#,
        r#""a":{"b.c":6}"#,
        r#""a":{"b.c":{"d":7}}"#,
        r#""a.b.c":8"#,
        r#""a.b.c":{"d":9}"#,
        r#""a":0"#,
        r#""@alert.a":{"b":1}"#,
        r#""@alert":{"a":2}"#,
    ];
    for one in members {
        for other in members {
            for third in members {
                let object = format!("{{{one},{other},{third}}}");
                check(&object, None).unwrap_or_else(|e| panic!("{e}"));
                let alerts = format!(r#"[{object},{{{other},{one}}},{{{third}}}]"#);
                check(&alerts, Some("")).unwrap_or_else(|e| panic!("{e}"));
                let arrays = object.replace(|c: char| c.is_ascii_digit(), &format!("[{{{one}}}]"));
                check(&arrays, Some("a.b")).unwrap_or_else(|e| panic!("{e}"));
            }
        }
    }
}
