//! The incident of alerts with equal identifying values.

use crate::compile::Status;
use crate::evaluate::{Marks, Record, Texts};

/// An incident as its last alert left it.
#[derive(Debug)]
pub(super) struct Incident {
    /// The texts of the last alert that changed something; `marks` cut it.
    text: Box<[u8]>,
    marks: Marks,
    pub(super) status: Status,
    /// The time of the last alert that changed something, in epoch seconds, as all times here.
    pub(super) seconds: i64,
    /// The latest time of all alerts.
    pub(super) latest: i64,
    pub(super) opened: i64,
    /// `None` while it is open.
    pub(super) resolved: Option<i64>,
    /// The numbers of its events.
    pub(super) events: Vec<u32>,
}

impl Incident {
    pub(super) fn new(text: &[u8], record: &Record, event: u32) -> Incident {
        Incident {
            text: text.into(),
            marks: record.marks,
            status: record.status,
            seconds: record.seconds,
            latest: record.seconds,
            opened: record.seconds,
            resolved: (record.status == Status::Ok).then_some(record.seconds),
            events: vec![event],
        }
    }

    pub(super) fn update(&mut self, text: &[u8], record: &Record) {
        if *self.text != *text {
            self.text = text.into();
            self.marks = record.marks;
        }
        self.resolved = (record.status == Status::Ok).then(|| self.resolved.unwrap_or(record.seconds));
        self.status = record.status;
        self.seconds = record.seconds;
        self.latest = self.latest.max(record.seconds);
    }

    pub(super) fn texts(&self) -> Texts<'_> {
        self.marks.cut(&self.text)
    }

    /// The bytes of its texts.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }
}
