//! Proposes a configuration for a payload, with reasons.
//!
//! Monitoring tools use a few names for the same things, and a few words for the state of an alert. A proposal is based on
//! these and on the payload: no source without a value, no status without words, no time that cannot be read.
//! BigPanda documents no such proposal.

mod array;
mod conflicts;
mod evidence;
mod identity;
mod names;
mod plan;
mod profile;
mod spelling;
mod status;
mod status_lists;
mod survey;
mod tags;
mod vocabulary;
mod when;

use crate::diagnostic::{Document, Problem, Problems, Severity, quote_input};
use crate::forms::payload_syntax;
use crate::json::Kind;
use crate::json::lay_out;
use crate::json::limits;
use crate::json::members::Value;
use crate::json::pointer;
use crate::json::scan::{Scanner, SyntaxError, SyntaxErrorKind};
use array::Arrays;
use core::ops::Range;
use plan::Plan;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use survey::Survey;

/// Why something is in a proposed configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// RFC 6901 pointer into the proposed body, to what was chosen.
    pub pointer: String,
    /// The path or the value that was chosen.
    pub choice: String,
    /// Why: one sentence, user input in back-ticks.
    pub message: String,
    /// RFC 6901 pointer to the first value of that path in the payload.
    #[serde(rename = "payloadPointer", skip_serializing_if = "Option::is_none")]
    pub payload_pointer: Option<String>,
    /// How certain it is.
    pub confidence: Confidence,
    /// Other paths that could have been chosen, best first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub alternatives: Vec<String>,
}

impl Reason {
    /// Something to know that is not about a choice.
    pub(crate) fn note(pointer: &str, message: &str) -> Reason {
        Reason {
            pointer: pointer.to_owned(),
            choice: String::new(),
            message: message.to_owned(),
            payload_pointer: None,
            confidence: Confidence::High,
            alternatives: Vec::new(),
        }
    }
}

/// How certain a choice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The name or the values say so.
    High,
    /// They may mean something else.
    Medium,
    /// There was nothing better.
    Low,
}

/// Proposes a body, as JSON text, with the first payload as its sample; the others are evidence. `None` when there is
/// nothing to propose it for; the problems say why.
pub(crate) fn suggest(text: &[u8], others: &[&[u8]], problems: &mut Problems) -> Option<(String, Vec<Reason>)> {
    let (payload, pointer) = read(text, problems)?;
    let mut survey = Survey::default();
    let mut alerts = None;
    let mut profile = None;
    let mut array_path = None;
    if payload.kind == Kind::Array {
        profile = profile::find(&payload, &survey);
        survey.elements(&payload, limits::ELEMENTS as usize, &pointer);
        array_path = Some(String::new());
    } else {
        survey.payload(&payload, &pointer);
        profile = profile::find(&payload, &survey).or(profile);
        let arrays = match profile {
            Some(profile) => array::of_profile(&survey, profile),
            None => array::choose(&survey),
        };
        if let Some(chosen) = &arrays.chosen {
            let field = survey.fields.get(chosen.field);
            let pointer = field.map(|field| field.pointer.clone()).unwrap_or_default();
            array_path = field.map(|field| field.path.clone());
            survey.elements(&chosen.value, limits::ELEMENTS as usize, &pointer);
        }
        alerts = Some(arrays);
    }
    let mut used: Vec<&[u8]> = vec![payload.raw()];
    for (number, other) in others.iter().enumerate() {
        let mut own = Problems::default();
        match read(other, &mut own) {
            Some((other, _)) => {
                add_payload(&mut survey, &other, array_path.as_deref());
                used.push(other.raw());
            }
            None => problems.push(unusable_payload(number + 2, own)),
        }
    }
    let mut plan = Plan::new(&survey);
    propose_array(&mut plan, alerts.as_ref());
    status::propose(&mut plan, profile);
    let (named, has_primary) = identity::propose(&mut plan, profile);
    when::propose(&mut plan, profile);
    tags::propose(&mut plan, &named);
    plan.literal("}");
    if let Some(note) = profile.and_then(|profile| profile.note) {
        plan.note("/config", note);
    }
    if !has_primary {
        let message = "no field of the payload can be trusted to name the alert";
        let help = "choose one that is the same for a problem and its recovery; in version 1 the proposal has only a default for the primary property, and version 2 has no defaults, so it has no proposal";
        let problem = problem("primary-empty", &pointer, payload.start..payload.start + 1, message, help);
        problems.push(Problem { severity: Severity::Warning, ..problem });
    }
    if !pointer.is_empty() {
        let message =
            "the payload was given as `sample_payload` of a request body: the proposal is made for that value";
        plan.add_reason("/sample_payload", "sample_payload", None, Confidence::High, message);
    }
    if has_primary && let Some(conflict) = conflicts::find(&plan.config, &used) {
        plan.note("/config/primary_property", &conflict);
    }
    let Plan { config, reasons, .. } = plan;
    let mut body = b"{\n  \"config\": ".to_vec();
    lay_out(&config, 1, &mut body);
    body.extend_from_slice(b",\n  \"sample_payload\": ");
    lay_out(payload.raw(), 1, &mut body);
    body.extend_from_slice(b"\n}");
    #[expect(clippy::expect_used, reason = "the scanner has checked that the payload is UTF-8")]
    let body = String::from_utf8(body).expect("the body is UTF-8");
    Some((body, reasons))
}

/// Adds one more payload to the survey. `array_path` leads to its alerts, if the first payload has several.
fn add_payload<'t>(survey: &mut Survey<'t>, payload: &Value<'t>, array_path: Option<&str>) {
    match (array_path, payload.kind) {
        (Some(""), Kind::Array) => survey.another_array(None, payload),
        (Some(path), Kind::Object) if !path.is_empty() => {
            let array = profile::value_at(payload, path, profile::DEPTH).filter(|value| value.kind == Kind::Array);
            if let Some(array) = array {
                survey.another_array(Some(payload), &array);
            }
        }
        (None, Kind::Object) => survey.another_alert(payload),
        // One alert if the first payload has several, or the other way round, is from another integration.
        _ => {}
    }
}

/// Reports why one of the other payloads was not used, without a place, since that would be in another text.
fn unusable_payload(number: usize, problems: Problems) -> Problem {
    let first = problems.kept().first();
    let why = first.map_or(Cow::Borrowed("it is not a payload"), |problem| problem.message.clone());
    let message = format!("payload {number} was not used: {why}");
    let code = first.map_or("json-syntax", |problem| problem.code);
    let problem = problem(code, "", 0..0, message, "the proposal rests on the other payloads");
    Problem { severity: Severity::Warning, ..problem }
}

/// Reads a payload. Returns it with its pointer in the document; `None` if no body can be proposed for it.
fn read<'t>(text: &'t [u8], problems: &mut Problems) -> Option<(Value<'t>, String)> {
    if text.len() > limits::PAYLOAD_BYTES {
        let help = "send fewer alerts in one payload, or leave out fields that no rule needs";
        problems.push(problem("payload-too-large", "", 0..0, "the payload has more than 6 MiB", help));
        return None;
    }
    let mut s = Scanner::new(text);
    let start = s.start();
    let end = start.and_then(|start| s.skip(start, 0)).filter(|end| s.finish(end.get()).is_some());
    let (Some(start), Some(end)) = (start, end) else {
        let error = s.error.unwrap_or(SyntaxError { at: 0, kind: SyntaxErrorKind::Value });
        problems.push(payload_syntax(error, text));
        return None;
    };
    let mut payload = Value { text, start, end: end.get(), kind: Kind::of(s.byte(start)), flags: 0 };
    let mut pointer = String::new();
    // A sample that was copied with its key is still the payload.
    while let Some(inner) = wrapped_payload(&payload) {
        payload = inner;
        pointer::push_key(&mut pointer, "sample_payload");
    }
    let span = payload.start..payload.start + 1;
    match payload.kind {
        Kind::Object | Kind::Array if !payload.is_populated() => {
            let help = "use a payload as the tool sends it";
            problems.push(problem("sample-blank", &pointer, span, "the payload is blank", help));
            return None;
        }
        Kind::Object => {}
        Kind::Array => {
            let mut count = 0;
            for item in payload.items() {
                if item.kind != Kind::Object {
                    report_element(&item, &pointer::index(&pointer, count), problems);
                    return None;
                }
                count += 1;
            }
            if count > limits::ELEMENTS as usize {
                let help = "send fewer alerts in one payload; the limit is this tool's own, not documented by BigPanda";
                let message = "the array has more than 100000 elements";
                problems.push(problem("too-many-alerts", &pointer, span, message, help));
                return None;
            }
        }
        kind => {
            let message = format!("the payload is {}, not an object", kind.in_words());
            let help = "an alert is an object, and several are an array of objects";
            problems.push(problem("alert-not-object", &pointer, payload.start..payload.end, message, help));
            return None;
        }
    }
    Some((payload, pointer))
}

/// Reports an element that is not an object.
fn report_element(element: &Value<'_>, pointer: &str, problems: &mut Problems) {
    let end = if element.kind == Kind::Array { element.start + 1 } else { element.end };
    let message = format!("an element of the payload is {}, not an object", element.kind.in_words());
    let help = "an alert is an object; a payload with other elements cannot be the sample of a configuration";
    problems.push(problem("alert-not-object", pointer, element.start..end, message, help));
}

fn problem(
    code: &'static str,
    pointer: &str,
    span: Range<usize>,
    message: impl Into<Cow<'static, str>>,
    help: &'static str,
) -> Problem {
    Problem::new(code, Document::Payload, pointer.to_owned(), span, message).help(help)
}

/// The payload inside a request body, with or without its configuration.
fn wrapped_payload<'t>(payload: &Value<'t>) -> Option<Value<'t>> {
    let mut sample = None;
    for (count, member) in payload.members().enumerate() {
        match (&*member.key.text(), member.value.kind) {
            // A key may occur twice, but a large object is not a body.
            _ if count > 2 => return None,
            ("sample_payload", Kind::Object | Kind::Array) => sample = Some(member.value),
            ("config", Kind::Object) => {}
            _ => return None,
        }
    }
    sample
}

/// Proposes `is_array` and `array_source`. `found`: the arrays of a payload that is an object.
fn propose_array(plan: &mut Plan<'_, '_>, found: Option<&Arrays<'_>>) {
    const POINTER: &str = "/config/array_source";
    let write_array = |plan: &mut Plan<'_, '_>, path: &str| {
        plan.key("is_array");
        plan.literal("true");
        plan.text("array_source", path);
    };
    match found {
        None => {
            write_array(plan, "");
            let message = "the payload is an array, and its elements are the alerts; BigPanda does not document that an empty path stands for the payload itself";
            plan.add_reason(POINTER, "", None, Confidence::High, message);
        }
        Some(Arrays { chosen: Some(chosen), others }) => {
            let path = plan.path(chosen.field);
            write_array(plan, path);
            let (name, count) = (quote_input(path), chosen.count);
            let (message, confidence) = if chosen.is_named {
                let message = format!("{name} is an array whose elements are the alerts; the payload has {count}");
                (message, Confidence::High)
            } else {
                let message = format!(
                    "the elements of {name} say more about an alert than what is around them; the payload has {count}"
                );
                (message, Confidence::Medium)
            };
            plan.add_reason(POINTER, path, Some(chosen.field), confidence, message);
            plan.add_alternatives(others, &[]);
        }
        Some(Arrays { chosen: None, others }) => {
            plan.key("is_array");
            plan.literal("false");
            let (message, confidence) = match **others {
                [] => ("the payload contains no array of objects, so it is one alert", Confidence::High),
                _ => ("the payload itself says more of an alert than the elements of its arrays", Confidence::Medium),
            };
            plan.add_reason("/config/is_array", "false", None, confidence, message);
            plan.add_alternatives(others, &[]);
        }
    }
}
