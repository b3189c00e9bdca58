//! Rule engine and validator for BigPanda Open Integration Manager v1 configurations.
//!
//! A configuration says how the JSON that a monitoring tool sends becomes alerts. This crate compiles one, tells what
//! is wrong with it, and runs payloads through it:
//!
//! ```
//! use oim_config::{Engine, ProcessOptions, compile};
//!
//! let body = br#"{
//!   "status": {"source": ["state"], "default_to": "critical", "status_map": {"ok": ["up"]}},
//!   "primary_property": {"name": "host", "source": ["node"]}
//! }"#;
//! let compiled = compile(body, true);
//! let program = compiled.program.expect("the configuration can be understood");
//!
//! let options = ProcessOptions::received_at_ms(1_657_051_165_000.0);
//! let mut engine = Engine::new();
//! let answer = engine.process_to_json(&program, br#"{"node": "web-1", "state": "up"}"#, &options);
//! let answer = String::from_utf8_lossy(answer);
//! assert!(answer.contains(r#""status":"ok""#));
//! assert!(answer.contains(r#""tags":{"host":"web-1"}"#));
//! ```
//!
//! What cannot be understood gives no program, and diagnostics with places:
//!
//! ```
//! let compiled = oim_config::compile(b"{\"status\": }", true);
//! assert!(compiled.program.is_none());
//! assert_eq!(compiled.diagnostics[0].code, "json-syntax");
//! ```

mod compare;
mod compile;
mod config;
mod diagnostic;
mod evaluate;
mod extract;
mod fields;
mod generate;
mod import;
mod json;
mod path;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
mod simulate;
mod suggest;
mod time;
#[cfg(any(target_arch = "wasm32", test))]
mod units;
mod validate;
#[cfg(target_arch = "wasm32")]
mod wasm;
pub mod wire;

pub use diagnostic::{Basis, CODES, CodeInfo, Diagnostic, Document, Edit, Severity, Suggestion, TextRange, render};
pub use path::{PathError, SourcePath};
#[cfg(not(target_arch = "wasm32"))]
pub use schema::schema;
pub use wire::{
    AdditionalTags, Comparison, Compiled, Confidence, Engine, Field, GenerateOptions, Generated, ImportKind, Imported,
    Lines, Mode, Part, ProcessOptions, Program, Reason, Region, ReportedLine, Resident, SampleAs, SampleCoverage,
    Simulation, Snippet, Suggested, TARGETS, Target, ValidateOptions, Validated, compile, fields, generate,
    import_body, process_to_json, suggest, validate,
};

/// The examples of the README and of the page about this crate are run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../docs/rust.md")]
struct Pages;
