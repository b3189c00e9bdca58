//! The integration tests: a module for each subject, and what they share in [`support`]. `tests/README.md` is the map.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    unreachable_pub,
    reason = "a test fails by panicking"
)]

mod added_fields;
mod architecture;
mod corpora;
mod coverage;
mod evaluate;
mod examples;
mod json_categories;
mod lines;
mod listed_fields;
mod migrate;
mod properties;
mod sample;
mod sequence_properties;
mod sequences;
mod strategies;
mod suggest;
mod suggest_labelled;
mod support;
mod texts;
mod validate;
mod validate_properties;
