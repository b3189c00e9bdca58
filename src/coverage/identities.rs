//! How many different identities alerts have, in bounded memory.

use super::Count;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Most identities that are kept. Up to so many all numbers are exact.
const KEPT: usize = 16_384;

/// The identities of the alerts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identities {
    /// How many different ones there are.
    pub distinct: u64,
    /// How many of them had a problem and never the status `ok`, and payloads in which such an identity was first seen.
    pub never_ok: Count,
    /// `distinct` and `never_ok` are estimates, because there are more than 16,384 identities. The standard error is below
    /// one per cent of `distinct`.
    pub estimated: bool,
    /// Alerts whose identity an earlier alert of the same payload has.
    pub repeated: Count,
    sketch: Sketch,
}

/// The identities with the smallest hashes: which those are does not depend on the order in which they come, so two
/// sketches merge into that of all. (K minimum values: the larger the share of the hashes below the largest kept one, the
/// fewer identities there are.)
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
struct Sketch {
    kept: BTreeMap<u64, IdentityUse>,
    /// Some were left out.
    is_full: bool,
}

/// What is known of an identity.
#[derive(Clone, Copy, Debug, PartialEq)]
struct IdentityUse {
    ok: bool,
    problem: bool,
    /// The first payload.
    first: u64,
}

impl Identities {
    pub(crate) fn add(&mut self, hash: u64, is_ok: bool, payload: u64) {
        self.sketch.add(hash, IdentityUse { ok: is_ok, problem: !is_ok, first: payload });
    }

    pub(crate) fn merge(&mut self, other: &Identities, offset: u64) {
        self.repeated.merge(&other.repeated, offset);
        for (&hash, seen) in &other.sketch.kept {
            self.sketch.add(hash, IdentityUse { first: seen.first.saturating_add(offset), ..*seen });
        }
        self.sketch.is_full |= other.sketch.is_full;
    }

    /// Computes the numbers that follow from what is kept.
    pub(crate) fn finish(&mut self) {
        let Sketch { kept, is_full } = &self.sketch;
        let mut never_ok = Count::default();
        kept.values().filter(|seen| seen.problem && !seen.ok).for_each(|seen| never_ok.add(1, seen.first));
        self.distinct = kept.len() as u64;
        self.estimated = *is_full;
        if let Some((&largest, _)) = kept.last_key_value().filter(|_| *is_full) {
            // 2^64: hashes are spread evenly below it.
            let share = largest as f64 / 18_446_744_073_709_551_616.0;
            let distinct = (kept.len() - 1) as f64 / share;
            never_ok.count = (distinct * never_ok.count as f64 / kept.len() as f64).round() as u64;
            self.distinct = distinct.round() as u64;
        }
        self.never_ok = never_ok;
    }
}

impl Sketch {
    fn add(&mut self, hash: u64, seen: IdentityUse) {
        if let Some(known) = self.kept.get_mut(&hash) {
            known.ok |= seen.ok;
            known.problem |= seen.problem;
            known.first = known.first.min(seen.first);
            return;
        }
        if self.kept.len() >= KEPT {
            self.is_full = true;
            if self.kept.last_key_value().is_none_or(|(&largest, _)| largest < hash) {
                return;
            }
            self.kept.pop_last();
        }
        self.kept.insert(hash, seen);
    }
}

/// As text: `+` if some were left out, then for each identity 16 digits of its hash, one for what was seen of it, and the
/// first payload, all in hexadecimal; with a comma behind it.
impl From<Sketch> for String {
    fn from(sketch: Sketch) -> String {
        let mut text = String::from(if sketch.is_full { "+" } else { "" });
        for (hash, IdentityUse { ok, problem, first }) in sketch.kept {
            // Writing into a String cannot fail.
            let _ = write!(text, "{hash:016x}{}{first:x},", u8::from(ok) + 2 * u8::from(problem));
        }
        text
    }
}

impl TryFrom<String> for Sketch {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Sketch, &'static str> {
        let entries = text.strip_prefix('+');
        let mut sketch = Sketch { is_full: entries.is_some(), ..Sketch::default() };
        for entry in entries.unwrap_or(&text).split_terminator(',').take(KEPT) {
            let number = |part: Option<&str>| part.and_then(|part| u64::from_str_radix(part, 16).ok());
            let (hash, seen, first) = (number(entry.get(..16)), number(entry.get(16..17)), number(entry.get(17..)));
            let (Some(hash), Some(seen @ 0..=3), Some(first)) = (hash, seen, first) else {
                return Err("`identities.sketch` is not as it was written");
            };
            sketch.kept.insert(hash, IdentityUse { ok: seen & 1 != 0, problem: seen & 2 != 0, first });
        }
        Ok(sketch)
    }
}
