//! Payloads in other forms than JSON.

use super::*;
use crate::json::scan::check;
use proptest::prelude::*;

fn found(text: &str) -> Problem {
    let error = check(text.as_bytes()).err().unwrap_or_else(|| unreachable!("{text}"));
    payload_syntax(error, text.as_bytes())
}

/// The text with the edits of the fix, which must be in order.
fn fixed(text: &str, problem: &Problem) -> Option<String> {
    let fix = problem.suggestion.as_ref()?;
    let (mut made, mut at) = (String::new(), 0);
    for (range, new) in &fix.edits {
        made += text.get(at..range.start).unwrap_or_else(|| unreachable!("{text}: {range:?}"));
        made += new;
        at = range.end;
    }
    Some(made + text.get(at..).unwrap_or_default())
}

/// The message, what is underlined, and the text with the fix.
fn reported(text: &str) -> (String, String, Option<String>) {
    let problem = found(text);
    assert_eq!((problem.code, problem.document), ("json-syntax", Document::Payload));
    assert!(problem.help.is_some(), "{text}");
    let made = fixed(text, &problem);
    if let Some(json) = &made {
        assert_eq!(check(json.as_bytes()), Ok(()), "{text}");
    }
    let underlined = text.get(problem.span.unwrap_or_default()).unwrap_or_default();
    (problem.message.into_owned(), underlined.to_owned(), made)
}

#[test]
fn code_blocks_lose_their_fences() {
    let cases = [
        ("```json\n{\"a\": 1}\n```", Some("{\"a\": 1}")),
        (" \n```\r\n{\n  \"a\": 1\n}\r\n```\r\n", Some(" \n{\n  \"a\": 1\n}\r\r\n")),
        ("```\n{\"a\": }\n```", None),
        ("```\n```\n{}\n```\n```", None),
    ];
    for (text, json) in cases {
        let (message, underlined, made) = reported(text);
        assert_eq!(message, "this is a Markdown code block, not JSON", "{text}");
        assert_eq!((underlined.as_str(), made.as_deref()), ("```", json), "{text}");
    }
    for text in ["```", "```\n", "```json\n{\"a\": 1}", "`{\"a\": 1}`", "```\n{}\n```\nand more"] {
        assert!(found(text).message.starts_with("expected"), "{text}");
    }
}

#[test]
fn payloads_one_behind_the_other_are_named() {
    let named = "another JSON text begins here: these are several payloads, not one";
    for (text, second) in [
        (r#"{"a": 1} {"b": 2}"#, r#"{"b": 2}"#),
        (r#"[1][2] x"#, "[2]"),
        ("{\n  \"a\": 1\n}\n{\n  \"b\": 2\n}\n", "{\n  \"b\": 2\n}"),
    ] {
        let (message, underlined, made) = reported(text);
        assert_eq!((message.as_str(), underlined.as_str(), made), (named, second, None), "{text}");
    }
    for text in [r#"{"a": 1} {"b": "#, r#"{"a": 1} 2"#, r#"1 {"a": 1}"#, r#"{"a": 1} x"#] {
        assert_ne!(found(text).message, named, "{text}");
    }
}

#[test]
fn form_bodies_become_objects() {
    let cases = [
        ("sensor=Ping&status=Down", "{\n  \"sensor\": \"Ping\",\n  \"status\": \"Down\"\n}"),
        ("a=%22x%22+%C3%A9&b=", "{\n  \"a\": \"\\\"x\\\" é\",\n  \"b\": \"\"\n}"),
        ("tag=a&tag=b&x%5B%5D=1&", "{\n  \"tag\": [\"a\", \"b\"],\n  \"x[]\": \"1\"\n}"),
        // As PRTG fills its placeholders in: without encoding them.
        (
            "message=5 % (Disk & memory) is \"low\"&c:\\=x&status=Down",
            "{\n  \"message\": \"5 % (Disk & memory) is \\\"low\\\"&c:\\\\=x\",\n  \"status\": \"Down\"\n}",
        ),
        ("\n a=%zz%f \r\n", "\n {\n  \"a\": \"%zz%f\"\n} \r\n"),
        ("a=%ff", "{\n  \"a\": \"\u{fffd}\"\n}"),
    ];
    for (text, expected) in cases {
        let (message, underlined, made) = reported(text);
        assert_eq!(message, "this is a form body (`key=value&…`), not JSON", "{text}");
        assert_eq!((underlined.as_str(), made.as_deref()), (text.trim(), Some(expected)));
    }
    for text in ["level=info message=ready", "a", "=b", "<a href=x>", "a b=c", "a=b\nc=d", "a", "a&b=c", "a = b"] {
        let (message, _, made) = reported(text);
        assert!(message.starts_with("expected") && made.is_none(), "{text}: {message}");
    }
}

#[test]
fn commands_are_replaced_by_their_data() {
    let json = r#"{"host": "a", "n": 1}"#;
    for text in [
        format!("curl -X POST https://example.com -d '{json}'"),
        format!("$ curl https://example.com \\\n  --json '{json}'\n"),
        format!("cat <<'EOF' | curl -d @- https://example.com\n{json}\nEOF\n"),
    ] {
        let (message, underlined, made) = reported(&text);
        assert_eq!((message.as_str(), underlined.as_str()), ("this is a curl command, not JSON", text.trim()));
        assert_eq!(made.as_deref().map(str::trim), Some(json), "{text}");
    }
    assert_eq!(reported("curl -d a=b -d c=d").2.as_deref(), Some("{\n  \"a\": \"b\",\n  \"c\": \"d\"\n}"));
    let replaced = r#"curl -d "{\"host\": \"$(hostname)\", \"at\": $(date +%s)}""#;
    assert_eq!(reported(replaced).2.as_deref(), Some(r#"{"host": "$(hostname)", "at": "$(date +%s)"}"#));
    assert!(found(replaced).help.is_some_and(|help| help.contains("`$(hostname)`")));
    let cases = [
        ("curl https://example.com", "this is a curl command that sends no data", "curl"),
        ("curl -d @a.json", "this is a curl command, and the body is in the file `a.json`", "@a.json"),
        ("curl -d \"$(cat a)\"", "this is a curl command, and the body comes from the shell", "\"$(cat a)\""),
        ("curl -d '{\"a\": 1", "this is a curl command, and `'` is not closed", "'"),
        ("curl -d '{\"a\": 1,}'", "this is a curl command, and its data is not JSON: a comma stands before `}`", "}"),
    ];
    for (text, message, underlined) in cases {
        assert_eq!(reported(text), (message.to_owned(), underlined.to_owned(), None), "{text}");
    }
    for text in ["curl is a tool".to_owned(), format!("{}curl -d '{{}}'", "x\n".repeat(COMMAND_BYTES))] {
        assert!(reported(&text).0.starts_with("expected a value"), "{text}");
    }
}

#[test]
fn payloads_one_to_a_line_are_named() {
    for text in ["{\"a\": 1}\n{\"b\": 2}\n", "[1]\r\n\n{}  \r\n{ broken", "\u{feff}{}\n{}"] {
        let problem = found(text);
        assert!(problem.message.contains("NDJSON"), "{text}: {problem:?}");
        assert!(problem.help.is_some_and(|help| help.contains("`oim process --ndjson`")));
        assert_eq!(problem.suggestion, None);
    }
    for text in ["1\n2", "{}\nx", "{} 2"] {
        assert!(found(text).message.starts_with("expected the end of the text"), "{text}");
    }
}

#[test]
fn other_languages_are_named_and_fixed() {
    let python = "this is data as Python prints it, not JSON";
    let script = "this is data as JavaScript code has it, not JSON";
    let comma = "a comma stands before `}`";
    let comment = "a comment is not JSON";
    let key = "expected a key in double quotes, found `'`";
    let curly = "expected a key in double quotes, found `“`";
    let variable = "the variable `{{host}}` was not replaced by its value";
    let cases = [
        (
            "{'a': True, 'b': [None, False], 'c': (1, 2.5e-3)}",
            python,
            r#"{"a": true, "b": [null, false], "c": [1, 2.5e-3]}"#,
        ),
        (
            r#"{u'a': "it's", 'b': 'say "x"', 'c': 'it\'s \x41\\'}"#,
            python,
            r#"{"a": "it's", "b": "say \"x\"", "c": "it's \u0041\\"}"#,
        ),
        ("{'a': {'b': nan}}", python, r#"{"a": {"b": null}}"#),
        ("{'a': 'x'}", key, r#"{"a": "x"}"#),
        ("{“a”: ‘it's’}", curly, r#"{"a": "it's"}"#),
        ("{a: 'x', $b_1 /* c */ : undefined}", script, r#"{"a": "x", "$b_1"  : null}"#),
        ("{\"a\": 1,}", comma, "{\"a\": 1}"),
        ("{\"a\": [1, 2, // two\n], // all\n}\n", comment, "{\"a\": [1, 2 \n] \n}\n"),
        ("// x\n{\"a\": \"// '\"} # y\r\n/* z */", comment, "\n{\"a\": \"// '\"} \r\n"),
        ("{\"a\": 1} /* x", comment, "{\"a\": 1} "),
        ("{\"a\": {{host}}, \"b\": \"{{c}}\"}", variable, "{\"a\": \"{{host}}\", \"b\": \"{{c}}\"}"),
        ("{{host}}\n{\"a\": 1}", variable, "\n{\"a\": 1}"),
        ("[\"\u{1}\",]", "the control character U+0001 is not escaped in a string", "[\"\\u0001\"]"),
        ("[NaN, -Infinity]", "expected a value, found `N`", "[null, null]"),
    ];
    for (text, message, expected) in cases {
        let (reported, _, made) = reported(text);
        assert_eq!((reported.as_str(), made.as_deref()), (message, Some(expected)), "{text}");
    }
    assert_eq!(
        found("{'a': True, }").suggestion.map(|fix| fix.title.into_owned()).as_deref(),
        Some("remove the commas before `}` and `]`, write double quotes and write `true`, `false` and `null`")
    );
    for text in
        ["{'a': datetime.now()}", "{'a': 1", "{\"a\": 1 \"b\": 2}", "['''a''']", "{{host}}", "[1,,2]", "[\"\u{1}\"]]"]
    {
        assert_eq!(reported(text).2, None, "{text}");
    }
    assert_eq!(reported("{\"a\": {{host}}}").1, "{{host}}");
}

#[test]
fn many_edits_are_one() {
    let text = format!("{{'a': [{}None]}}", "'x', ".repeat(1_000));
    let problem = found(&text);
    assert_eq!(problem.suggestion.as_ref().map(|fix| fix.edits.len()), Some(1));
    assert_eq!(fixed(&text, &problem), Some(text.replace('\'', "\"").replace("None", "null")));
    let large = format!("{{'a': '{}'}}", "x".repeat(FIX_BYTES));
    assert_eq!(reported(&large).2, None);
    assert_eq!(reported(&format!("a={}", "x".repeat(FIX_BYTES))).2, None);
}

#[test]
fn megabytes_are_read_in_time() {
    let long = |piece: &str| piece.repeat(1_000_000 / piece.len());
    for text in [
        long("'"),
        long("/*"),
        long("/* /"),
        long(",/**/"),
        long("#\n,"),
        long("a "),
        long("{{"),
        long("{{a}}"),
        long("{a:"),
        long("'\\x"),
        long("“"),
        long("("),
        long("a=b&"),
        long("a=%"),
        long("a&"),
        long("=&"),
        long("{}\n"),
        long("curl "),
        long("curl -d $("),
        format!("curl -d \"{}", long("$(")),
        format!("curl -d \"{}\"", long("$A`b`")),
        format!("curl -d '{}'", long("a=b&")),
        format!("[{}'", long("'x', ")),
        format!("[{}{}", long("/**/"), long("/**/")),
        format!("{{{}", long("'a': (1,), ")),
    ] {
        found(&text);
    }
}

const PIECES: [&str; 36] = [
    "{", "}", "[", "]", "(", ")", ",", ":", "'", "\"", "“", "”", "‘", "\\", "\\x41", "\\'", "True", "None", "NaN", "-",
    "a", "u'", "1", ".5", "//", "/*", "*/", "#", "\n", " ", "{{a}}", "=", "&", "%41", "curl -d", "é",
];

proptest! {
    #[test]
    fn every_fix_makes_json(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24), more: String) {
        for text in [pieces.concat(), format!("{{'a': {}}}", pieces.concat()), more] {
            if check(text.as_bytes()).is_err() {
                reported(&text);
            }
        }
    }
}
