//! A text that stays while it is edited.

use super::place;

/// A text that is edited, as UTF-8. Places are UTF-16 code units, as editors in JavaScript count.
///
/// ```
/// use oim_config::EditableText;
///
/// let mut text = EditableText::default();
/// text.splice(0, 0, "{\"a\": \"😀\"}".as_bytes());
/// text.splice(7, 9, b"b");
/// assert_eq!(text.bytes(), br#"{"a": "b"}"#);
/// ```
#[derive(Debug, Default)]
pub struct EditableText {
    bytes: Vec<u8>,
}

impl EditableText {
    /// The text as it is now.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Puts another text in place of a range. What lies outside the text counts as its end.
    pub fn splice(&mut self, start: usize, end: usize, text: &[u8]) {
        let from = place::byte_of(&self.bytes, start);
        let length = place::byte_of(self.bytes.get(from..).unwrap_or_default(), end.saturating_sub(start));
        self.bytes.splice(from..from + length, text.iter().copied());
    }
}
