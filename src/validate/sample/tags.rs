//! The tag rules and the tags that alerts of the sample get.

use super::notes::SourcesSeen;
use super::{SourceRef, alerts_in_words};
use crate::compile::{Property, TagRule};
use crate::config::{Config, Version, WrittenTagRule};
use crate::diagnostic::edit::insert_member;
use crate::diagnostic::{Fix, Problems, Severity, quote_input};
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

/// Most comparisons, of all rules, to find the tag that another one lost its name to. After that, none are reported.
const COMPARED: usize = 10_000_000;

/// What is noted of a tag rule.
#[derive(Default)]
pub(super) struct TagNotes {
    pub(super) sources: SourcesSeen,
    /// Unusual values: the number of the source, the tag, and what is unusual.
    unusual: Vec<(usize, String, Unusual)>,
    /// Names of fields that are not valid tag names.
    invalid: NameList,
    /// Names of fields that other rules make tags of.
    lost: NameList,
}

/// What is noted of the primary or secondary property.
#[derive(Clone, Copy, Default)]
pub(super) struct PropertyNotes {
    /// Alerts that do not have it, and the number of the first.
    without: usize,
    first_without: u32,
    /// The rule flattens an object, which gives tags but no value.
    is_flattened: bool,
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
            self.is_flattened |= matches!(seen.outcome(*number), RuleOutcome::Fields(_));
        }
    }
}

/// Different names, and the source that the first came from.
#[derive(Default)]
struct NameList {
    /// Positions in the order in which names were added.
    known: KeyIndex,
    count: usize,
    listed: Vec<String>,
    source: usize,
}

impl NameList {
    fn add(&mut self, name: &str, source: usize) {
        if self.known.get_or_insert(name, self.count) < self.count {
            return;
        }
        if self.count == 0 {
            self.source = source;
        }
        self.count += 1;
        if self.listed.len() < NAMED {
            self.listed.push(quote_input(name));
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

/// What is unusual about the value of a tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unusual {
    /// So many items.
    Items(usize),
    /// An item of so many characters.
    Item(usize),
    /// A description of so many characters.
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
        let is_outer = rule.sources.get(source).is_some_and(|source| source.is_outer);
        // A value of the outer payload is the same for all alerts.
        if is_outer && !seen.is_first() {
            return;
        }
        if matches!(seen.outcome(tag.rule), RuleOutcome::Fields(_)) {
            if broken_rule(tag.name).is_some() || RESERVED.contains(&tag.name) {
                self.invalid.add(tag.name, source);
            }
            if tag.shadowed {
                return self.note_lost(tag, value, source, seen, compared);
            }
        }
        if let Some(unusual) = unusual(tag.name, value) {
            let is_same = |known: &Unusual| core::mem::discriminant(known) == core::mem::discriminant(&unusual);
            if !self.unusual.iter().any(|(other, _, known)| *other == source && is_same(known)) {
                self.unusual.push((source, tag.name.to_owned(), unusual));
            }
        }
    }

    /// Notes a field that does not become a tag because another one has its name, unless both have the same value.
    fn note_lost(
        &mut self,
        tag: &ObservedTag<'_>,
        value: &Value<'_>,
        source: usize,
        seen: &ObservedAlert<'_>,
        compared: &mut usize,
    ) {
        if *compared > COMPARED || self.lost.known.contains(tag.name) {
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

fn unusual(name: &str, value: &Value<'_>) -> Option<Unusual> {
    match value.kind {
        Kind::Object => Some(Unusual::Nested(Kind::Object)),
        Kind::Array if !is_list(value) => Some(Unusual::Nested(Kind::Array)),
        Kind::Array => {
            let (mut items, mut longest) = (0, 0);
            for item in items_of(value) {
                items += 1;
                longest = longest.max(characters(&item));
            }
            if items > ITEMS {
                Some(Unusual::Items(items))
            } else {
                (longest > ITEM_CHARACTERS).then_some(Unusual::Item(longest))
            }
        }
        _ => {
            let length = characters(value);
            match name {
                "description" if length > DESCRIPTION_CHARACTERS => Some(Unusual::Description(length)),
                "description" => None,
                _ if length > ITEM_CHARACTERS => Some(Unusual::Item(length)),
                _ => None,
            }
            .or_else(|| is_blank(value).then_some(Unusual::Blank))
        }
    }
}

fn is_blank(value: &Value<'_>) -> bool {
    // Nearly every text begins with something else.
    let may_be = matches!(value.inside().first(), Some(b' ' | b'\\' | 0x80..));
    value.kind == Kind::String && may_be && value.text().chars().all(char::is_whitespace)
}

/// Reports what the sample shows of a tag rule.
pub(super) fn check(
    rule: &WrittenTagRule,
    sources: &[SourceRef<'_>],
    notes: &TagNotes,
    is_property: bool,
    body: &[u8],
    problems: &mut Problems,
) {
    for (source, tag, unusual) in &notes.unusual {
        if let Some(source_ref) = sources.get(*source) {
            report_unusual(rule, source_ref, tag, *unusual, is_property, body, problems);
        }
    }
    if let Some(source_ref) = sources.get(notes.invalid.source).filter(|_| notes.invalid.count > 0) {
        let (path, names) = (source_ref.quoted(), notes.invalid.in_words());
        let message = format!("fields of {path} have names that no tag should have: {names}");
        let help = "BigPanda cannot search such tags, or uses the name for something else; add a rule with its own `name` for each field, or set `force_lowercase` if only the case is wrong";
        problems.push(source_ref.problem("tag-name-derived-invalid", message).help(help));
    }
    if let Some(source_ref) = sources.get(notes.lost.source).filter(|_| notes.lost.count > 0) {
        let (path, names) = (source_ref.quoted(), notes.lost.in_words());
        let message = format!("fields of {path} lose to tags of the same name: {names}");
        let help = "a rule of its own beats a flattened field, and among equals the first listed wins; a `name` on the flattening rule goes before the fields' names";
        problems.push(source_ref.problem("tag-duplicate", message).help(help));
    }
}

fn report_unusual(
    rule: &WrittenTagRule,
    source_ref: &SourceRef<'_>,
    tag: &str,
    unusual: Unusual,
    is_property: bool,
    body: &[u8],
    problems: &mut Problems,
) {
    let cut = "BigPanda cuts what is longer; its account team can raise the limit";
    let (code, what, help) = match unusual {
        Unusual::Items(count) => ("tag-value-limit", format!("has {count} items in the sample, more than 30"), cut),
        Unusual::Item(length) => {
            ("tag-value-limit", format!("has an item of {length} characters in the sample, more than 512"), cut)
        }
        Unusual::Description(length) => (
            "tag-value-limit",
            format!("has {length} characters in the sample, more than 2048"),
            "BigPanda cuts what is longer",
        ),
        Unusual::Blank => (
            "tag-value-blank",
            "is nothing but white space in the sample".to_owned(),
            "white space counts as a value, so neither the next source nor the default is used",
        ),
        Unusual::Nested(Kind::Object) => (
            "tag-value-nested",
            "is an object in the sample, so its value is JSON text".to_owned(),
            "name a field inside it, or set `flatten` to make a tag of each of its fields",
        ),
        Unusual::Nested(_) => (
            "tag-value-nested",
            "holds a list of objects or lists in the sample, so its value is JSON text".to_owned(),
            "only a list of plain values becomes a list of values, and a path cannot look inside one; name another field",
        ),
    };
    // A property that is flattened has no value, and a second `flatten` would be a duplicate key.
    let has_flatten =
        || body.get(rule.at.span.clone()).unwrap_or_default().windows(9).any(|part| part == b"\"flatten\"");
    let can_flatten = unusual == Unusual::Nested(Kind::Object) && !is_property && !has_flatten();
    let fix = can_flatten.then(|| {
        let edit = insert_member(body, rule.at.span.start, "\"flatten\": true");
        Fix::new("make a tag of each field", edit)
    });
    let message = format!("the tag {} {what}", quote_input(tag));
    problems.push(source_ref.problem(code, message).help(help).fix(fix));
}

/// Reports alerts of the sample without a primary or secondary value, unless something as bad was reported of all sources:
/// `explained` is the mildest severity of these, for each of the two properties.
pub(super) fn check_properties(
    config: &Config,
    notes: &[PropertyNotes; 2],
    alerts: usize,
    explained: [Option<Severity>; 2],
    problems: &mut Problems,
) {
    let (primary, secondary) = config.property_locations();
    let known = [("primary-empty", "primary", Severity::Error), ("secondary-missing", "secondary", Severity::Info)];
    for (((at, notes), explained), (code, property, severity)) in
        [Some(primary), secondary].into_iter().zip(notes).zip(explained).zip(known)
    {
        let is_explained = explained.is_some_and(|explained| explained <= severity);
        let Some(at) = at.filter(|_| notes.without > 0 && !is_explained) else {
            continue;
        };
        let is_primary = severity == Severity::Error;
        let message = if is_primary && notes.is_flattened {
            "no primary value in the sample: the rule flattens an object, which creates tags but has no value"
                .to_owned()
        } else if notes.without == alerts {
            format!("no {property} value in the sample")
        } else {
            format!("no {property} value in {} of the sample", alerts_in_words(notes.first_without, notes.without))
        };
        let consequence = if is_primary {
            "BigPanda cannot receive such alerts: add"
        } else {
            "only the primary value distinguishes such alerts; add"
        };
        let fix = match config.version {
            Version::V1 => "a source that is always populated, or a `default_to`",
            Version::V2 => "a tag that every alert has, or a source to the rule of one",
        };
        problems.push(at.problem(code, message).severity(severity).help(format!("{consequence} {fix}")));
    }
}
