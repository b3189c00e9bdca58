//! One sample with every field that any payload has.
//!
//! BigPanda wants every field that the configuration names in the sample, and real payloads each lack some. The fullest
//! payload is completed from the others; what is in it stays as it is.

mod document;
mod redact;

pub(crate) use redact::redact;

use crate::compile::{Program, Source};
use crate::diagnostic::Problems;
use crate::evaluate::{ObservedAlert, Observer, observe};
use crate::json::members::Value;
use core::ops::Range;
use document::{SampleDocument, keys_of};
use std::collections::BTreeSet;

/// Most fields that are completed. A configuration with more does not come from people.
const COMPLETED: usize = 1_000;

/// A sample that was put together.
pub(crate) struct Completed {
    /// JSON text.
    pub(crate) text: Vec<u8>,
    /// Source paths that no payload has, in the order of the rules.
    pub(crate) missing: Vec<String>,
}

/// How much of a field there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Presence {
    #[default]
    Missing,
    /// It is there and counts as no value.
    Empty,
    Populated,
}

/// A field of a payload, to be put into another one.
#[derive(Debug)]
struct Donor {
    presence: Presence,
    /// The keys that lead to it, from its object or the payload on.
    keys: Vec<String>,
    /// JSON text.
    value: Vec<u8>,
    /// The object that it is in, if that is an element of the array.
    element: Option<(usize, Range<usize>)>,
}

/// Looks how much of each field a payload has.
struct PresenceScan<'f> {
    fields: &'f [&'f Source],
    /// For each field, how much of it earlier payloads have.
    before: Vec<Presence>,
    /// For each field, how much of it there is in any object.
    presence: Vec<Presence>,
    /// The element with the most, and how much.
    fullest: (usize, u32),
    number: usize,
    /// There is an object, whatever is in it.
    has_objects: bool,
    /// The fields of which earlier payloads have less.
    found: Vec<Option<Donor>>,
}

impl Observer for PresenceScan<'_> {
    fn restart(&mut self) {
        self.presence.fill(Presence::Missing);
        self.fullest = (0, 0);
        self.has_objects = false;
        self.found.fill_with(|| None);
    }

    fn alert(&mut self, seen: &ObservedAlert<'_>) {
        let mut own = 0;
        self.has_objects = true;
        for (place, field) in self.fields.iter().enumerate() {
            let (Some((value, is_populated)), Some(known)) = (seen.value(field), self.presence.get_mut(place)) else {
                continue;
            };
            let presence = if is_populated { Presence::Populated } else { Presence::Empty };
            own += if field.is_outer { 0 } else { presence as usize };
            let is_more = presence > *known && self.before.get(place).is_none_or(|before| presence > *before);
            *known = presence.max(*known);
            if let Some(found) = self.found.get_mut(place).filter(|_| is_more) {
                let element = seen.element();
                *found = Some(Donor {
                    presence,
                    keys: seen.pointer(field).map(|pointer| keys_of(&pointer)).unwrap_or_default(),
                    value: value.raw().to_vec(),
                    element: (!field.is_outer).then_some((self.number, element.start..element.end)),
                });
            }
        }
        if own > self.fullest.0 {
            self.fullest = (own, seen.index());
        }
    }

    fn not_object(&mut self, _pointer: &dyn Fn() -> String, _element: &Value<'_>) {}
}

/// The payload with the most; the first of equal ones.
struct Base {
    score: usize,
    number: usize,
    presence: Vec<Presence>,
    /// Its fullest element.
    element: u32,
    /// Where its array is.
    array: Range<usize>,
}

/// Completes the fullest of the payloads from the others. `None` when none of them can be read. What is wrong with each
/// goes to `report`, with its number.
pub(crate) fn complete(
    program: &Program,
    payloads: &[&[u8]],
    report: &mut dyn FnMut(usize, Problems),
) -> Option<Completed> {
    let fields = fields_of(program);
    let mut donors: Vec<Option<Donor>> = fields.iter().map(|_| None).collect();
    let mut base: Option<Base> = None;
    for (number, payload) in payloads.iter().enumerate() {
        let before = donors.iter().map(|donor| donor.as_ref().map_or(Presence::Missing, |donor| donor.presence));
        let mut seen = PresenceScan {
            fields: &fields,
            before: before.collect(),
            presence: vec![Presence::Missing; fields.len()],
            fullest: (0, 0),
            number,
            has_objects: false,
            found: fields.iter().map(|_| None).collect(),
        };
        let mut problems = Problems::default();
        let shape = observe(program, payload, &mut seen, &mut problems);
        report(number, problems);
        let Some((_, array)) = shape else {
            continue;
        };
        for (donor, found) in donors.iter_mut().zip(seen.found) {
            if found.is_some() {
                *donor = found;
            }
        }
        let fields: usize = seen.presence.iter().map(|presence| *presence as usize).sum();
        // Of payloads without fields, one with an alert.
        let score = 2 * fields + usize::from(seen.has_objects);
        if base.as_ref().is_none_or(|base| score > base.score) {
            base = Some(Base { score, number, presence: seen.presence, element: seen.fullest.1, array });
        }
    }
    let Base { number, presence, element, array, .. } = base?;
    let text = *payloads.get(number)?;
    // Where the payload is the array, there is no place of it in the payload.
    let array =
        program.array.as_ref().map(|source| (Some(array).filter(|_| !source.text.is_empty()), element as usize));
    let mut document = SampleDocument::new(text, array);
    let mut added: BTreeSet<(usize, usize)> = BTreeSet::new();
    let lacking = fields.iter().zip(&presence).zip(&donors);
    for ((field, presence), donor) in lacking.take(COMPLETED) {
        let Some(donor) = donor.as_ref().filter(|donor| donor.presence > *presence) else {
            continue;
        };
        if document.insert(field.is_outer, &donor.keys, &donor.value) {
            continue;
        }
        // Another value stands in the way. An array takes the whole element; elsewhere a key with dots leads there too.
        match &donor.element {
            Some((from, at)) if program.array.is_some() => {
                if added.insert((*from, at.start)) {
                    let element = payloads.get(*from).and_then(|text| text.get(at.clone()));
                    document.add_element(element.unwrap_or_default());
                }
            }
            _ => document.insert_dotted(field.is_outer, &donor.keys, &donor.value),
        }
    }
    let mut found: BTreeSet<SourceKey> = BTreeSet::new();
    found.extend(fields.iter().zip(&donors).filter(|(_, donor)| donor.is_some()).map(|(field, _)| key_of(field)));
    let mut known = BTreeSet::new();
    let lacking = sources_of(program).filter(|source| !found.contains(&key_of(source)));
    let missing = lacking.filter(|source| known.insert(&source.text)).map(|source| source.text.clone()).collect();
    Some(Completed { text: document.into_text(), missing })
}

/// What a source leads to: whether it is around the alerts, and the node of the plan.
type SourceKey = (bool, usize);

fn key_of(source: &Source) -> SourceKey {
    (source.is_outer, source.node.index())
}

/// The sources of all rules.
fn sources_of(program: &Program) -> impl Iterator<Item = &Source> {
    let filter = program.filter.iter();
    let filter = filter.flat_map(|filter| filter.expression.comparisons().filter_map(|one| filter.source(one)));
    let tags = program.rules.iter().flat_map(|rule| &rule.sources);
    let time = program.time.iter().flat_map(|rule| &rule.sources);
    tags.chain(&program.status.sources).chain(time).chain(filter)
}

/// The sources of all rules, of each place one.
fn fields_of(program: &Program) -> Vec<&Source> {
    let mut known = BTreeSet::new();
    sources_of(program).filter(|source| known.insert(key_of(source))).collect()
}
