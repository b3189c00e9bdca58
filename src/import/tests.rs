//! Pasted texts and what is found in them.

use super::*;
use crate::diagnostic::{Problem, Severity};
use proptest::prelude::*;

const BODY: &str = r#"{"config": {"is_array": false}, "sample_payload": ""}"#;
const CONFIG: &str = r#"{"is_array":true, "status": {"source": ["it's \"so\" \u0041"]}}"#;

fn found(text: &str) -> (Option<Import>, Vec<Problem>) {
    let mut problems = Problems::default();
    let import = import(text.as_bytes(), &mut problems);
    (import, problems.kept().to_vec())
}

/// The body in a text that is fine.
fn body(text: &str) -> Import {
    let (import, problems) = found(text);
    assert_eq!(problems, [], "{text}");
    import.unwrap_or_else(|| unreachable!("{text}"))
}

/// The code of the only problem, what it underlines, and its message.
fn refused(text: &str) -> (&'static str, String, String) {
    let (import, problems) = found(text);
    assert_eq!(import, None, "{text}");
    let [problem] = problems.as_slice() else { unreachable!("{text}: {problems:?}") };
    let underlined = text.get(problem.span.clone().unwrap_or_default()).unwrap_or_default();
    assert!(problem.help.is_some(), "{text}");
    (problem.code, underlined.to_owned(), problem.message.clone().into_owned())
}

fn curl_gives(text: &str, expected: &str) {
    assert_eq!(body(text), (expected.to_owned(), ImportKind::Curl), "{text}");
}

#[test]
fn json_by_itself() {
    for text in [BODY.to_owned(), format!("\u{feff}{BODY}"), format!("\r\n\t {BODY}\r\n")] {
        assert_eq!(body(&text), (BODY.to_owned(), ImportKind::Body));
    }
    assert_eq!(body(CONFIG), (format!("{{\"config\": {CONFIG}}}"), ImportKind::Config));
    let v2 = r#"{"primary_property":[{"name":"host"}]}"#;
    assert_eq!(body(v2), (format!("{{\"config\": {v2}}}"), ImportKind::Config));
}

#[test]
fn json_amid_other_text() {
    for text in [
        format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{BODY}"),
        format!("HTTP/1.1 100 Continue\r\n\r\nHTTP/2 200\r\ncontent-length: 9\r\n\r\n{BODY}\r\nme@host:~$ "),
        format!("$ curl -i https://example.com/x\nHTTP/2 200\n\n{BODY}"),
        format!("> GET /x HTTP/2\n< HTTP/2 200\n<\n{BODY}\n* Connection left intact"),
        format!("# Ours\n\n```json\n{BODY}\n```\nIt works."),
        format!("A payload:\n{{\"status\": \"firing\"}}\nand the body:\n  {BODY}"),
        format!("save it with `curl -d @body.json https://example.com`, where the file is\n{BODY}\n"),
    ] {
        assert_eq!(body(&text), (BODY.to_owned(), ImportKind::Body), "{text}");
    }
}

/// As browsers write a text for cmd.
fn careted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    let plain = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "_-:=+~'/.',?;()*`".contains(c);
    let careted: String = escaped.chars().map(|c| if plain(c) { c.to_string() } else { format!("^{c}") }).collect();
    format!("^\"{}^\"", careted.replace('\n', "^\n\n"))
}

#[test]
fn commands_in_every_quoting() {
    let escaped = BODY.replace('"', "\\\"");
    for data in [
        format!("-d '{BODY}'"),
        format!("-d'{BODY}'"),
        format!("-d='{BODY}'"),
        format!("--data '{BODY}'"),
        format!("--data='{BODY}'"),
        format!("--data-raw '{BODY}'"),
        format!("--data-binary '{BODY}'"),
        format!("--data-ascii '{BODY}'"),
        format!("--json '{BODY}'"),
        format!("-sSd '{BODY}'"),
        format!("-XPOST -d '{BODY}'"),
        format!("-X POST -H 'X: y' -o - -d '{BODY}' --next -d 5"),
        format!("-d \"{escaped}\""),
        format!("-d $'{BODY}'"),
        format!("-d $'{}'", BODY.replace('"', "\\x22").replace('{', "\\u007b").replace('}', "\\175")),
        format!("-d \"{}\"", BODY.replace('"', "\"\"")),
        format!("-d \"{}\"", BODY.replace('"', "`\"")),
        format!("-d \"{}\"", BODY.replace('"', "\\`\"")),
        format!("-d '{escaped}'"),
        format!("-d {}", escaped.replace(' ', "\\ ")),
        format!("--data-raw {}", careted(BODY)),
        format!("-d @- <<'EOF'\n{BODY}\nEOF"),
        format!("-d @- <<\"END OF IT\"\r\n{BODY}\r\nEND OF IT\r\n"),
        format!("-d @- <<EOF\n{BODY}\nEOF\nexit"),
        format!("-d @- <<-EOF | jq .\n\t{BODY}\n\tEOF\n"),
        format!("-d @- <<< '{BODY}'"),
    ] {
        let (text, kind) = body(&format!("curl https://example.com {data}"));
        assert_eq!((text.trim(), kind), (BODY, ImportKind::Curl), "{data}");
    }
}

/// What stands around a command, and how its lines are joined.
#[test]
fn commands_amid_other_text() {
    let data = format!("-d '{BODY}'");
    for text in [
        format!("\u{feff}curl {data}"),
        format!("$ curl {data}\r\n"),
        format!("~/work$ /usr/bin/curl {data}; echo done"),
        format!("PS C:\\> curl.exe {data}"),
        format!("C:\\Users\\me>C:\\tools\\curl.exe {data}"),
        format!("A=$(curl {data})"),
        format!("sleep 600 && curl {data} && echo done"),
        format!("`curl {data}`"),
        format!("Use curl like this, it's easy:\n\n```bash\ncurl {data}\n```\n"),
        format!("curl -X POST \\\n  -H 'X: y' \\\n  {data}"),
        format!("curl -X POST \\\r\n  -H 'X: y' \\\r\n  {data}\r\n"),
        format!("$ curl -X POST \\\n> -H 'X: y' \\\n> {data}"),
        format!("curl -X POST \\  \n  {data} \\\n"),
        format!("curl -X POST https://example.com\n  -H 'X: y'\n  {data}\n"),
        format!("curl.exe -X POST `\n  -H 'X: y' `\n  {data}"),
        format!("curl ^\"https://example.com/^\" ^\r\n  -H ^\"x: y^\" ^\r\n  --data-raw {}", careted(BODY)),
        format!("curl https://example.com/oim/<app_key>?a=b&c=d {data} # the body\n"),
        format!("curl https://example.com/token -d 'grant=x'\ncurl https://example.com {data}"),
        format!("cat <<'EOF' | curl -X POST -d @- https://example.com\n{BODY}\nEOF\n"),
    ] {
        let (text_found, kind) = body(&text);
        assert_eq!((text_found.trim(), kind), (BODY, ImportKind::Curl), "{text}");
    }
}

#[test]
fn every_byte_of_a_configuration_stays() {
    let wrapped = format!("{{\"config\": {CONFIG}}}");
    let escaped = CONFIG.replace('\\', "\\\\").replace('"', "\\\"");
    for text in [
        format!("curl -d '{}'", CONFIG.replace('\'', r"'\''")),
        format!("curl -d \"{escaped}\""),
        format!("curl -d $'{}'", CONFIG.replace('\\', "\\\\").replace('\'', "\\'")),
        format!("curl -d {}", careted(CONFIG)),
        format!("curl -d @- <<'EOF'\n{CONFIG}\nEOF"),
        format!("curl -d @- <<EOF\n{}\nEOF", CONFIG.replace('\\', "\\\\")),
        format!("curl.exe `\n -d '{}'", CONFIG.replace('\'', "''")),
    ] {
        assert_eq!(body(&text), (wrapped.clone(), ImportKind::Curl), "{text}");
    }
    let lines = "{\n\t\"config\":\n\n\t{ }\n}";
    assert_eq!(body(&format!("curl -d {}", careted(lines))).0, lines);
    let browser = r#"curl -d $'{\n\t"config": {"é\u00e9\ud83d\ude00\u0021": 1}}'"#;
    assert_eq!(body(browser).0, "{\n\t\"config\": {\"éé😀!\": 1}}");
}

#[test]
fn several_parts_are_joined_as_curl_does() {
    curl_gives(r#"curl --json '{"config"' --json ':{}}'"#, r#"{"config":{}}"#);
    curl_gives(r#"curl -d '{"config": {"a": "x' -d 'y"}}'"#, r#"{"config": {"a": "x&y"}}"#);
    assert_eq!(refused("curl -d '{}' -d '{}'").2, "expected the end of the text, found `&`");
}

#[test]
fn what_the_shell_would_replace_is_reported() {
    // The command, the body, and the parts that are reported.
    let cases: [(&str, &str, &[&str]); 15] = [
        (r#"-d "{\"config\": {\"a\": \"$HOST-1\"}}""#, r#"{"config": {"a": "$HOST-1"}}"#, &["$HOST"]),
        ("-d @- <<EOF\n{\"config\": {\"a\": \"${HOST}\"}}\nEOF", "{\"config\": {\"a\": \"${HOST}\"}}", &["${HOST}"]),
        (r#"-d '{"config": {"a": "'$HOST'"}}'"#, r#"{"config": {"a": "$HOST"}}"#, &["$HOST"]),
        (r#"-d '{"config": {"a": "'"$HOST"'"}}'"#, r#"{"config": {"a": "$HOST"}}"#, &["$HOST"]),
        (r#"-d "{\"config\": {\"a\": \"$(date +%s)\"}}""#, r#"{"config": {"a": "$(date +%s)"}}"#, &["$(date +%s)"]),
        // Quotes inside the parts count by themselves.
        (
            r#"-d "{\"config\": {\"a\": \"$(date "+%s (UTC)")\"}}""#,
            r#"{"config": {"a": "$(date \"+%s (UTC)\")"}}"#,
            &[r#"$(date "+%s (UTC)")"#],
        ),
        (
            r#"-d "{\"config\": {\"a\": \"$(echo "$(hostname -f)" ')' "\")")\"}}""#,
            r#"{"config": {"a": "$(echo \"$(hostname -f)\" ')' \"\\\")\")"}}"#,
            &[r#"$(echo "$(hostname -f)" ')' "\")")"#],
        ),
        (
            r#"-d "{\"config\": {\"a\": \"`uname -n`\", \"b\": \"${X:-"y}"}\"}}""#,
            r#"{"config": {"a": "`uname -n`", "b": "${X:-\"y}\"}"}}"#,
            &["`uname -n`", r#"${X:-"y}"}"#],
        ),
        // Outside strings they become strings.
        (
            r#"-d "{\"config\": {\"a\": $((6 * (3 + 4))), \"b\": [`x`, $N, $A$B]}}""#,
            r#"{"config": {"a": "$((6 * (3 + 4)))", "b": ["`x`", "$N", "$A$B"]}}"#,
            &["$((6 * (3 + 4)))", "`x`", "$N", "$A", "$B"],
        ),
        ("-d @- <<EOF\n{\"config\": {\"a\": $(x\n)}}\nEOF", "{\"config\": {\"a\": \"$(x\\n)\"}}", &["$(x\n)"]),
        (r#"-d '{"config": {"a": '`x y`'}}'"#, r#"{"config": {"a": "`x y`"}}"#, &["`x y`"]),
        // Elsewhere in the command nobody needs them.
        (r#"-H "X: $(pass show "a b")" -u `id -un` "$URL" -d '{"config": {}}'"#, r#"{"config": {}}"#, &[]),
        (r#"-d "{\"config\": {\"a\": \"5 $, $5\"}}""#, r#"{"config": {"a": "5 $, $5"}}"#, &[]),
        (r#"-d "{\"config\": {\"a\": \"\$(x) \$(y\"}}""#, r#"{"config": {"a": "$(x) $(y"}}"#, &[]),
        ("-d \"{\\\"config\\\": {\\\"a\\\": \\\"it`s\\\"}}\"\n`", "{\"config\": {\"a\": \"it`s\"}}", &[]),
    ];
    for (command, expected, parts) in cases {
        let text = format!("curl {command}");
        let (import, problems) = found(&text);
        assert_eq!(import, Some((expected.to_owned(), ImportKind::Curl)), "{text}: {problems:?}");
        let places = problems.iter().filter_map(|problem| text.get(problem.span.clone()?));
        assert_eq!(places.collect::<Vec<_>>(), parts, "{text}");
        assert!(problems.iter().all(|problem| problem.severity == Severity::Warning));
    }
}

#[test]
fn what_cannot_be_imported_is_reported() {
    let unreadable = "import-unreadable";
    let cases: [(&str, &str, &str, &str); 39] = [
        ("", "json-syntax", "", "the text is empty"),
        (" \n", "json-syntax", "", "the text is empty"),
        ("hello", unreadable, "hello", "there is no request body, no configuration and no curl command in the text"),
        (
            "curl is a tool",
            unreadable,
            "curl is a tool",
            "there is no request body, no configuration and no curl command in the text",
        ),
        ("[1]", unreadable, "[1]", "there is no request body, no configuration and no curl command in the text"),
        ("5", unreadable, "5", "there is no request body, no configuration and no curl command in the text"),
        ("{}", unreadable, "{}", "this is neither a request body nor a configuration"),
        (
            "{\"status\": \"firing\"}",
            unreadable,
            "{\"status\": \"firing\"}",
            "this is neither a request body nor a configuration",
        ),
        ("{\"config\": }", "json-syntax", "}", "expected a value, found `}`"),
        ("{\"config\": {}} x", "json-syntax", "x", "expected the end of the text, found `x`"),
        ("{'config': 5}", "json-syntax", "'", "expected a key in double quotes, found `'`"),
        (
            r#"{"status": 404, "errors": ["no such key", "x"]}"#,
            unreadable,
            r#"{"status": 404, "errors": ["no such key", "x"]}"#,
            "this is an error response of the API, status 404: `[\"no such key\", \"x\"]`",
        ),
        (
            "HTTP/2 401\nx: y\n\n{\"status\":401,\"errors\":[]}",
            unreadable,
            "{\"status\":401,\"errors\":[]}",
            "this is an error response of the API, status 401: `[]`",
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\n\r\n<html>",
            unreadable,
            "HTTP/1.1 502 Bad Gateway\r\n\r\n<html>",
            "there is no request body, no configuration and no curl command in the text",
        ),
        ("curl https://example.com", unreadable, "curl", "the command sends no data: it retrieves a configuration"),
        ("curl https://example.com -d", unreadable, "curl", "the command sends no data: it retrieves a configuration"),
        ("curl -d @body.json https://e.com", unreadable, "@body.json", "the body is in the file `body.json`"),
        (
            "curl --data-binary='@body.json'",
            unreadable,
            "--data-binary='@body.json'",
            "the body is in the file `body.json`",
        ),
        ("curl -d @- https://e.com", unreadable, "@-", "the body comes from another command"),
        ("curl -d \"$BODY\" https://e.com", unreadable, "\"$BODY\"", "the body comes from the shell"),
        ("curl -d \"$(cat x)\"", unreadable, "\"$(cat x)\"", "the body comes from the shell"),
        ("curl -d `cat x`", unreadable, "`cat x`", "the body comes from the shell"),
        ("curl -d \"{\\\"a\\\": $(date\"", unreadable, "$(", "`$(` is not closed"),
        ("curl -d \"{\\\"a\\\": ${x\"", unreadable, "${", "`${` is not closed"),
        ("curl -d @- <<EOF\n$(\nEOF", unreadable, "$(", "`$(` is not closed"),
        ("curl -d '{\"config\": {}}", unreadable, "'", "`'` is not closed"),
        ("curl -d \"{}", unreadable, "\"", "`\"` is not closed"),
        ("curl -d $'{}\\'", unreadable, "$'", "`$'` is not closed"),
        ("curl -d ^\"{}", unreadable, "^\"", "`^\"` is not closed"),
        ("curl -d @- <<EOF\n{}\n", unreadable, "<<EOF", "`<<EOF` is not closed"),
        ("curl -d ''", "json-syntax", "''", "the text is empty"),
        ("curl -d \\", "json-syntax", "\\", "the text is empty"),
        ("curl -d 'a=b'", "json-syntax", "a", "expected a value, found `a`"),
        ("curl -d '[]'", unreadable, "[]", "this is neither a request body nor a configuration"),
        ("curl -d '{\"a\": \"'\\''\",}'", "json-syntax", "}", "a comma stands before `}`"),
        ("curl -d \"{\\\"é\\\": tru}\"", "json-syntax", "t", "expected a value, found `t`"),
        ("curl -d $'{\"a\\u00e9\": x}'", "json-syntax", "x", "expected a value, found `x`"),
        ("curl -d @- <<EOF\n{\"a\": \\$}\nEOF\n", "json-syntax", "$", "expected a value, found `$`"),
        ("```json\n{\"config\": ]}\n```", "json-syntax", "]", "expected a value, found `]`"),
    ];
    for (text, code, underlined, message) in cases {
        assert_eq!(refused(text), (code, underlined.to_owned(), message.to_owned()), "{text}");
    }
}

#[test]
fn megabytes_are_read_in_time() {
    let long = |piece: &str| piece.repeat(1_000_000 / piece.len());
    for text in [
        long("curl 'a\n"),
        long("curl -d \""),
        long("curl <<EOF\n"),
        long("curl -d @- <<A <<B\n"),
        long("curl\\ \n"),
        long("{\"a\":"),
        long("\n{} "),
        long("\n{ "),
        format!("curl -d '{{\"config\": [{}1]}}'", long("1,")),
        format!("curl -d \"{{\\\"config\\\": [{}1]}}\"", long("\\\"a\\\",")),
        format!("curl {}", long("-d {} ")),
        format!("curl {}", long("a ")),
        format!("curl -d {}", long("\\ ")),
        format!("curl -d {}", long("^")),
        format!("curl -d $'{}", long("\\")),
        format!("curl -d \"{}", long("${")),
        format!("curl -d \"{}", long("$(")),
        format!("curl -d \"{}\"", long("$(\"`")),
        format!("curl -d \"{}\"", long("`x")),
        format!("curl -d \"{}\"", long("`x\n")),
        format!("curl -d {}", long("`x` ")),
        format!("curl -d \"{{\\\"config\\\": [{}1]}}\"", long("$A,`b`,$(c),")),
        format!("curl -d \"{}{}\"", long("$(").repeat(2), long(")").repeat(2)),
    ] {
        found(&text);
    }
    let large = format!("{{\"config\": {{}}, \"sample_payload\": \"{}\"}}", long("é"));
    assert_eq!(body(&format!("curl -d '{large}'")).0, large);
    assert_eq!(refused(&long("x").repeat(17)).0, "payload-too-large");
}

const PIECES: [&str; 38] = [
    "$(",
    ")",
    "${",
    "$B",
    "curl",
    "curl.exe",
    " ",
    "\n",
    "\r\n",
    "-d",
    "--data",
    "--json",
    "=",
    "'",
    "\"",
    "$'",
    "^\"",
    "^",
    "\\",
    "`",
    "@",
    "@-",
    "<<EOF",
    "EOF",
    "<<<",
    "<<-'X'",
    "X",
    "{",
    "}",
    "{\"config\":",
    "\"",
    ":",
    "5",
    "$A",
    "é",
    "\\u00",
    "HTTP/1.1 200",
    "```",
];

proptest! {
    #[test]
    fn any_text_is_read_or_refused(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40), more: String) {
        for text in [pieces.concat(), format!("curl -d {}{more}", pieces.concat()), more] {
            let (import, problems) = found(&text);
            let errors = problems.iter().any(|p| p.severity == Severity::Error);
            prop_assert_eq!(import.is_none(), errors, "{}", text);
            for problem in problems {
                let span = problem.span.unwrap_or_default();
                prop_assert!(text.as_bytes().get(span.clone()).is_some(), "{:?} in {:?}", span, text);
            }
            if let Some((body, _)) = import {
                prop_assert!(crate::json::scan::check(body.as_bytes()).is_ok(), "{}", body);
            }
        }
    }

    #[test]
    fn quoting_is_undone(value in prop_oneof![any::<String>(), "['{\"\\\\` a]{1,9}"]) {
        let json = serde_json::json!({ "config": { "a": value } }).to_string();
        let text = String::from_utf8_lossy(json.as_bytes()).into_owned();
        prop_assume!(!text.contains(char::is_control));
        curl_gives(&format!("curl -d '{}'", text.replace('\'', r"'\''")), &text);
        curl_gives(&format!("curl -d {}", careted(&text)), &text);
        curl_gives(&format!("curl -d $'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")), &text);
        let double = text.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$").replace('`', "\\`");
        curl_gives(&format!("curl -d \"{double}\""), &text);
        curl_gives(&format!("curl -d @- <<'EOF'\n{text}\nEOF\n"), &text);
    }
}
