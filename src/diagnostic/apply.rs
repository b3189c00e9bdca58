//! Applying the fixes of several problems together.

use super::edit::Edit;
use super::{Problem, Problems, key};
use crate::json::key_index::sorted;
use std::collections::BTreeMap;

/// Applies the fixes of all wanted problems that do not touch the fix of an earlier one, in the order of their places.
/// Returns the new text and what was fixed; `None` when there is nothing to apply.
pub(crate) fn apply_fixes(
    text: &str,
    problems: &Problems,
    is_wanted: &dyn Fn(&Problem) -> bool,
) -> Option<(String, Vec<Problem>)> {
    let kept = &problems.kept;
    let order = sorted(kept.len(), &|a, b| kept.get(a).map(key).cmp(&kept.get(b).map(key)));
    // By their starts. They never touch, so that none can change what another one was made for.
    let mut edits: BTreeMap<usize, &Edit> = BTreeMap::new();
    let mut fixed: Vec<Problem> = Vec::new();
    for problem in order.iter().filter_map(|&number| kept.get(number)) {
        let Some(fix) = problem.suggestion.as_ref().filter(|_| is_wanted(problem)) else {
            continue;
        };
        let touches = |(at, _): &Edit| {
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
        new.push_str(text.get(end..at.start).unwrap_or_default());
        new.push_str(replacement);
        end = at.end;
    }
    new.push_str(text.get(end..).unwrap_or_default());
    (!fixed.is_empty()).then_some((new, fixed))
}
