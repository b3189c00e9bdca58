//! What a processed payload gives, as types. They are read from the JSON answer, which is what the engine writes.

use super::Engine;
use crate::compile::{Program, Status};
use crate::diagnostic::Diagnostic;
use crate::evaluate::{ProcessOptions, Rejection, StepOutcome};
use core::fmt;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

/// The alerts of a payload, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Processed {
    /// In the order of the payload.
    pub alerts: Vec<Alert>,
    /// Elements of the payload that give no alert.
    pub rejected: Vec<Rejection>,
    /// Problems of the payload, and with [`process_payload`](crate::process_payload) those of the configuration.
    pub diagnostics: Vec<Diagnostic>,
    /// Only with [`ProcessOptions::trace`]: one for each alert and each rejected object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<Vec<AlertTrace>>,
    /// The configuration asks for something that is not simulated: BigPanda may make other alerts. The diagnostics with
    /// the code `not-simulated` say what it is.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub partial: bool,
}

/// A normalized alert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Index in the payload's array; 0 for a single alert.
    pub index: u32,
    /// The BigPanda status.
    pub status: Status,
    /// Epoch seconds, rounded down.
    pub timestamp: i64,
    /// Name of the primary tag.
    pub primary_property: String,
    /// Name of the secondary tag.
    pub secondary_property: Option<String>,
    /// The identifying values. Two alerts are the same when these are equal.
    pub incident_identifier: Vec<TagValue>,
    /// In the order of the rules.
    pub tags: Tags,
}

/// The value of a tag. Numbers keep every digit, as text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum TagValue {
    /// A single value.
    Text(String),
    /// The items of a list.
    List(Vec<String>),
}

impl TagValue {
    /// The text of a single value; `None` for a list.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            TagValue::Text(text) => Some(text),
            TagValue::List(_) => None,
        }
    }
}

impl PartialEq<str> for TagValue {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for TagValue {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl<'de> Deserialize<'de> for TagValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<TagValue, D::Error> {
        struct TagValueVisitor;
        impl<'de> Visitor<'de> for TagValueVisitor {
            type Value = TagValue;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<TagValue, E> {
                Ok(TagValue::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<TagValue, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(TagValue::List(list))
            }
        }
        deserializer.deserialize_any(TagValueVisitor)
    }
}

/// Tags by name, in the order of the rules that give them. As JSON an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(Vec<(String, TagValue)>);

impl Tags {
    /// The value of a tag.
    pub fn get(&self, name: &str) -> Option<&TagValue> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &TagValue)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// How many tags there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no tags.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Tags {
    type Item = (String, TagValue);
    type IntoIter = std::vec::IntoIter<(String, TagValue)>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Serialize for Tags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Tags, D::Error> {
        struct TagsVisitor;
        impl<'de> Visitor<'de> for TagsVisitor {
            type Value = Tags;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of tags")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tags, A::Error> {
                let mut tags = Vec::with_capacity(members.size_hint().unwrap_or_default());
                while let Some(tag) = members.next_entry()? {
                    tags.push(tag);
                }
                Ok(Tags(tags))
            }
        }
        deserializer.deserialize_map(TagsVisitor)
    }
}

/// Why an alert is what it is: every step of every rule, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertTrace {
    /// As in [`Alert::index`].
    pub index: u32,
    /// In the order in which they were taken.
    pub steps: Vec<TraceStep>,
}

/// One thing that a rule tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TraceStep {
    /// What the rule is for.
    pub kind: StepKind,
    /// RFC 6901 pointer to the rule in the body; empty for additional tags.
    pub rule: String,
    /// The tag that the step gives or would give.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The source path tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// RFC 6901 pointer to the source in the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_pointer: Option<String>,
    /// RFC 6901 pointer to the value in the payload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload_pointer: Option<String>,
    /// Range of the value in the payload, in UTF-16 code units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload_range: Option<core::ops::Range<usize>>,
    /// The value found, as text; a list as its JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The items, where the value is a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<String>>,
    /// What the alert got, where that is not the value itself: the status, or the time in epoch seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// More, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// How the step ended.
    pub outcome: StepOutcome,
}

/// What a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StepKind {
    /// A tag.
    Tag,
    /// The status.
    Status,
    /// The time.
    Timestamp,
    /// The identity of the alert.
    Identifier,
    /// The filter of version 2: one step for each comparison.
    Filter,
}

impl Processed {
    fn read(answer: &[u8]) -> Processed {
        #[expect(clippy::expect_used, reason = "the engine writes what these types read, whatever the payload")]
        serde_json::from_slice(answer).expect("the answer has the form of its type")
    }
}

impl Engine {
    /// Processes a payload. [`Engine::process_to_json`] is faster where JSON is what is needed.
    pub fn process(&mut self, program: &Program, payload: impl AsRef<[u8]>, options: &ProcessOptions) -> Processed {
        Processed::read(self.process_to_json(program, payload.as_ref(), options))
    }
}

impl Program {
    /// Processes one payload. For many, keep an [`Engine`].
    ///
    /// ```
    /// use oim_config::{ProcessOptions, Program, Status};
    ///
    /// let compiled = Program::compile(r#"{
    ///   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
    ///   "primary_property": {"name": "host", "source": ["node"]}
    /// }"#);
    /// let program = compiled.program.expect("the configuration compiles");
    ///
    /// let options = ProcessOptions::received_at_ms(1_769_860_800_000.0);
    /// let processed = program.process(r#"{"node": "web-1", "state": "up"}"#, &options);
    /// let alert = &processed.alerts[0];
    /// assert_eq!(alert.status, Status::Ok);
    /// assert_eq!(alert.timestamp, 1_769_860_800);
    /// assert_eq!(alert.tags.get("host").expect("the tag"), "web-1");
    ///
    /// // A payload without a value for the primary property is rejected.
    /// let processed = program.process("{}", &options);
    /// assert!(processed.alerts.is_empty());
    /// assert_eq!(processed.rejected[0].code, "primary-empty");
    /// ```
    pub fn process(&self, payload: impl AsRef<[u8]>, options: &ProcessOptions) -> Processed {
        Engine::new().process(self, payload, options)
    }

    /// Processes one payload. Gives UTF-8 JSON: `alerts`, `rejected`, `diagnostics`, and `trace` if asked for.
    pub fn process_to_json(&self, payload: impl AsRef<[u8]>, options: &ProcessOptions) -> Vec<u8> {
        Engine::new().process_to_json(self, payload.as_ref(), options).to_vec()
    }
}
