//! Profiles of tools: which payloads a tool sends, and the rules that fit them. They are data, in `profiles/`; its README
//! explains the format.

use super::survey::Survey;
use crate::json::Kind;
use crate::json::members::Value;
use crate::path::ALERT_PREFIX;
/// All of `profiles/`; the build script writes it.
static PROFILES: &[Profile] = include!(concat!(env!("OUT_DIR"), "/profiles.rs"));

/// Objects inside each other that a path of a profile may lead through.
pub(super) const DEPTH: usize = 16;

/// What a tool sends, and the rules for it.
#[derive(Debug)]
pub(super) struct Profile {
    /// The name that people know.
    pub(super) tool: &'static str,
    /// Paths that the payload has.
    has: &'static [&'static str],
    /// Paths that it has not.
    lacks: &'static [&'static str],
    /// Paths with the values that are accepted.
    equals: &'static [(&'static str, &'static [&'static str])],
    pub(super) array_source: Option<&'static str>,
    pub(super) status_source: &'static [&'static str],
    /// Values for each status, by its name. Every other value is `critical`.
    pub(super) status_map: &'static [(&'static str, &'static [&'static str])],
    pub(super) primary: Property,
    pub(super) secondary: Option<Property>,
    /// Empty where the tool does not send the time of the event.
    pub(super) time_source: &'static [&'static str],
    pub(super) time_format: Option<&'static str>,
    /// What the user has to know, as one sentence.
    pub(super) note: Option<&'static str>,
}

/// The primary or the secondary property.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) source: &'static [&'static str],
    /// No field of the payload names the alert, and none should be looked for.
    pub(super) has_default: bool,
}

/// The profile that fits a payload best: the one with the most conditions.
pub(super) fn find(payload: &Value<'_>, survey: &Survey<'_>) -> Option<&'static Profile> {
    let fitting = PROFILES.iter().filter(|profile| profile.fits(payload, survey));
    fitting.max_by_key(|profile| profile.conditions())
}

impl Profile {
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
        let equals = |(path, accepted): &(&str, &[&str])| match (path.strip_prefix(ALERT_PREFIX), element) {
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
    fn keys_may_have_dots() {
        let payload = Value::whole(br#"{"a":{"b.c":{"d":1}},"a.b":{"c":2}}"#).unwrap();
        let text = |path: &str| value_at(&payload, path, DEPTH).map(|value| value.text().into_owned());
        assert_eq!(text("a.b.c.d").as_deref(), Some("1"));
        assert_eq!(text("a.b.c").as_deref(), Some("{\"d\":1}"), "the first one in the payload");
        assert_eq!(text("a.x"), None);
    }
}
