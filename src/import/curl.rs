//! curl commands: where they are in a text, and what data they send.

use super::shell::{Shell, Unclosed};
use super::unreadable;
use super::word::Word;
use crate::diagnostic::{Problem, shown};
use core::ops::Range;

/// Short options that take a value, but for those that are about data.
const WITH_VALUE: &[u8] = b"AbcCDeEFHKmoPQrtuUwxXyYz";

/// Long options whose value is data. With `--data-raw` a leading `@` is nothing special.
const DATA: [&[u8]; 6] = [b"--data", b"--data-raw", b"--data-binary", b"--data-ascii", b"--data-urlencode", b"--json"];

/// Data that a command sends.
#[derive(Debug)]
pub(super) struct Data {
    /// As curl sends it.
    pub(super) all: Word,
    /// How many options gave it.
    pub(super) parts: usize,
    /// Of several parts, the only one that begins as an object does.
    pub(super) object: Option<Range<usize>>,
}

/// What a command has.
#[derive(Debug)]
pub(super) enum Found {
    Data(Data),
    /// Data that is not in the text.
    Elsewhere(Box<Problem>),
    /// No data: it retrieves something.
    Nothing,
}

/// The name of the next command from `from` on.
pub(super) fn next(text: &[u8], from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        at += text.get(at..)?.windows(4).position(|w| w == b"curl")?;
        let before = at.checked_sub(1).and_then(|i| text.get(i));
        let apart = at == from || before.is_none_or(|b| b.is_ascii_whitespace() || b"/\\;&|(>`".contains(b));
        let exe = text.get(at + 4..).is_some_and(|rest| rest.starts_with(b".exe"));
        let end = at + if exe { 8 } else { 4 };
        if apart && is_command(text.get(end..).unwrap_or_default()) {
            return Some(at..end);
        }
        at = end;
    }
}

/// Whether this can stand behind the name of a command, and not of the tool in a sentence.
fn is_command(behind: &[u8]) -> bool {
    let joins = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'\\' | b'`' | b'^');
    if !behind.first().is_some_and(joins) {
        return false;
    }
    let first = behind.iter().position(|b| !b.is_ascii_whitespace()).and_then(|i| behind.get(i..)).unwrap_or_default();
    let end = first.iter().take(2_048).position(u8::is_ascii_whitespace).unwrap_or(first.len());
    let word = first.get(..end).unwrap_or_default();
    word.first().is_some_and(|b| b"-'\"^$<\\`".contains(b))
        || word.contains(&b'/')
        || word.windows(2).any(|pair| matches!(pair, [b'.', next] if next.is_ascii_alphanumeric()))
}

/// Reads the command with this name, and gives where it ends.
///
/// # Errors
/// The words of the command cannot be told apart.
pub(super) fn read(text: &[u8], name: Range<usize>) -> Result<(Found, usize), Box<Problem>> {
    let mut shell = Shell::new(text, name.end);
    shell.powershell = name.len() > 4;
    feed(&mut shell, &name);
    let mut sent = Sent::default();
    match options(&mut shell, &mut sent) {
        Ok(()) => Ok((sent.found(shell.input), shell.at)),
        Err(Unclosed { span, end }) => Err(unclosed(text, span, &end)),
    }
}

#[inline(never)]
fn unclosed(text: &[u8], span: Range<usize>, end: &str) -> Box<Problem> {
    let here_document = text.get(span.clone()).is_some_and(|opening| opening.starts_with(b"<<"));
    let (message, help) = if here_document {
        (format!("the text ends before {}, which ends the here-document", shown(end)), "paste all of the command")
    } else {
        (
            format!("the quote {} is not closed", shown(end)),
            "close it; inside single quotes an apostrophe is written `'\\''`",
        )
    };
    Box::new(unreadable(span, message, help))
}

/// Notes a here-document that another command passes on, as `cat <<EOF | curl` does.
fn feed(shell: &mut Shell<'_>, name: &Range<usize>) {
    let before = shell.text.get(..name.start).unwrap_or_default();
    let line = before.iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
    let line = before.get(line..).unwrap_or_default();
    if let Some(at) = line.windows(2).position(|w| w == b"<<") {
        shell.at = name.start - line.len() + at;
        // What is wrong with it shows when the document is looked for.
        let _ = shell.announce();
        shell.at = name.end;
    }
}

/// What was sent, while options are read.
#[derive(Debug, Default)]
struct Sent {
    all: Word,
    parts: usize,
    objects: usize,
    object: Option<Range<usize>>,
    /// A file or variable that is sent, and its place.
    elsewhere: Option<(String, Range<usize>)>,
    /// Where standard input is asked for.
    input: Option<Range<usize>>,
}

fn options(shell: &mut Shell<'_>, sent: &mut Sent) -> Result<(), Unclosed> {
    while let Some(mut word) = shell.word()? {
        if word.bytes.starts_with(b"--") {
            let equals = word.bytes.iter().position(|&b| b == b'=').unwrap_or(word.bytes.len());
            let name = word.bytes.get(..equals).unwrap_or_default();
            let file = name == b"--upload-file";
            if name == b"--next" {
                return finish(shell);
            }
            if !file && !DATA.contains(&name) {
                continue;
            }
            let (raw, json) = (name == b"--data-raw", name == b"--json");
            let value = if equals < word.bytes.len() {
                word.skip(equals + 1);
                Some(word)
            } else {
                shell.word()?
            };
            match value {
                Some(value) if file => sent.file(&value, 0),
                Some(value) => sent.add(value, raw, json),
                None => return Ok(()),
            }
        } else if word.bytes.starts_with(b"-") && !cluster(shell, word, sent)? {
            return finish(shell);
        }
    }
    Ok(())
}

/// Reads to the end of the command.
fn finish(shell: &mut Shell<'_>) -> Result<(), Unclosed> {
    while shell.word()?.is_some() {}
    Ok(())
}

/// Short options written together, such as `-sSd`. False when another request begins.
fn cluster(shell: &mut Shell<'_>, mut word: Word, sent: &mut Sent) -> Result<bool, Unclosed> {
    for i in 1..word.bytes.len() {
        let letter = word.bytes.get(i).copied().unwrap_or_default();
        let is_data = matches!(letter, b'd' | b'T');
        if letter == b':' {
            return Ok(false);
        }
        if !is_data && !WITH_VALUE.contains(&letter) {
            continue;
        }
        let value = if i + 1 < word.bytes.len() {
            word.skip(i + 1);
            Some(word)
        } else {
            shell.word()?
        };
        match value {
            Some(value) if letter == b'T' => sent.file(&value, 0),
            Some(mut value) if is_data => {
                // No data that could be read here begins with it.
                if value.bytes.first() == Some(&b'=') {
                    value.skip(1);
                }
                sent.add(value, false, false);
            }
            _ => {}
        }
        return Ok(true);
    }
    Ok(true)
}

impl Sent {
    /// Adds data as curl does: behind an ampersand, unless it is JSON.
    fn add(&mut self, value: Word, raw: bool, json: bool) {
        if !raw && value.bytes.first() == Some(&b'@') {
            return self.file(&value, 1);
        }
        if let ([b'$', ..], Some(place)) = (value.bytes.as_slice(), &value.variable) {
            let name = value.bytes.get(..place.len()).unwrap_or_default();
            self.elsewhere.get_or_insert_with(|| (String::from_utf8_lossy(name).into_owned(), place.clone()));
        }
        self.parts += 1;
        if self.parts == 1 {
            self.all = Word::at(value.span.start);
        } else if !json {
            self.all.push(b'&', value.span.start);
        }
        let start = self.all.bytes.len();
        if value.bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{') {
            self.objects += 1;
            self.object = Some(start..start + value.bytes.len());
        }
        self.all.append(&value);
    }

    fn file(&mut self, value: &Word, from: usize) {
        let name = value.bytes.get(from..).unwrap_or_default();
        if name == b"-" {
            self.input = Some(value.span.clone());
        } else {
            self.elsewhere.get_or_insert_with(|| (String::from_utf8_lossy(name).into_owned(), value.span.clone()));
        }
    }

    fn found(mut self, input: Option<Word>) -> Found {
        if let Some(place) = self.input.take() {
            match input {
                Some(input) => self.add(input, true, false),
                None => self.elsewhere = self.elsewhere.or(Some(("-".to_owned(), place))),
            }
        }
        if let Some((what, place)) = self.elsewhere {
            return Found::Elsewhere(elsewhere(&what, place));
        }
        if self.parts == 0 {
            return Found::Nothing;
        }
        let object = self.object.filter(|_| self.parts > 1 && self.objects == 1);
        Found::Data(Data { all: self.all, parts: self.parts, object })
    }
}

#[inline(never)]
fn elsewhere(what: &str, place: Range<usize>) -> Box<Problem> {
    let (message, help) = if what == "-" {
        ("the body comes from another command".to_owned(), "paste what that command gives instead")
    } else if what.starts_with('$') {
        (format!("the body comes from the shell, out of {}", shown(what)), "paste the text that it stands for instead")
    } else {
        (format!("the body is in the file {}", shown(what)), "paste what that file holds instead of the command")
    };
    Box::new(unreadable(place, message, help))
}
