//! The status rule: the first source whose value is listed decides.

use super::Scene;
use super::decision::{StatusDecision, once};
use super::value;
use crate::compile::{Status, StatusRule};
use crate::json::Kind;
use crate::json::members::Value;
pub(super) fn decide(rule: &StatusRule, scene: &Scene<'_>, around: &mut Vec<Option<Option<Status>>>) -> StatusDecision {
    for (number, source) in rule.sources.iter().enumerate() {
        let Some(slot) = scene.slot(source).filter(|slot| slot.is_populated()) else {
            continue;
        };
        let value = slot.value(scene.text);
        let status = match value::plain(&value) {
            Some(text) => rule.look_up(text),
            // An array around the alerts may be long, and every alert asks.
            None if source.around => once(around, number, || read(rule, scene, &value)),
            None => read(rule, scene, &value),
        };
        if let Some(status) = status {
            return StatusDecision { status, source: Some(number) };
        }
    }
    StatusDecision { status: rule.default, source: None }
}

/// The status that a value is listed under, if it may be read.
fn read(rule: &StatusRule, scene: &Scene<'_>, value: &Value<'_>) -> Option<Status> {
    if scene.may_read(value) { look_up(rule, value).map(|(status, _)| status) } else { None }
}

/// The status that a value is listed under, and the text that is listed: of an array, its first item that is.
pub(super) fn look_up(rule: &StatusRule, value: &Value<'_>) -> Option<(Status, String)> {
    let listed = |text: &str| rule.look_up(text.as_bytes()).map(|status| (status, text.to_owned()));
    if value.kind == Kind::Array {
        return value::list(value).find_map(|item| listed(&value::text(&item)));
    }
    listed(&value::text(value))
}
