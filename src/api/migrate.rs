//! Migrating a configuration to version 2.

use super::{Origin, Version, understood};
use crate::compare::Comparison;
use crate::compile::{self, Compiled};
use crate::diagnostic::{Diagnostic, Problems, into_diagnostics};
use crate::evaluate::{AdditionalTags, ProcessOptions};
use crate::migrate::{self as migration, MigrationNote, MigrationNoteKind};
use crate::suggest::Reason;
use serde::{Deserialize, Serialize};

/// How to migrate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct MigrateOptions {
    /// What becomes of fields that no rule names: with `Map`, `map_remaining` is set.
    pub additional_tags: AdditionalTags,
}

/// A configuration of version 2 that was made from one of version 1.
#[derive(Clone, Debug, Serialize)]
pub struct Migrated {
    /// The body as JSON text, laid out; `None` when the given one cannot be understood.
    pub text: Option<String>,
    /// What does not carry over, or may be different.
    pub notes: Vec<MigrationNote>,
    /// How it is known that both bodies give the same alerts; `None` when they do not, or when it is not known.
    pub proof: Option<MigrationProof>,
    /// What is wrong with the given body.
    pub diagnostics: Vec<Diagnostic>,
}

/// How it is known that two configurations give the same alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MigrationProof {
    /// Their rules are the same, so they do for every payload.
    Structural,
    /// They do for the given payloads.
    Payloads,
}

/// Rewrites a configuration of version 1 as one of version 2, says what does not carry over, and compares both: by their
/// rules, and over the payloads if there are any. One of version 2 stays as it is.
///
/// ```
/// use oim_config::{MigrateOptions, MigrationNoteKind, MigrationProof, migrate};
///
/// let old = r#"{"status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
///     "primary_property": {"name": "host", "source": ["node"]}}"#;
/// let payloads: [&str; 0] = [];
/// let migrated = migrate(old, &payloads, MigrateOptions::default());
/// assert_eq!(migrated.proof, Some(MigrationProof::Structural));
/// assert!(migrated.text.is_some_and(|text| text.contains(r#""version": "2.0""#)));
///
/// let with_default = old.replace(r#""source": ["node"]"#, r#""source": ["node"], "default_to": "none""#);
/// let migrated = migrate(with_default, &[r#"{"state": "down"}"#], MigrateOptions::default());
/// assert_eq!(migrated.notes[0].kind, MigrationNoteKind::DefaultDropped);
/// assert_eq!(migrated.notes[0].alerts, Some(1));
/// assert_eq!(migrated.proof, None);
/// ```
pub fn migrate(body: impl AsRef<[u8]>, payloads: &[impl AsRef<[u8]>], options: MigrateOptions) -> Migrated {
    let payloads: Vec<&[u8]> = payloads.iter().map(AsRef::as_ref).collect();
    migrate_from(body.as_ref(), &payloads, Origin::Text, options)
}

/// As [`migrate`], of a document of either origin.
#[doc(hidden)]
pub fn migrate_from(body: &[u8], payloads: &[&[u8]], origin: Origin, options: MigrateOptions) -> Migrated {
    let mut problems = Problems::default();
    let old = understood(body, None, &mut problems).and_then(|parsed| {
        let config = parsed.config?;
        let (program, is_whole) = compile::compile(&config, &mut problems);
        (parsed.is_complete && is_whole).then_some((config, program))
    });
    let diagnostics = into_diagnostics(problems, origin.ranges(body));
    let Some((config, program)) = old else {
        return Migrated { text: None, notes: Vec::new(), proof: None, diagnostics };
    };
    let Some(rewritten) = migration::rewrite(body, &config, &program, options.additional_tags) else {
        let text = Some(String::from_utf8_lossy(body).into_owned());
        return Migrated { text, notes: Vec::new(), proof: Some(MigrationProof::Structural), diagnostics };
    };
    let mut notes = rewritten.notes;
    if !payloads.is_empty() {
        let mut counts = vec![0; program.rules.len()];
        for payload in payloads {
            let found = migration::count_defaults(&program, payload);
            counts.iter_mut().zip(found).for_each(|(count, more)| *count += more);
        }
        let rules = config.tag_rules();
        for note in notes.iter_mut().filter(|note| note.kind == MigrationNoteKind::DefaultDropped) {
            let is_rule = |default: &crate::config::LocatedText| default.pointer == note.pointer;
            let rule = rules.iter().position(|rule| rule.default_to.as_ref().is_some_and(is_rule));
            note.alerts = rule.and_then(|rule| counts.get(rule).copied());
        }
    }
    let proof = prove(program, &rewritten.text, payloads, options);
    Migrated { text: Some(rewritten.text), notes, proof, diagnostics }
}

fn prove(old: compile::Program, text: &str, payloads: &[&[u8]], options: MigrateOptions) -> Option<MigrationProof> {
    let new = super::compile(text).program?;
    if migration::is_equal(&old, &new, options.additional_tags == AdditionalTags::Map) {
        return Some(MigrationProof::Structural);
    }
    if payloads.is_empty() {
        return None;
    }
    let compiled = |program| Compiled { program: Some(program), diagnostics: Vec::new() };
    let mut comparison = Comparison::new(compiled(old), compiled(new));
    let run = ProcessOptions { additional_tags: options.additional_tags, ..ProcessOptions::received_at_ms(0.0) };
    let is_complete = payloads.iter().all(|payload| comparison.add(payload, &run));
    (is_complete && comparison.is_same()).then_some(MigrationProof::Payloads)
}

/// A proposal of version 1 as one of version 2. `None` where its primary property is nothing but a default, which
/// version 2 does not have.
pub(super) fn proposal_of_version_2(text: &str, reasons: Vec<Reason>) -> Option<(String, Vec<Reason>)> {
    let mut problems = Problems::default();
    let config = crate::config::parse(text.as_bytes(), Some(Version::V1), &mut problems)?.config?;
    let (program, _) = compile::compile(&config, &mut problems);
    if program.rules.first()?.sources.is_empty() {
        return None;
    }
    let migration::Rewritten { text, notes, moved } =
        migration::rewrite(text.as_bytes(), &config, &program, AdditionalTags::Ignore)?;
    let place = |pointer: &str| moved.pointer(pointer);
    let of_notes = notes.into_iter().map(|note| Reason::note(&place(&note.pointer), &note.message));
    let of_notes: Vec<Reason> = of_notes.collect();
    let reasons = reasons.into_iter().map(|reason| Reason { pointer: place(&reason.pointer), ..reason });
    Some((text, reasons.chain(of_notes).collect()))
}
