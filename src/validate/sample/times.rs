//! The time rule and the values that the sample has for it.

use super::SourceRef;
use super::notes::{SourcesSeen, brief};
use crate::compile::TimeRule;
use crate::config::WrittenTimeRule;
use crate::diagnostic::{Fix, Problem, Problems, edit, quote_input};
use crate::evaluate::ObservedAlert;
use crate::json::Kind;
use crate::json::escape::json_string;
use crate::time::{Proposal, TimeError, proposals, try_read, try_read_plausible};
use std::borrow::Cow;

/// Longest value that another format may read, in bytes.
const LONGEST: usize = 256;

/// What is noted of the time rule.
#[derive(Default)]
pub(super) struct TimeNotes {
    pub(super) sources: SourcesSeen,
    /// For each source, the first value that is not a time, or an implausible one.
    doubtful: Vec<Option<(String, TimeError)>>,
    /// Formats that read every value so far. `None` while there is no doubtful one.
    proposals: Option<Vec<Proposal>>,
    /// Some value is read as it should be, so the format is right.
    reads_some: bool,
}

impl TimeNotes {
    pub(super) fn alert(&mut self, rule: &TimeRule, seen: &ObservedAlert<'_>) {
        self.sources.add(&rule.sources, seen);
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

/// Reports values that are not times, or implausible ones.
pub(super) fn check(
    written: &WrittenTimeRule,
    sources: &[SourceRef<'_>],
    notes: &TimeNotes,
    body: &[u8],
    problems: &mut Problems,
) {
    // All sources have the same format, so only the first problem offers another one.
    let mut fix = notes.proposal().and_then(|proposal| change_format(written, proposal, body));
    for (source_ref, doubtful) in sources.iter().zip(&notes.doubtful) {
        if let Some((value, why)) = doubtful {
            problems.push(doubtful_time(source_ref, value, *why, written.format.is_some()).fix(fix.take()));
        }
    }
}

fn doubtful_time(source_ref: &SourceRef<'_>, value: &str, why: TimeError, has_format: bool) -> Problem {
    const IMPLAUSIBLE: &str = "timestamp-implausible";
    const UNREADABLE: &str = "timestamp-unreadable";
    const IN_A_UNIT: &str = "change `format` to the unit of the number, or leave it out: without it, seconds, milliseconds, microseconds and nanoseconds are distinguished by size";
    const WITHOUT_A_UNIT: &str = "such a number counts as no time: name a source with the time of the event; if it is a date written as digits, say with `format` how, such as `%Y%m%d%H%M%S`";
    let (code, what, help) = match why {
        TimeError::BeforeEpoch => (
            UNREADABLE,
            "before 1970",
            "such a time counts as none; name a source with the time of the event, or leave `timestamp` out to use the time of receipt",
        ),
        TimeError::TooLate => {
            (UNREADABLE, "after the year 9999", "check the unit and the source; the time of receipt is used instead")
        }
        TimeError::Before2000 if has_format => (IMPLAUSIBLE, "a time before 2000 in the unit of `format`", IN_A_UNIT),
        TimeError::After2100 if has_format => (IMPLAUSIBLE, "a time after 2100 in the unit of `format`", IN_A_UNIT),
        TimeError::Before2000 => (IMPLAUSIBLE, "a number that means a time before 2000", WITHOUT_A_UNIT),
        TimeError::After2100 => (IMPLAUSIBLE, "a number that means a time after 2100", WITHOUT_A_UNIT),
        TimeError::NotATime if has_format => (
            UNREADABLE,
            "not written as `format` says",
            "change `format` to how the tool writes the time, or leave it out: epoch numbers, ISO 8601 and RFC 2822 need none",
        ),
        TimeError::NotATime => (
            UNREADABLE,
            "not a time that can be read",
            "epoch numbers, ISO 8601 and RFC 2822 are read without `format`; for others say with it how the tool writes the time",
        ),
    };
    source_ref.problem(code, format!("{} in the sample is {what}", quote_input(value))).help(help)
}

/// The fix that sets the proposed format.
fn change_format(written: &WrittenTimeRule, proposal: &Proposal, body: &[u8]) -> Option<Fix> {
    match (&written.format, &proposal.text) {
        (Some(format), Some(text)) => Some(Fix::change_to(&format.span, text)),
        (Some(_), None) => {
            let edit = edit::remove(body, written.format_member.as_ref()?);
            Some(Fix::new("leave `format` out", edit))
        }
        (None, Some(text)) => {
            let member = format!("\"format\": {}", json_string(text));
            let edit = edit::insert_member(body, written.at.span.start, &member);
            Some(Fix::new(format!("set `format` to {}", quote_input(text)), edit))
        }
        (None, None) => None,
    }
}
