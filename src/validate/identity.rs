//! The override of the identity of alerts.

use crate::compile::Program;
use crate::config::{Config, LocatedText, Version, WrittenTagList};
use crate::diagnostic::{Fix, Problem, Problems, edit, nearest, quote_input};

/// Most unknown tags that get a suggestion, since each is compared with every tag.
const SUGGESTED: usize = 20;

/// Reports the override, and tags in it that no rule makes.
pub(super) fn check(config: &Config, program: &Program, text: &[u8], problems: &mut Problems) {
    let Some(identifier) = &config.identifier else {
        return;
    };
    // A value that is not a list of texts is not an empty list.
    let is_empty = identifier.tags.is_empty() && !config.cannot_read(&config.at.pointer, "incident_identifier");
    if config.version == Version::V1 {
        report_override(identifier, is_empty, text, problems);
    }
    if !program.has_tags_of_payload() {
        report_unknown_tags(identifier, program, &|_| false, problems);
    }
}

/// Reports tags in the override that no rule makes, except those that `is_derived` from keys of the payload.
pub(super) fn report_unknown_tags(
    identifier: &WrittenTagList,
    program: &Program,
    is_derived: &dyn Fn(&str) -> bool,
    problems: &mut Problems,
) {
    let known: Vec<&str> = program.tags.iter().map(|tag| &*tag.text).collect();
    let unknown = identifier.tags.iter().filter(|name| program.tag(&name.text).is_none() && !is_derived(&name.text));
    for (number, name) in unknown.enumerate() {
        if problems.at_limit("identifier-unknown-tag") {
            continue;
        }
        let suggestion = if number < SUGGESTED { nearest(&name.text, &known) } else { None };
        let help = "name a tag that the rules make, or add a rule for it";
        problems.push(unknown_tag(name, suggestion, help));
    }
}

/// The problem of a name that is not a tag. `help` is used if there is no suggestion.
pub(super) fn unknown_tag(name: &LocatedText, suggestion: Option<&str>, help: &'static str) -> Problem {
    let problem = name.problem("identifier-unknown-tag", format!("no rule makes the tag {}", quote_input(&name.text)));
    match suggestion {
        Some(tag) => problem.help(format!("did you mean {}?", quote_input(tag))).fix(Fix::change_to(&name.span, tag)),
        None => problem.help(help),
    }
}

fn report_override(identifier: &WrittenTagList, is_empty: bool, text: &[u8], problems: &mut Problems) {
    let message = if is_empty {
        "an empty `incident_identifier` leaves the primary and secondary property as the identity of alerts"
    } else {
        "`incident_identifier` replaces the primary and secondary property as the identity of alerts"
    };
    let help = "BigPanda recommends the default: another identity can make duplicate incidents and alerts that never resolve; the attribute's name is known from version 2 and not documented by BigPanda for version 1";
    let fix = Fix::new("remove `incident_identifier`", edit::remove(text, &identifier.at.member_span()));
    problems.push(identifier.at.problem("identifier-override", message).help(help).fix(fix));
}
