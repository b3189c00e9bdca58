//! Who receives the alerts of a payload.

use super::context::AlertContext;
use super::decision::Decision;
use crate::json::limits;
use crate::json::members::Value;

/// Receives the alerts of a payload, one by one.
pub(super) trait AlertSink {
    /// Receives an alert, whose tags it decides as far as it needs them. False when the alert has no primary value; then
    /// it is rejected.
    fn alert(&mut self, alert: &AlertContext<'_>, decision: &mut Decision) -> bool;

    /// Receives an alert that the filter drops. Sinks that look at such alerts too get it here and not as an alert.
    fn dropped(&mut self, _alert: &AlertContext<'_>, _decision: &mut Decision) {}

    /// Receives an element that is not an object, and what makes its pointer; it is rejected.
    fn not_object(&mut self, _pointer: &dyn Fn() -> String, _element: &Value<'_>) {}

    /// Discards everything received so far: the alerts are in another array, or the payload has none. Returns the bytes
    /// of output that this was, which count as work: a payload may repeat its array many times.
    fn restart(&mut self) -> usize;

    /// Whether the alerts take more than they may.
    fn is_full(&self) -> bool;

    /// The message for a payload whose alerts exceed the limits on their size, or on work.
    fn limit_message(&self, is_out_of_budget: bool) -> String {
        if is_out_of_budget {
            return "the payload has too many alerts for that many rules".to_owned();
        }
        format!("the alerts would take more than {} MiB", limits::ANSWER_BYTES / 1024 / 1024)
    }
}
