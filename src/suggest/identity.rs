//! What an alert is about, and what is wrong with it: the primary and the secondary property.

use super::Confidence::{Low, Medium};
use super::plan::{Cover, LONGEST, Plan, sure};
use super::words::{CHECK, HOST, HOSTS};
use crate::validate::names::mended;

/// Most sources of a rule.
const SOURCES: usize = 5;

/// Most sources of a rule where the first ones have a value in every alert.
const SPARE: usize = 3;

/// The value of an alert that names nothing.
const NOTHING: &str = "unknown";

/// The tag names that are given, each with the number of the field that alone gives it.
pub(super) type Named = Vec<(String, Option<usize>)>;

/// Proposes both properties. `None` in place of their names: there is no field at all for the primary.
pub(super) fn propose(plan: &mut Plan<'_, '_>) -> (Named, bool) {
    let mut hosts = plan.named(HOST);
    let mut checks = plan.named(CHECK);
    let host_like = !hosts.is_empty();
    if !host_like {
        // What is wrong names the alert where nothing says what with.
        let spare = if checks.len() > 1 { checks.split_off(1) } else { Vec::new() };
        hosts = core::mem::replace(&mut checks, spare);
    }
    if hosts.is_empty() {
        hosts = anything(plan);
    }
    let alerts = plan.survey.alerts;
    let mut cover = Cover::new(alerts);
    let mut sources = pick(plan, &hosts, &mut cover, if host_like { HOSTS } else { 0 });
    checks.retain(|(_, number)| !sources.contains(number));
    if cover.left > 0
        && let Some(&(_, check)) = checks.first()
    {
        sources.extend(pick(plan, &[(0, check)], &mut cover, 0));
    }
    let first = sources.first().copied();
    let name = match first.filter(|_| !host_like).and_then(|number| plan.field(number)) {
        Some(field) => mended(&super::tags::parted(&field.key)).filter(|name| !super::tags::is_reserved(name)),
        None => None,
    };
    let name = name.filter(|name| name != "check").unwrap_or_else(|| "host".to_owned());
    plan.key("primary_property");
    plan.literal("{");
    plan.text("name", &name);
    plan.sources(&sources);
    if cover.left > 0 {
        plan.text("default_to", NOTHING);
    }
    plan.literal("}");
    let score = hosts.first().map_or(usize::MAX, |(score, _)| *score);
    const PRIMARY: &str = "/config/primary_property";
    match first {
        Some(number) => {
            let confidence = if host_like { sure(score) } else { Low };
            let message = match (host_like, sources.len()) {
                (true, 1) => "{0} says what the alert is about",
                (true, _) => "{0} says what the alert is about; the other sources are used where it has no value",
                (false, _) => "no field is known to say what the alert is about, and {0} comes closest",
            };
            plan.because(PRIMARY, plan.path(number), first, confidence, message, &[]);
            plan.instead_of_it(&hosts, &sources);
        }
        None => plan.because(
            PRIMARY,
            NOTHING,
            None,
            Low,
            "no field has a value that could name the alert, so each gets the default {0}",
            &[],
        ),
    }
    if cover.left > 0 && first.is_some() {
        let message = "not every alert has a field that names it, and BigPanda cannot receive those without a name";
        plan.because("/config/primary_property/default_to", NOTHING, None, Low, message, &[]);
    }
    let mut names = vec![(name, only(&sources))];
    // The check may have been needed for the primary; it is what tells alerts apart all the same.
    let mut cover = Cover::new(alerts);
    let sources = pick(plan, &checks, &mut cover, 0);
    if let (Some(&number), Some((score, _))) = (sources.first(), checks.first()) {
        plan.key("secondary_property");
        plan.literal("{");
        plan.text("name", "check");
        plan.sources(&sources);
        plan.literal("}");
        let confidence = if host_like { sure(*score) } else { Medium };
        let message = "{0} says what is wrong, which distinguishes alerts about the same thing";
        plan.because("/config/secondary_property", plan.path(number), Some(number), confidence, message, &[]);
        plan.instead_of_it(&checks, &sources);
        names.push(("check".to_owned(), only(&sources)));
    }
    (names, first.is_some())
}

/// The best field, others as good as it that may stand in for it, and those that have a value where it has none.
fn pick(plan: &Plan<'_, '_>, found: &[(usize, usize)], cover: &mut Cover, good: usize) -> Vec<usize> {
    let mut picked = Vec::new();
    for &(score, number) in found {
        let Some(field) = plan.field(number).filter(|_| picked.len() < SOURCES) else {
            continue;
        };
        let beside = |first: &usize| plan.field(*first).is_some_and(|first| first.parent == field.parent);
        let spare = score < good && picked.len() < SPARE && picked.first().is_some_and(beside);
        if picked.is_empty() || spare || cover.left > 0 && cover.gains(field) > 0 {
            cover.add(field);
            picked.push(number);
        }
    }
    picked
}

/// Fields that have values, where no name is known: texts first.
fn anything(plan: &Plan<'_, '_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    // What is too long or blank is better than nothing.
    for (bare, longest) in [(false, LONGEST), (true, LONGEST), (true, usize::MAX)] {
        for (number, field) in plan.survey.fields.iter().enumerate() {
            let fits = if longest == LONGEST { field.is_tame(longest) } else { field.is_usable() };
            let known = found.iter().any(|(_, known)| *known == number);
            if found.len() < SOURCES && !known && fits && (bare || !field.bare) && !field.is_time() {
                found.push((usize::MAX, number));
            }
        }
    }
    found
}

fn only(sources: &[usize]) -> Option<usize> {
    match sources {
        [only] => Some(*only),
        _ => None,
    }
}
