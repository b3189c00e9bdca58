//! What users of the crate call on the engine.

use super::{BlankLines, ColumnParts, Lines, Part, ProcessOptions};
use crate::compile::Program;
pub use crate::evaluate::Engine;
use crate::json::escape::{into_string, quote};

impl Engine {
    /// An engine with empty buffers.
    pub fn new() -> Engine {
        Engine::default()
    }

    /// Processes a payload. Gives UTF-8 JSON: `alerts`, `rejected`, `diagnostics`, and `trace` if asked for.
    pub fn process_to_json(&mut self, program: &Program, payload: &[u8], options: &ProcessOptions) -> &[u8] {
        self.run_part(program, payload, options, None)
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
        self.columns(program, payload, options).parts()
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
        self.run_part(program, payload, options, Some(part))
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
        self.lines(program, lines, options, BlankLines::Skipped, out)
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
        self.lines(program, lines, options, blank, out)
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
    into_string(out)
}
