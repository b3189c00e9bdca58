//! The answer of a comparison as JSON text.

use super::ChangeKind;
use crate::diagnostic::Collector;
use crate::evaluate::OutputBuffer;
use crate::json::limits;

const HEAD: &[u8] = b"{\"changes\":[";

/// The words for the kinds of changes.
const KINDS: [&str; 8] = ["tag", "status", "timestamp", "primary", "secondary", "identity", "rejected", "accepted"];

impl ChangeKind {
    #[expect(clippy::indexing_slicing, reason = "there is a word for each kind")]
    fn word(self) -> &'static str {
        KINDS[self as usize]
    }
}

/// Most bytes of the list of changes.
const BYTES: usize = limits::ANSWER_BYTES / 4;

/// A change in the list.
pub(super) struct ChangeEntry<'c> {
    pub(super) kind: ChangeKind,
    pub(super) index: Option<u32>,
    /// The name, a JSON string.
    pub(super) tag: Option<&'c [u8]>,
    /// JSON text, as `after`.
    pub(super) before: &'c [u8],
    pub(super) after: &'c [u8],
    /// The rules in the new and in the old body, JSON strings. The old one is used if the new body has none.
    pub(super) rules: [Option<&'c [u8]>; 2],
    /// It likely does harm.
    pub(super) warning: bool,
    /// Its pieces.
    pub(super) message: &'c [&'c str],
}

/// The list of changes. Of each kind at most [`limits::LISTED`] are kept, and all are counted.
#[derive(Debug)]
pub(super) struct ChangeList {
    out: OutputBuffer,
    /// For each [`ChangeKind`].
    counts: [usize; 8],
    any: bool,
    /// The number of the payload.
    pub(super) payload: usize,
}

impl ChangeList {
    pub(super) fn new() -> ChangeList {
        let mut out = OutputBuffer::default();
        out.put(HEAD);
        ChangeList { out, counts: [0; 8], any: false, payload: 0 }
    }

    /// Counts a change. True if it is to be listed; otherwise the caller need not make it.
    pub(super) fn counts(&mut self, kind: ChangeKind) -> bool {
        let Some(count) = self.counts.get_mut(kind as usize) else {
            return false;
        };
        *count += 1;
        *count <= limits::LISTED
    }

    /// Whether any change was counted.
    pub(super) fn has_changes(&self) -> bool {
        self.counts.iter().any(|&count| count > 0)
    }

    /// Lists a change that was counted, if there is room for it.
    pub(super) fn push(&mut self, change: &ChangeEntry<'_>) {
        let out = &mut self.out;
        if out.len() + change.before.len() + change.after.len() > BYTES {
            return;
        }
        out.put(if self.any { b",{\"payload\":" } else { b"{\"payload\":" });
        self.any = true;
        out.number(self.payload as i64);
        out.put(b",\"index\":");
        match change.index {
            Some(index) => out.number(i64::from(index)),
            None => out.put(b"null"),
        }
        out.put(b",\"kind\":");
        out.quoted(change.kind.word());
        if let Some(tag) = change.tag {
            out.put(b",\"tag\":");
            out.put(tag);
        }
        out.put(b",\"before\":");
        out.put(change.before);
        out.put(b",\"after\":");
        out.put(change.after);

        let (place, rule): (&[u8], _) = match change.rules {
            [Some(new), _] => (b",\"configuration\":\"new\",\"pointer\":", new),
            [None, Some(old)] => (b",\"configuration\":\"old\",\"pointer\":", old),
            [None, None] => (b"", &b""[..]),
        };
        out.put(place);
        out.put(rule);
        out.put(b",\"message\":");
        out.quoted(&change.message.concat());
        out.put(if change.warning { b",\"severity\":\"warning\"}" } else { b",\"severity\":\"info\"}" });
    }
}

/// The whole answer.
pub(super) fn answer(same: bool, list: ChangeList, diagnostics: Collector) -> Vec<u8> {
    let ChangeList { mut out, counts, .. } = list;
    out.put(b"],\"counts\":");
    out.counts(&KINDS, &counts);
    out.put(if same { b",\"same\":true" } else { b",\"same\":false" });
    out.put(b",\"diagnostics\":");
    out.put(&diagnostics.into_json());
    out.put(b"}");
    out.into_bytes()
}
