//! The examples of the page: each is valid, gives the alerts that are written down in `tests/examples`, and what is
//! proposed for its sample is as written there too. `UPDATE_EXPECT=1` rewrites that; read it as somebody who runs the
//! tool.

use crate::support::json::Json;
use oim_config::{ProcessOptions, Severity, ValidateOptions, compile, suggest, validate};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Tools that there are examples of.
const TOOLS: [&str; 17] = [
    "alertmanager",
    "alertmanager-2",
    "appdynamics",
    "azure-monitor",
    "azure-monitor-2",
    "cloudwatch",
    "cribl",
    "datadog",
    "dynatrace",
    "grafana",
    "logscale",
    "nagios",
    "new-relic",
    "scom",
    "splunk",
    "zabbix",
    "zabbix-2",
];

/// 2026-02-03T10:00:00Z: the time of tools that send none.
const RECEIVED: f64 = 1_770_112_800_000.0;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The sample of a body, as it is written: everything from behind its key to the last brace.
fn sample(body: &str) -> &str {
    let (_, after) = body.split_once("\"sample_payload\":").unwrap();
    after.trim_end().strip_suffix('}').unwrap().trim()
}

/// The alerts of a payload, and what is reported of the body.
fn outcome(body: &str) -> Json {
    let reported = validate(body.as_bytes(), ValidateOptions::default());
    let worse: Vec<_> = reported.diagnostics.iter().filter(|d| d.severity != Severity::Info).collect();
    assert!(worse.is_empty(), "{worse:#?}\n{body}");
    let program = compile(body.as_bytes()).program.unwrap();
    let options = ProcessOptions::received_at_ms(RECEIVED);
    let answer = Json::parse(&program.process_to_json(sample(body).as_bytes(), &options));
    assert!(answer.get("rejected").items().is_empty() && answer.get("diagnostics").items().is_empty(), "{answer:?}");
    Json::Object(vec![
        ("alerts".to_owned(), answer.get("alerts").clone()),
        ("reported".to_owned(), Json::of(&reported.diagnostics).each(|d| d.only(&["code", "pointer"]))),
    ])
}

/// What is written down of an example.
fn actual(body: &str) -> Json {
    let suggested = suggest(sample(body).as_bytes());
    assert!(suggested.diagnostics.is_empty(), "{:?}", suggested.diagnostics);
    let text = suggested.text.unwrap();
    let config = Json::parse(text.as_bytes()).get("config").clone();
    let proposed = outcome(&text);
    let alike = |alerts: &Json| {
        alerts.each(|alert| {
            let keys = ["index", "status", "timestamp", "incident_identifier"];
            alert.only(&keys)
        })
    };
    Json::Object(vec![
        ("example".to_owned(), outcome(body)),
        ("suggested".to_owned(), config),
        ("alerts_as_suggested".to_owned(), alike(proposed.get("alerts"))),
        ("reported_of_suggested".to_owned(), proposed.get("reported").clone()),
    ])
}

#[test]
fn examples_of_the_page() {
    let mut failures = Vec::new();
    for tool in TOOLS {
        let body = read(&root().join(format!("www/src/examples/{tool}.json")));
        let actual = actual(&body);
        let file = root().join(format!("tests/examples/{tool}.expected.json"));
        let expected = fs::read(&file).map_or(Json::Null, |text| Json::parse(&text));
        if actual == expected {
            continue;
        }
        if env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&file, actual.pretty() + "\n").unwrap();
        } else {
            failures.push(format!("{}\n{}", file.display(), actual.pretty()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn all_examples_are_known() {
    let files = fs::read_dir(root().join("www/src/examples")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> =
        files.filter_map(|name| Some(name.to_str()?.strip_suffix(".json")?.to_owned())).collect();
    names.sort();
    assert_eq!(names, TOOLS);
    let index = read(&root().join("www/src/examples/index.ts"));
    for tool in TOOLS {
        assert!(index.contains(&format!("\"./{tool}.json?raw\"")), "{tool} is not offered");
    }
}

/// A tool that sends several alerts, or says when one is over, shows it.
#[test]
fn some_alert_of_an_example_is_over() {
    let over = TOOLS.iter().filter(|tool| {
        let body = read(&root().join(format!("www/src/examples/{tool}.json")));
        let answer = outcome(&body);
        let alerts = answer.get("alerts").items();
        let is_ok = |alert: &Json| alert.get("status").text() == Some("ok");
        let (ok, not) = (alerts.iter().any(is_ok), alerts.iter().any(|alert| !is_ok(alert)));
        assert!(alerts.len() < 2 || not, "{tool}: no alert that is not ok");
        ok
    });
    assert!(over.count() >= 8);
}
