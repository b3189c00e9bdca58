//! What a field is compared with: text with wildcards, or a regular expression.

use core::ops::Range;

/// The character that stands for any text, also for none.
pub(super) const WILDCARD: char = '*';

/// A value of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    kind: PatternKind,
    /// As it is written, with quotes or slashes, in bytes of the filter.
    pub(crate) span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum PatternKind {
    /// Each `*` is a wildcard.
    Text(String),
    /// Without the slashes.
    Regex(String),
}

impl Pattern {
    pub(super) fn text(text: &str, span: Range<usize>) -> Self {
        Self { kind: PatternKind::Text(text.to_owned()), span }
    }

    pub(super) fn regex(text: &str, span: Range<usize>) -> Self {
        Self { kind: PatternKind::Regex(text.to_owned()), span }
    }

    /// Whether the pattern is the whole of `value`, with case. `None` for a regular expression, which is not run.
    ///
    /// The time is linear in both.
    pub(crate) fn matches(&self, value: &str) -> Option<bool> {
        match &self.kind {
            PatternKind::Text(text) => Some(matches(text, value)),
            PatternKind::Regex(_) => None,
        }
    }

    pub(crate) fn is_regex(&self) -> bool {
        matches!(self.kind, PatternKind::Regex(_))
    }

    /// The text with its wildcards, or the regular expression; without quotes and slashes.
    pub(crate) fn as_str(&self) -> &str {
        let (PatternKind::Text(text) | PatternKind::Regex(text)) = &self.kind;
        text
    }
}

/// The parts between the wildcards, each found as early as possible: nothing is ever tried twice.
fn matches(pattern: &str, value: &str) -> bool {
    let Some((first, rest)) = pattern.split_once(WILDCARD) else { return pattern == value };
    let (middle, last) = rest.rsplit_once(WILDCARD).unwrap_or(("", rest));
    let Some(value) = value.strip_prefix(first).and_then(|value| value.strip_suffix(last)) else { return false };
    middle.split(WILDCARD).try_fold(value, |value, part| value.split_once(part).map(|(_, behind)| behind)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    #[test]
    fn wildcards_stand_for_any_text() {
        let cases = [
            ("", "", true),
            ("", "a", false),
            ("a", "a", true),
            ("a", "A", false),
            ("a", "ab", false),
            ("*", "", true),
            ("*", "a\nb", true),
            ("**", "", true),
            ("a*", "a", true),
            ("a*", "ba", false),
            ("*a", "ba", true),
            ("*a", "ab", false),
            ("*b*", "abc", true),
            ("*b*", "ac", false),
            ("ab*ba", "aba", false),
            ("ab*ba", "abba", true),
            ("a*b*c", "a--c--b--c", true),
            ("a*c*b", "a--b--c", false),
            ("a*bc*bc", "abc", false),
            ("a**b", "ab", true),
            ("é*é", "é", false),
            ("é*é", "éxé", true),
            ("a?c", "abc", false),
            ("OSS -- MINT Core -- *", "OSS -- MINT Core -- disk full", true),
        ];
        for (pattern, value, expected) in cases {
            assert_eq!(Pattern::text(pattern, 0..0).matches(value), Some(expected), "{pattern} {value}");
        }
        assert_eq!(Pattern::regex("a", 0..0).matches("a"), None);
    }

    #[test]
    fn matching_does_not_explode() {
        let start = Instant::now();
        let pattern = Pattern::text(&"*a".repeat(50_000), 0..0);
        assert_eq!(pattern.matches(&format!("{}b", "a".repeat(100_000))), Some(false));
        assert_eq!(Pattern::text(&"*ab*b".repeat(20_000), 0..0).matches(&"a".repeat(100_000)), Some(false));
        let halves = Pattern::text(&format!("*{}b*", "a".repeat(50_000)), 0..0);
        assert_eq!(halves.matches(&"a".repeat(100_000)), Some(false));
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }

    /// The plain definition, by recursion.
    fn by_definition(pattern: &[u8], value: &[u8]) -> bool {
        match pattern.split_first() {
            None => value.is_empty(),
            Some((b'*', rest)) => (0..=value.len()).any(|skip| by_definition(rest, &value[skip..])),
            Some((first, rest)) => value.first() == Some(first) && by_definition(rest, &value[1..]),
        }
    }

    proptest! {
        #[test]
        fn patterns_match_by_their_definition(pattern in "[ab*]{0,8}", value in "[ab]{0,10}") {
            let expected = by_definition(pattern.as_bytes(), value.as_bytes());
            prop_assert_eq!(Pattern::text(&pattern, 0..0).matches(&value), Some(expected));
        }
    }
}
