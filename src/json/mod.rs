//! JSON text and places in it.
//!
//! Everything that reads a payload or a body goes through the one scanner of this module, so that all of them
//! accept and refuse the same texts. Positions are byte offsets here; [`place`] turns them into what people see.

pub(crate) mod block;
pub(crate) mod editable_text;
pub(crate) mod escape;
pub(crate) mod hex;
pub(crate) mod key_index;
mod layout;
pub(crate) mod limits;
pub(crate) mod members;
pub(crate) mod object_diff;
pub(crate) mod place;
pub(crate) mod pointer;
#[cfg(test)]
mod properties;
pub(crate) mod scan;
pub(crate) mod tree;

pub(crate) use layout::lay_out;

/// The kind of a value, which its first byte shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// The kind of the value that begins with `byte`. Any other byte can only begin a number.
    pub(crate) fn of(byte: u8) -> Kind {
        match byte {
            b'"' => Kind::String,
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            b't' | b'f' => Kind::Bool,
            b'n' => Kind::Null,
            _ => Kind::Number,
        }
    }

    /// The kind in words, with its article.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Bool => "a boolean",
            Kind::Number => "a number",
            Kind::String => "a string",
            Kind::Array => "an array",
            Kind::Object => "an object",
        }
    }
}
