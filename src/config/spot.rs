//! A value that is being checked, and the way to it.

use crate::json::pointer;
use crate::json::tree::{Entry, Id, Tree};
use core::ops::Range;

/// A value and where it stands. Its pointer is made only where a problem needs it: of a long key with many values below
/// it there would be too many copies.
pub(super) struct Spot<'s> {
    pub(super) id: Id,
    /// What holds it; `None` for the document.
    up: Option<&'s Spot<'s>>,
    step: Step<'s>,
    /// Its holder cannot do without it.
    pub(super) required: bool,
}

enum Step<'s> {
    Document,
    Member(&'s str, Range<usize>),
    Item(usize),
}

impl<'s> Spot<'s> {
    /// The whole document.
    pub(super) fn document(id: Id) -> Spot<'s> {
        Spot { id, up: None, step: Step::Document, required: true }
    }

    /// The value of a member.
    pub(super) fn member(&'s self, entry: &'s Entry<'_>, required: bool) -> Spot<'s> {
        Spot { id: entry.value, up: Some(self), step: Step::Member(&entry.key, entry.key_span.clone()), required }
    }

    /// An item of a list.
    pub(super) fn item(&'s self, id: Id, number: usize) -> Spot<'s> {
        Spot { id, up: Some(self), step: Step::Item(number), required: false }
    }
    pub(super) fn pointer(&self) -> String {
        let mut pointer = self.up.map(Spot::pointer).unwrap_or_default();
        match &self.step {
            Step::Document => {}
            Step::Member(key, _) => pointer::push_key(&mut pointer, key),
            Step::Item(number) => pointer::push_index(&mut pointer, *number),
        }
        pointer
    }

    /// What is underlined where all of it is meant: its key, or without one its first byte.
    pub(super) fn place(&self, tree: &Tree<'_>) -> Range<usize> {
        match &self.step {
            Step::Member(_, key) => key.clone(),
            _ => tree.opening(self.id),
        }
    }

    /// All that goes with it when it is taken out: with its key.
    pub(super) fn whole(&self, tree: &Tree<'_>) -> Range<usize> {
        self.place(tree).start..tree.span(self.id).end
    }
}
