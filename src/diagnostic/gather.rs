//! Diagnostics of several documents in one list.

use super::{Diagnostic, Problems, listed, not_listed};
use crate::json::limits;

/// Most bytes of messages and pointers in the list; the rest is counted.
const BYTES: usize = 2 << 20;

/// Diagnostics of several documents: of each code at most [`limits::LISTED`], and then a count.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    kept: Vec<(String, Diagnostic)>,
    counts: Vec<Count>,
    bytes: usize,
}

/// How many of a code are kept, and how many are not.
#[derive(Debug)]
struct Count {
    code: &'static str,
    kept: usize,
    more: usize,
}

impl Gathered {
    /// Adds the problems of one document. `origin` tells which it is: members of a JSON object, each with a comma behind
    /// it. `text` is the document, when text was given.
    pub(crate) fn add(&mut self, origin: &str, problems: Problems, text: Option<&[u8]>) {
        let (shown, more) = listed(problems, text);
        self.extend(origin, shown);
        more.into_iter().for_each(|(code, more)| self.more(code, more));
    }

    /// Adds diagnostics of one document, as [`Gathered::add`].
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
                count.more += 1;
                continue;
            }
            count.kept += 1;
            self.bytes += length;
            self.kept.push((origin.to_owned(), diagnostic));
        }
    }

    /// Counts `more` diagnostics of a code that are not listed.
    pub(crate) fn more(&mut self, code: &'static str, more: usize) {
        if let Some(count) = self.count(code) {
            count.more += more;
        }
    }

    fn count(&mut self, code: &'static str) -> Option<&mut Count> {
        let known = self.counts.iter().position(|count| count.code == code).unwrap_or(self.counts.len());
        if known == self.counts.len() {
            self.counts.push(Count { code, kept: 0, more: 0 });
        }
        self.counts.get_mut(known)
    }

    /// The list as JSON text.
    pub(crate) fn into_json(mut self) -> Vec<u8> {
        for Count { code, more, .. } in self.counts.into_iter().filter(|count| count.more > 0) {
            let last = self.kept.iter_mut().rev().find(|(_, d)| d.code == code);
            not_listed(last.map(|(_, d)| d), more);
        }
        let mut json = b"[".to_vec();
        for (number, (origin, diagnostic)) in self.kept.iter().enumerate() {
            json.extend_from_slice(if number > 0 { b",{" } else { b"{" });
            json.extend_from_slice(origin.as_bytes());
            // Our own structures can always be written, and begin with a brace.
            let told = serde_json::to_vec(diagnostic).unwrap_or_default();
            json.extend_from_slice(told.get(1..).unwrap_or_default());
        }
        json.push(b']');
        json
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Problem};
    use super::*;

    #[test]
    fn of_each_code_as_many_as_are_listed_and_a_count() {
        let problems = |code, count: usize| {
            let mut problems = Problems::default();
            let problem = |n| Problem::new(code, Document::Payload, format!("/{n}"), n..n + 1, "x");
            (0..count).for_each(|n| problems.push(problem(n)));
            problems
        };
        let mut all = Gathered::default();
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
