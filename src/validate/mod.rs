//! Advice beyond what compiling finds.

mod names;
mod sample;
mod statuses;

pub(crate) use sample::{SampleOptions, sample};

use crate::compile::Program;
use crate::config::Config;
use crate::diagnostic::Problems;

/// What is wrong with the rules by themselves, without a payload.
pub(crate) fn rules(config: &Config, program: &Program, problems: &mut Problems) {
    names::check(config, problems);
    names::identifier(config, program, problems);
    statuses::check(&config.status, problems);
}
