//! curl commands: where they are in a text, and what data they send.

use super::word::Word;
use super::{Shell, among};
use crate::diagnostic::quote_input;
use core::ops::Range;
use std::borrow::Cow;

/// Why the data of a command cannot be read from the text.
#[derive(Debug)]
pub(crate) struct NoData {
    /// The command itself is broken: it does not merely name data that are elsewhere.
    pub(crate) is_broken: bool,
    pub(crate) span: Range<usize>,
    pub(crate) message: Cow<'static, str>,
    pub(crate) help: &'static str,
}

fn elsewhere(span: Range<usize>, message: impl Into<Cow<'static, str>>, help: &'static str) -> NoData {
    NoData { is_broken: false, span, message: message.into(), help }
}

/// Short options that take a value, but for those that are about data.
const WITH_VALUE: &[u8] = b"AbcCDeEFHKmoPQrtTuUwxXyYz";

/// Long options that matter here.
const LONG: [(&[u8], OptionKind); 7] = [
    (b"data", OptionKind::Data),
    (b"data-binary", OptionKind::Data),
    (b"data-ascii", OptionKind::Data),
    (b"data-urlencode", OptionKind::Data),
    (b"data-raw", OptionKind::Raw),
    (b"json", OptionKind::Json),
    (b"next", OptionKind::Next),
];

/// What an option means for the data that is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OptionKind {
    /// It has no effect on the data.
    Other,
    /// It takes a value that is not data.
    Value,
    /// Data, or `@` and the name of a file.
    Data,
    /// Data, even if it starts with `@`.
    Raw,
    /// Data that is appended without an ampersand.
    Json,
    /// The start of another request.
    Next,
}

/// The name of the next command from `from` on.
pub(crate) fn next(text: &[u8], from: usize) -> Option<Range<usize>> {
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

/// Whether this can follow the name of a command, as opposed to the name of the tool in a sentence.
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
/// There is no data, or it is not in the text.
pub(crate) fn read(text: &[u8], name: Range<usize>) -> Result<Word, NoData> {
    let Sent { data: sent, unclosed } = options(text, &name);
    if let Some(span) = unclosed {
        let opening = String::from_utf8_lossy(text.get(span.clone()).unwrap_or_default());
        let message = [&quote_input(&opening), " is not closed"].concat();
        let help = "paste all of the command; inside single quotes an apostrophe is written `'\\''`";
        return Err(NoData { is_broken: true, ..elsewhere(span, message, help) });
    }
    let problem = match sent.bytes.first() {
        _ if sent.span.is_empty() => elsewhere(
            name,
            "the command sends no data: it retrieves a configuration",
            "run it and paste its answer, or paste a command that has the body behind `--data`",
        ),
        Some(b'@') if sent.bytes == b"@-" => elsewhere(
            sent.span,
            "the body comes from another command",
            "paste the output of that command instead of this one",
        ),
        Some(b'@') => {
            let file = sent.bytes.get(1..).unwrap_or_default();
            let message = ["the body is in the file ", &quote_input(&String::from_utf8_lossy(file))].concat();
            elsewhere(sent.span, message, "paste the content of that file instead of the command")
        }
        Some(b'$' | b'`') if sent.substitutions.first().is_some_and(|(part, _)| part.start == 0) => elsewhere(
            sent.span,
            "the body comes from the shell",
            "paste what the shell puts there instead of the command",
        ),
        _ => return Ok(sent),
    };
    Err(problem)
}

/// What a command sends.
struct Sent {
    /// The data; of a file the name, behind an `@`.
    data: Word,
    /// A quote or here-document that does not end.
    unclosed: Option<Range<usize>>,
}
fn options(text: &[u8], name: &Range<usize>) -> Sent {
    let mut shell = Shell::new(text, name.end, name.len() > 4);
    // A here-document that another command passes on, as in `cat <<EOF | curl`.
    let before = text.get(..name.start).unwrap_or_default();
    let line = before.rsplit(|&b| b == b'\n').next().unwrap_or_default();
    shell.in_backticks = line.iter().filter(|&&b| b == b'`').count() % 2 == 1;
    if let Some(at) = line.windows(2).position(|w| w == b"<<") {
        shell.at = name.start - line.len() + at;
        shell.redirection();
        shell.at = name.end;
    }
    let mut data = Word::default();
    let mut reads_stdin = false;
    while shell.word() {
        let (kind, value) = option(&shell.word.bytes);
        if kind == OptionKind::Next {
            break;
        }
        if kind == OptionKind::Other {
            continue;
        }
        if value < shell.word.bytes.len() {
            shell.word.cut(value);
        } else if !shell.word() {
            break;
        }
        if kind != OptionKind::Value {
            reads_stdin |= kind != OptionKind::Raw && shell.word.bytes == b"@-";
            add(&mut data, &mut shell.word, kind);
        }
    }
    // A here-document may follow the last option.
    while shell.word() {}
    if reads_stdin && let Some(input) = shell.stdin {
        data = input;
    }
    Sent { data, unclosed: shell.unclosed }
}

/// Appends data as curl does: after an ampersand, unless it is JSON.
fn add(data: &mut Word, value: &mut Word, kind: OptionKind) {
    if data.span.is_empty() {
        core::mem::swap(data, value);
        return;
    }
    if kind != OptionKind::Json {
        data.push(b'&', value.span.start);
    }
    data.append(value);
}

/// The kind of an option, and where in the word its value begins.
fn option(word: &[u8]) -> (OptionKind, usize) {
    if word.starts_with(b"--") {
        let length = word.iter().position(|&b| b == b'=').unwrap_or(word.len());
        let known = LONG.iter().find(|(name, _)| word.get(2..length) == Some(*name));
        return (known.map_or(OptionKind::Other, |(_, kind)| *kind), length + 1);
    }
    let letters = if word.first() == Some(&b'-') { word } else { b"" };
    for (i, letter) in letters.iter().enumerate().skip(1) {
        // No data that could be read here begins with that sign.
        let equals = usize::from(letters.get(i + 1) == Some(&b'='));
        match letter {
            b'd' => return (OptionKind::Data, i + 1 + equals),
            b':' => return (OptionKind::Next, 0),
            _ if among(*letter, WITH_VALUE) => return (OptionKind::Value, i + 1),
            _ => {}
        }
    }
    (OptionKind::Other, 0)
}
