//! Whether the sources of the rules are in the sample, and which path was meant where one is not.

use super::Place;
use super::added::added;
use super::json_in_text;
use super::notes::Found;
use super::text::Text;
use crate::compile::ArraySource;
use crate::config;
use crate::diagnostic::{Fix, Problems, Severity, Told, distance};
use crate::fields::{Field, fields_of_some};
use crate::json::escape::quoted;
use crate::json::key_index::KeyIndex;
use crate::path::ALERT_PREFIX;
use core::ops::Range;

/// Most paths that get a suggestion by likeness, which takes its time.
const SUGGESTED: usize = 20;

/// Most paths that one is compared with.
const COMPARED: usize = 1_000;

/// The fields of the sample, listed when the first source is not found.
pub(super) struct Coverage<'s> {
    sample: &'s [u8],
    /// Where it begins in the body, if fields can be added to it.
    open_at: Option<usize>,
    array: Option<&'s ArraySource>,
    /// Where the array stands in it.
    array_at: Range<usize>,
    lenient: bool,
    listed: Option<Listed>,
    suggested: usize,
}

struct Listed {
    fields: Vec<Field>,
    by_path: KeyIndex,
    by_lower: KeyIndex,
}

/// What became of a source that finds nothing.
enum Lost {
    /// It is there after all: around alerts of which there are none.
    Found,
    /// It is in the alerts, by this path.
    NeedsPrefix(String),
    /// This part of it is an array.
    ThroughArray(String),
    /// It is several paths in one text.
    Several(Vec<String>),
    /// This part of it is a text that holds JSON.
    InText(String),
    /// It is not there; perhaps this was meant.
    Missing(Option<String>),
}

impl<'s> Coverage<'s> {
    pub(super) fn new(
        sample: &'s Text<'_>,
        array: Option<&'s ArraySource>,
        array_at: Range<usize>,
        lenient: bool,
    ) -> Coverage<'s> {
        let open_at = sample.open_at();
        Coverage { sample: &sample.json, open_at, array, array_at, lenient, listed: None, suggested: 0 }
    }

    /// Tells which sources of a rule are not in the sample. Gives the mildest severity that was told of any of them, when
    /// something was told of each. `in_alerts`: there are alerts to look in. `named_by_source`: something may refer to the
    /// tag by a name that comes from a source.
    pub(super) fn rule(
        &mut self,
        sources: &[Place<'_>],
        found: &Found,
        has_default: bool,
        in_alerts: bool,
        named_by_source: bool,
        problems: &mut Problems,
    ) -> Option<Severity> {
        let other = (0..sources.len()).any(|n| found.has(n));
        let severity = if self.lenient && (other || has_default) { Severity::Warning } else { Severity::Error };
        let mut told = Vec::new();
        for (number, place) in sources.iter().enumerate() {
            let looked = in_alerts || place.source.is_outer;
            if found.has(number) || !looked {
                continue;
            }
            let path = &place.text.text;
            told.push(match self.lost(path, sources) {
                Lost::Found => continue,
                Lost::NeedsPrefix(prefixed) => {
                    let message = "{0} is a field of the alerts, not of the payload around them";
                    let help = "write {1}: without `@alert.` a path starts at the payload's root";
                    let fix = Fix::change_to(&place.text.span, &prefixed);
                    place.tell("path-needs-alert-prefix", message, help, &[&prefixed], Some(fix), problems);
                    Severity::Warning
                }
                Lost::ThroughArray(array) => {
                    let message = "{0} goes through the array {1}, so it finds nothing";
                    let help = if self.array.is_some() {
                        "a path cannot look inside an array; name a field outside it, or the array as a whole"
                    } else {
                        "a path cannot look inside an array; to make each element an alert, set `is_array` to true and `array_source` to {1}, and begin the paths of its fields with `@alert.`"
                    };
                    place.tell("path-through-array", message, help, &[&array], None, problems);
                    Severity::Warning
                }
                Lost::Several(paths) => {
                    let message = "{0} is one path to OIM, and not in the sample";
                    let help = "list each path as a text of its own: `{=1}`";
                    let quoted: Vec<String> =
                        paths.iter().map(|path| String::from_utf8(quoted(path)).unwrap_or_default()).collect();
                    let json = quoted.join(", ");
                    let args: [&str; 2] = [path, &["[", &json, "]"].concat()];
                    // Several sources would give a tag without a name others.
                    let edit = (place.text.span.clone(), json.clone().into());
                    let fix = (!named_by_source).then(|| Fix::one("list the paths one by one", &[], edit));
                    problems.tell_as(severity, &place.text.told("sample-missing-field", message, help, &args), fix);
                    severity
                }
                Lost::InText(text) => {
                    let message = "{0} leads into {1}, which holds JSON as text";
                    place.tell("json-in-text", message, json_in_text::HELP, &[&text], None, problems);
                    missing(place.text, None, severity, None, problems);
                    severity
                }
                Lost::Missing(meant) => {
                    // Mending the path must not give the tag another name then.
                    let keeps = |meant: &str| !named_by_source || last(meant) == last(path);
                    let fix = meant.as_deref().filter(|&meant| keeps(meant));
                    let fix = match fix {
                        Some(meant) => Some(Fix::change_to(&place.text.span, meant)),
                        None if meant.is_none() => self.added(place),
                        None => None,
                    };
                    missing(place.text, meant.as_deref(), severity, fix, problems);
                    severity
                }
            });
        }
        told.iter().max().copied().filter(|_| told.len() == sources.len())
    }

    /// The fix that adds a field to the sample.
    fn added(&self, place: &Place<'_>) -> Option<Fix> {
        let open_at = self.open_at.filter(|_| place.source.gives_tag())?;
        let array = self.array.map(|_| &self.array_at).filter(|_| !place.source.is_outer);
        added(self.sample, open_at, array, &place.text.text)
    }

    /// The path of the array that an array source was most likely meant to name.
    pub(super) fn array_meant(&mut self, path: &str) -> Option<String> {
        self.only_array().or_else(|| self.meant(path, &[]).filter(|meant| self.is_array(meant)))
    }

    fn is_array(&mut self, path: &str) -> bool {
        let listed = self.listed();
        let field = listed.by_path.get(path).and_then(|number| listed.fields.get(number));
        field.is_some_and(holds_alerts)
    }

    /// The path of the one array in the sample, if there is only one.
    fn only_array(&mut self) -> Option<String> {
        let mut arrays = self.listed().fields.iter().filter(|f| holds_alerts(f) && !f.path.starts_with(ALERT_PREFIX));
        let only = arrays.next()?.path.clone();
        arrays.next().is_none().then_some(only)
    }

    fn listed(&mut self) -> &Listed {
        let array = self.array.map(|source| &*source.text);
        let at = &self.array_at;
        self.listed.get_or_insert_with(|| Listed::new(fields_of_some(self.sample, array, at.clone())))
    }

    fn lost(&mut self, path: &str, sources: &[Place<'_>]) -> Lost {
        let array = self.array.map(|source| source.text.clone());
        let bare = path.strip_prefix(ALERT_PREFIX);
        // Outside an array the prefix means nothing.
        let path = if array.is_none() { bare.unwrap_or(path) } else { path };
        let listed = self.listed();
        if listed.by_path.get(path).is_some() {
            return Lost::Found;
        }
        if let (Some(array), None) = (&array, bare) {
            let inside = path.strip_prefix(&**array).and_then(|rest| rest.strip_prefix('.'));
            for path in [Some(path), inside].into_iter().flatten().map(|path| [ALERT_PREFIX, path].concat()) {
                if listed.by_path.get(&path).is_some() {
                    return Lost::NeedsPrefix(path);
                }
            }
        }
        if let (Some(_), Some(bare)) = (&array, bare)
            && listed.by_path.get(bare).is_some()
        {
            return Lost::Missing(Some(bare.to_owned()));
        }
        let several: Vec<&str> = path.split([',', ';', '|']).map(str::trim).collect();
        if several.len() > 1 && several.iter().all(|path| listed.by_path.get(path).is_some()) {
            return Lost::Several(several.into_iter().map(str::to_owned).collect());
        }
        for (dot, _) in path.match_indices('.') {
            let part = path.get(..dot).unwrap_or_default();
            let field = listed.by_path.get(part).and_then(|number| listed.fields.get(number));
            if field.is_some_and(|field| field.kind == "array") {
                return Lost::ThroughArray(part.to_owned());
            }
            if field.is_some_and(json_in_text::is_in) {
                return Lost::InText(part.to_owned());
            }
        }
        Lost::Missing(self.meant(path, sources))
    }

    /// The field of the sample that a path was most likely meant to be, other than those that the rule names anyway.
    fn meant(&mut self, path: &str, sources: &[Place<'_>]) -> Option<String> {
        let is_single = self.array.is_none();
        let listed = self.listed();
        // Without an array the beginning of such a path would be read as the prefix.
        let no_path = |path: &str| is_single && path.starts_with(ALERT_PREFIX);
        let free = |f: &&Field| {
            !(f.example.is_empty() || no_path(&f.path) || sources.iter().any(|place| place.text.text == f.path))
        };
        let same = listed.by_lower.get(&path.to_ascii_lowercase()).and_then(|number| listed.fields.get(number));
        if let Some(field) = same.filter(free) {
            return Some(field.path.clone());
        }
        if self.suggested >= SUGGESTED {
            return None;
        }
        self.suggested += 1;
        let fields = &self.listed().fields;
        let paths = || fields.iter().filter(free).take(COMPARED).map(|f| &*f.path);
        let mut best: Option<(usize, &str)> = None;
        for candidate in paths() {
            if let Some(distance) = apart(path, candidate)
                && best.is_none_or(|(least, _)| distance < least)
            {
                best = Some((distance, candidate));
            }
        }
        if let Some((_, meant)) = best {
            return Some(meant.to_owned());
        }
        // The same key at another place, where there is only one.
        let key = last(path);
        let mut same = paths().filter(|candidate| last(candidate).eq_ignore_ascii_case(key));
        let only = same.next()?;
        same.next().is_none().then(|| only.to_owned())
    }
}

/// Whether a field can be the array of alerts: an array that begins with an object.
fn holds_alerts(field: &Field) -> bool {
    let first = field.example.strip_prefix('[').map(str::trim_start);
    field.kind == "array" && first.is_some_and(|first| first.starts_with('{'))
}

/// The last key of a path.
fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or_default()
}

/// How many edits two paths are apart, where they differ in one key only and in that not by much.
fn apart(path: &str, candidate: &str) -> Option<usize> {
    let mut keys = path.split('.').zip(candidate.split('.')).filter(|(a, b)| a != b);
    let (a, b) = keys.next()?;
    let alike = keys.next().is_none() && path.matches('.').count() == candidate.matches('.').count();
    distance(a, b).filter(|_| alike)
}

impl Listed {
    fn new(fields: Vec<Field>) -> Listed {
        let (mut by_path, mut by_lower) = (KeyIndex::default(), KeyIndex::default());
        for (number, field) in fields.iter().enumerate() {
            by_path.number(&field.path, number);
            by_lower.number(&field.path.to_ascii_lowercase(), number);
        }
        Listed { fields, by_path, by_lower }
    }
}

fn missing(at: &config::Text, meant: Option<&str>, severity: Severity, fix: Option<Fix>, problems: &mut Problems) {
    let config::Text { text, pointer, span } = at;
    let help = match meant {
        Some(_) => "did you mean {1}? BigPanda wants every field that the configuration names in the sample",
        None => {
            "correct the path, or add the field to the sample: BigPanda wants every field that the configuration names in it"
        }
    };
    let args = &[text, meant.unwrap_or_default()];
    let told = Told { code: "sample-missing-field", pointer, span, message: "{0} is not in the sample", help, args };
    problems.tell_as(severity, &told, fix);
}
