//! The version of a configuration: found by what only one version has, or given by the caller.

use super::attributes::{Attribute, AttributeShape, CONFIG, Tables, V1, V2, V2_ONLY};
use super::node_ref::NodeRef;
use crate::diagnostic::{Problem, Problems, quote_input};
use crate::json::Kind;
use crate::json::tree::{Entry, Tree};
use core::ops::Range;
use serde::{Deserialize, Serialize};

/// A version of the configuration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Version {
    /// The one of organizations that were onboarded before 2023: each property is a rule.
    #[default]
    #[serde(rename = "1")]
    V1,
    /// The one of organizations that were onboarded later: each property is a list of tags.
    #[serde(rename = "2")]
    V2,
}

impl Version {
    pub(crate) fn tables(self) -> &'static Tables {
        match self {
            Version::V1 => &V1,
            Version::V2 => &V2,
        }
    }

    /// The version as a number.
    pub(crate) fn digit(self) -> &'static str {
        match self {
            Version::V1 => "1",
            Version::V2 => "2",
        }
    }
}

/// Something that only one version has.
struct Sign {
    key: String,
    pointer: String,
    span: Range<usize>,
    /// It is an attribute of both versions, which in this one is a list or an object.
    is_by_type: bool,
}

impl Sign {
    fn problem(&self, message: String) -> Problem {
        Problem::body("version-mixed", self.pointer.clone(), self.span.clone(), message).help(TO_MIGRATE)
    }
}

/// The first sign of each version.
#[derive(Default)]
struct Signs {
    v1: Option<Sign>,
    v2: Option<Sign>,
}

/// The version of the rules, which is `wanted` where a version is given. `None` where they have something of the other
/// version too: that is reported, and nothing of them is read.
pub(super) fn of(
    tree: &Tree<'_>,
    rules: &NodeRef<'_>,
    wanted: Option<Version>,
    problems: &mut Problems,
) -> Option<Version> {
    let mut signs = Signs::default();
    signs.find(tree, rules, CONFIG);
    match (&signs.v1, &signs.v2, wanted) {
        (Some(v1), Some(v2), _) => {
            report_mixed(v1, v2, problems);
            None
        }
        (None, Some(v2), Some(Version::V1)) => {
            report_other(v2, Version::V1, problems);
            None
        }
        (Some(v1), None, Some(Version::V2)) => {
            report_other(v1, Version::V2, problems);
            None
        }
        (None, Some(_), _) => Some(Version::V2),
        (_, None, _) => Some(wanted.unwrap_or_default()),
    }
}

impl Signs {
    fn find(&mut self, tree: &Tree<'_>, object: &NodeRef<'_>, table: &[Attribute]) {
        for entry in tree.unique_entries(object.id, |_| ()) {
            let value = object.member(&entry, false);
            // Inside a rule it is an unknown attribute in both versions.
            let is_known = table.iter().any(|a| a.name == entry.key);
            let is_property = is_known && matches!(&*entry.key, "primary_property" | "secondary_property");
            let sign = |is_by_type| Sign {
                key: entry.key.clone().into_owned(),
                pointer: value.pointer(),
                span: entry.key_span.clone(),
                is_by_type,
            };
            match tree.kind(entry.value) {
                Kind::Array if is_property && is_list_of_tags(tree, &entry) => {
                    self.v2.get_or_insert_with(|| sign(true));
                    continue;
                }
                Kind::Object if is_property => {
                    self.v1.get_or_insert_with(|| sign(true));
                }
                _ if V2_ONLY.contains(&&*entry.key) => {
                    self.v2.get_or_insert_with(|| sign(false));
                    continue;
                }
                _ => {}
            }
            match table.iter().find(|a| a.name == entry.key).map(|a| a.shape) {
                Some(AttributeShape::Object(inner)) => self.find(tree, &value, inner),
                Some(AttributeShape::Objects(inner)) => {
                    for (number, &item) in tree.items(entry.value).iter().enumerate() {
                        self.find(tree, &value.item(item, number), inner);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether a property that is a list is one of version 2. A list of rules, or of paths, is more likely one of version 1
/// that should not be a list.
fn is_list_of_tags(tree: &Tree<'_>, property: &Entry<'_>) -> bool {
    let items = tree.items(property.value);
    let is_tag = |&item| tree.kind(item) == Kind::Object && tree.entry(item, "source").is_none();
    if items.is_empty() { property.key == "primary_property" } else { items.iter().all(is_tag) }
}

const TO_MIGRATE: &str = "version 1 has one rule as a property, `{\"name\": \"host\", \"source\": [\"host\"]}`; version 2 has a list of tags, `[{\"name\": \"host\"}]`, and the rules of these tags in `additional_attributes`. `oim migrate` turns a configuration of version 1 into one of version 2";

/// Reports a configuration that has something of each version.
fn report_mixed(v1: &Sign, v2: &Sign, problems: &mut Problems) {
    let what = if v2.is_by_type { "a list as in" } else { "an attribute of" };
    let message = format!(
        "the configuration mixes two versions: {} is an object as in version 1, {} is {what} version 2",
        quote_input(&v1.key),
        quote_input(&v2.key),
    );
    problems.push(v2.problem(message));
}

/// Reports something of a version other than the wanted one.
fn report_other(sign: &Sign, wanted: Version, problems: &mut Problems) {
    let what = match (sign.is_by_type, wanted) {
        (true, Version::V1) => "a list as in version 2",
        (true, Version::V2) => "an object as in version 1",
        (false, _) => "an attribute of version 2",
    };
    let (key, version) = (quote_input(&sign.key), wanted.digit());
    problems.push(sign.problem(format!("{key} is {what}, but the configuration is to be of version {version}")));
}
