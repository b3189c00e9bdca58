//! The status rule: the first source whose value is listed decides.

use super::context::AlertContext;
use super::decision::{StatusDecision, get_or_compute};
use super::value;
use crate::compile::{Status, StatusRule};
use crate::json::Kind;
use crate::json::members::Value;

pub(super) fn decide(
    rule: &StatusRule,
    alert: &AlertContext<'_>,
    outer: &mut Vec<Option<Option<Status>>>,
) -> StatusDecision {
    for (number, source) in rule.sources.iter().enumerate() {
        let Some(slot) = alert.populated_slot(source) else {
            continue;
        };
        let value = slot.value(alert.text);
        let status = match value::plain(&value) {
            Some(text) => rule.look_up(text),
            // An array in the outer payload may be long, and every alert asks.
            None if source.is_outer => get_or_compute(outer, number, || read(rule, alert, &value)),
            None => read(rule, alert, &value),
        };
        if let Some(status) = status {
            return StatusDecision { status, source: Some(number) };
        }
    }
    StatusDecision { status: rule.default, source: None }
}

/// The status that a value is listed under, if it may be read.
fn read(rule: &StatusRule, alert: &AlertContext<'_>, value: &Value<'_>) -> Option<Status> {
    if alert.budget.spend_reading(value) { look_up(rule, value).map(|(status, _)| status) } else { None }
}

/// The status that a value is listed under, and the text that is listed: of an array, its first item that is.
pub(super) fn look_up(rule: &StatusRule, value: &Value<'_>) -> Option<(Status, String)> {
    let listed = |text: &str| rule.look_up(text.as_bytes()).map(|status| (status, text.to_owned()));
    if value.kind == Kind::Array {
        return value::list(value).find_map(|item| listed(&value::text(&item)));
    }
    listed(&value::text(value))
}
