//! Times by strftime pattern, parsed by chrono.

use std::fmt::Write;
use std::ops::Range;

use chrono::format::{Fixed, Item, Numeric, Parsed, StrftimeItems, parse};
use chrono::{DateTime, Datelike};

use super::{MAX_DATE_LEN, Timestamp};

/// A checked pattern: all its specifiers are known, and it has a full date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TimePattern {
    items: Vec<Item<'static>>,
}

/// Why a text is not a usable pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PatternError {
    /// A `%` followed by something without a meaning, at these bytes.
    UnknownSpecifier(Range<usize>),
    /// `%Z`, at these bytes: chrono skips the name of a zone unread, which would silently give a wrong time.
    ZoneName(Range<usize>),
    /// The fields together do not name a day.
    NoDate,
    /// A minute without its hour, a second without its minute, or am/pm on its own.
    NoHour,
    /// A 12-hour clock without am/pm.
    NoHalfDay,
}

impl TimePattern {
    /// Parses and checks a pattern.
    pub(super) fn parse(text: &str) -> Result<Self, PatternError> {
        for (range, is_known) in specifiers(text) {
            if !is_known {
                return Err(PatternError::UnknownSpecifier(range));
            }
            if text.get(range.clone()) == Some("%Z") {
                return Err(PatternError::ZoneName(range));
            }
        }
        let items = StrftimeItems::new(text).parse_to_owned();
        let mut items = items.map_err(|_| PatternError::UnknownSpecifier(0..text.len()))?;
        check_fields(&filled_fields(&items))?;
        for item in &mut items {
            if let Item::Fixed(
                Fixed::TimezoneOffset
                | Fixed::TimezoneOffsetColon
                | Fixed::TimezoneOffsetDoubleColon
                | Fixed::TimezoneOffsetTripleColon,
            ) = item
            {
                // Parses the same offsets, and `Z`.
                *item = Item::Fixed(Fixed::TimezoneOffsetZ);
            }
        }
        Ok(Self { items })
    }

    /// Whether it has `%s`, epoch seconds.
    pub(super) fn is_number(&self) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Numeric(Numeric::Timestamp, _)))
    }

    /// The number of specifiers and of the texts between them.
    pub(super) fn items(&self) -> usize {
        self.items.len()
    }

    /// Reads a text. The result may be before 1970.
    pub(super) fn read(&self, text: &str) -> Option<Timestamp> {
        if text.len() > MAX_DATE_LEN {
            return None;
        }
        let mut fields = Parsed::new();
        parse(&mut fields, text, self.items.iter()).ok()?;
        resolve(&fields)
    }
}

/// The fields that a pattern fills, with their values at 1970-01-01T00:00:00Z: each item is written and parsed again.
fn filled_fields(items: &[Item<'static>]) -> Parsed {
    let mut fields = Parsed::new();
    let mut seen: Vec<&Item> = Vec::new();
    for item in items.iter().filter(|item| matches!(item, Item::Numeric(..) | Item::Fixed(_))) {
        // A long pattern repeats itself, and is not worth more work for it.
        if seen.contains(&item) {
            continue;
        }
        seen.push(item);
        let mut text = String::new();
        // `%#z` cannot be written, and a date is complete without an offset.
        if write!(text, "{}", DateTime::UNIX_EPOCH.format_with_items([item].into_iter())).is_ok() {
            // All values are of one moment, so that no field conflicts with another.
            let _ = parse(&mut fields, &text, [item].into_iter());
        }
    }
    fields
}

/// Whether the fields are enough for a time, which chrono judges for the date.
fn check_fields(fields: &Parsed) -> Result<(), PatternError> {
    if fields.timestamp().is_some() {
        return Ok(());
    }
    fields.to_naive_date().map_err(|_| PatternError::NoDate)?;
    match (fields.hour_div_12(), fields.hour_mod_12()) {
        (None, Some(_)) => Err(PatternError::NoHalfDay),
        (Some(_), None) => Err(PatternError::NoHour),
        _ => second_of_day(fields).map(|_| ()).ok_or(PatternError::NoHour),
    }
}

/// Reads the date of a mail header, RFC 2822. The result may be before 1970.
pub(super) fn read_rfc2822(text: &str) -> Option<Timestamp> {
    if text.len() > MAX_DATE_LEN {
        return None;
    }
    let time = DateTime::parse_from_rfc2822(text).ok()?;
    // chrono writes a leap second as a second and more of nanoseconds.
    let leap_second = i64::from(time.timestamp_subsec_nanos() / 1_000_000_000);
    Some(Timestamp { seconds: time.timestamp() + leap_second, millis: 0 })
}

/// Puts fields together. Only the date is chrono's work: its way to a full time wants an hour and
/// an offset, which here may be absent.
fn resolve(fields: &Parsed) -> Option<Timestamp> {
    let millis = fields.nanosecond().unwrap_or(0) / 1_000_000;
    let seconds = match fields.timestamp() {
        Some(seconds) => seconds,
        None => {
            let date = fields.to_naive_date().ok()?;
            let days = i64::from(date.num_days_from_ce()) - 719_163;
            let offset = fields.offset().filter(|offset| offset.abs() < 86_400);
            if offset != fields.offset() {
                return None;
            }
            days * 86_400 + second_of_day(fields)? - i64::from(offset.unwrap_or(0))
        }
    };
    Some(Timestamp { seconds, millis })
}

/// Midnight if there is no time of day. chrono has checked the range of each field; its second 60, a leap
/// second, gives the second after 59.
fn second_of_day(fields: &Parsed) -> Option<i64> {
    let time = (fields.hour_div_12(), fields.hour_mod_12(), fields.minute(), fields.second());
    let (half, hour, minute, second) = match time {
        (None, None, None, None) => (0, 0, 0, 0),
        (Some(half), Some(hour), None, None) => (half, hour, 0, 0),
        (Some(half), Some(hour), Some(minute), second) => (half, hour, minute, second.unwrap_or(0)),
        _ => return None,
    };
    Some(i64::from((half * 12 + hour) * 3600 + minute * 60 + second))
}

/// The specifiers of a text with their places in bytes, and whether chrono knows them.
fn specifiers(text: &str) -> impl Iterator<Item = (Range<usize>, bool)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let start = next + text.get(next..)?.find('%')?;
        let rest = text.get(start..)?;
        let known = known_specifier(rest);
        next = start + known.unwrap_or_else(|| unknown_specifier(rest));
        Some((start..next, known.is_some()))
    })
}

/// The length of the specifier that a text begins with. The longest is `%:::z`.
fn known_specifier(text: &str) -> Option<usize> {
    let is_known = |head| !matches!(StrftimeItems::new(head).next(), None | Some(Item::Error));
    (2..=5).find(|length| text.get(..*length).is_some_and(is_known))
}

/// The length of what looks like a specifier: `%`, flags, a width, and a letter.
fn unknown_specifier(text: &str) -> usize {
    let is_flag = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'%' | b'-' | b'_' | b'#' | b'.' | b':');
    let flags = text.bytes().take_while(is_flag).count();
    let letter = text.get(flags..).and_then(|rest| rest.chars().next());
    flags + letter.filter(|c| c.is_ascii_alphanumeric() || !c.is_ascii()).map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_657_051_165_000;
    const MIDNIGHT: i64 = 1_656_979_200_000;

    #[test]
    fn patterns_that_read() {
        let cases = [
            ("%d/%m/%Y %H:%M:%S %z", "05/07/2022 21:59:25 +0200", SECOND),
            ("%d/%m/%Y %H:%M:%S %z", "05/07/2022 21:59:25 +02:00", SECOND),
            ("%d/%m/%Y %H:%M:%S %#z", "05/07/2022 19:59:25 Z", SECOND),
            ("%d/%m/%Y %H:%M:%S", "05/07/2022 19:59:25", SECOND),
            ("%d.%m.%Y", "05.07.2022", MIDNIGHT),
            ("%d.%m.%Y", "5.7.2022", MIDNIGHT),
            ("%d.%m.%y", "05.07.22", MIDNIGHT),
            ("%d.%m.%y", "05.07.70", 15_984_000_000),
            ("%Y%m%d%H%M%S", "20220705195925", SECOND),
            ("%Y-%m-%d %H", "2022-07-05 19", MIDNIGHT + 19 * 3_600_000),
            ("%m/%d/%Y %I:%M:%S %p", "07/05/2022 07:59:25 PM", SECOND),
            ("%b %e, %Y %l:%M:%S%P", "Jul  5, 2022  7:59:25pm", SECOND),
            ("%A, %d %B %Y", "Tuesday, 05 July 2022", MIDNIGHT),
            ("%Y-%j", "2022-186", MIDNIGHT),
            ("%G-W%V-%u", "2022-W27-2", MIDNIGHT),
            ("%Y-%m-%dT%H:%M:%S%.fZ", "2022-07-05T19:59:25.661Z", SECOND + 661),
            ("%Y-%m-%d %H:%M:%S,%3f", "2022-07-05 19:59:25,661", SECOND + 661),
            ("%Y-%m-%d %H:%M%.f", "2022-07-05 19:59.0", SECOND - 25_000),
            ("%Y-%m-%d %H:%M:%S", "2016-12-31 23:59:60", 1_483_228_800_000),
            ("%s", "1657051165", SECOND),
            ("%s%.3f", "1657051165.661", SECOND + 661),
            ("%+", "2022-07-05T21:59:25.661+02:00", SECOND + 661),
            ("%c", "Tue Jul  5 19:59:25 2022", SECOND),
            ("%d/%m/%Y %H:%M:%S %z", "05/07/2022 19:59:25 Z", SECOND),
            ("%FT%T%:z", "2022-07-05T19:59:25z", SECOND),
            ("%F%%%T", "2022-07-05%19:59:25", SECOND),
            ("le %d/%m/%Y à %Hh%M", "le 05/07/2022 à 19h59", SECOND - 25_000),
        ];
        for (pattern, text, millis) in cases {
            let pattern = TimePattern::parse(pattern).unwrap();
            assert_eq!(pattern.read(text).map(Timestamp::in_millis), Some(millis), "{text}");
        }
    }

    #[test]
    fn texts_that_do_not_fit() {
        let cases = [
            ("%d/%m/%Y", "31/02/2022"),
            ("%d/%m/%Y", "05/07/2022 19:59"),
            ("%d/%m/%Y", "05/07"),
            ("%d/%m/%Y", ""),
            ("%a %d/%m/%Y", "Mon 05/07/2022"),
            ("%F %T %z", "2022-07-05 21:59:25 CEST"),
            ("%F %T %z", "2022-07-05 21:59:25"),
            ("%F %T %z", "2022-07-05 21:59:25 UTC"),
            ("%F %T %z", "2022-07-05 21:59:25 +99:00"),
            ("%Y-%m-%d", "+99999999999999999999-07-05"),
            ("%Y-%m-%d", "-9223372036854775809-07-05"),
            ("%Y-%m-%d", "+2147483647-07-05"),
            ("%s", "99999999999999999999"),
        ];
        for (pattern, text) in cases {
            let pattern = TimePattern::parse(pattern).unwrap();
            assert_eq!(pattern.read(text), None, "{text}");
        }
        let long = format!("{}1", "0".repeat(MAX_DATE_LEN));
        assert_eq!(TimePattern::parse("%s").unwrap().read(&long), None);
    }

    #[test]
    fn unusable_patterns() {
        use PatternError::*;
        let cases = [
            ("%Y-%m-%d %Q", UnknownSpecifier(9..11)),
            ("%Y-%m-%d %H:%M:%S.%3N %z", UnknownSpecifier(18..21)),
            ("%%Q %Y %É", UnknownSpecifier(7..10)),
            ("%Y-%m-%", UnknownSpecifier(6..7)),
            ("%Y-% d", UnknownSpecifier(3..4)),
            ("%-F", UnknownSpecifier(0..3)),
            ("%.4f", UnknownSpecifier(0..4)),
            ("%::::z", UnknownSpecifier(0..6)),
            ("%c %Z", ZoneName(3..5)),
            ("%%Z %F %Z %Q", ZoneName(7..9)),
            ("%H:%M", NoDate),
            ("%d/%m", NoDate),
            ("%Y-%m", NoDate),
            ("%m %Y %A", NoDate),
            ("%C-%m-%d", NoDate),
            ("at noon", NoDate),
            ("", NoDate),
            ("%F %I:%M", NoHalfDay),
            ("%F %M:%S", NoHour),
            ("%F %H:%S", NoHour),
            ("%F %p", NoHour),
        ];
        for (pattern, error) in cases {
            assert_eq!(TimePattern::parse(pattern), Err(error), "{pattern}");
        }
    }
}
