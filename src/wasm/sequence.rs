//! Sequences of payloads, given one by one or as lines.

use super::{RawEngine, origin, process_options};
use crate::api::{self, Comparison, CoverageBuilder, Simulation};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A sequence of payloads on its way through one configuration or two.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawSequence(Sequence);

#[derive(Debug)]
enum Sequence {
    Simulation(Box<Simulation>),
    Comparison(Box<Comparison>),
    Coverage(Box<CoverageBuilder>),
}

#[wasm_bindgen]
impl RawSequence {
    /// Begins a simulation.
    pub fn simulation(body: &[u8], placed: bool) -> RawSequence {
        RawSequence(Sequence::Simulation(Box::new(Simulation::new(api::compile_from(body, origin(placed))))))
    }

    /// Begins a comparison.
    pub fn comparison(old: &[u8], old_placed: bool, new: &[u8], new_placed: bool) -> RawSequence {
        let (old, new) = (api::compile_from(old, origin(old_placed)), api::compile_from(new, origin(new_placed)));
        RawSequence(Sequence::Comparison(Box::new(Comparison::new(old, new))))
    }

    /// Begins counting for coverage.
    pub fn coverage(body: &[u8], placed: bool) -> RawSequence {
        RawSequence(Sequence::Coverage(Box::new(CoverageBuilder::new(api::compile_from(body, origin(placed))))))
    }

    /// The answer, as JSON text.
    #[expect(clippy::expect_used, reason = "answers are written as UTF-8")]
    pub fn finish(self) -> String {
        let answer = match self.0 {
            Sequence::Simulation(simulation) => simulation.finish(),
            Sequence::Comparison(comparison) => comparison.finish(),
            Sequence::Coverage(coverage) => return json(&coverage.finish()),
        };
        String::from_utf8(answer).expect("an answer is UTF-8")
    }
}

/// A structure of ours as JSON text.
fn json<T: Serialize>(value: &T) -> String {
    #[expect(clippy::expect_used, reason = "our own structures can always be written")]
    serde_json::to_string(value).expect("a plain structure")
}

#[wasm_bindgen]
impl RawEngine {
    /// Gives the first `length` bytes of input to a sequence; `false` when it takes no more.
    pub fn add(&self, sequence: &mut RawSequence, length: usize, received_at: f64, flags: u32) -> bool {
        let options = process_options(received_at, flags);
        let payload = self.input.get(..length).unwrap_or(&self.input);
        match &mut sequence.0 {
            Sequence::Simulation(simulation) => simulation.add(payload, &options),
            Sequence::Comparison(comparison) => comparison.add(payload, &options),
            Sequence::Coverage(coverage) => coverage.add(payload, &options),
        }
    }

    /// Gives the lines in the first `length` bytes of input to a comparison or a coverage, each a payload; `first` is the
    /// number of the first line. Gives how many lines and payloads that were.
    #[wasm_bindgen(js_name = addLines)]
    pub fn add_lines(
        &self,
        sequence: &mut RawSequence,
        length: usize,
        received_at: f64,
        flags: u32,
        first: f64,
    ) -> Vec<u32> {
        let options = process_options(received_at, flags);
        let lines = self.input.get(..length).unwrap_or(&self.input);
        let read = match &mut sequence.0 {
            Sequence::Simulation(_) => return Vec::new(),
            Sequence::Comparison(comparison) => comparison.add_lines(lines, first as usize, &options),
            Sequence::Coverage(coverage) => coverage.add_lines(lines, first as u64, &options),
        };
        [read.lines, read.payloads].map(|count| count as u32).to_vec()
    }
}
