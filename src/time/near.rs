//! Guesses what somebody meant who wrote neither one of our names nor a strftime pattern.

use super::pattern::Pattern;
use crate::diagnostic::nearest;

/// The names that a `format` can have.
pub(super) const NAMES: [&str; 5] =
    ["iso8601", "epoch_seconds", "epoch_milliseconds", "epoch_microseconds", "epoch_nanoseconds"];

/// Longer text is neither a misspelt name nor worth the comparison.
const MAX_LEN: usize = 64;

/// The name or the pattern that a text without `%` most likely stands for.
pub(super) fn meant(text: &str) -> Option<String> {
    if text.len() > MAX_LEN {
        return None;
    }
    name(text).map(String::from).or_else(|| translated(text))
}

/// A specifier of other tools (`%L` of Ruby, `%3N` of Splunk, `%i` of MySQL), in chrono's spelling.
pub(super) fn specifier(unknown: &str) -> Option<&'static str> {
    const THEIRS: [&str; 5] = ["%N", "%L %Q %3N %3Q", "%6N %6Q", "%9N %9Q", "%i"];
    const OURS: [&str; 5] = ["%f", "%3f", "%6f", "%9f", "%M"];
    OURS.get(row(&THEIRS, unknown)?).copied()
}

/// The words for a format, in the order of the names.
const WORDS: [&str; 5] = [
    "iso rfc3339 rfc3339nano isodate datetime isodatetime isostring",
    "s sec secs second seconds",
    "ms msec msecs milli millis millisec millisecs millisecond milliseconds",
    "us µs μs usec usecs micro micros microsec microsecs microsecond microseconds",
    "ns nsec nsecs nano nanos nanosec nanosecs nanosecond nanoseconds",
];

/// What may stand around the words. The first ones mean seconds where there is nothing else.
const AROUND: [&str; 7] = ["epoch", "unix", "posix", "timestamp", "time", "since", "utc"];
const EPOCH_WORDS: usize = 4;

#[inline(never)]
fn name(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|c| c.is_ascii_alphanumeric() || !c.is_ascii());
    let mut key: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    if key.is_empty() {
        return None;
    }
    let mut found = row(&WORDS, &key);
    if found.is_none() {
        let mut is_epoch = false;
        for (index, word) in AROUND.iter().enumerate() {
            is_epoch |= remove(&mut key, word) && index < EPOCH_WORDS;
        }
        if key.is_empty() {
            return is_epoch.then_some("epoch_seconds");
        }
        found = row(&WORDS, &key);
    }
    match found {
        Some(index) => NAMES.get(index).copied(),
        None => nearest(text, &NAMES),
    }
}

/// Which of the rows has the word, in any case; a row is words with a space between them. As data: compiled, so many
/// comparisons would be some kilobytes.
#[inline(never)]
pub(super) fn row(rows: &[&str], word: &str) -> Option<usize> {
    let is_word = |known: &[u8]| same(known, word.as_bytes());
    rows.iter().position(|words| words.as_bytes().split(|byte| *byte == b' ').any(is_word))
}

/// Whether two texts differ in ASCII case at most. The standard library's comparison is made for long texts, and is
/// several times as large wherever it is used.
#[inline(never)]
pub(super) fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.eq_ignore_ascii_case(b))
}

/// Takes every occurrence of `word` out of `text`; true when there was one.
#[inline(never)]
fn remove(text: &mut String, word: &str) -> bool {
    let before = text.len();
    while let Some(at) = text.as_bytes().windows(word.len()).position(|part| part == word.as_bytes()) {
        text.drain(at..at + word.len());
    }
    text.len() < before
}

/// Turns a pattern of letters, as Java, .NET and moment.js write it
/// (`yyyy-MM-dd'T'HH:mm:ss.SSSXXX`), into one for strftime, if all of it is understood.
#[inline(never)]
fn translated(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(close) = match c {
            '\'' => Some('\''),
            '[' => Some(']'),
            _ => None,
        } {
            out.extend(chars.by_ref().take_while(|c| *c != close));
            continue;
        }
        if !c.is_ascii_alphabetic() {
            out.push(c);
            continue;
        }
        let mut count = 1;
        while chars.next_if_eq(&c).is_some() {
            count += 1;
        }
        if matches!(c, 'S' | 'f' | 'F' | 'n') && out.ends_with('.') {
            // `%.f` brings its own point.
            out.pop();
            out.push_str("%.f");
        } else {
            out.push_str(letters(c, count)?);
        }
    }
    Pattern::parse(&out).ok().map(|_| out)
}

#[inline(never)]
fn letters(letter: char, count: usize) -> Option<&'static str> {
    let is_it = |known: &str, least, most| (least..=most).contains(&count) && known.chars().any(|c| c == letter);
    let (.., meant) = LETTERS.iter().find(|(known, least, most, _)| is_it(known, *least, *most))?;
    Some(meant)
}

/// Letters, the least and the most of one of them that may stand in a row, and what that means.
static LETTERS: [(&str, usize, usize, &str); 23] = [
    ("yYu", 1, 1, "%Y"),
    ("yYu", 4, 4, "%Y"),
    ("yYu", 2, 2, "%y"),
    ("M", 1, 2, "%m"),
    ("M", 3, 3, "%b"),
    ("M", 4, 4, "%B"),
    ("dD", 1, 2, "%d"),
    ("E", 1, 3, "%a"),
    ("d", 3, 3, "%a"),
    ("Ed", 4, 4, "%A"),
    ("Hk", 1, 2, "%H"),
    ("hK", 1, 2, "%I"),
    ("m", 1, 2, "%M"),
    ("s", 1, 2, "%S"),
    ("SfF", 3, 3, "%3f"),
    ("SfF", 6, 6, "%6f"),
    ("SfF", 9, 9, "%9f"),
    ("aA", 1, 1, "%p"),
    ("t", 2, 2, "%p"),
    ("X", 1, MAX_LEN, "%#z"),
    ("Zx", 1, MAX_LEN, "%z"),
    ("z", 2, 3, "%z"),
    ("T", 1, 1, "T"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_patterns() {
        let cases = [
            ("epoch_millis", "epoch_milliseconds"),
            ("epoch-ms", "epoch_milliseconds"),
            ("EPOCH_MILLISECONDS", "epoch_milliseconds"),
            ("utc-millisec", "epoch_milliseconds"),
            ("unix_ms", "epoch_milliseconds"),
            ("milliseconds since epoch", "epoch_milliseconds"),
            ("unix", "epoch_seconds"),
            ("unix timestamp", "epoch_seconds"),
            ("epoch", "epoch_seconds"),
            ("seconds", "epoch_seconds"),
            ("epoch_secodns", "epoch_seconds"),
            ("µs", "epoch_microseconds"),
            ("epoch_ns", "epoch_nanoseconds"),
            ("ISO8601", "iso8601"),
            ("ISO 8601", "iso8601"),
            ("iso-8061", "iso8601"),
            ("rfc3339", "iso8601"),
            ("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "%Y-%m-%dT%H:%M:%S%.f%#z"),
            ("YYYY-MM-DD[T]HH:mm:ssZ", "%Y-%m-%dT%H:%M:%S%z"),
            ("dd/MM/yyyy HH:mm:ss,SSS", "%d/%m/%Y %H:%M:%S,%3f"),
            ("MM/dd/yy hh:mm a", "%m/%d/%y %I:%M %p"),
            ("EEE MMM d HH:mm:ss yyyy", "%a %b %d %H:%M:%S %Y"),
        ];
        for (text, expected) in cases {
            assert_eq!(meant(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "-", "HH:mm", "hh:mm yyyy-MM-dd", "auto", "soon", "local", "[", "'"] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
