//! How often the default of a rule is used.

use crate::compile::Program;
use crate::diagnostic::Problems;
use crate::evaluate::{ObservedAlert, Observer, RuleOutcome, observe};
use crate::json::members::Value;

/// For each tag rule of a program, how many alerts of a payload have its default.
pub(crate) fn count_defaults(program: &Program, payload: &[u8]) -> Vec<usize> {
    let mut counter = Counter { counts: vec![0; program.rules.len()] };
    observe(program, payload, &mut counter, &mut Problems::default());
    counter.counts
}

struct Counter {
    counts: Vec<usize>,
}

impl Observer for Counter {
    fn restart(&mut self) {
        self.counts.fill(0);
    }

    fn alert(&mut self, alert: &ObservedAlert<'_>) {
        for (rule, count) in self.counts.iter_mut().enumerate() {
            *count += usize::from(alert.outcome(rule) == RuleOutcome::Default);
        }
    }

    fn not_object(&mut self, _pointer: &dyn Fn() -> String, _element: &Value<'_>) {}
}
