//! What a text is.

use crate::config::Version;
use crate::diagnostic::{Diagnostic, Problems, into_diagnostics};
use crate::forms::TextFormat;
use crate::inspect::{self as inspection, Inspection, TextKind};
use serde::Serialize;

/// What a text is.
#[derive(Clone, Debug, Serialize)]
pub struct Inspected {
    /// How it is written.
    pub format: TextFormat,
    /// What its JSON is, or the JSON that fixing it would give. `None` for NDJSON, and where there is no JSON.
    pub kind: Option<TextKind>,
    /// The version of a body or a configuration; `None` where it mixes both.
    pub version: Option<Version>,
    /// Why the text is no JSON, with the fix if there is one. Empty for JSON.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds out what a text is: how it is written, and whether it holds a configuration. JSON within other text counts only
/// if it is a configuration, which [`import_body`](crate::import_body) then finds.
///
/// ```
/// use oim_config::{TextFormat, TextKind, Version, inspect};
///
/// let payload = inspect("curl -d '{\"host\": \"web-1\"}' https://example.com");
/// assert_eq!((payload.format, payload.kind), (TextFormat::Curl, Some(TextKind::Object)));
///
/// let config = inspect(r#"{"primary_property": [{"name": "host"}], "status": {"status_map": {}}}"#);
/// assert_eq!((config.kind, config.version), (Some(TextKind::Config), Some(Version::V2)));
///
/// let python = inspect("{'ok': True}");
/// assert_eq!((python.format, python.kind), (TextFormat::Python, Some(TextKind::Object)));
/// assert!(python.diagnostics[0].suggestion.is_some());
/// ```
pub fn inspect(text: impl AsRef<[u8]>) -> Inspected {
    let text = text.as_ref();
    let mut problems = Problems::default();
    let Inspection { format, kind, version } = inspection::inspect(text, &mut problems);
    Inspected { format, kind, version, diagnostics: into_diagnostics(problems, Some(text)) }
}
