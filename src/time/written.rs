//! Infers the strftime pattern of a written time.

use super::pattern::TimePattern;

/// Longest text that is a time.
const MAX_LEN: usize = 64;

/// Month names as they are written in full, and weekdays. Of each the first three letters are its short form.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The patterns in which a text may be written: two where the day and the month can be either way round.
///
/// A year of two digits could be any of the three numbers, and the name of a zone is only taken where it means UTC, so
/// with others there is none.
pub(super) fn patterns(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.len() > MAX_LEN || !text.is_ascii() {
        return found;
    }
    for day_first in [true, false] {
        let pattern = Inference::new(text, day_first).pattern();
        found.extend(pattern.filter(|pattern| !found.contains(pattern) && TimePattern::parse(pattern).is_ok()));
    }
    found
}

/// A part of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DateToken<'t> {
    Digits(&'t str),
    Letters(&'t str),
    /// One character, and for white space all of it.
    Other(char),
}

/// What can be in one token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Space,
    Other,
}

fn class(byte: u8) -> Class {
    match byte {
        b'0'..=b'9' => Class::Digit,
        b'A'..=b'Z' | b'a'..=b'z' => Class::Letter,
        b' ' | b'\t' | b'\n' | b'\r' => Class::Space,
        _ => Class::Other,
    }
}

/// The tokens of ASCII text.
fn tokens(text: &str) -> Vec<DateToken<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_ascii();
    while let Some(&first) = rest.as_bytes().first() {
        let kind = class(first);
        let more = rest.bytes().skip(1).take_while(|byte| class(*byte) == kind && kind != Class::Other).count();
        let (token, after) = rest.split_at_checked(1 + more).unwrap_or((rest, ""));
        tokens.push(match kind {
            Class::Digit => DateToken::Digits(token),
            Class::Letter => DateToken::Letters(token),
            Class::Space => DateToken::Other(' '),
            Class::Other => DateToken::Other(char::from(first)),
        });
        rest = after;
    }
    tokens
}

/// The fields that a pattern has so far.
#[derive(Default)]
struct Fields {
    year: bool,
    month: bool,
    day: bool,
    hour: bool,
    minute: bool,
    second: bool,
    fraction: bool,
    zone: bool,
}

impl Fields {
    fn has_date(&self) -> bool {
        self.year && self.month && self.day
    }
}

struct Inference<'t> {
    tokens: Vec<DateToken<'t>>,
    day_first: bool,
    has_month_name: bool,
    has_half_days: bool,
    fields: Fields,
    out: String,
}

impl<'t> Inference<'t> {
    fn new(text: &'t str, day_first: bool) -> Inference<'t> {
        let tokens = tokens(text);
        let has = |is_one: fn(&str) -> bool| {
            tokens.iter().any(|token| matches!(token, DateToken::Letters(word) if is_one(word)))
        };
        let has_month_name = has(|word| named(word, &MONTHS).is_some());
        let has_half_days = has(is_half_day);
        Inference { tokens, day_first, has_month_name, has_half_days, fields: Fields::default(), out: String::new() }
    }

    fn pattern(mut self) -> Option<String> {
        let mut at = 0;
        while let Some(token) = self.tokens.get(at).copied() {
            at += match token {
                DateToken::Digits(digits) => {
                    self.digits(digits, at)?;
                    1
                }
                DateToken::Letters(word) => {
                    self.word(word)?;
                    1
                }
                DateToken::Other(sign) => match self.offset(sign, at) {
                    Some(length) => length,
                    None => {
                        self.literal(sign)?;
                        1
                    }
                },
            };
        }
        Some(self.out)
    }

    fn literal(&mut self, c: char) -> Option<()> {
        (c != '%').then(|| self.out.push(c))
    }

    fn before(&self, at: usize) -> Option<DateToken<'t>> {
        self.tokens.get(at.checked_sub(1)?).copied()
    }

    fn digits(&mut self, digits: &str, at: usize) -> Option<()> {
        let follows_colon = self.before(at) == Some(DateToken::Other(':'));
        let begins_time = self.tokens.get(at + 1) == Some(&DateToken::Other(':'));
        let is_time = self.fields.has_date()
            || (self.fields.hour && follows_colon)
            || (!self.fields.hour && begins_time && digits.len() <= 2);
        let specifiers = if is_time { self.time_of_day(digits.len(), at) } else { self.date(digits) };
        self.out.push_str(specifiers?);
        Some(())
    }

    fn date(&mut self, digits: &str) -> Option<&'static str> {
        let Fields { year, month, day, .. } = self.fields;
        let is_empty = !year && !month && !day;
        let (field, specifier) = match digits.len() {
            8 | 12 | 14 | 17 if is_empty => {
                let has_time = digits.len() > 8;
                let has_second = digits.len() > 12;
                self.fields = Fields {
                    year: true,
                    month: true,
                    day: true,
                    hour: has_time,
                    minute: has_time,
                    second: has_second,
                    fraction: digits.len() == 17,
                    zone: false,
                };
                return Some(match digits.len() {
                    8 => "%Y%m%d",
                    12 => "%Y%m%d%H%M",
                    14 => "%Y%m%d%H%M%S",
                    _ => "%Y%m%d%H%M%S%3f",
                });
            }
            4 if !year => (&mut self.fields.year, "%Y"),
            1 | 2 if month && !day => (&mut self.fields.day, "%d"),
            1 | 2 if !month && (day || year) && !self.has_month_name => (&mut self.fields.month, "%m"),
            1 | 2 if !month && !day && (self.has_month_name || self.day_first) => (&mut self.fields.day, "%d"),
            1 | 2 if !month && !day => (&mut self.fields.month, "%m"),
            _ => return None,
        };
        *field = true;
        Some(specifier)
    }

    fn time_of_day(&mut self, length: usize, at: usize) -> Option<&'static str> {
        let fields = &mut self.fields;
        let (field, specifier) = match length {
            4 | 6 | 9 if !fields.hour && !self.has_half_days => {
                fields.hour = true;
                fields.minute = true;
                fields.second = length > 4;
                fields.fraction = length > 6;
                return Some(match length {
                    4 => "%H%M",
                    6 => "%H%M%S",
                    _ => "%H%M%S%3f",
                });
            }
            1 | 2 if !fields.hour => (&mut fields.hour, if self.has_half_days { "%I" } else { "%H" }),
            2 if !fields.minute => (&mut fields.minute, "%M"),
            2 if !fields.second => (&mut fields.second, "%S"),
            _ if fields.second && !fields.fraction => {
                fields.fraction = true;
                let is_before = |c| self.tokens.get(at.wrapping_sub(1)) == Some(&DateToken::Other(c));
                return match length {
                    1..=9 if is_before('.') => {
                        // The specifier brings its own point.
                        self.out.pop();
                        Some("%.f")
                    }
                    3 if is_before(',') || is_before(':') => Some("%3f"),
                    6 if is_before(',') => Some("%6f"),
                    9 if is_before(',') => Some("%9f"),
                    _ => None,
                };
            }
            _ => return None,
        };
        *field = true;
        Some(specifier)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let fields = &mut self.fields;
        if let Some(is_short) = named(word, &MONTHS) {
            let is_new = !core::mem::replace(&mut fields.month, true);
            self.out.push_str(if is_short { "%b" } else { "%B" });
            return is_new.then_some(());
        }
        if let Some(is_short) = named(word, &WEEKDAYS) {
            self.out.push_str(if is_short { "%a" } else { "%A" });
            return Some(());
        }
        match word {
            _ if is_half_day(word) && fields.hour => self.out.push_str("%p"),
            "T" | "t" if fields.has_date() && !fields.hour => self.out.push_str(word),
            "Z" | "z" if fields.minute && !fields.zone => {
                fields.zone = true;
                self.out.push_str("%z");
            }
            // An offset may follow.
            "UTC" | "GMT" if fields.minute && !fields.zone => self.out.push_str(word),
            "at" => self.out.push_str(word),
            _ => return None,
        }
        Some(())
    }

    /// The number of tokens of an offset such as `+02:00` that begins with this sign. Adds its specifier.
    fn offset(&mut self, sign: char, at: usize) -> Option<usize> {
        let fields = &self.fields;
        let may_follow = fields.has_date() || self.before(at) == Some(DateToken::Other(' '));
        if !matches!(sign, '+' | '-') || !fields.minute || fields.zone || !may_follow {
            return None;
        }
        let length = |at: usize| match self.tokens.get(at) {
            Some(DateToken::Digits(digits)) => digits.len(),
            _ => 0,
        };
        let tokens = match (length(at + 1), self.tokens.get(at + 2)) {
            (4, _) => 2,
            (2, Some(DateToken::Other(':'))) if length(at + 3) == 2 => 4,
            _ => return None,
        };
        self.fields.zone = true;
        self.out.push_str("%z");
        Some(tokens)
    }
}

/// Whether a word is one of these names, and then whether it is the short form.
fn named(word: &str, names: &[&str]) -> Option<bool> {
    let is_short = word.len() == 3;
    let fits = |name: &&str| {
        let form = if is_short { name.get(..3).unwrap_or_default() } else { name };
        form.eq_ignore_ascii_case(word)
    };
    names.iter().any(fits).then_some(is_short)
}

fn is_half_day(word: &str) -> bool {
    word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_657_051_165;
    const MINUTE: i64 = 1_657_051_140;
    const DAY: i64 = 1_656_979_200;

    #[test]
    fn one_pattern_reads_it() {
        let cases = [
            ("2022-07-05 19:59:25 UTC", "%Y-%m-%d %H:%M:%S UTC", SECOND),
            ("2022-07-05T19:59:25 UTC", "%Y-%m-%dT%H:%M:%S UTC", SECOND),
            ("2022-07-05 19:59:25 GMT", "%Y-%m-%d %H:%M:%S GMT", SECOND),
            ("2022-07-05 19:59:25 Z", "%Y-%m-%d %H:%M:%S %z", SECOND),
            ("2022-07-05 21:59:25 +0200", "%Y-%m-%d %H:%M:%S %z", SECOND),
            ("2022-07-05 14:59:25.661 -05:00", "%Y-%m-%d %H:%M:%S%.f %z", SECOND),
            ("2022-07-05 21:59:25 UTC+02:00", "%Y-%m-%d %H:%M:%S UTC%z", SECOND),
            ("2022-07-05 19:59:25,661 +0000", "%Y-%m-%d %H:%M:%S,%3f %z", SECOND),
            ("2022-07-05, 19:59", "%Y-%m-%d, %H:%M", MINUTE),
            ("2022/07/05 19:59:25", "%Y/%m/%d %H:%M:%S", SECOND),
            ("2022.07.05 19:59:25", "%Y.%m.%d %H:%M:%S", SECOND),
            ("2022-7-5 19:59:25", "%Y-%m-%d %H:%M:%S", SECOND),
            ("2022/07/05", "%Y/%m/%d", DAY),
            ("20220705", "%Y%m%d", DAY),
            ("202207051959", "%Y%m%d%H%M", MINUTE),
            ("20220705195925", "%Y%m%d%H%M%S", SECOND),
            ("20220705195925661", "%Y%m%d%H%M%S%3f", SECOND),
            ("20220705 195925", "%Y%m%d %H%M%S", SECOND),
            ("20220705-19:59:25.661", "%Y%m%d-%H:%M:%S%.f", SECOND),
            ("05/Jul/2022:21:59:25 +0200", "%d/%b/%Y:%H:%M:%S %z", SECOND),
            ("05-JUL-2022 19:59:25", "%d-%b-%Y %H:%M:%S", SECOND),
            ("5 July 2022 19:59", "%d %B %Y %H:%M", MINUTE),
            ("Jul 5, 2022 7:59:25 PM", "%b %d, %Y %I:%M:%S %p", SECOND),
            ("July 5, 2022 at 7:59pm", "%B %d, %Y at %I:%M%p", MINUTE),
            ("Tuesday, July 5, 2022 7:59:25 PM", "%A, %B %d, %Y %I:%M:%S %p", SECOND),
            ("Tue Jul  5 19:59:25 2022", "%a %b %d %H:%M:%S %Y", SECOND),
            ("Tue Jul  5 19:59:25 UTC 2022", "%a %b %d %H:%M:%S UTC %Y", SECOND),
            ("Tue Jul 05 21:59:25 +0200 2022", "%a %b %d %H:%M:%S %z %Y", SECOND),
            ("Tue, 05 Jul 2022 19:59:25 UTC", "%a, %d %b %Y %H:%M:%S UTC", SECOND),
            ("19:59:25 2022/07/05", "%H:%M:%S %Y/%m/%d", SECOND),
        ];
        for (text, expected, seconds) in cases {
            assert_eq!(patterns(text), [expected], "{text}");
            let read = TimePattern::parse(expected).unwrap().read(text);
            assert_eq!(read.map(|timestamp| timestamp.seconds), Some(seconds), "{text}");
        }
    }

    #[test]
    fn day_and_month_can_be_either_way_round() {
        let cases = [
            ("05/07/2022 19:59:25", ["%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S"]),
            ("7/5/2022 7:59 PM", ["%d/%m/%Y %I:%M %p", "%m/%d/%Y %I:%M %p"]),
            ("19:59 05-07-2022", ["%H:%M %d-%m-%Y", "%H:%M %m-%d-%Y"]),
        ];
        for (text, expected) in cases {
            assert_eq!(patterns(text), expected, "{text}");
        }
    }

    #[test]
    fn no_pattern() {
        let texts = [
            "",
            "soon",
            "19:59:25",
            "05/07/22",
            "05-Jul-22",
            "2022-07-05 19:59:25 CEST",
            "2022-07-05 19:59:25 Europe/Paris",
            "Sept 5 2022 19:59",
            "July 5th, 2022",
            "2022-07-05 19:59:25 100%",
            "2022-07-05 19:59:25 1 2",
            "5. Juli 2022",
            "２０２２/07/05",
            "2022-07",
            "1657051165",
        ];
        for text in texts {
            assert!(patterns(text).is_empty(), "{text}: {:?}", patterns(text));
        }
        assert!(patterns(&"1 ".repeat(1 << 20)).is_empty());
    }
}
