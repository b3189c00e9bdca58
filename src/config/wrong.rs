//! Values of a wrong type, and what mends them.

use super::attributes::{Attribute, BP_TIMESTAMP, Need, Shape};
use super::spot::Spot;
use crate::diagnostic::edit::remove;
use crate::diagnostic::{Fix, Problems, Told};
use crate::json::Kind;
use crate::json::tree::Tree;

/// What mends a value.
enum Mending {
    /// Nothing that is known.
    None,
    /// Taking it out.
    Out,
    /// This around it.
    Around(&'static str, &'static str),
    /// Its one item in its place.
    Inside,
    /// This in its place.
    Other(&'static str),
}

/// Tells of a value that is not of the kind that its shape asks for.
pub(super) fn wrong(
    tree: &Tree<'_>,
    spot: &Spot<'_>,
    expected: Kind,
    shape: Shape,
    other_help: Option<&'static str>,
    problems: &mut Problems,
) {
    let found = tree.kind(spot.id);
    let span = tree.span(spot.id);
    // An object or array can be long: its key, or its first byte, stands for it.
    let place = if matches!(found, Kind::Array | Kind::Object) { spot.place(tree) } else { span.clone() };
    let (help, title, mending) = remedy(tree, spot, expected, shape);
    let edits = match mending {
        Mending::None => Vec::new(),
        Mending::Out => vec![remove(tree.text, &spot.whole(tree))],
        Mending::Other(word) => vec![(span, word.into())],
        Mending::Around(before, after) => {
            vec![(span.start..span.start, before.into()), (span.end..span.end, after.into())]
        }
        Mending::Inside => {
            let inner = tree.items(spot.id).first().map_or(span.clone(), |&item| tree.span(item));
            vec![(span.start..inner.start, "".into()), (inner.end..span.end, "".into())]
        }
    };
    let told = Told {
        code: "wrong-type",
        pointer: &spot.pointer(),
        span: &place,
        message: "expected {=0}, found {=1}",
        help: other_help.unwrap_or(help),
        args: &[expected.in_words(), found.in_words()],
    };
    problems.tell(&told, (!edits.is_empty()).then(|| Fix { title: title.into(), edits }));
}

/// Help, and what mends it with a title.
fn remedy(tree: &Tree<'_>, spot: &Spot<'_>, expected: Kind, shape: Shape) -> (&'static str, &'static str, Mending) {
    use Mending::{Around, Inside, Other, Out};
    const LIST: &str = "make it a list";
    const RULE: &str = "make it a rule";
    let raw = tree.raw(spot.id);
    let items = tree.items(spot.id);
    let all = |kind: Kind| !items.is_empty() && items.iter().all(|&item| tree.kind(item) == kind);
    match (shape, tree.kind(spot.id)) {
        (_, Kind::Null) if spot.required => ("this attribute is required: set a value", "", Mending::None),
        (_, Kind::Null) => ("leave out what has no value", "remove it", Out),
        (_, Kind::Array) if items.len() == 1 && all(expected) => {
            ("only one value is allowed here: remove the brackets", "remove the brackets", Inside)
        }
        (Shape::Strings, Kind::String) if is_inverted(raw, spot) => (
            "the map is the other way round: write the status first, and the values of the payload as its list, such as `{\"ok\": [\"up\"]}`",
            "",
            Mending::None,
        ),
        (Shape::Strings, Kind::Object) if spot.pointer().contains("/status_map/") => {
            ("list the values of the payload that mean this status as texts, such as `[\"up\"]`", "", Mending::None)
        }
        (Shape::Strings, Kind::String) => {
            ("this attribute is a list, also when it has one item: write `[\"…\"]`", LIST, Around("[", "]"))
        }
        (Shape::Strings, Kind::Number | Kind::Bool) => {
            ("this attribute is a list of texts, also when it has one item", LIST, Around("[\"", "\"]"))
        }
        (Shape::Objects(_), Kind::Object) => {
            ("this attribute is a list of objects, also when it has one", LIST, Around("[", "]"))
        }
        (Shape::Objects(_), Kind::String) if raw.len() > 2 => (
            "this attribute is a list of rules: name the field in the `source` of one",
            RULE,
            Around("[{\"source\": [", "]}]"),
        ),
        (Shape::Object(table), Kind::String) if raw.len() > 2 && needs_only_sources(table) => {
            ("this is a rule: name the field in its `source`", RULE, Around("{\"source\": [", "]}"))
        }
        (Shape::Object(table), Kind::Array) if all(Kind::String) && needs_only_sources(table) => {
            ("this is a rule: name the fields in its `source`", RULE, Around("{\"source\": ", "}"))
        }
        (Shape::Object(table), Kind::Bool) if core::ptr::eq(table, BP_TIMESTAMP) => {
            ("the switch is inside: `{\"is_selected\": true}`", "put it inside", Around("{\"is_selected\": ", "}"))
        }
        (Shape::String, Kind::Number | Kind::Bool) => (
            "payload values are compared and written as text: put it in double quotes",
            "put it in quotes",
            Around("\"", "\""),
        ),
        (Shape::Boolean, _) => {
            ("write `true` or `false` without quotes", "write it as a boolean", truth(raw).map_or(Mending::None, Other))
        }
        (Shape::Lists, _) => {
            ("write a list of values for each status, such as `{\"critical\": [\"down\"]}`", "", Mending::None)
        }
        _ => ("give {=0} here", "", Mending::None),
    }
}

/// Whether a member of `status_map` has the status as its value: `"up": "ok"`.
fn is_inverted(raw: &[u8], spot: &Spot<'_>) -> bool {
    const STATUSES: [&str; 5] = ["ok", "warning", "critical", "acknowledged", "unknown"];
    let is_status = |word: &str| STATUSES.contains(&word);
    let value = raw.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    let value = value.and_then(|value| core::str::from_utf8(value).ok());
    let pointer = spot.pointer();
    let key = pointer.split_once("/status_map/").map(|(_, key)| key);
    value.is_some_and(is_status) && key.is_some_and(|key| !is_status(key))
}

/// Whether a rule of this table can be made of sources alone.
fn needs_only_sources(table: &[Attribute]) -> bool {
    let needed = |a: &Attribute| a.name == "source" || a.need != Need::Always;
    table.iter().any(|a| a.name == "source") && table.iter().all(needed)
}

/// What a boolean that is written in another way says.
fn truth(raw: &[u8]) -> Option<&'static str> {
    const YES: [&[u8]; 4] = [b"true", b"yes", b"on", b"1"];
    const NO: [&[u8]; 4] = [b"false", b"no", b"off", b"0"];
    let word = raw.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(raw);
    let is = |words: [&[u8]; 4]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    if is(YES) {
        return Some("true");
    }
    is(NO).then_some("false")
}
