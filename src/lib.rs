//! Rule engine and validator for BigPanda Open Integration Manager configurations, version 1 and 2.
//!
//! A configuration says how the JSON that a monitoring tool sends becomes alerts. This crate compiles one, reports
//! what is wrong with it, and runs payloads through it:
//!
//! ```
//! use oim_config::{ProcessOptions, Program, Status};
//!
//! let body = r#"{
//!   "status": {"source": ["state"], "default_to": "critical", "status_map": {"ok": ["up"]}},
//!   "primary_property": {"name": "host", "source": ["node"]}
//! }"#;
//! let compiled = Program::compile(body);
//! let program = compiled.program.expect("the configuration compiles");
//!
//! let options = ProcessOptions::received_at_ms(1_657_051_165_000.0);
//! let processed = program.process(r#"{"node": "web-1", "state": "up"}"#, &options);
//! assert_eq!(processed.alerts[0].status, Status::Ok);
//! assert_eq!(processed.alerts[0].tags.get("host").expect("the tag"), "web-1");
//! ```
//!
//! [`Engine::process_to_json`] is the fast way: it keeps its buffers from payload to payload and gives JSON.
//!
//! A configuration that does not compile gives no program, and diagnostics with their position:
//!
//! ```
//! let compiled = oim_config::Program::compile("{\"status\": }");
//! assert!(compiled.program.is_none());
//! assert_eq!(compiled.diagnostics[0].code, "json-syntax");
//! ```

mod api;
mod compare;
mod compile;
mod config;
mod coverage;
mod diagnostic;
mod evaluate;
mod extract;
mod fields;
mod filter;
mod forms;
mod generate;
mod import;
mod inspect;
mod json;
mod lookup;
mod migrate;
mod path;
mod sample;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
mod shell;
mod simulate;
mod suggest;
mod time;
#[cfg(any(target_arch = "wasm32", test))]
mod utf16;
mod validate;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use api::{
    AdditionalTags, Alert, AlertLifecycle, AlertTrace, BlankLines, Change, ChangeKind, ChangedValue, CompareDiagnostic,
    CompareOptions, Compared, Comparison, Compiled, Confidence, Configuration, Count, Coverage, CoverageBuilder,
    CoverageMismatch, CoverageOutcome, CoveredItem, CoveredItemKind, CoveredKind, CoveredRule, DefaultWord,
    DefaultWords, Diagnostic, Engine, EventKind, Field, Fixed, FoundValue, GenerateOptions, Generated, Identities,
    ImportKind, Imported, Inspected, LifecycleEvent, LifecycleState, Lines, MigrateOptions, Migrated, MigrationNote,
    MigrationNoteKind, MigrationProof, Mode, Part, ProcessOptions, Processed, Program, Reason, Region, Rejection,
    RenderOptions, ReportedLine, SampleAs, SampleCoverage, SampleOptions, SampleValues, Sampled, SimulateOptions,
    Simulated, SimulatedPayload, Simulation, SimulationDiagnostic, Snippet, Status, StepKind, StepOutcome, Suggested,
    TagChange, TagValue, Tags, Target, TextFormat, TextKind, TraceStep, ValidateOptions, Validated,
    ValidatedWithPayloads, Version, codes, compare, compile, coverage, fields, fix, generate, import_body, inspect,
    migrate, process_payload, read_time, render_with, sample, simulate, suggest, suggest_from_payloads,
    suggest_version, targets, validate, validate_with_payload, validate_with_payloads, value_at, values_of, version,
};
#[doc(hidden)]
pub use api::{
    ColumnParts, EditableText, Origin, column_names, compile_from, fix_from, generate_from, migrate_from, sample_from,
    suggest_from, validate_from, validate_with_payload_from, validate_with_payloads_from,
};
pub use diagnostic::{Basis, CodeInfo, Document, Edit, Severity, Suggestion, TextRange, render};
pub use path::{PathError, SourcePath};
#[cfg(not(target_arch = "wasm32"))]
pub use schema::schema;

/// The examples of the README and of the page about this crate are run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../docs/rust.md")]
struct Pages;
