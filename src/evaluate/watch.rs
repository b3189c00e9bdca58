//! Watching a payload go through the rules, for advice on the rules.

use super::decision::{Choice, Content, Decision, StatusDecision, TimeDecision};
use super::{AdditionalTags, Buffers, Onlooker, ProcessOptions, Run, Scene, identifier, tags};
use crate::compile::{Program, Source};
use crate::diagnostic::Problems;
use crate::extract::{Extractor, Shape};
use crate::json::limits;
use crate::json::members::Value;
use core::ops::Range;

/// Sees what becomes of a payload.
pub(crate) trait Watch {
    /// What was seen so far does not count: the array of alerts is another one.
    fn forget(&mut self);

    /// An object, whether it gives an alert or not.
    fn alert(&mut self, seen: &Seen<'_>);

    /// An element that is no object, or the payload where that should be the one alert; and the pointer to it.
    fn other(&mut self, pointer: &str, element: &Value<'_>);
}

/// Shows a payload to `watch`. Gives what it turned out to be and where its array of alerts stands, if in an object. What
/// is wrong with its text goes to `problems`; where it cannot be read there is no shape.
pub(crate) fn watch(
    program: &Program,
    text: &[u8],
    watch: &mut dyn Watch,
    problems: &mut Problems,
) -> Option<(Shape, Range<usize>)> {
    let options =
        ProcessOptions { received_at_ms: 0.0, trace: false, additional_tags: AdditionalTags::Ignore, placed: false };
    let (mut buffers, mut extractor) = (Buffers::default(), Extractor::default());
    let watch = Some(Onlooker::Watch(watch));
    let shape = Run::new(program, text, &options, &mut buffers, watch).go(&mut extractor, problems)?;
    Some((shape, extractor.array(program).unwrap_or_default()))
}

/// What the rules make of one object.
pub(crate) struct Seen<'s> {
    program: &'s Program,
    scene: &'s Scene<'s>,
    decision: &'s Decision,
    status: StatusDecision,
    time: TimeDecision,
}

/// What a tag rule came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gave {
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
pub(crate) struct SeenTag<'s> {
    pub(crate) name: &'s str,
    /// `None`: a default, or the time for people to read.
    pub(crate) value: Option<Value<'s>>,
    /// The rule that gave it.
    pub(crate) rule: usize,
    pub(crate) shadowed: bool,
}

impl<'s> Seen<'s> {
    /// The number of the object among the elements.
    pub(crate) fn index(&self) -> u32 {
        self.scene.index
    }

    /// Whether it is the first of the payload.
    pub(crate) fn is_first(&self) -> bool {
        self.decision.is_first()
    }

    /// What stands at a source, and whether it counts as a value.
    pub(crate) fn value(&self, source: &Source) -> Option<(Value<'s>, bool)> {
        self.scene.slot(source).map(|slot| (slot.value(self.scene.text), slot.is_populated()))
    }

    /// What a tag rule came to.
    pub(crate) fn gave(&self, rule: usize) -> Gave {
        match self.decision.choices.get(rule) {
            Some(Choice::Source(source, _)) => Gave::Source(*source),
            Some(Choice::Flat(source, _)) => Gave::Fields(*source),
            Some(Choice::Default) => Gave::Default,
            Some(Choice::Shadowed(_)) => Gave::Shadowed,
            Some(Choice::Nothing) | None => Gave::Nothing,
        }
    }

    /// Whether a tag rule has a value, its own or that of the earlier rule with the same tag.
    pub(crate) fn has_value(&self, rule: usize) -> bool {
        identifier::tag_of_rule(self.program, self.decision, rule).is_some()
    }

    /// All tags, also those that lost their name to an earlier one.
    pub(crate) fn tags(&self) -> impl Iterator<Item = SeenTag<'s>> {
        let (program, decision, text) = (self.program, self.decision, self.scene.text);
        decision.tags.iter().map(move |tag| SeenTag {
            name: identifier::name_of(program, decision, tag.name),
            value: match tag.content {
                Content::Value { start, end, kind, flags } => Some(Value { text, start, end, kind, flags }),
                Content::Default(_) | Content::Time => None,
            },
            // No fields are mapped that no rule names.
            rule: tag.rule.unwrap_or(usize::MAX),
            shadowed: tag.shadowed,
        })
    }

    /// The number of the source that gave the status; `None`: the default.
    pub(crate) fn status_source(&self) -> Option<usize> {
        self.status.source
    }

    /// The number of the source that gave the time; `None`: the time of receipt.
    pub(crate) fn time_source(&self) -> Option<usize> {
        self.time.source.map(|(source, _)| source)
    }
}

/// What a look into an alert counts, in bytes of an answer: twenty million looks are as much as an answer may hold.
const LOOK: usize = 13;

impl Run<'_> {
    pub(super) fn show(&mut self, scene: &Scene<'_>, status: StatusDecision, time: TimeDecision) {
        let Some(Onlooker::Watch(watch)) = &mut self.watch else {
            return self.record(scene, status, time);
        };
        let Buffers { decision, .. } = &mut *self.buffers;
        tags::decide_call(self.program, scene, false, true, decision);
        watch.alert(&Seen { program: self.program, scene, decision, status, time });
        // A large object around many alerts is made into tags for each of them: more than any answer could hold. What
        // finds nothing counts too, since many rules may look into many alerts.
        self.made_bytes += decision.made_bytes + self.program.looks * LOOK;
        self.overflow = self.made_bytes > limits::ANSWER_BYTES;
    }
}
