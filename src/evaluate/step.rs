//! One step of a trace, and the two forms in which it is written.
//!
//! As JSON text a step is an object. Beside [rows](super::rows) it is a few numbers and texts, and what all steps of one
//! place in the program have in common, their head, is given once: objects are made of them when somebody looks. A step
//! is its code, the start and the end of its value, the value, the result and the detail, as far as the flags in the code
//! say that they are there. The code is the number of the head, the outcome and the flags. What is rare is an object
//! here, too.

use super::Scene;
use super::out::{Out, Pen};
use super::value;
use crate::compile::Source;
use crate::json::Kind;
use crate::json::escape::quoted;
use crate::json::members::Value;
use crate::json::place::Places;

/// What became of a step.
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

/// Where a step's value stands in the payload.
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
    /// The place in the program that gives the head, unless it depends on the payload.
    pub(super) place: Option<usize>,
    pub(super) pointer: Pointer<'s>,
    pub(super) shown: Shown<'s>,
    /// The inside of a JSON string, empty where there is none; as the next, which is in pieces.
    pub(super) result: &'s [u8],
    pub(super) detail: [&'s [u8]; 3],
    pub(super) outcome: Outcome,
}

/// As many bytes as a step has as JSON text beside its head, its values and the pointer to its alert, and more.
const STEP: usize = 160;

const WAY: usize = 1;
const RANGE: usize = 2;
const VALUE: usize = 4;
const RESULT: usize = 8;
const DETAIL: usize = 16;

/// The heads of the steps of a payload. Used again for the next one.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// For each place in the program, the number of its head and how many bytes that has.
    known: Vec<Option<(usize, usize)>>,
    count: usize,
    /// At least as many bytes as the steps have as JSON text.
    pub(super) bound: usize,
    /// A list without its end: of each head its members, its way and whether that begins at the payload.
    json: Out,
}

impl Heads {
    pub(super) fn renew(&mut self) {
        self.known.clear();
        self.json.truncate(0);
        (self.count, self.bound) = (0, 0);
    }

    pub(super) fn json(&self) -> &[u8] {
        self.json.bytes()
    }

    /// The number of the head of a step, which is put down if it is new.
    #[inline(always)]
    fn number(&mut self, place: usize, step: &Step<'_>, source: Option<&Source>) -> usize {
        let known = self.known.get(place).copied().flatten();
        let (number, bytes) = known.unwrap_or_else(|| self.put(place, step, source));
        self.bound += bytes + STEP;
        number
    }

    #[inline(never)]
    fn put(&mut self, place: usize, step: &Step<'_>, source: Option<&Source>) -> (usize, usize) {
        let before = self.json.len();
        self.json.put(if before == 0 { b"[" } else { b",[" });
        step.head.iter().for_each(|piece| self.json.put(piece));
        self.json.put(b"},\"");
        self.json.put(source.map_or(b"\"", |source| source.way.bytes()));
        self.json.put(if source.is_some_and(|source| source.around) { b",1]" } else { b",0]" });
        let head = (self.count, self.json.len() - before);
        self.count += 1;
        if self.known.len() <= place {
            self.known.resize(place + 1, None);
        }
        self.known.iter_mut().skip(place).take(1).for_each(|known| *known = Some(head));
        head
    }
}

/// Writes steps.
pub(super) struct Writer<'w> {
    pub(super) scene: &'w Scene<'w>,
    /// Absent when the payload was no text.
    pub(super) places: Option<&'w Places<'w>>,
    /// Pointer to the alert, as it stands in JSON text.
    pub(super) at: &'w [u8],
    pub(super) out: &'w mut Out,
    /// They stand beside rows.
    pub(super) heads: Option<&'w mut Heads>,
}

impl Writer<'_> {
    /// Appends a step. `source` is the one that is tried.
    #[inline(never)]
    pub(super) fn write(&mut self, step: &Step<'_>, source: Option<&Source>) {
        let value = match &step.shown {
            Shown::Value(value) => Some(value),
            _ => None,
        };
        let range = value.and_then(|value| Some((self.places?.offset(value.start), self.places?.offset(value.end))));
        // Values that cannot be copied; `null` is one, too.
        let text = match &step.shown {
            Shown::Value(value) if !matches!(value.kind, Kind::String | Kind::Number | Kind::Bool) => {
                quoted(&value::text(value))
            }
            _ => Vec::new(),
        };
        let list = value.filter(|value| value::is_list(value));
        let looks = self.scene.looks.get();
        let value = |pen: &mut Pen<'_>| match &step.shown {
            Shown::Text(text) => put(pen, text),
            Shown::Value(value) if text.is_empty() => show(pen, value, self.scene),
            _ => put(pen, &text),
        };
        let before = self.out.len();
        let comma = self.out.bytes().last().is_some_and(|&last| last != b'[');
        let is_way = matches!(step.pointer, Pointer::Way(_));
        if let (Some(heads), Some(place), None) = (&mut self.heads, step.place, list)
            && !matches!(step.pointer, Pointer::Text(_))
        {
            let flag = |there: bool, flag: usize| if there { flag } else { 0 };
            let flags = flag(is_way, WAY)
                | flag(range.is_some(), RANGE)
                | flag(!matches!(step.shown, Shown::Nothing), VALUE)
                | flag(!step.result.is_empty(), RESULT)
                | flag(!step.detail[0].is_empty(), DETAIL);
            heads.bound += self.at.len();
            let code = heads.number(place, step, source) << 8 | (step.outcome as usize) << 5 | flags;
            self.out.write(|pen| {
                self.scene.looks.set(looks);
                if comma {
                    pen.literal(b",");
                }
                number(pen, code);
                if let Some((start, end)) = range {
                    pen.literal(b",");
                    number(pen, start);
                    pen.literal(b",");
                    number(pen, end);
                }
                if flags & VALUE != 0 {
                    pen.literal(b",");
                    value(pen);
                }
                if flags & RESULT != 0 {
                    pen.literal(b",\"");
                    put(pen, step.result);
                    pen.literal(b"\"");
                }
                if flags & DETAIL != 0 {
                    pen.literal(b",\"");
                    step.detail.iter().for_each(|piece| put(pen, piece));
                    pen.literal(b"\"");
                }
            });
        } else {
            let (scene, at) = (self.scene, self.at);
            self.out.write(|pen| {
                scene.looks.set(looks);
                if comma {
                    pen.literal(b",");
                }
                object(step, at, range, pen);
                if !matches!(step.shown, Shown::Nothing) {
                    put(pen, b",\"value\":");
                    value(pen);
                }
                if let Some(list) = list {
                    put(pen, b",\"values\":");
                    show(pen, list, scene);
                }
                if !step.result.is_empty() {
                    put(pen, b",\"result\":\"");
                    put(pen, step.result);
                    pen.literal(b"\"");
                }
                if !step.detail[0].is_empty() {
                    put(pen, b",\"detail\":\"");
                    step.detail.iter().for_each(|piece| put(pen, piece));
                    pen.literal(b"\"");
                }
                put(pen, b",\"outcome\":\"");
                put(pen, step.outcome.word());
                pen.literal(b"\"}");
            });
        }
        if let Some(heads) = &mut self.heads {
            heads.bound += self.out.len() - before;
        }
    }
}

/// A step as an object, up to its value.
#[inline(always)]
fn object(step: &Step<'_>, at: &[u8], range: Option<(usize, usize)>, pen: &mut Pen<'_>) {
    for piece in step.head {
        put(pen, piece);
    }
    match &step.pointer {
        Pointer::Nowhere => {}
        Pointer::Way(source) => {
            put(pen, b",\"payloadPointer\":\"");
            if !source.around {
                put(pen, at);
            }
            put(pen, source.way.bytes());
        }
        Pointer::Text(text) => {
            put(pen, b",\"payloadPointer\":");
            put(pen, text);
        }
    }
    if let Some((start, end)) = range {
        put(pen, b",\"payloadRange\":{\"start\":");
        number(pen, start);
        put(pen, b",\"end\":");
        number(pen, end);
        pen.literal(b"}");
    }
}

// Where these are called, the speed of what they are made for is not needed, and the room they take is saved.

#[inline(never)]
fn put(pen: &mut Pen<'_>, text: &[u8]) {
    pen.put(text);
}

#[inline(never)]
fn number(pen: &mut Pen<'_>, number: usize) {
    pen.number(number as i64);
}

#[inline(never)]
fn show(pen: &mut Pen<'_>, value: &Value<'_>, scene: &Scene<'_>) {
    value::write(value, false, scene, pen);
}
