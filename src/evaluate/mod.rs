//! From slots and a program to alerts, rejections and the trace.
//!
//! [`run`] evaluates a payload and gives its alerts to an [`AlertSink`]: [`json_writer`] (bytes, text and the trace),
//! [`columns`] (objects of JavaScript), [`recorder`] (simulate, compare), [`tally_sink`] (coverage) or [`observer`] (validate).

mod alert_json;
mod columns;
mod context;
mod decision;
mod fast_path;
mod filter;
mod identifier;
mod json_writer;
mod layout;
mod lines;
mod observer;
mod output;
mod payload_problems;
mod recorder;
mod rejected;
mod run;
mod sink;
mod status;
mod tags;
mod tallier;
mod tally;
mod tally_sink;
mod timestamp;
mod trace;
mod trace_step;
mod value;
mod work_budget;

pub use columns::ColumnParts;
pub use layout::{CoverageOutcome, CoveredItemKind, CoveredKind};
pub(crate) use lines::each_line;
pub use lines::{BlankLines, Lines, ReportedLine};
pub(crate) use observer::{ObservedAlert, ObservedTag, Observer, RuleOutcome, observe};
pub(crate) use output::OutputBuffer;
pub(crate) use recorder::{Marks, Record, Recorder, Records, Texts};
pub use rejected::Rejection;
pub(crate) use tallier::Tallier;
pub(crate) use tally::{OUTCOMES, Tally};
pub use trace_step::StepOutcome;
pub(crate) use value::{
    DESCRIPTION_CHARACTERS, ITEM_CHARACTERS, ITEMS, characters, is_list, list as items_of, text as text_of,
};

use crate::compile::Program;
use crate::diagnostic::Problems;
use columns::{ColumnWriter, Columns};
use json_writer::{JsonBuffers, JsonWriter};
use run::Evaluator;
use serde::{Deserialize, Serialize};
use sink::AlertSink;

/// How to process a payload.
#[derive(Clone, Copy, Debug)]
pub struct ProcessOptions {
    /// When the payload was received, in epoch milliseconds. The engine has no clock.
    pub received_at_ms: f64,
    /// Explain every value.
    pub trace: bool,
    /// What becomes of fields that no rule names.
    pub additional_tags: AdditionalTags,
    /// The payload was given as text, so that positions in it mean something.
    #[doc(hidden)]
    pub placed: bool,
}

impl ProcessOptions {
    /// No trace, additional tags as the configuration says, with places.
    pub fn received_at_ms(received_at_ms: f64) -> ProcessOptions {
        ProcessOptions { received_at_ms, trace: false, additional_tags: AdditionalTags::AsConfigured, placed: true }
    }

    /// Whether fields that no rule names become tags.
    fn maps_rest(&self, program: &Program) -> bool {
        match self.additional_tags {
            AdditionalTags::AsConfigured => program.map_remaining,
            AdditionalTags::Ignore => false,
            AdditionalTags::Map => true,
        }
    }
}

/// What becomes of fields that no rule names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AdditionalTags {
    /// As the configuration says: in version 1 they are left out, in version 2 `map_remaining` decides.
    #[default]
    AsConfigured,
    /// They are left out.
    Ignore,
    /// Each becomes a tag named by its path, joined with `_`.
    Map,
}

/// The alerts that are wanted of a payload, where not all are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `count` alerts, beginning with the one that has `from` alerts before it.
    Places {
        /// Alerts before the first one.
        from: u32,
        /// How many at most.
        count: u32,
    },
    /// The one element of the array with this number, from 0.
    Index(u32),
}

/// Runs payloads. Its buffers are used again from call to call, and it learns the order of keys. One serves any number of
/// programs; one for each program is faster.
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
    evaluator: Evaluator,
    json: JsonBuffers,
    columns: Columns,
}

impl Engine {
    /// Processes a payload. The answer is JSON text: alerts, rejected, diagnostics, and the trace if asked for.
    /// With a `part`, alerts and traces only of that, followed by how many there are in all.
    pub(crate) fn run_part(
        &mut self,
        program: &Program,
        text: &[u8],
        options: &ProcessOptions,
        part: Option<Part>,
    ) -> &[u8] {
        self.run(program, text, options, part);
        self.answer()
    }

    /// As [`Engine::run_part`]. Returns whether nothing was rejected or reported.
    fn run(&mut self, program: &Program, text: &[u8], options: &ProcessOptions, part: Option<Part>) -> bool {
        let mut problems = Problems::default();
        let mut writer = JsonWriter::new(program, text, options, part, &mut self.json);
        let evaluated = self.evaluator.evaluate(program, text, options.received_at_ms, &mut writer, &mut problems);
        writer.finish(evaluated, problems)
    }

    /// Processes a payload. The answer is [`Columns`], which have no trace.
    pub(crate) fn columns(&mut self, program: &Program, text: &[u8], options: &ProcessOptions) -> &Columns {
        let mut problems = Problems::default();
        let mut writer = ColumnWriter::new(program, options, &mut self.columns);
        let evaluated = self.evaluator.evaluate(program, text, options.received_at_ms, &mut writer, &mut problems);
        writer.finish(evaluated, problems, options.placed.then_some(text));
        &self.columns
    }

    /// The answer of the last call.
    pub fn answer(&self) -> &[u8] {
        self.json.answer.bytes()
    }

    /// Gives memory back that only large payloads need: beyond `keep` bytes a buffer.
    pub fn trim(&mut self, keep: usize) {
        self.json.trim(keep);
        self.columns.trim(keep);
    }
}
