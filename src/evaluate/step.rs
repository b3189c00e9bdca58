//! One step of a trace, and how it is written as JSON.

use super::Scene;
use super::out::{Out, Pen};
use super::value;
use crate::compile::Source;
use crate::json::Kind;
use crate::json::escape::quoted;
use crate::json::members::Value;
use crate::json::place::Places;

/// The outcome of a step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outcome {
    Used,
    Missing,
    Empty,
    Unmatched,
    Unreadable,
    Shadowed,
    Default,
    ReceivedAt,
}

impl Outcome {
    fn word(self) -> &'static [u8] {
        match self {
            Outcome::Used => b"used",
            Outcome::Missing => b"missing",
            Outcome::Empty => b"empty",
            Outcome::Unmatched => b"unmatched",
            Outcome::Unreadable => b"unreadable",
            Outcome::Shadowed => b"shadowed",
            Outcome::Default => b"default",
            Outcome::ReceivedAt => b"received-at",
        }
    }
}

/// The place of a step's value in the payload.
#[derive(Debug)]
pub(super) enum Pointer<'s> {
    Nowhere,
    /// As a source spells it.
    Way(&'s Source),
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
pub(super) struct Step<'s> {
    /// The members up to the pointer, in pieces, with the brace before them.
    pub(super) head: [&'s [u8]; 5],
    pub(super) pointer: Pointer<'s>,
    pub(super) shown: Shown<'s>,
    /// The inside of a JSON string, empty where there is none; as the next, which is in pieces.
    pub(super) result: &'s [u8],
    pub(super) detail: [&'s [u8]; 3],
    pub(super) outcome: Outcome,
}

/// Writes steps.
pub(super) struct Writer<'w> {
    pub(super) scene: &'w Scene<'w>,
    /// Absent when the payload was no text.
    pub(super) places: Option<&'w Places<'w>>,
    /// Pointer to the alert, as it stands in JSON text.
    pub(super) at: &'w [u8],
    pub(super) out: &'w mut Out,
}

impl Writer<'_> {
    /// Appends a step.
    pub(super) fn write(&mut self, step: &Step<'_>) {
        let value = match &step.shown {
            Shown::Value(value) => Some(value),
            _ => None,
        };
        let range = value.and_then(|value| Some((self.places?.offset(value.start), self.places?.offset(value.end))));
        // The JSON text of values that cannot be copied, `null` included.
        let text = match &step.shown {
            Shown::Value(value) if !matches!(value.kind, Kind::String | Kind::Number | Kind::Bool) => {
                quoted(&value::text(value))
            }
            _ => Vec::new(),
        };
        let list = value.filter(|value| value::is_list(value));
        let comma = self.out.bytes().last().is_some_and(|&last| last != b'[');
        let (scene, at) = (self.scene, self.at);
        // A write that does not fit is repeated from its beginning, and must not count its work twice.
        let looks = scene.looks.get();
        self.out.write(|pen| {
            scene.looks.set(looks);
            if comma {
                pen.literal(b",");
            }
            object(step, at, range, pen);
            match &step.shown {
                Shown::Nothing => {}
                Shown::Text(text) => {
                    pen.put(b",\"value\":");
                    pen.put(text);
                }
                Shown::Value(_) if !text.is_empty() => {
                    pen.put(b",\"value\":");
                    pen.put(&text);
                }
                Shown::Value(value) => {
                    pen.put(b",\"value\":");
                    value::write(value, false, scene, pen);
                }
            }
            if let Some(list) = list {
                pen.put(b",\"values\":");
                value::write(list, false, scene, pen);
            }
            if !step.result.is_empty() {
                pen.put(b",\"result\":\"");
                pen.put(step.result);
                pen.literal(b"\"");
            }
            if !step.detail[0].is_empty() {
                pen.put(b",\"detail\":\"");
                step.detail.iter().for_each(|piece| pen.put(piece));
                pen.literal(b"\"");
            }
            pen.put(b",\"outcome\":\"");
            pen.put(step.outcome.word());
            pen.literal(b"\"}");
        });
    }
}

/// A step as an object, up to its value.
fn object(step: &Step<'_>, at: &[u8], range: Option<(usize, usize)>, pen: &mut Pen<'_>) {
    for piece in step.head {
        pen.put(piece);
    }
    match &step.pointer {
        Pointer::Nowhere => {}
        Pointer::Way(source) => {
            pen.put(b",\"payloadPointer\":\"");
            if !source.around {
                pen.put(at);
            }
            pen.put(source.way.bytes());
        }
        Pointer::Text(text) => {
            pen.put(b",\"payloadPointer\":");
            pen.put(text);
        }
    }
    if let Some((start, end)) = range {
        pen.put(b",\"payloadRange\":{\"start\":");
        pen.number(start as i64);
        pen.put(b",\"end\":");
        pen.number(end as i64);
        pen.literal(b"}");
    }
}
