//! Numbers since 1970, read digit by digit: a decimal mantissa with a power of ten.

use super::{Reading, TimeError, Timestamp};

/// Reads `[sign] digits [. digits] [e [sign] digits]` as epoch milliseconds, rounded down.
///
/// `unit` is one of the epoch readings; without it the magnitude decides: milliseconds from 10^11,
/// microseconds from 10^14, nanoseconds from 10^17. Cost is linear in the length of the text and
/// does not depend on the exponent, so `1e-999999999999` is cheap.
///
/// # Errors
///
/// `BeforeEpoch` for a negative number, `TooLate` for one far beyond the year 9999 (the caller checks
/// the exact limit), `NotATime` for anything that is not a number.
pub(super) fn read(bytes: &[u8], unit: Option<Reading>) -> Result<(Timestamp, Reading), TimeError> {
    let number = Decimal::parse(bytes).ok_or(TimeError::NotATime)?;
    let Some(magnitude) = number.magnitude else {
        return Ok((Timestamp::default(), unit.unwrap_or(Reading::EpochSeconds)));
    };
    if number.negative {
        return Err(TimeError::BeforeEpoch);
    }
    let unit = unit.unwrap_or(match magnitude {
        ..11 => Reading::EpochSeconds,
        11..14 => Reading::EpochMilliseconds,
        14..17 => Reading::EpochMicroseconds,
        17.. => Reading::EpochNanoseconds,
    });
    let millisecond = match unit {
        Reading::EpochMilliseconds => 0,
        Reading::EpochMicroseconds => 3,
        Reading::EpochNanoseconds => 6,
        _ => -3,
    };
    // How many of the significant digits stand for whole milliseconds.
    match magnitude.saturating_sub(millisecond).saturating_add(1) {
        ..=0 => Ok((Timestamp::default(), unit)),
        digits @ 1..=15 => Ok((Timestamp::from_millis(number.leading(digits as usize)), unit)),
        16.. => Err(TimeError::TooLate),
    }
}

/// `whole.fraction × 10^exponent`, all digits ASCII, leading zeros left out.
struct Decimal<'a> {
    negative: bool,
    whole: &'a [u8],
    fraction: &'a [u8],
    /// The power of ten that the first significant digit stands for; `None` for zero.
    magnitude: Option<i64>,
}

impl<'a> Decimal<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (negative, bytes) = sign(bytes);
        let (whole, bytes) = split_digits(bytes);
        let (fraction, bytes) = match bytes.split_first() {
            Some((b'.', rest)) => split_digits(rest),
            _ => (&[][..], bytes),
        };
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let exponent = match bytes.split_first() {
            None => 0,
            Some((b'e' | b'E', rest)) => exponent(rest)?,
            Some(_) => return None,
        };
        let whole = without_zeros(whole);
        let significant = if whole.is_empty() { without_zeros(fraction) } else { fraction };
        // Lengths of slices fit into an i64 with room to spare.
        let zeros = (fraction.len() - significant.len()) as i64;
        let magnitude = (whole.len() as i64 - 1 - zeros).saturating_add(exponent);
        let is_zero = whole.is_empty() && significant.is_empty();
        let magnitude = (!is_zero).then_some(magnitude);
        Some(Self { negative, whole, fraction: significant, magnitude })
    }

    /// The first `count` significant digits as an integer, filled with zeros.
    fn leading(&self, count: usize) -> u64 {
        let append = |value, digit: &u8| value * 10 + u64::from(digit - b'0');
        let missing = count.saturating_sub(self.whole.len());
        let value = self.whole.iter().take(count).fold(0, append);
        let value = self.fraction.iter().take(missing).fold(value, append);
        let missing = missing.saturating_sub(self.fraction.len());
        (0..missing).fold(value, |value, _| value * 10)
    }
}

fn without_zeros(digits: &[u8]) -> &[u8] {
    let count = digits.iter().take_while(|digit| **digit == b'0').count();
    digits.split_at_checked(count).map_or(&[], |(_, rest)| rest)
}

fn sign(bytes: &[u8]) -> (bool, &[u8]) {
    match bytes.split_first() {
        Some((b'-', rest)) => (true, rest),
        Some((b'+', rest)) => (false, rest),
        _ => (false, bytes),
    }
}

fn split_digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    let count = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    bytes.split_at_checked(count).unwrap_or((bytes, &[]))
}

/// Reads an exponent. One that is far larger than any text is long is not read to its end: it says no more then.
fn exponent(bytes: &[u8]) -> Option<i64> {
    let (negative, bytes) = sign(bytes);
    let (digits, rest) = split_digits(bytes);
    if digits.is_empty() || !rest.is_empty() {
        return None;
    }
    let append = |value, digit: &u8| if value < 1 << 40 { value * 10 + i64::from(digit - b'0') } else { value };
    let value = digits.iter().fold(0, append);
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::super::Reading::*;
    use super::*;

    fn millis(text: &str, unit: Option<Reading>) -> Result<(i64, Reading), TimeError> {
        read(text.as_bytes(), unit).map(|(timestamp, reading)| (timestamp.in_millis(), reading))
    }

    #[test]
    fn numbers() {
        let cases = [
            ("0", Ok((0, EpochSeconds))),
            ("-0", Ok((0, EpochSeconds))),
            ("-0.0e9", Ok((0, EpochSeconds))),
            ("1", Ok((1_000, EpochSeconds))),
            ("0.9999", Ok((999, EpochSeconds))),
            ("-0.0001", Err(TimeError::BeforeEpoch)),
            ("00000000000000000001657051165", Ok((1_657_051_165_000, EpochSeconds))),
            ("+1657051165.", Ok((1_657_051_165_000, EpochSeconds))),
            (".5", Ok((500, EpochSeconds))),
            ("99999999999", Ok((99_999_999_999_000, EpochSeconds))),
            ("99999999999.999999", Ok((99_999_999_999_999, EpochSeconds))),
            ("100000000000", Ok((100_000_000_000, EpochMilliseconds))),
            ("1e11", Ok((100_000_000_000, EpochMilliseconds))),
            ("99999999999999", Ok((99_999_999_999_999, EpochMilliseconds))),
            ("100000000000000", Ok((100_000_000_000, EpochMicroseconds))),
            ("99999999999999999", Ok((99_999_999_999_999, EpochMicroseconds))),
            ("100000000000000000", Ok((100_000_000_000, EpochNanoseconds))),
            // A float would round this one up to the next second.
            ("1657051165999999999", Ok((1_657_051_165_999, EpochNanoseconds))),
            ("1657051165.9999999999999999", Ok((1_657_051_165_999, EpochSeconds))),
            ("16570511650000e-4", Ok((1_657_051_165_000, EpochSeconds))),
            ("0.00001657051165e14", Ok((1_657_051_165_000, EpochSeconds))),
            ("1e400", Err(TimeError::TooLate)),
            ("1e9223372036854775808", Err(TimeError::TooLate)),
            ("1e-999999999999", Ok((0, EpochSeconds))),
            ("1e-99999999999999999999999", Ok((0, EpochSeconds))),
            ("1e", Err(TimeError::NotATime)),
            ("1e+", Err(TimeError::NotATime)),
            ("1e5.0", Err(TimeError::NotATime)),
            (".", Err(TimeError::NotATime)),
            ("e9", Err(TimeError::NotATime)),
            ("--1", Err(TimeError::NotATime)),
            ("1_000", Err(TimeError::NotATime)),
            ("0x10", Err(TimeError::NotATime)),
            ("NaN", Err(TimeError::NotATime)),
            ("", Err(TimeError::NotATime)),
        ];
        for (text, expected) in cases {
            assert_eq!(millis(text, None), expected, "{text}");
        }
    }

    #[test]
    fn a_megabyte_of_digits() {
        let text = "9".repeat(1 << 20);
        assert_eq!(millis(&text, None), Err(TimeError::TooLate));
        let text = format!("{}1657051165.{}", "0".repeat(1 << 20), "9".repeat(1 << 20));
        assert_eq!(millis(&text, None), Ok((1_657_051_165_999, EpochSeconds)));
        let text = format!("0.{}1e{}", "0".repeat(1 << 20), (1 << 20) + 10);
        assert_eq!(millis(&text, None), Ok((1_000_000_000_000, EpochSeconds)));
    }

    #[test]
    fn a_given_unit_is_not_guessed() {
        let cases = [
            ("1", EpochMilliseconds, Ok((1, EpochMilliseconds))),
            ("1999", EpochMicroseconds, Ok((1, EpochMicroseconds))),
            ("999999", EpochNanoseconds, Ok((0, EpochNanoseconds))),
            ("100000000000", EpochSeconds, Ok((100_000_000_000_000, EpochSeconds))),
            ("0", EpochNanoseconds, Ok((0, EpochNanoseconds))),
            ("1e13", EpochSeconds, Err(TimeError::TooLate)),
        ];
        for (text, unit, expected) in cases {
            assert_eq!(millis(text, Some(unit)), expected, "{text}");
        }
    }
}
