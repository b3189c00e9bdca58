//! JSON that is being made, and the ways to write it.

use super::choices::Choices;

/// JSON that is being made; keys may come twice.
#[derive(Clone)]
pub enum JsonTree {
    /// As written.
    Raw(String),
    Array(Vec<JsonTree>),
    Object(Vec<(String, JsonTree)>),
}

/// The text of a draft. Style 0 is compact, 1 and 2 are pretty; 3 is another one at each place, escapes included.
pub fn written(draft: &JsonTree, style: usize, choices: &mut Choices<'_>) -> String {
    let mut out = String::new();
    write(draft, style, choices, &mut out);
    out
}

fn write(draft: &JsonTree, style: usize, choices: &mut Choices<'_>, out: &mut String) {
    match draft {
        JsonTree::Raw(raw) => out.push_str(raw),
        JsonTree::Array(items) => {
            listed(items, "[]", style, choices, out, |item, choices, out| write(item, style, choices, out))
        }
        JsonTree::Object(members) => listed(members, "{}", style, choices, out, |(key, value), choices, out| {
            write_key(key, style, choices, out);
            out.push(':');
            out.push_str(blank(style, choices, [" ", "\t"]));
            write(value, style, choices, out);
        }),
    }
}

fn listed<T>(
    list: &[T],
    ends: &str,
    style: usize,
    choices: &mut Choices<'_>,
    out: &mut String,
    mut one: impl FnMut(&T, &mut Choices<'_>, &mut String),
) {
    out.push_str(&ends[..1]);
    for (i, item) in list.iter().enumerate() {
        out.push_str(if i > 0 { "," } else { "" });
        out.push_str(blank(style, choices, ["\n    ", " "]));
        one(item, choices, out);
    }
    out.push_str(blank(style, choices, ["\r\n", ""]));
    out.push_str(&ends[1..]);
}

fn blank<'t>(style: usize, choices: &mut Choices<'_>, pretty: [&'t str; 2]) -> &'t str {
    match style {
        0 => "",
        1 | 2 => pretty[style - 1],
        _ => choices.pick(&["", " ", "\n", "  \t\r\n                  ", pretty[0]]),
    }
}

fn write_key(key: &str, style: usize, choices: &mut Choices<'_>, out: &mut String) {
    out.push('"');
    for c in key.chars() {
        match c {
            '"' => out.push_str("\\\""),
            _ if style == 3 && choices.once_in(6) => *out += &format!("\\u{:04x}", u32::from(c)),
            _ => out.push(c),
        }
    }
    out.push('"');
}
