//! Reads a time from text field by field, into chrono's [`Parsed`].
//!
//! chrono has a parser for this as well, but it would be a tenth of the whole engine, whose size has a limit. So the
//! meaning of its strftime specifiers is a table here, read by a short interpreter. The property tests hold that to
//! chrono's parser: the same texts, the same fields.

use chrono::Weekday::{self, Fri, Mon, Sat, Sun, Thu, Tue, Wed};
use chrono::format::{Item, ParseResult, Parsed, StrftimeItems};

use super::near::same;

/// What a specifier reads, and which field takes it.
#[derive(Debug)]
pub(super) struct Field {
    form: Form,
    set: Set,
    /// What the field is at 2022-07-05T19:59:25Z, a Tuesday.
    sample: i64,
}

pub(super) type Set = fn(&mut Parsed, i64) -> ParseResult<()>;

#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// At most so many digits, after any white space.
    Digits(usize),
    /// Exactly so many digits.
    Exactly(usize),
    /// A digit in a range, after any white space.
    Digit(i64, i64),
    /// At most four digits, or a sign and any number of them, after any white space.
    Signed,
    /// One of these names in any case. Counts from 1.
    Name(Names),
    /// The first three letters of one of these names, or all of it.
    LongName(Names),
    /// So many digits of a fraction of a second, in nanoseconds. 0 is one digit or more.
    Fraction(usize),
    /// The same behind a point. Without a point there is no fraction.
    PointFraction(usize),
    /// The distance from UTC in seconds, or one of these names for none, after any white space.
    Zone(Names, Offset),
}

pub(super) type Names = &'static [&'static str];

/// How the hours and minutes of a zone are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offset {
    /// `+0200`.
    Together,
    /// Also `+02:00` and `+02 : 00`.
    Apart,
    /// Also `+02`, if the text ends there.
    NoMinutes,
}

pub(super) const MONTHS: Names = &[
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
pub(super) const WEEKDAYS: Names = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const HALF_DAYS: Names = &["am", "pm"];

/// The specifiers that do not stand for several others.
static FIELDS: [(&str, Field); 38] = [
    ("%Y", field(Form::Signed, Parsed::set_year, 2022)),
    ("%C", field(Form::Digits(2), Parsed::set_year_div_100, 20)),
    ("%y", field(Form::Digits(2), Parsed::set_year_mod_100, 22)),
    ("%G", field(Form::Signed, Parsed::set_isoyear, 2022)),
    ("%g", field(Form::Digits(2), Parsed::set_isoyear_mod_100, 22)),
    ("%q", field(Form::Digits(1), Parsed::set_quarter, 3)),
    ("%m", field(Form::Digits(2), Parsed::set_month, 7)),
    ("%b", field(Form::Name(MONTHS), Parsed::set_month, 7)),
    ("%B", field(Form::LongName(MONTHS), Parsed::set_month, 7)),
    ("%d", DAY),
    ("%j", field(Form::Digits(3), Parsed::set_ordinal, 186)),
    ("%U", field(Form::Digits(2), Parsed::set_week_from_sun, 27)),
    ("%W", field(Form::Digits(2), Parsed::set_week_from_mon, 27)),
    ("%V", field(Form::Digits(2), Parsed::set_isoweek, 27)),
    ("%w", field(Form::Digit(0, 6), set_weekday, 2)),
    ("%u", field(Form::Digit(1, 7), set_weekday, 2)),
    ("%a", field(Form::Name(WEEKDAYS), set_weekday, 2)),
    ("%A", field(Form::LongName(WEEKDAYS), set_weekday, 2)),
    ("%H", field(Form::Digits(2), Parsed::set_hour, 19)),
    ("%I", field(Form::Digits(2), Parsed::set_hour12, 7)),
    ("%p", field(Form::Name(HALF_DAYS), set_half_day, 2)),
    ("%P", field(Form::Name(HALF_DAYS), set_half_day, 2)),
    ("%M", field(Form::Digits(2), Parsed::set_minute, 59)),
    ("%S", field(Form::Digits(2), Parsed::set_second, 25)),
    ("%f", field(Form::Digits(9), Parsed::set_nanosecond, 0)),
    ("%.f", field(Form::PointFraction(0), Parsed::set_nanosecond, 0)),
    ("%.3f", field(Form::PointFraction(3), Parsed::set_nanosecond, 0)),
    ("%.6f", field(Form::PointFraction(6), Parsed::set_nanosecond, 0)),
    ("%.9f", field(Form::PointFraction(9), Parsed::set_nanosecond, 0)),
    ("%3f", field(Form::Fraction(3), Parsed::set_nanosecond, 0)),
    ("%6f", field(Form::Fraction(6), Parsed::set_nanosecond, 0)),
    ("%9f", field(Form::Fraction(9), Parsed::set_nanosecond, 0)),
    ("%s", field(Form::Digits(usize::MAX), Parsed::set_timestamp, 1_657_051_165)),
    ("%z", field(Form::Zone(&[], Offset::Apart), Parsed::set_offset, 0)),
    ("%:z", field(Form::Zone(&[], Offset::Apart), Parsed::set_offset, 0)),
    ("%::z", field(Form::Zone(&[], Offset::Apart), Parsed::set_offset, 0)),
    ("%:::z", field(Form::Zone(&[], Offset::Apart), Parsed::set_offset, 0)),
    ("%#z", field(Form::Zone(&["z"], Offset::NoMinutes), Parsed::set_offset, 0)),
];

pub(super) const DAY: Field = field(Form::Digits(2), Parsed::set_day, 5);

/// What stands between the date and the time of `%+`, and its zone.
pub(super) static BEFORE_TIME: Field = field(Form::Name(&["t", " "]), |_, _| Ok(()), 0);
pub(super) static ZONE_OR_UTC: Field = field(Form::Zone(&["z", "utc"], Offset::Apart), Parsed::set_offset, 0);

pub(super) const fn field(form: Form, set: Set, sample: i64) -> Field {
    Field { form, set, sample }
}

/// By its number from Monday, 1, or from Sunday, 0.
pub(super) fn set_weekday(fields: &mut Parsed, number: i64) -> ParseResult<()> {
    const DAYS: [Weekday; 7] = [Sun, Mon, Tue, Wed, Thu, Fri, Sat];
    let day = DAYS.get(number as usize % DAYS.len());
    fields.set_weekday(*day.unwrap_or(&Sun))
}

fn set_half_day(fields: &mut Parsed, number: i64) -> ParseResult<()> {
    fields.set_ampm(number == 2)
}

impl Field {
    /// What reads as chrono reads an item. Padding is only for writing.
    pub(super) fn of(item: &Item) -> Option<&'static Self> {
        let is_same = |specifier| match (item, StrftimeItems::new(specifier).next()) {
            (Item::Numeric(item, _), Some(Item::Numeric(known, _))) => *item == known,
            (Item::Fixed(item), Some(Item::Fixed(known))) => *item == known,
            _ => false,
        };
        FIELDS.iter().find(|(specifier, _)| is_same(specifier)).map(|(_, field)| field)
    }

    pub(super) fn set_sample(&self, fields: &mut Parsed) {
        // Setting a field twice to one value is no conflict, so there is no error to report.
        let _ = (self.set)(fields, self.sample);
    }
}

/// Text with the fields that have been read from it.
pub(super) struct Reader<'t> {
    pub(super) rest: &'t str,
    pub(super) fields: Parsed,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text, fields: Parsed::new() }
    }

    /// Takes what the field says off the text. `None` where the text is different, the number out of the field's
    /// range, or the field already has another value.
    #[inline(never)]
    pub(super) fn field(&mut self, field: &Field) -> Option<()> {
        let value = match field.form {
            Form::Digits(most) => {
                self.space();
                self.digits(1, most)?
            }
            Form::Exactly(count) => self.digits(count, count)?,
            Form::Digit(first, last) => {
                self.space();
                self.digits(1, 1).filter(|digit| (first..=last).contains(digit))?
            }
            Form::Signed => {
                self.space();
                if self.skip("-") {
                    -self.digits(1, usize::MAX)?
                } else if self.skip("+") {
                    self.digits(1, usize::MAX)?
                } else {
                    self.digits(1, 4)?
                }
            }
            Form::Name(names) => self.name(names, false)?,
            Form::LongName(names) => self.name(names, true)?,
            Form::Fraction(digits) => self.fraction(digits)?,
            Form::PointFraction(digits) => {
                if !self.skip(".") {
                    return Some(());
                }
                self.fraction(digits)?
            }
            Form::Zone(names, offset) => {
                self.space();
                if self.name(names, false).is_some() { 0 } else { self.offset(offset)? }
            }
        };
        self.set(field.set, value)
    }

    #[inline(never)]
    pub(super) fn set(&mut self, set: Set, value: i64) -> Option<()> {
        set(&mut self.fields, value).ok()
    }

    #[inline(never)]
    pub(super) fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    #[inline(never)]
    pub(super) fn skip(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// The ASCII letters that come next, perhaps none.
    pub(super) fn letters(&mut self) -> &'t str {
        self.run(usize::MAX, u8::is_ascii_alphabetic)
    }

    /// What comes next of one kind of ASCII characters, but not more than `most` of them.
    #[inline(never)]
    fn run(&mut self, most: usize, is_one: fn(&u8) -> bool) -> &'t str {
        let count = self.rest.bytes().take(most).take_while(is_one).count();
        self.take(count).unwrap_or_default()
    }

    pub(super) fn take(&mut self, length: usize) -> Option<&'t str> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    #[inline(never)]
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<i64> {
        let digits = self.run(most, u8::is_ascii_digit);
        let mut number: i64 = 0;
        for digit in digits.bytes() {
            // Looks for the overflow by hand: a checked multiplication would bring 128-bit arithmetic along.
            if number > i64::MAX / 10 {
                return None;
            }
            number = (number * 10).checked_add(i64::from(digit - b'0'))?;
        }
        (digits.len() >= least).then_some(number)
    }

    #[inline(never)]
    pub(super) fn name(&mut self, names: Names, long: bool) -> Option<i64> {
        let short = |name: &'static str| name.get(..3).unwrap_or(name);
        let rest = self.rest.as_bytes();
        let is_next = |name: &str| rest.get(..name.len()).is_some_and(|next| same(next, name.as_bytes()));
        let (name, number) = names.iter().zip(1..).find(|(name, _)| is_next(short(name)))?;
        let length = if long && is_next(name) { name.len() } else { short(name).len() };
        self.take(length)?;
        Some(number)
    }

    #[inline(never)]
    fn fraction(&mut self, digits: usize) -> Option<i64> {
        let before = self.rest.len();
        let mut nanos = if digits == 0 { self.digits(1, 9)? } else { self.digits(digits, digits)? };
        for _ in before - self.rest.len()..9 {
            nanos *= 10;
        }
        if digits == 0 {
            self.run(usize::MAX, u8::is_ascii_digit);
        }
        Some(nanos)
    }

    #[inline(never)]
    pub(super) fn offset(&mut self, form: Offset) -> Option<i64> {
        let is_east = self.skip("+");
        // The second is the typographer's minus sign, which ISO 8601 allows.
        if !is_east && !self.skip("-") && (form == Offset::Together || !self.skip("\u{2212}")) {
            return None;
        }
        let hours = self.digits(2, 2)?;
        if form != Offset::Together {
            self.space();
            while self.skip(":") {
                self.space();
            }
        }
        let minutes = if form == Offset::NoMinutes && self.rest.is_empty() { 0 } else { self.digits(2, 2)? };
        let seconds = (hours * 60 + minutes) * 60;
        (minutes < 60).then_some(if is_east { seconds } else { -seconds })
    }
}
