//! From a document that was checked to the rules as written.

use super::{Config, Gaps, OnlyV2, Properties, StatusRule, Switch, TagList, TagRule, Text, TimeRule, Version};
use crate::json::key_index::KeyIndex;
use crate::json::pointer;
use crate::json::tree::{Id, Tree};
use core::ops::Range;

/// Longest key of the status map whose values are read, in bytes.
pub(super) const LONGEST_STATUS: usize = 256;

/// An object and where it is.
struct At<'a, 't> {
    tree: &'a Tree<'t>,
    id: Id,
    pointer: String,
    /// What stands for the value where all of it is meant: its key, or without one its first byte.
    place: Range<usize>,
}

impl<'a, 't> At<'a, 't> {
    /// An attribute that is not there stands where the object stands, and has nothing in it.
    fn get_or_nothing(&self, name: &str) -> At<'a, 't> {
        let nothing = || At {
            tree: self.tree,
            id: Id::NOTHING,
            pointer: pointer::key(&self.pointer, name),
            place: self.place.clone(),
        };
        self.get(name).unwrap_or_else(nothing)
    }

    /// The value of an attribute: of equal keys the last one counts.
    fn get(&self, name: &str) -> Option<At<'a, 't>> {
        let entry = self.tree.entry(self.id, name)?;
        Some(At { tree: self.tree, id: entry.value, pointer: pointer::key(&self.pointer, name), place: entry.key_span })
    }

    /// All of a member from its key on, if there is one with this key and no other.
    fn only_member(&self, name: &str) -> Option<Range<usize>> {
        let mut members = self.tree.entries(self.id).filter(|entry| entry.key == name);
        let member = members.next().filter(|_| members.next().is_none())?;
        Some(member.key_span.start..self.tree.span(member.value).end)
    }

    fn items(&self) -> impl Iterator<Item = At<'a, 't>> {
        let (tree, at) = (self.tree, &self.pointer);
        tree.items(self.id).iter().enumerate().map(move |(i, &id)| At {
            tree,
            id,
            pointer: pointer::index(at, i),
            place: tree.opening(id),
        })
    }

    fn text(self) -> Option<Text> {
        let text = self.tree.string(self.id)?.into_owned();
        Some(Text { text, span: self.tree.span(self.id), pointer: self.pointer })
    }

    fn texts(&self, name: &str) -> Vec<Text> {
        self.get(name).map(|list| list.items().filter_map(At::text).collect()).unwrap_or_default()
    }

    fn is_true(&self, name: &str) -> bool {
        self.get(name).is_some_and(|at| at.tree.boolean(at.id) == Some(true))
    }

    /// As [`At::is_true`], but what is no boolean counts as true, which was likely meant: then nothing is said that
    /// would follow from a switch that is off.
    fn is_not_false(&self, name: &str) -> bool {
        self.get(name).is_some_and(|at| at.tree.boolean(at.id) != Some(false))
    }
}

/// Reads what can be read: what is missing or has a wrong type is as if it were not there.
pub(super) fn config(
    tree: &Tree<'_>,
    id: Id,
    pointer: &str,
    place: Range<usize>,
    version: Version,
    gaps: Gaps,
) -> Config {
    let at = At { tree, id, pointer: pointer.to_owned(), place };
    Config {
        version,
        properties: properties(&at, version),
        only_v2: if version == Version::V2 { only_v2(&at) } else { OnlyV2::default() },
        is_array: at.is_true("is_array"),
        says_is_array: at.get("is_array").is_some(),
        array_source: at.get("array_source").and_then(At::text),
        status: status(&at.get_or_nothing("status")),
        additional: at
            .get("additional_attributes")
            .map(|list| list.items().map(|rule| tag_rule(&rule)).collect())
            .unwrap_or_default(),
        timestamp: at.get("timestamp").map(|rule| TimeRule {
            source: rule.texts("source"),
            format: rule.get("format").and_then(At::text),
            format_member: rule.only_member("format"),
            span: tree.span(rule.id),
            place: rule.place,
            pointer: rule.pointer,
        }),
        identifier: at.get("incident_identifier").map(|list| tag_list(&list, |list| list.items().collect())),
        bp_timestamp: at
            .get("bp_timestamp")
            .filter(|switch| switch.is_true("is_selected"))
            .map(|switch| switch.pointer),
        force_lowercase: at.is_not_false("force_lowercase"),
        gaps,
        span: tree.span(id),
        place: at.place,
        pointer: at.pointer,
    }
}

fn properties(at: &At<'_, '_>, version: Version) -> Properties {
    let (primary, secondary) = (at.get_or_nothing("primary_property"), at.get("secondary_property"));
    match version {
        Version::V1 => {
            Properties::Rules { primary: Box::new(tag_rule(&primary)), secondary: secondary.as_ref().map(tag_rule) }
        }
        Version::V2 => {
            let names =
                |list: &At<'_, '_>| tag_list(list, |list| list.items().filter_map(|item| item.get("name")).collect());
            Properties::Tags { primary: names(&primary), secondary: secondary.as_ref().map(names) }
        }
    }
}

/// A list of tags, whose names `names` finds in it.
fn tag_list<'a, 't>(list: &At<'a, 't>, names: impl FnOnce(&At<'a, 't>) -> Vec<At<'a, 't>>) -> TagList {
    TagList {
        tags: names(list).into_iter().filter_map(At::text).collect(),
        span: list.tree.span(list.id),
        place: list.place.clone(),
        pointer: list.pointer.clone(),
    }
}

fn only_v2(at: &At<'_, '_>) -> OnlyV2 {
    let switch = |at: At<'_, '_>| Switch { pointer: at.pointer, place: at.place };
    let flattening = ["map_remaining_flatten_array", "map_remaining_flatten_arrays"];
    let flattening = flattening.into_iter().filter(|name| at.is_true(name)).filter_map(|name| at.get(name));
    OnlyV2 {
        version: at.get("version").and_then(At::text),
        map_remaining: at.is_true("map_remaining"),
        flattens_arrays: flattening.map(switch).collect(),
        event_filter: at.get("event_filter").and_then(At::text),
        raw_filter: at.get("event_filter").map(|at| at.tree.raw(at.id).to_vec()).unwrap_or_default(),
        preprocessing: at.get("preprocessing").filter(|list| list.items().next().is_some()).map(switch),
        is_default: at.get("is_default").map(switch),
    }
}

fn status(at: &At<'_, '_>) -> StatusRule {
    let map = at.get("status_map");
    StatusRule {
        pointer: at.pointer.clone(),
        place: at.place.clone(),
        span: at.tree.span(at.id),
        source: at.texts("source"),
        default_to: at.get("default_to").and_then(At::text),
        map_place: map.as_ref().map_or(at.place.clone(), |map| map.place.clone()),
        map_opening: map.as_ref().map(|map| map.tree.span(map.id).start),
        map: map.map(|map| status_map(&map)).unwrap_or_default(),
    }
}

fn status_map(at: &At<'_, '_>) -> Vec<(Text, Vec<Text>)> {
    let mut keys = KeyIndex::default();
    let mut map: Vec<(Text, Vec<Text>)> = Vec::new();
    for entry in at.tree.entries(at.id) {
        let pointer = pointer::key(&at.pointer, &entry.key);
        let list = At { tree: at.tree, id: entry.value, pointer: pointer.clone(), place: entry.key_span.clone() };
        // A key this long is no status, and each of its values would hold it in its pointer.
        let short = entry.key.len() <= LONGEST_STATUS;
        let values = if short { list.items().filter_map(At::text).collect() } else { Vec::new() };
        let status = Text { text: entry.key.into_owned(), pointer, span: entry.key_span };
        keys.replace(&status.text.clone(), &mut map, (status, values));
    }
    map
}

fn tag_rule(at: &At<'_, '_>) -> TagRule {
    TagRule {
        pointer: at.pointer.clone(),
        place: at.place.clone(),
        span: at.tree.span(at.id),
        name: at.get("name").and_then(At::text),
        source: at.texts("source"),
        default_to: at.get("default_to").and_then(At::text),
        flatten: at.is_not_false("flatten"),
    }
}
