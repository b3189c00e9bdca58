//! Numbering keys, and sorting: each once for the whole crate.
//!
//! Generic maps and sorts are compiled anew for each type they are used with. Here that would be a third of the
//! engine's size, so all of it goes through these few functions.

use core::cmp::Ordering;
use std::collections::HashMap;

/// KeyIndex and their numbers.
#[derive(Debug, Default)]
pub(crate) struct KeyIndex(HashMap<Box<str>, usize>);

impl KeyIndex {
    /// The number of a key that is known.
    pub(crate) fn get(&self, key: &str) -> Option<usize> {
        self.0.get(key).copied()
    }

    /// The number of a key: the one it has, else `next`, which it has from now on.
    pub(crate) fn number(&mut self, key: &str, next: usize) -> usize {
        if let Some(known) = self.get(key) {
            return known;
        }
        self.0.insert(key.into(), next);
        next
    }

    /// Puts a value in the place of the one whose key is equal, else at the end. Gives the one that had to go.
    pub(crate) fn replace<T>(&mut self, key: &str, values: &mut Vec<T>, value: T) -> Option<T> {
        let place = self.number(key, values.len());
        if let Some(earlier) = values.get_mut(place) {
            return Some(core::mem::replace(earlier, value));
        }
        values.push(value);
        None
    }
}

/// The order of `len` things as their numbers; of equal ones the lower number first.
///
/// Merging runs of doubling length: the sorts of the standard library are faster and forty times larger.
pub(crate) fn sorted(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    let mut run = 1;
    while run < len {
        let mut merged = Vec::with_capacity(len);
        for pair in order.chunks(run * 2) {
            let (mut left, mut right) = pair.split_at(run.min(pair.len()));
            while let (Some((&a, after_a)), Some((&b, after_b))) = (left.split_first(), right.split_first()) {
                if compare(a, b).is_le() {
                    merged.push(a);
                    left = after_a;
                } else {
                    merged.push(b);
                    right = after_b;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        order = merged;
        run *= 2;
    }
    order
}

/// The things in the given order.
pub(crate) fn arranged<T>(things: Vec<T>, order: &[usize]) -> Vec<T> {
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    order.iter().filter_map(|&n| things.get_mut(n)?.take()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorted_as_the_standard_library_sorts(things in prop::collection::vec(0u8..20, 0..200)) {
            let order = sorted(things.len(), &|a, b| things.get(a).cmp(&things.get(b)));
            let mut expected: Vec<usize> = (0..things.len()).collect();
            expected.sort_by_key(|&n| things.get(n));
            prop_assert_eq!(&order, &expected);
            let mut stable = things.clone();
            stable.sort();
            prop_assert_eq!(arranged(things, &order), stable);
        }
    }
}
