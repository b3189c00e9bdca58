//! The words of a command line, as bash and its like, PowerShell and cmd would read them.
//!
//! A pasted command does not say which shell it was written for, so one reader accepts the quoting of all of them: what
//! one shell reads differently is hardly ever valid JSON in another.

pub(crate) mod curl;
mod quotes;
mod substitution;
mod word;

pub(crate) use word::Word;

use core::ops::Range;

/// A command line while it is read.
#[derive(Debug)]
pub(super) struct Shell<'t> {
    pub(super) text: &'t [u8],
    pub(super) at: usize,
    /// A back-tick that joins lines, or a name that ends in `.exe`, was seen.
    pub(super) powershell: bool,
    /// The command stands between back-ticks, so that the next one ends it.
    pub(super) in_backticks: bool,
    /// The word that was read last.
    pub(super) word: Word,
    /// The standard input of the command.
    pub(super) stdin: Option<Word>,
    /// An unclosed quote or here-document.
    pub(super) unclosed: Option<Range<usize>>,
    /// A here-document that begins after this line.
    here: Option<Here>,
    done: bool,
}

/// A here-document whose `<<` was read and whose text follows.
#[derive(Debug)]
struct Here {
    /// The line that ends it.
    end: Vec<u8>,
    /// Its text is taken literally.
    literal: bool,
    /// Leading tabs of its lines are removed.
    tabs: bool,
    /// The range of `<<` and the end marker.
    span: Range<usize>,
}

impl<'t> Shell<'t> {
    /// Reads `text` from `at` on.
    pub(super) fn new(text: &'t [u8], at: usize, powershell: bool) -> Shell<'t> {
        let word = Word::default();
        Shell { text, at, powershell, in_backticks: false, word, stdin: None, unclosed: None, here: None, done: false }
    }

    /// The byte `count` after the current one; NUL after the end.
    pub(super) fn ahead(&self, count: usize) -> u8 {
        self.text.get(self.at + count).copied().unwrap_or(0)
    }

    /// The current offset, at most the length of the text.
    fn place(&self) -> usize {
        self.at.min(self.text.len())
    }

    /// Whether the end of the text is reached.
    pub(super) fn over(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Reads the next word. False at the end of the command.
    pub(super) fn word(&mut self) -> bool {
        while !self.done {
            self.gap();
            if self.ahead(0) == b'<' && self.ahead(1) == b'<' {
                self.redirection();
            } else if self.ends() {
                self.done = true;
                self.here_document();
            } else {
                self.plain();
                return true;
            }
        }
        false
    }

    /// Reads what starts with `<<`: the end marker of a here-document, or with `<<<` the input itself.
    pub(super) fn redirection(&mut self) {
        let start = self.at;
        let (input, tabs) = (self.ahead(2) == b'<', self.ahead(2) == b'-');
        self.at += 2 + usize::from(input || tabs);
        self.gap();
        self.plain();
        if input {
            self.set_stdin();
        } else {
            let literal = self.word.span.len() > self.word.bytes.len();
            let end = core::mem::take(&mut self.word.bytes);
            self.here = Some(Here { end, literal, tabs, span: start..self.place() });
        }
    }

    /// Makes the word the command's standard input.
    fn set_stdin(&mut self) {
        self.word.span.end = self.place();
        self.stdin = Some(core::mem::take(&mut self.word));
    }

    /// Moves to the next word or to the end of the command: over blanks, joined lines and comments.
    fn gap(&mut self) {
        let start = self.at;
        loop {
            let byte = self.ahead(0);
            if let Some(next) = self.joined() {
                self.powershell |= byte == b'`';
                self.at = next;
                // The sign that shells show before a line that goes on.
                self.at += usize::from(self.ahead(0) == b'>');
            } else if byte == b'#' && self.at > start {
                self.at += self.line().len();
            } else if is_blank(byte) || byte == b'\n' && self.option_follows() {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Where the next line begins, when the byte here joins it to this one. Blanks behind that byte come from copying.
    pub(super) fn joined(&self) -> Option<usize> {
        if !matches!(self.ahead(0), b'\\' | b'`' | b'^') {
            return None;
        }
        let mut behind = 1;
        while is_blank(self.ahead(behind)) {
            behind += 1;
        }
        (self.ahead(behind) == b'\n').then_some(self.at + behind + 1)
    }

    /// Whether the line behind this line break begins with an option: then the sign that joins them got lost.
    fn option_follows(&self) -> bool {
        let mut behind = 1;
        while is_blank(self.ahead(behind)) {
            behind += 1;
        }
        let dashes = usize::from(self.ahead(behind) == b'-') + usize::from(self.ahead(behind + 1) == b'-');
        self.here.is_none() && self.ahead(behind) == b'-' && self.ahead(behind + dashes).is_ascii_alphabetic()
    }

    /// The rest of the line.
    fn line(&self) -> &'t [u8] {
        let rest = self.text.get(self.at..).unwrap_or_default();
        rest.split(|&b| b == b'\n').next().unwrap_or_default()
    }

    /// Whether the command ends here.
    fn ends(&self) -> bool {
        let next = self.ahead(1);
        match self.ahead(0) {
            b'\n' | b'|' | b')' => true,
            b'`' => self.backticks_end().is_none(),
            b';' | b'&' => next <= b' ' || next == b'&',
            _ => self.over(),
        }
    }

    /// Reads a word of quoted and unquoted parts.
    fn plain(&mut self) {
        self.word.clear(self.at);
        loop {
            let (byte, next) = (self.ahead(0), self.ahead(1));
            if let Some(line) = self.joined() {
                self.at = line;
                // In cmd the sign makes the next character a plain one, be it a line break.
                if byte == b'^' && self.ahead(0) == b'\n' {
                    self.keep(0);
                }
                continue;
            }
            if is_blank(byte) || self.ends() {
                break;
            }
            match byte {
                b'\'' | b'"' => self.quoted(1),
                b'$' if next == b'\'' => self.escapes(),
                b'$' if next == b'"' => self.at += 1,
                b'^' if next == b'"' => self.quoted(2),
                b'^' if among(next, b"&|<>^%") => self.keep(1),
                b'\\' => self.keep(1),
                _ if self.substitution() => {}
                _ => self.keep(0),
            }
        }
        self.word.span.end = self.place();
    }

    /// Skips `behind` bytes and appends the next one to the word.
    pub(super) fn keep(&mut self, behind: usize) {
        self.at += behind;
        if !self.over() {
            self.word.push(self.ahead(0), self.at);
        }
        self.at += 1;
    }

    /// Reads the text of the pending here-document.
    fn here_document(&mut self) {
        let Some(here) = self.here.take() else {
            return;
        };
        self.at += self.line().len() + 1;
        self.word.clear(self.at);
        while !self.over() {
            while here.tabs && self.ahead(0) == b'\t' {
                self.at += 1;
            }
            let line = self.line();
            let end = self.at + line.len();
            if line.strip_suffix(b"\r").unwrap_or(line) == here.end {
                self.set_stdin();
                return;
            }
            while self.at <= end {
                let (byte, next) = (self.ahead(0), self.ahead(1));
                match byte {
                    b'\\' if !here.literal && next == b'\n' => self.at += 2,
                    b'\\' if !here.literal && among(next, b"\\$`") => self.keep(1),
                    _ if !here.literal && self.substitution() => {}
                    _ => self.keep(0),
                }
            }
        }
        self.unclosed.get_or_insert(here.span);
    }
}

/// Whether a byte is one of these.
pub(super) fn among(byte: u8, set: &[u8]) -> bool {
    set.contains(&byte)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}
