//! The plan of a program: which keys lead to which values.
//!
//! A node is a place in the payload that a source names or passes through, known by the dotted path that leads to it.

use crate::json::key_index::KeyIndex;
use core::num::NonZeroU32;

/// A place in the payload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NodeId(u32);

impl NodeId {
    /// The value that the paths begin at.
    pub(crate) const ROOT: NodeId = NodeId(0);

    /// A node of a [`TrieBuilder`], until the trie is built. A configuration that fits into memory has fewer than 2^32.
    pub(super) fn unbuilt(number: usize) -> NodeId {
        NodeId(number as u32)
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A node that is not the root, so that an `Option` of it takes no extra space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ChildId(NonZeroU32);

impl ChildId {
    pub(crate) fn id(self) -> NodeId {
        NodeId(self.0.get())
    }
}

/// From this many children on, a binary search is used.
const MANY: usize = 12;

#[derive(Debug)]
struct TrieNode {
    parent: NodeId,
    key: Box<str>,
    /// Sorted by length and bytes.
    children: Vec<ChildId>,
    /// One bit for each length (modulo 64) that a child's key has.
    lengths: u64,
    /// A rule or the filter looks at this place.
    is_source: bool,
    /// A rule names this place, so its value does not remain for additional tags.
    is_named: bool,
    depth: u32,
}

/// All places that a set of sources needs.
#[derive(Debug)]
pub(crate) struct Trie {
    nodes: Vec<TrieNode>,
}

impl Trie {
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }
    pub(crate) fn has_children(&self, id: NodeId) -> bool {
        self.nodes.get(id.index()).is_some_and(|n| !n.children.is_empty())
    }

    pub(crate) fn is_source(&self, id: NodeId) -> bool {
        self.nodes.get(id.index()).is_some_and(|n| n.is_source)
    }

    pub(crate) fn is_named(&self, id: NodeId) -> bool {
        self.nodes.get(id.index()).is_some_and(|n| n.is_named)
    }

    /// The number of segments that lead to a node.
    pub(crate) fn depth(&self, id: NodeId) -> u32 {
        self.nodes.get(id.index()).map_or(0, |n| n.depth)
    }

    /// The segments that lead to a node.
    pub(crate) fn path(&self, id: NodeId) -> Vec<&str> {
        let mut path = Vec::new();
        let mut at = id;
        while at != NodeId::ROOT
            && let Some(node) = self.nodes.get(at.index())
        {
            path.push(&*node.key);
            at = node.parent;
        }
        path.reverse();
        path
    }

    /// The child of a node by one segment.
    #[inline]
    fn child(&self, id: NodeId, segment: &[u8]) -> Option<ChildId> {
        let node = self.nodes.get(id.index())?;
        if node.lengths >> (segment.len() & 63) & 1 == 0 {
            return None;
        }
        let key = |child: &ChildId| self.nodes.get(child.id().index()).map_or(&b""[..], |n| n.key.as_bytes());
        if node.children.len() < MANY {
            return node.children.iter().find(|child| key(child) == segment).copied();
        }
        let order = |child: &ChildId| {
            let key = key(child);
            (key.len(), key).cmp(&(segment.len(), segment))
        };
        let found = node.children.binary_search_by(order).ok()?;
        node.children.get(found).copied()
    }

    /// The node that a key of the payload leads to, and how many segments the key spells: `a.b` spells two.
    pub(crate) fn find(&self, id: NodeId, key: &[u8]) -> Option<(ChildId, u32)> {
        if let Some(child) = self.child(id, key) {
            return Some((child, 1));
        }
        if !key.contains(&b'.') {
            return None;
        }
        let (mut at, mut found, mut segments) = (id, None, 0);
        for segment in key.split(|&b| b == b'.') {
            let child = self.child(at, segment)?;
            (at, found, segments) = (child.id(), Some(child), segments + 1);
        }
        found.map(|child| (child, segments))
    }
}

/// Collects the paths of a trie.
pub(super) struct TrieBuilder {
    nodes: Vec<UnbuiltNode>,
}

#[derive(Default)]
struct UnbuiltNode {
    children: KeyIndex,
    /// Children in the order they came.
    order: Vec<(String, usize)>,
    is_source: bool,
    is_named: bool,
}

impl TrieBuilder {
    /// A trie with nothing but the root.
    pub(super) fn new() -> TrieBuilder {
        TrieBuilder { nodes: vec![UnbuiltNode::default()] }
    }

    /// Adds a path that a rule names; returns its number in the builder.
    pub(super) fn add(&mut self, path: &[String]) -> usize {
        let number = self.add_unnamed(path);
        if let Some(node) = self.nodes.get_mut(number) {
            node.is_named = true;
        }
        number
    }

    /// Adds a path that only the filter looks at; returns its number in the builder.
    pub(super) fn add_unnamed(&mut self, path: &[String]) -> usize {
        let mut at = 0;
        for segment in path {
            let next = self.nodes.len();
            let Some(node) = self.nodes.get_mut(at) else {
                break;
            };
            at = node.children.get_or_insert(segment, next);
            if at == next {
                node.order.push((segment.clone(), next));
                self.nodes.push(UnbuiltNode::default());
            }
        }
        if let Some(node) = self.nodes.get_mut(at) {
            node.is_source = true;
        }
        at
    }

    /// The trie, and for each number in the builder its node. Nodes are numbered depth first; a path has few segments, so
    /// the recursion is shallow.
    pub(super) fn build(&self) -> (Trie, Vec<NodeId>) {
        let mut trie = Trie { nodes: Vec::with_capacity(self.nodes.len()) };
        let mut ids = vec![NodeId::ROOT; self.nodes.len()];
        self.build_node(0, NodeId::ROOT, "", 0, &mut trie, &mut ids);
        (trie, ids)
    }

    fn build_node(&self, number: usize, parent: NodeId, key: &str, depth: u32, trie: &mut Trie, ids: &mut [NodeId]) {
        let Some(node) = self.nodes.get(number) else {
            return;
        };
        let Ok(id) = u32::try_from(trie.nodes.len()).map(NodeId) else {
            return;
        };
        if let Some(built) = ids.get_mut(number) {
            *built = id;
        }
        let (is_source, is_named) = (node.is_source, node.is_named);
        let children = Vec::new();
        trie.nodes.push(TrieNode { parent, key: key.into(), children, lengths: 0, is_source, is_named, depth });
        let mut children: Vec<(&str, ChildId)> = Vec::with_capacity(node.order.len());
        let mut lengths = 0;
        for (key, child) in &node.order {
            if let Some(number) = u32::try_from(trie.nodes.len()).ok().and_then(NonZeroU32::new) {
                children.push((key, ChildId(number)));
            }
            lengths |= 1 << (key.len() & 63);
            self.build_node(*child, id, key, depth + 1, trie, ids);
        }
        children.sort_unstable_by_key(|(key, _)| (key.len(), *key));
        if let Some(node) = trie.nodes.get_mut(id.index()) {
            node.children = children.into_iter().map(|(_, child)| child).collect();
            node.lengths = lengths;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trie(paths: &[&str]) -> (Trie, Vec<NodeId>) {
        let mut builder = TrieBuilder::new();
        let segments = |path: &str| path.split('.').map(str::to_owned).collect::<Vec<_>>();
        let numbers: Vec<usize> = paths.iter().map(|path| builder.add(&segments(path))).collect();
        let (trie, ids) = builder.build();
        (trie, numbers.iter().filter_map(|&number| ids.get(number).copied()).collect())
    }

    #[test]
    fn keys_lead_to_nodes() {
        let (trie, ends) = trie(&["a.b.c", "a.b", "x", "a.d"]);
        let found =
            |at: NodeId, key: &str| trie.find(at, key.as_bytes()).map(|(n, s)| (trie.path(n.id()).join("."), s));
        assert_eq!(found(NodeId::ROOT, "a"), Some(("a".into(), 1)));
        assert_eq!(found(NodeId::ROOT, "a.b"), Some(("a.b".into(), 2)));
        assert_eq!(found(NodeId::ROOT, "a.b.c"), Some(("a.b.c".into(), 3)));
        for unknown in ["b", "a.x", "a.", ".a", "", "A"] {
            assert_eq!(found(NodeId::ROOT, unknown), None, "{unknown}");
        }
        let paths: Vec<_> = ends.iter().map(|&n| trie.path(n).join(".")).collect();
        assert_eq!(paths, ["a.b.c", "a.b", "x", "a.d"]);
    }

    #[test]
    fn many_children_are_found_too() {
        let keys: Vec<String> = (0..500).map(|i| format!("k{i}")).collect();
        let (trie, ends) = trie(&keys.iter().map(String::as_str).collect::<Vec<_>>());
        for (key, end) in keys.iter().zip(ends) {
            assert_eq!(trie.find(NodeId::ROOT, key.as_bytes()).map(|(n, _)| n.id()), Some(end));
        }
        assert_eq!(trie.find(NodeId::ROOT, b"k500"), None);
    }
}
