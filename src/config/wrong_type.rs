//! Values of the wrong type, and how to fix them.

use super::attributes::{Attribute, AttributeShape, BP_TIMESTAMP, Need};
use super::node_ref::NodeRef;
use crate::diagnostic::edit::{ByteEdit, remove};
use crate::diagnostic::{Fix, Problem, Problems};
use crate::json::Kind;
use crate::json::tree::Tree;
use std::borrow::Cow;

/// What to do about a value of the wrong type.
struct Advice {
    help: Cow<'static, str>,
    /// Title and change.
    fix: Option<(&'static str, Correction)>,
}

enum Correction {
    Remove,
    /// Put this before and this after the value.
    Wrap(&'static str, &'static str),
    /// Replace the list by its only item.
    Unwrap,
    Replace(&'static str),
}

impl Advice {
    fn help(help: impl Into<Cow<'static, str>>) -> Advice {
        Advice { help: help.into(), fix: None }
    }

    fn fix(help: &'static str, title: &'static str, change: Correction) -> Advice {
        Advice { help: help.into(), fix: Some((title, change)) }
    }
}

/// Reports a value that is not of the kind that its shape asks for.
pub(super) fn report(
    tree: &Tree<'_>,
    node: &NodeRef<'_>,
    expected: Kind,
    shape: AttributeShape,
    other_help: Option<&'static str>,
    problems: &mut Problems,
) {
    let found = tree.kind(node.id);
    // An object or array can be long, so only its key or first byte is underlined.
    let span = if matches!(found, Kind::Array | Kind::Object) { node.head(tree) } else { tree.span(node.id) };
    let Advice { help, fix } = advice(tree, node, expected, shape);
    let message = format!("expected {}, found {}", expected.in_words(), found.in_words());
    problems.push(
        Problem::body("wrong-type", node.pointer(), span, message)
            .help(other_help.map_or(help, Cow::Borrowed))
            .fix(fix.map(|(title, change)| Fix { title: title.into(), edits: edits(tree, node, change) })),
    );
}

fn edits(tree: &Tree<'_>, node: &NodeRef<'_>, change: Correction) -> Vec<ByteEdit> {
    let span = tree.span(node.id);
    match change {
        Correction::Remove => vec![remove(tree.text, &node.member_span(tree))],
        Correction::Replace(word) => vec![(span, word.into())],
        Correction::Wrap(before, after) => {
            vec![(span.start..span.start, before.into()), (span.end..span.end, after.into())]
        }
        Correction::Unwrap => {
            let inner = tree.items(node.id).first().map_or(span.clone(), |&item| tree.span(item));
            vec![(span.start..inner.start, "".into()), (inner.end..span.end, "".into())]
        }
    }
}

fn advice(tree: &Tree<'_>, node: &NodeRef<'_>, expected: Kind, shape: AttributeShape) -> Advice {
    use Correction::{Remove, Replace, Unwrap, Wrap};
    const LIST: &str = "make it a list";
    const RULE: &str = "make it a rule";
    let raw = tree.raw(node.id);
    let items = tree.items(node.id);
    let all = |kind: Kind| !items.is_empty() && items.iter().all(|&item| tree.kind(item) == kind);
    match (shape, tree.kind(node.id)) {
        (_, Kind::Null) if node.is_required => Advice::help("this attribute is required: set a value"),
        (_, Kind::Null) => Advice::fix("leave out what has no value", "remove it", Remove),
        (_, Kind::Array) if items.len() == 1 && all(expected) => {
            Advice::fix("only one value is allowed here: remove the brackets", "remove the brackets", Unwrap)
        }
        (AttributeShape::Strings, Kind::String) if is_inverted(raw, node) => Advice::help(
            "the map is the other way round: write the status first, and the values of the payload as its list, such as `{\"ok\": [\"up\"]}`",
        ),
        (AttributeShape::Strings, Kind::Object) if node.pointer().contains("/status_map/") => {
            Advice::help("list the values of the payload that mean this status as texts, such as `[\"up\"]`")
        }
        (AttributeShape::Strings, Kind::String) => {
            let help = "this attribute is a list, also when it has one item: write `[\"…\"]`";
            Advice::fix(help, LIST, Wrap("[", "]"))
        }
        (AttributeShape::Strings, Kind::Number | Kind::Bool) => {
            let help = "this attribute is a list of texts, also when it has one item";
            Advice::fix(help, LIST, Wrap("[\"", "\"]"))
        }
        (AttributeShape::Objects(_), Kind::Object) => {
            Advice::fix("this attribute is a list of objects, also when it has one", LIST, Wrap("[", "]"))
        }
        (AttributeShape::Objects(_), Kind::String) if raw.len() > 2 => {
            let help = "this attribute is a list of rules: name the field in the `source` of one";
            Advice::fix(help, RULE, Wrap("[{\"source\": [", "]}]"))
        }
        (AttributeShape::Object(table), Kind::String) if raw.len() > 2 && needs_only_sources(table) => {
            Advice::fix("this is a rule: name the field in its `source`", RULE, Wrap("{\"source\": [", "]}"))
        }
        (AttributeShape::Object(table), Kind::Array) if all(Kind::String) && needs_only_sources(table) => {
            Advice::fix("this is a rule: name the fields in its `source`", RULE, Wrap("{\"source\": ", "}"))
        }
        (AttributeShape::Object(table), Kind::Bool) if core::ptr::eq(table, BP_TIMESTAMP) => {
            let help = "the switch is inside: `{\"is_selected\": true}`";
            Advice::fix(help, "put it inside", Wrap("{\"is_selected\": ", "}"))
        }
        (AttributeShape::String, Kind::Number | Kind::Bool) => {
            let help = "payload values are compared and written as text: put it in double quotes";
            Advice::fix(help, "put it in quotes", Wrap("\"", "\""))
        }
        (AttributeShape::Boolean, _) => {
            let fix = boolean_word(raw).map(|word| ("write it as a boolean", Replace(word)));
            Advice { help: "write `true` or `false` without quotes".into(), fix }
        }
        (AttributeShape::Lists, _) => {
            Advice::help("write a list of values for each status, such as `{\"critical\": [\"down\"]}`")
        }
        _ => Advice::help(format!("give {} here", expected.in_words())),
    }
}

/// Whether a member of `status_map` has the status as its value: `"up": "ok"`.
fn is_inverted(raw: &[u8], node: &NodeRef<'_>) -> bool {
    const STATUSES: [&str; 5] = ["ok", "warning", "critical", "acknowledged", "unknown"];
    let is_status = |word: &str| STATUSES.contains(&word);
    let value = raw.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    let value = value.and_then(|value| core::str::from_utf8(value).ok());
    let pointer = node.pointer();
    let key = pointer.split_once("/status_map/").map(|(_, key)| key);
    value.is_some_and(is_status) && key.is_some_and(|key| !is_status(key))
}

/// Whether a rule of this table needs nothing but sources.
fn needs_only_sources(table: &[Attribute]) -> bool {
    let needed = |a: &Attribute| a.name == "source" || a.need != Need::Always;
    table.iter().any(|a| a.name == "source") && table.iter().all(needed)
}

/// The boolean that is written in another way, such as `"yes"`.
fn boolean_word(raw: &[u8]) -> Option<&'static str> {
    const YES: [&[u8]; 4] = [b"true", b"yes", b"on", b"1"];
    const NO: [&[u8]; 4] = [b"false", b"no", b"off", b"0"];
    let word = raw.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(raw);
    let is = |words: [&[u8]; 4]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    if is(YES) {
        return Some("true");
    }
    is(NO).then_some("false")
}
