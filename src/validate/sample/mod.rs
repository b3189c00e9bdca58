//! The sample payload of a body, and what it shows of the rules.

mod added;
mod changing_text;
mod identity;
mod json_in_text;
mod missing_sources;
mod notes;
mod payload;
mod placeholder;
mod sample_text;
mod statuses;
mod tags;
mod times;

use crate::compile::{Program, Property, Source, TagId, TagRule};
use crate::config::{Body, Config, LocatedText, Version};
use crate::diagnostic::{Fix, Problem, Problems, Severity, quote_input};
use crate::evaluate::observe;
use crate::extract::PayloadShape;
use crate::json::Kind;
use crate::json::members::Value;
use crate::path::SourcePath;
use crate::validate::identity::report_unknown_tags;
use crate::validate::sources::lacks_switch;
pub(crate) use added::ADD_FIELD;
use core::ops::Range;
use missing_sources::MissingSources;
use notes::Notes;
pub(crate) use payload::payload;
use sample_text::{POINTER, SampleText};
use std::borrow::Cow;

/// The value of a field that is added for a tag.
const TAG_VALUE: &str = "example";

/// The value of a field that is added for the time, if the rule has no format of its own.
const TIME: &str = "2026-01-01T00:00:00Z";

/// How strictly a sample is checked.
#[derive(Clone, Copy)]
pub(crate) struct SampleChecks {
    /// For a first configuration: the sample must not be blank.
    pub(crate) create: bool,
    /// A source that is missing in the sample is only a warning if its rule has another source or a default.
    pub(crate) lenient: bool,
}

/// A source as written, and as it is looked up.
pub(super) struct SourceRef<'c> {
    pub(super) text: &'c LocatedText,
    pub(super) source: &'c Source,
}

impl SourceRef<'_> {
    /// The path, quoted for a message.
    pub(super) fn quoted(&self) -> String {
        quote_input(&self.text.text)
    }

    /// A problem of the source.
    pub(super) fn problem(&self, code: &'static str, message: impl Into<Cow<'static, str>>) -> Problem {
        self.text.problem(code, message)
    }
}

/// The sources of a rule that are valid paths.
pub(super) fn source_refs<'c>(written: &'c [LocatedText], sources: &'c [Source]) -> Vec<SourceRef<'c>> {
    let paths = written.iter().filter(|text| SourcePath::parse(&text.text).is_ok());
    paths.zip(sources).map(|(text, source)| SourceRef { text, source }).collect()
}

/// Checks that the sample is there, and not blank where it must not be, and checks the rules against it.
pub(crate) fn sample(
    body: &Body,
    program: Option<&Program>,
    text: &[u8],
    options: SampleChecks,
    problems: &mut Problems,
) {
    let Some(sample) = &body.sample else {
        let span = body.span.start..body.span.start + 1;
        let problem = Problem::body("sample-missing", "", span, "`sample_payload` is missing");
        return problems.push(problem.help("add a payload as the tool sends it; BigPanda checks the rules against it"));
    };
    match SampleText::read(sample, text) {
        Ok(sample_text) => check_text(body, program, &sample_text, text, options, problems),
        Err(problem) => problems.push(*problem),
    }
}

/// Checks the rules against a sample. `text` has the body and the sample at their places.
fn check_text(
    body: &Body,
    program: Option<&Program>,
    sample_text: &SampleText<'_>,
    text: &[u8],
    options: SampleChecks,
    problems: &mut Problems,
) {
    let span = &sample_text.span;
    let Some(value) = Value::whole(&sample_text.json).filter(Value::is_populated) else {
        if options.create {
            let problem = Problem::body("sample-blank", POINTER, span.clone(), "the sample is blank");
            let help = "a first configuration needs a real payload; only an update may leave it blank";
            problems.push(problem.help(help));
        }
        return;
    };
    if !matches!(value.kind, Kind::Object | Kind::Array) {
        let message = format!("expected a payload, found {}", value.kind.in_words());
        let problem = Problem::body("wrong-type", POINTER, span.clone(), message);
        return problems.push(problem.help("write the payload as an object, or as JSON text"));
    }
    if let Some(inner) = wrapped_payload(&value) {
        let inner = sample_text.body_span(inner);
        let message = "the sample is wrapped in another `sample_payload`";
        let edits = vec![(span.start..inner.start, "".into()), (inner.end..span.end, "".into())];
        let fix = (!sample_text.is_text()).then(|| Fix { title: "remove the wrapper".into(), edits });
        let problem = Problem::body("wrong-type", POINTER, span.start..span.start + 1, message);
        return problems
            .push(problem.help("use the payload as the tool sends it, without anything around it").fix(fix));
    }
    if let (Some(config), Some(program)) = (&body.config, program) {
        // Without the array, other problems would only repeat that it is missing.
        if config.is_array == program.array.is_some() && !config.misspells(&config.at.pointer, "is_array") {
            let mut found = Problems::default();
            check_rules_against(config, program, sample_text, text, options.lenient, &mut found);
            // Without its switch the array is read as one alert: fixes of paths would be wrong.
            let is_misread = lacks_switch(config);
            problems.extend(found, |problem| {
                let suggestion = problem.suggestion.filter(|_| !is_misread);
                Problem { suggestion, ..problem }
            });
        }
    }
    json_in_text::check(sample_text, problems);
}

/// The payload inside a sample that has only another `sample_payload`, as in a published example.
fn wrapped_payload(sample: &Value<'_>) -> Option<Range<usize>> {
    // The first key alone: reading the members may mean reading all of a large sample.
    let inside = sample.text.get(sample.start + 1..)?.trim_ascii_start();
    if !inside.starts_with(b"\"sample_payload\"") {
        return None;
    }
    let mut members = sample.members();
    let inner = members.next()?.value;
    (members.next().is_none() && inner.kind == Kind::Object).then_some(inner.start..inner.end)
}

fn check_rules_against(
    config: &Config,
    program: &Program,
    sample: &SampleText<'_>,
    body: &[u8],
    lenient: bool,
    problems: &mut Problems,
) {
    let mut notes = Notes::new(program, program.has_tags_of_payload() && program.identity.is_some());
    let mut of_sample = Problems::default();
    let shape = observe(program, &sample.json, &mut notes, &mut of_sample);
    let too_large = of_sample.has("output-too-large");
    sample.report(of_sample, problems);
    let Some((shape, array)) = shape.filter(|(shape, _)| !too_large && !matches!(shape, PayloadShape::TooMany { .. }))
    else {
        return;
    };
    report_elements(config, sample, &notes, problems);
    let mut missing = MissingSources::new(sample, program.array.as_ref(), array, notes.alerts > 0, lenient);
    if let Some(at) = config.array_source.as_ref().filter(|_| config.is_array) {
        check_array(at, shape, notes.alerts + notes.others.len(), &mut missing, problems);
    }
    if config.is_array || notes.alerts > 0 {
        check_rules(config, program, body, &notes, &mut missing, problems);
    }
}

/// Reports elements of the sample that are not objects.
fn report_elements(config: &Config, sample: &SampleText<'_>, notes: &Notes<'_>, problems: &mut Problems) {
    for (at, kind, place) in &notes.others {
        // Of an array, which can be large, only the bracket is underlined.
        let end = if *kind == Kind::Array { place.start + 1 } else { place.end };
        let (what, help) = if config.is_array {
            ("an element of the array of alerts", "an alert is an object; other elements are rejected")
        } else {
            (
                "the sample",
                "for a payload that is an array, set `is_array` to true and `array_source` to \"\", and begin the paths of its fields with `@alert.`",
            )
        };
        let message = format!("{what} is {}, not an object", kind.in_words());
        let span = sample.body_span(place.start..end);
        problems.push(Problem::body("alert-not-object", sample.pointer(at), span, message).help(help));
    }
    problems.count("alert-not-object", notes.more_others);
}

fn check_rules(
    config: &Config,
    program: &Program,
    body: &[u8],
    notes: &Notes<'_>,
    missing: &mut MissingSources<'_>,
    problems: &mut Problems,
) {
    let mut explained = Vec::new();
    for ((written, rule), notes) in config.tag_rules().into_iter().zip(&program.rules).zip(&notes.tags) {
        let sources = source_refs(&written.source, &rule.sources);
        // A list of identifying tags may contain a name that comes from a source.
        let is_listed = config.identifier.is_some() || config.version == Version::V2;
        let named_by_source = written.name.is_none() && is_listed;
        let default = rule.default.is_some();
        let reported = missing.check(&sources, &notes.sources, default, named_by_source, Some(TAG_VALUE), problems);
        // If there are no sources, or no valid paths, that is an error of its own.
        let no_default = config.cannot_read(&written.at.pointer, "default_to");
        explained.push(reported.or((sources.is_empty() || no_default).then_some(Severity::Error)));
        let is_property = sources.iter().any(|place| program.is_property_source(explained.len() - 1, place.source));
        tags::check(written, &sources, notes, is_property, body, problems);
    }
    let reported = |property, attribute| reported_of_property(config, program, property, attribute, &explained);
    let explained = [
        reported(&program.primary, "primary_property"),
        program.secondary.as_ref().and_then(|property| reported(property, "secondary_property")),
    ];
    tags::check_properties(config, &notes.properties, notes.alerts - notes.dropped, explained, problems);
    identity::check(config, program, &notes.identity, explained[1], problems);
    let sources = source_refs(&config.status.source, &program.status.sources);
    let mapped = config.status.map.iter().find_map(|(_, values)| values.first()).map(|value| &*value.text);
    missing.check(&sources, &notes.status.sources, config.status.default_to.is_some(), false, mapped, problems);
    if !config.misspells(&config.status.at.pointer, "status_map") {
        statuses::check(&config.status, &sources, &notes.status, body, problems);
    }
    if let (Some(written), Some(rule)) = (&config.timestamp, &program.time) {
        let sources = source_refs(&written.source, &rule.sources);
        // The default is the time of receipt.
        let time = written.format.is_none().then_some(TIME);
        missing.check(&sources, &notes.time.sources, true, false, time, problems);
        if !config.misspells(&written.at.pointer, "format") {
            times::check(written, &sources, &notes.time, body, problems);
        }
    }
    report_filtered(config, notes, problems);
    if let (Some(identifier), Some(names)) = (&config.identifier, notes.names.as_ref().filter(|_| notes.alerts > 0)) {
        report_unknown_tags(identifier, program, &|name| names.contains(name), problems);
    }
}

/// The mildest severity reported of the rules that can give a property, if something was reported of each or if there are
/// none.
fn reported_of_property(
    config: &Config,
    program: &Program,
    property: &Property,
    attribute: &str,
    explained: &[Option<Severity>],
) -> Option<Severity> {
    match property {
        Property::Rule(number) => explained.get(*number).copied().flatten(),
        Property::Tags(_) if config.misspells(&config.at.pointer, attribute) => Some(Severity::Error),
        Property::Tags(list) => {
            if !list.is_made() && (list.tags.is_empty() || !program.has_tags_of_payload()) {
                return Some(Severity::Error);
            }
            let is_listed = |tag: TagId| list.tags.iter().any(|listed| listed.tag == Some(tag));
            let gives = |rule: &TagRule| {
                rule.sources.iter().any(|source| is_listed(source.tag))
                    || rule.default.as_ref().is_some_and(|default| is_listed(default.tag))
            };
            let giving = program.rules.iter().zip(explained).filter(|(rule, _)| gives(rule));
            let explained: Option<Vec<Severity>> = giving.map(|(_, explained)| *explained).collect();
            explained?.into_iter().max()
        }
    }
}

/// Reports alerts of the sample that the filter drops.
fn report_filtered(config: &Config, notes: &Notes<'_>, problems: &mut Problems) {
    let Some(filter) = config.only_v2.event_filter.as_ref().filter(|_| notes.dropped > 0) else {
        return;
    };
    let (severity, dropped) = if notes.dropped == notes.alerts {
        (Severity::Warning, "all alerts".to_owned())
    } else {
        (Severity::Info, alerts_in_words(notes.first_dropped, notes.dropped))
    };
    let problem = filter.problem("event-filtered", format!("`event_filter` drops {dropped} of the sample"));
    problems.push(problem.severity(severity).help("events that match the filter are dropped, and give no alerts"));
}

/// `alert 1`, or `alert 1 and 2 more`.
fn alerts_in_words(first: u32, count: usize) -> String {
    match count {
        1 => format!("alert {}", first + 1),
        _ => format!("alert {} and {} more", first + 1, count - 1),
    }
}

/// Reports a sample that has no array of alerts where the configuration says, or an empty one.
fn check_array(
    at: &LocatedText,
    shape: PayloadShape,
    elements: usize,
    missing: &mut MissingSources<'_>,
    problems: &mut Problems,
) {
    let found = match shape {
        PayloadShape::NoArray => None,
        PayloadShape::NotArray { kind, .. } => Some(kind.in_words()),
        PayloadShape::Alerts if elements == 0 => {
            let message = "the array has no elements in the sample, so no field of an alert is in it";
            let help = "use a sample with at least one alert: BigPanda requires every field of the configuration in the sample";
            return problems.push(at.problem("sample-missing-field", message).help(help));
        }
        PayloadShape::Alerts | PayloadShape::TooMany { .. } => return,
    };
    let path = quote_input(&at.text);
    let message = match found {
        _ if at.text.is_empty() => {
            format!("the sample is {}, not an array of alerts", found.unwrap_or("not an array"))
        }
        None => format!("{path} is not in the sample, so there is no array of alerts"),
        Some(kind) => format!("{path} is {kind} in the sample, not an array of alerts"),
    };
    let problem = at.problem("array-source-not-array", message);
    problems.push(match missing.suggest_array(&at.text) {
        Some(array) => {
            problem.help(format!("did you mean {}?", quote_input(&array))).fix(Fix::change_to(&at.span, &array))
        }
        None => problem
            .help("name the array whose elements are the alerts; for one alert in a payload leave out `is_array`"),
    });
}
