//! Observing how the rules treat a payload, for advice on the rules.

use super::AlertSink;
use super::context::AlertContext;
use super::decision::FilterDecision;
use super::decision::{Content, Decision, Name, RuleResult, Tag, TagOptions};
use super::run::Evaluator;
use super::timestamp::reading;
use super::{identifier, tags, value};
use crate::compile::{Program, Property, Source};
use crate::diagnostic::Problems;
use crate::extract::{PayloadShape, push_pointer};
use crate::json::limits;
use crate::json::members::Value;
use crate::time::to_iso;
use core::ops::Range;
use std::borrow::Cow;

/// Observes the evaluation of a payload.
pub(crate) trait Observer {
    /// Discards everything observed so far: the alerts are in another array.
    fn restart(&mut self);

    /// An object, whether it gives an alert or not.
    fn alert(&mut self, alert: &ObservedAlert<'_>);

    /// An element that is not an object, or the payload where that should be the one alert; and what makes the pointer
    /// to it, which can be long.
    fn not_object(&mut self, pointer: &dyn Fn() -> String, element: &Value<'_>);
}

/// Evaluates a payload before `observer`. Returns what it is and where its array of alerts is, if in an object. What is
/// wrong with its text goes to `problems`; where it cannot be read there is no shape.
pub(crate) fn observe<O: Observer>(
    program: &Program,
    text: &[u8],
    observer: &mut O,
    problems: &mut Problems,
) -> Option<(PayloadShape, Range<usize>)> {
    let mut evaluator = Evaluator::default();
    let mut sink = ObserverSink { observer, cost: 0, is_first: true };
    let shape = evaluator.evaluate(program, text, 0.0, &mut sink, problems).shape?;
    Some((shape, evaluator.extractor.array(program).unwrap_or_default()))
}

/// What one lookup in an alert costs, in bytes of an answer: twenty million lookups are as much as an answer may hold.
const BYTES_PER_LOOKUP: usize = 13;

struct ObserverSink<'o, O> {
    observer: &'o mut O,
    /// Bytes of derived names, and what the lookups cost. A large outer object becomes tags of each of many alerts: more
    /// than any answer could hold. Lookups that find nothing count too, since many rules may look into many alerts.
    cost: usize,
    /// No alert was kept so far.
    is_first: bool,
}

impl<O: Observer> AlertSink for ObserverSink<'_, O> {
    fn alert(&mut self, alert: &AlertContext<'_>, decision: &mut Decision) -> bool {
        let map_rest = alert.program.map_remaining;
        tags::decide(alert, TagOptions { map_rest, keep_shadowed: true }, decision);
        self.observer.alert(&ObservedAlert { alert, decision, is_first: self.is_first });
        self.is_first &= alert.filter == FilterDecision::Dropped;
        self.cost += decision.derived_bytes + alert.program.lookups_per_alert * BYTES_PER_LOOKUP;
        // The observer sees by itself what has no primary value; the list of rejections is not used.
        true
    }

    fn dropped(&mut self, alert: &AlertContext<'_>, decision: &mut Decision) {
        // The sample has to have all fields, whatever becomes of its alerts.
        self.alert(alert, decision);
    }

    fn not_object(&mut self, pointer: &dyn Fn() -> String, element: &Value<'_>) {
        self.observer.not_object(pointer, element);
    }

    fn restart(&mut self) -> usize {
        self.observer.restart();
        self.is_first = true;
        0
    }

    fn is_full(&self) -> bool {
        self.cost > limits::ANSWER_BYTES
    }

    fn limit_message(&self, _is_out_of_budget: bool) -> String {
        "the sample has too many alerts for that many rules".to_owned()
    }
}

/// The results of the rules for one object.
pub(crate) struct ObservedAlert<'s> {
    alert: &'s AlertContext<'s>,
    decision: &'s Decision,
    is_first: bool,
}

/// The outcome of a tag rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleOutcome {
    /// No tag.
    Nothing,
    /// The value of the source with this number.
    Source(usize),
    /// A tag for each field of the object at the source with this number.
    Fields(usize),
    Default,
    /// The tag has a value of an earlier rule.
    Shadowed,
}

/// A tag of an alert, or one that an earlier one keeps out of it.
pub(crate) struct ObservedTag<'s> {
    pub(crate) name: &'s str,
    /// `None`: a default, or the time for people to read.
    pub(crate) value: Option<Value<'s>>,
    /// The rule that gave it; `usize::MAX`: none, as no rule names the field.
    pub(crate) rule: usize,
    pub(crate) shadowed: bool,
    /// The name comes from a key of the payload, and is none that the configuration has.
    pub(crate) is_derived: bool,
}

impl<'s> ObservedAlert<'s> {
    /// The number of the object among the elements.
    pub(crate) fn index(&self) -> u32 {
        self.alert.index
    }

    /// Whether it is the first of the payload that the filter does not drop.
    pub(crate) fn is_first(&self) -> bool {
        self.is_first
    }

    /// Whether the filter drops it.
    pub(crate) fn is_dropped(&self) -> bool {
        self.alert.filter == FilterDecision::Dropped
    }

    /// The value that a source leads to, and whether it counts as a value.
    pub(crate) fn value(&self, source: &Source) -> Option<(Value<'s>, bool)> {
        self.alert.slot(source).map(|slot| (slot.value(self.alert.text), slot.is_populated()))
    }

    /// RFC 6901 pointer to the value that a source leads to, from the object or the payload on, as the payload spells it.
    pub(crate) fn pointer(&self, source: &Source) -> Option<String> {
        let slot = self.alert.slot(source)?;
        let program = self.alert.program;
        let trie = if source.is_outer { &program.payload } else { &program.alert };
        let mut pointer = String::new();
        push_pointer(&mut pointer, trie, source.node, slot.key_spelling);
        Some(pointer)
    }

    /// The program whose rules these are.
    pub(crate) fn program(&self) -> &'s Program {
        self.alert.program
    }

    /// The object.
    pub(crate) fn element(&self) -> Value<'s> {
        self.alert.element
    }

    /// Whether a value is read as a time by the time rule.
    pub(crate) fn is_time(&self, value: &Value<'_>) -> bool {
        self.alert.program.time.as_ref().is_some_and(|rule| reading(rule, value).is_some())
    }

    /// The outcome of a tag rule.
    pub(crate) fn outcome(&self, rule: usize) -> RuleOutcome {
        match self.decision.results.get(rule) {
            Some(RuleResult::Source(source, _)) => RuleOutcome::Source(*source),
            Some(RuleResult::Flattened(source, _)) => RuleOutcome::Fields(*source),
            Some(RuleResult::Default) => RuleOutcome::Default,
            Some(RuleResult::Shadowed(_)) => RuleOutcome::Shadowed,
            Some(RuleResult::Nothing) | None => RuleOutcome::Nothing,
        }
    }

    /// Whether the alert has the primary or secondary property.
    pub(crate) fn has_property(&self, property: &Property) -> bool {
        identifier::tag_of_property(self.alert, self.decision, property).is_some()
    }

    /// The tags that identify the alert: those of the override that it has, else those of the primary and the secondary.
    /// None for an object that gives no alert.
    pub(crate) fn identity(&self) -> Vec<ObservedTag<'s>> {
        let (program, decision) = (self.alert.program, self.decision);
        let Some(primary) = identifier::tag_of_property(self.alert, decision, &program.primary) else {
            return Vec::new();
        };
        let overriding = program.identity.iter();
        let tags = overriding.flat_map(|identity| identifier::listed(identity, self.alert, decision)).flatten();
        let tags: Vec<_> = tags.map(|tag| self.observed(&tag)).collect();
        if !tags.is_empty() {
            return tags;
        }
        let secondary = program.secondary.as_ref();
        let secondary = secondary.and_then(|property| identifier::tag_of_property(self.alert, decision, property));
        [Some(primary), secondary].into_iter().flatten().map(|tag| self.observed(&tag)).collect()
    }

    /// The value of a tag as text.
    pub(crate) fn text_of(&self, tag: &ObservedTag<'s>) -> Cow<'s, str> {
        if let Some(value) = &tag.value {
            return value::text(value);
        }
        match self.alert.program.rules.get(tag.rule).and_then(|rule| rule.default.as_ref()) {
            Some(default) => Value::at(default.json.bytes(), 0).map(|value| value.text()).unwrap_or_default(),
            None => Cow::Owned(to_iso(self.alert.time.seconds)),
        }
    }

    fn observed(&self, tag: &Tag) -> ObservedTag<'s> {
        ObservedTag {
            name: identifier::name_of(self.alert.program, self.decision, tag.name),
            value: match tag.content {
                Content::Value { start, end, kind, flags } => {
                    Some(Value { text: self.alert.text, start, end, kind, flags })
                }
                Content::Default(_) | Content::Time => None,
            },
            rule: tag.rule.unwrap_or(usize::MAX),
            shadowed: tag.shadowed,
            is_derived: matches!(tag.name, Name::Derived(_)),
        }
    }

    /// All tags, also those that lost their name to an earlier one.
    pub(crate) fn tags(&self) -> impl Iterator<Item = ObservedTag<'s>> + use<'_, 's> {
        self.decision.tags.iter().map(|tag| self.observed(tag))
    }

    /// The number of the source that gave the status; `None`: the default.
    pub(crate) fn status_source(&self) -> Option<usize> {
        self.alert.status.source
    }

    /// The number of the source that gave the time; `None`: the time of receipt.
    pub(crate) fn time_source(&self) -> Option<usize> {
        self.alert.time.source.map(|(source, _)| source)
    }
}
