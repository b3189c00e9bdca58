//! Positions of keys in a list.

use std::collections::HashMap;

/// A map from keys to their positions in a list that the caller keeps.
///
/// A wrapper of `HashMap` for two reasons. It cannot be iterated over, since order has meaning and the list has it. And
/// looking up a key that is known allocates nothing; `HashMap::entry` would copy each key first.
#[derive(Debug, Default)]
pub(crate) struct KeyIndex(HashMap<Box<str>, usize>);

impl KeyIndex {
    /// The position of a key, if it is known.
    pub(crate) fn get(&self, key: &str) -> Option<usize> {
        self.0.get(key).copied()
    }

    /// Whether a key is known.
    pub(crate) fn contains(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The position of a key: the known one, else `next`, which the key has from then on.
    pub(crate) fn get_or_insert(&mut self, key: &str, next: usize) -> usize {
        if let Some(known) = self.get(key) {
            return known;
        }
        self.0.insert(key.into(), next);
        next
    }

    /// Replaces the value with the same key, or adds `value` at the end. Returns the value that was replaced.
    pub(crate) fn replace<T>(&mut self, key: &str, values: &mut Vec<T>, value: T) -> Option<T> {
        let position = self.get_or_insert(key, values.len());
        if let Some(earlier) = values.get_mut(position) {
            return Some(core::mem::replace(earlier, value));
        }
        values.push(value);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_key_replaces_its_value_in_place() {
        let (mut keys, mut values) = (KeyIndex::default(), Vec::new());
        let replaced = [("a", 1), ("b", 2), ("a", 3)].map(|(key, value)| keys.replace(key, &mut values, value));
        assert_eq!(replaced, [None, None, Some(1)]);
        assert_eq!(values, [3, 2]);
        assert_eq!(["a", "b", "c"].map(|key| keys.get(key)), [Some(0), Some(1), None]);
    }
}
