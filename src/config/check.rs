//! Checks a document against the attribute table.

use super::attributes::{Attribute, Shape, V2_ONLY};
use crate::diagnostic::{Document, Problem, Problems, nearest, shown};
use crate::json::Kind;
use crate::json::keys::Keys;
use crate::json::pointer;
use crate::json::tree::{Entry, Id, Tree};

/// Checks an object; true when it can be understood: required attributes are there and all have their types.
pub(super) fn attributes(
    tree: &Tree<'_>,
    object: Id,
    table: &'static [Attribute],
    at: &str,
    problems: &mut Problems,
) -> bool {
    let entries = live(tree, object, at, problems);
    // An attribute that is there already was not what an unknown one was meant to be.
    let free: Vec<&str> = table.iter().map(|a| a.name).filter(|name| !entries.iter().any(|e| e.key == *name)).collect();
    let mut good = true;
    for entry in &entries {
        let here = pointer::key(at, &entry.key);
        match table.iter().find(|a| a.name == entry.key) {
            Some(attribute) => good &= shape(tree, entry.value, attribute.shape, &here, problems),
            None => problems.push_with("unknown-attribute", || unknown(entry, table, &free, here)),
        }
    }
    for attribute in table.iter().filter(|a| a.required) {
        if !entries.iter().any(|e| e.key == attribute.name) {
            good = false;
            problems.push(missing(tree, object, attribute, at));
        }
    }
    good
}

/// The members that count: of equal keys the last. The others are told.
fn live<'t>(tree: &Tree<'t>, object: Id, at: &str, problems: &mut Problems) -> Vec<Entry<'t>> {
    let mut keys = Keys::default();
    let mut entries: Vec<Entry<'t>> = Vec::new();
    for entry in tree.entries(object) {
        let key = entry.key.clone();
        if let Some(earlier) = keys.replace(&key, &mut entries, entry) {
            problems.push_with("json-duplicate-key", || duplicate(&earlier, at));
        }
    }
    entries
}

#[inline(never)]
fn duplicate(earlier: &Entry<'_>, at: &str) -> Problem {
    let message = format!("{} is given again further on, so this one has no effect", shown(&earlier.key));
    Problem::new(
        "json-duplicate-key",
        Document::Body,
        pointer::key(at, &earlier.key),
        earlier.key_span.clone(),
        message,
    )
    .help("of equal keys the last one counts; remove the others")
}

#[inline(never)]
fn unknown(entry: &Entry<'_>, table: &'static [Attribute], free: &[&str], here: String) -> Problem {
    let message = format!("{} is not an attribute here", shown(&entry.key));
    let problem = Problem::new("unknown-attribute", Document::Body, here, entry.key_span.clone(), message);
    match nearest(&entry.key, free) {
        Some(meant) => problem
            .help(format!("did you mean `{meant}`? BigPanda documents no {}", shown(&entry.key)))
            .fix(format!("rename to `{meant}`"), entry.key_span.clone(), format!("\"{meant}\"")),
        None => {
            let names: Vec<_> = table.iter().map(|a| format!("`{}`", a.name)).collect();
            problem.help(format!("it has no effect here; the attributes are {}", names.join(", ")))
        }
    }
}

#[inline(never)]
fn missing(tree: &Tree<'_>, object: Id, attribute: &Attribute, at: &str) -> Problem {
    let message = format!("`{}` is missing", attribute.name);
    let help = format!("add `\"{}\"`: {}", attribute.name, attribute.doc);
    Problem::new("missing-attribute", Document::Body, at.to_owned(), tree.span(object), message).help(help)
}

fn shape(tree: &Tree<'_>, id: Id, shape: Shape, at: &str, problems: &mut Problems) -> bool {
    let expect = |kind: Kind, problems: &mut Problems| {
        let fits = tree.kind(id) == kind;
        if !fits {
            problems.push(wrong(tree, id, kind, at));
        }
        fits
    };
    match shape {
        Shape::Any => true,
        Shape::Boolean => expect(Kind::Bool, problems),
        Shape::String => expect(Kind::String, problems),
        Shape::Strings => expect(Kind::Array, problems) && items(tree, id, Shape::String, at, problems),
        Shape::Objects(table) => expect(Kind::Array, problems) && items(tree, id, Shape::Object(table), at, problems),
        Shape::Object(table) => expect(Kind::Object, problems) && attributes(tree, id, table, at, problems),
        Shape::Lists => expect(Kind::Object, problems) && lists(tree, id, at, problems),
    }
}

fn items(tree: &Tree<'_>, id: Id, each: Shape, at: &str, problems: &mut Problems) -> bool {
    let mut good = true;
    for (i, &item) in tree.items(id).iter().enumerate() {
        good &= shape(tree, item, each, &pointer::index(at, i), problems);
    }
    good
}

fn lists(tree: &Tree<'_>, id: Id, at: &str, problems: &mut Problems) -> bool {
    let mut good = true;
    for entry in live(tree, id, at, problems) {
        good &= shape(tree, entry.value, Shape::Strings, &pointer::key(at, &entry.key), problems);
    }
    good
}

#[inline(never)]
fn wrong(tree: &Tree<'_>, id: Id, expected: Kind, at: &str) -> Problem {
    let found = tree.kind(id);
    let message = format!("expected {}, found {}", expected.in_words(), found.in_words());
    let span = tree.span(id);
    let problem = Problem::new("wrong-type", Document::Body, at.to_owned(), span.clone(), message);
    let raw = String::from_utf8_lossy(tree.raw(id));
    match (expected, found) {
        (Kind::Array, Kind::String) => problem
            .help("this attribute is a list, also when it has one item: write `[\"…\"]`")
            .fix("make it a list", span, format!("[{raw}]")),
        (Kind::Bool, Kind::String) if matches!(&*raw, "\"true\"" | "\"false\"") => problem
            .help("write `true` or `false` without quotes")
            .fix("remove the quotes", span, raw.trim_matches('"').to_owned()),
        (Kind::String, Kind::Number | Kind::Bool) => problem
            .help("payload values are compared and written as text: put it in double quotes")
            .fix("put it in quotes", span, format!("\"{raw}\"")),
        (_, Kind::Null) => problem.help("leave the attribute out when it has no value"),
        _ => problem.help(format!("give {} here", expected.in_words())),
    }
}

/// The one error of a configuration of version 2, placed on what gives it away.
pub(super) fn version_2(tree: &Tree<'_>, config: Id, at: &str) -> Option<Problem> {
    let sign = |entry: Entry<'_>, at: &str| {
        let listed = entry.key == "primary_property" && tree.kind(entry.value) == Kind::Array;
        (listed || V2_ONLY.contains(&&*entry.key)).then(|| {
            let message = if listed {
                "`primary_property` is a list: this is a configuration of version 2".to_owned()
            } else {
                format!("`{}` belongs to version 2 of the configuration", entry.key)
            };
            let pointer = pointer::key(at, &entry.key);
            Problem::new("v2-config", Document::Body, pointer, entry.key_span, message).help(
                "version 1 is for organizations onboarded before 2023; its rules are different, so nothing of this configuration was read",
            )
        })
    };
    tree.entries(config).find_map(|entry| sign(entry, at)).or_else(|| {
        let rules = tree.entries(config).find(|e| e.key == "additional_attributes")?;
        let at = pointer::key(at, "additional_attributes");
        tree.items(rules.value)
            .iter()
            .enumerate()
            .find_map(|(i, &rule)| tree.entries(rule).find_map(|entry| sign(entry, &pointer::index(&at, i))))
    })
}
