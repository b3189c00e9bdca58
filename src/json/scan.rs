//! The strict scanner: RFC 8259 and UTF-8, one pass, no tree.
//!
//! A [`Scanner`] moves over bytes by index. Each method takes the index where something begins and gives the index
//! after it, or `None` after noting the [`SyntaxError`]. An index after something is never 0, so `NonZeroUsize` makes the
//! answer one machine word. Bytes behind the end read as NUL, which no grammar allows anywhere: that ends every loop.

use super::{block, hex, limits};
use core::num::{NonZeroU64, NonZeroUsize};

/// The index after what was read.
pub(crate) type After = Option<NonZeroUsize>;

/// A string holds a backslash.
pub(crate) const ESCAPED: u8 = 1;
/// A string holds bytes above ASCII.
pub(crate) const WIDE: u8 = 2;
/// A string holds a `\u` escape of half a surrogate pair.
pub(crate) const LONE: u8 = 4;

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SyntaxErrorKind {
    /// Nothing but white space.
    Blank,
    /// The text ends too early.
    End,
    /// No value begins with this byte.
    Value,
    /// A key was expected.
    Key,
    /// A colon was expected.
    Colon,
    /// A comma or the end of the object was expected.
    MemberEnd,
    /// A comma or the end of the array was expected.
    ItemEnd,
    /// A comma stands before the end of an array or object.
    TrailingComma,
    /// A number is not written as JSON wants it.
    Number,
    /// A backslash is followed by something it cannot be followed by.
    Escape,
    /// A control character is not escaped in a string.
    Control,
    /// The bytes are not UTF-8.
    Utf8,
    /// Something follows the value.
    Trailing,
    /// Too many arrays and objects inside each other.
    Depth,
}

/// What is wrong, and at which byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) at: usize,
    pub(crate) kind: SyntaxErrorKind,
}

/// A string that was read: where it ends and what it holds, in one word.
#[derive(Clone, Copy)]
pub(crate) struct Quoted(NonZeroU64);

impl Quoted {
    fn new(after: usize, flags: u8) -> Option<Quoted> {
        // The lowest bit is always set, so that nobody has to look whether the word is zero.
        Some(Quoted(NonZeroU64::MIN | (after as u64) << 8 | u64::from(flags) << 1))
    }

    /// The index after the closing quote.
    pub(crate) fn after(self) -> usize {
        (self.0.get() >> 8) as usize
    }

    /// [`ESCAPED`], [`WIDE`], [`LONE`].
    pub(crate) fn flags(self) -> u8 {
        (self.0.get() & 0xff) as u8 >> 1
    }
}

/// Bytes, and the first error found in them.
pub(crate) struct Scanner<'t> {
    pub(crate) bytes: &'t [u8],
    pub(crate) error: Option<SyntaxError>,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(bytes: &'t [u8]) -> Scanner<'t> {
        Scanner { bytes, error: None }
    }

    /// The byte at `i`; NUL behind the end.
    pub(crate) fn byte(&self, i: usize) -> u8 {
        self.bytes.get(i).copied().unwrap_or(0)
    }

    /// Notes a error, keeping an earlier one. Always `None`, to be returned.
    pub(crate) fn fail<T>(&mut self, at: usize, kind: SyntaxErrorKind) -> Option<T> {
        let kind = if at >= self.bytes.len() && kind != SyntaxErrorKind::Blank { SyntaxErrorKind::End } else { kind };
        let at = at.min(self.bytes.len());
        self.error.get_or_insert(SyntaxError { at, kind });
        None
    }

    /// The first index from `i` on that is no white space.
    pub(crate) fn skip_whitespace(&self, i: usize) -> usize {
        if self.byte(i) > b' ' { i } else { block::whitespace_end(self.bytes, i) }
    }

    /// Where the value of the whole text begins: after a byte order mark and white space.
    pub(crate) fn start(&mut self) -> Option<usize> {
        let from = if self.bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let at = self.skip_whitespace(from);
        if at >= self.bytes.len() {
            return self.fail(at, SyntaxErrorKind::Blank);
        }
        Some(at)
    }

    /// Sees to it that nothing but white space follows.
    pub(crate) fn finish(&mut self, i: usize) -> Option<()> {
        let at = self.skip_whitespace(i);
        if at < self.bytes.len() {
            return self.fail(at, SyntaxErrorKind::Trailing);
        }
        Some(())
    }

    /// Reads a string whose opening quote is before `i`.
    pub(crate) fn string(&mut self, i: usize) -> Option<Quoted> {
        match self.plain_string(i) {
            Ok(after) => Quoted::new(after, 0),
            Err((end, stop)) => self.string_slow(i, end, stop),
        }
    }

    /// The index after the closing quote of a string that is all plain ASCII. Of any other the first byte that is
    /// special, and where it stands: to be given to [`Scanner::string_slow`].
    pub(crate) fn plain_string(&self, i: usize) -> Result<usize, (usize, u8)> {
        let (end, stop) = block::plain_end(self.bytes, i);
        if stop == b'"' { Ok(end + 1) } else { Err((end, stop)) }
    }

    /// The rest of a string that is not all plain ASCII. `stop`, at `i`, is the first byte that is special.
    pub(crate) fn string_slow(&mut self, start: usize, mut i: usize, mut stop: u8) -> Option<Quoted> {
        let mut flags = 0;
        loop {
            match stop {
                b'"' => break,
                b'\\' => {
                    let escape = self.escape(i)?;
                    flags |= escape.flags();
                    i = escape.after();
                }
                0x80.. => {
                    flags |= WIDE;
                    i += 1;
                }
                _ => return self.fail(i, SyntaxErrorKind::Control),
            }
            (i, stop) =
                if flags & WIDE != 0 { block::text_end(self.bytes, i) } else { block::plain_end(self.bytes, i) };
        }
        if flags & WIDE != 0 {
            let text = self.bytes.get(start..i)?;
            if let Err(e) = core::str::from_utf8(text) {
                return self.fail(start + e.valid_up_to(), SyntaxErrorKind::Utf8);
            }
        }
        Quoted::new(i + 1, flags)
    }

    /// Reads the escape whose backslash is at `i`. A pair of surrogates is read as one.
    fn escape(&mut self, i: usize) -> Option<Quoted> {
        match self.byte(i + 1) {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Quoted::new(i + 2, ESCAPED),
            b'u' => match hex::parse_hex4(self.bytes, i + 2) {
                Some(0xd800..0xe000) => self.surrogate(i),
                Some(_) => Quoted::new(i + 6, ESCAPED),
                None => self.fail(i, SyntaxErrorKind::Escape),
            },
            _ => self.fail(i, SyntaxErrorKind::Escape),
        }
    }

    /// Reads the escape of a surrogate, and with it the one of its other half.
    fn surrogate(&self, i: usize) -> Option<Quoted> {
        let after = i + 6;
        let paired = hex::parse_hex4(self.bytes, i + 2).is_some_and(|high| high < 0xdc00)
            && self.byte(after) == b'\\'
            && self.byte(after + 1) == b'u'
            && hex::parse_hex4(self.bytes, after + 2).is_some_and(|low| (0xdc00..0xe000).contains(&low));
        if paired { Quoted::new(after + 6, ESCAPED) } else { Quoted::new(after, ESCAPED | LONE) }
    }

    /// Reads a number, `true`, `false` or `null`.
    pub(crate) fn scalar(&mut self, i: usize) -> After {
        match self.byte(i) {
            b't' => self.word(i, b"true"),
            b'f' => self.word(i, b"false"),
            b'n' => self.word(i, b"null"),
            b'-' | b'0'..=b'9' => self.number(i),
            _ => self.fail(i, SyntaxErrorKind::Value),
        }
    }

    fn word(&mut self, i: usize, word: &[u8]) -> After {
        let after = i + word.len();
        if self.bytes.get(i..after) == Some(word) {
            return NonZeroUsize::new(after);
        }
        self.fail(i, SyntaxErrorKind::Value)
    }

    fn digits(&self, mut i: usize) -> usize {
        while self.byte(i).is_ascii_digit() {
            i += 1;
        }
        i
    }

    fn number(&mut self, start: usize) -> After {
        let mut i = start + usize::from(self.byte(start) == b'-');
        match self.byte(i) {
            b'0' => i += 1,
            b'1'..=b'9' => i = self.digits(i + 1),
            _ => return self.fail(i, SyntaxErrorKind::Number),
        }
        if self.byte(i).is_ascii_digit() {
            return self.fail(start, SyntaxErrorKind::Number);
        }
        if self.byte(i) == b'.' {
            let after = self.digits(i + 1);
            if after == i + 1 {
                return self.fail(after, SyntaxErrorKind::Number);
            }
            i = after;
        }
        if self.byte(i) | 0x20 == b'e' {
            i += 1;
            i += usize::from(matches!(self.byte(i), b'+' | b'-'));
            let after = self.digits(i);
            if after == i {
                return self.fail(after, SyntaxErrorKind::Number);
            }
            i = after;
        }
        NonZeroUsize::new(i)
    }

    /// Reads any value at `i`, inside `depth` arrays and objects, and keeps nothing of it.
    pub(crate) fn skip(&mut self, i: usize, depth: u32) -> After {
        match self.byte(i) {
            b'"' => NonZeroUsize::new(self.string(i + 1)?.after()),
            b'{' => self.skip_object(i, depth),
            b'[' => self.skip_array(i, depth),
            _ => self.scalar(i),
        }
    }

    /// Checks that one more array or object may be opened at `i` inside `depth` others.
    pub(crate) fn enter(&mut self, i: usize, depth: u32) -> Option<u32> {
        if depth >= limits::NESTING {
            return self.fail(i, SyntaxErrorKind::Depth);
        }
        Some(depth + 1)
    }

    fn skip_object(&mut self, i: usize, depth: u32) -> After {
        let depth = self.enter(i, depth)?;
        let mut i = self.skip_whitespace(i + 1);
        if self.byte(i) == b'}' {
            return NonZeroUsize::new(i + 1);
        }
        loop {
            i = self.key(i)?.1;
            let after = self.skip(i, depth)?.get();
            i = self.skip_whitespace(after);
            match self.byte(i) {
                b',' => i = self.skip_whitespace(i + 1),
                b'}' => return NonZeroUsize::new(i + 1),
                _ => return self.fail(i, SyntaxErrorKind::MemberEnd),
            }
        }
    }

    fn skip_array(&mut self, i: usize, depth: u32) -> After {
        let depth = self.enter(i, depth)?;
        let mut i = self.skip_whitespace(i + 1);
        if self.byte(i) == b']' {
            return NonZeroUsize::new(i + 1);
        }
        loop {
            let after = self.skip(i, depth)?.get();
            i = self.skip_whitespace(after);
            match self.byte(i) {
                b',' => {
                    i = self.skip_whitespace(i + 1);
                    if self.byte(i) == b']' {
                        return self.fail(i, SyntaxErrorKind::TrailingComma);
                    }
                }
                b']' => return NonZeroUsize::new(i + 1),
                _ => return self.fail(i, SyntaxErrorKind::ItemEnd),
            }
        }
    }

    /// Reads a key at `i` and the colon behind it. Gives the key and the index of the value.
    pub(crate) fn key(&mut self, i: usize) -> Option<(Quoted, usize)> {
        if self.byte(i) != b'"' {
            return self
                .fail(i, if self.byte(i) == b'}' { SyntaxErrorKind::TrailingComma } else { SyntaxErrorKind::Key });
        }
        let key = self.string(i + 1)?;
        let colon = self.skip_whitespace(key.after());
        if self.byte(colon) != b':' {
            return self.fail(colon, SyntaxErrorKind::Colon);
        }
        Some((key, self.skip_whitespace(colon + 1)))
    }
}

/// Checks a whole text.
pub(crate) fn check(bytes: &[u8]) -> Result<(), SyntaxError> {
    let mut s = Scanner::new(bytes);
    let done = (|| {
        let i = s.start()?;
        let after = s.skip(i, 0)?.get();
        s.finish(after)
    })();
    match (done, s.error) {
        (Some(()), None) => Ok(()),
        (_, error) => Err(error.unwrap_or(SyntaxError { at: 0, kind: SyntaxErrorKind::End })),
    }
}
