//! From slots and a program to alerts, rejections and the trace.

mod decision;
mod direct;
mod identifier;
mod lines;
mod out;
mod record;
mod rejected;
mod rows;
mod run;
mod status;
mod step;
mod tags;
mod timestamp;
mod told;
mod trace;
mod value;
mod watch;
mod write;

pub use lines::{Lines, ReportedLine};
pub(crate) use out::Out;
pub(crate) use record::{Marks, Record, Recorder, Records, Texts};
pub use rejected::Rejection;
pub(crate) use value::{is_list, list as items_of, text as text_of};
pub(crate) use watch::{Gave, Seen, SeenTag, Watch, watch};

use crate::compile::{Program, Source};
use crate::diagnostic::{Problems, present};
use crate::extract::{Extractor, Found, Slot};
use crate::json::limits;
use crate::json::members::Value;
use core::cell::Cell;
use decision::Decision;
use rows::Rows;
use run::{Onlooker, Run};
use serde::{Deserialize, Serialize};

/// How to process a payload.
#[derive(Clone, Copy, Debug)]
pub struct ProcessOptions {
    /// When the payload was received, in epoch milliseconds. The engine has no clock.
    pub received_at_ms: f64,
    /// Explain every value.
    pub trace: bool,
    /// What becomes of fields that no rule names.
    pub additional_tags: AdditionalTags,
    /// The payload was given as text, so that positions in it mean something.
    #[doc(hidden)]
    pub placed: bool,
}

impl ProcessOptions {
    /// No trace, no additional tags, places told.
    pub fn received_at_ms(received_at_ms: f64) -> ProcessOptions {
        ProcessOptions { received_at_ms, trace: false, additional_tags: AdditionalTags::Ignore, placed: true }
    }
}

/// What becomes of fields that no rule names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AdditionalTags {
    /// They are left out.
    #[default]
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
    fn may_read(&self, value: &Value<'_>) -> bool {
        self.may_look(1 + (value.end - value.start) / BYTES_A_LOOK)
    }

    /// Counts what takes the time of so many looks, as [`Scene::may_read`].
    fn may_look(&self, looks: usize) -> bool {
        let all = self.looks.get().saturating_add(looks);
        self.looks.set(all);
        all <= limits::LOOKS
    }
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
    /// Where the texts of the answer's rows end, where it has any.
    rows: Option<usize>,
}

#[derive(Debug, Default)]
struct Buffers {
    out: Out,
    trace: Out,
    decision: Decision,
    rows: Rows,
}

/// How an answer that is JSON text begins.
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
        self.go(program, text, options, part, false);
        self.answer()
    }

    /// As [`Processor::process`], where the alerts are [rows](rows): behind their texts the rest stands as an object. Where they
    /// come near a limit that counts in JSON text, or have a trace, they are that.
    pub(crate) fn rows(&mut self, program: &Program, text: &[u8], options: &ProcessOptions) -> &[u8] {
        if options.trace || !self.go(program, text, options, None, true) {
            self.go(program, text, options, None, false);
        }
        self.answer()
    }

    /// Where the texts of the last answer's rows end, if it has rows, and their numbers.
    pub(crate) fn row_numbers(&self) -> Option<(usize, &[u32])> {
        self.rows.map(|end| (end, self.buffers.rows.numbers()))
    }

    /// `false` where rows do not serve.
    fn go(&mut self, program: &Program, text: &[u8], options: &ProcessOptions, part: Option<Part>, rows: bool) -> bool {
        let mut problems = Problems::default();
        let Processor { extractor, buffers, clean, rows: end } = self;
        *end = None;
        buffers.out.truncate(0);
        if rows {
            buffers.rows.renew(program);
        } else {
            buffers.out.literal(HEAD);
        }
        buffers.trace.truncate(0);
        buffers.decision.renew();
        let mut run = Run::new(program, text, options, buffers, None);
        (run.part, run.rows) = (part, rows);
        run.go(extractor, &mut problems);
        let Run { rejected, accepted, doubtful, .. } = run;
        if doubtful {
            return false;
        }
        let counts = part.map(|_| [accepted as usize, rejected.count()]);
        let rejected = rejected.into_list();
        *clean = rejected.is_empty() && problems.is_empty();
        if rows {
            *end = Some(buffers.out.len());
            buffers.rows.finish(program, &mut buffers.out);
        }
        finish(buffers, &rejected, counts, problems, options.trace, options.placed.then_some(text));
        true
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
        self.buffers.rows.trim(keep);
    }
}

fn finish(
    buffers: &mut Buffers,
    rejected: &Vec<Rejection>,
    counts: Option<[usize; 2]>,
    problems: Problems,
    trace: bool,
    text: Option<&[u8]>,
) {
    let out = &mut buffers.out;
    if rejected.is_empty() && problems.is_empty() && counts.is_none() && !trace {
        // Nearly every answer ends so, and a short one is felt.
        return out.literal(b"],\"rejected\":[],\"diagnostics\":[]}");
    }
    let diagnostics = present(problems, text);
    out.put(b"],\"rejected\":");
    json(rejected, out);
    out.put(b",\"diagnostics\":");
    json(&diagnostics, out);
    if trace {
        out.put(b",\"trace\":[");
        out.put(buffers.trace.bytes());
        out.put(b"]");
    }
    if let Some([alerts, rejected]) = counts {
        out.put(b",\"alertCount\":");
        out.number(alerts as i64);
        out.put(b",\"rejectedCount\":");
        out.number(rejected as i64);
    }
    out.put(b"}");
}

/// Appends a list as JSON text. By way of a `Vec`, as everything else that serde writes, so that it is compiled once.
fn json<T: Serialize>(list: &Vec<T>, out: &mut Out) {
    if list.is_empty() {
        return out.put(b"[]");
    }
    // Our own structures can always be written.
    out.put(&serde_json::to_vec(list).unwrap_or_else(|_| b"[]".to_vec()));
}
