//! From the payload's bytes and a program's plan to slots: one strict pass, no tree.

mod key_order;
mod object_scan;
mod slot;

pub(crate) use object_scan::Duplicate;
pub(crate) use slot::{Slot, SlotTable, push_pointer};

use crate::compile::{NodeId, Program};
use crate::json::Kind;
use crate::json::limits;
use crate::json::members::Value;
use crate::json::scan::{After, Scanner, SyntaxError, SyntaxErrorKind};
use core::num::NonZeroUsize;
use core::ops::Range;
use object_scan::{AtArray, ScanState, scan_object};

/// Where the alerts of a payload go to, one by one.
pub(crate) trait ElementHandler {
    /// An alert: its place in the array, its text, what was found in it and in the payload outer_slots it.
    fn object(&mut self, index: u32, alert: Value<'_>, slots: &SlotTable, outer_slots: &SlotTable);
    /// An element that is no object.
    fn not_object(&mut self, index: u32, element: Value<'_>);
    /// The alerts of an array begin. `key_spelling` says how the payload's keys spell the path to it. What came so far does
    /// not count: it was the array's earlier value.
    fn begin(&mut self, key_spelling: u64);
    /// What came so far does not count.
    fn restart(&mut self);
}

/// What the payload turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PayloadShape {
    /// Its alerts were given to the handler.
    Alerts,
    /// There is no array at the place of the alerts; nothing is there.
    NoArray,
    /// Something else is at the place of the alerts.
    NotArray { kind: Kind, key_spelling: u64 },
    /// The array has more elements than are processed.
    TooMany { count: usize, start: usize, end: usize },
}

/// What extracting needs from payload to payload. It learns the order of keys, which is
/// forgotten when another program comes.
#[derive(Debug, Default)]
pub(crate) struct Extractor {
    payload: ScanState,
    alert: ScanState,
    /// The program that the order of keys was learned for.
    program: u64,
}

impl Extractor {
    /// Reads a payload and gives its alerts to the handler.
    ///
    /// # Errors
    /// The first error of the text; what went to the handler does not count then.
    pub(crate) fn extract<S: ElementHandler>(
        &mut self,
        program: &Program,
        text: &[u8],
        handler: &mut S,
    ) -> Result<PayloadShape, SyntaxError> {
        if self.program != program.id {
            *self = Extractor { program: program.id, ..Extractor::default() };
        }
        let mut s = Scanner::new(text);
        self.payload.forget_duplicates();
        self.alert.forget_duplicates();
        self.alert.element = None;
        let shape = self.payload(program, &mut s, handler);
        match (shape, s.error) {
            (Some(shape), None) => Ok(shape),
            (_, error) => Err(error.unwrap_or(SyntaxError { at: 0, kind: SyntaxErrorKind::Value })),
        }
    }

    /// Where the array of alerts stands in the last payload, when it is inside an object.
    pub(crate) fn array(&self, program: &Program) -> Option<Range<usize>> {
        let slot = self.payload.slots.get(program.array.as_ref()?.node)?;
        Some(slot.start as usize..slot.end as usize)
    }

    /// KeyIndex of the last payload that were given twice, among those that rules look at.
    pub(crate) fn duplicates(&self) -> impl Iterator<Item = &Duplicate> {
        self.payload.duplicates.iter().chain(&self.alert.duplicates)
    }

    /// How many more there were than are listed.
    pub(crate) fn more_duplicates(&self) -> usize {
        self.payload.more_duplicates + self.alert.more_duplicates
    }

    fn payload<S: ElementHandler>(
        &mut self,
        program: &Program,
        s: &mut Scanner<'_>,
        handler: &mut S,
    ) -> Option<PayloadShape> {
        let start = s.start()?;
        let text = s.bytes;
        self.payload.slots.clear(&program.payload);
        let Some(source) = &program.array else {
            let mut all =
                Elements { alert: &mut self.alert, outer_slots: &self.payload.slots, program, handler, count: 0 };
            let after = all.element(s, start, 0)?.get();
            s.finish(after)?;
            return Some(PayloadShape::Alerts);
        };
        if source.node == NodeId::ROOT {
            return self.root_array(program, s, start, handler);
        }
        if s.byte(start) != b'{' {
            let after = s.skip(start, 0)?.get();
            s.finish(after)?;
            return Some(PayloadShape::NoArray);
        }
        // Rules that look outer_slots the alerts need the whole payload first; then the array waits for a second pass.
        let mut streamed = None;
        let outer_slots = SlotTable::default();
        let mut array = Streaming {
            wait: program.reads_outer_payload,
            all: Elements { alert: &mut self.alert, outer_slots: &outer_slots, program, handler, count: 0 },
            streamed: &mut streamed,
        };
        let after =
            scan_object(&mut self.payload, s, &program.payload, Some((source.node, &mut array)), start, 0)?.get();
        s.finish(after)?;
        let Some(slot) = self.payload.slots.get(source.node).copied() else {
            handler.restart();
            return Some(PayloadShape::NoArray);
        };
        let (from, to) = (slot.start as usize, slot.end as usize);
        if slot.kind != Kind::Array {
            handler.restart();
            return Some(PayloadShape::NotArray { kind: slot.kind, key_spelling: slot.key_spelling });
        }
        let count = match streamed {
            Some((start, count)) if start == from => count,
            _ => {
                // The text was checked; a scanner of its own keeps this pass from ending the first.
                handler.begin(slot.key_spelling);
                self.alert.forget_duplicates();
                let outer_slots = &self.payload.slots;
                let mut all = Elements { alert: &mut self.alert, outer_slots, program, handler, count: 0 };
                all.array(&mut Scanner::new(text), from, 0)?;
                all.count
            }
        };
        Some(counted(handler, count, from, to))
    }

    fn root_array<S: ElementHandler>(
        &mut self,
        program: &Program,
        s: &mut Scanner<'_>,
        start: usize,
        handler: &mut S,
    ) -> Option<PayloadShape> {
        if s.byte(start) != b'[' {
            let kind = Kind::of(s.byte(start));
            let end = s.skip(start, 0)?.get();
            s.finish(end)?;
            return Some(PayloadShape::NotArray { kind, key_spelling: 0 });
        }
        let mut all = Elements { alert: &mut self.alert, outer_slots: &self.payload.slots, program, handler, count: 0 };
        let end = all.array(s, start, 0)?.get();
        let count = all.count;
        s.finish(end)?;
        Some(counted(handler, count, start, end))
    }
}

fn counted<S: ElementHandler>(handler: &mut S, count: usize, start: usize, end: usize) -> PayloadShape {
    if count <= limits::ELEMENTS as usize {
        return PayloadShape::Alerts;
    }
    handler.restart();
    PayloadShape::TooMany { count, start, end }
}

/// The elements of an array on their way to the handler.
struct Elements<'e, S> {
    alert: &'e mut ScanState,
    outer_slots: &'e SlotTable,
    program: &'e Program,
    handler: &'e mut S,
    count: usize,
}

impl<S: ElementHandler> Elements<'_, S> {
    /// Reads the array that opens at `start`.
    fn array(&mut self, s: &mut Scanner<'_>, start: usize, depth: u32) -> After {
        let depth = s.enter(start, depth)?;
        let mut i = s.skip_whitespace(start + 1);
        if s.byte(i) == b']' {
            return NonZeroUsize::new(i + 1);
        }
        loop {
            i = if self.count < limits::ELEMENTS as usize {
                self.alert.element = u32::try_from(self.count).ok();
                self.element(s, i, depth)?.get()
            } else {
                s.skip(i, depth)?.get()
            };
            self.count += 1;
            i = s.skip_whitespace(i);
            match s.byte(i) {
                b',' => i = s.skip_whitespace(i + 1),
                b']' => return NonZeroUsize::new(i + 1),
                _ => return s.fail(i, SyntaxErrorKind::ItemEnd),
            }
            if s.byte(i) == b']' {
                return s.fail(i, SyntaxErrorKind::TrailingComma);
            }
        }
    }

    fn element(&mut self, s: &mut Scanner<'_>, start: usize, depth: u32) -> After {
        let text = s.bytes;
        let index = self.count as u32;
        let kind = Kind::of(s.byte(start));
        if kind != Kind::Object {
            let end = s.skip(start, depth)?;
            self.handler.not_object(index, Value { text, start, end: end.get(), kind, flags: 0 });
            return Some(end);
        }
        let end = scan_object(self.alert, s, &self.program.alert, None, start, depth)?;
        let alert = Value { text, start, end: end.get(), kind, flags: 0 };
        self.handler.object(index, alert, &self.alert.slots, self.outer_slots);
        Some(end)
    }
}

/// Gives the alerts to the handler as soon as the walk reaches them.
struct Streaming<'e, 'o, S> {
    wait: bool,
    all: Elements<'e, S>,
    /// Where the array was that went to the handler last, and its number of elements.
    streamed: &'o mut Option<(usize, usize)>,
}

impl<S: ElementHandler> AtArray for Streaming<'_, '_, S> {
    fn read(&mut self, s: &mut Scanner<'_>, start: usize, depth: u32, key_spelling: u64) -> After {
        if self.wait {
            return s.skip(start, depth);
        }
        self.all.handler.begin(key_spelling);
        self.all.alert.forget_duplicates();
        self.all.count = 0;
        let after = self.all.array(s, start, depth)?;
        *self.streamed = Some((start, self.all.count));
        Some(after)
    }
}
