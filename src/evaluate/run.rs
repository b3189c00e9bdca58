//! A payload on its way through the rules.

use super::decision::Choice;
use super::rejected::Rejected;
use super::step::Writer;
use super::{
    AdditionalTags, BYTES_A_LOOK, Buffers, HEAD, Part, ProcessOptions, Records, Scene, Watch, direct, status, tags,
    timestamp, told, trace, write,
};
use crate::compile::Program;
use crate::diagnostic::{Document, Problem, Problems, shown, syntax};
use crate::extract::{Extractor, Found, Shape, Sink, push_pointer};
use crate::json::Kind;
use crate::json::members::Value;
use crate::json::place::Places;
use crate::json::{limits, pointer};
use core::cell::{Cell, OnceCell};

/// What sees the alerts instead of an answer being written.
pub(super) enum Onlooker<'r> {
    Watch(&'r mut dyn Watch),
    Records(&'r mut Records),
}

/// Most sources that a message names.
const NAMED: usize = 8;

/// A payload on its way through the rules.
pub(super) struct Run<'r> {
    pub(super) program: &'r Program,
    text: &'r [u8],
    pub(super) options: &'r ProcessOptions,
    received: i64,
    pub(super) buffers: &'r mut Buffers,
    pub(super) rejected: Rejected,
    /// How the payload's keys spell the path to the array of alerts.
    rank: u64,
    /// Pointer to the array of alerts, once somebody has asked for it.
    array: OnceCell<String>,
    /// For the trace of a payload that was given as text.
    places: Option<Places<'r>>,
    pub(super) overflow: bool,
    /// What the alerts so far have cost; see [`limits::LOOKS`].
    pub(super) looks: usize,
    /// For a watch: bytes of names made so far, and what looking into alerts counts as.
    pub(super) made_bytes: usize,
    pub(super) watch: Option<Onlooker<'r>>,
    /// The alerts can be written without deciding their tags first.
    direct: bool,
    /// The alerts that are wanted; all where there is none.
    pub(super) part: Option<Part>,
    /// Alerts so far.
    pub(super) accepted: u32,
    /// Alerts are written as rows.
    pub(super) rows: bool,
    /// They are rows, and may be more than there may be as JSON text.
    pub(super) doubtful: bool,
}

impl<'r> Run<'r> {
    pub(super) fn new(
        program: &'r Program,
        text: &'r [u8],
        options: &'r ProcessOptions,
        buffers: &'r mut Buffers,
        watch: Option<Onlooker<'r>>,
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
            looks: 0,
            made_bytes: 0,
            direct: program.is_direct
                && program.identity.is_none()
                && options.additional_tags == AdditionalTags::Ignore
                && watch.is_none(),
            watch,
            part: None,
            accepted: 0,
            rows: false,
            doubtful: false,
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
    pub(super) fn go(&mut self, extractor: &mut Extractor, problems: &mut Problems) -> Option<Shape> {
        let (program, text) = (self.program, self.text);
        if !told::size(text, problems) {
            return None;
        }
        if self.watch.is_none() {
            // An alert that does not fit is written again from its beginning, and may be costly.
            self.buffers.out.reserve(text.len() / 2);
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
                let message = match self.watch {
                    Some(Onlooker::Watch(_)) => "the sample has too many alerts for that many rules".to_owned(),
                    _ if self.looks > limits::LOOKS => "the payload has too many alerts for that many rules".to_owned(),
                    _ => format!("the alerts would take more than {} MiB", limits::ANSWER_BYTES / 1024 / 1024),
                };
                self.discard();
                let at = self.array().to_owned();
                problems.push(
                    Problem::new("output-too-large", Document::Payload, at, None, message).help("fewer tags or fewer alerts in one payload; the limit is this tool's own, not documented by BigPanda"),
                );
            }
            Shape::Alerts => {}
            Shape::NoArray => {
                let message = format!("the payload has no `{named}`, where the array of alerts should be");
                self.rejected.push(None, 0, "array-source-missing", message, String::new());
            }
            Shape::NotArray { kind, rank } => {
                self.begin(rank);
                let what = if named.is_empty() { "the payload".to_owned() } else { format!("`{named}`") };
                let message = format!("{what} is {}, not an array of alerts", kind.in_words());
                self.rejected.push(None, 0, "array-source-not-array", message, self.array().to_owned());
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
    pub(super) fn array(&self) -> &str {
        self.array.get_or_init(|| {
            let mut array = String::new();
            if let Some(source) = &self.program.array {
                push_pointer(&mut array, &self.program.payload, source.node, self.rank);
            }
            array
        })
    }

    /// Pointer to an alert.
    pub(super) fn pointer(&self, index: u32) -> String {
        if self.program.array.is_some() { pointer::index(self.array(), index as usize) } else { String::new() }
    }
    pub(super) fn no_primary(&mut self, index: u32, at: usize) {
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
        self.rejected.push(Some(index), at, "primary-empty", message, self.pointer(index));
    }

    /// Decides the tags of an alert, writes it and, if it is to be `traced`, its trace. `false` when it has no primary value.
    fn decide(&mut self, page: &write::Page<'_>, traced: bool) -> bool {
        let Buffers { decision, out, rows, .. } = &mut *self.buffers;
        let map_rest = self.options.additional_tags == AdditionalTags::Map;
        decision.begin(self.program.tags.len());
        tags::decide(self.program, page.scene, map_rest, traced, decision);
        let written = if self.rows { rows.alert(page, decision, out) } else { write::alert(page, decision, out) };
        if traced {
            self.trace(page.scene, page, written);
        }
        written
    }

    fn trace(&mut self, scene: &Scene<'_>, page: &write::Page<'_>, accepted: bool) {
        let at = self.pointer(page.index);
        let Buffers { trace, decision, .. } = &mut *self.buffers;
        trace.put(if trace.len() == 0 { b"{\"index\":" } else { b",{\"index\":" });
        trace.number(i64::from(page.index));
        trace.put(b",\"steps\":[");
        let is_plain = !at.bytes().any(|b| b < b' ' || b == b'"' || b == b'\\');
        let writer = Writer { scene, places: self.places.as_ref(), at: at.as_bytes(), out: trace };
        trace::Tracer { page, scene, decision, at: &at, is_plain, writer }.write(accepted);
        self.buffers.trace.put(b"]}");
    }
}

impl Sink for Run<'_> {
    fn alert(&mut self, index: u32, alert: Value<'_>, found: &Found, around: &Found) {
        if self.overflow {
            return;
        }
        let program = self.program;
        let looks = Cell::new(self.looks + program.looks);
        let scene = Scene { text: self.text, index, alert: Value { text: self.text, ..alert }, found, around, looks };
        let decision = &mut self.buffers.decision;
        let status = status::decide(&program.status, &scene, &mut decision.statuses_around);
        let time = timestamp::decide(program.time.as_ref(), &scene, self.received, &mut decision.times_around);
        if self.watch.is_some() {
            self.show(&scene, status, time);
            self.looks = scene.looks.get();
            self.overflow |= self.looks > limits::LOOKS;
            return;
        }
        let page = write::Page { program, scene: &scene, index, status, time, canonical: false };
        let before = self.buffers.out.len();
        if before > HEAD.len() && !self.rows {
            self.buffers.out.byte(b',');
        }
        let wanted = self.wants(index);
        let traced = wanted && self.options.trace;
        let written = match self.direct && !traced && !self.rows {
            true => direct::alert(&page, &mut self.buffers.out),
            false => self.decide(&page, traced),
        };
        self.looks = scene.looks.get();
        let Buffers { out, trace, decision, rows } = &self.buffers;
        self.overflow = out.is_full()
            || trace.is_full()
            || decision.is_full()
            || out.len() + trace.len() > limits::ANSWER_BYTES
            || self.looks > limits::LOOKS;
        self.doubtful |= self.rows && (self.overflow || rows.may_be_too_much(self.looks));
        self.overflow |= self.doubtful;
        self.accepted += u32::from(written);
        if !(written && wanted) {
            self.buffers.out.truncate(before);
        }
        if !written {
            self.no_primary(index, scene.alert.start);
        }
    }
    fn other(&mut self, index: u32, element: Value<'_>) {
        let pointer = self.pointer(index);
        if let Some(Onlooker::Watch(watch)) = &mut self.watch {
            return watch.other(&pointer, &element);
        }
        let found = element.kind.in_words();
        let (message, pointer) = match (&self.program.array, element.kind) {
            (Some(_), _) => (format!("the element is {found}, not an object"), pointer),
            (None, Kind::Array) => {
                ("the payload is an array: set `is_array` to true and `array_source` to \"\"".to_owned(), String::new())
            }
            (None, _) => (format!("the payload is {found}, not an object"), String::new()),
        };
        self.rejected.push(Some(index), element.start, "alert-not-object", message, pointer);
    }

    fn begin(&mut self, rank: u64) {
        self.discard();
        self.rank = rank;
        self.array = OnceCell::new();
    }

    fn discard(&mut self) {
        match &mut self.watch {
            Some(Onlooker::Watch(watch)) => watch.forget(),
            Some(Onlooker::Records(records)) => records.clear(),
            None => {}
        }
        // What it has cost counts on: a payload may hold its array many times over.
        let Buffers { out, trace, rows, .. } = &mut *self.buffers;
        self.looks += (if self.rows { rows.bytes() } else { out.len() + trace.len() }) / BYTES_A_LOOK;
        out.truncate(if self.rows { 0 } else { HEAD.len() });
        // Of nothing there may be much.
        if self.rows && rows.bytes() > 0 {
            rows.renew(self.program);
        }
        self.buffers.trace.truncate(0);
        self.rejected.clear();
        self.buffers.decision.renew();
        self.accepted = 0;
        self.overflow = false;
    }
}
