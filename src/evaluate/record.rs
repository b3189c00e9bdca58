//! Alerts in a form in which they can be compared with others: of this payload, an earlier one or another program.

use super::decision::{StatusDecision, TimeDecision};
use super::identifier::tag_of_rule;
use super::out::Out;
use super::rejected::Rejection;
use super::write::{Page, content, identifier, name};
use super::{AdditionalTags, Buffers, Onlooker, ProcessOptions, Processor, Run, Scene, tags};
use crate::compile::{Program, Status};
use crate::diagnostic::Problems;
use crate::json::limits;
use core::ops::Range;

/// A configuration, if there is one, and what it made of the last payload.
#[derive(Debug)]
pub(crate) struct Recorder {
    pub(crate) program: Option<Program>,
    pub(crate) records: Records,
    processor: Processor,
}

impl Recorder {
    pub(crate) fn new(program: Option<Program>) -> Recorder {
        Recorder { program, records: Records::default(), processor: Processor::default() }
    }

    /// Takes a payload through the rules and keeps what comes of it; no answer is written, and no trace.
    pub(crate) fn run(&mut self, text: &[u8], options: &ProcessOptions) -> Problems {
        let mut problems = Problems::default();
        let Recorder { program: Some(program), records, processor: Processor { extractor, buffers, .. } } = self else {
            return problems;
        };
        records.clear();
        buffers.decision.renew();
        let options = ProcessOptions { trace: false, ..*options };
        let mut run = Run::new(program, text, &options, buffers, Some(Onlooker::Records(records)));
        run.go(extractor, &mut problems);
        let Run { rejected, .. } = run;
        (records.rejected, records.more_rejected) = rejected.into_parts();
        problems
    }
}

/// What became of a payload. Used again from payload to payload.
#[derive(Debug, Default)]
pub(crate) struct Records {
    /// In the order of the payload.
    pub(crate) alerts: Vec<Record>,
    /// Elements that give no alert, in the order of the payload.
    pub(crate) rejected: Vec<Rejection>,
    /// How many are not in the list.
    pub(crate) more_rejected: usize,
    text: Out,
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
    pub(super) fn clear(&mut self) {
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

impl Run<'_> {
    /// Keeps an alert.
    pub(super) fn record(&mut self, scene: &Scene<'_>, status: StatusDecision, time: TimeDecision) {
        let program = self.program;
        let Some(Onlooker::Records(records)) = &mut self.watch else {
            return;
        };
        let Buffers { decision, .. } = &mut *self.buffers;
        let map_rest = self.options.additional_tags == AdditionalTags::Map;
        tags::decide_call(program, scene, map_rest, false, decision);
        let Some(primary) = tag_of_rule(program, decision, 0) else {
            return self.no_primary(scene.index, scene.alert.start);
        };
        let secondary = if program.has_secondary { tag_of_rule(program, decision, 1) } else { None };
        let page = Page { program, scene, index: scene.index, status, time, canonical: true };
        let Records { text, rules, alerts, .. } = &mut **records;
        let (start, first_rule) = (text.len(), rules.len());
        text.write(|pen| name(&page, decision, primary.name, pen));
        let after_primary = text.len();
        text.write(|pen| match &secondary {
            Some(tag) => name(&page, decision, tag.name, pen),
            None => pen.literal(b"null"),
        });
        let after_secondary = text.len();
        text.write(|pen| {
            pen.literal(b"[");
            identifier(&page, decision, &primary, secondary.as_ref(), pen);
            pen.literal(b"]");
        });
        let after_identity = text.len();
        for tag in decision.tags.iter().filter(|tag| !tag.shadowed) {
            text.byte(if rules.len() > first_rule { b',' } else { b'{' });
            text.write(|pen| {
                name(&page, decision, tag.name, pen);
                pen.literal(b":");
                content(&page, &tag.content, pen);
            });
            rules.push(tag.rule.map_or(u32::MAX, |rule| rule as u32));
        }
        text.byte(b'}');
        alerts.push(Record {
            index: scene.index,
            at: scene.alert.start,
            status: status.status,
            seconds: time.seconds,
            received: time.source.is_none(),
            marks: Marks {
                secondary: after_primary - start,
                identity: after_secondary - start,
                tags: after_identity - start,
            },
            text: start..text.len(),
            rules: first_rule..rules.len(),
        });
        self.overflow = text.is_full() || decision.is_full() || text.len() > limits::ANSWER_BYTES;
    }
}
