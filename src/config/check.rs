//! Checks a document against the attribute table.

use super::attributes::{Attribute, Need, PROPERTY, Shape};
use super::read::LONGEST_STATUS;
use super::spot::Spot;
use super::unknown::{Object, is_needed, missing, unknown};
use super::version::Version;
use super::wrong::wrong;
use crate::diagnostic::{Fix, Problems, Told, edit};
use crate::json::Kind;
use crate::json::key_index::KeyIndex;
use crate::json::pointer;
use crate::json::tree::{Entry, Tree};

/// A document that is being checked, and what is found.
pub(super) struct Check<'c, 't> {
    pub(super) tree: &'c Tree<'t>,
    pub(super) version: Version,
    pub(super) problems: &'c mut Problems,
    /// Pointers of attributes that are not there, but that others were meant to be.
    pub(super) meant: KeyIndex,
    /// Pointers of what is missing or has a wrong type, so that nothing more is said of it.
    pub(super) unreadable: KeyIndex,
}

impl<'c, 't> Check<'c, 't> {
    pub(super) fn new(tree: &'c Tree<'t>, version: Version, problems: &'c mut Problems) -> Check<'c, 't> {
        Check { tree, version, problems, meant: KeyIndex::default(), unreadable: KeyIndex::default() }
    }

    /// Checks an object; true when it can be understood: required attributes are there and all have their types.
    pub(super) fn attributes(&mut self, object: &Spot<'_>, table: &'static [Attribute]) -> bool {
        let entries = self.live(object);
        // An attribute that is there already was not what an unknown one was meant to be.
        let mut free: Vec<&'static Attribute> =
            table.iter().filter(|a| !entries.iter().any(|e| e.key == a.name)).collect();
        let mut good = true;
        for entry in &entries {
            match table.iter().find(|a| a.name == entry.key) {
                Some(attribute) => {
                    let value = object.member(entry, is_needed(self.tree, attribute.need, entry, &entries));
                    good &= self.shape(&value, attribute.shape);
                }
                None => good &= self.unknown(object, entry, table, &entries, &mut free),
            }
        }
        for attribute in free.iter().filter(|a| a.need == Need::Always) {
            good = false;
            missing(self.tree, object, attribute, self.problems);
            self.unreadable.number(&pointer::key(&object.pointer(), attribute.name), 0);
        }
        good
    }

    /// Tells of an attribute that is not in the table; false when a required one was meant, which is then told with it.
    /// What was meant is no longer free.
    fn unknown(
        &mut self,
        object: &Spot<'_>,
        entry: &Entry<'_>,
        table: &'static [Attribute],
        entries: &[Entry<'_>],
        free: &mut Vec<&'static Attribute>,
    ) -> bool {
        if self.problems.enough("unknown-attribute") {
            return true;
        }
        let at = object.pointer();
        let found = super::unknown::meant(&entry.key, free).map(|found| free.remove(found));
        if let Some(found) = found {
            self.meant.number(&pointer::key(&at, found.name), 0);
            if found.need == Need::Always {
                self.unreadable.number(&pointer::key(&at, found.name), 0);
            }
        }
        unknown(
            &Object { tree: self.tree, at: &at, table, entries, version: self.version },
            entry,
            found,
            self.problems,
        );
        found.is_none_or(|found| found.need != Need::Always)
    }

    /// The members that count: of equal keys the last. The others are told.
    pub(super) fn live(&mut self, object: &Spot<'_>) -> Vec<Entry<'t>> {
        let mut keys = KeyIndex::default();
        let mut entries: Vec<Entry<'t>> = Vec::new();
        for entry in self.tree.entries(object.id) {
            let key = entry.key.clone();
            if let Some(earlier) = keys.replace(&key, &mut entries, entry)
                && !self.problems.enough("json-duplicate-key")
            {
                duplicate(self.tree, object, &earlier, self.problems);
            }
        }
        entries
    }

    pub(super) fn shape(&mut self, spot: &Spot<'_>, shape: Shape) -> bool {
        let kind = match shape {
            Shape::Any => return true,
            Shape::Boolean => Kind::Bool,
            Shape::String => Kind::String,
            Shape::Strings | Shape::Objects(_) => Kind::Array,
            Shape::Object(_) | Shape::Lists => Kind::Object,
        };
        if self.tree.kind(spot.id) != kind {
            if !self.problems.enough("wrong-type") {
                wrong(self.tree, spot, kind, shape, None, self.problems);
            }
            self.unreadable.number(&spot.pointer(), 0);
            return false;
        }
        match shape {
            Shape::Strings => self.whole(spot, |check| check.items(spot, Shape::String)),
            Shape::Objects(table) if core::ptr::eq(table, PROPERTY) => {
                self.whole(spot, |check| check.items(spot, Shape::Object(table)))
            }
            Shape::Objects(table) => self.items(spot, Shape::Object(table)),
            Shape::Object(table) => self.attributes(spot, table),
            Shape::Lists => self.whole(spot, |check| check.lists(spot)),
            Shape::Any | Shape::Boolean | Shape::String => true,
        }
    }

    /// Checks what is of use only as a whole: of a list that lacks an item nothing more is said.
    fn whole(&mut self, spot: &Spot<'_>, check: impl FnOnce(&mut Self) -> bool) -> bool {
        let good = check(self);
        if !good {
            self.unreadable.number(&spot.pointer(), 0);
        }
        good
    }

    fn items(&mut self, list: &Spot<'_>, each: Shape) -> bool {
        let mut good = true;
        for (number, &item) in self.tree.items(list.id).iter().enumerate() {
            good &= self.shape(&list.item(item, number), each);
        }
        good
    }

    fn lists(&mut self, object: &Spot<'_>) -> bool {
        let mut good = true;
        // A key that is too long for a status is told where statuses are; its values are not read.
        for entry in self.live(object).iter().filter(|entry| entry.key.len() <= LONGEST_STATUS) {
            good &= self.shape(&object.member(entry, false), Shape::Strings);
        }
        good
    }
}
fn duplicate(tree: &Tree<'_>, object: &Spot<'_>, earlier: &Entry<'_>, problems: &mut Problems) {
    let member = object.member(earlier, false);
    let told = Told {
        code: "json-duplicate-key",
        pointer: &member.pointer(),
        span: &earlier.key_span,
        message: "{0} is given again further on, so this one has no effect",
        help: "only the last one is used; remove the others",
        args: &[&earlier.key],
    };
    problems.tell(&told, Some(Fix::one("remove this one", &[], edit::remove(tree.text, &member.whole(tree)))));
}
