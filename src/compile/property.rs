//! The primary and secondary property: how alerts get them, and which rules can give them.

use super::{PaddedBytes, Program, Source, TagId};

/// How alerts get their primary or secondary property.
#[derive(Debug)]
pub(crate) enum Property {
    /// The tag of the rule with this number, as in version 1.
    Rule(usize),
    /// The first of these tags that the alert has, as in version 2.
    Tags(TagList),
}

/// A list of tag names in the configuration.
#[derive(Debug)]
pub(crate) struct TagList {
    /// For the trace: `"rule":…`, its place in the body.
    pub(crate) json: PaddedBytes,
    pub(crate) tags: Vec<ListedTag>,
}

/// A tag that a list names.
#[derive(Debug)]
pub(crate) struct ListedTag {
    pub(crate) name: String,
    /// The tag of that name, if it is known without a payload.
    pub(crate) tag: Option<TagId>,
    /// For the trace: `,"tag":…,"sourcePointer":…`.
    pub(crate) json: PaddedBytes,
}

impl TagList {
    /// Whether a rule makes any of the tags.
    pub(crate) fn is_made(&self) -> bool {
        self.tags.iter().any(|tag| tag.tag.is_some())
    }
}

impl Program {
    /// Whether keys of a payload become tag names, which are not known without it: those of a flattened object, or those that
    /// no rule names.
    pub(crate) fn has_tags_of_payload(&self) -> bool {
        self.map_remaining || self.rules.iter().any(|rule| rule.flatten)
    }

    /// The primary property, and the secondary if there is one.
    pub(crate) fn properties(&self) -> impl Iterator<Item = &Property> {
        [Some(&self.primary), self.secondary.as_ref()].into_iter().flatten()
    }

    /// Whether a value of this source of the rule with a number can be the primary or secondary property.
    pub(crate) fn is_property_source(&self, rule: usize, source: &Source) -> bool {
        self.properties().any(|property| match property {
            Property::Rule(number) => *number == rule,
            Property::Tags(list) => list.tags.iter().any(|tag| tag.tag == Some(source.tag)),
        })
    }

    /// Whether the primary property can be a tag of the rule with a number.
    pub(crate) fn can_be_primary(&self, rule: usize) -> bool {
        match &self.primary {
            Property::Rule(number) => *number == rule,
            Property::Tags(list) => {
                let gives = |tag: TagId| list.tags.iter().any(|listed| listed.tag == Some(tag));
                let rule = self.rules.get(rule);
                rule.is_some_and(|rule| rule.sources.iter().any(|source| gives(source.tag)))
            }
        }
    }

    /// The pointer in the body, as JSON text, of what names a property.
    pub(crate) fn property_pointer<'p>(&'p self, property: &'p Property) -> Option<&'p [u8]> {
        match property {
            Property::Rule(number) => self.rule_pointer(*number),
            Property::Tags(list) => Some(list.json.rule_pointer()),
        }
    }
}
