//! What holds for a configuration that was migrated to version 2.

use oim_config::{
    AdditionalTags, CompareOptions, MigrateOptions, Migrated, MigrationNoteKind, MigrationProof, ValidateOptions,
    Version, compare, compile, migrate, validate,
};

/// What does not hold for a body that is migrated, over these payloads.
pub fn faults(body: &str, payloads: &[impl AsRef<[u8]>], additional_tags: AdditionalTags) -> Vec<String> {
    let options = MigrateOptions { additional_tags };
    let none: [&str; 0] = [];
    let Migrated { text, notes, proof, .. } = migrate(body, &none, options);
    let mut faults = Vec::new();
    let Some(text) = text else {
        if compile(body).program.is_some() {
            faults.push("the body can be understood, and is not migrated".to_owned());
        }
        return faults;
    };
    if compile(&text).program.is_none() {
        faults.push(format!("the new body cannot be understood: {:?}", compile(&text).diagnostics));
    }
    let of_version_2 = ValidateOptions { version: Some(Version::V2), ..ValidateOptions::default() };
    if validate(&text, of_version_2).diagnostics.iter().any(|d| d.code == "version-mixed") {
        faults.push("the new body is not of version 2".to_owned());
    }
    let carries_over = notes.iter().all(|note| note.kind == MigrationNoteKind::FormatUndocumented);
    if carries_over != (proof == Some(MigrationProof::Structural)) {
        faults.push(format!("the notes and the proof disagree: {notes:?}, {proof:?}"));
    }
    if proof == Some(MigrationProof::Structural) {
        let options = CompareOptions { additional_tags, ..CompareOptions::default() };
        let compared = compare(body, &text, payloads, options);
        faults.extend(compared.changes.iter().map(|change| format!("{change:?}")));
    }
    // Over payloads, the proof is what comparing finds.
    let over = migrate(body, payloads, options);
    if proof.is_none() && !payloads.is_empty() {
        let options = CompareOptions { additional_tags, ..CompareOptions::default() };
        let same = compare(body, &text, payloads, options).same;
        if same != (over.proof == Some(MigrationProof::Payloads)) {
            faults.push(format!("over payloads: {same}, {:?}", over.proof));
        }
    }
    faults
}
