//! Random configurations and payloads for them.

use super::choices::Choices;
use super::filter_generator::generate_filter;
use super::json_tree::{JsonTree, written};
use super::payload_generator::payload;

/// A configuration and payloads for it.
#[derive(Debug)]
pub struct Case {
    pub body: String,
    pub payloads: Vec<String>,
}

/// What rules look for. Each is likely to be in a payload.
const PATHS: [&str; 21] = [
    "host", "status", "a", "a.b", "t", "c", "b", "b.c", "a.b.c", "host", "status", "a", "host.a", "A", "Host", "é",
    "~/\"", "a.a.b", "b.a.c", "@alert", "É",
];

const NAMES: [&str; 12] =
    ["host", "check", "env", "a", "a_b", "b", "c", "bp_timestamp", "nowhere", "é", "a_a_b", "status"];

const FORMATS: [&str; 7] = [
    "epoch_seconds",
    "epoch_milliseconds",
    "epoch_microseconds",
    "epoch_nanoseconds",
    "iso8601",
    "%d/%m/%Y %H:%M:%S %z",
    "%d/%m nonsense",
];

/// Makes a configuration and `payloads` payloads.
pub fn generate_case(choices: &mut Choices<'_>, payloads: usize) -> Case {
    let is_array = choices.below(2) == 0;
    let source = choices.pick(&["alerts", "", "a.alerts", "a.b.c", "a"]);
    let array = is_array.then_some(source);
    // Half of the arrays are read without a look around them, which the engine does in one pass.
    let prefixes: &[&str] = match (is_array, choices.below(2)) {
        (true, 0) => &["@alert."],
        (true, _) => &["@alert.", "@alert.", "@alert.", ""],
        (false, _) => &["", "", "", "@alert."],
    };
    let config = match choices.below(5) {
        0..=2 => config(choices, is_array, source, prefixes),
        _ => config_of_version_2(choices, is_array, source, prefixes),
    };
    let body = match choices.below(3) {
        2 => config,
        _ => object([("config", config), ("sample_payload", plain("{}"))]),
    };
    let style = choices.below(4);
    let body = written(&body, style, choices);
    let payloads = (0..payloads).map(|_| {
        let payload = payload(choices, array);
        let style = choices.below(4);
        written(&payload, style, choices)
    });
    let payloads = payloads.collect();
    Case { body, payloads }
}

fn object<const N: usize>(members: [(&str, JsonTree); N]) -> JsonTree {
    JsonTree::Object(members.map(|(key, value)| (key.to_owned(), value)).into())
}

fn plain(raw: &str) -> JsonTree {
    JsonTree::Raw(raw.to_owned())
}

fn text(text: &str) -> JsonTree {
    JsonTree::Raw(serde_json::to_string(text).unwrap())
}

fn texts(texts: &[&str]) -> JsonTree {
    JsonTree::Array(texts.iter().map(|t| text(t)).collect())
}

fn some<'t>(choices: &mut Choices<'_>, most: usize, of: &[&'t str]) -> Vec<&'t str> {
    (0..choices.below(most + 1)).map(|_| choices.pick(of)).collect()
}

type Members = Vec<(String, JsonTree)>;

fn config(choices: &mut Choices<'_>, is_array: bool, array: &str, prefixes: &[&str]) -> JsonTree {
    let mut members = Vec::new();
    let mut add = |key: &str, value: JsonTree| members.push((key.to_owned(), value));
    if is_array || choices.once_in(3) {
        add("is_array", plain(if is_array { "true" } else { "false" }));
        add("array_source", text(array));
    }
    add("status", status(choices, prefixes));
    if choices.once_in(12) {
        // Given twice: the second one counts.
        add("primary_property", primary(choices, prefixes));
    }
    add("primary_property", primary(choices, prefixes));
    if choices.below(2) == 0 {
        add("secondary_property", tag_rule(choices, prefixes));
    }
    add("additional_attributes", JsonTree::Array((0..choices.below(5)).map(|_| tag_rule(choices, prefixes)).collect()));
    of_both(choices, prefixes, &mut members);
    shuffled(members, choices)
}

fn config_of_version_2(choices: &mut Choices<'_>, is_array: bool, array: &str, prefixes: &[&str]) -> JsonTree {
    let mut members = Vec::new();
    let mut add = |key: &str, value: JsonTree| members.push((key.to_owned(), value));
    if is_array || choices.once_in(3) {
        add("is_array", plain(if is_array { "true" } else { "false" }));
        add("array_source", text(array));
    }
    add("status", status(choices, prefixes));
    let tags = |names: Vec<&str>| JsonTree::Array(names.iter().map(|name| object([("name", text(name))])).collect());
    let mut names = some(choices, 3, &NAMES);
    names.insert(choices.below(names.len() + 1), "host");
    add("primary_property", tags(names));
    if choices.below(3) > 0 {
        // A list without names is a list of version 2 only beside another one.
        add("secondary_property", tags(some(choices, 3, &["check", "a", "b", "a_b", "host", "nowhere"])));
    }
    let mut rules: Vec<JsonTree> = (0..choices.below(6)).map(|_| tag_rule(choices, prefixes)).collect();
    if choices.below(4) > 0 {
        let mut rule =
            vec![("name".to_owned(), text("host")), ("source".to_owned(), sources(choices, "host", prefixes))];
        if choices.below(2) == 0 {
            rule.push(("default_to".to_owned(), text("the default")));
        }
        rules.insert(choices.below(rules.len() + 1), JsonTree::Object(rule));
    }
    add("additional_attributes", JsonTree::Array(rules));
    if choices.below(2) == 0 {
        let field = &mut |choices: &mut Choices<'_>| {
            let path = if choices.below(2) == 0 { "status" } else { choices.pick(&PATHS) };
            format!("{}{path}", choices.pick(prefixes))
        };
        add("event_filter", text(&generate_filter(choices, field)));
    }
    for key in ["map_remaining", "map_remaining_flatten_array", "map_remaining_flatten_arrays", "is_default"] {
        if choices.once_in(3) {
            add(key, plain(choices.pick(&["true", "true", "false"])));
        }
    }
    if choices.once_in(6) {
        add("preprocessing", plain(choices.pick(&[r#"[{"id": "f", "order": 1, "tags": ["a"], "params": {}}]"#, "[]"])));
    }
    if choices.below(2) == 0 {
        add("version", text("2.0"));
    }
    of_both(choices, prefixes, &mut members);
    shuffled(members, choices)
}

/// What both versions have in the same form.
fn of_both(choices: &mut Choices<'_>, prefixes: &[&str], members: &mut Members) {
    let mut add = |key: &str, value: JsonTree| members.push((key.to_owned(), value));
    if choices.below(4) > 0 {
        add("timestamp", timestamp(choices, prefixes));
    }
    if choices.once_in(4) {
        add("incident_identifier", texts(&some(choices, 3, &NAMES)));
    }
    if choices.once_in(4) {
        add("bp_timestamp", object([("is_selected", plain(choices.pick(&["true", "true", "false"])))]));
    }
    if choices.once_in(4) {
        add("force_lowercase", plain("true"));
    }
}

/// The last member is somewhere else.
fn shuffled(mut members: Members, choices: &mut Choices<'_>) -> JsonTree {
    let last = members.len() - 1;
    let other = choices.below(last);
    members.swap(other, last);
    JsonTree::Object(members)
}

fn status(choices: &mut Choices<'_>, prefixes: &[&str]) -> JsonTree {
    let lists = (0..=choices.below(4)).map(|_| {
        let status = choices.pick(&["ok", "critical", "warning", "acknowledged", "unknown", "fine"]);
        let values = some(choices, 4, &["up", "down", "5", "true", "h1", "[[1]]", "x\u{fffd}y", "", "{\"a\":5}"]);
        (status.to_owned(), texts(&values))
    });
    let lists = JsonTree::Object(lists.collect());
    let mut rule = vec![("source".to_owned(), sources(choices, "status", prefixes)), ("status_map".to_owned(), lists)];
    if choices.below(3) > 0 {
        rule.push(("default_to".to_owned(), text(choices.pick(&["ok", "warning", "unknown", "CRITICAL"]))));
    }
    JsonTree::Object(rule)
}

fn timestamp(choices: &mut Choices<'_>, prefixes: &[&str]) -> JsonTree {
    let mut rule = vec![("source".to_owned(), sources(choices, "t", prefixes))];
    if choices.once_in(3) {
        rule.push(("format".to_owned(), text(choices.pick(&FORMATS))));
    }
    JsonTree::Object(rule)
}

/// A rule that mostly gives a value: without one there is no alert to look at.
fn primary(choices: &mut Choices<'_>, prefixes: &[&str]) -> JsonTree {
    let mut rule = tag_rule(choices, prefixes);
    if let JsonTree::Object(members) = &mut rule
        && choices.below(4) > 0
    {
        members.retain(|(key, _)| key != "flatten" && key != "default_to");
        members.push(("default_to".to_owned(), text("the default")));
    }
    rule
}

fn tag_rule(choices: &mut Choices<'_>, prefixes: &[&str]) -> JsonTree {
    let likely = choices.pick(&["host", "a", "b", "a.b"]);
    let mut rule = vec![("source".to_owned(), sources(choices, likely, prefixes))];
    if choices.below(3) > 0 {
        rule.push(("name".to_owned(), text(choices.pick(&NAMES))));
    }
    if choices.once_in(4) {
        rule.push(("default_to".to_owned(), text(choices.pick(&["none", "é\n", ""]))));
    }
    if choices.once_in(3) {
        rule.push(("flatten".to_owned(), plain("true")));
    }
    JsonTree::Object(rule)
}

/// One to three sources, the likely one among them in half of the rules.
fn sources(choices: &mut Choices<'_>, likely: &str, prefixes: &[&str]) -> JsonTree {
    let sources = (0..[1, 1, 2, 3][choices.below(4)]).map(|_| {
        let path = if choices.below(2) == 0 { likely } else { choices.pick(&PATHS) };
        format!("{}{path}", choices.pick(prefixes))
    });
    let sources: Vec<String> = sources.collect();
    texts(&sources.iter().map(String::as_str).collect::<Vec<_>>())
}
