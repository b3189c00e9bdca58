//! What is noted of each rule while the sample is evaluated.

use super::identity::IdentityNotes;
use super::statuses::StatusNotes;
use super::tags::{PropertyNotes, TagNotes};
use super::times::TimeNotes;
use crate::compile::{Program, Source};
use crate::evaluate::{ObservedAlert, Observer};
use crate::json::Kind;
use crate::json::limits;
use crate::json::members::Value;
use core::ops::Range;
use std::collections::HashSet;

/// The notes of a whole sample.
pub(super) struct Notes<'p> {
    program: &'p Program,
    /// Objects, each an alert or rejected.
    pub(super) alerts: usize,
    /// Those that the filter drops, and the number of the first.
    pub(super) dropped: usize,
    pub(super) first_dropped: u32,
    /// One for each tag rule.
    pub(super) tags: Vec<TagNotes>,
    /// Of the primary and the secondary property.
    pub(super) properties: [PropertyNotes; 2],
    pub(super) status: StatusNotes,
    pub(super) time: TimeNotes,
    pub(super) identity: IdentityNotes,
    /// Elements that are not objects: pointer, kind and place.
    pub(super) others: Vec<(String, Kind, Range<usize>)>,
    /// How many more of them there are.
    pub(super) more_others: usize,
    /// Names of tags that were derived from keys of the sample, where a rule asks for them.
    pub(super) names: Option<HashSet<String>>,
    /// How many tags were compared to find those that took the names of others.
    compared: usize,
}

/// Which sources of a rule are in the sample.
#[derive(Clone, Default)]
pub(super) struct SourcesSeen(Vec<bool>);

impl SourcesSeen {
    pub(super) fn add(&mut self, sources: &[Source], alert: &ObservedAlert<'_>) {
        self.0.resize(sources.len(), false);
        for (is_seen, source) in self.0.iter_mut().zip(sources) {
            *is_seen = *is_seen || alert.value(source).is_some();
        }
    }

    pub(super) fn has(&self, source: usize) -> bool {
        self.0.get(source).copied().unwrap_or(false)
    }
}

impl<'p> Notes<'p> {
    /// `names`: whether the names of derived tags are asked for.
    pub(super) fn new(program: &'p Program, names: bool) -> Notes<'p> {
        Notes {
            program,
            alerts: 0,
            dropped: 0,
            first_dropped: 0,
            tags: program.rules.iter().map(|_| TagNotes::default()).collect(),
            properties: Default::default(),
            status: StatusNotes::default(),
            time: TimeNotes::default(),
            identity: IdentityNotes::default(),
            others: Vec::new(),
            more_others: 0,
            names: names.then(HashSet::new),
            compared: 0,
        }
    }
}

impl Notes<'_> {
    /// Notes which fields and names an object has. The sample needs all of them, also in alerts that are rejected.
    fn note_fields(&mut self, seen: &ObservedAlert<'_>) {
        for (rule, notes) in self.program.rules.iter().zip(&mut self.tags) {
            notes.sources.add(&rule.sources, seen);
        }
        self.status.sources.add(&self.program.status.sources, seen);
        if let Some(rule) = &self.program.time {
            self.time.sources.add(&rule.sources, seen);
        }
        if let Some(names) = &mut self.names {
            for tag in seen.tags().filter(|tag| tag.is_derived) {
                if !names.contains(tag.name) {
                    names.insert(tag.name.to_owned());
                }
            }
        }
    }
}

impl Observer for Notes<'_> {
    fn restart(&mut self) {
        *self = Notes::new(self.program, self.names.is_some());
    }

    fn alert(&mut self, seen: &ObservedAlert<'_>) {
        self.alerts += 1;
        self.note_fields(seen);
        if seen.is_dropped() {
            if self.dropped == 0 {
                self.first_dropped = seen.index();
            }
            self.dropped += 1;
            return;
        }
        for (property, notes) in self.program.properties().zip(&mut self.properties) {
            notes.alert(property, seen);
        }
        for tag in seen.tags() {
            if let (Some(rule), Some(notes)) = (self.program.rules.get(tag.rule), self.tags.get_mut(tag.rule)) {
                notes.tag(rule, &tag, seen, &mut self.compared);
            }
        }
        self.status.alert(&self.program.status, seen);
        self.identity.alert(self.program, seen);
        if let Some(rule) = &self.program.time {
            self.time.alert(rule, seen);
        }
    }

    fn not_object(&mut self, pointer: &dyn Fn() -> String, element: &Value<'_>) {
        if self.others.len() < limits::LISTED {
            self.others.push((pointer(), element.kind, element.start..element.end));
        } else {
            self.more_others += 1;
        }
    }
}

/// A value of the sample as far as a message shows it.
pub(super) fn brief(value: &Value<'_>) -> String {
    // More than is shown, and little of what may be a large value.
    const BYTES: usize = 1_024;
    if value.end - value.start <= BYTES {
        return value.text().into_owned();
    }
    let start = Value { end: value.start + BYTES, ..*value };
    String::from_utf8_lossy(start.inside_or_raw()).into_owned()
}
