//! A count, and the payloads behind it.

use serde::{Deserialize, Serialize};

/// Most payloads that are listed behind a count.
const LISTED: usize = 10;

/// How often something was, and the first payloads in which it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// How often.
    pub count: u64,
    /// Places of the first payloads in which it was: ten at most, ascending.
    pub payloads: Vec<u64>,
}

impl Count {
    pub(crate) fn add(&mut self, count: u64, payload: u64) {
        self.count += count;
        self.list(payload);
    }

    /// Adds what was counted in payloads that come `offset` later.
    pub(crate) fn merge(&mut self, other: &Count, offset: u64) {
        self.count += other.count;
        other.payloads.iter().for_each(|payload| self.list(payload.saturating_add(offset)));
    }

    /// Keeps a payload if it is among the first.
    fn list(&mut self, payload: u64) {
        if self.payloads.len() >= LISTED && self.payloads.last().is_some_and(|&last| last <= payload) {
            return;
        }
        if let Err(place) = self.payloads.binary_search(&payload) {
            self.payloads.insert(place, payload);
            self.payloads.truncate(LISTED);
        }
    }
}
