//! Building a program.

use super::trie::Draft;
use super::{
    ArraySource, BpTimestamp, Default, Filter, ListedTag, NodeId, NotSimulated, PaddedBytes, Program, Property, Source,
    Status, StatusRule, TagId, TagList, TagName, TagRule, TimeFormat, TimeRule,
};
use crate::config::{self, Config, Properties, Text};
use crate::diagnostic::{Document, Fix, Problem, Problems, Told};
use crate::filter::{self, FilterError};
use crate::json::escape::{decoded_to, quoted};
use crate::json::key_index::{KeyIndex, arranged, sorted};
use crate::json::pointer::push_key;
use crate::path::{ALERT_PREFIX, PathError, SourcePath};
use crate::time::{Format, FormatError};
use core::ops::Range;
use core::slice;
use core::sync::atomic::{AtomicU64, Ordering};
use std::borrow::Cow;

/// The first id is 1: 0 is no program's.
static NEXT_ID: AtomicU64 = AtomicU64::new(1);

/// The program of a configuration, and whether it is whole. It is not where a path is no path or the array of alerts is
/// not named: then it serves to look at the rest. Everything else that is wrong is told, and the program runs all the
/// same.
pub(crate) fn compile(config: &Config, problems: &mut Problems) -> (Program, bool) {
    let (payload, alert) = (Draft::new(), Draft::new());
    let mut build = Build {
        config,
        problems,
        names: KeyIndex::default(),
        tags: Vec::new(),
        payload,
        alert,
        reads_outer_payload: false,
        good: true,
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
    let Build { tags, names, payload, alert, reads_outer_payload, good, .. } = build;
    let identity = config.identifier.as_ref().map(|list| tag_list(list, &names));
    let (primary, secondary) = properties(config, &names);
    let (payload, payload_numbers) = payload.number();
    let (alert, alert_numbers) = alert.number();
    let settle = |sources: &mut [Source]| settle(sources, &payload_numbers, &alert_numbers);
    rules.iter_mut().for_each(|rule| settle(&mut rule.sources));
    settle(&mut status.sources);
    time.iter_mut().for_each(|rule| settle(&mut rule.sources));
    filter.iter_mut().flat_map(|filter| &mut filter.sources).for_each(|(_, source)| settle(slice::from_mut(source)));
    let array =
        array.map(|(draft, text)| ArraySource { node: payload_numbers.get(draft).copied().unwrap_or_default(), text });
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
    (program, good)
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

/// Replaces the draft node of each source by its node in the finished plan.
fn settle(sources: &mut [Source], payload: &[NodeId], alert: &[NodeId]) {
    for source in sources {
        let numbers = if source.is_outer { payload } else { alert };
        source.node = numbers.get(source.node.index()).copied().unwrap_or_default();
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
            let property = |list: &config::TagList| Property::Tags(tag_list(list, names));
            (property(primary), secondary.as_ref().map(property))
        }
    }
}

fn tag_list(list: &config::TagList, names: &KeyIndex) -> TagList {
    let listed = |tag: &Text| {
        let json = PaddedBytes::members([("tag", &tag.text), ("sourcePointer", &tag.pointer)]);
        ListedTag { name: tag.text.clone(), tag: names.get(&tag.text).map(TagId::new), json }
    };
    TagList { json: PaddedBytes::rule(&list.pointer), tags: list.tags.iter().map(listed).collect() }
}

/// What the value of a source is for.
enum Gives<'n> {
    /// The tag of this name.
    Tag(&'n str),
    /// A tag named by the last key of the source.
    TagOfKey,
    /// A status or a time.
    NoTag,
    /// The filter.
    Filter,
}

struct Build<'b> {
    config: &'b Config,
    problems: &'b mut Problems,
    names: KeyIndex,
    tags: Vec<TagName>,
    payload: Draft,
    alert: Draft,
    reads_outer_payload: bool,
    /// The configuration can be understood.
    good: bool,
}

impl Build<'_> {
    fn problem(
        &mut self,
        code: &'static str,
        at: &Text,
        span: Range<usize>,
        message: String,
        help: impl Into<Cow<'static, str>>,
    ) {
        self.problems.push(Problem::new(code, Document::Body, at.pointer.clone(), span, message).help(help));
    }

    /// The place of the array of alerts in the draft and the path to it, when there is one.
    fn array(&mut self) -> Option<(usize, String)> {
        if !self.config.is_array {
            return None;
        }
        let Some(source) = &self.config.array_source else {
            self.good = false;
            if !self.config.misspells(&self.config.pointer, "array_source") {
                let message = "`is_array` is true, but `array_source` does not say where the alerts are";
                let help = "add `\"array_source\"`: the path to the array, such as `\"alerts\"`";
                self.lacks("array-source-missing", &self.config.pointer, &self.config.place, message, help);
            }
            return None;
        };
        if source.text.is_empty() {
            return Some((0, String::new()));
        }
        let path = self.path(source)?;
        if path.of_alert {
            self.good = false;
            let help = "the path to the array begins at the payload; leave out `@alert.`";
            let message = "the array of alerts cannot be inside an alert".to_owned();
            self.problem("path-invalid", source, inside(source, 0..ALERT_PREFIX.len()), message, help);
            // What is around alerts and what is in them, nobody knows then.
            return None;
        }
        Some((self.payload.add(&path.segments), source.text.clone()))
    }
    fn path(&mut self, text: &Text) -> Option<SourcePath> {
        match SourcePath::parse(&text.text) {
            Ok(path) => Some(path),
            Err(PathError { span, message, help }) => {
                self.good = false;
                self.problem("path-invalid", text, inside(text, span), message, help);
                None
            }
        }
    }
    fn sources(&mut self, sources: &[Text], gives: &Gives<'_>) -> Vec<Source> {
        sources.iter().filter_map(|text| self.source(text, gives)).collect()
    }
    fn source(&mut self, text: &Text, gives: &Gives<'_>) -> Option<Source> {
        let path = self.path(text)?;
        let around = self.config.is_array && !path.of_alert;
        let tag = match gives {
            Gives::Tag(name) => self.tag(name),
            Gives::TagOfKey => self.derived_tag(path.last()),
            Gives::NoTag | Gives::Filter => TagId::NONE,
        };
        self.reads_outer_payload |= around;
        let draft = if around { &mut self.payload } else { &mut self.alert };
        let node = match gives {
            Gives::Filter => draft.look_at(&path.segments),
            Gives::Tag(_) | Gives::TagOfKey | Gives::NoTag => draft.add(&path.segments),
        };
        let node = NodeId::draft(node);
        let json = PaddedBytes::members([("source", &text.text), ("sourcePointer", &text.pointer)]);

        Some(Source {
            pointer_suffix: pointer_suffix(&path.segments),
            text: text.text.clone(),
            json,
            is_outer: around,
            node,
            tag,
        })
    }
    fn tag(&mut self, name: &str) -> TagId {
        let number = self.names.number(name, self.tags.len());
        if number == self.tags.len() {
            self.tags.push(TagName::new(name));
        }
        TagId::new(number)
    }

    /// The tag named by a key of the payload.
    fn derived_tag(&mut self, key: &str) -> TagId {
        if self.config.force_lowercase { self.tag(&key.to_ascii_lowercase()) } else { self.tag(key) }
    }
    fn tag_rule(&mut self, rule: &config::TagRule) -> TagRule {
        let name = rule.name.as_ref().map(|n| n.text.clone());
        if rule.source.is_empty() && rule.default_to.as_ref().is_none_or(|default| default.text.is_empty()) {
            self.no_sources(&rule.pointer, &rule.place, "the rule has neither a source nor a default");
        }
        let sources = self.sources(&rule.source, &name.as_deref().map_or(Gives::TagOfKey, Gives::Tag));
        let named = match (&name, sources.first()) {
            (Some(name), _) => Some(self.tag(name)),
            (None, Some(first)) => Some(first.tag),
            (None, None) => None,
        };
        if named.is_none() && rule.source.is_empty() && rule.default_to.is_some() {
            self.good = false;
            let told = |attribute| self.config.misspells(&rule.pointer, attribute);
            if !told("name") && !told("source") {
                let message = "`name` is missing, and there is no source to derive it from";
                let help = "add `\"name\"`: the tag that the default value is for";
                self.lacks("missing-attribute", &rule.pointer, &rule.place, message, help);
            }
        }
        let text = rule.default_to.as_ref().map(|d| d.text.clone()).filter(|text| !text.is_empty());
        let default = text.zip(named).map(|(text, tag)| Default { json: PaddedBytes::string(&text), tag });
        TagRule { json: PaddedBytes::rule(&rule.pointer), name, sources, default, flatten: rule.flatten }
    }

    /// A problem of something that an object lacks.
    fn lacks(
        &mut self,
        code: &'static str,
        pointer: &str,
        place: &Range<usize>,
        message: &'static str,
        help: &'static str,
    ) {
        self.problems.tell(&Told { code, pointer, span: place, message, help, args: &[] }, None);
    }
    fn no_sources(&mut self, pointer: &str, place: &Range<usize>, message: &'static str) {
        if !self.config.misspells(pointer, "source") && !self.config.cannot_read(pointer, "default_to") {
            let help = "list at least one field of the payload in `source`, or set a value in `default_to`";
            self.lacks("no-sources", pointer, place, message, help);
        }
    }
    fn status(&mut self) -> StatusRule {
        let rule = &self.config.status;
        if rule.source.is_empty() && rule.default_to.is_none() && !self.config.misspells(&rule.pointer, "default_to") {
            self.no_sources(&rule.pointer, &rule.place, "the status rule has neither a source nor a default");
        }
        let sources = self.sources(&rule.source, &Gives::NoTag);
        let mut values = Vec::new();
        for (status, listed) in &rule.map {
            let known = Status::parse(&status.text);
            values.extend(listed.iter().filter_map(|v| Some((v, known?))));
        }
        // Of equal values the first listed stays first, and is the one that is kept.
        let key = |n: usize| values.get(n).map(|(value, _): &(&Text, Status)| (value.text.len(), &value.text));
        let order = sorted(values.len(), &|a, b| key(a).cmp(&key(b)));
        values = arranged(values, &order);
        values.dedup_by(|(later, _), (earlier, _)| later.text == earlier.text);
        let default = rule.default_to.as_ref().and_then(|status| Status::parse(&status.text));
        StatusRule {
            json: PaddedBytes::rule(&rule.pointer),
            sources,
            pointers: values.iter().map(|(value, _)| value.pointer.clone()).collect(),
            values: values.into_iter().map(|(value, status)| (value.text.as_bytes().into(), status)).collect(),
            default: default.unwrap_or(Status::Critical),
        }
    }
    fn time(&mut self, rule: &config::TimeRule) -> TimeRule {
        if rule.source.is_empty() {
            self.no_sources(&rule.pointer, &rule.place, "the time rule has no source");
        }
        let sources = self.sources(&rule.source, &Gives::NoTag);
        let format = match rule.format.as_ref().map(|text| (text, Format::parse(&text.text))) {
            None => TimeFormat::Guess,
            Some((_, Ok(format))) => TimeFormat::Given(format),
            Some((text, Err(e))) => {
                self.invalid_format(text, e);
                TimeFormat::Unusable
            }
        };
        TimeRule { json: PaddedBytes::rule(&rule.pointer), sources, format }
    }
    fn filter(&mut self, text: &Text) -> Option<Filter> {
        let expression = match filter::parse(&text.text) {
            Ok(expression) => expression,
            Err(error) => {
                self.invalid_filter(text, error);
                return None;
            }
        };
        let mut sources = Vec::new();
        for comparison in expression.comparisons() {
            let filter::Field { text: path, span } = &comparison.field;
            let span = self.inside_filter(text, span);
            let field = Text { text: path.clone(), pointer: text.pointer.clone(), span };
            sources.push((comparison.span.start, self.source(&field, &Gives::Filter)?));
        }
        Some(Filter {
            json: PaddedBytes::rule(&text.pointer),
            pointer: text.pointer.clone(),
            text: text.text.clone(),
            expression,
            sources,
        })
    }
    fn invalid_filter(&mut self, text: &Text, error: FilterError) {
        self.good = false;
        let FilterError { span, message, help, replacement } = error;
        let meant = replacement.and_then(|meant| {
            let (before, after) = (text.text.get(..span.start)?, text.text.get(span.end..)?);
            Some(Fix::change_to(&text.span, &[before, &meant, after].concat()))
        });
        let (at, span) = (text.pointer.clone(), self.inside_filter(text, &span));
        let problem = Problem::new("filter-invalid", Document::Body, at, span, message).help(help);
        self.problems.push(Problem { suggestion: meant, ..problem });
    }
    /// The place in the body of a part of the filter, also where the body writes the filter with escapes: in JSON every
    /// quote of a value is one.
    fn inside_filter(&self, text: &Text, span: &Range<usize>) -> Range<usize> {
        let raw = &self.config.only_v2.raw_filter;
        let within = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
        if span.is_empty() || within.is_empty() {
            return text.span.clone();
        }
        let start = text.span.start + 1;
        start + decoded_to(within, span.start)..start + decoded_to(within, span.end)
    }
    fn invalid_format(&mut self, text: &Text, e: FormatError) {
        let span = inside(text, e.range.clone());
        // The suggestion stands for the part that is wrong; the edit is the whole text, written as JSON.
        let mended = e.suggestion.and_then(|meant| {
            let (before, after) = (text.text.get(..e.range.start)?, text.text.get(e.range.end..)?);
            let whole = [before, &meant, after].concat();
            Format::parse(&whole).is_ok().then(|| Fix::change_to(&text.span, &whole))
        });
        let problem = Problem::new("timestamp-format-invalid", Document::Body, text.pointer.clone(), span, e.message)
            .help(e.help);
        self.problems.push(Problem { suggestion: mended, ..problem });
    }
}

/// The place in the body of a part of a text. Where the body writes the text with escapes, the whole text.
pub(crate) fn inside(text: &Text, span: Range<usize>) -> Range<usize> {
    if span.is_empty() || text.span.len() != text.text.len() + 2 {
        return text.span.clone();
    }
    text.span.start + 1 + span.start..text.span.start + 1 + span.end
}
