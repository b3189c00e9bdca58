//! The time rule and the values that the sample has for it.

use super::Place;
use super::notes::{Found, brief};
use crate::compile;
use crate::config::TimeRule;
use crate::diagnostic::{Fix, Problems, edit, words};
use crate::evaluate::ObservedAlert;
use crate::json::Kind;
use crate::json::escape::quoted;
use crate::time::{Proposal, TimeError, proposals, try_read, try_read_plausible};
use std::borrow::Cow;

/// Longest value that another format may read, in bytes.
const LONGEST: usize = 256;

/// What is noted of the time rule.
#[derive(Default)]
pub(super) struct TimeNotes {
    pub(super) found: Found,
    /// For each source, the first value that is no time, or cannot be meant.
    doubtful: Vec<Option<(String, TimeError)>>,
    /// Formats that read every value so far. `None` as long as there is no doubtful one.
    proposals: Option<Vec<Proposal>>,
    /// Some value is read as it should be, so the format is right.
    reads_some: bool,
}

impl TimeNotes {
    pub(super) fn alert(&mut self, rule: &compile::TimeRule, seen: &ObservedAlert<'_>) {
        self.found.look(&rule.sources, seen);
        let Some(format) = rule.format.known() else {
            return;
        };
        self.doubtful.resize(rule.sources.len(), None);
        let used = seen.time_source();
        let tried = used.map_or(rule.sources.len(), |used| used + 1);
        for (number, source) in rule.sources.iter().enumerate().take(tried) {
            // What is outside the alerts is the same for each of them, and can be long.
            let is_known = source.is_outer && !seen.is_first() && used.is_some();
            let Some((value, true)) = seen.value(source).filter(|_| !is_known) else {
                continue;
            };
            let is_noted = self.doubtful.get(number).is_some_and(Option::is_some);
            if is_noted && self.proposals.as_ref().is_some_and(Vec::is_empty) {
                continue;
            }
            let is_scalar = matches!(value.kind, Kind::String | Kind::Number);
            // Of a long value only the beginning: nothing else of it would be read either.
            let text = if value.end - value.start > LONGEST { Cow::Owned(brief(&value)) } else { value.text() };
            let why = match try_read_plausible(&text, format) {
                Ok(_) if is_scalar => {
                    self.reads_some = true;
                    continue;
                }
                Ok(_) => TimeError::NotATime,
                Err(why) => why,
            };
            // It may be written in another way than the times are.
            let is_none = stands_for_none(&text, try_read(&text, None).err());
            // With another source at hand that is as it should be.
            let is_meant = is_none && used.is_some_and(|used| used > number);
            if let Some(doubtful) = self.doubtful.get_mut(number).filter(|_| !is_noted && !is_meant) {
                *doubtful = Some((brief(&value), why));
            }
            if !is_none {
                let proposals = self.proposals.get_or_insert_with(|| proposals(&text, format));
                proposals.retain(|proposal| is_scalar && proposal.reads(&text));
            }
        }
    }

    /// The one format that reads all values.
    fn proposal(&self) -> Option<&Proposal> {
        match self.proposals.as_deref() {
            Some([proposal]) if !self.reads_some => Some(proposal),
            _ => None,
        }
    }
}

/// Whether a value is how tools write "no time": the year 1 of Go, a zero, or a number below.
fn stands_for_none(text: &str, why: Option<TimeError>) -> bool {
    match why {
        Some(TimeError::BeforeEpoch) => true,
        Some(TimeError::Before2000) => {
            text.trim_start().starts_with('-') || !text.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
        }
        _ => false,
    }
}

/// Reports the values that are no time, or cannot be meant.
pub(super) fn check(
    written: &TimeRule,
    sources: &[Place<'_>],
    notes: &TimeNotes,
    body: &[u8],
    problems: &mut Problems,
) {
    let has_format = written.format.is_some();
    // One format for all sources, so one of them offers it.
    let mut fix = notes.proposal().and_then(|proposal| offer(written, proposal, body));
    for (place, doubtful) in sources.iter().zip(&notes.doubtful) {
        let Some((value, why)) = doubtful else {
            continue;
        };
        let (code, message, help) = match why {
            TimeError::BeforeEpoch => (
                "timestamp-unreadable",
                "{1} in the sample is before 1970",
                "such a time counts as none; name a source that tells when the event was, or leave `timestamp` out to use the time of receipt",
            ),
            TimeError::TooLate => (
                "timestamp-unreadable",
                "{1} in the sample is after the year 9999",
                "check the unit and the source; the time of receipt is used instead",
            ),
            TimeError::Before2000 if has_format => {
                ("timestamp-implausible", "{1} in the sample is a time before 2000 in the unit of `format`", IN_A_UNIT)
            }
            TimeError::After2100 if has_format => {
                ("timestamp-implausible", "{1} in the sample is a time after 2100 in the unit of `format`", IN_A_UNIT)
            }
            TimeError::Before2000 => {
                ("timestamp-implausible", "{1} in the sample is a number that means a time before 2000", WITHOUT_A_UNIT)
            }
            TimeError::After2100 => {
                ("timestamp-implausible", "{1} in the sample is a number that means a time after 2100", WITHOUT_A_UNIT)
            }
            TimeError::NotATime if has_format => (
                "timestamp-unreadable",
                "{1} in the sample is not written as `format` says",
                "change `format` to how the tool writes the time, or leave it out: epoch numbers, ISO 8601 and RFC 2822 need none",
            ),
            TimeError::NotATime => (
                "timestamp-unreadable",
                "{1} in the sample is not a time that can be read",
                "epoch numbers, ISO 8601 and RFC 2822 are read without `format`; for others say with it how the tool writes the time",
            ),
        };
        place.tell(code, message, help, &[value], fix.take(), problems);
    }
}

const IN_A_UNIT: &str = "change `format` to the unit of the number, or leave it out: without it, seconds, milliseconds, microseconds and nanoseconds are told apart by size";
const WITHOUT_A_UNIT: &str = "such a number counts as no time: name a source that tells when the event was; if it is a date written as digits, say with `format` how, such as `%Y%m%d%H%M%S`";

/// The edit that puts a format in the place of the written one.
fn offer(written: &TimeRule, proposal: &Proposal, body: &[u8]) -> Option<Fix> {
    match (&written.format, &proposal.text) {
        (Some(format), Some(text)) => Some(Fix::change_to(&format.span, text)),
        (Some(_), None) => {
            let edit = edit::remove(body, written.format_member.as_ref()?);
            Some(Fix::one("leave `format` out", &[], edit))
        }
        (None, Some(text)) => {
            let member = words("\"format\": {=0}", &[&String::from_utf8(quoted(text)).unwrap_or_default()]);
            let edit = edit::insert_member(body, written.span.start, &member);
            Some(Fix::one("set `format` to {0}", &[text], edit))
        }
        (None, None) => None,
    }
}
