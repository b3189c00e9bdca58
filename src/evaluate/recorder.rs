//! Recording alerts in a form in which they can be compared with others: of this payload, an earlier one or another
//! program.

use super::alert_json::{content, identifier, name};
use super::context::AlertContext;
use super::decision::{Decision, TagOptions};
use super::identifier::tag_of_property;
use super::output::OutputBuffer;
use super::rejected::Rejection;
use super::run::Evaluator;
use super::{AlertSink, ProcessOptions, tags};
use crate::compile::{Program, Status};
use crate::diagnostic::Problems;
use crate::json::limits;
use core::ops::Range;
use std::borrow::Cow;

/// A configuration, if there is one, and the records of the last payload.
#[derive(Debug)]
pub(crate) struct Recorder {
    pub(crate) program: Option<Program>,
    pub(crate) records: Records,
    evaluator: Evaluator,
    /// Pointers of what was reported as not simulated.
    not_simulated: Vec<Cow<'static, str>>,
}

impl Recorder {
    pub(crate) fn new(program: Option<Program>) -> Recorder {
        Recorder { program, records: Records::default(), evaluator: Evaluator::default(), not_simulated: Vec::new() }
    }

    /// Reports again what was reported once for all payloads.
    pub(crate) fn begin_again(&mut self) {
        self.not_simulated.clear();
    }

    /// Evaluates a payload and records its alerts.
    pub(crate) fn run(&mut self, text: &[u8], options: &ProcessOptions) -> Problems {
        let mut problems = Problems::default();
        let Recorder { program: Some(program), records, evaluator, not_simulated } = self else {
            return problems;
        };
        records.clear();
        let map_rest = options.maps_rest(program);
        let mut sink = RecorderSink { records, map_rest };
        let evaluated = evaluator.evaluate(program, text, options.received_at_ms, &mut sink, &mut problems);
        (records.rejected, records.more_rejected) = evaluated.rejected.into_parts();
        // Once for all payloads.
        for problem in evaluated.not_simulated {
            if !not_simulated.contains(&problem.pointer) {
                not_simulated.push(problem.pointer.clone());
                problems.push(problem);
            }
        }
        problems
    }
}

/// The alerts and rejections of a payload. Used again from payload to payload.
#[derive(Debug, Default)]
pub(crate) struct Records {
    /// In the order of the payload.
    pub(crate) alerts: Vec<Record>,
    /// Elements that give no alert, in the order of the payload.
    pub(crate) rejected: Vec<Rejection>,
    /// How many are not in the list.
    pub(crate) more_rejected: usize,
    text: OutputBuffer,
    /// For each tag of each alert, the number of the rule that gave it; [`u32::MAX`] for additional tags.
    rules: Vec<u32>,
}

/// An alert. Its texts are in its [`Records`].
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) index: u32,
    /// Where the element begins in the payload, in bytes.
    pub(crate) at: usize,
    pub(crate) status: Status,
    /// Epoch seconds.
    pub(crate) seconds: i64,
    /// The time is that of receipt.
    pub(crate) received: bool,
    pub(crate) marks: Marks,
    text: Range<usize>,
    rules: Range<usize>,
}

/// Where the texts of an alert begin after its first one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marks {
    secondary: usize,
    identity: usize,
    tags: usize,
}

/// The texts of an alert: JSON in which equal values have equal bytes, without white space.
pub(crate) struct Texts<'t> {
    /// The name of the primary tag.
    pub(crate) primary: &'t [u8],
    /// The name of the secondary tag, or `null`.
    pub(crate) secondary: &'t [u8],
    /// The list of the identifying values.
    pub(crate) identity: &'t [u8],
    /// An object.
    pub(crate) tags: &'t [u8],
}

impl Marks {
    /// The texts in the whole one.
    pub(crate) fn cut<'t>(&self, text: &'t [u8]) -> Texts<'t> {
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        Texts {
            primary: part(0, self.secondary),
            secondary: part(self.secondary, self.identity),
            identity: part(self.identity, self.tags),
            tags: part(self.tags, text.len()),
        }
    }
}

impl Records {
    fn clear(&mut self) {
        self.alerts.clear();
        self.rejected.clear();
        self.more_rejected = 0;
        self.text.truncate(0);
        self.rules.clear();
    }

    /// The whole text of an alert; [`Marks`] cut it.
    pub(crate) fn text(&self, record: &Record) -> &[u8] {
        self.text.bytes().get(record.text.clone()).unwrap_or_default()
    }

    /// The number of the rule that gave a tag. `tag` counts the alert's tags.
    pub(crate) fn rule(&self, record: &Record, tag: usize) -> Option<usize> {
        let rule = *self.rules.get(record.rules.start + tag)?;
        (rule != u32::MAX).then_some(rule as usize)
    }
}

struct RecorderSink<'r> {
    records: &'r mut Records,
    map_rest: bool,
}

impl AlertSink for RecorderSink<'_> {
    fn alert(&mut self, alert: &AlertContext<'_>, decision: &mut Decision) -> bool {
        let program = alert.program;
        tags::decide(alert, TagOptions { map_rest: self.map_rest, keep_shadowed: false }, decision);
        let Some(primary) = tag_of_property(alert, decision, &program.primary) else {
            return false;
        };
        let secondary = program.secondary.as_ref().and_then(|property| tag_of_property(alert, decision, property));
        let Records { text, rules, alerts, .. } = &mut *self.records;
        let (start, first_rule) = (text.len(), rules.len());
        text.write(|out| name(alert, decision, primary.name, out));
        let after_primary = text.len();
        text.write(|out| match &secondary {
            Some(tag) => name(alert, decision, tag.name, out),
            None => out.literal(b"null"),
        });
        let after_secondary = text.len();
        text.write(|out| {
            out.literal(b"[");
            identifier(alert, decision, &primary, secondary.as_ref(), true, out);
            out.literal(b"]");
        });
        let after_identity = text.len();
        for tag in decision.tags.iter().filter(|tag| !tag.shadowed) {
            text.byte(if rules.len() > first_rule { b',' } else { b'{' });
            text.write(|out| {
                name(alert, decision, tag.name, out);
                out.literal(b":");
                content(alert, &tag.content, true, out);
            });
            rules.push(tag.rule.map_or(u32::MAX, |rule| rule as u32));
        }
        text.byte(b'}');
        alerts.push(Record {
            index: alert.index,
            at: alert.element.start,
            status: alert.status.status,
            seconds: alert.time.seconds,
            received: alert.time.source.is_none(),
            marks: Marks {
                secondary: after_primary - start,
                identity: after_secondary - start,
                tags: after_identity - start,
            },
            text: start..text.len(),
            rules: first_rule..rules.len(),
        });
        true
    }

    fn restart(&mut self) -> usize {
        self.records.clear();
        0
    }

    fn is_full(&self) -> bool {
        let text = &self.records.text;
        text.is_full() || text.len() > limits::ANSWER_BYTES
    }
}
