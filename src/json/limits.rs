//! Limits of input and output, each with its unit.

/// Largest payload, in bytes of UTF-8. BigPanda says 6 MB; whether that is a million or a MiB is not said.
pub(crate) const PAYLOAD_BYTES: usize = 6 * 1024 * 1024;

/// From this size on, in bytes, a payload may be refused if BigPanda counts in millions.
pub(crate) const PAYLOAD_WARN_BYTES: usize = 6_000_000;

/// Deepest nesting of arrays and objects that is read. Not documented by BigPanda.
pub(crate) const NESTING: u32 = 128;

/// Most elements in the array of alerts. Not documented by BigPanda; 6 MB of `{}` would be two million alerts.
pub(crate) const ELEMENTS: u32 = 100_000;

/// Most entries in a list of rejections, or of diagnostics of one code; the rest is counted.
pub(crate) const LISTED: usize = 1_000;

/// Most segments in a source path: more than any payload nests, and few enough to rank how a path was spelled in one word.
pub(crate) const PATH_SEGMENTS: usize = 64;

/// Largest answer, in bytes. Ten thousand rules with defaults over a hundred thousand elements would exhaust any memory.
pub(crate) const ANSWER_BYTES: usize = 256 * 1024 * 1024;

/// Most looks into alerts that one payload may cost: one for each source of each rule and each alert, and more where lists
/// and objects are read again and again. A thousand sources for each of a hundred thousand alerts, and about a second.
/// Not documented by BigPanda.
pub(crate) const WORK_BUDGET: usize = 100_000_000;

/// Largest request body, in bytes of UTF-8: a sample of the largest size, written with escapes, and room for rules.
/// Not documented by BigPanda.
pub(crate) const BODY_BYTES: usize = 16 * 1024 * 1024;

/// Largest text that offsets of 32 bits can address.
pub(crate) const TEXT_BYTES: usize = u32::MAX as usize - 64;
