//! What the rules make of one alert, before it is written.

use crate::compile::{Status, TagId};
use crate::extract::Slot;
use crate::json::Kind;
use crate::json::limits;
use crate::json::members::Value;
use crate::time::Reading;

/// What a tag rule came to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Choice {
    /// No source has a value and there is no default.
    Nothing,
    /// The value of the source with this number.
    Source(usize, Slot),
    /// As [`Choice::Source`], an object to be flattened.
    Flat(usize, Slot),
    Default,
    /// An earlier rule made the tag. The source number, if a source had a value.
    Shadowed(Option<usize>),
}

/// The name of a tag in an alert.
#[derive(Clone, Copy, Debug)]
pub(super) enum Name {
    /// Known from the configuration.
    Known(TagId),
    /// Made from the payload: its place in [`Decision::made`].
    Made(usize),
}

/// The value of a tag in an alert.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content {
    /// A value of the payload.
    Value { start: usize, end: usize, kind: Kind, flags: u8 },
    /// The default of the rule with this number.
    Default(usize),
    /// The time for people to read.
    Time,
}

/// What `known` holds for a number; worked out and kept when it holds nothing yet.
pub(super) fn once<T: Copy>(known: &mut Vec<Option<T>>, number: usize, work_out: impl FnOnce() -> T) -> T {
    if known.len() <= number {
        known.resize(number + 1, None);
    }
    match known.get_mut(number) {
        Some(place) => *place.get_or_insert_with(work_out),
        None => work_out(),
    }
}

impl Content {
    pub(super) fn of(value: &Value<'_>) -> Content {
        Content::Value { start: value.start, end: value.end, kind: value.kind, flags: value.flags }
    }

    pub(super) fn of_slot(slot: &Slot) -> Content {
        Content::Value { start: slot.start as usize, end: slot.end as usize, kind: slot.kind, flags: slot.flags }
    }
}

/// A tag of an alert.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    pub(super) name: Name,
    pub(super) content: Content,
    /// The rule that gave it; `None` for additional tags.
    pub(super) rule: Option<usize>,
    /// An earlier tag has the name, so this one is not in the alert. Kept only for the trace.
    pub(super) shadowed: bool,
    /// For the trace: its place in [`Decision::ways`].
    pub(super) way: Option<usize>,
}

/// A key that is given again in an object that is made into tags.
#[derive(Debug)]
pub(super) struct Repeated {
    /// The alert; `None` when the object is around the alerts.
    pub(super) alert: Option<u32>,
    /// Pointer from there.
    pub(super) way: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// How the status came about.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatusDecision {
    pub(super) status: Status,
    /// The source that gave it; `None`: the default.
    pub(super) source: Option<usize>,
}

/// How the time came about.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeDecision {
    /// Epoch seconds.
    pub(super) seconds: i64,
    /// The source that gave it and how it was read; `None`: the time of receipt.
    pub(super) source: Option<(usize, Reading)>,
}

/// What the rules make of one alert. Reused from alert to alert.
#[derive(Debug, Default)]
pub(super) struct Decision {
    /// One for each tag rule.
    pub(super) choices: Vec<Choice>,
    /// In the order of the alert.
    pub(super) tags: Vec<Tag>,
    /// Names made from the payload.
    pub(super) made: Vec<String>,
    /// For the trace, where values with such names stand: whether around the alert, and the pointer from there.
    pub(super) ways: Vec<(bool, String)>,
    /// Members of objects that are made into tags which take the place of earlier ones. Of the whole payload.
    pub(super) repeated: Vec<Repeated>,
    /// Those that are not in the list.
    pub(super) more_repeated: usize,
    /// Alerts of the payload so far.
    seen: usize,
    /// For each source of the status rule that looks around the alerts: what it gives, once it is known. Of the whole
    /// payload, as the next one.
    pub(super) statuses_around: Vec<Option<Option<Status>>>,
    /// As `statuses_around`, for the time rule.
    pub(super) times_around: Vec<Option<Option<(i64, Reading)>>>,
    /// Bytes in the names and pointers made for the alert.
    pub(super) made_bytes: usize,
    /// For each known tag, the number of the alert that last had it.
    taken: Vec<u32>,
    alert: u32,
}

impl Decision {
    /// Forgets what is known of the whole payload.
    pub(super) fn renew(&mut self) {
        self.choices.clear();
        self.made_bytes = 0;
        self.repeated.clear();
        self.more_repeated = 0;
        self.seen = 0;
        self.statuses_around.clear();
        self.times_around.clear();
    }

    /// Makes room for an alert of a program with `tags` known tag names.
    pub(super) fn begin(&mut self, tags: usize) {
        self.choices.clear();
        self.tags.clear();
        self.made.clear();
        self.ways.clear();
        self.made_bytes = 0;
        self.seen += 1;
        self.alert = self.alert.wrapping_add(1);
        if self.alert == 0 || self.taken.len() != tags {
            self.taken.clear();
            self.taken.resize(tags, 0);
            self.alert = 1;
        }
    }

    /// Takes a known tag for this alert; false when it is taken.
    pub(super) fn take(&mut self, tag: TagId) -> bool {
        let alert = self.alert;
        self.taken.get_mut(tag.index()).is_some_and(|taken| core::mem::replace(taken, alert) != alert)
    }

    /// Whether the names and pointers are more than an answer could hold; then no more are made.
    pub(super) fn is_full(&self) -> bool {
        self.made_bytes > limits::ANSWER_BYTES
    }

    /// Whether this is the first alert of its payload.
    pub(super) fn is_first(&self) -> bool {
        self.seen == 1
    }

    /// Whether a known tag is taken.
    pub(super) fn is_taken(&self, tag: TagId) -> bool {
        self.taken.get(tag.index()) == Some(&self.alert)
    }
}
