//! The filter of version 2, and the attributes of it that are not simulated.

use super::{PaddedBytes, Source};
use crate::filter::{Expression, FieldComparison};

/// The filter of a configuration, ready to run.
#[derive(Debug)]
pub(crate) struct Filter {
    pub(crate) json: PaddedBytes,
    /// RFC 6901 pointer to it in the body.
    pub(crate) pointer: String,
    /// As written.
    pub(crate) text: String,
    pub(crate) expression: Expression,
    /// For each comparison, where it begins in the filter, and its source. Sorted.
    pub(super) sources: Vec<(usize, Source)>,
}

impl Filter {
    /// What a comparison looks at.
    pub(crate) fn source(&self, comparison: &FieldComparison) -> Option<&Source> {
        let found = self.sources.binary_search_by_key(&comparison.span.start, |(start, _)| *start).ok()?;
        self.sources.get(found).map(|(_, source)| source)
    }
}

/// Attributes whose effect is not documented: RFC 6901 pointers to them in the body.
#[derive(Debug, Default)]
pub(crate) struct NotSimulated {
    /// Functions that run before the rules.
    pub(crate) preprocessing: Option<String>,
    /// A treatment of arrays in fields that no rule names.
    pub(crate) arrays: Option<String>,
}
