//! Migrates a configuration of version 1 to version 2.
//!
//! A rule that is a property in version 1 becomes a rule like all others in version 2, and the property becomes a list
//! with its tag. Whatever does not carry over is in the notes.

mod defaults;
mod proof;
mod rewrite;

pub(crate) use defaults::count_defaults;
pub(crate) use proof::is_equal;
pub(crate) use rewrite::rewrite;

use serde::{Deserialize, Serialize};

/// Something that a migrated configuration does, or may do, in another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MigrationNote {
    /// What it is about.
    pub kind: MigrationNoteKind,
    /// RFC 6901 pointer to what it is about, in the body of version 1.
    pub pointer: String,
    /// The tag that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// One sentence.
    pub message: String,
    /// Of a dropped default: how many alerts of the given payloads had it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alerts: Option<usize>,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MigrationNoteKind {
    /// Version 2 has no `default_to` for tags.
    DefaultDropped,
    /// A rule without a name gave one of several tags, and becomes a rule for each of them.
    RuleSplit,
    /// Another rule can give the tag of a property too, so an alert may have the property in version 2 only.
    TagShared,
    /// BigPanda documents `format` of the time for version 1 only.
    FormatUndocumented,
}

/// The first rule of `additional_attributes` in version 1 is the one with this number in version 2, and so on: how many
/// rules were put before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct MovedRules {
    /// Rules of the primary property.
    pub(crate) primary: usize,
    /// Rules of the secondary property.
    pub(crate) secondary: usize,
}

impl MovedRules {
    /// A pointer into the body of version 1 as one into that of version 2.
    pub(crate) fn pointer(&self, old: &str) -> String {
        const CONFIG: &str = "/config";
        const ADDITIONAL: &str = "/additional_attributes/";
        let Some(inside) = old.strip_prefix(CONFIG) else {
            return old.to_owned();
        };
        let moved = |rest: &str, rule: usize| [CONFIG, ADDITIONAL, &rule.to_string(), rest].concat();
        if let Some(rest) = inside.strip_prefix("/primary_property") {
            return moved(rest, 0);
        }
        if let Some(rest) = inside.strip_prefix("/secondary_property") {
            return moved(rest, self.primary);
        }
        let Some(item) = inside.strip_prefix(ADDITIONAL) else {
            return old.to_owned();
        };
        let (number, rest) = item.split_at(item.find('/').unwrap_or(item.len()));
        number.parse::<usize>().map_or(old.to_owned(), |number| moved(rest, number + self.primary + self.secondary))
    }
}

/// A body of version 2 that was made from one of version 1.
#[derive(Debug)]
pub(crate) struct Rewritten {
    /// Laid out.
    pub(crate) text: String,
    pub(crate) notes: Vec<MigrationNote>,
    pub(crate) moved: MovedRules,
}
