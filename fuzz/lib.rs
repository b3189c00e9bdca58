//! The checks of the tests, for the fuzz targets.

#![allow(dead_code, reason = "the modules are shared with tests")]

#[path = "../tests/it/support/mod.rs"]
mod support;

/// Runs the check of a target; a failure ends the process, which is what a fuzzer looks for.
pub fn check(name: &str, data: &[u8]) {
    let checks = support::checks::CHECKS;
    let (_, check) = checks.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no check {name}"));
    check(data).unwrap_or_else(|failure| panic!("{failure}"));
}
