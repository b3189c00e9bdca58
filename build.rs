//! Turns the profiles of tools (`src/suggest/profiles/*.json`) into one text, so that a new one needs no Rust.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The format is explained in `src/suggest/profiles/README.md`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    tool: String,
    /// For those who read the file.
    #[serde(rename = "documentation")]
    _documentation: String,
    has: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
    #[serde(default)]
    equals: BTreeMap<String, Vec<String>>,
    config: Rules,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    #[serde(default)]
    is_array: bool,
    array_source: Option<String>,
    status: StatusRule,
    primary_property: PropertyRule,
    secondary_property: Option<PropertyRule>,
    timestamp: Option<TimeRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusRule {
    source: Vec<String>,
    status_map: BTreeMap<String, Vec<String>>,
    default_to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PropertyRule {
    name: String,
    #[serde(default)]
    source: Vec<String>,
    default_to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TimeRule {
    source: Vec<String>,
    format: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new("src/suggest/profiles");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    // The order of a folder differs between machines; the build must not.
    files.sort();
    let mut output = String::new();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let profile = serde_json::from_str(&fs::read_to_string(&file)?).map_err(|error| error.to_string());
        let written = profile.and_then(|profile| line(&profile));
        output.push_str(&written.map_err(|error| format!("{}: {error}", file.display()))?);
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("profiles.txt"), output)?;
    Ok(())
}

/// What separates the members of a profile, the items of a member, and the parts of an item, as `profile::read` reads it.
const SEPARATORS: [&str; 3] = ["\t", "\u{1}", "\u{2}"];

/// A profile as a line of text.
fn line(profile: &Profile) -> Result<String, String> {
    let Rules { is_array, array_source, status, primary_property, secondary_property, timestamp } = &profile.config;
    if profile.has.len() + profile.equals.len() < 2 {
        return Err("too few conditions: other tools would fit".to_owned());
    }
    if status.default_to != "critical" {
        return Err("`default_to` of the status has to be `critical`, so that no problem is lost".to_owned());
    }
    if *is_array != array_source.is_some() {
        return Err("`is_array` and `array_source` go together".to_owned());
    }
    let [between_members, between_items, _] = SEPARATORS;
    let (source, format) = timestamp.as_ref().map_or((&[][..], &None), |rule| (&rule.source, &rule.format));
    let members = [
        profile.tool.clone(),
        profile.has.join(between_items),
        profile.lacks.join(between_items),
        pairs(&profile.equals),
        // The empty path is the payload itself.
        array_source.as_ref().map_or(String::new(), |path| format!("={path}")),
        status.source.join(between_items),
        pairs(&status.status_map),
        property(primary_property),
        secondary_property.as_ref().map_or(String::new(), property),
        source.join(between_items),
        format.clone().unwrap_or_default(),
        profile.note.clone().unwrap_or_default(),
    ];
    if members.iter().any(|member| member.contains(['\t', '\n'])) {
        return Err("a tab or a line break in a text".to_owned());
    }
    Ok(members.join(between_members) + "\n")
}

fn property(rule: &PropertyRule) -> String {
    let default = if rule.default_to.is_some() { "default" } else { "none" };
    let mut items = vec![rule.name.as_str(), default];
    items.extend(rule.source.iter().map(String::as_str));
    items.join(SEPARATORS[1])
}

fn pairs(pairs: &BTreeMap<String, Vec<String>>) -> String {
    let pair =
        |(key, values): (&String, &Vec<String>)| [std::slice::from_ref(key), values].concat().join(SEPARATORS[2]);
    pairs.iter().map(pair).collect::<Vec<_>>().join(SEPARATORS[1])
}
