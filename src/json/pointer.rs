//! RFC 6901 pointers.

use core::fmt::Write;

/// Appends a key to a pointer.
pub(crate) fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    for c in key.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            _ => pointer.push(c),
        }
    }
}

/// Appends a place in an array to a pointer.
pub(crate) fn push_index(pointer: &mut String, index: usize) {
    // Writing into a String cannot fail.
    let _ = write!(pointer, "/{index}");
}

/// `pointer` with one more key.
pub(crate) fn key(pointer: &str, key: &str) -> String {
    let mut longer = String::with_capacity(pointer.len() + key.len() + 1);
    longer.push_str(pointer);
    push_key(&mut longer, key);
    longer
}

/// `pointer` with one more place in an array.
pub(crate) fn index(pointer: &str, index: usize) -> String {
    let mut longer = pointer.to_owned();
    push_index(&mut longer, index);
    longer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_and_tildes_are_escaped() {
        assert_eq!(key("", "a/b~c"), "/a~1b~0c");
        assert_eq!(key("/x", ""), "/x/");
        assert_eq!(index("/alerts", 3), "/alerts/3");
    }
}
