//! What coverage counts, and the number of each: the rules of a program and their items.

use crate::compile::{PaddedBytes, Program, Property, Source, TagId, TagList};
use crate::json::members::Value;
use crate::json::pointer;
use serde::{Deserialize, Serialize};

/// What a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CoveredKind {
    /// The filter of version 2.
    Filter,
    /// A tag, or several where an object is flattened.
    Tag,
    /// The status.
    Status,
    /// The time.
    Timestamp,
    /// The tags that identify an alert: the primary or secondary property, or the override.
    Identifier,
}

/// What an item of a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CoveredItemKind {
    /// A path.
    Source,
    /// The default of a tag, or of the status.
    Default,
    /// A value of the status map.
    StatusValue,
    /// The time of receipt, where no source gives a time.
    ReceivedAt,
    /// The name of a tag in a list.
    Tag,
    /// A comparison of the filter.
    Comparison,
}

/// What can become of a rule or an item in an alert. The words are those of a trace, and two more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CoverageOutcome {
    /// It gave the value.
    Used,
    /// Nothing was there.
    Missing,
    /// What was there counts as no value.
    Empty,
    /// The value is not listed, or the comparison does not hold.
    Unmatched,
    /// The value is no time that can be read.
    Unreadable,
    /// An earlier rule gives the tag.
    Shadowed,
    /// The default gave the value.
    Default,
    /// The time of receipt is used.
    ReceivedAt,
    /// The comparison or the filter holds.
    Matched,
    /// It depends on a regular expression, which is not run.
    Unknown,
    /// Never looked at: something before it decided.
    NotReached,
    /// The value of the tag is longer than BigPanda keeps. Counted besides `used` or `default`.
    OverLimit,
}

impl CoverageOutcome {
    pub(crate) const ALL: [CoverageOutcome; 12] = [
        CoverageOutcome::Used,
        CoverageOutcome::Missing,
        CoverageOutcome::Empty,
        CoverageOutcome::Unmatched,
        CoverageOutcome::Unreadable,
        CoverageOutcome::Shadowed,
        CoverageOutcome::Default,
        CoverageOutcome::ReceivedAt,
        CoverageOutcome::Matched,
        CoverageOutcome::Unknown,
        CoverageOutcome::NotReached,
        CoverageOutcome::OverLimit,
    ];
}

/// A rule that is counted. Behind its own number follow those of its items.
#[derive(Debug)]
pub(crate) struct LaidRule {
    pub(crate) kind: CoveredKind,
    /// RFC 6901 pointer to it in the body; empty where no rule of the body is responsible.
    pub(crate) pointer: String,
    /// The tag that it gives, or that identifies.
    pub(crate) tag: Option<String>,
    pub(crate) items: Vec<LaidItem>,
}

/// An item of a rule.
#[derive(Debug)]
pub(crate) struct LaidItem {
    pub(crate) kind: CoveredItemKind,
    /// As it is written in the body.
    pub(crate) text: String,
    pub(crate) pointer: String,
}

/// All that is counted of a program.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) rules: Vec<LaidRule>,
    /// How many numbers there are.
    pub(crate) len: usize,
    /// The number of the filter.
    pub(super) filter: usize,
    /// For each tag rule, its number; behind them those of the time for people to read and of fields that no rule names.
    pub(super) tags: Vec<usize>,
    pub(super) status: usize,
    pub(super) time: usize,
    /// That of the override.
    pub(super) identity: usize,
    /// Those of the primary and secondary property.
    pub(super) properties: [usize; 2],
}

impl Layout {
    pub(crate) fn new(program: &Program) -> Layout {
        let mut layout = Layout {
            rules: Vec::new(),
            len: 0,
            filter: 0,
            tags: Vec::new(),
            status: 0,
            time: 0,
            identity: 0,
            properties: [0; 2],
        };
        if let Some(filter) = &program.filter {
            let items = filter.expression.comparisons().map(|comparison| LaidItem {
                kind: CoveredItemKind::Comparison,
                text: filter.text.get(comparison.span.clone()).unwrap_or_default().to_owned(),
                pointer: filter.pointer.clone(),
            });
            let items = items.collect();
            layout.filter = layout.add(CoveredKind::Filter, filter.pointer.clone(), None, items);
        }
        layout.add_tags(program);
        layout.add_status(program);
        let (pointer, mut items) = match &program.time {
            Some(time) => (place(&time.json), time.sources.iter().map(source).collect()),
            None => (String::new(), Vec::new()),
        };
        items.push(item(CoveredItemKind::ReceivedAt, String::new(), pointer.clone()));
        layout.time = layout.add(CoveredKind::Timestamp, pointer, None, items);
        if let Some(identity) = &program.identity {
            layout.identity = layout.add_list(identity);
        }
        for (number, property) in program.properties().enumerate() {
            let added = match property {
                Property::Tags(list) => layout.add_list(list),
                Property::Rule(rule) => {
                    let rule = program.rules.get(*rule);
                    let pointer = rule.map(|rule| place(&rule.json)).unwrap_or_default();
                    let tag = rule.and_then(|rule| tag_name(program, rule.sources.first()?.tag));
                    layout.add(CoveredKind::Identifier, pointer, tag, Vec::new())
                }
            };
            if let Some(place) = layout.properties.get_mut(number) {
                *place = added;
            }
        }
        layout
    }

    fn add(&mut self, kind: CoveredKind, pointer: String, tag: Option<String>, items: Vec<LaidItem>) -> usize {
        let first = self.len;
        self.len += 1 + items.len();
        self.rules.push(LaidRule { kind, pointer, tag, items });
        first
    }

    fn add_tags(&mut self, program: &Program) {
        for rule in &program.rules {
            let pointer = place(&rule.json);
            let mut items: Vec<LaidItem> = rule.sources.iter().map(source).collect();
            if let Some(default) = &rule.default {
                items.push(item(CoveredItemKind::Default, unquoted(default.json.bytes()), at_default(&pointer)));
            }
            let first = rule.sources.first().map(|source| source.tag).or(rule.default.as_ref().map(|d| d.tag));
            let tag = first.and_then(|tag| tag_name(program, tag)).filter(|_| !rule.flatten);
            let tag = tag.or_else(|| rule.name.clone());
            let number = self.add(CoveredKind::Tag, pointer, tag, items);
            self.tags.push(number);
        }
        let bp = program.bp_timestamp.as_ref();
        let (pointer, tag) = (bp.map(|bp| place(&bp.json)), bp.and_then(|bp| tag_name(program, bp.tag)));
        if let Some(pointer) = pointer {
            let number = self.add(CoveredKind::Tag, pointer, tag, Vec::new());
            self.tags.push(number);
        }
        let number = self.add(CoveredKind::Tag, String::new(), None, Vec::new());
        self.tags.push(number);
    }

    fn add_status(&mut self, program: &Program) {
        let rule = &program.status;
        let pointer = place(&rule.json);
        let mut items: Vec<LaidItem> = rule.sources.iter().map(source).collect();
        for ((value, _), pointer) in rule.values.iter().zip(&rule.pointers) {
            items.push(item(
                CoveredItemKind::StatusValue,
                String::from_utf8_lossy(value).into_owned(),
                pointer.clone(),
            ));
        }
        items.push(item(CoveredItemKind::Default, rule.default.word().to_owned(), at_default(&pointer)));
        self.status = self.add(CoveredKind::Status, pointer, None, items);
    }

    fn add_list(&mut self, list: &TagList) -> usize {
        let listed =
            |json: &PaddedBytes| item(CoveredItemKind::Tag, member(json, "tag"), member(json, "sourcePointer"));
        let items = list.tags.iter().map(|tag| listed(&tag.json)).collect();
        self.add(CoveredKind::Identifier, place(&list.json), None, items)
    }
}

fn item(kind: CoveredItemKind, text: String, pointer: String) -> LaidItem {
    LaidItem { kind, text, pointer }
}

fn source(source: &Source) -> LaidItem {
    item(CoveredItemKind::Source, source.text.clone(), member(&source.json, "sourcePointer"))
}

fn tag_name(program: &Program, tag: TagId) -> Option<String> {
    program.tags.get(tag.index()).map(|tag| tag.text.clone())
}

/// Where the default of a rule is.
fn at_default(pointer: &str) -> String {
    pointer::key(pointer, "default_to")
}

fn place(json: &PaddedBytes) -> String {
    unquoted(json.rule_pointer())
}

/// The text of a JSON string.
fn unquoted(json: &[u8]) -> String {
    Value::at(json, 0).map(|value| value.text().into_owned()).unwrap_or_default()
}

/// A member of those that the compiler wrote for the trace: `,"key":"text",…`.
fn member(json: &PaddedBytes, key: &str) -> String {
    let object = [b"{", json.bytes().get(1..).unwrap_or_default(), b"}"].concat();
    let Some(object) = Value::whole(&object) else {
        return String::new();
    };
    let found = object.members().find(|member| member.key.text() == key);
    found.map(|member| member.value.text().into_owned()).unwrap_or_default()
}
