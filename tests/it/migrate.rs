//! Migrating configurations to version 2.
//!
//! `PROPTEST_CASES` sets how many are tried.

use crate::strategies::cases;
use crate::support::choices::Choices;
use crate::support::migration::faults;
use oim_config::{AdditionalTags, MigrateOptions, Migrated, MigrationNoteKind, migrate};
use proptest::prelude::*;

proptest! {
    #[test]
    fn what_is_proved_holds((case, more) in cases(3)) {
        let additional_tags = match Choices::new(&more).below(2) {
            0 => AdditionalTags::Ignore,
            _ => AdditionalTags::Map,
        };
        let faults = faults(&case.body, &case.payloads, additional_tags);
        prop_assert!(faults.is_empty(), "{}\n{}\n{}", faults.join("\n"), case.body, case.payloads.join("\n"));
    }
}

const STATUS: &str = r#""status":{"source":["s"],"default_to":"ok","status_map":{"ok":["up"]}}"#;

/// The migrated configuration without its status and version, compact, and the kinds of the notes.
fn migrated(rules: &str, payloads: &[&str], additional_tags: AdditionalTags) -> (String, Vec<MigrationNoteKind>) {
    let body = format!("{{{rules},{STATUS}}}");
    let Migrated { text, notes, diagnostics, .. } = migrate(&body, payloads, MigrateOptions { additional_tags });
    let text = text.unwrap_or_else(|| panic!("{body}: {diagnostics:?}"));
    let compact = crate::support::text_mutation::compact(&text);
    let compact = compact.replace(r#""version":"2.0","#, "").replace(&format!(",{STATUS}"), "");
    (compact, notes.iter().map(|note| note.kind).collect())
}

#[test]
fn properties_become_rules_and_lists() {
    use MigrationNoteKind::{DefaultDropped, FormatUndocumented, RuleSplit, TagShared};
    let cases: &[(&str, &str, &[MigrationNoteKind])] = &[
        (
            r#""primary_property":{"name":"host","source":["h","i"]}"#,
            r#"{"primary_property":[{"name":"host"}],"additional_attributes":[{"name":"host","source":["h","i"]}]}"#,
            &[],
        ),
        // The name that version 1 derives; the secondary rule goes behind the primary one, before all others.
        (
            r#""primary_property":{"source":["a.h"]},"secondary_property":{"source":["C"]},"force_lowercase":true,"additional_attributes":[{"source":["x"]}]"#,
            r#"{"primary_property":[{"name":"h"}],"secondary_property":[{"name":"c"}],"force_lowercase":true,"additional_attributes":[{"name":"h","source":["a.h"]},{"name":"c","source":["C"]},{"source":["x"]}]}"#,
            &[],
        ),
        (
            r#""primary_property":{"source":["h","a.i","b.h"]}"#,
            r#"{"primary_property":[{"name":"h"},{"name":"i"}],"additional_attributes":[{"name":"h","source":["h"]},{"name":"i","source":["a.i"]},{"name":"h","source":["b.h"]}]}"#,
            &[RuleSplit],
        ),
        (
            r#""primary_property":{"name":"host","source":["h"],"default_to":"none"},"additional_attributes":[{"name":"x","source":["x"],"default_to":"y","unknown":1.50}]"#,
            r#"{"primary_property":[{"name":"host"}],"additional_attributes":[{"name":"host","source":["h"]},{"name":"x","source":["x"],"unknown":1.50}]}"#,
            &[DefaultDropped, DefaultDropped],
        ),
        // A flattened object can give the primary tag to alerts that have no primary value in version 1.
        (
            r#""primary_property":{"name":"host","source":["h"]},"additional_attributes":[{"source":["l"],"flatten":true}]"#,
            r#"{"primary_property":[{"name":"host"}],"additional_attributes":[{"name":"host","source":["h"]},{"source":["l"],"flatten":true}]}"#,
            &[TagShared],
        ),
        (
            r#""primary_property":{"name":"host","source":["h"]},"additional_attributes":[{"name":"l","source":["l"],"flatten":true}]"#,
            r#"{"primary_property":[{"name":"host"}],"additional_attributes":[{"name":"host","source":["h"]},{"name":"l","source":["l"],"flatten":true}]}"#,
            &[],
        ),
        (
            r#""primary_property":{"name":"host","source":["h"]},"timestamp":{"source":["t"],"format":"epoch_seconds"}"#,
            r#"{"primary_property":[{"name":"host"}],"timestamp":{"source":["t"],"format":"epoch_seconds"},"additional_attributes":[{"name":"host","source":["h"]}]}"#,
            &[FormatUndocumented],
        ),
        // Of equal keys the last one counts.
        (
            r#""primary_property":{"name":"a","source":["a"]},"primary_property":{"name":"b","name":"c","source":["c"]}"#,
            r#"{"primary_property":[{"name":"c"}],"additional_attributes":[{"name":"c","source":["c"]}]}"#,
            &[],
        ),
    ];
    for (rules, expected, notes) in cases {
        let found = migrated(rules, &[], AdditionalTags::Ignore);
        assert_eq!((found.0.as_str(), found.1.as_slice()), (*expected, *notes), "{rules}");
    }
}

#[test]
fn fields_that_no_rule_names_may_be_mapped() {
    let named_by_path = r#""primary_property":{"name":"host","source":["host"]}"#;
    let (text, notes) = migrated(named_by_path, &[], AdditionalTags::Map);
    assert!(text.ends_with(r#","map_remaining":true}"#), "{text}");
    assert_eq!(notes, []);
    // A field `host` would be the tag.
    let (_, notes) = migrated(r#""primary_property":{"name":"host","source":["h"]}"#, &[], AdditionalTags::Map);
    assert_eq!(notes, [MigrationNoteKind::TagShared]);
}

#[test]
fn a_body_keeps_its_sample_and_whatever_else_it_has() {
    let body = format!(
        r#"{{"x":1e400,"config":{{"primary_property":{{"name":"host","source":["h"]}},{STATUS}}},"sample_payload":{{"h":12345678901234567890,"z":"\u00e9","a":1}}}}"#
    );
    let payloads: [&str; 0] = [];
    let text = migrate(&body, &payloads, MigrateOptions::default()).text.unwrap_or_default();
    let compact = crate::support::text_mutation::compact(&text);
    assert!(compact.starts_with(r#"{"x":1e400,"config":{"version":"2.0","#), "{compact}");
    let sample = r#""sample_payload":{"h":12345678901234567890,"z":"\u00e9","a":1}}"#;
    assert!(compact.ends_with(sample), "{compact}");
    // What is of version 2 stays as it is.
    assert_eq!(migrate(&text, &payloads, MigrateOptions::default()).text.as_deref(), Some(&*text));
}

#[test]
fn what_cannot_be_understood_is_not_migrated() {
    let payloads: [&str; 0] = [];
    for (body, code) in [
        ("{", "json-syntax"),
        (r#"{"primary_property":{"source":["h"]}}"#, "missing-attribute"),
        (r#"{"primary_property":{"source":["h"]},"map_remaining":true}"#, "version-mixed"),
    ] {
        let Migrated { text, diagnostics, .. } = migrate(body, &payloads, MigrateOptions::default());
        assert_eq!(text, None);
        assert_eq!(diagnostics.first().map(|d| d.code), Some(code));
    }
}

#[test]
fn what_is_unknown_inside_a_rule_says_nothing_of_the_version() {
    let rules = r#""primary_property":{"name":"host","source":["h"],"secondary_property":{"source":["c"]}}"#;
    let (config, _) = migrated(rules, &[], AdditionalTags::Ignore);
    assert!(config.contains(r#"[{"name":"host","source":["h"],"secondary_property":{"source":["c"]}}]"#), "{config}");
    let faults = faults(&format!("{{{rules},{STATUS}}}"), &[r#"{"h":1,"s":"up"}"#], AdditionalTags::Ignore);
    assert!(faults.is_empty(), "{faults:?}");
}
