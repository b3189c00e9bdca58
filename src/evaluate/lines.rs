//! Payloads that stand one to a line, as in NDJSON: many at once, so that what a call costs is paid once for all of them.

use super::{ProcessOptions, Processor};
use crate::compile::Program;
use memchr::memchr;

/// Bytes of answers after which no further line is begun: a line of a few bytes may have an answer of megabytes.
const ENOUGH: usize = 4 << 20;

/// Lines, and how far they were read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Bytes that were read, the end of the last line included.
    pub consumed: usize,
    /// How many lines that were, those that are blank included.
    pub lines: usize,
    /// How many of them had a payload, and so an answer.
    pub payloads: usize,
    /// The answers that have something to tell: a rejection or a diagnostic.
    pub told: Vec<Told>,
}

/// An answer that has something to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The line, counted from 0.
    pub line: usize,
    /// Where in the answers it begins.
    pub start: usize,
    /// Where it ends, without the end of the line.
    pub end: usize,
}

impl Processor {
    /// Processes the payloads of whole lines; the last one needs no end. Writes each answer as a line to `out`.
    pub(crate) fn lines(
        &mut self,
        program: &Program,
        text: &[u8],
        options: &ProcessOptions,
        out: &mut Vec<u8>,
    ) -> Lines {
        out.clear();
        let mut read = Lines::default();
        while let Some(rest) = text.get(read.consumed..).filter(|rest| !rest.is_empty()) {
            if out.len() >= ENOUGH {
                break;
            }
            let end = memchr(b'\n', rest);
            let line = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            // The end of a line of Windows is no part of what may be 6 MB.
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !line.trim_ascii().is_empty() {
                let start = out.len();
                out.extend_from_slice(self.process(program, line, options, None));
                if !self.is_clean() {
                    read.told.push(Told { line: read.lines, start, end: out.len() });
                }
                out.push(b'\n');
                read.payloads += 1;
            }
            read.lines += 1;
            read.consumed += end.map_or(rest.len(), |end| end + 1);
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program() -> Option<Program> {
        let body = br#"{"status": {"source": ["s"], "default_to": "ok", "status_map": {}}, "primary_property": {"name": "host", "source": ["h"]}}"#;
        crate::wire::compile(body, true).program
    }

    fn run(text: &[u8]) -> (Lines, Vec<String>) {
        let options = ProcessOptions::received_at_ms(0.0);
        let mut out = Vec::new();
        let read = program().map(|program| Processor::default().lines(&program, text, &options, &mut out));
        let text = String::from_utf8_lossy(&out);
        (read.unwrap_or_default(), text.split_terminator('\n').map(str::to_owned).collect())
    }

    fn alone(payload: &[u8]) -> String {
        let options = ProcessOptions::received_at_ms(0.0);
        let answer = program().map(|program| Processor::default().process(&program, payload, &options, None).to_vec());
        String::from_utf8_lossy(&answer.unwrap_or_default()).into_owned()
    }

    #[test]
    fn each_line_gives_the_answer_that_it_gives_alone() {
        let lines: [&[u8]; 5] = [br#"{"h":"a"}"#, b"{", br#" {"h":"b\nc"} "#, br#"{"x":1}"#, b"\xff"];
        for end in ["\n", "\r\n"] {
            for last in ["", end] {
                let text = [&lines.join(end.as_bytes()), last.as_bytes()].concat();
                let (read, answers) = run(&text);
                assert_eq!(answers, lines.map(alone));
                assert!(answers.iter().all(|answer| answer.starts_with("{\"alerts\":[")));
                assert_eq!((read.consumed, read.lines, read.payloads), (text.len(), 5, 5));
                assert_eq!(read.told.iter().map(|told| told.line).collect::<Vec<_>>(), [1, 3, 4]);
                for Told { line, start, end } in read.told {
                    assert_eq!(answers.join("\n").get(start..end), answers.get(line).map(String::as_str));
                }
            }
        }
    }

    #[test]
    fn blank_lines_are_counted_and_passed_over() {
        let (read, answers) = run(b"\n \t\r\n{\"h\":\"a\"}\n\n{\"x\":1}\n\n");
        assert_eq!(answers.len(), 2);
        assert_eq!((read.lines, read.payloads), (6, 2));
        assert_eq!(read.told.first().map(|told| told.line), Some(4));
        assert_eq!(run(b"").0, Lines::default());
    }

    #[test]
    fn it_stops_at_a_line_once_the_answers_are_large() {
        let line = format!("{{\"h\":\"{}\"}}\n", "x".repeat(1 << 20));
        let (read, answers) = run(line.repeat(9).as_bytes());
        assert!((2..9).contains(&answers.len()), "{}", answers.len());
        assert_eq!(read.consumed, answers.len() * line.len());
    }
}
