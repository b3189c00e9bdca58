//! From slots and a program to alerts, rejections and the trace.

mod decision;
mod direct;
mod identifier;
mod lines;
mod out;
mod record;
mod rejected;
mod run;
mod status;
mod tags;
mod timestamp;
mod told;
mod trace;
mod value;
mod watch;
mod write;

pub use lines::{Lines, Told};
pub(crate) use out::Out;
pub(crate) use record::{Marks, Record, Recorder, Records, Texts};
pub(crate) use rejected::Rejection;
pub(crate) use value::{is_list, list as items_of, text as text_of};
pub(crate) use watch::{Gave, Seen, SeenTag, Watch, watch};

use crate::compile::{Program, Source};
use crate::diagnostic::{Problems, present};
use crate::extract::{Extractor, Found, Slot};
use crate::json::limits;
use crate::json::members::Value;
use core::cell::Cell;
use decision::Decision;
use run::{Onlooker, Run};
use serde::Serialize;

/// How to process a payload.
#[derive(Clone, Copy, Debug)]
pub struct ProcessOptions {
    /// When the payload was received, in epoch milliseconds. The engine has no clock.
    pub received_at_ms: f64,
    /// Explain every value.
    pub trace: bool,
    /// What becomes of fields that no rule names.
    pub additional_tags: AdditionalTags,
    /// The payload was given as text, so places in it are told.
    pub placed: bool,
}

impl ProcessOptions {
    /// No trace, no additional tags, places told.
    pub fn received_at_ms(received_at_ms: f64) -> ProcessOptions {
        ProcessOptions { received_at_ms, trace: false, additional_tags: AdditionalTags::Ignore, placed: true }
    }
}

/// What becomes of fields that no rule names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdditionalTags {
    /// They are left out.
    Ignore,
    /// Each becomes a tag named by its path, joined with `_`.
    Map,
}

/// The alerts that are wanted of a payload, where not all are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `count` alerts, beginning with the one that has `from` alerts before it.
    Places {
        /// Alerts before the first one.
        from: u32,
        /// How many at most.
        count: u32,
    },
    /// The one element of the array with this number, from 0.
    Index(u32),
}

/// An object on the stage: what was found in it, and around it.
pub(crate) struct Scene<'s> {
    text: &'s [u8],
    index: u32,
    alert: Value<'s>,
    found: &'s Found,
    around: &'s Found,
    /// Looks that the payload has cost so far.
    looks: Cell<usize>,
}

/// Bytes of a list or an object that are read in the time of a look.
const BYTES_A_LOOK: usize = 2;

impl<'s> Scene<'s> {
    /// Counts the reading of a list or an object, which may be long and read for many rules and alerts. False when the
    /// payload has cost too much: then it is not to be read, and the alert will not count.
    #[inline(never)]
    fn may_read(&self, value: &Value<'_>) -> bool {
        self.may_look(1 + (value.end - value.start) / BYTES_A_LOOK)
    }

    /// Counts what takes the time of so many looks, as [`Scene::may_read`].
    fn may_look(&self, looks: usize) -> bool {
        let all = self.looks.get().saturating_add(looks);
        self.looks.set(all);
        all <= limits::LOOKS
    }

    #[inline(always)]
    fn slot(&self, source: &Source) -> Option<&'s Slot> {
        if source.around { self.around.get(source.node) } else { self.found.get(source.node) }
    }
}

/// What processing needs from payload to payload. One serves any number of programs; one for each program is faster.
#[derive(Debug, Default)]
pub(crate) struct Processor {
    extractor: Extractor,
    buffers: Buffers,
    clean: bool,
}

#[derive(Debug, Default)]
struct Buffers {
    out: Out,
    trace: Out,
    decision: Decision,
}

const HEAD: &[u8; 11] = b"{\"alerts\":[";

impl Processor {
    /// Processes a payload. The answer is JSON text: alerts, rejected, diagnostics, and the trace if asked for.
    /// With a `part`, alerts and traces only of that; how many there are in all is told behind them.
    pub(crate) fn process(
        &mut self,
        program: &Program,
        text: &[u8],
        options: &ProcessOptions,
        part: Option<Part>,
    ) -> &[u8] {
        let mut problems = Problems::default();
        let Processor { extractor, buffers, clean } = self;
        buffers.out.truncate(0);
        buffers.out.literal(HEAD);
        buffers.trace.truncate(0);
        buffers.decision.renew();
        let mut run = Run::new(program, text, options, buffers, None);
        run.part = part;
        run.go(extractor, &mut problems);
        let Run { rejected, accepted, .. } = run;
        let counts = part.map(|_| [accepted as usize, rejected.count()]);
        let rejected = rejected.into_list();
        *clean = rejected.is_empty() && problems.is_empty();
        finish(buffers, &rejected, counts, problems, options, text);
        self.answer()
    }

    /// Whether the last call rejected nothing and told nothing.
    fn is_clean(&self) -> bool {
        self.clean
    }

    /// The answer of the last call.
    pub(crate) fn answer(&self) -> &[u8] {
        self.buffers.out.bytes()
    }

    /// Gives memory back beyond `keep` bytes a buffer.
    pub(crate) fn trim(&mut self, keep: usize) {
        self.buffers.out.trim(keep);
        self.buffers.trace.trim(keep);
    }
}

fn finish(
    buffers: &mut Buffers,
    rejected: &Vec<Rejection>,
    counts: Option<[usize; 2]>,
    problems: Problems,
    options: &ProcessOptions,
    text: &[u8],
) {
    let diagnostics = present(problems, options.placed.then_some(text));
    let out = &mut buffers.out;
    out.literal(b"],\"rejected\":");
    json(rejected, out);
    out.literal(b",\"diagnostics\":");
    json(&diagnostics, out);
    if options.trace {
        out.literal(b",\"trace\":[");
        out.put(buffers.trace.bytes());
        out.byte(b']');
    }
    if let Some([alerts, rejected]) = counts {
        out.literal(b",\"alertCount\":");
        out.number(alerts as i64);
        out.literal(b",\"rejectedCount\":");
        out.number(rejected as i64);
    }
    out.byte(b'}');
}

/// Appends a list as JSON text. By way of a `Vec`, as everything else that serde writes, so that it is compiled once.
fn json<T: Serialize>(list: &Vec<T>, out: &mut Out) {
    if list.is_empty() {
        return out.literal(b"[]");
    }
    // Our own structures can always be written.
    out.put(&serde_json::to_vec(list).unwrap_or_else(|_| b"[]".to_vec()));
}
