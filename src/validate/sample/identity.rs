//! The identities of the alerts in the sample.

use super::changing_text::changing_part;
use super::notes::brief;
use super::placeholder::Placeholder;
use super::{Place, places};
use crate::compile::{Program, Status};
use crate::config::{self, Config};
use crate::diagnostic::{Problems, Severity, Told, shown};
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

/// What is odd about a value that identifies an alert.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Oddity {
    /// It is listed under this status.
    Status(Status),
    Placeholder(Placeholder),
    /// It has this in it.
    Changing(&'static str),
}

/// A value that identifies an alert, and where it is from.
struct OddValue {
    rule: usize,
    source: usize,
    value: String,
    oddity: Oddity,
}

/// Two alerts with one identity.
struct Repeated {
    first: usize,
    second: u32,
    values: String,
}

/// What is noted of identities.
#[derive(Default)]
pub(super) struct IdentityNotes {
    odd: Vec<OddValue>,
    /// Each identity, with the number of the element that has it first.
    known: KeyIndex,
    bytes: usize,
    repeated: Option<Repeated>,
    /// How many more alerts have an identity that an earlier one has.
    more: usize,
}

impl IdentityNotes {
    pub(super) fn alert(&mut self, program: &Program, seen: &ObservedAlert<'_>) {
        let identity = seen.identity();
        for tag in &identity {
            self.value(program, tag, seen);
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
        let first = self.known.number(&key, index as usize);
        if first == index as usize {
            return;
        }
        if self.repeated.is_some() {
            self.more += 1;
            return;
        }
        let values: Vec<String> = identity.iter().take(LISTED).map(|tag| shown(&seen.text_of(tag))).collect();
        self.repeated = Some(Repeated { first, second: index, values: values.join(", ") });
    }

    fn value(&mut self, program: &Program, tag: &ObservedTag<'_>, seen: &ObservedAlert<'_>) {
        let RuleOutcome::Source(source) = seen.outcome(tag.rule) else {
            return;
        };
        let Some(value) = tag.value.filter(|value| value.kind == Kind::String && value.end - value.start <= LONGEST)
        else {
            return;
        };
        let found = program.rules.get(tag.rule).and_then(|rule| rule.sources.get(source));
        // What stands around the alerts is the same for each of them.
        let Some(found) = found.filter(|source| !source.is_outer || seen.is_first()) else {
            return;
        };
        if self.odd.len() >= NOTED || self.odd.iter().any(|odd| (odd.rule, odd.source) == (tag.rule, source)) {
            return;
        }
        let text = value.text();
        // That the source is one of the status is reported without the sample.
        let of_status = || program.status.sources.iter().any(|s| (s.is_outer, s.node) == (found.is_outer, found.node));
        let is_word = text.len() > 1 && text.bytes().any(|b| b.is_ascii_alphabetic());
        let oddity = if let Some(placeholder) = Placeholder::of(&text) {
            Oddity::Placeholder(placeholder)
        } else if let Some(status) = program.status.look_up(text.as_bytes()).filter(|_| is_word && !of_status()) {
            Oddity::Status(status)
        } else {
            let status = seen.status_source().and_then(|n| seen.value(program.status.sources.get(n)?));
            let status = status.map(|(value, _)| brief(&value)).unwrap_or_default();
            match changing_part(&text, &status) {
                Some(part) => Oddity::Changing(part),
                None => return,
            }
        };
        self.odd.push(OddValue { rule: tag.rule, source, value: text.into_owned(), oddity });
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
    for OddValue { rule, source, value, oddity } in &notes.odd {
        let (Some(written), Some(compiled)) = (rules.get(*rule), program.rules.get(*rule)) else {
            continue;
        };
        if let Some(place) = places(&written.source, &compiled.sources).get(*source) {
            odd(place, value, *oddity, problems);
        }
    }
    // Where a tag of the identity is not found, that is the reason.
    let unread = config.misspells(&config.pointer, "secondary_property") || problems.has("identifier-unknown-tag");
    if let Some(repeated) = notes.repeated.as_ref().filter(|_| explained.is_none() && !unread) {
        not_unique(config, repeated, notes.more, problems);
    }
}

fn odd(place: &Place<'_>, value: &str, oddity: Oddity, problems: &mut Problems) {
    let (code, message, help, word) = match oddity {
        Oddity::Placeholder(placeholder) => ("placeholder-value", placeholder.message(), placeholder.help(), ""),
        Oddity::Status(status) => (
            "identity-has-status",
            "{1} in the sample is listed under `{=2}`, so the identity of an alert changes with its status",
            "an alert that changes its identity is never resolved: identify it by what stays the same, such as the name of the check",
            status.word(),
        ),
        Oddity::Changing(part) => (
            "identity-unstable",
            "{1} in the sample contains {=2}, so the identity of an alert changes with this text",
            "an alert that changes its identity is never updated or resolved: identify it by a name that stays the same, and keep the text in another tag",
            part,
        ),
    };
    place.tell(code, message, help, &[value, word], None, problems);
}

/// Reported at what identifies alerts: the override, else the last of the two properties.
fn not_unique(config: &Config, repeated: &Repeated, more: usize, problems: &mut Problems) {
    let (primary, secondary) = config.places_of_properties();
    let overriding = config.identifier.as_ref().filter(|list| !list.tags.is_empty());
    let overriding = overriding.map(|list| config::Place { pointer: &list.pointer, span: &list.place });
    let config::Place { pointer, span } = overriding.or(secondary).unwrap_or(primary);
    let message = match more {
        0 => "alerts {=0} and {=1} of the sample have the same identity, {=2}",
        _ => "alerts {=0} and {=1} of the sample have the same identity, {=2}, and {=3} more repeat one",
    };
    let numbers = [repeated.first + 1, repeated.second as usize + 1, more].map(|number| number.to_string());
    let [first, second, more] = &numbers;
    let told = Told {
        code: "identity-not-unique",
        pointer,
        span,
        message,
        help: "alerts of one identity are one alert, and the last of them replaces the others: identify them by a field in which they differ",
        args: &[first, second, &repeated.values, more],
    };
    problems.tell(&told, None);
}
