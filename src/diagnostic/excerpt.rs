//! A line of source for people to look at: cut to a width, made harmless, with a part of it marked.

use core::ops::Range;

/// Most columns of a line that are shown.
const COLUMNS: usize = 100;

/// Columns kept before the mark where a line is too long.
const LEAD: usize = 30;

/// What stands where a line was cut.
const CUT: char = '…';

/// Columns of a tab.
const TAB: usize = 4;

/// Bytes that are looked at on either side of a mark. No more could be shown.
const REACH: usize = 1_024;

/// A line as shown, and what stands below it.
#[derive(Debug, PartialEq)]
pub(super) struct Excerpt {
    pub(super) line: String,
    /// Spaces and marks; empty where nothing is marked.
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

/// User text for one line of output: nothing in it moves the cursor, turns the direction of writing or hides.
pub(super) fn harmless(text: &str) -> String {
    text.chars().map(tame).collect()
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
    let mut wide = Width::default();
    let at = text.char_indices().find(|&(_, c)| {
        let enough = gone >= columns;
        gone += wide.of(c);
        enough
    });
    at.map_or("", |(at, _)| text.get(at..).unwrap_or_default())
}

/// Writes as much as there is room for; false when something is left.
fn write(line: &mut String, text: &str, room: &mut usize) -> bool {
    let mut wide = Width::default();
    for c in text.chars() {
        let width = wide.of(c);
        let Some(left) = room.checked_sub(width) else {
            return false;
        };
        *room = left;
        match c {
            '\t' => line.push_str(&" ".repeat(TAB)),
            _ => line.push(tame(c)),
        }
    }
    true
}

fn columns(text: &str) -> usize {
    let mut wide = Width::default();
    text.chars().map(|c| wide.of(c)).sum()
}

/// A character that does no more than be seen.
fn tame(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\x7f' => '␡',
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}

/// Columns of characters, as terminals and fixed-width fonts have it as a rule.
#[derive(Default)]
struct Width {
    /// The last one was a joiner, so the next is drawn into what is there.
    joined: bool,
}

impl Width {
    fn of(&mut self, c: char) -> usize {
        let joined = core::mem::replace(&mut self.joined, c == '\u{200d}');
        match c {
            '\t' => TAB,
            _ if joined => 0,
            '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' => 0,
            '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' => 0,
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => 0,
            '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}' => 0,
            '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 2,
            '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' => 2,
            '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1f64f}' | '\u{1f680}'..='\u{1f6ff}' => 2,
            '\u{1f900}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}' => 2,
            _ => 1,
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
        assert_eq!(harmless("a\nb\r\x1b[2J\u{9b}\u{202e}é"), "a␊b␍␛[2J\u{fffd}\u{fffd}é");
    }
}
