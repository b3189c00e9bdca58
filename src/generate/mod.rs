//! From a configuration to code that sends it: ready to run, in the languages people keep such things in.
//!
//! A target is a template. What all languages say alike stands in `words`, how a body becomes source code in `quote`;
//! both are put in by [`fill`].

mod ansible;
mod base64;
mod body;
mod csharp;
mod curl;
mod github_actions;
mod go;
mod httpie;
mod java;
mod javascript;
mod json;
mod key;
mod powershell;
mod python;
mod quote;
mod requests;
mod ruby;
mod shell;
mod words;

use self::quote::put;
use crate::diagnostic::{Document, Problem, Problems, nearest, shown};
use serde::{Deserialize, Serialize};

/// Something that code can be made for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// What `generate` takes.
    pub id: &'static str,
    /// For people.
    pub label: &'static str,
    /// The language of the code, as highlighters call it.
    pub language: &'static str,
    /// What the file is best called.
    pub file_name: &'static str,
    /// Whether it retrieves a configuration, which needs no body.
    #[serde(skip)]
    pub(crate) retrieves: bool,
    #[serde(skip)]
    template: &'static str,
    /// Makes source code of the body.
    #[serde(skip)]
    quote: fn(&str) -> String,
}

/// All targets, in the order in which they are offered.
pub static TARGETS: &[Target] = &[
    json::TARGET,
    curl::TARGET,
    httpie::TARGET,
    requests::TARGET,
    python::TARGET,
    javascript::TARGET,
    go::TARGET,
    java::TARGET,
    ruby::TARGET,
    powershell::TARGET,
    csharp::TARGET,
    ansible::TARGET,
    github_actions::TARGET,
    curl::RETRIEVE,
    python::RETRIEVE,
    javascript::RETRIEVE,
];

/// Where the account is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Region {
    /// `integrations.bigpanda.io`.
    #[default]
    Us,
    /// `eu.integrations.bigpanda.io`: inferred for this path, not documented by BigPanda.
    Eu,
}

/// The form in which the sample is sent. Both are read by BigPanda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SampleAs {
    /// As it is.
    Object,
    /// As a text that holds JSON.
    Text,
}

/// What the code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Create,
    Update,
    Retrieve,
}

/// Code, ready to run.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Snippet {
    /// The target's id.
    pub target: &'static str,
    /// The language of the code, as highlighters call it.
    pub language: &'static str,
    /// What the file is best called.
    pub file_name: &'static str,
    /// The file.
    pub code: String,
    /// Exactly what the code sends; nothing when it retrieves.
    pub json: Option<String>,
}

/// The target of an id. One that is none is told.
pub(crate) fn target(id: &str, problems: &mut Problems) -> Option<&'static Target> {
    let found = TARGETS.iter().find(|target| target.id == id);
    if found.is_none() {
        let mut ids = Vec::with_capacity(TARGETS.len());
        for target in TARGETS {
            ids.push(target.id);
        }
        let help = match nearest(id, &ids) {
            Some(meant) => ["did you mean `", meant, "`?"].concat(),
            None => "choose one of those that `targets()` lists".to_owned(),
        };
        let mut message = shown(id);
        put(&mut message, " is not a target");
        problems.push(Problem::new("target-unknown", Document::Body, "", None, message).help(help));
    }
    found
}

/// The request body as it is sent, from a text that is JSON and an object.
pub(crate) fn request(text: &[u8], purpose: Purpose, sample_as: Option<SampleAs>) -> String {
    body::request(text, purpose == Purpose::Update, sample_as)
}

/// The app key as a segment of the address; one that cannot be right is told.
pub(crate) fn segment(app_key: &str, problems: &mut Problems) -> String {
    key::segment(app_key, problems)
}

/// The code of a target. `json` is the request body where one is sent.
pub(crate) fn snippet(
    target: &'static Target,
    purpose: Purpose,
    region: Region,
    segment: &str,
    json: Option<String>,
) -> Snippet {
    let quoted = json.as_deref().map(target.quote).unwrap_or_default();
    let code = fill(target.template, &Values { purpose, region, segment, json: &quoted });
    let Target { id, language, file_name, .. } = *target;
    Snippet { target: id, language, file_name, code, json }
}

/// What a template is filled with.
struct Values<'v> {
    purpose: Purpose,
    region: Region,
    segment: &'v str,
    json: &'v str,
}

/// Fills a template. Between two `§` stands what is put there: a sign, and what it applies to.
///
/// | | |
/// |---|---|
/// | `j` | the body in the target's language |
/// | `u`, `k` | the address and the app key's segment in it |
/// | `#` | comment lines on what it is for; behind the sign, how a line begins |
/// | `e` | for the EU a line of comment, likewise |
/// | `h` | a line for each hint; in what follows, `^` is the status and `~` the text |
/// | `+`, `-` | what follows, if a configuration is sent, or if one is retrieved |
/// | `c` | the script for curl, each line behind what follows |
/// | `b`, `a` | what shell scripts do before and after the request |
fn fill(template: &str, values: &Values<'_>) -> String {
    let mut out = String::with_capacity(4096 + values.json.len());
    let retrieves = values.purpose == Purpose::Retrieve;
    for (i, part) in template.split('§').enumerate() {
        let Some((sign, of)) = part.as_bytes().first().zip(part.get(1..)).filter(|_| i % 2 == 1) else {
            put(&mut out, part);
            continue;
        };
        let text = match sign {
            b'j' => values.json,
            b'u' if values.region == Region::Us => "https://integrations.bigpanda.io",
            b'u' => "https://eu.integrations.bigpanda.io",
            b'k' => values.segment,
            b'+' if !retrieves => of,
            b'-' if retrieves => of,
            b'c' => &quote::indented(&fill(curl::SCRIPT, values), of),
            b'b' => &fill(shell::BEFORE, values),
            b'a' => &fill(shell::AFTER, values),
            b'#' => &lines(of, &words::about(values.purpose)),
            b'e' if values.region == Region::Eu => &lines(of, &[words::EU]),
            b'h' => &hints(of, retrieves),
            _ => "",
        };
        put(&mut out, text);
    }
    out
}
fn lines(start: &str, lines: &[&str]) -> String {
    let mut out = String::new();
    for line in lines {
        [start, line, "\n"].into_iter().for_each(|part| put(&mut out, part));
    }
    out
}
fn hints(pattern: &str, retrieves: bool) -> String {
    let mut out = String::new();
    for (status, text) in if retrieves { words::RETRIEVE_HINTS } else { words::HINTS } {
        put(&mut out, &quote::replaced(pattern, &[("^", status), ("~", text)]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{"config":{"a":"x"}}"#;

    fn made(target: &'static Target, region: Region, purpose: Purpose) -> Snippet {
        let purpose = if target.retrieves { Purpose::Retrieve } else { purpose };
        let json = (!target.retrieves).then(|| request(BODY.as_bytes(), purpose, None));
        snippet(target, purpose, region, "0a1b", json)
    }

    #[test]
    fn templates_know_their_signs() {
        for target in TARGETS {
            for template in [target.template, curl::SCRIPT, shell::BEFORE, shell::AFTER] {
                assert_eq!(template.matches('§').count() % 2, 0, "{}", target.id);
                let signs = template.split('§').skip(1).step_by(2);
                signs
                    .for_each(|sign| assert!(sign.starts_with(|c| "juk#eh+-cba".contains(c)), "{}: {sign}", target.id));
            }
        }
    }

    #[test]
    fn every_target_says_what_it_has_to() {
        for target in TARGETS.iter().skip(1) {
            let code = made(target, Region::Us, Purpose::Create).code;
            let words =
                ["BIGPANDA_ORG_TOKEN", "BIGPANDA_API_URL", "https://integrations.bigpanda.io", "Bearer", "0a1b"];
            for word in words.into_iter().chain(["429", "401", "404"]) {
                assert!(code.contains(word), "{}: {word}", target.id);
            }
            assert_eq!(code.contains("wait ten minutes"), !target.retrieves, "{}", target.id);
            assert_eq!(code.contains("application/json"), !target.retrieves, "{}", target.id);
            assert!(!code.contains("inferred") && !code.contains('§'), "{}", target.id);
            assert!(!code.lines().any(|line| line.ends_with(' ') || line.len() > 120), "{}:\n{code}", target.id);
            assert!(code.is_ascii() && code.ends_with('\n'), "{}", target.id);
            let eu = made(target, Region::Eu, Purpose::Update).code;
            assert!(eu.contains("https://eu.integrations.bigpanda.io") && eu.contains(words::EU), "{}", target.id);
            assert_eq!(eu.contains("replaces the whole configuration"), !target.retrieves, "{}", target.id);
        }
    }

    #[test]
    fn ids_and_files_are_told_apart() {
        for (i, target) in TARGETS.iter().enumerate() {
            assert!(
                TARGETS.iter().take(i).all(|t| t.id != target.id && t.file_name != target.file_name),
                "{}",
                target.id
            );
        }
    }

    #[test]
    fn an_unknown_target_is_told() {
        let help = |id: &str| {
            let mut problems = Problems::default();
            assert!(target(id, &mut problems).is_none());
            problems.kept().first().and_then(|p| p.help.as_deref()).unwrap_or_default().to_owned()
        };
        assert_eq!(help("crul"), "did you mean `curl`?");
        assert_eq!(help("Python"), "did you mean `python`?");
        assert_eq!(help("cobol-85"), "choose one of those that `targets()` lists");
    }
}
