//! Two configurations over the same payloads: what the new one changes.

mod answer;
mod pairs;

use crate::compile::{Compiled, Program};
use crate::diagnostic::{Collector, Diagnostic, into_diagnostics};
use crate::evaluate::{Lines, ProcessOptions, Recorder, each_line};
use answer::ChangeList;
use core::mem;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// The value of a tag.
    Tag,
    /// The status.
    Status,
    /// The time.
    Timestamp,
    /// The primary property is another tag.
    Primary,
    /// The secondary property is another tag.
    Secondary,
    /// The alert counts as another one.
    Identity,
    /// There is no alert any more.
    Rejected,
    /// There was no alert before.
    Accepted,
}

/// Runs payloads through an old and a new configuration and lists what the new one changes.
///
/// ```
/// use oim_config::{Comparison, ProcessOptions, compile};
///
/// let body = |host: &str| {
///     format!(r#"{{
///       "status": {{"source": ["state"], "status_map": {{"ok": ["up"]}}, "default_to": "critical"}},
///       "primary_property": {{"name": "host", "source": ["{host}"]}}
///     }}"#)
/// };
/// let (old, new) = (body("node"), body("address"));
/// let mut comparison = Comparison::new(compile(old.as_bytes()), compile(new.as_bytes()));
/// let options = ProcessOptions::received_at_ms(0.0);
/// comparison.add(br#"{"node": "web-1", "address": "10.0.0.1", "state": "up"}"#, &options);
///
/// let answer: serde_json::Value = serde_json::from_slice(&comparison.finish())?;
/// assert_eq!(answer["same"], false);
/// // The same event would count as another incident.
/// assert_eq!(answer["changes"][0]["kind"], "identity");
/// assert_eq!(answer["changes"][0]["severity"], "warning");
/// assert_eq!(answer["changes"][1]["tag"], "host");
/// assert_eq!(answer["changes"][1]["after"], "10.0.0.1");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// A configuration that cannot be understood gives no changes, and diagnostics that say which one it is:
///
/// ```
/// use oim_config::{Comparison, compile};
///
/// let body = br#"{"status": {"source": ["s"], "status_map": {}}, "primary_property": {"source": ["h"]}}"#;
/// let comparison = Comparison::new(compile(body), compile(b"{}"));
/// let answer = String::from_utf8_lossy(&comparison.finish()).into_owned();
/// assert!(answer.contains(r#""same":false"#));
/// assert!(answer.contains(r#""configuration":"new","code":"missing-attribute""#));
/// ```
#[derive(Debug)]
pub struct Comparison {
    old: Side,
    new: Side,
    list: ChangeList,
    diagnostics: Collector,
}

/// One of the two configurations, and its result for the current payload.
#[derive(Debug)]
struct Side {
    recorder: Recorder,
    /// Why the payload as a whole gives no alerts: the code and the message.
    refused: Option<(&'static str, String)>,
}

impl Side {
    fn new(program: Option<Program>) -> Side {
        Side { recorder: Recorder::new(program), refused: None }
    }

    /// Runs a payload and returns its diagnostics.
    fn run(&mut self, payload: &[u8], options: &ProcessOptions) -> Vec<Diagnostic> {
        let problems = self.recorder.run(payload, options);
        let found = into_diagnostics(problems, options.placed.then_some(payload));
        let whole = self.recorder.records.rejected.first().filter(|first| first.index.is_none());
        let too_much = found.iter().find(|d| matches!(d.code, "too-many-alerts" | "output-too-large"));
        self.refused = match (whole, too_much) {
            (Some(rejection), _) => Some((rejection.code, rejection.message.clone())),
            (None, too_much) => too_much.map(|d| (d.code, d.message.to_string())),
        };
        found
    }
}

impl Comparison {
    /// Begins with what became of the two configurations.
    pub fn new(old: Compiled, new: Compiled) -> Comparison {
        let mut diagnostics = Collector::default();
        diagnostics.extend("\"configuration\":\"old\",", old.diagnostics);
        diagnostics.extend("\"configuration\":\"new\",", new.diagnostics);
        Comparison { old: Side::new(old.program), new: Side::new(new.program), list: ChangeList::new(), diagnostics }
    }

    /// Runs the next payload through both. No trace is made, whatever the options say. False if one of them has no
    /// program.
    pub fn add(&mut self, payload: &[u8], options: &ProcessOptions) -> bool {
        if self.old.recorder.program.is_none() || self.new.recorder.program.is_none() {
            return false;
        }
        let (of_old, of_new) = (self.old.run(payload, options), self.new.run(payload, options));
        self.report(of_old, of_new);
        pairs::compare(&self.old, &self.new, &mut self.list);
        self.list.payload += 1;
        true
    }

    /// Runs payloads that stand one to a line through both; `first` is the number of the first line. The number of each
    /// payload is that of its line, so blank lines, which are not payloads, have numbers too.
    pub fn add_lines(&mut self, lines: &[u8], first: usize, options: &ProcessOptions) -> Lines {
        let mut read = Lines { consumed: lines.len(), ..Lines::default() };
        each_line(lines, &mut |number, line| {
            read.lines += 1;
            if let Some(line) = line {
                self.list.payload = first + number;
                read.payloads += usize::from(self.add(line, options));
            }
        });
        self.list.payload = first + read.lines;
        read
    }

    /// Whether both configurations can be run, and have given the same alerts so far.
    pub fn is_same(&self) -> bool {
        let can_run = |side: &Side| side.recorder.program.is_some();
        can_run(&self.old) && can_run(&self.new) && !self.list.has_changes()
    }

    /// The answer, UTF-8 JSON: `changes`, `counts` of them by kind, `same`, and `diagnostics`.
    pub fn finish(mut self) -> Vec<u8> {
        self.take()
    }

    /// The answer as [`Comparison::finish`] gives it, and begins again with the same configurations: what was reported
    /// of them is in the first answer only, and payloads count from 0.
    ///
    /// ```
    /// use oim_config::{Comparison, ProcessOptions, compile};
    ///
    /// let body = |host| {
    ///     format!(r#"{{"status": {{"source": ["s"], "status_map": {{}}}}, "primary_property": {{"source": ["{host}"]}}}}"#)
    /// };
    /// let mut comparison = Comparison::new(compile(body("node")), compile(body("host")));
    /// let options = ProcessOptions::received_at_ms(0.0);
    /// let answers = [r#"{"node": "web-1"}"#, "{}"].map(|payload| {
    ///     comparison.add(payload.as_bytes(), &options);
    ///     String::from_utf8_lossy(&comparison.take()).into_owned()
    /// });
    /// assert!(answers[0].contains(r#""payload":0"#) && answers[0].contains(r#""same":false"#));
    /// assert!(answers[1].contains(r#""same":true"#));
    /// ```
    pub fn take(&mut self) -> Vec<u8> {
        let same = self.is_same();
        let list = mem::replace(&mut self.list, ChangeList::new());
        let diagnostics = mem::take(&mut self.diagnostics);
        self.old.recorder.begin_again();
        self.new.recorder.begin_again();
        answer::answer(same, list, diagnostics)
    }

    /// Reports the problems of a payload. Those that both configurations have are reported once.
    fn report(&mut self, of_old: Vec<Diagnostic>, of_new: Vec<Diagnostic>) {
        let key = |d: &Diagnostic| [d.code, &d.pointer, &d.message, d.help.as_deref().unwrap_or_default()].join("\n");
        let mut by_key = HashMap::new();
        for (number, d) in of_new.iter().enumerate() {
            by_key.entry(key(d)).or_insert(number);
        }
        let mut shared = vec![false; of_new.len()];
        let payload = format!("\"payload\":{},", self.list.payload);
        for d in of_old {
            let place = by_key.get(&key(&d)).and_then(|number| shared.get_mut(*number));
            let configuration = if place.is_some() { "null," } else { "\"old\"," };
            place.into_iter().for_each(|shared| *shared = true);
            self.diagnostics.extend(&format!("\"configuration\":{configuration}{payload}"), vec![d]);
        }
        let origin = format!("\"configuration\":\"new\",{payload}");
        let only_new = of_new.into_iter().zip(shared).filter(|(_, shared)| !shared);
        self.diagnostics.extend(&origin, only_new.map(|(d, _)| d).collect());
    }
}
