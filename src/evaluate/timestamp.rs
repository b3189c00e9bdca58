//! The time rule: the first source whose value can be read decides; without one, the time of receipt.

use super::context::AlertContext;
use super::decision::{TimeDecision, get_or_compute};
use super::value;
use crate::compile::{TimeFormat, TimeRule};
use crate::json::Kind;
use crate::json::members::Value;
use crate::time::{Reading, read};

/// `received` is the time of receipt in epoch seconds.
pub(super) fn decide(
    rule: Option<&TimeRule>,
    alert: &AlertContext<'_>,
    received: i64,
    outer: &mut Vec<Option<Option<(i64, Reading)>>>,
) -> TimeDecision {
    let Some(rule) = rule else {
        return TimeDecision { seconds: received, source: None };
    };
    for (number, source) in rule.sources.iter().enumerate() {
        let Some(slot) = alert.populated_slot(source) else {
            continue;
        };
        let value = slot.value(alert.text);
        let time = if source.is_outer {
            get_or_compute(outer, number, || affordable_reading(rule, alert, &value))
        } else {
            affordable_reading(rule, alert, &value)
        };
        if let Some((seconds, reading)) = time {
            return TimeDecision { seconds, source: Some((number, reading)) };
        }
    }
    TimeDecision { seconds: received, source: None }
}

/// As [`reading`], where the value is short or the work budget allows to read it.
fn affordable_reading(rule: &TimeRule, alert: &AlertContext<'_>, value: &Value<'_>) -> Option<(i64, Reading)> {
    /// No usual time has more bytes.
    const SHORT: usize = 64;
    let is_long = value.end - value.start > SHORT;
    if is_long && !alert.budget.spend_reading(value) { None } else { reading(rule, value) }
}

/// The time in a value, in epoch seconds.
pub(super) fn reading(rule: &TimeRule, value: &Value<'_>) -> Option<(i64, Reading)> {
    if !matches!(value.kind, Kind::String | Kind::Number) {
        return None;
    }
    let format = match &rule.format {
        TimeFormat::Guess => None,
        TimeFormat::Given(format) => Some(format),
        TimeFormat::Unusable => return None,
    };
    match value::plain(value) {
        Some(plain) => read(plain, format),
        None => read(value::text(value).as_bytes(), format),
    }
}
