//! A sequence of payloads: what each alert does, and the incidents that result.

mod answer;
mod incident;

use crate::compile::{Compiled, Status};
use crate::diagnostic::{Collector, Document, Problem, Problems};
use crate::evaluate::{OutputBuffer, ProcessOptions, Record, Recorder, Records, Rejection};
use crate::json::key_index::KeyIndex;
use crate::json::limits;
use crate::json::object_diff::differences;
use answer::{Event, HEAD, begin_event, end_event};
use incident::Incident;
use serde::{Deserialize, Serialize};

/// What an alert does to its incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// The first alert of its identity.
    New,
    /// A tag, the time, or the status changes.
    Updated,
    /// All is as it was; BigPanda drops it.
    Duplicate,
    /// The status became `ok`.
    Resolved,
    /// The status was `ok` and is not any more.
    Reopened,
    /// There is no alert.
    Rejected,
}

/// Runs payloads one after the other and follows the incidents of their alerts. Alerts with equal identifying values belong
/// to one incident: the first one opens it, the others update, resolve and reopen it, or change nothing.
///
/// ```
/// use oim_config::{ProcessOptions, Simulation, compile};
///
/// let body = br#"{
///   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
///   "primary_property": {"name": "host", "source": ["node"]}
/// }"#;
/// let mut simulation = Simulation::new(compile(body));
/// let payloads: [&[u8]; 3] = [
///     br#"{"node": "web-1", "state": "down"}"#,
///     br#"{"node": "web-1", "state": "up"}"#,
///     br#"{"node": 5"#,
/// ];
/// for (payload, seconds) in payloads.iter().zip([0.0, 60.0, 120.0]) {
///     simulation.add(payload, &ProcessOptions::received_at_ms(seconds * 1000.0));
/// }
///
/// let answer: serde_json::Value = serde_json::from_slice(&simulation.finish())?;
/// assert_eq!(answer["incidents"][0]["state"], "resolved");
/// assert_eq!(answer["incidents"][0]["resolvedAt"], 60);
/// assert_eq!(answer["events"][1]["kind"], "resolved");
/// // A payload that cannot be read is reported with its number, and does not affect the others.
/// assert_eq!(answer["diagnostics"][1]["code"], "json-syntax");
/// assert_eq!(answer["diagnostics"][1]["payload"], 2);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// A configuration that cannot be understood gives no incidents, and diagnostics:
///
/// ```
/// use oim_config::{ProcessOptions, Simulation, compile};
///
/// let mut simulation = Simulation::new(compile(b"{}"));
/// assert!(!simulation.add(b"{}", &ProcessOptions::received_at_ms(0.0)));
/// let answer = String::from_utf8_lossy(&simulation.finish()).into_owned();
/// assert!(answer.contains("missing-attribute"));
/// ```
#[derive(Debug)]
pub struct Simulation {
    recorder: Recorder,
    /// In the order of their first alerts.
    incidents: Vec<Incident>,
    /// The numbers of the incidents by the text of their identity.
    known: KeyIndex,
    /// The answer so far: the events, each as JSON text.
    out: OutputBuffer,
    /// The changes of the event that is being written.
    changes: OutputBuffer,
    events: u32,
    /// For each [`EventKind`], how many events there are, those that are not listed included.
    counts: [usize; 6],
    diagnostics: Collector,
    payloads: usize,
    /// Bytes that the incidents will take in the answer.
    reserved: usize,
    /// The answer would be too large.
    full: bool,
}

impl Simulation {
    /// Starts with a compiled configuration.
    pub fn new(compiled: Compiled) -> Simulation {
        let mut diagnostics = Collector::default();
        diagnostics.extend("", compiled.diagnostics);
        let mut out = OutputBuffer::default();
        out.put(HEAD);
        Simulation {
            recorder: Recorder::new(compiled.program),
            incidents: Vec::new(),
            known: KeyIndex::default(),
            out,
            changes: OutputBuffer::default(),
            events: 0,
            counts: [0; 6],
            diagnostics,
            payloads: 0,
            reserved: 0,
            full: false,
        }
    }

    /// Runs the next payload. No trace is made, whatever the options say. `false` when no more payloads can be taken:
    /// there is no program, or the answer would be too large.
    pub fn add(&mut self, payload: &[u8], options: &ProcessOptions) -> bool {
        if self.recorder.program.is_none() || self.full {
            return false;
        }
        let mut problems = self.recorder.run(payload, options);
        let records = core::mem::take(&mut self.recorder.records);
        let mut rejected = records.rejected.iter().peekable();
        for record in &records.alerts {
            while let Some(earlier) = rejected.next_if(|rejection| rejection.index < Some(record.index)) {
                self.reject(earlier);
            }
            self.alert(record, &records);
            if self.out.len() + self.reserved > limits::ANSWER_BYTES || self.out.is_full() {
                self.give_up(&mut problems);
                break;
            }
        }
        if !self.full {
            rejected.for_each(|rejection| self.reject(rejection));
            self.count(EventKind::Rejected, records.more_rejected);
        }
        self.recorder.records = records;
        self.diagnostics.add(&format!("\"payload\":{},", self.payloads), problems, options.placed.then_some(payload));
        self.payloads += 1;
        !self.full
    }

    /// The answer, UTF-8 JSON: `events`, `counts` of them by kind, `incidents`, and `diagnostics`.
    pub fn finish(self) -> Vec<u8> {
        answer::answer(self)
    }

    fn count(&mut self, kind: EventKind, more: usize) {
        if let Some(count) = self.counts.get_mut(kind as usize) {
            *count += more;
        }
    }

    /// The answer has no events and no incidents then: a part of them would be taken for all.
    #[cold]
    fn give_up(&mut self, problems: &mut Problems) {
        self.full = true;
        self.out.truncate(HEAD.len());
        self.incidents = Vec::new();
        self.known = KeyIndex::default();
        self.counts = [0; 6];
        let message = format!("the events up to this payload take more than {} MiB", limits::ANSWER_BYTES >> 20);
        problems.push(
            Problem::new("output-too-large", Document::Payload, "", None, message)
                .help("simulate fewer payloads at a time; the limit is this tool's own, not documented by BigPanda"),
        );
    }

    fn alert(&mut self, record: &Record, records: &Records) {
        let text = records.text(record);
        let texts = record.marks.cut(text);
        let number = self.known.get_or_insert(&String::from_utf8_lossy(texts.identity), self.incidents.len());
        let before = self.incidents.get(number);
        let old = before.map(Incident::texts);
        let mut changed = false;
        self.changes.truncate(0);
        differences(old.as_ref().map_or(b"{}", |old| old.tags), texts.tags, &mut |difference| {
            answer::change(difference, !changed, &mut self.changes);
            changed = true;
        });
        if let Some((before, old)) = before.zip(old) {
            // The name of a property can change with the keys of the payload.
            let named = (old.primary, old.secondary) != (texts.primary, texts.secondary);
            changed |= named || (before.status, before.seconds) != (record.status, record.seconds);
        }
        let previous = before.map(|before| before.status);
        let kind = match previous {
            None => EventKind::New,
            Some(_) if !changed => EventKind::Duplicate,
            Some(Status::Ok) if record.status != Status::Ok => EventKind::Reopened,
            Some(before) if before != Status::Ok && record.status == Status::Ok => EventKind::Resolved,
            Some(_) => EventKind::Updated,
        };
        let event = Event {
            payload: self.payloads,
            index: Some(record.index),
            kind,
            incident: Some(number),
            status: Some(record.status),
            previous,
            seconds: Some(record.seconds),
        };
        begin_event(&event, self.events > 0, &mut self.out);
        self.out.put(self.changes.bytes());
        let late = before.is_some_and(|before| record.seconds < before.latest);
        end_event(late, &mut self.out);
        match self.incidents.get_mut(number) {
            Some(incident) => {
                self.reserved += 8;
                if kind != EventKind::Duplicate {
                    self.reserved = self.reserved + text.len() - incident.bytes();
                    incident.update(text, record);
                }
                incident.events.push(self.events);
            }
            None => {
                self.reserved += text.len() + answer::INCIDENT;
                self.incidents.push(Incident::new(text, record, self.events));
            }
        }
        self.events += 1;
        self.count(kind, 1);
    }

    fn reject(&mut self, rejection: &Rejection) {
        self.count(EventKind::Rejected, 1);
        if self.counts.get(EventKind::Rejected as usize).is_some_and(|&count| count > limits::LISTED) {
            return;
        }
        let event = Event {
            payload: self.payloads,
            index: rejection.index,
            kind: EventKind::Rejected,
            incident: None,
            status: None,
            previous: None,
            seconds: None,
        };
        begin_event(&event, self.events > 0, &mut self.out);
        answer::end_rejected(rejection, &mut self.out);
        self.events += 1;
    }
}
