//! Checks a document against the attribute table.

use super::attributes::{Attribute, AttributeShape, Need, PROPERTY};
use super::node_ref::NodeRef;
use super::read::LONGEST_STATUS;
use super::unknown::{CheckedObject, did_you_mean, is_needed, report_missing, report_unknown};
use super::version::Version;
use super::{Reported, wrong_type};
use crate::diagnostic::{Fix, Problem, Problems, edit, quote_input};
use crate::json::Kind;
use crate::json::pointer;
use crate::json::tree::{Entry, Tree};

/// A document that is being checked.
pub(super) struct Check<'c, 't> {
    pub(super) tree: &'c Tree<'t>,
    pub(super) version: Version,
    pub(super) problems: &'c mut Problems,
    pub(super) reported: Reported,
}

impl<'c, 't> Check<'c, 't> {
    pub(super) fn new(tree: &'c Tree<'t>, version: Version, problems: &'c mut Problems) -> Check<'c, 't> {
        Check { tree, version, problems, reported: Reported::default() }
    }

    /// Checks an object. True if it has all required attributes and all have the right types.
    pub(super) fn attributes(&mut self, object: &NodeRef<'_>, table: &'static [Attribute]) -> bool {
        let entries = self.unique_entries(object);
        // An attribute that is there is not suggested for an unknown one.
        let mut free: Vec<&'static Attribute> =
            table.iter().filter(|a| !entries.iter().any(|e| e.key == a.name)).collect();
        let mut is_valid = true;
        for entry in &entries {
            match table.iter().find(|a| a.name == entry.key) {
                Some(attribute) => {
                    let value = object.member(entry, is_needed(self.tree, attribute.need, entry, &entries));
                    is_valid &= self.shape(&value, attribute.shape);
                }
                None => is_valid &= self.unknown(object, entry, table, &entries, &mut free),
            }
        }
        for attribute in free.iter().filter(|a| a.need == Need::Always) {
            is_valid = false;
            if !self.problems.at_limit("missing-attribute") {
                report_missing(self.tree, object, attribute, self.problems);
            }
            self.reported.unreadable.insert(pointer::key(&object.pointer(), attribute.name));
        }
        is_valid
    }

    /// Reports an attribute that is not in the table. False if a required one is suggested, which is then reported with it.
    /// The suggested one is no longer free.
    fn unknown(
        &mut self,
        object: &NodeRef<'_>,
        entry: &Entry<'_>,
        table: &'static [Attribute],
        entries: &[Entry<'_>],
        free: &mut Vec<&'static Attribute>,
    ) -> bool {
        if self.problems.at_limit("unknown-attribute") {
            return true;
        }
        let pointer = &object.pointer();
        let suggested = did_you_mean(&entry.key, free).map(|position| free.remove(position));
        let is_required = suggested.is_some_and(|attribute| attribute.need == Need::Always);
        if let Some(attribute) = suggested {
            let pointer = pointer::key(pointer, attribute.name);
            if is_required {
                self.reported.unreadable.insert(pointer.clone());
            }
            self.reported.misspelt.insert(pointer);
        }
        let object = CheckedObject { tree: self.tree, pointer, table, entries, version: self.version };
        report_unknown(&object, entry, suggested, self.problems);
        !is_required
    }

    /// The members of an object: of equal keys the last one. The others are reported.
    pub(super) fn unique_entries(&mut self, object: &NodeRef<'_>) -> Vec<Entry<'t>> {
        self.tree.unique_entries(object.id, |earlier| {
            if !self.problems.at_limit("json-duplicate-key") {
                report_duplicate(self.tree, object, &earlier, self.problems);
            }
        })
    }

    pub(super) fn shape(&mut self, node: &NodeRef<'_>, shape: AttributeShape) -> bool {
        let kind = match shape {
            AttributeShape::Any => return true,
            AttributeShape::Boolean => Kind::Bool,
            AttributeShape::String => Kind::String,
            AttributeShape::Strings | AttributeShape::Objects(_) => Kind::Array,
            AttributeShape::Object(_) | AttributeShape::Lists => Kind::Object,
        };
        if self.tree.kind(node.id) != kind {
            if !self.problems.at_limit("wrong-type") {
                wrong_type::report(self.tree, node, kind, shape, None, self.problems);
            }
            self.reported.unreadable.insert(node.pointer());
            return false;
        }
        match shape {
            AttributeShape::Strings => self.all_or_nothing(node, |check| check.items(node, AttributeShape::String)),
            AttributeShape::Objects(table) if core::ptr::eq(table, PROPERTY) => {
                self.all_or_nothing(node, |check| check.items(node, AttributeShape::Object(table)))
            }
            AttributeShape::Objects(table) => self.items(node, AttributeShape::Object(table)),
            AttributeShape::Object(table) => self.attributes(node, table),
            AttributeShape::Lists => self.all_or_nothing(node, |check| check.lists(node)),
            AttributeShape::Any | AttributeShape::Boolean | AttributeShape::String => true,
        }
    }

    /// Checks a value that is of use only as a whole: of a list with a wrong item nothing more is reported.
    fn all_or_nothing(&mut self, node: &NodeRef<'_>, check: impl FnOnce(&mut Self) -> bool) -> bool {
        let is_valid = check(self);
        if !is_valid {
            self.reported.unreadable.insert(node.pointer());
        }
        is_valid
    }

    fn items(&mut self, list: &NodeRef<'_>, each: AttributeShape) -> bool {
        let mut is_valid = true;
        for (number, &item) in self.tree.items(list.id).iter().enumerate() {
            is_valid &= self.shape(&list.item(item, number), each);
        }
        is_valid
    }

    fn lists(&mut self, object: &NodeRef<'_>) -> bool {
        let mut is_valid = true;
        // A key that is too long for a status is reported as an unknown status; its values are not read.
        for entry in self.unique_entries(object).iter().filter(|entry| entry.key.len() <= LONGEST_STATUS) {
            is_valid &= self.shape(&object.member(entry, false), AttributeShape::Strings);
        }
        is_valid
    }
}

fn report_duplicate(tree: &Tree<'_>, object: &NodeRef<'_>, earlier: &Entry<'_>, problems: &mut Problems) {
    let member = object.member(earlier, false);
    let message = format!("{} is given again further on, so this one has no effect", quote_input(&earlier.key));
    problems.push(
        Problem::body("json-duplicate-key", member.pointer(), earlier.key_span.clone(), message)
            .help("only the last one is used; remove the others")
            .fix(Fix::new("remove this one", edit::remove(tree.text, &member.member_span(tree)))),
    );
}
