//! Runs payloads through a configuration and prints the alerts, one a line:
//!
//! ```text
//! cargo run --example alerts -- tests/cases/alertmanager/config.json tests/cases/alertmanager/firing/payload.json
//! ```
//!
//! Problems of the configuration and of the payloads go to standard error, with their position.

use oim_config::{Compiled, Diagnostic, Engine, ProcessOptions, Program, Severity, render};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs};

fn main() -> ExitCode {
    let paths: Vec<String> = env::args().skip(1).collect();
    // The engine has no clock.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64() * 1000.0);
    match run(&paths, now) {
        Ok(Printed { out, err }) => {
            print!("{out}");
            eprint!("{err}");
            if err.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// What goes to the two outputs.
#[derive(Default)]
struct Printed {
    out: String,
    err: String,
}

fn run(paths: &[String], received_at_ms: f64) -> Result<Printed, String> {
    let [body_path, payload_paths @ ..] = paths else {
        return Err("usage: alerts <body> <payload>…".to_owned());
    };
    let read = |path: &String| fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    let body = read(body_path)?;
    let mut printed = Printed::default();
    let Compiled { program, diagnostics } = Program::compile(&body);
    report(&diagnostics, &body, &mut printed.err);
    let Some(program) = program else {
        return Ok(printed);
    };
    let options = ProcessOptions::received_at_ms(received_at_ms);
    // One engine for all: it keeps its buffers.
    let mut engine = Engine::new();
    for path in payload_paths {
        let payload = read(path)?;
        let processed = engine.process(&program, &payload, &options);
        for alert in &processed.alerts {
            let json = serde_json::to_string(alert).map_err(|error| error.to_string())?;
            printed.out.push_str(&format!("{json}\n"));
        }
        for rejection in &processed.rejected {
            printed.err.push_str(&format!("{path}: {}\n", rejection.message));
        }
        report(&processed.diagnostics, &payload, &mut printed.err);
    }
    Ok(printed)
}

/// Writes errors and warnings; notes are left out.
fn report(diagnostics: &[Diagnostic], text: &str, err: &mut String) {
    let serious: Vec<_> = diagnostics.iter().filter(|d| d.severity != Severity::Info).cloned().collect();
    err.push_str(&render(&serious, text));
}

#[cfg(test)]
mod tests {
    use super::*;
    use oim_config::{Alert, Status};

    fn case(path: &str) -> String {
        format!("{}/tests/cases/{path}", env!("CARGO_MANIFEST_DIR"))
    }

    #[test]
    fn prints_an_alert_for_each_element() {
        let paths = [case("alertmanager/config.json"), case("alertmanager/firing/payload.json")];
        let printed = run(&paths, 0.0).expect("the files are there");
        let alert: Alert = serde_json::from_str(printed.out.lines().next().expect("an alert")).expect("JSON");
        assert_eq!(alert.status, Status::Critical);
    }

    #[test]
    fn reports_problems_with_their_position() {
        let printed = run(&[case("config/not-json/config.json")], 0.0).expect("the file is there");
        assert!(printed.out.is_empty());
        assert!(printed.err.contains("json-syntax"), "{}", printed.err);
    }

    #[test]
    fn names_a_file_that_is_not_there() {
        let message = run(&["nowhere.json".to_owned()], 0.0).err().expect("it is not there");
        assert!(message.starts_with("nowhere.json: "), "{message}");
    }
}
