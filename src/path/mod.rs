//! Source paths: `labels.severity`, `@alert.status`.
//!
//! Parsing and display are inverse: a path that parses is displayed as it was written.

use crate::diagnostic::quote_input;
use crate::json::limits;
use core::fmt;
use core::ops::Range;

/// The prefix of a path that begins at the current alert.
pub(crate) const ALERT_PREFIX: &str = "@alert.";

/// A source path, valid.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourcePath {
    /// Written with `@alert.`.
    pub(crate) of_alert: bool,
    /// At least one, none empty.
    pub(crate) segments: Vec<String>,
}

/// Why a text is not a source path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    /// The part of the text that is wrong, in bytes.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl SourcePath {
    /// Parses a path.
    ///
    /// # Errors
    /// The first thing in `text` that no path may hold: nothing at all, an empty segment, an index, a wildcard, `$`.
    ///
    /// ```
    /// use oim_config::SourcePath;
    /// let path = SourcePath::parse("@alert.labels.severity")?;
    /// assert_eq!(path.to_string(), "@alert.labels.severity");
    /// assert!(SourcePath::parse("alerts[0].status").is_err());
    /// # Ok::<(), oim_config::PathError>(())
    /// ```
    pub fn parse(text: &str) -> Result<SourcePath, PathError> {
        if text.is_empty() {
            return error(0..0, "the path is empty", "name a field of the payload, such as `host` or `@alert.status`");
        }
        let of_alert = text.starts_with(ALERT_PREFIX);
        let mut at = if of_alert { ALERT_PREFIX.len() } else { 0 };
        let keys = text.get(at..).unwrap_or_default();
        if keys.is_empty() {
            let help = "name a field of the alert after the prefix, such as `@alert.status`";
            return error(0..text.len(), "the path names no field of the alert", help);
        }
        let mut segments = Vec::new();
        for segment in keys.split('.') {
            check_segment(segment, at)?;
            at += segment.len() + 1;
            segments.push(segment.to_owned());
        }
        if segments.len() > limits::PATH_SEGMENTS {
            let message = format!("the path has {} segments, more than {}", segments.len(), limits::PATH_SEGMENTS);
            return error(0..text.len(), message, "no payload of a monitoring tool nests that deep");
        }
        Ok(SourcePath { of_alert, segments })
    }

    /// The key that a tag without a name is named by.
    pub(crate) fn last(&self) -> &str {
        self.segments.last().map_or("", String::as_str)
    }
}

fn check_segment(segment: &str, at: usize) -> Result<(), PathError> {
    let whole = at..at + segment.len();
    if segment.is_empty() {
        return error(
            whole,
            "the path has an empty segment",
            "remove the extra dot: a path is keys joined by single dots",
        );
    }
    if segment == "*" || segment == "$" {
        let message = format!("`{segment}` is not part of a source path");
        return error(
            whole,
            message,
            "write out the keys that lead to the value; BigPanda documents no wildcards and no root sign",
        );
    }
    if let Some(open) = segment.find('[')
        && let Some(index) = segment.get(open..).filter(|index| is_index(index))
    {
        let message = format!("{} is not part of a source path", quote_input(index));
        let help =
            "a path cannot look inside an array; set `is_array` and `array_source` to make each element an alert";
        return error(at + open..at + segment.len(), message, help);
    }
    Ok(())
}

/// `[0]`, `[*]`, `["key"]`, `[]`; anything else in brackets can be part of a key.
fn is_index(text: &str) -> bool {
    let inside = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inside.is_some_and(|inside| {
        matches!(inside.chars().next(), None | Some('*' | '"' | '\'')) || inside.bytes().all(|b| b.is_ascii_digit())
    })
}

fn error<T>(span: Range<usize>, message: impl Into<String>, help: &str) -> Result<T, PathError> {
    Err(PathError { span, message: message.into(), help: help.to_owned() })
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.of_alert {
            f.write_str(ALERT_PREFIX)?;
        }
        for (i, segment) in self.segments.iter().enumerate() {
            if i > 0 {
                f.write_str(".")?;
            }
            f.write_str(segment)?;
        }
        Ok(())
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for PathError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_wrong_is_underlined() {
        let cases = [
            ("", ""),
            ("@alert.", "@alert."),
            ("a..b", ""),
            (".a", ""),
            ("a.", ""),
            ("alerts[0].x", "[0]"),
            ("a.b[*]", "[*]"),
            ("a.*", "*"),
            ("$.a", "$"),
            ("*", "*"),
        ];
        for (text, underlined) in cases {
            let e = SourcePath::parse(text).err().unwrap_or_else(|| unreachable!("{text}"));
            assert_eq!(text.get(e.span), Some(underlined), "{text}: {}", e.message);
        }
    }

    #[test]
    fn odd_but_real_keys_are_fine() {
        for text in
            ["@host", "#repo", "Activity Log Event Description", "internal-hostname", "@alert", "a[b", "disk[C]", "été"]
        {
            assert!(SourcePath::parse(text).is_ok(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn parse_and_display_are_inverse(text in "(@alert\\.)?[a-zA-Z@#. \\[\\]*$é0-9]{0,24}") {
            if let Ok(path) = SourcePath::parse(&text) {
                prop_assert_eq!(path.to_string(), text);
            }
        }

        #[test]
        fn display_and_parse_are_inverse(of_alert: bool, segments in prop::collection::vec("[a-z@#A-Z0-9_]{1,8}", 1..6)) {
            // A first key `@alert` followed by others reads as the prefix; that is what the prefix means.
            prop_assume!(of_alert || segments.first().is_none_or(|s| s != "@alert"));
            let path = SourcePath { of_alert, segments };
            prop_assert_eq!(SourcePath::parse(&path.to_string()), Ok(path));
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = SourcePath::parse(&text);
        }
    }
}
