//! What the rules of a configuration do over many payloads: which sources give values, which never do.
//!
//! Every list is bounded in a way that does not depend on the order (the first payloads, the shortest words, the smallest
//! hashes), so the coverages of two parts merge into exactly that of the whole.

mod builder;
mod count;
mod identities;
mod words;

pub use builder::CoverageBuilder;
pub use count::Count;
pub use identities::Identities;
pub use words::{DefaultWord, DefaultWords};

use crate::diagnostic::Diagnostic;
use crate::evaluate::{CoverageOutcome, CoveredItemKind, CoveredKind};
use core::fmt;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the rules of a configuration do over many payloads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// How many payloads there are.
    pub payloads: u64,
    /// How many of them could not be read.
    pub unread: Count,
    /// How many alerts they give.
    pub alerts: u64,
    /// The filter, the rules of tags, the status, the time, and what identifies alerts. Empty when the configuration cannot
    /// be understood.
    pub rules: Vec<CoveredRule>,
    /// Values that the status map does not list, of alerts that got the default status.
    pub default_words: DefaultWords,
    /// Rejections by code.
    pub rejected: BTreeMap<String, Count>,
    /// Payloads with a diagnostic, by its code.
    pub reported: BTreeMap<String, Count>,
    /// The identities of the alerts.
    pub identities: Identities,
    /// What is wrong with the body.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a rule does. Each object of the payloads has one outcome, besides `over-limit`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoveredRule {
    /// What the rule is for.
    pub kind: CoveredKind,
    /// RFC 6901 pointer to it in the body; empty for fields that no rule names, and for the time where no rule gives one.
    pub pointer: String,
    /// The tag that it gives, or that identifies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// How often each outcome was. Those that never were are left out.
    pub outcomes: BTreeMap<CoverageOutcome, Count>,
    /// Its sources, its default and what else it lists.
    pub items: Vec<CoveredItem>,
}

/// What a source, a default or another item of a rule does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoveredItem {
    /// What it is.
    pub kind: CoveredItemKind,
    /// As written in the body.
    pub text: String,
    /// RFC 6901 pointer to it in the body, or to where it would be.
    pub pointer: String,
    /// How often each outcome was. Those that never were are left out.
    pub outcomes: BTreeMap<CoverageOutcome, Count>,
}

impl CoveredRule {
    /// How often an outcome was.
    pub fn count(&self, outcome: CoverageOutcome) -> u64 {
        self.outcomes.get(&outcome).map_or(0, |count| count.count)
    }
}

impl CoveredItem {
    /// How often an outcome was.
    pub fn count(&self, outcome: CoverageOutcome) -> u64 {
        self.outcomes.get(&outcome).map_or(0, |count| count.count)
    }
}

/// Two coverages are of different configurations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoverageMismatch;

impl fmt::Display for CoverageMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the coverages are of different configurations")
    }
}

impl std::error::Error for CoverageMismatch {}

impl Coverage {
    /// Adds the coverage of the payloads that come behind those of this one: then it is that of all of them.
    ///
    /// ```
    /// use oim_config::{SimulatedPayload, coverage};
    ///
    /// let body = r#"{"status": {"source": ["s"], "status_map": {}}, "primary_property": {"name": "host", "source": ["h"]}}"#;
    /// let payloads: Vec<_> = [&br#"{"h": "a"}"#[..], br#"{"h": "b"}"#, br#"{}"#]
    ///     .into_iter()
    ///     .map(|payload| SimulatedPayload { payload, received_at_ms: 0.0 })
    ///     .collect();
    /// let (first, second) = payloads.split_at(1);
    /// let mut merged = coverage(body, first.iter().copied());
    /// merged.merge(&coverage(body, second.iter().copied()))?;
    /// assert_eq!(merged, coverage(body, payloads));
    /// # Ok::<(), oim_config::CoverageMismatch>(())
    /// ```
    ///
    /// # Errors
    /// The other one is of another configuration. Nothing is changed then.
    pub fn merge(&mut self, other: &Coverage) -> Result<(), CoverageMismatch> {
        self.merge_at(other, self.payloads)
    }

    /// As [`Coverage::merge`], where the places of the other one's payloads count from `offset`; 0 where both count in
    /// the same list, as those of [`CoverageBuilder::add_lines`] can.
    ///
    /// # Errors
    /// As of [`Coverage::merge`].
    pub fn merge_at(&mut self, other: &Coverage, offset: u64) -> Result<(), CoverageMismatch> {
        let same_item =
            |(a, b): (&CoveredItem, &CoveredItem)| (a.kind, &a.text, &a.pointer) == (b.kind, &b.text, &b.pointer);
        let same_rule = |(a, b): (&CoveredRule, &CoveredRule)| {
            (a.kind, &a.tag, &a.pointer) == (b.kind, &b.tag, &b.pointer)
                && a.items.len() == b.items.len()
                && a.items.iter().zip(&b.items).all(same_item)
        };
        if self.rules.len() != other.rules.len() || !self.rules.iter().zip(&other.rules).all(same_rule) {
            return Err(CoverageMismatch);
        }
        for (rule, theirs) in self.rules.iter_mut().zip(&other.rules) {
            merge_counts(&mut rule.outcomes, &theirs.outcomes, offset);
            for (item, theirs) in rule.items.iter_mut().zip(&theirs.items) {
                merge_counts(&mut item.outcomes, &theirs.outcomes, offset);
            }
        }
        self.payloads += other.payloads;
        self.alerts += other.alerts;
        self.unread.merge(&other.unread, offset);
        self.default_words.merge(&other.default_words, offset);
        merge_counts(&mut self.rejected, &other.rejected, offset);
        merge_counts(&mut self.reported, &other.reported, offset);
        self.identities.merge(&other.identities, offset);
        self.identities.finish();
        Ok(())
    }
}

fn merge_counts<K: Ord + Clone>(counts: &mut BTreeMap<K, Count>, other: &BTreeMap<K, Count>, offset: u64) {
    for (key, theirs) in other {
        counts.entry(key.clone()).or_default().merge(theirs, offset);
    }
}
