//! Alerts in the form in which they cross into JavaScript where objects are wanted; `src/js/columns.ts` reads it.
//!
//! Reading JSON text, most of the time goes into names, and values that occurred before. Here each is given once.
//!
//! Alerts are numbers of 32 bits, one alert after the other. The first number says what follows:
//! - [`NEW_SHAPE`]: the lengths of two lists, the primary tag, the secondary or [`NO_TAG`], the list of the positions of
//!   identifying tags, and the list of all tags. Shapes are numbered from 0.
//! - [`JSON_ALERT`]: the number of a JSON value, which is the alert.
//! - Any other: the shape times the number of statuses, plus the status; the index, the time in two halves, the lower
//!   first, and a cell for each tag.
//!
//! The two lowest bits of a cell say what the others are: [`TEXT`], the length of a new text; [`REPEATED`], the number of
//! an earlier text; [`DEFAULT`], the number of the rule whose default it is; [`JSON`], the number of a JSON value.
//!
//! The new texts follow each other, are ASCII, and have no quotes and escapes: cut from one string of JavaScript, they
//! take a fraction of the time of reading JSON. Other characters would make that string many times slower; so such
//! values are JSON values, as lists are, in one array of JSON text.

use super::context::AlertContext;
use super::decision::{Content, Decision, Name, Tag, TagOptions};
use super::identifier::{search_cost, tag_of_property};
use super::json_writer::{HEAD, PARTIAL, rest};
use super::output::OutputBuffer;
use super::run::Evaluated;
use super::{AlertSink, ProcessOptions, alert_json, tags};
use crate::compile::{Program, Status, TagId};
use crate::diagnostic::Problems;
use crate::json::Kind;
use crate::json::block::{self, BLOCK};
use crate::json::escape::decode;
use crate::json::limits;
use crate::json::scan::{ESCAPED, LONE, WIDE};
use crate::time::to_iso;

/// Begins a shape.
const NEW_SHAPE: u32 = u32::MAX;
/// Begins an alert that is a JSON value.
const JSON_ALERT: u32 = u32::MAX - 1;
const NO_TAG: u32 = u32::MAX;

/// The lowest bits of a cell.
const TEXT: u32 = 0;
const REPEATED: u32 = 1;
const DEFAULT: u32 = 2;
const JSON: u32 = 3;

/// Most shapes; alerts of others are JSON values.
const SHAPES: usize = 32;
/// Most tags of a shape, and most tags whose values are remembered.
const TAGS: usize = 256;
/// Values that are remembered of a tag.
const WAYS: usize = 16;
/// Mixes the bits of a hash.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// What alerts have in common.
#[derive(Debug)]
struct Shape {
    /// The primary tag, the secondary or [`NO_TAG`], and all tags in order.
    tags: Vec<u32>,
    /// For each tag, how often its value occurs in the alert as JSON: once, and again where it identifies.
    occurrences: Vec<usize>,
    /// Bytes of an alert as JSON without its numbers, its status and its values.
    json_bytes: usize,
}

/// A value of the payload and the cell of whatever repeats it.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    start: u32,
    end: u32,
    cell: u32,
}

/// The buffers of a [`ColumnWriter`], used again from payload to payload.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    texts: OutputBuffer,
    numbers: Vec<u32>,
    /// The array of JSON values, rejections and diagnostics as one object; empty where there is none of them.
    json: OutputBuffer,
    text_count: u32,
    json_count: u32,
    shapes: Vec<Shape>,
    /// The shape of the last alert.
    last: usize,
    /// The shape of the present alert, as [`Shape::tags`].
    tags: Vec<u32>,
    /// As many as [`WAYS`] for each tag.
    known: Vec<Known>,
    /// Bytes that the alerts take as JSON text: the limit is on those.
    json_bytes: usize,
}

/// An answer as columns.
#[derive(Debug)]
pub struct ColumnParts<'c> {
    /// The new texts, one after the other.
    pub texts: &'c [u8],
    /// The alerts.
    pub numbers: &'c [u32],
    /// `values` of alerts, `rejected` and `diagnostics`; empty where there is none of them.
    pub json: &'c [u8],
}

impl Columns {
    pub(crate) fn parts(&self) -> ColumnParts<'_> {
        ColumnParts { texts: self.texts.bytes(), numbers: &self.numbers, json: self.json.bytes() }
    }

    /// Gives memory back beyond `keep` bytes a buffer.
    pub(super) fn trim(&mut self, keep: usize) {
        self.texts.trim(keep);
        self.json.trim(keep);
        if self.numbers.capacity() > keep / 4 {
            self.numbers = Vec::new();
        }
    }

    fn clear(&mut self) {
        self.texts.truncate(0);
        self.numbers.clear();
        self.json.truncate(0);
        self.json.literal(b"{\"values\":[");
        (self.text_count, self.json_count, self.last) = (0, 0, 0);
        self.shapes.clear();
        self.known.fill(Known::default());
        self.json_bytes = HEAD.len();
    }

    /// Appends a JSON value. Returns its number and its bytes.
    fn json(&mut self, write: impl FnOnce(&mut OutputBuffer)) -> (u32, usize) {
        if self.json_count > 0 {
            self.json.byte(b',');
        }
        let before = self.json.len();
        write(&mut self.json);
        self.json_count += 1;
        (self.json_count - 1, self.json.len() - before)
    }

    /// Appends a new text, `len` bytes of `text` from `start` on, and returns its cell.
    fn text(&mut self, text: &[u8], start: usize, len: usize) -> u32 {
        self.text_count += 1;
        self.texts.write(|out| out.copy(text, start, len));
        // Texts are shorter than a payload.
        (len as u32) << 2 | TEXT
    }

    /// Appends the cell of a value. Returns the bytes that it takes as JSON.
    fn value(&mut self, alert: &AlertContext<'_>, tag: &Tag) -> usize {
        let text = alert.text;
        let (cell, bytes) = match (tag.name, tag.content) {
            (Name::Known(id), Content::Value { start, end, kind: Kind::String, flags })
                if flags & (WIDE | LONE) == 0 =>
            {
                (self.string(alert, id, (start, end), flags), end - start)
            }
            (_, Content::Value { kind: Kind::Number | Kind::Bool, start, end, .. }) => {
                (self.text(text, start, end - start), end - start + 2)
            }
            (_, Content::Default(rule)) => {
                let default = alert.program.rules.get(rule).and_then(|rule| rule.default.as_ref());
                ((rule as u32) << 2 | DEFAULT, default.map_or(0, |default| default.json.bytes().len()))
            }
            (_, Content::Time) => {
                let time = to_iso(alert.time.seconds);
                (self.text(time.as_bytes(), 0, time.len()), time.len() + 2)
            }
            (_, Content::Value { .. }) => {
                let (number, bytes) = self.content(alert, &tag.content);
                (number << 2 | JSON, bytes)
            }
        };
        self.numbers.push(cell);
        bytes
    }

    fn content(&mut self, alert: &AlertContext<'_>, content: &Content) -> (u32, usize) {
        let spent = alert.budget.spent();
        self.json(|json| {
            json.write(|out| {
                alert.budget.reset_to(spent);
                alert_json::content(alert, content, false, out);
            });
        })
    }

    /// The cell of a string that is ASCII as written, with its quotes: a new text, or the one that it was before.
    fn string(&mut self, alert: &AlertContext<'_>, tag: TagId, (start, end): (usize, usize), flags: u8) -> u32 {
        let text = alert.text;
        let place = tag.index() * WAYS + hash(text, start, end);
        if let Some(known) = self.known.get(place) {
            let (from, to) = (known.start as usize, known.end as usize);
            if to - from == end - start && is_same(text, from, start, end - start) {
                return known.cell;
            }
        }
        let repeated = self.text_count << 2 | REPEATED;
        let (cell, repeated) = if flags & ESCAPED == 0 {
            (self.text(text, start + 1, end - start - 2), repeated)
        } else {
            let decoded = decode(text.get(start + 1..end - 1).unwrap_or_default(), flags);
            if decoded.is_ascii() {
                (self.text(decoded.as_bytes(), 0, decoded.len()), repeated)
            } else {
                let content = Content::Value { start, end, kind: Kind::String, flags };
                let cell = self.content(alert, &content).0 << 2 | JSON;
                (cell, cell)
            }
        };
        if let Some(known) = self.known.get_mut(place) {
            // Texts are shorter than 4 GiB.
            *known = Known { start: start as u32, end: end as u32, cell: repeated };
        }
        cell
    }
}

/// Writes alerts as [`Columns`].
pub(super) struct ColumnWriter<'w> {
    columns: &'w mut Columns,
    map_rest: bool,
}

impl<'w> ColumnWriter<'w> {
    pub(super) fn new(program: &Program, options: &ProcessOptions, columns: &'w mut Columns) -> ColumnWriter<'w> {
        columns.known.resize(program.tags.len().min(TAGS) * WAYS, Known::default());
        columns.clear();
        ColumnWriter { columns, map_rest: options.maps_rest(program) }
    }

    /// Appends what follows the alerts.
    pub(super) fn finish(self, evaluated: Evaluated, mut problems: Problems, text: Option<&[u8]>) {
        let (rejected, is_partial) = evaluated.into_rejected(&mut problems);
        let rejected = rejected.into_list();
        let Columns { json, json_count, .. } = self.columns;
        if *json_count == 0 && rejected.is_empty() && problems.is_empty() {
            return json.truncate(0);
        }
        rest(&rejected, problems, text, json);
        if is_partial {
            json.put(PARTIAL);
        }
        json.literal(b"}");
    }

    /// Finds the shape of an alert whose names are all known; false where there are too many.
    fn find_shape(&mut self, program: &Program, named: [Option<Tag>; 2], decision: &Decision) -> bool {
        let Columns { tags, shapes, last, .. } = &mut *self.columns;
        let number = |tag: &Tag| match tag.name {
            Name::Known(id) => id.index() as u32,
            Name::Derived(_) => NO_TAG,
        };
        tags.clear();
        tags.extend(named.map(|tag| tag.as_ref().map_or(NO_TAG, number)));
        tags.extend(decision.tags.iter().map(number));
        if shapes.get(*last).is_some_and(|shape| shape.tags == *tags) {
            return true;
        }
        let known = shapes.iter().position(|shape| shape.tags == *tags);
        *last = known.unwrap_or(shapes.len());
        known.is_some() || self.add_shape(program)
    }

    fn add_shape(&mut self, program: &Program) -> bool {
        let Columns { tags, shapes, numbers, .. } = &mut *self.columns;
        let [primary, secondary, all @ ..] = tags.as_slice() else {
            return false;
        };
        if shapes.len() >= SHAPES || all.len() > TAGS {
            return false;
        }
        let position = |tag: u32| all.iter().position(|&one| one == tag);
        let overridden = program.identity.iter().flat_map(|identity| &identity.tags);
        let mut identifying: Vec<usize> =
            overridden.filter_map(|tag| position(program.tag(&tag.name)?.index() as u32)).collect();
        if identifying.is_empty() {
            identifying.extend([*primary, *secondary].iter().filter_map(|&tag| position(tag)));
        }
        numbers.extend([NEW_SHAPE, identifying.len() as u32, all.len() as u32, *primary, *secondary]);
        numbers.extend(identifying.iter().map(|&position| position as u32));
        numbers.extend(all);
        let mut occurrences = vec![1; all.len()];
        for &position in &identifying {
            occurrences.iter_mut().skip(position).take(1).for_each(|times| *times += 1);
        }
        let name = |tag: u32| program.tags.get(tag as usize).map_or(b"null".len(), |name| name.quoted().2);
        let names: usize = tags.iter().map(|&tag| name(tag)).sum();
        // A colon for each tag, and commas between tags and between identifying values.
        let signs = all.len() + all.len().saturating_sub(1) + identifying.len().saturating_sub(1);
        let json_bytes = FIXED + names + signs;
        shapes.push(Shape { tags: tags.clone(), occurrences, json_bytes });
        true
    }

    /// Appends an alert of the last shape. Returns the bytes that it takes as JSON.
    fn row(&mut self, alert: &AlertContext<'_>, decision: &Decision) -> usize {
        let shape = self.columns.last;
        let status = Status::ALL.iter().position(|&status| status == alert.status.status).unwrap_or(0);
        let seconds = alert.time.seconds as u64;
        let head = (shape * Status::ALL.len() + status) as u32;
        self.columns.numbers.extend([head, alert.index, seconds as u32, (seconds >> 32) as u32]);
        let mut bytes = alert.status.status.word().len();
        bytes += digits(i64::from(alert.index)) + digits(alert.time.seconds);
        for (number, tag) in decision.tags.iter().enumerate() {
            let spent = alert.budget.spent();
            let value = self.columns.value(alert, tag);
            let occurrences = self.columns.shapes.get(shape).and_then(|shape| shape.occurrences.get(number));
            let occurrences = occurrences.copied().unwrap_or(1);
            bytes = bytes.saturating_add(occurrences.saturating_mul(value));
            // As JSON, it would be written that often.
            alert.budget.spend((occurrences - 1).saturating_mul(alert.budget.spent() - spent));
        }
        if let Some(identity) = &alert.program.identity {
            // As JSON, each would be searched.
            alert.budget.spend(search_cost(identity, decision));
        }
        bytes.saturating_add(self.columns.shapes.get(shape).map_or(0, |shape| shape.json_bytes))
    }
}

/// Bytes of an alert as JSON without names, values, numbers, and the signs between them.
const FIXED: usize = alert_json::INDEX.len()
    + b",\"status\":\"\",\"timestamp\":".len()
    + alert_json::PRIMARY.len()
    + alert_json::SECONDARY.len()
    + alert_json::IDENTIFIER.len()
    + alert_json::TAGS.len()
    + alert_json::CLOSING.len();

/// Characters of a number.
fn digits(number: i64) -> usize {
    let digits = number.unsigned_abs().checked_ilog10().unwrap_or(0) as usize + 1;
    digits + usize::from(number < 0)
}

impl AlertSink for ColumnWriter<'_> {
    fn alert(&mut self, alert: &AlertContext<'_>, decision: &mut Decision) -> bool {
        let program = alert.program;
        tags::decide(alert, TagOptions { map_rest: self.map_rest, keep_shadowed: false }, decision);
        let Some(primary) = tag_of_property(alert, decision, &program.primary) else {
            return false;
        };
        let secondary = program.secondary.as_ref().and_then(|property| tag_of_property(alert, decision, property));
        let comma = usize::from(self.columns.json_bytes > HEAD.len());
        let is_known = decision.derived_names.is_empty();
        let bytes = if is_known && self.find_shape(program, [Some(primary), secondary], decision) {
            self.row(alert, decision)
        } else {
            let (number, bytes) = self.columns.json(|json| {
                alert_json::write(alert, decision, json);
            });
            self.columns.numbers.extend([JSON_ALERT, number]);
            bytes
        };
        self.columns.json_bytes = self.columns.json_bytes.saturating_add(comma + bytes);
        true
    }

    fn restart(&mut self) -> usize {
        let bytes = self.columns.json_bytes;
        if !self.columns.numbers.is_empty() {
            self.columns.clear();
        }
        bytes
    }

    fn is_full(&self) -> bool {
        self.columns.json_bytes > limits::ANSWER_BYTES || self.columns.json.is_full()
    }
}

/// One of [`WAYS`] numbers, from the length and the ends of a text. What precedes a short one counts too: mostly its
/// key, the same each time.
fn hash(text: &[u8], start: usize, end: usize) -> usize {
    let word = |at: usize| {
        let bytes = text.get(at..).and_then(|from| from.first_chunk::<8>()).copied();
        u64::from_le_bytes(bytes.unwrap_or_default())
    };
    let mixed = word(start) ^ word(end.saturating_sub(8)).rotate_left(23) ^ (end - start) as u64;
    (mixed.wrapping_mul(MIX) >> 60) as usize % WAYS
}

/// Whether the same `len` bytes are at two places.
fn is_same(text: &[u8], a: usize, b: usize, len: usize) -> bool {
    let block = |at: usize| text.get(at..).and_then(|from| from.first_chunk::<BLOCK>());
    let mut done = 0;
    while let (Some(one), Some(other)) = (block(a + done), block(b + done)) {
        let different = !block::equal(one, other) & 0xffff;
        if different != 0 {
            return done + different.trailing_zeros() as usize >= len;
        }
        done += BLOCK;
        if done >= len {
            return true;
        }
    }
    text.get(a + done..a + len) == text.get(b + done..b + len)
}
