//! The filter of version 2: whether it drops an alert.

use super::context::AlertContext;
use super::decision::FilterDecision;
use super::value;
use crate::compile::Filter;
use crate::filter::FieldComparison;
use crate::json::Kind;

pub(super) fn decide(filter: Option<&Filter>, alert: &AlertContext<'_>) -> FilterDecision {
    let Some(filter) = filter else {
        return FilterDecision::Kept;
    };
    match filter.expression.evaluate(&mut |comparison| holds(filter, comparison, alert)) {
        Some(true) => FilterDecision::Dropped,
        Some(false) => FilterDecision::Kept,
        None => FilterDecision::Unknown,
    }
}

/// Whether a comparison holds for an alert. A field that is `null` counts as missing.
pub(super) fn holds(filter: &Filter, comparison: &FieldComparison, alert: &AlertContext<'_>) -> Option<bool> {
    let slot = filter.source(comparison).and_then(|source| alert.slot(source));
    let Some(value) = slot.map(|slot| slot.value(alert.text)).filter(|value| value.kind != Kind::Null) else {
        return comparison.holds([]);
    };
    let bytes = (value.end - value.start).saturating_mul(comparison.values.len());
    if !alert.budget.spend(comparison.values.len()) || !alert.budget.spend_copying(bytes) {
        return None;
    }
    if let Some(plain) = value::plain(&value).and_then(|plain| core::str::from_utf8(plain).ok()) {
        return comparison.holds([plain]);
    }
    if !alert.budget.spend_reading(&value) {
        return None;
    }
    if value.kind == Kind::Array {
        let items: Vec<_> = value::list(&value).map(|item| value::text(&item)).collect();
        return comparison.holds(items.iter().map(|item| &**item));
    }
    comparison.holds([&*value::text(&value)])
}
