//! Values that stand for a missing value: placeholders that were not filled in, and words such as `N/A`.

use super::SourceRef;
use crate::diagnostic::{Problem, quote_input};

/// Longest value that is checked, in bytes.
const LONGEST: usize = 256;

/// Words that tools write where they have no value, in lower case.
const NO_VALUE: [&str; 9] =
    ["n/a", "null", "(null)", "none", "nil", "<nil>", "undefined", "<no value>", "[object object]"];

/// Why a value is not a real one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Placeholder {
    /// A variable or macro in the place of its value.
    Unfilled,
    /// A word for no value.
    NoValue,
}

impl Placeholder {
    pub(super) fn of(text: &str) -> Option<Placeholder> {
        if text.len() > LONGEST {
            return None;
        }
        let lower = text.trim().to_ascii_lowercase();
        if NO_VALUE.contains(&&*lower) {
            return Some(Placeholder::NoValue);
        }
        (is_variable(text) || has_braces(text)).then_some(Placeholder::Unfilled)
    }

    /// The problem of a source with such a value.
    pub(super) fn problem(self, source_ref: &SourceRef<'_>, value: &str) -> Problem {
        let value = quote_input(value);
        let (message, help) = match self {
            Placeholder::Unfilled => (
                format!("{value} in the sample is a placeholder that was not filled in"),
                "correct the template of the tool that sends it, or use a sample that the tool has sent",
            ),
            Placeholder::NoValue => (
                format!("{value} in the sample says that there is no value, but is used as one"),
                "every alert without a value would have this one: leave the field out where it has no value, or use another source",
            ),
        };
        source_ref.problem("placeholder-value", message).help(help)
    }
}

/// `$NAME`, `$NAME$`.
fn is_variable(text: &str) -> bool {
    let Some(name) = text.strip_prefix('$') else {
        return false;
    };
    let name = name.strip_suffix('$').unwrap_or(name);
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    begins && name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))
}

/// `{{name}}`, `${name}`, `%{name}`, `{NAME}` anywhere in a text.
fn has_braces(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        if let Some(inside) = after.strip_prefix('{') {
            if inside.split_once("}}").is_some_and(|(inside, _)| is_template(inside)) {
                return true;
            }
        } else if let Some((inside, _)) = after.split_once('}') {
            let marked = before.ends_with(['$', '%']) && is_template(inside);
            if marked || is_macro(inside) {
                return true;
            }
        }
        rest = after;
    }
    false
}

/// What can be between the braces of a template.
fn is_template(inside: &str) -> bool {
    let inside = inside.trim();
    !inside.contains('"') && inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '.' | '$' | '#'))
}

/// A macro as Zabbix and others write it: `HOST.NAME`, `HOST.NAME1`, `#FSNAME`, `$THRESHOLD`.
fn is_macro(inside: &str) -> bool {
    let name = inside.trim_start_matches(['#', '$']);
    let name = name.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or(name);
    name.len() > 1 && name.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_recognised() {
        let unfilled = [
            "{HOST.NAME}",
            "{HOST.NAME1}",
            "Disk {#FSNAME} is full",
            "{$LIMIT}",
            "$NAME",
            "$HOSTNAME$",
            "{{host.name}}",
            "{{ $labels.instance }}",
            "${host}",
            "web-%{host}",
        ];
        for text in unfilled {
            assert!(Placeholder::of(text) == Some(Placeholder::Unfilled), "{text}");
        }
        for text in ["N/A", "n/a", "null", "None", "<no value>", " none "] {
            assert!(Placeholder::of(text) == Some(Placeholder::NoValue), "{text}");
        }
        let values = [
            "web-1",
            "none-such",
            "nullable",
            "C$",
            "$5",
            "$",
            "US$ rate",
            "MSSQL$INSTANCE",
            "{6F9619FF-8B86-D011-B42D-00CF4FC964FF}",
            "{}",
            "{{}}",
            "{a}",
            r#"{"HOST": 1}"#,
            "a{1}",
            "na",
        ];
        for text in values {
            assert!(Placeholder::of(text).is_none(), "{text}");
        }
    }
}
