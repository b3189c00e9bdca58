//! The sample payload of a body, and what it shows of the rules.

mod coverage;
mod notes;
mod statuses;
mod tags;
mod text;

use crate::compile::{Program, Source};
use crate::config::{self, Body, Config};
use crate::diagnostic::{Document, Problem, Problems, Severity, nearest, shown};
use crate::evaluate::watch;
use crate::extract::Shape;
use crate::json::Kind;
use crate::json::escape::quoted;
use crate::json::members::Value;
use crate::path::SourcePath;
use crate::time::Unread;
use coverage::Coverage;
use notes::{Notes, TimeNotes};
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
struct Place<'c> {
    text: &'c config::Text,
    source: &'c Source,
}

impl Place<'_> {
    fn problem(&self, code: &'static str, message: String) -> Problem {
        Problem::new(code, Document::Body, self.text.pointer.clone(), self.text.span.clone(), message)
    }

    fn shown(&self) -> String {
        shown(&self.text.text)
    }
}

/// The sources of a rule that are paths.
fn places<'c>(written: &'c [config::Text], sources: &'c [Source]) -> Vec<Place<'c>> {
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
        let place = body.span.start..body.span.start + 1;
        problems.push(
            Problem::new("sample-missing", Document::Body, "", place, "`sample_payload` is missing")
                .help("add a payload as the tool sends it; BigPanda checks the rules against it"),
        );
        return;
    };
    let sample_text = match Text::read(sample, text) {
        Ok(sample_text) => sample_text,
        Err(problem) => return problems.push(*problem),
    };
    let Some(value) = Value::whole(&sample_text.json).filter(Value::is_populated) else {
        if options.create {
            problems.push(
                Problem::new("sample-blank", Document::Body, POINTER, sample.span.clone(), "the sample is blank")
                    .help("a first configuration needs a real payload; only an update may leave it blank"),
            );
        }
        return;
    };
    if !matches!(value.kind, Kind::Object | Kind::Array) {
        let message = format!("expected a payload, found {}", value.kind.in_words());
        problems.push(
            Problem::new("wrong-type", Document::Body, POINTER, sample.span.clone(), message)
                .help("give the payload as an object, or its JSON as text"),
        );
        return;
    }
    if let (Some(config), Some(program)) = (&body.config, program) {
        // Without the array nothing that follows would say more than that it is missing.
        if config.is_array == program.array.is_some() {
            shown_to(config, program, &sample_text, text, options.lenient, problems);
        }
    }
}

fn shown_to(
    config: &Config,
    program: &Program,
    sample: &Text<'_>,
    body: &[u8],
    lenient: bool,
    problems: &mut Problems,
) {
    let flattens = program.rules.iter().any(|rule| rule.flatten);
    let mut notes = Notes::new(program, flattens && program.identity.is_some());
    let mut of_sample = Problems::default();
    let shape = watch(program, &sample.json, &mut notes, &mut of_sample);
    let too_large = of_sample.has("output-too-large");
    sample.tell(of_sample, problems);
    let Some((shape, array)) = shape.filter(|(shape, _)| !too_large && !matches!(shape, Shape::TooMany { .. })) else {
        return;
    };
    elements(config, sample, &notes, problems);
    let mut coverage = Coverage::new(&sample.json, program.array.as_ref(), array, lenient);
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
        // Underlined is how it begins.
        let span = sample.place(place.start..place.start + 1);
        let found = kind.in_words();
        let (message, help) = if config.is_array {
            let message = format!("an element of the array of alerts is {found}, not an object");
            (message, "an alert is an object; other elements are rejected")
        } else {
            let help = "for a payload that is an array, set `is_array` to true and `array_source` to \"\", and begin the paths of its fields with `@alert.`";
            (format!("the sample is {found}, not an object"), help)
        };
        let problem = Problem::new("alert-not-object", Document::Body, sample.pointer(at), span, message);
        problems.push(problem.help(help));
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
        let told = coverage.rule(&sources, &notes.found, rule.default.is_some(), in_alerts, problems);
        // Sources that are no paths are told as such.
        let no_paths = sources.is_empty() && !written.source.is_empty();
        explained.push(told.or(no_paths.then_some(Severity::Error)));
        tags::check(
            written,
            &sources,
            notes,
            explained.len() <= 1 + usize::from(program.has_secondary),
            body,
            problems,
        );
    }
    tags::properties(config, program, &notes.tags, notes.alerts, &explained, problems);
    let sources = places(&config.status.source, &program.status.sources);
    coverage.rule(&sources, &notes.status.found, config.status.default_to.is_some(), in_alerts, problems);
    statuses::check(&config.status, &sources, &notes.status, body, problems);
    if let (Some(written), Some(rule)) = (&config.timestamp, &program.time) {
        let sources = places(&written.source, &rule.sources);
        // Without any of them the time of receipt holds.
        coverage.rule(&sources, &notes.time.found, true, in_alerts, problems);
        time(&sources, &notes.time, written.format.is_some(), problems);
    }
    if let (Some(identifier), Some(names)) = (&config.identifier, &notes.names) {
        let known: Vec<&str> = program.tags.iter().map(|tag| &*tag.text).collect();
        for name in identifier.tags.iter().filter(|_| in_alerts) {
            if program.tag(&name.text).is_none() && names.get(&name.text).is_none() {
                problems.push(unknown_tag(name, nearest(&name.text, &known)));
            }
        }
    }
}

fn unknown_tag(name: &config::Text, meant: Option<&str>) -> Problem {
    let message = format!("no rule makes the tag {} from the sample", shown(&name.text));
    let problem =
        Problem::new("identifier-unknown-tag", Document::Body, name.pointer.clone(), name.span.clone(), message);
    match meant {
        Some(meant) => problem.help(format!("did you mean {}?", shown(meant))).fix(
            format!("change to {}", shown(meant)),
            name.span.clone(),
            String::from_utf8(quoted(meant)).unwrap_or_default(),
        ),
        None => problem.help("name a tag that the rules make, or add a rule for it"),
    }
}

/// What the sample shows of the array of alerts.
fn array_of_alerts(
    at: &config::Text,
    shape: Shape,
    elements: usize,
    coverage: &mut Coverage<'_>,
    problems: &mut Problems,
) {
    match shape {
        Shape::NoArray => coverage.no_array(at, problems),
        Shape::NotArray { kind, .. } => {
            let what = if at.text.is_empty() { "the sample".to_owned() } else { format!("{} of the sample", shown(&at.text)) };
            let message = format!("{what} is {}, not an array of alerts", kind.in_words());
            let problem = Problem::new("array-source-not-array", Document::Body, at.pointer.clone(), at.span.clone(), message);
            problems.push(match coverage.only_array() {
                Some(only) => problem.help(format!("did you mean {}?", shown(&only))).fix(
                    format!("change to {}", shown(&only)),
                    at.span.clone(),
                    String::from_utf8(quoted(&only)).unwrap_or_default(),
                ),
                None => problem.help("name the array whose elements are the alerts; for one alert in a payload leave out `is_array`"),
            });
        }
        Shape::Alerts if elements == 0 => problems.push(
            Problem::new("sample-missing-field", Document::Body, at.pointer.clone(), at.span.clone(), "the array has no elements in the sample, so no field of an alert is in it")
                .help("give a sample with at least one alert: BigPanda wants every field that the configuration names in the sample"),
        ),
        Shape::Alerts | Shape::TooMany { .. } => {}
    }
}

fn time(sources: &[Place<'_>], notes: &TimeNotes, has_format: bool, problems: &mut Problems) {
    for (place, unread) in sources.iter().zip(&notes.unread) {
        let Some((value, why)) = unread else {
            continue;
        };
        let (why, help) = match why {
            Unread::BeforeEpoch => (
                "is before 1970",
                "such a time counts as none; name a source that tells when the event was, or leave `timestamp` out to use the time of receipt",
            ),
            Unread::TooLate => {
                ("is after the year 9999", "check the unit and the source; the time of receipt is used instead")
            }
            Unread::NotATime if has_format => (
                "is not written as `format` says",
                "change `format` to how the tool writes the time, or leave it out: epoch numbers, ISO 8601 and RFC 2822 need none",
            ),
            Unread::NotATime => (
                "is not a time that can be read",
                "epoch numbers, ISO 8601 and RFC 2822 are read without `format`; for others say with it how the tool writes the time",
            ),
        };
        problems.push(place.problem("timestamp-unreadable", format!("{value} in the sample {why}")).help(help));
    }
}

/// Which alerts of the sample, as the subject of a sentence with "have".
fn alerts_in_words(count: usize, first: u32, all: usize, is_array: bool) -> String {
    match count {
        _ if !is_array => "the sample has".to_owned(),
        _ if count == all => "the alerts of the sample have".to_owned(),
        1 => format!("element {first} of the sample's array has"),
        _ => format!("element {first} of the sample's array and {} more have", count - 1),
    }
}
