//! The JSON Schema of a request body, for editors and other tools.
//!
//! Made from the table of attributes and the registry, so that it says what `validate` says. It refuses what
//! `validate` calls an error as far as a schema can see, and nothing else: unknown attributes, for example, pass.
//! Patterns use what every dialect of regular expressions has. Not part of the wasm: the package has it as a file.

use crate::compile::Status;
use crate::config::Version;
use crate::config::attributes::{
    Attribute, AttributeShape, BP_TIMESTAMP, CONFIG, CONFIG_V2, Need, PREPROCESSING, PROPERTY, STATUS, TAG_RULE,
    TAG_RULE_V2, TIMESTAMP, V2_ONLY,
};
use crate::diagnostic::CODES;
use crate::json::limits;
use crate::validate::names::RESERVED;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A part of the schema; members keep their order.
#[derive(Clone, Debug)]
enum SchemaNode {
    False,
    True,
    Number(usize),
    Text(String),
    List(Vec<SchemaNode>),
    Object(Vec<(String, SchemaNode)>),
}

impl Serialize for SchemaNode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            SchemaNode::False => serializer.serialize_bool(false),
            SchemaNode::True => serializer.serialize_bool(true),
            SchemaNode::Number(number) => number.serialize(serializer),
            SchemaNode::Text(text) => text.serialize(serializer),
            SchemaNode::List(items) => items.serialize(serializer),
            SchemaNode::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

fn text(text: impl Into<String>) -> SchemaNode {
    SchemaNode::Text(text.into())
}

fn texts<'t>(items: impl IntoIterator<Item = &'t str>) -> SchemaNode {
    SchemaNode::List(items.into_iter().map(text).collect())
}

fn object<const N: usize>(members: [(&str, SchemaNode); N]) -> SchemaNode {
    SchemaNode::Object(members.map(|(key, value)| (key.to_owned(), value)).into())
}

fn typed(name: &str) -> Vec<(String, SchemaNode)> {
    vec![("type".to_owned(), text(name))]
}

fn reference(definition: &str) -> SchemaNode {
    object([("$ref", text(format!("#/$defs/{definition}")))])
}

fn pattern(pattern: impl Into<String>) -> SchemaNode {
    object([("pattern", text(pattern))])
}

fn not(part: SchemaNode) -> SchemaNode {
    object([("not", part)])
}

/// Without the attribute, or with an empty one, a rule has nothing to go by.
fn filled(name: &str, least: &str) -> [(&'static str, SchemaNode); 2] {
    [("required", texts([name])), ("properties", object([(name, object([(least, SchemaNode::Number(1))]))]))]
}

/// The schema of a version as JSON text, for people to read too. It refuses what belongs to the other version.
///
/// ```
/// use oim_config::{Version, schema};
///
/// let schema: serde_json::Value = serde_json::from_str(&schema(Version::V1))?;
/// assert_eq!(schema["required"], serde_json::json!(["config", "sample_payload"]));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn schema(version: Version) -> String {
    let digit = version.digit();
    let mut members = vec![
        ("$schema".to_owned(), text("https://json-schema.org/draft/2020-12/schema")),
        ("$id".to_owned(), text(format!("urn:oim-config:schema:config.v{digit}"))),
        ("title".to_owned(), text(format!("Open Integration Manager configuration v{digit}"))),
        (
            "description".to_owned(),
            text(format!(
                "The request body of BigPanda's Open Integration Manager Configuration API, version {digit}. An \
                 independent description, made from the rules of oim-config; not a document of BigPanda."
            )),
        ),
    ];
    members.extend(shape(AttributeShape::Object(version.tables().body)));
    members.push(("examples".to_owned(), SchemaNode::List(vec![example(version)])));
    let (config, tag_rule) = match version {
        Version::V1 => (CONFIG, TAG_RULE),
        Version::V2 => (CONFIG_V2, TAG_RULE_V2),
    };
    let mut definitions = vec![
        ("config", rules(version, config, config_rules())),
        ("status", rules(version, STATUS, status_rules())),
        ("tagRule", rules(version, tag_rule, tag_rules())),
        ("timestamp", rules(version, TIMESTAMP, Vec::new())),
        ("bpTimestamp", rules(version, BP_TIMESTAMP, Vec::new())),
    ];
    definitions.extend(match version {
        Version::V1 => vec![("version1", version_1())],
        Version::V2 => [("property", PROPERTY), ("function", PREPROCESSING)]
            .map(|(name, table)| (name, rules(version, table, Vec::new())))
            .into(),
    });
    definitions.extend([
        ("path", path()),
        ("tagName", tag_name()),
        ("statusName", object([("enum", texts(Status::words())), described("status-unknown")])),
    ]);
    let definitions = definitions.into_iter().map(|(name, part)| (name.to_owned(), part)).collect();
    members.push(("$defs".to_owned(), SchemaNode::Object(definitions)));
    let mut json = serde_json::to_string_pretty(&SchemaNode::Object(members)).unwrap_or_default();
    json.push('\n');
    json
}

/// What the registry says of a code, as the description of what it stands for.
fn described(code: &str) -> (&'static str, SchemaNode) {
    let why = CODES.iter().find(|info| info.code == code).map(|info| info.why);
    ("description", text(why.unwrap_or_default()))
}

/// An object of the configuration with the attributes of a table, and what more it has to keep to.
fn rules(version: Version, table: &'static [Attribute], more: Vec<SchemaNode>) -> SchemaNode {
    let mut members = object_of(table);
    // What only version 1 has is of another type in version 2, so that one needs no more to refuse it.
    let mut all = if version == Version::V1 { vec![reference("version1")] } else { Vec::new() };
    all.extend(more);
    if !all.is_empty() {
        members.push(("allOf".to_owned(), SchemaNode::List(all)));
    }
    SchemaNode::Object(members)
}

fn object_of(table: &'static [Attribute]) -> Vec<(String, SchemaNode)> {
    let required = table.iter().filter(|attribute| is_required(attribute)).map(|attribute| attribute.name);
    let required: Vec<&str> = required.collect();
    let properties = table.iter().map(|attribute| (attribute.name.to_owned(), property(table, attribute)));
    let properties = properties.collect();
    let mut members = typed("object");
    if !required.is_empty() {
        members.push(("required".to_owned(), texts(required)));
    }
    members.push(("properties".to_owned(), SchemaNode::Object(properties)));
    members
}

/// Whether an object cannot do without the attribute, whatever else is in it. The sample has to be in every call, though
/// the engine can do without.
fn is_required(attribute: &Attribute) -> bool {
    matches!(attribute.need, Need::Always | Need::Sent)
}

/// An attribute, with what its name says beyond its type.
fn property(table: &'static [Attribute], attribute: &Attribute) -> SchemaNode {
    let shape = match (attribute.name, attribute.shape) {
        ("source", AttributeShape::Strings) => {
            let least = usize::from(core::ptr::eq(table, TIMESTAMP));
            let mut list = list_of(reference("path"));
            if least > 0 {
                list.push(("minItems".to_owned(), SchemaNode::Number(least)));
            }
            list
        }
        // A list can name any tag: one that a field makes has the name of the field.
        ("name", AttributeShape::String) if !core::ptr::eq(table, PROPERTY) => {
            vec![("$ref".to_owned(), text("#/$defs/tagName"))]
        }
        ("default_to", AttributeShape::String) if core::ptr::eq(table, STATUS) => {
            vec![("$ref".to_owned(), text("#/$defs/statusName"))]
        }
        ("status_map", AttributeShape::Lists) => {
            let mut map = shape(AttributeShape::Lists);
            map.push(("propertyNames".to_owned(), reference("statusName")));
            map
        }
        (_, AttributeShape::Objects(inner)) => list_of(match definition(inner) {
            Some(name) => reference(name),
            None => SchemaNode::Object(object_of(inner)),
        }),
        (_, AttributeShape::Object(inner)) => match definition(inner) {
            Some(name) => vec![("$ref".to_owned(), text(format!("#/$defs/{name}")))],
            None => shape(attribute.shape),
        },
        (_, other) => shape(other),
    };
    let mut members = vec![("description".to_owned(), text(sentence(attribute.doc)))];
    members.extend(shape);
    if matches!(attribute.name, "is_array" | "force_lowercase" | "flatten") {
        members.push(("default".to_owned(), SchemaNode::False));
    }
    SchemaNode::Object(members)
}

fn definition(table: &'static [Attribute]) -> Option<&'static str> {
    let known: [(&'static [Attribute], &str); 9] = [
        (CONFIG, "config"),
        (CONFIG_V2, "config"),
        (STATUS, "status"),
        (TAG_RULE, "tagRule"),
        (TAG_RULE_V2, "tagRule"),
        (PROPERTY, "property"),
        (PREPROCESSING, "function"),
        (TIMESTAMP, "timestamp"),
        (BP_TIMESTAMP, "bpTimestamp"),
    ];
    known.iter().find(|(other, _)| core::ptr::eq(*other, table)).map(|(_, name)| *name)
}

fn shape(shape: AttributeShape) -> Vec<(String, SchemaNode)> {
    match shape {
        AttributeShape::Any => Vec::new(),
        AttributeShape::Boolean => typed("boolean"),
        AttributeShape::String => typed("string"),
        AttributeShape::Strings => list_of(SchemaNode::Object(typed("string"))),
        AttributeShape::Objects(table) => list_of(SchemaNode::Object(object_of(table))),
        AttributeShape::Object(table) => object_of(table),
        AttributeShape::Lists => {
            let mut map = typed("object");
            map.push((
                "additionalProperties".to_owned(),
                SchemaNode::Object(list_of(SchemaNode::Object(typed("string")))),
            ));
            map
        }
    }
}

fn list_of(item: SchemaNode) -> Vec<(String, SchemaNode)> {
    let mut list = typed("array");
    list.push(("items".to_owned(), item));
    list
}

/// The table's words as a sentence.
fn sentence(doc: &str) -> String {
    let mut letters = doc.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    [&first, letters.as_str(), "."].concat()
}

/// The array of alerts has to be named where there is one; only then is its path looked at.
fn config_rules() -> Vec<SchemaNode> {
    let is_array = object([("is_array", object([("const", SchemaNode::True)]))]);
    let path = object([(
        "anyOf",
        SchemaNode::List(vec![
            object([("const", text(""))]),
            object([("allOf", SchemaNode::List(vec![reference("path"), not(pattern("^@alert\\."))]))]),
        ]),
    )]);
    let array_source = object([
        ("if", object([("required", texts(["is_array"])), ("properties", is_array)])),
        (
            "then",
            object([
                ("required", texts(["array_source"])),
                ("properties", object([("array_source", path)])),
                described("array-source-missing"),
            ]),
        ),
    ]);
    vec![array_source]
}

fn status_rules() -> Vec<SchemaNode> {
    let default = object([("required", texts(["default_to"]))]);
    vec![object([
        ("anyOf", SchemaNode::List(vec![object(filled("source", "minItems")), default])),
        described("no-sources"),
    ])]
}

/// A source or a default; a default alone needs a name, as there is no key to take one from.
fn tag_rules() -> Vec<SchemaNode> {
    let default = object([("allOf", SchemaNode::List(vec![object(filled("default_to", "minLength")), named()]))]);
    vec![object([
        ("anyOf", SchemaNode::List(vec![object(filled("source", "minItems")), default])),
        described("no-sources"),
    ])]
}

fn named() -> SchemaNode {
    object([("required", texts(["name"]))])
}

/// None of the attributes that only version 2 has. Not as properties, or editors would propose them.
fn version_1() -> SchemaNode {
    let names = not(object([("enum", texts(V2_ONLY.iter().copied()))]));
    object([("propertyNames", names), described("version-mixed")])
}

fn path() -> SchemaNode {
    let segments = format!("^(@alert\\.)?[^.]+(\\.[^.]+){{0,{}}}$", limits::PATH_SEGMENTS - 1);
    object([
        ("type", text("string")),
        described("path-invalid"),
        ("pattern", text(segments)),
        (
            "allOf",
            SchemaNode::List(vec![
                not(pattern("(^|\\.)[*$](\\.|$)")),
                not(pattern("(^|\\.)[^.\\[]*\\[([0-9]*|[*\"'][^.]*)\\](\\.|$)")),
            ]),
        ),
        ("examples", texts(["host", "labels.severity", "@alert.labels.severity"])),
    ])
}

fn tag_name() -> SchemaNode {
    object([
        ("type", text("string")),
        described("tag-name-invalid"),
        ("pattern", text("^[a-z][a-z0-9_-]{0,63}$")),
        ("not", object([("enum", texts(RESERVED)), described("tag-name-reserved")])),
        ("examples", texts(["host", "check", "alert_name"])),
    ])
}

/// A body with a rule of every kind.
fn example(version: Version) -> SchemaNode {
    let tag = |name: &str, source: &str| object([("name", text(name)), ("source", texts([source]))]);
    let map = object([("ok", texts(["resolved"])), ("critical", texts(["page"])), ("warning", texts(["warn"]))]);
    let status = object([
        ("source", texts(["@alert.status", "@alert.labels.severity"])),
        ("default_to", text("critical")),
        ("status_map", map),
    ]);
    let (primary, secondary) = (tag("host", "@alert.labels.instance"), tag("check", "@alert.labels.alertname"));
    let flattened = object([("source", texts(["@alert.annotations"])), ("flatten", SchemaNode::True)]);
    let list = |name: &str| SchemaNode::List(vec![object([("name", text(name))])]);
    let (first, properties) = match version {
        Version::V1 => (
            None,
            [
                ("primary_property", primary),
                ("secondary_property", secondary),
                ("additional_attributes", SchemaNode::List(vec![flattened])),
            ],
        ),
        Version::V2 => (
            Some(("version", text("2.0"))),
            [
                ("primary_property", list("host")),
                ("secondary_property", list("check")),
                ("additional_attributes", SchemaNode::List(vec![primary, secondary, flattened])),
            ],
        ),
    };
    let array = [("is_array", SchemaNode::True), ("array_source", text("alerts")), ("status", status)];
    let config = first.into_iter().chain(array).chain(properties);
    let config = config.chain([("timestamp", object([("source", texts(["@alert.startsAt"]))]))]);
    let config = SchemaNode::Object(config.map(|(key, value)| (key.to_owned(), value)).collect());
    let labels =
        object([("instance", text("db-1")), ("alertname", text("DiskAlmostFull")), ("severity", text("page"))]);
    let alert = object([
        ("status", text("firing")),
        ("labels", labels),
        ("annotations", object([("description", text("4 % left"))])),
        ("startsAt", text("2026-01-31T12:00:00Z")),
    ]);
    object([("config", config), ("sample_payload", object([("alerts", SchemaNode::List(vec![alert]))]))])
}
