//! What the user wrote: raw, ordered, with places, nothing resolved.

pub(crate) mod attributes;
mod check;
mod read;
mod spot;
#[cfg(test)]
mod tests;
mod unknown;
mod version;
mod wrap;
mod wrong;

use crate::diagnostic::{Document, Problems, Told, fixable_syntax};
use crate::json::Kind;
use crate::json::key_index::KeyIndex;
use crate::json::pointer;
use crate::json::tree::Tree;
use attributes::{Attribute, BODY, CONFIG, CONFIG_V2, Shape};
use check::Check;
use core::ops::Range;
use spot::Spot;
pub use version::Version;

/// A text of the configuration and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
}

impl Text {
    /// What is told of all of it.
    pub(crate) fn told<'a>(
        &'a self,
        code: &'static str,
        message: &'static str,
        help: &'static str,
        args: &'a [&'a str],
    ) -> Told<'a> {
        Told { code, pointer: &self.pointer, span: &self.span, message, help, args }
    }
}

/// The mapping rules as written.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) version: Version,
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
    /// Its key, or without one its opening brace: what is underlined where all of it is meant.
    pub(crate) place: Range<usize>,
    pub(crate) is_array: bool,
    /// `is_array` is there, whatever it says.
    pub(crate) says_is_array: bool,
    pub(crate) array_source: Option<Text>,
    pub(crate) status: StatusRule,
    pub(crate) properties: Properties,
    pub(crate) additional: Vec<TagRule>,
    pub(crate) timestamp: Option<TimeRule>,
    pub(crate) identifier: Option<TagList>,
    /// Pointer to the switch, where it is on.
    pub(crate) bp_timestamp: Option<String>,
    pub(crate) force_lowercase: bool,
    pub(crate) only_v2: OnlyV2,
    gaps: Gaps,
}

/// What cannot be read, which is told already.
#[derive(Debug, Default)]
struct Gaps {
    /// Pointers of attributes that are not there, but that misspelt ones were meant to be.
    meant: KeyIndex,
    /// Pointers of what is missing or has a wrong type. That is told as an error.
    unreadable: KeyIndex,
}

impl Config {
    /// Whether an attribute of the object at `pointer` is there under a misspelt name, or cannot be read. That is told
    /// already, and so is what only follows from it.
    pub(crate) fn misspells(&self, pointer: &str, attribute: &str) -> bool {
        self.gaps.meant.get(&pointer::key(pointer, attribute)).is_some() || self.cannot_read(pointer, attribute)
    }

    /// Whether an attribute of the object at `pointer`, or the object, is missing or has a wrong type.
    pub(crate) fn cannot_read(&self, pointer: &str, attribute: &str) -> bool {
        let attribute = pointer::key(pointer, attribute);
        self.gaps.unreadable.get(pointer).is_some() || self.gaps.unreadable.get(&attribute).is_some()
    }

    /// All tag rules: in version 1 primary, secondary if there is one, then the others as listed.
    pub(crate) fn tag_rules(&self) -> Vec<&TagRule> {
        let mut rules: Vec<&TagRule> = Vec::new();
        if let Properties::Rules { primary, secondary } = &self.properties {
            rules.push(primary);
            rules.extend(secondary);
        }
        rules.extend(&self.additional);
        rules
    }

    /// The tags that identify alerts by their names: those of the override, and in version 2 the properties.
    pub(crate) fn identifying_tags(&self) -> impl Iterator<Item = &Text> {
        let lists = match &self.properties {
            Properties::Rules { .. } => [None, None],
            Properties::Tags { primary, secondary } => [Some(primary), secondary.as_ref()],
        };
        self.identifier.iter().chain(lists.into_iter().flatten()).flat_map(|list| &list.tags)
    }

    /// Where the primary property is configured, and the secondary if it is.
    pub(crate) fn places_of_properties(&self) -> (Place<'_>, Option<Place<'_>>) {
        fn of_rule(rule: &TagRule) -> Place<'_> {
            Place { pointer: &rule.pointer, span: &rule.place }
        }
        fn of_list(list: &TagList) -> Place<'_> {
            Place { pointer: &list.pointer, span: &list.place }
        }
        match &self.properties {
            Properties::Rules { primary, secondary } => (of_rule(primary), secondary.as_ref().map(of_rule)),
            Properties::Tags { primary, secondary } => (of_list(primary), secondary.as_ref().map(of_list)),
        }
    }
}

/// The primary and secondary property as written.
#[derive(Debug)]
pub(crate) enum Properties {
    /// Version 1: a rule each.
    Rules { primary: Box<TagRule>, secondary: Option<TagRule> },
    /// Version 2: a list of tags each.
    Tags { primary: TagList, secondary: Option<TagList> },
}

/// What is reported of something as a whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'c> {
    pub(crate) pointer: &'c str,
    pub(crate) span: &'c Range<usize>,
}

/// What only version 2 has, as written.
#[derive(Debug, Default)]
pub(crate) struct OnlyV2 {
    pub(crate) version: Option<Text>,
    pub(crate) map_remaining: bool,
    /// The switches that are on, by either of their two names: name and place.
    pub(crate) flattens_arrays: Vec<Switch>,
    pub(crate) event_filter: Option<Text>,
    /// The filter as the body writes it, with its quotes: in it a place is found again that was found in the text.
    pub(crate) raw_filter: Vec<u8>,
    /// The list, unless it is empty.
    pub(crate) preprocessing: Option<Switch>,
    pub(crate) is_default: Option<Switch>,
}

/// An attribute that has an effect by being there.
#[derive(Clone, Debug)]
pub(crate) struct Switch {
    pub(crate) pointer: String,
    /// Its key.
    pub(crate) place: Range<usize>,
}

/// The status rule as written.
#[derive(Debug)]
pub(crate) struct StatusRule {
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
    /// Its key, or without one its opening brace: what is underlined where all of it is meant.
    pub(crate) place: Range<usize>,
    pub(crate) source: Vec<Text>,
    pub(crate) default_to: Option<Text>,
    /// Status (its place is the key's) and values, as listed.
    pub(crate) map: Vec<(Text, Vec<Text>)>,
    /// The key of the map.
    pub(crate) map_place: Range<usize>,
    /// The opening brace of the map.
    pub(crate) map_opening: Option<usize>,
}

impl StatusRule {
    /// Pointer to the map.
    pub(crate) fn map_pointer(&self) -> String {
        pointer::key(&self.pointer, "status_map")
    }
}

/// A tag rule as written.
#[derive(Debug)]
pub(crate) struct TagRule {
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
    /// Its key, or without one its opening brace: what is underlined where all of it is meant.
    pub(crate) place: Range<usize>,
    pub(crate) name: Option<Text>,
    pub(crate) source: Vec<Text>,
    pub(crate) default_to: Option<Text>,
    pub(crate) flatten: bool,
}

/// The time rule as written.
#[derive(Debug)]
pub(crate) struct TimeRule {
    pub(crate) pointer: String,
    /// Its key, or without one its opening brace: what is underlined where all of it is meant.
    pub(crate) place: Range<usize>,
    pub(crate) span: Range<usize>,
    pub(crate) source: Vec<Text>,
    pub(crate) format: Option<Text>,
    /// The format with its key. `None` if it is given twice: what is taken out leaves the other.
    pub(crate) format_member: Option<Range<usize>>,
}

/// A list of tag names as written: the override of the deduplication tags, or in version 2 a property.
#[derive(Debug)]
pub(crate) struct TagList {
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
    /// Its key, or without one its opening brace: what is underlined where all of it is meant.
    pub(crate) place: Range<usize>,
    pub(crate) tags: Vec<Text>,
}

/// A request body as written.
#[derive(Debug)]
pub(crate) struct Body {
    /// The mapping rules, as far as they can be read. `None` when there are none; the problems say why.
    pub(crate) config: Option<Config>,
    /// The rules have all that they need, in its types; else they serve to look at the rest.
    pub(crate) whole: bool,
    /// Where the sample stands, when there is one.
    pub(crate) sample: Option<Sample>,
    /// The rules have something of another version, which is told already; nothing of them was read.
    pub(crate) is_other_version: bool,
    /// The sample is there under a misspelt name, which is told already.
    pub(crate) misspells_sample: bool,
    /// The opening brace of the document: what is underlined where something is missing in it.
    pub(crate) span: Range<usize>,
}

/// The sample payload of a body.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) kind: Kind,
    pub(crate) span: Range<usize>,
}

/// Reads a request body or a bare configuration. `None` when the text is not JSON or no object.
pub(crate) fn parse(text: &[u8], version: Option<Version>, problems: &mut Problems) -> Option<Body> {
    let tree = match Tree::parse(text, "sample_payload") {
        Ok(tree) => tree,
        Err(fault) => {
            problems.push(fixable_syntax(fault, text, Document::Body));
            return None;
        }
    };
    let root = Spot::document(tree.root());
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
        whole: false,
        sample: sample.map(|id| Sample { kind: tree.kind(id), span: tree.span(id) }),
        is_other_version: false,
        misspells_sample: false,
        span: tree.opening(root.id),
    };
    let (rules, at) = match &config {
        Some(entry) => (root.member(entry, true), pointer::key("", "config")),
        None => (Spot::document(root.id), String::new()),
    };
    if tree.kind(rules.id) != Kind::Object {
        not_an_object(&tree, &rules, problems);
        // What is given twice beside it stays told when it is mended.
        Check::new(&tree, Version::default(), problems).live(&root);
        return Some(body);
    }
    let Some(version) = version::of(&tree, &rules, version, problems) else {
        body.is_other_version = true;
        return Some(body);
    };
    if bare && sample.is_some() {
        wrap::beside_the_sample(&tree, &root, problems);
        return Some(body);
    }
    let mut check = Check::new(&tree, version, problems);
    body.whole = check.attributes(&root, if bare { version.tables().config } else { version.tables().body });
    let Check { meant, unreadable, .. } = check;
    body.misspells_sample = meant.get("/sample_payload").is_some();
    if bare || config.is_some() {
        body.config = Some(read::config(&tree, rules.id, &at, rules.place(&tree), version, Gaps { meant, unreadable }));
    }
    Some(body)
}

/// Whether an object without rules, `config` and sample was meant to be a body all the same.
fn is_body(tree: &Tree<'_>, root: &Spot<'_>) -> bool {
    let body: Vec<&'static Attribute> = BODY.iter().collect();
    // Who wrote more than these did not misspell one.
    tree.entries(root.id).take(16).any(|e| unknown::meant(&e.key, &body).is_some())
}

fn not_an_object(tree: &Tree<'_>, spot: &Spot<'_>, problems: &mut Problems) {
    let help = "give a request body, `{\"config\": {…}, \"sample_payload\": {…}}`, or the `config` object alone";
    wrong::wrong(tree, spot, Kind::Object, Shape::Object(BODY), Some(help), problems);
}
