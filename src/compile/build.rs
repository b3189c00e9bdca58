//! Building a program.

use super::trie::TrieBuilder;
use super::{
    ArraySource, BpTimestamp, DefaultValue, Filter, ListedTag, NodeId, NotSimulated, PaddedBytes, Program, Property,
    Source, Status, StatusRule, TagId, TagList, TagName, TagRule, TimeFormat, TimeRule,
};
use crate::config::{self, Config, LocatedText, Location, Properties};
use crate::diagnostic::{Fix, Problem, Problems};
use crate::filter::{self, FilterError};
use crate::json::escape::{decoded_to, quoted};
use crate::json::key_index::KeyIndex;
use crate::json::pointer::push_key;
use crate::path::{ALERT_PREFIX, PathError, SourcePath};
use crate::time::{Format, FormatError};
use core::ops::Range;
use core::slice;
use core::sync::atomic::{AtomicU64, Ordering};

/// Ids begin at 1, so that 0 means no program.
static NEXT_ID: AtomicU64 = AtomicU64::new(1);

/// The program of a configuration, and whether it is complete. It is not if a path is invalid or the array of alerts is not
/// named: then it is only good for checking the rest. All other problems are reported, and the program runs all the same.
pub(crate) fn compile(config: &Config, problems: &mut Problems) -> (Program, bool) {
    let mut build = ProgramBuilder {
        config,
        problems,
        names: KeyIndex::default(),
        tags: Vec::new(),
        payload: TrieBuilder::new(),
        alert: TrieBuilder::new(),
        reads_outer_payload: false,
        is_complete: true,
    };
    let array = build.array();
    let mut rules: Vec<TagRule> = config.tag_rules().into_iter().map(|rule| build.tag_rule(rule)).collect();
    let mut status = build.status();
    let mut time = config.timestamp.as_ref().map(|rule| build.time(rule));
    let mut filter = config.only_v2.event_filter.as_ref().and_then(|text| build.filter(text));
    let bp_timestamp = config
        .bp_timestamp
        .as_ref()
        .map(|at| BpTimestamp { json: PaddedBytes::rule(at), tag: build.tag("bp_timestamp") });
    let ProgramBuilder { tags, names, payload, alert, reads_outer_payload, is_complete, .. } = build;
    let identity = config.identifier.as_ref().map(|list| tag_list(list, &names));
    let (primary, secondary) = properties(config, &names);
    let (payload, payload_ids) = payload.build();
    let (alert, alert_ids) = alert.build();
    let set_nodes = |sources: &mut [Source]| set_nodes(sources, &payload_ids, &alert_ids);
    rules.iter_mut().for_each(|rule| set_nodes(&mut rule.sources));
    set_nodes(&mut status.sources);
    time.iter_mut().for_each(|rule| set_nodes(&mut rule.sources));
    filter.iter_mut().flat_map(|filter| &mut filter.sources).for_each(|(_, source)| set_nodes(slice::from_mut(source)));
    #[expect(clippy::indexing_slicing, reason = "the builder gives a node to each number")]
    let array = array.map(|(number, text)| ArraySource { node: payload_ids[number], text });
    let program = Program {
        id: NEXT_ID.fetch_add(1, Ordering::Relaxed),
        array,
        payload,
        alert,
        reads_outer_payload,
        primary,
        secondary,
        has_distinct_tags: has_distinct_tags(&rules, bp_timestamp.as_ref(), tags.len()),
        lookups_per_alert: rules.iter().map(|rule| 1 + rule.sources.len()).sum::<usize>()
            + status.sources.len()
            + time.as_ref().map_or(0, |rule| rule.sources.len() * (1 + rule.format.cost()))
            + filter.as_ref().map_or(0, |filter| filter.sources.len()),
        rules,
        status,
        time,
        identity,
        bp_timestamp,
        force_lowercase: config.force_lowercase,
        filter,
        map_remaining: config.only_v2.map_remaining,
        not_simulated: NotSimulated {
            preprocessing: config.only_v2.preprocessing.as_ref().map(|switch| switch.pointer.clone()),
            arrays: config.only_v2.flattens_arrays.first().map(|switch| switch.pointer.clone()),
        },
        tags,
        tag_ids: names,
    };
    (program, is_complete)
}

/// Whether each rule gives at most one tag that no other rule gives.
fn has_distinct_tags(rules: &[TagRule], time: Option<&BpTimestamp>, tags: usize) -> bool {
    // For each tag, the rule that gives it.
    let mut owners = vec![None; tags];
    let mut own = |tag: TagId, rule: usize| {
        owners.get_mut(tag.index()).is_some_and(|owner: &mut Option<usize>| *owner.get_or_insert(rule) == rule)
    };
    rules.iter().enumerate().all(|(number, rule)| {
        let given = rule.sources.iter().map(|source| source.tag).chain(rule.default.iter().map(|default| default.tag));
        !rule.flatten && given.into_iter().all(|tag| own(tag, number))
    }) && time.is_none_or(|time| own(time.tag, rules.len()))
}

/// Sets the node of each source to that in the finished trie.
#[expect(clippy::indexing_slicing, reason = "the builder gives a node to each number")]
fn set_nodes(sources: &mut [Source], payload: &[NodeId], alert: &[NodeId]) {
    for source in sources {
        let ids = if source.is_outer { payload } else { alert };
        source.node = ids[source.node.index()];
    }
}

/// The pointer that a path is where each segment is a key, as JSON text up to the closing quote.
fn pointer_suffix(segments: &[String]) -> PaddedBytes {
    let mut pointer = String::new();
    segments.iter().for_each(|segment| push_key(&mut pointer, segment));
    PaddedBytes::new(quoted(&pointer).split_off(1))
}

/// How alerts get their primary and secondary property. In version 1 the rules begin with those of the two.
fn properties(config: &Config, names: &KeyIndex) -> (Property, Option<Property>) {
    match &config.properties {
        Properties::Rules { secondary, .. } => (Property::Rule(0), secondary.is_some().then_some(Property::Rule(1))),
        Properties::Tags { primary, secondary } => {
            let property = |list: &config::WrittenTagList| Property::Tags(tag_list(list, names));
            (property(primary), secondary.as_ref().map(property))
        }
    }
}

fn tag_list(list: &config::WrittenTagList, names: &KeyIndex) -> TagList {
    let listed = |tag: &LocatedText| {
        let json = PaddedBytes::members([("tag", &tag.text), ("sourcePointer", &tag.pointer)]);
        ListedTag { name: tag.text.clone(), tag: names.get(&tag.text).map(TagId::new), json }
    };
    TagList { json: PaddedBytes::rule(&list.at.pointer), tags: list.tags.iter().map(listed).collect() }
}

/// What the value of a source is for.
enum SourcePurpose<'n> {
    /// The tag of this name.
    Tag(&'n str),
    /// A tag named by the last key of the source.
    TagOfKey,
    /// A status or a time.
    StatusOrTime,
    /// The filter.
    Filter,
}

struct ProgramBuilder<'b> {
    config: &'b Config,
    problems: &'b mut Problems,
    names: KeyIndex,
    tags: Vec<TagName>,
    payload: TrieBuilder,
    alert: TrieBuilder,
    reads_outer_payload: bool,
    /// See [`compile`].
    is_complete: bool,
}

impl ProgramBuilder<'_> {
    fn invalid_path(&mut self, text: &LocatedText, error: PathError) {
        self.is_complete = false;
        let PathError { span, message, help } = error;
        let span = inside(text, span);
        self.problems.push(Problem { span: Some(span), ..text.problem("path-invalid", message) }.help(help));
    }

    /// The number of the array of alerts in the builder, and the path to it, if there is one.
    fn array(&mut self) -> Option<(usize, String)> {
        if !self.config.is_array {
            return None;
        }
        let Some(source) = &self.config.array_source else {
            self.is_complete = false;
            let at = &self.config.at;
            if !self.config.misspells(&at.pointer, "array_source") {
                let message = "`is_array` is true, but `array_source` does not say where the alerts are";
                let help = "add `\"array_source\"`: the path to the array, such as `\"alerts\"`";
                self.problems.push(at.problem("array-source-missing", message).help(help));
            }
            return None;
        };
        if source.text.is_empty() {
            return Some((0, String::new()));
        }
        let path = self.path(source)?;
        if path.of_alert {
            self.invalid_path(
                source,
                PathError {
                    span: 0..ALERT_PREFIX.len(),
                    message: "the array of alerts cannot be inside an alert".to_owned(),
                    help: "the path to the array begins at the payload; leave out `@alert.`".to_owned(),
                },
            );
            return None;
        }
        Some((self.payload.add(&path.segments), source.text.clone()))
    }

    fn path(&mut self, text: &LocatedText) -> Option<SourcePath> {
        SourcePath::parse(&text.text).map_err(|error| self.invalid_path(text, error)).ok()
    }

    fn sources(&mut self, sources: &[LocatedText], purpose: &SourcePurpose<'_>) -> Vec<Source> {
        sources.iter().filter_map(|text| self.source(text, purpose)).collect()
    }

    fn source(&mut self, text: &LocatedText, purpose: &SourcePurpose<'_>) -> Option<Source> {
        let path = self.path(text)?;
        let is_outer = self.config.is_array && !path.of_alert;
        let tag = match purpose {
            SourcePurpose::Tag(name) => self.tag(name),
            SourcePurpose::TagOfKey => self.derived_tag(path.last()),
            SourcePurpose::StatusOrTime | SourcePurpose::Filter => TagId::NONE,
        };
        self.reads_outer_payload |= is_outer;
        let trie = if is_outer { &mut self.payload } else { &mut self.alert };
        let node = match purpose {
            SourcePurpose::Filter => trie.add_unnamed(&path.segments),
            SourcePurpose::Tag(_) | SourcePurpose::TagOfKey | SourcePurpose::StatusOrTime => trie.add(&path.segments),
        };
        Some(Source {
            pointer_suffix: pointer_suffix(&path.segments),
            text: text.text.clone(),
            json: PaddedBytes::members([("source", &text.text), ("sourcePointer", &text.pointer)]),
            is_outer,
            node: NodeId::unbuilt(node),
            tag,
        })
    }

    fn tag(&mut self, name: &str) -> TagId {
        let number = self.names.get_or_insert(name, self.tags.len());
        if number == self.tags.len() {
            self.tags.push(TagName::new(name));
        }
        TagId::new(number)
    }

    /// The tag named by a key of the payload.
    fn derived_tag(&mut self, key: &str) -> TagId {
        if self.config.force_lowercase { self.tag(&key.to_ascii_lowercase()) } else { self.tag(key) }
    }

    fn tag_rule(&mut self, rule: &config::WrittenTagRule) -> TagRule {
        let name = rule.name.as_ref().map(|n| n.text.clone());
        if rule.source.is_empty() && rule.default_to.as_ref().is_none_or(|default| default.text.is_empty()) {
            self.no_sources(&rule.at, "the rule has neither a source nor a default");
        }
        let sources = self.sources(&rule.source, &name.as_deref().map_or(SourcePurpose::TagOfKey, SourcePurpose::Tag));
        let named = match (&name, sources.first()) {
            (Some(name), _) => Some(self.tag(name)),
            (None, Some(first)) => Some(first.tag),
            (None, None) => None,
        };
        if named.is_none() && rule.source.is_empty() && rule.default_to.is_some() {
            self.is_complete = false;
            let is_reported = |attribute| self.config.misspells(&rule.at.pointer, attribute);
            if !is_reported("name") && !is_reported("source") && !self.problems.at_limit("missing-attribute") {
                let message = "`name` is missing, and there is no source to derive it from";
                let help = "add `\"name\"`: the tag that the default value is for";
                self.problems.push(rule.at.problem("missing-attribute", message).help(help));
            }
        }
        let text = rule.default_to.as_ref().map(|d| d.text.clone()).filter(|text| !text.is_empty());
        let default = text.zip(named).map(|(text, tag)| DefaultValue { json: PaddedBytes::string(&text), tag });
        TagRule { json: PaddedBytes::rule(&rule.at.pointer), name, sources, default, flatten: rule.flatten }
    }

    fn no_sources(&mut self, at: &Location, message: &'static str) {
        let is_reported =
            self.config.misspells(&at.pointer, "source") || self.config.cannot_read(&at.pointer, "default_to");
        if !is_reported && !self.problems.at_limit("no-sources") {
            let help = "list at least one field of the payload in `source`, or set a value in `default_to`";
            self.problems.push(at.problem("no-sources", message).help(help));
        }
    }

    fn status(&mut self) -> StatusRule {
        let rule = &self.config.status;
        if rule.source.is_empty() && rule.default_to.is_none() && !self.config.misspells(&rule.at.pointer, "default_to")
        {
            self.no_sources(&rule.at, "the status rule has neither a source nor a default");
        }
        let sources = self.sources(&rule.source, &SourcePurpose::StatusOrTime);
        let mut values = Vec::new();
        for (status, listed) in &rule.map {
            let known = Status::parse(&status.text);
            values.extend(listed.iter().filter_map(|v| Some((v, known?))));
        }
        // The sort is stable, so of equal values the first listed is kept.
        values.sort_by_key(|(value, _): &(&LocatedText, Status)| (value.text.len(), &*value.text));
        values.dedup_by(|(later, _), (earlier, _)| later.text == earlier.text);
        let default = rule.default_to.as_ref().and_then(|status| Status::parse(&status.text));
        StatusRule {
            json: PaddedBytes::rule(&rule.at.pointer),
            sources,
            pointers: values.iter().map(|(value, _)| value.pointer.clone()).collect(),
            values: values.into_iter().map(|(value, status)| (value.text.as_bytes().into(), status)).collect(),
            default: default.unwrap_or(Status::Critical),
        }
    }

    fn time(&mut self, rule: &config::WrittenTimeRule) -> TimeRule {
        if rule.source.is_empty() {
            self.no_sources(&rule.at, "the time rule has no source");
        }
        let sources = self.sources(&rule.source, &SourcePurpose::StatusOrTime);
        let format = match rule.format.as_ref().map(|text| (text, Format::parse(&text.text))) {
            None => TimeFormat::Guess,
            Some((_, Ok(format))) => TimeFormat::Given(format),
            Some((text, Err(error))) => {
                self.invalid_format(text, error);
                TimeFormat::Unusable
            }
        };
        TimeRule { json: PaddedBytes::rule(&rule.at.pointer), sources, format }
    }

    fn filter(&mut self, text: &LocatedText) -> Option<Filter> {
        let expression = match filter::parse(&text.text) {
            Ok(expression) => expression,
            Err(error) => {
                self.invalid_filter(text, error);
                return None;
            }
        };
        let mut sources = Vec::new();
        for comparison in expression.comparisons() {
            let filter::FilterField { text: path, span } = &comparison.field;
            let span = self.inside_filter(text, span);
            let field = LocatedText { text: path.clone(), pointer: text.pointer.clone(), span };
            sources.push((comparison.span.start, self.source(&field, &SourcePurpose::Filter)?));
        }
        Some(Filter {
            json: PaddedBytes::rule(&text.pointer),
            pointer: text.pointer.clone(),
            text: text.text.clone(),
            expression,
            sources,
        })
    }

    fn invalid_filter(&mut self, text: &LocatedText, error: FilterError) {
        self.is_complete = false;
        let FilterError { span, message, help, replacement } = error;
        let fix = replacement.and_then(|replacement| {
            let (before, after) = (text.text.get(..span.start)?, text.text.get(span.end..)?);
            Some(Fix::change_to(&text.span, &[before, &replacement, after].concat()))
        });
        let span = Some(self.inside_filter(text, &span));
        self.problems.push(Problem { span, ..text.problem("filter-invalid", message) }.help(help).fix(fix));
    }

    /// The place in the body of a part of the filter, also where the body writes the filter with escapes: in JSON every
    /// quote of a value is one.
    fn inside_filter(&self, text: &LocatedText, span: &Range<usize>) -> Range<usize> {
        let raw = &self.config.only_v2.raw_filter;
        let within = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
        if span.is_empty() || within.is_empty() {
            return text.span.clone();
        }
        let start = text.span.start + 1;
        start + decoded_to(within, span.start)..start + decoded_to(within, span.end)
    }

    fn invalid_format(&mut self, text: &LocatedText, error: FormatError) {
        let FormatError { range, message, help, suggestion } = error;
        // The suggestion replaces the part that is wrong; the edit replaces the whole text, written as JSON.
        let fix = suggestion.and_then(|suggestion| {
            let (before, after) = (text.text.get(..range.start)?, text.text.get(range.end..)?);
            let whole = [before, &suggestion, after].concat();
            Format::parse(&whole).is_ok().then(|| Fix::change_to(&text.span, &whole))
        });
        let span = Some(inside(text, range));
        self.problems.push(Problem { span, ..text.problem("timestamp-format-invalid", message) }.help(help).fix(fix));
    }
}

/// The place in the body of a part of a text. Where the body writes the text with escapes, the whole text.
pub(crate) fn inside(text: &LocatedText, span: Range<usize>) -> Range<usize> {
    if span.is_empty() || text.span.len() != text.text.len() + 2 {
        return text.span.clone();
    }
    text.span.start + 1 + span.start..text.span.start + 1 + span.end
}
