//! The public functions: text in, plain structures out. The bindings for JavaScript call the same ones.

mod bodies;
mod engine;
mod fixes;
mod inspect;
mod migrate;
mod payload;
mod processed;
mod sample;
mod sequences;
mod values;

pub use self::bodies::{
    GenerateOptions, Generated, Imported, Suggested, generate, generate_from, import_body, suggest, suggest_from,
    suggest_from_payloads, suggest_version, targets,
};
pub use self::engine::{Engine, column_names};
pub use self::fixes::{Fixed, fix, fix_from};
pub use self::inspect::{Inspected, inspect};
pub use self::migrate::{MigrateOptions, Migrated, MigrationProof, migrate, migrate_from};
pub use self::payload::{
    ValidatedWithPayloads, validate_with_payload, validate_with_payload_from, validate_with_payloads,
    validate_with_payloads_from,
};
pub use self::processed::{Alert, AlertTrace, Processed, StepKind, TagValue, Tags, TraceStep};
pub use self::sample::{SampleOptions, SampleValues, Sampled, sample, sample_from};
pub use self::sequences::{
    AlertLifecycle, Change, ChangeKind, ChangedValue, CompareDiagnostic, CompareOptions, Compared, Configuration,
    EventKind, LifecycleEvent, LifecycleState, SimulateOptions, Simulated, SimulatedPayload, SimulationDiagnostic,
    TagChange, compare, coverage, simulate,
};
pub use self::values::{FoundValue, value_at, values_of};
pub use crate::compare::Comparison;
use crate::compile as program;
pub use crate::compile::Status;
pub use crate::compile::{Compiled, Program};
use crate::config;
pub use crate::config::Version;
pub use crate::coverage::{
    Count, Coverage, CoverageBuilder, CoverageMismatch, CoveredItem, CoveredRule, DefaultWord, DefaultWords, Identities,
};
use crate::diagnostic::{CODES, CodeInfo, Document, Problem, Problems, Severity, into_diagnostics};
pub use crate::diagnostic::{Diagnostic, RenderOptions, render_with};
#[doc(hidden)]
pub use crate::evaluate::ColumnParts;
pub use crate::evaluate::{
    AdditionalTags, BlankLines, CoverageOutcome, CoveredItemKind, CoveredKind, Lines, Part, ProcessOptions, Rejection,
    ReportedLine, StepOutcome,
};
pub use crate::fields::{Field, fields};
pub use crate::forms::TextFormat;
pub use crate::generate::{Region, SampleAs, Snippet, Target};
pub use crate::import::ImportKind;
pub use crate::inspect::TextKind;
pub use crate::json::editable_text::EditableText;
use crate::json::limits;
pub use crate::migrate::{MigrationNote, MigrationNoteKind};
pub use crate::simulate::Simulation;
pub use crate::suggest::{Confidence, Reason};
use crate::validate::{self as advice, SampleChecks};
use serde::{Deserialize, Serialize};

/// What a document was given as.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Text: diagnostics have ranges in it.
    Text,
    /// An object of JavaScript. Its text is ours, so ranges in it would mean nothing to the user.
    Object,
}

impl Origin {
    /// The text for the ranges of diagnostics, if they are to have any.
    fn ranges(self, text: &[u8]) -> Option<&[u8]> {
        (self == Origin::Text).then_some(text)
    }
}

impl Program {
    /// Compiles a request body or a bare configuration, as [`compile`] does.
    pub fn compile(body: impl AsRef<[u8]>) -> Compiled {
        compile(body)
    }
}

/// Compiles a request body or a bare configuration.
///
/// ```
/// use oim_config::compile;
///
/// let config = r#"{
///   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "ok"},
///   "primary_property": {"source": ["node"]}
/// }"#;
/// assert!(compile(config).program.is_some());
///
/// let wrong = compile(r#"{"status": {"source": "state"}}"#);
/// assert!(wrong.program.is_none());
/// assert!(wrong.diagnostics.iter().any(|d| d.code == "wrong-type" && d.pointer == "/status/source"));
/// ```
pub fn compile(body: impl AsRef<[u8]>) -> Compiled {
    compile_from(body.as_ref(), Origin::Text)
}

/// As [`compile`], of a document of either origin.
#[doc(hidden)]
pub fn compile_from(body: &[u8], origin: Origin) -> Compiled {
    let mut problems = Problems::default();
    let program = understood(body, None, &mut problems).and_then(|parsed| {
        let config = parsed.config?;
        let (program, whole) = program::compile(&config, &mut problems);
        advice::rules(&config, &program, body, &mut problems);
        (parsed.is_complete && whole).then_some(program)
    });
    Compiled { program, diagnostics: into_diagnostics(problems, origin.ranges(body)) }
}

/// How to validate.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct ValidateOptions {
    /// What the body is for.
    pub mode: Mode,
    /// How strictly sources must be in the sample.
    pub sample_coverage: SampleCoverage,
    /// The version that the configuration is to be of; found by its attributes where none is given.
    pub version: Option<Version>,
}

/// What a body is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// A first configuration: the sample must be there and not blank.
    #[default]
    Create,
    /// A change of one: the sample must be there.
    Update,
}

/// How strictly sources must be in the sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SampleCoverage {
    /// Every source, as BigPanda says.
    #[default]
    Strict,
    /// A missing one is a warning where the rule has another way to a value.
    Lenient,
}

/// What validation found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Validated {
    /// No diagnostic is an error.
    pub valid: bool,
    /// All that was found, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks a request body or a bare configuration.
///
/// ```
/// use oim_config::{Mode, ValidateOptions, validate};
///
/// let body = r#"{
///   "config": {
///     "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
///     "primary_property": {"name": "host", "source": ["node"]}
///   },
///   "sample_payload": ""
/// }"#;
/// // A first configuration needs a sample that is not blank, a change of one does not.
/// assert!(!validate(body, ValidateOptions::default()).valid);
/// assert!(validate(body, ValidateOptions { mode: Mode::Update, ..ValidateOptions::default() }).valid);
/// ```
pub fn validate(body: impl AsRef<[u8]>, options: ValidateOptions) -> Validated {
    validate_from(body.as_ref(), Origin::Text, options)
}

/// As [`validate`], of a document of either origin.
#[doc(hidden)]
pub fn validate_from(body: &[u8], origin: Origin, options: ValidateOptions) -> Validated {
    let mut problems = Problems::default();
    check(body, options, &mut problems);
    let diagnostics = into_diagnostics(problems, origin.ranges(body));
    Validated { valid: !diagnostics.iter().any(|d| d.severity == Severity::Error), diagnostics }
}

/// Reports all problems of a body. False when it is not JSON or no object.
fn check(body: &[u8], options: ValidateOptions, problems: &mut Problems) -> bool {
    checked(body, options, problems).is_some()
}

/// A body that was checked.
struct Checked {
    parsed: config::Body,
    /// The rules, as far as they can be compiled.
    program: Option<Program>,
    /// They can be compiled, so payloads can be processed.
    whole: bool,
}

impl ValidateOptions {
    fn of_sample(self) -> SampleChecks {
        SampleChecks { create: self.mode == Mode::Create, lenient: self.sample_coverage == SampleCoverage::Lenient }
    }
}

/// Reports all problems of a body. `None` when it is not JSON or no object.
fn checked(body: &[u8], options: ValidateOptions, problems: &mut Problems) -> Option<Checked> {
    let parsed = understood(body, options.version, problems)?;
    let mut whole = parsed.is_complete;
    let program = parsed.config.as_ref().map(|config| {
        let (program, compiled) = program::compile(config, problems);
        whole &= compiled;
        advice::rules(config, &program, body, problems);
        program
    });
    // Of a mixture of versions nothing is read, so nothing else is reported.
    if !parsed.is_other_version && !parsed.misspells_sample {
        advice::sample(&parsed, program.as_ref(), body, options.of_sample(), problems);
    }
    Some(Checked { parsed, program, whole })
}

/// All diagnostic codes, with what each means and how to fix it.
pub fn codes() -> &'static [CodeInfo] {
    CODES
}

/// The version of this crate.
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

fn understood(body: &[u8], version: Option<Version>, problems: &mut Problems) -> Option<config::Body> {
    if body.len() > limits::BODY_BYTES {
        let message = format!("the body has more than {} MiB", limits::BODY_BYTES / 1024 / 1024);
        problems.push(
            Problem::new("payload-too-large", Document::Body, "", 0..0, message)
                .help("use a smaller sample; BigPanda accepts payloads up to 6 MB"),
        );
        return None;
    }
    config::parse(body, version, problems)
}

/// Processes a payload through a configuration. For many payloads, [`compile`] it once.
///
/// ```
/// use oim_config::{ProcessOptions, process_payload};
///
/// let config = r#"{
///   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "ok"},
///   "primary_property": {"source": ["node"]}
/// }"#;
/// let options = ProcessOptions { trace: true, ..ProcessOptions::received_at_ms(0.0) };
/// let processed = process_payload(config, r#"{"node": "web-1"}"#, &options);
/// assert_eq!(processed.alerts.len(), 1);
/// assert!(processed.trace.is_some());
///
/// // A configuration that does not compile gives no alerts.
/// let processed = process_payload("{}", r#"{"node": "web-1"}"#, &options);
/// assert_eq!(processed.diagnostics[0].code, "missing-attribute");
/// ```
pub fn process_payload(body: impl AsRef<[u8]>, payload: impl AsRef<[u8]>, options: &ProcessOptions) -> Processed {
    let Compiled { program, mut diagnostics } = compile(body);
    let mut processed = match program {
        Some(program) => program.process(payload, options),
        None => Processed { trace: options.trace.then(Vec::new), ..Processed::default() },
    };
    diagnostics.append(&mut processed.diagnostics);
    Processed { diagnostics, ..processed }
}

/// A time given as text, in epoch milliseconds.
///
/// ```
/// use oim_config::read_time;
///
/// assert_eq!(read_time("2026-01-31T12:00:00Z"), Some(1_769_860_800_000));
/// assert_eq!(read_time("noon"), None);
/// ```
pub fn read_time(text: &str) -> Option<i64> {
    crate::time::read_millis(text)
}
