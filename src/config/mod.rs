//! What the user wrote: raw, ordered, with places, nothing resolved.

pub(crate) mod attributes;
mod check;
mod node_ref;
mod read;
#[cfg(test)]
mod tests;
mod unknown;
mod version;
mod wrap;
mod wrong_type;

use crate::diagnostic::{Document, Problem, Problems, fixable_syntax};
use crate::json::Kind;
use crate::json::pointer;
use crate::json::tree::Tree;
use attributes::{Attribute, AttributeShape, BODY, CONFIG, CONFIG_V2};
use check::Check;
use core::ops::Range;
use node_ref::NodeRef;
use std::borrow::Cow;
use std::collections::HashSet;
pub use version::Version;

/// A text of the configuration and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct LocatedText {
    pub(crate) text: String,
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
}

impl LocatedText {
    /// A problem of the whole text.
    pub(crate) fn problem(&self, code: &'static str, message: impl Into<Cow<'static, str>>) -> Problem {
        Problem::body(code, self.pointer.clone(), self.span.clone(), message)
    }
}

/// Where a value of the body stands.
#[derive(Clone, Debug)]
pub(crate) struct Location {
    pub(crate) pointer: String,
    /// Its key, or without one its opening bracket: what is underlined in a problem of the whole value.
    pub(crate) head: Range<usize>,
    pub(crate) span: Range<usize>,
}

impl Location {
    /// A problem of the whole value.
    pub(crate) fn problem(&self, code: &'static str, message: impl Into<Cow<'static, str>>) -> Problem {
        Problem::body(code, self.pointer.clone(), self.head.clone(), message)
    }

    /// The value with its key.
    pub(crate) fn member_span(&self) -> Range<usize> {
        self.head.start..self.span.end
    }
}

/// The mapping rules as written.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) version: Version,
    pub(crate) at: Location,
    pub(crate) is_array: bool,
    /// `is_array` is there, whatever its value.
    pub(crate) has_is_array: bool,
    pub(crate) array_source: Option<LocatedText>,
    pub(crate) status: WrittenStatusRule,
    pub(crate) properties: Properties,
    pub(crate) additional: Vec<WrittenTagRule>,
    pub(crate) timestamp: Option<WrittenTimeRule>,
    pub(crate) identifier: Option<WrittenTagList>,
    /// Pointer to the switch, where it is on.
    pub(crate) bp_timestamp: Option<String>,
    pub(crate) force_lowercase: bool,
    pub(crate) only_v2: OnlyV2,
    reported: Reported,
}

/// Pointers of what cannot be read. Each is reported when the document is checked.
#[derive(Debug, Default)]
struct Reported {
    /// Attributes that are missing, but are there under a misspelt name.
    misspelt: HashSet<String>,
    /// What is missing or has a wrong type. These are errors.
    unreadable: HashSet<String>,
}

impl Config {
    /// Whether an attribute of the object at `pointer` is there under a misspelt name, or cannot be read. That is
    /// reported, so what only follows from it is not.
    pub(crate) fn misspells(&self, pointer: &str, attribute: &str) -> bool {
        self.reported.misspelt.contains(&pointer::key(pointer, attribute)) || self.cannot_read(pointer, attribute)
    }

    /// Whether an attribute of the object at `pointer`, or the object, is missing or has a wrong type.
    pub(crate) fn cannot_read(&self, pointer: &str, attribute: &str) -> bool {
        let attribute = pointer::key(pointer, attribute);
        self.reported.unreadable.contains(pointer) || self.reported.unreadable.contains(&attribute)
    }

    /// All tag rules: in version 1 primary, secondary if there is one, then the others as listed.
    pub(crate) fn tag_rules(&self) -> Vec<&WrittenTagRule> {
        let mut rules: Vec<&WrittenTagRule> = Vec::new();
        if let Properties::Rules { primary, secondary } = &self.properties {
            rules.push(primary);
            rules.extend(secondary);
        }
        rules.extend(&self.additional);
        rules
    }

    /// The tags that identify alerts by their names: those of the override, and in version 2 the properties.
    pub(crate) fn identifying_tags(&self) -> impl Iterator<Item = &LocatedText> {
        let lists = match &self.properties {
            Properties::Rules { .. } => [None, None],
            Properties::Tags { primary, secondary } => [Some(primary), secondary.as_ref()],
        };
        self.identifier.iter().chain(lists.into_iter().flatten()).flat_map(|list| &list.tags)
    }

    /// Where the primary property is configured, and the secondary if it is.
    pub(crate) fn property_locations(&self) -> (&Location, Option<&Location>) {
        match &self.properties {
            Properties::Rules { primary, secondary } => (&primary.at, secondary.as_ref().map(|rule| &rule.at)),
            Properties::Tags { primary, secondary } => (&primary.at, secondary.as_ref().map(|list| &list.at)),
        }
    }
}

/// The primary and secondary property as written.
#[derive(Debug)]
pub(crate) enum Properties {
    /// Version 1: a rule each.
    Rules { primary: Box<WrittenTagRule>, secondary: Option<WrittenTagRule> },
    /// Version 2: a list of tags each.
    Tags { primary: WrittenTagList, secondary: Option<WrittenTagList> },
}

/// What only version 2 has, as written.
#[derive(Debug, Default)]
pub(crate) struct OnlyV2 {
    pub(crate) version: Option<LocatedText>,
    pub(crate) map_remaining: bool,
    /// Where `map_remaining_flatten_arrays` is on, by either of its two spellings.
    pub(crate) flattens_arrays: Vec<Location>,
    pub(crate) event_filter: Option<LocatedText>,
    /// The filter as the body writes it, with its quotes, to find the places of its parts in the body.
    pub(crate) raw_filter: Vec<u8>,
    /// The list, unless it is empty.
    pub(crate) preprocessing: Option<Location>,
    pub(crate) is_default: Option<Location>,
}

/// The status rule as written.
#[derive(Debug)]
pub(crate) struct WrittenStatusRule {
    pub(crate) at: Location,
    pub(crate) source: Vec<LocatedText>,
    pub(crate) default_to: Option<LocatedText>,
    /// Status (its span is that of the key) and values, as listed.
    pub(crate) map: Vec<(LocatedText, Vec<LocatedText>)>,
    /// The key of the map.
    pub(crate) map_key: Range<usize>,
    /// The opening brace of the map.
    pub(crate) map_opening: Option<usize>,
}

impl WrittenStatusRule {
    /// Pointer to the map.
    pub(crate) fn map_pointer(&self) -> String {
        pointer::key(&self.at.pointer, "status_map")
    }
}

/// A tag rule as written.
#[derive(Debug)]
pub(crate) struct WrittenTagRule {
    pub(crate) at: Location,
    pub(crate) name: Option<LocatedText>,
    pub(crate) source: Vec<LocatedText>,
    pub(crate) default_to: Option<LocatedText>,
    pub(crate) flatten: bool,
}

/// The time rule as written.
#[derive(Debug)]
pub(crate) struct WrittenTimeRule {
    pub(crate) at: Location,
    pub(crate) source: Vec<LocatedText>,
    pub(crate) format: Option<LocatedText>,
    /// The format with its key. `None` if it is given twice, as removing one would leave the other.
    pub(crate) format_member: Option<Range<usize>>,
}

/// A list of tag names as written: the override of the deduplication tags, or in version 2 a property.
#[derive(Debug)]
pub(crate) struct WrittenTagList {
    pub(crate) at: Location,
    pub(crate) tags: Vec<LocatedText>,
}

/// A request body as written.
#[derive(Debug)]
pub(crate) struct Body {
    /// The mapping rules, as far as they can be read. `None` when there are none; the problems say why.
    pub(crate) config: Option<Config>,
    /// The rules have all required attributes, with the right types. If not, they are only good for checking the rest.
    pub(crate) is_complete: bool,
    /// The sample, if there is one.
    pub(crate) sample: Option<Sample>,
    /// The rules have something of another version, which is reported; nothing of them was read.
    pub(crate) is_other_version: bool,
    /// The sample is there under a misspelt name, which is reported.
    pub(crate) misspells_sample: bool,
    /// The opening brace of the document, which is underlined if something is missing in it.
    pub(crate) span: Range<usize>,
}

/// The sample payload of a body.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) kind: Kind,
    pub(crate) span: Range<usize>,
}

/// Reads a request body or a bare configuration. `None` if the text is not JSON or not an object.
pub(crate) fn parse(text: &[u8], version: Option<Version>, problems: &mut Problems) -> Option<Body> {
    let tree = match Tree::parse(text, "sample_payload") {
        Ok(tree) => tree,
        Err(error) => {
            problems.push(fixable_syntax(error, text, Document::Body));
            return None;
        }
    };
    let root = NodeRef::document(tree.root());
    if tree.kind(root.id) != Kind::Object {
        not_an_object(&tree, &root, problems);
        return None;
    }
    let config = tree.entry(root.id, "config");
    let sample = tree.entry(root.id, "sample_payload").map(|e| e.value);
    let has_rules =
        config.is_none() && tree.entries(root.id).any(|e| CONFIG.iter().chain(CONFIG_V2).any(|a| a.name == e.key));
    let bare = config.is_none() && (has_rules || sample.is_none() && !is_body(&tree, &root));
    let mut body = Body {
        config: None,
        is_complete: false,
        sample: sample.map(|id| Sample { kind: tree.kind(id), span: tree.span(id) }),
        is_other_version: false,
        misspells_sample: false,
        span: tree.opening(root.id),
    };
    let (rules, at) = match &config {
        Some(entry) => (root.member(entry, true), pointer::key("", "config")),
        None => (NodeRef::document(root.id), String::new()),
    };
    if tree.kind(rules.id) != Kind::Object {
        not_an_object(&tree, &rules, problems);
        // Duplicate keys next to it stay a problem when it is fixed.
        Check::new(&tree, Version::default(), problems).unique_entries(&root);
        return Some(body);
    }
    let Some(version) = version::of(&tree, &rules, version, problems) else {
        body.is_other_version = true;
        return Some(body);
    };
    if bare && sample.is_some() {
        wrap::rules_next_to_sample(&tree, &root, problems);
        return Some(body);
    }
    let mut check = Check::new(&tree, version, problems);
    body.is_complete = check.attributes(&root, if bare { version.tables().config } else { version.tables().body });
    let reported = check.reported;
    body.misspells_sample = reported.misspelt.contains("/sample_payload");
    if bare || config.is_some() {
        body.config = Some(read::config(&tree, rules.id, &at, rules.head(&tree), version, reported));
    }
    Some(body)
}

/// Whether an object without rules, `config` and sample is a body with a misspelt attribute.
fn is_body(tree: &Tree<'_>, root: &NodeRef<'_>) -> bool {
    let body: Vec<&'static Attribute> = BODY.iter().collect();
    // An object with more members is something else.
    tree.entries(root.id).take(16).any(|e| unknown::did_you_mean(&e.key, &body).is_some())
}

fn not_an_object(tree: &Tree<'_>, node: &NodeRef<'_>, problems: &mut Problems) {
    let help = "give a request body, `{\"config\": {…}, \"sample_payload\": {…}}`, or the `config` object alone";
    wrong_type::report(tree, node, Kind::Object, AttributeShape::Object(BODY), Some(help), problems);
}
