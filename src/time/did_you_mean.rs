//! Suggestions for a format that is neither a known name nor a strftime pattern.

use super::pattern::TimePattern;
use crate::diagnostic::nearest;

/// The names that a `format` can have.
pub(super) const NAMES: [&str; 5] =
    ["iso8601", "epoch_seconds", "epoch_milliseconds", "epoch_microseconds", "epoch_nanoseconds"];

/// Longest text that gets a suggestion.
const MAX_LEN: usize = 64;

/// The name or the pattern that a text without `%` may be.
pub(super) fn did_you_mean(text: &str) -> Option<String> {
    if text.len() > MAX_LEN {
        return None;
    }
    name(text).map(String::from).or_else(|| translate(text))
}

/// A specifier of other tools (`%L` of Ruby, `%3N` of Splunk, `%i` of MySQL), in chrono's spelling.
pub(super) fn specifier(unknown: &str) -> Option<&'static str> {
    Some(match unknown {
        "%N" => "%f",
        "%L" | "%Q" | "%3N" | "%3Q" => "%3f",
        "%6N" | "%6Q" => "%6f",
        "%9N" | "%9Q" => "%9f",
        "%i" => "%M",
        _ => return None,
    })
}

/// Other words for the formats, in the order of the names.
const WORDS: [&[&str]; 5] = [
    &["iso", "rfc3339", "rfc3339nano", "isodate", "datetime", "isodatetime", "isostring"],
    &["s", "sec", "secs", "second", "seconds"],
    &["ms", "msec", "msecs", "milli", "millis", "millisec", "millisecs", "millisecond", "milliseconds"],
    &["us", "µs", "μs", "usec", "usecs", "micro", "micros", "microsec", "microsecs", "microsecond", "microseconds"],
    &["ns", "nsec", "nsecs", "nano", "nanos", "nanosec", "nanosecs", "nanosecond", "nanoseconds"],
];

/// Words that may surround them. Those in `EPOCH` mean seconds where no other word is left.
const EPOCH: [&str; 4] = ["epoch", "unix", "posix", "timestamp"];
const SURROUNDING: [&str; 3] = ["time", "since", "utc"];

fn name(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|c| c.is_ascii_alphanumeric() || !c.is_ascii());
    let key: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    if key.is_empty() {
        return None;
    }
    let by_word = |word: &str| WORDS.iter().zip(NAMES).find(|(words, _)| words.contains(&word)).map(|(_, name)| name);
    by_word(&key)
        .or_else(|| {
            let rest = EPOCH.iter().fold(key.clone(), |rest, word| rest.replace(word, ""));
            let is_epoch = rest != key;
            let rest = SURROUNDING.iter().fold(rest, |rest, word| rest.replace(word, ""));
            if rest.is_empty() { is_epoch.then_some("epoch_seconds") } else { by_word(&rest) }
        })
        .or_else(|| nearest(text, &NAMES))
}

/// Turns a pattern of letters, as Java, .NET and moment.js write it
/// (`yyyy-MM-dd'T'HH:mm:ss.SSSXXX`), into one for strftime, if all of it is understood.
fn translate(text: &str) -> Option<String> {
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
    TimePattern::parse(&out).ok().map(|_| out)
}

/// The specifier that some number of one letter stands for.
fn letters(letter: char, count: usize) -> Option<&'static str> {
    Some(match (letter, count) {
        ('y' | 'Y' | 'u', 1 | 4) => "%Y",
        ('y' | 'Y' | 'u', 2) => "%y",
        ('M', 1 | 2) => "%m",
        ('M', 3) => "%b",
        ('M', 4) => "%B",
        ('d' | 'D', 1 | 2) => "%d",
        ('E', 1..=3) | ('d', 3) => "%a",
        ('E' | 'd', 4) => "%A",
        ('H' | 'k', 1 | 2) => "%H",
        ('h' | 'K', 1 | 2) => "%I",
        ('m', 1 | 2) => "%M",
        ('s', 1 | 2) => "%S",
        ('S' | 'f' | 'F', 3) => "%3f",
        ('S' | 'f' | 'F', 6) => "%6f",
        ('S' | 'f' | 'F', 9) => "%9f",
        ('a' | 'A', 1) | ('t', 2) => "%p",
        ('X', _) => "%#z",
        ('Z' | 'x', _) | ('z', 2 | 3) => "%z",
        ('T', 1) => "T",
        _ => return None,
    })
}

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
            assert_eq!(did_you_mean(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "-", "HH:mm", "hh:mm yyyy-MM-dd", "auto", "soon", "local", "[", "'"] {
            assert_eq!(did_you_mean(text), None, "{text}");
        }
    }
}
