//! The problems of a document while they are found.

use super::Problem;
use crate::json::limits;

/// A list of problems. Of each code at most [`limits::LISTED`] are kept, the rest is counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Problems {
    pub(super) kept: Vec<Problem>,
    /// For each code, how many there are.
    pub(super) counts: Vec<(&'static str, usize)>,
}

impl Problems {
    /// Adds a problem.
    pub(crate) fn push(&mut self, problem: Problem) {
        if self.count(problem.code, 1) {
            self.kept.push(problem);
        }
    }

    /// Counts `more` problems of a code. False if that exceeds the number that is kept.
    pub(crate) fn count(&mut self, code: &'static str, more: usize) -> bool {
        let count = match self.counts.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => {
                *count += more;
                *count
            }
            None => {
                self.counts.push((code, more));
                more
            }
        };
        count <= limits::LISTED
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Those that are kept, in the order in which they were found.
    pub(crate) fn kept(&self) -> &[Problem] {
        &self.kept
    }

    /// Adds the problems of another list, each changed by `adapt`.
    pub(crate) fn extend(&mut self, other: Problems, adapt: impl FnMut(Problem) -> Problem) {
        for (code, count) in other.counts {
            self.count(code, count);
        }
        self.kept.extend(other.kept.into_iter().map(adapt));
    }

    /// Whether no more problems of this code are kept. If so, one more is counted, and the caller need not make it.
    pub(crate) fn at_limit(&mut self, code: &'static str) -> bool {
        let full = self.counts.iter().any(|(known, count)| *known == code && *count >= limits::LISTED);
        if full {
            self.count(code, 1);
        }
        full
    }

    /// Whether there is one of this code.
    pub(crate) fn has(&self, code: &str) -> bool {
        self.counts.iter().any(|(known, _)| *known == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_at_the_limit_are_counted_but_not_kept() {
        let problem = || Problem::body("wrong-type", "", None, "x");
        let mut problems = Problems::default();
        for _ in 0..limits::LISTED {
            assert!(!problems.at_limit("wrong-type"));
            problems.push(problem());
        }
        assert!(problems.at_limit("wrong-type") && !problems.at_limit("json-syntax"));
        problems.push(problem());
        let mut all = Problems::default();
        all.push(problem());
        all.extend(problems, |problem| problem.help("y"));
        assert_eq!(all.counts, [("wrong-type", limits::LISTED + 3)]);
        assert_eq!(all.kept().iter().filter(|problem| problem.help.is_some()).count(), limits::LISTED);
    }
}
