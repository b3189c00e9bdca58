//! Bodies as people get them wrong.

use super::choices::Choices;
use super::json::Json;

const WORDS: [&str; 12] =
    ["", " ", "é", "😀", "e\u{301}", "日本", "\u{202e}", "\"", "\\", "/~", "@alert.", "\u{1f469}\u{200d}\u{1f4bb}"];

/// Makes a few mistakes in a document.
pub fn mutate(json: &mut Json, choices: &mut Choices<'_>) {
    for _ in 0..=choices.below(3) {
        let parts = count(json);
        let at = choices.below(parts);
        change(json, &mut { at }, choices);
    }
}

/// Gives a body attributes of the configuration of another one, which may be of another version.
pub fn mix(json: &mut Json, other: &Json, choices: &mut Choices<'_>) {
    let config =
        |json: &Json| if json.get("config") == &Json::Null { json.clone() } else { json.get("config").clone() };
    let (Json::Object(from), Json::Object(members)) = (config(other), json) else { return };
    let into = match members.iter_mut().find(|(key, _)| key == "config") {
        Some((_, Json::Object(rules))) => rules,
        _ => members,
    };
    for _ in 0..=choices.below(2) {
        let Some((key, value)) = from.get(choices.below(from.len().max(1))) else { return };
        into.retain(|(known, _)| known != key);
        into.insert(choices.below(into.len() + 1), (key.clone(), value.clone()));
    }
}

/// A filter, not always one that can be read.
pub fn filter(choices: &mut Choices<'_>) -> String {
    const WORDS: [&str; 18] = [
        "host",
        "@alert.status",
        "\"a b\"",
        "=",
        "!=",
        "===",
        "==",
        "IN",
        "NOT IN",
        "[a, \"b\"]",
        "[",
        "AND",
        "OR",
        "(",
        ")",
        "\"up*\"",
        "/^x/",
        "é",
    ];
    let comparison = |choices: &mut Choices<'_>| {
        let field = choices.pick(&["host", "@alert.status", "\"a b\"", "@alert.labels.severity", "a..b", "a[0]"]);
        let test =
            choices.pick(&["= firing", "!= \"page\"", "IN [a, \"page\"]", "NOT IN [b]", "= \"f*\"", "= /^x/", "== a"]);
        format!("{field} {test}")
    };
    let mut text = comparison(choices);
    for _ in 0..choices.below(4) {
        text = match choices.below(4) {
            0 => format!("({text})"),
            1 => format!("{text} {}", choices.pick(&WORDS)),
            _ => format!("{text} {} {}", choices.pick(&["AND", "OR", "and"]), comparison(choices)),
        };
    }
    text
}

/// Changes a text, not always to JSON.
pub fn scribble(text: &mut String, choices: &mut Choices<'_>) {
    const PIECES: [&str; 10] = ["", "\"", ",", "{", "]", ":", "é", "\n", "\\u00e9", "\u{0}"];
    for _ in 0..=choices.below(2) {
        let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let from = choices.below(borders.len());
        let to = (from + choices.below(4)).min(borders.len() - 1);
        text.replace_range(borders[from]..borders[to], choices.pick(&PIECES));
    }
}

/// Values inside a document, itself included.
fn count(json: &Json) -> usize {
    1 + match json {
        Json::Array(items) => items.iter().map(count).sum(),
        Json::Object(members) => members.iter().map(|(_, value)| count(value)).sum::<usize>(),
        _ => 0,
    }
}

/// Changes the value that `left` others stand before.
fn change(json: &mut Json, left: &mut usize, choices: &mut Choices<'_>) -> bool {
    if *left == 0 {
        return here(json, choices);
    }
    *left -= 1;
    match json {
        Json::Array(items) => items.iter_mut().any(|item| change(item, left, choices)),
        Json::Object(members) => members.iter_mut().any(|(_, value)| change(value, left, choices)),
        _ => false,
    }
}

fn here(json: &mut Json, choices: &mut Choices<'_>) -> bool {
    match json {
        Json::Object(members) if !members.is_empty() && !choices.once_in(6) => member(members, choices),
        Json::Array(items) if !items.is_empty() && !choices.once_in(6) => item(items, choices),
        Json::String(text) if !choices.once_in(5) => typo(text, choices),
        _ => *json = another(json, choices),
    }
    true
}

fn member(members: &mut Vec<(String, Json)>, choices: &mut Choices<'_>) {
    let at = choices.below(members.len());
    match choices.below(5) {
        0 => drop(members.remove(at)),
        1 | 2 => typo(&mut members[at].0, choices),
        3 if choices.below(2) == 0 => {
            members.push((choices.pick(&["owner", "Name", "sorce", "default", "😀", "status"]).to_owned(), Json::Null))
        }
        3 => members.push(of_version_2(choices)),
        _ => {
            let again = members[at].clone();
            members.push(again);
        }
    }
}

/// An attribute that only version 2 has.
fn of_version_2(choices: &mut Choices<'_>) -> (String, Json) {
    let key = choices.pick(&[
        "event_filter",
        "event_filter",
        "map_remaining",
        "map_remaining_flatten_array",
        "map_remaining_flatten_arrays",
        "version",
        "is_default",
        "preprocessing",
        "isSuggestion",
    ]);
    let value = match key {
        "event_filter" => Json::String(filter(choices)),
        "version" => Json::String(choices.pick(&["2.0", "2", "1.0"]).to_owned()),
        "preprocessing" => Json::Array(vec![Json::Object(vec![("order".to_owned(), Json::Number(1.0))])]),
        _ => Json::Bool(choices.below(3) > 0),
    };
    (key.to_owned(), value)
}

fn item(items: &mut Vec<Json>, choices: &mut Choices<'_>) {
    let at = choices.below(items.len());
    match choices.below(3) {
        0 => drop(items.remove(at)),
        1 => items.insert(at, items[at].clone()),
        _ => {
            let other = another(&items[at], choices);
            items.push(other);
        }
    }
}

fn typo(text: &mut String, choices: &mut Choices<'_>) {
    let mut chars: Vec<char> = text.chars().collect();
    let at = choices.below(chars.len() + 1);
    match choices.below(7) {
        0 if at < chars.len() => drop(chars.remove(at)),
        1 if at + 1 < chars.len() => chars.swap(at, at + 1),
        2 if at < chars.len() => chars.insert(at, chars[at]),
        3 => *text = text.to_uppercase(),
        4 => {
            *text =
                choices.pick(&["ok", "Critical", "status", "host", "a[0]", "*", "@alert.x", "alerts.status"]).to_owned()
        }
        5 => text.truncate(text.char_indices().nth(at).map_or(text.len(), |(at, _)| at)),
        _ => chars.splice(at..at, choices.pick(&WORDS).chars()).for_each(drop),
    }
    if !chars.iter().copied().eq(text.chars()) && choices.below(2) == 0 {
        *text = chars.into_iter().collect();
    }
}

/// Another value of another type.
fn another(json: &Json, choices: &mut Choices<'_>) -> Json {
    match choices.below(8) {
        0 => Json::Null,
        1 => Json::Bool(true),
        2 => Json::Number(5.0),
        3 => Json::String(serde_json::to_string(json).unwrap()),
        4 => Json::Array(vec![json.clone()]),
        5 => Json::Object(vec![("name".to_owned(), json.clone())]),
        6 => Json::Array(Vec::new()),
        _ => Json::String(choices.pick(&WORDS).to_owned()),
    }
}
