//! The scanner, the tree and the members held to `serde_json`, on texts of every kind.

#![expect(clippy::string_slice, reason = "what it cuts it has measured")]

use super::Kind;
use super::limits::NESTING;
use super::members::Value;
use super::scan::{SyntaxError, SyntaxErrorKind, check};
use super::tree::{Id, Tree};
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::Value as Serde;
use serde_json::error::Category;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Decisions read from random numbers. Without numbers left it always decides for the first, which is the simplest:
/// so what fails shrinks to something small.
struct Dice<'n>(&'n [u16]);

impl Dice<'_> {
    fn below(&mut self, n: usize) -> usize {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(first) % n
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

fn dice() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..160)
}

const BLANKS: [&str; 6] = ["", " ", "\n", "\r\n\t", "  \t  \n", "                       "];

const NUMBERS: [&str; 20] = [
    "0",
    "1",
    "-0",
    "-1",
    "10",
    "0.0",
    "1.50",
    "-0.001",
    "1e5",
    "1E5",
    "1e+5",
    "1E-05",
    "0e0",
    "123456789012345678901",
    "1.7976931348623157e308",
    "9007199254740993",
    "-12.5e-7",
    "2e308",
    "1e999",
    "5e-400",
];

/// Parts of strings, and their meaning.
const PIECES: [(&str, &str); 20] = [
    ("a", "a"),
    ("b c", "b c"),
    ("0123456789abcdef", "0123456789abcdef"),
    ("é", "é"),
    ("東京", "東京"),
    ("😀", "😀"),
    ("\u{7f}", "\u{7f}"),
    ("\u{2028}", "\u{2028}"),
    ("/", "/"),
    ("\\/", "/"),
    ("\\\"", "\""),
    ("\\\\", "\\"),
    ("\\b\\f\\n\\r\\t", "\u{8}\u{c}\n\r\t"),
    ("\\u0000", "\0"),
    ("\\u00e9", "é"),
    ("\\uFFFF", "\u{ffff}"),
    ("\\ud83d\\ude00", "😀"),
    ("\\uD83D.", "\u{fffd}."),
    ("\\ude00", "\u{fffd}"),
    ("\\ud83d\\u0041", "\u{fffd}A"),
];

/// Tokens, parts of tokens, and what is mistaken for one.
const SOUP: [&str; 36] = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "\"a\":", "\"a\":1", "1", "0", "-", "+", ".", "e", "E5", "true",
    "false", "null", "nul", "True", " ", "\n", "\u{b}", "\u{a0}", "\u{feff}", "\\u", "\\ud800", "\\x", "//", "'",
    "NaN", "Infinity", "é",
];

/// A JSON text. `wild` ones hold what `serde_json` can check but not represent.
fn json(dice: &mut Dice<'_>, depth: usize, wild: bool, out: &mut String) {
    match dice.below(if depth < 6 { 12 } else { 6 }) {
        0 | 1 => string(dice, wild, out),
        2 | 3 => out.push_str(dice.pick(if wild { &NUMBERS } else { &NUMBERS[..NUMBERS.len() - 3] })),
        4 => out.push_str(dice.pick(&["true", "false"])),
        5 => out.push_str("null"),
        6..=8 => listed(dice, "[]", out, |dice, out| json(dice, depth + 1, wild, out)),
        _ => listed(dice, "{}", out, |dice, out| {
            string(dice, wild, out);
            blank(dice, out);
            out.push(':');
            blank(dice, out);
            json(dice, depth + 1, wild, out);
        }),
    }
}

fn listed(dice: &mut Dice<'_>, ends: &str, out: &mut String, mut one: impl FnMut(&mut Dice<'_>, &mut String)) {
    out.push_str(&ends[..1]);
    blank(dice, out);
    for i in 0..dice.below(6) {
        if i > 0 {
            out.push(',');
            blank(dice, out);
        }
        one(dice, out);
        blank(dice, out);
    }
    out.push_str(&ends[1..]);
}

fn blank(dice: &mut Dice<'_>, out: &mut String) {
    out.push_str(dice.pick(&BLANKS));
}

fn string(dice: &mut Dice<'_>, wild: bool, out: &mut String) {
    let pieces = if wild { &PIECES[..] } else { &PIECES[..PIECES.len() - 3] };
    out.push('"');
    for _ in 0..dice.below(5) {
        out.push_str(pieces[dice.below(pieces.len())].0);
    }
    out.push('"');
}

fn whole(dice: &mut Dice<'_>, wild: bool) -> String {
    let mut out = String::new();
    blank(dice, &mut out);
    json(dice, 0, wild, &mut out);
    blank(dice, &mut out);
    out
}

/// Inserts, deletes, replaces, repeats, cuts off, flips.
fn mutate(dice: &mut Dice<'_>, text: &mut Vec<u8>) {
    let at = dice.below(text.len() + 1);
    let end = (at + dice.below(8)).min(text.len());
    let piece = dice.pick(&SOUP).as_bytes();
    match dice.below(7) {
        0 => drop(text.splice(at..at, piece.iter().copied())),
        1 => drop(text.drain(at..end)),
        2 => drop(text.splice(at..end, piece.iter().copied())),
        3 => {
            let part = text[at..end].to_vec();
            let to = dice.below(text.len() + 1);
            drop(text.splice(to..to, part));
        }
        4 => text.truncate(at),
        5 => {
            let bit = dice.below(8);
            text.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << bit);
        }
        _ => text.insert(at, [0, 0x1f, 0x80, 0xc3, 0xed, 0xf0, 0xff, b'"'][dice.below(8)]),
    }
}

fn without_bom(text: &[u8]) -> &[u8] {
    text.strip_prefix(BOM).unwrap_or(text)
}

/// Whether a text is strict JSON in UTF-8, as others see it.
fn is_json(text: &[u8]) -> bool {
    std::str::from_utf8(without_bom(text)).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}

/// How many arrays and objects are at most inside each other, in a text that may break off.
fn nesting(text: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0usize, 0, false, false);
    for &b in text {
        match b {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Checks all properties of one text.
fn agree(text: &[u8]) -> Result<(), TestCaseError> {
    let found = check(text);
    // What is left closed may nest deeper.
    let closed = if nesting(text) < NESTING as usize { "a" } else { "no such key" };
    let tree = Tree::parse(text, closed).map(|_| ());
    prop_assert_eq!(found, tree, "the tree says something else");
    let good = is_json(text);
    let Err(SyntaxError { at, kind }) = found else {
        prop_assert!(good, "accepted, but serde_json refuses it");
        prop_assert!(nesting(text) <= NESTING as usize, "accepted, but too deep");
        return Ok(());
    };
    prop_assert!(
        !good || kind == SyntaxErrorKind::Depth,
        "refused at {} for {:?}, but serde_json accepts it",
        at,
        kind
    );
    prop_assert!(at <= text.len(), "the error is outside the text");
    prop_assert_eq!(kind == SyntaxErrorKind::Depth, nesting(&text[..(at + 1).min(text.len())]) > NESTING as usize);
    could_go_on(without_bom(&text[..at]), kind)
}

/// Up to the error the text could still become JSON.
fn could_go_on(before: &[u8], kind: SyntaxErrorKind) -> Result<(), TestCaseError> {
    let before = String::from_utf8_lossy(before);
    // `serde_json` makes no difference between a number that breaks off and a wrong one.
    let before = match kind {
        SyntaxErrorKind::Number | SyntaxErrorKind::End => {
            before.trim_end_matches(|c: char| c.is_ascii_digit() || "+-.eE".contains(c))
        }
        _ => &before,
    };
    let category = serde_json::from_str::<IgnoredAny>(before).map_err(|e| e.classify());
    prop_assert!(matches!(category, Ok(_) | Err(Category::Eof)), "the text was wrong before the error: {}", before);
    Ok(())
}

/// Every alignment of the text to the blocks of the scanner.
fn agree_everywhere(text: &[u8]) -> Result<(), TestCaseError> {
    let mut padded = vec![b' '; 40];
    padded.extend_from_slice(text);
    for from in 0..=40 {
        agree(&padded[from..])?;
    }
    agree(&[BOM, text].concat())
}

/// A value of the tree as `serde_json` has it.
fn of_tree(tree: &Tree<'_>, id: Id) -> Serde {
    match tree.kind(id) {
        Kind::Null => Serde::Null,
        Kind::Bool => Serde::Bool(tree.boolean(id).unwrap()),
        Kind::Number => serde_json::from_slice(tree.raw(id)).unwrap(),
        Kind::String => Serde::String(tree.string(id).unwrap().into_owned()),
        Kind::Array => tree.items(id).iter().map(|&item| of_tree(tree, item)).collect(),
        Kind::Object => Serde::Object(tree.entries(id).map(|e| (e.key.into_owned(), of_tree(tree, e.value))).collect()),
    }
}

/// A value walked through as `serde_json` has it.
fn of_value(value: &Value<'_>) -> Serde {
    match value.kind {
        Kind::Null => Serde::Null,
        Kind::Bool => Serde::Bool(value.raw() == b"true"),
        Kind::Number => serde_json::from_slice(value.raw()).unwrap(),
        Kind::String => Serde::String(value.text().into_owned()),
        Kind::Array => value.items().map(|item| of_value(&item)).collect(),
        Kind::Object => {
            let mut repeated = 0;
            let live = value.unique_members(&mut |_| repeated += 1);
            assert_eq!(live.len() + repeated, value.members().count());
            let last: serde_json::Map<_, _> =
                value.members().map(|m| (m.key.text().into_owned(), of_value(&m.value))).collect();
            assert_eq!(live.len(), last.len(), "a key is alive twice");
            Serde::Object(live.iter().map(|m| (m.key.text().into_owned(), of_value(&m.value))).collect())
        }
    }
}

/// The values that are read, where `serde_json` can represent them.
fn same_values(text: &[u8]) -> Result<bool, TestCaseError> {
    let Ok(expected) = serde_json::from_slice::<Serde>(without_bom(text)) else { return Ok(false) };
    let tree = Tree::parse(text, "the key of nothing").unwrap();
    prop_assert_eq!(of_tree(&tree, tree.root()), expected.clone());
    let value = Value::at(text, tree.span(tree.root()).start).unwrap();
    prop_assert_eq!(value.start..value.end, tree.span(tree.root()));
    prop_assert_eq!(of_value(&value), expected);
    Ok(true)
}

proptest! {
    #[test]
    fn json_is_accepted(numbers in dice()) {
        let text = whole(&mut Dice(&numbers), true);
        prop_assert!(is_json(text.as_bytes()), "{}", text);
        agree_everywhere(text.as_bytes())?;
    }

    #[test]
    fn json_is_read(numbers in dice()) {
        let text = whole(&mut Dice(&numbers), false);
        prop_assert!(same_values(text.as_bytes())?, "{}", text);
        prop_assert!(same_values(&[BOM, text.as_bytes()].concat())?);
    }

    #[test]
    fn mutated_json_is_judged_alike(numbers in dice(), mutations in dice()) {
        let mut text = whole(&mut Dice(&numbers), true).into_bytes();
        let mut dice = Dice(&mutations);
        for _ in 0..4 {
            mutate(&mut dice, &mut text);
            agree_everywhere(&text)?;
            same_values(&text)?;
        }
    }

    #[test]
    fn token_soup_is_judged_alike(numbers in prop::collection::vec(any::<u16>(), 0..24)) {
        let mut dice = Dice(&numbers);
        let soup: String = numbers.iter().map(|_| dice.pick(&SOUP)).collect();
        agree_everywhere(soup.as_bytes())?;
        agree_everywhere(format!("[{soup}]").as_bytes())?;
        agree_everywhere(format!("{{\"a\":{soup}}}").as_bytes())?;
    }

    #[test]
    fn random_bytes_are_judged_alike(bytes in prop::collection::vec(any::<u8>(), 0..60), ascii: bool) {
        let bytes: Vec<u8> = bytes.iter().map(|&b| if ascii { b & 0x7f } else { b }).collect();
        agree_everywhere(&bytes)?;
        agree_everywhere(&[b"[\"", &bytes[..], b"\"]"].concat())?;
    }

    #[test]
    fn numbers_are_judged_alike(number in "[-+]{0,2}[0-9]{0,3}(\\.[0-9]{0,3})?([eE][-+]?[0-9]{0,3})?", then in "[,\\] x]{0,2}") {
        agree_everywhere(number.as_bytes())?;
        agree_everywhere(format!("[{number}{then}").as_bytes())?;
    }

    #[test]
    fn strings_are_read(numbers in dice()) {
        let mut dice = Dice(&numbers);
        let pieces: Vec<_> = numbers.iter().map(|_| PIECES[dice.below(PIECES.len())]).collect();
        let (raw, text): (String, String) = pieces.into_iter().unzip();
        let quoted = format!("\"{raw}\"");
        let tree = Tree::parse(quoted.as_bytes(), "").unwrap();
        prop_assert_eq!(tree.string(tree.root()).unwrap(), text.as_str());
        prop_assert_eq!(Value::at(quoted.as_bytes(), 0).unwrap().text(), text);
    }

    #[test]
    fn nesting_ends_at_the_limit(kinds in prop::collection::vec(any::<bool>(), 120..136), numbers in dice(), cut in 0usize..300) {
        let inside = whole(&mut Dice(&numbers), true);
        let opened: String = kinds.iter().map(|&array| if array { "[" } else { "{\"a\": " }).collect();
        let closed: String = kinds.iter().rev().map(|&array| if array { "]" } else { "}" }).collect();
        let text = format!("{opened}{inside}{closed}");
        agree(text.as_bytes())?;
        agree(&text.as_bytes()[..cut.min(text.len())])?;
    }
}

#[test]
fn a_million_levels_are_refused_and_not_followed() {
    for open in ["[", "{\"a\":", "[{\"\":[[ "] {
        let text = open.repeat(1_000_000);
        assert_eq!(check(text.as_bytes()).err().map(|error| error.kind), Some(SyntaxErrorKind::Depth));
        assert_eq!(Tree::parse(text.as_bytes(), "").err().map(|error| error.kind), Some(SyntaxErrorKind::Depth));
    }
}
