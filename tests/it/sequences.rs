//! Runs every case of `tests/simulate` and `tests/compare` (their READMEs have the format) and reports all that differ.

use crate::support::json::Json;
use oim_config::{AdditionalTags, Comparison, ProcessOptions, Simulation, compile};
use std::path::{Path, PathBuf};
use std::{env, fs};

#[test]
fn simulations() {
    run("tests/simulate", 12, |case| {
        let mut simulation = Simulation::new(compile(case.bytes("config.json")));
        for item in case.json("payloads.json").items() {
            let payload = text(item.get("payload"));
            simulation.add(payload.as_bytes(), &case.options(item.get("receivedAt").number()));
        }
        Json::parse(&simulation.finish())
    });
}

#[test]
fn comparisons() {
    run("tests/compare", 12, |case| {
        let [old, new] = ["old.json", "new.json"].map(|name| compile(case.bytes(name)));
        let mut comparison = Comparison::new(old, new);
        for payload in case.json("payloads.json").items() {
            comparison.add(text(payload).as_bytes(), &case.options(case.setting("receivedAt").number()));
        }
        Json::parse(&comparison.finish())
    });
}

fn run(folder: &str, least: usize, answer: impl Fn(&Case) -> Json) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut cases: Vec<Case> = fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|dir| Case { dir, root: root.clone() })
        .collect();
    cases.sort_by(|a, b| a.dir.cmp(&b.dir));
    assert!(cases.len() >= least, "only {} cases found", cases.len());
    let failures: Vec<String> = cases.iter().filter_map(|case| case.difference(&reported(&answer(case)))).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A payload as it is written in a case: a text stands for itself, anything else for its JSON text.
fn text(payload: &Json) -> String {
    payload.text().map_or_else(|| serde_json::to_string(payload).unwrap(), str::to_owned)
}

/// What a case holds of an answer: of diagnostics what is stable, and all the rest.
fn reported(answer: &Json) -> Json {
    let Json::Object(members) = answer else { panic!("no object: {}", answer.pretty()) };
    let stable = |d: &Json| {
        let Json::Object(members) = d else { return d.clone() };
        let known = |(key, _): &&(String, Json)| ["configuration", "payload", "code", "pointer"].contains(&&**key);
        Json::Object(members.iter().filter(known).cloned().collect())
    };
    let members = members.iter().map(|(key, value)| match key.as_str() {
        "diagnostics" => (key.clone(), value.each(stable)),
        _ => (key.clone(), value.clone()),
    });
    Json::Object(members.collect())
}

struct Case {
    root: PathBuf,
    dir: PathBuf,
}

impl Case {
    /// A file of the case, else of all cases.
    fn file(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.dir.join(name)).or_else(|_| fs::read(self.root.join(name))).ok()
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        self.file(name).unwrap_or_else(|| panic!("{}: no {name}", self.dir.display()))
    }

    fn json(&self, name: &str) -> Json {
        Json::parse(&self.bytes(name))
    }

    fn setting(&self, name: &str) -> Json {
        self.file("options.json").map_or(Json::Null, |text| Json::parse(&text).get(name).clone())
    }

    fn options(&self, received_at: Option<f64>) -> ProcessOptions {
        let map = self.setting("additionalTags").text() == Some("map");
        ProcessOptions {
            additional_tags: if map { AdditionalTags::Map } else { AdditionalTags::Ignore },
            ..ProcessOptions::received_at_ms(received_at.unwrap_or_default())
        }
    }

    /// How the answer differs from what is expected, unless that was to be rewritten.
    fn difference(&self, actual: &Json) -> Option<String> {
        let path = self.dir.join("expected.json");
        let actual = actual.pretty() + "\n";
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if actual == expected {
            return None;
        }
        if env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(path, actual).unwrap();
            return None;
        }
        let place = actual.lines().zip(expected.lines()).position(|(a, b)| a != b).unwrap_or_default();
        let part = |text: &str| text.lines().skip(place).take(12).collect::<Vec<_>>().join("\n");
        let name = path.display();
        Some(format!("{name}, line {}:\n--- expected\n{}\n--- actual\n{}", place + 1, part(&expected), part(&actual)))
    }
}
