//! Reads the time of an event, in the ways that monitoring tools write one.
//!
//! Without a `format` these are detected: epoch seconds, milliseconds, microseconds and
//! nanoseconds (told apart by magnitude; integer, decimal fraction or scientific notation),
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

pub(crate) use format::{Format, FormatError};
pub(crate) use iso::to_iso;

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

/// Why a text gives no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeError {
    /// It is not written in any of the forms asked for, or names a day that does not exist.
    NotATime,
    /// It is before 1970, as is the `0001-01-01T00:00:00Z` that Go writes for "no time".
    BeforeEpoch,
    /// It is after the year 9999.
    TooLate,
}

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
/// White space around it does not matter. `None` when it cannot be read, is before 1970 or after
/// the year 9999; [`try_read`] says which.
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

/// Does what [`read`] does and says why where there is no time.
///
/// # Errors
///
/// See [`TimeError`].
pub(crate) fn try_read(text: &str, format: Option<&Format>) -> Result<(i64, Reading), TimeError> {
    let (timestamp, reading) = in_range(text, format)?;
    Ok((timestamp.seconds, reading))
}

/// Reads a time as epoch milliseconds, rounded down, in any of the forms that need no `format`.
pub(crate) fn read_millis(text: &str) -> Option<i64> {
    in_range(text, None).ok().map(|(timestamp, _)| timestamp.in_millis())
}

fn in_range(text: &str, format: Option<&Format>) -> Result<(Timestamp, Reading), TimeError> {
    let (timestamp, reading) = match format {
        None => detect(text)?,
        Some(format) => configured(text.trim(), format)?,
    };
    match timestamp.seconds {
        ..0 => Err(TimeError::BeforeEpoch),
        0..=MAX_SECONDS => Ok((timestamp, reading)),
        _ => Err(TimeError::TooLate),
    }
}

/// ISO 8601 with a hyphen after the year and nothing around it.
fn parse_common_iso(text: &[u8]) -> Option<Timestamp> {
    if text.get(4) == Some(&b'-') { iso::read(text) } else { None }
}

fn detect(text: &str) -> Result<(Timestamp, Reading), TimeError> {
    if let Some(timestamp) = parse_common_iso(text.as_bytes()) {
        return Ok((timestamp, Reading::Iso8601));
    }
    let text = text.trim();
    // Before ISO 8601, of which `20220705` would be a date: without a format, digits are a number.
    match epoch::read(text.as_bytes(), None) {
        Err(TimeError::NotATime) => {}
        outcome => return outcome,
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
            ("20220705", 20_220_705, EpochSeconds),
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
            ("-1", TimeError::BeforeEpoch),
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
    fn milliseconds() {
        let cases = [
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
