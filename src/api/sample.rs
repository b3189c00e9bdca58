//! A sample put together from payloads.

use super::{Compiled, Origin, SimulationDiagnostic, compile_from};
use crate::diagnostic::into_diagnostics;
use crate::json::lay_out;
use crate::sample::{Completed, complete, redact};
use serde::{Deserialize, Serialize};

/// How a sample is put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SampleOptions {
    /// What becomes of its values.
    pub values: SampleValues,
}

/// What becomes of the values of a sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SampleValues {
    /// They stay.
    #[default]
    Kept,
    /// They are replaced by neutral ones of the same kind, except for words that the status map or the filter lists and
    /// times that the time rule reads. Keys stay.
    Redacted,
}

/// A sample put together from payloads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sampled {
    /// JSON text, laid out with two spaces. `None` when the body cannot be understood or no payload can be read.
    pub text: Option<String>,
    /// Source paths of the rules that no payload has, in the order of the rules.
    pub missing: Vec<String>,
    /// What is wrong with the body, and with the payloads.
    pub diagnostics: Vec<SimulationDiagnostic>,
}

/// Puts a sample together that has every field that the rules name and any payload has: the fullest payload, completed
/// from the others. BigPanda wants all these fields in the sample, and real payloads each lack some.
///
/// ```
/// use oim_config::{SampleOptions, sample};
///
/// let body = r#"{
///   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
///   "primary_property": {"name": "host", "source": ["node", "address", "name"]}
/// }"#;
/// let payloads = [r#"{"node": "web-1", "state": "up"}"#, r#"{"address": "10.0.0.1"}"#];
/// let sampled = sample(body, &payloads, SampleOptions::default());
/// let text = sampled.text.expect("a payload can be read");
/// assert!(text.contains(r#""node": "web-1""#) && text.contains(r#""address": "10.0.0.1""#));
/// assert_eq!(sampled.missing, ["name"]);
/// ```
pub fn sample(body: impl AsRef<[u8]>, payloads: &[impl AsRef<[u8]>], options: SampleOptions) -> Sampled {
    let payloads: Vec<&[u8]> = payloads.iter().map(AsRef::as_ref).collect();
    sample_from(body.as_ref(), &payloads, Origin::Text, options)
}

/// As [`sample`], of a document of either origin.
#[doc(hidden)]
pub fn sample_from(body: &[u8], payloads: &[&[u8]], origin: Origin, options: SampleOptions) -> Sampled {
    let Compiled { program, diagnostics } = compile_from(body, origin);
    let of_body = diagnostics.into_iter().map(|diagnostic| SimulationDiagnostic { payload: None, diagnostic });
    let mut diagnostics: Vec<_> = of_body.collect();
    let completed = program.as_ref().and_then(|program| {
        complete(program, payloads, &mut |number, problems| {
            let found = into_diagnostics(problems, payloads.get(number).copied().filter(|_| origin == Origin::Text));
            let payload = Some(number);
            diagnostics.extend(found.into_iter().map(|diagnostic| SimulationDiagnostic { payload, diagnostic }));
        })
    });
    let (Some(program), Some(Completed { text, missing })) = (program, completed) else {
        return Sampled { text: None, missing: Vec::new(), diagnostics };
    };
    let text = match options.values {
        SampleValues::Kept => text,
        SampleValues::Redacted => redact(&program, &text),
    };
    let mut laid_out = Vec::new();
    lay_out(&text, 0, &mut laid_out);
    Sampled { text: Some(String::from_utf8_lossy(&laid_out).into_owned()), missing, diagnostics }
}
