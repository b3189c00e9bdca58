//! Evaluates a payload: every alert goes to a sink, everything else becomes a rejection or a problem.

use super::AlertSink;
use super::context::{AlertContext, BYTES_PER_LOOKUP, Pointers, WorkBudget};
use super::decision::{Decision, RuleResult, StatusDecision, TimeDecision};
use super::rejected::Rejected;
use super::{payload_problems, status, timestamp};
use crate::compile::Program;
use crate::diagnostic::{Document, Problem, Problems, shown, syntax};
use crate::extract::{ElementHandler, Extractor, PayloadShape, SlotTable};
use crate::json::members::Value;
use crate::json::{Kind, limits};

/// Most sources that a message names.
const NAMED: usize = 8;

/// What evaluating needs from payload to payload. One serves any number of programs; one for each program is faster.
#[derive(Debug, Default)]
pub(super) struct Evaluator {
    pub(super) extractor: Extractor,
    decision: Decision,
}

/// What is known of a payload besides its alerts.
pub(super) struct Evaluated {
    /// `None` when it was not read, or is not valid JSON.
    pub(super) shape: Option<PayloadShape>,
    pub(super) rejected: Rejected,
}

impl Evaluator {
    /// Evaluates a payload and gives its alerts to `sink`.
    pub(super) fn evaluate<S: AlertSink>(
        &mut self,
        program: &Program,
        text: &[u8],
        received_at_ms: f64,
        sink: &mut S,
        problems: &mut Problems,
    ) -> Evaluated {
        let Evaluator { extractor, decision } = self;
        decision.renew();
        let mut run = Run {
            program,
            text,
            // Rounded down; out of range saturates.
            received: (received_at_ms / 1000.0).floor() as i64,
            sink,
            decision,
            budget: WorkBudget::default(),
            pointers: Pointers::new(program, 0),
            rejected: Rejected::default(),
            is_full: false,
        };
        if !payload_problems::size(text, problems) {
            return Evaluated { shape: None, rejected: run.rejected };
        }
        let shape = match extractor.extract(program, text, &mut run) {
            Ok(shape) => {
                run.report(shape, problems);
                run.report_duplicates(extractor, problems);
                Some(shape)
            }
            Err(error) => {
                run.restart();
                problems.push(syntax(error, text, Document::Payload, ""));
                None
            }
        };
        Evaluated { shape, rejected: run.rejected }
    }
}

/// A payload being evaluated.
struct Run<'r, S> {
    program: &'r Program,
    text: &'r [u8],
    /// The time of receipt in epoch seconds.
    received: i64,
    sink: &'r mut S,
    decision: &'r mut Decision,
    budget: WorkBudget,
    pointers: Pointers<'r>,
    rejected: Rejected,
    /// The alerts exceed a limit; further ones are ignored.
    is_full: bool,
}

impl<S: AlertSink> Run<'_, S> {
    /// Reports what the payload as a whole is, unless it has alerts.
    fn report(&mut self, shape: PayloadShape, problems: &mut Problems) {
        let named = self.program.array.as_ref().map_or("", |source| &source.text);
        match shape {
            PayloadShape::Alerts if self.is_full => {
                let message = self.sink.limit_message(self.budget.is_exceeded());
                self.restart();
                let at = self.pointers.array().to_owned();
                problems.push(
                    Problem::new("output-too-large", Document::Payload, at, None, message).help("fewer tags or fewer alerts in one payload; the limit is this tool's own, not documented by BigPanda"),
                );
            }
            PayloadShape::Alerts => {}
            PayloadShape::NoArray => {
                let message = format!("the payload has no `{named}`, where the array of alerts should be");
                self.rejected.push(None, 0, "array-source-missing", message, String::new());
            }
            PayloadShape::NotArray { kind, key_spelling } => {
                self.begin(key_spelling);
                let what = if named.is_empty() { "the payload".to_owned() } else { format!("`{named}`") };
                let message = format!("{what} is {}, not an array of alerts", kind.in_words());
                self.rejected.push(None, 0, "array-source-not-array", message, self.pointers.array().to_owned());
            }
            PayloadShape::TooMany { count, start, end } => {
                let message = format!("the array has {count} elements, more than {}", limits::ELEMENTS);
                let at = self.pointers.array().to_owned();
                problems.push(Problem::new("too-many-alerts", Document::Payload, at, start..end, message).help(
                    "send fewer alerts in one payload; the limit is this tool's own, not documented by BigPanda",
                ));
            }
        }
    }

    fn report_duplicates(&self, extractor: &Extractor, problems: &mut Problems) {
        let (program, text, decision) = (self.program, self.text, &*self.decision);
        let array = || self.pointers.array();
        payload_problems::duplicates(program, text, &array, extractor.duplicates(), problems);
        let more = extractor.more_duplicates() + decision.more_repeated;
        if more > 0 {
            problems.count("json-duplicate-key", more);
        }
        payload_problems::repeated(program, text, &array, &decision.repeated, problems);
    }

    fn reject_without_primary(&mut self, index: u32, at: usize) {
        let flattened = matches!(self.decision.results.first(), Some(RuleResult::Flattened(..)));
        let message = match self.program.rules.first().map(|rule| rule.sources.as_slice()) {
            _ if flattened => {
                "no primary value: the rule flattens an object, which creates tags but has no value".to_owned()
            }
            None | Some([]) => "no primary value".to_owned(),
            Some([only]) => format!("no primary value: {} is not populated", shown(&only.text)),
            Some(sources) => {
                let tried: Vec<_> = sources.iter().take(NAMED).map(|s| shown(&s.text)).collect();
                format!("no primary value: none of {} is populated", tried.join(", "))
            }
        };
        self.rejected.push(Some(index), at, "primary-empty", message, self.pointers.element(index));
    }
}

impl<S: AlertSink> ElementHandler for Run<'_, S> {
    fn object(&mut self, index: u32, element: Value<'_>, slots: &SlotTable, outer_slots: &SlotTable) {
        if self.is_full {
            return;
        }
        let Run { program, text, received, sink, decision, budget, pointers, .. } = self;
        budget.spend(program.lookups_per_alert);
        let mut alert = AlertContext {
            program,
            text,
            index,
            element,
            slots,
            outer_slots,
            pointers,
            budget,
            status: StatusDecision { status: program.status.default, source: None },
            time: TimeDecision { seconds: *received, source: None },
        };
        alert.status = status::decide(&program.status, &alert, &mut decision.outer_statuses);
        alert.time = timestamp::decide(program.time.as_ref(), &alert, *received, &mut decision.outer_times);
        let accepted = sink.alert(&alert, decision);
        self.is_full = sink.is_full() || decision.is_full() || budget.is_exceeded();
        if !accepted {
            self.reject_without_primary(index, element.start);
        }
    }

    fn not_object(&mut self, index: u32, element: Value<'_>) {
        let pointer = self.pointers.element(index);
        self.sink.not_object(&pointer, &element);
        let found = element.kind.in_words();
        let (message, pointer) = match (&self.program.array, element.kind) {
            (Some(_), _) => (format!("the element is {found}, not an object"), pointer),
            (None, Kind::Array) => {
                ("the payload is an array: set `is_array` to true and `array_source` to \"\"".to_owned(), String::new())
            }
            (None, _) => (format!("the payload is {found}, not an object"), String::new()),
        };
        self.rejected.push(Some(index), element.start, "alert-not-object", message, pointer);
    }

    fn begin(&mut self, key_spelling: u64) {
        self.restart();
        self.pointers = Pointers::new(self.program, key_spelling);
    }

    fn restart(&mut self) {
        // The work done so far counts on.
        self.budget.spend(self.sink.restart() / BYTES_PER_LOOKUP);
        self.rejected.clear();
        self.decision.renew();
        self.is_full = false;
    }
}
