//! Checks beyond those of the compiler.

mod empty_values;
mod identity;
mod identity_sources;
pub(crate) mod names;
mod sample;
mod sources;
mod statuses;
mod tags;
#[cfg(test)]
mod tests;
mod undocumented;
mod version_2;

pub(crate) use sample::{ADD_FIELD, SampleChecks, payload, sample};

use crate::compile::Program;
use crate::config::Config;
use crate::diagnostic::Problems;

/// Checks the rules by themselves, without a payload. `text` is the body that contains them.
pub(crate) fn rules(config: &Config, program: &Program, text: &[u8], problems: &mut Problems) {
    tags::check(config, text, problems);
    identity::check(config, program, text, problems);
    identity_sources::check(config, program, text, problems);
    statuses::check(config, text, problems);
    sources::check(config, text, problems);
    undocumented::check(config, text, problems);
    empty_values::check(config, text, problems);
    version_2::check(config, program, text, problems);
    if config.property_locations().1.is_none() && !config.misspells(&config.at.pointer, "secondary_property") {
        let message = "there is no `secondary_property`, so only the primary value distinguishes alerts";
        let help = "use the field that says what is wrong, such as the name of the check, unless one alert per primary value is enough";
        problems.push(config.at.problem("secondary-missing", message).help(help));
    }
}
