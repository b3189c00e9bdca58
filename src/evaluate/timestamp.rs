//! The time rule: the first source whose value can be read decides; without one, the time of receipt.

use super::Scene;
use super::decision::{TimeDecision, once};
use super::value;
use crate::compile::{TimeFormat, TimeRule};
use crate::json::Kind;
use crate::json::members::Value;
use crate::time::{Reading, read};

/// `received` is the time of receipt in epoch seconds.
pub(super) fn decide(
    rule: Option<&TimeRule>,
    scene: &Scene<'_>,
    received: i64,
    around: &mut Vec<Option<Option<(i64, Reading)>>>,
) -> TimeDecision {
    let Some(rule) = rule else {
        return TimeDecision { seconds: received, source: None };
    };
    for (number, source) in rule.sources.iter().enumerate() {
        let Some(slot) = scene.slot(source).filter(|slot| slot.is_populated()) else {
            continue;
        };
        let value = slot.value(scene.text);
        let read = if source.around {
            once(around, number, || short_reading(rule, scene, &value))
        } else {
            short_reading(rule, scene, &value)
        };
        if let Some((seconds, reading)) = read {
            return TimeDecision { seconds, source: Some((number, reading)) };
        }
    }
    TimeDecision { seconds: received, source: None }
}

/// As [`reading`], where the value is short or may be read all the same.
#[inline]
fn short_reading(rule: &TimeRule, scene: &Scene<'_>, value: &Value<'_>) -> Option<(i64, Reading)> {
    /// No usual time has more bytes.
    const SHORT: usize = 64;
    if value.end - value.start > SHORT && !scene.may_read(value) { None } else { reading(rule, value) }
}

/// The time that a value tells, in epoch seconds.
#[inline]
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
