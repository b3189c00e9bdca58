//! What the JavaScript side of the package calls. Bindings only: decode, call [`api`], encode.
//!
//! Answers of hot calls stay in the memory of the engine: JavaScript gets lengths and addresses. All other calls take and
//! give values of JavaScript, by way of serde.

mod sequence;

use crate::api::{self, AdditionalTags, BlankLines, Engine, Origin, Part, ProcessOptions};
use crate::utf16;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

mod functions;

use functions::fields;

/// Buffers larger than this, in bytes, are given back by [`RawEngine::trim`].
const KEEP: usize = 1 << 20;

const TRACE: u32 = 1;
const MAP_ADDITIONAL: u32 = 2;
const UNPLACED: u32 = 4;
const BY_INDEX: u32 = 8;
const IGNORE_ADDITIONAL: u32 = 16;
const EVERY_LINE: u32 = 32;

/// Runs once when the module is made ready: a panic then shows its place in the console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// A value for JavaScript.
fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    #[expect(clippy::expect_used, reason = "our own structures can always be written")]
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).expect("a plain structure")
}

/// Options of JavaScript. What is wrong with them is a mistake of the calling program.
fn from_js<T: DeserializeOwned>(options: JsValue) -> Result<T, JsValue> {
    argument("options", options)
}

/// An argument of JavaScript, by its name. What is wrong with it is a mistake of the calling program.
fn argument<T: DeserializeOwned>(name: &str, value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|error| js_sys::TypeError::new(&[name, ": ", &error.to_string()].concat()).into())
}

fn origin(placed: bool) -> Origin {
    if placed { Origin::Text } else { Origin::Object }
}

/// What became of a configuration.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawCompiled {
    program: Option<api::Program>,
    diagnostics: JsValue,
}

/// A checked configuration, and what running it has learned.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawProgram {
    program: api::Program,
}

#[wasm_bindgen]
impl RawCompiled {
    /// All that is wrong.
    #[wasm_bindgen(getter)]
    pub fn diagnostics(&self) -> JsValue {
        self.diagnostics.clone()
    }

    /// The program, once.
    #[wasm_bindgen(js_name = takeProgram)]
    pub fn take_program(&mut self) -> Option<RawProgram> {
        self.program.take().map(|program| RawProgram { program })
    }
}

#[wasm_bindgen]
impl RawProgram {
    /// What columns have in common for all payloads, as JSON.
    #[wasm_bindgen(js_name = columnNames)]
    pub fn column_names(&self) -> String {
        api::column_names(&self.program)
    }
}

/// Compiles a configuration.
#[wasm_bindgen]
pub fn compile(body: &[u8], placed: bool) -> RawCompiled {
    let compiled = api::compile_from(body, origin(placed));
    RawCompiled { program: compiled.program, diagnostics: to_js(&compiled.diagnostics) }
}

fn process_options(received_at: f64, flags: u32) -> ProcessOptions {
    ProcessOptions {
        received_at_ms: received_at,
        trace: flags & TRACE != 0,
        additional_tags: match flags & (MAP_ADDITIONAL | IGNORE_ADDITIONAL) {
            0 => AdditionalTags::AsConfigured,
            IGNORE_ADDITIONAL => AdditionalTags::Ignore,
            _ => AdditionalTags::Map,
        },
        placed: flags & UNPLACED == 0,
    }
}

/// A payload that stays in the engine while it is edited.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct RawEditableText {
    text: api::EditableText,
}

#[wasm_bindgen]
impl RawEditableText {
    /// An empty text.
    #[wasm_bindgen(constructor)]
    pub fn new() -> RawEditableText {
        RawEditableText::default()
    }
}

/// The engine, with the buffers that payloads go into and answers come out of.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct RawEngine {
    input: Vec<u8>,
    /// A piece of a text, on its way into the input.
    utf16: Vec<u16>,
    engine: Engine,
    /// Where the columns of the last answer are.
    columns: [[usize; 2]; 3],
    /// Answers, one to a line.
    lines: Vec<u8>,
}

#[wasm_bindgen]
impl RawEngine {
    /// An engine with empty buffers.
    #[wasm_bindgen(constructor)]
    pub fn new() -> RawEngine {
        RawEngine::default()
    }

    /// Address of room for `size` bytes of input.
    pub fn reserve(&mut self, size: usize) -> usize {
        if self.input.len() < size {
            self.input.resize(size, 0);
        }
        self.input.as_ptr() as usize
    }

    /// Address of room for so many UTF-16 code units.
    #[wasm_bindgen(js_name = utf16Address)]
    pub fn utf16_address(&mut self, size: usize) -> usize {
        self.utf16.resize(size, 0);
        self.utf16.as_ptr() as usize
    }

    /// Puts the first `count` of those units into the input as UTF-8, behind `at` bytes. Gives the bytes that are there
    /// then, which are fewer where there is no room for all.
    #[wasm_bindgen(js_name = encodeUtf16)]
    pub fn encode_utf16(&mut self, count: usize, at: usize) -> usize {
        let units = self.utf16.get(..count).unwrap_or(&self.utf16);
        at + self.input.get_mut(at..).map_or(0, |room| utf16::encode(units, room))
    }

    /// Runs the first `length` bytes of input and returns the length of the answer.
    pub fn run(&mut self, program: &RawProgram, length: usize, received_at: f64, flags: u32) -> usize {
        let payload = self.input.get(..length).unwrap_or(&self.input);
        self.engine.process_to_json(&program.program, payload, &process_options(received_at, flags)).len()
    }

    /// As [`RawEngine::run`], for columns. Returns the address of six numbers: address and length of the texts, of the
    /// numbers and of the JSON.
    #[wasm_bindgen(js_name = runColumns)]
    pub fn run_columns(&mut self, program: &RawProgram, length: usize, received_at: f64, flags: u32) -> usize {
        let payload = self.input.get(..length).unwrap_or(&self.input);
        let columns = self.engine.process_to_columns(&program.program, payload, &process_options(received_at, flags));
        let parts = [
            (columns.texts.as_ptr() as usize, columns.texts.len()),
            (columns.numbers.as_ptr() as usize, columns.numbers.len()),
            (columns.json.as_ptr() as usize, columns.json.len()),
        ];
        self.columns = parts.map(|(address, length)| [address, length]);
        self.columns.as_ptr() as usize
    }

    /// Runs the lines in the first `length` bytes of input. Gives the length of the answers, the bytes, lines and
    /// payloads that were read, and for each answer with something to report its line, start and end.
    #[wasm_bindgen(js_name = runLines)]
    pub fn run_lines(&mut self, program: &RawProgram, length: usize, received_at: f64, flags: u32) -> Vec<u32> {
        let text = self.input.get(..length).unwrap_or(&self.input);
        let options = process_options(received_at, flags);
        let blank = if flags & EVERY_LINE != 0 { BlankLines::Answered } else { BlankLines::Skipped };
        let read = self.engine.process_lines_with(&program.program, text, &options, blank, &mut self.lines);
        let reported = read.reported.iter().flat_map(|line| [line.line, line.start, line.end]);
        let numbers = [self.lines.len(), read.consumed, read.lines, read.payloads].into_iter().chain(reported);
        // Addresses have 32 bits here, so lengths have no more.
        numbers.map(|n| n as u32).collect()
    }

    /// Address of the answers of the last lines.
    #[wasm_bindgen(js_name = linesAddress)]
    pub fn lines_address(&self) -> usize {
        self.lines.as_ptr() as usize
    }

    /// Runs an edited payload. The answer has only `count` alerts, beginning with the one that has `from` before it, or
    /// the one whose element has the number `from` where the flags say so. Gives the answer's length.
    #[wasm_bindgen(js_name = runPart)]
    pub fn run_part(
        &mut self,
        program: &RawProgram,
        payload: &RawEditableText,
        received_at: f64,
        flags: u32,
        from: u32,
        count: u32,
    ) -> usize {
        let part = if flags & BY_INDEX != 0 { Part::Index(from) } else { Part::Places { from, count } };
        let options = process_options(received_at, flags);
        self.engine.process_part_to_json(&program.program, payload.text.bytes(), &options, part).len()
    }

    /// Puts the first `length` bytes of input in place of a range of an edited payload, in UTF-16 code units.
    pub fn splice(&self, payload: &mut RawEditableText, start: usize, end: usize, length: usize) -> bool {
        payload.text.splice_utf8(start, end, self.input.get(..length).unwrap_or(&self.input))
    }

    /// As [`RawEngine::splice`], where the first bytes of input are `count` UTF-16 code units.
    #[wasm_bindgen(js_name = spliceUtf16)]
    pub fn splice_utf16(&self, payload: &mut RawEditableText, start: usize, end: usize, count: usize) -> bool {
        let (units, _) = self.input.as_chunks();
        let units: Vec<u16> = units.iter().take(count).map(|&unit| u16::from_le_bytes(unit)).collect();
        payload.text.splice(start, end, &units)
    }

    /// Puts the first `length` bytes of input in place of an edited text.
    #[wasm_bindgen(js_name = setText)]
    pub fn set_text(&self, payload: &mut RawEditableText, length: usize) {
        payload.text.set(self.input.get(..length).unwrap_or(&self.input));
    }

    /// The fields of an edited payload, as [`fields`] has them.
    #[wasm_bindgen(js_name = fieldsOf)]
    pub fn fields_of(&self, payload: &RawEditableText, array_source: Option<String>) -> JsValue {
        fields(payload.text.bytes(), array_source)
    }

    /// Address of the answer of the last run.
    #[wasm_bindgen(js_name = outputAddress)]
    pub fn output_address(&self) -> usize {
        self.engine.answer().as_ptr() as usize
    }

    /// Gives memory back that only large payloads need.
    pub fn trim(&mut self) {
        if self.input.len() > KEEP {
            self.input = Vec::new();
        }
        if self.lines.capacity() > KEEP {
            self.lines = Vec::new();
        }
        self.engine.trim(KEEP);
    }
}
