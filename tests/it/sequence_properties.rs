//! What must hold for every sequence of payloads, through one configuration and through two.
//!
//! `PROPTEST_CASES` sets how many are tried.

use crate::strategies::{cases, numbers};
use crate::support::choices::Choices;
use crate::support::json::Json;
use crate::support::json_tree::{JsonTree, written};
use crate::support::{payload_generator, text_mutation};
use oim_config::{AdditionalTags, Comparison, ProcessOptions, Simulation, compile};
use proptest::prelude::*;

fn options(choices: &mut Choices<'_>) -> ProcessOptions {
    let mut options = ProcessOptions::received_at_ms(1_657_051_165_999.9);
    options.additional_tags = if choices.below(2) == 0 { AdditionalTags::Ignore } else { AdditionalTags::Map };
    options
}

fn simulated(body: &str, payloads: &[String], options: &ProcessOptions) -> Json {
    let mut simulation = Simulation::new(compile(body.as_bytes()));
    for payload in payloads {
        simulation.add(payload.as_bytes(), options);
    }
    Json::parse(&simulation.finish())
}

fn compared(old: &str, new: &str, payloads: &[String], options: &ProcessOptions) -> Json {
    let mut comparison = Comparison::new(compile(old.as_bytes()), compile(new.as_bytes()));
    for payload in payloads {
        comparison.add(payload.as_bytes(), options);
    }
    Json::parse(&comparison.finish())
}

/// What each payload alone gives.
fn processed(body: &str, payloads: &[String], options: &ProcessOptions) -> Vec<Json> {
    let Some(program) = compile(body.as_bytes()).program else { return Vec::new() };
    payloads.iter().map(|payload| Json::parse(&program.process_to_json(payload.as_bytes(), options))).collect()
}

fn kind(event: &Json) -> &str {
    event.get("kind").text().unwrap_or_default()
}

fn number(value: &Json) -> usize {
    value.number().unwrap() as usize
}

/// Members with one value changed, added or taken out.
fn set(members: &mut Vec<(String, Json)>, key: &str, value: &Json) {
    let place = members.iter().position(|(k, _)| k == key);
    match (place, value) {
        (Some(place), Json::Null) => drop(members.remove(place)),
        (Some(place), value) => members[place].1 = value.clone(),
        (None, Json::Null) => panic!("nothing to take out at {key}"),
        (None, value) => members.push((key.to_owned(), value.clone())),
    }
}

fn sorted(object: &Json) -> Vec<(String, Json)> {
    let Json::Object(members) = object else { panic!("no object") };
    let mut members = members.clone();
    members.sort_by(|(a, _), (b, _)| a.cmp(b));
    members
}

/// An incident as its events describe it: tags, status, the times, and the numbers of the events.
struct Replayed {
    tags: Vec<(String, Json)>,
    status: Json,
    opened: Json,
    changed: Json,
    resolved: Json,
    latest: f64,
    events: Vec<Json>,
}

/// Replays the events. The error says what does not hold.
fn replayed(events: &[Json]) -> Result<Vec<Replayed>, String> {
    let mut all: Vec<Replayed> = Vec::new();
    for (place, event) in events.iter().enumerate().filter(|(_, event)| kind(event) != "rejected") {
        let incident = number(event.get("incident"));
        let (status, time) = (event.get("status").clone(), event.get("timestamp").clone());
        let seconds = time.number().unwrap();
        let is_ok = status.text() == Some("ok");
        let before = all.get(incident).map(|reported| reported.status.clone());
        if event.get("previousStatus") != before.as_ref().unwrap_or(&Json::Null) {
            return Err(format!("event {place}: another status before"));
        }
        let was_ok = before.as_ref().map(|before| before.text() == Some("ok"));
        let fits = match kind(event) {
            "new" => before.is_none() && incident == all.len(),
            "resolved" => was_ok == Some(false) && is_ok,
            "reopened" => was_ok == Some(true) && !is_ok,
            "duplicate" => {
                before.as_ref() == Some(&status)
                    && event.get("changes").items().is_empty()
                    && all[incident].changed == time
            }
            "updated" => was_ok == Some(is_ok),
            _ => false,
        };
        if !fits {
            return Err(format!("event {place} is no {}", kind(event)));
        }
        if before.is_none() {
            let resolved = if is_ok { time.clone() } else { Json::Null };
            all.push(Replayed {
                tags: Vec::new(),
                status: status.clone(),
                opened: time.clone(),
                changed: time.clone(),
                resolved,
                latest: seconds,
                events: Vec::new(),
            });
        }
        let reported = &mut all[incident];
        if (event.get("outOfOrder") == &Json::Bool(true)) != (seconds < reported.latest) {
            return Err(format!("event {place}: out of order or not"));
        }
        reported.latest = reported.latest.max(seconds);
        for change in event.get("changes").items() {
            set(&mut reported.tags, change.get("tag").text().unwrap(), change.get("after"));
        }
        match kind(event) {
            "resolved" => reported.resolved = time.clone(),
            "reopened" => reported.resolved = Json::Null,
            _ => {}
        }
        reported.status = status;
        reported.changed = time;
        reported.events.push(Json::Number(place as f64));
    }
    Ok(all)
}

/// The changes between the alerts of two answers, found in the plainest way. `None` where they cannot be found so.
fn plain_changes(old: &Json, new: &Json) -> Option<Vec<Json>> {
    let whole = |answer: &Json| {
        let rejected = answer.get("rejected").items();
        rejected.iter().any(|r| r.get("index") == &Json::Null)
            || answer.get("diagnostics").items().iter().any(|d| d.get("severity").text() == Some("error"))
    };
    if whole(old) || whole(new) {
        return None;
    }
    let of =
        |answer: &Json, index: &Json| answer.get("alerts").items().iter().find(|a| a.get("index") == index).cloned();
    let mut indexes: Vec<Json> =
        old.get("alerts").items().iter().chain(new.get("alerts").items()).map(|a| a.get("index").clone()).collect();
    indexes.sort_by_key(number);
    indexes.dedup();
    let mut changes = Vec::new();
    for index in indexes {
        let mut add = |kind: &str, tag: &Json, before: &Json, after: &Json| {
            if before != after {
                let text = |text: &str| Json::String(text.to_owned());
                changes.push(Json::Array(vec![index.clone(), text(kind), tag.clone(), before.clone(), after.clone()]));
            }
        };
        let (Some(before), Some(after)) = (of(old, &index), of(new, &index)) else {
            let side = if of(old, &index).is_some() { "rejected" } else { "accepted" };
            add(side, &Json::Null, &Json::Null, &Json::Bool(true));
            continue;
        };
        let parts = [
            ("identity", "incident_identifier"),
            ("primary", "primary_property"),
            ("secondary", "secondary_property"),
            ("status", "status"),
        ];
        for (kind, member) in parts {
            add(kind, &Json::Null, before.get(member), after.get(member));
        }
        let (old_tags, new_tags) = (before.get("tags"), after.get("tags"));
        for (tag, _) in sorted(old_tags).iter().chain(&sorted(new_tags)) {
            add("tag", &Json::String(tag.clone()), old_tags.get(tag), new_tags.get(tag));
        }
    }
    Some(unique(changes))
}

fn unique(mut changes: Vec<Json>) -> Vec<Json> {
    changes.sort_by_key(Json::pretty);
    changes.dedup();
    changes
}

/// A body with some rules changed.
fn edited(body: &str, choices: &mut Choices<'_>) -> String {
    const EDITS: [(&str, &str); 9] = [
        ("\"host\"", "\"a\""),
        ("\"a\"", "\"b\""),
        ("\"up\"", "\"down\""),
        ("\"t\"", "\"c\""),
        ("\"ok\"", "\"warning\""),
        ("\"flatten\"", "\"flat\""),
        ("\"secondary_property\"", "\"second\""),
        ("\"incident_identifier\"", "\"identifier\""),
        ("\"default_to\"", "\"default\""),
    ];
    let mut body = body.to_owned();
    for _ in 0..=choices.below(3) {
        let (from, to) = EDITS[choices.below(EDITS.len())];
        body = body.replacen(from, to, 1 + choices.below(3));
    }
    body
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn events_tell_the_alerts_in_order_and_replaying_them_gives_the_incidents((case, more) in cases(6)) {
        let options = options(&mut Choices::new(&more));
        let answer = simulated(&case.body, &case.payloads, &options);
        let events = answer.get("events").items();
        let mut expected = Vec::new();
        for (number, one) in processed(&case.body, &case.payloads, &options).iter().enumerate() {
            let mut found: Vec<(f64, Json)> = Vec::new();
            for alert in one.get("alerts").items() {
                let part = [alert.get("index"), alert.get("status"), alert.get("timestamp"), &Json::Null];
                found.push((alert.get("index").number().unwrap(), Json::Array(part.map(Json::clone).into())));
            }
            for rejection in one.get("rejected").items() {
                let part = [rejection.get("index"), &Json::Null, &Json::Null, rejection.get("message")];
                found.push((rejection.get("index").number().unwrap_or(-1.0), Json::Array(part.map(Json::clone).into())));
            }
            found.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            expected.extend(found.into_iter().map(|(_, part)| (number, part)));
        }
        let reported: Vec<(usize, Json)> = events.iter().map(|event| {
            let part = ["index", "status", "timestamp", "message"].map(|key| event.get(key).clone());
            (number(event.get("payload")), Json::Array(part.into()))
        }).collect();
        prop_assert_eq!(reported, expected);

        let replayed = replayed(events).map_err(|why| TestCaseError::fail(format!("{why}\n{}", answer.pretty())))?;
        let incidents = answer.get("incidents").items();
        prop_assert_eq!(replayed.len(), incidents.len());
        for (reported, incident) in replayed.into_iter().zip(incidents) {
            let mut tags = reported.tags;
            tags.sort_by(|(a, _), (b, _)| a.cmp(b));
            prop_assert_eq!(tags, sorted(incident.get("tags")));
            let times = ["openedAt", "changedAt", "resolvedAt"].map(|key| incident.get(key).clone());
            prop_assert_eq!([reported.opened, reported.changed, reported.resolved], times, "{}", answer.pretty());
            prop_assert_eq!(&reported.status, incident.get("status"));
            let state = if reported.status.text() == Some("ok") { "resolved" } else { "open" };
            prop_assert_eq!(incident.get("state").text(), Some(state));
            prop_assert_eq!(&Json::Array(reported.events), incident.get("events"));
        }
        let Json::Object(counts) = answer.get("counts") else { panic!("no counts") };
        for (word, count) in counts {
            prop_assert_eq!(number(count), events.iter().filter(|event| kind(event) == word).count());
        }
    }

    /// Equal identities are distinguished by nothing, different ones never mixed up.
    #[test]
    fn incidents_are_identities((case, more) in cases(6)) {
        let options = options(&mut Choices::new(&more));
        let answer = simulated(&case.body, &case.payloads, &options);
        let mut known: Vec<Json> = Vec::new();
        for one in processed(&case.body, &case.payloads, &options) {
            for alert in one.get("alerts").items() {
                if !known.contains(alert.get("incident_identifier")) {
                    known.push(alert.get("incident_identifier").clone());
                }
            }
        }
        let found: Vec<Json> =
            answer.get("incidents").items().iter().map(|i| i.get("incident_identifier").clone()).collect();
        prop_assert_eq!(found, known);
    }

    /// What comes later changes nothing of what was; and white space and escapes make no difference.
    #[test]
    fn a_part_of_a_sequence_has_a_part_of_the_events((case, more) in cases(5)) {
        let mut choices = Choices::new(&more);
        let options = options(&mut choices);
        let whole = simulated(&case.body, &case.payloads, &options);
        let part = simulated(&case.body, &case.payloads[..choices.below(6)], &options);
        let events = part.get("events").items();
        prop_assert_eq!(events, &whole.get("events").items()[..events.len()]);
        let spaced: Vec<String> = case.payloads.iter().map(|payload| text_mutation::spaced(payload, &mut choices)).collect();
        let again = simulated(&case.body, &spaced, &options);
        prop_assert_eq!(again.only(&["events", "incidents"]), whole.only(&["events", "incidents"]));
    }

    #[test]
    fn a_payload_that_comes_again_at_once_changes_nothing((case, more) in cases(1)) {
        let options = options(&mut Choices::new(&more));
        let once = simulated(&case.body, &case.payloads, &options);
        let twice = simulated(&case.body, &[case.payloads.clone(), case.payloads.clone()].concat(), &options);
        // Where two alerts of the payload are one incident, the second time the first of them is a change.
        if once.get("events").items().iter().all(|event| matches!(kind(event), "new" | "rejected")) {
            let second = &twice.get("events").items()[once.get("events").items().len()..];
            prop_assert!(second.iter().all(|event| matches!(kind(event), "duplicate" | "rejected")), "{}", twice.pretty());
            let state = |answer: &Json| answer.get("incidents").each(|i| i.only(&["tags", "status", "openedAt", "changedAt"]));
            prop_assert_eq!(state(&twice), state(&once));
        }
    }

    /// Alerts in one payload follow each other as those of several.
    #[test]
    fn an_array_is_a_sequence(numbers in numbers(400)) {
        let mut choices = Choices::new(&numbers);
        let body = r#"{
            "is_array": true, "array_source": "", "status": {"source": ["@alert.k4"], "status_map": {"ok": ["x"]}},
            "primary_property": {"name": "host", "source": ["@alert.k1", "@alert.k2", "@alert.k3"]},
            "additional_attributes": [{"source": ["@alert.k5"], "flatten": true}], "timestamp": {"source": ["@alert.k6"]}
        }"#;
        let JsonTree::Array(alerts) = payload_generator::varied(&mut choices) else { panic!("no list") };
        let parts: Vec<String> = alerts.iter().map(|alert| written(alert, 0, &mut choices)).collect();
        let whole = format!("[{}]", parts.join(","));
        let parts: Vec<String> = parts.iter().map(|part| format!("[{part}]")).collect();
        let keys = ["kind", "incident", "status", "previousStatus", "timestamp", "changes", "outOfOrder"];
        let options = options(&mut choices);
        let one = simulated(body, &[whole], &options);
        let many = simulated(body, &parts, &options);
        prop_assert_eq!(one.get("events").each(|e| e.only(&keys)), many.get("events").each(|e| e.only(&keys)));
        prop_assert_eq!(one.get("incidents"), many.get("incidents"));
    }

    #[test]
    fn a_configuration_is_the_same_as_itself((case, more) in cases(4)) {
        let mut choices = Choices::new(&more);
        let options = options(&mut choices);
        let compact = text_mutation::compact(&case.body);
        for other in [&case.body, &compact] {
            let answer = compared(&case.body, other, &case.payloads, &options);
            prop_assert_eq!(answer.get("same"), &Json::Bool(true), "{}", answer.pretty());
            prop_assert_eq!(answer.get("changes").items().len(), 0);
        }
    }

    #[test]
    fn changes_are_the_differences_of_the_answers((case, more) in cases(4)) {
        let mut choices = Choices::new(&more);
        let options = options(&mut choices);
        let new = edited(&case.body, &mut choices);
        let answer = compared(&case.body, &new, &case.payloads, &options);
        let olds = processed(&case.body, &case.payloads, &options);
        for (place, (old, new)) in olds.iter().zip(processed(&new, &case.payloads, &options)).enumerate() {
            let Some(expected) = plain_changes(old, &new) else { continue };
            let of_payload = |change: &&Json| number(change.get("payload")) == place && kind(change) != "timestamp";
            let reported = answer.get("changes").items().iter().filter(of_payload).map(|change| {
                let mut values = [change.get("before"), change.get("after")].map(Json::clone);
                if matches!(kind(change), "rejected" | "accepted") {
                    values = [Json::Null, Json::Bool(true)];
                }
                let [before, after] = values;
                Json::Array(vec![change.get("index").clone(), change.get("kind").clone(), change.get("tag").clone(), before, after])
            });
            prop_assert_eq!(unique(reported.collect()), expected, "{}\n{}", case.payloads[place], answer.pretty());
        }
    }

    #[test]
    fn answers_taken_one_by_one_are_those_of_payloads_alone((case, more) in cases(4)) {
        let mut choices = Choices::new(&more);
        let options = options(&mut choices);
        let new = edited(&case.body, &mut choices);
        let begun = || {
            let mut comparison = Comparison::new(compile(&case.body), compile(&new));
            let of_bodies = comparison.take();
            (comparison, of_bodies)
        };
        let (mut kept, of_bodies) = begun();
        prop_assert_eq!(&of_bodies, &Comparison::new(compile(&case.body), compile(&new)).finish());
        for payload in &case.payloads {
            let (mut alone, _) = begun();
            kept.add(payload.as_bytes(), &options);
            alone.add(payload.as_bytes(), &options);
            prop_assert_eq!(kept.take(), alone.finish(), "{}", payload);
        }
    }

    #[test]
    fn random_text_does_no_harm(body: String, (case, more) in cases(3)) {
        let mut choices = Choices::new(&more);
        let options = options(&mut choices);
        let mutated = |text: &str, choices: &mut Choices<'_>| {
            let mut bytes = text.as_bytes().to_vec();
            text_mutation::mutate(choices, &mut bytes);
            bytes
        };
        let bodies = [body.into_bytes(), mutated(&case.body, &mut choices), case.body.clone().into_bytes()];
        for body in &bodies {
            let mut simulation = Simulation::new(compile(body));
            let mut comparison = Comparison::new(compile(&bodies[2]), compile(body));
            for payload in &case.payloads {
                let payload = mutated(payload, &mut choices);
                simulation.add(&payload, &options);
                comparison.add(&payload, &options);
            }
            Json::parse(&simulation.finish());
            Json::parse(&comparison.finish());
        }
    }
}
