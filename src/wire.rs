//! What JavaScript sees: text in, plain structures out. Native, so that it is tested natively.

pub use crate::compare::Comparison;
use crate::compile as program;
pub use crate::compile::{Compiled, Program};
use crate::config;
use crate::diagnostic::{Diagnostic, Document, Problem, Problems, Severity, present};
use crate::evaluate::Processor;
pub use crate::evaluate::{AdditionalTags, Lines, Part, ProcessOptions, ReportedLine};
pub use crate::fields::{Field, fields};
use crate::generate as code;
pub use crate::generate::{Region, SampleAs, Snippet, TARGETS, Target};
use crate::import;
pub use crate::import::ImportKind;
use crate::json::limits;
pub use crate::json::resident::Resident;
pub use crate::simulate::Simulation;
use crate::suggest as proposal;
pub use crate::suggest::{Confidence, Reason};
use crate::validate::{self as advice, SampleOptions};
use serde::Serialize;

/// Compiles a request body or a bare configuration. `placed` is false when no text was given by the user, so that
/// places in it would mean nothing.
///
/// ```
/// use oim_config::compile;
///
/// let config = br#"{
///   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "ok"},
///   "primary_property": {"source": ["node"]}
/// }"#;
/// assert!(compile(config, true).program.is_some());
///
/// let wrong = compile(br#"{"status": {"source": "state"}}"#, true);
/// assert!(wrong.program.is_none());
/// assert!(wrong.diagnostics.iter().any(|d| d.code == "wrong-type" && d.pointer == "/status/source"));
/// ```
pub fn compile(body: &[u8], placed: bool) -> Compiled {
    let mut problems = Problems::default();
    let program = understood(body, &mut problems).and_then(|parsed| {
        let config = parsed.config?;
        let (program, whole) = program::compile(&config, &mut problems);
        advice::rules(&config, &program, body, &mut problems);
        (parsed.whole && whole).then_some(program)
    });
    Compiled { program, diagnostics: present(problems, placed.then_some(body)) }
}

/// How to validate.
#[derive(Clone, Copy, Debug, Default)]
pub struct ValidateOptions {
    /// What the body is for.
    pub mode: Mode,
    /// How strictly sources must be in the sample.
    pub sample_coverage: SampleCoverage,
}

/// What a body is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A first configuration: the sample must be there and not blank.
    #[default]
    Create,
    /// A change of one: the sample must be there.
    Update,
}

/// How strictly sources must be in the sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SampleCoverage {
    /// Every source, as BigPanda says.
    #[default]
    Strict,
    /// A missing one is a warning where the rule has another way to a value.
    Lenient,
}

/// What validation found.
#[derive(Debug, Serialize)]
pub struct Validated {
    /// No diagnostic is an error.
    pub valid: bool,
    /// All that was found, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks a request body or a bare configuration. `placed` is as in [`compile`].
///
/// ```
/// use oim_config::{Mode, ValidateOptions, validate};
///
/// let body = br#"{
///   "config": {
///     "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
///     "primary_property": {"name": "host", "source": ["node"]}
///   },
///   "sample_payload": ""
/// }"#;
/// // A first configuration needs a sample that is not blank, a change of one does not.
/// assert!(!validate(body, true, ValidateOptions::default()).valid);
/// assert!(validate(body, true, ValidateOptions { mode: Mode::Update, ..ValidateOptions::default() }).valid);
/// ```
pub fn validate(body: &[u8], placed: bool, options: ValidateOptions) -> Validated {
    let mut problems = Problems::default();
    check(body, options, &mut problems);
    let diagnostics = present(problems, placed.then_some(body));
    Validated { valid: !diagnostics.iter().any(|d| d.severity == Severity::Error), diagnostics }
}

/// Tells all that is wrong with a body. False when it is not JSON or no object.
fn check(body: &[u8], options: ValidateOptions, problems: &mut Problems) -> bool {
    let Some(parsed) = understood(body, problems) else {
        return false;
    };
    let program = parsed.config.as_ref().map(|config| {
        let (program, _) = program::compile(config, problems);
        advice::rules(config, &program, body, problems);
        program
    });
    // Of a configuration of version 2 nothing is read, so nothing else is told.
    if !problems.has("v2-config") && !parsed.misspells_sample {
        let create = options.mode == Mode::Create;
        let lenient = options.sample_coverage == SampleCoverage::Lenient;
        advice::sample(&parsed, program.as_ref(), body, SampleOptions { create, lenient }, problems);
    }
    true
}

/// What code is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct GenerateOptions<'o> {
    /// The id of one of [`TARGETS`].
    pub target: &'o str,
    /// The app key of the integration.
    pub app_key: &'o str,
    /// Where the account is.
    pub region: Region,
    /// What the body is for.
    pub mode: Mode,
    /// The form in which the sample is sent; as it is written where there is none.
    pub sample_as: Option<SampleAs>,
}

/// Code, and what is wrong with what it was made from.
#[derive(Debug)]
pub struct Generated {
    /// `None` when there is no such target, or when the text is not JSON or no object.
    pub snippet: Option<Snippet>,
    /// As [`validate`] has them, and those of the app key and the target.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes code that sends a request body, or a bare configuration as one; for targets that retrieve a configuration,
/// the body is not looked at.
///
/// ```
/// use oim_config::{GenerateOptions, generate};
///
/// let options = GenerateOptions { target: "curl", app_key: "0a1b2c", ..GenerateOptions::default() };
/// let snippet = generate(br#"{"config": {}}"#, true, options).snippet.expect("it is JSON and an object");
/// assert_eq!(snippet.json.as_deref(), Some("{\"config\": {}}\n"));
/// assert!(snippet.code.contains("/configurations/alerts/oim/0a1b2c"));
///
/// let none = generate(br#"{"config": "#, true, options);
/// assert!(none.snippet.is_none());
/// assert_eq!(none.diagnostics[0].code, "json-syntax");
/// ```
pub fn generate(body: &[u8], placed: bool, options: GenerateOptions<'_>) -> Generated {
    let mut problems = Problems::default();
    let segment = code::segment(options.app_key, &mut problems);
    let target = code::target(options.target, &mut problems);
    let retrieves = target.is_some_and(|target| target.retrieves);
    let checks = ValidateOptions { mode: options.mode, ..ValidateOptions::default() };
    let readable = retrieves || check(body, checks, &mut problems);
    let purpose = match options.mode {
        _ if retrieves => code::Purpose::Retrieve,
        Mode::Create => code::Purpose::Create,
        Mode::Update => code::Purpose::Update,
    };
    let snippet = target.filter(|_| readable).map(|target| {
        let json = (!retrieves).then(|| code::request(body, purpose, options.sample_as));
        code::snippet(target, purpose, options.region, &segment, json)
    });
    Generated { snippet, diagnostics: present(problems, placed.then_some(body)) }
}

/// What code can be made for, as lines of id, label, language and file name with tabs between them.
pub fn targets() -> String {
    code::list()
}

fn understood(body: &[u8], problems: &mut Problems) -> Option<config::Body> {
    if body.len() > limits::BODY_BYTES {
        let message = format!("the body has more than {} MiB", limits::BODY_BYTES / 1024 / 1024);
        problems.push(
            Problem::new("payload-too-large", Document::Body, "", 0..0, message)
                .help("give a smaller sample; BigPanda takes payloads up to 6 MB"),
        );
        return None;
    }
    config::parse(body, problems)
}

/// What was found in a text.
#[derive(Debug)]
pub struct Imported {
    /// The request body as JSON text, with every byte of the configuration as it was; `None` when there is none.
    pub text: Option<String>,
    /// What the text turned out to be.
    pub kind: Option<ImportKind>,
    /// Why there is no body, or what is doubtful about it; places are in the text that was given.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds the request body in a text: a body, a bare configuration, the answer of a retrieval, a curl command. What
/// is wrong with the configuration itself is for [`validate`] to say.
///
/// ```
/// use oim_config::{ImportKind, import_body};
///
/// let found = import_body(r#"curl https://host/path -d '{"config": {}, "sample_payload": ""}'"#);
/// assert_eq!(found.kind, Some(ImportKind::Curl));
/// assert_eq!(found.text.as_deref(), Some(r#"{"config": {}, "sample_payload": ""}"#));
///
/// let nothing = import_body("curl https://host/path -d @body.json");
/// assert!(nothing.text.is_none());
/// assert_eq!(nothing.diagnostics[0].message, "the body is in the file `body.json`");
/// ```
pub fn import_body(text: &str) -> Imported {
    let mut problems = Problems::default();
    let (body, kind) = import::import(text.as_bytes(), &mut problems).unzip();
    Imported { text: body, kind, diagnostics: present(problems, Some(text.as_bytes())) }
}

/// A configuration that was proposed for a payload.
#[derive(Debug)]
pub struct Suggested {
    /// The request body as JSON text, laid out, with the payload as its sample; `None` when the payload is not JSON, or
    /// no object and no array of objects.
    pub text: Option<String>,
    /// Why the body is as it is: one for each choice, in the order of the body.
    pub reasons: Vec<Reason>,
    /// Why there is no body, or what is doubtful about the payload.
    pub diagnostics: Vec<Diagnostic>,
}

/// Proposes a request body for a payload of any tool. `placed` is false when no text was given by the user, so that
/// places in it would mean nothing.
///
/// ```
/// use oim_config::{ValidateOptions, suggest, validate};
///
/// let suggested = suggest(br#"{"hostname": "web-1", "check": "disk", "state": "CRITICAL"}"#, true);
/// let text = suggested.text.expect("it is an object");
/// assert!(validate(text.as_bytes(), true, ValidateOptions::default()).valid);
/// assert!(suggested.reasons.iter().any(|reason| reason.choice == "hostname"));
///
/// let nothing = suggest(b"[1, 2]", true);
/// assert!(nothing.text.is_none());
/// assert_eq!(nothing.diagnostics[0].code, "alert-not-object");
/// ```
pub fn suggest(payload: &[u8], placed: bool) -> Suggested {
    let mut problems = Problems::default();
    let (text, reasons) = proposal::suggest(payload, &mut problems).unzip();
    Suggested { text, reasons: reasons.unwrap_or_default(), diagnostics: present(problems, placed.then_some(payload)) }
}

/// Runs payloads. Its buffers are used again from call to call, and it learns the order of keys.
///
/// ```
/// use oim_config::{Engine, ProcessOptions, compile};
///
/// let config = br#"{
///   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "ok"},
///   "primary_property": {"source": ["node"]}
/// }"#;
/// let program = compile(config, true).program.expect("it can be understood");
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
    processor: Processor,
}

impl Engine {
    /// An engine with empty buffers.
    pub fn new() -> Engine {
        Engine::default()
    }

    /// Processes a payload. Gives UTF-8 JSON: `alerts`, `rejected`, `diagnostics`, and `trace` if asked for.
    pub fn process_to_json(&mut self, program: &Program, payload: &[u8], options: &ProcessOptions) -> &[u8] {
        self.processor.process(program, payload, options, None)
    }

    /// As [`Engine::process_to_json`], in the form of which objects are made fastest. It may change with every version.
    #[doc(hidden)]
    pub fn process_to_rows(&mut self, program: &Program, payload: &[u8], options: &ProcessOptions) -> &[u8] {
        self.processor.rows(program, payload, options)
    }

    /// Where the texts of the last answer's rows end, and their numbers; `None` where the answer is JSON text.
    #[doc(hidden)]
    pub fn row_numbers(&self) -> Option<(usize, &[u32])> {
        self.processor.row_numbers()
    }

    /// As [`Engine::process_to_json`], with alerts and traces of a part only; `alertCount` and `rejectedCount` tell of
    /// how many.
    pub fn process_part_to_json(
        &mut self,
        program: &Program,
        payload: &[u8],
        options: &ProcessOptions,
        part: Part,
    ) -> &[u8] {
        self.processor.process(program, payload, options, Some(part))
    }

    /// Processes payloads that stand one to a line, and writes each answer as a line to `out`, whose memory is used
    /// again. Blank lines have no answer. It stops when the answers have some megabytes: then go on behind
    /// [`Lines::consumed`].
    ///
    /// ```
    /// use oim_config::{Engine, ProcessOptions, compile};
    ///
    /// let body = br#"{"status": {"source": ["s"], "status_map": {}}, "primary_property": {"name": "host", "source": ["h"]}}"#;
    /// let program = compile(body, true).program.expect("the configuration can be understood");
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
        self.processor.lines(program, lines, options, out)
    }

    /// The answer of the last call.
    pub fn answer(&self) -> &[u8] {
        self.processor.answer()
    }

    /// Gives memory back that only large payloads need.
    pub fn trim(&mut self, keep_bytes: usize) {
        self.processor.trim(keep_bytes);
    }
}

/// Processes one payload. For many, keep an [`Engine`].
///
/// ```
/// use oim_config::{ProcessOptions, compile, process_to_json};
///
/// let config = br#"{
///   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "ok"},
///   "primary_property": {"source": ["node"]}
/// }"#;
/// let program = compile(config, true).program.expect("it can be understood");
/// let options = ProcessOptions { trace: true, ..ProcessOptions::received_at_ms(0.0) };
/// let answer = process_to_json(&program, br#"{"node": "web-1"}"#, &options);
/// assert!(String::from_utf8_lossy(&answer).contains(r#""outcome":"received-at""#));
/// ```
pub fn process_to_json(program: &Program, payload: &[u8], options: &ProcessOptions) -> Vec<u8> {
    Engine::new().process_to_json(program, payload, options).to_vec()
}

/// A time given as text, in epoch milliseconds.
///
/// ```
/// use oim_config::wire::read_time;
///
/// assert_eq!(read_time("2026-01-31T12:00:00Z"), Some(1_769_860_800_000));
/// assert_eq!(read_time("noon"), None);
/// ```
pub fn read_time(text: &str) -> Option<i64> {
    crate::time::read_millis(text)
}
