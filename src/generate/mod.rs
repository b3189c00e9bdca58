//! From a configuration to code that sends it: ready to run, in the languages people keep such things in.
//!
//! A target is a file of its language in `templates` with placeholders, which `template` fills in: `words` has the texts
//! that all languages share, `quote` writes a body as source code.

mod base64;
mod body;
mod key;
mod quote;
mod targets;
mod template;
mod words;

pub use self::targets::TARGETS;

use crate::diagnostic::{Document, Problem, Problems, nearest, quote_input};
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
    /// Whether all of its file has to be ASCII. The body is then sent with escapes for everything else: in JSON that is
    /// in strings only.
    #[serde(skip)]
    is_ascii: bool,
    #[serde(skip)]
    template: &'static str,
    /// Makes source code of the body.
    #[serde(skip)]
    quote: fn(&str) -> String,
}

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

/// The target of an id. An unknown one is reported.
pub(crate) fn target(id: &str, problems: &mut Problems) -> Option<&'static Target> {
    let found = TARGETS.iter().find(|target| target.id == id);
    if found.is_none() {
        let ids: Vec<_> = TARGETS.iter().map(|target| target.id).collect();
        let help = match nearest(id, &ids) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "choose one of those that `targets()` lists".to_owned(),
        };
        let message = format!("{} is not a target", quote_input(id));
        problems.push(Problem::new("target-unknown", Document::Body, "", None, message).help(help));
    }
    found
}

/// The request body as it is sent, from a text that is JSON and an object.
pub(crate) fn request(text: &[u8], purpose: Purpose, sample_as: Option<SampleAs>) -> String {
    body::request(text, purpose == Purpose::Update, sample_as)
}

/// The app key as a segment of the address; one that cannot be right is reported.
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
    let json = json.map(|json| if target.is_ascii { quote::ascii(&json, true) } else { json });
    let body = json.as_deref().map_or_else(String::new, target.quote);
    let code = template::render(target.template, purpose, region, segment, &body);
    let Target { id, language, file_name, .. } = *target;
    Snippet { target: id, language, file_name, code, json }
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
            assert!(!code.contains("inferred"), "{}", target.id);
            assert!(!code.lines().any(|line| line.ends_with(' ') || line.len() > 120), "{}:\n{code}", target.id);
            assert!(code.is_ascii() && code.ends_with('\n'), "{}", target.id);
            let eu = made(target, Region::Eu, Purpose::Update).code;
            assert!(eu.contains("https://eu.integrations.bigpanda.io") && eu.contains(words::EU), "{}", target.id);
            assert_eq!(eu.contains("replaces the whole configuration"), !target.retrieves, "{}", target.id);
        }
    }

    #[test]
    fn powershell_files_are_ascii() {
        let Some(target) = TARGETS.iter().find(|target| target.id == "powershell") else { unreachable!() };
        let body = "{\"config\":{\"\u{e9}\u{7f}\":\"\u{2019}\\\\\u{1f600}\"}}";
        let json = request(body.as_bytes(), Purpose::Create, None);
        let made = snippet(target, Purpose::Create, Region::Us, "0a1b", Some(json.clone()));
        let sent = made.json.unwrap_or_default();
        assert_eq!(sent, "{\"config\":{\"\\u00E9\\u007F\":\"\\u2019\\\\\\uD83D\\uDE00\"}}\n");
        assert!(made.code.is_ascii() && made.code.contains(&format!("@'\n{sent}'@ + \"`n\"")));
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap_or_default();
        assert_eq!(value(&sent), value(&json));
        // Nothing of what only newer versions have; redirects are answers, and an answer counts only from 200 to 299.
        for absent in ["#Requires", "SkipHttpErrorCheck", "??", "?.", "&&", "||"] {
            assert!(!made.code.contains(absent), "{absent}");
        }
        for word in [
            "MaximumRedirection = 0",
            "UseBasicParsing    = $true",
            "UTF8.GetBytes($Body)",
            "-ge 200 -and $Status -lt 300",
        ] {
            assert!(made.code.contains(word), "{word}");
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
