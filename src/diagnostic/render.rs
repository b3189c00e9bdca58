//! Diagnostics as plain text, for terminals and logs.

use super::excerpt::{Excerpt, excerpt, line_around, make_visible, plain};
use super::positions::{LinePosition, Positions};
use super::{Diagnostic, Document, Severity, Suggestion, TextRange};
use core::ops::Range;
use core::slice::from_ref;
use serde::{Deserialize, Serialize};

/// Maximum number of lines shown for one group of edits.
const FIXED_LINES: usize = 6;

/// Edits further apart than this, in bytes, are shown in separate groups.
const APART: usize = 256;

/// How to render diagnostics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct RenderOptions {
    /// The name of the document, such as that of its file; `body` or `payload` if there is none.
    pub name: Option<String>,
    /// With colours, as escape sequences for a terminal.
    pub colors: bool,
}

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
/// assert!(rendered.starts_with("error[json-syntax]: expected a value, found `}`\n --> body:1:12\n"));
/// assert!(rendered.contains("\n1 | {\"config\": }\n  |            ^\n"));
///
/// assert_eq!(render(&[], text), "");
/// ```
pub fn render(diagnostics: &[Diagnostic], text: &str) -> String {
    render_with(diagnostics, text, &RenderOptions::default())
}

/// As [`render`], with the name of the document and with colours.
///
/// ```
/// use oim_config::{RenderOptions, render_with, validate, ValidateOptions};
///
/// let text = r#"{"config": }"#;
/// let options = RenderOptions { name: Some("body.json".to_owned()), ..RenderOptions::default() };
/// let rendered = render_with(&validate(text, ValidateOptions::default()).diagnostics, text, &options);
/// assert!(rendered.contains("\n --> body.json:1:12\n"));
/// ```
pub fn render_with(diagnostics: &[Diagnostic], text: &str, options: &RenderOptions) -> String {
    let positions = Positions::of(diagnostics, text);
    let name = options.name.as_deref();
    let mut out = String::new();
    for diagnostic in diagnostics {
        if !out.is_empty() {
            out.push('\n');
        }
        let digits = positions.digits(diagnostic);
        let rendering = Rendering { out: &mut out, positions: &positions, digits, paint: Paint(options.colors) };
        rendering.diagnostic(diagnostic, name);
    }
    out
}

/// One diagnostic while it is written.
struct Rendering<'o, 't> {
    out: &'o mut String,
    positions: &'o Positions<'t>,
    /// All gutters of a diagnostic have one width.
    digits: usize,
    paint: Paint,
}

impl Rendering<'_, '_> {
    fn diagnostic(mut self, diagnostic: &Diagnostic, name: Option<&str>) {
        let Rendering { digits, paint, .. } = self;
        let (word, color) = match diagnostic.severity {
            Severity::Error => ("error", Color::Red),
            Severity::Warning => ("warning", Color::Yellow),
            Severity::Info => ("info", Color::Blue),
        };
        let head = paint.text(color, &format!("{word}[{}]", diagnostic.code));
        let message = paint.text(Color::Bold, &format!(": {}", make_visible(&diagnostic.message)));
        self.line(&format!("{head}{message}"));
        let name = make_visible(name.unwrap_or(match diagnostic.document {
            Document::Body => "body",
            Document::Payload => "payload",
        }));
        let place = diagnostic.range.map(|range| format!(":{}:{}", range.line, range.column)).unwrap_or_default();
        let pointer = paint.text(Color::Dim, &make_visible(&diagnostic.pointer));
        let arrow = paint.text(Color::Blue, "-->");
        self.line(&format!("{:digits$}{arrow} {name}{place} {pointer}", ""));
        if let Some(range) = diagnostic.range {
            self.source(range, color);
        }
        if let Some(help) = &diagnostic.help {
            self.note("help", help);
        }
        if let Some(suggestion) = &diagnostic.suggestion {
            self.note("fix", &suggestion.title);
            for group in groups(suggestion, self.positions) {
                self.fixed_lines(&group);
            }
        }
    }

    /// The first line of a range, and how many more it has.
    fn source(&mut self, range: TextRange, color: Color) {
        let (start, end) = (self.positions.at(range.start), self.positions.at(range.end));
        let bytes = start.byte..end.byte;
        // A line break at the end of the range begins no line of it.
        let breaks = self.positions.text.get(bytes.clone()).is_some_and(|text| text.ends_with('\n'));
        self.gutter("", "");
        self.numbered(start.line, &excerpt(self.positions.text, from_ref(&bytes), '^'), color);
        self.more_lines((end.line - usize::from(breaks)).saturating_sub(start.line));
    }

    /// The lines of some edits, after applying them.
    fn fixed_lines(&mut self, group: &EditGroup<'_>) {
        let Some(((first, ..), (_, last, _))) = group.first().zip(group.last()) else {
            return;
        };
        let original = self.positions.text;
        let from = line_around(original, first.byte).start;
        let to = line_around(original, last.byte).end;
        let mut text = String::new();
        let mut marks: Vec<Range<usize>> = Vec::new();
        let mut at = from;
        for (start, end, new) in group {
            text.push_str(original.get(at..start.byte).unwrap_or_default());
            let begin = text.len();
            text.push_str(new);
            marks.push(begin..text.len());
            at = end.byte;
        }
        text.push_str(original.get(at..to).unwrap_or_default());
        self.gutter("", "");
        let mut begin = 0;
        let lines: Vec<&str> = text.split('\n').collect();
        for (number, line) in (first.line..).zip(lines.iter().take(FIXED_LINES)) {
            let end = begin + line.len();
            self.numbered(number, &fixed_line(&text, begin..end, &marks), Color::Green);
            begin = end + 1;
        }
        self.more_lines(lines.len().saturating_sub(FIXED_LINES));
    }

    fn note(&mut self, what: &str, words: &str) {
        let (sign, what) = (self.paint.text(Color::Blue, "="), self.paint.text(Color::Bold, what));
        self.line(&format!("{:1$} {sign} {what}: {2}", "", self.digits, make_visible(words)));
    }

    /// A line behind its number, and the marks below it.
    fn numbered(&mut self, number: usize, excerpt: &Excerpt, color: Color) {
        self.gutter(&number.to_string(), &excerpt.line);
        let marks = excerpt.marks.trim_start();
        if !marks.is_empty() {
            let (spaces, _) = excerpt.marks.split_at(excerpt.marks.len() - marks.len());
            self.gutter("", &format!("{spaces}{}", self.paint.text(color, marks)));
        }
    }

    fn more_lines(&mut self, more: usize) {
        match more {
            0 => {}
            1 => self.gutter("", "… 1 more line"),
            more => self.gutter("", &format!("… {more} more lines")),
        }
    }

    fn gutter(&mut self, number: &str, rest: &str) {
        let gutter = self.paint.text(Color::Blue, &format!("{number:>0$} |", self.digits));
        self.line(&format!("{gutter} {rest}"));
    }

    fn line(&mut self, line: &str) {
        // In the log of GitHub Actions this would begin a command.
        self.out.push_str(&line.trim_end().replace("##[", "#♯["));
        self.out.push('\n');
    }
}

/// One line of a text that was fixed, with what is new marked.
fn fixed_line(text: &str, line: Range<usize>, marks: &[Range<usize>]) -> Excerpt {
    let content = text.get(line.clone()).unwrap_or_default();
    // Blanks that lead to a line's first word are layout.
    let word = line.end - content.trim_start().len();
    let inside = |mark: &Range<usize>| mark.start.max(word)..mark.end.min(line.end);
    let marked: Vec<_> = marks.iter().map(inside).filter(|mark| !mark.is_empty()).collect();
    match marks.iter().find(|mark| (line.start..=line.end).contains(&mark.start)) {
        _ if !marked.is_empty() => excerpt(text, &marked, '+'),
        // What is taken out of a long line is looked for where it was.
        Some(mark) => excerpt(text, from_ref(&(mark.start..mark.start)), ' '),
        None => plain(content),
    }
}

#[derive(Clone, Copy)]
enum Color {
    Bold,
    Red,
    Yellow,
    Green,
    Blue,
    Dim,
}

/// Colours texts, if it is on.
#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn text(self, color: Color, text: &str) -> String {
        let code = match color {
            Color::Bold => "1",
            Color::Red => "1;31",
            Color::Yellow => "1;33",
            Color::Green => "32",
            Color::Blue => "1;34",
            Color::Dim => "2",
        };
        if self.0 && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Edits that are shown together, in order: where they are, and their texts.
type EditGroup<'d> = Vec<(LinePosition, LinePosition, &'d str)>;

fn groups<'d>(suggestion: &'d Suggestion, positions: &Positions<'_>) -> Vec<EditGroup<'d>> {
    let mut edits: EditGroup<'d> =
        suggestion.edits.iter().map(|e| (positions.at(e.start), positions.at(e.end), e.text.as_str())).collect();
    edits.sort_by_key(|(start, ..)| start.byte);
    let mut groups: Vec<EditGroup<'d>> = Vec::new();
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
                "error[wrong-type]: wrong\n --> body:2:7 /a\n  |\n2 |     \"é\": 5\n  |          ^\n  = help: write it right\n  = fix: fix it\n  |\n2 |     \"é\": \"😀\"\n  |          ++++\n",
            ),
            (
                "«{\n 1\n}»",
                &[],
                "error[wrong-type]: wrong\n --> body:1:1 /a\n  |\n1 | {\n  | ^\n  | … 2 more lines\n  = help: write it right\n",
            ),
            (
                "\n\n\n\n\n\n\n\n{\n  «\"a\"»: 1\n}",
                &[("{", "{\n  \"b\": 2,")],
                "error[wrong-type]: wrong\n  --> body:10:3 /a\n   |\n10 |   \"a\": 1\n   |   ^^^\n   = help: write it right\n   = fix: fix it\n   |\n 9 | {\n   | +\n10 |   \"b\": 2,\n   |   +++++++\n",
            ),
            (
                "[\n  «1»,\n  2\n]",
                &[("1,\n  ", "")],
                "error[wrong-type]: wrong\n --> body:2:3 /a\n  |\n2 |   1,\n  |   ^\n  = help: write it right\n  = fix: fix it\n  |\n2 |   2\n",
            ),
            (
                "[«1», 2, 3]",
                &[("1", "\"1\""), ("3", "\"3\"")],
                "error[wrong-type]: wrong\n --> body:1:2 /a\n  |\n1 | [1, 2, 3]\n  |  ^\n  = help: write it right\n  = fix: fix it\n  |\n1 | [\"1\", 2, \"3\"]\n  |  +++     +++\n",
            ),
            (
                "[«1»,\n\n\n\n3]",
                &[("3", "\"3\""), ("1", "\"1\"")],
                "error[wrong-type]: wrong\n --> body:1:2 /a\n  |\n1 | [1,\n  |  ^\n  = help: write it right\n  = fix: fix it\n  |\n1 | [\"1\",\n  |  +++\n  |\n5 | \"3\"]\n  | +++\n",
            ),
            (
                "«1»",
                &[("1", "1\n2\n3\n4\n5\n6\n7\n8")],
                "error[wrong-type]: wrong\n --> body:1:1 /a\n  |\n1 | 1\n  | ^\n  = help: write it right\n  = fix: fix it\n  |\n1 | 1\n  | +\n2 | 2\n  | +\n3 | 3\n  | +\n4 | 4\n  | +\n5 | 5\n  | +\n6 | 6\n  | +\n  | … 2 more lines\n",
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
        assert_eq!(shown, "error[version-mixed]: of v2␊\n --> body\n\nerror[json-syntax]: no JSON\n --> payload /x\n");
    }

    #[test]
    fn a_name_and_colors_are_shown() {
        let mut problems = Problems::default();
        problems.push(Problem::new("wrong-type", Document::Body, "/a", 6..7, "wrong").help("write it right"));
        let diagnostics = into_diagnostics(problems, Some(b"{\"a\": 5}"));
        let options = RenderOptions { name: Some("a\x1b.json".to_owned()), colors: true };
        let expected = "\x1b[1;31merror[wrong-type]\x1b[0m\x1b[1m: wrong\x1b[0m\n \x1b[1;34m-->\x1b[0m a␛.json:1:7 \x1b[2m/a\x1b[0m\n\x1b[1;34m  |\x1b[0m\n\x1b[1;34m1 |\x1b[0m {\"a\": 5}\n\x1b[1;34m  |\x1b[0m       \x1b[1;31m^\x1b[0m\n  \x1b[1;34m=\x1b[0m \x1b[1mhelp\x1b[0m: write it right\n";
        assert_eq!(render_with(&diagnostics, "{\"a\": 5}", &options), expected);
    }

    #[test]
    fn a_line_break_at_the_end_is_not_a_line_more() {
        assert!(!rendered("«{\n»}", &[]).contains("more line"));
        assert!(rendered("«{\n}»", &[]).contains("| … 1 more line\n"));
        assert!(rendered("«1»", &[("1", "1\n2\n3\n4\n5\n6\n7")]).contains("| … 1 more line\n"));
    }

    #[test]
    fn nothing_is_a_command_in_the_log_of_a_ci_system() {
        let shown = rendered("«1» ##[error] ::error::", &[("1", "##[x]\n::y")]);
        assert!(!shown.contains("##[") && !shown.lines().any(|line| line.trim_start().starts_with("::")), "{shown}");
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
