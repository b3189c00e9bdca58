//! Did you mean: the known word nearest to a mistyped one.

/// Longer words are not compared: nobody mistypes them, and comparing costs length times length.
const LONGEST: usize = 64;

/// The candidate that `word` was most likely meant to be: one that differs in case only, else the one with the fewest
/// edits, if they are few for its length. The first of equals.
#[inline(never)]
pub(crate) fn nearest<'c>(word: &str, candidates: &[&'c str]) -> Option<&'c str> {
    let mut best: Option<(usize, &str)> = None;
    for &candidate in candidates {
        if let Some(distance) = distance(word, candidate)
            && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many edits lead from one word to another, case aside, if they are few for its length.
#[inline(never)]
pub(crate) fn distance(word: &str, known: &str) -> Option<usize> {
    let letters = |word: &str| word.chars().take(LONGEST + 1).map(|c| c.to_ascii_lowercase()).collect::<Vec<char>>();
    let (word, known) = (letters(word), letters(known));
    let longer = word.len().max(known.len());
    let allowed = 1.max(longer / 3);
    if longer > LONGEST || word.len().abs_diff(known.len()) > allowed {
        return None;
    }
    Some(edits(&word, &known)).filter(|edits| *edits <= allowed)
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let cell = |of: &[usize], j: usize| of.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut least = (cell(&above, j) + usize::from(x != y)).min(cell(&above, j + 1) + 1).min(cell(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                least = least.min(cell(&before, j - 1) + 1);
            }
            row.push(least);
        }
        before = core::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistyped_words_are_recognised() {
        let known = ["source", "status", "default_to", "flatten", "name", "is_array"];
        let cases = [
            ("sources", Some("source")),
            ("Status", Some("status")),
            ("defualt_to", Some("default_to")),
            ("default", Some("default_to")),
            ("isArray", Some("is_array")),
            ("nmae", Some("name")),
            ("x", None),
            ("something_else", None),
            ("", None),
        ];
        for (word, meant) in cases {
            assert_eq!(nearest(word, &known), meant, "{word}");
        }
    }
}
