//! Diagnostics as plain text, for terminals and logs.

use super::excerpt::{Excerpt, excerpt, floor, line_around, make_visible, plain};
use super::{Diagnostic, Document, Severity, Suggestion, TextRange};
use core::fmt::Write;
use core::ops::Range;
use core::slice::from_ref;

/// Maximum number of lines shown for one group of edits.
const FIXED_LINES: usize = 6;

/// Edits further apart than this, in bytes, are shown in separate groups.
const APART: usize = 256;

/// Renders diagnostics as plain text, each with the line it refers to and its suggested fix.
///
/// `text` is the document that the diagnostics refer to. Diagnostics without a range, such as those of a document given as
/// an object, are rendered without a line. Control characters are replaced.
///
/// ```
/// use oim_config::{render, validate, ValidateOptions};
///
/// let text = r#"{"config": }"#;
/// let rendered = render(&validate(text, ValidateOptions::default()).diagnostics, text);
/// assert!(rendered.starts_with("error[json-syntax]: expected a value, found `}`\n --> body (line 1, column 12)\n"));
/// assert!(rendered.contains("\n1 | {\"config\": }\n  |            ^\n"));
///
/// assert_eq!(render(&[], text), "");
/// ```
pub fn render(diagnostics: &[Diagnostic], text: &str) -> String {
    let positions = Positions::of(diagnostics, text);
    let mut out = String::new();
    for diagnostic in diagnostics {
        if !out.is_empty() {
            out.push('\n');
        }
        one(&mut out, diagnostic, &positions);
    }
    out
}

fn one(out: &mut String, diagnostic: &Diagnostic, positions: &Positions<'_>) {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    write_line(out, &format!("{severity}[{}]: {}", diagnostic.code, make_visible(&diagnostic.message)));
    let pointer = match (&*diagnostic.pointer, diagnostic.document) {
        ("", Document::Body) => "body".to_owned(),
        ("", Document::Payload) => "payload".to_owned(),
        (pointer, _) => make_visible(pointer),
    };
    // All gutters of a diagnostic have one width.
    let digits = positions.digits(diagnostic);
    match diagnostic.range {
        Some(range) => {
            write_line(out, &format!(" --> {pointer} (line {}, column {})", range.line, range.column));
            source(out, range, positions, digits);
        }
        None => write_line(out, &format!(" --> {pointer}")),
    }
    let gutter = " ".repeat(digits);
    if let Some(help) = &diagnostic.help {
        write_line(out, &format!("{gutter} = help: {}", make_visible(help)));
    }
    if let Some(suggestion) = &diagnostic.suggestion {
        write_line(out, &format!("{gutter} = fix: {}", make_visible(&suggestion.title)));
        for group in groups(suggestion, positions) {
            fixed_lines(out, &group, positions, digits);
        }
    }
}

/// The first line of a range, and how many more it has.
fn source(out: &mut String, range: TextRange, positions: &Positions<'_>, digits: usize) {
    let (start, end) = (positions.at(range.start), positions.at(range.end));
    let gutter = " ".repeat(digits);
    write_line(out, &format!("{gutter} |"));
    let range = start.byte..end.byte;
    numbered(out, start.line, &excerpt(positions.text, from_ref(&range), '^'), digits);
    match end.line.saturating_sub(start.line) {
        0 => {}
        1 => write_line(out, &format!("{gutter} | … 1 more line")),
        more => write_line(out, &format!("{gutter} | … {more} more lines")),
    }
}

/// A line behind its number, and the marks below it.
fn numbered(out: &mut String, number: usize, excerpt: &Excerpt, digits: usize) {
    write_line(out, &format!("{number:>digits$} | {}", excerpt.line));
    if !excerpt.marks.is_empty() {
        write_line(out, &format!("{} | {}", " ".repeat(digits), excerpt.marks));
    }
}

/// Edits that are shown together, in order: where they are, and their texts.
type Group<'d> = Vec<(Position, Position, &'d str)>;

fn groups<'d>(suggestion: &'d Suggestion, positions: &Positions<'_>) -> Vec<Group<'d>> {
    let mut edits: Group<'d> =
        suggestion.edits.iter().map(|e| (positions.at(e.start), positions.at(e.end), e.text.as_str())).collect();
    edits.sort_by_key(|(start, ..)| start.byte);
    let mut groups: Vec<Group<'d>> = Vec::new();
    for edit in edits {
        match groups.last_mut().and_then(|group| Some((group.last()?.1, group))) {
            Some((end, group)) if edit.0.line <= end.line + 1 && edit.0.byte.saturating_sub(end.byte) <= APART => {
                group.push(edit);
            }
            _ => groups.push(vec![edit]),
        }
    }
    groups
}

/// The lines of some edits, after applying them.
fn fixed_lines(out: &mut String, group: &Group<'_>, positions: &Positions<'_>, digits: usize) {
    let Some(((first, ..), (_, last, _))) = group.first().zip(group.last()) else {
        return;
    };
    let from = line_around(positions.text, first.byte).start;
    let to = line_around(positions.text, last.byte).end;
    let mut text = String::new();
    let mut marks: Vec<Range<usize>> = Vec::new();
    let mut at = from;
    for (start, end, new) in group {
        text.push_str(positions.text.get(at..start.byte).unwrap_or_default());
        let begin = text.len();
        text.push_str(new);
        marks.push(begin..text.len());
        at = end.byte;
    }
    text.push_str(positions.text.get(at..to).unwrap_or_default());
    write_line(out, &format!("{} |", " ".repeat(digits)));
    let mut begin = 0;
    let lines: Vec<&str> = text.split('\n').collect();
    for (number, line) in (first.line..).zip(lines.iter().take(FIXED_LINES)) {
        let end = begin + line.len();
        // Blanks that lead to a line's first word are layout.
        let word = begin + line.len() - line.trim_start().len();
        let inside = |m: &Range<usize>| m.start.max(word)..m.end.min(end);
        let marked: Vec<_> = marks.iter().map(inside).filter(|m| !m.is_empty()).collect();
        let excerpt = match marks.iter().find(|m| (begin..=end).contains(&m.start)) {
            _ if !marked.is_empty() => excerpt(&text, &marked, '+'),
            // What is taken out of a long line is looked for where it was.
            Some(m) => excerpt(&text, from_ref(&(m.start..m.start)), ' '),
            None => plain(line),
        };
        numbered(out, number, &excerpt, digits);
        begin = end + 1;
    }
    if lines.len() > FIXED_LINES {
        write_line(out, &format!("{} | … {} more lines", " ".repeat(digits), lines.len() - FIXED_LINES));
    }
}

fn write_line(out: &mut String, line: &str) {
    // Writing into a String cannot fail.
    let _ = writeln!(out, "{}", line.trim_end());
}

/// A place in the text.
#[derive(Clone, Copy, Debug)]
struct Position {
    byte: usize,
    /// One-based.
    line: usize,
}

/// The places that diagnostics name, found in one pass over their text.
struct Positions<'t> {
    text: &'t str,
    /// UTF-16 offsets, sorted, and their places.
    known: Vec<(usize, Position)>,
}

impl<'t> Positions<'t> {
    fn of(diagnostics: &[Diagnostic], text: &'t str) -> Positions<'t> {
        let mut wanted: Vec<usize> = diagnostics.iter().flat_map(offsets).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut known = Vec::with_capacity(wanted.len());
        let mut wanted = wanted.into_iter().peekable();
        let (mut units, mut line) = (0, 1);
        for (byte, c) in text.char_indices() {
            while let Some(offset) = wanted.next_if(|&offset| offset <= units) {
                known.push((offset, Position { byte, line }));
            }
            units += c.len_utf16();
            line += usize::from(c == '\n');
        }
        known.extend(wanted.map(|offset| (offset, Position { byte: text.len(), line })));
        Positions { text, known }
    }

    fn at(&self, offset: usize) -> Position {
        let found = self.known.binary_search_by_key(&offset, |(known, _)| *known).ok();
        let found = found.and_then(|at| self.known.get(at)).map(|(_, position)| *position);
        found.unwrap_or(Position { byte: floor(self.text, offset), line: 1 })
    }

    /// Digits of the highest line number that is shown with a diagnostic.
    fn digits(&self, diagnostic: &Diagnostic) -> usize {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Fix, Problem, Problems, into_diagnostics};

    /// Parts of a text and what comes in their place.
    type Fixes<'t> = &'t [(&'t str, &'t str)];

    /// The rendering of a problem at the part of the text in `«` `»`, with fixes that replace other parts of it.
    fn rendered(text: &str, fixes: Fixes<'_>) -> String {
        let (start, end) = (text.find('«').unwrap_or_default(), text.find('»').unwrap_or_default());
        let text = text.replace(['«', '»'], "");
        let mut problem = Problem::new("wrong-type", Document::Body, "/a", start..end - '«'.len_utf8(), "wrong")
            .help("write it right");
        if !fixes.is_empty() {
            let at = |part: &str| text.find(part).map_or(0..0, |at| at..at + part.len());
            let edits = fixes.iter().map(|(part, new)| (at(part), (*new).to_owned().into())).collect();
            problem.suggestion = Some(Fix { title: "fix it".into(), edits });
        }
        let mut problems = Problems::default();
        problems.push(problem);
        render(&into_diagnostics(problems, Some(text.as_bytes())), &text)
    }

    #[test]
    fn a_problem_is_shown_with_its_line_and_its_fix() {
        let cases: [(&str, Fixes<'_>, &str); 7] = [
            (
                "{\n\t\"é\": «5»\n}",
                &[("5", "\"😀\"")],
                "error[wrong-type]: wrong\n --> /a (line 2, column 7)\n  |\n2 |     \"é\": 5\n  |          ^\n  = help: write it right\n  = fix: fix it\n  |\n2 |     \"é\": \"😀\"\n  |          ++++\n",
            ),
            (
                "«{\n 1\n}»",
                &[],
                "error[wrong-type]: wrong\n --> /a (line 1, column 1)\n  |\n1 | {\n  | ^\n  | … 2 more lines\n  = help: write it right\n",
            ),
            (
                "\n\n\n\n\n\n\n\n{\n  «\"a\"»: 1\n}",
                &[("{", "{\n  \"b\": 2,")],
                "error[wrong-type]: wrong\n --> /a (line 10, column 3)\n   |\n10 |   \"a\": 1\n   |   ^^^\n   = help: write it right\n   = fix: fix it\n   |\n 9 | {\n   | +\n10 |   \"b\": 2,\n   |   +++++++\n",
            ),
            (
                "[\n  «1»,\n  2\n]",
                &[("1,\n  ", "")],
                "error[wrong-type]: wrong\n --> /a (line 2, column 3)\n  |\n2 |   1,\n  |   ^\n  = help: write it right\n  = fix: fix it\n  |\n2 |   2\n",
            ),
            (
                "[«1», 2, 3]",
                &[("1", "\"1\""), ("3", "\"3\"")],
                "error[wrong-type]: wrong\n --> /a (line 1, column 2)\n  |\n1 | [1, 2, 3]\n  |  ^\n  = help: write it right\n  = fix: fix it\n  |\n1 | [\"1\", 2, \"3\"]\n  |  +++     +++\n",
            ),
            (
                "[«1»,\n\n\n\n3]",
                &[("3", "\"3\""), ("1", "\"1\"")],
                "error[wrong-type]: wrong\n --> /a (line 1, column 2)\n  |\n1 | [1,\n  |  ^\n  = help: write it right\n  = fix: fix it\n  |\n1 | [\"1\",\n  |  +++\n  |\n5 | \"3\"]\n  | +++\n",
            ),
            (
                "«1»",
                &[("1", "1\n2\n3\n4\n5\n6\n7\n8")],
                "error[wrong-type]: wrong\n --> /a (line 1, column 1)\n  |\n1 | 1\n  | ^\n  = help: write it right\n  = fix: fix it\n  |\n1 | 1\n  | +\n2 | 2\n  | +\n3 | 3\n  | +\n4 | 4\n  | +\n5 | 5\n  | +\n6 | 6\n  | +\n  | … 2 more lines\n",
            ),
        ];
        for (text, fixes, expected) in cases {
            let shown = rendered(text, fixes);
            assert_eq!(shown, expected, "\n{shown}");
        }
    }

    #[test]
    fn without_a_place_there_is_no_line() {
        let mut problems = Problems::default();
        problems.push(Problem::new("version-mixed", Document::Body, "", 3..4, "of v2\n"));
        problems.push(Problem::new("json-syntax", Document::Payload, "/x", 3..4, "no JSON"));
        let shown = render(&into_diagnostics(problems, None), "");
        assert_eq!(shown, "error[version-mixed]: of v2␊\n --> body\n\nerror[json-syntax]: no JSON\n --> /x\n");
    }

    #[test]
    fn another_text_does_no_harm() {
        let mut problems = Problems::default();
        let problem = Problem::new("wrong-type", Document::Body, "/x", 90..95, "wrong");
        problems.push(problem.fix(Fix::new("fix it", (91..93, "x".into()))));
        let diagnostics = into_diagnostics(problems, Some(&[b' '; 100]));
        for text in ["", "é", "a\nb", &"😀".repeat(46)] {
            assert!(render(&diagnostics, text).contains("= fix: fix it"), "{text}");
        }
    }
}
