//! The status rule: the first source whose value is listed decides.

use super::context::AlertContext;
use super::decision::{StatusDecision, get_or_compute};
use super::value;
use super::work_budget::BYTES_COPIED_PER_LOOKUP;
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
        let status = if source.is_outer {
            // It may be long, and every alert asks.
            get_or_compute(outer, number, || affordable_status(rule, alert, &value))
        } else {
            affordable_status(rule, alert, &value)
        };
        if let Some(status) = status {
            return StatusDecision { status, source: Some(number) };
        }
    }
    StatusDecision { status: rule.default, source: None }
}

/// The status that a value is listed under, where the value is short or the work budget allows to read it.
fn affordable_status(rule: &StatusRule, alert: &AlertContext<'_>, value: &Value<'_>) -> Option<Status> {
    match value::plain(value) {
        Some(text) if text.len() < BYTES_COPIED_PER_LOOKUP => rule.look_up(text),
        Some(text) if alert.budget.spend_copying(text.len()) => rule.look_up(text),
        None if alert.budget.spend_reading(value) => look_up(rule, value).map(|(status, _)| status),
        _ => None,
    }
}

/// The status that a value is listed under, and the text that is listed: of an array, its first item that is.
pub(super) fn look_up(rule: &StatusRule, value: &Value<'_>) -> Option<(Status, String)> {
    let listed = |text: &str| rule.look_up(text.as_bytes()).map(|status| (status, text.to_owned()));
    if value.kind == Kind::Array {
        return value::list(value).find_map(|item| listed(&value::text(&item)));
    }
    listed(&value::text(value))
}
