//! Compiles the written rules into a program: checked, immutable, with a trie of the paths that it needs.

mod build;
mod filter;
mod property;
mod trie;

pub(crate) use build::{compile, inside};
pub(crate) use filter::{Filter, NotSimulated};
pub(crate) use property::{ListedTag, Property, TagList};
pub(crate) use trie::{ChildId, NodeId, Trie};

use crate::diagnostic::Diagnostic;
use crate::json::escape::{quote, quoted};
use crate::json::key_index::KeyIndex;
use crate::time::Format;
use serde::{Deserialize, Serialize};

/// The result of compiling a configuration.
#[derive(Debug)]
pub struct Compiled {
    /// `None` when the configuration cannot be understood; the diagnostics say why.
    pub program: Option<Program>,
    /// All problems, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// A checked configuration, ready to run.
#[derive(Debug)]
pub struct Program {
    /// Unique for each program.
    pub(crate) id: u64,
    /// Where the alerts are; `None` when the payload is the one alert.
    pub(crate) array: Option<ArraySource>,
    /// The places that are looked at in the outer payload.
    pub(crate) payload: Trie,
    /// The places that are looked at in each alert.
    pub(crate) alert: Trie,
    /// A rule has a source in the outer payload.
    pub(crate) reads_outer_payload: bool,
    /// In version 1: primary, secondary if there is one, then the others as listed. In version 2: as listed.
    pub(crate) rules: Vec<TagRule>,
    pub(crate) primary: Property,
    pub(crate) secondary: Option<Property>,
    /// Each rule gives at most one tag, and no other rule gives that tag.
    pub(crate) has_distinct_tags: bool,
    /// Places that are looked at for each alert: the sources of all rules, and the rules.
    pub(crate) lookups_per_alert: usize,
    pub(crate) status: StatusRule,
    pub(crate) time: Option<TimeRule>,
    /// The tags that identify an alert, instead of the primary and secondary.
    pub(crate) identity: Option<TagList>,
    pub(crate) bp_timestamp: Option<BpTimestamp>,
    pub(crate) force_lowercase: bool,
    /// Alerts that match it are dropped.
    pub(crate) filter: Option<Filter>,
    /// Fields that no rule names become tags, unless an option says otherwise.
    pub(crate) map_remaining: bool,
    pub(crate) not_simulated: NotSimulated,
    /// All tag names that are known without a payload; [`TagId`] is an index into it.
    pub(crate) tags: Vec<TagName>,
    tag_ids: KeyIndex,
}

impl Program {
    /// The id of a tag name that is known without a payload.
    pub(crate) fn tag(&self, name: &str) -> Option<TagId> {
        self.tag_ids.get(name).map(TagId::new)
    }

    /// The pointer in the body, as JSON text, of the rule with a number: those of [`Program::rules`], followed by that of
    /// `bp_timestamp`.
    pub(crate) fn rule_pointer(&self, number: usize) -> Option<&[u8]> {
        let json = match self.rules.get(number) {
            Some(rule) => &rule.json,
            None => self.bp_timestamp.as_ref().filter(|_| number == self.rules.len()).map(|bp| &bp.json)?,
        };
        Some(json.rule_pointer())
    }

    /// The number of the first rule that can give a tag of this name, as [`Program::rule_pointer`] counts.
    pub(crate) fn rule_of(&self, name: &str) -> Option<usize> {
        let tag = self.tag(name)?;
        let gives = |rule: &TagRule| {
            rule.sources.iter().any(|source| source.tag == tag) || rule.default.as_ref().is_some_and(|d| d.tag == tag)
        };
        self.rules.iter().position(gives).or_else(|| {
            let is_time = self.bp_timestamp.as_ref().is_some_and(|bp| bp.tag == tag);
            is_time.then_some(self.rules.len())
        })
    }
}

/// Where the array of alerts is.
#[derive(Debug)]
pub(crate) struct ArraySource {
    /// [`NodeId::ROOT`]: the payload is the array.
    pub(crate) node: NodeId,
    pub(crate) text: String,
}

/// A tag name that is known without a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TagId(u32);

impl TagId {
    /// Of sources that give no tag.
    const NONE: TagId = TagId(u32::MAX);

    /// A configuration that fits into memory has fewer than 2^32 names.
    fn new(number: usize) -> TagId {
        TagId(number as u32)
    }
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A tag name and its JSON text.
#[derive(Debug)]
pub(crate) struct TagName {
    pub(crate) text: String,
    /// `,"name":`, padded for copying in blocks.
    json: PaddedBytes,
}

impl TagName {
    fn new(name: &str) -> TagName {
        let mut json = b",".to_vec();
        quote(name, &mut json);
        json.push(b':');
        TagName { text: name.to_owned(), json: PaddedBytes::new(json) }
    }

    /// `,"name":`, of the first tag without the comma: padded bytes, where it begins in them and how long it is.
    pub(crate) fn member(&self, first: bool) -> (&[u8], usize, usize) {
        let start = usize::from(first);
        (&self.json.bytes, start, self.json.len - start)
    }

    /// `"name"`, as [`TagName::member`].
    pub(crate) fn quoted(&self) -> (&[u8], usize, usize) {
        (&self.json.bytes, 1, self.json.len - 2)
    }
}

/// The key of the member that says which rule it was.
const RULE: &[u8] = b"\"rule\":";

/// Bytes with padding, so that they can be copied in blocks.
#[derive(Debug)]
pub(crate) struct PaddedBytes {
    bytes: Box<[u8]>,
    len: usize,
}

impl PaddedBytes {
    pub(crate) fn new(mut bytes: Vec<u8>) -> PaddedBytes {
        let len = bytes.len();
        bytes.resize(len + crate::json::block::PAIR, 0);
        PaddedBytes { bytes: bytes.into(), len }
    }

    /// The JSON text of a string.
    pub(crate) fn string(text: &str) -> PaddedBytes {
        PaddedBytes::new(quoted(text))
    }

    /// `"rule":` and a pointer.
    fn rule(pointer: &str) -> PaddedBytes {
        let mut json = RULE.to_vec();
        quote(pointer, &mut json);
        PaddedBytes::new(json)
    }

    /// Two members of an object, after others.
    fn members(members: [(&str, &str); 2]) -> PaddedBytes {
        let mut json = Vec::new();
        for (key, text) in members {
            json.push(b',');
            quote(key, &mut json);
            json.push(b':');
            quote(text, &mut json);
        }
        PaddedBytes::new(json)
    }

    /// The pointer in the result of [`PaddedBytes::rule`].
    pub(crate) fn rule_pointer(&self) -> &[u8] {
        self.bytes().get(RULE.len()..).unwrap_or_default()
    }

    /// The bytes that count.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// The bytes with their padding, and how many count.
    pub(crate) fn parts(&self) -> (&[u8], usize) {
        (&self.bytes, self.len)
    }
}

/// A path that a rule looks at.
#[derive(Debug)]
pub(crate) struct Source {
    /// As written.
    pub(crate) text: String,
    /// For the trace: `,"source":…,"sourcePointer":…`.
    pub(crate) json: PaddedBytes,
    /// For the trace: the pointer to its value where no key holds a dot, from the alert or the payload on; JSON text up
    /// to the closing quote.
    pub(crate) pointer_suffix: PaddedBytes,
    /// Looks into the outer payload.
    pub(crate) is_outer: bool,
    pub(crate) node: NodeId,
    /// The tag that a value from here gives.
    pub(crate) tag: TagId,
}

/// A rule that gives a tag.
#[derive(Debug)]
pub(crate) struct TagRule {
    /// For the trace: `"rule":…`, its place in the body.
    pub(crate) json: PaddedBytes,
    /// The name as written.
    pub(crate) name: Option<String>,
    pub(crate) sources: Vec<Source>,
    pub(crate) default: Option<DefaultValue>,
    pub(crate) flatten: bool,
}

/// The value of a rule if no source has one.
#[derive(Debug)]
pub(crate) struct DefaultValue {
    /// JSON text.
    pub(crate) json: PaddedBytes,
    pub(crate) tag: TagId,
}

/// A BigPanda alert status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The alert is resolved.
    Ok,
    /// Less than critical.
    Warning,
    /// Critical.
    Critical,
    /// Somebody works on it.
    Acknowledged,
    /// None of the others.
    Unknown,
}

impl Status {
    pub(crate) const ALL: [Status; 5] =
        [Status::Ok, Status::Warning, Status::Critical, Status::Acknowledged, Status::Unknown];

    /// The words for all of them.
    pub(crate) fn words() -> [&'static str; 5] {
        Status::ALL.map(Status::word)
    }

    /// The word that alerts have for it.
    pub fn word(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Warning => "warning",
            Status::Critical => "critical",
            Status::Acknowledged => "acknowledged",
            Status::Unknown => "unknown",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// The rule that gives the status.
#[derive(Debug)]
pub(crate) struct StatusRule {
    pub(crate) json: PaddedBytes,
    pub(crate) sources: Vec<Source>,
    /// Sorted by length and bytes; of equal values the first listed.
    pub(crate) values: Vec<(Box<[u8]>, Status)>,
    /// For each of the values, its place in the body.
    pub(crate) pointers: Vec<String>,
    pub(crate) default: Status,
}

impl StatusRule {
    /// The status that a value is listed under.
    pub(crate) fn look_up(&self, value: &[u8]) -> Option<Status> {
        self.values.get(self.find(value)?).map(|(_, status)| *status)
    }

    /// The number of a value in the list.
    pub(crate) fn find(&self, value: &[u8]) -> Option<usize> {
        /// As many values are looked at one by one.
        const FEW: usize = 16;
        if self.values.len() <= FEW {
            let (len, first) = (value.len(), value.first());
            let same = |listed: &[u8]| listed.len() == len && listed.first() == first && listed == value;
            return self.values.iter().position(|(listed, _)| same(listed));
        }
        let order = |(listed, _): &(Box<[u8]>, Status)| (listed.len(), &**listed).cmp(&(value.len(), value));
        self.values.binary_search_by(order).ok()
    }
}

/// The rule that gives the time.
#[derive(Debug)]
pub(crate) struct TimeRule {
    pub(crate) json: PaddedBytes,
    pub(crate) sources: Vec<Source>,
    pub(crate) format: TimeFormat,
}

/// How times are read.
#[derive(Debug)]
pub(crate) enum TimeFormat {
    /// Detected from the text.
    Guess,
    /// As configured.
    Given(Format),
    /// The configured format is invalid, so nothing can be read.
    Unusable,
}

/// More items than usual patterns have.
const USUAL_ITEMS: usize = 32;

/// Items of a pattern that are read in the time of one lookup.
const ITEMS_PER_LOOKUP: usize = 2;

impl TimeFormat {
    /// What reading one value costs besides the lookup, in lookups. 0 for every pattern of a sensible length.
    pub(crate) fn cost(&self) -> usize {
        match self {
            TimeFormat::Given(format) => format.items().saturating_sub(USUAL_ITEMS) / ITEMS_PER_LOOKUP,
            TimeFormat::Guess | TimeFormat::Unusable => 0,
        }
    }

    /// The format to read with, `Some(None)` to detect it. `None` if nothing can be read.
    pub(crate) fn known(&self) -> Option<Option<&Format>> {
        match self {
            TimeFormat::Guess => Some(None),
            TimeFormat::Given(format) => Some(Some(format)),
            TimeFormat::Unusable => None,
        }
    }
}

/// The tag with the time for people to read.
#[derive(Debug)]
pub(crate) struct BpTimestamp {
    pub(crate) json: PaddedBytes,
    pub(crate) tag: TagId,
}
