//! What only configurations of version 2 have.

use crate::compile::{Program, Property, Status};
use crate::config::{Config, OnlyV2, Properties, Switch, TagList};
use crate::diagnostic::{Fix, Problems, Severity, Told, edit, nearest};
use crate::json::members::key_before;

/// The version that BigPanda documents.
const VERSION: &str = "2.0";

pub(super) fn check(config: &Config, program: &Program, text: &[u8], problems: &mut Problems) {
    let Properties::Tags { primary, secondary } = &config.properties else {
        return;
    };
    let only = &config.only_v2;
    version(only, problems);
    defaults(config, text, problems);
    statuses(config, text, problems);
    spellings(only, text, problems);
    not_simulated(only, program, problems);
    let is_empty = |list: &TagList, attribute| list.tags.is_empty() && !config.misspells(&config.pointer, attribute);
    if is_empty(primary, "primary_property") {
        let help = "name a tag that every alert has: BigPanda cannot receive an alert without a primary value";
        empty("primary-empty", primary, "`primary_property` names no tag", help, problems);
    }
    property(program, primary, &program.primary, Severity::Error, problems);
    if let (Some(list), Some(compiled)) = (secondary, &program.secondary) {
        if is_empty(list, "secondary_property") {
            let help = "name a tag with what is wrong, such as the name of the check, unless one alert per primary value is enough";
            empty("secondary-missing", list, "`secondary_property` names no tag", help, problems);
        }
        property(program, list, compiled, Severity::Warning, problems);
    }
}

/// Reports a list without a tag.
fn empty(code: &'static str, list: &TagList, message: &'static str, help: &'static str, problems: &mut Problems) {
    let TagList { pointer, place: span, .. } = list;
    problems.tell(&Told { code, pointer, span, message, help, args: &[] }, None);
}

fn version(only: &OnlyV2, problems: &mut Problems) {
    if let Some(version) = only.version.as_ref().filter(|version| version.text != VERSION) {
        let message = "{0} is no version that BigPanda documents";
        let help = "version 2 of the configuration has `\"version\": \"2.0\"`";
        let args = [&*version.text];
        let told = version.told("attribute-undocumented", message, help, &args);
        problems.tell_as(Severity::Warning, &told, Some(Fix::change_to(&version.span, VERSION)));
    }
    if let Some(Switch { pointer, place }) = &only.is_default {
        let told = Told {
            code: "attribute-undocumented",
            pointer,
            span: place,
            message: "what `is_default` does is not documented by BigPanda",
            help: "it is kept, and ignored here",
            args: &[],
        };
        problems.tell(&told, None);
    }
}

/// Reports defaults of tags, which BigPanda documents for version 1 only.
fn defaults(config: &Config, text: &[u8], problems: &mut Problems) {
    for default in config.tag_rules().into_iter().filter_map(|rule| rule.default_to.as_ref()) {
        if problems.enough("attribute-undocumented") {
            return;
        }
        let message = "`default_to` of a tag is not documented by BigPanda for version 2";
        let help = "here it gives the tag its value as in version 1; BigPanda may ignore it: retrieve the configuration and see whether it is still there";
        let span = &key_before(text, default.span.start).unwrap_or_else(|| default.span.clone());
        let told = Told { span, ..default.told("attribute-undocumented", message, help, &[]) };
        problems.tell_as(Severity::Warning, &told, None);
    }
}

/// Reports statuses that the map does not have.
fn statuses(config: &Config, text: &[u8], problems: &mut Problems) {
    let rule = &config.status;
    let Some(opening) = rule.map_opening.filter(|_| !config.cannot_read(&rule.pointer, "status_map")) else {
        return;
    };
    let is_missing = |status: &Status| !rule.map.iter().any(|(known, _)| known.text == status.word());
    let missing: Vec<&str> = Status::ALL.into_iter().filter(is_missing).map(Status::word).collect();
    if missing.is_empty() {
        return;
    }
    let words: Vec<String> = missing.iter().map(|word| format!("`{word}`")).collect();
    let told = Told {
        code: "status-map-incomplete",
        pointer: &config.status.map_pointer(),
        span: &rule.map_place,
        message: "`status_map` has no {=0}",
        help: "one of BigPanda's descriptions of version 2 requires all five statuses; an empty list is enough",
        args: &[&words.join(", ")],
    };
    let members: Vec<String> = missing.iter().map(|word| format!("\"{word}\": []")).collect();
    let fix = Fix::one(
        "add {=0} with empty lists",
        &[&words.join(", ")],
        edit::insert_member(text, opening, &members.join(", ")),
    );
    problems.tell(&told, Some(fix));
}

/// Reports the switch for arrays, which BigPanda's descriptions spell in two ways.
fn spellings(only: &OnlyV2, text: &[u8], problems: &mut Problems) {
    for Switch { pointer, place } in &only.flattens_arrays {
        let is_singular = text.get(place.clone()).is_some_and(|key| key.ends_with(b"array\""));
        let (written, other) = if is_singular {
            ("map_remaining_flatten_array", "map_remaining_flatten_arrays")
        } else {
            ("map_remaining_flatten_arrays", "map_remaining_flatten_array")
        };
        let told = Told {
            code: "map-remaining-spelling",
            pointer,
            span: place,
            message: "{0} is also spelled {1} in BigPanda's descriptions",
            help: "both are read here; retrieve the configuration to see which one BigPanda keeps",
            args: &[written, other],
        };
        problems.tell(&told, None);
    }
}

fn not_simulated(only: &OnlyV2, program: &Program, problems: &mut Problems) {
    let mut report = |pointer: &str, span: &core::ops::Range<usize>, message: &'static str| {
        let help = "alerts here may differ from those of BigPanda; `oim verify` compares them";
        problems.tell(&Told { code: "not-simulated", pointer, span, message, help, args: &[] }, None);
    };
    if let Some(Switch { pointer, place }) = &only.preprocessing {
        report(pointer, place, "`preprocessing` is not simulated: the rules see the payload as it was sent");
    }
    if let Some(Switch { pointer, place }) = only.flattens_arrays.first().filter(|_| only.map_remaining) {
        let message = "what this does with arrays is not documented by BigPanda: they are kept as lists";
        report(pointer, place, message);
    }
    if let (Some(text), Some(filter)) = (&only.event_filter, &program.filter) {
        let patterns = filter.expression.comparisons().flat_map(|comparison| &comparison.values);
        if let Some(regex) = patterns.into_iter().find(|pattern| pattern.is_regex()) {
            let span = crate::compile::inside(text, regex.span.clone());
            report(
                &text.pointer,
                &span,
                "a regular expression is not run: where the filter depends on it, alerts are kept",
            );
        }
    }
}

/// Reports tags of a property that no rule makes: as bad as it is if no rule makes any of them, and as something to know
/// if another one is made.
fn property(program: &Program, written: &TagList, compiled: &Property, severity: Severity, problems: &mut Problems) {
    let Property::Tags(list) = compiled else {
        return;
    };
    let tags = &list.tags;
    if program.has_tags_of_payload() {
        return;
    }
    let severity = if list.is_made() { Severity::Info } else { severity };
    let known: Vec<&str> = program.tags.iter().map(|tag| &*tag.text).collect();
    for (name, _) in written.tags.iter().zip(tags).filter(|(_, tag)| tag.tag.is_none()) {
        if problems.enough("identifier-unknown-tag") {
            return;
        }
        let meant = nearest(&name.text, &known);
        let help = match (meant, severity) {
            (Some(_), _) => "did you mean {1}?",
            (None, Severity::Info) => "the next tag of the list is used; add a rule for this one, or remove it",
            (None, _) => "name a tag that the rules make, or add a rule for it",
        };
        let args = [&*name.text, meant.unwrap_or_default()];
        let told = name.told("identifier-unknown-tag", "no rule makes the tag {0}", help, &args);
        problems.tell_as(severity, &told, meant.map(|meant| Fix::change_to(&name.span, meant)));
    }
}
