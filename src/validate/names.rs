//! Tag names: the four rules of BigPanda, reserved words, and names that no rule makes.

use crate::compile::Program;
use crate::config::{Config, Text};
use crate::diagnostic::{Document, Problem, Problems, Severity, nearest, shown};
use crate::json::escape::quoted;

/// Longest tag name, in characters.
const LONGEST: usize = 64;

/// Most unknown tags that get a suggestion.
const SUGGESTED: usize = 20;

/// Names that mean something else to BigPanda.
pub(super) const RESERVED: [&str; 5] =
    ["status", "incident_identifier", "primary_property", "secondary_property", "source_system"];

/// Names that are reserved for enrichment, but that BigPanda's own example makes tags of.
const DISCOURAGED: [&str; 2] = ["severity", "timestamp"];

pub(super) fn check(config: &Config, problems: &mut Problems) {
    for rule in config.tag_rules() {
        if let Some(name) = &rule.name {
            written(name, problems);
        }
    }
}

#[inline(never)]
fn written(name: &Text, problems: &mut Problems) {
    let problem =
        |code, message: String| Problem::new(code, Document::Body, name.pointer.clone(), name.span.clone(), message);
    if let Some(why) = broken_rule(&name.text) {
        let problem = problem("tag-name-invalid", format!("{} is not a tag name: {why}", shown(&name.text))).help(
            "a tag name begins with a letter from a to z, then has a to z, 0 to 9, `_` and `-`, 64 characters at most",
        );
        problems.push(match mended(&name.text) {
            Some(mended) => problem.fix(format!("rename to `{mended}`"), name.span.clone(), format!("\"{mended}\"")),
            None => problem,
        });
    } else if RESERVED.contains(&&*name.text) {
        problems.push(
            problem("tag-name-reserved", format!("`{}` means something else to BigPanda", name.text))
                .help("choose another name, such as one that begins with the tool's name"),
        );
    } else if DISCOURAGED.contains(&&*name.text) {
        problems.push(
            problem("tag-name-reserved", format!("`{}` is a reserved word of BigPanda", name.text))
                .severity(Severity::Warning)
                .help("it works as a tag, but cannot be used in custom enrichment; another name is safer"),
        );
    }
}

/// The rule that a name breaks, in words.
pub(super) fn broken_rule(name: &str) -> Option<&'static str> {
    let Some(first) = name.chars().next() else {
        return Some("it is empty");
    };
    if name.contains(' ') {
        return Some("it has a space");
    }
    if !first.is_ascii_lowercase() {
        return Some("it does not begin with a letter from a to z");
    }
    if name.chars().count() > LONGEST {
        return Some("it is longer than 64 characters");
    }
    let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    if name.chars().all(legal) {
        return None;
    }
    if name.chars().any(|c| c.is_ascii_uppercase()) {
        Some("it has a capital letter")
    } else {
        Some("it has a character other than a to z, 0 to 9, `_` and `-`")
    }
}

/// A legal name that is as close as can be. `None` when nothing of the name is left.
pub(super) fn mended(name: &str) -> Option<String> {
    let mut mended = String::new();
    for c in name.chars().map(|c| c.to_ascii_lowercase()) {
        let legal = if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' { c } else { '_' };
        if mended.is_empty() && !legal.is_ascii_lowercase() || legal == '_' && mended.ends_with('_') {
            continue;
        }
        mended.push(legal);
        if mended.len() == LONGEST {
            break;
        }
    }
    let mended = mended.trim_end_matches('_').to_owned();
    (!mended.is_empty()).then_some(mended)
}

/// Tags of the identifier that no rule makes.
pub(super) fn identifier(config: &Config, program: &Program, problems: &mut Problems) {
    let Some(identifier) = &config.identifier else {
        return;
    };
    problems.push(
        Problem::new(
            "identifier-override",
            Document::Body,
            identifier.pointer.clone(),
            identifier.span.clone(),
            "`incident_identifier` replaces the primary and secondary property as the identity of alerts",
        )
        .help("BigPanda recommends the default: another identity can make duplicate incidents and alerts that never resolve"),
    );
    let known: Vec<&str> = program.tags.iter().map(|tag| &*tag.text).collect();
    let mut told = 0;
    // A flattened object makes tags that only the payload knows.
    let flattens = config.tag_rules().iter().any(|rule| rule.flatten);
    for name in &identifier.tags {
        if flattens || program.tag(&name.text).is_some() {
            continue;
        }
        // Comparing with every tag takes its time; who mistyped more than these reads the first.
        told += 1;
        let meant = if told <= SUGGESTED { nearest(&name.text, &known) } else { None };
        let message = format!("no rule makes the tag {}", shown(&name.text));
        let problem =
            Problem::new("identifier-unknown-tag", Document::Body, name.pointer.clone(), name.span.clone(), message);
        problems.push(match meant {
            Some(meant) => problem.help(format!("did you mean `{meant}`?")).fix(
                format!("change to `{meant}`"),
                name.span.clone(),
                String::from_utf8(quoted(meant)).unwrap_or_default(),
            ),
            None => problem.help("name a tag that the rules make, or add a rule for it"),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_four_rules() {
        let longest = "a".repeat(64);
        for name in ["a", "a-b_1", &longest] {
            assert_eq!(broken_rule(name), None, "{name}");
        }
        let too_long = "a".repeat(65);
        for name in ["1a", "A", "a b", "_a", "-a", "é", "", "a.b", "aB", &too_long] {
            assert!(broken_rule(name).is_some(), "{name}");
        }
    }

    #[test]
    fn names_are_mended() {
        let cases = [
            ("Host Name", Some("host_name")),
            ("1a", Some("a")),
            ("startsAt", Some("startsat")),
            ("é", None),
            ("a..b.", Some("a_b")),
        ];
        for (name, expected) in cases {
            assert_eq!(mended(name).as_deref(), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn what_is_mended_is_legal(name in any::<String>()) {
            if let Some(mended) = mended(&name) {
                prop_assert_eq!(broken_rule(&mended), None, "{}", mended);
            }
        }
    }
}
