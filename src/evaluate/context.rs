//! What evaluating one alert needs: its values, and where it is in the payload.

use super::decision::{FilterDecision, StatusDecision, TimeDecision};
use super::output::OutputWriter;
use super::work_budget::WorkBudget;
use crate::compile::{Program, Source};
use crate::extract::{Slot, SlotTable, push_pointer};
use crate::json::members::Value;
use crate::json::pointer;
use core::cell::OnceCell;

/// The alert being evaluated, with the slots of its own object and of the outer payload.
pub(crate) struct AlertContext<'a> {
    pub(super) program: &'a Program,
    /// The whole payload.
    pub(super) text: &'a [u8],
    /// The number of the alert in the array, from 0.
    pub(super) index: u32,
    pub(super) element: Value<'a>,
    pub(super) slots: &'a SlotTable,
    pub(super) outer_slots: &'a SlotTable,
    pub(super) pointers: &'a Pointers<'a>,
    pub(super) budget: &'a WorkBudget,
    pub(super) status: StatusDecision,
    pub(super) time: TimeDecision,
    pub(super) filter: FilterDecision,
}

impl<'a> AlertContext<'a> {
    /// The value that a source leads to.
    pub(super) fn slot(&self, source: &Source) -> Option<&'a Slot> {
        if source.is_outer { self.outer_slots.get(source.node) } else { self.slots.get(source.node) }
    }

    /// As [`AlertContext::slot`], if it counts as a value.
    pub(super) fn populated_slot(&self, source: &Source) -> Option<&'a Slot> {
        self.slot(source).filter(|slot| slot.is_populated())
    }
}

/// Pointers to the alerts of a payload.
pub(super) struct Pointers<'p> {
    program: &'p Program,
    /// How the payload's keys spell the path to the array of alerts.
    key_spelling: u64,
    array: OnceCell<String>,
    are_plain: OnceCell<bool>,
}

impl<'p> Pointers<'p> {
    pub(super) fn new(program: &'p Program, key_spelling: u64) -> Pointers<'p> {
        Pointers { program, key_spelling, array: OnceCell::new(), are_plain: OnceCell::new() }
    }

    /// Pointer to the array of alerts; empty where nothing has led to one.
    pub(super) fn array(&self) -> &str {
        self.array.get_or_init(|| {
            let mut array = String::new();
            if let Some(source) = &self.program.array {
                push_pointer(&mut array, &self.program.payload, source.node, self.key_spelling);
            }
            array
        })
    }

    /// Whether the pointers can be in a JSON string as they are. The key of the array may be long, and every alert asks.
    pub(super) fn are_plain(&self) -> bool {
        *self.are_plain.get_or_init(|| !self.array().bytes().any(|b| b < b' ' || b == b'"' || b == b'\\'))
    }

    /// Appends the pointer to an element, if pointers [are plain](Pointers::are_plain).
    pub(super) fn write_plain_element(&self, index: u32, out: &mut OutputWriter<'_>) {
        if self.program.array.is_some() {
            out.put(self.array().as_bytes());
            out.literal(b"/");
            out.number(i64::from(index));
        }
    }

    /// Pointer to an element of the array; to the payload where that is the one alert.
    pub(super) fn element(&self, index: u32) -> String {
        if self.program.array.is_some() { pointer::index(self.array(), index as usize) } else { String::new() }
    }
}
