//! What must hold for every input: agreement with chrono, no panic, and that writing and reading
//! undo each other.

use std::fmt::Write;

use chrono::format::{Fixed, Item, Parsed, StrftimeItems, parse_and_remainder};
use chrono::{DateTime, FixedOffset, NaiveDateTime, SecondsFormat};
use proptest::prelude::*;

use super::fields::Reader;
use super::pattern::Pattern;
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

/// Whether a text gives the same fields, and leaves the same rest, as chrono says. It does where there is a pattern.
fn reads_as_chrono(pattern: &str, text: &str) -> Result<bool, TestCaseError> {
    let items = StrftimeItems::new(pattern).parse();
    let ours = Pattern::unchecked(pattern);
    prop_assert_eq!(ours.is_some(), items.is_ok(), "{}", pattern);
    let (Some(ours), Ok(items)) = (ours, items) else { return Ok(false) };
    if items.contains(&Item::Fixed(Fixed::TimezoneName)) {
        // Read here, skipped there.
        return Ok(false);
    }
    let mut fields = Parsed::new();
    let theirs = parse_and_remainder(&mut fields, text, items.iter()).ok().map(|rest| (fields, rest));
    let ours = ours.fields(text).map(|reader| (reader.fields, reader.rest));
    prop_assert_eq!(&ours, &theirs, "{:?} by {:?}", text, pattern);
    Ok(ours.is_some())
}

/// The same for a mail header, which is read to its end.
fn mail_date_as_chrono(text: &str) -> Result<bool, TestCaseError> {
    let mut fields = Parsed::new();
    let rest = parse_and_remainder(&mut fields, text, [Item::Fixed(Fixed::RFC2822)].iter());
    let theirs = rest.is_ok_and(str::is_empty).then_some(fields);
    let mut reader = Reader::new(text);
    let ours = reader.mail_date().map(|()| reader.fields);
    prop_assert_eq!(&ours, &theirs, "{:?}", text);
    Ok(ours.is_some())
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
        let recognised = try_read(&text, None);
        if let Ok((seconds, _)) = recognised {
            prop_assert!((0..=MAX_SECONDS).contains(&seconds));
        }
        prop_assert_eq!(read_millis(&text).map(|millis| millis.div_euclid(1000)), recognised.ok().map(|(seconds, _)| seconds));
        match Format::parse(&format) {
            Ok(format) => {
                let _ = read(text.as_bytes(), Some(&format));
            }
            Err(error) => prop_assert!(format.get(error.range).is_some()),
        }
        for name in near::NAMES {
            let _ = read(text.as_bytes(), Format::parse(name).ok().as_ref());
        }
    }

    #[test]
    fn a_field_reads_as_chrono((pattern, text) in part(), rest in "[ 0-9a-zA-Zé:.]{0,3}") {
        reads_as_chrono(&pattern, &(text + &rest))?;
    }

    #[test]
    fn patterns_read_as_chrono((pattern, text) in parts(1..7), other in nearly_a_time()) {
        reads_as_chrono(&pattern, &text)?;
        reads_as_chrono(&pattern, &other)?;
    }

    #[test]
    fn a_written_pattern_reads_as_chrono(pattern in pattern(), seconds in -99_999_999_999i64..999_999_999_999, nanos in 0u32..1_500_000_000) {
        let time = DateTime::from_timestamp(seconds, nanos).unwrap_or_default();
        let mut text = String::new();
        if write!(text, "{}", time.format(&pattern)).is_ok() {
            reads_as_chrono(&pattern, &text)?;
        }
    }

    #[test]
    fn mail_dates_as_chrono(
        day in prop_oneof![4 => "( ?(?i:mon|tue|wed|thu|fri|sat|sun),)? {0,2}[1-3]?[0-9]", 1 => "(monday|Tue|Xyz)?,? ?[0-9]{1,3}"],
        month in prop_oneof![4 => "(?i)jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", 1 => MONTH],
        year in "[0-9]{2,4}|[0-9]{4}|[0-9]{1,30}",
        time in prop_oneof![4 => "[01][0-9](:| : )[0-5][0-9]((:| :)[0-6][0-9])?", 1 => "[0-9]{2}(: ?[0-9]{2}){1,2}|[0-9: ]{0,9}"],
        zone in prop_oneof![4 => "[-+][01][0-9][0-5][0-9]|(?i:gmt|ut|[ecmp][ds]t|[a-z])", 1 => "([-+]|\u{2212})[0-9]{2,4}|[-+]0[0-9]:?[0-9]{2}|UTC|cest"],
        comment in prop_oneof![2 => "", 2 => "( ?\\([a-zé ]{0,6}\\))*", 2 => "( {0,2}\\([a-z()\\\\é ]{0,6}\\))?", 1 => ".?"],
        gap in "[ \t\u{2003}]{1,2}",
    ) {
        let text = [day, month, year, time, zone + &comment].join(&gap);
        mail_date_as_chrono(text.trim())?;
        mail_date_as_chrono(text.replace(char::is_whitespace, " ").trim())?;
    }

    #[test]
    fn a_suggested_format_is_a_format(text in "[a-zA-Z0-9_/:. '-]{0,24}") {
        if let Err(FormatError { suggestion: Some(meant), .. }) = Format::parse(&text) {
            prop_assert!(Format::parse(&meant).is_ok(), "{}", meant);
        }
    }

    #[test]
    fn iso_agrees_with_chrono(text in "(19|20|[0-9]{2})[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,12})?([Zz]|[+-][0-2][0-9]:[0-6][0-9])") {
        prop_assert_eq!(iso::read(text.as_bytes()).map(Moment::in_millis), by_chrono(&text));
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
    fn magnitude_tells_the_unit(number in 0i64..i64::MAX) {
        let (unit, divisor) = match number {
            0..=99_999_999_999 => (Reading::EpochSeconds, 1),
            100_000_000_000..=99_999_999_999_999 => (Reading::EpochMilliseconds, 1_000),
            100_000_000_000_000..=99_999_999_999_999_999 => (Reading::EpochMicroseconds, 1_000_000),
            _ => (Reading::EpochNanoseconds, 1_000_000_000),
        };
        prop_assert_eq!(read(number.to_string().as_bytes(), None), Some((number / divisor, unit)));
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
        if pattern.contains("%Z") {
            // Read here, skipped there.
            return Ok(());
        }
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
        let by_chrono = DateTime::parse_from_str(&text, &pattern).map(|time| time.to_utc());
        let by_chrono = by_chrono.or_else(|_| NaiveDateTime::parse_from_str(&text, &pattern).map(|time| time.and_utc()));
        if let Ok(theirs) = by_chrono {
            prop_assert_eq!(ours.read(&text).map(|moment| moment.seconds), Some(theirs.timestamp()), "{} by {}", text, pattern);
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
                assert_eq!(Pattern::unchecked(&text).is_some(), known, "{text}");
            }
        }
    }
}

/// What chance rarely meets.
#[test]
fn edges_read_as_chrono() {
    let numbers =
        ["0", "1", "6", "7", "8", "12", "13", "23", "24", "31", "32", "53", "54", "59", "60", "61", "99", "366", "367"];
    let large = [
        "2147483647",
        "2147483648",
        "9223372036854775800",
        "9223372036854775807",
        "9223372036854775808",
        "9999999999999999999",
    ];
    let months = "january february march april may june july august september october november december";
    let days = "monday tuesday wednesday thursday friday saturday sunday";
    let names: Vec<&str> = months.split(' ').chain(days.split(' ')).collect();
    let zones =
        ["+0059", "+0060", "+0099", "-23:59", "-24:00", "\u{2212}01:30", "+01", "+01:", "+1:00", "z", "Z0", "utc"];
    let texts = numbers.into_iter().chain(large).chain(names).chain(zones);
    for text in texts {
        for specifier in "YCyGgqmdejUWVwuHkIlMSfsBbhAaPpz+".chars() {
            let pattern = format!("%{specifier}");
            for text in [
                text.to_owned(),
                text.to_uppercase(),
                format!("-{text}"),
                format!("+{text}"),
                text.chars().skip(1).collect(),
            ] {
                assert!(reads_as_chrono(&pattern, &text).is_ok(), "{text} by {pattern}");
            }
        }
        assert!(reads_as_chrono("%#z", text).is_ok(), "{text}");
        assert!(reads_as_chrono("%:z", text).is_ok(), "{text}");
    }
    for year in ["7", "00", "49", "50", "99", "000", "100", "999", "0099", "1999", "10000"] {
        for zone in
            ["+0000", "-0000", "+0059", "+0060", "+9959", "\u{2212}0100", "+01:00", "j", "K", "UTC", "ut", "EDT", "(x)"]
        {
            let text = format!("1 May {year} 01:02 {zone}");
            assert!(mail_date_as_chrono(&text).is_ok(), "{text}");
        }
    }
}
