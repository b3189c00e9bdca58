//! Every category of texts that RFC 8259 accepts or refuses, and those it leaves to the reader: at every place where a
//! rule looks and where none does, and at every depth.
//!
//! The texts are made here from the grammar. What is to be said of each is written down, and a second reader must say
//! the same wherever it follows the RFC.

use oim_config::{Engine, ProcessOptions, Program, compile, fields, validate};

/// Texts that are values, by category.
const VALUES: &[(&str, &[&str])] = &[
    ("word", &["null", "true", "false"]),
    ("number", &["0", "-0", "7", "-7", "10", "123456789012345678901234567890", "9007199254740993"]),
    ("number, fraction", &["0.0", "-0.5", "1.10", "3.141592653589793238462643"]),
    ("number, exponent", &["1e0", "1E1", "1e+1", "1e-1", "-0e-0", "1.5E+10", "0e1", "1e00"]),
    ("number, huge or tiny", &["1e400", "-1e400", "1e-400", "0.4e00669999999999999999999999999999999"]),
    (
        "string",
        &[
            r#""""#,
            r#""a""#,
            r#"" ""#,
            r#""/""#,
            "\"\u{7f}\"",
            "\"é\"",
            "\"\u{2028}\u{2029}\"",
            "\"\u{10ffff}\"",
            "\"\u{fffe}\u{ffff}\u{feff}\"",
        ],
    ),
    ("string, simple escapes", &[r#""\"\\\/\b\f\n\r\t""#, r#""\\u0041""#, r#""\\\"""#]),
    (
        "string, unicode escapes",
        &[r#""\u0041\u00e9\u00E9\u2028""#, r#""\u0000""#, r#""\ud83d\ude00""#, r#""\uD83D\uDE00\uFFFF""#],
    ),
    ("string, longer than blocks", &[r#""0123456789abcdef0123456789abcdef0123456789abcdef\n0123456789abcdef é""#]),
    ("array", &["[]", "[ ]", "[[]]", "[1]", "[1,2]", "[ 1 , 2 ]", "[null,\"\",[],{}]", "[1\n,\r2\t]"]),
    (
        "object",
        &["{}", "{ }", r#"{"a":1}"#, r#"{"":0}"#, r#"{"a":1,"b":2}"#, r#"{ "a" : 1 , "b" : 2 }"#, r#"{"\u0000":1}"#],
    ),
    ("object, keys twice", &[r#"{"a":1,"a":2}"#, r#"{"a":1,"a":1}"#, r#"{"a":1,"\u0061":2}"#]),
];

/// What the RFC leaves to the reader, and this one accepts: half a surrogate pair in an escape. Others refuse it.
const LONE: &[&str] =
    &[r#""\ud800""#, r#""\udc00""#, r#""\ud800\ud800""#, r#""\ud800\u0041""#, r#""\udbff x""#, r#""\ude00\ud83d""#];

/// Texts that are no values, by category. None is a value with something behind it.
const NO_VALUES: &[(&str, &[&str])] = &[
    ("nothing", &[""]),
    ("word", &["nul", "nulll", "tru", "truth", "fals", "falsee", "True", "NULL", "nil", "undefined", "n", "t", "f"]),
    ("number, sign", &["+1", "--1", "-", "- 1", "-a", "+", "++1", "-+1", "−1"]),
    ("number, zeros", &["01", "-01", "00", "-00", "012.5", "0x1", "0b1", "0o7"]),
    ("number, fraction", &["1.", ".5", "-.5", "-1.", "1.e1", "0.", ".", "1..2", "1.2.3", "1,5x"]),
    ("number, exponent", &["1e", "1e+", "1e-", "1E", "1.5e", "1e1.5", "1e++1", "e1", "1ee1", "1e 1"]),
    ("number, no number", &["NaN", "Infinity", "-Infinity", "Inf", "1_000", "1a", "1'000", "１", "1f", "0xff"]),
    ("string, quotes", &["\"", "\"a", "'a'", "a", "`a`", "“a”", "\"a'", "\"\\\"", "\"a\\"]),
    (
        "string, escapes",
        &[
            r#""\a""#,
            r#""\x41""#,
            r#""\'""#,
            r#""\0""#,
            r#""\U0041""#,
            r#""\ ""#,
            "\"\\\n\"",
            r#""\é""#,
            "\"\\\u{1f600}\"",
        ],
    ),
    (
        "string, unicode escapes",
        &[
            r#""\u""#,
            r#""\u1""#,
            r#""\u12""#,
            r#""\u123""#,
            r#""\u123g""#,
            r#""\u 123""#,
            r#""\u+123""#,
            r#""\u-123""#,
            r#""\ud83d\u""#,
            r#""\ud83d\u12""#,
            r#""\uD83D\x""#,
        ],
    ),
    (
        "string, control characters",
        &["\"\0\"", "\"\u{1}\"", "\"\t\"", "\"\n\"", "\"\r\"", "\"\u{1f}\"", "\"0123456789abcdef0123456789abcdef\n\""],
    ),
    (
        "array",
        &[
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "[,]",
            "[1,,2]",
            "[1 2]",
            "[1;2]",
            "[1:2]",
            "[\"\": 1]",
            "[1}",
            "[}",
            "[[]",
            "[1,2",
            "(1)",
            "[*]",
        ],
    ),
    (
        "object",
        &[
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{,\"a\":1}",
            "{,}",
            "{\"a\"}",
            "{\"a\" 1}",
            "{\"a\",1}",
            "{\"a\"::1}",
            "{\"a\":1 \"b\":2}",
            "{\"a\":1,,\"b\":2}",
            "{\"a\":1]",
            "{]",
            "{\"a\":}",
            "{:1}",
        ],
    ),
    (
        "object, keys",
        &["{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{[]:1}", "{{}:1}", "{\"a:1}", "{\"\n\":1}", "{\"\\x\":1}"],
    ),
    ("comment", &["1/**/", "/**/1", "1//", "#1", "[1/**/]", "{/**/}", "[1,// x\n2]"]),
    (
        "white space of others",
        &[
            "\u{a0}1",
            "\u{b}1",
            "\u{c}1",
            "\u{2028}1",
            "\u{3000}1",
            "[\u{c}]",
            "[\u{a0}]",
            "\u{2060}1",
            "\u{0}1",
            "[1\u{85}]",
        ],
    ),
    ("byte order mark inside", &["[\u{feff}1]", "{\u{feff}}"]),
];

/// Bytes that are no UTF-8, in a string.
const NO_UTF8: &[&[u8]] = &[
    b"\x80",
    b"\xbf",
    b"\xc3",
    b"\xc3(",
    b"\xc0\xaf",
    b"\xc1\xbf",
    b"\xe0\x80\xaf",
    b"\xe0\x9f\xbf",
    b"\xe2\x82",
    b"\xe2(\xa1",
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xf0\x80\x80\xaf",
    b"\xf0\x8f\xbf\xbf",
    b"\xf0\x9f\x98",
    b"\xf4\x90\x80\x80",
    b"\xf5\x80\x80\x80",
    b"\xf8\x88\x80\x80\x80",
    b"\xfe",
    b"\xff",
    b"0123456789abcdef\xc3",
    b"\xc3\xa9\xc3",
];

/// What stands behind a whole value and makes it none.
const BEHIND: &[&str] =
    &["]", "}", ",", ":", "1", "\"", "x", "{}", "[]", "null", "#", "//", "/**/", "\u{a0}", "\0", "\u{feff}"];

/// Members around a value: a rule looks at it, into it, around it, or nowhere near it.
const PLACES: &[&str] = &[
    "#",
    "[#]",
    "[1,#,2]",
    r#"{"host":#}"#,
    r#"{"nowhere":#}"#,
    r#"{"host":"h","deep":{"er":#}}"#,
    r#"{"deep":#,"host":"h"}"#,
    r#"{"deep":{"nowhere":[#]},"host":"h"}"#,
    r#"{"alerts":#}"#,
    r#"{"alerts":[#]}"#,
    r#"{"alerts":[{"host":"h","x":#}]}"#,
    r#"{"alerts":[{"host":#},{"host":#}]}"#,
    r#"{"alerts":[{"host":"h"}],"around":#}"#,
    r#"{"flat":#,"host":"h"}"#,
    r#"{"flat":{"a":{"b":#}}}"#,
];

fn programs() -> Vec<Program> {
    let rules = |prefix: &str| {
        format!(
            r#""status":{{"source":["{prefix}s","around"],"default_to":"ok","status_map":{{"ok":["1"]}}}},
            "primary_property":{{"name":"host","source":["{prefix}host"],"default_to":"none"}},
            "timestamp":{{"source":["{prefix}deep.er"]}},
            "additional_attributes":[{{"source":["{prefix}flat"],"flatten":true}},{{"name":"d","source":["{prefix}deep","{prefix}x"]}}]"#
        )
    };
    let bodies = [
        format!("{{{}}}", rules("")),
        format!(r#"{{"is_array":true,"array_source":"alerts",{}}}"#, rules("@alert.")),
        format!(r#"{{"is_array":true,"array_source":"alerts",{}}}"#, rules("@alert.").replace(r#","around""#, "")),
        format!(r#"{{"is_array":true,"array_source":"",{}}}"#, rules("@alert.").replace(r#","around""#, "")),
    ];
    bodies.iter().map(|body| compile(body.as_bytes()).program.unwrap()).collect()
}

struct Readers {
    programs: Vec<Program>,
    /// Warm engines: what they learn from one text must not make them take another.
    engines: Vec<Engine>,
}

impl Readers {
    fn new() -> Readers {
        let programs = programs();
        let engines = programs.iter().map(|_| Engine::new()).collect();
        Readers { programs, engines }
    }

    /// Whether a payload is read: by all of them, or by none.
    fn take(&mut self, text: &[u8]) -> bool {
        let mut verdicts = Vec::new();
        let plain = ProcessOptions::received_at_ms(1.7e12);
        for (program, engine) in self.programs.iter().zip(&mut self.engines) {
            for options in [plain, ProcessOptions { trace: true, ..plain }] {
                let answer = engine.process_to_json(program, text, &options);
                let answer: serde_json::Value = serde_json::from_slice(answer).unwrap();
                let reported = answer["diagnostics"].as_array().unwrap();
                verdicts.push(
                    !reported.iter().any(|d| matches!(d["code"].as_str(), Some("json-syntax" | "json-too-deep"))),
                );
            }
        }
        let first = verdicts[0];
        assert!(verdicts.iter().all(|verdict| *verdict == first), "{verdicts:?}: {}", String::from_utf8_lossy(text));
        if !first {
            assert!(fields(text, None).is_empty(), "{}", String::from_utf8_lossy(text));
        }
        first
    }
}

/// Puts a value at a place.
fn at(place: &str, value: &[u8]) -> Vec<u8> {
    let parts: Vec<&[u8]> = place.split('#').map(str::as_bytes).collect();
    parts.join(value)
}

/// Reads by the RFC, but for halves of surrogate pairs.
fn second_opinion(text: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok() && str::from_utf8(text).is_ok()
}

#[test]
fn what_is_json_is_read_at_every_place() {
    let mut readers = Readers::new();
    for place in PLACES {
        for (category, values) in VALUES {
            for value in *values {
                let text = at(place, value.as_bytes());
                assert!(second_opinion(&text), "{category}: {value} at {place}");
                assert!(readers.take(&text), "{category}: {value} at {place}");
            }
        }
        for value in LONE {
            assert!(readers.take(&at(place, value.as_bytes())), "{value} at {place}");
        }
    }
}

#[test]
fn what_is_no_json_is_refused_at_every_place() {
    let mut readers = Readers::new();
    for place in PLACES {
        for (category, values) in NO_VALUES {
            for value in *values {
                let text = at(place, value.as_bytes());
                // In place of an item or behind a comma nothing at all may be right.
                let right = second_opinion(&text);
                assert!(!right || value.is_empty(), "{category}: {value:?} at {place}");
                assert_eq!(readers.take(&text), right, "{category}: {value:?} at {place}");
            }
        }
        for bytes in NO_UTF8 {
            let text = at(place, &[b"\"", *bytes, b"\""].concat());
            assert!(!second_opinion(&text) && !readers.take(&text), "{bytes:x?} at {place}");
        }
    }
}

#[test]
fn nothing_but_white_space_may_stand_behind() {
    let mut readers = Readers::new();
    for value in ["1", "\"a\"", "{}", "[]", r#"{"host":"h"}"#, r#"{"alerts":[{"host":"h"}]}"#] {
        for blank in ["", " ", "\n", "\t\r\n "] {
            assert!(readers.take(format!("{blank}{value}{blank}").as_bytes()), "{value:?} {blank:?}");
            for behind in BEHIND {
                let text = format!("{value}{blank}{behind}");
                let right = second_opinion(text.as_bytes());
                assert_eq!(readers.take(text.as_bytes()), right, "{text:?}");
                assert!(!right || text == "11", "{text:?}");
            }
        }
    }
}

#[test]
fn every_way_to_end_too_early() {
    let mut readers = Readers::new();
    let whole =
        r#"{"alerts":[{"host":"h\n\u00e9","x":[1.5e3,true,null,{}]}],"around":{"é":"w"},"deep":{"er":-1}}"#.as_bytes();
    assert!(readers.take(whole));
    for end in 0..whole.len() {
        assert!(!readers.take(&whole[..end]), "{}", String::from_utf8_lossy(&whole[..end]));
    }
}

#[test]
fn a_byte_order_mark_is_skipped_at_the_beginning_only() {
    let mut readers = Readers::new();
    assert!(readers.take("\u{feff}{\"host\":\"h\"}".as_bytes()));
    assert!(!readers.take("\u{feff}\u{feff}{}".as_bytes()));
    assert!(!readers.take(" \u{feff}{}".as_bytes()));
    assert!(!readers.take("\u{feff}".as_bytes()));
    // Other encodings are none.
    let wide = |unit: fn(u16) -> [u8; 2]| "{\"a\":1}".encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    for text in
        [wide(u16::to_le_bytes), wide(u16::to_be_bytes), [b"\xff\xfe".to_vec(), wide(u16::to_le_bytes)].concat()]
    {
        assert!(!readers.take(&text));
    }
}

#[test]
fn every_depth_up_to_the_limit() {
    let mut readers = Readers::new();
    let good: Vec<&str> = ["1", "\"a\"", "[]", "{}", LONE[0]].to_vec();
    let bad = ["01", "\"\t\"", "[1,]", "{\"a\"}", "nul", "\"\\x\"", ""];
    for depth in 0..126 {
        let nest =
            |open: &str, close: &str, value: &str| [open.repeat(depth), value.to_owned(), close.repeat(depth)].concat();
        let ways = |value: &str| {
            [
                nest("[", "]", value),
                nest("{\"deep\":", "}", value),
                nest("{\"nowhere\":", "}", value),
                format!(r#"{{"alerts":{}}}"#, nest("[", "]", value)),
                format!(r#"{{"flat":{}}}"#, nest("{\"a\":", "}", value)),
            ]
        };
        for (value, right) in good.iter().map(|value| (*value, true)).chain(bad.iter().map(|value| (*value, false))) {
            for text in ways(value) {
                let right = right || second_opinion(text.as_bytes());
                assert_eq!(readers.take(text.as_bytes()), right, "{value:?} at depth {depth}: {text}");
            }
        }
    }
    for (depth, right) in [(128, true), (129, false), (100_000, false)] {
        for (open, close) in [("[", "]"), ("{\"deep\":", "}"), ("{\"x\":", "}")] {
            let inside = if open == "[" { "" } else { "1" };
            let text = [&open.repeat(depth), inside, &close.repeat(depth)].concat();
            assert_eq!(readers.take(text.as_bytes()), right, "{open} {depth} times");
        }
        assert!(!readers.take("[".repeat(depth).as_bytes()));
    }
}

/// A body goes through the same scanner, and says so at its place.
#[test]
fn bodies_are_read_alike() {
    let options = oim_config::ValidateOptions::default;
    let refused = |text: &[u8]| validate(text, options()).diagnostics.iter().any(|d| d.code == "json-syntax");
    for place in ["#", r#"{"config":{"unknown":#}}"#, r#"{"sample_payload":#}"#, r#"{"config":{"status":#}}"#] {
        for value in VALUES.iter().flat_map(|(_, values)| *values).chain(LONE) {
            // A sample that is given as text is JSON itself.
            if !(place.contains("sample") && value.starts_with('"')) {
                assert!(!refused(&at(place, value.as_bytes())), "{value} at {place}");
            }
        }
        for value in NO_VALUES.iter().flat_map(|(_, values)| *values) {
            assert!(refused(&at(place, value.as_bytes())), "{value:?} at {place}");
        }
    }
}
