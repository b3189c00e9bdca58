//! Payloads that stand one to a line.

use oim_config::{Engine, Lines, ProcessOptions, Program, ReportedLine, compile};

fn program() -> Option<Program> {
    let body = br#"{"status": {"source": ["s"], "default_to": "ok", "status_map": {}}, "primary_property": {"name": "host", "source": ["h"]}}"#;
    compile(body).program
}

fn run(text: &[u8]) -> (Lines, Vec<String>) {
    let options = ProcessOptions::received_at_ms(0.0);
    let mut out = Vec::new();
    let read = program().map(|program| Engine::new().process_lines(&program, text, &options, &mut out));
    let text = String::from_utf8_lossy(&out);
    (read.unwrap_or_default(), text.split_terminator('\n').map(str::to_owned).collect())
}

fn alone(payload: &[u8]) -> String {
    let options = ProcessOptions::received_at_ms(0.0);
    let answer = program().map(|program| program.process_to_json(payload, &options));
    String::from_utf8_lossy(&answer.unwrap_or_default()).into_owned()
}

#[test]
fn each_line_gives_the_answer_that_it_gives_alone() {
    let lines: [&[u8]; 5] = [br#"{"h":"a"}"#, b"{", br#" {"h":"b\nc"} "#, br#"{"x":1}"#, b"\xff"];
    for end in ["\n", "\r\n"] {
        for last in ["", end] {
            let text = [&lines.join(end.as_bytes()), last.as_bytes()].concat();
            let (read, answers) = run(&text);
            assert_eq!(answers, lines.map(alone));
            assert!(answers.iter().all(|answer| answer.starts_with("{\"alerts\":[")));
            assert_eq!((read.consumed, read.lines, read.payloads), (text.len(), 5, 5));
            assert_eq!(read.reported.iter().map(|line| line.line).collect::<Vec<_>>(), [1, 3, 4]);
            for ReportedLine { line, start, end } in read.reported {
                assert_eq!(answers.join("\n").get(start..end), answers.get(line).map(String::as_str));
            }
        }
    }
}

#[test]
fn blank_lines_are_counted_and_passed_over() {
    let (read, answers) = run(b"\n \t\r\n{\"h\":\"a\"}\n\n{\"x\":1}\n\n");
    assert_eq!(answers.len(), 2);
    assert_eq!((read.lines, read.payloads), (6, 2));
    assert_eq!(read.reported.first().map(|line| line.line), Some(4));
    assert_eq!(run(b"").0, Lines::default());
}

#[test]
fn it_stops_at_a_line_once_the_answers_are_large() {
    let line = format!("{{\"h\":\"{}\"}}\n", "x".repeat(1 << 20));
    let (read, answers) = run(line.repeat(9).as_bytes());
    assert!((2..9).contains(&answers.len()), "{}", answers.len());
    assert_eq!(read.consumed, answers.len() * line.len());
}
