//! Parts of a word that a shell would replace: `$NAME`, `${…}`, `$(…)`, `$((…))` and `` `…` ``.

use super::Shell;

impl Shell<'_> {
    /// Appends the part that begins here as it stands, and records it. False when none begins here.
    pub(super) fn substitution(&mut self) -> bool {
        let end = match (self.ahead(0), self.ahead(1)) {
            (b'`', _) => self.backticks_end(),
            (b'$', b'(' | b'{') => {
                let end = self.brackets_end();
                if end.is_none() {
                    self.unclosed.get_or_insert(self.at..self.at + 2);
                    self.at = self.text.len();
                    return true;
                }
                end
            }
            (b'$', first) if is_name(first) && !first.is_ascii_digit() => {
                let behind = self.text.get(self.at + 1..).unwrap_or_default();
                Some(self.at + 1 + behind.iter().take_while(|&&b| is_name(b)).count())
            }
            _ => None,
        };
        let Some(end) = end else {
            return false;
        };
        let (from, start) = (self.at, self.word.bytes.len());
        while self.at < end {
            self.keep(0);
        }
        self.word.substitutions.push((start..self.word.bytes.len(), from..end));
        true
    }

    /// The offset behind the command in back-ticks that begins here. It stays on its line: a back-tick that is never
    /// closed is plain text.
    pub(super) fn backticks_end(&self) -> Option<usize> {
        if self.in_backticks || self.powershell {
            return None;
        }
        let mut at = self.at + 1;
        loop {
            match *self.text.get(at)? {
                b'`' => return Some(at + 1),
                b'\n' => return None,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
    }

    /// The offset behind the `)` or `}` of the `$(` or `${` here. Quotes inside count by themselves: `"$(date "+%s")"`.
    fn brackets_end(&self) -> Option<usize> {
        // What closes each part that is open.
        let mut open: Vec<u8> = Vec::new();
        let mut at = self.at;
        loop {
            let byte = *self.text.get(at)?;
            let inner = open.last().copied();
            if inner == Some(byte) {
                open.pop();
                if open.is_empty() {
                    return Some(at + 1);
                }
            } else if inner == Some(b'\'') {
            } else if byte == b'\\' {
                at += 1;
            } else if byte == b'$' && matches!(self.text.get(at + 1), Some(b'(' | b'{')) {
                at += 1;
                open.push(if self.text.get(at) == Some(&b'(') { b')' } else { b'}' });
            } else if byte == b'"' || byte == b'\'' && inner == Some(b')') {
                open.push(byte);
            } else if byte == b'(' && inner == Some(b')') {
                open.push(b')');
            }
            at += 1;
        }
    }
}

fn is_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}
