//! The words that the status map does not list.

use super::Count;
use serde::{Deserialize, Serialize};

/// Most words that are kept.
const WORDS: usize = 1_000;

/// Values of the status sources of alerts that got the default status.
///
/// Of more words than are kept the shortest stay, since words for a status are short. Which words those are does not
/// depend on the order, so the counts of kept words are exact, also after merging.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultWords {
    /// At most 1,000, the shortest first; of the same length in the order of their bytes.
    pub words: Vec<DefaultWord>,
    /// How often there were other words.
    pub more: u64,
}

/// A value that the status map does not list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultWord {
    /// The value as text, cut at 100 characters; of a list, an item.
    pub word: String,
    /// In how many alerts with the default status, and in which payloads.
    #[serde(flatten)]
    pub count: Count,
}

impl DefaultWords {
    pub(crate) fn add(&mut self, word: &str, payload: u64) {
        if let Some(count) = self.count_of(word, 1) {
            count.add(1, payload);
        }
    }

    pub(crate) fn merge(&mut self, other: &DefaultWords, offset: u64) {
        self.more += other.more;
        for DefaultWord { word, count: theirs } in &other.words {
            if let Some(count) = self.count_of(word, theirs.count) {
                count.merge(theirs, offset);
            }
        }
    }

    /// The count of a word, of which there are `more`. `None` when it is not kept.
    fn count_of(&mut self, word: &str, more: u64) -> Option<&mut Count> {
        let order = |kept: &DefaultWord| (kept.word.len(), kept.word.as_str()).cmp(&(word.len(), word));
        let place = match self.words.binary_search_by(order) {
            Ok(place) => place,
            Err(place) if place >= WORDS => {
                self.more += more;
                return None;
            }
            Err(place) => {
                self.words.insert(place, DefaultWord { word: word.to_owned(), count: Count::default() });
                if let Some(last) = (self.words.len() > WORDS).then(|| self.words.pop()).flatten() {
                    self.more += last.count.count;
                }
                place
            }
        };
        self.words.get_mut(place).map(|kept| &mut kept.count)
    }
}
