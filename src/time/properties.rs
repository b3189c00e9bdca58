//! What must hold for every input: agreement with chrono, no panic, and that writing and reading
//! undo each other.

use std::fmt::Write;

use chrono::format::{ParseErrorKind, StrftimeItems};
use chrono::{DateTime, FixedOffset, NaiveDateTime, SecondsFormat};
use proptest::prelude::*;

use super::pattern::{PatternError, TimePattern};
use super::*;

/// Text close to times, so that the deeper branches are met.
fn nearly_a_time() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9TtZz:.,+ eE-]{0,40}",
        "[0-9]{4}-[0-1][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9](:[0-6][0-9])?([.,][0-9]{0,12})?([Zz]|[+-][0-2][0-9]:?[0-6][0-9])?",
        "[A-Za-z]{0,3},? ?[0-9]{1,2} (Jan|Feb|jul|X) [0-9]{2,6} [0-9]{2}:[0-9]{2}(:[0-9]{2})? ([+-][0-9]{4}|GMT|[A-Z]{1,4})( \\(.*\\))?",
        "[+-]?[0-9]{0,30}\\.?[0-9]{0,30}([eE][+-]?[0-9]{0,30})?",
        any::<String>(),
    ]
}

/// Patterns with known and unknown specifiers and stray text.
fn pattern() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "%[-_0]?[YCyqmbBhdeaAwuUWGgVjDxFvHkIlPpMSfRTXrcsnt+]",
        2 => "%(Z|z|:z|::z|:::z|#z|\\.f|\\.3f|3f|%)",
        1 => "[-/:., T%]",
        1 => "\\PC{0,2}",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// A number, with more or fewer digits than a field takes.
const NUMBER: &str = "[ \t\u{3000}]{0,2}[-+]?[0-9]{0,5}|0{0,3}[0-9]{1,2}|(19|20)[0-9]{2}|-?[0-9]{0,22}|\u{2212}?٣?";
const MONTH: &str = "(?i)jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(tember|t)?|oct(ober)?|nov(ember)?|dec(embé)?";
const WEEKDAY: &str =
    "(?i) ?(mon|monday|tue|tues|tuesday|wed|wednesday|thu|thursdaý|fri|friday|sat|saturday|sun|sund?a?y?|mo)";
const FRACTION: &str = "[.,]?[0-9]{0,12}";
const ZONE: &str = "[ \u{a0}]{0,2}([-+]|\u{2212})[0-9]{0,2}[: \u{2003}]{0,3}[0-6]?[0-9]{0,2}|[Zz]?|(?i)utc?";
const SPACE: &str = "[ \t\n\u{2002}\u{3000}]{0,3}";

/// A part of a pattern, and text that it may well read.
fn part() -> impl Strategy<Value = (String, String)> {
    let specifier = prop_oneof![
        6 => ("%[-0_]?[YCyGgqmdejUWVwuHkIlMSfs]", NUMBER),
        1 => ("%[Bbh]", MONTH),
        1 => ("%[Aa]", WEEKDAY),
        1 => ("%[Pp]", "(?i)[ap]m|[ap]|é"),
        1 => ("%(\\.|\\.?[369])f", FRACTION),
        2 => ("%(:{0,3}|#)z", ZONE),
    ];
    let whole = prop_oneof![
        ("%[DxFvRTXr]", "[0-9]{1,4}[-/:][0-9A-Za-z]{1,3}([-/:][0-9]{2,4})?( [AaPp][Mm])?"),
        ("%c", "(?i)tue jul  ?5 [0-9]{2}:[0-9]{2}:[0-9]{2} 2022"),
        (
            "%\\+",
            " ?[0-9]{4} ?- ?0[1-9] ?- ?[0-2][0-9][Tt ] ?[0-2]?[0-9] ?: ?[0-5][0-9] ?: ?[0-6][0-9]([.][0-9]{0,10})? ?([Zz]|(?i)utc|[-+]0[0-9] ?:? ?[0-5][0-9])"
        ),
    ];
    let space = (prop_oneof![SPACE, Just("%t%n".into())], SPACE);
    let literal = prop_oneof!["[-/:.,;TZ年é]{1,2}", "[^%\\s]{1,2}"].prop_map(|text| (text.clone(), text));
    let stray = ("%?[-#0:.]{0,2}[a-zA-Z0-9%]?", any::<String>());
    prop_oneof![12 => specifier, 2 => whole, 2 => space, 3 => literal, 1 => stray]
}

fn parts(count: std::ops::Range<usize>) -> impl Strategy<Value = (String, String)> {
    prop::collection::vec(part(), count).prop_map(|parts| parts.into_iter().unzip())
}

/// How chrono reads a text by a pattern, in epoch seconds; without a zone as UTC.
fn seconds_by_chrono(text: &str, pattern: &str) -> Option<i64> {
    let time = match DateTime::parse_from_str(text, pattern) {
        Ok(time) => time.to_utc(),
        // There is no zone; one out of range would be another error.
        Err(error) if error.kind() == ParseErrorKind::NotEnough => {
            NaiveDateTime::parse_from_str(text, pattern).ok()?.and_utc()
        }
        Err(_) => return None,
    };
    // chrono counts a leap second as more than 999 milliseconds of second 59.
    Some(time.timestamp() + i64::from(time.timestamp_subsec_nanos() / 1_000_000_000))
}

/// Reads as chrono does, in milliseconds.
fn by_chrono(text: &str) -> Option<i64> {
    let time = DateTime::parse_from_rfc3339(text).ok()?;
    // chrono counts a leap second as more than 999 milliseconds of second 59.
    Some(time.timestamp() * 1000 + i64::from(time.timestamp_subsec_nanos() / 1_000_000))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn nothing_panics(text in nearly_a_time(), format in prop_oneof![pattern(), any::<String>()]) {
        let detected = try_read(&text, None);
        if let Ok((seconds, _)) = detected {
            prop_assert!((0..=MAX_SECONDS).contains(&seconds));
        }
        let millis = read_millis(&text).map(|millis| millis.div_euclid(1000));
        match detected {
            Ok((seconds, _)) => prop_assert_eq!(millis, Some(seconds)),
            // An argument may be any number.
            Err(TimeError::Before2000 | TimeError::After2100) => {
                prop_assert!(millis.is_none_or(|seconds| !PLAUSIBLE.contains(&seconds)));
            }
            Err(_) => prop_assert_eq!(millis, None),
        }
        match Format::parse(&format) {
            Ok(format) => {
                let _ = read(text.as_bytes(), Some(&format));
            }
            Err(error) => prop_assert!(format.get(error.range).is_some()),
        }
        for name in did_you_mean::NAMES {
            let _ = read(text.as_bytes(), Format::parse(name).ok().as_ref());
        }
    }

    #[test]
    fn strange_patterns_read_as_chrono(
        (start, date) in prop_oneof![
            4 => Just(("%F ".to_owned(), "2022-07-05 ".to_owned())),
            2 => Just(("%s".to_owned(), "1657051165".to_owned())),
            1 => Just((String::new(), String::new())),
        ],
        (rest, text) in parts(0..7), other in nearly_a_time(),
    ) {
        let pattern = start + &rest;
        let Ok(ours) = TimePattern::parse(&pattern) else { return Ok(()) };
        for text in [date + &text, other] {
            let read = ours.read(&text).map(|timestamp| timestamp.seconds);
            if let Some(theirs) = seconds_by_chrono(&text, &pattern).filter(|_| text.len() <= MAX_DATE_LEN) {
                prop_assert_eq!(read, Some(theirs), "{:?} by {:?}", text, pattern);
            }
        }
    }

    #[test]
    fn z_is_an_offset_of_zero(specifier in "%:{0,3}z", gap in " {0,2}", seconds in 0..=MAX_SECONDS) {
        let pattern = TimePattern::parse(&format!("%FT%T{specifier}")).ok();
        let text = to_iso(seconds).replace('Z', &gap);
        for zone in ["Z", "z", "+0000", "+00:00", "-00:00"] {
            let read = pattern.as_ref().and_then(|pattern| pattern.read(&format!("{text}{zone}")));
            prop_assert_eq!(read.map(|timestamp| timestamp.seconds), Some(seconds), "{}{}", text, zone);
        }
    }

    #[test]
    fn rfc2822_reads_as_chrono(
        day in prop_oneof![4 => "( ?(?i:mon|tue|wed|thu|fri|sat|sun),)? {0,2}[1-3]?[0-9]", 1 => "(monday|Tue|Xyz)?,? ?[0-9]{1,3}"],
        month in prop_oneof![4 => "(?i)jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", 1 => MONTH],
        year in "[0-9]{2,4}|[0-9]{4}|[0-9]{1,30}",
        time in prop_oneof![4 => "[01][0-9](:| : )[0-5][0-9]((:| :)[0-6][0-9])?", 1 => "[0-9]{2}(: ?[0-9]{2}){1,2}|[0-9: ]{0,9}"],
        zone in prop_oneof![4 => "[-+][01][0-9][0-5][0-9]|(?i:gmt|ut|[ecmp][ds]t|[a-z])", 1 => "([-+]|\u{2212})[0-9]{2,4}|[-+]0[0-9]:?[0-9]{2}|UTC|cest"],
        comment in prop_oneof![2 => "", 2 => "( ?\\([a-zé ]{0,6}\\))*", 2 => "( {0,2}\\([a-z()\\\\é ]{0,6}\\))?", 1 => ".?"],
        gap in "[ \t\u{2003}]{1,2}",
    ) {
        let text = [day, month, year, time, zone + &comment].join(&gap);
        let theirs = DateTime::parse_from_rfc2822(text.trim()).ok();
        let theirs = theirs.map(|time| time.timestamp() + i64::from(time.timestamp_subsec_nanos() / 1_000_000_000));
        // Longer text is not a date here, whatever its comments say.
        let is_date = |seconds: &i64| (0..=MAX_SECONDS).contains(seconds) && text.trim().len() <= MAX_DATE_LEN;
        let theirs = theirs.filter(is_date);
        prop_assert_eq!(read(text.as_bytes(), None), theirs.map(|seconds| (seconds, Reading::Rfc2822)), "{:?}", text);
    }

    #[test]
    fn a_suggested_format_is_a_format(text in "[a-zA-Z0-9_/:. '-]{0,24}") {
        if let Err(FormatError { suggestion: Some(suggestion), .. }) = Format::parse(&text) {
            prop_assert!(Format::parse(&suggestion).is_ok(), "{}", suggestion);
        }
    }

    #[test]
    fn iso_agrees_with_chrono(text in "(19|20|[0-9]{2})[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,12})?([Zz]|[+-][0-2][0-9]:[0-6][0-9])") {
        prop_assert_eq!(iso::read(text.as_bytes()).map(Timestamp::in_millis), by_chrono(&text));
    }

    #[test]
    fn iso_as_chrono_writes_it(seconds in 0..=MAX_SECONDS, nanos in 0u32..1_000_000_000, offset in -86_399i32..86_400, digits in 0u8..4) {
        let utc = DateTime::from_timestamp(seconds, nanos).unwrap_or_default();
        let Some(zone) = FixedOffset::east_opt(offset / 60 * 60) else { return Ok(()) };
        let precision = match digits {
            0 => SecondsFormat::Secs,
            1 => SecondsFormat::Millis,
            2 => SecondsFormat::Micros,
            _ => SecondsFormat::Nanos,
        };
        let text = utc.with_timezone(&zone).to_rfc3339_opts(precision, true);
        // Close to the ends of the range, the local year may be outside 1 to 9999.
        if by_chrono(&text).is_some() {
            prop_assert_eq!(read(text.as_bytes(), None), Some((seconds, Reading::Iso8601)), "{}", text);
        }
        let text = utc.with_timezone(&zone).to_rfc2822();
        prop_assert_eq!(read(text.as_bytes(), None), Some((seconds, Reading::Rfc2822)), "{}", text);
    }

    #[test]
    fn written_as_chrono_writes(seconds in prop_oneof![-62_167_219_200..=MAX_SECONDS, 0i64..=MAX_SECONDS]) {
        let time = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        prop_assert_eq!(to_iso(seconds), time.to_rfc3339_opts(SecondsFormat::Secs, true));
    }

    #[test]
    fn writing_and_reading_undo_each_other(seconds in 0..=MAX_SECONDS) {
        prop_assert_eq!(read(to_iso(seconds).as_bytes(), None), Some((seconds, Reading::Iso8601)));
        let format = Format::parse("%Y-%m-%dT%H:%M:%SZ").ok();
        prop_assert_eq!(read(to_iso(seconds).as_bytes(), format.as_ref()), Some((seconds, Reading::Pattern)));
    }

    #[test]
    fn any_second_can_be_written(seconds in any::<i64>()) {
        prop_assert!(to_iso(seconds).ends_with('Z'));
    }

    #[test]
    fn magnitude_tells_the_unit(number in prop_oneof![0i64..i64::MAX, 0..10_000_000_000i64, 0..10_000_000_000_000i64]) {
        let (unit, divisor) = match number {
            0..=99_999_999_999 => (Reading::EpochSeconds, 1),
            100_000_000_000..=99_999_999_999_999 => (Reading::EpochMilliseconds, 1_000),
            100_000_000_000_000..=99_999_999_999_999_999 => (Reading::EpochMicroseconds, 1_000_000),
            _ => (Reading::EpochNanoseconds, 1_000_000_000),
        };
        let expected = PLAUSIBLE.contains(&(number / divisor)).then_some((number / divisor, unit));
        prop_assert_eq!(read(number.to_string().as_bytes(), None), expected);
        prop_assert_eq!(read_millis(&number.to_string()).map(|millis| millis / 1000), Some(number / divisor));
    }

    #[test]
    fn one_number_in_any_notation(number in 1i64..1_000_000_000_000_000, places in 0usize..40, zeros in 0usize..5) {
        let plain = read_millis(&number.to_string());
        let zeros = "0".repeat(zeros);
        let shifted_right = format!("{zeros}{number}{}e-{places}", "0".repeat(places));
        prop_assert_eq!(read_millis(&shifted_right), plain, "{}", shifted_right);
        let digits = number.to_string();
        let (first, rest) = digits.split_at_checked(1).unwrap_or_default();
        let scientific = format!("{first}.{rest}{zeros}E+0{}", digits.len() - 1);
        prop_assert_eq!(read_millis(&scientific), plain, "{}", scientific);
        let fraction = format!("0.{}{digits}e{}", "0".repeat(places), places + digits.len());
        prop_assert_eq!(read_millis(&fraction), plain, "{}", fraction);
    }

    #[test]
    fn white_space_around_does_not_matter(text in nearly_a_time(), before in "[ \t\r\n]{0,3}", after in "[ \t\r\n]{0,3}") {
        prop_assert_eq!(read(format!("{before}{text}{after}").as_bytes(), None), read(text.as_bytes(), None));
    }

    #[test]
    fn patterns_agree_with_chrono(
        start in prop_oneof!["%F", "%d/%m/%y ", "%s", "%Y%m%d", "%c", ""], rest in pattern(),
        seconds in 0..4_000_000_000i64, nanos in 0u32..1_000_000_000, offset in -86_399i32..86_400,
    ) {
        let pattern = start + &rest;
        let Ok(Format::Pattern(ours)) = Format::parse(&pattern) else { return Ok(()) };
        let Some(zone) = FixedOffset::east_opt(offset / 60 * 60) else { return Ok(()) };
        let time = DateTime::from_timestamp(seconds, nanos).unwrap_or_default();
        let zoned = pattern.contains(['z', '+']);
        let mut text = String::new();
        let written = if zoned {
            write!(text, "{}", time.with_timezone(&zone).format(&pattern))
        } else {
            write!(text, "{}", time.format(&pattern))
        };
        if written.is_err() {
            // `%#z` is only for reading.
            return Ok(());
        }
        if let Some(theirs) = seconds_by_chrono(&text, &pattern) {
            prop_assert_eq!(ours.read(&text).map(|timestamp| timestamp.seconds), Some(theirs), "{} by {}", text, pattern);
        }
    }
}

/// Every character that can follow a `%`, with every one that can follow that, and the ends of the longer specifiers.
#[test]
fn every_specifier_of_chrono_is_known() {
    let characters = || (0..=127u8).map(char::from).chain(['é', '\u{3000}']);
    for first in characters() {
        for second in characters() {
            for end in ["", "f", "z", ":z"] {
                let text = format!("%{first}{second}{end}");
                let known = StrftimeItems::new(&text).parse().is_ok();
                match TimePattern::parse(&text) {
                    Err(PatternError::UnknownSpecifier(_)) => assert!(!known, "{text}"),
                    // Found before what comes after it is looked at.
                    Err(PatternError::ZoneName(_)) => {}
                    _ => assert!(known, "{text}"),
                }
            }
        }
    }
}

/// A pattern as long as a request allows is checked and read without delay, and so is text that fits it.
#[test]
fn long_patterns_are_cheap() {
    for piece in ["%.f", "%Y", "%-d", "%t", "% ", "x ", "%c%+"] {
        let _ = TimePattern::parse(&piece.repeat(50_000));
        if let Ok(pattern) = TimePattern::parse(&format!("%F{}", piece.repeat(50_000))) {
            let _ = pattern.read(&format!("2022-07-05{}", " ".repeat(200)));
        }
    }
}
