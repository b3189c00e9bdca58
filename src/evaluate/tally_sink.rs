//! Counting, for coverage, what the rules do in one alert.

use super::AlertSink;
use super::alert_json;
use super::context::AlertContext;
use super::decision::FilterDecision;
use super::decision::{Content, Decision, RuleResult, TagOptions};
use super::filter::holds;
use super::identifier::{listed, name_of, tag_of_property};
use super::layout::{CoverageOutcome, Layout};
use super::tally::Tally;
use super::{tags, value};
use crate::compile::{Filter, Property, Source, Status, TagList};
use crate::json::Kind;
use crate::json::limits;
use crate::json::members::Value;

/// Most items of a list that count as words.
const ITEMS: usize = 16;

/// Counts what the rules do in each alert.
pub(super) struct TallySink<'t> {
    pub(super) layout: &'t Layout,
    pub(super) tally: &'t mut Tally,
    pub(super) tags: TagOptions,
}

impl AlertSink for TallySink<'_> {
    fn alert(&mut self, alert: &AlertContext<'_>, decision: &mut Decision) -> bool {
        let program = alert.program;
        if let Some(filter) = &program.filter {
            self.filter(filter, alert);
        }
        tags::decide(alert, self.tags, decision);
        self.tag_rules(alert, decision);
        let Some(primary) = tag_of_property(alert, decision, &program.primary) else {
            self.tally.reject(0);
            return false;
        };
        let secondary = program.secondary.as_ref().and_then(|property| tag_of_property(alert, decision, property));
        self.status(alert);
        self.time(alert);
        self.identifier(alert, decision);
        let Tally { identity, identities, alerts, .. } = &mut *self.tally;
        identity.truncate(0);
        let spent = alert.budget.spent();
        identity.write(|out| {
            alert.budget.reset_to(spent);
            alert_json::identifier(alert, decision, &primary, secondary.as_ref(), true, out);
        });
        identities.push((hash(identity.bytes()), alert.status.status == Status::Ok));
        *alerts += 1;
        true
    }

    fn dropped(&mut self, alert: &AlertContext<'_>, _decision: &mut Decision) {
        if let Some(filter) = &alert.program.filter {
            self.filter(filter, alert);
        }
        self.tally.reject(1);
    }

    fn not_object(&mut self, _pointer: &dyn Fn() -> String, _element: &Value<'_>) {
        self.tally.reject(2);
    }

    fn restart(&mut self) -> usize {
        self.tally.clear();
        0
    }

    fn is_full(&self) -> bool {
        self.tally.words.len() > limits::ANSWER_BYTES
    }
}

impl TallySink<'_> {
    fn filter(&mut self, filter: &Filter, alert: &AlertContext<'_>) {
        let rule = self.layout.filter;
        for (number, comparison) in filter.expression.comparisons().enumerate() {
            let missing = || filter.source(comparison).is_some_and(|source| alert.slot(source).is_none());
            let outcome = match holds(filter, comparison, alert) {
                Some(true) => CoverageOutcome::Matched,
                Some(false) if missing() => CoverageOutcome::Missing,
                Some(false) => CoverageOutcome::Unmatched,
                None => CoverageOutcome::Unknown,
            };
            self.tally.count(rule + 1 + number, outcome);
        }
        self.tally.count(
            rule,
            match alert.filter {
                FilterDecision::Kept => CoverageOutcome::Unmatched,
                FilterDecision::Dropped => CoverageOutcome::Matched,
                FilterDecision::Unknown => CoverageOutcome::Unknown,
            },
        );
    }

    /// Counts the sources of a rule up to the one that decides, and those that are never looked at.
    fn sources(
        &mut self,
        rule: usize,
        sources: &[Source],
        deciding: Option<usize>,
        outcome: CoverageOutcome,
        populated: CoverageOutcome,
        alert: &AlertContext<'_>,
    ) {
        let decided = deciding.unwrap_or(sources.len());
        for (number, source) in sources.iter().enumerate() {
            let outcome = if number > decided {
                CoverageOutcome::NotReached
            } else if number == decided {
                outcome
            } else {
                match alert.slot(source) {
                    None => CoverageOutcome::Missing,
                    Some(slot) if slot.is_populated() => populated,
                    Some(_) => CoverageOutcome::Empty,
                }
            };
            self.tally.count(rule + 1 + number, outcome);
        }
    }

    fn tag_rules(&mut self, alert: &AlertContext<'_>, decision: &Decision) {
        let program = alert.program;
        for (number, rule) in program.rules.iter().enumerate() {
            let (Some(result), Some(&place)) = (decision.results.get(number), self.layout.tags.get(number)) else {
                continue;
            };
            let (deciding, outcome) = match result {
                RuleResult::Source(source, _) => (Some(*source), CoverageOutcome::Used),
                RuleResult::Flattened(source, _) => (Some(*source), flattened(decision, number)),
                RuleResult::Shadowed(source) => (*source, CoverageOutcome::Shadowed),
                RuleResult::Default => (None, CoverageOutcome::Default),
                RuleResult::Nothing => (None, CoverageOutcome::Missing),
            };
            self.tally.count(place, outcome);
            self.sources(place, &rule.sources, deciding, outcome, CoverageOutcome::Empty, alert);
            if rule.default.is_some() {
                let reached = if deciding.is_some() { CoverageOutcome::NotReached } else { outcome };
                self.tally.count(place + 1 + rule.sources.len(), reached);
            }
        }
        self.tags(alert, decision);
    }

    /// Counts the tags that are not of a rule with sources, and the values that are too long.
    fn tags(&mut self, alert: &AlertContext<'_>, decision: &Decision) {
        let ruled = alert.program.rules.len();
        let (mut over, mut has_time) = (usize::MAX, false);
        for tag in &decision.tags {
            let rule = tag.rule.unwrap_or(self.layout.tags.len() - 1);
            let Some(&place) = self.layout.tags.get(rule) else {
                continue;
            };
            if rule >= ruled && !tag.shadowed {
                self.tally.count(place, CoverageOutcome::Used);
                has_time |= tag.rule.is_some();
            }
            let Content::Value { start, end, kind, flags } = tag.content else {
                continue;
            };
            // Shorter values are within every limit, whatever they are.
            if tag.shadowed || end - start <= 2 * value::ITEMS || over == place {
                continue;
            }
            let value = Value { text: alert.text, start, end, kind, flags };
            let affordable = alert.budget.spend_reading(&value);
            if affordable && value::exceeds_limits(name_of(alert.program, decision, tag.name), &value) {
                self.tally.count(place, CoverageOutcome::OverLimit);
                over = place;
            }
        }
        let time = self.layout.tags.get(ruled).filter(|_| alert.program.bp_timestamp.is_some());
        if let Some(&time) = time.filter(|_| !has_time) {
            self.tally.count(time, CoverageOutcome::Shadowed);
        }
    }

    fn status(&mut self, alert: &AlertContext<'_>) {
        let rule = &alert.program.status;
        let (place, decided) = (self.layout.status, alert.status.source);
        self.sources(place, &rule.sources, decided, CoverageOutcome::Used, CoverageOutcome::Unmatched, alert);
        let values = place + 1 + rule.sources.len();
        let default = values + rule.values.len();
        let Some(source) = decided.and_then(|number| rule.sources.get(number)) else {
            self.tally.count(place, CoverageOutcome::Default);
            self.tally.count(default, CoverageOutcome::Default);
            return self.words(alert);
        };
        self.tally.count(place, CoverageOutcome::Used);
        self.tally.count(default, CoverageOutcome::NotReached);
        let Some(value) = alert.slot(source).map(|slot| slot.value(alert.text)) else {
            return;
        };
        let listed = match value::plain(&value) {
            Some(text) if alert.budget.spend_copying(text.len()) => rule.find(text),
            None if alert.budget.spend_reading(&value) => match value.kind {
                Kind::Array => value::list(&value).find_map(|item| rule.find(value::text(&item).as_bytes())),
                _ => rule.find(value::text(&value).as_bytes()),
            },
            _ => None,
        };
        if let Some(listed) = listed {
            self.tally.count(values + listed, CoverageOutcome::Used);
        }
    }

    /// Keeps the values of an alert's status sources, of which none is listed.
    fn words(&mut self, alert: &AlertContext<'_>) {
        for source in &alert.program.status.sources {
            let Some(slot) = alert.populated_slot(source) else {
                continue;
            };
            let value = slot.value(alert.text);
            if let Some(plain) = value::plain(&value).and_then(|plain| core::str::from_utf8(plain).ok()) {
                self.tally.word(plain);
            } else if !alert.budget.spend_reading(&value) {
                return;
            } else if value.kind == Kind::Array {
                value::list(&value).take(ITEMS).for_each(|item| self.tally.word(&value::text(&item)));
            } else {
                self.tally.word(&value::text(&value));
            }
        }
    }

    fn time(&mut self, alert: &AlertContext<'_>) {
        let place = self.layout.time;
        let sources = alert.program.time.as_ref().map_or(&[][..], |rule| &rule.sources);
        let decided = alert.time.source.map(|(source, _)| source);
        self.sources(place, sources, decided, CoverageOutcome::Used, CoverageOutcome::Unreadable, alert);
        let (outcome, received) = match decided {
            Some(_) => (CoverageOutcome::Used, CoverageOutcome::NotReached),
            None => (CoverageOutcome::ReceivedAt, CoverageOutcome::ReceivedAt),
        };
        self.tally.count(place, outcome);
        self.tally.count(place + 1 + sources.len(), received);
    }

    fn identifier(&mut self, alert: &AlertContext<'_>, decision: &Decision) {
        let program = alert.program;
        let overridden = program
            .identity
            .as_ref()
            .is_some_and(|list| self.list(self.layout.identity, list, usize::MAX, alert, decision));
        let places = self.layout.properties;
        for (property, place) in program.properties().zip(places) {
            match property {
                _ if overridden => {
                    self.tally.count(place, CoverageOutcome::NotReached);
                    if let Property::Tags(list) = property {
                        (0..list.tags.len())
                            .for_each(|number| self.tally.count(place + 1 + number, CoverageOutcome::NotReached));
                    }
                }
                Property::Tags(list) => {
                    self.list(place, list, 1, alert, decision);
                }
                Property::Rule(_) => {
                    let found = tag_of_property(alert, decision, property).is_some();
                    let outcome = if found { CoverageOutcome::Used } else { CoverageOutcome::Missing };
                    self.tally.count(place, outcome);
                }
            }
        }
    }

    /// Counts the tags of a list up to those that identify: at most `most`. Returns whether the alert has any.
    fn list(
        &mut self,
        place: usize,
        list: &TagList,
        most: usize,
        alert: &AlertContext<'_>,
        decision: &Decision,
    ) -> bool {
        let mut found = 0;
        for (number, tag) in listed(list, alert, decision).enumerate() {
            let outcome = if found == most {
                CoverageOutcome::NotReached
            } else if tag.is_some() {
                found += 1;
                CoverageOutcome::Used
            } else {
                CoverageOutcome::Missing
            };
            self.tally.count(place + 1 + number, outcome);
        }
        self.tally.count(place, if found > 0 { CoverageOutcome::Used } else { CoverageOutcome::Missing });
        found > 0
    }
}

/// What became of a rule that flattens an object.
fn flattened(decision: &Decision, rule: usize) -> CoverageOutcome {
    let mut outcome = CoverageOutcome::Empty;
    for tag in decision.tags.iter().filter(|tag| tag.rule == Some(rule)) {
        if !tag.shadowed {
            return CoverageOutcome::Used;
        }
        outcome = CoverageOutcome::Shadowed;
    }
    outcome
}

/// A hash that is the same on every machine and in every version: coverages of several machines are merged by it.
/// FNV-1a of the bytes, mixed so that every bit depends on all of them.
fn hash(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
