//! Iterates over the members and items of a value that was scanned before.
//!
//! For values that are rarely read: flattened objects, additional tags, lists, field lists. Nothing is checked again; a
//! text that the scanner would refuse gives fewer members and no panic.

use super::Kind;
use super::escape::decode;
use super::key_index::KeyIndex;
use super::scan::Scanner;
use core::ops::Range;
use std::borrow::Cow;

/// A value in a text that is valid JSON.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value<'t> {
    /// The whole text.
    pub(crate) text: &'t [u8],
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// Of a string: what it holds.
    pub(crate) flags: u8,
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'t> {
    /// The key; a string.
    pub(crate) key: Value<'t>,
    pub(crate) value: Value<'t>,
}

impl<'t> Value<'t> {
    /// The value at `start`.
    pub(crate) fn at(text: &'t [u8], start: usize) -> Option<Value<'t>> {
        let mut s = Scanner::new(text);
        value(&mut s, start)
    }

    /// The value that a whole text is, without asking where it ends, as that takes reading all of it. Only its first
    /// bytes, its members and its items can be read.
    pub(crate) fn whole(text: &'t [u8]) -> Option<Value<'t>> {
        let mut scanner = Scanner::new(text);
        let start = scanner.start()?;
        Some(Value { text, start, end: text.len(), kind: Kind::of(scanner.byte(start)), flags: 0 })
    }

    /// Its text as written.
    pub(crate) fn raw(&self) -> &'t [u8] {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    /// The raw text between the quotes of a string.
    pub(crate) fn inside(&self) -> &'t [u8] {
        self.text.get(self.start + 1..self.end.saturating_sub(1)).unwrap_or_default()
    }

    /// The raw text between the quotes of a string; all raw text of anything else.
    pub(crate) fn inside_or_raw(&self) -> &'t [u8] {
        if self.kind == Kind::String { self.inside() } else { self.raw() }
    }

    /// The text of a string; the raw text of anything else.
    pub(crate) fn text(&self) -> Cow<'t, str> {
        match self.kind {
            Kind::String => decode(self.inside(), self.flags),
            _ => String::from_utf8_lossy(self.raw()),
        }
    }

    /// The members of an object, as they stand, duplicates included. Nothing for other values.
    pub(crate) fn members(&self) -> Members<'t> {
        Members(ElementWalker::new(self, Kind::Object))
    }

    /// The members of an object without duplicate keys: the last of each, at the position of the first. `repeated` gets each
    /// member that replaces an earlier one.
    pub(crate) fn unique_members(&self, repeated: &mut dyn FnMut(&Member<'t>)) -> Vec<Member<'t>> {
        self.unique_members_knowing(&(0..0), repeated)
    }

    /// As [`Value::unique_members`], where it is known that a value begins and ends with `known`: what is large need not
    /// be read to find its end.
    pub(crate) fn unique_members_knowing(
        &self,
        known: &Range<usize>,
        repeated: &mut dyn FnMut(&Member<'t>),
    ) -> Vec<Member<'t>> {
        let mut keys = KeyIndex::default();
        let mut unique: Vec<Member<'t>> = Vec::new();
        for member in Members(ElementWalker { known: known.clone(), ..ElementWalker::new(self, Kind::Object) }) {
            if keys.replace(&member.key.text(), &mut unique, member).is_some() {
                repeated(&member);
            }
        }
        unique
    }

    /// The items of an array. Nothing for other values.
    pub(crate) fn items(&self) -> Items<'t> {
        Items(ElementWalker::new(self, Kind::Array))
    }

    /// Whether it counts as a value: everything but `null`, `""`, `[]`, a list of nothing but `null`, and `{}`.
    pub(crate) fn is_populated(&self) -> bool {
        match self.kind {
            Kind::Null => false,
            Kind::String => self.end - self.start > 2,
            Kind::Bool | Kind::Number => true,
            Kind::Array | Kind::Object => {
                let s = Scanner::new(self.text);
                // The first byte inside is enough; reading the first item could mean reading much.
                match s.byte(s.skip_whitespace(self.start + 1)) {
                    b']' | b'}' => false,
                    b'n' => self.items().any(|item| item.kind != Kind::Null),
                    _ => true,
                }
            }
        }
    }
}

/// The span of the key, quotes included, of the member whose value begins at `value`. The text is valid JSON.
pub(crate) fn key_before(text: &[u8], value: usize) -> Option<Range<usize>> {
    let before = |end: usize| text.get(..end).unwrap_or_default();
    let end = before(value).iter().rposition(|&b| b == b'"')? + 1;
    let mut start = end - 1;
    loop {
        start = before(start).iter().rposition(|&b| b == b'"')?;
        let slashes = before(start).iter().rev().take_while(|&&b| b == b'\\').count();
        // A quote after an odd number of backslashes belongs to the key.
        if slashes % 2 == 0 {
            return Some(start..end);
        }
    }
}

fn value<'t>(s: &mut Scanner<'t>, start: usize) -> Option<Value<'t>> {
    let text = s.bytes;
    let kind = Kind::of(s.byte(start));
    if kind == Kind::String {
        let quoted = s.string(start + 1)?;
        return Some(Value { text, start, end: quoted.after(), kind, flags: quoted.flags() });
    }
    let end = s.skip(start, 0)?.get();
    Some(Value { text, start, end, kind, flags: 0 })
}

struct ElementWalker<'t> {
    scanner: Scanner<'t>,
    next: Option<usize>,
    /// Where a value is known to begin and end.
    known: Range<usize>,
}

impl<'t> ElementWalker<'t> {
    fn new(of: &Value<'t>, kind: Kind) -> ElementWalker<'t> {
        let scanner = Scanner::new(of.text);
        let first = scanner.skip_whitespace(of.start + 1);
        let next = (of.kind == kind && first + 1 < of.end).then_some(first);
        ElementWalker { scanner, next, known: 0..0 }
    }

    fn step(&mut self, after: usize) {
        let i = self.scanner.skip_whitespace(after);
        self.next = (self.scanner.byte(i) == b',').then(|| self.scanner.skip_whitespace(i + 1));
    }
}

pub(crate) struct Members<'t>(ElementWalker<'t>);

impl<'t> Iterator for Members<'t> {
    type Item = Member<'t>;

    fn next(&mut self) -> Option<Member<'t>> {
        let start = self.0.next.take()?;
        let (quoted, at) = self.0.scanner.key(start)?;
        let text = self.0.scanner.bytes;
        let key = Value { text, start, end: quoted.after(), kind: Kind::String, flags: quoted.flags() };
        let value = if at == self.0.known.start {
            Value { text, start: at, end: self.0.known.end, kind: Kind::of(self.0.scanner.byte(at)), flags: 0 }
        } else {
            value(&mut self.0.scanner, at)?
        };
        self.0.step(value.end);
        Some(Member { key, value })
    }
}

pub(crate) struct Items<'t>(ElementWalker<'t>);

impl<'t> Iterator for Items<'t> {
    type Item = Value<'t>;

    fn next(&mut self) -> Option<Value<'t>> {
        let start = self.0.next.take()?;
        let item = value(&mut self.0.scanner, start)?;
        self.0.step(item.end);
        Some(item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Value<'_> {
        Value::at(text.as_bytes(), 0).unwrap_or_else(|| unreachable!("{text}"))
    }

    #[test]
    fn members_in_order() {
        let object = of(r#"{ "a" : 1, "b\n":[2, "x"] , "a": {} }"#);
        let keys: Vec<_> = object.members().map(|m| m.key.text().into_owned()).collect();
        assert_eq!(keys, ["a", "b\n", "a"]);
        let live: Vec<_> =
            object.unique_members(&mut |_| ()).iter().map(|m| String::from_utf8_lossy(m.value.raw())).collect();
        assert_eq!(live, ["{}", r#"[2, "x"]"#]);
    }

    #[test]
    fn the_key_before_a_value_is_found() {
        for key in [r#""a""#, r#""\"""#, r#""a\\""#, r#""\\\"b:""#, r#""""#] {
            for text in [format!("{{{key}:1}}"), format!(r#"{{"x\\" : "y", {key} : 1}}"#)] {
                let value = text.find('1').unwrap_or_default();
                let found = key_before(text.as_bytes(), value).and_then(|span| text.get(span));
                assert_eq!(found, Some(key), "{text}");
            }
        }
    }

    #[test]
    fn scalars_and_empty_containers_have_no_elements() {
        for text in ["{}", "{ }", "[]", "[\n]", "1", "\"{1}\"", "null"] {
            assert_eq!(of(text).members().count() + of(text).items().count(), 0, "{text}");
        }
    }

    #[test]
    fn populated_as_decided() {
        for text in ["null", "\"\"", "[]", "[null]", "[ null , null ]", "{}", "{ }"] {
            assert!(!of(text).is_populated(), "{text}");
        }
        for text in ["0", "false", "\" \"", "[\"\"]", "[[]]", "{\"a\":null}", "[null,1]"] {
            assert!(of(text).is_populated(), "{text}");
        }
    }
}
