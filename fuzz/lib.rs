//! The checks of the tests, for the targets beside this file.

#![allow(dead_code, reason = "the modules are shared with tests")]

#[path = "../tests/support/checks.rs"]
mod checks;
#[path = "../tests/support/dice.rs"]
mod dice;
#[path = "../tests/support/draft.rs"]
mod draft;
#[path = "../tests/support/json.rs"]
mod json;
#[path = "../tests/support/judge.rs"]
mod judge;
#[path = "../tests/support/make.rs"]
mod make;
#[path = "../tests/support/moment.rs"]
mod moment;
#[path = "../tests/support/oracle.rs"]
mod oracle;
#[path = "../tests/support/payload.rs"]
mod payload;
#[path = "../tests/support/replay.rs"]
mod replay;
#[path = "../tests/support/told.rs"]
mod told;
#[path = "../tests/support/value.rs"]
mod value;

/// Runs the check of a target; what does not hold ends the process, which is what a fuzzer looks for.
pub fn check(name: &str, data: &[u8]) {
    let (_, check) = checks::CHECKS.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no check {name}"));
    check(data).unwrap_or_else(|fault| panic!("{fault}"));
}
