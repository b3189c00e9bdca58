//! What the JavaScript side of the package calls. Bindings only: decode, call [`wire`], encode.

use crate::units;
use crate::wire::{
    self, AdditionalTags, Comparison, Engine, GenerateOptions, Mode, Part, ProcessOptions, Region, SampleAs,
    SampleCoverage, Simulation, ValidateOptions,
};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Buffers larger than this, in bytes, are given back by [`Workspace::trim`].
const KEEP: usize = 1 << 20;

const TRACE: u32 = 1;
const MAP_ADDITIONAL: u32 = 2;
const UNPLACED: u32 = 4;
const BY_INDEX: u32 = 8;
const ROWS: u32 = 16;

const UPDATE: u32 = 1;
const EU: u32 = 2;
const SAMPLE_AS_OBJECT: u32 = 4;
const SAMPLE_AS_TEXT: u32 = 8;

/// Runs once when the module is made ready: a bug of ours then tells where it is.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Diagnostics as JSON text: payload diagnostics are written that way too, and one way is smaller than two.
fn to_json<T: Serialize + ?Sized>(value: &T) -> String {
    // Our own structures can always be written.
    String::from_utf8(serde_json::to_vec(value).unwrap_or_default()).unwrap_or_default()
}

/// The version of the package.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Checks a request body. Gives JSON text.
///
/// # Errors
/// A `TypeError` for options that are none.
#[wasm_bindgen]
pub fn validate(body: &[u8], placed: bool, options: &JsValue) -> Result<String, JsValue> {
    let mut read = ValidateOptions::default();
    match option(options, "mode").as_deref() {
        None | Some("create") => {}
        Some("update") => read.mode = Mode::Update,
        Some(other) => return Err(wrong_option("mode", other, "\"create\" or \"update\"")),
    }
    match option(options, "sampleCoverage").as_deref() {
        None | Some("strict") => {}
        Some("lenient") => read.sample_coverage = SampleCoverage::Lenient,
        Some(other) => return Err(wrong_option("sampleCoverage", other, "\"strict\" or \"lenient\"")),
    }
    Ok(to_json(&wire::validate(body, placed, read)))
}

/// An option as text, if it is given. What is no text gives its name as a type, which no option has.
fn option(options: &JsValue, name: &str) -> Option<String> {
    let value = js_sys::Reflect::get(options, &name.into()).unwrap_or(JsValue::UNDEFINED);
    (!value.is_undefined()).then(|| value.as_string().unwrap_or_else(|| "a value that is no text".to_owned()))
}

fn wrong_option(name: &str, found: &str, expected: &str) -> JsValue {
    js_sys::TypeError::new(&["validate: `", name, "` is ", expected, ", not ", found].concat()).into()
}

/// Makes code. Gives JSON text: the diagnostics, and a list of target, language, file name, code and body, each
/// of them `null` where there is none. The options come checked: `flags` says for update, for the EU, and how the sample is wanted.
#[wasm_bindgen]
pub fn generate(body: &[u8], placed: bool, target: &str, app_key: &str, flags: u32) -> String {
    let on = |flag: u32| flags & flag != 0;
    let options = GenerateOptions {
        target,
        app_key,
        region: if on(EU) { Region::Eu } else { Region::Us },
        mode: if on(UPDATE) { Mode::Update } else { Mode::Create },
        sample_as: if on(SAMPLE_AS_TEXT) {
            Some(SampleAs::Text)
        } else {
            on(SAMPLE_AS_OBJECT).then_some(SampleAs::Object)
        },
    };
    let made = wire::generate(body, placed, options);
    let snippet = made.snippet.as_ref();
    let part = |of: fn(&wire::Snippet) -> &str| snippet.map(of);
    let json = snippet.and_then(|s| s.json.as_deref());
    to_json(&(
        &made.diagnostics,
        [part(|s| s.target), part(|s| s.language), part(|s| s.file_name), part(|s| &s.code), json],
    ))
}

/// What code can be made for, as lines of id, label, language and file name with tabs between them.
#[wasm_bindgen]
pub fn targets() -> String {
    wire::targets()
}

/// A time given as text, in epoch milliseconds; NaN when it cannot be read.
#[wasm_bindgen(js_name = readTime)]
pub fn read_time(text: &str) -> f64 {
    // Milliseconds until the year 9999 are exact in a double.
    wire::read_time(text).map_or(f64::NAN, |ms| ms as f64)
}

/// Finds the request body in a text. Gives three things, each but the last on a line of its own: the kind, empty when
/// there is no body; the diagnostics as JSON text; the body. As JSON text the body would be escaped and read again.
#[wasm_bindgen(js_name = importBody)]
pub fn import_body(text: &str) -> String {
    let wire::Imported { text, kind, diagnostics } = wire::import_body(text);
    let kind = kind.map_or("", wire::ImportKind::word);
    [kind, "\n", &to_json(&diagnostics), "\n", &text.unwrap_or_default()].concat()
}

/// Proposes a body. Gives three things, each but the last on a line of its own: the diagnostics and the reasons as JSON
/// text; the body, empty where there is none.
#[wasm_bindgen]
pub fn suggest(payload: &[u8], placed: bool) -> String {
    let wire::Suggested { text, reasons, diagnostics } = wire::suggest(payload, placed);
    [&*to_json(&diagnostics), "\n", &to_json(&reasons), "\n", &text.unwrap_or_default()].concat()
}

/// Lists the fields of a payload as rows of path, type, example, count and pointer.
#[wasm_bindgen]
pub fn fields(payload: &[u8], array_source: Option<String>) -> JsValue {
    // As rows: the names of the members, sent once for each field, would cost more than the values.
    let rows: Vec<_> = wire::fields(payload, array_source.as_deref())
        .into_iter()
        .map(|f| (f.path, f.kind, f.example, f.count, f.pointer))
        .collect();
    rows.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or_else(|e| {
        // Our own structures can always be encoded; should that ever be wrong, say so where it is seen.
        web_sys::console::error_1(&e.into());
        JsValue::NULL
    })
}

/// What became of a configuration.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Compiled {
    program: Option<wire::Program>,
    diagnostics: String,
}

/// A checked configuration, and what running it has learned.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawProgram {
    program: wire::Program,
}

#[wasm_bindgen]
impl Compiled {
    /// All that is wrong, as JSON text.
    #[wasm_bindgen(getter)]
    pub fn diagnostics(&self) -> String {
        self.diagnostics.clone()
    }

    /// The program, once.
    #[wasm_bindgen(js_name = takeProgram)]
    pub fn take_program(&mut self) -> Option<RawProgram> {
        self.program.take().map(|program| RawProgram { program })
    }
}

/// Compiles a configuration.
#[wasm_bindgen]
pub fn compile(body: &[u8], placed: bool) -> Compiled {
    let compiled = wire::compile(body, placed);
    Compiled { program: compiled.program, diagnostics: to_json(&compiled.diagnostics) }
}

/// A sequence of payloads on its way through one configuration or two.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawSequence(Sequence);

#[derive(Debug)]
enum Sequence {
    Simulation(Box<Simulation>),
    Comparison(Box<Comparison>),
}

#[wasm_bindgen]
impl RawSequence {
    /// Begins a simulation.
    pub fn simulation(body: &[u8], placed: bool) -> RawSequence {
        RawSequence(Sequence::Simulation(Box::new(Simulation::new(wire::compile(body, placed)))))
    }

    /// Begins a comparison.
    pub fn comparison(old: &[u8], old_placed: bool, new: &[u8], new_placed: bool) -> RawSequence {
        let (old, new) = (wire::compile(old, old_placed), wire::compile(new, new_placed));
        RawSequence(Sequence::Comparison(Box::new(Comparison::new(old, new))))
    }

    /// The answer, as JSON text.
    pub fn finish(self) -> String {
        let answer = match self.0 {
            Sequence::Simulation(simulation) => simulation.finish(),
            Sequence::Comparison(comparison) => comparison.finish(),
        };
        String::from_utf8(answer).unwrap_or_default()
    }
}

fn process_options(received_at: f64, flags: u32) -> ProcessOptions {
    ProcessOptions {
        received_at_ms: received_at,
        trace: flags & TRACE != 0,
        additional_tags: if flags & MAP_ADDITIONAL != 0 { AdditionalTags::Map } else { AdditionalTags::Ignore },
        placed: flags & UNPLACED == 0,
    }
}

/// A payload that stays in the engine while it is edited.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Edited {
    text: wire::Resident,
}

#[wasm_bindgen]
impl Edited {
    /// An empty text.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Edited {
        Edited::default()
    }
}

/// The buffers that payloads go into and answers come out of.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Workspace {
    input: Vec<u8>,
    /// A piece of a text, on its way into the input.
    units: Vec<u16>,
    engine: Engine,
    /// Answers, one to a line.
    lines: Vec<u8>,
}

#[wasm_bindgen]
impl Workspace {
    /// A workspace with empty buffers.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Workspace {
        Workspace::default()
    }

    /// Address of room for `size` bytes of input.
    pub fn reserve(&mut self, size: usize) -> usize {
        if self.input.len() < size {
            self.input.resize(size, 0);
        }
        self.input.as_ptr() as usize
    }

    /// Address of room for so many UTF-16 code units.
    #[wasm_bindgen(js_name = unitsAddress)]
    pub fn units_address(&mut self, size: usize) -> usize {
        self.units.resize(size, 0);
        self.units.as_ptr() as usize
    }

    /// Puts the first `count` of those units into the input as UTF-8, behind `at` bytes. Gives the bytes that are there
    /// then, which are fewer where there is no room for all.
    #[wasm_bindgen(js_name = encodeUnits)]
    pub fn encode_units(&mut self, count: usize, at: usize) -> usize {
        let units = self.units.get(..count).unwrap_or(&self.units);
        at + self.input.get_mut(at..).map_or(0, |room| units::encode(units, room))
    }

    /// Runs the first `length` bytes of input. Gives the length of the answer, which is in rows where the flags say so.
    pub fn run(&mut self, program: &RawProgram, length: usize, received_at: f64, flags: u32) -> usize {
        let payload = self.input.get(..length).unwrap_or(&self.input);
        let options = process_options(received_at, flags);
        let answer = match flags & ROWS {
            0 => self.engine.process_to_json(&program.program, payload, &options),
            _ => self.engine.process_to_rows(&program.program, payload, &options),
        };
        answer.len()
    }

    /// Of the last answer: where the texts of its rows end, and address and length of their numbers. Empty where it has no
    /// rows.
    pub fn parts(&self) -> Vec<u32> {
        let parts = self.engine.row_numbers().map(|(end, numbers)| [end, numbers.as_ptr() as usize, numbers.len()]);
        // Addresses have 32 bits here, so lengths have no more.
        parts.into_iter().flatten().map(|n| n as u32).collect()
    }

    /// Runs the lines in the first `length` bytes of input. Gives the length of the answers, the bytes, lines and
    /// payloads that were read, and for each answer that tells something its line, start and end.
    #[wasm_bindgen(js_name = runLines)]
    pub fn run_lines(&mut self, program: &RawProgram, length: usize, received_at: f64, flags: u32) -> Vec<u32> {
        let text = self.input.get(..length).unwrap_or(&self.input);
        let options = process_options(received_at, flags);
        let read = self.engine.process_lines(&program.program, text, &options, &mut self.lines);
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
        payload: &Edited,
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
    pub fn splice(&self, payload: &mut Edited, start: usize, end: usize, length: usize) {
        payload.text.splice(start, end, self.input.get(..length).unwrap_or(&self.input));
    }

    /// The fields of an edited payload, as [`fields`] has them.
    #[wasm_bindgen(js_name = fieldsOf)]
    pub fn fields_of(&self, payload: &Edited, array_source: Option<String>) -> JsValue {
        fields(payload.text.bytes(), array_source)
    }

    /// Gives the first `length` bytes of input to a sequence; `false` when it takes no more.
    pub fn add(&self, sequence: &mut RawSequence, length: usize, received_at: f64, flags: u32) -> bool {
        let options = process_options(received_at, flags);
        let payload = self.input.get(..length).unwrap_or(&self.input);
        match &mut sequence.0 {
            Sequence::Simulation(simulation) => simulation.add(payload, &options),
            Sequence::Comparison(comparison) => comparison.add(payload, &options),
        }
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
