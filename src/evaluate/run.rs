//! Evaluates a payload: every alert goes to a sink, everything else becomes a rejection or a problem.

use super::AlertSink;
use super::context::{AlertContext, Pointers};
use super::decision::FilterDecision;
use super::decision::{Decision, RuleResult, StatusDecision, TimeDecision};
use super::rejected::Rejected;
use super::work_budget::{BYTES_PER_LOOKUP, WorkBudget};
use super::{filter, payload_problems, status, timestamp};
use crate::compile::{NotSimulated, Program, Property};
use crate::diagnostic::{Document, Problem, Problems, quote_input};
use crate::extract::{ElementHandler, Extractor, PayloadShape, SlotTable};
use crate::forms::payload_syntax;
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
#[derive(Default)]
pub(super) struct Evaluated {
    /// `None` when it was not read, or is not valid JSON.
    pub(super) shape: Option<PayloadShape>,
    pub(super) rejected: Rejected,
    /// What the configuration asks for and is not simulated, so that BigPanda may make other alerts.
    pub(super) not_simulated: Vec<Problem>,
    /// What it cost; see [`limits::WORK_BUDGET`].
    #[cfg(test)]
    pub(super) work: usize,
}

impl Evaluated {
    /// The rejections, and whether the answer is partial. What is not simulated goes to `problems`.
    pub(super) fn into_rejected(self, problems: &mut Problems) -> (Rejected, bool) {
        let is_partial = !self.not_simulated.is_empty();
        self.not_simulated.into_iter().for_each(|problem| problems.push(problem));
        (self.rejected, is_partial)
    }
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
            is_filter_unknown: false,
        };
        if !payload_problems::size(text, problems) {
            return Evaluated::default();
        }
        let mut not_simulated = Vec::new();
        let shape = match extractor.extract(program, text, &mut run) {
            Ok(shape) => {
                run.report(shape, problems);
                run.report_duplicates(extractor, problems);
                not_simulated = run.not_simulated();
                Some(shape)
            }
            Err(error) => {
                run.restart();
                problems.push(payload_syntax(error, text));
                None
            }
        };
        Evaluated {
            shape,
            #[cfg(test)]
            work: run.budget.spent(),
            rejected: run.rejected,
            not_simulated,
        }
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
    /// Whether the filter drops some alert depends on a regular expression.
    is_filter_unknown: bool,
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
                self.rejected.push(None, 0, "array-source-missing", || (message, String::new()));
            }
            PayloadShape::NotArray { kind, key_spelling } => {
                self.begin(key_spelling);
                let what = if named.is_empty() { "the payload".to_owned() } else { format!("`{named}`") };
                let message = format!("{what} is {}, not an array of alerts", kind.in_words());
                let texts = || (message, self.pointers.array().to_owned());
                self.rejected.push(None, 0, "array-source-not-array", texts);
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

    /// What the configuration asks for and nobody has documented.
    fn not_simulated(&self) -> Vec<Problem> {
        let program = self.program;
        let NotSimulated { preprocessing, arrays } = &program.not_simulated;
        let filter = program.filter.as_ref().filter(|_| self.is_filter_unknown).map(|filter| &filter.pointer);
        let arrays = arrays.as_ref().filter(|_| self.decision.has_remaining_array);
        let found = [
            (preprocessing.as_ref(), "`preprocessing` is not simulated: the rules saw the payload as it was sent"),
            (filter, "the filter depends on a regular expression, which is not run: the alerts are kept"),
            (
                arrays,
                "what flattening does with remaining arrays is not documented by BigPanda: they are kept as lists",
            ),
        ];
        let problem = |(pointer, message): (Option<&String>, &'static str)| {
            let help = "BigPanda may make other alerts of this payload; `oim verify` compares them with these";
            Some(Problem::new("not-simulated", Document::Body, pointer?.clone(), None, message).help(help))
        };
        found.into_iter().filter_map(problem).collect()
    }

    fn reject_filtered(&mut self, index: u32, at: usize) {
        let texts = || ("`event_filter` matches, so the alert is dropped".to_owned(), self.pointers.element(index));
        self.rejected.push(Some(index), at, "event-filtered", texts);
    }

    fn reject_without_primary(&mut self, index: u32, at: usize) {
        let flattened = matches!(self.decision.results.first(), Some(RuleResult::Flattened(..)));
        if let Property::Tags(list) = &self.program.primary {
            let names: Vec<_> = list.tags.iter().take(NAMED).map(|tag| quote_input(&tag.name)).collect();
            let message = || format!("no primary value: the alert has no tag {}", names.join(" or "));
            return self.rejected.push(Some(index), at, "primary-empty", || (message(), self.pointers.element(index)));
        }
        let message = || match self.program.rules.first().map(|rule| rule.sources.as_slice()) {
            _ if flattened => {
                "no primary value: the rule flattens an object, which creates tags but has no value".to_owned()
            }
            None | Some([]) => "no primary value".to_owned(),
            Some([only]) => format!("no primary value: {} is not populated", quote_input(&only.text)),
            Some(sources) => {
                let tried: Vec<_> = sources.iter().take(NAMED).map(|s| quote_input(&s.text)).collect();
                format!("no primary value: none of {} is populated", tried.join(", "))
            }
        };
        self.rejected.push(Some(index), at, "primary-empty", || (message(), self.pointers.element(index)));
    }
}

impl<S: AlertSink> ElementHandler for Run<'_, S> {
    fn object(&mut self, index: u32, element: Value<'_>, slots: &SlotTable, outer_slots: &SlotTable) {
        if self.is_full {
            return;
        }
        let Run { program, text, received, sink, decision, budget, pointers, is_filter_unknown, .. } = &mut *self;
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
            filter: FilterDecision::Kept,
        };
        alert.filter = filter::decide(program.filter.as_ref(), &alert);
        *is_filter_unknown |= alert.filter == FilterDecision::Unknown;
        alert.status = status::decide(&program.status, &alert, &mut decision.outer_statuses);
        alert.time = timestamp::decide(program.time.as_ref(), &alert, *received, &mut decision.outer_times);
        let is_dropped = alert.filter == FilterDecision::Dropped;
        let accepted = if is_dropped {
            sink.dropped(&alert, decision);
            true
        } else {
            sink.alert(&alert, decision)
        };
        self.is_full = sink.is_full() || decision.is_full() || budget.is_exceeded();
        if !accepted {
            self.reject_without_primary(index, element.start);
        } else if is_dropped {
            self.reject_filtered(index, element.start);
        }
    }

    fn not_object(&mut self, index: u32, element: Value<'_>) {
        self.sink.not_object(&|| self.pointers.element(index), &element);
        let found = element.kind.in_words();
        let texts = || match (&self.program.array, element.kind) {
            (Some(_), _) => (format!("the element is {found}, not an object"), self.pointers.element(index)),
            (None, Kind::Array) => {
                ("the payload is an array: set `is_array` to true and `array_source` to \"\"".to_owned(), String::new())
            }
            (None, _) => (format!("the payload is {found}, not an object"), String::new()),
        };
        self.rejected.push(Some(index), element.start, "alert-not-object", texts);
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
        self.is_filter_unknown = false;
    }
}

#[cfg(test)]
mod tests {
    use super::super::json_writer::{JsonBuffers, JsonWriter};
    use super::super::{Part, ProcessOptions};
    use super::*;

    /// The work that a payload costs, in lookups.
    fn work(config: &str, payload: &str, trace: bool, part: Option<Part>) -> usize {
        let compiled = crate::compile(config);
        let Some(program) = compiled.program else { panic!("{:?}", compiled.diagnostics) };
        let options = ProcessOptions { trace, ..ProcessOptions::received_at_ms(0.0) };
        let mut buffers = JsonBuffers::default();
        let mut writer = JsonWriter::new(&program, payload.as_bytes(), &options, part, &mut buffers);
        Evaluator::default().evaluate(&program, payload.as_bytes(), 0.0, &mut writer, &mut Problems::default()).work
    }

    /// The outer payload has `long`, the alerts have `own`, and the rules are `rules`. Returns what one more alert costs.
    fn work_of_one_alert(rules: &str, listed: &str, long: &str, own: &str, trace: bool) -> usize {
        let config = format!(
            r#"{{"is_array": true, "array_source": "a", "primary_property": {{"name": "h", "source": ["@alert.h"]}},
                "status": {{"source": ["long"], "status_map": {{"ok": [{listed}]}}, "default_to": "ok"}}{rules}}}"#
        );
        let of = |alerts: usize| {
            let alerts = vec![own; alerts].join(",");
            work(&config, &format!(r#"{{"long": {long}, "a": [{alerts}]}}"#), trace, None)
        };
        of(12) - of(11)
    }

    #[test]
    fn an_alert_costs_the_same_however_long_the_outer_payload_is() {
        let listed = |len: usize| format!("\"{}x\"", "b".repeat(len - 1));
        let long = |len: usize| format!("\"{}\"", "b".repeat(len));
        let time = r#", "timestamp": {"source": ["long"]}"#;
        let format = r#", "timestamp": {"source": ["long"], "format": "%d.%m.%Y"}"#;
        for rules in ["", time, format] {
            for own in ["{}", r#"{"h": "x"}"#] {
                let cost = |len| work_of_one_alert(rules, &listed(len), &long(len), own, false);
                assert_eq!(cost(100_000), cost(10), "{rules}, {own}");
            }
        }
    }

    #[test]
    fn long_text_counts_as_work_where_each_alert_needs_it() {
        let text = "b".repeat(100_000);
        let long = format!("\"{text}\"");
        let own =
            format!(r#"{{"h": "x", "o": {{"k": null}}, "t": "{text}", "l": {{"k": "{}"}}}}"#, "c".repeat(100_000));
        let cases = [
            // A status or a time from one text of the alert, named many times.
            format!(r#", "status": {{"source": [{}], "default_to": "ok"}}"#, [r#""@alert.t""#; 10].join(",")),
            format!(r#", "timestamp": {{"source": [{}]}}"#, [r#""@alert.t""#; 10].join(",")),
            // A name that the configuration begins.
            format!(r#", "additional_attributes": [{{"name": "{text}", "source": ["@alert.o"], "flatten": true}}]"#),
            // A derived name compared with those that identify.
            format!(
                r#", "additional_attributes": [{{"name": "{text}", "source": ["@alert.l"], "flatten": true}}],
                    "incident_identifier": [{}]"#,
                (0..10).map(|i| format!("\"{text}_{i}\"")).collect::<Vec<_>>().join(",")
            ),
            // A pattern of parts that match nothing.
            format!(r#", "timestamp": {{"source": ["@alert.t"], "format": "%F{}"}}"#, "%t".repeat(100_000)),
        ];
        for rules in cases {
            let rules = rules.replace(r#""default_to": "ok"}"#, r#""status_map": {"ok": ["up"]}, "default_to": "ok"}"#);
            let cost = work_of_one_alert(&rules, r#""up""#, &long, &own, false);
            assert!(cost >= 1_000, "{cost} lookups: {}", rules.get(..100).unwrap_or_default());
        }
    }

    #[test]
    fn a_trace_counts_what_it_reads() {
        let blanks = format!("[1{}]", " ".repeat(100_000));
        let cost = |trace| work_of_one_alert("", r#""up""#, &blanks, r#"{"h": "x"}"#, trace);
        assert!(cost(true) - cost(false) >= 10_000, "{} lookups, {} without a trace", cost(true), cost(false));
    }
}
