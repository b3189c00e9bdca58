//! Applying suggestions together.

use super::{Origin, ValidateOptions, check};
use crate::diagnostic::{Diagnostic, Problem, Problems, Severity, Suggestion, apply_fixes, into_diagnostics};
use crate::json::tree::Tree;
use crate::validate::ADD_FIELD;
use serde::Serialize;

/// Most rounds. Each applies all suggestions that do not touch each other, of up to a thousand problems of each code.
const ROUNDS: usize = 1_000;

/// The code of a choice of the user, which is undone only when the code is asked for.
const CHOICE: &str = "identifier-override";

/// A body with its suggestions applied.
#[derive(Debug, Serialize)]
pub struct Fixed {
    /// The text; as it was given where nothing was applied.
    pub text: String,
    /// The problems that were fixed, in the order in which they were. Those that showed only after others were fixed
    /// have no range and no edits, as these would be places in a text in between.
    pub applied: Vec<Diagnostic>,
    /// What is wrong with `text`, as [`validate`](crate::validate()) reports it.
    pub remaining: Vec<Diagnostic>,
}

/// Applies the suggestions for a body that can be applied together, and goes on with the text that this makes, until
/// there are none. With `codes` only suggestions for these codes; else those of errors and warnings, except for
/// `identifier-override`, which is a choice, and those that add a field to the sample, whose value is made up. A body that is
/// JSON stays JSON.
///
/// ```
/// use oim_config::{ValidateOptions, fix};
///
/// let body = r#"{"config": {"status": {"source": "state", "status_map": {}}}, "sample_payload": ""}"#;
/// let fixed = fix(body, Some(&["wrong-type"]), ValidateOptions::default());
/// assert!(fixed.text.contains(r#""source": ["state"]"#));
/// assert_eq!(fixed.applied[0].code, "wrong-type");
/// assert!(fixed.remaining.iter().any(|d| d.code == "missing-attribute"));
/// ```
pub fn fix(body: impl AsRef<[u8]>, codes: Option<&[&str]>, options: ValidateOptions) -> Fixed {
    fix_from(body.as_ref(), Origin::Text, codes, options)
}

/// As [`fix`], of a document of either origin.
#[doc(hidden)]
pub fn fix_from(body: &[u8], origin: Origin, codes: Option<&[&str]>, options: ValidateOptions) -> Fixed {
    let mut text = String::from_utf8_lossy(body).into_owned();
    let mut applied = Vec::new();
    let makes_up = |problem: &Problem| problem.suggestion.as_ref().is_some_and(|fix| fix.title == ADD_FIELD);
    let is_wanted = |problem: &Problem| match codes {
        Some(codes) => codes.contains(&problem.code),
        None => problem.severity != Severity::Info && problem.code != CHOICE && !makes_up(problem),
    };
    let mut round = 0;
    loop {
        let mut problems = Problems::default();
        check(text.as_bytes(), options, &mut problems);
        let next = if round < ROUNDS { apply_fixes(&text, &problems, &is_wanted) } else { None };
        // A text that is no JSON would be worse than any problem.
        let is_json = |next: &str| Tree::parse(next.as_bytes(), "sample_payload").is_ok();
        let Some((next, fixed)) = next.filter(|(next, _)| is_json(next)) else {
            return Fixed { remaining: into_diagnostics(problems, origin.ranges(text.as_bytes())), text, applied };
        };
        let ranges = origin.ranges(text.as_bytes()).filter(|_| round == 0);
        applied.extend(fixed.into_iter().filter_map(|problem| shown(problem, ranges)));
        text = next;
        round += 1;
    }
}

/// A problem as users see it; without ranges its suggestion has a title only.
fn shown(problem: Problem, ranges: Option<&[u8]>) -> Option<Diagnostic> {
    let title = problem.suggestion.as_ref().map(|fix| fix.title.clone())?;
    let mut one = Problems::default();
    one.push(problem);
    let mut shown = into_diagnostics(one, ranges).into_iter().next()?;
    shown.suggestion.get_or_insert(Suggestion { title, edits: Vec::new() });
    Some(shown)
}
