//! Decisions read from random numbers.

/// Without numbers left it always decides for the first, which should be the simplest: so what fails shrinks to
/// something small.
pub struct Choices<'n>(&'n [u16]);

impl<'n> Choices<'n> {
    pub fn new(numbers: &'n [u16]) -> Choices<'n> {
        Choices(numbers)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(first) % n
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    pub fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}
