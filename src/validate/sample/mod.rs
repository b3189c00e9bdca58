//! The sample payload of a body, and what it shows of the rules.

mod added;
mod changing_text;
mod coverage;
mod identity;
mod json_in_text;
mod notes;
mod payload;
mod placeholder;
mod statuses;
mod tags;
mod text;
mod times;

use crate::compile::{Program, Property, Source, TagId, TagRule};
use crate::config::{self, Body, Config, Version};
use crate::diagnostic::{Fix, Problem, Problems, Severity, Told};
use crate::evaluate::observe;
use crate::extract::PayloadShape;
use crate::json::Kind;
use crate::json::members::Value;
use crate::path::SourcePath;
use crate::validate::identity as overridden;
use crate::validate::sources::lacks_switch;
pub(crate) use added::ADD_FIELD;
use core::ops::Range;
use coverage::Coverage;
use notes::Notes;
pub(crate) use payload::payload;
use text::{POINTER, Text};

/// How to look at a sample.
#[derive(Clone, Copy)]
pub(crate) struct SampleOptions {
    /// For a first configuration: the sample must not be blank.
    pub(crate) create: bool,
    /// A source that is not in the sample is no error where its rule has another way to a value.
    pub(crate) lenient: bool,
}

/// A source as written, and as it is looked up.
pub(super) struct Place<'c> {
    pub(super) text: &'c config::Text,
    pub(super) source: &'c Source,
}

impl Place<'_> {
    /// Tells a problem of the source. The first argument of the texts is the source's path, the others follow.
    pub(super) fn tell(
        &self,
        code: &'static str,
        message: &'static str,
        help: &'static str,
        more: &[&str],
        fix: Option<Fix>,
        problems: &mut Problems,
    ) {
        let config::Text { text, pointer, span } = self.text;
        let mut args = vec![&**text];
        args.extend_from_slice(more);
        problems.tell(&Told { code, pointer, span, message, help, args: &args }, fix);
    }
}

/// The sources of a rule that are paths.
pub(super) fn places<'c>(written: &'c [config::Text], sources: &'c [Source]) -> Vec<Place<'c>> {
    let paths = written.iter().filter(|text| SourcePath::parse(&text.text).is_ok());
    paths.zip(sources).map(|(text, source)| Place { text, source }).collect()
}

/// Checks that the sample is there and not blank where it must not be, and shows it to the rules.
pub(crate) fn sample(
    body: &Body,
    program: Option<&Program>,
    text: &[u8],
    options: SampleOptions,
    problems: &mut Problems,
) {
    let Some(sample) = &body.sample else {
        let span = &(body.span.start..body.span.start + 1);
        let help = "add a payload as the tool sends it; BigPanda checks the rules against it";
        let message = "`sample_payload` is missing";
        return problems.tell(&Told { code: "sample-missing", pointer: "", span, message, help, args: &[] }, None);
    };
    let sample_text = match Text::read(sample, text) {
        Ok(sample_text) => sample_text,
        Err(problem) => return problems.push(*problem),
    };
    shown(body, program, &sample_text, text, options, problems);
}

/// Shows a sample to the rules. `text` has the body and the sample at their places.
fn shown(
    body: &Body,
    program: Option<&Program>,
    sample_text: &Text<'_>,
    text: &[u8],
    options: SampleOptions,
    problems: &mut Problems,
) {
    let (pointer, span) = (POINTER, &sample_text.span);
    let Some(value) = Value::whole(&sample_text.json).filter(Value::is_populated) else {
        if options.create {
            let message = "the sample is blank";
            let help = "a first configuration needs a real payload; only an update may leave it blank";
            problems.tell(&Told { code: "sample-blank", pointer, span, message, help, args: &[] }, None);
        }
        return;
    };
    if !matches!(value.kind, Kind::Object | Kind::Array) {
        let (message, args) = ("expected a payload, found {=0}", &[value.kind.in_words()]);
        let help = "write the payload as an object, or as JSON text";
        return problems.tell(&Told { code: "wrong-type", pointer, span, message, help, args }, None);
    }
    if let Some(inner) = wrapped(&value) {
        let inner = sample_text.place(inner);
        let message = "the sample is wrapped in another `sample_payload`";
        let help = "use the payload as the tool sends it, without anything around it";
        let edits = vec![(span.start..inner.start, "".into()), (inner.end..span.end, "".into())];
        let fix = (!sample_text.is_text()).then(|| Fix { title: "remove the wrapper".into(), edits });
        return problems.tell(
            &Told { code: "wrong-type", pointer, span: &(span.start..span.start + 1), message, help, args: &[] },
            fix,
        );
    }
    if let (Some(config), Some(program)) = (&body.config, program) {
        // Without the array nothing that follows would say more than that it is missing.
        if config.is_array == program.array.is_some() && !config.misspells(&config.pointer, "is_array") {
            let mut found = Problems::default();
            shown_to(config, program, sample_text, text, options.lenient, &mut found);
            // Without its switch the array is read as one alert: what would fix a path then is wrong.
            let is_misread = lacks_switch(config);
            problems.absorb(found, &mut |problem| {
                let suggestion = problem.suggestion.filter(|_| !is_misread);
                Problem { suggestion, ..problem }
            });
        }
    }
    json_in_text::check(sample_text, problems);
}

/// The payload inside a sample that holds nothing but another `sample_payload`, as a published example does.
fn wrapped(sample: &Value<'_>) -> Option<Range<usize>> {
    // The first key alone: reading the members may mean reading all of a large sample.
    let inside = sample.text.get(sample.start + 1..)?.trim_ascii_start();
    if !inside.starts_with(b"\"sample_payload\"") {
        return None;
    }
    let mut members = sample.members();
    let inner = members.next()?.value;
    (members.next().is_none() && inner.kind == Kind::Object).then_some(inner.start..inner.end)
}

fn shown_to(
    config: &Config,
    program: &Program,
    sample: &Text<'_>,
    body: &[u8],
    lenient: bool,
    problems: &mut Problems,
) {
    let mut notes = Notes::new(program, program.has_tags_of_payload() && program.identity.is_some());
    let mut of_sample = Problems::default();
    let shape = observe(program, &sample.json, &mut notes, &mut of_sample);
    let too_large = of_sample.has("output-too-large");
    sample.tell(of_sample, problems);
    let Some((shape, array)) = shape.filter(|(shape, _)| !too_large && !matches!(shape, PayloadShape::TooMany { .. }))
    else {
        return;
    };
    elements(config, sample, &notes, problems);
    let mut coverage = Coverage::new(sample, program.array.as_ref(), array, lenient);
    if let Some(at) = config.array_source.as_ref().filter(|_| config.is_array) {
        array_of_alerts(at, shape, notes.alerts + notes.others.len(), &mut coverage, problems);
    }
    if config.is_array || notes.alerts > 0 {
        rules(config, program, body, &notes, &mut coverage, problems);
    }
}

/// Elements of the sample that are no objects.
fn elements(config: &Config, sample: &Text<'_>, notes: &Notes<'_>, problems: &mut Problems) {
    for (at, kind, place) in &notes.others {
        // Of something large, how it begins.
        let end = if *kind == Kind::Array { place.start + 1 } else { place.end };
        let span = &sample.place(place.start..end);
        let (message, help) = if config.is_array {
            (
                "an element of the array of alerts is {=0}, not an object",
                "an alert is an object; other elements are rejected",
            )
        } else {
            (
                "the sample is {=0}, not an object",
                "for a payload that is an array, set `is_array` to true and `array_source` to \"\", and begin the paths of its fields with `@alert.`",
            )
        };
        let (pointer, args) = (&sample.pointer(at), &[kind.in_words()]);
        problems.tell(&Told { code: "alert-not-object", pointer, span, message, help, args }, None);
    }
    problems.count("alert-not-object", notes.more_others);
}

fn rules(
    config: &Config,
    program: &Program,
    body: &[u8],
    notes: &Notes<'_>,
    coverage: &mut Coverage<'_>,
    problems: &mut Problems,
) {
    let in_alerts = notes.alerts > 0;
    let mut explained = Vec::new();
    for ((written, rule), notes) in config.tag_rules().into_iter().zip(&program.rules).zip(&notes.tags) {
        let sources = places(&written.source, &rule.sources);
        // What identifies alerts may name the tag so.
        let is_listed = config.identifier.is_some() || config.version == Version::V2;
        let named_by_source = written.name.is_none() && is_listed;
        let default = rule.default.is_some();
        let told = coverage.rule(&sources, &notes.found, default, in_alerts, named_by_source, problems);
        // That there are no sources, or none that is a path, is told elsewhere.
        let no_default = config.cannot_read(&written.pointer, "default_to");
        explained.push(told.or((sources.is_empty() || no_default).then_some(Severity::Error)));
        let is_property = sources.iter().any(|place| program.is_property_source(explained.len() - 1, place.source));
        tags::check(written, &sources, notes, is_property, body, problems);
    }
    let of = |property, attribute| of_property(config, program, property, attribute, &explained);
    let explained = [
        of(&program.primary, "primary_property"),
        program.secondary.as_ref().and_then(|property| of(property, "secondary_property")),
    ];
    tags::properties(config, &notes.properties, notes.alerts - notes.dropped, explained, problems);
    identity::check(config, program, &notes.identity, explained[1], problems);
    let sources = places(&config.status.source, &program.status.sources);
    coverage.rule(&sources, &notes.status.found, config.status.default_to.is_some(), in_alerts, false, problems);
    if !config.misspells(&config.status.pointer, "status_map") {
        statuses::check(&config.status, &sources, &notes.status, body, problems);
    }
    if let (Some(written), Some(rule)) = (&config.timestamp, &program.time) {
        let sources = places(&written.source, &rule.sources);
        // Without any of them the time of receipt holds.
        coverage.rule(&sources, &notes.time.found, true, in_alerts, false, problems);
        if !config.misspells(&written.pointer, "format") {
            times::check(written, &sources, &notes.time, body, problems);
        }
    }
    filter(config, notes, problems);
    if let (Some(identifier), Some(names)) = (&config.identifier, notes.names.as_ref().filter(|_| in_alerts)) {
        overridden::unknown(identifier, program, &|name| names.get(name).is_some(), problems);
    }
}

/// The mildest of what was reported of the rules that can give a property, where something was reported of each; or that
/// there are none.
fn of_property(
    config: &Config,
    program: &Program,
    property: &Property,
    attribute: &str,
    explained: &[Option<Severity>],
) -> Option<Severity> {
    match property {
        Property::Rule(number) => explained.get(*number).copied().flatten(),
        Property::Tags(_) if config.misspells(&config.pointer, attribute) => Some(Severity::Error),
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
fn filter(config: &Config, notes: &Notes<'_>, problems: &mut Problems) {
    let Some(filter) = config.only_v2.event_filter.as_ref().filter(|_| notes.dropped > 0) else {
        return;
    };
    let (first, more) = ((notes.first_dropped + 1).to_string(), (notes.dropped - 1).to_string());
    let (severity, message) = match notes.dropped {
        dropped if dropped == notes.alerts => (Severity::Warning, "`event_filter` drops all alerts of the sample"),
        1 => (Severity::Info, "`event_filter` drops alert {=0} of the sample"),
        _ => (Severity::Info, "`event_filter` drops alert {=0} and {=1} more of the sample"),
    };
    let help = "events that match the filter are dropped, and give no alerts";
    problems.tell_as(severity, &filter.told("event-filtered", message, help, &[&first, &more]), None);
}

/// What the sample shows of the array of alerts.
fn array_of_alerts(
    at: &config::Text,
    shape: PayloadShape,
    elements: usize,
    coverage: &mut Coverage<'_>,
    problems: &mut Problems,
) {
    let config::Text { text, pointer, span } = at;
    let found = match shape {
        PayloadShape::NoArray => None,
        PayloadShape::NotArray { kind, .. } => Some(kind.in_words()),
        PayloadShape::Alerts if elements == 0 => {
            let message = "the array has no elements in the sample, so no field of an alert is in it";
            let help = "use a sample with at least one alert: BigPanda requires every field of the configuration in the sample";
            return problems
                .tell(&Told { code: "sample-missing-field", pointer, span, message, help, args: &[] }, None);
        }
        PayloadShape::Alerts | PayloadShape::TooMany { .. } => return,
    };
    let meant = coverage.array_meant(text);
    let message = match found {
        _ if text.is_empty() => "the sample is {=1}, not an array of alerts",
        None => "{0} is not in the sample, so there is no array of alerts",
        Some(_) => "{0} is {=1} in the sample, not an array of alerts",
    };
    let help = match meant {
        Some(_) => "did you mean {2}?",
        None => "name the array whose elements are the alerts; for one alert in a payload leave out `is_array`",
    };
    let args = &[text, found.unwrap_or("not an array"), meant.as_deref().unwrap_or_default()];
    let told = Told { code: "array-source-not-array", pointer, span, message, help, args };
    problems.tell(&told, meant.as_deref().map(|meant| Fix::change_to(span, meant)));
}
