//! Whether the proposals are right for payloads of tools that have no profile: `tests/suggest/labelled`, whose README says
//! what the labels mean. The labels were written before any proposal was looked at.
//!
//! `LABELLED` names another folder of such cases; with it the test only prints how right the proposals are.

use crate::support::json::Json;
use oim_config::{ProcessOptions, suggest_from_payloads};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What is wrong with the proposal for a case.
#[derive(Default)]
struct Verdict {
    /// Not as labelled.
    wrong: Vec<String>,
    /// It loses alerts: a problem is `ok`, a recovery resolves nothing, the identity changes or is a mistake.
    harmful: Vec<String>,
}

fn paths(labels: &Json, key: &str) -> Vec<Option<String>> {
    labels.get(key).items().iter().map(|path| path.text().map(str::to_owned)).collect()
}

fn first_source(config: &Json, rule: &str) -> Option<String> {
    config.get(rule).get("source").items().first().and_then(Json::text).map(str::to_owned)
}

/// Judges the proposal from the first payload alone, or from all of them.
fn judge(case: &Json, from_all: bool) -> Verdict {
    let mut verdict = Verdict::default();
    let labels = case.get("expect");
    let texts: Vec<String> = case.get("payloads").items().iter().map(|p| p.get("payload").pretty()).collect();
    let suggested = suggest_from_payloads(&texts[0], if from_all { &texts[1..] } else { &[] });
    let Some(body) = suggested.text else {
        verdict.harmful.push("nothing proposed".to_owned());
        return verdict;
    };
    let parsed = Json::parse(body.as_bytes());
    let config = parsed.get("config");
    let (primary, secondary) = (first_source(config, "primary_property"), first_source(config, "secondary_property"));
    if *labels.get("no_mapping") == Json::Bool(true) {
        if primary.is_some() {
            verdict.wrong.push(format!("identity {primary:?} where none can be had"));
        }
        return verdict;
    }
    let array = (*config.get("is_array") == Json::Bool(true)).then(|| config.get("array_source").text().unwrap_or(""));
    let expected_array = labels.get("array_source").text();
    if array != expected_array {
        verdict.wrong.push(format!("array {array:?}"));
    }
    let (primaries, secondaries) = (paths(labels, "primary"), paths(labels, "secondary"));
    let pair = [primary.clone(), secondary.clone()];
    let is_listed =
        primaries.contains(&primary) && secondaries.contains(&secondary)
            || primaries.contains(&secondary) && secondaries.contains(&primary)
            || labels.get("also_ok").items().iter().any(|listed| {
                listed.items().iter().map(|path| path.text().map(str::to_owned)).collect::<Vec<_>>() == pair
            });
    if !is_listed {
        verdict.wrong.push(format!("identity {primary:?} + {secondary:?}"));
    }
    let mistakes = [paths(labels, "never_identity"), paths(labels, "changes")].concat();
    for path in pair.into_iter().filter(|path| path.is_some() && mistakes.contains(path)) {
        verdict.harmful.push(format!("never {path:?}"));
    }
    let time = first_source(config, "timestamp");
    if !paths(labels, "time").contains(&time) || paths(labels, "never_time").contains(&time) {
        verdict.wrong.push(format!("time {time:?}"));
    }
    if array == expected_array {
        judge_alerts(case, &body, &texts, from_all, &mut verdict);
    }
    verdict
}

/// Judges the statuses and whether each problem and its recovery are the same alert.
fn judge_alerts(case: &Json, body: &str, texts: &[String], from_all: bool, verdict: &mut Verdict) {
    let program = oim_config::compile(body).program.unwrap();
    let mut of_problems: HashMap<usize, String> = HashMap::new();
    for (number, (text, payload)) in texts.iter().zip(case.get("payloads").items()).enumerate() {
        let is = payload.get("is").text().unwrap();
        let answer = Json::parse(&program.process_to_json(text.as_bytes(), &ProcessOptions::received_at_ms(1.7e12)));
        for (place, expected) in case.get("expect").get("status").items()[number].items().iter().enumerate() {
            let is_it = |alert: &&Json| alert.get("index").number() == Some(place as f64);
            let Some(alert) = answer.get("alerts").items().iter().find(is_it) else {
                verdict.harmful.push(format!("{is} is rejected"));
                continue;
            };
            let identity = alert.get("incident_identifier").pretty();
            match is {
                "problem" => drop(of_problems.insert(place, identity)),
                _ if of_problems.get(&place).is_some_and(|problem| *problem != identity) => {
                    verdict.harmful.push("the identity changes".to_owned());
                }
                _ => {}
            }
            let status = alert.get("status");
            if expected.items().contains(status) {
                continue;
            }
            let reported = format!("{is} is {}", status.text().unwrap());
            let is_recovery = expected.items().contains(&Json::String("ok".to_owned()));
            let is_harmful = status.text() == Some("ok") || is_recovery && (from_all || number == 0);
            if is_harmful { verdict.harmful.push(reported) } else { verdict.wrong.push(reported) }
        }
    }
}

#[test]
fn unknown_tools_come_out_right() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suggest/labelled");
    let folder = env::var_os("LABELLED").map_or(own, PathBuf::from);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(files.len() >= 10, "only {} cases", files.len());
    // Of the proposals from one payload, and from all of them.
    let (mut asked, mut right, mut harmful) = ([0, 0], [0, 0], [0, 0]);
    let (mut lines, mut failed) = (Vec::new(), Vec::new());
    for path in files {
        let case = Json::parse(&fs::read(&path).unwrap());
        if *case.get("expect").get("dubious") == Json::Bool(true) {
            continue;
        }
        for from_all in [false, true] {
            if from_all && case.get("payloads").items().len() < 2 {
                continue;
            }
            let verdict = judge(&case, from_all);
            let how = usize::from(from_all);
            asked[how] += 1;
            right[how] += usize::from(verdict.wrong.is_empty() && verdict.harmful.is_empty());
            harmful[how] += usize::from(!verdict.harmful.is_empty());
            if !verdict.wrong.is_empty() || !verdict.harmful.is_empty() {
                let name = path.file_stem().unwrap().to_string_lossy().into_owned();
                let how = if from_all { "all" } else { "one" };
                let is_known = case.get("expect").get("weak_from").items().iter().any(|weak| weak.text() == Some(how));
                if !is_known || !verdict.harmful.is_empty() {
                    failed.push(lines.len());
                }
                lines.push(format!("{how} {name}: harmful {:?}, wrong {:?}", verdict.harmful, verdict.wrong));
            }
        }
    }
    let reported = format!(
        "{}\nfrom one payload {} of {} right, {} harmful; from all {} of {} right, {} harmful",
        lines.join("\n"),
        right[0],
        asked[0],
        harmful[0],
        right[1],
        asked[1],
        harmful[1],
    );
    if env::var_os("LABELLED").is_some() {
        println!("{reported}");
        return;
    }
    assert!(failed.is_empty(), "{reported}");
}
