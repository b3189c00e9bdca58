//! Strategies that several properties share.

use crate::support::case_generator::{Case, generate_case};
use crate::support::choices::Choices;
use proptest::prelude::*;

/// Up to `most` numbers for a generator to choose by.
pub fn numbers(most: usize) -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..most)
}

/// A random configuration, `payloads` payloads for it, and numbers for more choices.
pub fn cases(payloads: usize) -> impl Strategy<Value = (Case, Vec<u16>)> {
    (numbers(900), numbers(40))
        .prop_map(move |(numbers, more)| (generate_case(&mut Choices::new(&numbers), payloads), more))
}
