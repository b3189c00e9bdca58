//! Telling a problem of the body in few words of code.
//!
//! Problems are found in a hundred places. What each of them writes out is compiled a hundred times, so here a place
//! only names its texts, and one function puts them together.

use super::edit::Edit;
use super::{Document, Fix, Problem, Problems, Severity, registry, shown};
use crate::json::escape::quoted;
use core::ops::Range;

/// A problem of the body. In its texts `{0}` is the first of `args` as user input, in back-ticks, and `{=0}` the same as
/// it is.
pub(crate) struct Told<'a> {
    pub(crate) code: &'static str,
    pub(crate) pointer: &'a str,
    pub(crate) span: &'a Range<usize>,
    pub(crate) message: &'static str,
    pub(crate) help: &'static str,
    pub(crate) args: &'a [&'a str],
}

impl Problems {
    /// Adds a problem of the body.
    pub(crate) fn tell(&mut self, told: &Told<'_>, fix: Option<Fix>) {
        self.tell_as(registry::severity(told.code), told, fix);
    }

    /// As [`Problems::tell`], with another severity than the code's usual one.
    pub(crate) fn tell_as(&mut self, severity: Severity, told: &Told<'_>, fix: Option<Fix>) {
        self.push_with(told.code, || Problem {
            code: told.code,
            severity,
            message: words(told.message, told.args).into(),
            help: Some(words(told.help, told.args).into()),
            document: Document::Body,
            pointer: told.pointer.to_owned().into(),
            span: Some(told.span.clone()),
            suggestion: fix,
        });
    }
}

impl Fix {
    /// One edit. The title is a text as those of [`Told`].
    pub(crate) fn one(title: &'static str, args: &[&str], edit: Edit) -> Fix {
        Fix { title: words(title, args).into(), edits: vec![edit] }
    }

    /// Puts a text, written as JSON, in the place of another.
    pub(crate) fn change_to(at: &Range<usize>, text: &str) -> Fix {
        let json = String::from_utf8(quoted(text)).unwrap_or_default();
        Fix::one("change to {0}", &[text], (at.clone(), json.into()))
    }
}

/// A text with its arguments, as [`Told`] has them.
pub(crate) fn words(template: &str, args: &[&str]) -> String {
    let mut text = String::new();
    let mut pieces = template.split('{');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (plain, numbered) = piece.strip_prefix('=').map_or((false, piece), |rest| (true, rest));
        let digit = numbered.bytes().next().map_or(usize::MAX, |b| usize::from(b.wrapping_sub(b'0')));
        match (args.get(digit), numbered.get(2..)) {
            (Some(arg), Some(rest)) if plain => {
                text.push_str(arg);
                text.push_str(rest);
            }
            (Some(arg), Some(rest)) => {
                text.push_str(&shown(arg));
                text.push_str(rest);
            }
            // A brace that is meant as one.
            _ => {
                text.push('{');
                text.push_str(piece);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_come_into_texts() {
        let cases = [
            ("no argument", "no argument"),
            ("{0} and {=1}", "`a` and b"),
            ("{1}{0}", "`b``a`"),
            ("`{\"config\": {…}}`, {0}", "`{\"config\": {…}}`, `a`"),
            ("{5}", "{5}"),
            ("{", "{"),
        ];
        for (template, expected) in cases {
            assert_eq!(words(template, &["a", "b"]), expected);
        }
    }
}
