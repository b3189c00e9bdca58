//! Edits of JSON text that keep it valid and keep its layout.

use core::ops::Range;
use std::borrow::Cow;

/// A range in bytes and its replacement.
pub(crate) type ByteEdit = (Range<usize>, Cow<'static, str>);

/// Inserts `member` (`"key": value`) as the first of the object that opens at `opening`.
pub(crate) fn insert_member(text: &[u8], opening: usize, member: &str) -> ByteEdit {
    let at = opening + 1;
    let whitespace = whitespace_after(text, at);
    let empty = text.get(whitespace.end) == Some(&b'}');
    let layout = if empty { "" } else { as_text(text, whitespace) };
    (at..at, format!("{layout}{member}{}", if empty { "" } else { "," }).into())
}

/// Puts `item` after the array's item at `item_before`.
pub(crate) fn insert_after(text: &[u8], item_before: &Range<usize>, item: &str) -> ByteEdit {
    let whitespace = whitespace_before(text, item_before.start);
    let after_comma = text.get(..whitespace.start).is_some_and(|before| before.ends_with(b","));
    // The first item of a list on one line has no layout to follow.
    let layout = if whitespace.is_empty() && !after_comma { " " } else { as_text(text, whitespace) };
    (item_before.end..item_before.end, format!(",{layout}{item}").into())
}

/// Removes a member or an item with one comma. `span` is all of it, from its key on.
pub(crate) fn remove(text: &[u8], span: &Range<usize>) -> ByteEdit {
    let after = whitespace_after(text, span.end);
    if text.get(after.end) == Some(&b',') {
        return (span.start..whitespace_after(text, after.end + 1).end, "".into());
    }
    let before = whitespace_before(text, span.start);
    let start = if text.get(..before.start).is_some_and(|t| t.ends_with(b",")) { before.start - 1 } else { span.start };
    (start..span.end, "".into())
}

fn is_whitespace(b: &u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r')
}

fn whitespace_after(text: &[u8], at: usize) -> Range<usize> {
    let rest = text.get(at..).unwrap_or_default();
    at..at + rest.iter().take_while(|b| is_whitespace(b)).count()
}

fn whitespace_before(text: &[u8], at: usize) -> Range<usize> {
    let rest = text.get(..at).unwrap_or_default();
    at - rest.iter().rev().take_while(|b| is_whitespace(b)).count()..at
}

/// White space as text.
#[expect(clippy::expect_used, reason = "white space is ASCII")]
fn as_text(text: &[u8], range: Range<usize>) -> &str {
    core::str::from_utf8(text.get(range).unwrap_or_default()).expect("white space is UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(text: &str, (range, new): ByteEdit) -> String {
        let mut text = text.to_owned();
        text.replace_range(range, &new);
        text
    }

    #[test]
    fn members_are_inserted_first_and_keep_the_layout() {
        let cases = [
            ("{}", r#"{"n": 1}"#),
            ("{ }", r#"{"n": 1 }"#),
            (r#"{"a":2}"#, r#"{"n": 1,"a":2}"#),
            ("{\n  \"a\": 2\n}", "{\n  \"n\": 1,\n  \"a\": 2\n}"),
        ];
        for (text, expected) in cases {
            assert_eq!(applied(text, insert_member(text.as_bytes(), 0, r#""n": 1"#)), expected);
        }
    }

    #[test]
    fn items_are_inserted_after_one_and_keep_the_layout() {
        let cases = [
            (r#"["a"]"#, r#"["a", "b"]"#),
            (r#"["x","a","c"]"#, r#"["x","a","b","c"]"#),
            ("[\n  \"a\",\n  \"c\"\n]", "[\n  \"a\",\n  \"b\",\n  \"c\"\n]"),
        ];
        for (text, expected) in cases {
            let at = text.find("\"a\"").unwrap_or_default();
            assert_eq!(applied(text, insert_after(text.as_bytes(), &(at..at + 3), "\"b\"")), expected);
        }
    }

    #[test]
    fn removing_removes_one_comma() {
        let cases = [
            (r#"["a"]"#, "[]"),
            (r#"["a", "c"]"#, r#"["c"]"#),
            (r#"["c", "a"]"#, r#"["c"]"#),
            (r#"["c" , "a" , "d"]"#, r#"["c" , "d"]"#),
            ("[\n  \"a\",\n  \"c\"\n]", "[\n  \"c\"\n]"),
            ("[\n  \"c\",\n  \"a\"\n]", "[\n  \"c\"\n]"),
        ];
        for (text, expected) in cases {
            let at = text.find("\"a\"").unwrap_or_default();
            assert_eq!(applied(text, remove(text.as_bytes(), &(at..at + 3))), expected);
        }
    }
}
