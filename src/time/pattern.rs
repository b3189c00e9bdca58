//! Times by strftime pattern, with chrono's specifiers.

use chrono::Datelike;
use chrono::format::{Fixed, Item, Parsed, StrftimeItems};
use std::ops::Range;

use super::fields::{BEFORE_TIME, Field, Reader, ZONE_OR_UTC};
use super::mail::zone_seconds;
use super::{MAX_DATE_LEN, Moment};

/// A checked pattern: it has only known specifiers and gives a full date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    Literal(Box<str>),
    /// Any white space, also none.
    Space,
    Field(&'static Field),
    /// chrono skips the name of a zone without reading it, which would give a wrong time in silence.
    ZoneName,
}

/// Why a text is no usable pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A `%` with something behind it that means nothing, at these bytes.
    UnknownSpecifier(Range<usize>),
    /// The fields together do not name a day.
    NoDate,
    /// A minute without its hour, a second without its minute, or am/pm on its own.
    NoHour,
    /// A 12-hour clock without am/pm.
    NoHalfDay,
}

impl Pattern {
    /// Parses and checks a pattern.
    #[inline(never)]
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let Some(pattern) = Self::unchecked(text) else {
            return Err(Fault::UnknownSpecifier(first_unknown(text)));
        };
        // The fields that the pattern fills, with the values of one moment. Whether they are enough is then chrono's
        // own judgement.
        let mut sample = Parsed::new();
        for step in &pattern.steps {
            if let Step::Field(field) = step {
                field.set_sample(&mut sample);
            }
        }
        if sample.timestamp().is_none() {
            sample.to_naive_date().map_err(|_| Fault::NoDate)?;
            match (sample.hour_div_12(), sample.hour_mod_12()) {
                (None, Some(_)) => return Err(Fault::NoHalfDay),
                (Some(_), None) => return Err(Fault::NoHour),
                _ => {}
            }
            second_of_day(&sample).ok_or(Fault::NoHour)?;
        }
        Ok(pattern)
    }

    pub(super) fn unchecked(text: &str) -> Option<Self> {
        let mut pattern = Self { steps: Vec::new() };
        pattern.append(text)?;
        Some(pattern)
    }

    fn append(&mut self, text: &str) -> Option<()> {
        for item in StrftimeItems::new(text) {
            let step = match item {
                Item::Literal(text) => Step::Literal(text.into()),
                Item::Space(_) => Step::Space,
                Item::Fixed(Fixed::TimezoneName) => Step::ZoneName,
                // `%+`, a date and a time with little regard to space.
                Item::Fixed(Fixed::RFC3339) => {
                    self.append("%Y -%m -%d")?;
                    self.steps.push(Step::Field(&BEFORE_TIME));
                    self.append("%H :%M :%S%.f ")?;
                    Step::Field(&ZONE_OR_UTC)
                }
                item => Step::Field(Field::of(&item)?),
            };
            self.steps.push(step);
        }
        Some(())
    }

    /// Reads a text. The result may be before 1970.
    pub(super) fn read(&self, text: &str) -> Option<Moment> {
        if text.len() > MAX_DATE_LEN {
            return None;
        }
        let reader = self.fields(text)?;
        if reader.rest.is_empty() { resolve(&reader.fields) } else { None }
    }

    /// Reads what the pattern says, and leaves the rest.
    pub(super) fn fields<'t>(&self, text: &'t str) -> Option<Reader<'t>> {
        let mut reader = Reader::new(text);
        let mut zone = None;
        for step in &self.steps {
            match step {
                Step::Literal(text) if reader.skip(text) => {}
                Step::Literal(_) => return None,
                Step::Space => reader.space(),
                Step::Field(field) => reader.field(field)?,
                Step::ZoneName => {
                    reader.space();
                    zone = Some(reader.letters());
                }
            }
        }
        if let (None, Some(name)) = (reader.fields.offset(), zone) {
            reader.fields.set_offset(zone_seconds(name)?).ok()?;
        }
        Some(reader)
    }
}

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Literal(a), Self::Literal(b)) => a == b,
            (Self::Space, Self::Space) | (Self::ZoneName, Self::ZoneName) => true,
            // They are all in one place.
            (Self::Field(a), Self::Field(b)) => std::ptr::eq(*a, *b),
            _ => false,
        }
    }
}

impl Eq for Step {}

/// Reads the date of a mail header. The result may be before 1970.
#[inline(never)]
pub(super) fn read_rfc2822(text: &str) -> Option<Moment> {
    if text.len() > MAX_DATE_LEN {
        return None;
    }
    let mut reader = Reader::new(text);
    reader.mail_date()?;
    resolve(&reader.fields)
}

/// Puts fields together. Only the date is chrono's work: its way to a full time wants an hour and
/// an offset, which here may be absent.
fn resolve(fields: &Parsed) -> Option<Moment> {
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
    Some(Moment { seconds, millis })
}

/// Midnight where there is no time of day at all. chrono has checked the range of each field; its second 60, a leap
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

/// The place of the first specifier that chrono does not know, in a text that has one.
fn first_unknown(text: &str) -> Range<usize> {
    let mut start = 0;
    while let Some(found) = text.get(start..).and_then(|rest| rest.bytes().position(|byte| byte == b'%')) {
        start += found;
        let rest = text.get(start..).unwrap_or_default();
        match known_specifier(rest) {
            Some(length) => start += length,
            None => return start..start + unknown_specifier(rest),
        }
    }
    0..text.len()
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
            ("%c %Z", "Tue Jul  5 19:59:25 2022 UTC", SECOND),
            ("%a %b %d %H:%M:%S %Z %Y", "Tue Jul 05 15:59:25 EDT 2022", SECOND),
            ("%F %T %z (%Z)", "2022-07-05 21:59:25 +0200 (CEST)", SECOND),
            ("%F%%%T", "2022-07-05%19:59:25", SECOND),
            ("le %d/%m/%Y à %Hh%M", "le 05/07/2022 à 19h59", SECOND - 25_000),
        ];
        for (pattern, text, millis) in cases {
            let pattern = Pattern::parse(pattern).unwrap();
            assert_eq!(pattern.read(text).map(Moment::in_millis), Some(millis), "{text}");
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
            ("%F %T %Z", "2022-07-05 21:59:25 CEST"),
            ("%F %T %Z", "2022-07-05 21:59:25"),
            ("%F %T %z", "2022-07-05 21:59:25 +99:00"),
            ("%Y-%m-%d", "+99999999999999999999-07-05"),
            ("%Y-%m-%d", "-9223372036854775809-07-05"),
            ("%Y-%m-%d", "+2147483647-07-05"),
            ("%s", "99999999999999999999"),
        ];
        for (pattern, text) in cases {
            let pattern = Pattern::parse(pattern).unwrap();
            assert_eq!(pattern.read(text), None, "{text}");
        }
        let long = format!("{}1", "0".repeat(MAX_DATE_LEN));
        assert_eq!(Pattern::parse("%s").unwrap().read(&long), None);
    }

    #[test]
    fn faults() {
        use Fault::*;
        let cases = [
            ("%Y-%m-%d %Q", UnknownSpecifier(9..11)),
            ("%Y-%m-%d %H:%M:%S.%3N %z", UnknownSpecifier(18..21)),
            ("%%Q %Y %É", UnknownSpecifier(7..10)),
            ("%Y-%m-%", UnknownSpecifier(6..7)),
            ("%Y-% d", UnknownSpecifier(3..4)),
            ("%-F", UnknownSpecifier(0..3)),
            ("%.4f", UnknownSpecifier(0..4)),
            ("%::::z", UnknownSpecifier(0..6)),
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
        for (pattern, fault) in cases {
            assert_eq!(Pattern::parse(pattern), Err(fault), "{pattern}");
        }
    }
}
