//! The work that a payload may cost.

use crate::json::limits;
use crate::json::members::Value;
use core::cell::Cell;

/// Bytes of an array or object that are read in the time of one lookup.
pub(super) const BYTES_PER_LOOKUP: usize = 2;

/// Bytes that are copied or compared in the time of one lookup.
pub(super) const BYTES_COPIED_PER_LOOKUP: usize = 64;

/// The work that a payload has cost so far, in lookups; see [`limits::WORK_BUDGET`].
#[derive(Debug, Default)]
pub(super) struct WorkBudget {
    spent: Cell<usize>,
}

impl WorkBudget {
    /// Adds the cost of some work. False when the payload has cost too much: then the work is not to be done, and the
    /// alert will not count.
    pub(super) fn spend(&self, cost: usize) -> bool {
        self.spent.set(self.spent.get().saturating_add(cost));
        !self.is_exceeded()
    }

    /// Adds the cost of reading an array or object, which may be long and read for many rules and alerts.
    pub(super) fn spend_reading(&self, value: &Value<'_>) -> bool {
        self.spend(1 + (value.end - value.start) / BYTES_PER_LOOKUP)
    }

    /// Adds the cost of copying or comparing text, which only long text has.
    pub(super) fn spend_copying(&self, bytes: usize) -> bool {
        self.spend(bytes / BYTES_COPIED_PER_LOOKUP)
    }

    pub(super) fn is_exceeded(&self) -> bool {
        self.spent.get() > limits::WORK_BUDGET
    }

    pub(super) fn spent(&self) -> usize {
        self.spent.get()
    }

    /// Goes back to what was spent before: the same work is about to be done again.
    pub(super) fn reset_to(&self, spent: usize) {
        self.spent.set(spent);
    }
}
