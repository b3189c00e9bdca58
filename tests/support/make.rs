//! Random configurations and payloads for them.

use crate::dice::Dice;
use crate::draft::{Draft, written};
use crate::payload::payload;

/// A configuration and payloads for it.
#[derive(Debug)]
pub struct Made {
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
pub fn made(dice: &mut Dice<'_>, payloads: usize) -> Made {
    let is_array = dice.below(2) == 0;
    let source = dice.pick(&["alerts", "", "a.alerts", "a.b.c", "a"]);
    let array = is_array.then_some(source);
    // Half of the arrays are read without a look around them, which the engine does in one pass.
    let prefixes: &[&str] = match (is_array, dice.below(2)) {
        (true, 0) => &["@alert."],
        (true, _) => &["@alert.", "@alert.", "@alert.", ""],
        (false, _) => &["", "", "", "@alert."],
    };
    let config = config(dice, is_array, source, prefixes);
    let body = match dice.below(3) {
        2 => config,
        _ => object([("config", config), ("sample_payload", plain("{}"))]),
    };
    let style = dice.below(4);
    let body = written(&body, style, dice);
    let payloads = (0..payloads).map(|_| {
        let payload = payload(dice, array);
        let style = dice.below(4);
        written(&payload, style, dice)
    });
    let payloads = payloads.collect();
    Made { body, payloads }
}

fn object<const N: usize>(members: [(&str, Draft); N]) -> Draft {
    Draft::Object(members.map(|(key, value)| (key.to_owned(), value)).into())
}

fn plain(raw: &str) -> Draft {
    Draft::Plain(raw.to_owned())
}

fn text(text: &str) -> Draft {
    Draft::Plain(serde_json::to_string(text).unwrap())
}

fn texts(texts: &[&str]) -> Draft {
    Draft::List(texts.iter().map(|t| text(t)).collect())
}

fn some<'t>(dice: &mut Dice<'_>, most: usize, of: &[&'t str]) -> Vec<&'t str> {
    (0..dice.below(most + 1)).map(|_| dice.pick(of)).collect()
}

fn config(dice: &mut Dice<'_>, is_array: bool, array: &str, prefixes: &[&str]) -> Draft {
    let mut members = Vec::new();
    let mut add = |key: &str, value: Draft| members.push((key.to_owned(), value));
    if is_array || dice.once_in(3) {
        add("is_array", plain(if is_array { "true" } else { "false" }));
        add("array_source", text(array));
    }
    add("status", status(dice, prefixes));
    if dice.once_in(12) {
        // Given twice: the second one counts.
        add("primary_property", primary(dice, prefixes));
    }
    add("primary_property", primary(dice, prefixes));
    if dice.below(2) == 0 {
        add("secondary_property", tag_rule(dice, prefixes));
    }
    add("additional_attributes", Draft::List((0..dice.below(5)).map(|_| tag_rule(dice, prefixes)).collect()));
    if dice.below(4) > 0 {
        add("timestamp", timestamp(dice, prefixes));
    }
    if dice.once_in(4) {
        add("incident_identifier", texts(&some(dice, 3, &NAMES)));
    }
    if dice.once_in(4) {
        add("bp_timestamp", object([("is_selected", plain(dice.pick(&["true", "true", "false"])))]));
    }
    if dice.once_in(4) {
        add("force_lowercase", plain("true"));
    }
    let last = members.len() - 1;
    let other = dice.below(last);
    members.swap(other, last);
    Draft::Object(members)
}

fn status(dice: &mut Dice<'_>, prefixes: &[&str]) -> Draft {
    let lists = (0..=dice.below(4)).map(|_| {
        let status = dice.pick(&["ok", "critical", "warning", "acknowledged", "unknown", "fine"]);
        let values = some(dice, 4, &["up", "down", "5", "true", "h1", "[[1]]", "x\u{fffd}y", "", "{\"a\":5}"]);
        (status.to_owned(), texts(&values))
    });
    let lists = Draft::Object(lists.collect());
    let mut rule = vec![("source".to_owned(), sources(dice, "status", prefixes)), ("status_map".to_owned(), lists)];
    if dice.below(3) > 0 {
        rule.push(("default_to".to_owned(), text(dice.pick(&["ok", "warning", "unknown", "CRITICAL"]))));
    }
    Draft::Object(rule)
}

fn timestamp(dice: &mut Dice<'_>, prefixes: &[&str]) -> Draft {
    let mut rule = vec![("source".to_owned(), sources(dice, "t", prefixes))];
    if dice.once_in(3) {
        rule.push(("format".to_owned(), text(dice.pick(&FORMATS))));
    }
    Draft::Object(rule)
}

/// A rule that mostly gives a value: without one there is no alert to look at.
fn primary(dice: &mut Dice<'_>, prefixes: &[&str]) -> Draft {
    let mut rule = tag_rule(dice, prefixes);
    if let Draft::Object(members) = &mut rule
        && dice.below(4) > 0
    {
        members.retain(|(key, _)| key != "flatten" && key != "default_to");
        members.push(("default_to".to_owned(), text("the default")));
    }
    rule
}

fn tag_rule(dice: &mut Dice<'_>, prefixes: &[&str]) -> Draft {
    let likely = dice.pick(&["host", "a", "b", "a.b"]);
    let mut rule = vec![("source".to_owned(), sources(dice, likely, prefixes))];
    if dice.below(3) > 0 {
        rule.push(("name".to_owned(), text(dice.pick(&NAMES))));
    }
    if dice.once_in(4) {
        rule.push(("default_to".to_owned(), text(dice.pick(&["none", "é\n", ""]))));
    }
    if dice.once_in(3) {
        rule.push(("flatten".to_owned(), plain("true")));
    }
    Draft::Object(rule)
}

/// One to three sources, the likely one among them in half of the rules.
fn sources(dice: &mut Dice<'_>, likely: &str, prefixes: &[&str]) -> Draft {
    let sources = (0..[1, 1, 2, 3][dice.below(4)]).map(|_| {
        let path = if dice.below(2) == 0 { likely } else { dice.pick(&PATHS) };
        format!("{}{path}", dice.pick(prefixes))
    });
    let sources: Vec<String> = sources.collect();
    texts(&sources.iter().map(String::as_str).collect::<Vec<_>>())
}
