//! The attributes of a request body: one table that parsing, help, the JSON Schema and the page all read.

/// What an attribute holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
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
    /// An object whose every attribute is a list of texts.
    Lists,
    /// Anything; looked at elsewhere.
    Any,
}

/// An attribute of an object.
#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) need: Need,
    /// One sentence for people, without a full stop.
    pub(crate) doc: &'static str,
}

/// Whether an object can do without an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// It can.
    No,
    /// It cannot.
    Always,
    /// It cannot when this one is true, as only one that is misspelt can be missing then.
    WhenTrue,
    /// It cannot when it is sent; told where the sample is checked.
    Sent,
    /// It cannot when this attribute of it is true; told where the rule is compiled.
    With(&'static str),
    /// It cannot unless each of these attributes of it has a text; told where the rule is compiled.
    Without([&'static str; 2]),
    /// It cannot when this attribute of it is there and another one is not; told where the rule is compiled.
    For(&'static str, &'static str),
}

const fn required(name: &'static str, shape: Shape, doc: &'static str) -> Attribute {
    Attribute { name, shape, need: Need::Always, doc }
}

const fn optional(name: &'static str, shape: Shape, doc: &'static str) -> Attribute {
    Attribute { name, shape, need: Need::No, doc }
}

const fn sometimes(name: &'static str, shape: Shape, need: Need, doc: &'static str) -> Attribute {
    Attribute { name, shape, need, doc }
}

/// The request body, version 1.
pub(crate) static BODY: &[Attribute] = &[
    required("config", Shape::Object(CONFIG), "the mapping rules"),
    sometimes(
        "sample_payload",
        Shape::Any,
        Need::Sent,
        "a payload as the tool sends it, holding every field that the rules name",
    ),
];

/// The request body, version 2.
pub(crate) static BODY_V2: &[Attribute] = &[
    required("config", Shape::Object(CONFIG_V2), "the mapping rules"),
    sometimes(
        "sample_payload",
        Shape::Any,
        Need::Sent,
        "a payload as the tool sends it, holding every field that the rules name",
    ),
];

/// The mapping rules, version 1.
pub(crate) static CONFIG: &[Attribute] = &[
    sometimes("is_array", Shape::Boolean, Need::WhenTrue, "whether one payload holds several alerts"),
    sometimes(
        "array_source",
        Shape::String,
        Need::With("is_array"),
        "path to the array of alerts, when `is_array` is true",
    ),
    required("status", Shape::Object(STATUS), "how payload values become a BigPanda status"),
    required("primary_property", Shape::Object(TAG_RULE), "the tag that names the alert's subject"),
    optional("secondary_property", Shape::Object(TAG_RULE), "the tag that tells alerts of one subject apart"),
    optional("additional_attributes", Shape::Objects(TAG_RULE), "further tags"),
    optional("timestamp", Shape::Object(TIMESTAMP), "where the time of the event is; without it, the time of receipt"),
    optional(
        "incident_identifier",
        Shape::Strings,
        "tags that identify an alert, instead of the primary and secondary",
    ),
    optional("bp_timestamp", Shape::Object(BP_TIMESTAMP), "a tag with the time for people to read"),
    optional("force_lowercase", Shape::Boolean, "lower-cases tag names that come from payload keys"),
];

/// The mapping rules, version 2.
pub(crate) static CONFIG_V2: &[Attribute] = &[
    optional("version", Shape::String, "the version of the configuration: `2.0`"),
    sometimes("is_array", Shape::Boolean, Need::WhenTrue, "whether one payload holds several alerts"),
    sometimes(
        "array_source",
        Shape::String,
        Need::With("is_array"),
        "path to the array of alerts, when `is_array` is true",
    ),
    required("status", Shape::Object(STATUS), "how payload values become a BigPanda status"),
    required(
        "primary_property",
        Shape::Objects(PROPERTY),
        "tags that can name the alert's subject; the first that an alert has is its primary property",
    ),
    optional(
        "secondary_property",
        Shape::Objects(PROPERTY),
        "tags that can tell alerts of one subject apart; the first that an alert has is its secondary property",
    ),
    optional("additional_attributes", Shape::Objects(TAG_RULE_V2), "the rules of all tags, also of the properties"),
    optional("timestamp", Shape::Object(TIMESTAMP), "where the time of the event is; without it, the time of receipt"),
    optional(
        "incident_identifier",
        Shape::Strings,
        "tags that identify an alert, instead of the primary and secondary",
    ),
    optional("bp_timestamp", Shape::Object(BP_TIMESTAMP), "a tag with the time for people to read"),
    optional("force_lowercase", Shape::Boolean, "lower-cases tag names that come from payload keys"),
    optional("map_remaining", Shape::Boolean, "makes tags of the fields that no rule names"),
    optional("map_remaining_flatten_array", Shape::Boolean, "another spelling of `map_remaining_flatten_arrays`"),
    optional(
        "map_remaining_flatten_arrays",
        Shape::Boolean,
        "what `map_remaining` does with arrays; not documented by BigPanda, and not simulated",
    ),
    optional("event_filter", Shape::String, "a query in BPQL: events that match it are dropped"),
    optional("is_default", Shape::Boolean, "not documented by BigPanda; ignored here"),
    optional(
        "preprocessing",
        Shape::Objects(PREPROCESSING),
        "functions that BigPanda runs before the rules; not simulated",
    ),
];

/// A tag that can be the primary or secondary property, version 2.
pub(crate) static PROPERTY: &[Attribute] = &[required("name", Shape::String, "the tag's name")];

/// A function that runs before the rules, version 2.
pub(crate) static PREPROCESSING: &[Attribute] = &[
    optional("id", Shape::String, "the function"),
    optional("order", Shape::Any, "its place among the functions, a number"),
    optional("tags", Shape::Strings, "the fields that it changes"),
    optional("params", Shape::Any, "its parameters, an object"),
];

/// The status rule.
pub(crate) static STATUS: &[Attribute] = &[
    required("source", Shape::Strings, "paths to the values that tell the status, tried in order"),
    optional("default_to", Shape::String, "the status when no value is listed"),
    required("status_map", Shape::Lists, "the payload values of each status, matched exactly"),
];

/// A tag rule, version 1.
pub(crate) static TAG_RULE: &[Attribute] = &[
    sometimes(
        "name",
        Shape::String,
        Need::For("default_to", "source"),
        "the tag's name; without it, the last key of the source",
    ),
    sometimes(
        "source",
        Shape::Strings,
        Need::Without(["default_to", "name"]),
        "paths to the value; the first populated one counts",
    ),
    optional("default_to", Shape::String, "the value when no source is populated"),
    optional("flatten", Shape::Boolean, "makes a tag of each field of an object"),
];

/// A tag rule, version 2. BigPanda documents no `default_to` in it; what it has here is that of version 1.
pub(crate) static TAG_RULE_V2: &[Attribute] = &[
    sometimes(
        "name",
        Shape::String,
        Need::For("default_to", "source"),
        "the tag's name; without it, the last key of the source",
    ),
    sometimes(
        "source",
        Shape::Strings,
        Need::Without(["default_to", "name"]),
        "paths to the value; the first populated one counts",
    ),
    optional("default_to", Shape::String, "the value when no source is populated; not documented for version 2"),
    optional("flatten", Shape::Boolean, "makes a tag of each field of an object"),
    optional("isSuggestion", Shape::Boolean, "whether BigPanda suggests the rule; ignored here"),
    optional("isSourceAccepted", Shape::Boolean, "whether the suggested sources were accepted; ignored here"),
    optional("isDestinationAccepted", Shape::Boolean, "whether the suggested name was accepted; ignored here"),
    optional("suggestedDestination", Shape::String, "a name that BigPanda suggests; ignored here"),
    optional("suggestedSources", Shape::Strings, "sources that BigPanda suggests; ignored here"),
];

/// The time rule.
pub(crate) static TIMESTAMP: &[Attribute] = &[
    required("source", Shape::Strings, "paths to the time, tried in order"),
    optional("format", Shape::String, "how the time is written; not documented by BigPanda for the API"),
];

/// The switch of the readable time.
pub(crate) static BP_TIMESTAMP: &[Attribute] = &[optional("is_selected", Shape::Boolean, "whether the tag is made")];

/// What else users write out of habit, in small letters and digits only, and what it was meant to be.
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
    /// For an attribute that stands in the wrong object.
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
