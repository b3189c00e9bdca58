//! Rules that stand next to the sample instead of inside `config`.

use super::node_ref::NodeRef;
use crate::diagnostic::edit::ByteEdit;
use crate::diagnostic::{Fix, Problem, Problems};
use crate::json::tree::{Entry, Tree};
use core::ops::Range;

/// Reports a body whose rules stand next to `sample_payload`: one problem instead of one for each rule.
pub(super) fn rules_next_to_sample(tree: &Tree<'_>, root: &NodeRef<'_>, problems: &mut Problems) {
    let message = "`config` is missing: the rules are next to `sample_payload`";
    let edits = wrap_in_config(tree, root);
    problems.push(
        Problem::body("missing-attribute", "", root.head(tree), message)
            .help("put the rules inside: `{\"config\": {…}, \"sample_payload\": …}`")
            .fix(edits.map(|edits| Fix { title: "put the rules into `config`".into(), edits })),
    );
}

/// Puts all members but the sample into `config`. What stands after a sample in the middle moves in front of it, as the
/// rules are shorter than the sample.
fn wrap_in_config(tree: &Tree<'_>, root: &NodeRef<'_>) -> Option<Vec<ByteEdit>> {
    // From the first member to the end of the last, before the sample and after it.
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
    let mut edits: Vec<ByteEdit> = vec![(first.start..first.start, "\"config\": {".into())];
    let mut moved = "}".to_owned();
    if let Some(last) = last {
        let text = String::from_utf8_lossy(tree.text.get(last.clone())?);
        moved = [", ", &text, "}"].concat();
        edits.push((sample?.end..last.end, "".into()));
    }
    edits.push((first.end..first.end, moved.into()));
    Some(edits)
}
