//! The answer as JSON text: alerts, rejections, diagnostics, and the trace if asked for.

use super::alert_json;
use super::context::AlertContext;
use super::decision::{Decision, TagOptions};
use super::identifier::tag_of_property;
use super::output::OutputBuffer;
use super::rejected::Rejection;
use super::run::Evaluated;
use super::trace::Tracer;
use super::{AlertSink, Part, ProcessOptions, fast_path, tags};
use crate::compile::Program;
use crate::diagnostic::{Problems, into_diagnostics};
use crate::json::limits;
use crate::json::place::Places;
use serde::Serialize;

/// How the answer begins.
pub(super) const HEAD: &[u8; 11] = b"{\"alerts\":[";

/// The buffers of a [`JsonWriter`], used again from payload to payload.
#[derive(Debug, Default)]
pub(super) struct JsonBuffers {
    pub(super) answer: OutputBuffer,
    trace: OutputBuffer,
}

impl JsonBuffers {
    /// Gives memory back beyond `keep` bytes each.
    pub(super) fn trim(&mut self, keep: usize) {
        self.answer.trim(keep);
        self.trace.trim(keep);
    }
}

/// Bytes of a trace for each byte of a payload, as a usual configuration gives them. Growing by doubling copies them all.
const TRACE_PER_BYTE: usize = 4;

/// Writes alerts, and if asked for their traces, as JSON text.
pub(super) struct JsonWriter<'w> {
    answer: &'w mut OutputBuffer,
    trace: &'w mut OutputBuffer,
    text: &'w [u8],
    options: &'w ProcessOptions,
    /// The alerts that are wanted; all where there is none.
    part: Option<Part>,
    /// Alerts so far, wanted or not.
    accepted: u32,
    /// Alerts without a trace are written by [`fast_path`].
    is_fast: bool,
    /// For the trace of a payload that was given as text.
    places: Option<Places<'w>>,
}

impl<'w> JsonWriter<'w> {
    pub(super) fn new(
        program: &Program,
        text: &'w [u8],
        options: &'w ProcessOptions,
        part: Option<Part>,
        buffers: &'w mut JsonBuffers,
    ) -> JsonWriter<'w> {
        let JsonBuffers { answer, trace } = buffers;
        let is_small = text.len() <= limits::PAYLOAD_BYTES;
        answer.truncate(0);
        if is_small {
            // An alert that does not fit is written again from its beginning, and may be costly.
            answer.reserve(text.len() / 2);
        }
        answer.literal(HEAD);
        trace.truncate(0);
        if is_small && options.trace && part.is_none() {
            trace.reserve(text.len() * TRACE_PER_BYTE);
        }
        JsonWriter {
            answer,
            trace,
            text,
            options,
            part,
            accepted: 0,
            is_fast: fast_path::suits(program) && !options.maps_rest(program),
            places: (options.trace && options.placed && is_small).then(|| Places::offsets(text)),
        }
    }

    /// Whether an element belongs to the answer, should it give an alert.
    fn is_wanted(&self, index: u32) -> bool {
        match self.part {
            None => true,
            Some(Part::Places { from, count }) => self.accepted.wrapping_sub(from) < count,
            Some(Part::Index(one)) => index == one,
        }
    }

    fn trace(&mut self, alert: &AlertContext<'_>, decision: &Decision, accepted: bool) {
        let trace = &mut *self.trace;
        trace.put(if trace.len() == 0 { b"{\"index\":" } else { b",{\"index\":" });
        trace.number(i64::from(alert.index));
        trace.put(b",\"steps\":[");
        Tracer::new(alert, decision, self.places.as_ref(), trace).write(accepted);
        trace.put(b"]}");
    }

    /// Ends the answer. True when nothing was rejected or reported.
    pub(super) fn finish(self, evaluated: Evaluated, mut problems: Problems) -> bool {
        let JsonWriter { answer, trace, text, options, part, accepted, .. } = self;
        let (rejected, is_partial) = evaluated.into_rejected(&mut problems);
        let rejected_count = rejected.count();
        let rejected = rejected.into_list();
        let is_clean = rejected.is_empty() && problems.is_empty();
        rest(&rejected, problems, options.placed.then_some(text), answer);
        if is_partial {
            answer.put(PARTIAL);
        }
        if options.trace {
            answer.put(b",\"trace\":[");
            answer.put(trace.bytes());
            answer.put(b"]");
        }
        if part.is_some() {
            answer.put(b",\"alertCount\":");
            answer.number(i64::from(accepted));
            answer.put(b",\"rejectedCount\":");
            answer.number(rejected_count as i64);
        }
        answer.put(b"}");
        is_clean
    }
}

impl AlertSink for JsonWriter<'_> {
    fn alert(&mut self, alert: &AlertContext<'_>, decision: &mut Decision) -> bool {
        let before = self.answer.len();
        if before > HEAD.len() {
            self.answer.byte(b',');
        }
        let is_wanted = self.is_wanted(alert.index);
        let is_traced = is_wanted && self.options.trace;
        let accepted = if self.is_fast && !is_traced {
            if is_wanted { fast_path::write(alert, self.answer) } else { fast_path::has_primary(alert) }
        } else {
            let map_rest = self.options.maps_rest(alert.program);
            tags::decide(alert, TagOptions { map_rest, keep_shadowed: is_traced }, decision);
            if is_wanted {
                alert_json::write(alert, decision, self.answer)
            } else {
                tag_of_property(alert, decision, &alert.program.primary).is_some()
            }
        };
        if is_traced {
            self.trace(alert, decision, accepted);
        }
        self.accepted += u32::from(accepted);
        if !(accepted && is_wanted) {
            self.answer.truncate(before);
        }
        accepted
    }

    fn dropped(&mut self, alert: &AlertContext<'_>, decision: &mut Decision) {
        if self.options.trace && self.is_wanted(alert.index) {
            self.trace(alert, decision, false);
        }
    }

    fn restart(&mut self) -> usize {
        let bytes = self.answer.len() + self.trace.len();
        self.answer.truncate(HEAD.len());
        self.trace.truncate(0);
        self.accepted = 0;
        bytes
    }

    fn is_full(&self) -> bool {
        let (answer, trace) = (&self.answer, &self.trace);
        answer.is_full() || trace.is_full() || answer.len() + trace.len() > limits::ANSWER_BYTES
    }
}

/// The member of an answer that may differ from BigPanda's alerts.
pub(super) const PARTIAL: &[u8] = b",\"partial\":true";

/// Appends what follows the alerts: the end of their array, the rejections and the diagnostics.
pub(super) fn rest(rejected: &[Rejection], problems: Problems, text: Option<&[u8]>, out: &mut OutputBuffer) {
    if rejected.is_empty() && problems.is_empty() {
        // Nearly every answer.
        return out.literal(b"],\"rejected\":[],\"diagnostics\":[]");
    }
    out.put(b"],\"rejected\":");
    json(rejected, out);
    out.put(b",\"diagnostics\":");
    json(&into_diagnostics(problems, text), out);
}

#[expect(clippy::expect_used, reason = "our own structures can always be written")]
fn json<T: Serialize>(list: &[T], out: &mut OutputBuffer) {
    out.put(&serde_json::to_vec(list).expect("a plain structure"));
}
