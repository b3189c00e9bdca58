//! The tags that rules give: names that come from keys, unclear ones, and those that two rules give.

use super::names::{DISCOURAGED, broken_rule, check_written, is_reserved, legal_name};
use crate::config::{Config, LocatedText, Properties, WrittenTagRule};
use crate::diagnostic::{Fix, Problem, Problems, Severity, edit, quote_input};
use crate::json::key_index::KeyIndex;
use crate::path::SourcePath;
use std::collections::HashSet;

/// The tag of the switch.
const BP_TIMESTAMP: &str = "bp_timestamp";

/// A tag that a rule gives.
struct GivenTag<'c> {
    tag: String,
    /// The name or the source that it comes from.
    origin: &'c LocatedText,
}

/// Checks the tag names of all rules.
pub(super) fn check(config: &Config, text: &[u8], problems: &mut Problems) {
    let rules = config.tag_rules();
    let given: Vec<Vec<GivenTag<'_>>> = rules.iter().map(|rule| given_tags(config, rule)).collect();
    let identity: Vec<&LocatedText> = config.identifying_tags().collect();
    let identifying: HashSet<&str> = identity.iter().map(|tag| &*tag.text).collect();
    let mut first_rules = KeyIndex::default();
    for (number, tags) in given.iter().enumerate() {
        for given in tags {
            first_rules.get_or_insert(&given.tag, number);
        }
    }
    for (number, (rule, tags)) in rules.iter().zip(&given).enumerate() {
        if let Some(name) = &rule.name {
            check_written(name, &identity, problems);
        } else {
            let first_rules = &mut first_rules;
            UnnamedRule { rule, number, text, tags, identifying: &identifying, first_rules, has_fix: false }
                .check(problems);
        }
        report_duplicates(config, tags, number, &first_rules, problems);
    }
}

/// The tags that are known without a payload. Those of a flattened object are not.
fn given_tags<'c>(config: &Config, rule: &'c WrittenTagRule) -> Vec<GivenTag<'c>> {
    if rule.flatten {
        return Vec::new();
    }
    if let Some(name) = &rule.name {
        return vec![GivenTag { tag: name.text.clone(), origin: name }];
    }
    if config.misspells(&rule.at.pointer, "name") {
        return Vec::new();
    }
    let mut tags = Vec::new();
    for source in &rule.source {
        if let Ok(path) = SourcePath::parse(&source.text) {
            let key = path.last();
            let tag = if config.force_lowercase { key.to_ascii_lowercase() } else { key.to_owned() };
            tags.push(GivenTag { tag, origin: source });
        }
    }
    tags
}

/// Reports tags that an earlier rule or the attribute `bp_timestamp` gives too.
fn report_duplicates(
    config: &Config,
    tags: &[GivenTag<'_>],
    number: usize,
    first_rules: &KeyIndex,
    problems: &mut Problems,
) {
    for GivenTag { tag, origin } in tags {
        let earlier = first_rules.get(tag).filter(|first| *first < number);
        if let Some(earlier) = earlier.filter(|_| !problems.at_limit("tag-duplicate")) {
            let (tag, other) = (quote_input(tag), rule_in_words(config, earlier));
            let message = format!("{tag} is the tag of {other} too, which wins where both have a value");
            let help = "rename one of the two, or list all sources in one rule; that the first listed rule wins is not documented by BigPanda";
            problems.push(origin.problem("tag-duplicate", message).help(help));
        } else if tag == BP_TIMESTAMP && config.bp_timestamp.is_some() {
            let message = "`bp_timestamp` is the tag of the attribute `bp_timestamp` too; this rule wins";
            let help = "name this tag otherwise, or leave the attribute out";
            problems.push(origin.problem("tag-duplicate", message).help(help));
        }
    }
}

/// The rule with a number, in words.
fn rule_in_words(config: &Config, number: usize) -> String {
    let properties = match &config.properties {
        Properties::Rules { secondary, .. } => 1 + usize::from(secondary.is_some()),
        Properties::Tags { .. } => 0,
    };
    match number {
        0 if properties > 0 => "`primary_property`".to_owned(),
        n if n < properties => "`secondary_property`".to_owned(),
        n => format!("rule {} of `additional_attributes`", n - properties + 1),
    }
}

/// A rule without a name, whose tags are named by its sources.
struct UnnamedRule<'n> {
    rule: &'n WrittenTagRule,
    text: &'n [u8],
    number: usize,
    tags: &'n [GivenTag<'n>],
    /// The tags that `incident_identifier` or a property names.
    identifying: &'n HashSet<&'n str>,
    /// For each tag, the first rule that gives it; names that are suggested included.
    first_rules: &'n mut KeyIndex,
    /// A problem of this rule has the fix that adds a name. A second one would add it twice.
    has_fix: bool,
}

impl UnnamedRule<'_> {
    fn check(&mut self, problems: &mut Problems) {
        let tags = self.tags;
        if let Some(first) = tags.first()
            && let Some(other) = tags.iter().find(|given| given.tag != first.tag)
        {
            let fix = self.add_name();
            if !problems.at_limit("tag-name-unclear") {
                let (first, other) = (quote_input(&first.tag), quote_input(&other.tag));
                let message = format!("the tag is named {first} or {other}, as the source that has a value");
                let help = "add `\"name\"`; which name the server uses is not documented by BigPanda";
                problems.push(self.rule.at.problem("tag-name-unclear", message).help(help).fix(fix));
            }
        }
        for given in tags {
            if let Some(flaw) = NameFlaw::of(&given.tag) {
                let fix = self.add_name();
                if !problems.at_limit(flaw.code()) {
                    problems.push(flaw.problem(given).fix(fix));
                }
            }
        }
    }

    /// The fix that adds a name to the rule, the first time it is asked for.
    fn add_name(&mut self) -> Option<Fix> {
        if self.has_fix {
            return None;
        }
        let name = self.free_name()?;
        self.has_fix = true;
        let edit = edit::insert_member(self.text, self.rule.at.span.start, &format!("\"name\": \"{name}\""));
        Some(Fix::new(format!("name it {}", quote_input(&name)), edit))
    }

    /// A legal name that no other rule gives: the one that `incident_identifier` has for it, else the last key of the
    /// first source, alone or together with the key before it.
    fn free_name(&mut self) -> Option<String> {
        let mut known = self.tags.iter().map(|given| &given.tag).filter(|tag| self.identifying.contains(&***tag));
        if let Some(name) = known.next() {
            // With one name for all, the other tags would be missing there.
            let only = known.all(|other| other == name);
            return (only && broken_rule(name).is_none() && self.reserve(name)).then(|| name.clone());
        }
        let path = SourcePath::parse(&self.rule.source.first()?.text).ok()?;
        let last = legal_name(path.last())?;
        let parent = path.segments.iter().rev().nth(1).map_or("event", String::as_str);
        let longer = legal_name(&format!("{parent}_{last}"))?;
        if self.reserve(&last) {
            return Some(last);
        }
        self.reserve(&longer).then_some(longer)
    }

    /// Reserves a name for the rule, if no other one gives it.
    fn reserve(&mut self, name: &str) -> bool {
        !is_reserved(name)
            && !DISCOURAGED.contains(&name)
            && self.first_rules.get_or_insert(name, self.number) == self.number
    }
}

/// What is wrong with a tag name that comes from the payload.
enum NameFlaw {
    /// It breaks this rule for names.
    Invalid(&'static str),
    Reserved,
    Discouraged,
}

impl NameFlaw {
    fn of(tag: &str) -> Option<NameFlaw> {
        if let Some(rule) = broken_rule(tag) {
            return Some(NameFlaw::Invalid(rule));
        }
        if is_reserved(tag) {
            return Some(NameFlaw::Reserved);
        }
        DISCOURAGED.contains(&tag).then_some(NameFlaw::Discouraged)
    }

    fn code(&self) -> &'static str {
        match self {
            NameFlaw::Invalid(_) => "tag-name-derived-invalid",
            NameFlaw::Reserved | NameFlaw::Discouraged => "tag-name-reserved",
        }
    }

    fn problem(&self, GivenTag { tag, origin }: &GivenTag<'_>) -> Problem {
        let why = match self {
            NameFlaw::Invalid(rule) => format!("is not a tag name: {rule}"),
            NameFlaw::Reserved => "means something else to BigPanda".to_owned(),
            NameFlaw::Discouraged => "is reserved by BigPanda".to_owned(),
        };
        let help = match self {
            NameFlaw::Invalid(_) if broken_rule(&tag.to_ascii_lowercase()).is_none() => {
                "add `\"name\"`, or set `force_lowercase`, which lower-cases names that come from keys"
            }
            NameFlaw::Invalid(_) => "add `\"name\"`: such a tag can hardly be searched or used in queries",
            NameFlaw::Reserved | NameFlaw::Discouraged => {
                "add `\"name\"`, such as one that begins with the tool's name"
            }
        };
        let message = format!("the tag is named {} as in the payload, which {why}", quote_input(tag));
        origin.problem(self.code(), message).severity(Severity::Warning).help(help)
    }
}
