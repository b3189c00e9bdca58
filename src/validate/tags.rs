//! The tags that rules give: names that come from keys, unclear ones, and those that two rules give.

use super::names::{DISCOURAGED, broken_rule, is_reserved, mended, written};
use crate::config::{Config, Properties, TagRule, Text};
use crate::diagnostic::{Fix, Problems, Severity, Told, edit};
use crate::json::key_index::KeyIndex;
use crate::path::SourcePath;

/// The tag of the switch.
const BP_TIMESTAMP: &str = "bp_timestamp";

/// A tag that a rule gives, and what says so: its name, or a source.
struct Given<'c> {
    tag: String,
    by: &'c Text,
}

/// Checks the tag names of all rules.
pub(super) fn check(config: &Config, text: &[u8], problems: &mut Problems) {
    let rules = config.tag_rules();
    let given: Vec<Vec<Given<'_>>> = rules.iter().map(|rule| given(config, rule)).collect();
    let identity: Vec<&Text> = config.identifying_tags().collect();
    let mut identifying = KeyIndex::default();
    for (number, tag) in identity.iter().enumerate() {
        identifying.number(&tag.text, number);
    }
    let mut first = KeyIndex::default();
    for (number, tags) in given.iter().enumerate() {
        for given in tags {
            first.number(&given.tag, number);
        }
    }
    for (number, (rule, tags)) in rules.iter().zip(&given).enumerate() {
        if let Some(name) = &rule.name {
            written(name, &identity, problems);
        } else {
            Naming { rule, number, text, tags, identifying: &identifying, first: &mut first, told: false }
                .check(problems);
        }
        duplicates(config, tags, number, &first, problems);
    }
}

/// The tags that are known without a payload. What an object gives when it is flattened is not.
fn given<'c>(config: &Config, rule: &'c TagRule) -> Vec<Given<'c>> {
    if rule.flatten {
        return Vec::new();
    }
    if let Some(name) = &rule.name {
        return vec![Given { tag: name.text.clone(), by: name }];
    }
    if config.misspells(&rule.pointer, "name") {
        return Vec::new();
    }
    let mut tags = Vec::new();
    for source in &rule.source {
        if let Ok(path) = SourcePath::parse(&source.text) {
            let key = path.last();
            let tag = if config.force_lowercase { key.to_ascii_lowercase() } else { key.to_owned() };
            tags.push(Given { tag, by: source });
        }
    }
    tags
}

/// Tells of tags that an earlier rule, or the switch, gives too.
fn duplicates(config: &Config, tags: &[Given<'_>], number: usize, first: &KeyIndex, problems: &mut Problems) {
    for given in tags {
        let earlier = first.get(&given.tag).filter(|first| *first < number);
        if let Some(earlier) = earlier.filter(|_| !problems.enough("tag-duplicate")) {
            let message = "{0} is the tag of {=1} too, which wins where both have a value";
            let help = "rename one of the two, or list all sources in one rule; that the first listed rule wins is not documented by BigPanda";
            let args = [&*given.tag, &whose(config, earlier)];
            problems.tell(&given.by.told("tag-duplicate", message, help, &args), None);
        } else if given.tag == BP_TIMESTAMP && config.bp_timestamp.is_some() {
            let message = "{0} is the tag of the attribute `bp_timestamp` too; this rule wins";
            let help = "name this tag otherwise, or leave the attribute out";
            problems.tell(&given.by.told("tag-duplicate", message, help, &[&given.tag]), None);
        }
    }
}

/// The rule with a number, in words.
fn whose(config: &Config, number: usize) -> String {
    let properties = match &config.properties {
        Properties::Rules { secondary, .. } => 1 + usize::from(secondary.is_some()),
        Properties::Tags { .. } => 0,
    };
    match number {
        0 if properties > 0 => "`primary_property`".to_owned(),
        n if n < properties => "`secondary_property`".to_owned(),
        n => ["rule ", &(n - properties + 1).to_string(), " of `additional_attributes`"].concat(),
    }
}

/// What is to be told of a rule without a name.
struct Naming<'n> {
    rule: &'n TagRule,
    text: &'n [u8],
    number: usize,
    tags: &'n [Given<'n>],
    /// The tags that `incident_identifier` or a property names.
    identifying: &'n KeyIndex,
    /// Of each tag, the first rule that gives it; also of those that are suggested.
    first: &'n mut KeyIndex,
    /// A name was suggested. Once is enough: a second one would be given twice.
    told: bool,
}

impl Naming<'_> {
    fn check(&mut self, problems: &mut Problems) {
        let tags = self.tags;
        if let Some(first) = tags.first()
            && let Some(other) = tags.iter().find(|given| given.tag != first.tag)
        {
            let told = Told {
                code: "tag-name-unclear",
                pointer: &self.rule.pointer,
                span: &self.rule.place,
                message: "the tag is named {0} or {1}, as the source that has a value",
                help: "add `\"name\"`; which name the server uses is not documented by BigPanda",
                args: &[&first.tag, &other.tag],
            };
            problems.tell(&told, self.named());
        }
        for given in tags {
            let broken = broken_rule(&given.tag);
            let args = [&*given.tag, broken.unwrap_or_default()];
            if broken.is_some() {
                let message = "the tag is named {0} as in the payload, which is not a tag name: {=1}";
                let help = match broken_rule(&given.tag.to_ascii_lowercase()) {
                    None => "add `\"name\"`, or set `force_lowercase`, which lower-cases names that come from keys",
                    Some(_) => "add `\"name\"`: such a tag can hardly be searched or used in queries",
                };
                problems.tell(&given.by.told("tag-name-derived-invalid", message, help, &args), self.named());
            } else if is_reserved(&given.tag) || DISCOURAGED.contains(&&*given.tag) {
                let message = if is_reserved(&given.tag) {
                    "the tag is named {0} as in the payload, which means something else to BigPanda"
                } else {
                    "the tag is named {0} as in the payload, which is reserved by BigPanda"
                };
                let help = "add `\"name\"`, such as one that begins with the tool's name";
                let told = given.by.told("tag-name-reserved", message, help, &args);
                problems.tell_as(Severity::Warning, &told, self.named());
            }
        }
    }

    /// A name for the rule, where one was not suggested before.
    fn named(&mut self) -> Option<Fix> {
        if self.told {
            return None;
        }
        let name = self.name()?;
        self.told = true;
        let member = ["\"name\": \"", &name, "\""].concat();
        let edit = edit::insert_member(self.text, self.rule.span.start, &member);
        Some(Fix::one("name it {0}", &[&name], edit))
    }

    /// A legal name that no other rule gives: the one that `incident_identifier` has for it, else the last key of the
    /// first source, or that with what holds it.
    fn name(&mut self) -> Option<String> {
        let mut known = self.tags.iter().map(|given| &given.tag).filter(|tag| self.identifying.get(tag).is_some());
        if let Some(name) = known.next() {
            // With one name for all, the other tags would be missing there.
            let only = known.all(|other| other == name);
            return (only && broken_rule(name).is_none() && self.take(name)).then(|| name.clone());
        }
        let path = SourcePath::parse(&self.rule.source.first()?.text).ok()?;
        let last = mended(path.last())?;
        let holder = path.segments.len().checked_sub(2).and_then(|n| path.segments.get(n));
        let longer = mended(&[holder.map_or("event", String::as_str), "_", &last].concat())?;
        if self.take(&last) {
            return Some(last);
        }
        self.take(&longer).then_some(longer)
    }

    /// Takes a name for the rule, if no other one gives it.
    fn take(&mut self, name: &str) -> bool {
        !is_reserved(name) && !DISCOURAGED.contains(&name) && self.first.number(name, self.number) == self.number
    }
}
