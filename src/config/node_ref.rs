//! References to the values of a document that is checked.

use crate::json::pointer;
use crate::json::tree::{Entry, Id, Tree};
use core::ops::Range;

/// A value and where it stands. The pointer is made only if a problem needs it: with many values below a long key,
/// pointers for all would take too much memory.
pub(super) struct NodeRef<'s> {
    pub(super) id: Id,
    /// The object or array around it; `None` for the document.
    parent: Option<&'s NodeRef<'s>>,
    step: Step<'s>,
    /// Its parent requires it.
    pub(super) is_required: bool,
}

/// The way from the parent to the value.
enum Step<'s> {
    Document,
    Member(&'s str, Range<usize>),
    Item(usize),
}

impl<'s> NodeRef<'s> {
    /// The whole document.
    pub(super) fn document(id: Id) -> NodeRef<'s> {
        NodeRef { id, parent: None, step: Step::Document, is_required: true }
    }

    /// The value of a member.
    pub(super) fn member(&'s self, entry: &'s Entry<'_>, is_required: bool) -> NodeRef<'s> {
        NodeRef {
            id: entry.value,
            parent: Some(self),
            step: Step::Member(&entry.key, entry.key_span.clone()),
            is_required,
        }
    }

    /// An item of a list.
    pub(super) fn item(&'s self, id: Id, number: usize) -> NodeRef<'s> {
        NodeRef { id, parent: Some(self), step: Step::Item(number), is_required: false }
    }

    pub(super) fn pointer(&self) -> String {
        let mut pointer = self.parent.map(NodeRef::pointer).unwrap_or_default();
        match &self.step {
            Step::Document => {}
            Step::Member(key, _) => pointer::push_key(&mut pointer, key),
            Step::Item(number) => pointer::push_index(&mut pointer, *number),
        }
        pointer
    }

    /// What is underlined in a problem of the whole value: its key, or without one its first byte.
    pub(super) fn head(&self, tree: &Tree<'_>) -> Range<usize> {
        match &self.step {
            Step::Member(_, key) => key.clone(),
            _ => tree.opening(self.id),
        }
    }

    /// The value with its key.
    pub(super) fn member_span(&self, tree: &Tree<'_>) -> Range<usize> {
        self.head(tree).start..tree.span(self.id).end
    }
}
