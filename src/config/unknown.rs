//! Unknown and missing attributes.

use super::attributes::{ALIASES, Attribute, Need};
use super::node_ref::NodeRef;
use super::version::Version;
use crate::diagnostic::{Fix, Problem, Problems, Severity, nearest, quote_input};
use crate::json::pointer;
use crate::json::tree::{Entry, Tree};

/// Longest key that can be a misspelt attribute, in bytes.
const LONGEST: usize = 64;

/// Which of the free attributes a misspelt key may be: one that differs only in case and punctuation, one that the key is
/// an alias of, else the nearest.
pub(super) fn did_you_mean(key: &str, free: &[&'static Attribute]) -> Option<usize> {
    if key.len() > LONGEST {
        return None;
    }
    let names: Vec<&'static str> = free.iter().map(|a| a.name).collect();
    let name = names.iter().find(|name| has_same_letters(key, name)).copied().or_else(|| {
        let (_, name) = ALIASES.iter().find(|(alias, name)| has_same_letters(key, alias) && names.contains(name))?;
        Some(*name)
    });
    let name = name.or_else(|| nearest(key, &names))?;
    names.iter().position(|known| *known == name)
}

/// Whether two keys are equal apart from the style of writing: `camelCase`, `kebab-case` or with spaces.
fn has_same_letters(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

fn letters(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase())
}

/// The object that has an unknown attribute.
pub(super) struct CheckedObject<'o, 't> {
    pub(super) tree: &'o Tree<'t>,
    pub(super) pointer: &'o str,
    /// The attributes that it can have.
    pub(super) table: &'static [Attribute],
    pub(super) entries: &'o [Entry<'t>],
    pub(super) version: Version,
}

/// Reports an attribute that is not in the table of an object. If the object requires the `suggested` one, that problem
/// stands for both: the unknown attribute and the missing one.
pub(super) fn report_unknown(
    object: &CheckedObject<'_, '_>,
    entry: &Entry<'_>,
    suggested: Option<&Attribute>,
    problems: &mut Problems,
) {
    let key = quote_input(&entry.key);
    let (pointer, span) = (pointer::key(object.pointer, &entry.key), entry.key_span.clone());
    let message = format!("{key} is not an attribute here");
    let Some(Attribute { name, need, .. }) = suggested else {
        let help = format!("it has no effect here; {}", where_it_belongs(object, &entry.key));
        return problems.push(Problem::body("unknown-attribute", pointer, span, message).help(help));
    };
    let edit = (span.clone(), format!("\"{name}\"").into());
    let (severity, message) = if is_needed(object.tree, *need, entry, object.entries) {
        (Severity::Error, format!("{message}, and `{name}` is missing"))
    } else {
        (Severity::Warning, message)
    };
    problems.push(
        Problem::body("unknown-attribute", pointer, span, message)
            .severity(severity)
            .help(format!("did you mean `{name}`? BigPanda documents no {key}"))
            .fix(Fix::new(format!("rename to `{name}`"), edit)),
    );
}

/// Where an attribute belongs, or which ones there are.
fn where_it_belongs(object: &CheckedObject<'_, '_>, key: &str) -> String {
    let mut homes = object.version.tables().homes.iter();
    if let Some((_, home)) = homes.find(|(table, _)| table.iter().any(|a| a.name == key)) {
        return format!("it is an attribute of {home}");
    }
    let names: Vec<String> = object.table.iter().map(|attribute| format!("`{}`", attribute.name)).collect();
    format!("the attributes are {}", names.join(", "))
}

/// Whether an object with these members requires an attribute. `own` is the member that is it, or its misspelling.
pub(super) fn is_needed(tree: &Tree<'_>, need: Need, own: &Entry<'_>, entries: &[Entry<'_>]) -> bool {
    let value = |name: &str| entries.iter().find(|e| e.key == name).map(|e| e.value);
    match need {
        Need::No => false,
        Need::Always | Need::Sent => true,
        Need::WhenTrue => tree.boolean(own.value) == Some(true),
        Need::With(other) => value(other).and_then(|id| tree.boolean(id)) == Some(true),
        Need::Without(others) => others.iter().any(|other| value(other).is_none_or(|id| tree.raw(id) == b"\"\"")),
        Need::For(there, absent) => value(there).is_some() && value(absent).is_none_or(|id| tree.items(id).is_empty()),
    }
}

pub(super) fn report_missing(tree: &Tree<'_>, object: &NodeRef<'_>, attribute: &Attribute, problems: &mut Problems) {
    let Attribute { name, doc, .. } = attribute;
    problems.push(
        Problem::body("missing-attribute", object.pointer(), object.head(tree), format!("`{name}` is missing"))
            .help(format!("add `\"{name}\"`: {doc}")),
    );
}
