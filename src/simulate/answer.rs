//! The answer of a simulation as JSON text.

use super::incident::Incident;
use super::{EventKind, Simulation};
use crate::compile::Status;
use crate::evaluate::{OutputBuffer, Rejection};
use crate::json::object_diff::Difference;

/// What an answer begins with.
pub(super) const HEAD: &[u8] = b"{\"events\":[";

/// Most bytes that an incident takes besides the texts of its alert.
pub(super) const INCIDENT: usize = 256;

/// The words for the kinds of events.
const KINDS: [&str; 6] = ["new", "updated", "duplicate", "resolved", "reopened", "rejected"];

impl EventKind {
    #[expect(clippy::indexing_slicing, reason = "there is a word for each kind")]
    fn word(self) -> &'static str {
        KINDS[self as usize]
    }
}

/// An event of the answer: an alert or a rejection.
pub(super) struct Event {
    pub(super) payload: usize,
    pub(super) index: Option<u32>,
    pub(super) kind: EventKind,
    pub(super) incident: Option<usize>,
    pub(super) status: Option<Status>,
    pub(super) previous: Option<Status>,
    /// Epoch seconds.
    pub(super) seconds: Option<i64>,
}

/// Begins an event, up to its changes.
pub(super) fn begin_event(event: &Event, comma: bool, out: &mut OutputBuffer) {
    out.put(if comma { b",{\"payload\":" } else { b"{\"payload\":" });
    out.number(event.payload as i64);
    number(out, b",\"index\":", event.index.map(i64::from));
    out.put(b",\"kind\":");
    word(out, Some(event.kind.word()));
    number(out, b",\"incident\":", event.incident.map(|incident| incident as i64));
    out.put(b",\"status\":");
    word(out, event.status.map(Status::word));
    out.put(b",\"previousStatus\":");
    word(out, event.previous.map(Status::word));
    number(out, b",\"timestamp\":", event.seconds);
    out.put(b",\"changes\":[");
}

/// Ends the event of an alert, after its changes. `late`: an alert before it has a later time.
pub(super) fn end_event(late: bool, out: &mut OutputBuffer) {
    out.put(if late { b"],\"outOfOrder\":true}" } else { b"]}" });
}

/// Ends the event of a rejection.
pub(super) fn end_rejected(rejection: &Rejection, out: &mut OutputBuffer) {
    out.put(b"],\"code\":");
    out.quoted(rejection.code);
    out.put(b",\"message\":");
    out.quoted(&rejection.message);
    out.put(b",\"pointer\":");
    out.quoted(&rejection.pointer);
    out.put(b"}");
}

/// Appends a changed tag to the changes of an event.
pub(super) fn change(difference: &Difference<'_>, first: bool, out: &mut OutputBuffer) {
    let value =
        |side: Option<(usize, &[u8])>, out: &mut OutputBuffer| out.put(side.map_or(b"null", |(_, value)| value));
    out.put(if first { b"{\"tag\":" } else { b",{\"tag\":" });
    out.put(difference.key.raw());
    out.put(b",\"before\":");
    value(difference.before, out);
    out.put(b",\"after\":");
    value(difference.after, out);
    out.put(b"}");
}

/// The whole answer.
pub(super) fn answer(simulation: Simulation) -> Vec<u8> {
    let Simulation { mut out, counts, incidents, diagnostics, .. } = simulation;
    out.put(b"],\"counts\":");
    out.counts(&KINDS, &counts);
    out.put(b",\"incidents\":[");
    for (number, incident) in incidents.iter().enumerate() {
        if number > 0 {
            out.put(b",");
        }
        put_incident(incident, &mut out);
    }
    out.put(b"],\"diagnostics\":");
    out.put(&diagnostics.into_json());
    out.put(b"}");
    out.into_bytes()
}

fn put_incident(incident: &Incident, out: &mut OutputBuffer) {
    let texts = incident.texts();
    out.put(b"{\"incident_identifier\":");
    out.put(texts.identity);
    out.put(b",\"primary_property\":");
    out.put(texts.primary);
    out.put(b",\"secondary_property\":");
    out.put(texts.secondary);
    out.put(b",\"status\":");
    word(out, Some(incident.status.word()));
    out.put(b",\"state\":");
    word(out, Some(if incident.resolved.is_some() { "resolved" } else { "open" }));
    number(out, b",\"openedAt\":", Some(incident.opened));
    number(out, b",\"changedAt\":", Some(incident.seconds));
    number(out, b",\"resolvedAt\":", incident.resolved);
    out.put(b",\"tags\":");
    out.put(texts.tags);
    out.put(b",\"events\":[");
    for (number, event) in incident.events.iter().enumerate() {
        if number > 0 {
            out.put(b",");
        }
        out.number(i64::from(*event));
    }
    out.put(b"]}");
}

/// Appends a word as a JSON string, or `null`.
fn word(out: &mut OutputBuffer, word: Option<&str>) {
    match word {
        Some(word) => out.quoted(word),
        None => out.put(b"null"),
    }
}

/// Appends a member with a number, or `null`.
fn number(out: &mut OutputBuffer, key: &[u8], number: Option<i64>) {
    out.put(key);
    match number {
        Some(number) => out.number(number),
        None => out.put(b"null"),
    }
}
