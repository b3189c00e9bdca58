//! ISO 8601 and RFC 3339, both ways, without allocation: this is the hot path of the engine.
//!
//! Read are a calendar date, alone or with a time of day, in the extended (`2022-07-05T19:59:25`)
//! and the basic (`20220705T195925`) form; `T` in either case or a space between the two; seconds
//! or none; a fraction of a second with `.` or `,`; `Z`, `+02:00`, `+0200`, `+02` or no zone, which
//! means UTC. Week dates and ordinal dates are not.
//!
//! Numbers are 32 bits wide where they can be: WebAssembly has no fast way to divide 64 bits.

use super::Timestamp;

const SECONDS_PER_DAY: i64 = 86_400;

/// Days from 0000-03-01 to 1970-01-01. Years begin in March here, so that the leap day is the last.
const DAYS_TO_EPOCH: i64 = 719_468;

/// Days in four hundred years, after which the calendar repeats.
const DAYS_PER_ERA: i64 = 146_097;

/// Reads a time. The result may be before 1970.
pub(super) fn read(bytes: &[u8]) -> Option<Timestamp> {
    let (days, rest) = date(bytes)?;
    let midnight = days * SECONDS_PER_DAY;
    let Some((b'T' | b't' | b' ', rest)) = rest.split_first() else {
        return rest.is_empty().then_some(Timestamp { seconds: midnight, millis: 0 });
    };
    let (second, millis, rest) = time(rest)?;
    let seconds = midnight + i64::from(second) - i64::from(zone(rest)?);
    Some(Timestamp { seconds, millis })
}

/// Writes epoch seconds as `2022-07-05T19:59:25Z`.
///
/// A year outside 0 to 9999 gets a sign and at least six digits, as ISO 8601 asks for.
pub(crate) fn to_iso(seconds: i64) -> String {
    let mut out = Vec::with_capacity(20);
    let (year, month, day) = civil(seconds.div_euclid(SECONDS_PER_DAY));
    // Less than a day.
    let second = seconds.rem_euclid(SECONDS_PER_DAY) as u32;
    match u32::try_from(year) {
        Ok(year @ 0..=9999) => {
            out.extend(digits(year / 100));
            out.extend(digits(year % 100));
        }
        _ => push_long_year(year, &mut out),
    }
    let [m1, m2] = digits(month);
    let [d1, d2] = digits(day);
    let [h1, h2] = digits(second / 3600);
    let [i1, i2] = digits(second / 60 % 60);
    let [s1, s2] = digits(second % 60);
    out.extend([b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', i1, i2, b':', s1, s2, b'Z']);
    #[expect(clippy::expect_used, reason = "every byte is ASCII")]
    String::from_utf8(out).expect("every byte is ASCII")
}

/// Reads a date as days since 1970, and gives what follows it.
fn date(bytes: &[u8]) -> Option<(i64, &[u8])> {
    if let Some(([y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2], rest)) = bytes.split_first_chunk() {
        let year = two(*y1, *y2)? * 100 + two(*y3, *y4)?;
        return Some((days(year, two(*m1, *m2)?, two(*d1, *d2)?)?, rest));
    }
    let ([y1, y2, y3, y4, m1, m2, d1, d2], rest) = bytes.split_first_chunk()?;
    let year = two(*y1, *y2)? * 100 + two(*y3, *y4)?;
    Some((days(year, two(*m1, *m2)?, two(*d1, *d2)?)?, rest))
}

/// Reads a time of day as seconds and milliseconds, and gives what follows it.
fn time(bytes: &[u8]) -> Option<(u32, u32, &[u8])> {
    if let Some(([h1, h2, b':', m1, m2, b':', s1, s2], rest)) = bytes.split_first_chunk() {
        let second = second_of_day(two(*h1, *h2)?, two(*m1, *m2)?, two(*s1, *s2)?)?;
        let (millis, rest) = fraction(rest)?;
        return Some((second, millis, rest));
    }
    if let Some(([h1, h2, b':', m1, m2], rest)) = bytes.split_first_chunk() {
        return Some((second_of_day(two(*h1, *h2)?, two(*m1, *m2)?, 0)?, 0, rest));
    }
    let ([h1, h2, m1, m2], rest) = bytes.split_first_chunk()?;
    let (hour, minute) = (two(*h1, *h2)?, two(*m1, *m2)?);
    match rest.split_first_chunk() {
        Some(([s1, s2], rest)) if s1.is_ascii_digit() => {
            let (millis, rest) = fraction(rest)?;
            Some((second_of_day(hour, minute, two(*s1, *s2)?)?, millis, rest))
        }
        _ => Some((second_of_day(hour, minute, 0)?, 0, rest)),
    }
}

/// Reads the fraction of a second, if there is one, as whole milliseconds.
fn fraction(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let Some((b'.' | b',', digits)) = bytes.split_first() else {
        return Some((0, bytes));
    };
    let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = digits.split_at_checked(count)?;
    let millis = match digits {
        [] => return None,
        [a] => digit(*a)? * 100,
        [a, b] => two(*a, *b)? * 10,
        [a, b, c, ..] => two(*a, *b)? * 10 + digit(*c)?,
    };
    Some((millis, rest))
}

/// Reads a zone as seconds east of UTC. It must be all that is left.
fn zone(bytes: &[u8]) -> Option<i32> {
    let (sign, hour, minute) = match bytes {
        [] | [b'Z' | b'z'] => return Some(0),
        [sign, h1, h2, b':', m1, m2] | [sign, h1, h2, m1, m2] => (sign, two(*h1, *h2)?, two(*m1, *m2)?),
        [sign, h1, h2] => (sign, two(*h1, *h2)?, 0),
        _ => return None,
    };
    let east = second_of_day(hour, minute, 0)?.cast_signed();
    match sign {
        b'+' => Some(east),
        b'-' => Some(-east),
        _ => None,
    }
}

/// Second 60 is a leap second. It gives the second after 59, as epoch time has no name for it.
fn second_of_day(hour: u32, minute: u32, second: u32) -> Option<u32> {
    let exists = hour < 24 && minute < 60 && second <= 60;
    exists.then_some(hour * 3600 + minute * 60 + second)
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    Some(digit(tens)? * 10 + digit(ones)?)
}

fn digit(byte: u8) -> Option<u32> {
    let value = byte.wrapping_sub(b'0');
    (value < 10).then_some(u32::from(value))
}

/// Days from 1970-01-01 to a date; `None` when the date does not exist.
fn days(year: u32, month: u32, day: u32) -> Option<i64> {
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(is_leap(year)),
        _ => return None,
    };
    if !(1..=last).contains(&day) {
        return None;
    }
    // Four hundred years are added so that the January of year 0 is not below zero.
    let (year, month) = if month > 2 { (year + 400, month - 3) } else { (year + 399, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    // Lengths of the months from March on, summed: 0, 31, 61, 92, …
    let before_month = (153 * month + 2) / 5;
    let days = year * 365 + leap_days + before_month + day - 1;
    Some(i64::from(days) - DAYS_PER_ERA - DAYS_TO_EPOCH)
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// Year, month and day of a day counted from 1970-01-01: the inverse of [`days`].
fn civil(days: i64) -> (i64, u32, u32) {
    let days = days + DAYS_TO_EPOCH;
    // Less than an era.
    let day_of_era = days.rem_euclid(DAYS_PER_ERA) as u32;
    // Leap days are taken out first (one in 4 years, none in 100, one in 400), then years are even.
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let year = days.div_euclid(DAYS_PER_ERA) * 400 + i64::from(year_of_era);
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}

/// The two decimal digits of a value below a hundred.
fn digits(value: u32) -> [u8; 2] {
    // Both are below ten.
    [b'0' + (value / 10 % 10) as u8, b'0' + (value % 10) as u8]
}

/// Appends a year that four digits cannot hold, with six digits or, if need be, with twelve: the
/// longest year of an i64 of seconds.
fn push_long_year(year: i64, out: &mut Vec<u8>) {
    out.push(if year < 0 { b'-' } else { b'+' });
    let year = year.unsigned_abs();
    let width = if year > 999_999 { 12 } else { 6 };
    // A remainder of ten always fits.
    out.extend((0..width).rev().map(|power| b'0' + (year / 10u64.pow(power) % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_657_051_165_000;

    #[test]
    fn shapes() {
        let cases = [
            ("2022-07-05T19:59:25Z", SECOND),
            ("2022-07-05t19:59:25z", SECOND),
            ("2022-07-05 19:59:25Z", SECOND),
            ("2022-07-05T19:59:25", SECOND),
            ("2022-07-05T19:59:25.6Z", SECOND + 600),
            ("2022-07-05T19:59:25,66", SECOND + 660),
            ("2022-07-05T19:59:25.661999999999999999Z", SECOND + 661),
            ("2022-07-05T21:59:25+02:00", SECOND),
            ("2022-07-05T21:59:25+0200", SECOND),
            ("2022-07-05T21:59:25+02", SECOND),
            ("2022-07-05T14:29:25-05:30", SECOND),
            ("2022-07-05T19:59:25-00:00", SECOND),
            ("2022-07-05T19:59Z", SECOND - 25_000),
            ("2022-07-05T19:59", SECOND - 25_000),
            ("2022-07-05T21:59+02", SECOND - 25_000),
            ("20220705T195925Z", SECOND),
            ("20220705T195925.661Z", SECOND + 661),
            ("20220705T195925", SECOND),
            ("20220705T1959Z", SECOND - 25_000),
            ("20220705T1959", SECOND - 25_000),
            ("20220705T2159+0200", SECOND - 25_000),
            ("2022-07-05", 1_656_979_200_000),
            ("20220705", 1_656_979_200_000),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000),
            ("2016-12-31T23:59:60.5Z", 1_483_228_800_500),
            ("2000-02-29", 951_782_400_000),
            ("0000-03-01T00:00:00Z", -62_162_035_200_000),
            ("9999-12-31T23:59:59Z", 253_402_300_799_000),
        ];
        for (text, millis) in cases {
            assert_eq!(read(text.as_bytes()).map(Timestamp::in_millis), Some(millis), "{text}");
        }
    }

    #[test]
    fn near_misses() {
        let cases = [
            "2022-07-05T19:59:25.Z",
            "2022-07-05T19:59:25 Z",
            "2022-07-05T19:59:25ZZ",
            "2022-07-05T19:59:61Z",
            "2022-07-05T19:60:25Z",
            "2022-07-05T24:00:00Z",
            "2022-07-05T19:59.5Z",
            "2022-07-05T19Z",
            "2022-07-05T",
            "2022-07-05Z",
            "2022-07-05_19:59:25Z",
            "2022-7-5T19:59:25Z",
            "2022-00-05",
            "2022-13-05",
            "2022-07-00",
            "2022-04-31",
            "1900-02-29",
            "2022-07-05T19:59:25+24:00",
            "2022-07-05T19:59:25+02:60",
            "2022-07-05T19:59:25+2",
            "2022-07-05T19:59:25*02:00",
            "2022-07-05T19:5925Z",
            "2022-0705T19:59:25Z",
            "+002022-07-05T19:59:25Z",
            "2022-07",
            "",
        ];
        for text in cases {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn written() {
        let cases = [
            (1_657_051_165, "2022-07-05T19:59:25Z"),
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
            (253_402_300_800, "+010000-01-01T00:00:00Z"),
            (-62_167_219_200, "0000-01-01T00:00:00Z"),
            (-62_167_219_201, "-000001-12-31T23:59:59Z"),
            (i64::MAX, "+292277026596-12-04T15:30:07Z"),
            (i64::MIN, "-292277022657-01-27T08:29:52Z"),
        ];
        for (seconds, text) in cases {
            assert_eq!(to_iso(seconds), text);
        }
    }
}
