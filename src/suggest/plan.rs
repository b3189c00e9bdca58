//! The proposal so far: the configuration as JSON text, the reasons, and the fields that are used.

use super::evidence::State;
use super::names::{PART, fit};
use super::survey::{Survey, SurveyedField};
use super::{Confidence, Reason};
use crate::json::escape::quote;
use crate::json::pointer;

/// Penalty of a field that is the same for all alerts.
pub(super) const OUTER_PENALTY: usize = 30;

/// Penalty for each object that a field is in.
const DEPTH_PENALTY: usize = 4;

/// Penalties of a number or boolean, and of a list, where a name is wanted.
pub(super) const UNQUOTED_PENALTY: usize = 40;
const LIST_PENALTY: usize = 5;

/// Longest value that a proposed tag has in the sample, in characters.
pub(super) const LONGEST: usize = 512;

/// Most alternatives that a reason names.
const ALTERNATIVES: usize = 5;

/// The proposal so far.
pub(super) struct Plan<'s, 't> {
    pub(super) survey: &'s Survey<'t>,
    /// Fields that a rule takes, by their numbers.
    pub(super) used: Vec<bool>,
    pub(super) reasons: Vec<Reason>,
    /// Whether each alert is a problem, once the status rule is there.
    pub(super) states: Vec<State>,
    /// The configuration as compact JSON text, without the brace at its end.
    pub(super) config: Vec<u8>,
}

impl<'s, 't> Plan<'s, 't> {
    pub(super) fn new(survey: &'s Survey<'t>) -> Plan<'s, 't> {
        Plan {
            survey,
            used: vec![false; survey.fields.len()],
            reasons: Vec::new(),
            states: Vec::new(),
            config: b"{".to_vec(),
        }
    }

    pub(super) fn field(&self, number: usize) -> Option<&'s SurveyedField> {
        self.survey.fields.get(number)
    }

    /// The path of a field.
    pub(super) fn path(&self, number: usize) -> &'s str {
        self.field(number).map_or("", |field| &field.path)
    }

    /// In how many objects of the alert a field is.
    fn depth(&self, number: usize) -> usize {
        let mut depth = 0;
        let mut at = self.field(number).and_then(|field| field.parent);
        while let Some(parent) = at {
            depth += 1;
            at = self.field(parent).and_then(|field| field.parent);
        }
        depth
    }

    /// The numbers of the fields at these paths that have a value in the sample, so that a rule can use them.
    pub(super) fn populated(&self, paths: &[&str]) -> Vec<usize> {
        let number = |path: &&str| {
            let number = self.survey.number(path)?;
            self.field(number).filter(|field| field.is_usable()).map(|_| number)
        };
        paths.iter().filter_map(number).collect()
    }

    pub(super) fn take(&mut self, number: usize) {
        if let Some(used) = self.used.get_mut(number) {
            *used = true;
        }
    }

    /// Fields with one of the names whose values fit a tag, best first. Each has a score; less is better.
    pub(super) fn named(&self, names: &str) -> Vec<(usize, usize)> {
        self.fitting(|path| fit(path, names))
    }

    /// As [`Plan::named`], with another way to match paths.
    pub(super) fn fitting(&self, fit: impl Fn(&str) -> Option<usize>) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (number, field) in self.survey.fields.iter().enumerate() {
            let is_free = field.fits_tag(LONGEST) && !field.is_time() && self.used.get(number) == Some(&false);
            if let Some(fit) = fit(&field.path).filter(|_| is_free) {
                let extra = [
                    (field.is_outer, OUTER_PENALTY),
                    (field.is_unquoted, UNQUOTED_PENALTY),
                    (field.is_list, LIST_PENALTY),
                ];
                let depth = DEPTH_PENALTY * self.depth(number);
                found.push((
                    fit + depth + extra.iter().map(|(is, more)| if *is { *more } else { 0 }).sum::<usize>(),
                    number,
                ));
            }
        }
        found.sort_by_key(|(score, _)| *score);
        found
    }

    /// Adds the reason for a choice.
    pub(super) fn add_reason(
        &mut self,
        pointer: &str,
        choice: &str,
        field: Option<usize>,
        confidence: Confidence,
        message: impl Into<String>,
    ) {
        self.reasons.push(Reason {
            pointer: pointer.to_owned(),
            choice: choice.to_owned(),
            message: message.into(),
            payload_pointer: field.and_then(|number| self.field(number)).map(|field| field.pointer.clone()),
            confidence,
            alternatives: Vec::new(),
        });
    }

    /// Adds a note about a part of the body.
    pub(super) fn note(&mut self, pointer: &str, message: &str) {
        self.reasons.push(Reason::note(pointer, message));
    }

    /// Names other fields that could have been chosen, in the last reason: those that were found, except the chosen ones.
    pub(super) fn add_alternatives(&mut self, found: &[(usize, usize)], chosen: &[usize]) {
        let mut paths = Vec::new();
        for (_, number) in found {
            let path = self.path(*number);
            if paths.len() < ALTERNATIVES && !chosen.contains(number) && !paths.iter().any(|known| known == path) {
                paths.push(path.to_owned());
            }
        }
        if let Some(reason) = self.reasons.last_mut() {
            reason.alternatives = paths;
        }
    }

    /// Writes a key of the object that was opened last, after a comma where one is needed.
    pub(super) fn key(&mut self, key: &str) {
        if self.config.last() != Some(&b'{') {
            self.config.push(b',');
        }
        quote(key, &mut self.config);
        self.config.push(b':');
    }

    /// Writes a member that is a text.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        quote(text, &mut self.config);
    }

    /// Writes a member that is a list of texts.
    pub(super) fn list<T: AsRef<str>>(&mut self, key: &str, texts: &[T]) {
        self.key(key);
        self.config.push(b'[');
        for (place, text) in texts.iter().enumerate() {
            if place > 0 {
                self.config.push(b',');
            }
            quote(text.as_ref(), &mut self.config);
        }
        self.config.push(b']');
    }

    /// Writes the sources of a rule, which takes their fields.
    pub(super) fn sources(&mut self, numbers: &[usize]) {
        numbers.iter().for_each(|number| self.take(*number));
        let paths: Vec<&str> = numbers.iter().map(|number| self.path(*number)).collect();
        self.list("source", &paths);
    }

    pub(super) fn literal(&mut self, json: &str) {
        self.config.extend_from_slice(json.as_bytes());
    }
}

/// How certain a choice with a score is.
pub(super) fn confidence(score: usize) -> Confidence {
    match score {
        ..PART => Confidence::High,
        _ if score < PART + OUTER_PENALTY => Confidence::Medium,
        _ => Confidence::Low,
    }
}

/// Which alerts have a value.
pub(super) struct AlertCoverage {
    has: Vec<bool>,
    /// How many have none.
    pub(super) uncovered: usize,
}

impl AlertCoverage {
    pub(super) fn new(alerts: usize) -> AlertCoverage {
        AlertCoverage { has: vec![false; alerts], uncovered: alerts }
    }

    /// How many of these alerts have no value so far.
    pub(super) fn gain(&self, alerts: &mut dyn Iterator<Item = u32>) -> usize {
        alerts.filter(|alert| self.has.get(*alert as usize) == Some(&false)).count()
    }

    /// These alerts have a value from now on.
    pub(super) fn mark(&mut self, alerts: &mut dyn Iterator<Item = u32>) {
        for alert in alerts {
            if let Some(has) = self.has.get_mut(alert as usize) {
                *has = true;
            }
        }
        self.uncovered = self.has.iter().filter(|has| !**has).count();
    }

    /// How many alerts without a value have one by this field.
    pub(super) fn gains(&self, survey: &Survey<'_>, field: &SurveyedField) -> usize {
        self.gain(&mut survey.alerts_with(field, &field.alerts).into_iter())
    }

    /// The alerts with this field have a value from now on.
    pub(super) fn add(&mut self, survey: &Survey<'_>, field: &SurveyedField) {
        self.mark(&mut survey.alerts_with(field, &field.alerts).into_iter());
    }
}

/// The pointer to a rule in a list.
pub(super) fn nth(list: &str, number: usize) -> String {
    pointer::index(list, number)
}
