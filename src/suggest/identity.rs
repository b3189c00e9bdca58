//! The primary and the secondary property: what an alert is about, and what is wrong.

use super::Confidence::{High, Low, Medium};
use super::evidence::{
    Stability, announces_state, distinguish, is_json, is_no_name, is_ruled_out, is_same, is_unsteady_title, names_tool,
    stability,
};
use super::names::{
    CHECK, HOSTS, NUMBERED, OCCURRENCE, PART, PARTS, TITLE, fit, fit_check, fit_host, fit_incident, is_whole,
};
use super::plan::{AlertCoverage, LONGEST, Plan, confidence};
use super::profile::{self, Profile};
use super::survey::SurveyedField;
use crate::diagnostic::quote_input;
use crate::validate::names::legal_name;

/// Most sources of a rule.
const SOURCES: usize = 5;

/// Most sources of a rule if the first ones have a value in every alert.
const SPARE: usize = 3;

/// The primary value of alerts without a field that names them.
const NO_NAME: &str = "unknown";

/// The tag names that are in use, each with the number of its only source, if it has just one.
pub(super) type Named = Vec<(String, Option<usize>)>;

/// Fields with their scores, best first.
type ScoredFields = Vec<(usize, usize)>;

const PRIMARY: &str = "/config/primary_property";
const SECONDARY: &str = "/config/secondary_property";

/// A property that is proposed.
struct ProposedProperty {
    name: String,
    /// Fields to take it from, best first.
    found: ScoredFields,
    /// Fields that a person may prefer, best first.
    others: ScoredFields,
    /// How many of the first fields can replace each other.
    good: usize,
    basis: ProposalBasis,
    confidence: super::Confidence,
}

/// What the values of a field have to do between problems and recoveries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Required {
    /// Some value is in a problem and in a recovery.
    Stays,
    /// They are not known to change.
    MayStay,
    /// Nothing: the payloads are about different things, or a person chooses.
    Nothing,
}

/// Why a property is proposed.
#[derive(Clone, Copy)]
enum ProposalBasis {
    /// The profile of this tool has it.
    Profile(&'static str),
    Subject,
    Check,
    /// It identifies the incident.
    Incident,
    /// Nothing is better.
    Closest,
}

impl ProposalBasis {
    /// The reason for a path.
    fn message(self, path: &str) -> String {
        let path = quote_input(path);
        match self {
            ProposalBasis::Profile(tool) => format!("this names the alert in payloads of {tool}"),
            ProposalBasis::Subject => format!("{path} says what the alert is about"),
            ProposalBasis::Check => {
                format!("{path} says what is wrong, which distinguishes alerts about the same thing")
            }
            ProposalBasis::Incident => format!("{path} identifies the alert from the problem to its recovery"),
            ProposalBasis::Closest => {
                format!("no field is known to say what the alert is about, and {path} comes closest")
            }
        }
    }
}

/// Proposes both properties. Returns their names, and whether there is a field for the primary.
pub(super) fn propose(plan: &mut Plan<'_, '_>, profile: Option<&Profile>) -> (Named, bool) {
    let (primary, secondary) = match profile.and_then(|profile| from_profile(plan, profile)) {
        Some(properties) => properties,
        None => from_fields(plan),
    };
    let alerts = plan.survey.alerts;
    let mut coverage = AlertCoverage::new(alerts);
    let mut sources = pick(plan, &primary.found, &mut coverage, primary.good);
    if coverage.uncovered > 0
        && let Some(&(_, check)) = secondary.as_ref().and_then(|secondary| secondary.found.first())
        && !sources.contains(&check)
    {
        sources.extend(pick(plan, &[(0, check)], &mut coverage, 0));
    }
    let first = sources.first().copied();
    plan.key("primary_property");
    plan.literal("{");
    plan.text("name", &primary.name);
    if !sources.is_empty() {
        plan.sources(&sources);
    }
    if coverage.uncovered > 0 {
        plan.text("default_to", NO_NAME);
    }
    plan.literal("}");
    match first {
        Some(number) => {
            let path = plan.path(number);
            plan.add_reason(PRIMARY, path, first, primary.confidence, primary.basis.message(path));
            plan.add_alternatives(&[&*primary.found, &*primary.others].concat(), &sources);
        }
        None => {
            let message = "no field can be trusted to name the alert, so each gets the default `unknown`: choose one that is the same for a problem and its recovery";
            plan.add_reason(PRIMARY, NO_NAME, None, Low, message);
            plan.add_alternatives(&primary.others, &[]);
        }
    }
    if coverage.uncovered > 0 && first.is_some() {
        let message = "not every alert has a field that names it, and BigPanda cannot receive those without a name";
        plan.add_reason("/config/primary_property/default_to", NO_NAME, None, Low, message);
    }
    let mut names = vec![(primary.name, only(&sources))];
    let Some(mut secondary) = secondary else {
        if let Some(number) = first {
            let path = plan.path(number);
            let message = format!(
                "no field says reliably what is wrong, so there is no secondary property and {} alone is the identity",
                quote_input(path)
            );
            plan.add_reason(SECONDARY, "", None, Medium, message);
            plan.add_alternatives(&primary.others, &sources);
        }
        return (names, first.is_some());
    };
    // A field that repeats the primary value distinguishes nothing.
    let primary = first.and_then(|number| plan.field(number));
    let differs =
        |number: usize| plan.field(number).zip(primary).is_none_or(|(field, primary)| !is_same(field, primary));
    secondary.found.retain(|&(_, number)| differs(number));
    let mut coverage = AlertCoverage::new(alerts);
    let sources = pick(plan, &secondary.found, &mut coverage, 0);
    if let Some(&number) = sources.first() {
        plan.key("secondary_property");
        plan.literal("{");
        plan.text("name", &secondary.name);
        plan.sources(&sources);
        plan.literal("}");
        let path = plan.path(number);
        plan.add_reason(SECONDARY, path, Some(number), secondary.confidence, secondary.basis.message(path));
        let taken = [&*sources, first.as_slice()].concat();
        plan.add_alternatives(&[&*secondary.found, &*secondary.others].concat(), &taken);
        names.push((secondary.name, only(&sources)));
    }
    (names, first.is_some())
}

/// The properties in the profile of a tool. `None` if the payload has no value for the primary one.
fn from_profile(plan: &Plan<'_, '_>, profile: &Profile) -> Option<(ProposedProperty, Option<ProposedProperty>)> {
    let property = |rule: &profile::ProfileProperty| {
        let fields = plan.populated(&rule.source);
        let steady =
            |number: &usize| plan.field(*number).is_some_and(|field| stability(plan, field) != Stability::Changes);
        // If every field changes, the payloads are about different things.
        let keep_all = !fields.iter().any(steady);
        let found: ScoredFields =
            fields.into_iter().filter(|number| keep_all || steady(number)).map(|number| (0, number)).collect();
        ProposedProperty {
            name: rule.name.to_owned(),
            found,
            others: Vec::new(),
            // The next payload may have none of the first source.
            good: 1,
            basis: ProposalBasis::Profile(profile.tool),
            confidence: High,
        }
    };
    let primary = property(&profile.primary);
    if primary.found.is_empty() && !profile.primary.has_default {
        return None;
    }
    let secondary = profile.secondary.as_ref().map(property);
    Some((primary, secondary.filter(|secondary| !secondary.found.is_empty())))
}

/// Fields with one of the names that are safe as an identity.
fn safe_fields(plan: &Plan<'_, '_>, names: &str, required: Required) -> ScoredFields {
    retain_safe(plan, plan.named(names), required)
}

/// Keeps the fields that are safe as an identity.
fn retain_safe(plan: &Plan<'_, '_>, mut found: ScoredFields, required: Required) -> ScoredFields {
    found.retain(|&(_, number)| {
        plan.field(number).is_some_and(|field| {
            let is_steady = || match stability(plan, field) {
                Stability::Stays => true,
                Stability::Unknown => required != Required::Stays,
                Stability::Changes => required == Required::Nothing,
            };
            !is_ruled_out(field) && !announces_state(field) && !names_tool(plan.survey, field) && is_steady()
        })
    });
    found
}

fn from_fields(plan: &Plan<'_, '_>) -> (ProposedProperty, Option<ProposedProperty>) {
    let incidents = retain_safe(plan, plan.fitting(fit_incident), Required::MayStay);
    let all_hosts = retain_safe(plan, plan.fitting(fit_host), Required::Nothing);
    let mut hosts = retain_safe(plan, all_hosts.clone(), Required::MayStay);
    // A problem and a recovery that agree in nothing by which they could be paired are about different hosts.
    let stays = |(_, number): &(usize, usize)| {
        plan.field(*number).is_some_and(|field| stability(plan, field) == Stability::Stays)
    };
    let mut required = Required::MayStay;
    if hosts.is_empty() && !incidents.iter().any(stays) {
        hosts.clone_from(&all_hosts);
        required = Required::Nothing;
    }
    let is_name = |(_, number): &(usize, usize)| plan.field(*number).is_some_and(|field| !is_no_name(field));
    let mut all_checks = retain_safe(plan, plan.fitting(fit_check), Required::Nothing);
    all_checks.retain(is_name);
    let host_path = hosts.first().map(|(_, number)| plan.path(*number).to_owned());
    // `sysName` is a name of its object, as the host is; `name` alone may be that of the check.
    all_checks.retain(|&(score, number)| score < PART || !is_sibling_name(plan.path(number), host_path.as_deref()));
    let checks = retain_safe(plan, all_checks.clone(), required);
    // A word for a state, or a sentence, may be different in the recovery.
    let mut occurrences = safe_fields(plan, OCCURRENCE, Required::MayStay);
    occurrences.retain(|(_, number)| plan.field(*number).is_some_and(is_steady_word));
    let has_several = plan.survey.first_alerts.len() > 1;
    let mut titles = safe_fields(plan, TITLE, if has_several { Required::Stays } else { Required::MayStay });
    titles.retain(|(_, number)| plan.field(*number).is_some_and(|field| !is_unsteady_title(field)));
    let numbered = safe_fields(plan, NUMBERED, Required::Stays);
    let parts = safe_fields(plan, PARTS, Required::MayStay);
    let free = any_safe_fields(plan);
    let mut others = [&*all_checks, &*incidents, &*titles, &*occurrences, &*numbered, &*parts, &*free].concat();
    // A field of the alerts themselves distinguishes them better than one that they share.
    others.sort_by_key(|(_, number)| !plan.path(*number).starts_with("@alert."));
    let property = |name: &str, found: ScoredFields, good, basis, confidence| ProposedProperty {
        name: name.to_owned(),
        found,
        others: if name == "check" { [&*others, &*all_hosts].concat() } else { [&*all_hosts, &*others].concat() },
        good,
        basis,
        confidence,
    };
    let check = |host: usize| {
        let mut found = checks.clone();
        found.retain(|(_, number)| *number != host && !repeats(plan, *number, host));
        if found.is_empty() {
            found = [&*incidents, &*titles, &*occurrences, &*numbered, &*parts].concat();
        }
        // A field that distinguishes the alerts is better than one with a better name.
        let all = [&*found, &*incidents, &*titles, &*numbered, &*parts].concat();
        let is_enough = |(_, number): &&(usize, usize)| *number != host && distinguish(plan, &[host, *number]);
        if !found.iter().take(1).any(|first| is_enough(&first))
            && let Some(best) = all.iter().find(is_enough)
        {
            found.insert(0, *best);
        }
        found
    };
    if let Some(&(score, host)) = hosts.first() {
        let primary = property("host", hosts.clone(), HOSTS, ProposalBasis::Subject, confidence(score));
        let found = check(host);
        let confidence = found.first().map_or(Low, |(score, _)| confidence(*score));
        let is_incident = found.first().is_some_and(|first| incidents.contains(first) && !checks.contains(first));
        let basis = if is_incident { ProposalBasis::Incident } else { ProposalBasis::Check };
        let secondary = (!found.is_empty()).then(|| property("check", found, 0, basis, confidence));
        return (primary, secondary);
    }
    // Without a subject, what is wrong names the alert.
    let groups = [&checks, &incidents, &titles, &numbered];
    let found = groups.into_iter().find(|found| !found.is_empty()).cloned().unwrap_or_else(|| any_safe_fields(plan));
    let name = found.first().and_then(|(_, number)| plan.field(*number));
    let name = name.and_then(|field| legal_name(&super::tags::separate_words(&field.key)));
    let name =
        name.filter(|name| name != "check" && !super::tags::is_reserved(name)).unwrap_or_else(|| "host".to_owned());
    let first = found.first().copied();
    let found: ScoredFields = first.into_iter().collect();
    // Several alerts may have one title or rule; the identifier of the incident distinguishes them.
    let named = first.is_some_and(|first| titles.contains(&first) || checks.contains(&first));
    let secondary = if named { incidents } else { Vec::new() };
    let secondary = (!secondary.is_empty()).then(|| property("check", secondary, 0, ProposalBasis::Incident, Medium));
    (property(&name, found, 0, ProposalBasis::Closest, Low), secondary)
}

/// Whether a field has single words that are not states.
fn is_steady_word(field: &SurveyedField) -> bool {
    !is_unsteady_title(field) && field.values.iter().all(|value| !value.contains([' ', '.']))
}

/// Whether a field has the same value as another one in every alert.
fn repeats(plan: &Plan<'_, '_>, number: usize, other: usize) -> bool {
    plan.field(number).zip(plan.field(other)).is_some_and(|(field, other)| is_same(field, other))
}

/// The best field, equally good ones as spares, and those that have a value in alerts where it has none.
fn pick(plan: &Plan<'_, '_>, found: &[(usize, usize)], coverage: &mut AlertCoverage, good: usize) -> Vec<usize> {
    let mut picked = Vec::new();
    for &(score, number) in found {
        let Some(field) = plan.field(number).filter(|_| picked.len() < SOURCES) else {
            continue;
        };
        let same_object = |first: &usize| plan.field(*first).is_some_and(|first| first.parent == field.parent);
        let spare = score < good && picked.len() < SPARE && picked.first().is_some_and(same_object);
        if picked.is_empty() || spare || coverage.uncovered > 0 && coverage.gains(plan.survey, field) > 0 {
            coverage.add(plan.survey, field);
            picked.push(number);
        }
    }
    picked
}

/// Fields for a payload without known names: short texts that are safe.
fn any_safe_fields(plan: &Plan<'_, '_>) -> ScoredFields {
    let mut found = Vec::new();
    let holds_json = |field: &SurveyedField| field.holds_json || field.values.iter().any(|value| is_json(value));
    if plan.survey.fields.iter().any(holds_json) {
        // The alert is inside that text, where no path leads.
        return found;
    }
    for bare in [false, true] {
        for (number, field) in plan.survey.fields.iter().enumerate() {
            let fits = field.fits_tag(LONGEST)
                && !is_ruled_out(field)
                && !is_no_name(field)
                && !announces_state(field)
                && fit(&field.key, NUMBERED).is_none();
            let steady = stability(plan, field) != Stability::Changes && !is_unsteady_title(field);
            let is_free = plan.used.get(number) == Some(&false) && !found.iter().any(|(_, known)| *known == number);
            if found.len() < SOURCES && is_free && fits && steady && (bare || !field.is_unquoted) {
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

/// Whether a path ends in a longer name, such as `sysName`, next to the host.
fn is_sibling_name(path: &str, host: Option<&str>) -> bool {
    let parent = |path: &str| path.rsplit_once('.').map_or(String::new(), |(parent, _)| parent.to_owned());
    host.is_some_and(|host| parent(host) == parent(path)) && !is_whole(path, CHECK) && fit(path, "name").is_some()
}
