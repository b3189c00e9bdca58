//! Counts, for coverage, what the rules do in the alerts of a payload.

use super::ProcessOptions;
use super::decision::TagOptions;
use super::layout::Layout;
use super::run::Evaluator;
use super::tally::Tally;
use super::tally_sink::TallySink;
use crate::compile::Program;
use crate::diagnostic::Problems;

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
        let tally = Tally::new(layout.len);
        Tallier { program, layout, tally, evaluator: Evaluator::default() }
    }

    /// Evaluates a payload and counts. Gives what is wrong with it.
    pub(crate) fn run(&mut self, text: &[u8], options: &ProcessOptions) -> Problems {
        let mut problems = Problems::default();
        let Tallier { program, layout, tally, evaluator } = self;
        tally.clear();
        // What becomes of a flattened field that another tag hides cannot be seen otherwise.
        let keep_shadowed = program.rules.iter().any(|rule| rule.flatten);
        let tags = TagOptions { map_rest: options.maps_rest(program), keep_shadowed };
        let mut sink = TallySink { layout, tally, tags };
        let evaluated = evaluator.evaluate(program, text, options.received_at_ms, &mut sink, &mut problems);
        let (rejected, _) = evaluated.into_rejected(&mut problems);
        let (rejected, _) = rejected.into_parts();
        // Those of elements have been counted.
        tally.whole = rejected.into_iter().find(|rejection| rejection.index.is_none()).map(|rejection| rejection.code);
        problems
    }
}
