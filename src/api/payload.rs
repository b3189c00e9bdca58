//! Validating a body with a payload beside its sample.

use super::{Checked, Origin, ProcessOptions, SimulationDiagnostic, ValidateOptions, Validated, checked};
use crate::config;
use crate::diagnostic::{Diagnostic, Document, Problem, Problems, Severity, into_diagnostics};
use crate::evaluate::{Recorder, Records, Rejection};
use crate::forms::payload_syntax;
use crate::json::limits;
use crate::json::scan;
use crate::validate as advice;
use serde::{Deserialize, Serialize};

/// As [`validate`](crate::validate()), with a payload that is shown to the rules as the sample is. What it shows is reported
/// at the place of the rule or, with [`Document::Payload`], at its place in the payload; so are the alerts that would be
/// rejected. Fields that it lacks are no problem, since tools leave out what they do not have.
///
/// ```
/// use oim_config::{Document, ValidateOptions, validate_with_payload};
///
/// let body = r#"{
///   "config": {
///     "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
///     "primary_property": {"name": "host", "source": ["node"]},
///     "secondary_property": {"name": "check", "source": ["check"]}
///   },
///   "sample_payload": {"state": "up", "node": "web-1", "check": "ping"}
/// }"#;
/// let shown = validate_with_payload(body, r#"{"state": "up", "check": "ping"}"#, ValidateOptions::default());
/// assert!(!shown.valid);
/// let rejected = shown.diagnostics.last().expect("an alert is rejected");
/// assert_eq!((rejected.code, rejected.document), ("primary-empty", Document::Payload));
/// ```
pub fn validate_with_payload(body: impl AsRef<[u8]>, payload: impl AsRef<[u8]>, options: ValidateOptions) -> Validated {
    validate_with_payload_from((body.as_ref(), Origin::Text), (payload.as_ref(), Origin::Text), options)
}

/// As [`validate_with_payload`], of documents of either origin.
#[doc(hidden)]
pub fn validate_with_payload_from(
    (body, body_origin): (&[u8], Origin),
    (payload, payload_origin): (&[u8], Origin),
    options: ValidateOptions,
) -> Validated {
    let mut problems = Problems::default();
    let mut checker = PayloadChecker::new(body, options, &mut problems);
    let PayloadProblems { of_body, of_payload } = checker.check(payload, payload_origin, &problems);
    problems.extend(of_body, &mut |problem| problem);
    let mut diagnostics = into_diagnostics(problems, body_origin.ranges(body));
    diagnostics.extend(of_payload);
    Validated { valid: !diagnostics.iter().any(|d| d.severity == Severity::Error), diagnostics }
}

/// What validation with payloads found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ValidatedWithPayloads {
    /// No diagnostic is an error.
    pub valid: bool,
    /// Those of the body, then for each payload what it adds: problems of rules that no earlier payload shows, and its own.
    pub diagnostics: Vec<SimulationDiagnostic>,
}

/// As [`validate_with_payload`], with several payloads. A problem of a rule is reported once, with the first payload that shows it.
///
/// ```
/// use oim_config::{ValidateOptions, validate_with_payloads};
///
/// let body = r#"{
///   "config": {
///     "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
///     "primary_property": {"name": "host", "source": ["node"]},
///     "secondary_property": {"name": "check", "source": ["check"]}
///   },
///   "sample_payload": {"state": "up", "node": "web-1", "check": "ping"}
/// }"#;
/// let payloads = [r#"{"state": "up", "node": "web-1", "check": "ping"}"#, r#"{"state": "up"}"#];
/// let found = validate_with_payloads(body, &payloads, ValidateOptions::default());
/// let codes: Vec<_> = found.diagnostics.iter().map(|one| (one.payload, one.diagnostic.code)).collect();
/// assert_eq!(codes, [(Some(1), "primary-empty")]);
/// ```
pub fn validate_with_payloads(
    body: impl AsRef<[u8]>,
    payloads: &[impl AsRef<[u8]>],
    options: ValidateOptions,
) -> ValidatedWithPayloads {
    let payloads: Vec<_> = payloads.iter().map(|payload| (payload.as_ref(), Origin::Text)).collect();
    validate_with_payloads_from((body.as_ref(), Origin::Text), &payloads, options)
}

/// As [`validate_with_payloads`], of documents of either origin.
#[doc(hidden)]
pub fn validate_with_payloads_from(
    (body, body_origin): (&[u8], Origin),
    payloads: &[(&[u8], Origin)],
    options: ValidateOptions,
) -> ValidatedWithPayloads {
    let mut known = Problems::default();
    let mut checker = PayloadChecker::new(body, options, &mut known);
    let of = |payload| move |diagnostic| SimulationDiagnostic { payload, diagnostic };
    let mut diagnostics: Vec<SimulationDiagnostic> =
        into_diagnostics(known.clone(), body_origin.ranges(body)).into_iter().map(of(None)).collect();
    for (number, &(payload, origin)) in payloads.iter().enumerate() {
        let PayloadProblems { of_body, of_payload } = checker.check(payload, origin, &known);
        known.extend(of_body.clone(), &mut |problem| problem);
        let shown = into_diagnostics(of_body, body_origin.ranges(body));
        diagnostics.extend(shown.into_iter().chain(of_payload).map(of(Some(number))));
    }
    let valid = !diagnostics.iter().any(|one| one.diagnostic.severity == Severity::Error);
    ValidatedWithPayloads { valid, diagnostics }
}

/// A body to which payloads are shown.
struct PayloadChecker<'b> {
    body: &'b [u8],
    options: ValidateOptions,
    /// `None` where nothing of the body was read.
    parsed: Option<config::Body>,
    /// It can be run.
    whole: bool,
    recorder: Recorder,
}

/// What a payload shows.
struct PayloadProblems {
    of_body: Problems,
    of_payload: Vec<Diagnostic>,
}

impl<'b> PayloadChecker<'b> {
    fn new(body: &'b [u8], options: ValidateOptions, problems: &mut Problems) -> PayloadChecker<'b> {
        let checked = checked(body, options, problems).filter(|checked| !checked.parsed.is_other_version);
        let (parsed, program, whole) = match checked {
            Some(Checked { parsed, program, whole }) => (Some(parsed), program, whole),
            None => (None, None, false),
        };
        PayloadChecker { body, options, parsed, whole, recorder: Recorder::new(program) }
    }

    /// Checks a payload. Problems of the body that are `known` are left out.
    fn check(&mut self, payload: &[u8], origin: Origin, known: &Problems) -> PayloadProblems {
        let (mut of_body, mut of_payload) = (Problems::default(), Problems::default());
        let mut rejected = Vec::new();
        if payload.len() > limits::PAYLOAD_BYTES {
            let message = "the payload has more than 6 MiB";
            let help = "send fewer alerts in one payload, or leave out fields that no rule needs";
            of_payload.push(Problem::new("payload-too-large", Document::Payload, "", 0..0, message).help(help));
        } else if let Some(parsed) = &self.parsed {
            let documents = (&mut of_body, &mut of_payload);
            let (program, options) = (self.recorder.program.as_ref(), self.options.of_sample());
            let readable = advice::payload(parsed, program, self.body, payload, options, known, documents);
            if readable && self.whole {
                rejected = self.rejected(payload);
            }
        } else if let Err(error) = scan::check(payload) {
            of_payload.push(payload_syntax(error, payload));
        }
        let mut of_payload = into_diagnostics(of_payload, origin.ranges(payload));
        rejected.retain(|one| !of_payload.iter().any(|other| other.code == one.code && other.pointer == one.pointer));
        of_payload.extend(rejected.into_iter().map(diagnostic));
        PayloadProblems { of_body, of_payload }
    }

    fn rejected(&mut self, payload: &[u8]) -> Vec<Rejection> {
        self.recorder.run(payload, &ProcessOptions::received_at_ms(0.0));
        let Records { rejected, more_rejected, .. } = &mut self.recorder.records;
        let mut rejected = core::mem::take(rejected);
        if let Some(last) = rejected.last_mut().filter(|_| *more_rejected > 0) {
            last.message.push_str(&format!("; {more_rejected} more rejections are not listed"));
        }
        rejected
    }
}

/// A rejected alert as a problem of the payload. What the filter drops is meant to be dropped.
fn diagnostic(rejection: Rejection) -> Diagnostic {
    let Rejection { code, message, pointer, .. } = rejection;
    Diagnostic {
        code,
        severity: if code == "event-filtered" { Severity::Info } else { Severity::Error },
        message: message.into(),
        help: None,
        document: Document::Payload,
        pointer: pointer.into(),
        range: None,
        suggestion: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{"config": {
        "status": {"source": ["state"], "status_map": {"ok": ["up"], "critical": ["down"]}, "default_to": "critical"},
        "primary_property": {"name": "host", "source": ["node"]},
        "secondary_property": {"name": "check", "source": ["check"]}
    }, "sample_payload": {"state": "up", "node": "web-1", "check": "disk"}}"#;

    /// Code, document, what is underlined, and message of what the payload adds.
    fn added(body: &str, payload: &str) -> Vec<(&'static str, Document, String, String)> {
        let known = crate::validate(body, ValidateOptions::default()).diagnostics;
        let all = validate_with_payload(body, payload, ValidateOptions::default()).diagnostics;
        assert!(known.iter().all(|one| all.contains(one)), "{known:?}");
        let added = all.into_iter().filter(|one| !known.contains(one));
        let actual = added.map(|one| {
            let text = if one.document == Document::Payload { payload } else { body };
            let range = one.range.map_or(0..0, |range| range.start..range.end);
            (one.code, one.document, text.get(range).unwrap_or_default().to_owned(), one.message.into_owned())
        });
        actual.collect()
    }

    #[test]
    fn problems_have_their_place_in_the_body_or_in_the_payload() {
        assert_eq!(added(BODY, r#"{"state": "down", "node": "web-2", "check": "disk"}"#), []);
        assert_eq!(added(BODY, r#"{"state": "up", "node": "the sample", "check": "disk"}"#), []);
        let long = format!("{{\"state\": \"up\", \"check\": \"disk\", \"node\": \"{}\"}}", "x".repeat(3_000));
        let message = "the tag `host` has an item of 3000 characters in the payload, more than 512";
        let actual = added(BODY, &long);
        assert_eq!(
            actual.iter().map(|(code, document, _, message)| (*code, *document, &**message)).collect::<Vec<_>>(),
            [("tag-value-limit", Document::Body, message)]
        );
        for bom in ["", "\u{feff}"] {
            let twice = format!("{bom}{{\"state\": \"up\", \"check\": \"a\", \"check\": \"b\", \"node\": \"web-1\"}}");
            let actual = added(BODY, &twice);
            let [(code, document, underlined, _)] = actual.as_slice() else { unreachable!("{actual:?}") };
            // Ranges count the byte order mark as one unit, the text here as three bytes.
            assert_eq!((*code, *document), ("json-duplicate-key", Document::Payload));
            assert!(!bom.is_empty() || underlined == "\"check\"", "{underlined}");
        }
        assert_eq!(
            added(BODY, r#"{"state": "up", "check": "disk"}"#),
            [(
                "primary-empty",
                Document::Payload,
                String::new(),
                "no primary value: `node` is not populated".to_owned()
            )]
        );
        let python = added(BODY, "{'state': True}");
        assert_eq!(
            python.iter().map(|one| (one.0, one.1, &*one.2)).collect::<Vec<_>>(),
            [("json-syntax", Document::Payload, "'")]
        );
    }

    #[test]
    fn what_the_sample_shows_too_is_told_once() {
        let body = BODY.replace("\"up\", \"node\"", "\"Up\", \"node\"");
        assert!(
            crate::validate(&body, ValidateOptions::default())
                .diagnostics
                .iter()
                .any(|d| d.code == "status-value-case")
        );
        assert_eq!(added(&body, r#"{"state": "Up", "node": "web-1", "check": "disk"}"#), []);
    }

    #[test]
    fn payloads_are_read_whatever_the_body_is() {
        for body in ["{", "[]", "{\"config\": {}}", r#"{"primary_property": [{"name": "x"}]}"#] {
            let actual = added(body, "{,}");
            assert_eq!(actual.iter().map(|one| (one.0, &*one.2)).collect::<Vec<_>>(), [("json-syntax", ",")], "{body}");
        }
        let wrapped = added(BODY, r#"{"sample_payload": {"state": "up", "node": "web-1", "check": "disk"}}"#);
        assert_eq!(wrapped.first().map(|one| &*one.3), Some("the payload is wrapped in another `sample_payload`"));
    }

    #[test]
    fn several_payloads_add_what_no_earlier_one_shows() {
        let long = |state: &str| {
            let node = "x".repeat(3_000);
            format!("{{\"state\": \"{state}\", \"check\": \"disk\", \"node\": \"{node}\"}}")
        };
        let payloads = [long("up"), long("down"), "{,}".to_owned(), "{\"state\": \"up\"}".to_owned()];
        let found = validate_with_payloads(BODY, &payloads, ValidateOptions::default());
        let reported: Vec<_> = found.diagnostics.iter().map(|d| (d.payload, d.diagnostic.code)).collect();
        assert_eq!(reported, [(Some(0), "tag-value-limit"), (Some(2), "json-syntax"), (Some(3), "primary-empty")]);
        assert!(!found.valid);
        // One payload alone shows the same as in a list.
        for payload in &payloads {
            let mut alone = validate_with_payload(BODY, payload, ValidateOptions::default()).diagnostics;
            let one = validate_with_payloads(BODY, &[payload], ValidateOptions::default()).diagnostics;
            let mut listed: Vec<_> = one.into_iter().map(|one| one.diagnostic).collect();
            let place = |d: &Diagnostic| (d.document, d.range.map(|range| range.start), d.message.to_string());
            alone.sort_by_key(place);
            listed.sort_by_key(place);
            assert_eq!(alone, listed);
        }
    }
}
