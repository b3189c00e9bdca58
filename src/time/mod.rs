//! Reads the time of an event, in the ways that monitoring tools write one.
//!
//! Without a `format` these are detected: epoch seconds, milliseconds, microseconds and
//! nanoseconds (distinguished by magnitude; integer, decimal fraction or scientific notation),
//! ISO 8601 / RFC 3339 and RFC 2822. With a [`Format`] only that form is read.
//!
//! Every reader is exact: no number goes through a float.

mod did_you_mean;
mod epoch;
mod format;
mod iso;
mod pattern;
#[cfg(test)]
mod properties;
mod proposal;
mod written;

use core::ops::Range;

pub(crate) use format::{Format, FormatError};
pub(crate) use iso::to_iso;
pub(crate) use proposal::{Proposal, proposals};

/// How a time was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Seconds since 1970-01-01T00:00:00Z.
    EpochSeconds,
    /// Milliseconds since then.
    EpochMilliseconds,
    /// Microseconds since then.
    EpochMicroseconds,
    /// Nanoseconds since then.
    EpochNanoseconds,
    /// ISO 8601, of which RFC 3339 is a part.
    Iso8601,
    /// The date of a mail header, `Tue, 05 Jul 2022 19:59:25 +0000`.
    Rfc2822,
    /// The strftime pattern that the configuration gives.
    Pattern,
}

impl Reading {
    /// The name to use in a sentence such as "read as epoch milliseconds".
    pub(crate) fn in_words(&self) -> &'static str {
        match self {
            Self::EpochSeconds => "epoch seconds",
            Self::EpochMilliseconds => "epoch milliseconds",
            Self::EpochMicroseconds => "epoch microseconds",
            Self::EpochNanoseconds => "epoch nanoseconds",
            Self::Iso8601 => "ISO 8601",
            Self::Rfc2822 => "RFC 2822",
            Self::Pattern => "the configured pattern",
        }
    }
}

/// Why a text is not read as a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeError {
    /// It is not written in any of the forms asked for, or names a day that does not exist.
    NotATime,
    /// It is before 1970, as is the `0001-01-01T00:00:00Z` that Go writes for "no time".
    BeforeEpoch,
    /// It is after the year 9999.
    TooLate,
    /// It is a number that means a time before the year 2000, such as `0`.
    Before2000,
    /// It is a number that means a time after the year 2100, such as a date written as digits.
    After2100,
}

/// The seconds that a plausible number means: from the year 2000 to the year 2100. Numbers outside of it are counters, dates
/// written as digits, or in another unit. A written date says itself which year it means.
pub(crate) const PLAUSIBLE: Range<i64> = 946_684_800..4_133_980_800;

/// The last second of the year 9999, the last year that ISO 8601 writes with four digits.
const MAX_SECONDS: i64 = 253_402_300_799;

/// No sensible date is longer, in bytes. Keeps megabytes of text away from the general parsers.
const MAX_DATE_LEN: usize = 256;

/// Epoch seconds and milliseconds, rounded down: the milliseconds count forward, also before 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Timestamp {
    seconds: i64,
    millis: u32,
}

impl Timestamp {
    fn from_millis(millis: u64) -> Self {
        // A thousandth of a u64 fits, and so does a remainder of a thousand.
        Self { seconds: (millis / 1000) as i64, millis: (millis % 1000) as u32 }
    }

    /// For a timestamp between 1970 and 9999.
    fn in_millis(self) -> i64 {
        self.seconds * 1000 + i64::from(self.millis)
    }
}

/// Reads a time as epoch seconds, rounded down, and how it was written.
///
/// White space at its ends does not matter. `None` when it cannot be read, is before 1970 or after
/// the year 9999, or is a number without a format and not [`PLAUSIBLE`]; [`try_read`] says which.
///
/// `read(b"1657051165661", None)` is `Some((1657051165, Reading::EpochMilliseconds))`;
/// `read(b"soon", None)` is `None`.
pub(crate) fn read(text: &[u8], format: Option<&Format>) -> Option<(i64, Reading)> {
    // What nearly every payload holds comes first, and need not even be text.
    if format.is_none()
        && let Some(timestamp) = parse_common_iso(text)
    {
        return (0..=MAX_SECONDS).contains(&timestamp.seconds).then_some((timestamp.seconds, Reading::Iso8601));
    }
    try_read(core::str::from_utf8(text).ok()?, format).ok()
}

/// As [`read`], with the reason if there is no time.
///
/// # Errors
///
/// See [`TimeError`].
pub(crate) fn try_read(text: &str, format: Option<&Format>) -> Result<(i64, Reading), TimeError> {
    let (timestamp, reading) = match format {
        None => in_range(detect(text, &PLAUSIBLE)?)?,
        Some(format) => in_range(configured(text.trim(), format)?)?,
    };
    Ok((timestamp.seconds, reading))
}

/// As [`try_read`], but a number must be [`PLAUSIBLE`] also if the format says that it is a time.
///
/// # Errors
///
/// See [`TimeError`].
pub(crate) fn try_read_plausible(text: &str, format: Option<&Format>) -> Result<(i64, Reading), TimeError> {
    match format.filter(|format| format.is_number()) {
        Some(format) => {
            let (timestamp, reading) = number_within(&PLAUSIBLE, configured(text.trim(), format))?;
            Ok((timestamp.seconds, reading))
        }
        None => try_read(text, format),
    }
}

/// Reads a time as epoch milliseconds, rounded down, in any of the forms that need no `format`. It is the argument of a
/// call, not a field that may hold anything, so a number may mean any time from 1970 on.
pub(crate) fn read_millis(text: &str) -> Option<i64> {
    let time = detect(text, &(0..MAX_SECONDS + 1)).and_then(in_range);
    time.ok().map(|(timestamp, _)| timestamp.in_millis())
}

fn in_range((timestamp, reading): (Timestamp, Reading)) -> Result<(Timestamp, Reading), TimeError> {
    match timestamp.seconds {
        ..0 => Err(TimeError::BeforeEpoch),
        0..=MAX_SECONDS => Ok((timestamp, reading)),
        _ => Err(TimeError::TooLate),
    }
}

/// ISO 8601 with a hyphen after the year and no white space at its ends.
fn parse_common_iso(text: &[u8]) -> Option<Timestamp> {
    if text.get(4) == Some(&b'-') { iso::read(text) } else { None }
}

/// The number `read`, if its time is in `range`.
fn number_within(
    range: &Range<i64>,
    read: Result<(Timestamp, Reading), TimeError>,
) -> Result<(Timestamp, Reading), TimeError> {
    match read {
        Ok((timestamp, _)) if timestamp.seconds < range.start => Err(TimeError::Before2000),
        Ok((timestamp, _)) if timestamp.seconds >= range.end => Err(TimeError::After2100),
        Err(TimeError::BeforeEpoch) => Err(TimeError::Before2000),
        Err(TimeError::TooLate) => Err(TimeError::After2100),
        other => other,
    }
}

/// Reads a time without a format; if it is a number, it must be in `numbers`.
fn detect(text: &str, numbers: &Range<i64>) -> Result<(Timestamp, Reading), TimeError> {
    if let Some(timestamp) = parse_common_iso(text.as_bytes()) {
        return Ok((timestamp, Reading::Iso8601));
    }
    let text = text.trim();
    // Before ISO 8601, of which `20220705` would be a date: without a format, digits are a number.
    match epoch::read(text.as_bytes(), None) {
        Err(TimeError::NotATime) => {}
        outcome => return number_within(numbers, outcome),
    }
    if let Some(timestamp) = iso::read(text.as_bytes()) {
        return Ok((timestamp, Reading::Iso8601));
    }
    let timestamp = pattern::read_rfc2822(text).ok_or(TimeError::NotATime)?;
    Ok((timestamp, Reading::Rfc2822))
}

fn configured(text: &str, format: &Format) -> Result<(Timestamp, Reading), TimeError> {
    let bytes = text.as_bytes();
    let (timestamp, reading) = match format {
        Format::Named(Reading::Iso8601) => (iso::read(bytes), Reading::Iso8601),
        Format::Named(unit) => return epoch::read(bytes, Some(*unit)),
        Format::Pattern(pattern) => (pattern.read(text), Reading::Pattern),
    };
    Ok((timestamp.ok_or(TimeError::NotATime)?, reading))
}

#[cfg(test)]
mod tests {
    use super::Reading::*;
    use super::*;

    #[test]
    fn forms_that_need_no_format() {
        let cases = [
            // The golden ones.
            ("1657051165", 1_657_051_165, EpochSeconds),
            ("1657051165661", 1_657_051_165, EpochMilliseconds),
            ("1.657051165661e+09", 1_657_051_165, EpochSeconds),
            ("2022-07-05T19:59:25.661Z", 1_657_051_165, Iso8601),
            ("2022-07-05 21:59:25.661+02:00", 1_657_051_165, Iso8601),
            // The number as Prometheus writes it into a label.
            ("1.657051103137505e+09", 1_657_051_103, EpochSeconds),
            (" 1657051165 ", 1_657_051_165, EpochSeconds),
            ("\t2022-07-05T19:59:25Z\n", 1_657_051_165, Iso8601),
            ("2022-07-05", 1_656_979_200, Iso8601),
            ("20220705T195925Z", 1_657_051_165, Iso8601),
            ("Tue, 05 Jul 2022 19:59:25 GMT", 1_657_051_165, Rfc2822),
            ("5 Jul 2022 21:59:25 +0200", 1_657_051_165, Rfc2822),
            ("Tue, 5 Jul 2022 19:59 +0000", 1_657_051_140, Rfc2822),
            ("31 Dec 2016 23:59:60 +0000", 1_483_228_800, Rfc2822),
        ];
        for (text, seconds, reading) in cases {
            assert_eq!(read(text.as_bytes(), None), Some((seconds, reading)), "{text}");
        }
    }

    #[test]
    fn what_is_passed_over() {
        let cases = [
            ("0001-01-01T00:00:00Z", TimeError::BeforeEpoch),
            ("1969-12-31T23:59:59.9999Z", TimeError::BeforeEpoch),
            ("1970-01-01T00:00:00+00:01", TimeError::BeforeEpoch),
            ("Wed, 31 Dec 1969 23:59:59 +0000", TimeError::BeforeEpoch),
            ("-1", TimeError::Before2000),
            ("0", TimeError::Before2000),
            ("-0", TimeError::Before2000),
            ("946684799", TimeError::Before2000),
            ("946684799.999", TimeError::Before2000),
            ("946684799999", TimeError::Before2000),
            ("4133980800", TimeError::After2100),
            ("4133980800000", TimeError::After2100),
            ("1e400", TimeError::After2100),
            // Dates written as digits.
            ("20220705", TimeError::Before2000),
            ("202207051959", TimeError::Before2000),
            ("20220705195925", TimeError::After2100),
            ("20220705195925661", TimeError::After2100),
            ("9999-12-31T23:59:59-00:01", TimeError::TooLate),
            ("soon", TimeError::NotATime),
            ("", TimeError::NotATime),
            (" ", TimeError::NotATime),
            ("2022-02-30T00:00:00Z", TimeError::NotATime),
            ("Mon, 05 Jul 2022 19:59:25 GMT", TimeError::NotATime),
            ("true", TimeError::NotATime),
            ("-", TimeError::NotATime),
            ("２０２２-07-05", TimeError::NotATime),
        ];
        for (text, why) in cases {
            assert_eq!(try_read(text, None), Err(why), "{text}");
        }
    }

    #[test]
    fn a_format_is_the_only_form_read() {
        let cases = [
            ("iso8601", "20220705", Some((1_656_979_200, Iso8601))),
            ("iso8601", "1657051165", None),
            ("epoch_seconds", "165705116566", Some((165_705_116_566, EpochSeconds))),
            ("epoch_seconds", "1657051165661", None),
            ("epoch_seconds", "2022-07-05T19:59:25Z", None),
            ("epoch_milliseconds", " 86400000 ", Some((86_400, EpochMilliseconds))),
            ("epoch_microseconds", "86400000000.5", Some((86_400, EpochMicroseconds))),
            ("epoch_nanoseconds", "864e11", Some((86_400, EpochNanoseconds))),
            ("%d/%m/%Y %H:%M:%S %z", "05/07/2022 21:59:25 +0200", Some((1_657_051_165, Pattern))),
            ("%d/%m/%Y", " 05/07/2022 ", Some((1_656_979_200, Pattern))),
            ("%d/%m/%Y", "2022-07-05", None),
        ];
        for (format, text, expected) in cases {
            let format = Format::parse(format).unwrap();
            assert_eq!(read(text.as_bytes(), Some(&format)), expected, "{text}");
        }
    }

    #[test]
    fn the_first_and_the_last_number() {
        let cases = [
            ("946684800", 946_684_800, EpochSeconds),
            ("946684800000000", 946_684_800, EpochMicroseconds),
            ("4133980799", 4_133_980_799, EpochSeconds),
            ("4133980799999", 4_133_980_799, EpochMilliseconds),
        ];
        for (text, seconds, reading) in cases {
            assert_eq!(try_read(text, None), Ok((seconds, reading)), "{text}");
        }
        assert_eq!(to_iso(PLAUSIBLE.start), "2000-01-01T00:00:00Z");
        assert_eq!(to_iso(PLAUSIBLE.end), "2101-01-01T00:00:00Z");
    }

    #[test]
    fn plausible_also_with_a_format() {
        use TimeError::{After2100, Before2000, BeforeEpoch, NotATime};
        let cases = [
            ("epoch_milliseconds", "1657051165", Err(Before2000)),
            ("epoch_milliseconds", "-1", Err(Before2000)),
            ("epoch_seconds", "165705116566", Err(After2100)),
            ("epoch_seconds", "1657051165661000", Err(After2100)),
            ("epoch_seconds", "soon", Err(NotATime)),
            ("epoch_seconds", "1657051165", Ok((1_657_051_165, EpochSeconds))),
            ("%s", "86400", Err(Before2000)),
            ("%s", "1657051165", Ok((1_657_051_165, Pattern))),
            ("iso8601", "1998-07-05", Ok((899_596_800, Iso8601))),
            ("iso8601", "0001-01-01", Err(BeforeEpoch)),
            ("%Y%m%d", "19980705", Ok((899_596_800, Pattern))),
        ];
        for (format, text, expected) in cases {
            let format = Format::parse(format).unwrap();
            assert_eq!(try_read_plausible(text, Some(&format)), expected, "{text}");
        }
        assert_eq!(try_read_plausible("1998-07-05", None), Ok((899_596_800, Iso8601)));
        assert_eq!(try_read_plausible("86400", None), Err(Before2000));
    }

    #[test]
    fn milliseconds() {
        let cases = [
            ("0", Some(0)),
            ("-1", None),
            ("20220705", Some(20_220_705_000)),
            ("2022-07-05T19:59:25.6619Z", Some(1_657_051_165_661)),
            ("1657051165", Some(1_657_051_165_000)),
            ("1.6570511656619e9", Some(1_657_051_165_661)),
            ("1657051165661999999", Some(1_657_051_165_661)),
            ("Tue, 05 Jul 2022 19:59:25 GMT", Some(1_657_051_165_000)),
            ("later", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read_millis(text), expected, "{text}");
        }
    }
}
