//! A request body in the source code of each language.
//!
//! All of it rests on what JSON text can and cannot hold (the scanner has seen that it is JSON, and its line ends are
//! line feeds):
//!
//! * a control character or a line feed stands between its parts only, never in a string;
//! * a line begins with white space or with one of `{ } [ ] , : " -`, a digit, `true`, `false`, `null`: so no line
//!   ends a here-document (`JSON`, `'@`), whatever its strings say;
//! * three quotes never stand side by side, since inside strings each is behind a backslash, and what follows a string
//!   is no quote: so nothing ends a `"""` text early;
//! * it ends with `}` and one line feed.
//!
//! What a language cannot read in its raw text makes all of it a text with escapes.

use super::base64;
use crate::json::escape::into_string;

/// As it is: Python's raw strings, files.
pub(super) fn unchanged(json: &str) -> String {
    json.to_owned()
}

/// JavaScript: a template. What could end a `<script>` element or begin a comment in one is escaped too.
pub(super) fn javascript(json: &str) -> String {
    const SPECIAL: &[(&str, &str)] =
        &[("\\", "\\\\"), ("`", "\\`"), ("${", "\\${"), ("</", "<\\/"), ("<!--", "<\\!--")];
    ["`", &replaced(json, SPECIAL), "`"].concat()
}

/// Most back-ticks in a Go string that is put together; compilers are slow with thousands of parts.
const GO_PARTS: usize = 100;

/// Go: a raw string. A back-tick cannot stand in one, so it stands between two of them.
pub(super) fn go(json: &str) -> String {
    const BETWEEN: &str = "` + \"`\" + `";
    let raw = replaced(json, &[("`", BETWEEN)]);
    if !is_calm(json) || raw.len() > json.len() + GO_PARTS * BETWEEN.len() {
        return escaped(json);
    }
    ["`", &raw, "`"].concat()
}

/// Most bytes of a Java constant, less some room: the class file has 65,535, in its own kind of UTF-8. No character has
/// more bytes there than here in the source.
const JAVA_BYTES: usize = 60_000;

/// Java: a text block, or several that are joined when the program runs. Only ASCII: what encoding a source file is
/// read in depends on the machine before Java 18.
pub(super) fn java(json: &str) -> String {
    const INDENT: &str = "            ";
    // White space at the end of a line would be taken away.
    let text = ascii(&replaced(json, &[("\\", "\\\\"), (" \n", "\\s\n"), ("\t\n", "\\t\n")]), true);
    let mut out = String::new();
    let (mut rest, mut size, mut blocks, mut line_starts) = (text.as_str(), 0, 1, true);
    while let Some(first) = rest.bytes().next() {
        // An escape stays in one piece.
        let length = match (first, rest.as_bytes().get(1)) {
            (b'\\', Some(b'u')) => 6,
            (b'\\', _) => 2,
            _ => 1,
        };
        let (part, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = after;
        if line_starts && first != b'\n' {
            out.push_str(INDENT);
        }
        out.push_str(part);
        line_starts = first == b'\n';
        size += length;
        if size >= JAVA_BYTES && !rest.is_empty() {
            // Behind a backslash the line goes on in the next block.
            out.push_str(if line_starts { "" } else { "\\\n" });
            out.push_str("            \"\"\",\n            \"\"\"\n");
            (size, blocks, line_starts) = (0, blocks + 1, true);
        }
    }
    let (before, after) = if blocks > 1 { ("String.join(\"\",\n            ", ")") } else { ("", "") };
    [before, "\"\"\"\n", &out, INDENT, "\"\"\"", after].concat()
}

/// Ruby: the lines of a here-document.
pub(super) fn ruby(json: &str) -> String {
    without_final_line_feed(json).to_owned()
}

/// PowerShell: a here-string, with the line feed at its end put behind it.
pub(super) fn powershell(json: &str) -> String {
    ["@'\n", json, "'@ + \"`n\""].concat()
}

/// C#: a raw string of UTF-8 bytes, or one with escapes.
pub(super) fn csharp(json: &str) -> String {
    if !is_calm(json) {
        return escaped(json) + "u8";
    }
    // The line feed before the closing quotes is not part of the string, so that one more line is needed.
    ["\"\"\"\n", &indented(json, "    "), "\n    \"\"\"u8"].concat()
}

/// YAML: a block of lines, or a text in quotes.
pub(super) fn yaml(json: &str) -> String {
    if !is_calm(json) {
        return escaped(json);
    }
    ["|\n", &indented(without_final_line_feed(json), "          ")].concat()
}

/// A shell command that writes it to the file `body.json`.
pub(super) fn shell_file(json: &str) -> String {
    ["cat >body.json <<'JSON'\n", json, "JSON\n"].concat()
}

/// The same inside a workflow of GitHub Actions: a block of lines in YAML, in which `${{` begins an expression.
pub(super) fn workflow_file(json: &str) -> String {
    if is_calm(json) && replaced(json, &[("${{", "")]).len() == json.len() {
        return shell_file(json);
    }
    let begin = "# In Base64, since a workflow cannot hold it as it is.\nbase64 --decode >body.json <<'BASE64'\n";
    [begin, &base64::lines(json.as_bytes()), "BASE64\n"].concat()
}

/// Puts white space before every line that is not empty.
pub(super) fn indented(text: &str, indent: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut rest = text;
    while let Some(first) = rest.bytes().next() {
        out.push_str(if first == b'\n' { "" } else { indent });
        let end = rest.bytes().position(|b| b == b'\n').map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        out.push_str(line);
        rest = after;
    }
    out
}

/// A text in which each of some texts is another, in one pass: what was put in is not searched again.
pub(super) fn replaced(text: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let found = pairs.iter().find(|(from, _)| rest.starts_with(from.as_bytes()));
        let length = found.map_or(1, |(from, _)| from.len());
        let (part, after) = rest.split_at_checked(length).unwrap_or((rest, b""));
        out.extend_from_slice(found.map_or(part, |(_, to)| to.as_bytes()));
        rest = after;
    }
    // What is replaced and what comes instead are whole characters.
    into_string(out)
}

fn without_final_line_feed(json: &str) -> &str {
    json.strip_suffix('\n').unwrap_or(json)
}

/// A text in double quotes, with the escapes that Go, C# and YAML share.
fn escaped(text: &str) -> String {
    let inside = replaced(text, &[("\\", "\\\\"), ("\"", "\\\""), ("\n", "\\n"), ("\t", "\\t")]);
    ["\"", &ascii(&inside, false), "\""].concat()
}

/// Escapes all that is not ASCII as `\uXXXX`: beyond 16 bits as a pair of them, or as `\UXXXXXXXX`.
pub(super) fn ascii(text: &str, pairs: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let code = u32::from(c);
        if code < 0x7f {
            out.push(c);
        } else if code < 0x1_0000 {
            out.push_str(&format!("\\u{code:04X}"));
        } else if pairs {
            let (high, low) = (0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
            out.push_str(&format!("\\u{high:04X}\\u{low:04X}"));
        } else {
            out.push_str(&format!("\\U{code:08X}"));
        }
    }
    out
}

/// Whether it is free of what some languages take for a line end or refuse to read: the control characters from
/// U+007F to U+009F, the separators U+2028 and U+2029, byte order marks, and U+FFFE and U+FFFF.
fn is_calm(text: &str) -> bool {
    let mut before = [0, 0];
    text.bytes().all(|b| {
        let restless = matches!(
            (before, b),
            (_, 0x7f)
                | ([_, 0xc2], 0x80..=0x9f)
                | ([0xe2, 0x80], 0xa8 | 0xa9)
                | ([0xef, 0xbb], 0xbf)
                | ([0xef, 0xbf], 0xbe | 0xbf)
        );
        before = [before[1], b];
        !restless
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn javascript_templates_end_where_they_should() {
        assert_eq!(javascript("{\"a`\\n${b}$c</script><!--\"}"), "`{\"a\\`\\\\n\\${b}$c<\\/script><\\!--\"}`");
    }

    #[test]
    fn go_strings_are_raw_as_long_as_they_can() {
        assert_eq!(go("{\"a\\n\"}\n"), "`{\"a\\n\"}\n`");
        assert_eq!(go("{\"a`b\"}"), "`{\"a` + \"`\" + `b\"}`");
        assert_eq!(go("{\"a`\u{feff}😀\"}"), "\"{\\\"a`\\uFEFF\\U0001F600\\\"}\"");
        let many = format!("{{\"{}\"}}\n", "`a".repeat(111));
        assert_eq!(go(&many), format!("\"{{\\\"{}\\\"}}\\n\"", "`a".repeat(111)));
    }

    #[test]
    fn java_blocks_are_ascii_and_short() {
        assert_eq!(
            java("{ \n\t\n\"é\\n\"}\n").replace("            ", "_"),
            "\"\"\"\n_{\\s\n_\\t\n_\"\\u00E9\\\\n\"}\n_\"\"\""
        );
        let long = java(&format!("{{\"{}\":1,\n\"😀\":\"{}\"}}\n", "é".repeat(30_000), "x".repeat(70_000)));
        assert!(long.starts_with("String.join(") && long.is_ascii());
        assert!(long.split("\"\"\"").all(|block| block.len() < 8 * JAVA_BYTES));
        assert_eq!(long.matches("\"\"\"").count(), 2 * 5);
    }

    #[test]
    fn csharp_and_yaml_know_other_line_ends() {
        assert_eq!(csharp("{\n\n}\n"), "\"\"\"\n    {\n\n    }\n\n    \"\"\"u8");
        assert_eq!(csharp("{\"\u{2028}\"}\n"), "\"{\\\"\\u2028\\\"}\\n\"u8");
        assert_eq!(yaml("{\n \"é😀\"}\n").replace("          ", "_"), "|\n_{\n_ \"é😀\"}");
        assert_eq!(yaml("{\"\u{85}\u{7f}\"}\n"), "\"{\\\"\\u0085\\u007F\\\"}\\n\"");
    }

    #[test]
    fn workflows_hold_no_expression() {
        assert!(workflow_file("{\"$ {{ x }}\"}\n").starts_with("cat "));
        for text in ["{\"${{ x }}\"}\n", "{\"\u{2028}\"}\n"] {
            assert!(workflow_file(text).is_ascii() && !workflow_file(text).contains("${{"));
        }
    }
}
