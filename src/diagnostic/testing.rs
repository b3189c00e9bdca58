//! Problems in the short form that tests compare.

use super::{Problem, Problems, Severity};

/// Each problem by place: its code, `!` if it is an error, and what is underlined.
pub(crate) fn reported(text: &str, problems: &Problems) -> Vec<String> {
    by_place(problems).iter().map(|problem| line(text, problem)).collect()
}

fn line(text: &str, problem: &Problem) -> String {
    let error = if problem.severity == Severity::Error { "!" } else { "" };
    let underlined = problem.span.clone().and_then(|span| text.get(span)).unwrap_or_default();
    [problem.code, error, " ", underlined].concat()
}

/// The text after the fix of the first problem of this code that has one. `None` if there is none.
pub(crate) fn fixed(text: &str, problems: &Problems, code: &str) -> Option<String> {
    by_place(problems).iter().find(|p| p.code == code && p.suggestion.is_some()).and_then(|p| applied(text, p))
}

/// The text after the edits of a problem. `None` if it has none, or if they are not within the text.
pub(crate) fn applied(text: &str, problem: &Problem) -> Option<String> {
    let mut edits = problem.suggestion.clone()?.edits;
    // From the end on, so that the places before stay.
    edits.sort_by_key(|(range, _)| range.start);
    let (mut text, mut end) = (text.to_owned(), text.len());
    for (range, new) in edits.iter().rev() {
        assert!(range.end <= end, "edits overlap: {edits:?}");
        end = range.start;
        text.get(range.clone())?;
        text.replace_range(range.clone(), new);
    }
    Some(text)
}

pub(crate) fn by_place(problems: &Problems) -> Vec<Problem> {
    let mut sorted = problems.kept().to_vec();
    sorted.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
    sorted
}
