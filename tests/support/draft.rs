//! JSON that is being made, and the ways to write it.

use crate::dice::Dice;

/// JSON that is being made; keys may come twice.
#[derive(Clone)]
pub enum Draft {
    /// As written.
    Plain(String),
    List(Vec<Draft>),
    Object(Vec<(String, Draft)>),
}

/// The text of a draft. Style 0 is compact, 1 and 2 are pretty; 3 is another one at each place, escapes included.
pub fn written(draft: &Draft, style: usize, dice: &mut Dice<'_>) -> String {
    let mut out = String::new();
    write(draft, style, dice, &mut out);
    out
}

fn write(draft: &Draft, style: usize, dice: &mut Dice<'_>, out: &mut String) {
    match draft {
        Draft::Plain(raw) => out.push_str(raw),
        Draft::List(items) => listed(items, "[]", style, dice, out, |item, dice, out| write(item, style, dice, out)),
        Draft::Object(members) => listed(members, "{}", style, dice, out, |(key, value), dice, out| {
            write_key(key, style, dice, out);
            out.push(':');
            out.push_str(blank(style, dice, [" ", "\t"]));
            write(value, style, dice, out);
        }),
    }
}

fn listed<T>(
    list: &[T],
    ends: &str,
    style: usize,
    dice: &mut Dice<'_>,
    out: &mut String,
    mut one: impl FnMut(&T, &mut Dice<'_>, &mut String),
) {
    out.push_str(&ends[..1]);
    for (i, item) in list.iter().enumerate() {
        out.push_str(if i > 0 { "," } else { "" });
        out.push_str(blank(style, dice, ["\n    ", " "]));
        one(item, dice, out);
    }
    out.push_str(blank(style, dice, ["\r\n", ""]));
    out.push_str(&ends[1..]);
}

fn blank<'t>(style: usize, dice: &mut Dice<'_>, pretty: [&'t str; 2]) -> &'t str {
    match style {
        0 => "",
        1 | 2 => pretty[style - 1],
        _ => dice.pick(&["", " ", "\n", "  \t\r\n                  ", pretty[0]]),
    }
}

fn write_key(key: &str, style: usize, dice: &mut Dice<'_>, out: &mut String) {
    out.push('"');
    for c in key.chars() {
        match c {
            '"' => out.push_str("\\\""),
            _ if style == 3 && dice.once_in(6) => *out += &format!("\\u{:04x}", u32::from(c)),
            _ => out.push(c),
        }
    }
    out.push('"');
}
