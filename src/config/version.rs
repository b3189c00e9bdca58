//! Configurations of version 2: recognised, named once, never half-read.

use super::attributes::{Attribute, Shape, V2_ONLY};
use super::spot::Spot;
use crate::diagnostic::{Problems, Told};
use crate::json::Kind;
use crate::json::tree::{Entry, Tree};

/// Tells of a configuration of version 2, in one error that is placed on what gives it away: an attribute that only
/// version 2 has, in the rules or in any object of theirs, or a `primary_property` that is a list.
pub(super) fn is_2(tree: &Tree<'_>, object: &Spot<'_>, table: &[Attribute], problems: &mut Problems) -> bool {
    for entry in tree.entries(object.id) {
        let value = object.member(&entry, false);
        let listed = entry.key == "primary_property" && tree.kind(entry.value) == Kind::Array;
        if listed || V2_ONLY.contains(&&*entry.key) {
            sign(&value.pointer(), &entry, listed, problems);
            return true;
        }
        let mut found = false;
        match table.iter().find(|a| a.name == entry.key).map(|a| a.shape) {
            Some(Shape::Object(inner)) => found = is_2(tree, &value, inner, problems),
            Some(Shape::Objects(inner)) => {
                for (number, &item) in tree.items(entry.value).iter().enumerate() {
                    found = found || is_2(tree, &value.item(item, number), inner, problems);
                }
            }
            _ => {}
        }
        if found {
            return true;
        }
    }
    false
}

fn sign(pointer: &str, entry: &Entry<'_>, listed: bool, problems: &mut Problems) {
    let told = Told {
        code: "v2-config",
        pointer,
        span: &entry.key_span,
        message: if listed {
            "`{=0}` is a list: this is a configuration of version 2"
        } else {
            "`{=0}` belongs to version 2 of the configuration"
        },
        help: "version 1, for organizations onboarded before 2023, has {=1}; its rules are different, so nothing of this configuration was read",
        args: &[
            &entry.key,
            if listed {
                "one object there, such as `{\"name\": \"host\", \"source\": [\"host\"]}`"
            } else {
                "no such attribute"
            },
        ],
    };
    problems.tell(&told, None);
}
