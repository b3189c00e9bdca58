//! Did you mean: the known word closest to a misspelled one.

/// Longer words, in characters, are not compared: the cost grows with the square of the length.
const LONGEST: usize = 64;

/// The candidate closest to `word`, ignoring case, if it is close enough. The first of equals.
pub(crate) fn nearest<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let close = candidates.iter().filter_map(|&candidate| Some((distance(word, candidate)?, candidate)));
    close.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other, ignoring case. `None` if
/// they are too many for the length of the words.
pub(crate) fn distance(word: &str, known: &str) -> Option<usize> {
    let (a, b) = (word.chars().take(LONGEST + 1).count(), known.chars().take(LONGEST + 1).count());
    // Of one or two letters only the case may differ: `id` is no misspelled `ip`.
    let allowed = a.max(b) / 3;
    if a.max(b) > LONGEST || a.abs_diff(b) > allowed {
        return None;
    }
    let edits = strsim::osa_distance(&word.to_ascii_lowercase(), &known.to_ascii_lowercase());
    (edits <= allowed).then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistyped_words_are_recognised() {
        let known = ["source", "status", "default_to", "flatten", "name", "is_array", "y", "ac"];
        let cases = [
            ("sources", Some("source")),
            ("Status", Some("status")),
            ("defualt_to", Some("default_to")),
            ("default", Some("default_to")),
            ("isArray", Some("is_array")),
            ("nmae", Some("name")),
            ("x", None),
            ("NAM", Some("name")),
            ("ab", None),
            ("something_else", None),
            ("", None),
        ];
        for (word, expected) in cases {
            assert_eq!(nearest(word, &known), expected, "{word}");
        }
    }
}
