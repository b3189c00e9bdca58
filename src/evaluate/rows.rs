//! Alerts as rows: the form in which they cross into JavaScript where objects are wanted.
//!
//! Reading JSON text, most of the time goes into names, and values that came before. Here each is given once.
//!
//! A row is numbers of 32 bits: its shape times the number of statuses and its status, the index, the time in two halves,
//! the lower first, and a cell for each tag. The two lowest bits of a cell say what the others are: 0, the length of a new
//! text; 1, the number of an earlier text; 3, that of a wide value, which alone follows where [`LONE_ROW`] begins a row.
//!
//! The new texts stand one behind the other and are ASCII, without quotes and escapes: cut from one string of JavaScript,
//! they take a fraction of the time of reading JSON text. Other characters would make that string many times slower; so
//! such values are wide ones, as lists are, and stand in an array of JSON text.

use super::decision::{Content, Decision, Name, Tag};
use super::identifier::tag_of_rule;
use super::out::Out;
use super::write::{self, Page, content};
use crate::compile::{Program, Status, TagId};
use crate::json::Kind;
use crate::json::block::{self, BLOCK};
use crate::json::escape::decode;
use crate::json::limits;
use crate::json::scan::{ESCAPED, LONE, WIDE};
use crate::time::to_iso;
use std::borrow::Cow;

/// Most shapes; alerts that have others are objects.
const SHAPES: usize = 32;
/// Most tags of a shape, and most tags whose values are looked for among those before.
const TAGS: usize = 256;
/// As many bytes as an alert has as JSON text beside its names and values, and more.
const OPENING: usize = 200;
/// As many bytes as a tag has there beside its name and its value.
const NAME: usize = 8;
/// Mixes the bits of a hash.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
/// Values that are remembered of a tag.
const WAYS: usize = 16;

/// A value of the payload and the cell of whatever repeats it.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    start: u32,
    end: u32,
    cell: u32,
}

/// Begins the row of an alert whose shape no other has.
const LONE_ROW: u32 = u32::MAX;
/// In the lowest bits of a cell: it is the number of a text, or of a wide value.
const REPEATED: u32 = 1;
const OTHER: u32 = 3;

/// What alerts have in common.
#[derive(Debug)]
struct Shape {
    /// The primary tag, the secondary or [`NONE`], and all tags in order.
    tags: Vec<u32>,
    hash: u64,
    /// As many bytes as the names have in an alert as JSON text, and more.
    bytes: usize,
}

/// No tag.
const NONE: u32 = u32::MAX;

/// The rows of a payload, but for their text. Used again for the next one.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Values that are not ASCII, or that are lists.
    wide: Out,
    wides: u32,
    /// Number of new texts so far.
    texts: u32,
    rows: Vec<u32>,
    shapes: Vec<Shape>,
    /// The shape of the last row.
    last: usize,
    /// As many as [`WAYS`] for each tag.
    known: Vec<Known>,
    /// For each rule, the cell of its default where it was given before.
    defaults: Vec<Option<u32>>,
    /// As [`Shape::tags`], of the alert that is looked at.
    tags: Vec<u32>,
    /// How often a value may stand in an alert as JSON text, among its tags and those that identify it.
    times: usize,
    /// At least as many bytes as the alerts have as JSON text.
    bound: usize,
}

impl Rows {
    /// Forgets all rows.
    pub(super) fn renew(&mut self, program: &Program) {
        self.wide.truncate(0);
        self.rows.clear();
        (self.wides, self.texts, self.bound, self.last) = (0, 0, 0, 0);
        self.times = program.identity.as_ref().map_or(2, |identity| 1 + identity.tags.len());
        self.shapes.clear();
        self.known.clear();
        self.known.resize(program.tags.len().min(TAGS) * WAYS, Known::default());
        self.defaults.clear();
        self.defaults.resize(program.rules.len(), None);
    }

    /// At least as many bytes as the alerts have as JSON text; 0 where there are none.
    pub(super) fn bytes(&self) -> usize {
        self.bound
    }

    /// Whether as JSON text the alerts may be more than there may be. `looks` is what they cost as rows.
    pub(super) fn may_be_too_much(&self, looks: usize) -> bool {
        self.bytes() > limits::ANSWER_BYTES || self.wide.is_full() || looks.saturating_mul(self.times) > limits::LOOKS
    }

    /// Gives memory back beyond `keep` bytes.
    pub(super) fn trim(&mut self, keep: usize) {
        self.wide.trim(keep);
        if self.rows.len() > keep / 4 {
            self.rows = Vec::new();
        }
    }

    /// The numbers of all rows.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.rows
    }

    /// Appends what the rows need: the names of tags, those that identify if that is said, the shapes, and the wide values
    /// without the end of their list.
    pub(super) fn finish(&self, program: &Program, out: &mut Out) {
        let list = |names: &mut dyn Iterator<Item = &str>, out: &mut Out| {
            for (number, name) in names.enumerate() {
                out.put(if number == 0 { b"" } else { b"," });
                out.quoted(name);
            }
        };
        out.put(b"{\"names\":[");
        list(&mut program.tags.iter().map(|tag| &*tag.text), out);
        out.put(b"],\"identity\":[");
        list(&mut program.identity.iter().flat_map(|identity| &identity.tags).map(|tag| &*tag.name), out);
        out.put(b"],\"shapes\":[");
        for (number, shape) in self.shapes.iter().enumerate() {
            out.put(if number == 0 { b"[-1" } else { b",[-1" });
            for &tag in &shape.tags {
                out.put(b",");
                out.number(if tag == NONE { -1 } else { i64::from(tag) });
            }
            out.put(b"]");
        }
        out.put(b"],\"wide\":[");
        out.put(self.wide.bytes());
    }

    /// Appends an alert. `false` when it has no primary value: then nothing was written.
    pub(super) fn alert(&mut self, page: &Page<'_>, decision: &Decision, out: &mut Out) -> bool {
        let program = page.program;
        let Some(primary) = tag_of_rule(program, decision, 0) else {
            return false;
        };
        let secondary = if program.has_secondary { tag_of_rule(program, decision, 1) } else { None };
        if decision.made.is_empty() && self.has_shape(program, [Some(primary), secondary], decision) {
            let status = Status::ALL.iter().position(|&status| status == page.status.status).unwrap_or(0);
            let head = self.last * Status::ALL.len() + status;
            let seconds = page.time.seconds as u64;
            self.rows.extend([head as u32, page.index, seconds as u32, (seconds >> 32) as u32]);
            self.values(page, decision, out);
        } else {
            let before = self.wide.len();
            let number = self.wides;
            self.wide(&mut |wide| {
                write::alert(page, decision, wide);
            });
            self.bound += self.wide.len() - before;
            self.rows.extend([LONE_ROW, number]);
        }
        true
    }

    /// Appends a wide value and gives its cell.
    fn wide(&mut self, write: &mut dyn FnMut(&mut Out)) -> u32 {
        if self.wides > 0 {
            self.wide.byte(b',');
        }
        write(&mut self.wide);
        self.wides += 1;
        (self.wides - 1) << 2 | OTHER
    }

    /// Finds the shape of an alert whose names are all known; false where there are too many.
    fn has_shape(&mut self, program: &Program, named: [Option<Tag>; 2], decision: &Decision) -> bool {
        let number = |tag: &Tag| match tag.name {
            Name::Known(id) => id.index() as u32,
            Name::Made(_) => NONE,
        };
        self.tags.clear();
        self.tags.extend(named.map(|tag| tag.as_ref().map_or(NONE, number)));
        self.tags.extend(decision.tags.iter().filter(|tag| !tag.shadowed).map(number));
        let mix = |hash: u64, &tag: &u32| (hash.rotate_left(5) ^ u64::from(tag)).wrapping_mul(MIX);
        let hash = self.tags.iter().fold(0, mix);
        let same = |shape: &Shape| shape.hash == hash && shape.tags == self.tags;
        self.shapes.get(self.last).is_some_and(same) || self.other_shape(program, hash)
    }

    /// As [`Rows::has_shape`], where it is not that of the last row.
    fn other_shape(&mut self, program: &Program, hash: u64) -> bool {
        let found = self.shapes.iter().position(|shape| shape.hash == hash && shape.tags == self.tags);
        self.last = found.unwrap_or(self.shapes.len());
        if found.is_none() {
            if self.shapes.len() >= SHAPES || self.tags.len() > TAGS {
                return false;
            }
            let name = |&tag: &u32| program.tags.get(tag as usize).map_or(0, |name| NAME + 6 * name.text.len());
            let bytes = self.tags.iter().map(name).sum();
            self.shapes.push(Shape { tags: self.tags.clone(), hash, bytes });
        }
        true
    }

    /// Appends a cell for each tag.
    fn values(&mut self, page: &Page<'_>, decision: &Decision, out: &mut Out) {
        let text = page.scene.text;
        let mut bytes = 0;
        for tag in decision.tags.iter().filter(|tag| !tag.shadowed) {
            let cell = match (tag.name, tag.content) {
                (Name::Known(id), Content::Value { start, end, kind: Kind::String, flags })
                    if flags & (WIDE | LONE) == 0 =>
                {
                    bytes += end - start;
                    self.string(page, id, (start, end), flags, out)
                }
                (_, Content::Value { kind: Kind::Number | Kind::Bool, start, end, .. }) => {
                    bytes += end - start;
                    self.text(text, start, end - start, out)
                }
                (_, Content::Value { start, end, .. }) => {
                    // A text in the text of an object has escapes of its own.
                    bytes += 6 * (end - start);
                    self.wide(&mut |wide| value(page, &tag.content, wide))
                }
                (_, Content::Default(rule)) => self.default(page, rule, &tag.content, out),
                (_, Content::Time) => {
                    let time = to_iso(page.time.seconds);
                    self.text(time.as_bytes(), 0, time.len(), out)
                }
            };
            self.rows.push(cell);
        }
        let names = self.shapes.get(self.last).map_or(0, |shape| shape.bytes);
        self.bound += OPENING + names + self.times * bytes;
        if let Some(identity) = &page.program.identity {
            page.scene.may_look(identity.tags.len() * self.tags.len());
        }
    }

    /// Appends a new text, `len` bytes of `text` from `start` on, and gives its cell.
    fn text(&mut self, text: &[u8], start: usize, len: usize, out: &mut Out) -> u32 {
        self.texts += 1;
        out.write(|pen| pen.copy(text, start, len));
        // Texts are shorter than a payload.
        (len as u32) << 2
    }

    /// The cell of a default: a new text, or the one that it was before.
    fn default(&mut self, page: &Page<'_>, rule: usize, content: &Content, out: &mut Out) -> u32 {
        let Some(default) = page.program.rules.get(rule).and_then(|rule| rule.default.as_ref()) else {
            return self.text(&[], 0, 0, out);
        };
        self.bound += self.times * default.json.bytes().len();
        if let Some(cell) = self.defaults.get(rule).copied().flatten() {
            return cell;
        }
        let number = self.texts;
        let (cell, repeated) = if default.text.is_ascii() {
            (self.text(default.text.as_bytes(), 0, default.text.len(), out), number << 2 | REPEATED)
        } else {
            let cell = self.wide(&mut |wide| value(page, content, wide));
            (cell, cell)
        };
        if let Some(known) = self.defaults.get_mut(rule) {
            *known = Some(repeated);
        }
        cell
    }

    /// The cell of a string that is ASCII as written, with its quotes: a new text, or the one that it was before.
    fn string(&mut self, page: &Page<'_>, tag: TagId, (start, end): (usize, usize), flags: u8, out: &mut Out) -> u32 {
        let text = page.scene.text;
        let place = tag.index() * WAYS + hash(text, start, end);
        if let Some(known) = self.known.get(place) {
            let (from, to) = (known.start as usize, known.end as usize);
            if to - from == end - start && same(text, from, start, end - start) {
                return known.cell;
            }
        }
        let repeated = self.texts << 2 | REPEATED;
        let (cell, repeated) = if flags & ESCAPED == 0 {
            (self.text(text, start + 1, end - start - 2, out), repeated)
        } else {
            self.escaped(page, (start, end), flags, repeated, out)
        };
        if let Some(known) = self.known.get_mut(place) {
            // Texts are shorter than 4 GiB.
            *known = Known { start: start as u32, end: end as u32, cell: repeated };
        }
        cell
    }

    /// The cells of a string with escapes, the first time and later. What they mean may not be ASCII.
    fn escaped(
        &mut self,
        page: &Page<'_>,
        (start, end): (usize, usize),
        flags: u8,
        repeated: u32,
        out: &mut Out,
    ) -> (u32, u32) {
        let inside = page.scene.text.get(start + 1..end - 1).unwrap_or_default();
        let means: Cow<'_, str> = decode(inside, flags);
        if means.is_ascii() {
            return (self.text(means.as_bytes(), 0, means.len(), out), repeated);
        }
        let content = Content::Value { start, end, kind: Kind::String, flags };
        let cell = self.wide(&mut |wide| value(page, &content, wide));
        (cell, cell)
    }
}
fn value(page: &Page<'_>, text: &Content, wide: &mut Out) {
    let looks = page.scene.looks.get();
    wide.write(|pen| {
        page.scene.looks.set(looks);
        content(page, text, pen);
    });
}

/// One of [`WAYS`] numbers, from the length and the ends of a text. What stands before a short one counts too: mostly its
/// key, the same each time.
fn hash(text: &[u8], start: usize, end: usize) -> usize {
    let word = |at: usize| {
        let bytes = text.get(at..).and_then(|from| from.first_chunk::<8>()).copied();
        u64::from_le_bytes(bytes.unwrap_or_default())
    };
    let mixed = word(start) ^ word(end.saturating_sub(8)).rotate_left(23) ^ (end - start) as u64;
    (mixed.wrapping_mul(MIX) >> 60) as usize % WAYS
}

/// Whether the same `len` bytes stand at two places.
fn same(text: &[u8], a: usize, b: usize, len: usize) -> bool {
    let block = |at: usize| text.get(at..).and_then(|from| from.first_chunk::<BLOCK>());
    let mut done = 0;
    while let (Some(one), Some(other)) = (block(a + done), block(b + done)) {
        let equal = !block::equal(one, other) & 0xffff;
        if equal != 0 {
            return done + equal.trailing_zeros() as usize >= len;
        }
        done += BLOCK;
        if done >= len {
            return true;
        }
    }
    text.get(a + done..a + len) == text.get(b + done..b + len)
}
