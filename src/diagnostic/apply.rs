//! Applying the fixes of several problems together.

use super::edit::ByteEdit;
use super::{Problem, Problems, sort_key};
use std::collections::BTreeMap;

/// Applies the fixes of all wanted problems in the order of their places, except those that touch an earlier one.
/// Returns the new text and what was fixed; `None` if there is nothing to apply.
pub(crate) fn apply_fixes(
    text: &str,
    problems: &Problems,
    is_wanted: &dyn Fn(&Problem) -> bool,
) -> Option<(String, Vec<Problem>)> {
    let mut sorted: Vec<&Problem> = problems.kept().iter().collect();
    sorted.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    // By their starts. They never touch, so that none can change the text that another one was made for.
    let mut edits: BTreeMap<usize, &ByteEdit> = BTreeMap::new();
    let mut fixed: Vec<Problem> = Vec::new();
    for problem in sorted {
        let Some(fix) = problem.suggestion.as_ref().filter(|_| is_wanted(problem)) else {
            continue;
        };
        let touches = |(at, _): &ByteEdit| {
            let before = edits.range(..=at.end).next_back();
            before.is_some_and(|(_, (other, _))| other.end >= at.start) || text.get(at.clone()).is_none()
        };
        if !fix.edits.iter().any(touches) {
            edits.extend(fix.edits.iter().map(|edit| (edit.0.start, edit)));
            fixed.push(problem.clone());
        }
    }
    let mut new = String::with_capacity(text.len());
    let mut end = 0;
    for (at, replacement) in edits.values() {
        new.push_str(text.get(end..at.start)?);
        new.push_str(replacement);
        end = at.end;
    }
    new.push_str(text.get(end..)?);
    (!fixed.is_empty()).then_some((new, fixed))
}
