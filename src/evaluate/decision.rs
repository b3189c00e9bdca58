//! The results of the rules for one alert, before it is written.

use crate::compile::{Status, TagId};
use crate::extract::Slot;
use crate::json::Kind;
use crate::json::limits;
use crate::json::members::Value;
use crate::time::Reading;

/// What the filter says of an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FilterDecision {
    /// It does not match, or there is none.
    Kept,
    /// It matches.
    Dropped,
    /// It depends on a regular expression, which is not run. The alert is kept.
    Unknown,
}

/// The result of a tag rule.
#[derive(Clone, Copy, Debug)]
pub(super) enum RuleResult {
    /// No source has a value and there is no default.
    Nothing,
    /// The value of the source with this number.
    Source(usize, Slot),
    /// As [`RuleResult::Source`], an object to be flattened.
    Flattened(usize, Slot),
    Default,
    /// An earlier rule gives the tag. The source number, if a source had a value.
    Shadowed(Option<usize>),
}

/// The name of a tag in an alert.
#[derive(Clone, Copy, Debug)]
pub(super) enum Name {
    /// Known from the configuration.
    Known(TagId),
    /// Derived from a key of the payload: its position in [`Decision::derived_names`].
    Derived(usize),
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
    /// An earlier tag has the name, so this one is not in the alert. Kept only where [`TagOptions::keep_shadowed`] is set.
    pub(super) shadowed: bool,
    /// Of a shadowed or derived tag: the position of its place in [`Decision::origins`].
    pub(super) origin: Option<usize>,
}

/// A key that occurs again in an object from which tags are derived.
#[derive(Debug)]
pub(super) struct Repeated {
    /// The alert; `None` when the object is in the outer payload.
    pub(super) alert: Option<u32>,
    /// Pointer from there.
    pub(super) pointer: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The status of an alert and where it is from.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatusDecision {
    pub(super) status: Status,
    /// The source that gave it; `None`: the default.
    pub(super) source: Option<usize>,
}

/// The time of an alert and where it is from.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeDecision {
    /// Epoch seconds.
    pub(super) seconds: i64,
    /// The source that gave it and how it was read; `None`: the time of receipt.
    pub(super) source: Option<(usize, Reading)>,
}

/// Which tags are decided.
#[derive(Clone, Copy, Debug)]
pub(super) struct TagOptions {
    /// Fields that no rule names become tags.
    pub(super) map_rest: bool,
    /// Tags that lose their name to an earlier one are kept, and the places of values are noted.
    pub(super) keep_shadowed: bool,
}

/// The results of the rules for one alert. Reused from alert to alert.
#[derive(Debug, Default)]
pub(super) struct Decision {
    /// One for each tag rule.
    pub(super) results: Vec<RuleResult>,
    /// In the order of the alert.
    pub(super) tags: Vec<Tag>,
    /// Names derived from keys of the payload.
    pub(super) derived_names: Vec<String>,
    /// Where the values of such tags are: whether in the outer payload, and the pointer from there.
    pub(super) origins: Vec<(bool, String)>,
    /// Members, of objects from which tags are derived, that replace earlier ones. Of the whole payload.
    pub(super) repeated: Vec<Repeated>,
    /// Those that are not in the list.
    pub(super) more_repeated: usize,
    /// Alerts of the payload so far.
    seen: usize,
    /// For each source of the status rule in the outer payload: its result, once it is known. Of the whole payload, as
    /// the next one.
    pub(super) outer_statuses: Vec<Option<Option<Status>>>,
    /// As `outer_statuses`, for the time rule.
    pub(super) outer_times: Vec<Option<Option<(i64, Reading)>>>,
    /// An array is among the fields that no rule names. Of the whole payload.
    pub(super) has_remaining_array: bool,
    /// Bytes in the names and pointers derived for the alert.
    pub(super) derived_bytes: usize,
    /// For each known tag, the number of the alert that last had it.
    claimed: Vec<u32>,
    alert: u32,
}

impl Decision {
    /// Forgets what is known of the whole payload.
    pub(super) fn renew(&mut self) {
        self.results.clear();
        self.derived_bytes = 0;
        self.repeated.clear();
        self.more_repeated = 0;
        self.seen = 0;
        self.outer_statuses.clear();
        self.outer_times.clear();
        self.has_remaining_array = false;
    }

    /// Makes room for an alert of a program with `tags` known tag names.
    pub(super) fn begin_alert(&mut self, tags: usize) {
        self.results.clear();
        self.tags.clear();
        self.derived_names.clear();
        self.origins.clear();
        self.derived_bytes = 0;
        self.seen += 1;
        self.alert = self.alert.wrapping_add(1);
        if self.alert == 0 || self.claimed.len() != tags {
            self.claimed.clear();
            self.claimed.resize(tags, 0);
            self.alert = 1;
        }
    }

    /// Claims a known tag for this alert; false when it is claimed already.
    pub(super) fn claim(&mut self, tag: TagId) -> bool {
        let alert = self.alert;
        self.claimed.get_mut(tag.index()).is_some_and(|claimed| core::mem::replace(claimed, alert) != alert)
    }

    /// Whether a known tag is claimed.
    pub(super) fn is_claimed(&self, tag: TagId) -> bool {
        self.claimed.get(tag.index()) == Some(&self.alert)
    }

    /// Whether the derived names and pointers are more than an answer could hold; then no more are derived.
    pub(super) fn is_full(&self) -> bool {
        self.derived_bytes > limits::ANSWER_BYTES
    }

    /// Whether this is the first alert of its payload.
    pub(super) fn is_first(&self) -> bool {
        self.seen == 1
    }
}

/// What `known` holds for a number; computed and kept when it holds nothing yet.
pub(super) fn get_or_compute<T: Copy>(known: &mut Vec<Option<T>>, number: usize, compute: impl FnOnce() -> T) -> T {
    if known.len() <= number {
        known.resize(number + 1, None);
    }
    match known.get_mut(number) {
        Some(place) => *place.get_or_insert_with(compute),
        None => compute(),
    }
}
