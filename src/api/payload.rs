//! Validating a body with a payload beside its sample.

use super::{Origin, ProcessOptions, ValidateOptions, Validated, checked};
use crate::diagnostic::{Diagnostic, Document, Problem, Problems, Severity, into_diagnostics};
use crate::evaluate::{Recorder, Records, Rejection};
use crate::forms::payload_syntax;
use crate::json::limits;
use crate::json::scan::Scanner;
use crate::validate as advice;

/// As [`validate`](crate::validate()), with a payload that is shown to the rules as the sample is. What it shows is told
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
    let (mut of_body, mut of_payload) = (Problems::default(), Problems::default());
    let mut rejected = Vec::new();
    let checked = checked(body, options, &mut of_body);
    if payload.len() > limits::PAYLOAD_BYTES {
        let message = "the payload has more than 6 MiB";
        let help = "send fewer alerts in one payload, or leave out fields that no rule needs";
        of_payload.push(Problem::new("payload-too-large", Document::Payload, "", 0..0, message).help(help));
    } else if let Some(checked) = checked.filter(|checked| !checked.parsed.is_other_version) {
        let mut more = Problems::default();
        let program = checked.program.as_ref();
        let documents = (&mut more, &mut of_payload);
        let readable =
            advice::payload(&checked.parsed, program, body, payload, options.of_sample(), &of_body, documents);
        of_body.extend(more, &mut |problem| problem);
        if readable && checked.whole {
            // Not `process`, whose typed answer would be a tenth of the engine's size.
            let mut recorder = Recorder::new(checked.program);
            recorder.run(payload, &ProcessOptions::received_at_ms(0.0));
            let Records { rejected: listed, more_rejected: more, .. } = recorder.records;
            rejected = listed;
            if let Some(last) = rejected.last_mut().filter(|_| more > 0) {
                last.message.push_str(&format!("; {more} more rejections are not listed"));
            }
        }
    } else {
        let mut s = Scanner::new(payload);
        let end = s.start().and_then(|start| s.skip(start, 0)).and_then(|end| s.finish(end.get()));
        if let Some(error) = s.error.filter(|_| end.is_none()) {
            of_payload.push(payload_syntax(error, payload));
        }
    }
    let mut diagnostics = into_diagnostics(of_body, body_origin.ranges(body));
    let told = into_diagnostics(of_payload, payload_origin.ranges(payload));
    rejected.retain(|one| !told.iter().any(|other| other.code == one.code && other.pointer == one.pointer));
    diagnostics.extend(told);
    diagnostics.extend(rejected.into_iter().map(diagnostic));
    Validated { valid: !diagnostics.iter().any(|d| d.severity == Severity::Error), diagnostics }
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
        let told = added.map(|one| {
            let text = if one.document == Document::Payload { payload } else { body };
            let range = one.range.map_or(0..0, |range| range.start..range.end);
            (one.code, one.document, text.get(range).unwrap_or_default().to_owned(), one.message.into_owned())
        });
        told.collect()
    }

    #[test]
    fn problems_have_their_place_in_the_body_or_in_the_payload() {
        assert_eq!(added(BODY, r#"{"state": "down", "node": "web-2", "check": "disk"}"#), []);
        assert_eq!(added(BODY, r#"{"state": "up", "node": "the sample", "check": "disk"}"#), []);
        let long = format!("{{\"state\": \"up\", \"check\": \"disk\", \"node\": \"{}\"}}", "x".repeat(3_000));
        let message = "the tag `host` has an item of 3000 characters in the payload, more than 512";
        let told = added(BODY, &long);
        assert_eq!(
            told.iter().map(|(code, document, _, message)| (*code, *document, &**message)).collect::<Vec<_>>(),
            [("tag-value-limit", Document::Body, message)]
        );
        for bom in ["", "\u{feff}"] {
            let twice = format!("{bom}{{\"state\": \"up\", \"check\": \"a\", \"check\": \"b\", \"node\": \"web-1\"}}");
            let told = added(BODY, &twice);
            let [(code, document, underlined, _)] = told.as_slice() else { unreachable!("{told:?}") };
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
            let told = added(body, "{,}");
            assert_eq!(told.iter().map(|one| (one.0, &*one.2)).collect::<Vec<_>>(), [("json-syntax", ",")], "{body}");
        }
        let wrapped = added(BODY, r#"{"sample_payload": {"state": "up", "node": "web-1", "check": "disk"}}"#);
        assert_eq!(wrapped.first().map(|one| &*one.3), Some("the payload is wrapped in another `sample_payload`"));
    }
}
