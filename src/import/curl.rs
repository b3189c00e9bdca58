//! curl commands: where they are in a text, and what data they send.

use super::shell::{Shell, among};
use super::word::Word;
use super::{Refused, unreadable};
use crate::diagnostic::shown;
use core::hint::black_box;
use core::ops::Range;

/// Short options that take a value, but for those that are about data.
const WITH_VALUE: &[u8] = b"AbcCDeEFHKmoPQrtTuUwxXyYz";

/// Long options that matter here.
static LONG: [(&[u8], Says); 7] = [
    (b"data", Says::Data),
    (b"data-binary", Says::Data),
    (b"data-ascii", Says::Data),
    (b"data-urlencode", Says::Data),
    (b"data-raw", Says::Raw),
    (b"json", Says::Json),
    (b"next", Says::Next),
];

/// What an option says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Nothing about data.
    Nothing,
    /// It has a value that is no data.
    Value,
    /// Data, or the name of a file with an `@` before it.
    Data,
    /// Data, whatever it begins with.
    Raw,
    /// Data that is put behind other data without an ampersand.
    Json,
    /// Another request begins.
    Next,
}

/// The name of the next command from `from` on.
#[inline(never)]
pub(super) fn next(text: &[u8], from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        at += text.get(at..)?.windows(4).position(|w| w == b"curl")?;
        let before = if at == from { b' ' } else { text.get(at - 1).copied()? };
        let behind = text.get(at + 4..)?;
        let exe = behind.starts_with(b".exe");
        let end = at + if exe { 8 } else { 4 };
        if (before.is_ascii_whitespace() || among(before, b"/\\;&|(>`")) && is_command(text.get(end..)?) {
            return Some(at..end);
        }
        at = end;
    }
}

/// Whether this can stand behind the name of a command, and not of the tool in a sentence.
fn is_command(behind: &[u8]) -> bool {
    let word = behind.trim_ascii_start();
    let word = word.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    word.len() < behind.len()
        && !behind.first().is_some_and(u8::is_ascii_alphanumeric)
        && word.first().is_some_and(|&b| among(b, b"-'\"^$<\\`") || among(b'/', word))
}

/// Reads the data that the command of this name sends.
///
/// # Errors
/// There is none, it is not in the text, or it cannot be told apart; then the first is true.
#[inline(never)]
pub(super) fn read(text: &[u8], name: Range<usize>) -> Result<Word, (bool, Refused)> {
    let Sent { data: sent, unclosed } = options(text, &name);
    if let Some(span) = unclosed {
        let opening = String::from_utf8_lossy(text.get(span.clone()).unwrap_or_default());
        let message = [&shown(&opening), " is not closed"].concat();
        let help = "paste all of the command; inside single quotes an apostrophe is written `'\\''`";
        return Err((true, unreadable(span, message, help)));
    }
    let problem = match sent.bytes.first() {
        _ if sent.span.is_empty() => unreadable(
            name,
            "the command sends no data: it retrieves a configuration",
            "run it and paste its answer, or paste a command that has the body behind `--data`",
        ),
        Some(b'@') if sent.bytes == b"@-" => unreadable(
            sent.span,
            "the body comes from another command",
            "paste what that command gives instead of this one",
        ),
        Some(b'@') => {
            let file = sent.bytes.get(1..).unwrap_or_default();
            let message = ["the body is in the file ", &shown(&String::from_utf8_lossy(file))].concat();
            unreadable(sent.span, message, "paste what that file holds instead of the command")
        }
        Some(b'$') if sent.variable.is_some() => unreadable(
            sent.span,
            "the body comes from the shell",
            "paste the text that stands for it in the shell instead of the command",
        ),
        _ => return Ok(sent),
    };
    Err((false, problem))
}

/// What a command sends.
struct Sent {
    /// The data; of a file the name, behind an `@`.
    data: Word,
    /// A quote or here-document that does not end.
    unclosed: Option<Range<usize>>,
}

#[inline(never)]
fn options(text: &[u8], name: &Range<usize>) -> Sent {
    let mut shell = Shell::new(text, name.end, name.len() > 4);
    // A here-document that another command passes on, as `cat <<EOF | curl` does.
    let before = text.get(..name.start).unwrap_or_default();
    let line = before.rsplit(|&b| b == b'\n').next().unwrap_or_default();
    if let Some(at) = line.windows(2).position(|w| w == b"<<") {
        shell.at = name.start - line.len() + at;
        shell.redirection();
        shell.at = name.end;
    }
    let mut data = Word::default();
    let mut asks = false;
    while shell.word() {
        let (says, value) = option(&shell.word.bytes);
        if says == Says::Next {
            break;
        }
        if says == Says::Nothing {
            continue;
        }
        if value < shell.word.bytes.len() {
            shell.word.cut(value);
        } else if !shell.word() {
            break;
        }
        if says != Says::Value {
            asks |= says != Says::Raw && shell.word.bytes == b"@-";
            add(&mut data, &mut shell.word, says);
        }
    }
    // A here-document may be announced behind all that counts.
    while shell.word() {}
    if asks && let Some(input) = shell.input {
        data = input;
    }
    Sent { data, unclosed: shell.unclosed }
}

/// Adds data as curl does: behind an ampersand, unless it is JSON.
#[inline(never)]
fn add(data: &mut Word, value: &mut Word, says: Says) {
    if data.span.is_empty() {
        core::mem::swap(data, value);
        return;
    }
    if says != Says::Json {
        data.push(b'&', value.span.start);
    }
    data.append(value);
}

/// What an option says, and where in the word its value begins.
#[inline(never)]
fn option(word: &[u8]) -> (Says, usize) {
    if word.starts_with(b"--") {
        let length = word.iter().position(|&b| b == b'=').unwrap_or(word.len());
        // Hidden from the optimiser, which would write out a comparison for each name.
        let known = black_box(&LONG).iter().find(|(name, _)| word.get(2..length) == Some(*name));
        return (known.map_or(Says::Nothing, |(_, says)| *says), length + 1);
    }
    let letters = if word.first() == Some(&b'-') { word } else { b"" };
    for (i, letter) in letters.iter().enumerate().skip(1) {
        // No data that could be read here begins with that sign.
        let equals = usize::from(letters.get(i + 1) == Some(&b'='));
        match letter {
            b'd' => return (Says::Data, i + 1 + equals),
            b':' => return (Says::Next, 0),
            _ if among(*letter, WITH_VALUE) => return (Says::Value, i + 1),
            _ => {}
        }
    }
    (Says::Nothing, 0)
}
