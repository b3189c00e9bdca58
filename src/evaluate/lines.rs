//! NDJSON: many payloads, one per line, in one call.

use super::{Engine, ProcessOptions};
use crate::compile::Program;
use memchr::memchr;

/// Bytes of answers after which no further line is begun: a line of a few bytes may have an answer of megabytes.
const ENOUGH: usize = 4 << 20;

/// What becomes of blank lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlankLines {
    /// They have no answer.
    #[default]
    Skipped,
    /// They have an answer, as a payload that cannot be read: so there are as many answers as lines.
    Answered,
}

/// Lines, and how far they were read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Bytes that were read, the end of the last line included.
    pub consumed: usize,
    /// How many lines that were, those that are blank included.
    pub lines: usize,
    /// How many of them had a payload, and so an answer.
    pub payloads: usize,
    /// The answers that contain a rejection or a diagnostic.
    pub reported: Vec<ReportedLine>,
}

/// The answer to a line that contains a rejection or a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportedLine {
    /// The number of the line, from 0.
    pub line: usize,
    /// Where it starts in the answers.
    pub start: usize,
    /// Where it ends, without the line break.
    pub end: usize,
}

impl Engine {
    /// Processes the payloads of whole lines; the last one needs no end. Writes each answer as a line to `out`.
    pub(crate) fn lines(
        &mut self,
        program: &Program,
        text: &[u8],
        options: &ProcessOptions,
        blank: BlankLines,
        out: &mut Vec<u8>,
    ) -> Lines {
        out.clear();
        let mut read = Lines::default();
        while let Some(rest) = text.get(read.consumed..).filter(|rest| !rest.is_empty()) {
            if out.len() >= ENOUGH {
                break;
            }
            let (line, length) = first_line(rest);
            if !line.trim_ascii().is_empty() || blank == BlankLines::Answered {
                let start = out.len();
                let is_clean = self.run(program, line, options, None);
                out.extend_from_slice(self.answer());
                if !is_clean {
                    read.reported.push(ReportedLine { line: read.lines, start, end: out.len() });
                }
                out.push(b'\n');
                read.payloads += 1;
            }
            read.lines += 1;
            read.consumed += length;
        }
        read
    }
}

/// Gives each line with its number, from 0; one that is blank as `None`.
pub(crate) fn each_line(text: &[u8], take: &mut dyn FnMut(usize, Option<&[u8]>)) {
    let (mut rest, mut number) = (text, 0);
    while !rest.is_empty() {
        let (line, length) = first_line(rest);
        take(number, Some(line).filter(|line| !line.trim_ascii().is_empty()));
        number += 1;
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// The first line, and how many bytes it takes with its end.
fn first_line(text: &[u8]) -> (&[u8], usize) {
    let end = memchr(b'\n', text);
    let line = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    // The end of a line of Windows is no part of what may be 6 MB.
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    (line, end.map_or(text.len(), |end| end + 1))
}
