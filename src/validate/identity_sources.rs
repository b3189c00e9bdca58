//! The sources of the tags that identify alerts, compared with those of the status, the time and each other.

use super::sample::places;
use crate::compile::{Program, Property, Source};
use crate::config::{Config, TagRule, Text};
use crate::diagnostic::{Fix, Problems, edit};
use crate::json::key_index::KeyIndex;
use crate::path::ALERT_PREFIX;

/// The tag of the attribute of this name.
const BP_TIMESTAMP: &str = "bp_timestamp";

/// Reports identities that change with the status or the time, and a secondary property that repeats the primary.
pub(super) fn check(config: &Config, program: &Program, text: &[u8], problems: &mut Problems) {
    let by_status = paths(program, &program.status.sources);
    let by_time = program.time.as_ref().map(|rule| paths(program, &rule.sources)).unwrap_or_default();
    let identity = Identity::of(config, program);
    for (number, (written, rule)) in config.tag_rules().into_iter().zip(&program.rules).enumerate() {
        for place in places(&written.source, &rule.sources) {
            if !identity.has(program, number, place.source) {
                continue;
            }
            let path = path(program, place.source);
            let changes = if by_status.get(path).is_some() {
                Some((
                    "identity-has-status",
                    "{0} is a source of the status too, so the identity of an alert changes with its status",
                    "an alert that changes its identity is never resolved: identify it by what stays the same, such as the name of the check",
                ))
            } else if by_time.get(path).is_some() {
                Some((
                    "identity-has-time",
                    "{0} is a source of the time too, so each event has an identity of its own",
                    "an alert that changes its identity is never updated or resolved: identify it by what stays the same, such as the name of the check",
                ))
            } else {
                None
            };
            if let Some((code, message, help)) = changes.filter(|(code, ..)| !problems.enough(code)) {
                place.tell(code, message, help, &[], without(program, written, number, place.text, text), problems);
            }
        }
    }
    repeated(config, program, text, problems);
    readable_time(config, program, text, problems);
}

/// The path of a source. The prefix means nothing where the payload is the one alert.
fn path<'p>(program: &Program, source: &'p Source) -> &'p str {
    let bare = source.text.strip_prefix(ALERT_PREFIX).filter(|_| program.array.is_none());
    bare.unwrap_or(&source.text)
}

fn paths(program: &Program, sources: &[Source]) -> KeyIndex {
    let mut paths = KeyIndex::default();
    for (number, source) in sources.iter().enumerate() {
        paths.number(path(program, source), number);
    }
    paths
}

/// Which tags identify alerts, as far as the configuration alone tells.
enum Identity {
    /// Those of the primary and secondary property.
    Properties,
    /// Those with these names.
    Tags(KeyIndex),
    /// That depends on the payload, or cannot be read.
    Unknown,
}

impl Identity {
    fn of(config: &Config, program: &Program) -> Identity {
        if config.misspells(&config.pointer, "incident_identifier") {
            return Identity::Unknown;
        }
        let mut names = KeyIndex::default();
        let tags = config.identifier.as_ref().map_or(&[][..], |identifier| &identifier.tags);
        for (number, tag) in tags.iter().enumerate().filter(|(_, tag)| program.tag(&tag.text).is_some()) {
            names.number(&tag.text, number);
        }
        if tags.iter().any(|tag| names.get(&tag.text).is_some()) {
            Identity::Tags(names)
        } else if tags.is_empty() || !program.rules.iter().any(|rule| rule.flatten) {
            Identity::Properties
        } else {
            Identity::Unknown
        }
    }

    /// Whether a value of this source of a rule identifies alerts.
    fn has(&self, program: &Program, rule: usize, source: &Source) -> bool {
        match self {
            Identity::Properties => program.is_property_source(rule, source),
            Identity::Tags(names) => {
                program.tags.get(source.tag.index()).is_some_and(|tag| names.get(&tag.text).is_some())
            }
            Identity::Unknown => false,
        }
    }
}

/// Takes a source out of a rule that has others. Not from a rule that is named by its sources, and not from a primary
/// property without a default, which might have no value then.
fn without(program: &Program, rule: &TagRule, number: usize, source: &Text, text: &[u8]) -> Option<Fix> {
    let has_default = rule.default_to.as_ref().is_some_and(|default| !default.text.is_empty());
    let needs_value = program.can_be_primary(number) && !has_default;
    let safe = rule.source.len() > 1 && rule.name.is_some() && !needs_value;
    safe.then(|| Fix::one("remove {0} from the sources", &[&source.text], edit::remove(text, &source.span)))
}

/// Reports a secondary property that takes its value from where the primary does.
fn repeated(config: &Config, program: &Program, text: &[u8], problems: &mut Problems) {
    let rule_of = |property: &Property| match property {
        Property::Rule(number) => Some(*number),
        Property::Tags(list) => program.rule_of(&list.tags.first()?.name),
    };
    let (primary, secondary) = (rule_of(&program.primary), program.secondary.as_ref().and_then(rule_of));
    let rules = config.tag_rules();
    let written = |number: usize| rules.get(number).zip(program.rules.get(number));
    let (Some((_, primary)), Some(number)) = (primary.and_then(written), secondary) else {
        return;
    };
    let Some((written, secondary)) = written(number) else {
        return;
    };
    let mut places = places(&written.source, &secondary.sources).into_iter();
    let Some((primary, place)) = primary.sources.first().zip(places.next()) else {
        return;
    };
    if path(program, primary) == path(program, place.source) {
        // Without the first source, the second one is the first.
        let is_again = places.next().is_some_and(|next| path(program, next.source) == path(program, primary));
        let message = "{0} is the first source of the primary property too, so the secondary repeats its value";
        let help = "the secondary property distinguishes alerts of one primary value: use what is wrong, such as the name of the check, or leave it out";
        let fix = without(program, written, number, place.text, text).filter(|_| !is_again);
        place.tell("primary-is-secondary", message, help, &[], fix, problems);
    }
}

/// Reports an override that identifies alerts by the tag of `bp_timestamp`.
fn readable_time(config: &Config, program: &Program, text: &[u8], problems: &mut Problems) {
    let Some(identifier) = &config.identifier else {
        return;
    };
    // A rule that gives the tag goes before the attribute, and was checked by its sources.
    if program.rule_of(BP_TIMESTAMP) != Some(program.rules.len()) {
        return;
    }
    for tag in identifier.tags.iter().filter(|tag| tag.text == BP_TIMESTAMP) {
        let fix = Fix::one("remove it from the list", &[], edit::remove(text, &tag.span));
        let message = "{0} is the time of the event, so each event has an identity of its own";
        let help = "an alert that changes its identity is never updated or resolved: identify it by what stays the same, such as the name of the check";
        let others = identifier.tags.iter().any(|other| other.text != BP_TIMESTAMP);
        problems.tell(&tag.told("identity-has-time", message, help, &[&tag.text]), others.then_some(fix));
    }
}
