//! Random filters of version 2.

use super::choices::Choices;

/// What values are compared with. Some are in payloads.
const VALUES: [&str; 16] = [
    "up",
    "h1",
    "h*",
    "*",
    "5",
    "true",
    "1.10",
    "é😀",
    "[[1]]",
    "*p",
    "{\"a\":5}",
    " ",
    "",
    "x\u{fffd}y",
    "a/b",
    "*o*n*",
];

/// A filter without mistakes. `field` makes the source path that a comparison looks at.
pub fn generate_filter(choices: &mut Choices<'_>, field: &mut dyn FnMut(&mut Choices<'_>) -> String) -> String {
    expression(choices, field, 0)
}

fn expression(choices: &mut Choices<'_>, field: &mut dyn FnMut(&mut Choices<'_>) -> String, depth: usize) -> String {
    let mut parts = vec![part(choices, field, depth)];
    for _ in 0..choices.below(3) {
        parts.push(choices.pick(&["AND", "OR", "and", "Or"]).to_owned());
        parts.push(part(choices, field, depth));
    }
    parts.join(choices.pick(&[" ", "  ", "\t", "\n"]))
}

fn part(choices: &mut Choices<'_>, field: &mut dyn FnMut(&mut Choices<'_>) -> String, depth: usize) -> String {
    if depth < 4 && choices.once_in(4) {
        return format!("({})", expression(choices, field, depth + 1));
    }
    let path = field(choices);
    let (field, blank) = (quoted(&path, choices), choices.pick(&[" ", "", "  "]));
    match choices.below(6) {
        0..=2 => format!("{field}{blank}={blank}{}", value(choices)),
        3 => format!("{field}{blank}!={blank}{}", value(choices)),
        4 => format!("{field}{blank}==={blank}{}", value(choices)),
        _ => {
            let operator = choices.pick(&["IN", "NOT IN", "in", "not In"]);
            let values: Vec<String> = (0..=choices.below(3)).map(|_| value(choices)).collect();
            format!("{field} {operator}{blank}[{}]", values.join(choices.pick(&[",", ", "])))
        }
    }
}

fn value(choices: &mut Choices<'_>) -> String {
    if choices.once_in(8) {
        return choices.pick(&["/^u/", "/[a-z]+/", "/a\\/b/"]).to_owned();
    }
    let value = choices.pick(&VALUES);
    quoted(value, choices)
}

/// In quotes where it has to be, and sometimes where it need not.
fn quoted(text: &str, choices: &mut Choices<'_>) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._-@*".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) && choices.below(2) == 0 {
        return text.to_owned();
    }
    let quote = if text.contains('"') { "'" } else { choices.pick(&["\"", "'"]) };
    format!("{quote}{text}{quote}")
}
