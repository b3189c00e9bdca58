//! Counting, for coverage, what the rules do in the alerts of a payload.

use super::ProcessOptions;
use super::decision::TagOptions;
use super::layout::{CoverageOutcome, Layout};
use super::output::OutputBuffer;
use super::run::Evaluator;
use super::tally_sink::TallySink;
use crate::compile::Program;
use crate::diagnostic::Problems;

/// How many outcomes there are for each number of the [`Layout`].
pub(crate) const OUTCOMES: usize = CoverageOutcome::ALL.len();

/// Longest word that is kept, in characters.
const WORD: usize = 100;

/// A program, and what the last payload was.
#[derive(Debug)]
pub(crate) struct Tallier {
    pub(crate) program: Program,
    pub(crate) layout: Layout,
    pub(crate) tally: Tally,
    evaluator: Evaluator,
}

impl Tallier {
    pub(crate) fn new(program: Program) -> Tallier {
        let layout = Layout::new(&program);
        let tally = Tally { counts: vec![0; layout.len * OUTCOMES], ..Tally::default() };
        Tallier { program, layout, tally, evaluator: Evaluator::default() }
    }

    /// Evaluates a payload and counts. Gives what is wrong with it.
    pub(crate) fn run(&mut self, text: &[u8], options: &ProcessOptions) -> Problems {
        let mut problems = Problems::default();
        let Tallier { program, layout, tally, evaluator } = self;
        tally.clear();
        // What becomes of a flattened field that another tag hides cannot be seen otherwise.
        let keep_shadowed = program.rules.iter().any(|rule| rule.flatten);
        let options = (TagOptions { map_rest: options.maps_rest(program), keep_shadowed }, options.received_at_ms);
        let mut sink = TallySink { layout, tally, tags: options.0 };
        let evaluated = evaluator.evaluate(program, text, options.1, &mut sink, &mut problems);
        let (rejected, _) = evaluated.into_rejected(&mut problems);
        let (rejected, _) = rejected.into_parts();
        // Those of elements have been counted.
        tally.whole = rejected.into_iter().find(|rejection| rejection.index.is_none()).map(|rejection| rejection.code);
        problems
    }
}

/// The counts of one payload. Used again from payload to payload.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// For each number of the layout, [`OUTCOMES`] counts.
    counts: Vec<u32>,
    /// The places in `counts` that are not 0.
    touched: Vec<usize>,
    pub(crate) alerts: u32,
    /// Of each alert a hash of its identity, and whether its status is `ok`.
    pub(crate) identities: Vec<(u64, bool)>,
    /// Values that are not in the status map, of alerts that got the default.
    pub(super) words: Vec<u8>,
    /// Where each word ends.
    word_ends: Vec<usize>,
    /// Elements that give no alert: without a primary value, dropped by the filter, not an object.
    pub(crate) rejected: [u32; 3],
    /// Why the payload as a whole is rejected.
    pub(crate) whole: Option<&'static str>,
    pub(super) identity: OutputBuffer,
}

impl Tally {
    /// The codes of [`Tally::rejected`].
    pub(crate) const REJECTED: [&'static str; 3] = ["primary-empty", "event-filtered", "alert-not-object"];

    /// The counts that are not 0, each with its place: the number of the layout times [`OUTCOMES`] plus the outcome.
    pub(crate) fn counts(&self) -> impl Iterator<Item = (usize, u32)> {
        self.touched.iter().map(|&place| (place, self.counts.get(place).copied().unwrap_or_default()))
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.word_ends.iter().map(move |&end| {
            let word = self.words.get(start..end).unwrap_or_default();
            start = end;
            core::str::from_utf8(word).unwrap_or_default()
        })
    }

    pub(super) fn clear(&mut self) {
        for place in self.touched.drain(..) {
            if let Some(count) = self.counts.get_mut(place) {
                *count = 0;
            }
        }
        self.alerts = 0;
        self.identities.clear();
        self.words.clear();
        self.word_ends.clear();
        self.rejected = [0; 3];
        self.whole = None;
    }

    pub(super) fn count(&mut self, number: usize, outcome: CoverageOutcome) {
        let place = number * OUTCOMES + outcome as usize;
        if let Some(count) = self.counts.get_mut(place) {
            if *count == 0 {
                self.touched.push(place);
            }
            *count += 1;
        }
    }

    pub(super) fn reject(&mut self, why: usize) {
        if let Some(count) = self.rejected.get_mut(why) {
            *count += 1;
        }
    }

    /// Keeps a word, cut to its first characters.
    pub(super) fn word(&mut self, word: &str) {
        let end = word.char_indices().nth(WORD).map_or(word.len(), |(end, _)| end);
        self.words.extend_from_slice(word.get(..end).unwrap_or_default().as_bytes());
        self.word_ends.push(self.words.len());
    }
}
