//! Random payloads, of few keys so that rules find something.

use super::choices::Choices;
use super::json_tree::JsonTree;

/// Keys of objects. Some hold dots and spell what others nest.
const KEYS: [&str; 29] = [
    "host", "status", "a", "t", "b", "c", "host", "status", "a", "t", "b", "c", "a", "b", "a.b", "b.c", "a.b.c",
    "host.a", "A", "a_b", "Host", "é", "~/\"", "@alert", "", ".", "alerts", "a.alerts", "É",
];

const STATES: &str = r#""up" | "down" | "u\u0070" | 5 | true | ["x", "up"] | [[1]] | "x\ud800y" | "UP" | {"a":5}"#;

const TIMES: &str = r#"
    1657051165 | 1657051165661 | 1657051165661999 | 1657051165661999999 | "1657051165" | " 1657051165.9 " |
    20220705 | "20220705195925" | 946684799 | 946684800 | 4133980799 | 4133980800 |
    1.657051165661e+09 | -1 | -0 | 1e11 | 99999999999.9 | 1e-7 | 1e300 | 16570511650000e-4 | "1970-01-01T00:00:00Z" |
    "2022-07-05T19:59:25.661Z" | "2022-07-05 21:59:25.661+02:00" | "2022-07-05" | "0001-01-01T00:00:00Z" |
    "05/07/2022 21:59:25 +0200" | "Tue, 05 Jul 2022 19:59:25 GMT" | "soon" | true | [1657051165]
"#;

const SCALARS: &str = r#"
    "h1" | "h2" | 1 | true | "up" | "down" | null | "" | 5 | false | 0 | -0 | 1.10 | 1e400 | 9007199254740993 | " " |
    "é😀" | "a\n\u00e9\"" | "\ud83d\ude00" | "x\ud800y" | "[1,2]" | "\\" | "a/b" |
    "a rather long text, longer than a block of sixteen bytes"
"#;

/// A payload whose alerts are at `array`, if there is one: mostly.
pub fn payload(choices: &mut Choices<'_>, array: Option<&str>) -> JsonTree {
    if choices.once_in(16) {
        return value(choices, 0);
    }
    let Some(array) = array else {
        return subject(choices, 0);
    };
    if array.is_empty() {
        return alerts(choices);
    }
    let mut whole = subject(choices, 0);
    for _ in 0..if choices.once_in(6) { 2 } else { 1 } {
        let alerts = if choices.once_in(12) { value(choices, 1) } else { alerts(choices) };
        place(&mut whole, array, alerts, choices);
    }
    whole
}

/// Many alerts with some of eighty keys each, in an order that is nearly the same. More keys than are worth learning.
pub fn varied(choices: &mut Choices<'_>) -> JsonTree {
    let alerts = (0..choices.below(40)).map(|_| {
        let (first, step, swapped) = (choices.below(80), 1 + choices.below(7), choices.below(8));
        let mut members: Vec<_> = (0..choices.below(14))
            .map(|i| (first + i * step) % 80)
            .map(|key| {
                (format!("k{key}"), one_of(["1", r#""x""#, r#"{"k1": "y", "k2": 5}"#][(key + swapped) % 3], choices))
            })
            .collect();
        if let Some(last) = members.len().checked_sub(1) {
            members.swap(swapped.min(last), last);
        }
        JsonTree::Object(members)
    });
    JsonTree::Array(alerts.collect())
}

/// Alerts that are alike, as those of one tool are.
fn alerts(choices: &mut Choices<'_>) -> JsonTree {
    let mut model = subject(choices, 1);
    let alerts = (0..choices.below(6)).map(|_| {
        if choices.once_in(12) {
            return value(choices, 1);
        }
        let alert = model.clone();
        if let JsonTree::Object(members) = &mut model
            && !members.is_empty()
        {
            let at = choices.below(members.len());
            match choices.below(6) {
                0..=2 => members[at].1 = value_of(&members[at].0.clone(), choices, 2),
                3 => drop(members.remove(at)),
                4 => members.insert(at, member(choices, 2)),
                _ => members.swap(at, 0),
            }
        }
        alert
    });
    JsonTree::Array(alerts.collect())
}

fn object(choices: &mut Choices<'_>, depth: usize, most: usize) -> JsonTree {
    JsonTree::Object((0..choices.below(most + 1)).map(|_| member(choices, depth + 1)).collect())
}

/// An object with the keys that the most rules look for.
fn subject(choices: &mut Choices<'_>, depth: usize) -> JsonTree {
    let mut subject = object(choices, depth, 8);
    if let JsonTree::Object(members) = &mut subject {
        for key in ["host", "status", "t"].into_iter().filter(|_| choices.below(3) > 0).collect::<Vec<_>>() {
            let at = choices.below(members.len() + 1);
            members.insert(at, (key.to_owned(), value_of(key, choices, depth)));
        }
    }
    subject
}

fn member(choices: &mut Choices<'_>, depth: usize) -> (String, JsonTree) {
    let key = choices.pick(&KEYS);
    (key.to_owned(), value_of(key, choices, depth))
}

fn one_of(table: &str, choices: &mut Choices<'_>) -> JsonTree {
    let values: Vec<&str> = table.split('|').map(str::trim_ascii).collect();
    JsonTree::Raw(choices.pick(&values).to_owned())
}

/// A value that is likely for a key.
fn value_of(key: &str, choices: &mut Choices<'_>, depth: usize) -> JsonTree {
    let likely = choices.below(4) < 3;
    match key {
        "status" if likely => one_of(STATES, choices),
        "t" if likely => one_of(TIMES, choices),
        "host" if likely => one_of(SCALARS, choices),
        "a" | "b" if likely && depth < 4 => object(choices, depth, 5),
        _ => value(choices, depth),
    }
}

fn value(choices: &mut Choices<'_>, depth: usize) -> JsonTree {
    match choices.below(if depth < 4 { 10 } else { 6 }) {
        0..=5 => one_of(SCALARS, choices),
        6 => JsonTree::Array((0..choices.below(4)).map(|_| value(choices, depth + 2)).collect()),
        _ => object(choices, depth + 1, 5),
    }
}

/// Puts a value into an object where a path finds it, spelled with nested keys or with dots.
fn place(object: &mut JsonTree, path: &str, value: JsonTree, choices: &mut Choices<'_>) {
    let JsonTree::Object(members) = object else { return };
    let dots: Vec<usize> = path.match_indices('.').map(|(at, _)| at).collect();
    let member = match dots.get(choices.below(dots.len() + 1)) {
        None => (path.to_owned(), value),
        Some(&dot) => {
            let mut inner = JsonTree::Object(Vec::new());
            place(&mut inner, &path[dot + 1..], value, choices);
            (path[..dot].to_owned(), inner)
        }
    };
    members.insert(choices.below(members.len() + 1), member);
}
