//! The identities of the alerts in the sample.

use super::changing_text::changing_part;
use super::notes::brief;
use super::placeholder::Placeholder;
use super::{SourceRef, source_refs};
use crate::compile::{Program, Status};
use crate::config::Config;
use crate::diagnostic::{Problem, Problems, Severity, quote_input};
use crate::evaluate::{ObservedAlert, ObservedTag, RuleOutcome};
use crate::json::Kind;
use crate::json::key_index::KeyIndex;

/// Longest identity that is compared, in bytes.
const LONGEST: usize = 1_024;

/// Most bytes of identities that are compared: more than a payload has room for, unless alerts share a value.
const BYTES: usize = 8 << 20;

/// Most values that are noted.
const NOTED: usize = 100;

/// Most values of an identity that a message lists.
const LISTED: usize = 3;

/// Why a value is not suitable to identify an alert.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unsuitable {
    /// It is listed under this status.
    Status(Status),
    Placeholder(Placeholder),
    /// It contains this, such as "a time".
    Changing(&'static str),
}

/// An unsuitable value and its source.
struct UnsuitableValue {
    rule: usize,
    source: usize,
    value: String,
    why: Unsuitable,
}

/// Two alerts with one identity.
struct SharedIdentity {
    first: usize,
    second: u32,
    values: String,
}

/// What is noted of identities.
#[derive(Default)]
pub(super) struct IdentityNotes {
    unsuitable: Vec<UnsuitableValue>,
    /// Each identity, with the index of the first alert that has it.
    first_alerts: KeyIndex,
    bytes: usize,
    shared: Option<SharedIdentity>,
    /// How many more alerts have the identity of an earlier one.
    more: usize,
}

impl IdentityNotes {
    pub(super) fn alert(&mut self, program: &Program, seen: &ObservedAlert<'_>) {
        let identity = seen.identity();
        for tag in &identity {
            self.check_value(program, tag, seen);
        }
        self.compare(&identity, seen);
    }

    fn compare(&mut self, identity: &[ObservedTag<'_>], seen: &ObservedAlert<'_>) {
        let mut key = String::new();
        for tag in identity {
            if key.len() + tag.value.map_or(0, |value| value.end - value.start) > LONGEST {
                return;
            }
            let text = seen.text_of(tag);
            // A list and its text are different values; with the length no two identities have the same key.
            key.push_str(if tag.value.is_some_and(|value| value.kind == Kind::Array) { "l" } else { "t" });
            key.push_str(&text.len().to_string());
            key.push(':');
            key.push_str(&text);
        }
        self.bytes += key.len();
        if key.is_empty() || key.len() > LONGEST || self.bytes > BYTES {
            return;
        }
        let index = seen.index();
        let first = self.first_alerts.get_or_insert(&key, index as usize);
        if first == index as usize {
            return;
        }
        if self.shared.is_some() {
            self.more += 1;
            return;
        }
        let values: Vec<String> = identity.iter().take(LISTED).map(|tag| quote_input(&seen.text_of(tag))).collect();
        self.shared = Some(SharedIdentity { first, second: index, values: values.join(", ") });
    }

    fn check_value(&mut self, program: &Program, tag: &ObservedTag<'_>, seen: &ObservedAlert<'_>) {
        let RuleOutcome::Source(source) = seen.outcome(tag.rule) else {
            return;
        };
        let Some(value) = tag.value.filter(|value| value.kind == Kind::String && value.end - value.start <= LONGEST)
        else {
            return;
        };
        let found = program.rules.get(tag.rule).and_then(|rule| rule.sources.get(source));
        // A value of the outer payload is the same for all alerts.
        let Some(found) = found.filter(|source| !source.is_outer || seen.is_first()) else {
            return;
        };
        if self.unsuitable.len() >= NOTED
            || self.unsuitable.iter().any(|one| (one.rule, one.source) == (tag.rule, source))
        {
            return;
        }
        let text = value.text();
        // A source that the status has too is reported without the sample.
        let of_status = || program.status.sources.iter().any(|s| (s.is_outer, s.node) == (found.is_outer, found.node));
        let is_word = text.len() > 1 && text.bytes().any(|b| b.is_ascii_alphabetic());
        let why = if let Some(placeholder) = Placeholder::of(&text) {
            Unsuitable::Placeholder(placeholder)
        } else if let Some(status) = program.status.look_up(text.as_bytes()).filter(|_| is_word && !of_status()) {
            Unsuitable::Status(status)
        } else {
            let status = seen.status_source().and_then(|n| seen.value(program.status.sources.get(n)?));
            let status = status.map(|(value, _)| brief(&value)).unwrap_or_default();
            match changing_part(&text, &status) {
                Some(part) => Unsuitable::Changing(part),
                None => return,
            }
        };
        self.unsuitable.push(UnsuitableValue { rule: tag.rule, source, value: text.into_owned(), why });
    }
}

/// Reports what the sample shows of identities. `explained`: the mildest of what was reported of each source of the
/// secondary property.
pub(super) fn check(
    config: &Config,
    program: &Program,
    notes: &IdentityNotes,
    explained: Option<Severity>,
    problems: &mut Problems,
) {
    let rules = config.tag_rules();
    for UnsuitableValue { rule, source, value, why } in &notes.unsuitable {
        let (Some(written), Some(compiled)) = (rules.get(*rule), program.rules.get(*rule)) else {
            continue;
        };
        if let Some(source_ref) = source_refs(&written.source, &compiled.sources).get(*source) {
            problems.push(unsuitable_value(source_ref, value, *why));
        }
    }
    // If a tag of the identity is not found, that is the reason.
    let unread = config.misspells(&config.at.pointer, "secondary_property") || problems.has("identifier-unknown-tag");
    if let Some(shared) = notes.shared.as_ref().filter(|_| explained.is_none() && !unread) {
        problems.push(not_unique(config, shared, notes.more));
    }
}

fn unsuitable_value(source_ref: &SourceRef<'_>, value: &str, why: Unsuitable) -> Problem {
    let quoted = quote_input(value);
    match why {
        Unsuitable::Placeholder(placeholder) => placeholder.problem(source_ref, value),
        Unsuitable::Status(status) => {
            let message = format!(
                "{quoted} in the sample is listed under `{}`, so the identity of an alert changes with its status",
                status.word()
            );
            let help = "an alert that changes its identity is never resolved: identify it by what stays the same, such as the name of the check";
            source_ref.problem("identity-has-status", message).help(help)
        }
        Unsuitable::Changing(part) => {
            let message =
                format!("{quoted} in the sample contains {part}, so the identity of an alert changes with this text");
            let help = "an alert that changes its identity is never updated or resolved: identify it by a name that stays the same, and keep the text in another tag";
            source_ref.problem("identity-unstable", message).help(help)
        }
    }
}

/// Reported at what identifies alerts: the override, else the last of the two properties.
fn not_unique(config: &Config, shared: &SharedIdentity, more: usize) -> Problem {
    let (primary, secondary) = config.property_locations();
    let overriding = config.identifier.as_ref().filter(|list| !list.tags.is_empty()).map(|list| &list.at);
    let at = overriding.or(secondary).unwrap_or(primary);
    let SharedIdentity { first, second, values } = shared;
    let (first, second) = (first + 1, second + 1);
    let mut message = format!("alerts {first} and {second} of the sample have the same identity, {values}");
    if more > 0 {
        message.push_str(&format!(", and {more} more repeat one"));
    }
    let help = "alerts of one identity are one alert, and the last of them replaces the others: identify them by a field in which they differ";
    at.problem("identity-not-unique", message).help(help)
}
