//! Problems as tests speak of them.

use super::{Problem, Problems, Severity};
use crate::json::key_index::{arranged, sorted};

/// Each problem by place: its code, `!` where it is an error, and what is underlined.
pub(crate) fn told(text: &str, problems: &Problems) -> Vec<String> {
    by_place(problems).iter().map(|problem| line(text, problem)).collect()
}

fn line(text: &str, problem: &Problem) -> String {
    let error = if problem.severity == Severity::Error { "!" } else { "" };
    let underlined = problem.span.clone().and_then(|span| text.get(span)).unwrap_or_default();
    [problem.code, error, " ", underlined].concat()
}

/// The text after the edits of the one problem of this code that is mended. `None` when there is none.
pub(crate) fn mended(text: &str, problems: &Problems, code: &str) -> Option<String> {
    by_place(problems).iter().find(|p| p.code == code && p.suggestion.is_some()).and_then(|p| applied(text, p))
}

/// The text after the edits of a problem. `None` when it has none, or when they are no edits of the text.
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
    let kept = problems.kept();
    let start = |n: usize| kept.get(n).and_then(|p| p.span.as_ref()).map(|span| span.start);
    arranged(kept.to_vec(), &sorted(kept.len(), &|a, b| start(a).cmp(&start(b))))
}
