//! Words of state in the case in which a payload writes its own.

use super::vocabulary::Vocabulary;

/// Words for a recovery that many tools use, and that mean nothing else in any.
const RECOVERIES: [&str; 8] = ["ok", "resolved", "recovered", "closed", "cleared", "normal", "up", "healthy"];

/// Common words for a recovery, written as the payload writes its words.
pub(super) fn common_recoveries(values: &[String]) -> Vec<String> {
    // Parts of a compound word have its meaning only if they are separated by spaces.
    let plain = |value: &&String| value.chars().all(|c| c.is_alphanumeric() || c == ' ');
    let words: Vec<String> = values.iter().filter(plain).cloned().collect();
    if words.is_empty() && !values.is_empty() {
        return Vec::new();
    }
    let cased = |word: &str| in_case(word, words.first().map_or("", |first| first));
    RECOVERIES.iter().map(|word| cased(word)).collect()
}

/// A word of a vocabulary, in the case in which the payload has others of it.
pub(super) fn in_case_of(word: &str, vocabulary: &Vocabulary, values: &[String]) -> String {
    let known = |value: &&String| vocabulary.words().any(|(_, word)| word.eq_ignore_ascii_case(value));
    let spelled = |value: &&String| vocabulary.words().any(|(_, word)| word == **value);
    // The first value that is written in another way than the vocabulary has it.
    let Some(value) = values.iter().filter(known).find(|value| !spelled(value)) else {
        return word.to_owned();
    };
    in_case(word, value)
}

/// A word in the case of a value of the payload.
fn in_case(word: &str, value: &str) -> String {
    if value.is_empty() {
        return word.to_owned();
    }
    let upper = value.bytes().any(|b| b.is_ascii_uppercase());
    let lower = value.bytes().any(|b| b.is_ascii_lowercase());
    match (upper, lower) {
        (true, false) => word.to_ascii_uppercase(),
        (false, true) => word.to_ascii_lowercase(),
        // `OK` has capital letters even next to capitalised words.
        _ if word.eq_ignore_ascii_case("ok") => word.to_ascii_uppercase(),
        _ => {
            let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
            [first.to_ascii_uppercase(), rest.to_ascii_lowercase()].concat()
        }
    }
}
