//! One step of a trace, and how it is written as JSON.

use super::context::AlertContext;
use super::output::{OutputBuffer, OutputWriter};
use super::value;
use crate::compile::Source;
use crate::json::Kind;
use crate::json::escape::quoted;
use crate::json::members::Value;
use crate::json::place::Places;
use serde::{Deserialize, Serialize};

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepOutcome {
    /// The value counted.
    Used,
    /// There is no such field.
    Missing,
    /// The field has no value.
    Empty,
    /// The status map does not list the value.
    Unmatched,
    /// The value is not a time.
    Unreadable,
    /// An earlier rule gives the tag.
    Shadowed,
    /// The default counted.
    Default,
    /// The time of receipt counted.
    ReceivedAt,
    /// The comparison of the filter holds.
    Matched,
    /// The comparison of the filter depends on a regular expression, which is not run.
    Unknown,
}

impl StepOutcome {
    fn word(self) -> &'static [u8] {
        match self {
            StepOutcome::Used => b"used",
            StepOutcome::Missing => b"missing",
            StepOutcome::Empty => b"empty",
            StepOutcome::Unmatched => b"unmatched",
            StepOutcome::Unreadable => b"unreadable",
            StepOutcome::Shadowed => b"shadowed",
            StepOutcome::Default => b"default",
            StepOutcome::ReceivedAt => b"received-at",
            StepOutcome::Matched => b"matched",
            StepOutcome::Unknown => b"unknown",
        }
    }
}

/// The place of a step's value in the payload.
#[derive(Debug)]
pub(super) enum Pointer<'s> {
    Nowhere,
    /// As a source spells it.
    Source(&'s Source),
    /// JSON text.
    Text(Vec<u8>),
}

/// A step's value.
#[derive(Debug)]
pub(super) enum Shown<'s> {
    Nothing,
    Value(Value<'s>),
    /// JSON text.
    Text(&'s [u8]),
}

/// One thing that a rule tried.
#[derive(Debug)]
pub(super) struct StepParts<'s> {
    /// The members up to the pointer, in pieces, with the brace before them.
    pub(super) head: [&'s [u8]; 5],
    pub(super) pointer: Pointer<'s>,
    pub(super) shown: Shown<'s>,
    /// The inside of a JSON string, empty where there is none; as the next, which is in pieces.
    pub(super) result: &'s [u8],
    pub(super) detail: [&'s [u8]; 3],
    pub(super) outcome: StepOutcome,
}

/// Writes steps.
pub(super) struct StepWriter<'w> {
    pub(super) alert: &'w AlertContext<'w>,
    /// Absent when the payload was no text.
    pub(super) places: Option<&'w Places<'w>>,
    pub(super) out: &'w mut OutputBuffer,
}

impl StepWriter<'_> {
    /// Appends a step.
    pub(super) fn write(&mut self, step: &StepParts<'_>) {
        let value = match &step.shown {
            Shown::Value(value) => Some(value),
            _ => None,
        };
        let budget = self.alert.budget;
        let is_affordable = |value: &Value<'_>| is_scalar(value) || budget.spend_reading(value);
        let readable = value.filter(|value| is_affordable(value));
        let range = value.and_then(|value| Some((self.places?.offset(value.start), self.places?.offset(value.end))));
        // The JSON text of values that cannot be copied, `null` included.
        let text = match &step.shown {
            Shown::Value(value) if readable.is_some() && !is_scalar(value) => quoted(&value::text(value)),
            _ => Vec::new(),
        };
        let list = readable.filter(|value| value::is_list(value));
        let comma = self.out.bytes().last().is_some_and(|&last| last != b'[');
        let alert = self.alert;
        // A write that does not fit is repeated from its beginning, and must not count its work twice.
        let spent = budget.spent();
        self.out.write(|out| {
            budget.reset_to(spent);
            if comma {
                out.literal(b",");
            }
            object(step, alert, range, out);
            match &step.shown {
                Shown::Nothing => {}
                Shown::Text(text) => {
                    out.put(b",\"value\":");
                    out.put(text);
                }
                Shown::Value(_) if !text.is_empty() => {
                    out.put(b",\"value\":");
                    out.put(&text);
                }
                Shown::Value(value) => {
                    out.put(b",\"value\":");
                    value::write(value, false, budget, out);
                }
            }
            if let Some(list) = list {
                out.put(b",\"values\":");
                value::write(list, false, budget, out);
            }
            if !step.result.is_empty() {
                out.put(b",\"result\":\"");
                out.put(step.result);
                out.literal(b"\"");
            }
            if !step.detail[0].is_empty() {
                out.put(b",\"detail\":\"");
                step.detail.iter().for_each(|piece| out.put(piece));
                out.literal(b"\"");
            }
            out.put(b",\"outcome\":\"");
            out.put(step.outcome.word());
            out.literal(b"\"}");
        });
    }
}

/// Whether a value can be copied as it is.
fn is_scalar(value: &Value<'_>) -> bool {
    matches!(value.kind, Kind::String | Kind::Number | Kind::Bool)
}

/// A step as an object, up to its value.
fn object(step: &StepParts<'_>, alert: &AlertContext<'_>, range: Option<(usize, usize)>, out: &mut OutputWriter<'_>) {
    for piece in step.head {
        out.put(piece);
    }
    match &step.pointer {
        Pointer::Nowhere => {}
        Pointer::Source(source) => {
            out.put(b",\"payloadPointer\":\"");
            if !source.is_outer {
                alert.pointers.write_plain_element(alert.index, out);
            }
            out.put(source.pointer_suffix.bytes());
        }
        Pointer::Text(text) => {
            out.put(b",\"payloadPointer\":");
            out.put(text);
        }
    }
    if let Some((start, end)) = range {
        out.put(b",\"payloadRange\":{\"start\":");
        out.number(start as i64);
        out.put(b",\"end\":");
        out.number(end as i64);
        out.literal(b"}");
    }
}
