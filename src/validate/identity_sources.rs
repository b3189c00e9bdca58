//! The sources of the tags that identify alerts, compared with those of the status, the time and each other.

use super::sample::source_refs;
use crate::compile::{Program, Property, Source};
use crate::config::{Config, LocatedText, WrittenTagRule};
use crate::diagnostic::{Fix, Problems, edit, quote_input};
use crate::path::ALERT_PREFIX;
use std::collections::HashSet;

/// The tag of the attribute of this name.
const BP_TIMESTAMP: &str = "bp_timestamp";

const IDENTITY_CHANGES: &str = "an alert that changes its identity is never updated or resolved: identify it by what stays the same, such as the name of the check";

/// Reports identities that change with the status or the time, and a secondary property that repeats the primary.
pub(super) fn check(config: &Config, program: &Program, text: &[u8], problems: &mut Problems) {
    let by_status = paths(program, &program.status.sources);
    let by_time = program.time.as_ref().map(|rule| paths(program, &rule.sources)).unwrap_or_default();
    let identity = Identity::of(config, program);
    for (number, (written, rule)) in config.tag_rules().into_iter().zip(&program.rules).enumerate() {
        for source_ref in source_refs(&written.source, &rule.sources) {
            if !identity.has(program, number, source_ref.source) {
                continue;
            }
            let path = path(program, source_ref.source);
            let (code, consequence, help) = if by_status.contains(path) {
                (
                    "identity-has-status",
                    "a source of the status too, so the identity of an alert changes with its status",
                    "an alert that changes its identity is never resolved: identify it by what stays the same, such as the name of the check",
                )
            } else if by_time.contains(path) {
                (
                    "identity-has-time",
                    "a source of the time too, so each event has an identity of its own",
                    IDENTITY_CHANGES,
                )
            } else {
                continue;
            };
            if !problems.at_limit(code) {
                let message = format!("{} is {consequence}", source_ref.quoted());
                let fix = remove_source(program, written, number, source_ref.text, text);
                problems.push(source_ref.problem(code, message).help(help).fix(fix));
            }
        }
    }
    report_repeated_source(config, program, text, problems);
    report_bp_timestamp(config, program, text, problems);
}

/// The path of a source. The prefix has no meaning if the payload is the one alert.
fn path<'p>(program: &Program, source: &'p Source) -> &'p str {
    let bare = source.text.strip_prefix(ALERT_PREFIX).filter(|_| program.array.is_none());
    bare.unwrap_or(&source.text)
}

fn paths<'p>(program: &Program, sources: &'p [Source]) -> HashSet<&'p str> {
    sources.iter().map(|source| path(program, source)).collect()
}

/// Which tags identify alerts, as far as the configuration alone says.
enum Identity<'c> {
    /// Those of the primary and secondary property.
    Properties,
    /// Those with these names.
    Tags(HashSet<&'c str>),
    /// That depends on the payload, or cannot be read.
    Unknown,
}

impl<'c> Identity<'c> {
    fn of(config: &'c Config, program: &Program) -> Identity<'c> {
        if config.misspells(&config.at.pointer, "incident_identifier") {
            return Identity::Unknown;
        }
        let tags = config.identifier.as_ref().map_or(&[][..], |identifier| &identifier.tags);
        let known = tags.iter().filter(|tag| program.tag(&tag.text).is_some());
        let names: HashSet<&str> = known.map(|tag| &*tag.text).collect();
        if !names.is_empty() {
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
            Identity::Tags(names) => program.tags.get(source.tag.index()).is_some_and(|tag| names.contains(&*tag.text)),
            Identity::Unknown => false,
        }
    }
}

/// Removes a source from a rule that has others. Not from a rule that is named by its sources, and not from a primary
/// property without a default, which might then have no value.
fn remove_source(
    program: &Program,
    rule: &WrittenTagRule,
    number: usize,
    source: &LocatedText,
    text: &[u8],
) -> Option<Fix> {
    let has_default = rule.default_to.as_ref().is_some_and(|default| !default.text.is_empty());
    let needs_value = program.can_be_primary(number) && !has_default;
    let safe = rule.source.len() > 1 && rule.name.is_some() && !needs_value;
    let title = || format!("remove {} from the sources", quote_input(&source.text));
    safe.then(|| Fix::new(title(), edit::remove(text, &source.span)))
}

/// Reports a secondary property that takes its value from where the primary does.
fn report_repeated_source(config: &Config, program: &Program, text: &[u8], problems: &mut Problems) {
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
    let mut sources = source_refs(&written.source, &secondary.sources).into_iter();
    let Some((primary, source_ref)) = primary.sources.first().zip(sources.next()) else {
        return;
    };
    if path(program, primary) == path(program, source_ref.source) {
        // Without the first source, the second one is the first.
        let is_again = sources.next().is_some_and(|next| path(program, next.source) == path(program, primary));
        let path = source_ref.quoted();
        let message =
            format!("{path} is the first source of the primary property too, so the secondary repeats its value");
        let help = "the secondary property distinguishes alerts of one primary value: use the field that says what is wrong, such as the name of the check, or leave it out";
        let fix = remove_source(program, written, number, source_ref.text, text).filter(|_| !is_again);
        problems.push(source_ref.problem("primary-is-secondary", message).help(help).fix(fix));
    }
}

/// Reports an override that identifies alerts by the tag of `bp_timestamp`.
fn report_bp_timestamp(config: &Config, program: &Program, text: &[u8], problems: &mut Problems) {
    let Some(identifier) = &config.identifier else {
        return;
    };
    // A rule that gives the tag wins over the attribute, and was checked by its sources.
    if program.rule_of(BP_TIMESTAMP) != Some(program.rules.len()) {
        return;
    }
    let has_others = identifier.tags.iter().any(|other| other.text != BP_TIMESTAMP);
    for tag in identifier.tags.iter().filter(|tag| tag.text == BP_TIMESTAMP) {
        let fix = Fix::new("remove it from the list", edit::remove(text, &tag.span));
        let message = "`bp_timestamp` is the time of the event, so each event has an identity of its own";
        let problem = tag.problem("identity-has-time", message).help(IDENTITY_CHANGES);
        problems.push(problem.fix(has_others.then_some(fix)));
    }
}
