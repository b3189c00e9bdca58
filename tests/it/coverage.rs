//! Coverage: it agrees with the traces of the same payloads, and coverages of parts merge into that of the whole.
//!
//! `PROPTEST_CASES` sets how many are tried.

use crate::strategies::cases;
use crate::support::choices::Choices;
use oim_config::{
    AdditionalTags, Coverage, CoverageBuilder, CoverageOutcome, CoveredItemKind, CoveredKind, MigrateOptions,
    ProcessOptions, Processed, StepKind, StepOutcome, TraceStep, compile, migrate,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Of version 2, with all that it has.
const VERSION_2: &str = r#"{"config": {
    "primary_property": ["host", "nowhere"], "secondary_property": ["check", "a"], "incident_identifier": ["b", "c"],
    "event_filter": "a = \"1\" OR status != o* AND host IN [\"a\", \"b\"]", "map_remaining": true,
    "status": {"source": ["status", "a"], "status_map": {"ok": ["ok", "1"], "critical": ["x"]}, "default_to": "warning"},
    "additional_attributes": [{"name": "host", "source": ["host", "t"]}, {"name": "check", "source": ["a.b"]},
        {"source": ["b"], "flatten": true}, {"name": "c", "source": ["c"]}],
    "timestamp": {"source": ["t", "a.b.c"]}}, "sample_payload": {}}"#;

fn outcome_of(outcome: StepOutcome) -> CoverageOutcome {
    match outcome {
        StepOutcome::Used => CoverageOutcome::Used,
        StepOutcome::Missing => CoverageOutcome::Missing,
        StepOutcome::Empty => CoverageOutcome::Empty,
        StepOutcome::Unmatched => CoverageOutcome::Unmatched,
        StepOutcome::Unreadable => CoverageOutcome::Unreadable,
        StepOutcome::Shadowed => CoverageOutcome::Shadowed,
        StepOutcome::Default => CoverageOutcome::Default,
        StepOutcome::ReceivedAt => CoverageOutcome::ReceivedAt,
        StepOutcome::Matched => CoverageOutcome::Matched,
        StepOutcome::Unknown => CoverageOutcome::Unknown,
    }
}

fn kind_of(kind: StepKind) -> CoveredKind {
    match kind {
        StepKind::Tag => CoveredKind::Tag,
        StepKind::Status => CoveredKind::Status,
        StepKind::Timestamp => CoveredKind::Timestamp,
        StepKind::Identifier => CoveredKind::Identifier,
        StepKind::Filter => CoveredKind::Filter,
    }
}

/// What a step is about: the kind and the place of the rule, and the source, the listed tag or the comparison.
type Key = (String, String, String);

/// Counts by what they are about, with the payloads.
type Counts = BTreeMap<(Key, CoverageOutcome), (u64, BTreeSet<u64>)>;

fn key_of(step: &TraceStep) -> Key {
    let item = match step.kind {
        StepKind::Filter => step.detail.clone(),
        _ => step.source_pointer.clone(),
    };
    (format!("{:?}", kind_of(step.kind)), step.rule.clone(), item.unwrap_or_default())
}

fn add(counts: &mut Counts, key: Key, outcome: CoverageOutcome, payload: usize) {
    let (count, payloads) = counts.entry((key, outcome)).or_default();
    *count += 1;
    payloads.insert(payload as u64);
}

/// The counts that traces give. A source that makes several tags of an object counts once.
fn traced(processed: &[Processed]) -> Counts {
    let mut counts = Counts::new();
    for (payload, answer) in processed.iter().enumerate() {
        for trace in answer.trace.iter().flatten() {
            let mut flattened: BTreeMap<Key, CoverageOutcome> = BTreeMap::new();
            for step in &trace.steps {
                let (key, outcome) = (key_of(step), outcome_of(step.outcome));
                // Of fields that no rule names, those that become tags are counted.
                if step.rule.is_empty() && outcome == CoverageOutcome::Shadowed {
                    continue;
                }
                let is_source = step.kind == StepKind::Tag && step.source_pointer.is_some();
                match flattened.get_mut(&key) {
                    Some(known) if is_source => {
                        if outcome == CoverageOutcome::Used {
                            *known = outcome;
                        }
                    }
                    _ if is_source => {
                        flattened.insert(key, outcome);
                    }
                    _ => add(&mut counts, key, outcome, payload),
                }
            }
            flattened.into_iter().for_each(|(key, outcome)| add(&mut counts, key, outcome, payload));
        }
    }
    counts
}

/// The same counts as coverage has them.
fn covered(coverage: &Coverage) -> Counts {
    let mut counts = Counts::new();
    let mut take = |key: Key, outcome: CoverageOutcome, count: &oim_config::Count| {
        let (known, payloads) = counts.entry((key, outcome)).or_default();
        *known += count.count;
        payloads.extend(&count.payloads);
    };
    for rule in &coverage.rules {
        let key = |item: &str| (format!("{:?}", rule.kind), rule.pointer.clone(), item.to_owned());
        let has_items = rule.items.iter().any(|item| item.kind != CoveredItemKind::ReceivedAt);
        for (&outcome, count) in &rule.outcomes {
            // Of a rule with items, steps without a source are the default and the time of receipt.
            let is_last = matches!(outcome, CoverageOutcome::Default | CoverageOutcome::ReceivedAt);
            let of_item = outcome == CoverageOutcome::OverLimit || outcome == CoverageOutcome::NotReached;
            let is_traced = !has_items && outcome != CoverageOutcome::Missing;
            if !of_item && (is_last || is_traced) {
                take(key(""), outcome, count);
            }
        }
        for item in &rule.items {
            let part = match item.kind {
                CoveredItemKind::Source | CoveredItemKind::Tag => &item.pointer,
                CoveredItemKind::Comparison => &item.text,
                CoveredItemKind::Default => {
                    // A default that an earlier rule hides has a step of its own.
                    if let Some(count) = item.outcomes.get(&CoverageOutcome::Shadowed) {
                        take(key(""), CoverageOutcome::Shadowed, count);
                    }
                    continue;
                }
                CoveredItemKind::StatusValue | CoveredItemKind::ReceivedAt => continue,
            };
            for (&outcome, count) in &item.outcomes {
                if outcome != CoverageOutcome::NotReached {
                    take(key(part), outcome, count);
                }
            }
        }
    }
    counts
}

fn built(body: &str, payloads: &[String], options: &ProcessOptions) -> Coverage {
    let mut builder = CoverageBuilder::new(compile(body));
    for payload in payloads {
        builder.add(payload.as_bytes(), options);
    }
    builder.finish()
}

/// What does not agree between the coverage and the traces of payloads.
fn disagreements(body: &str, payloads: &[String], options: &ProcessOptions) -> Result<(), TestCaseError> {
    let Some(program) = compile(body).program else { return Ok(()) };
    let traced_options = ProcessOptions { trace: true, ..*options };
    let processed: Vec<Processed> = payloads.iter().map(|payload| program.process(payload, &traced_options)).collect();
    let coverage = built(body, payloads, options);
    let (expected, found) = (traced(&processed), covered(&coverage));
    let differ = |counts: &Counts, other: &Counts| {
        counts.iter().filter(|(key, count)| other.get(key) != Some(count)).map(|one| format!("{one:?}")).collect()
    };
    let (only_traced, only_covered): (Vec<String>, Vec<String>) =
        (differ(&expected, &found), differ(&found, &expected));
    prop_assert_eq!(only_traced, only_covered, "{}\n{:?}", body, payloads);

    let alerts: Vec<_> = processed.iter().flat_map(|answer| &answer.alerts).collect();
    prop_assert_eq!(coverage.alerts, alerts.len() as u64);
    let mut rejected: BTreeMap<String, u64> = BTreeMap::new();
    for rejection in processed.iter().flat_map(|answer| &answer.rejected) {
        *rejected.entry(rejection.code.to_string()).or_default() += 1;
    }
    let counted: BTreeMap<_, _> = coverage.rejected.iter().map(|(code, count)| (code.clone(), count.count)).collect();
    prop_assert_eq!(rejected, counted);

    // Each object is looked at or not, so the outcomes of a source add up to all of them.
    let objects: usize = processed.iter().flat_map(|answer| &answer.trace).map(Vec::len).sum();
    let dropped = coverage.rejected.get("event-filtered").map_or(0, |count| count.count);
    for rule in &coverage.rules {
        let all = match rule.kind {
            CoveredKind::Filter => objects as u64,
            CoveredKind::Tag => objects as u64 - dropped,
            _ => coverage.alerts,
        };
        for item in rule.items.iter().filter(|item| item.kind != CoveredItemKind::StatusValue) {
            let sum: u64 = item.outcomes.values().map(|count| count.count).sum();
            prop_assert_eq!(sum, all, "{:?}", item);
        }
    }
    let status = coverage.rules.iter().find(|rule| rule.kind == CoveredKind::Status).unwrap();
    let listed = status.items.iter().filter(|item| item.kind == CoveredItemKind::StatusValue);
    let used: u64 = listed.map(|item| item.count(CoverageOutcome::Used)).sum();
    prop_assert_eq!(used, status.count(CoverageOutcome::Used));

    let mut identities: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    let mut repeated = 0;
    for answer in &processed {
        let mut known = BTreeSet::new();
        for alert in &answer.alerts {
            let identity = serde_json::to_string(&alert.incident_identifier).unwrap();
            repeated += u64::from(!known.insert(identity.clone()));
            let seen = identities.entry(identity).or_default();
            if alert.status == oim_config::Status::Ok { seen.0 = true } else { seen.1 = true }
        }
    }
    let never_ok = identities.values().filter(|(ok, problem)| *problem && !ok).count();
    let found = &coverage.identities;
    prop_assert_eq!(
        (found.distinct, found.never_ok.count, found.repeated.count, found.estimated),
        (identities.len() as u64, never_ok as u64, repeated, false)
    );
    Ok(())
}

fn options(choices: &mut Choices<'_>) -> ProcessOptions {
    let options = ProcessOptions::received_at_ms(1_657_051_165_999.9);
    let additional_tags = [AdditionalTags::AsConfigured, AdditionalTags::Ignore, AdditionalTags::Map];
    ProcessOptions { additional_tags: additional_tags[choices.below(3)], ..options }
}

/// The body as it is, as one of version 2, or a fixed one of version 2.
fn body_of(body: String, choices: &mut Choices<'_>) -> String {
    match choices.below(3) {
        0 => body,
        1 => migrate(&body, &[] as &[&str], MigrateOptions::default()).text.unwrap_or(body),
        _ => VERSION_2.to_owned(),
    }
}

/// As JSON and back, as between machines.
fn carried(coverage: &Coverage) -> Coverage {
    serde_json::from_str(&serde_json::to_string(coverage).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn coverage_agrees_with_the_traces((case, more) in cases(6)) {
        let mut choices = Choices::new(&more);
        let options = options(&mut choices);
        disagreements(&body_of(case.body, &mut choices), &case.payloads, &options)?;
    }

    #[test]
    fn coverages_of_parts_merge_into_that_of_the_whole((case, more) in cases(8)) {
        let mut choices = Choices::new(&more);
        let options = options(&mut choices);
        let body = body_of(case.body, &mut choices);
        let whole = built(&body, &case.payloads, &options);
        for split in 0..=case.payloads.len() {
            let (first, second) = case.payloads.split_at(split);
            let mut merged = carried(&built(&body, first, &options));
            merged.merge(&carried(&built(&body, second, &options))).unwrap();
            if compile(&body).program.is_some() {
                prop_assert_eq!(&merged, &whole, "split at {}", split);
            }
        }
        prop_assert_eq!(&carried(&whole), &whole);
    }
}

/// More words and identities than are kept.
#[test]
fn what_does_not_fit_merges_too() {
    let body = r#"{"is_array": true, "array_source": "", "primary_property": {"name": "h", "source": ["@alert.h"]},
        "status": {"source": ["@alert.s"], "status_map": {"ok": ["1"]}, "default_to": "critical"}}"#;
    let payload = |number: usize| {
        let alerts = (0..500).map(|i| (number * 500 + i) * 7 % 20_011);
        let alerts: Vec<_> = alerts.map(|n| format!(r#"{{"h": "{n}", "s": "{}"}}"#, n % 1_500)).collect();
        format!("[{}]", alerts.join(","))
    };
    let payloads: Vec<String> = (0..40).map(payload).collect();
    let options = ProcessOptions::received_at_ms(0.0);
    let whole = built(body, &payloads, &options);
    for split in [1, 13, 39] {
        let (first, second) = payloads.split_at(split);
        let mut merged = built(body, first, &options);
        merged.merge(&built(body, second, &options)).unwrap();
        assert_eq!(merged, whole);
    }
    assert_eq!(whole.default_words.words.len(), 1_000);
    let words: u64 = whole.default_words.words.iter().map(|word| word.count.count).sum();
    let status = whole.rules.iter().find(|rule| rule.kind == CoveredKind::Status).unwrap();
    assert_eq!(words + whole.default_words.more, status.count(CoverageOutcome::Default));
    let distinct: BTreeSet<_> =
        payloads.iter().flat_map(|p| p.split(r#""h": ""#).skip(1)).map(|p| &p[..p.find('"').unwrap()]).collect();
    assert!(whole.identities.estimated && distinct.len() > 16_384);
    let error = whole.identities.distinct as f64 / distinct.len() as f64 - 1.0;
    assert!(error.abs() < 0.02, "{} instead of {}", whole.identities.distinct, distinct.len());
}

#[test]
fn lines_are_counted_as_payloads_are_and_placed_by_their_line() {
    let body = r#"{"primary_property": {"name": "h", "source": ["h"]}, "status": {"source": ["s"], "status_map": {}}}"#;
    let options = ProcessOptions::received_at_ms(0.0);
    let mut builder = CoverageBuilder::new(compile(body));
    let read = builder.add_lines(b"{\"h\": 1}\r\n\n  \n{}\n{\"h\"", 100, &options);
    assert_eq!((read.consumed, read.lines, read.payloads), (21, 5, 3));
    let coverage = builder.finish();
    assert_eq!(coverage.rejected["primary-empty"].payloads, [103]);
    assert_eq!((coverage.unread.count, &*coverage.unread.payloads), (1, &[104][..]));
    assert_eq!(coverage.reported["json-syntax"].count, 1);
    assert_eq!((coverage.payloads, coverage.alerts), (3, 1));
}

#[test]
fn interleaved_pieces_merge_by_their_places() {
    let body = r#"{"primary_property": {"name": "h", "source": ["h"]}, "status": {"source": ["s"], "status_map": {}}}"#;
    let options = ProcessOptions::received_at_ms(0.0);
    let line = |n: usize| format!("{{\"h\": \"{n}\", \"s\": \"w{}\"}}\n", n % 7);
    let mut parts = [CoverageBuilder::new(compile(body)), CoverageBuilder::new(compile(body))];
    let mut whole = CoverageBuilder::new(compile(body));
    for n in 0..100 {
        parts[n * 5 / 3 % 2].add_lines(line(n).as_bytes(), n as u64, &options);
        whole.add_lines(line(n).as_bytes(), n as u64, &options);
    }
    let [first, second] = parts.map(CoverageBuilder::finish);
    let mut merged = second;
    merged.merge_at(&first, 0).unwrap();
    assert_eq!(merged, whole.finish());
}

#[test]
fn values_over_the_limits_are_counted_by_their_rule() {
    let body = r#"{"primary_property": {"name": "host", "source": ["h"]},
        "status": {"source": ["s"], "status_map": {"ok": ["1"]}, "default_to": "ok"},
        "additional_attributes": [{"name": "description", "source": ["d"]}, {"name": "list", "source": ["l"]},
            {"source": ["o"], "flatten": true}]}"#;
    let (long, items) = ("x".repeat(513), vec!["\"a\""; 31].join(","));
    let payload = |h: &str, d: usize, l: &str, o: &str| {
        format!(r#"{{"h": "{h}", "d": "{}", "l": [{l}], "o": {{"a": "{o}", "b": "{o}"}}, "s": "1"}}"#, "d".repeat(d))
    };
    let payloads = [
        payload("a", 2_048, &items[4..], "ok"),
        payload(&long, 2_049, &items, &long),
        payload("b", 600, &format!("\"{long}\""), ""),
    ];
    let coverage = built(body, &payloads, &ProcessOptions::received_at_ms(0.0));
    let over: Vec<_> = coverage.rules[..4]
        .iter()
        .map(|rule| rule.outcomes.get(&CoverageOutcome::OverLimit).map_or(&[][..], |count| &count.payloads))
        .collect();
    assert_eq!(over, [&[1][..], &[1], &[1, 2], &[1]]);
}

#[test]
fn another_configuration_does_not_merge() {
    let body = |name: &str| {
        format!(
            r#"{{"primary_property": {{"name": "{name}", "source": ["h"]}}, "status": {{"source": ["s"], "status_map": {{}}}}}}"#
        )
    };
    let options = ProcessOptions::received_at_ms(0.0);
    let mut one = built(&body("a"), &["{}".to_owned()], &options);
    let before = one.clone();
    assert!(one.merge(&built(&body("b"), &["{}".to_owned()], &options)).is_err());
    assert_eq!(one, before);
}
