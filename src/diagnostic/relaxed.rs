//! Text in the syntax of other languages, and the edits that turn it into JSON.
//!
//! The reader knows tokens, not the grammar. Its edits are offered only if they make the text valid JSON.

use super::Fix;
use super::edit::ByteEdit;
use crate::json::scan::check;
use core::ops::Range;
use std::borrow::Cow;

/// Longest text, in bytes, for which edits are made.
const TEXT_BYTES: usize = 1 << 20;

/// Most edits; more become one edit of all that is between the first and the last.
const EDITS: usize = 200;

/// Longest `{{variable}}`, in bytes.
const VARIABLE_BYTES: usize = 100;

// What was found in the text.
pub(super) const COMMENTS: u16 = 1;
pub(super) const COMMAS: u16 = 1 << 1;
pub(super) const QUOTES: u16 = 1 << 2;
pub(super) const ESCAPES: u16 = 1 << 3;
pub(super) const KEYS: u16 = 1 << 4;
pub(super) const WORDS: u16 = 1 << 5;
pub(super) const NULLS: u16 = 1 << 6;
pub(super) const VARIABLES: u16 = 1 << 7;
pub(super) const TUPLES: u16 = 1 << 8;
/// Words that only Python writes.
pub(super) const PYTHON: u16 = 1 << 9;
/// Words that only JavaScript writes.
pub(super) const SCRIPT: u16 = 1 << 10;
/// Line ends, tabs and other control characters as they are in a string.
pub(super) const CONTROLS: u16 = 1 << 11;

/// What one edit does, and what several do, in the order in which titles name it.
static TITLES: &[(u16, &str, &str)] = &[
    (COMMENTS, "remove the comment", "remove the comments"),
    (COMMAS, "remove the comma", "remove the commas before `}` and `]`"),
    (KEYS, "write the key in double quotes", "write the keys in double quotes"),
    (QUOTES, "write a double quote", "write double quotes"),
    (ESCAPES, "write the escape of JSON", "write the escapes of JSON"),
    (CONTROLS, "escape the control character", "escape the control characters"),
    (WORDS, "write the word of JSON", "write `true`, `false` and `null`"),
    (NULLS, "write `null`", "write `null` for what JSON cannot express"),
    (TUPLES, "write an array", "write arrays in `[` `]`"),
    (VARIABLES, "write the variable as text", "write the variables as text"),
];

/// Words of other languages, their replacement in JSON, and what they reveal.
static OTHER_WORDS: &[(&str, &str, u16)] = &[
    ("True", "true", WORDS | PYTHON),
    ("False", "false", WORDS | PYTHON),
    ("None", "null", WORDS | PYTHON),
    ("TRUE", "true", WORDS),
    ("FALSE", "false", WORDS),
    ("NULL", "null", WORDS),
    ("Null", "null", WORDS),
    ("undefined", "null", WORDS | SCRIPT),
    ("NaN", "null", NULLS),
    ("nan", "null", NULLS | PYTHON),
    ("Infinity", "null", NULLS),
    ("inf", "null", NULLS | PYTHON),
];

/// The fix of a text that is nearly JSON, and what was found in it. `None` if no edits make it valid.
pub(super) fn fix(text: &[u8]) -> Option<(Fix, u16)> {
    let text = core::str::from_utf8(text).ok().filter(|text| text.len() <= TEXT_BYTES)?;
    let mut reader = RelaxedReader { text: text.as_bytes(), at: 0, before: 0, found: 0, edited: EditedText::default() };
    reader.read(text)?;
    let RelaxedReader { edited, found, .. } = reader;
    let edits = edited.into_edits(text)?;
    let mut titles: Vec<&str> = Vec::new();
    for (bit, one, several) in TITLES {
        if found & bit != 0 {
            titles.push(if edits.len() == 1 { one } else { several });
        }
    }
    let title = match titles.split_last() {
        Some((last, rest)) if !rest.is_empty() => Cow::Owned([&rest.join(", "), " and ", last].concat()),
        Some((only, _)) => Cow::Borrowed(*only),
        None => return None,
    };
    Some((Fix { title, edits }, found))
}

/// Whether a `{{variable}}` begins here, as Postman and templates have them, and its length.
pub(super) fn variable(text: &[u8]) -> Option<usize> {
    let inside = text.strip_prefix(b"{{")?;
    let length = inside.iter().take(VARIABLE_BYTES).position(|b| matches!(b, b'{' | b'}' | b'"' | b'\n'))?;
    (length > 0 && inside.get(length..)?.starts_with(b"}}")).then_some(length + 4)
}

/// The text with the edits so far, and the edits.
#[derive(Default)]
struct EditedText {
    text: String,
    /// How much of the original is in `text`, or replaced.
    copied: usize,
    edits: Vec<ByteEdit>,
    /// From the first edit to the last, in the original and in `text`.
    all: Option<(Range<usize>, Range<usize>)>,
}

impl EditedText {
    fn replace(&mut self, original: &str, range: Range<usize>, new: &str) {
        self.text.push_str(original.get(self.copied..range.start).unwrap_or_default());
        let start = self.text.len();
        self.text.push_str(new);
        let (from, to) = self.all.get_or_insert((range.clone(), start..start));
        (from.end, to.end) = (range.end, self.text.len());
        self.copied = range.end;
        if self.edits.len() <= EDITS {
            self.edits.push((range, new.to_owned().into()));
        }
    }

    /// The edits, if they make JSON.
    fn into_edits(mut self, original: &str) -> Option<Vec<ByteEdit>> {
        self.text.push_str(original.get(self.copied..).unwrap_or_default());
        check(self.text.as_bytes()).ok()?;
        if self.edits.len() <= EDITS {
            return Some(self.edits);
        }
        let (from, to) = self.all?;
        Some(vec![(from, self.text.get(to)?.to_owned().into())])
    }
}

struct RelaxedReader<'t> {
    text: &'t [u8],
    at: usize,
    /// The last byte that was neither white space nor part of a comment; 0 at the beginning.
    before: u8,
    found: u16,
    edited: EditedText,
}

impl RelaxedReader<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(0)
    }

    fn rest(&self, at: usize) -> &[u8] {
        self.text.get(at..).unwrap_or_default()
    }

    /// Reads all tokens. `None` if no edits can make JSON of them.
    fn read(&mut self, text: &str) -> Option<()> {
        self.at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        while self.at < self.text.len() {
            let start = self.at;
            let byte = self.byte(start);
            let mut last = byte;
            if byte <= b' ' {
                self.at += 1;
                continue;
            }
            if let Some(end) = self.comment_end(start) {
                self.replace_to(text, end, "", COMMENTS);
                continue;
            }
            if let Some(length) = variable(self.rest(start)) {
                let raw = text.get(start..start + length)?;
                let new =
                    if self.before == 0 { String::new() } else { ["\"", &raw.replace('\\', "\\\\"), "\""].concat() };
                self.replace_to(text, start + length, &new, VARIABLES);
                // In front of the text it is not a value.
                self.before = if self.before == 0 { 0 } else { b'"' };
                continue;
            }
            match byte {
                b',' if matches!(self.byte(self.skip_whitespace_and_comments(start + 1)), b'}' | b']' | b')') => {
                    self.replace_to(text, start + 1, "", COMMAS);
                }
                b'(' => self.replace_to(text, start + 1, "[", TUPLES | PYTHON),
                b')' => self.replace_to(text, start + 1, "]", TUPLES | PYTHON),
                b'"' | b'\'' | 0xe2 => last = self.string(text, start)?,
                b'-' if self.byte(start + 1).is_ascii_alphabetic() => self.word(text, start, start + 1)?,
                _ if is_name(byte) && !byte.is_ascii_digit() => {
                    if matches!(self.byte(start + 1), b'\'' | b'"') && matches!(byte, b'u' | b'b') {
                        // Prefixes of Python.
                        self.replace_to(text, start + 1, "", QUOTES | PYTHON);
                        last = self.before;
                    } else {
                        self.word(text, start, start)?;
                    }
                }
                _ => {
                    let length =
                        self.rest(start + 1).iter().take_while(|&&b| is_name(b) || matches!(b, b'.' | b'+' | b'-'));
                    // All of a number; anything else is left to the scanner.
                    self.at += 1 + if byte.is_ascii_digit() { length.count() } else { 0 };
                }
            }
            self.before = last;
        }
        Some(())
    }

    /// Replaces the text from here to `end`.
    fn replace_to(&mut self, text: &str, end: usize, new: &str, found: u16) {
        self.found |= found;
        self.edited.replace(text, self.at..end, new);
        self.at = end;
    }

    /// The end of the comment that begins here.
    fn comment_end(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let line = || at + rest.iter().position(|&b| b == b'\n' || b == b'\r').unwrap_or(rest.len());
        match (self.byte(at), self.byte(at + 1)) {
            (b'/', b'/') | (b'#', _) => Some(line()),
            (b'/', b'*') => {
                // One that does not end takes the rest of the text.
                let inside = rest.get(2..).unwrap_or_default();
                Some(inside.windows(2).position(|pair| pair == b"*/").map_or(self.text.len(), |end| at + 4 + end))
            }
            _ => None,
        }
    }

    /// The next place that is neither white space nor in a comment.
    fn skip_whitespace_and_comments(&self, mut at: usize) -> usize {
        loop {
            at += self.rest(at).iter().take_while(|&&b| b > 0 && b <= b' ').count();
            match self.comment_end(at) {
                Some(end) => at = end,
                None => return at,
            }
        }
    }

    /// Reads a word from `start` on, whose letters begin at `letters`.
    fn word(&mut self, text: &str, start: usize, letters: usize) -> Option<()> {
        let end = letters + self.rest(letters).iter().take_while(|&&b| is_name(b)).count();
        let word = text.get(letters..end)?;
        if matches!(self.before, b'{' | b',') && self.byte(self.skip_whitespace_and_comments(end)) == b':' {
            let key = ["\"", text.get(start..end)?, "\""].concat();
            self.replace_to(text, end, &key, KEYS | SCRIPT);
            return Some(());
        }
        match OTHER_WORDS.iter().find(|(other, _, _)| *other == word) {
            Some((_, new, found)) => self.replace_to(text, end, new, *found),
            None => self.at = end,
        }
        Some(())
    }

    /// Reads a string in any kind of quotes. Gives its last byte as JSON has it.
    fn string(&mut self, text: &str, start: usize) -> Option<u8> {
        let opening = text.get(start..)?.chars().next()?;
        let closing: &[char] = match opening {
            '"' => &['"'],
            '\'' => &['\''],
            '“' | '”' | '„' | '‟' => &['“', '”'],
            '‘' | '’' | '‚' | '‛' => &['‘', '’'],
            // Some other character.
            _ => {
                self.at += opening.len_utf8();
                return Some(0xe2);
            }
        };
        let is_json = opening == '"';
        self.at = start;
        if !is_json {
            self.replace_to(text, start + opening.len_utf8(), "\"", QUOTES);
        } else {
            self.at += 1;
        }
        loop {
            let c = text.get(self.at..)?.chars().next()?;
            let after = self.at + c.len_utf8();
            if closing.contains(&c) {
                if is_json {
                    self.at = after
                } else {
                    self.replace_to(text, after, "\"", 0)
                }
                return Some(b'"');
            }
            match c {
                '"' => self.replace_to(text, after, "\\\"", 0),
                '\\' => self.escape(text),
                '\n' => self.replace_to(text, after, "\\n", CONTROLS),
                '\r' => self.replace_to(text, after, "\\r", CONTROLS),
                '\t' => self.replace_to(text, after, "\\t", CONTROLS),
                '\0'..='\u{1f}' => {
                    let escape = format!("\\u{:04x}", u32::from(c));
                    self.replace_to(text, after, &escape, CONTROLS);
                }
                _ => self.at = after,
            }
        }
    }

    /// Reads an escape. Those of Python and JavaScript that JSON does not have are replaced.
    fn escape(&mut self, text: &str) {
        let at = self.at;
        let new: Cow<'static, str> = match self.byte(at + 1) {
            b'\'' => "'".into(),
            b'a' => "\\u0007".into(),
            b'v' => "\\u000b".into(),
            b'x' => match text.get(at + 2..at + 4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit())) {
                Some(digits) => {
                    let new = ["\\u00", digits].concat();
                    return self.replace_to(text, at + 4, &new, ESCAPES);
                }
                None => return self.at += 2,
            },
            // The scanner checks all others.
            next => return self.at += if next.is_ascii() { 2 } else { 1 },
        };
        self.replace_to(text, at + 2, &new, ESCAPES);
    }
}

fn is_name(byte: u8) -> bool {
    byte == b'_' || byte == b'$' || byte.is_ascii_alphanumeric()
}
