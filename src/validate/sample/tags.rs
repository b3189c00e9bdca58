//! The tag rules and what the sample makes of them.

use super::notes::Found;
use crate::compile::{Property, TagRule};
use crate::config::{self, Place, Version};
use crate::diagnostic::edit::insert_member;
use crate::diagnostic::{Fix, Problems, Severity, Told, shown};
use crate::evaluate::{
    DESCRIPTION_CHARACTERS, ITEM_CHARACTERS, ITEMS, ObservedAlert, ObservedTag, RuleOutcome, characters, is_list,
    items_of,
};
use crate::json::Kind;
use crate::json::key_index::KeyIndex;
use crate::json::members::Value;
use crate::validate::names::{RESERVED, broken_rule};

/// Most names that one message lists.
const NAMED: usize = 5;

/// Most comparisons, of all rules, that look for the tag that another one lost its name to. Beyond, nothing is said.
const COMPARED: usize = 10_000_000;

/// What is noted of a tag rule.
#[derive(Default)]
pub(super) struct TagNotes {
    pub(super) found: Found,
    /// What is odd about values: the source, the tag, and what.
    odd: Vec<(usize, String, Oddity)>,
    /// Names of fields that are no tag names.
    bad: Names,
    /// Names of fields that other rules make tags of.
    lost: Names,
}

/// What is noted of the primary or secondary property.
#[derive(Clone, Copy, Default)]
pub(super) struct PropertyNotes {
    /// Alerts that do not have it, and the number of the first.
    without: usize,
    first_without: u32,
    /// The rule makes an object into tags.
    fields: bool,
}

impl PropertyNotes {
    pub(super) fn alert(&mut self, property: &Property, seen: &ObservedAlert<'_>) {
        if seen.has_property(property) {
            return;
        }
        if self.without == 0 {
            self.first_without = seen.index();
        }
        self.without += 1;
        if let Property::Rule(number) = property {
            self.fields |= matches!(seen.outcome(*number), RuleOutcome::Fields(_));
        }
    }
}

/// Different names, and the source that the first came from.
#[derive(Default)]
struct Names {
    known: KeyIndex,
    count: usize,
    listed: Vec<String>,
    source: usize,
}

impl Names {
    fn add(&mut self, name: &str, source: usize) {
        if self.known.number(name, self.count) < self.count {
            return;
        }
        if self.count == 0 {
            self.source = source;
        }
        self.count += 1;
        if self.listed.len() < NAMED {
            self.listed.push(shown(name));
        }
    }

    fn in_words(&self) -> String {
        let listed = self.listed.join(", ");
        match self.count - self.listed.len() {
            0 => listed,
            more => format!("{listed} and {more} more"),
        }
    }
}

/// What is odd about the value of a tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Oddity {
    Items(usize),
    Item(usize),
    Description(usize),
    Nested(Kind),
    Blank,
}

impl TagNotes {
    /// `compared`: how many tags were compared so far, whichever rule they are of.
    pub(super) fn tag(
        &mut self,
        rule: &TagRule,
        tag: &ObservedTag<'_>,
        seen: &ObservedAlert<'_>,
        compared: &mut usize,
    ) {
        let (Some(value), RuleOutcome::Source(source) | RuleOutcome::Fields(source)) =
            (&tag.value, seen.outcome(tag.rule))
        else {
            return;
        };
        let around = rule.sources.get(source).is_some_and(|source| source.is_outer);
        // What stands around the alerts is the same for each of them.
        if around && !seen.is_first() {
            return;
        }
        if matches!(seen.outcome(tag.rule), RuleOutcome::Fields(_)) {
            if broken_rule(tag.name).is_some() || RESERVED.contains(&tag.name) {
                self.bad.add(tag.name, source);
            }
            if tag.shadowed {
                return self.lose(tag, value, source, seen, compared);
            }
        }
        if let Some(oddity) = oddity(tag.name, value) {
            let same = |a: &Oddity| core::mem::discriminant(a) == core::mem::discriminant(&oddity);
            if !self.odd.iter().any(|(other, _, known)| *other == source && same(known)) {
                self.odd.push((source, tag.name.to_owned(), oddity));
            }
        }
    }

    /// Notes a field that is no tag because another one has its name, unless both have the same value.
    fn lose(
        &mut self,
        tag: &ObservedTag<'_>,
        value: &Value<'_>,
        source: usize,
        seen: &ObservedAlert<'_>,
        compared: &mut usize,
    ) {
        if *compared > COMPARED || self.lost.known.get(tag.name).is_some() {
            return;
        }
        let mut tags = seen.tags().inspect(|_| *compared += 1);
        let winner = tags.find(|other| !other.shadowed && other.name == tag.name).and_then(|other| other.value);
        drop(tags);
        if winner.is_none_or(|winner| winner.raw() != value.raw()) {
            self.lost.add(tag.name, source);
        }
    }
}

fn oddity(name: &str, value: &Value<'_>) -> Option<Oddity> {
    match value.kind {
        Kind::Object => Some(Oddity::Nested(Kind::Object)),
        Kind::Array if !is_list(value) => Some(Oddity::Nested(Kind::Array)),
        Kind::Array => {
            let (mut items, mut longest) = (0, 0);
            for item in items_of(value) {
                items += 1;
                longest = longest.max(characters(&item));
            }
            if items > ITEMS {
                Some(Oddity::Items(items))
            } else {
                (longest > ITEM_CHARACTERS).then_some(Oddity::Item(longest))
            }
        }
        _ => {
            let length = characters(value);
            match name {
                "description" if length > DESCRIPTION_CHARACTERS => Some(Oddity::Description(length)),
                "description" => None,
                _ if length > ITEM_CHARACTERS => Some(Oddity::Item(length)),
                _ => None,
            }
            .or_else(|| is_blank(value).then_some(Oddity::Blank))
        }
    }
}

fn is_blank(value: &Value<'_>) -> bool {
    // Nearly every text begins with something else.
    let may_be = matches!(value.inside().first(), Some(b' ' | b'\\' | 0x80..));
    value.kind == Kind::String && may_be && value.text().chars().all(char::is_whitespace)
}

/// What is told of a rule that makes tags.
pub(super) fn check(
    rule: &config::TagRule,
    sources: &[super::Place<'_>],
    notes: &TagNotes,
    is_property: bool,
    body: &[u8],
    problems: &mut Problems,
) {
    for (source, tag, oddity) in &notes.odd {
        if let Some(place) = sources.get(*source) {
            odd(rule, place, tag, *oddity, is_property, body, problems);
        }
    }
    if let Some(place) = sources.get(notes.bad.source).filter(|_| notes.bad.count > 0) {
        let message = "fields of {0} have names that no tag should have: {=1}";
        let help = "BigPanda cannot search such tags, or uses the name for something else; add a rule with its own `name` for each field, or set `force_lowercase` if only the case is wrong";
        place.tell("tag-name-derived-invalid", message, help, &[&notes.bad.in_words()], None, problems);
    }
    if let Some(place) = sources.get(notes.lost.source).filter(|_| notes.lost.count > 0) {
        let message = "fields of {0} lose to tags of the same name: {=1}";
        let help = "a rule of its own beats a flattened field, and among equals the first listed wins; a `name` on the flattening rule goes before the fields' names";
        place.tell("tag-duplicate", message, help, &[&notes.lost.in_words()], None, problems);
    }
}

fn odd(
    rule: &config::TagRule,
    place: &super::Place<'_>,
    tag: &str,
    oddity: Oddity,
    is_property: bool,
    body: &[u8],
    problems: &mut Problems,
) {
    let cut = "BigPanda cuts what is longer; its account team can raise the limit";
    let (code, message, help, number) = match oddity {
        Oddity::Items(count) => {
            ("tag-value-limit", "the tag {1} has {=2} items in the sample, more than 30", cut, count)
        }
        Oddity::Item(length) => {
            ("tag-value-limit", "the tag {1} has an item of {=2} characters in the sample, more than 512", cut, length)
        }
        Oddity::Description(length) => (
            "tag-value-limit",
            "the tag {1} has {=2} characters in the sample, more than 2048",
            "BigPanda cuts what is longer",
            length,
        ),
        Oddity::Blank => (
            "tag-value-blank",
            "the tag {1} is nothing but white space in the sample",
            "white space counts as a value, so neither the next source nor the default is used",
            0,
        ),
        Oddity::Nested(Kind::Object) => (
            "tag-value-nested",
            "the tag {1} is an object in the sample, so its value is JSON text",
            "name a field inside it, or set `flatten` to make a tag of each of its fields",
            0,
        ),
        Oddity::Nested(_) => (
            "tag-value-nested",
            "the tag {1} holds a list of objects or lists in the sample, so its value is JSON text",
            "only a list of plain values becomes a list of values, and a path cannot look inside one; name another field",
            0,
        ),
    };
    // A property that is flattened has no value, and a second `flatten` would be a key given twice.
    let written = || body.get(rule.span.clone()).unwrap_or_default().windows(9).any(|part| part == b"\"flatten\"");
    let can_flatten = oddity == Oddity::Nested(Kind::Object) && !is_property && !written();
    let fix = can_flatten
        .then(|| Fix::one("make a tag of each field", &[], insert_member(body, rule.span.start, "\"flatten\": true")));
    place.tell(code, message, help, &[tag, &number.to_string()], fix, problems);
}

/// What is told where the primary or the secondary has no value, unless something as bad was told of each source:
/// `explained` is the mildest of it, for each of the two.
pub(super) fn properties(
    config: &config::Config,
    notes: &[PropertyNotes; 2],
    alerts: usize,
    explained: [Option<Severity>; 2],
    problems: &mut Problems,
) {
    let (primary, secondary) = config.places_of_properties();
    let known = [("primary-empty", Severity::Error), ("secondary-missing", Severity::Info)];
    for (((place, notes), told), (code, severity)) in
        [Some(primary), secondary].into_iter().zip(notes).zip(explained).zip(known)
    {
        let is_reported = told.is_some_and(|told| told <= severity);
        let Some(place) = place.filter(|_| notes.without > 0 && !is_reported) else {
            continue;
        };
        let (first, more) = ((notes.first_without + 1).to_string(), (notes.without - 1).to_string());
        let message = match (severity, notes.without) {
            (Severity::Error, _) if notes.fields => {
                "no primary value in the sample: the rule flattens an object, which creates tags but has no value"
            }
            (Severity::Error, n) if n == alerts => "no primary value in the sample",
            (Severity::Error, 1) => "no primary value in alert {=0} of the sample",
            (Severity::Error, _) => "no primary value in alert {=0} and {=1} more of the sample",
            (_, n) if n == alerts => "no secondary value in the sample",
            (_, 1) => "no secondary value in alert {=0} of the sample",
            (..) => "no secondary value in alert {=0} and {=1} more of the sample",
        };
        let help = match (severity, config.version) {
            (Severity::Error, Version::V1) => {
                "BigPanda cannot receive such alerts: add a source that is always populated, or a `default_to`"
            }
            (Severity::Error, Version::V2) => {
                "BigPanda cannot receive such alerts: add a tag that every alert has, or a source to the rule of one"
            }
            (_, Version::V1) => {
                "only the primary value distinguishes such alerts; add a source that is always populated, or a `default_to`"
            }
            (_, Version::V2) => {
                "only the primary value distinguishes such alerts; add a tag that every alert has, or a source to the rule of one"
            }
        };
        let (Place { pointer, span }, args) = (place, &[&*first, &more]);
        problems.tell_as(severity, &Told { code, pointer, span, message, help, args }, None);
    }
}
