//! A problem as the engine finds it, with places in bytes.

use super::edit::ByteEdit;
use super::{Document, Severity, quote_input, registry};
use crate::json::escape::json_string;
use core::ops::Range;
use std::borrow::Cow;

/// What is wrong, where, and how to fix it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) message: Cow<'static, str>,
    pub(crate) help: Option<Cow<'static, str>>,
    pub(crate) document: Document,
    pub(crate) pointer: Cow<'static, str>,
    pub(crate) span: Option<Range<usize>>,
    pub(crate) suggestion: Option<Fix>,
}

impl Problem {
    /// A problem with the usual severity of its code.
    pub(crate) fn new(
        code: &'static str,
        document: Document,
        pointer: impl Into<Cow<'static, str>>,
        span: impl Into<Option<Range<usize>>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Problem {
        Problem {
            code,
            severity: registry::severity(code),
            message: message.into(),
            help: None,
            document,
            pointer: pointer.into(),
            span: span.into(),
            suggestion: None,
        }
    }

    /// As [`Problem::new`], in the body.
    pub(crate) fn body(
        code: &'static str,
        pointer: impl Into<Cow<'static, str>>,
        span: impl Into<Option<Range<usize>>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Problem {
        Problem::new(code, Document::Body, pointer, span, message)
    }

    /// Adds why it matters or what to do.
    pub(crate) fn help(self, help: impl Into<Cow<'static, str>>) -> Problem {
        Problem { help: Some(help.into()), ..self }
    }

    /// Sets another severity than the usual one of the code.
    pub(crate) fn severity(self, severity: Severity) -> Problem {
        Problem { severity, ..self }
    }

    /// Sets the fix, if there is one.
    pub(crate) fn fix(self, fix: impl Into<Option<Fix>>) -> Problem {
        Problem { suggestion: fix.into(), ..self }
    }
}

/// Edits that fix a problem, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fix {
    pub(crate) title: Cow<'static, str>,
    pub(crate) edits: Vec<ByteEdit>,
}

impl Fix {
    /// A fix of one edit.
    pub(crate) fn new(title: impl Into<Cow<'static, str>>, edit: ByteEdit) -> Fix {
        Fix { title: title.into(), edits: vec![edit] }
    }

    /// Replaces the value at `span` by `text`, written as a JSON string.
    pub(crate) fn change_to(span: &Range<usize>, text: &str) -> Fix {
        Fix::new(format!("change to {}", quote_input(text)), (span.clone(), json_string(text).into()))
    }
}
