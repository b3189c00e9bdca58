//! JSON texts changed: their white space, or anything at all.

use super::choices::Choices;

const PIECES: [&[u8]; 26] = [
    b",",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"\"",
    b"\\",
    b" ",
    b"\n",
    b"0",
    b"-",
    b"1e",
    b".5",
    b"null",
    b"\"host\":",
    b"\"a\":{},",
    b"\"alerts\":[]",
    b",,",
    b"{,",
    b"\\ud800",
    b"\\u00e9",
    b"\xc3",
    b"\xa9",
    b"\0",
    b"\xef\xbb\xbf",
];

/// Inserts, deletes, replaces, repeats, cuts off or flips something.
pub fn mutate(choices: &mut Choices<'_>, text: &mut Vec<u8>) {
    let at = choices.below(text.len() + 1);
    let end = (at + choices.below(24)).min(text.len());
    let piece = PIECES[choices.below(PIECES.len())];
    match choices.below(8) {
        0 | 1 => drop(text.splice(at..at, piece.iter().copied())),
        2 => drop(text.drain(at..end)),
        3 => drop(text.splice(at..end, piece.iter().copied())),
        4 | 5 => {
            let part = text[at..end].to_vec();
            let to = choices.below(text.len() + 1);
            drop(text.splice(to..to, part));
        }
        6 => text.truncate(at),
        _ => {
            let bit = choices.below(8);
            text.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << bit);
        }
    }
}

/// The text without white space between its tokens.
pub fn compact(text: &str) -> String {
    tokens(text).concat()
}

/// The text with some white space between all tokens.
pub fn spaced(text: &str, choices: &mut Choices<'_>) -> String {
    let blanks = ["", " ", "\n", "\t\r\n", "                                        "];
    tokens(text).into_iter().fold(String::new(), |out, token| out + choices.pick(&blanks) + token)
}

/// The text with one comma too few or too many, for each place where that may be.
pub fn wrong_commas(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut at = 0;
    for token in tokens(text) {
        at += text[at..].find(token).unwrap();
        let after = at + token.len();
        let insert = |place: usize| format!("{},{}", &text[..place], &text[place..]);
        match token {
            "," => wrong.extend([format!("{}{}", &text[..at], &text[after..]), insert(at)]),
            "{" | "[" => wrong.push(insert(after)),
            "}" | "]" => wrong.push(insert(at)),
            _ => {}
        }
        at = after;
    }
    wrong
}

/// Strings, other scalars, brackets and what stands between them.
fn tokens(mut text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    loop {
        text = text.trim_ascii_start();
        let Some(first) = text.chars().next() else { return tokens };
        let end = match first {
            '"' => string_end(text),
            '{' | '}' | '[' | ']' | ',' | ':' => 1,
            _ => text.find(|c: char| "{}[],: \t\r\n".contains(c)).unwrap_or(text.len()),
        };
        tokens.push(&text[..end]);
        text = &text[end..];
    }
}

/// The length of the string that a text begins with.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
