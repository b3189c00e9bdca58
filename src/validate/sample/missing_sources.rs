//! Sources of the rules that are not in the sample, and which path may be the right one.

use super::SourceRef;
use super::added::add_field;
use super::json_in_text;
use super::notes::SourcesSeen;
use super::sample_text::SampleText;
use crate::compile::{ArraySource, NodeId};
use crate::diagnostic::{Fix, Problem, Problems, Severity, distance, quote_input};
use crate::fields::{Field, fields_of_some};
use crate::json::escape::json_string;
use crate::json::key_index::KeyIndex;
use crate::path::ALERT_PREFIX;
use core::ops::Range;

/// Most paths that get a suggestion by did-you-mean, which takes time.
const SUGGESTED: usize = 20;

/// Most fields that one path is compared with.
const COMPARED: usize = 1_000;

/// Finds out why sources are not in a sample. Its fields are listed when the first one is missing.
pub(super) struct MissingSources<'s> {
    sample: &'s [u8],
    /// Where it begins in the body, if fields can be added to it.
    start: Option<usize>,
    array: Option<&'s ArraySource>,
    /// Where the array stands in it.
    array_span: Range<usize>,
    /// There are alerts to look in.
    in_alerts: bool,
    lenient: bool,
    fields: Option<FieldList>,
    suggested: usize,
}

struct FieldList {
    fields: Vec<Field>,
    by_path: KeyIndex,
    by_lower: KeyIndex,
}

/// Why a source has no value in any alert.
enum MissingCause {
    /// It is in the outer payload, of which no alert was seen.
    NotMissing,
    /// It is in the alerts, by this path.
    NeedsPrefix(String),
    /// This part of it is an array.
    ThroughArray(String),
    /// It is several paths in one text.
    SeveralPaths(Vec<String>),
    /// This part of it is a text that contains JSON.
    JsonInText(String),
    /// It is not there. With the path that is suggested instead.
    NotThere(Option<String>),
}

impl<'s> MissingSources<'s> {
    pub(super) fn new(
        sample: &'s SampleText<'_>,
        array: Option<&'s ArraySource>,
        array_span: Range<usize>,
        in_alerts: bool,
        lenient: bool,
    ) -> MissingSources<'s> {
        let start = sample.start_if_editable();
        MissingSources {
            sample: &sample.json,
            start,
            array,
            array_span,
            in_alerts,
            lenient,
            fields: None,
            suggested: 0,
        }
    }

    /// Reports the sources of a rule that are not in the sample. Returns the mildest severity if something was reported of
    /// each source. `named_by_source`: something may refer to the tag by a name that comes from a source. `made_up`: a value
    /// that the rule can use, for a field that is added to the sample.
    pub(super) fn check(
        &mut self,
        sources: &[SourceRef<'_>],
        seen: &SourcesSeen,
        has_default: bool,
        named_by_source: bool,
        made_up: Option<&str>,
        problems: &mut Problems,
    ) -> Option<Severity> {
        let has_other = (0..sources.len()).any(|n| seen.has(n));
        let severity = if self.lenient && (has_other || has_default) { Severity::Warning } else { Severity::Error };
        let mut reported = Vec::new();
        for (number, source_ref) in sources.iter().enumerate() {
            let is_looked_up = self.in_alerts || source_ref.source.is_outer;
            if seen.has(number) || !is_looked_up {
                continue;
            }
            let cause = self.cause(&source_ref.text.text, sources);
            let is_missing = matches!(cause, MissingCause::SeveralPaths(_) | MissingCause::NotThere(_));
            if is_missing && problems.at_limit("sample-missing-field") {
                reported.push(severity);
                continue;
            }
            let problem = match cause {
                MissingCause::NotMissing => continue,
                MissingCause::NeedsPrefix(prefixed) => needs_prefix(source_ref, &prefixed),
                MissingCause::ThroughArray(array) => through_array(source_ref, &array, self.array.is_some()),
                MissingCause::SeveralPaths(paths) => {
                    several_paths(source_ref, &paths, named_by_source).severity(severity)
                }
                MissingCause::JsonInText(text) => {
                    let message =
                        format!("{} leads into {}, which holds JSON as text", source_ref.quoted(), quote_input(&text));
                    problems.push(source_ref.problem("json-in-text", message).help(json_in_text::HELP));
                    not_there(source_ref, None).severity(severity)
                }
                MissingCause::NotThere(suggestion) => {
                    let suggestion = suggestion.as_deref();
                    // Correcting the path must not rename a tag that is named by it.
                    let keeps_name = |path: &str| !named_by_source || last_key(path) == last_key(&source_ref.text.text);
                    let fix = match suggestion {
                        Some(path) => keeps_name(path).then(|| Fix::change_to(&source_ref.text.span, path)),
                        None => made_up.and_then(|value| self.add_field(source_ref, value)),
                    };
                    not_there(source_ref, suggestion).severity(severity).fix(fix)
                }
            };
            reported.push(problem.severity);
            problems.push(problem);
        }
        reported.iter().max().copied().filter(|_| reported.len() == sources.len())
    }

    /// The fix that adds a field to the sample.
    fn add_field(&self, source_ref: &SourceRef<'_>, value: &str) -> Option<Fix> {
        let start = self.start?;
        let is_outer = source_ref.source.is_outer;
        // A payload that should be an array has no fields of its own, even where the sample is an object instead.
        if is_outer && self.array.is_some_and(|array| array.node == NodeId::ROOT) {
            return None;
        }
        let array = self.array.map(|_| &self.array_span).filter(|_| !is_outer);
        add_field(self.sample, start, array, &source_ref.text.text, value)
    }

    /// The path of an array that may be the array of alerts.
    pub(super) fn suggest_array(&mut self, path: &str) -> Option<String> {
        self.only_array().or_else(|| self.did_you_mean(path, &[]).filter(|path| self.is_array(path)))
    }

    fn is_array(&mut self, path: &str) -> bool {
        self.field_list().get(path).is_some_and(is_array_of_objects)
    }

    /// The path of the one array in the sample, if there is only one.
    fn only_array(&mut self) -> Option<String> {
        let fields = &self.field_list().fields;
        let mut arrays = fields.iter().filter(|f| is_array_of_objects(f) && !f.path.starts_with(ALERT_PREFIX));
        let only = arrays.next()?.path.clone();
        arrays.next().is_none().then_some(only)
    }

    fn field_list(&mut self) -> &FieldList {
        let array = self.array.map(|source| &*source.text);
        let span = &self.array_span;
        self.fields.get_or_insert_with(|| FieldList::new(fields_of_some(self.sample, array, span.clone())))
    }

    fn cause(&mut self, path: &str, sources: &[SourceRef<'_>]) -> MissingCause {
        let array = self.array.map(|source| source.text.clone());
        let bare = path.strip_prefix(ALERT_PREFIX);
        // Without an array the prefix has no meaning.
        let path = if array.is_none() { bare.unwrap_or(path) } else { path };
        let fields = self.field_list();
        if fields.by_path.contains(path) {
            return MissingCause::NotMissing;
        }
        if let (Some(array), None) = (&array, bare) {
            let inside = path.strip_prefix(&**array).and_then(|rest| rest.strip_prefix('.'));
            for path in [Some(path), inside].into_iter().flatten().map(|path| [ALERT_PREFIX, path].concat()) {
                if fields.by_path.contains(&path) {
                    return MissingCause::NeedsPrefix(path);
                }
            }
        }
        if let (Some(_), Some(bare)) = (&array, bare)
            && fields.by_path.contains(bare)
        {
            return MissingCause::NotThere(Some(bare.to_owned()));
        }
        let several: Vec<&str> = path.split([',', ';', '|']).map(str::trim).collect();
        if several.len() > 1 && several.iter().all(|path| fields.by_path.contains(path)) {
            return MissingCause::SeveralPaths(several.into_iter().map(str::to_owned).collect());
        }
        for (dot, _) in path.match_indices('.') {
            let part = path.get(..dot).unwrap_or_default();
            let field = fields.get(part);
            if field.is_some_and(|field| field.kind == "array") {
                return MissingCause::ThroughArray(part.to_owned());
            }
            if field.is_some_and(json_in_text::is_field_with_json) {
                return MissingCause::JsonInText(part.to_owned());
            }
        }
        MissingCause::NotThere(self.did_you_mean(path, sources))
    }

    /// The field of the sample that is most like a path, except those that the rule names anyway.
    fn did_you_mean(&mut self, path: &str, sources: &[SourceRef<'_>]) -> Option<String> {
        let is_single = self.array.is_none();
        let list = self.field_list();
        // Without an array the beginning of such a path would be read as the prefix.
        let is_no_path = |path: &str| is_single && path.starts_with(ALERT_PREFIX);
        let is_free = |field: &&Field| {
            let is_named = || sources.iter().any(|source_ref| source_ref.text.text == field.path);
            !(field.example.is_empty() || is_no_path(&field.path) || is_named())
        };
        let same = list.by_lower.get(&path.to_ascii_lowercase()).and_then(|number| list.fields.get(number));
        if let Some(field) = same.filter(is_free) {
            return Some(field.path.clone());
        }
        if self.suggested >= SUGGESTED {
            return None;
        }
        self.suggested += 1;
        let fields = &self.field_list().fields;
        let paths = || fields.iter().filter(is_free).take(COMPARED).map(|field| &*field.path);
        let with_distance = paths().filter_map(|candidate| Some((path_distance(path, candidate)?, candidate)));
        if let Some((_, nearest)) = with_distance.min_by_key(|(distance, _)| *distance) {
            return Some(nearest.to_owned());
        }
        // The same key in another object, if there is only one.
        let key = last_key(path);
        let mut same = paths().filter(|candidate| last_key(candidate).eq_ignore_ascii_case(key));
        let only = same.next()?;
        same.next().is_none().then(|| only.to_owned())
    }
}

fn needs_prefix(source_ref: &SourceRef<'_>, prefixed: &str) -> Problem {
    let message = format!("{} is a field of the alerts, not of the payload around them", source_ref.quoted());
    let help = format!("write {}: without `@alert.` a path starts at the payload's root", quote_input(prefixed));
    let problem = source_ref.problem("path-needs-alert-prefix", message).help(help);
    problem.fix(Fix::change_to(&source_ref.text.span, prefixed))
}

fn through_array(source_ref: &SourceRef<'_>, array: &str, has_array: bool) -> Problem {
    let array = quote_input(array);
    let message = format!("{} goes through the array {array}, so it finds nothing", source_ref.quoted());
    let help = if has_array {
        "a path cannot look inside an array; name a field outside it, or the array as a whole".to_owned()
    } else {
        format!(
            "a path cannot look inside an array; to make each element an alert, set `is_array` to true and `array_source` to {array}, and begin the paths of its fields with `@alert.`"
        )
    };
    source_ref.problem("path-through-array", message).help(help)
}

fn several_paths(source_ref: &SourceRef<'_>, paths: &[String], named_by_source: bool) -> Problem {
    let json: Vec<String> = paths.iter().map(|path| json_string(path)).collect();
    let json = json.join(", ");
    let message = format!("{} is one path to OIM, and not in the sample", source_ref.quoted());
    let help = format!("list each path as a text of its own: `[{json}]`");
    let fix = Fix::new("list the paths one by one", (source_ref.text.span.clone(), json.into()));
    // With several sources, a tag that is named by them would get other names.
    source_ref.problem("sample-missing-field", message).help(help).fix((!named_by_source).then_some(fix))
}

fn not_there(source_ref: &SourceRef<'_>, suggestion: Option<&str>) -> Problem {
    let problem = source_ref.problem("sample-missing-field", format!("{} is not in the sample", source_ref.quoted()));
    match suggestion {
        Some(path) => problem.help(format!(
            "did you mean {}? BigPanda wants every field that the configuration names in the sample",
            quote_input(path)
        )),
        None => problem.help(
            "correct the path, or add the field to the sample: BigPanda wants every field that the configuration names in it",
        ),
    }
}

/// Whether a field is an array that begins with an object, as the array of alerts does.
fn is_array_of_objects(field: &Field) -> bool {
    let first = field.example.strip_prefix('[').map(str::trim_start);
    field.kind == "array" && first.is_some_and(|first| first.starts_with('{'))
}

/// The last key of a path.
fn last_key(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or_default()
}

/// The edit distance of two paths, if they differ in one key only and that one is similar.
fn path_distance(path: &str, candidate: &str) -> Option<usize> {
    let mut keys = path.split('.').zip(candidate.split('.')).filter(|(a, b)| a != b);
    let (a, b) = keys.next()?;
    let is_one_key = keys.next().is_none() && path.matches('.').count() == candidate.matches('.').count();
    distance(a, b).filter(|_| is_one_key)
}

impl FieldList {
    fn new(fields: Vec<Field>) -> FieldList {
        let (mut by_path, mut by_lower) = (KeyIndex::default(), KeyIndex::default());
        for (number, field) in fields.iter().enumerate() {
            by_path.get_or_insert(&field.path, number);
            by_lower.get_or_insert(&field.path.to_ascii_lowercase(), number);
        }
        FieldList { fields, by_path, by_lower }
    }

    fn get(&self, path: &str) -> Option<&Field> {
        self.fields.get(self.by_path.get(path)?)
    }
}
