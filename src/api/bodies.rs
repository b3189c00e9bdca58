//! Request bodies made from something else: from a payload, from a clipboard, and code that sends them.

use super::migrate::proposal_of_version_2;
use super::{Mode, Origin, ValidateOptions, Version, check};
use crate::diagnostic::{Diagnostic, Problems, into_diagnostics};
use crate::generate::{self as code, Region, SampleAs, Snippet, TARGETS, Target};
use crate::import::{self, ImportKind};
use crate::suggest::{self as proposal, Reason};
use serde::{Deserialize, Serialize};

/// What code is wanted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct GenerateOptions {
    /// The id of one of the [`targets`](crate::targets).
    pub target: String,
    /// The app key of the integration.
    pub app_key: String,
    /// Where the account is.
    pub region: Region,
    /// What the body is for.
    pub mode: Mode,
    /// The form in which the sample is sent; as it is written where there is none.
    pub sample_as: Option<SampleAs>,
}

/// Code, and what is wrong with what it was made from.
#[derive(Debug, Serialize)]
pub struct Generated {
    /// `None` when there is no such target, or when the text is not JSON or no object.
    pub snippet: Option<Snippet>,
    /// Those of [`validate`](crate::validate()), and those of the app key and the target.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes code that sends a request body, or a bare configuration as one; for targets that retrieve a configuration,
/// the body is not looked at.
///
/// ```
/// use oim_config::{GenerateOptions, generate};
///
/// let options =
///     GenerateOptions { target: "curl".to_owned(), app_key: "0a1b2c".to_owned(), ..GenerateOptions::default() };
/// let snippet = generate(r#"{"config": {}}"#, &options).snippet.expect("it is JSON and an object");
/// assert_eq!(snippet.json.as_deref(), Some("{\"config\": {}}\n"));
/// assert!(snippet.code.contains("/configurations/alerts/oim/0a1b2c"));
///
/// let none = generate(r#"{"config": "#, &options);
/// assert!(none.snippet.is_none());
/// assert_eq!(none.diagnostics[0].code, "json-syntax");
/// ```
pub fn generate(body: impl AsRef<[u8]>, options: &GenerateOptions) -> Generated {
    generate_from(body.as_ref(), Origin::Text, options)
}

/// As [`generate`], of a document of either origin.
#[doc(hidden)]
pub fn generate_from(body: &[u8], origin: Origin, options: &GenerateOptions) -> Generated {
    let mut problems = Problems::default();
    let segment = code::segment(&options.app_key, &mut problems);
    let target = code::target(&options.target, &mut problems);
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
    Generated { snippet, diagnostics: into_diagnostics(problems, origin.ranges(body)) }
}

/// What code can be made for, in the order in which it is offered.
pub fn targets() -> &'static [Target] {
    TARGETS
}

/// What was found in a text.
#[derive(Debug, Serialize)]
pub struct Imported {
    /// The request body as JSON text, with every byte of the configuration as it was; `None` when there is none.
    pub text: Option<String>,
    /// What the text turned out to be.
    pub kind: Option<ImportKind>,
    /// Why there is no body, or what is doubtful about it; places are in the text that was given.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds the request body in a text: a body, a bare configuration, the answer of a retrieval, a curl command. What
/// is wrong with the configuration itself, [`validate`](crate::validate()) reports.
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
    Imported { text: body, kind, diagnostics: into_diagnostics(problems, Some(text.as_bytes())) }
}

/// A configuration that was proposed for a payload.
#[derive(Debug, Serialize)]
pub struct Suggested {
    /// The request body as JSON text, laid out, with the payload as its sample; `None` when the payload is not JSON, or
    /// no object and no array of objects.
    pub text: Option<String>,
    /// Why the body is as it is: one for each choice, in the order of the body.
    pub reasons: Vec<Reason>,
    /// Why there is no body, or what is doubtful about the payload.
    pub diagnostics: Vec<Diagnostic>,
}

/// Proposes a request body for a payload of any tool.
///
/// ```
/// use oim_config::{ValidateOptions, suggest, validate};
///
/// let suggested = suggest(r#"{"hostname": "web-1", "check": "disk", "state": "CRITICAL"}"#);
/// let text = suggested.text.expect("it is an object");
/// assert!(validate(&text, ValidateOptions::default()).valid);
/// assert!(suggested.reasons.iter().any(|reason| reason.choice == "hostname"));
///
/// let nothing = suggest("[1, 2]");
/// assert!(nothing.text.is_none());
/// assert_eq!(nothing.diagnostics[0].code, "alert-not-object");
/// ```
pub fn suggest(payload: impl AsRef<[u8]>) -> Suggested {
    suggest_from(payload.as_ref(), &[], Origin::Text, Version::V1)
}

/// As [`suggest`], from several payloads of one tool, such as a problem and its recovery. The first one becomes the
/// sample; the others show which words the tool has and which fields stay the same.
///
/// ```
/// use oim_config::suggest_from_payloads;
///
/// let problem = r#"{"id": "e1", "key": "k7", "name": "disk", "state": "bad"}"#;
/// let recovery = r#"{"id": "e2", "key": "k7", "name": "disk", "state": "ok"}"#;
/// let suggested = suggest_from_payloads(problem, &[recovery]);
/// assert!(suggested.text.is_some_and(|text| text.contains("\"bad\"")));
/// ```
pub fn suggest_from_payloads<T: AsRef<[u8]>>(payload: impl AsRef<[u8]>, others: &[T]) -> Suggested {
    suggest_version(payload, others, Version::V1)
}

/// As [`suggest_from_payloads`], of a version.
///
/// ```
/// use oim_config::{Version, suggest_version};
///
/// let payloads: [&str; 0] = [];
/// let suggested = suggest_version(r#"{"hostname": "web-1", "state": "CRITICAL"}"#, &payloads, Version::V2);
/// assert!(suggested.text.is_some_and(|text| text.contains(r#""version": "2.0""#)));
/// ```
pub fn suggest_version<T: AsRef<[u8]>>(payload: impl AsRef<[u8]>, others: &[T], version: Version) -> Suggested {
    let others: Vec<&[u8]> = others.iter().map(AsRef::as_ref).collect();
    suggest_from(payload.as_ref(), &others, Origin::Text, version)
}

/// As [`suggest`], of a document of either origin.
#[doc(hidden)]
pub fn suggest_from(payload: &[u8], others: &[&[u8]], origin: Origin, version: Version) -> Suggested {
    let mut problems = Problems::default();
    let proposed = proposal::suggest(payload, others, &mut problems);
    let proposed = match version {
        Version::V1 => proposed,
        Version::V2 => proposed.and_then(|(text, reasons)| proposal_of_version_2(&text, reasons)),
    };
    let (text, reasons) = proposed.unzip();
    Suggested {
        text,
        reasons: reasons.unwrap_or_default(),
        diagnostics: into_diagnostics(problems, origin.ranges(payload)),
    }
}
