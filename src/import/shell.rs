//! The words of a command line, as bash and its like, PowerShell and cmd would read them.
//!
//! Which of them a command was written for is nowhere said, so one reader takes all of their quoting: what means one
//! thing in one of them is hardly ever valid JSON in another.

use super::word::Word;
use core::ops::Range;

/// A command line while it is read.
#[derive(Debug)]
pub(super) struct Shell<'t> {
    pub(super) text: &'t [u8],
    pub(super) at: usize,
    /// A back-tick that joins lines, or a name that ends in `.exe`, was seen.
    pub(super) powershell: bool,
    /// What is fed to the command's standard input.
    pub(super) input: Option<Word>,
    /// Here-documents that begin behind this line.
    heres: Vec<Here>,
}

/// A here-document that was announced.
#[derive(Debug)]
struct Here {
    /// The line that ends it.
    end: Vec<u8>,
    /// Nothing in it is replaced.
    literal: bool,
    /// Tabs before its lines do not count.
    tabs: bool,
    /// Its announcement.
    span: Range<usize>,
}

/// A quote or here-document without an end, and where it begins.
#[derive(Debug)]
pub(super) struct Unclosed {
    pub(super) span: Range<usize>,
    /// What would end it.
    pub(super) end: String,
}

impl<'t> Shell<'t> {
    /// Reads `text` from `at` on.
    pub(super) fn new(text: &'t [u8], at: usize) -> Shell<'t> {
        Shell { text, at, powershell: false, input: None, heres: Vec::new() }
    }

    /// The byte so many behind the present one.
    pub(super) fn ahead(&self, count: usize) -> Option<u8> {
        self.text.get(self.at + count).copied()
    }

    /// The next word; `None` at the end of the command.
    ///
    /// # Errors
    /// Something in quotes, or a here-document, does not end.
    #[inline(never)]
    pub(super) fn word(&mut self) -> Result<Option<Word>, Unclosed> {
        loop {
            self.gap();
            if self.starts_with(b"<<<") {
                self.at += 3;
                self.gap();
                self.input = Some(self.plain()?);
            } else if self.starts_with(b"<<") {
                self.announce()?;
            } else if self.at_end() {
                self.here_documents()?;
                return Ok(None);
            } else {
                return self.plain().map(Some);
            }
        }
    }

    /// Reads the announcement of a here-document.
    #[inline(never)]
    pub(super) fn announce(&mut self) -> Result<(), Unclosed> {
        let start = self.at;
        self.at += 2;
        let tabs = self.ahead(0) == Some(b'-');
        self.at += usize::from(tabs);
        self.gap();
        let end = self.plain()?;
        let written = self.text.get(end.span).unwrap_or_default();
        let literal = written.iter().any(|b| matches!(b, b'\'' | b'"' | b'\\'));
        if !end.bytes.is_empty() {
            self.heres.push(Here { end: end.bytes, literal, tabs, span: start..self.at });
        }
        Ok(())
    }

    pub(super) fn starts_with(&self, what: &[u8]) -> bool {
        self.text.get(self.at..).is_some_and(|rest| rest.starts_with(what))
    }

    /// Moves to the next word or to the end of the command: over blanks, joined lines and comments.
    fn gap(&mut self) {
        let mut blank = false;
        while let Some(byte) = self.ahead(0) {
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'#' if blank => self.at += self.line_length(),
                b'\n' if self.option_follows() => self.at += 1,
                _ => match self.joined() {
                    Some(next) => {
                        self.powershell |= byte == b'`';
                        self.at = next;
                        self.prompt();
                    }
                    None => return,
                },
            }
            blank = true;
        }
    }

    /// Where the next line begins, when the byte here joins it to this one. Blanks behind that byte come from copying.
    pub(super) fn joined(&self) -> Option<usize> {
        matches!(self.ahead(0), Some(b'\\' | b'`' | b'^')).then_some(())?;
        let rest = self.text.get(self.at + 1..)?;
        let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
        (rest.get(blanks) == Some(&b'\n')).then_some(self.at + blanks + 2)
    }

    /// Skips the sign that shells show before a line that goes on.
    fn prompt(&mut self) {
        if self.starts_with(b"> ") {
            self.at += 2;
        }
    }

    /// Whether the line behind this line break begins with an option: then the sign that joins them got lost.
    fn option_follows(&self) -> bool {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let letter = match rest.get(blanks..) {
            Some([b'-', b'-', letter, ..] | [b'-', letter, ..]) => letter,
            _ => return false,
        };
        self.heres.is_empty() && letter.is_ascii_alphabetic()
    }

    fn line_length(&self) -> usize {
        let rest = self.text.get(self.at..).unwrap_or_default();
        rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len())
    }

    /// Whether the command ends here.
    fn at_end(&self) -> bool {
        let apart = |next: Option<u8>| next.is_none_or(|b| b.is_ascii_whitespace() || b == b'&');
        match self.ahead(0) {
            None | Some(b'\n' | b'|' | b')' | b'`') => true,
            Some(b';' | b'&') => apart(self.ahead(1)),
            _ => false,
        }
    }

    /// A word of quoted and unquoted parts.
    #[inline(never)]
    fn plain(&mut self) -> Result<Word, Unclosed> {
        let mut word = Word::at(self.at);
        while let Some(byte) = self.ahead(0) {
            if let Some(next) = self.joined() {
                self.at = next;
                // In cmd the sign makes the next character a plain one, be it a line break.
                if byte == b'^' && self.ahead(0) == Some(b'\n') {
                    self.keep(&mut word, 0);
                }
                continue;
            }
            if matches!(byte, b' ' | b'\t' | b'\r') || self.at_end() {
                break;
            }
            match (byte, self.ahead(1)) {
                (b'\'', _) => self.single(&mut word)?,
                (b'"', _) => self.double(&mut word)?,
                (b'$', Some(b'\'')) => self.escapes(&mut word)?,
                (b'$', Some(b'"')) => self.at += 1,
                (b'^', Some(b'"')) => self.carets(&mut word)?,
                (b'^', Some(b'&' | b'|' | b'<' | b'>' | b'^' | b'%')) | (b'\\', Some(_)) => self.keep(&mut word, 1),
                (b'$', _) => self.variable(&mut word),
                _ => self.keep(&mut word, 0),
            }
        }
        word.span.end = self.at;
        Ok(word)
    }

    /// Takes the byte so many behind the present one for what stands here up to it.
    pub(super) fn keep(&mut self, word: &mut Word, behind: usize) {
        self.at += behind;
        if let Some(byte) = self.ahead(0) {
            word.push(byte, self.at);
        }
        self.at += 1;
    }

    /// Takes a dollar sign, and notes the variable that it begins.
    pub(super) fn variable(&mut self, word: &mut Word) {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        let length = match rest.first() {
            Some(b'{' | b'(') => 1 + rest.iter().take(64).position(|b| matches!(b, b'}' | b')' | b'"')).unwrap_or(0),
            Some(first) if !first.is_ascii_digit() => name,
            _ => 0,
        };
        if length > 0 && word.variable.is_none() {
            word.variable = Some(self.at..self.at + 1 + length);
        }
        self.keep(word, 0);
    }

    /// Reads the here-documents that were announced. The last one is what the command gets.
    #[inline(never)]
    fn here_documents(&mut self) -> Result<(), Unclosed> {
        for here in core::mem::take(&mut self.heres) {
            self.at += self.line_length() + 1;
            let mut word = Word::at(self.at.min(self.text.len()));
            loop {
                if self.at >= self.text.len() {
                    let end = String::from_utf8_lossy(&here.end).into_owned();
                    return Err(Unclosed { span: here.span, end });
                }
                if here.tabs {
                    while self.ahead(0) == Some(b'\t') {
                        self.at += 1;
                    }
                }
                let line = self.at..self.at + self.line_length();
                let content = self.text.get(line.clone()).unwrap_or_default();
                if content.strip_suffix(b"\r").unwrap_or(content) == here.end {
                    word.span.end = self.at;
                    break;
                }
                self.here_line(&mut word, line, here.literal);
            }
            self.input = Some(word);
        }
        Ok(())
    }

    fn here_line(&mut self, word: &mut Word, line: Range<usize>, literal: bool) {
        let end = (line.end + 1).min(self.text.len());
        if literal {
            word.take(self.text, line.start..end);
            self.at = end;
            return;
        }
        while self.at < end {
            match (self.ahead(0), self.ahead(1)) {
                (Some(b'\\'), Some(b'\\' | b'$' | b'`')) => self.keep(word, 1),
                (Some(b'\\'), Some(b'\n')) => self.at += 2,
                (Some(b'$'), _) => self.variable(word),
                _ => self.keep(word, 0),
            }
        }
    }
}
