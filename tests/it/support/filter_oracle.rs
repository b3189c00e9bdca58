//! The filter of version 2 once more: slow and obvious, to judge the engine.
//!
//! Without a tree and without three-valued logic: the text is cut at its outermost words, and evaluated once as if each
//! regular expression decided for, and once as if it decided against.

/// Whether a filter without mistakes matches; `None` where that depends on a regular expression. `look` gives the texts
/// of a field: none where it is missing, several of a list.
pub fn matches(filter: &str, look: &dyn Fn(&str) -> Vec<String>) -> Option<bool> {
    let words = words(filter);
    // What is joined by AND and OR never falls when a part of it rises, so the two extremes are enough.
    let [least, most] = [false, true].map(|assumed| holds(&words, assumed, look));
    (least == most).then_some(most)
}

/// The fields of all comparisons, in order.
pub fn fields(filter: &str) -> Vec<String> {
    let words = words(filter);
    let is_operator = |word: &String| ["=", "!=", "==="].contains(&word.as_str()) || is(word, "IN");
    let operators = words.iter().enumerate().filter(|(_, word)| is_operator(word)).map(|(at, _)| at);
    let before = |at: usize| if is(&words[at - 1], "NOT") { at - 2 } else { at - 1 };
    operators.map(|at| text(&words[before(at)])).collect()
}

/// Words, quoted texts with their quotes, regular expressions with their slashes, operators, and single brackets.
fn words(filter: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    // What closes the text that has been opened.
    let mut closing = None;
    for c in filter.chars() {
        let last = words.len() - 1;
        let is_symbol = |c: char| "=!".contains(c);
        match closing {
            Some(end) => {
                words[last].push(c);
                if c == end && !(end == '/' && words[last].ends_with("\\/")) {
                    closing = None;
                    words.push(String::new());
                }
            }
            None if c.is_whitespace() => words.push(String::new()),
            None if "()[],".contains(c) => words.extend([c.to_string(), String::new()]),
            None if words[last].is_empty() && "\"'/".contains(c) => {
                words[last].push(c);
                closing = Some(c);
            }
            None if words[last].chars().last().is_some_and(is_symbol) != is_symbol(c) => words.push(c.to_string()),
            None => words[last].push(c),
        }
        // A quote or slash directly behind an operator.
        let last = words.len() - 1;
        if closing.is_none() && ["\"", "'", "/"].contains(&words[last].as_str()) {
            closing = words[last].chars().next();
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is(word: &str, keyword: &str) -> bool {
    word.eq_ignore_ascii_case(keyword)
}

/// `assumed` is what comparisons hold that depend on a regular expression.
fn holds(words: &[String], assumed: bool, look: &dyn Fn(&str) -> Vec<String>) -> bool {
    let (alternatives, conditions) = (cut(words, "OR"), cut(words, "AND"));
    if alternatives.len() > 1 {
        return alternatives.iter().any(|part| holds(part, assumed, look));
    }
    if conditions.len() > 1 {
        return conditions.iter().all(|part| holds(part, assumed, look));
    }
    if words[0] == "(" {
        return holds(&words[1..words.len() - 1], assumed, look);
    }
    compares(words, assumed, look)
}

/// The parts between the outermost words of this kind.
fn cut<'w>(words: &'w [String], keyword: &str) -> Vec<&'w [String]> {
    let mut depth = 0;
    words
        .split(|word| {
            depth += i32::from(word == "(") - i32::from(word == ")");
            depth == 0 && is(word, keyword)
        })
        .collect()
}

fn compares(words: &[String], assumed: bool, look: &dyn Fn(&str) -> Vec<String>) -> bool {
    let is_negated = words[1] == "!=" || is(&words[1], "NOT");
    let patterns = words[if is(&words[1], "NOT") { 3 } else { 2 }..].iter();
    let patterns: Vec<&String> = patterns.filter(|word| !["[", "]", ","].contains(&word.as_str())).collect();
    let values = look(&text(&words[0]));
    let fits = |pattern: &str, value: &String| {
        // Two wildcards in a row are one, and would take twice the time.
        let letters = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.dedup_by(|a, b| (*a, *b) == ('*', '*'));
            letters
        };
        fits(&letters(&text(pattern)), &value.chars().collect::<Vec<_>>())
    };
    let (unknown, known): (Vec<&String>, Vec<&String>) = patterns.into_iter().partition(|word| word.starts_with('/'));
    if values.iter().any(|value| known.iter().any(|pattern| fits(pattern, value))) {
        return !is_negated;
    }
    if values.is_empty() || unknown.is_empty() { is_negated } else { assumed }
}

/// Without quotes.
fn text(word: &str) -> String {
    let is_quoted = word.starts_with(['"', '\'']);
    if is_quoted { word[1..word.len() - 1].to_owned() } else { word.to_owned() }
}

/// Every way to read the wildcards is tried.
fn fits(pattern: &[char], value: &[char]) -> bool {
    match pattern.split_first() {
        None => value.is_empty(),
        Some(('*', rest)) => (0..=value.len()).any(|skipped| fits(rest, &value[skipped..])),
        Some((first, rest)) => value.first() == Some(first) && fits(rest, &value[1..]),
    }
}
