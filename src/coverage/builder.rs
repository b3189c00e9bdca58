//! Counting payload by payload.

use super::{Count, Coverage, CoveredItem, CoveredRule, DefaultWords, Identities};
use crate::compile::Compiled;
use crate::diagnostic::{Diagnostic, Problems, Severity};
use crate::evaluate::{CoverageOutcome, Lines, OUTCOMES, ProcessOptions, Tallier, Tally, each_line};
use std::collections::BTreeMap;

/// Counts what the rules of a configuration do, payload by payload, in bounded memory.
///
/// ```
/// use oim_config::{CoverageBuilder, CoverageOutcome, ProcessOptions, compile};
///
/// let body = r#"{
///   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
///   "primary_property": {"name": "host", "source": ["node", "address"]}
/// }"#;
/// let mut builder = CoverageBuilder::new(compile(body));
/// let options = ProcessOptions::received_at_ms(0.0);
/// builder.add(br#"{"node": "web-1", "state": "up"}"#, &options);
/// builder.add(br#"{"node": "web-2", "state": "gone"}"#, &options);
///
/// let coverage = builder.finish();
/// assert_eq!(coverage.default_words.words[0].word, "gone");
/// let host = &coverage.rules[0];
/// assert_eq!(host.items[0].count(CoverageOutcome::Used), 2);
/// // No payload needed the second source.
/// assert_eq!(host.items[1].count(CoverageOutcome::NotReached), 2);
/// assert_eq!(coverage.identities.distinct, 2);
/// ```
#[derive(Debug)]
pub struct CoverageBuilder {
    tallier: Option<Tallier>,
    /// For each number of the layout, one for each outcome.
    counts: Vec<Count>,
    words: DefaultWords,
    identities: Identities,
    rejected: BTreeMap<String, Count>,
    reported: BTreeMap<String, Count>,
    unread: Count,
    payloads: u64,
    alerts: u64,
    /// The place of the next payload.
    next: u64,
    /// Of the body.
    diagnostics: Vec<Diagnostic>,
}

impl CoverageBuilder {
    /// Begins with what became of a configuration.
    pub fn new(compiled: Compiled) -> CoverageBuilder {
        let Compiled { program, diagnostics } = compiled;
        let tallier = program.map(Tallier::new);
        let numbers = tallier.as_ref().map_or(0, |tallier| tallier.layout.len);
        CoverageBuilder {
            tallier,
            counts: vec![Count::default(); numbers * OUTCOMES],
            words: DefaultWords::default(),
            identities: Identities::default(),
            rejected: BTreeMap::new(),
            reported: BTreeMap::new(),
            unread: Count::default(),
            payloads: 0,
            alerts: 0,
            next: 0,
            diagnostics,
        }
    }

    /// Counts the next payload. No trace is made, whatever the options say. `false` when the configuration cannot be
    /// understood.
    pub fn add(&mut self, payload: &[u8], options: &ProcessOptions) -> bool {
        let Some(tallier) = &mut self.tallier else {
            return false;
        };
        let problems = tallier.run(payload, options);
        let place = self.next;
        self.next += 1;
        self.payloads += 1;
        if !problems.is_empty() {
            self.report(&problems, place);
        }
        self.take(place);
        true
    }

    /// Passes over a place that holds no payload.
    pub fn skip(&mut self) {
        self.next += 1;
    }

    /// Counts payloads that stand one to a line; `first` is the place of the first line. The place of each payload is
    /// that of its line, so that blank ones, which are no payloads, count in places too.
    pub fn add_lines(&mut self, lines: &[u8], first: u64, options: &ProcessOptions) -> Lines {
        let mut read = Lines { consumed: lines.len(), ..Lines::default() };
        each_line(lines, &mut |number, line| {
            read.lines += 1;
            if let Some(line) = line {
                self.next = first + number as u64;
                read.payloads += usize::from(self.add(line, options));
            }
        });
        self.next = first + read.lines as u64;
        read
    }

    fn report(&mut self, problems: &Problems, place: u64) {
        let mut known: Vec<&str> = Vec::new();
        for problem in problems.kept() {
            if !known.contains(&problem.code) {
                known.push(problem.code);
                count(&mut self.reported, problem.code, 1, place);
            }
        }
        if problems.kept().iter().any(|problem| problem.severity == Severity::Error) {
            self.unread.add(1, place);
        }
    }

    /// Takes over what was counted in one payload.
    fn take(&mut self, place: u64) {
        let Some(Tallier { tally, .. }) = &mut self.tallier else {
            return;
        };
        for (at, more) in tally.counts() {
            if let Some(count) = self.counts.get_mut(at) {
                count.add(u64::from(more), place);
            }
        }
        self.alerts += u64::from(tally.alerts);
        tally.words().for_each(|word| self.words.add(word, place));
        for (code, more) in Tally::REJECTED.iter().zip(tally.rejected).filter(|(_, more)| *more > 0) {
            count(&mut self.rejected, code, u64::from(more), place);
        }
        if let Some(code) = tally.whole {
            count(&mut self.rejected, code, 1, place);
        }
        for &(hash, is_ok) in &tally.identities {
            self.identities.add(hash, is_ok, place);
        }
        if tally.identities.len() > 1 {
            tally.identities.sort_unstable_by_key(|(hash, _)| *hash);
            let same = |pair: &&[(u64, bool)]| matches!(pair, [(one, _), (other, _)] if one == other);
            let repeated = tally.identities.windows(2).filter(same).count();
            if repeated > 0 {
                self.identities.repeated.add(repeated as u64, place);
            }
        }
    }

    /// The counts.
    pub fn finish(mut self) -> Coverage {
        self.identities.finish();
        let rules = self.tallier.take().map(|tallier| tallier.layout.rules).unwrap_or_default();
        let mut counts = self.counts.chunks(OUTCOMES);
        let mut next = || {
            let counts = counts.next().unwrap_or_default();
            let counted = CoverageOutcome::ALL.into_iter().zip(counts).filter(|(_, count)| count.count > 0);
            counted.map(|(outcome, count)| (outcome, count.clone())).collect()
        };
        let rules = rules.into_iter().map(|rule| CoveredRule {
            kind: rule.kind,
            pointer: rule.pointer,
            tag: rule.tag,
            outcomes: next(),
            items: rule
                .items
                .into_iter()
                .map(|item| CoveredItem { kind: item.kind, text: item.text, pointer: item.pointer, outcomes: next() })
                .collect(),
        });
        Coverage {
            payloads: self.payloads,
            unread: self.unread,
            alerts: self.alerts,
            rules: rules.collect(),
            default_words: self.words,
            rejected: self.rejected,
            reported: self.reported,
            identities: self.identities,
            diagnostics: self.diagnostics,
        }
    }
}

fn count(counts: &mut BTreeMap<String, Count>, code: &str, more: u64, place: u64) {
    match counts.get_mut(code) {
        Some(count) => count.add(more, place),
        None => {
            let mut count = Count::default();
            count.add(more, place);
            counts.insert(code.to_owned(), count);
        }
    }
}
