//! Rejections: elements that give no alert.

use crate::diagnostic::{Code, known_code};
use crate::json::limits;
use serde::{Deserialize, Serialize};

/// Most bytes of messages and pointers in a list of rejections; the rest is counted.
const BYTES: usize = 4 << 20;

/// An element of a payload that gives no alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// Index in the array, or `None` when it is the payload as a whole.
    pub index: Option<u32>,
    /// Where the element begins, in bytes.
    #[serde(skip)]
    pub(crate) at: usize,
    /// Stable and kebab-case; explained by [`codes`](crate::codes).
    #[serde(deserialize_with = "known_code")]
    pub code: Code,
    /// One sentence.
    pub message: String,
    /// RFC 6901 pointer into the payload.
    pub pointer: String,
}

/// The rejections of a payload: as many as are listed, and how many more there are.
#[derive(Default)]
pub(super) struct Rejected {
    listed: Vec<Rejection>,
    more: usize,
    bytes: usize,
}

impl Rejected {
    /// Adds a rejection. `texts` makes its message and its pointer, if it is listed: both can be long.
    pub(super) fn push(
        &mut self,
        index: Option<u32>,
        at: usize,
        code: &'static str,
        texts: impl FnOnce() -> (String, String),
    ) {
        if self.bytes > BYTES || self.listed.len() >= limits::LISTED {
            self.more += 1;
            return;
        }
        let (message, pointer) = texts();
        self.bytes += message.len() + pointer.len();
        if self.bytes > BYTES {
            self.more += 1;
            return;
        }
        self.listed.push(Rejection { index, at, code, message, pointer });
    }

    /// How many there are, listed or not.
    pub(super) fn count(&self) -> usize {
        self.listed.len() + self.more
    }

    pub(super) fn clear(&mut self) {
        self.listed.clear();
        (self.more, self.bytes) = (0, 0);
    }

    /// The list, and how many are not in it.
    pub(super) fn into_parts(self) -> (Vec<Rejection>, usize) {
        (self.listed, self.more)
    }

    /// The list, whose last entry says how many are not in it.
    pub(super) fn into_list(mut self) -> Vec<Rejection> {
        if let Some(last) = self.listed.last_mut().filter(|_| self.more > 0) {
            last.message.push_str(&format!("; {} more rejections are not listed", self.more));
        }
        self.listed
    }
}
