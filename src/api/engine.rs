//! The engine that keeps its buffers.

use super::{BlankLines, ColumnParts, Lines, Part, ProcessOptions};
use crate::compile::Program;
use crate::evaluate;
use crate::json::escape::quote;

/// Runs payloads. Its buffers are used again from call to call, and it learns the order of keys.
///
/// ```
/// use oim_config::{Engine, ProcessOptions, compile};
///
/// let config = br#"{
///   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "ok"},
///   "primary_property": {"source": ["node"]}
/// }"#;
/// let program = compile(config).program.expect("it can be understood");
/// let options = ProcessOptions::received_at_ms(1_769_860_800_000.0);
/// let mut engine = Engine::new();
/// for payload in [r#"{"node": "web-1"}"#, r#"{"node": "db-2"}"#] {
///     let answer = engine.process_to_json(&program, payload.as_bytes(), &options);
///     assert!(answer.starts_with(br#"{"alerts":[{"index":0,"status":"ok","timestamp":1769860800,"#));
/// }
/// let answer = engine.process_to_json(&program, b"{}", &options);
/// assert!(String::from_utf8_lossy(answer).contains(r#""code":"primary-empty""#));
/// ```
#[derive(Debug, Default)]
pub struct Engine {
    engine: evaluate::Engine,
}

impl Engine {
    /// An engine with empty buffers.
    pub fn new() -> Engine {
        Engine::default()
    }

    /// Processes a payload. Gives UTF-8 JSON: `alerts`, `rejected`, `diagnostics`, and `trace` if asked for.
    pub fn process_to_json(&mut self, program: &Program, payload: &[u8], options: &ProcessOptions) -> &[u8] {
        self.engine.process(program, payload, options, None)
    }

    /// As [`Engine::process_to_json`], in the form of which objects are made fastest, without a trace. It may change with
    /// every version.
    #[doc(hidden)]
    pub fn process_to_columns(
        &mut self,
        program: &Program,
        payload: &[u8],
        options: &ProcessOptions,
    ) -> ColumnParts<'_> {
        self.engine.columns(program, payload, options).parts()
    }

    /// As [`Engine::process_to_json`], with alerts and traces of a part only; `alertCount` and `rejectedCount` count
    /// all.
    pub fn process_part_to_json(
        &mut self,
        program: &Program,
        payload: &[u8],
        options: &ProcessOptions,
        part: Part,
    ) -> &[u8] {
        self.engine.process(program, payload, options, Some(part))
    }

    /// Processes payloads that stand one to a line, and writes each answer as a line to `out`, whose memory is used
    /// again. Blank lines have no answer. It stops when the answers have some megabytes: then go on behind
    /// [`Lines::consumed`].
    ///
    /// ```
    /// use oim_config::{Engine, ProcessOptions, compile};
    ///
    /// let body = br#"{"status": {"source": ["s"], "status_map": {}}, "primary_property": {"name": "host", "source": ["h"]}}"#;
    /// let program = compile(body).program.expect("the configuration can be understood");
    /// let mut out = Vec::new();
    /// let options = ProcessOptions::received_at_ms(0.0);
    /// let read = Engine::new().process_lines(&program, b"{\"h\": \"a\"}\n{}\n", &options, &mut out);
    /// assert_eq!((read.lines, read.payloads), (2, 2));
    /// // The second payload gives no alert.
    /// assert_eq!(read.reported.iter().map(|line| line.line).collect::<Vec<_>>(), [1]);
    /// assert_eq!(out.split(|&b| b == b'\n').count(), 3);
    /// ```
    pub fn process_lines(
        &mut self,
        program: &Program,
        lines: &[u8],
        options: &ProcessOptions,
        out: &mut Vec<u8>,
    ) -> Lines {
        self.engine.lines(program, lines, options, BlankLines::Skipped, out)
    }

    /// As [`Engine::process_lines`], where `blank` says what becomes of blank lines.
    ///
    /// ```
    /// use oim_config::{BlankLines, Engine, ProcessOptions, compile};
    ///
    /// let body = br#"{"status": {"source": ["s"], "status_map": {}}, "primary_property": {"name": "host", "source": ["h"]}}"#;
    /// let program = compile(body).program.expect("the configuration can be understood");
    /// let (mut engine, mut out) = (Engine::new(), Vec::new());
    /// let options = ProcessOptions::received_at_ms(0.0);
    /// engine.process_lines_with(&program, b"{\"h\": \"a\"}\n\n{}\n", &options, BlankLines::Answered, &mut out);
    /// assert_eq!(out.iter().filter(|&&b| b == b'\n').count(), 3);
    /// ```
    pub fn process_lines_with(
        &mut self,
        program: &Program,
        lines: &[u8],
        options: &ProcessOptions,
        blank: BlankLines,
        out: &mut Vec<u8>,
    ) -> Lines {
        self.engine.lines(program, lines, options, blank, out)
    }

    /// The answer of the last call.
    pub fn answer(&self) -> &[u8] {
        self.engine.answer()
    }

    /// Gives memory back that only large payloads need.
    pub fn trim(&mut self, keep_bytes: usize) {
        self.engine.trim(keep_bytes);
    }
}

/// What a program has in common for all payloads, as JSON: the names of its tags and the defaults of its rules.
#[doc(hidden)]
pub fn column_names(program: &Program) -> String {
    let mut out = b"{\"names\":[".to_vec();
    for (number, tag) in program.tags.iter().enumerate() {
        out.extend_from_slice(if number == 0 { b"" } else { b"," });
        quote(&tag.text, &mut out);
    }
    out.extend_from_slice(b"],\"defaults\":[");
    for (number, rule) in program.rules.iter().enumerate() {
        out.extend_from_slice(if number == 0 { b"" } else { b"," });
        out.extend_from_slice(rule.default.as_ref().map_or(b"null", |default| default.json.bytes()));
    }
    out.extend_from_slice(b"]}");
    String::from_utf8(out).unwrap_or_default()
}
