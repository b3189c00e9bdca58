//! Profiles of tools: which payloads a tool sends, and the rules that fit them. They are data, in `profiles/`; its README
//! explains the format.

use super::survey::Survey;
use crate::json::Kind;
use crate::json::members::Value;
use crate::path::ALERT_PREFIX;
use std::sync::LazyLock;

/// All of `profiles/`, as the build script writes them: a line each, which takes a fourth of the room that constants of
/// [`Profile`] take in the engine.
static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/profiles.txt"));

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| TEXT.lines().map(Profile::read).collect());

/// What separates the members of a profile, the items of a member, and the parts of an item.
const SEPARATORS: [char; 3] = ['\t', '\u{1}', '\u{2}'];

/// TextList of [`TEXT`].
type TextList = Vec<&'static str>;

/// Objects inside each other that a path of a profile may lead through.
pub(super) const DEPTH: usize = 16;

/// What a tool sends, and the rules for it.
#[derive(Debug)]
pub(super) struct Profile {
    /// The name that people know.
    pub(super) tool: &'static str,
    /// Paths that the payload has.
    has: TextList,
    /// Paths that it has not.
    lacks: TextList,
    /// Paths with the values that are accepted.
    equals: Vec<(&'static str, TextList)>,
    pub(super) array_source: Option<&'static str>,
    pub(super) status_source: TextList,
    /// Values for each status, by its name. Every other value is `critical`.
    pub(super) status_map: Vec<(&'static str, TextList)>,
    pub(super) primary: ProfileProperty,
    pub(super) secondary: Option<ProfileProperty>,
    /// Empty where the tool does not send the time of the event.
    pub(super) time_source: TextList,
    pub(super) time_format: Option<&'static str>,
    /// What the user has to know, as one sentence.
    pub(super) note: Option<&'static str>,
}

/// The primary or the secondary property.
#[derive(Debug, Default)]
pub(super) struct ProfileProperty {
    pub(super) name: &'static str,
    pub(super) source: TextList,
    /// No field of the payload names the alert, and none should be looked for.
    pub(super) has_default: bool,
}

/// The profile that fits a payload best: the one with the most conditions.
pub(super) fn find(payload: &Value<'_>, survey: &Survey<'_>) -> Option<&'static Profile> {
    let fitting = PROFILES.iter().filter(|profile| profile.fits(payload, survey));
    fitting.max_by_key(|profile| profile.conditions())
}

impl ProfileProperty {
    fn read(mut items: impl Iterator<Item = &'static str>) -> Option<ProfileProperty> {
        let name = items.next()?;
        let has_default = items.next() == Some("default");
        Some(ProfileProperty { name, source: items.collect(), has_default })
    }
}

impl Profile {
    /// Reads a line that the build script wrote.
    fn read(line: &'static str) -> Profile {
        let [between_members, between_items, between_parts] = SEPARATORS;
        let mut members = line.split(between_members);
        let mut member = || members.next().unwrap_or_default();
        let items = |member: &'static str| member.split(between_items).filter(|item| !item.is_empty());
        let one = |member: &'static str| items(member).next();
        let pairs = |member: &'static str| {
            let pair = |item: &'static str| {
                let mut parts = item.split(between_parts);
                (parts.next().unwrap_or_default(), parts.collect())
            };
            items(member).map(pair).collect()
        };
        Profile {
            tool: member(),
            has: items(member()).collect(),
            lacks: items(member()).collect(),
            equals: pairs(member()),
            // The empty path is the payload itself, so every path has a sign before it.
            array_source: one(member()).map(|path| path.strip_prefix('=').unwrap_or(path)),
            status_source: items(member()).collect(),
            status_map: pairs(member()),
            primary: ProfileProperty::read(items(member())).unwrap_or_default(),
            secondary: ProfileProperty::read(items(member())),
            time_source: items(member()).collect(),
            time_format: one(member()),
            note: one(member()),
        }
    }

    fn conditions(&self) -> usize {
        self.has.len() + self.lacks.len() + self.equals.len()
    }

    /// Whether a payload has what the profile asks for. `survey` knows the fields of a payload that is an object.
    fn fits(&self, payload: &Value<'_>, survey: &Survey<'_>) -> bool {
        let element = match self.array_source {
            None => None,
            Some(path) => match first_element(payload, survey, path) {
                // Without alerts nothing shows that this is the tool.
                None => return false,
                element => element,
            },
        };
        let has = |path: &&str| match (path.strip_prefix(ALERT_PREFIX), element) {
            (Some(path), Some(element)) => value_at(&element, path, DEPTH).is_some(),
            _ => survey.find(path).is_some(),
        };
        let equals = |(path, accepted): &(&str, TextList)| match (path.strip_prefix(ALERT_PREFIX), element) {
            (Some(path), Some(element)) => {
                value_at(&element, path, DEPTH).is_some_and(|value| accepted.contains(&&*value.text()))
            }
            _ => survey
                .find(path)
                .is_some_and(|field| field.values.iter().any(|value| accepted.contains(&value.as_str()))),
        };
        self.has.iter().all(has) && !self.lacks.iter().any(has) && self.equals.iter().all(equals)
    }
}

/// The first element of the array at a path, which is empty for the payload itself.
fn first_element<'t>(payload: &Value<'t>, survey: &Survey<'t>, path: &str) -> Option<Value<'t>> {
    let array = if path.is_empty() { *payload } else { survey.array(path)?.value };
    (array.kind == Kind::Array).then(|| array.items().next())?.filter(|element| element.kind == Kind::Object)
}

/// The value at a path whose keys are joined with dots; keys may have dots themselves.
pub(super) fn value_at<'t>(value: &Value<'t>, path: &str, depth: usize) -> Option<Value<'t>> {
    if value.kind != Kind::Object || depth == 0 {
        return None;
    }
    value.members().find_map(|member| {
        let rest = path.strip_prefix(&*member.key.text())?;
        match rest.strip_prefix('.') {
            Some(rest) => value_at(&member.value, rest, depth - 1),
            None => rest.is_empty().then_some(member.value),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_read_as_they_are_written() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/suggest/profiles");
        let mut files: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        files.sort();
        assert_eq!(files.len(), PROFILES.len());
        for (path, profile) in files.iter().zip(PROFILES.iter()) {
            let json: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
            let config = &json["config"];
            let texts =
                |value: &serde_json::Value| serde_json::from_value::<Vec<String>>(value.clone()).unwrap_or_default();
            let path = path.display();
            assert_eq!(json["tool"], profile.tool, "{path}");
            assert_eq!(texts(&json["has"]), profile.has, "{path}");
            assert_eq!(texts(&json["lacks"]), profile.lacks, "{path}");
            assert_eq!(json["equals"].as_object().map_or(0, serde_json::Map::len), profile.equals.len(), "{path}");
            for (key, values) in &profile.equals {
                assert_eq!(texts(&json["equals"][key]), *values, "{path}");
            }
            assert_eq!(config["array_source"].as_str(), profile.array_source, "{path}");
            assert_eq!(texts(&config["status"]["source"]), profile.status_source, "{path}");
            for (status, words) in &profile.status_map {
                assert_eq!(texts(&config["status"]["status_map"][status]), *words, "{path}");
            }
            assert_eq!(texts(&config["primary_property"]["source"]), profile.primary.source, "{path}");
            assert_eq!(config["primary_property"]["default_to"].is_string(), profile.primary.has_default, "{path}");
            let secondary = profile.secondary.as_ref();
            assert_eq!(
                texts(&config["secondary_property"]["source"]),
                secondary.map_or(&[][..], |rule| &rule.source),
                "{path}"
            );
            assert_eq!(config["secondary_property"]["name"].as_str(), secondary.map(|rule| rule.name), "{path}");
            assert_eq!(texts(&config["timestamp"]["source"]), profile.time_source, "{path}");
            assert_eq!(config["timestamp"]["format"].as_str(), profile.time_format, "{path}");
            assert_eq!(json["note"].as_str(), profile.note, "{path}");
        }
    }

    #[test]
    fn keys_may_have_dots() {
        let payload = Value::whole(br#"{"a":{"b.c":{"d":1}},"a.b":{"c":2}}"#).unwrap();
        let text = |path: &str| value_at(&payload, path, DEPTH).map(|value| value.text().into_owned());
        assert_eq!(text("a.b.c.d").as_deref(), Some("1"));
        assert_eq!(text("a.b.c").as_deref(), Some("{\"d\":1}"), "the first one in the payload");
        assert_eq!(text("a.x"), None);
    }
}
