//! The trace: why an alert is what it is.
//!
//! The trace is derived from the finished decision and the same slots, so deciding does not depend on it, and a test
//! replays each trace and compares the alert. Steps are written as JSON at once; what the program knows beforehand
//! (rules, sources, pointers) is JSON text already.

use super::context::AlertContext;
use super::decision::FilterDecision;
use super::decision::{Content, Decision, Name, RuleResult, Tag};
use super::filter::holds;
use super::identifier::{listed, name_of, tag_of_property};
use super::output::OutputBuffer;
use super::status::look_up;
use super::timestamp::reading;
use super::trace_step::{Pointer, Shown, StepOutcome, StepParts, StepWriter};
use super::value;
use crate::compile::{DefaultValue, Filter, Property, Source, TagId, TagList, TagRule, TimeFormat, TimeRule};
use crate::extract::{Slot, push_pointer};
use crate::json::Kind;
use crate::json::escape::quoted;
use crate::json::members::Value;
use crate::json::place::Places;
use crate::time::{TimeError, to_iso, try_read};

/// The rule of tags that no rule gives.
const NO_RULE: &[u8] = b"\"rule\":\"\"";

const TAG: &[u8] = b"{\"kind\":\"tag\",";
const STATUS: &[u8] = b"{\"kind\":\"status\",";
const TIME: &[u8] = b"{\"kind\":\"timestamp\",";
const IDENTIFIER: &[u8] = b"{\"kind\":\"identifier\",";
const FILTER: &[u8] = b"{\"kind\":\"filter\",";

/// The key of the tag's name.
const NAME: &[u8] = b",\"tag\":";

/// No detail, and the beginning of one.
const NONE: &[u8] = b"";
const EARLIER: &[u8] = b"an earlier rule sets the tag";

/// Writes the trace of one alert.
pub(super) struct Tracer<'t> {
    alert: &'t AlertContext<'t>,
    decision: &'t Decision,
    writer: StepWriter<'t>,
}

impl<'t> Tracer<'t> {
    /// `places` are those of the payload if it was given as text.
    pub(super) fn new(
        alert: &'t AlertContext<'t>,
        decision: &'t Decision,
        places: Option<&'t Places<'t>>,
        out: &'t mut OutputBuffer,
    ) -> Tracer<'t> {
        Tracer { alert, decision, writer: StepWriter { alert, places, out } }
    }

    /// Appends the steps of the alert. For an alert that is not `accepted` these are only the filter and the tags: the
    /// primary one is missing. For one that the filter drops they are the filter alone.
    pub(super) fn write(mut self, accepted: bool) {
        let program = self.alert.program;
        if let Some(filter) = &program.filter {
            self.filter(filter);
        }
        if self.alert.filter == FilterDecision::Dropped {
            return;
        }
        for (number, rule) in program.rules.iter().enumerate() {
            self.tag_rule(number, rule);
        }
        self.other_tags();
        if accepted {
            self.status();
            self.time();
            self.identifier();
        }
    }

    /// One step for each comparison of the filter.
    fn filter(&mut self, filter: &'t Filter) {
        for comparison in filter.expression.comparisons() {
            let Some(source) = filter.source(comparison) else {
                continue;
            };
            let outcome = match holds(filter, comparison, self.alert) {
                Some(true) => StepOutcome::Matched,
                Some(false) if self.alert.slot(source).is_none() => StepOutcome::Missing,
                Some(false) => StepOutcome::Unmatched,
                None => StepOutcome::Unknown,
            };
            let written = quoted(filter.text.get(comparison.span.clone()).unwrap_or_default());
            let detail = written.get(1..written.len() - 1).unwrap_or_default();
            let head = [FILTER, filter.json.bytes(), source.json.bytes(), b"", b""];
            self.tried(head, source, NONE, plain(detail), outcome);
        }
    }

    /// The name of a tag as JSON text.
    fn name(&self, tag: TagId) -> &'t [u8] {
        let name = self.alert.program.tags.get(tag.index());
        name.and_then(|name| {
            let (json, start, len) = name.quoted();
            json.get(start..start + len)
        })
        .unwrap_or_default()
    }

    fn tag_rule(&mut self, number: usize, rule: &'t TagRule) {
        let Some(result) = self.decision.results.get(number).copied() else {
            return;
        };
        let (deciding, outcome) = match result {
            RuleResult::Source(source, _) => (Some(source), StepOutcome::Used),
            RuleResult::Flattened(source, _) => (Some(source), StepOutcome::Empty),
            RuleResult::Shadowed(source) => (source, StepOutcome::Shadowed),
            RuleResult::Default => (None, StepOutcome::Default),
            RuleResult::Nothing => (None, StepOutcome::Missing),
        };
        for source in rule.sources.iter().take(deciding.unwrap_or(rule.sources.len())) {
            self.tag_source(rule, source, NONE, self.without_value(source));
        }
        let flat = matches!(result, RuleResult::Flattened(..));
        let detail = if matches!(result, RuleResult::Shadowed(_)) { EARLIER } else { NONE };
        match (deciding.and_then(|source| rule.sources.get(source)), &rule.default) {
            (Some(source), _) if flat => self.flattened_tags(number, rule, source),
            (Some(source), _) => self.tag_source(rule, source, detail, outcome),
            (None, Some(default)) => self.default(rule, default, detail, outcome),
            (None, None) => {}
        }
    }

    fn tag_source(&mut self, rule: &TagRule, source: &Source, detail: &[u8], outcome: StepOutcome) {
        let head = [TAG, rule.json.bytes(), NAME, self.name(source.tag), source.json.bytes()];
        self.tried(head, source, NONE, plain(detail), outcome);
    }

    fn default(&mut self, rule: &TagRule, default: &DefaultValue, detail: &[u8], outcome: StepOutcome) {
        let head = [TAG, rule.json.bytes(), NAME, self.name(default.tag), b""];
        let shown = Shown::Text(default.json.bytes());
        self.step(head, Pointer::Nowhere, shown, NONE, plain(detail), outcome);
    }

    fn step(
        &mut self,
        head: [&[u8]; 5],
        pointer: Pointer<'_>,
        shown: Shown<'_>,
        result: &[u8],
        detail: [&[u8]; 3],
        outcome: StepOutcome,
    ) {
        self.writer.write(&StepParts { head, pointer, shown, result, detail, outcome });
    }

    /// The step of a source that was tried, with its value in the payload.
    fn tried(&mut self, head: [&[u8]; 5], source: &Source, result: &[u8], detail: [&[u8]; 3], outcome: StepOutcome) {
        let (pointer, shown) = match self.alert.slot(source) {
            Some(slot) => (self.pointer(source, slot), Shown::Value(slot.value(self.alert.text))),
            None => (Pointer::Nowhere, Shown::Nothing),
        };
        self.step(head, pointer, shown, result, detail, outcome);
    }

    /// The outcome of a source that has no value.
    fn without_value(&self, source: &Source) -> StepOutcome {
        if self.alert.slot(source).is_some() { StepOutcome::Empty } else { StepOutcome::Missing }
    }

    fn pointer<'s>(&self, source: &'s Source, slot: &Slot) -> Pointer<'s> {
        if slot.key_spelling == 0 && (source.is_outer || self.alert.pointers.are_plain()) {
            // As the source spells it: no key of the payload holds a dot.
            return Pointer::Source(source);
        }
        let program = self.alert.program;
        let trie = if source.is_outer { &program.payload } else { &program.alert };
        let mut pointer = self.beginning(source.is_outer);
        push_pointer(&mut pointer, trie, source.node, slot.key_spelling);
        Pointer::Text(quoted(&pointer))
    }

    /// How a pointer begins: with that to the alert, unless it leads into the outer payload.
    fn beginning(&self, is_outer: bool) -> String {
        if is_outer { String::new() } else { self.alert.pointers.element(self.alert.index) }
    }

    /// The tags that a rule made of an object.
    fn flattened_tags(&mut self, number: usize, rule: &TagRule, source: &Source) {
        let mut any = false;
        let decision = self.decision;
        for tag in decision.tags.iter().filter(|tag| tag.rule == Some(number)) {
            let name = quoted(name_of(self.alert.program, decision, tag.name));
            self.derived([TAG, rule.json.bytes(), source.json.bytes(), NAME, &name], tag);
            any = true;
        }
        if !any {
            let head = [TAG, rule.json.bytes(), source.json.bytes(), b"", b""];
            let detail = plain(b"nothing in the object is populated");
            self.tried(head, source, NONE, detail, StepOutcome::Empty);
        }
    }

    /// The step of a tag whose name was made from the payload.
    fn derived(&mut self, head: [&[u8]; 5], tag: &Tag) {
        let (mut pointer, mut shown) = (Pointer::Nowhere, Shown::Nothing);
        if let Content::Value { start, end, kind, flags } = tag.content {
            if let Some((is_outer, pointer_inside)) = tag.origin.and_then(|origin| self.decision.origins.get(origin)) {
                pointer = Pointer::Text(quoted(&[&*self.beginning(*is_outer), pointer_inside].concat()));
            }
            shown = Shown::Value(Value { text: self.alert.text, start, end, kind, flags });
        }
        let (detail, outcome) = match tag.shadowed {
            true => (plain(b"another rule sets the tag"), StepOutcome::Shadowed),
            false => (plain(NONE), StepOutcome::Used),
        };
        self.step(head, pointer, shown, NONE, detail, outcome);
    }

    /// The readable time and the additional tags.
    fn other_tags(&mut self) {
        let program = self.alert.program;
        let decision = self.decision;
        let ruled = program.rules.len();
        for tag in decision.tags.iter().filter(|tag| tag.rule.is_none_or(|rule| rule >= ruled)) {
            match (tag.content, &program.bp_timestamp) {
                (Content::Time, Some(bp)) => {
                    let head = [TAG, bp.json.bytes(), NAME, self.name(bp.tag), b""];
                    let time = quoted(&to_iso(self.alert.time.seconds));
                    let outcome = if tag.shadowed { StepOutcome::Shadowed } else { StepOutcome::Used };
                    let detail = plain(b"the alert's time, in UTC");
                    self.step(head, Pointer::Nowhere, Shown::Text(&time), NONE, detail, outcome);
                }
                _ => {
                    let name = quoted(name_of(program, decision, tag.name));
                    self.derived([TAG, NO_RULE, NAME, &name, b""], tag);
                }
            }
        }
    }

    fn status(&mut self) {
        let rule = &self.alert.program.status;
        let decided = self.alert.status;
        let head = |source: &'t Source| [STATUS, rule.json.bytes(), source.json.bytes(), b"", b""];
        for source in rule.sources.iter().take(decided.source.unwrap_or(rule.sources.len())) {
            let populated = self.alert.populated_slot(source).is_some();
            let outcome = if populated { StepOutcome::Unmatched } else { self.without_value(source) };
            self.tried(head(source), source, NONE, plain(NONE), outcome);
        }
        let word = decided.status.word().as_bytes();
        let Some(source) = decided.source.and_then(|source| rule.sources.get(source)) else {
            let (head, detail) = ([STATUS, rule.json.bytes(), b"", b"", b""], plain(NONE));
            return self.step(head, Pointer::Nowhere, Shown::Nothing, word, detail, StepOutcome::Default);
        };
        let value = self.alert.slot(source).map(|slot| slot.value(self.alert.text));
        let made;
        // What stands inside of a string without escapes can stand in another.
        let listed = match value.as_ref().and_then(value::plain) {
            Some(text) => text,
            None => {
                let readable = value.filter(|value| self.alert.budget.spend_reading(value));
                let found = readable.and_then(|value| look_up(rule, &value)).map(|(_, text)| quoted(&text));
                made = found.unwrap_or_default();
                made.get(1..made.len().saturating_sub(1)).unwrap_or_default()
            }
        };
        let detail: [&[u8]; 3] = [b"`", listed, &[b"` is listed under `", word, b"`"].concat()];
        self.tried(head(source), source, word, detail, StepOutcome::Used);
    }

    fn time(&mut self) {
        let decided = self.alert.time;
        let seconds = decided.seconds.to_string();
        let seconds = seconds.as_bytes();
        let (mut rule, mut detail) = (NO_RULE, &b"no rule names a time"[..]);
        if let Some(named) = &self.alert.program.time {
            let head = |source: &'t Source| [TIME, named.json.bytes(), source.json.bytes(), b"", b""];
            let deciding = decided.source.map(|(source, _)| source);
            for source in named.sources.iter().take(deciding.unwrap_or(named.sources.len())) {
                let (detail, outcome) = match self.alert.populated_slot(source) {
                    Some(slot) => (why_unread(named, &slot.value(self.alert.text)), StepOutcome::Unreadable),
                    None => (NONE, self.without_value(source)),
                };
                self.tried(head(source), source, NONE, plain(detail), outcome);
            }
            if let Some((source, how)) =
                decided.source.and_then(|(source, how)| Some((named.sources.get(source)?, how)))
            {
                let detail: [&[u8]; 3] = [b"read as ", how.in_words().as_bytes(), b""];
                return self.tried(head(source), source, seconds, detail, StepOutcome::Used);
            }
            (rule, detail) = (named.json.bytes(), NONE);
        }
        let head = [TIME, rule, b"", b"", b""];
        self.step(head, Pointer::Nowhere, Shown::Nothing, seconds, plain(detail), StepOutcome::ReceivedAt);
    }

    fn identifier(&mut self) {
        let program = self.alert.program;
        if let Some(identity) = &program.identity
            && self.listed_tags(identity, identity.tags.len())
        {
            return;
        }
        for property in program.properties() {
            match property {
                Property::Rule(number) => self.property_of_rule(*number, property),
                // The first tag that the alert has is the property.
                Property::Tags(list) => {
                    self.listed_tags(list, 1);
                }
            }
        }
    }

    /// The steps of a list of tags, up to those that identify: at most `count`. Returns whether the alert has any.
    fn listed_tags(&mut self, list: &'t TagList, count: usize) -> bool {
        let mut found = 0;
        for (tag, named) in listed(list, self.alert, self.decision).zip(&list.tags) {
            let head = [IDENTIFIER, list.json.bytes(), named.json.bytes(), b"", b""];
            found += usize::from(tag.is_some());
            self.identifying(head, tag.as_ref());
            if found == count {
                break;
            }
        }
        found > 0
    }

    fn property_of_rule(&mut self, number: usize, property: &Property) {
        let program = self.alert.program;
        let (Some(rule), Some(tag)) = (program.rules.get(number), tag_of_property(self.alert, self.decision, property))
        else {
            return;
        };
        let made;
        let name = match tag.name {
            Name::Known(known) => self.name(known),
            Name::Derived(_) => {
                made = quoted(name_of(program, self.decision, tag.name));
                &made
            }
        };
        self.identifying([IDENTIFIER, rule.json.bytes(), NAME, name, b""], Some(&tag));
    }

    /// The step of an identifying value.
    fn identifying(&mut self, head: [&[u8]; 5], tag: Option<&Tag>) {
        let time;
        let shown = match tag.map(|tag| tag.content) {
            None => Shown::Nothing,
            Some(Content::Value { start, end, kind, flags }) => {
                Shown::Value(Value { text: self.alert.text, start, end, kind, flags })
            }
            Some(Content::Default(rule)) => {
                let default = self.alert.program.rules.get(rule).and_then(|rule| rule.default.as_ref());
                default.map_or(Shown::Nothing, |default| Shown::Text(default.json.bytes()))
            }
            Some(Content::Time) => {
                time = quoted(&to_iso(self.alert.time.seconds));
                Shown::Text(&time)
            }
        };
        let outcome = if tag.is_some() { StepOutcome::Used } else { StepOutcome::Missing };
        self.step(head, Pointer::Nowhere, shown, NONE, plain(NONE), outcome);
    }
}

/// A detail of one piece.
fn plain(detail: &[u8]) -> [&[u8]; 3] {
    [detail, b"", b""]
}

fn why_unread(rule: &TimeRule, value: &Value<'_>) -> &'static [u8] {
    debug_assert!(reading(rule, value).is_none());
    let format = match &rule.format {
        TimeFormat::Unusable => return b"the format is not usable",
        TimeFormat::Guess => None,
        TimeFormat::Given(format) => Some(format),
    };
    // Reading the text of a long array or object would cost much, and none is a time.
    let why = match value.kind {
        Kind::String | Kind::Number => try_read(&value::text(value), format).err(),
        _ => None,
    };
    match why {
        Some(TimeError::BeforeEpoch) => b"a time before 1970 is not a time of an event",
        Some(TimeError::TooLate) => b"after the year 9999",
        Some(TimeError::Before2000) => b"a number that means a time before 2000 is not a time of an event",
        Some(TimeError::After2100) => b"a number that means a time after 2100 is not a time of an event",
        _ if format.is_some() => b"not written in the given format",
        _ => b"not written in a form that is recognised without a format",
    }
}
