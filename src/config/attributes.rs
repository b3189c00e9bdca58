//! The attributes of a request body: one table that parsing, help, the JSON Schema and the page all read.

/// What an attribute holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AttributeShape {
    /// `true` or `false`.
    Boolean,
    /// A text.
    String,
    /// A list of texts.
    Strings,
    /// An object with these attributes.
    Object(&'static [Attribute]),
    /// A list of such objects.
    Objects(&'static [Attribute]),
    /// An object in which each attribute is a list of texts.
    Lists,
    /// Anything; not checked here.
    Any,
}

/// An attribute of an object.
#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) name: &'static str,
    pub(crate) shape: AttributeShape,
    pub(crate) need: Need,
    /// One sentence for people, without a full stop.
    pub(crate) doc: &'static str,
}

/// Whether an attribute is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Never.
    No,
    /// Always.
    Always,
    /// Required if it is true. Then it can only be missing under a misspelt name.
    WhenTrue,
    /// Required in a body that is sent; reported when the sample is checked.
    Sent,
    /// Required if this attribute is true; reported when the rule is compiled.
    With(&'static str),
    /// Required unless each of these attributes has a text; reported when the rule is compiled.
    Without([&'static str; 2]),
    /// Required if the first attribute is there and the second is not; reported when the rule is compiled.
    For(&'static str, &'static str),
}

const fn required(name: &'static str, shape: AttributeShape, doc: &'static str) -> Attribute {
    Attribute { name, shape, need: Need::Always, doc }
}

const fn optional(name: &'static str, shape: AttributeShape, doc: &'static str) -> Attribute {
    Attribute { name, shape, need: Need::No, doc }
}

const fn sometimes(name: &'static str, shape: AttributeShape, need: Need, doc: &'static str) -> Attribute {
    Attribute { name, shape, need, doc }
}

/// The attributes that both versions have.
mod shared {
    use super::{Attribute, AttributeShape, Need, optional, required, sometimes};

    pub(super) const SAMPLE_PAYLOAD: Attribute = sometimes(
        "sample_payload",
        AttributeShape::Any,
        Need::Sent,
        "a payload as the tool sends it, holding every field that the rules name",
    );
    pub(super) const IS_ARRAY: Attribute =
        sometimes("is_array", AttributeShape::Boolean, Need::WhenTrue, "whether one payload holds several alerts");
    pub(super) const ARRAY_SOURCE: Attribute = sometimes(
        "array_source",
        AttributeShape::String,
        Need::With("is_array"),
        "path to the array of alerts, when `is_array` is true",
    );
    pub(super) const STATUS: Attribute =
        required("status", AttributeShape::Object(super::STATUS), "how payload values become a BigPanda status");
    pub(super) const TIMESTAMP: Attribute = optional(
        "timestamp",
        AttributeShape::Object(super::TIMESTAMP),
        "where the time of the event is; without it, the time of receipt",
    );
    pub(super) const INCIDENT_IDENTIFIER: Attribute = optional(
        "incident_identifier",
        AttributeShape::Strings,
        "tags that identify an alert, instead of the primary and secondary",
    );
    pub(super) const BP_TIMESTAMP: Attribute =
        optional("bp_timestamp", AttributeShape::Object(super::BP_TIMESTAMP), "a tag with the time for people to read");
    pub(super) const FORCE_LOWERCASE: Attribute =
        optional("force_lowercase", AttributeShape::Boolean, "lower-cases tag names that come from payload keys");
    pub(super) const NAME: Attribute = sometimes(
        "name",
        AttributeShape::String,
        Need::For("default_to", "source"),
        "the tag's name; without it, the last key of the source",
    );
    pub(super) const SOURCE: Attribute = sometimes(
        "source",
        AttributeShape::Strings,
        Need::Without(["default_to", "name"]),
        "paths to the value; the first populated one counts",
    );
    pub(super) const FLATTEN: Attribute =
        optional("flatten", AttributeShape::Boolean, "makes a tag of each field of an object");
}

/// The request body, version 1.
pub(crate) static BODY: &[Attribute] =
    &[required("config", AttributeShape::Object(CONFIG), "the mapping rules"), shared::SAMPLE_PAYLOAD];

/// The request body, version 2.
pub(crate) static BODY_V2: &[Attribute] =
    &[required("config", AttributeShape::Object(CONFIG_V2), "the mapping rules"), shared::SAMPLE_PAYLOAD];

/// The mapping rules, version 1.
pub(crate) static CONFIG: &[Attribute] = &[
    shared::IS_ARRAY,
    shared::ARRAY_SOURCE,
    shared::STATUS,
    required("primary_property", AttributeShape::Object(TAG_RULE), "the tag that names the alert's subject"),
    optional(
        "secondary_property",
        AttributeShape::Object(TAG_RULE),
        "the tag that distinguishes alerts of one subject",
    ),
    optional("additional_attributes", AttributeShape::Objects(TAG_RULE), "further tags"),
    shared::TIMESTAMP,
    shared::INCIDENT_IDENTIFIER,
    shared::BP_TIMESTAMP,
    shared::FORCE_LOWERCASE,
];

/// The mapping rules, version 2.
pub(crate) static CONFIG_V2: &[Attribute] = &[
    optional("version", AttributeShape::String, "the version of the configuration: `2.0`"),
    shared::IS_ARRAY,
    shared::ARRAY_SOURCE,
    shared::STATUS,
    required(
        "primary_property",
        AttributeShape::Objects(PROPERTY),
        "tags that can name the alert's subject; the first that an alert has is its primary property",
    ),
    optional(
        "secondary_property",
        AttributeShape::Objects(PROPERTY),
        "tags that can distinguish alerts of one subject; the first that an alert has is its secondary property",
    ),
    optional(
        "additional_attributes",
        AttributeShape::Objects(TAG_RULE_V2),
        "the rules of all tags, also of the properties",
    ),
    shared::TIMESTAMP,
    shared::INCIDENT_IDENTIFIER,
    shared::BP_TIMESTAMP,
    shared::FORCE_LOWERCASE,
    optional("map_remaining", AttributeShape::Boolean, "makes tags of the fields that no rule names"),
    optional(
        "map_remaining_flatten_array",
        AttributeShape::Boolean,
        "another spelling of `map_remaining_flatten_arrays`",
    ),
    optional(
        "map_remaining_flatten_arrays",
        AttributeShape::Boolean,
        "what `map_remaining` does with arrays; not documented by BigPanda, and not simulated",
    ),
    optional("event_filter", AttributeShape::String, "a query in BPQL: events that match it are dropped"),
    optional("is_default", AttributeShape::Boolean, "not documented by BigPanda; ignored here"),
    optional(
        "preprocessing",
        AttributeShape::Objects(PREPROCESSING),
        "functions that BigPanda runs before the rules; not simulated",
    ),
];

/// A tag that can be the primary or secondary property, version 2.
pub(crate) static PROPERTY: &[Attribute] = &[required("name", AttributeShape::String, "the tag's name")];

/// A function that runs before the rules, version 2.
pub(crate) static PREPROCESSING: &[Attribute] = &[
    optional("id", AttributeShape::String, "the function"),
    optional("order", AttributeShape::Any, "its place among the functions, a number"),
    optional("tags", AttributeShape::Strings, "the fields that it changes"),
    optional("params", AttributeShape::Any, "its parameters, an object"),
];

/// The status rule.
pub(crate) static STATUS: &[Attribute] = &[
    required("source", AttributeShape::Strings, "paths to the values that give the status, tried in order"),
    optional("default_to", AttributeShape::String, "the status when no value is listed"),
    required("status_map", AttributeShape::Lists, "the payload values of each status, matched exactly"),
];

/// A tag rule, version 1.
pub(crate) static TAG_RULE: &[Attribute] = &[
    shared::NAME,
    shared::SOURCE,
    optional("default_to", AttributeShape::String, "the value when no source is populated"),
    shared::FLATTEN,
];

/// A tag rule, version 2. BigPanda documents no `default_to` in it; what it has here is that of version 1.
pub(crate) static TAG_RULE_V2: &[Attribute] = &[
    shared::NAME,
    shared::SOURCE,
    optional(
        "default_to",
        AttributeShape::String,
        "the value when no source is populated; not documented for version 2",
    ),
    shared::FLATTEN,
    optional("isSuggestion", AttributeShape::Boolean, "whether BigPanda suggests the rule; ignored here"),
    optional("isSourceAccepted", AttributeShape::Boolean, "whether the suggested sources were accepted; ignored here"),
    optional("isDestinationAccepted", AttributeShape::Boolean, "whether the suggested name was accepted; ignored here"),
    optional("suggestedDestination", AttributeShape::String, "a name that BigPanda suggests; ignored here"),
    optional("suggestedSources", AttributeShape::Strings, "sources that BigPanda suggests; ignored here"),
];

/// The time rule.
pub(crate) static TIMESTAMP: &[Attribute] = &[
    required("source", AttributeShape::Strings, "paths to the time, tried in order"),
    optional("format", AttributeShape::String, "how the time is written; not documented by BigPanda for the API"),
];

/// The switch of the readable time.
pub(crate) static BP_TIMESTAMP: &[Attribute] =
    &[optional("is_selected", AttributeShape::Boolean, "whether the tag is made")];

/// Other names that users write, in lower-case letters and digits only, with the attribute that they stand for.
pub(crate) static ALIASES: &[(&str, &str)] = &[
    ("configuration", "config"),
    ("sample", "sample_payload"),
    ("payload", "sample_payload"),
    ("array", "array_source"),
    ("statusmapping", "status_map"),
    ("primary", "primary_property"),
    ("secondary", "secondary_property"),
    ("additional", "additional_attributes"),
    ("additionaltags", "additional_attributes"),
    ("attributes", "additional_attributes"),
    ("tags", "additional_attributes"),
    ("identifier", "incident_identifier"),
    ("time", "timestamp"),
    ("eventtimestamp", "timestamp"),
    ("lowercase", "force_lowercase"),
    ("tag", "name"),
    ("tagname", "name"),
    ("default", "default_to"),
];

/// The objects of a body, the attributes of each and the object in words.
pub(crate) struct Tables {
    pub(crate) body: &'static [Attribute],
    pub(crate) config: &'static [Attribute],
    /// Where attributes belong that are in the wrong object.
    pub(crate) homes: &'static [(&'static [Attribute], &'static str)],
}

/// The objects of version 1.
pub(crate) static V1: Tables = Tables {
    body: BODY,
    config: CONFIG,
    homes: &[
        (BODY, "the request body, beside `config`"),
        (CONFIG, "`config`"),
        (TAG_RULE, "a tag rule, such as `primary_property`"),
        (STATUS, "`status`"),
        (TIMESTAMP, "`timestamp`"),
        (BP_TIMESTAMP, "`bp_timestamp`"),
    ],
};

/// The objects of version 2.
pub(crate) static V2: Tables = Tables {
    body: BODY_V2,
    config: CONFIG_V2,
    homes: &[
        (BODY_V2, "the request body, beside `config`"),
        (CONFIG_V2, "`config`"),
        (TAG_RULE_V2, "a tag rule, in `additional_attributes`"),
        (STATUS, "`status`"),
        (TIMESTAMP, "`timestamp`"),
        (BP_TIMESTAMP, "`bp_timestamp`"),
        (PREPROCESSING, "`preprocessing`"),
    ],
};

/// Attributes that only version 2 of the configuration has, wherever they stand in it.
pub(crate) static V2_ONLY: &[&str] = &[
    "version",
    "map_remaining",
    "map_remaining_flatten_array",
    "map_remaining_flatten_arrays",
    "event_filter",
    "is_default",
    "preprocessing",
    "isSuggestion",
    "isSourceAccepted",
    "isDestinationAccepted",
    "suggestedDestination",
    "suggestedSources",
];
