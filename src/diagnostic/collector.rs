//! Diagnostics of several documents in one list.

use super::{Diagnostic, Problems, append_unlisted, sorted_and_capped};
use crate::json::limits;

/// Most bytes of messages and pointers in the list; the rest is counted.
const BYTES: usize = 2 << 20;

/// Collects the diagnostics of several documents. Of each code at most [`limits::LISTED`] are kept, the rest is counted.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    kept: Vec<(String, Diagnostic)>,
    counts: Vec<CodeCount>,
    bytes: usize,
}

/// How many of a code are kept, and how many are not.
#[derive(Debug)]
struct CodeCount {
    code: &'static str,
    kept: usize,
    unlisted: usize,
}

impl Collector {
    /// Adds the problems of one document. `origin` says which one, as members of a JSON object, each followed by a comma.
    /// `text` is the document, if it was given as text.
    pub(crate) fn add(&mut self, origin: &str, problems: Problems, text: Option<&[u8]>) {
        let (diagnostics, unlisted) = sorted_and_capped(problems, text);
        self.extend(origin, diagnostics);
        unlisted.into_iter().for_each(|(code, count)| self.count_unlisted(code, count));
    }

    /// Adds diagnostics of one document, as [`Collector::add`].
    pub(crate) fn extend(&mut self, origin: &str, diagnostics: Vec<Diagnostic>) {
        for diagnostic in diagnostics {
            let length = origin.len()
                + diagnostic.message.len()
                + diagnostic.pointer.len()
                + diagnostic.help.as_ref().map_or(0, |help| help.len());
            let fits = self.bytes + length <= BYTES;
            let Some(count) = self.count(diagnostic.code) else {
                continue;
            };
            if !fits || count.kept >= limits::LISTED {
                count.unlisted += 1;
                continue;
            }
            count.kept += 1;
            self.bytes += length;
            self.kept.push((origin.to_owned(), diagnostic));
        }
    }

    /// Counts diagnostics of a code that are not listed.
    pub(crate) fn count_unlisted(&mut self, code: &'static str, count: usize) {
        if let Some(known) = self.count(code) {
            known.unlisted += count;
        }
    }

    fn count(&mut self, code: &'static str) -> Option<&mut CodeCount> {
        let known = self.counts.iter().position(|count| count.code == code).unwrap_or(self.counts.len());
        if known == self.counts.len() {
            self.counts.push(CodeCount { code, kept: 0, unlisted: 0 });
        }
        self.counts.get_mut(known)
    }

    /// The list as JSON text.
    pub(crate) fn into_json(mut self) -> Vec<u8> {
        for CodeCount { code, unlisted, .. } in self.counts.into_iter().filter(|count| count.unlisted > 0) {
            let last = self.kept.iter_mut().rev().find(|(_, d)| d.code == code);
            append_unlisted(last.map(|(_, d)| d), unlisted);
        }
        let mut json = b"[".to_vec();
        for (number, (origin, diagnostic)) in self.kept.iter().enumerate() {
            json.extend_from_slice(if number > 0 { b",{" } else { b"{" });
            json.extend_from_slice(origin.as_bytes());
            // Without its opening brace.
            json.extend_from_slice(to_json(diagnostic).get(1..).unwrap_or_default());
        }
        json.push(b']');
        json
    }
}

#[expect(clippy::expect_used, reason = "texts and numbers can always be written as JSON")]
fn to_json(diagnostic: &Diagnostic) -> Vec<u8> {
    serde_json::to_vec(diagnostic).expect("a diagnostic is written as JSON")
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Problem};
    use super::*;

    #[test]
    fn long_lists_are_cut_and_counted_over_all_documents() {
        let problems = |code, count: usize| {
            let mut problems = Problems::default();
            let problem = |n| Problem::new(code, Document::Payload, format!("/{n}"), n..n + 1, "x");
            (0..count).for_each(|n| problems.push(problem(n)));
            problems
        };
        let mut all = Collector::default();
        all.add("\"payload\":0,", problems("json-duplicate-key", 700), None);
        all.add("\"payload\":1,", problems("json-syntax", 1), Some(b"  "));
        all.add("\"payload\":2,", problems("json-duplicate-key", 1_200), None);
        let json: serde_json::Value = serde_json::from_slice(&all.into_json()).unwrap_or_default();
        let list = json.as_array().map(Vec::as_slice).unwrap_or_default();
        assert_eq!(list.len(), 1_001);
        let (first, last) = (list.first(), list.last());
        assert_eq!(first.map(|d| (d.get("payload"), d.get("help"))), Some((Some(&0.into()), None)));
        assert_eq!(last.and_then(|d| d.get("help")), Some(&"not listed: 900 more of `json-duplicate-key`".into()));
        assert_eq!(
            list.get(700).map(|d| (d.get("payload"), d.pointer("/range/start"))),
            Some((Some(&1.into()), Some(&0.into())))
        );
    }
}
