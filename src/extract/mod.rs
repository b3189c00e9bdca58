//! From the payload's bytes and a program's plan to slots: one strict pass, no tree.

mod predict;
mod slot;
mod walk;

pub(crate) use slot::{Found, Slot, push_pointer};
pub(crate) use walk::Duplicate;

use crate::compile::{NodeId, Program};
use crate::json::Kind;
use crate::json::limits;
use crate::json::members::Value;
use crate::json::scan::{After, Fault, Scanner, Why};
use core::num::NonZeroUsize;
use core::ops::Range;
use walk::{AtArray, Walker, walk};

/// Where the alerts of a payload go to, one by one.
pub(crate) trait Sink {
    /// An alert: its place in the array, its text, what was found in it and in the payload around it.
    fn alert(&mut self, index: u32, alert: Value<'_>, found: &Found, around: &Found);
    /// An element that is no object.
    fn other(&mut self, index: u32, element: Value<'_>);
    /// The alerts of an array begin. `rank` tells how the payload's keys spell the path to it. What came so far does
    /// not count: it was the array's earlier value.
    fn begin(&mut self, rank: u64);
    /// What came so far does not count.
    fn discard(&mut self);
}

/// What the payload turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Its alerts were given to the sink.
    Alerts,
    /// There is no array at the place of the alerts; nothing is there.
    NoArray,
    /// Something else is at the place of the alerts.
    NotArray { kind: Kind, rank: u64 },
    /// The array has more elements than are processed.
    TooMany { count: usize, start: usize, end: usize },
}

/// What extracting needs from payload to payload. It learns the order of keys, which is
/// forgotten when another program comes.
#[derive(Debug, Default)]
pub(crate) struct Extractor {
    payload: Walker,
    alert: Walker,
    /// The program that the order of keys was learned for.
    program: u64,
}

impl Extractor {
    /// Reads a payload and gives its alerts to the sink.
    ///
    /// # Errors
    /// The first fault of the text; what went to the sink does not count then.
    pub(crate) fn extract<S: Sink>(&mut self, program: &Program, text: &[u8], sink: &mut S) -> Result<Shape, Fault> {
        if self.program != program.id {
            *self = Extractor { program: program.id, ..Extractor::default() };
        }
        let mut s = Scanner::new(text);
        self.payload.forget_duplicates();
        self.alert.forget_duplicates();
        self.alert.element = None;
        let shape = self.payload(program, &mut s, sink);
        match (shape, s.fault) {
            (Some(shape), None) => Ok(shape),
            (_, fault) => Err(fault.unwrap_or(Fault { at: 0, why: Why::Value })),
        }
    }

    /// Where the array of alerts stands in the last payload, when it is inside an object.
    pub(crate) fn array(&self, program: &Program) -> Option<Range<usize>> {
        let slot = self.payload.found.get(program.array.as_ref()?.node)?;
        Some(slot.start as usize..slot.end as usize)
    }

    /// Keys of the last payload that were given twice, among those that rules look at.
    pub(crate) fn duplicates(&self) -> impl Iterator<Item = &Duplicate> {
        self.payload.duplicates.iter().chain(&self.alert.duplicates)
    }

    /// How many more there were than are listed.
    pub(crate) fn more_duplicates(&self) -> usize {
        self.payload.more_duplicates + self.alert.more_duplicates
    }

    fn payload<S: Sink>(&mut self, program: &Program, s: &mut Scanner<'_>, sink: &mut S) -> Option<Shape> {
        let start = s.start()?;
        let text = s.bytes;
        self.payload.found.clear(&program.payload);
        let Some(source) = &program.array else {
            let mut all = Elements { alert: &mut self.alert, around: &self.payload.found, program, sink, count: 0 };
            let after = all.element(s, start, 0)?.get();
            s.finish(after)?;
            return Some(Shape::Alerts);
        };
        if source.node == NodeId::ROOT {
            return self.root_array(program, s, start, sink);
        }
        if s.byte(start) != b'{' {
            let after = s.skip_call(start, 0)?.get();
            s.finish(after)?;
            return Some(Shape::NoArray);
        }
        // Rules that look around the alerts need the whole payload first; then the array waits for a second pass.
        let mut streamed = None;
        let around = Found::default();
        let mut array = Streaming {
            wait: program.looks_around,
            all: Elements { alert: &mut self.alert, around: &around, program, sink, count: 0 },
            streamed: &mut streamed,
        };
        let after = walk(&mut self.payload, s, &program.payload, Some((source.node, &mut array)), start, 0)?.get();
        s.finish(after)?;
        let Some(slot) = self.payload.found.get(source.node).copied() else {
            sink.discard();
            return Some(Shape::NoArray);
        };
        let (from, to) = (slot.start as usize, slot.end as usize);
        if slot.kind != Kind::Array {
            sink.discard();
            return Some(Shape::NotArray { kind: slot.kind, rank: slot.rank });
        }
        let count = match streamed {
            Some((start, count)) if start == from => count,
            _ => {
                // The text was checked; a scanner of its own keeps this pass from ending the first.
                sink.begin(slot.rank);
                self.alert.forget_duplicates();
                let around = &self.payload.found;
                let mut all = Elements { alert: &mut self.alert, around, program, sink, count: 0 };
                all.array(&mut Scanner::new(text), from, 0)?;
                all.count
            }
        };
        Some(counted(sink, count, from, to))
    }

    fn root_array<S: Sink>(
        &mut self,
        program: &Program,
        s: &mut Scanner<'_>,
        start: usize,
        sink: &mut S,
    ) -> Option<Shape> {
        if s.byte(start) != b'[' {
            let kind = Kind::of(s.byte(start));
            let end = s.skip_call(start, 0)?.get();
            s.finish(end)?;
            return Some(Shape::NotArray { kind, rank: 0 });
        }
        let mut all = Elements { alert: &mut self.alert, around: &self.payload.found, program, sink, count: 0 };
        let end = all.array(s, start, 0)?.get();
        let count = all.count;
        s.finish(end)?;
        Some(counted(sink, count, start, end))
    }
}

fn counted<S: Sink>(sink: &mut S, count: usize, start: usize, end: usize) -> Shape {
    if count <= limits::ELEMENTS as usize {
        return Shape::Alerts;
    }
    sink.discard();
    Shape::TooMany { count, start, end }
}

/// The elements of an array on their way to the sink.
struct Elements<'e, S> {
    alert: &'e mut Walker,
    around: &'e Found,
    program: &'e Program,
    sink: &'e mut S,
    count: usize,
}

impl<S: Sink> Elements<'_, S> {
    /// Reads the array that opens at `start`.
    fn array(&mut self, s: &mut Scanner<'_>, start: usize, depth: u32) -> After {
        let depth = s.enter(start, depth)?;
        let mut i = s.blank(start + 1);
        if s.byte(i) == b']' {
            return NonZeroUsize::new(i + 1);
        }
        loop {
            i = if self.count < limits::ELEMENTS as usize {
                self.alert.element = u32::try_from(self.count).ok();
                self.element(s, i, depth)?.get()
            } else {
                s.skip_call(i, depth)?.get()
            };
            self.count += 1;
            i = s.blank(i);
            match s.byte(i) {
                b',' => i = s.blank(i + 1),
                b']' => return NonZeroUsize::new(i + 1),
                _ => return s.fail(i, Why::ItemEnd),
            }
            if s.byte(i) == b']' {
                return s.fail(i, Why::TrailingComma);
            }
        }
    }
    fn element(&mut self, s: &mut Scanner<'_>, start: usize, depth: u32) -> After {
        let text = s.bytes;
        let index = self.count as u32;
        let kind = Kind::of(s.byte(start));
        if kind != Kind::Object {
            let end = s.skip_call(start, depth)?;
            self.sink.other(index, Value { text, start, end: end.get(), kind, flags: 0 });
            return Some(end);
        }
        let end = walk(self.alert, s, &self.program.alert, None, start, depth)?;
        let alert = Value { text, start, end: end.get(), kind, flags: 0 };
        self.sink.alert(index, alert, &self.alert.found, self.around);
        Some(end)
    }
}

/// Gives the alerts to the sink as soon as the walk reaches them.
struct Streaming<'e, 'o, S> {
    wait: bool,
    all: Elements<'e, S>,
    /// Where the array was that went to the sink last, and its number of elements.
    streamed: &'o mut Option<(usize, usize)>,
}

impl<S: Sink> AtArray for Streaming<'_, '_, S> {
    fn read(&mut self, s: &mut Scanner<'_>, start: usize, depth: u32, rank: u64) -> After {
        if self.wait {
            return s.skip_call(start, depth);
        }
        self.all.sink.begin(rank);
        self.all.alert.forget_duplicates();
        self.all.count = 0;
        let after = self.all.array(s, start, depth)?;
        *self.streamed = Some((start, self.all.count));
        Some(after)
    }
}
