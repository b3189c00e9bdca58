//! Attributes that are not in the table, and those that are in it and missing.

use super::attributes::{ALIASES, Attribute, Need};
use super::spot::Spot;
use super::version::Version;
use crate::diagnostic::{Fix, Problems, Severity, Told, nearest};
use crate::json::pointer;
use crate::json::tree::{Entry, Tree};

/// Longest key that can be a known attribute misspelt, in bytes.
const LONGEST: usize = 64;

/// Which of the free attributes a key was meant to be: one that differs in case and signs only, one that it is known to
/// stand for, else the nearest.
pub(super) fn meant(key: &str, free: &[&'static Attribute]) -> Option<usize> {
    if key.len() > LONGEST {
        return None;
    }
    let names: Vec<&'static str> = free.iter().map(|a| a.name).collect();
    let name = names.iter().find(|name| alike(key, name)).copied().or_else(|| {
        let (_, name) = ALIASES.iter().find(|(alias, name)| alike(key, alias) && names.contains(name))?;
        Some(*name)
    });
    let name = name.or_else(|| nearest(key, &names))?;
    names.iter().position(|known| *known == name)
}

/// Whether two keys are equal without what `camelCase`, `kebab-case` and spaces do to them.
fn alike(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

fn letters(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase())
}

/// An object of a document.
pub(super) struct Object<'o, 't> {
    pub(super) tree: &'o Tree<'t>,
    /// Its pointer.
    pub(super) at: &'o str,
    /// The attributes that it can have.
    pub(super) table: &'static [Attribute],
    pub(super) entries: &'o [Entry<'t>],
    pub(super) version: Version,
}

/// Tells of an attribute that is not in the table of an object. When the object cannot do without the `meant`
/// one, that stands for both: the one that is not known and the one that is missing.
pub(super) fn unknown(object: &Object<'_, '_>, entry: &Entry<'_>, meant: Option<&Attribute>, problems: &mut Problems) {
    let missing = meant.is_some_and(|meant| is_needed(object.tree, meant.need, entry, object.entries));
    let home = if meant.is_none() { home(object, &entry.key) } else { String::new() };
    let name = meant.map_or(&*home, |meant| meant.name);
    let told = Told {
        code: "unknown-attribute",
        pointer: &pointer::key(object.at, &entry.key),
        span: &entry.key_span,
        message: if missing {
            "{0} is not an attribute here, and `{=1}` is missing"
        } else {
            "{0} is not an attribute here"
        },
        help: match meant {
            Some(_) => "did you mean `{=1}`? BigPanda documents no {0}",
            None => "it has no effect here; {=1}",
        },
        args: &[&entry.key, name],
    };
    let edit = (entry.key_span.clone(), ["\"", name, "\""].concat().into());
    let fix = meant.map(|_| Fix::one("rename to `{=0}`", &[name], edit));
    problems.tell_as(if missing { Severity::Error } else { Severity::Warning }, &told, fix);
}

/// Where an attribute belongs, or which ones there are.
fn home(object: &Object<'_, '_>, key: &str) -> String {
    if let Some((_, home)) = object.version.tables().homes.iter().find(|(home, _)| home.iter().any(|a| a.name == key)) {
        return ["it is an attribute of ", home].concat();
    }
    let mut names = "the attributes are".to_owned();
    for attribute in object.table {
        names.push_str(" `");
        names.push_str(attribute.name);
        names.push_str("`,");
    }
    names.pop();
    names
}

/// Whether an object with these members cannot do without an attribute, which one of them is or was meant to be.
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
pub(super) fn missing(tree: &Tree<'_>, object: &Spot<'_>, attribute: &Attribute, problems: &mut Problems) {
    let told = Told {
        code: "missing-attribute",
        pointer: &object.pointer(),
        span: &object.place(tree),
        message: "`{=0}` is missing",
        help: "add `\"{=0}\"`: {=1}",
        args: &[attribute.name, attribute.doc],
    };
    problems.tell(&told, None);
}
