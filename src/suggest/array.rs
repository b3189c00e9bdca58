//! The array of alerts of a payload, if it has one.

use super::names::{PART, SEVERITY, STATE, fit, fit_check, fit_host};
use super::profile::Profile;
use super::status::unquoted_meaning;
use super::survey::{ArrayField, Survey};
use super::vocabulary::meaning;
use crate::json::Kind;
use crate::json::limits;
use crate::json::members::Value;

/// Names of arrays of alerts.
const NAMES: &str = "alerts events fulleventslist results incidents problems issues";

/// Elements that are read to find out what an array contains.
const ELEMENTS: usize = 20;

/// How much higher the score of an array without a known name must be than that of the outer payload.
const MORE: usize = 3;

/// The array of alerts.
pub(super) struct Chosen<'t> {
    pub(super) field: usize,
    pub(super) value: Value<'t>,
    /// Its elements.
    pub(super) count: usize,
    /// Its name says that it holds the alerts.
    pub(super) is_named: bool,
}

/// The arrays in a payload that is an object.
pub(super) struct Arrays<'t> {
    /// `None`: the payload is one alert.
    pub(super) chosen: Option<Chosen<'t>>,
    /// The fields of others that could be it.
    pub(super) others: Vec<(usize, usize)>,
}

/// The array of alerts that the profile of a tool names, if it names one.
pub(super) fn of_profile<'t>(survey: &Survey<'t>, profile: &Profile) -> Arrays<'t> {
    let array = profile.array_source.and_then(|path| survey.array(path));
    let chosen = array.map(|ArrayField { field, value }| Chosen {
        field: *field,
        value: *value,
        count: count_objects(value).unwrap_or_default(),
        is_named: true,
    });
    Arrays { chosen, others: Vec::new() }
}

/// Finds the array of alerts of a payload that is an object, and others that could be it.
pub(super) fn choose<'t>(survey: &Survey<'t>) -> Arrays<'t> {
    let own = alert_score(survey);
    let has_value = survey.fields.iter().any(|field| field.is_usable());
    let mut best: Option<(usize, Chosen<'t>)> = None;
    let mut possible = Vec::new();
    for ArrayField { field: number, value } in &survey.arrays {
        let Some(field) = survey.fields.get(*number).filter(|field| !field.is_ambiguous) else {
            continue;
        };
        let Some(count) = count_objects(value).filter(|count| (1..=limits::ELEMENTS as usize).contains(count)) else {
            continue;
        };
        possible.push((0, *number));
        let mut elements = Survey::default();
        elements.elements(value, ELEMENTS, "");
        let score = alert_score(&elements);
        let is_named = field.parent.is_none() && fit(&field.path, NAMES).is_some_and(|fit| fit < PART);
        let enough = !has_value || score > 1 && is_named || score > own + MORE;
        let score = score + if is_named { MORE } else { 0 };
        if enough && best.as_ref().is_none_or(|(least, _)| score > *least) {
            best = Some((score, Chosen { field: *number, value: *value, count, is_named }));
        }
    }
    let chosen = best.map(|(_, chosen)| chosen);
    possible.retain(|(_, number)| chosen.as_ref().is_none_or(|chosen| chosen.field != *number));
    Arrays { chosen, others: possible }
}

/// The number of elements, if all of them are objects.
fn count_objects(array: &Value<'_>) -> Option<usize> {
    let mut count = 0;
    for item in array.items() {
        if item.kind != Kind::Object {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// How much the fields look like those of an alert.
fn alert_score(survey: &Survey<'_>) -> usize {
    let (mut host, mut check, mut status, mut time) = (0, 0, 0, 0);
    for field in survey.fields.iter().filter(|field| field.is_usable()) {
        // Names that are only the end of a key come after all others of a list.
        let how_well = |fit: Option<usize>| fit.map_or(0, |fit| if fit < 2 * PART { 2 } else { 1 });
        host = host.max(how_well(fit_host(&field.path)));
        check = check.max(how_well(fit_check(&field.path)));
        time = time.max(usize::from(field.is_time()));
        let is_state = fit(&field.path, STATE).or(fit(&field.path, SEVERITY)).is_some();
        let known =
            |value: &String| if field.is_unquoted { unquoted_meaning(&field.path, value) } else { meaning(value) };
        if is_state && field.values.iter().any(|value| known(value).is_some()) {
            status = 3;
        }
    }
    host + check + status + time
}
