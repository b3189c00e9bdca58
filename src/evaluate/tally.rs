//! The counts that coverage keeps of one payload.

use super::layout::CoverageOutcome;
use super::output::OutputBuffer;

/// How many outcomes there are for each number of the [`Layout`].
pub(crate) const OUTCOMES: usize = CoverageOutcome::ALL.len();

/// Longest word that is kept, in characters.
const WORD: usize = 100;

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

    /// For a layout of `numbers` numbers.
    pub(super) fn new(numbers: usize) -> Tally {
        Tally { counts: vec![0; numbers * OUTCOMES], ..Tally::default() }
    }

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
