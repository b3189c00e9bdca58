//! Reads the rules, as written, from a checked document.

use super::{
    Config, LocatedText, Location, OnlyV2, Properties, Reported, Version, WrittenStatusRule, WrittenTagList,
    WrittenTagRule, WrittenTimeRule,
};
use crate::json::key_index::KeyIndex;
use crate::json::pointer;
use crate::json::tree::{Id, Tree};
use core::ops::Range;

/// Longest key of the status map whose values are read, in bytes.
pub(super) const LONGEST_STATUS: usize = 256;

/// Reads the attributes of one value.
struct ObjectReader<'a, 't> {
    tree: &'a Tree<'t>,
    id: Id,
    pointer: String,
    /// As [`Location::head`].
    head: Range<usize>,
}

impl<'a, 't> ObjectReader<'a, 't> {
    /// As [`ObjectReader::get`], with `null` in the place of the object if the attribute is missing.
    fn get_or_nothing(&self, name: &str) -> ObjectReader<'a, 't> {
        let nothing = || ObjectReader {
            tree: self.tree,
            id: Id::NOTHING,
            pointer: pointer::key(&self.pointer, name),
            head: self.head.clone(),
        };
        self.get(name).unwrap_or_else(nothing)
    }

    /// The value of an attribute: of equal keys the last one counts.
    fn get(&self, name: &str) -> Option<ObjectReader<'a, 't>> {
        let entry = self.tree.entry(self.id, name)?;
        Some(ObjectReader {
            tree: self.tree,
            id: entry.value,
            pointer: pointer::key(&self.pointer, name),
            head: entry.key_span,
        })
    }

    /// The span of a member from its key on, if only one has this key.
    fn only_member(&self, name: &str) -> Option<Range<usize>> {
        let mut members = self.tree.entries(self.id).filter(|entry| entry.key == name);
        let member = members.next().filter(|_| members.next().is_none())?;
        Some(member.key_span.start..self.tree.span(member.value).end)
    }

    fn location(&self) -> Location {
        Location { pointer: self.pointer.clone(), head: self.head.clone(), span: self.tree.span(self.id) }
    }

    fn items(&self) -> impl Iterator<Item = ObjectReader<'a, 't>> {
        let (tree, at) = (self.tree, &self.pointer);
        tree.items(self.id).iter().enumerate().map(move |(i, &id)| ObjectReader {
            tree,
            id,
            pointer: pointer::index(at, i),
            head: tree.opening(id),
        })
    }

    fn text(self) -> Option<LocatedText> {
        let text = self.tree.string(self.id)?.into_owned();
        Some(LocatedText { text, span: self.tree.span(self.id), pointer: self.pointer })
    }

    fn texts(&self, name: &str) -> Vec<LocatedText> {
        self.get(name).map(|list| list.items().filter_map(ObjectReader::text).collect()).unwrap_or_default()
    }

    fn is_true(&self, name: &str) -> bool {
        self.get(name).is_some_and(|at| at.tree.boolean(at.id) == Some(true))
    }

    /// As [`ObjectReader::is_true`], but anything that is not a boolean counts as true, which was likely meant. So nothing is
    /// reported that only follows from a switch that is off.
    fn is_not_false(&self, name: &str) -> bool {
        self.get(name).is_some_and(|at| at.tree.boolean(at.id) != Some(false))
    }
}

/// Reads what can be read. What has a wrong type counts as missing.
pub(super) fn config(
    tree: &Tree<'_>,
    id: Id,
    pointer: &str,
    head: Range<usize>,
    version: Version,
    reported: Reported,
) -> Config {
    let at = ObjectReader { tree, id, pointer: pointer.to_owned(), head };
    Config {
        version,
        at: at.location(),
        properties: properties(&at, version),
        only_v2: if version == Version::V2 { only_v2(&at) } else { OnlyV2::default() },
        is_array: at.is_true("is_array"),
        has_is_array: at.get("is_array").is_some(),
        array_source: at.get("array_source").and_then(ObjectReader::text),
        status: status(&at.get_or_nothing("status")),
        additional: at
            .get("additional_attributes")
            .map(|list| list.items().map(|rule| tag_rule(&rule)).collect())
            .unwrap_or_default(),
        timestamp: at.get("timestamp").map(|rule| WrittenTimeRule {
            source: rule.texts("source"),
            format: rule.get("format").and_then(ObjectReader::text),
            format_member: rule.only_member("format"),
            at: rule.location(),
        }),
        identifier: at.get("incident_identifier").map(|list| tag_list(&list, |list| list.items().collect())),
        bp_timestamp: at
            .get("bp_timestamp")
            .filter(|switch| switch.is_true("is_selected"))
            .map(|switch| switch.pointer),
        force_lowercase: at.is_not_false("force_lowercase"),
        reported,
    }
}

fn properties(at: &ObjectReader<'_, '_>, version: Version) -> Properties {
    let (primary, secondary) = (at.get_or_nothing("primary_property"), at.get("secondary_property"));
    match version {
        Version::V1 => {
            Properties::Rules { primary: Box::new(tag_rule(&primary)), secondary: secondary.as_ref().map(tag_rule) }
        }
        Version::V2 => {
            let names = |list: &ObjectReader<'_, '_>| {
                tag_list(list, |list| list.items().filter_map(|item| item.get("name")).collect())
            };
            Properties::Tags { primary: names(&primary), secondary: secondary.as_ref().map(names) }
        }
    }
}

/// A list of tags, whose names `names` finds in it.
fn tag_list<'a, 't>(
    list: &ObjectReader<'a, 't>,
    names: impl FnOnce(&ObjectReader<'a, 't>) -> Vec<ObjectReader<'a, 't>>,
) -> WrittenTagList {
    WrittenTagList { at: list.location(), tags: names(list).into_iter().filter_map(ObjectReader::text).collect() }
}

fn only_v2(at: &ObjectReader<'_, '_>) -> OnlyV2 {
    let location = |at: ObjectReader<'_, '_>| at.location();
    let flattening = ["map_remaining_flatten_array", "map_remaining_flatten_arrays"];
    let flattening = flattening.into_iter().filter(|name| at.is_true(name)).filter_map(|name| at.get(name));
    OnlyV2 {
        version: at.get("version").and_then(ObjectReader::text),
        map_remaining: at.is_true("map_remaining"),
        flattens_arrays: flattening.map(location).collect(),
        event_filter: at.get("event_filter").and_then(ObjectReader::text),
        raw_filter: at.get("event_filter").map(|at| at.tree.raw(at.id).to_vec()).unwrap_or_default(),
        preprocessing: at.get("preprocessing").filter(|list| list.items().next().is_some()).map(location),
        is_default: at.get("is_default").map(location),
    }
}

fn status(at: &ObjectReader<'_, '_>) -> WrittenStatusRule {
    let map = at.get("status_map");
    WrittenStatusRule {
        at: at.location(),
        source: at.texts("source"),
        default_to: at.get("default_to").and_then(ObjectReader::text),
        map_key: map.as_ref().map_or(at.head.clone(), |map| map.head.clone()),
        map_opening: map.as_ref().map(|map| map.tree.span(map.id).start),
        map: map.map(|map| status_map(&map)).unwrap_or_default(),
    }
}

fn status_map(at: &ObjectReader<'_, '_>) -> Vec<(LocatedText, Vec<LocatedText>)> {
    let mut keys = KeyIndex::default();
    let mut map: Vec<(LocatedText, Vec<LocatedText>)> = Vec::new();
    for entry in at.tree.entries(at.id) {
        let pointer = pointer::key(&at.pointer, &entry.key);
        let list =
            ObjectReader { tree: at.tree, id: entry.value, pointer: pointer.clone(), head: entry.key_span.clone() };
        // A key this long is not a status, and the pointer of each of its values would contain it.
        let short = entry.key.len() <= LONGEST_STATUS;
        let values = if short { list.items().filter_map(ObjectReader::text).collect() } else { Vec::new() };
        let status = LocatedText { text: entry.key.into_owned(), pointer, span: entry.key_span };
        keys.replace(&status.text.clone(), &mut map, (status, values));
    }
    map
}

fn tag_rule(at: &ObjectReader<'_, '_>) -> WrittenTagRule {
    WrittenTagRule {
        at: at.location(),
        name: at.get("name").and_then(ObjectReader::text),
        source: at.texts("source"),
        default_to: at.get("default_to").and_then(ObjectReader::text),
        flatten: at.is_not_false("flatten"),
    }
}
