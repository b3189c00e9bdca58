//! Writing the body of version 2.

use super::proof::is_given_elsewhere;
use super::{MigrationNote, MigrationNoteKind, MovedRules, Rewritten};
use crate::compile::{Program, TagRule};
use crate::config::{self, Config, Properties};
use crate::evaluate::AdditionalTags;
use crate::json::escape::quoted;
use crate::json::lay_out;
use crate::json::tree::{Id, Tree};

/// The value of `version`.
const VERSION: &[u8] = b"\"2.0\"";

/// Rewrites a body, or a bare configuration, of version 1. `None` when it is of another version.
pub(crate) fn rewrite(
    text: &[u8],
    config: &Config,
    program: &Program,
    additional_tags: AdditionalTags,
) -> Option<Rewritten> {
    let Properties::Rules { primary, secondary } = &config.properties else {
        return None;
    };
    let tree = Tree::parse(text, "sample_payload").ok()?;
    let root = tree.root();
    let rules = tree.entry(root, "config").map_or(root, |entry| entry.value);
    let (notes, moved) = Default::default();
    let mut migration = Migration { tree: &tree, config, program, notes, moved, additional_tags };
    let config = migration.config(rules, primary, secondary.as_ref());
    let mut out = Vec::new();
    if rules == root {
        lay_out(&config, 0, &mut out);
    } else {
        out.extend_from_slice(b"{");
        for (number, entry) in tree.unique_entries(root, |_| ()).iter().enumerate() {
            out.extend_from_slice(if number == 0 { b"\n  " } else { b",\n  " });
            out.extend_from_slice(&quoted(&entry.key));
            out.extend_from_slice(b": ");
            let value = if entry.value == rules { &*config } else { tree.raw(entry.value) };
            lay_out(value, 1, &mut out);
        }
        out.extend_from_slice(b"\n}");
    }
    out.push(b'\n');
    let Migration { notes, moved, .. } = migration;
    // Made of pieces of a text that was read, and of our own.
    Some(Rewritten { text: String::from_utf8(out).ok()?, notes, moved })
}

struct Migration<'m> {
    tree: &'m Tree<'m>,
    config: &'m Config,
    program: &'m Program,
    notes: Vec<MigrationNote>,
    moved: MovedRules,
    additional_tags: AdditionalTags,
}

impl<'m> Migration<'m> {
    fn config(
        &mut self,
        rules: Id,
        primary: &config::WrittenTagRule,
        secondary: Option<&config::WrittenTagRule>,
    ) -> Vec<u8> {
        let mut items = Vec::new();
        let primary_tags = self.property(0, primary, &mut items);
        self.moved.primary = items.len();
        let secondary_tags = secondary.map(|rule| self.property(1, rule, &mut items));
        self.moved.secondary = items.len() - self.moved.primary;
        let first = 1 + usize::from(secondary.is_some());
        for (number, rule) in self.config.additional.iter().enumerate() {
            items.push(self.rule(first + number, rule, None));
        }
        self.note_format();
        let mut out = MemberWriter::default();
        out.add("version", VERSION);
        let mut has_items = false;
        for entry in self.tree.unique_entries(rules, |_| ()) {
            match &*entry.key {
                "primary_property" => out.add(&entry.key, &names(&primary_tags)),
                "secondary_property" => {
                    out.add(&entry.key, &names(secondary_tags.as_deref().unwrap_or_default()));
                }
                "additional_attributes" => {
                    has_items = true;
                    out.add(&entry.key, &list(&items));
                }
                _ => out.add(&entry.key, self.tree.raw(entry.value)),
            }
        }
        if !has_items {
            out.add("additional_attributes", &list(&items));
        }
        if self.additional_tags == AdditionalTags::Map {
            out.add("map_remaining", b"true");
        }
        out.finish()
    }

    /// The rules of a property, which are appended to `items`, and the tags that it can be.
    fn property(&mut self, number: usize, written: &config::WrittenTagRule, items: &mut Vec<Vec<u8>>) -> Vec<String> {
        let Some(compiled) = self.program.rules.get(number) else {
            return Vec::new();
        };
        let mut tags: Vec<String> = Vec::new();
        for tag in self.tags(compiled) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        if let [_, _, ..] = &*tags {
            self.note_split(written, &tags);
            for (source, compiled) in written.source.iter().zip(&compiled.sources) {
                let tag = self.program.tags.get(compiled.tag.index()).map_or("", |tag| &tag.text);
                items.push(self.rule(number, written, Some((tag, &source.text))));
            }
        } else {
            items.push(self.rule(number, written, None));
        }
        for tag in &tags {
            self.note_shared_tag(number, written, tag);
        }
        tags
    }

    /// The tags that a rule can give.
    fn tags(&self, rule: &TagRule) -> Vec<String> {
        let tags = rule.sources.iter().map(|source| source.tag).chain(rule.default.iter().map(|default| default.tag));
        tags.filter_map(|tag| self.program.tags.get(tag.index())).map(|tag| tag.text.clone()).collect()
    }

    /// A rule of version 2: without its default, and for a property with its name. `only`: one tag and its source, where
    /// the rule becomes several.
    fn rule(&mut self, number: usize, written: &config::WrittenTagRule, only: Option<(&str, &str)>) -> Vec<u8> {
        let is_property = number <= usize::from(self.program.secondary.is_some());
        let tags = self.program.rules.get(number).map(|rule| self.tags(rule)).unwrap_or_default();
        let tag = only.map(|(tag, _)| tag).or_else(|| tags.first().map(String::as_str));
        let mut out = MemberWriter::default();
        // A name would be the prefix of the tags of a flattened object.
        if let Some(tag) = tag.filter(|_| is_property && written.name.is_none() && !written.flatten) {
            out.add("name", &quoted(tag));
        }
        let Some(id) = self.rule_id(number) else {
            return out.finish();
        };
        for entry in self.tree.unique_entries(id, |_| ()) {
            match (&*entry.key, only) {
                ("default_to", _) => {
                    let is_first = only.is_none_or(|(only, _)| tags.first().is_some_and(|first| first == only));
                    let has_value = written.default_to.as_ref().is_some_and(|default| !default.text.is_empty());
                    if is_first && has_value {
                        self.note_dropped_default(written, tags.first());
                    }
                }
                ("source", Some((_, source))) => out.add("source", &list(&[quoted(source)])),
                _ => out.add(&entry.key, self.tree.raw(entry.value)),
            }
        }
        out.finish()
    }

    /// The rule with a number in the document.
    fn rule_id(&self, number: usize) -> Option<Id> {
        let root = self.tree.root();
        let rules = self.tree.entry(root, "config").map_or(root, |entry| entry.value);
        let properties = 1 + usize::from(self.program.secondary.is_some());
        let member = |key| self.tree.entry(rules, key).map(|entry| entry.value);
        match number {
            0 => member("primary_property"),
            n if n < properties => member("secondary_property"),
            n => self.tree.items(member("additional_attributes")?).get(n - properties).copied(),
        }
    }

    fn note(&mut self, kind: MigrationNoteKind, pointer: &str, tag: Option<&str>, message: String) {
        let (pointer, tag) = (pointer.to_owned(), tag.map(str::to_owned));
        self.notes.push(MigrationNote { kind, pointer, tag, message, alerts: None });
    }

    fn note_dropped_default(&mut self, written: &config::WrittenTagRule, tag: Option<&String>) {
        let Some(default) = &written.default_to else {
            return;
        };
        let tag = tag.map(String::as_str);
        let message = format!(
            "version 2 has no `default_to` for tags: alerts in which no source has a value do not have the tag `{}`",
            tag.unwrap_or_default()
        );
        self.note(MigrationNoteKind::DefaultDropped, &default.pointer, tag, message);
    }

    fn note_split(&mut self, written: &config::WrittenTagRule, tags: &[String]) {
        let message = format!(
            "the rule has no name and gives one of {} tags; now each source is a rule of its own, so an alert can have several of them",
            tags.len()
        );
        self.note(MigrationNoteKind::RuleSplit, &written.at.pointer, None, message);
    }

    fn note_shared_tag(&mut self, number: usize, written: &config::WrittenTagRule, tag: &str) {
        if is_given_elsewhere(self.program, number, tag, self.additional_tags == AdditionalTags::Map) {
            let message = format!(
                "the tag `{tag}` can also come from elsewhere: if this rule has no value, version 1 omits the property, but version 2 uses that tag"
            );
            self.note(MigrationNoteKind::TagShared, &written.at.pointer, Some(tag), message);
        }
    }

    fn note_format(&mut self) {
        if let Some(format) = self.config.timestamp.as_ref().and_then(|rule| rule.format.as_ref()) {
            let message = "`format` is kept; BigPanda documents that a format can be set for version 1 only".to_owned();
            self.note(MigrationNoteKind::FormatUndocumented, &format.pointer, None, message);
        }
    }
}

/// A list of tags as a property of version 2.
fn names(tags: &[String]) -> Vec<u8> {
    let item = |tag: &String| [b"{\"name\":", &*quoted(tag), b"}"].concat();
    list(&tags.iter().map(item).collect::<Vec<_>>())
}

fn list(items: &[Vec<u8>]) -> Vec<u8> {
    [b"[", &*items.join(&b','), b"]"].concat()
}

/// An object that is being written.
#[derive(Default)]
struct MemberWriter(Vec<u8>);

impl MemberWriter {
    fn add(&mut self, key: &str, value: &[u8]) {
        self.0.push(if self.0.is_empty() { b'{' } else { b',' });
        self.0.extend_from_slice(&quoted(key));
        self.0.push(b':');
        self.0.extend_from_slice(value);
    }

    fn finish(mut self) -> Vec<u8> {
        self.0.extend_from_slice(if self.0.is_empty() { b"{}" } else { b"}" });
        self.0
    }
}
