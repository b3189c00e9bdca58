//! The date of a mail header, RFC 2822, with the older forms that it tells to understand.

use chrono::format::Parsed;

use super::fields::{DAY, Field, Form, MONTHS, Offset, Reader, WEEKDAYS, field, set_weekday};
use super::near::{row, same};

impl Reader<'_> {
    /// Reads such a date, and comments, to the end of the text.
    #[inline(never)]
    pub(super) fn mail_date(&mut self) -> Option<()> {
        const MONTH: Field = field(Form::Name(MONTHS), Parsed::set_month, 7);
        const HOUR: Field = field(Form::Exactly(2), Parsed::set_hour, 19);
        const MINUTE: Field = field(Form::Exactly(2), Parsed::set_minute, 59);
        const SECOND: Field = field(Form::Exactly(2), Parsed::set_second, 25);
        self.space();
        if let Some(weekday) = self.name(WEEKDAYS, false) {
            self.set(set_weekday, weekday)?;
            self.must_skip(",")?;
        }
        self.field(&DAY)?;
        self.gap()?;
        self.field(&MONTH)?;
        self.gap()?;
        self.mail_year()?;
        self.gap()?;
        self.field(&HOUR)?;
        self.space();
        self.must_skip(":")?;
        self.space();
        self.field(&MINUTE)?;
        let minute = self.rest;
        self.space();
        if self.skip(":") {
            self.field(&SECOND)?;
        } else {
            self.rest = minute;
        }
        self.gap()?;
        let zone = self.mail_zone()?;
        self.set(Parsed::set_offset, zone)?;
        self.comments()
    }

    fn must_skip(&mut self, text: &str) -> Option<()> {
        self.skip(text).then_some(())
    }

    #[inline(never)]
    fn gap(&mut self) -> Option<()> {
        let before = self.rest.len();
        self.space();
        (self.rest.len() < before).then_some(())
    }

    fn mail_year(&mut self) -> Option<()> {
        let before = self.rest.len();
        let year = self.digits(2, usize::MAX)?;
        let century = match before - self.rest.len() {
            2 if year < 50 => 2000,
            2 | 3 => 1900,
            _ => 0,
        };
        self.set(Parsed::set_year, century + year)
    }

    fn mail_zone(&mut self) -> Option<i64> {
        let name = self.letters();
        match name.as_bytes() {
            [] => self.offset(Offset::Together),
            // Letters of the alphabet for zones: they were once defined wrongly, so they say nothing.
            [b'J' | b'j'] => None,
            [_] => Some(0),
            // The one name of ours that is not in RFC 2822.
            _ if same(name.as_bytes(), b"utc") => None,
            _ => zone_seconds(name),
        }
    }

    /// Comments in parentheses, to the end of the text.
    fn comments(&mut self) -> Option<()> {
        loop {
            self.space();
            if self.rest.is_empty() {
                return Some(());
            }
            self.must_skip("(")?;
            let mut depth = 1_u32;
            let mut bytes = self.rest.bytes();
            while depth > 0 {
                match bytes.next()? {
                    b'(' => depth += 1,
                    b')' => depth -= 1,
                    b'\\' => {
                        bytes.next();
                    }
                    _ => {}
                }
            }
            self.take(self.rest.len() - bytes.len())?;
        }
    }
}

/// Seconds east of UTC for the zone names that RFC 2822 fixes. Others (`CEST`, `IST`, …) mean different things in
/// different places, so they are not guessed.
#[inline(never)]
pub(super) fn zone_seconds(name: &str) -> Option<i64> {
    const NAMES: [&str; 6] = ["UTC GMT UT Z", "EDT", "EST CDT", "CST MDT", "MST PDT", "PST"];
    const HOURS: [i64; 6] = [0, -4, -5, -6, -7, -8];
    HOURS.get(row(&NAMES, name)?).map(|hours| hours * 3600)
}
