//! Runs every body of `tests/validate` (its README has the format) and reports all that differ.

use crate::support::consistency::disagreements;
use crate::support::json::Json;
use crate::support::reported::{applied, brief, endless, faults, known_exception, line, underlined};
use oim_config::{Diagnostic, Mode, SampleCoverage, Severity, ValidateOptions, Version, codes, render, validate};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Codes that belong to other calls, that are no longer reported, or whose bodies are too large to be files.
const WITHOUT_BODIES: [&str; 8] = [
    "v2-config",
    "app-key-invalid",
    "target-unknown",
    "import-unreadable",
    "output-too-large",
    "too-many-alerts",
    "payload-too-large",
    "payload-near-limit",
];

#[test]
fn bodies() {
    let root = root().join("tests/validate");
    let bodies: Vec<Body> = folders(&root).iter().flat_map(|dir| bodies_of(dir)).collect();
    assert!(bodies.len() > 200, "only {} bodies found", bodies.len());
    report(bodies.iter().flat_map(Body::failures).collect());
}

#[test]
fn every_code_has_a_body_that_is_reported_and_one_that_is_not() {
    let root = root().join("tests/validate");
    let mut missing = Vec::new();
    for info in codes().iter().filter(|info| !WITHOUT_BODIES.contains(&info.code)) {
        let kinds: HashSet<bool> = if root.join(info.code).is_dir() {
            let bodies = bodies_of(&root.join(info.code));
            bodies.iter().filter(|b| b.is_valid() || b.expects(info.code)).map(Body::is_valid).collect()
        } else {
            HashSet::new()
        };
        missing.extend(
            [false, true].into_iter().filter(|kind| !kinds.contains(kind)).map(|kind| {
                format!("tests/validate/{}: no {} body", info.code, if kind { "valid" } else { "invalid" })
            }),
        );
    }
    report(missing);
}

/// What the page offers to begin with.
#[test]
fn examples_of_the_page_are_valid() {
    let dir = root().join("www/src/examples");
    let mut failures = Vec::new();
    for path in files(&dir).iter().filter(|path| path.extension().is_some_and(|e| e == "json")) {
        let text = fs::read_to_string(path).unwrap();
        let reported = validate(text.as_bytes(), ValidateOptions::default());
        let errors = reported.diagnostics.iter().filter(is_error).map(line);
        let faults = faults(&text, ValidateOptions::default(), &known_exception);
        failures.extend(errors.chain(faults).map(|fault| format!("{}\n    {fault}", name(path))));
    }
    report(failures);
}

/// What holds for every body holds for the configurations of the other tests too.
#[test]
fn configurations_of_the_cases() {
    let mut configs: Vec<PathBuf> = Vec::new();
    for group in folders(&root().join("tests/cases")) {
        for dir in folders(&group).into_iter().chain([group]) {
            configs.extend([dir.join("config.json")].into_iter().filter(|path| path.is_file()));
        }
    }
    assert!(configs.len() > 100, "only {} configurations found", configs.len());
    let mut failures = Vec::new();
    for path in configs {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for mode in [Mode::Create, Mode::Update] {
            let options = ValidateOptions { mode, ..Default::default() };
            let faults = faults(&text, options, &known_exception);
            failures.extend(faults.into_iter().map(|fault| format!("{}\n    {fault}", name(&path))));
        }
    }
    failures.dedup();
    report(failures);
}

/// The limits of size and number, whose samples are too long to be files.
#[test]
fn limits() {
    let body = |elements: &str| {
        let config = r#"{"is_array": true, "array_source": "alerts",
            "status": {"source": ["@alert.s"], "default_to": "critical", "status_map": {"ok": ["up"]}},
            "primary_property": {"name": "host", "source": ["@alert.host"]},
            "secondary_property": {"name": "check", "source": ["@alert.c"]}}"#;
        format!("{{\"config\": {config}, \"sample_payload\": {{\"alerts\": [{elements}]}}}}")
    };
    let reported = |elements: &str| -> Vec<String> {
        let text = body(elements);
        let reported = validate(text.as_bytes(), ValidateOptions::default());
        let known = serde_json::from_str::<serde_json::Value>(&text).unwrap();
        assert!(reported.diagnostics.iter().all(|d| known.pointer(&d.pointer).is_some()));
        reported.diagnostics.iter().filter(|d| d.severity != Severity::Info).map(|d| d.code.to_owned()).collect()
    };
    let many = |n: usize| {
        let elements: Vec<_> = (0..n).map(|i| format!(r#"{{"host": "h", "c": {i}, "s": "up"}}"#)).collect();
        elements.join(",")
    };
    let padded = |bytes: usize| {
        let around = r#"{"alerts": [{"host": "h", "c": 1, "s": "up", "x": ""}]}"#.len();
        format!(r#"{{"host": "h", "c": 1, "s": "up", "x": "{}"}}"#, "x".repeat(bytes - around))
    };
    assert_eq!(reported(&many(100_000)), [""; 0]);
    assert_eq!(reported(&many(100_001)), ["too-many-alerts"]);
    assert_eq!(reported(&padded(5_999_999)), [""; 0]);
    assert_eq!(reported(&padded(6_000_001)), ["payload-near-limit"]);
    assert_eq!(reported(&padded(6 * 1024 * 1024)), ["payload-near-limit"]);
    assert_eq!(reported(&padded(6 * 1024 * 1024 + 1)), ["payload-too-large"]);
}

/// A file of a folder of `tests/validate`, with what is expected of it.
struct Body {
    path: PathBuf,
    text: String,
    expected: Json,
}

impl Body {
    fn is_valid(&self) -> bool {
        name(&self.path).contains("/valid-")
    }

    /// The code that the folder is about, if it is about one.
    fn code(&self) -> Option<&'static str> {
        let folder = self.path.parent()?.file_name()?.to_str()?;
        codes().iter().map(|info| info.code).find(|code| *code == folder)
    }

    fn expects(&self, code: &str) -> bool {
        self.expected.get("reported").items().iter().any(|t| t.get("code").text() == Some(code))
    }

    fn options(&self) -> ValidateOptions {
        let mut options = ValidateOptions::default();
        match self.expected.get("mode").text() {
            None | Some("create") => {}
            Some("update") => options.mode = Mode::Update,
            Some(other) => panic!("{}: no such mode: {other}", name(&self.path)),
        }
        match self.expected.get("sampleCoverage").text() {
            None | Some("strict") => {}
            Some("lenient") => options.sample_coverage = SampleCoverage::Lenient,
            Some(other) => panic!("{}: no such coverage: {other}", name(&self.path)),
        }
        match self.expected.get("version").text() {
            None => {}
            Some("1") => options.version = Some(Version::V1),
            Some("2") => options.version = Some(Version::V2),
            Some(other) => panic!("{}: no such version: {other}", name(&self.path)),
        }
        options
    }

    fn failures(&self) -> Vec<String> {
        let validated = validate(self.text.as_bytes(), self.options());
        let diagnostics = &validated.diagnostics;
        let listed = |d: &Diagnostic| {
            self.expected.get("reported").items().iter().any(|t| {
                t.get("code").text() == Some(d.code)
                    && t.get("severity").text() == Some(severity(d))
                    && t.get("pointer").text() == Some(&d.pointer)
            })
        };
        let open = *self.expected.get("reported") == Json::Null;
        let mut failures = faults(&self.text, self.options(), &|d| listed(d) || open && known_exception(d));
        if !open {
            failures.extend(self.difference(diagnostics, &listed));
        }
        failures.extend(disagreements(&self.text, &validated));
        failures.extend(endless(&self.text, self.options()));
        // The fix of the only error of a body leaves a body without errors.
        if let (1, Some(fixed)) = (errors(diagnostics), diagnostics.iter().find_map(|d| fix_error(&self.text, d))) {
            let after = validate(fixed.as_bytes(), self.options()).diagnostics;
            failures.extend(after.iter().filter(is_error).map(|d| format!("reported after the fix: {}", line(d))));
        }
        if self.is_valid() {
            let wrong = diagnostics.iter().filter(|d| d.severity == Severity::Error || self.code() == Some(d.code));
            failures.extend(wrong.map(|d| format!("reported although it is right: {}", line(d))));
        } else {
            failures.extend(self.snapshot(&render(diagnostics, &self.text)));
        }
        failures.sort();
        failures.dedup();
        let failures =
            failures.into_iter().map(|fault| format!("{}\n    {}", name(&self.path), fault.replace('\n', "\n    ")));
        failures.collect()
    }

    /// What is reported but not expected, and what is expected but not reported.
    fn difference(&self, diagnostics: &[Diagnostic], listed: &dyn Fn(&Diagnostic) -> bool) -> Option<String> {
        let units: Vec<u16> = self.text.encode_utf16().collect();
        let compared = diagnostics.iter().filter(|d| d.severity != Severity::Info || listed(d));
        let mut reported: Vec<String> =
            compared.map(|d| entry(d.code, severity(d), &d.pointer, &underlined(d, &units))).collect();
        let mut missing = Vec::new();
        for t in self.expected.get("reported").items() {
            let text = |key: &str| t.get(key).text().unwrap_or_else(|| panic!("{}: no {key}", name(&self.path)));
            let wanted = entry(text("code"), text("severity"), text("pointer"), text("underlined"));
            match reported.iter().position(|entry| *entry == wanted) {
                Some(at) => drop(reported.remove(at)),
                None => missing.push(format!("- {}", brief(&wanted))),
            }
            let is = |d: &&Diagnostic| d.code == text("code") && d.pointer == text("pointer");
            let fixed = diagnostics.iter().find(is).map(|d| Json::Bool(d.suggestion.is_some()));
            match (t.get("fixed"), fixed) {
                (Json::Bool(true), Some(Json::Bool(false))) => {
                    missing.push(format!("- a suggestion that fixes {wanted}"))
                }
                (Json::Bool(false), Some(Json::Bool(true))) => missing.push(format!("- {wanted} without a suggestion")),
                _ => {}
            }
        }
        let differences: Vec<_> =
            missing.into_iter().chain(reported.iter().map(|entry| format!("+ {}", brief(entry)))).collect();
        (!differences.is_empty()).then(|| format!("expected (-) and reported (+)\n{}", differences.join("\n")))
    }

    fn snapshot(&self, rendered: &str) -> Option<String> {
        let path = self.path.with_extension("txt");
        if fs::read_to_string(&path).is_ok_and(|known| known == rendered) {
            return None;
        }
        if env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, rendered).unwrap();
            return None;
        }
        Some(format!("{} differs:\n{rendered}", name(&path)))
    }
}

fn is_error(d: &&Diagnostic) -> bool {
    d.severity == Severity::Error
}

fn errors(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(is_error).count()
}

/// The text after the fix of an error.
fn fix_error(text: &str, d: &Diagnostic) -> Option<String> {
    applied(text, d).filter(|_| is_error(&d))
}

fn entry(code: &str, severity: &str, pointer: &str, underlined: &str) -> String {
    format!("{severity} {code} at {pointer:?}, underlined {underlined}")
}

fn severity(d: &Diagnostic) -> &'static str {
    match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn bodies_of(dir: &Path) -> Vec<Body> {
    let is_body = |path: &&PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.ends_with(".json") && !name.ends_with(".expect.json")
    };
    files(dir).iter().filter(is_body).map(|path| body(path)).collect()
}

fn body(path: &Path) -> Body {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let expected = fs::read(path.with_extension("expect.json")).map_or(Json::Null, |text| Json::parse(&text));
    let body = Body { path: path.to_owned(), text, expected };
    let file = path.file_name().unwrap().to_string_lossy();
    assert!(file.starts_with("valid-") || file.starts_with("invalid-"), "{}: neither valid nor not", name(path));
    assert!(body.is_valid() || !body.expected.get("reported").items().is_empty(), "{}: expects nothing", name(path));
    body
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn entries(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn folders(dir: &Path) -> Vec<PathBuf> {
    entries(dir).into_iter().filter(|path| path.is_dir()).collect()
}

fn files(dir: &Path) -> Vec<PathBuf> {
    entries(dir).into_iter().filter(|path| path.is_file()).collect()
}

fn report(failures: Vec<String>) {
    assert!(failures.is_empty(), "\n{}\n\n{} failures", failures.join("\n"), failures.len());
}
