//! One line of source text, shortened to a width, with unsafe characters replaced and a part of it marked.

use core::ops::Range;
use unicode_width::UnicodeWidthChar;

/// Maximum number of columns of a line.
const COLUMNS: usize = 100;

/// Columns kept before the mark where a line is too long.
const LEAD: usize = 30;

/// Replaces what was cut off.
const CUT: char = '…';

/// Columns of a tab.
const TAB: usize = 4;

/// Bytes read on either side of a mark. More would not fit.
const REACH: usize = 1_024;

/// A line and the marks below it.
#[derive(Debug, PartialEq)]
pub(super) struct Excerpt {
    pub(super) line: String,
    /// Spaces and marks; empty if nothing is marked.
    pub(super) marks: String,
}

/// The line in which the first of `marked` begins, with `with` below what is marked of it. The ranges are in order. An
/// empty one that stands alone is marked at its place.
pub(super) fn excerpt(text: &str, marked: &[Range<usize>], with: char) -> Excerpt {
    let first = marked.first().map_or(0, |range| range.start);
    let around = line_around(text, first);
    let inside = |at: usize| text.as_bytes().get(at).is_some_and(|&b| b != b'\n' && b != b'\r');
    let cut = (around.start > 0 && inside(around.start - 1), inside(around.end));
    let mut parts = Vec::with_capacity(2 * marked.len() + 1);
    let mut at = around.start;
    for range in marked {
        let (start, end) = (range.start.clamp(at, around.end), range.end.clamp(at, around.end));
        parts.push((text.get(at..start).unwrap_or_default(), false));
        parts.push((text.get(start..end).unwrap_or_default(), true));
        at = end;
    }
    parts.push((text.get(at..around.end).unwrap_or_default(), false));
    fit(&parts, cut, with)
}

/// A line without a mark, from its beginning.
pub(super) fn plain(line: &str) -> Excerpt {
    let end = floor(line, REACH);
    fit(&[(line.get(..end).unwrap_or_default(), false)], (false, end < line.len()), ' ')
}

/// The line around a byte, without its end. Of a long line only what is near.
pub(super) fn line_around(text: &str, at: usize) -> Range<usize> {
    let (from, to) = (ceiling(text, at.saturating_sub(REACH)), floor(text, at.saturating_add(REACH)));
    let before = text.get(from..at).unwrap_or_default();
    let after = text.get(at..to).unwrap_or_default();
    let start = before.rfind('\n').map_or(from, |i| from + i + 1);
    let end = after.find('\n').map_or(to, |i| at + i);
    let cr = text.get(at..end).is_some_and(|line| line.ends_with('\r'));
    start..end - usize::from(cr)
}

/// User text for one line of output: control characters and characters that change the writing direction are replaced.
pub(super) fn make_visible(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// The parts of a line, marked and not, cut to the columns there are. `cut` says what was left out already.
fn fit(parts: &[(&str, bool)], mut cut: (bool, bool), with: char) -> Excerpt {
    let mut widths = parts.iter().map(|(part, _)| columns(part));
    // What stands before the first mark gives way first.
    let lead = if parts.len() > 1 { widths.next().unwrap_or(0) } else { 0 };
    let behind: usize = widths.sum();
    let mut skipped = lead.saturating_sub(LEAD.max(COLUMNS.saturating_sub(behind)));
    let (mut line, mut marks) = (String::new(), String::new());
    let mut room = COLUMNS;
    for (number, &(part, marked)) in parts.iter().enumerate() {
        let rest = skip(part, core::mem::take(&mut skipped));
        if number == 0 && (cut.0 || rest.len() < part.len()) {
            line.push(CUT);
            marks.push(' ');
        }
        let before = room;
        let whole = write(&mut line, rest, &mut room);
        cut.1 |= !whole;
        let width = before - room;
        let mark = if marked { with } else { ' ' };
        // A mark of no width is seen only where nothing follows that it could push aside.
        let wide = if marked && parts.len() == 3 { width.max(1) } else { width };
        marks.extend(core::iter::repeat_n(mark, wide));
        if !whole {
            break;
        }
    }
    if cut.1 {
        line.push(CUT);
    }
    marks.truncate(marks.trim_end().len());
    Excerpt { line, marks }
}

/// What is left after so many columns.
fn skip(text: &str, columns: usize) -> &str {
    let mut gone = 0;
    let mut wide = ColumnCounter::default();
    let at = text.char_indices().find(|&(_, c)| {
        let enough = gone >= columns;
        gone += wide.of(c);
        enough
    });
    at.map_or("", |(at, _)| text.get(at..).unwrap_or_default())
}

/// Writes as much as there is room for; false when something is left.
fn write(line: &mut String, text: &str, room: &mut usize) -> bool {
    let mut wide = ColumnCounter::default();
    for c in text.chars() {
        let width = wide.of(c);
        let Some(left) = room.checked_sub(width) else {
            return false;
        };
        *room = left;
        match c {
            '\t' => line.push_str(&" ".repeat(TAB)),
            _ => line.push(visible(c)),
        }
    }
    true
}

fn columns(text: &str) -> usize {
    let mut wide = ColumnCounter::default();
    text.chars().map(|c| wide.of(c)).sum()
}

/// The character, or a visible replacement for one that could move the cursor or change the writing direction.
fn visible(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\x7f' => '␡',
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}

/// Counts the columns that characters take in a terminal. Parts of an emoji that is written as several characters have no width of their own.
#[derive(Default)]
struct ColumnCounter {
    /// The previous character was a joiner.
    joined: bool,
}

impl ColumnCounter {
    fn of(&mut self, c: char) -> usize {
        let joined = core::mem::replace(&mut self.joined, c == '\u{200d}');
        match c {
            '\t' => TAB,
            // Skin tones.
            '\u{1f3fb}'..='\u{1f3ff}' => 0,
            _ if joined => 0,
            _ => visible(c).width().unwrap_or(1),
        }
    }
}

/// The nearest border of a character at or before a byte.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// The nearest border of a character at or behind a byte.
fn ceiling(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` with the marked part in `«` `»`.
    fn shown(text: &str) -> (String, String) {
        let (start, end) = (text.find('«').unwrap_or_default(), text.find('»').unwrap_or_default());
        let text = text.replace(['«', '»'], "");
        let Excerpt { line, marks } = excerpt(&text, core::slice::from_ref(&(start..end - '«'.len_utf8())), '^');
        (line, marks)
    }

    #[test]
    fn marks_stand_below_what_they_mark() {
        let cases = [
            ("«{»}", "{}", "^"),
            ("{\"a\": «\"b\"»}", "{\"a\": \"b\"}", "      ^^^"),
            ("x\n  «1»,\ny", "  1,", "  ^"),
            ("x\r\n  «1»\r\ny", "  1", "  ^"),
            ("\t«1»", "    1", "    ^"),
            ("\"é\": «\"é\"»", "\"é\": \"é\"", "     ^^^"),
            ("\"e\u{301}\": «\"e\u{301}\"»", "\"e\u{301}\": \"e\u{301}\"", "     ^^^"),
            ("\"😀\": «\"😀\"»", "\"😀\": \"😀\"", "      ^^^^"),
            ("\"👩‍👩‍👧\": «1»", "\"👩‍👩‍👧\": 1", "      ^"),
            ("\"日本\": «1»", "\"日本\": 1", "        ^"),
            ("{\"a\":1«»", "{\"a\":1", "      ^"),
            ("a «b\n c» d", "a b", "  ^"),
            ("a «\n» d", "a ", "  ^"),
            ("a \u{1b}[31m \u{202e}«b»", "a ␛[31m \u{fffd}b", "         ^"),
        ];
        for (text, line, marks) in cases {
            assert_eq!(shown(text), (line.to_owned(), marks.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn several_marks_stand_in_one_line() {
        let Excerpt { line, marks } = excerpt("x\n[\"é\", 1, 2]\ny", &[2..3, 9..10, 10..12, 12..12, 20..90], '+');
        assert_eq!((&*line, &*marks), ("[\"é\", 1, 2]", "+     +++"));
    }

    fn digits(from: usize, count: usize) -> String {
        "0123456789".chars().cycle().skip(from).take(count).collect()
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let long = digits(0, 300);
        let cases = [
            (format!("«ab»{long}"), format!("ab{}…", digits(0, 98)), "^^".to_owned()),
            (format!("{long}«ab»"), format!("…{}ab", digits(202, 98)), " ".repeat(99) + "^^"),
            (format!("{long}«ab»{long}"), format!("…{}ab{}…", digits(270, 30), digits(0, 68)), " ".repeat(31) + "^^"),
            (
                format!("{long}«{long}»{long}"),
                format!("…{}{}…", digits(270, 30), digits(0, 70)),
                " ".repeat(31) + &"^".repeat(70),
            ),
            (format!("{}«»", "é".repeat(5_000)), format!("…{}", "é".repeat(100)), " ".repeat(101) + "^"),
        ];
        for (text, line, marks) in cases {
            assert_eq!(shown(&text), (line, marks));
        }
        assert_eq!(plain(&long).line, format!("{}…", digits(0, 100)));
    }

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(make_visible("a\nb\r\x1b[2J\u{9b}\u{202e}é"), "a␊b␍␛[2J\u{fffd}\u{fffd}é");
    }
}
