//! The configured `format` of a time.

use std::ops::Range;

use super::pattern::{PatternError, TimePattern};
use super::{Reading, did_you_mean};
use crate::diagnostic::quote_input;

/// A `format` that has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// `iso8601`, ISO 8601 or RFC 3339, or the epoch in the unit named, whatever the magnitude.
    Named(Reading),
    /// A strftime pattern; without a zone it means UTC, without a time of day midnight.
    Pattern(TimePattern),
}

/// Why a `format` cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormatError {
    /// The part that is wrong, in bytes of the format's text.
    pub(crate) range: Range<usize>,
    /// What is wrong: one sentence in lower case, without a full stop.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: String,
    /// The replacement for `range`, if it is known.
    pub(crate) suggestion: Option<String>,
}

impl Format {
    /// Parses a `format`: one of the five names, or a strftime pattern with chrono's specifiers
    /// that gives a full date.
    ///
    /// `%d/%m/%Y %H:%M` is a format; `epoch_millis` (an unknown name), `%Y-%Q` (an unknown
    /// specifier) and `%H:%M` (no date) are not.
    ///
    /// # Errors
    ///
    /// With the place, the reason, and what to do about it.
    pub(crate) fn parse(text: &str) -> Result<Self, FormatError> {
        if !text.bytes().any(|byte| byte == b'%') {
            let index = did_you_mean::NAMES.iter().position(|name| *name == text);
            let reading = index.and_then(|index| READINGS.get(index));
            return reading.map(|reading| Self::Named(*reading)).ok_or_else(|| unknown_name(text));
        }
        TimePattern::parse(text).map(Self::Pattern).map_err(|error| unusable_pattern(text, error))
    }

    /// Whether it reads a number since 1970, which can be any year.
    pub(crate) fn is_number(&self) -> bool {
        match self {
            Self::Named(reading) => *reading != Reading::Iso8601,
            Self::Pattern(pattern) => pattern.is_number(),
        }
    }

    /// The number of parts that are read for one text.
    pub(crate) fn items(&self) -> usize {
        match self {
            Self::Named(_) => 1,
            Self::Pattern(pattern) => pattern.items(),
        }
    }
}

/// What [`did_you_mean::NAMES`] mean.
const READINGS: [Reading; 5] = [
    Reading::Iso8601,
    Reading::EpochSeconds,
    Reading::EpochMilliseconds,
    Reading::EpochMicroseconds,
    Reading::EpochNanoseconds,
];

fn unknown_name(text: &str) -> FormatError {
    let range = 0..text.len();
    if text.trim().is_empty() {
        return FormatError {
            range,
            message: "the time format is empty".into(),
            help: "leave `format` out to have ISO 8601, RFC 2822 and epoch numbers recognised".into(),
            suggestion: None,
        };
    }
    let otherwise = "use `iso8601`, `epoch_seconds`, `epoch_milliseconds`, `epoch_microseconds`, `epoch_nanoseconds`, \
                     or a strftime pattern such as `%d/%m/%Y %H:%M:%S %z`; leave `format` out to have ISO 8601, \
                     RFC 2822 and epoch numbers recognised";
    unknown_part(
        range,
        format!("unknown time format {}", quote_input(text)),
        did_you_mean::did_you_mean(text),
        otherwise,
    )
}

fn unusable_pattern(text: &str, error: PatternError) -> FormatError {
    let (problem, help) = match error {
        PatternError::UnknownSpecifier(range) => {
            let specifier = text.get(range.clone()).unwrap_or_default();
            let otherwise = if specifier == "%" {
                "write `%%` for a percent sign"
            } else {
                "the specifiers are those of chrono's strftime, such as `%Y` `%m` `%d` `%H` `%M` `%S` `%z`; write \
                 `%%` for a percent sign"
            };
            let message = format!("unknown specifier {} in the time format", quote_input(specifier));
            return unknown_part(range, message, did_you_mean::specifier(specifier).map(String::from), otherwise);
        }
        PatternError::ZoneName(range) => {
            return FormatError {
                range,
                message: "`%Z` in the time format is the name of a zone, which cannot be read".into(),
                help: "use `%z`, which reads an offset such as `+02:00`, or `Z`; the name of a zone can mean several \
                       offsets. Write a name that never changes, such as `UTC`, as it is"
                    .into(),
                suggestion: None,
            };
        }
        PatternError::NoDate => (
            "is not a full date",
            "name the year, the month and the day, such as `%Y-%m-%d`; or use `%s`, epoch seconds, which is complete \
             by itself",
        ),
        PatternError::NoHalfDay => {
            ("has a 12-hour clock without am or pm", "add `%p` for am or pm, or use `%H` for a 24-hour clock")
        }
        PatternError::NoHour => (
            "is only a part of the time of day",
            "begin the time of day with the hour, such as `%H:%M:%S` or `%I:%M %p`; or leave it out, which means \
             midnight",
        ),
    };
    let message = format!("the time format {} {problem}", quote_input(text));
    FormatError { range: 0..text.len(), message, help: help.into(), suggestion: None }
}

fn unknown_part(range: Range<usize>, message: String, suggestion: Option<String>, otherwise: &str) -> FormatError {
    let help = match &suggestion {
        Some(text) => format!("did you mean {}?", quote_input(text)),
        None => otherwise.into(),
    };
    FormatError { range, message, help, suggestion }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in did_you_mean::NAMES {
            assert!(Format::parse(name).is_ok(), "{name}");
        }
        assert!(matches!(Format::parse("%F"), Ok(Format::Pattern(_))));
        let help = Format::parse("soon").unwrap_err().help;
        assert!(did_you_mean::NAMES.iter().all(|name| help.contains(&format!("`{name}`"))), "{help}");
    }

    #[test]
    fn errors() {
        // The format, its faulty part, the message, and what to write in place of the faulty part.
        let cases = [
            ("", "", "the time format is empty", None),
            (" ", " ", "the time format is empty", None),
            ("unix", "unix", "unknown time format `unix`", Some("epoch_seconds")),
            ("soon", "soon", "unknown time format `soon`", None),
            ("yyyy-MM-dd", "yyyy-MM-dd", "unknown time format `yyyy-MM-dd`", Some("%Y-%m-%d")),
            ("%F %T.%3N", "%3N", "unknown specifier `%3N` in the time format", Some("%3f")),
            ("%F %T %Z", "%Z", "`%Z` in the time format is the name of a zone, which cannot be read", None),
            ("%F %", "%", "unknown specifier `%` in the time format", None),
            ("%H:%M", "%H:%M", "the time format `%H:%M` is not a full date", None),
            ("%F %I:%M", "%F %I:%M", "the time format `%F %I:%M` has a 12-hour clock without am or pm", None),
            ("%F %M", "%F %M", "the time format `%F %M` is only a part of the time of day", None),
        ];
        for (text, part, message, suggestion) in cases {
            let error = Format::parse(text).unwrap_err();
            assert_eq!(text.get(error.range.clone()), Some(part), "{text}");
            assert_eq!(error.message, message);
            assert_eq!(error.suggestion.as_deref(), suggestion, "{text}");
            assert!(!error.help.is_empty());
        }
    }

    #[test]
    fn long_text_is_cut_in_messages() {
        let error = Format::parse(&"é".repeat(1 << 20)).unwrap_err();
        assert!(error.message.len() < 200 && error.message.contains('…'));
    }
}
