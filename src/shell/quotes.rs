//! Quoted parts of a word, by the rules of each shell.

use super::{Shell, among};

/// What may stand in a word before its value, in bytes: `--data-binary=`, or a short option with nothing between.
const LONGEST_OPTION: usize = 32;

impl Shell<'_> {
    /// Says how the quotes inside are written by what stands before the first key of the object that begins here: a
    /// quote where they are doubled, a backslash, or a back-tick. Anything else: in the usual way. So is a
    /// part that goes on with a value, such as the one behind each `'\''`.
    fn inner(&self) -> u8 {
        let before = &self.word.bytes;
        if before.len() > LONGEST_OPTION || before.contains(&b'{') {
            return 0;
        }
        let mut behind = 0;
        while among(self.ahead(behind), b"{[ \t\r\n") {
            behind += 1;
        }
        let (first, second) = (self.ahead(behind), self.ahead(behind + 1));
        let begins = behind > 0 && self.ahead(0) == b'{';
        match (first, second) {
            (b'"' | b'\\' | b'`', b'"') if begins => first,
            (b'\\', b'`') if begins => second,
            _ => 0,
        }
    }

    /// Reads a part in single or double quotes; `opening` is 2 for `^"`, as browsers write for cmd: a caret before what
    /// cmd could misread, and a line break behind a caret and another line break.
    ///
    /// In single quotes all stands for itself; PowerShell doubles single quotes there, and before version 7 needs `\"`.
    /// In double quotes a backslash before `"`, `\`, `$`, a back-tick or a line break is taken away, and PowerShell's
    /// back-ticks are.
    pub(super) fn quoted(&mut self, opening: usize) {
        let start = self.at;
        let carets = opening == 2;
        self.at += opening - 1;
        let quote = self.ahead(0);
        let double = quote == b'"';
        self.at += 1;
        let inner = self.inner();
        while !self.over() {
            if carets && self.ahead(0) == b'^' {
                self.at = self.joined().unwrap_or(self.at + 1);
            }
            let (byte, next) = (self.ahead(0), self.ahead(1));
            let far = 1 + usize::from(carets && next == b'^');
            let next = self.ahead(far);
            let skipped = if byte == quote {
                let doubled = if double { inner == b'"' } else { self.powershell };
                if !doubled || next != quote {
                    self.at += 1;
                    return;
                }
                1
            } else if let (true, false, Some(line)) = (double, carets, self.joined()) {
                self.at = line;
                continue;
            } else if byte == b'\\' {
                match next {
                    b'`' if inner == b'`' && self.ahead(2) == b'"' => 2,
                    b'"' | b'\\' if double || inner == b'\\' => far,
                    b'$' | b'`' if double && !carets => 1,
                    _ => 0,
                }
            } else if byte == b'`' && double && (inner == b'`' || self.powershell) {
                usize::from(among(next, b"\"`$"))
            } else {
                if double && !carets && self.substitution() {
                    continue;
                }
                0
            };
            self.keep(skipped);
        }
        self.unclosed.get_or_insert(start..start + opening);
    }

    /// Reads `$'…'`: the escapes of C, as bash and zsh have them and browsers write them.
    pub(super) fn escapes(&mut self) {
        let start = self.at;
        self.at += 2;
        while !self.over() {
            match self.ahead(0) {
                b'\'' => {
                    self.at += 1;
                    return;
                }
                b'\\' => self.escape(),
                _ => self.keep(0),
            }
        }
        self.unclosed.get_or_insert(start..start + 2);
    }

    fn escape(&mut self) {
        let start = self.at;
        let kind = self.ahead(1);
        self.at += 2;
        let mut code = match kind {
            b'a' => 7,
            b'b' => 8,
            b't' => 9,
            b'n' => 10,
            b'v' => 11,
            b'f' => 12,
            b'r' => 13,
            b'e' | b'E' => 27,
            b'x' => self.number(16, 2),
            b'u' => self.number(16, 4),
            b'U' => self.number(16, 8),
            b'0'..=b'7' => {
                self.at -= 1;
                self.number(8, 3)
            }
            b'\'' | b'"' | b'\\' | b'?' => u32::from(kind),
            // The backslash stands for itself, and what follows too.
            _ => {
                self.at -= 1;
                return self.word.push(b'\\', start);
            }
        };
        if kind | 0x20 != b'u' {
            return self.word.push(code as u8, start);
        }
        // Two halves of a character, as browsers count them.
        if code >> 10 == 0x36 && self.ahead(0) == b'\\' && self.ahead(1) == b'u' {
            self.at += 2;
            code = 0x10000 + ((code & 0x3ff) << 10) + (self.number(16, 4) & 0x3ff);
        }
        let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        for &byte in character.encode_utf8(&mut [0; 4]).as_bytes() {
            self.word.push(byte, start);
        }
    }
    fn number(&mut self, base: u32, digits: usize) -> u32 {
        let mut number = 0_u32;
        for _ in 0..digits {
            let byte = self.ahead(0);
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                _ => (byte | 0x20).wrapping_sub(b'a').saturating_add(10),
            };
            if u32::from(digit) >= base {
                break;
            }
            number = number.wrapping_mul(base).wrapping_add(digit.into());
            self.at += 1;
        }
        number
    }
}
