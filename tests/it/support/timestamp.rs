//! The times that random payloads hold, read and written with chrono.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// The last second of the year 9999.
const LAST: i64 = 253_402_300_799;

/// Epoch seconds as ISO 8601 in UTC.
pub fn iso(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).unwrap().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What a number without a format can mean: the years 2000 to 2100.
const MEANT: std::ops::RangeInclusive<i64> = 946_684_800..=4_133_980_799;

/// Epoch seconds, if the text is a time between 1970 and 9999 in the format, or without one in any known form. A number
/// without a format is a time between 2000 and 2100.
pub fn read(text: &str, format: Option<&str>) -> Option<i64> {
    let text = text.trim();
    let seconds = match format {
        None => match epoch(text, None) {
            Some(seconds) => MEANT.contains(&seconds).then_some(seconds),
            None => date(text).or_else(|| mail(text)),
        },
        Some("epoch_seconds") => epoch(text, Some(0)),
        Some("epoch_milliseconds") => epoch(text, Some(3)),
        Some("epoch_microseconds") => epoch(text, Some(6)),
        Some("epoch_nanoseconds") => epoch(text, Some(9)),
        Some("iso8601") => date(text),
        Some("%d/%m/%Y %H:%M:%S %z") => {
            DateTime::parse_from_str(text, "%d/%m/%Y %H:%M:%S %z").ok().map(|time| time.timestamp())
        }
        Some(_) => None,
    };
    seconds.filter(|seconds| (0..=LAST).contains(seconds))
}

/// A number of seconds, or of their `10^places`th part; without `places` the number of digits decides.
fn epoch(text: &str, places: Option<usize>) -> Option<i64> {
    // Only to see that it is a number; the digits are what counts.
    text.parse::<f64>().ok().filter(|_| text.starts_with(|c: char| c.is_ascii_digit() || c == '-'))?;
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let point = whole.len() as i64 + exponent.parse::<i64>().ok()?;
    let digits = format!("{whole}{fraction}");
    if digits.contains('-') {
        // Before 1970 but for a zero.
        return Some(if digits.contains(|c: char| ('1'..='9').contains(&c)) { -1 } else { 0 });
    }
    let digits = format!("{digits:0<width$}", width = usize::try_from(point).unwrap_or(0).min(400));
    let whole = digits[..usize::try_from(point).unwrap_or(0).min(digits.len())].trim_start_matches('0');
    let places = places.unwrap_or(match whole.len() {
        0..=11 => 0,
        12..=14 => 3,
        15..=17 => 6,
        _ => 9,
    });
    let seconds = &whole[..whole.len().saturating_sub(places)];
    // What does not fit is after the year 9999 in any case.
    Some(if seconds.is_empty() { 0 } else { seconds.parse().unwrap_or(i64::MAX) })
}

fn date(text: &str) -> Option<i64> {
    let zoned = || DateTime::parse_from_rfc3339(&text.replacen(' ', "T", 1)).ok().map(|time| time.timestamp());
    let local = || NaiveDateTime::parse_from_str(&text.replacen(' ', "T", 1), "%Y-%m-%dT%H:%M:%S%.f").ok();
    let form = if text.contains('-') { "%Y-%m-%d" } else { "%Y%m%d" };
    let day = || NaiveDate::parse_from_str(text, form).ok().filter(|_| text.len() >= 8)?.and_hms_opt(0, 0, 0);
    zoned().or_else(|| local().or_else(day).map(|time| time.and_utc().timestamp()))
}

fn mail(text: &str) -> Option<i64> {
    DateTime::parse_from_rfc2822(text).ok().map(|time| time.timestamp())
}
