//! A document with its places: every value has its span and its children.
//!
//! For request bodies, where order, duplicate keys and exact places matter and speed does not. The sample payload
//! inside a body can be left closed, since it goes to the engine as bytes.

use super::Kind;
use super::escape::decode;
use super::key_index::KeyIndex;
use super::scan::{Scanner, SyntaxError};
use core::ops::Range;
use std::borrow::Cow;

/// A value of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Id(usize);

impl Id {
    /// No value: `null`, at no place.
    pub(crate) const NOTHING: Id = Id(usize::MAX);
}

#[derive(Debug)]
struct TreeNode {
    kind: Kind,
    start: usize,
    end: usize,
    flags: u8,
    /// Of a member of an object: the key with its quotes.
    key: Option<(usize, usize, u8)>,
    children: Vec<Id>,
}

/// A parsed document.
#[derive(Debug)]
pub(crate) struct Tree<'t> {
    pub(crate) text: &'t [u8],
    nodes: Vec<TreeNode>,
}

/// A member of an object: its key, where the key stands, and its value.
pub(crate) struct Entry<'t> {
    pub(crate) key: Cow<'t, str>,
    pub(crate) key_span: Range<usize>,
    pub(crate) value: Id,
}

impl<'t> Tree<'t> {
    /// Parses `text`. The value of a member `closed` of the outermost object is checked but not opened.
    ///
    /// # Errors
    /// The first error of the text.
    pub(crate) fn parse(text: &'t [u8], closed: &str) -> Result<Tree<'t>, SyntaxError> {
        let mut builder = TreeBuilder { s: Scanner::new(text), nodes: Vec::new(), closed };
        let done = builder.document();
        match (done, builder.s.error) {
            (Some(()), None) => Ok(Tree { text, nodes: builder.nodes }),
            (_, Some(error)) => Err(error),
            (None, None) => Err(SyntaxError { at: 0, kind: super::scan::SyntaxErrorKind::Value }),
        }
    }

    /// The outermost value.
    pub(crate) fn root(&self) -> Id {
        Id(0)
    }

    pub(crate) fn kind(&self, id: Id) -> Kind {
        self.nodes.get(id.0).map_or(Kind::Null, |n| n.kind)
    }

    /// Where a value stands, in bytes.
    pub(crate) fn span(&self, id: Id) -> Range<usize> {
        self.nodes.get(id.0).map_or(0..0, |n| n.start..n.end)
    }

    /// The first byte of a value: of an array or object its bracket.
    pub(crate) fn opening(&self, id: Id) -> Range<usize> {
        let start = self.span(id).start;
        start..start + 1
    }

    /// A value as written.
    pub(crate) fn raw(&self, id: Id) -> &'t [u8] {
        self.text.get(self.span(id)).unwrap_or_default()
    }

    /// The text of a string.
    pub(crate) fn string(&self, id: Id) -> Option<Cow<'t, str>> {
        let node = self.nodes.get(id.0).filter(|n| n.kind == Kind::String)?;
        let inside = self.text.get(node.start + 1..node.end.saturating_sub(1))?;
        Some(decode(inside, node.flags))
    }

    /// The truth of a boolean.
    pub(crate) fn boolean(&self, id: Id) -> Option<bool> {
        (self.kind(id) == Kind::Bool).then(|| self.raw(id).first() == Some(&b't'))
    }

    /// The items of an array.
    pub(crate) fn items(&self, id: Id) -> &[Id] {
        self.nodes.get(id.0).filter(|n| n.kind == Kind::Array).map_or(&[], |n| &n.children)
    }

    /// The members of an object in order, duplicates included.
    pub(crate) fn entries<'a>(&'a self, id: Id) -> Entries<'a, 't> {
        let node = self.nodes.get(id.0).filter(|n| n.kind == Kind::Object);
        Entries { tree: self, rest: node.map_or(&[], |n| &n.children) }
    }

    /// The members of an object without duplicate keys: the last of each, at the position of the first. `replaced` gets the
    /// others.
    pub(crate) fn unique_entries(&self, id: Id, mut replaced: impl FnMut(Entry<'t>)) -> Vec<Entry<'t>> {
        let (mut keys, mut entries) = (KeyIndex::default(), Vec::new());
        for entry in self.entries(id) {
            if let Some(earlier) = keys.replace(&entry.key.clone(), &mut entries, entry) {
                replaced(earlier);
            }
        }
        entries
    }

    /// The member of a key that counts: of equal ones the last.
    pub(crate) fn entry(&self, id: Id, key: &str) -> Option<Entry<'t>> {
        let mut found = None;
        for entry in self.entries(id) {
            if entry.key == key {
                found = Some(entry);
            }
        }
        found
    }
}

/// The members of an object. See [`Tree::entries`].
pub(crate) struct Entries<'a, 't> {
    tree: &'a Tree<'t>,
    rest: &'a [Id],
}

impl<'t> Iterator for Entries<'_, 't> {
    type Item = Entry<'t>;

    fn next(&mut self) -> Option<Entry<'t>> {
        let (&value, rest) = self.rest.split_first()?;
        self.rest = rest;
        let (start, end, flags) = self.tree.nodes.get(value.0)?.key?;
        let inside = self.tree.text.get(start + 1..end.saturating_sub(1))?;
        Some(Entry { key: decode(inside, flags), key_span: start..end, value })
    }
}

struct TreeBuilder<'t, 'c> {
    s: Scanner<'t>,
    nodes: Vec<TreeNode>,
    closed: &'c str,
}

impl TreeBuilder<'_, '_> {
    fn document(&mut self) -> Option<()> {
        let start = self.s.start()?;
        let id = self.value(start, 0, None)?;
        let end = self.nodes.get(id.0)?.end;
        self.s.finish(end)
    }

    fn value(&mut self, start: usize, depth: u32, key: Option<(usize, usize, u8)>) -> Option<Id> {
        let id = Id(self.nodes.len());
        let kind = Kind::of(self.s.byte(start));
        self.nodes.push(TreeNode { kind, start, end: start, flags: 0, key, children: Vec::new() });
        let (mut flags, mut children) = (0, Vec::new());
        let closed = self.is_closed(key, depth);
        let end = match kind {
            Kind::Object if !closed => {
                let (end, members) = self.members(start, depth)?;
                children = members;
                end
            }
            Kind::Array if !closed => {
                let (end, items) = self.items(start, depth)?;
                children = items;
                end
            }
            Kind::String => {
                let quoted = self.s.string(start + 1)?;
                flags = quoted.flags();
                quoted.after()
            }
            // A value that is left closed is read as a text of its own later, and may nest as deeply as one.
            _ => self.s.skip(start, if closed { 0 } else { depth })?.get(),
        };
        let node = self.nodes.get_mut(id.0)?;
        (node.end, node.flags, node.children) = (end, flags, children);
        Some(id)
    }

    fn is_closed(&self, key: Option<(usize, usize, u8)>, depth: u32) -> bool {
        let Some((start, end, flags)) = key.filter(|_| depth == 1) else {
            return false;
        };
        self.s.bytes.get(start + 1..end - 1).is_some_and(|inside| decode(inside, flags) == self.closed)
    }

    fn members(&mut self, start: usize, depth: u32) -> Option<(usize, Vec<Id>)> {
        let depth = self.s.enter(start, depth)?;
        let mut members = Vec::new();
        let mut i = self.s.skip_whitespace(start + 1);
        if self.s.byte(i) == b'}' {
            return Some((i + 1, members));
        }
        loop {
            let (key, at) = self.s.key(i)?;
            let id = self.value(at, depth, Some((i, key.after(), key.flags())))?;
            members.push(id);
            i = self.s.skip_whitespace(self.nodes.get(id.0)?.end);
            match self.s.byte(i) {
                b',' => i = self.s.skip_whitespace(i + 1),
                b'}' => return Some((i + 1, members)),
                _ => return self.s.fail(i, super::scan::SyntaxErrorKind::MemberEnd),
            }
        }
    }

    fn items(&mut self, start: usize, depth: u32) -> Option<(usize, Vec<Id>)> {
        let depth = self.s.enter(start, depth)?;
        let mut items = Vec::new();
        let mut i = self.s.skip_whitespace(start + 1);
        if self.s.byte(i) == b']' {
            return Some((i + 1, items));
        }
        loop {
            let id = self.value(i, depth, None)?;
            items.push(id);
            i = self.s.skip_whitespace(self.nodes.get(id.0)?.end);
            match self.s.byte(i) {
                b',' => {
                    i = self.s.skip_whitespace(i + 1);
                    if self.s.byte(i) == b']' {
                        return self.s.fail(i, super::scan::SyntaxErrorKind::TrailingComma);
                    }
                }
                b']' => return Some((i + 1, items)),
                _ => return self.s.fail(i, super::scan::SyntaxErrorKind::ItemEnd),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_places() {
        let text = br#" {"a": [1, true], "sample_payload": {"x": 1}, "a": "b\u0063"} "#;
        let tree = Tree::parse(text, "sample_payload").unwrap_or_else(|f| unreachable!("{f:?}"));
        let entries: Vec<_> = tree.entries(tree.root()).collect();
        let keys: Vec<_> = entries.iter().map(|e| e.key.as_ref()).collect();
        assert_eq!(keys, ["a", "sample_payload", "a"]);
        let values: Vec<_> = entries.iter().map(|e| String::from_utf8_lossy(tree.raw(e.value))).collect();
        assert_eq!(values, ["[1, true]", r#"{"x": 1}"#, r#""b\u0063""#]);
        assert_eq!(entries.get(1).map(|e| tree.entries(e.value).count()), Some(0));
        assert_eq!(entries.get(2).and_then(|e| tree.string(e.value)).as_deref(), Some("bc"));
    }

    #[test]
    fn what_is_closed_nests_as_deep_as_a_text_alone() {
        let nested = |levels: usize| ["[".repeat(levels), "]".repeat(levels)].concat();
        let error = |key: &str, levels| {
            let text = format!(r#"{{"{key}": {}}}"#, nested(levels));
            Tree::parse(text.as_bytes(), "sample_payload").err().map(|f| f.kind)
        };
        let deep = Some(crate::json::scan::SyntaxErrorKind::Depth);
        assert_eq!([error("sample_payload", 128), error("sample_payload", 129)], [None, deep]);
        assert_eq!([error("config", 127), error("config", 128)], [None, deep]);
    }

    #[test]
    fn the_first_syntax_error_is_returned() {
        let error = Tree::parse(br#"{"a": [1,]}"#, "").err();
        assert_eq!(error.map(|f| (f.at, f.kind)), Some((9, crate::json::scan::SyntaxErrorKind::TrailingComma)));
    }
}
