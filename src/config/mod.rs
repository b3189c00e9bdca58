//! What the user wrote: raw, ordered, with places, nothing resolved.

pub(crate) mod attributes;
mod check;
mod read;

use crate::diagnostic::{Document, Problem, Problems, syntax};
use crate::json::Kind;
use crate::json::pointer;
use crate::json::tree::{Id, Tree};
use core::ops::Range;

/// A text of the configuration and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
}

/// The mapping rules as written.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
    /// Its key, or without one its opening brace: what is underlined where all of it is meant.
    pub(crate) place: Range<usize>,
    pub(crate) is_array: bool,
    pub(crate) array_source: Option<Text>,
    pub(crate) status: StatusRule,
    pub(crate) primary: TagRule,
    pub(crate) secondary: Option<TagRule>,
    pub(crate) additional: Vec<TagRule>,
    pub(crate) timestamp: Option<TimeRule>,
    pub(crate) identifier: Option<Identifier>,
    /// Pointer to the switch, where it is on.
    pub(crate) bp_timestamp: Option<String>,
    pub(crate) force_lowercase: bool,
}

impl Config {
    /// All tag rules: primary, secondary if there is one, then the others as listed.
    #[inline(never)]
    pub(crate) fn tag_rules(&self) -> Vec<&TagRule> {
        let mut rules = vec![&self.primary];
        rules.extend(&self.secondary);
        rules.extend(&self.additional);
        rules
    }
}

/// The status rule as written.
#[derive(Debug)]
pub(crate) struct StatusRule {
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
    /// Its key, or without one its opening brace: what is underlined where all of it is meant.
    pub(crate) place: Range<usize>,
    pub(crate) source: Vec<Text>,
    pub(crate) default_to: Option<Text>,
    /// Status (its place is the key's) and values, as listed.
    pub(crate) map: Vec<(Text, Vec<Text>)>,
}

/// A tag rule as written.
#[derive(Debug)]
pub(crate) struct TagRule {
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
    /// Its key, or without one its opening brace: what is underlined where all of it is meant.
    pub(crate) place: Range<usize>,
    pub(crate) name: Option<Text>,
    pub(crate) source: Vec<Text>,
    pub(crate) default_to: Option<Text>,
    pub(crate) flatten: bool,
}

/// The time rule as written.
#[derive(Debug)]
pub(crate) struct TimeRule {
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
    /// Its key, or without one its opening brace: what is underlined where all of it is meant.
    pub(crate) place: Range<usize>,
    pub(crate) source: Vec<Text>,
    pub(crate) format: Option<Text>,
}

/// The override of the deduplication tags as written.
#[derive(Debug)]
pub(crate) struct Identifier {
    pub(crate) pointer: String,
    pub(crate) span: Range<usize>,
    /// Its key, or without one its opening brace: what is underlined where all of it is meant.
    pub(crate) place: Range<usize>,
    pub(crate) tags: Vec<Text>,
}

/// A request body as written.
#[derive(Debug)]
pub(crate) struct Body {
    /// `None` when the mapping rules cannot be understood; the problems say why.
    pub(crate) config: Option<Config>,
    /// Where the sample stands, when there is one.
    pub(crate) sample: Option<Sample>,
    /// The whole document.
    pub(crate) span: Range<usize>,
}

/// The sample payload of a body.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) kind: Kind,
    pub(crate) span: Range<usize>,
}

/// Reads a request body or a bare configuration. `None` when the text is not JSON or no object.
pub(crate) fn parse(text: &[u8], problems: &mut Problems) -> Option<Body> {
    let tree = match Tree::parse(text, "sample_payload") {
        Ok(tree) => tree,
        Err(fault) => {
            problems.push(syntax(fault, text, Document::Body, ""));
            return None;
        }
    };
    let root = tree.root();
    if tree.kind(root) != Kind::Object {
        problems.push(not_an_object(&tree, root, "", "the document"));
        return None;
    }
    let last = |name: &str| tree.entries(root).filter(|e| e.key == name).last();
    let (config, sample) = (last("config"), last("sample_payload").map(|e| e.value));
    let bare = config.is_none() && sample.is_none();
    let place = config.as_ref().map_or(tree.opening(root), |e| e.key_span.clone());
    let config = config.map(|e| e.value);
    let sample = sample.map(|id| Sample { kind: tree.kind(id), span: tree.span(id) });
    let mut body = Body { config: None, sample, span: tree.span(root) };
    let (rules, at) = match config {
        _ if bare => (root, String::new()),
        Some(id) if tree.kind(id) == Kind::Object => (id, pointer::key("", "config")),
        Some(id) => {
            problems.push(not_an_object(&tree, id, "/config", "`config`"));
            return Some(body);
        }
        None => {
            check::attributes(&tree, root, attributes::BODY, "", problems);
            return Some(body);
        }
    };
    if let Some(problem) = check::version_2(&tree, rules, &at) {
        problems.push(problem);
        return Some(body);
    }
    let table = if bare { attributes::CONFIG } else { attributes::BODY };
    if check::attributes(&tree, root, table, "", problems) {
        body.config = read::config(&tree, rules, &at, place);
    }
    Some(body)
}

fn not_an_object(tree: &Tree<'_>, id: Id, pointer: &'static str, what: &str) -> Problem {
    let message = format!("expected {what} to be an object, found {}", tree.kind(id).in_words());
    Problem::new("wrong-type", Document::Body, pointer, tree.span(id), message)
        .help("give a request body, `{\"config\": {…}, \"sample_payload\": {…}}`, or the `config` object alone")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"status":{"source":["s"],"default_to":"ok","status_map":{"ok":["up"]}},"primary_property":{"source":["h"]}}"#;

    fn codes(text: &str) -> (bool, Vec<(&'static str, String)>) {
        let mut problems = Problems::default();
        let body = parse(text.as_bytes(), &mut problems);
        let understood = body.is_some_and(|b| b.config.is_some());
        let underline = |p: &Problem| text.get(p.span.clone().unwrap_or_default()).unwrap_or_default().to_owned();
        (understood, problems.kept().iter().map(|p| (p.code, underline(p))).collect())
    }

    fn told(code: &'static str, underlined: &str) -> (&'static str, String) {
        (code, underlined.to_owned())
    }

    #[test]
    fn bodies_and_bare_configs_are_read() {
        assert_eq!(codes(GOOD), (true, vec![]));
        assert_eq!(codes(&format!(r#"{{"config":{GOOD},"sample_payload":""}}"#)), (true, vec![]));
    }

    #[test]
    fn what_is_no_object_is_told() {
        for text in ["[]", "1", "\"x\"", "null"] {
            assert_eq!(codes(text), (false, vec![told("wrong-type", text)]));
        }
        assert_eq!(codes(r#"{"config":[1]}"#), (false, vec![told("wrong-type", "[1]")]));
    }

    #[test]
    fn version_2_is_named_once_and_not_half_read() {
        let v2 = r#"{"config":{"primary_property":[{"name":"host"}],"version":"2.0","status":5}}"#;
        let (understood, found) = codes(v2);
        assert!(!understood);
        assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), ["v2-config"]);
    }

    #[test]
    fn attributes_are_checked() {
        let cases = [
            (r#"{"config":{}}"#, vec![told("missing-attribute", "{}"), told("missing-attribute", "{}")]),
            (r#"{"sample_payload":{}}"#, vec![told("missing-attribute", r#"{"sample_payload":{}}"#)]),
            (&GOOD.replace(r#"["h"]"#, r#""h""#), vec![told("wrong-type", r#""h""#)]),
            (&GOOD.replace(r#"["up"]"#, r#"["up",5]"#), vec![told("wrong-type", "5")]),
            (&GOOD.replace(r#"{"ok":["up"]}"#, r#"{"ok":"up"}"#), vec![told("wrong-type", r#""up""#)]),
        ];
        for (text, expected) in cases {
            assert_eq!(codes(text), (false, expected), "{text}");
        }
        let unknown = GOOD.replace("default_to", "defualt_to");
        assert_eq!(codes(&unknown), (true, vec![told("unknown-attribute", "\"defualt_to\"")]));
        let twice = GOOD.replace(r#"{"source":["h"]}"#, r#"{"source":5,"source":["h"]}"#);
        assert_eq!(codes(&twice), (true, vec![told("json-duplicate-key", "\"source\"")]));
    }
}
