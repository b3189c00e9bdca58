//! The places that diagnostics name, in bytes and lines: they come in UTF-16 code units, which are made for editors.

use super::Diagnostic;
use super::excerpt::floor;

/// A place in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinePosition {
    pub(super) byte: usize,
    /// One-based.
    pub(super) line: usize,
}

/// The places that diagnostics name, found in one pass over their text.
pub(super) struct Positions<'t> {
    pub(super) text: &'t str,
    /// UTF-16 offsets, sorted, and their places.
    known: Vec<(usize, LinePosition)>,
}

impl<'t> Positions<'t> {
    pub(super) fn of(diagnostics: &[Diagnostic], text: &'t str) -> Positions<'t> {
        let mut wanted: Vec<usize> = diagnostics.iter().flat_map(offsets).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut known = Vec::with_capacity(wanted.len());
        let mut wanted = wanted.into_iter().peekable();
        let (mut units, mut line) = (0, 1);
        for (byte, c) in text.char_indices() {
            while let Some(offset) = wanted.next_if(|&offset| offset <= units) {
                known.push((offset, LinePosition { byte, line }));
            }
            units += c.len_utf16();
            line += usize::from(c == '\n');
        }
        known.extend(wanted.map(|offset| (offset, LinePosition { byte: text.len(), line })));
        Positions { text, known }
    }

    pub(super) fn at(&self, offset: usize) -> LinePosition {
        let found = self.known.binary_search_by_key(&offset, |(known, _)| *known).ok();
        let found = found.and_then(|at| self.known.get(at)).map(|(_, position)| *position);
        found.unwrap_or(LinePosition { byte: floor(self.text, offset), line: 1 })
    }

    /// Digits of the highest line number that is shown with a diagnostic.
    pub(super) fn digits(&self, diagnostic: &Diagnostic) -> usize {
        let edits = diagnostic.suggestion.iter().flat_map(|s| &s.edits);
        let edited = edits.map(|e| self.at(e.start).line + e.text.matches('\n').count());
        let highest = edited.chain(diagnostic.range.map(|r| r.line)).max();
        highest.unwrap_or(1).to_string().len()
    }
}

/// Every offset that a diagnostic names.
fn offsets(diagnostic: &Diagnostic) -> impl Iterator<Item = usize> {
    let range = diagnostic.range.into_iter().flat_map(|r| [r.start, r.end]);
    let edits = diagnostic.suggestion.iter().flat_map(|s| &s.edits);
    range.chain(edits.flat_map(|e| [e.start, e.end]))
}
