//! What only configurations of version 2 have.

use super::identity::unknown_tag;
use crate::compile::{Program, Property, Status, inside};
use crate::config::{Config, OnlyV2, Properties, WrittenTagList};
use crate::diagnostic::{Fix, Problem, Problems, Severity, edit, nearest, quote_input};
use crate::json::members::key_before;

/// The version that BigPanda documents.
const VERSION: &str = "2.0";

pub(super) fn check(config: &Config, program: &Program, text: &[u8], problems: &mut Problems) {
    let Properties::Tags { primary, secondary } = &config.properties else {
        return;
    };
    let only = &config.only_v2;
    check_version(only, problems);
    report_defaults(config, text, problems);
    report_missing_statuses(config, text, problems);
    report_spellings(only, text, problems);
    report_not_simulated(only, program, problems);
    let is_empty =
        |list: &WrittenTagList, attribute| list.tags.is_empty() && !config.misspells(&config.at.pointer, attribute);
    if is_empty(primary, "primary_property") {
        let help = "name a tag that every alert has: BigPanda cannot receive an alert without a primary value";
        problems.push(primary.at.problem("primary-empty", "`primary_property` names no tag").help(help));
    }
    report_unknown_tags(program, primary, &program.primary, Severity::Error, problems);
    if let (Some(list), Some(compiled)) = (secondary, &program.secondary) {
        if is_empty(list, "secondary_property") {
            let help = "name a tag with what is wrong, such as the name of the check, unless one alert per primary value is enough";
            problems.push(list.at.problem("secondary-missing", "`secondary_property` names no tag").help(help));
        }
        report_unknown_tags(program, list, compiled, Severity::Warning, problems);
    }
}

fn check_version(only: &OnlyV2, problems: &mut Problems) {
    if let Some(version) = only.version.as_ref().filter(|version| version.text != VERSION) {
        let message = format!("{} is no version that BigPanda documents", quote_input(&version.text));
        problems.push(
            version
                .problem("attribute-undocumented", message)
                .severity(Severity::Warning)
                .help("version 2 of the configuration has `\"version\": \"2.0\"`")
                .fix(Fix::change_to(&version.span, VERSION)),
        );
    }
    if let Some(at) = &only.is_default {
        let message = "what `is_default` does is not documented by BigPanda";
        problems.push(at.problem("attribute-undocumented", message).help("it is kept, and ignored here"));
    }
}

/// Reports defaults of tags, which BigPanda documents for version 1 only.
fn report_defaults(config: &Config, text: &[u8], problems: &mut Problems) {
    for default in config.tag_rules().into_iter().filter_map(|rule| rule.default_to.as_ref()) {
        if problems.at_limit("attribute-undocumented") {
            return;
        }
        let message = "`default_to` of a tag is not documented by BigPanda for version 2";
        let help = "here it gives the tag its value as in version 1; BigPanda may ignore it: retrieve the configuration and see whether it is still there";
        let span = Some(key_before(text, default.span.start).unwrap_or_else(|| default.span.clone()));
        let problem = Problem { span, ..default.problem("attribute-undocumented", message) };
        problems.push(problem.severity(Severity::Warning).help(help));
    }
}

/// Reports statuses that the map does not have.
fn report_missing_statuses(config: &Config, text: &[u8], problems: &mut Problems) {
    let rule = &config.status;
    let Some(opening) = rule.map_opening.filter(|_| !config.cannot_read(&rule.at.pointer, "status_map")) else {
        return;
    };
    let is_missing = |status: &Status| !rule.map.iter().any(|(known, _)| known.text == status.word());
    let missing: Vec<&str> = Status::ALL.into_iter().filter(is_missing).map(Status::word).collect();
    if missing.is_empty() {
        return;
    }
    let words: Vec<String> = missing.iter().map(|word| format!("`{word}`")).collect();
    let words = words.join(", ");
    let members: Vec<String> = missing.iter().map(|word| format!("\"{word}\": []")).collect();
    let edit = edit::insert_member(text, opening, &members.join(", "));
    let message = format!("`status_map` has no {words}");
    problems.push(
        Problem::body("status-map-incomplete", rule.map_pointer(), rule.map_key.clone(), message)
            .help("one of BigPanda's descriptions of version 2 requires all five statuses; an empty list is enough")
            .fix(Fix::new(format!("add {words} with empty lists"), edit)),
    );
}

/// Reports the attribute for arrays, which BigPanda's descriptions spell in two ways.
fn report_spellings(only: &OnlyV2, text: &[u8], problems: &mut Problems) {
    for at in &only.flattens_arrays {
        let is_singular = text.get(at.head.clone()).is_some_and(|key| key.ends_with(b"array\""));
        let (written, other) = if is_singular {
            ("map_remaining_flatten_array", "map_remaining_flatten_arrays")
        } else {
            ("map_remaining_flatten_arrays", "map_remaining_flatten_array")
        };
        let message = format!("`{written}` is also spelled `{other}` in BigPanda's descriptions");
        let help = "both are read here; retrieve the configuration to see which one BigPanda keeps";
        problems.push(at.problem("map-remaining-spelling", message).help(help));
    }
}

fn report_not_simulated(only: &OnlyV2, program: &Program, problems: &mut Problems) {
    const CODE: &str = "not-simulated";
    let mut report = |problem: Problem| {
        problems.push(problem.help("alerts here may differ from those of BigPanda; `oim verify` compares them"));
    };
    if let Some(at) = &only.preprocessing {
        report(at.problem(CODE, "`preprocessing` is not simulated: the rules see the payload as it was sent"));
    }
    if let Some(at) = only.flattens_arrays.first().filter(|_| only.map_remaining) {
        let message = "what this does with arrays is not documented by BigPanda: they are kept as lists";
        report(at.problem(CODE, message));
    }
    if let (Some(text), Some(filter)) = (&only.event_filter, &program.filter) {
        let mut patterns = filter.expression.comparisons().flat_map(|comparison| &comparison.values);
        if let Some(regex) = patterns.find(|pattern| pattern.is_regex()) {
            let message = "a regular expression is not run: where the filter depends on it, alerts are kept";
            report(Problem { span: Some(inside(text, regex.span.clone())), ..text.problem(CODE, message) });
        }
    }
}

/// Reports tags of a property that no rule makes: with `severity` if no rule makes any of them, else as information.
fn report_unknown_tags(
    program: &Program,
    written: &WrittenTagList,
    compiled: &Property,
    severity: Severity,
    problems: &mut Problems,
) {
    let Property::Tags(list) = compiled else {
        return;
    };
    if program.has_tags_of_payload() {
        return;
    }
    let (severity, help) = if list.is_made() {
        (Severity::Info, "the next tag of the list is used; add a rule for this one, or remove it")
    } else {
        (severity, "name a tag that the rules make, or add a rule for it")
    };
    let known: Vec<&str> = program.tags.iter().map(|tag| &*tag.text).collect();
    let unknown = written.tags.iter().zip(&list.tags).filter(|(_, tag)| tag.tag.is_none());
    for (name, _) in unknown {
        if problems.at_limit("identifier-unknown-tag") {
            return;
        }
        problems.push(unknown_tag(name, nearest(&name.text, &known), help).severity(severity));
    }
}
