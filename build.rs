//! Turns the profiles of tools (`src/suggest/profiles/*.json`) into constants, so that a new one needs no Rust.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
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
    let mut output = String::from("&[\n");
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let profile = serde_json::from_str(&fs::read_to_string(&file)?).map_err(|error| error.to_string());
        let written = profile.and_then(|profile| constant(&profile));
        output.push_str(&written.map_err(|error| format!("{}: {error}", file.display()))?);
    }
    output.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("profiles.rs"), output)?;
    Ok(())
}

/// A profile as a constant of `profile::Profile`.
fn constant(profile: &Profile) -> Result<String, String> {
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
    let mut out = String::from("Profile {\n");
    let mut member = |name: &str, value: String| writeln!(out, "{name}: {value},").map_err(|error| error.to_string());
    member("tool", format!("{:?}", profile.tool))?;
    member("has", texts(&profile.has))?;
    member("lacks", texts(&profile.lacks))?;
    member("equals", pairs(&profile.equals))?;
    member("array_source", format!("{array_source:?}"))?;
    member("status_source", texts(&status.source))?;
    member("status_map", pairs(&status.status_map))?;
    member("primary", property(primary_property))?;
    let secondary = secondary_property.as_ref().map(property);
    member("secondary", secondary.map_or("None".to_owned(), |property| format!("Some({property})")))?;
    let (source, format) = timestamp.as_ref().map_or((&[][..], &None), |rule| (&rule.source, &rule.format));
    member("time_source", texts(source))?;
    member("time_format", format!("{format:?}"))?;
    member("note", format!("{:?}", profile.note))?;
    out.push_str("},\n");
    Ok(out)
}

fn property(rule: &PropertyRule) -> String {
    let has_default = rule.default_to.is_some();
    format!("Property {{ name: {:?}, source: {}, has_default: {has_default} }}", rule.name, texts(&rule.source))
}

fn texts(texts: &[String]) -> String {
    format!("&{texts:?}")
}

fn pairs(pairs: &BTreeMap<String, Vec<String>>) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(key, values)| format!("({key:?}, {})", texts(values))).collect();
    format!("&[{}]", pairs.join(", "))
}
