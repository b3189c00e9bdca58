//! The pages about diagnostic codes, as Markdown.

use oim_config::{Basis, CodeInfo, Severity, codes};
use std::fs;
use std::path::Path;

/// The codes by what they are about.
pub const GROUPS: [(&str, &[&str]); 10] = [
    (
        "The text",
        &[
            "json-syntax",
            "json-duplicate-key",
            "json-too-deep",
            "payload-too-large",
            "payload-near-limit",
            "output-too-large",
        ],
    ),
    (
        "The shape of the configuration",
        &[
            "version-mixed",
            "missing-attribute",
            "wrong-type",
            "unknown-attribute",
            "attribute-undocumented",
            "empty-value",
            "no-sources",
        ],
    ),
    (
        "The array of alerts",
        &[
            "array-source-missing",
            "array-source-unused",
            "array-source-not-array",
            "alert-not-object",
            "too-many-alerts",
        ],
    ),
    ("Source paths", &["path-invalid", "path-needs-alert-prefix", "path-alert-prefix-unused", "path-through-array"]),
    (
        "Tags and identity",
        &[
            "tag-name-invalid",
            "tag-name-derived-invalid",
            "tag-name-reserved",
            "tag-name-unclear",
            "tag-duplicate",
            "tag-value-limit",
            "tag-value-nested",
            "tag-value-blank",
            "primary-empty",
            "secondary-missing",
            "identifier-override",
            "identifier-unknown-tag",
            "identity-has-status",
            "identity-has-time",
            "identity-not-unique",
            "identity-unstable",
            "primary-is-secondary",
            "placeholder-value",
        ],
    ),
    (
        "Status and time",
        &[
            "status-unknown",
            "status-default-missing",
            "status-map-incomplete",
            "status-value-duplicate",
            "status-value-case",
            "status-value-near",
            "status-unmapped",
            "status-never-ok",
            "status-undocumented",
            "timestamp-format-invalid",
            "timestamp-unreadable",
            "timestamp-implausible",
        ],
    ),
    ("Only in version 2", &["filter-invalid", "event-filtered", "not-simulated", "map-remaining-spelling"]),
    ("The sample payload", &["sample-missing", "sample-blank", "sample-missing-field", "json-in-text"]),
    ("Calls and imports", &["app-key-invalid", "target-unknown", "import-unreadable"]),
    ("No longer reported", &["v2-config"]),
];

/// Name and text of each page. `fixtures` holds a folder for each code that has examples.
pub fn all(fixtures: &Path) -> Vec<(String, String)> {
    let mut pages = vec![("README.md".to_owned(), index())];
    pages.extend(codes().iter().map(|info| (format!("{}.md", info.code), page(info, &fixtures.join(info.code)))));
    pages
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Documented => "BigPanda documents it",
        Basis::Inferred => "it follows from what BigPanda documents",
        Basis::Ours => "a decision of this project, as BigPanda documents nothing about it",
    }
}

fn index() -> String {
    let mut text = String::from(
        "# Diagnostic codes\n\n\
         Each diagnostic has one of these codes. They are stable: new ones are added, published ones stay. An error makes \
         a body invalid, a warning and an info do not. `codes()` returns the same data.\n",
    );
    for (title, listed) in GROUPS {
        text += &format!("\n## {title}\n\n| code | usually | what is wrong |\n|---|---|---|\n");
        for info in listed.iter().filter_map(|code| codes().iter().find(|info| info.code == *code)) {
            text += &format!("| [`{0}`]({0}.md) | {1} | {2} |\n", info.code, severity(info.severity), info.title);
        }
    }
    text
}

fn page(info: &CodeInfo, fixtures: &Path) -> String {
    let CodeInfo { code, title, why, fix, source, .. } = info;
    let (severity, basis) = (severity(info.severity), basis(info.basis));
    let mut text = format!(
        "# {title}\n\n\
         Code `{code}`, usually of severity {severity}.\n\n\
         ## Why it matters\n\n{why}\n\n\
         ## What to do\n\n{fix}\n"
    );
    let label = if info.severity == Severity::Error { "Rejected" } else { "Reported" };
    if let (Some(bad), Some(good)) = (example(fixtures, "invalid"), example(fixtures, "valid")) {
        text += &format!("\n## Example\n\n{label}:\n\n```json\n{bad}\n```\n\nFixed:\n\n```json\n{good}\n```\n");
    }
    text + &format!("\n## Where the rule comes from\n\nIn short: {basis}.\n\n{source}\n\n[All codes](README.md)\n")
}

/// The first of the fixtures of a kind, by name.
fn example(folder: &Path, kind: &str) -> Option<String> {
    let is_body = |name: &str| name.ends_with(".json") && !name.ends_with(".expect.json");
    let is_one = |name: &str| is_body(name) && name.strip_prefix(kind).is_some_and(|rest| rest.starts_with(['-', '.']));
    let entries = fs::read_dir(folder).ok()?.map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| is_one(&path.file_name().unwrap().to_string_lossy())).collect();
    files.sort();
    let text = String::from_utf8_lossy(&fs::read(files.first()?).unwrap()).trim_end().to_owned();
    (text.lines().count() <= LONGEST && !text.contains("```")).then_some(text)
}

/// Most lines of an example; a page is no place for more.
const LONGEST: usize = 60;
