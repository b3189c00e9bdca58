//! Rules that stand beside the sample instead of inside `config`.

use super::spot::Spot;
use crate::diagnostic::edit::Edit;
use crate::diagnostic::{Fix, Problems, Told};
use crate::json::tree::{Entry, Tree};
use core::ops::Range;

/// Tells of a body whose rules stand beside `sample_payload`: one problem instead of one for each rule.
pub(super) fn beside_the_sample(tree: &Tree<'_>, root: &Spot<'_>, problems: &mut Problems) {
    let told = Told {
        code: "missing-attribute",
        pointer: "",
        span: &root.place(tree),
        message: "`config` is missing: the rules are next to `sample_payload`",
        help: "put the rules inside: `{\"config\": {…}, \"sample_payload\": …}`",
        args: &[],
    };
    let edits = wrapped(tree, root);
    problems.tell(&told, edits.map(|edits| Fix { title: "put the rules into `config`".into(), edits }));
}

/// Puts all members but the sample into `config`. What stands behind a sample in the middle moves before it: the rules
/// are shorter than the sample.
fn wrapped(tree: &Tree<'_>, root: &Spot<'_>) -> Option<Vec<Edit>> {
    // From the first member to the end of the last, before the sample and behind it.
    let (mut before, mut sample, mut after) = (None, None, None);
    for Entry { key, key_span, value } in tree.entries(root.id) {
        let end = tree.span(value).end;
        let part = if key == "sample_payload" {
            if sample.is_some() {
                return None;
            }
            &mut sample
        } else if sample.is_some() {
            &mut after
        } else {
            &mut before
        };
        *part = Some(part.as_ref().map_or(key_span.start, |part: &Range<usize>| part.start)..end);
    }
    let (first, last) = (before.as_ref().or(after.as_ref())?, before.as_ref().and(after.as_ref()));
    let mut edits: Vec<Edit> = vec![(first.start..first.start, "\"config\": {".into())];
    let mut moved = "}".to_owned();
    if let Some(last) = last {
        let text = String::from_utf8_lossy(tree.text.get(last.clone())?);
        moved = [", ", &text, "}"].concat();
        edits.push((sample?.end..last.end, "".into()));
    }
    edits.push((first.end..first.end, moved.into()));
    Some(edits)
}
