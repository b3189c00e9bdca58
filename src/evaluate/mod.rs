//! From slots and a program to alerts, rejections and the trace.

mod decision;
mod direct;
mod identifier;
mod out;
mod rejected;
mod status;
mod tags;
mod timestamp;
mod told;
mod trace;
mod value;
mod watch;
mod write;

pub(crate) use value::{is_list, list as items_of, text as text_of};
pub(crate) use watch::{Gave, Seen, SeenTag, Watch, watch};

use crate::compile::{Program, Source};
use crate::diagnostic::{Document, Problem, Problems, present, shown, syntax};
use crate::extract::{Extractor, Found, Shape, Sink, Slot, push_pointer};
use crate::json::Kind;
use crate::json::members::Value;
use crate::json::place::Places;
use crate::json::{limits, pointer};
use core::cell::OnceCell;
use decision::{Choice, Decision};
use out::Out;
use rejected::{Rejected, Rejection};
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
}

impl<'s> Scene<'s> {
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
        let Processor { extractor, buffers } = self;
        buffers.out.truncate(0);
        buffers.out.literal(HEAD);
        buffers.trace.truncate(0);
        buffers.decision.renew();
        let mut run = Run { part, ..Run::new(program, text, options, buffers, None) };
        run.go(extractor, &mut problems);
        let Run { rejected, accepted, .. } = run;
        let counts = part.map(|_| [accepted as usize, rejected.count()]);
        finish(buffers, &rejected.into_list(), counts, problems, options, text);
        self.answer()
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

/// Most sources that a message names.
const NAMED: usize = 8;

/// A payload on its way through the rules.
struct Run<'r> {
    program: &'r Program,
    text: &'r [u8],
    options: &'r ProcessOptions,
    received: i64,
    buffers: &'r mut Buffers,
    rejected: Rejected,
    /// How the payload's keys spell the path to the array of alerts.
    rank: u64,
    /// Pointer to the array of alerts, once somebody has asked for it.
    array: OnceCell<String>,
    /// For the trace of a payload that was given as text.
    places: Option<Places<'r>>,
    overflow: bool,
    /// For a watch: bytes of names made so far, and what looking into alerts counts as.
    made_bytes: usize,
    /// Sees the alerts instead of an answer being written.
    watch: Option<&'r mut dyn Watch>,
    /// The alerts can be written without deciding their tags first.
    direct: bool,
    /// The alerts that are wanted; all where there is none.
    part: Option<Part>,
    /// Alerts so far.
    accepted: u32,
}

impl<'r> Run<'r> {
    fn new(
        program: &'r Program,
        text: &'r [u8],
        options: &'r ProcessOptions,
        buffers: &'r mut Buffers,
        watch: Option<&'r mut dyn Watch>,
    ) -> Run<'r> {
        let small = text.len() <= limits::PAYLOAD_BYTES;
        Run {
            program,
            text,
            options,
            // Rounded down; out of range saturates.
            received: (options.received_at_ms / 1000.0).floor() as i64,
            buffers,
            rejected: Rejected::default(),
            rank: 0,
            array: OnceCell::new(),
            places: (options.trace && options.placed && small).then(|| Places::offsets(text)),
            overflow: false,
            made_bytes: 0,
            direct: program.is_direct
                && program.identity.is_none()
                && options.additional_tags == AdditionalTags::Ignore
                && watch.is_none(),
            watch,
            part: None,
            accepted: 0,
        }
    }

    /// Whether an element belongs into the answer, should it give an alert.
    fn wants(&self, index: u32) -> bool {
        match self.part {
            None => true,
            Some(Part::Places { from, count }) => self.accepted.wrapping_sub(from) < count,
            Some(Part::Index(one)) => index == one,
        }
    }

    /// Takes the payload through the rules. `None` when it is not to be read, or no JSON; which is told.
    fn go(&mut self, extractor: &mut Extractor, problems: &mut Problems) -> Option<Shape> {
        let (program, text) = (self.program, self.text);
        if !told::size(text, problems) {
            return None;
        }
        match extractor.extract(program, text, self) {
            Ok(shape) => {
                self.close(shape, problems);
                told::duplicates(program, text, &|| self.array(), extractor.duplicates(), problems);
                let more = extractor.more_duplicates() + self.buffers.decision.more_repeated;
                if more > 0 {
                    problems.count("json-duplicate-key", more);
                }
                told::repeated(program, text, &|| self.array(), &self.buffers.decision.repeated, problems);
                Some(shape)
            }
            Err(fault) => {
                self.discard();
                problems.push(syntax(fault, text, Document::Payload, ""));
                None
            }
        }
    }

    /// What the payload as a whole came to.
    fn close(&mut self, shape: Shape, problems: &mut Problems) {
        let named = self.program.array.as_ref().map_or("", |source| &source.text);
        match shape {
            Shape::Alerts if self.overflow => {
                self.discard();
                let message = match self.watch {
                    Some(_) => "the sample has too many alerts for that many rules".to_owned(),
                    None => format!("the alerts would take more than {} MiB", limits::ANSWER_BYTES / 1024 / 1024),
                };
                let at = self.array().to_owned();
                problems.push(
                    Problem::new("output-too-large", Document::Payload, at, None, message).help("fewer tags or fewer alerts in one payload; the limit is this tool's own, not documented by BigPanda"),
                );
            }
            Shape::Alerts => {}
            Shape::NoArray => {
                let message = format!("the payload has no `{named}`, where the array of alerts should be");
                self.rejected.push(None, "array-source-missing", message, String::new());
            }
            Shape::NotArray { kind, rank } => {
                self.begin(rank);
                let what = if named.is_empty() { "the payload".to_owned() } else { format!("`{named}`") };
                let message = format!("{what} is {}, not an array of alerts", kind.in_words());
                self.rejected.push(None, "array-source-not-array", message, self.array().to_owned());
            }
            Shape::TooMany { count, start, end } => {
                let message = format!("the array has {count} elements, more than {}", limits::ELEMENTS);
                problems.push(
                    Problem::new("too-many-alerts", Document::Payload, self.array().to_owned(), start..end, message).help(
                        "send fewer alerts in one payload; the limit is this tool's own, not documented by BigPanda",
                    ),
                );
            }
        }
    }

    /// Pointer to the array of alerts; empty where nothing has led to one.
    fn array(&self) -> &str {
        self.array.get_or_init(|| {
            let mut array = String::new();
            if let Some(source) = &self.program.array {
                push_pointer(&mut array, &self.program.payload, source.node, self.rank);
            }
            array
        })
    }

    /// Pointer to an alert.
    fn pointer(&self, index: u32) -> String {
        if self.program.array.is_some() { pointer::index(self.array(), index as usize) } else { String::new() }
    }

    #[cold]
    #[inline(never)]
    fn no_primary(&mut self, index: u32) {
        let flattened = matches!(self.buffers.decision.choices.first(), Some(Choice::Flat(..)));
        let message = match self.program.rules.first().map(|rule| rule.sources.as_slice()) {
            _ if flattened => "no primary value: the rule flattens an object, which gives tags but no value".to_owned(),
            None | Some([]) => "no primary value".to_owned(),
            Some([only]) => format!("no primary value: {} is not populated", shown(&only.text)),
            Some(sources) => {
                let tried: Vec<_> = sources.iter().take(NAMED).map(|s| shown(&s.text)).collect();
                format!("no primary value: none of {} is populated", tried.join(", "))
            }
        };
        self.rejected.push(Some(index), "primary-empty", message, self.pointer(index));
    }

    /// Decides the tags of an alert, writes it and, if it is to be `traced`, its trace. `false` when it has no primary value.
    #[inline(never)]
    fn decide(&mut self, page: &write::Page<'_>, traced: bool) -> bool {
        let Buffers { decision, out, .. } = &mut *self.buffers;
        let map_rest = self.options.additional_tags == AdditionalTags::Map;
        decision.begin(self.program.tags.len());
        tags::decide(self.program, page.scene, map_rest, traced, decision);
        let written = write::alert(page, decision, out);
        if traced {
            self.trace(page.scene, page, written);
        }
        written
    }

    #[inline(never)]
    fn trace(&mut self, scene: &Scene<'_>, page: &write::Page<'_>, accepted: bool) {
        let at = self.pointer(page.index);
        let Buffers { trace, decision, .. } = &mut *self.buffers;
        if trace.len() > 0 {
            trace.byte(b',');
        }
        let plain_at = if at.bytes().any(|b| b < b' ' || b == b'"' || b == b'\\') { "\n" } else { &at };
        let places = self.places.as_ref();
        trace::Tracer { page, scene, decision, places, at: &at, plain_at, out: trace }.write(accepted);
    }
}

impl Sink for Run<'_> {
    #[inline(always)]
    fn alert(&mut self, index: u32, alert: Value<'_>, found: &Found, around: &Found) {
        if self.overflow {
            return;
        }
        let program = self.program;
        let scene = Scene { text: self.text, index, alert: Value { text: self.text, ..alert }, found, around };
        let decision = &mut self.buffers.decision;
        let status = status::decide(&program.status, &scene, &mut decision.statuses_around);
        let time = timestamp::decide(program.time.as_ref(), &scene, self.received, &mut decision.times_around);
        if self.watch.is_some() {
            return self.show(&scene, status, time);
        }
        let page = write::Page { program, scene: &scene, index, status, time };
        let before = self.buffers.out.len();
        if before > HEAD.len() {
            self.buffers.out.byte(b',');
        }
        let wanted = self.wants(index);
        let traced = wanted && self.options.trace;
        let written = match self.direct && !traced {
            true => direct::alert(&page, &mut self.buffers.out),
            false => self.decide(&page, traced),
        };
        let Buffers { out, trace, decision } = &self.buffers;
        self.overflow =
            out.is_full() || trace.is_full() || decision.is_full() || out.len() + trace.len() > limits::ANSWER_BYTES;
        self.accepted += u32::from(written);
        if !(written && wanted) {
            self.buffers.out.truncate(before);
        }
        if !written {
            self.no_primary(index);
        }
    }

    #[cold]
    fn other(&mut self, index: u32, element: Value<'_>) {
        if self.watch.is_some() {
            let pointer = self.pointer(index);
            return self.watch.iter_mut().for_each(|watch| watch.other(&pointer, &element));
        }
        let found = element.kind.in_words();
        let (message, pointer) = match (&self.program.array, element.kind) {
            (Some(_), _) => (format!("the element is {found}, not an object"), self.pointer(index)),
            (None, Kind::Array) => {
                ("the payload is an array: set `is_array` to true and `array_source` to \"\"".to_owned(), String::new())
            }
            (None, _) => (format!("the payload is {found}, not an object"), String::new()),
        };
        self.rejected.push(Some(index), "alert-not-object", message, pointer);
    }

    fn begin(&mut self, rank: u64) {
        self.discard();
        self.rank = rank;
        self.array = OnceCell::new();
    }

    fn discard(&mut self) {
        if let Some(watch) = &mut self.watch {
            watch.forget();
        }
        self.buffers.out.truncate(HEAD.len());
        self.buffers.trace.truncate(0);
        self.rejected.clear();
        self.buffers.decision.renew();
        self.made_bytes = 0;
        self.accepted = 0;
        self.overflow = false;
    }
}
