//! Random payloads, of few keys so that rules find something.

use crate::dice::Dice;
use crate::draft::Draft;

/// Keys of objects. Some hold dots and spell what others nest.
const KEYS: [&str; 29] = [
    "host", "status", "a", "t", "b", "c", "host", "status", "a", "t", "b", "c", "a", "b", "a.b", "b.c", "a.b.c",
    "host.a", "A", "a_b", "Host", "é", "~/\"", "@alert", "", ".", "alerts", "a.alerts", "É",
];

const STATES: &str = r#""up" | "down" | "u\u0070" | 5 | true | ["x", "up"] | [[1]] | "x\ud800y" | "UP" | {"a":5}"#;

const TIMES: &str = r#"
    1657051165 | 1657051165661 | 1657051165661999 | 1657051165661999999 | "1657051165" | " 1657051165.9 " |
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
pub fn payload(dice: &mut Dice<'_>, array: Option<&str>) -> Draft {
    if dice.once_in(16) {
        return value(dice, 0);
    }
    let Some(array) = array else {
        return subject(dice, 0);
    };
    if array.is_empty() {
        return alerts(dice);
    }
    let mut whole = subject(dice, 0);
    for _ in 0..if dice.once_in(6) { 2 } else { 1 } {
        let alerts = if dice.once_in(12) { value(dice, 1) } else { alerts(dice) };
        place(&mut whole, array, alerts, dice);
    }
    whole
}

/// Many alerts with some of eighty keys each, in an order that is nearly the same. More keys than are worth learning.
pub fn varied(dice: &mut Dice<'_>) -> Draft {
    let alerts = (0..dice.below(40)).map(|_| {
        let (first, step, swapped) = (dice.below(80), 1 + dice.below(7), dice.below(8));
        let mut members: Vec<_> = (0..dice.below(14))
            .map(|i| (first + i * step) % 80)
            .map(|key| {
                (format!("k{key}"), one_of(["1", r#""x""#, r#"{"k1": "y", "k2": 5}"#][(key + swapped) % 3], dice))
            })
            .collect();
        if let Some(last) = members.len().checked_sub(1) {
            members.swap(swapped.min(last), last);
        }
        Draft::Object(members)
    });
    Draft::List(alerts.collect())
}

/// Alerts that are alike, as those of one tool are.
fn alerts(dice: &mut Dice<'_>) -> Draft {
    let mut model = subject(dice, 1);
    let alerts = (0..dice.below(6)).map(|_| {
        if dice.once_in(12) {
            return value(dice, 1);
        }
        let alert = model.clone();
        if let Draft::Object(members) = &mut model
            && !members.is_empty()
        {
            let at = dice.below(members.len());
            match dice.below(6) {
                0..=2 => members[at].1 = value_of(&members[at].0.clone(), dice, 2),
                3 => drop(members.remove(at)),
                4 => members.insert(at, member(dice, 2)),
                _ => members.swap(at, 0),
            }
        }
        alert
    });
    Draft::List(alerts.collect())
}

fn object(dice: &mut Dice<'_>, depth: usize, most: usize) -> Draft {
    Draft::Object((0..dice.below(most + 1)).map(|_| member(dice, depth + 1)).collect())
}

/// An object with the keys that the most rules look for.
fn subject(dice: &mut Dice<'_>, depth: usize) -> Draft {
    let mut subject = object(dice, depth, 8);
    if let Draft::Object(members) = &mut subject {
        for key in ["host", "status", "t"].into_iter().filter(|_| dice.below(3) > 0).collect::<Vec<_>>() {
            let at = dice.below(members.len() + 1);
            members.insert(at, (key.to_owned(), value_of(key, dice, depth)));
        }
    }
    subject
}

fn member(dice: &mut Dice<'_>, depth: usize) -> (String, Draft) {
    let key = dice.pick(&KEYS);
    (key.to_owned(), value_of(key, dice, depth))
}

fn one_of(table: &str, dice: &mut Dice<'_>) -> Draft {
    let values: Vec<&str> = table.split('|').map(str::trim_ascii).collect();
    Draft::Plain(dice.pick(&values).to_owned())
}

/// A value that is likely for a key.
fn value_of(key: &str, dice: &mut Dice<'_>, depth: usize) -> Draft {
    let likely = dice.below(4) < 3;
    match key {
        "status" if likely => one_of(STATES, dice),
        "t" if likely => one_of(TIMES, dice),
        "host" if likely => one_of(SCALARS, dice),
        "a" | "b" if likely && depth < 4 => object(dice, depth, 5),
        _ => value(dice, depth),
    }
}

fn value(dice: &mut Dice<'_>, depth: usize) -> Draft {
    match dice.below(if depth < 4 { 10 } else { 6 }) {
        0..=5 => one_of(SCALARS, dice),
        6 => Draft::List((0..dice.below(4)).map(|_| value(dice, depth + 2)).collect()),
        _ => object(dice, depth + 1, 5),
    }
}

/// Puts a value into an object where a path finds it, spelled with nested keys or with dots.
fn place(object: &mut Draft, path: &str, value: Draft, dice: &mut Dice<'_>) {
    let Draft::Object(members) = object else { return };
    let dots: Vec<usize> = path.match_indices('.').map(|(at, _)| at).collect();
    let member = match dots.get(dice.below(dots.len() + 1)) {
        None => (path.to_owned(), value),
        Some(&dot) => {
            let mut inner = Draft::Object(Vec::new());
            place(&mut inner, &path[dot + 1..], value, dice);
            (path[..dot].to_owned(), inner)
        }
    };
    members.insert(dice.below(members.len() + 1), member);
}
