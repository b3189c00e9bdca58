//! What stands in quotes, by the rules of each shell.

use super::shell::{Shell, Unclosed};
use super::word::Word;

/// How double quotes are written inside a quoted part, where that is not the shell's usual way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inner {
    Usual,
    /// `""`
    Doubled,
    /// `\"`, also in single quotes
    Backslash,
    /// `` `" `` or `` \`" ``
    BackTick,
}

impl Shell<'_> {
    fn unclosed(&self, start: usize, end: &str) -> Unclosed {
        Unclosed { span: start..start + end.len(), end: end.to_owned() }
    }

    /// Tells how the quotes inside are written by the first key of the object that begins here.
    fn inner(&self) -> Inner {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let opening = rest.iter().take_while(|b| b.is_ascii_whitespace() || matches!(b, b'{' | b'[')).count();
        let (before, key) = rest.split_at(opening);
        if !before.contains(&b'{') {
            return Inner::Usual;
        }
        match key {
            [b'"', b'"', ..] => Inner::Doubled,
            [b'\\', b'"', ..] => Inner::Backslash,
            [b'`', b'"', ..] | [b'\\', b'`', b'"', ..] => Inner::BackTick,
            _ => Inner::Usual,
        }
    }

    /// `'…'`: as it stands. PowerShell doubles single quotes inside, and before version 7 needs `\"`.
    #[inline(never)]
    pub(super) fn single(&mut self, word: &mut Word) -> Result<(), Unclosed> {
        let start = self.at;
        self.at += 1;
        let inner = self.inner();
        loop {
            match (self.ahead(0), self.ahead(1)) {
                (None, _) => return Err(self.unclosed(start, "'")),
                (Some(b'\''), Some(b'\'')) if self.powershell => self.keep(word, 1),
                (Some(b'\''), _) => break,
                (Some(b'\\'), Some(b'"' | b'\\')) if inner == Inner::Backslash => self.keep(word, 1),
                _ => self.keep(word, 0),
            }
        }
        self.at += 1;
        Ok(())
    }

    /// `"…"`: a backslash before `"`, `\`, `$`, a back-tick or a line break is taken away; PowerShell has back-ticks.
    #[inline(never)]
    pub(super) fn double(&mut self, word: &mut Word) -> Result<(), Unclosed> {
        let start = self.at;
        self.at += 1;
        let inner = self.inner();
        let ticks = inner == Inner::BackTick || self.powershell;
        loop {
            match (self.ahead(0), self.ahead(1)) {
                (None, _) => return Err(self.unclosed(start, "\"")),
                (Some(b'"'), Some(b'"')) if inner == Inner::Doubled => self.keep(word, 1),
                (Some(b'"'), _) => break,
                (Some(b'\\'), Some(b'`')) if ticks && self.ahead(2) == Some(b'"') => self.keep(word, 2),
                (Some(b'`'), Some(b'"' | b'`' | b'$')) if ticks => self.keep(word, 1),
                (Some(b'\\'), Some(b'"' | b'\\' | b'$' | b'`')) => self.keep(word, 1),
                (Some(b'\\'), Some(b'\n')) => self.at += 2,
                (Some(b'\\'), Some(b'\r')) if self.ahead(2) == Some(b'\n') => self.at += 3,
                (Some(b'$'), _) => self.variable(word),
                _ => self.keep(word, 0),
            }
        }
        self.at += 1;
        Ok(())
    }

    /// `$'…'`: the escapes of C, as bash and zsh have them and browsers write them.
    #[inline(never)]
    pub(super) fn escapes(&mut self, word: &mut Word) -> Result<(), Unclosed> {
        let start = self.at;
        self.at += 2;
        loop {
            match (self.ahead(0), self.ahead(1)) {
                (None, _) => return Err(self.unclosed(start, "$'")),
                (Some(b'\''), _) => break,
                (Some(b'\\'), Some(kind)) => self.escape(word, kind),
                _ => self.keep(word, 0),
            }
        }
        self.at += 1;
        Ok(())
    }

    fn escape(&mut self, word: &mut Word, kind: u8) {
        let start = self.at;
        let byte = match kind {
            b'a' => 7,
            b'b' => 8,
            b'e' | b'E' => 0x1b,
            b'f' => 0xc,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 0xb,
            b'x' => {
                self.at += 2;
                let code = self.number(16, 2);
                return word.push(code as u8, start);
            }
            b'0'..=b'7' => {
                self.at += 1;
                let code = self.number(8, 3);
                return word.push(code as u8, start);
            }
            b'u' | b'U' => {
                self.at += 2;
                let mut code = self.number(16, if kind == b'u' { 4 } else { 8 });
                // Two halves of a character, as browsers count them.
                if (0xd800..0xdc00).contains(&code) && self.starts_with(b"\\u") {
                    let before = self.at;
                    self.at += 2;
                    match self.number(16, 4) {
                        low @ 0xdc00..0xe000 => code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00),
                        _ => self.at = before,
                    }
                }
                let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                let mut utf8 = [0; 4];
                // All of its bytes stand for the place of the escape.
                return character.encode_utf8(&mut utf8).bytes().for_each(|byte| word.push(byte, start));
            }
            // Quotes, backslashes and question marks; of anything else bash keeps the backslash.
            b'\'' | b'"' | b'\\' | b'?' => return self.keep(word, 1),
            _ => return self.keep(word, 0),
        };
        word.push(byte, start);
        self.at += 2;
    }

    fn number(&mut self, base: u32, digits: usize) -> u32 {
        let mut number = 0_u32;
        for _ in 0..digits {
            let Some(digit) = self.ahead(0).and_then(|b| char::from(b).to_digit(base)) else {
                break;
            };
            number = number.wrapping_mul(base).wrapping_add(digit);
            self.at += 1;
        }
        number
    }

    /// `^"…^"`, as browsers write for cmd: a caret before what cmd could misread, a backslash before quotes and
    /// backslashes, and a line break behind a caret and another line break.
    #[inline(never)]
    pub(super) fn carets(&mut self, word: &mut Word) -> Result<(), Unclosed> {
        let start = self.at;
        self.at += 2;
        loop {
            match self.uncareted() {
                None => return Err(self.unclosed(start, "^\"")),
                Some(b'"') => break,
                Some(b'\\') => {
                    let backslash = self.at;
                    self.at += 1;
                    let behind = self.at;
                    match self.uncareted() {
                        Some(b'"' | b'\\') => self.keep(word, 0),
                        _ => {
                            word.push(b'\\', backslash);
                            self.at = behind;
                        }
                    }
                }
                Some(_) => self.keep(word, 0),
            }
        }
        self.at += 1;
        Ok(())
    }

    /// The byte here, behind a caret if there is one.
    fn uncareted(&mut self) -> Option<u8> {
        if self.ahead(0) == Some(b'^') {
            self.at = match self.joined() {
                Some(next) => next,
                None => self.at + 1,
            };
        }
        self.ahead(0)
    }
}
