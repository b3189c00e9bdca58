//! A payload into which fields are put.

use crate::json::Kind;
use crate::json::escape::quote;
use crate::json::members::Value;
use core::ops::Range;

/// A payload, opened as far as something is put into it.
#[derive(Debug)]
pub(super) struct SampleDocument {
    root: Node,
    /// The keys that lead to the array of alerts, and the element that is completed.
    array: Option<(Vec<String>, usize)>,
}

#[derive(Debug)]
enum Node {
    /// JSON text that has not been parsed.
    Text(Vec<u8>),
    Object(Vec<(String, Node)>),
    Array(Vec<Node>),
}

impl SampleDocument {
    /// `array` is where the array of alerts stands in the text, which without a place is the array, and the number of the
    /// element that is completed.
    pub(super) fn new(text: &[u8], array: Option<(Option<Range<usize>>, usize)>) -> SampleDocument {
        let array =
            array.map(|(place, element)| (place.map(|place| keys_to(text, &place)).unwrap_or_default(), element));
        SampleDocument { root: Node::Text(text.to_vec()), array }
    }

    /// Puts a value where the keys lead to, in the payload or in the element. `false` when another value stands in the
    /// way; then nothing is changed but that objects are opened.
    pub(super) fn insert(&mut self, is_outer: bool, keys: &[String], value: &[u8]) -> bool {
        if is_outer && self.leads_to_array(keys) {
            return false;
        }
        self.target(is_outer).is_some_and(|target| target.insert(keys, value))
    }

    /// Whether keys of the payload lead towards the array of alerts by another spelling than its own. An object there could
    /// hold another array, which would count instead of this one.
    fn leads_to_array(&self, keys: &[String]) -> bool {
        let Some((array, _)) = &self.array else {
            return false;
        };
        let same = keys.iter().zip(array).take_while(|(key, of_array)| key == of_array).count();
        let rest = array.get(same..).unwrap_or_default().join(".");
        keys.get(same)
            .is_some_and(|key| rest.strip_prefix(&**key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }

    /// As [`SampleDocument::insert`], with a key that has dots in place of what stands in the way.
    pub(super) fn insert_dotted(&mut self, is_outer: bool, keys: &[String], value: &[u8]) {
        let key = [keys.join(".")];
        if keys.len() > 1
            && !(is_outer && self.leads_to_array(&key))
            && let Some(target) = self.target(is_outer)
        {
            target.insert(&key, value);
        }
    }

    /// Adds an element to the array.
    pub(super) fn add_element(&mut self, element: &[u8]) {
        let Some((keys, _)) = &self.array else {
            return;
        };
        if let Some(Node::Array(elements)) = self.root.find(keys) {
            elements.push(Node::Text(element.to_vec()));
        }
    }

    /// The payload or the element.
    fn target(&mut self, is_outer: bool) -> Option<&mut Node> {
        match &self.array {
            Some((keys, element)) if !is_outer => match self.root.find(keys)? {
                Node::Array(elements) => elements.get_mut(*element),
                _ => None,
            },
            _ => Some(&mut self.root),
        }
    }

    pub(super) fn into_text(self) -> Vec<u8> {
        let mut text = Vec::new();
        self.root.write(&mut text);
        text
    }
}

impl Node {
    /// Opens an object or array.
    fn open(&mut self) {
        let Node::Text(text) = self else {
            return;
        };
        let Some(value) = Value::whole(text) else {
            return;
        };
        let node = |value: &Value<'_>| Node::Text(value.raw().to_vec());
        *self = match value.kind {
            Kind::Object => {
                let members = value.unique_members(&mut |_| ()).into_iter();
                Node::Object(members.map(|member| (member.key.text().into_owned(), node(&member.value))).collect())
            }
            Kind::Array => Node::Array(value.items().map(|item| node(&item)).collect()),
            _ => return,
        };
    }

    fn find(&mut self, keys: &[String]) -> Option<&mut Node> {
        self.open();
        let Some((first, rest)) = keys.split_first() else {
            return Some(self);
        };
        match self {
            Node::Object(members) => members.iter_mut().find(|(key, _)| key == first)?.1.find(rest),
            _ => None,
        }
    }

    fn insert(&mut self, keys: &[String], value: &[u8]) -> bool {
        self.open();
        let (Node::Object(members), Some((first, rest))) = (self, keys.split_first()) else {
            return false;
        };
        let known = members.iter_mut().find(|(key, _)| key == first).map(|(_, node)| node);
        match (known, rest.is_empty()) {
            (Some(node), true) => return node.fill(value),
            (Some(node), false) => {
                if matches!(node, Node::Text(text) if text.trim_ascii() == b"null") {
                    *node = Node::Object(Vec::new());
                }
                return node.insert(rest, value);
            }
            (None, is_last) => {
                let mut node = if is_last { Node::Text(value.to_vec()) } else { Node::Object(Vec::new()) };
                if !is_last {
                    node.insert(rest, value);
                }
                members.push((first.clone(), node));
            }
        }
        true
    }

    /// Puts a value in the place of one that counts as none. What is in an object stays, as rules may look for it.
    fn fill(&mut self, value: &[u8]) -> bool {
        if self.is_populated() {
            return false;
        }
        self.open();
        let Node::Object(members) = self else {
            *self = Node::Text(value.to_vec());
            return true;
        };
        let mut from = Node::Text(value.to_vec());
        from.open();
        match from {
            Node::Object(more) => {
                for (key, node) in more {
                    match members.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, known)) => {
                            let mut text = Vec::new();
                            node.write(&mut text);
                            known.fill(&text);
                        }
                        None => members.push((key, node)),
                    }
                }
                true
            }
            other if members.is_empty() => {
                *self = other;
                true
            }
            _ => false,
        }
    }

    fn is_populated(&self) -> bool {
        match self {
            Node::Text(text) => Value::at(text, 0).is_some_and(|value| value.is_populated()),
            Node::Object(members) => members.iter().any(|(_, node)| node.is_populated()),
            Node::Array(items) => items.iter().any(Node::is_populated),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Node::Text(text) => out.extend_from_slice(text),
            Node::Object(members) => {
                for (number, (key, node)) in members.iter().enumerate() {
                    out.push(if number == 0 { b'{' } else { b',' });
                    quote(key, out);
                    out.push(b':');
                    node.write(out);
                }
                out.extend_from_slice(if members.is_empty() { b"{}" } else { b"}" });
            }
            Node::Array(items) => {
                for (number, node) in items.iter().enumerate() {
                    out.push(if number == 0 { b'[' } else { b',' });
                    node.write(out);
                }
                out.extend_from_slice(if items.is_empty() { b"[]" } else { b"]" });
            }
        }
    }
}

/// The keys that lead to what stands at a place.
fn keys_to(text: &[u8], place: &Range<usize>) -> Vec<String> {
    let mut keys = Vec::new();
    let mut value = Value::whole(text);
    while let Some(object) = value.filter(|value| value.start != place.start) {
        let members = object.unique_members(&mut |_| ());
        let around =
            members.into_iter().find(|member| member.value.start <= place.start && place.end <= member.value.end);
        value = around.map(|member| {
            keys.push(member.key.text().into_owned());
            member.value
        });
    }
    keys
}

/// The keys of an RFC 6901 pointer.
pub(super) fn keys_of(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~")).collect()
}
