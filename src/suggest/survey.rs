//! Surveys payloads: their fields, the alerts that have them, and their values.

use super::evidence::is_json;
use super::names::{self, fit};
use crate::evaluate::{is_list, items_of};
use crate::json::Kind;
use crate::json::key_index::KeyIndex;
use crate::json::members::Value;
use crate::json::pointer;
use crate::path::{ALERT_PREFIX, SourcePath};
use crate::time::{self, PLAUSIBLE};

/// Most fields that are looked at, in the alerts and the outer payload. No tool sends as many; a payload whose keys are data might.
const FIELDS: usize = 2_000;

/// Deepest objects whose fields are looked at.
const DEPTH: usize = 16;

/// Longest path that is proposed, in bytes.
const LONGEST_PATH: usize = 512;

/// Most arrays that may be the alerts.
const ARRAYS: usize = 16;

/// Most different values of a field that are kept.
const VALUES: usize = 20;

/// Longest value that is kept, in bytes.
const LONGEST_VALUE: usize = 256;

/// The score of a time whose name says nothing.
const UNNAMED_TIME: usize = 80;

/// Texts up to this length, in bytes, are within every limit.
const SHORT: usize = 512;

/// A field, over all alerts.
#[derive(Default)]
pub(super) struct SurveyedField {
    /// The source path that names it.
    pub(super) path: String,
    /// The last key of it.
    pub(super) key: String,
    /// The number of the object that it is in; none at the top.
    pub(super) parent: Option<usize>,
    /// Where its first value stands.
    pub(super) pointer: String,
    /// It is in the outer payload, and is the same for all alerts of a payload.
    pub(super) is_outer: bool,
    /// It has a value in the first payload, which becomes the sample.
    pub(super) in_sample: bool,
    /// The alerts in which it has a value that a tag can have, in order; of a field of the outer payload the payloads.
    pub(super) alerts: Vec<u32>,
    /// Of each of these the number of its value; [`OTHER`] where the value is not kept.
    pub(super) values_of: Vec<u8>,
    /// Its first different values.
    pub(super) values: Vec<String>,
    /// It has more or longer values than are kept.
    pub(super) has_more_values: bool,
    /// Some value is a number or a boolean.
    pub(super) is_unquoted: bool,
    /// Some value is a list.
    pub(super) is_list: bool,
    /// Some value is an object.
    pub(super) is_object: bool,
    /// Some value is a list of objects or lists, or only white space, so it does not suit a tag.
    pub(super) is_unsuitable: bool,
    /// Characters of the longest value.
    pub(super) longest: usize,
    /// Items of the longest list.
    pub(super) items: usize,
    /// How well its name says that it is the time of the event.
    pub(super) time: Option<usize>,
    /// Its first value is a text that holds JSON.
    pub(super) holds_json: bool,
    /// Its name says that it is the time of something else.
    not_time: bool,
    /// Some value reads as a time without a format.
    pub(super) readable: bool,
    /// Its first values that do not.
    pub(super) unread: Vec<String>,
    /// It contains something that is not among the fields.
    pub(super) has_hidden_fields: bool,
    /// Its path is spelled in two ways in one object, so that only one of them counts.
    pub(super) is_ambiguous: bool,
    last: u32,
}

/// The number of a value that is not kept.
pub(super) const OTHER: u8 = u8::MAX;

impl SurveyedField {
    /// Whether a rule may name it: it has a value of its own in some alert.
    pub(super) fn is_usable(&self) -> bool {
        !self.is_ambiguous && !self.is_object && self.in_sample
    }

    /// Whether all its values read as a time.
    pub(super) fn is_time(&self) -> bool {
        self.readable && self.unread.is_empty()
    }

    /// Whether its values are within BigPanda's limits for tags, as far as they were seen.
    pub(super) fn fits_tag(&self, longest: usize) -> bool {
        self.is_usable() && !self.is_unsuitable && self.longest <= longest && self.items <= 30
    }
}

/// An array whose elements may be the alerts.
pub(super) struct ArrayField<'t> {
    /// The number of its field.
    pub(super) field: usize,
    pub(super) value: Value<'t>,
}

/// The fields of some payloads.
#[derive(Default)]
pub(super) struct Survey<'t> {
    pub(super) fields: Vec<SurveyedField>,
    pub(super) arrays: Vec<ArrayField<'t>>,
    /// How many alerts were looked at, in all payloads.
    pub(super) alerts: usize,
    /// The number of the first alert of each payload.
    pub(super) first_alerts: Vec<u32>,
    numbers: KeyIndex,
    /// How many objects were looked at.
    objects: u32,
    /// The alert or payload that is being looked at.
    owner: u32,
    /// Most fields at present.
    most: usize,
    /// What is looked at are elements of an array.
    in_alerts: bool,
    path: String,
    pointer: String,
}

impl<'t> Survey<'t> {
    /// Reads the first payload, as one alert or as the outer payload.
    pub(super) fn payload(&mut self, payload: &Value<'t>, pointer: &str) {
        self.most = FIELDS;
        self.first_alerts = vec![0];
        self.object(payload, pointer, 0);
        self.alerts = 1;
    }

    /// Looks at the elements of the array of alerts of the first payload, at most so many. What was looked at before is
    /// the outer payload.
    pub(super) fn elements(&mut self, array: &Value<'t>, most: usize, pointer: &str) {
        self.fields.iter_mut().for_each(|field| field.is_outer = true);
        self.most = self.fields.len() + FIELDS;
        self.first_alerts = vec![0];
        self.alerts = 0;
        self.array_elements(array, most, pointer);
    }

    /// Looks at one more payload that is one alert.
    pub(super) fn another_alert(&mut self, payload: &Value<'t>) {
        self.first_alerts.push(self.alerts as u32);
        self.object(payload, "", self.alerts as u32);
        self.alerts += 1;
    }

    /// Looks at one more payload with an array of alerts. `outer` is the payload where that is an object.
    pub(super) fn another_array(&mut self, outer: Option<&Value<'t>>, array: &Value<'t>) {
        let payload = self.first_alerts.len() as u32;
        self.first_alerts.push(self.alerts as u32);
        if let Some(outer) = outer {
            self.in_alerts = false;
            self.path.clear();
            let known = self.fields.len();
            self.object(outer, "", payload);
            self.fields.iter_mut().skip(known).for_each(|field| field.is_outer = true);
        }
        self.array_elements(array, usize::MAX, "");
    }

    fn array_elements(&mut self, array: &Value<'t>, most: usize, pointer: &str) {
        self.in_alerts = true;
        ALERT_PREFIX.clone_into(&mut self.path);
        for (number, element) in array.items().take(most).enumerate() {
            self.object(&element, &pointer::index(pointer, number), self.alerts as u32);
            self.alerts += 1;
        }
    }

    /// The field of a path.
    pub(super) fn find(&self, path: &str) -> Option<&SurveyedField> {
        self.fields.get(self.numbers.get(path)?)
    }

    /// The number of the field of a path.
    pub(super) fn number(&self, path: &str) -> Option<usize> {
        self.numbers.get(path)
    }

    /// The array of objects at a path.
    pub(super) fn array(&self, path: &str) -> Option<&ArrayField<'t>> {
        let number = self.numbers.get(path)?;
        self.arrays.iter().find(|array| array.field == number)
    }

    /// The alerts of a payload, by its number.
    pub(super) fn alerts_of(&self, payload: u32) -> core::ops::Range<u32> {
        let at = |payload: usize| self.first_alerts.get(payload).copied().unwrap_or(self.alerts as u32);
        at(payload as usize)..at(payload as usize + 1)
    }

    /// The alerts that a field has a value in, where `owners` are some of its [`SurveyedField::alerts`].
    pub(super) fn alerts_with(&self, field: &SurveyedField, owners: &[u32]) -> Vec<u32> {
        if !field.is_outer {
            return owners.to_vec();
        }
        owners.iter().flat_map(|payload| self.alerts_of(*payload)).collect()
    }

    /// Looks at an object whose values count for an alert, or of the outer payload for a payload.
    fn object(&mut self, object: &Value<'t>, pointer: &str, owner: u32) {
        pointer.clone_into(&mut self.pointer);
        self.objects += 1;
        self.owner = owner;
        self.members(object, None, 0);
    }
    fn members(&mut self, object: &Value<'t>, parent: Option<usize>, depth: usize) {
        let (path, pointer) = (self.path.len(), self.pointer.len());
        for member in object.unique_members(&mut |_| ()) {
            let key = member.key.text();
            let mut number = None;
            if path + key.len() <= LONGEST_PATH {
                if depth > 0 {
                    self.path.push('.');
                }
                self.path.push_str(&key);
                pointer::push_key(&mut self.pointer, &key);
                number = self.field(&key, parent);
            }
            if let Some(number) = number {
                self.value(number, &member.value, depth);
            } else if let Some(parent) = parent.and_then(|parent| self.fields.get_mut(parent)) {
                parent.has_hidden_fields = true;
            }
            self.path.truncate(path);
            self.pointer.truncate(pointer);
        }
    }

    /// The number of the field that is being looked at, unless it has no path or is one too many.
    fn field(&mut self, key: &str, parent: Option<usize>) -> Option<usize> {
        let alert = self.objects;
        let number = self.numbers.get(&self.path).unwrap_or(self.fields.len());
        if let Some(field) = self.fields.get_mut(number) {
            field.is_ambiguous |= field.last == alert;
            field.last = alert;
            return Some(number);
        }
        // A key of the payload that reads as the prefix names nothing.
        let prefixed = self.path.starts_with(ALERT_PREFIX) && !self.in_alerts;
        if number >= self.most || prefixed || SourcePath::parse(&self.path).is_err() {
            return None;
        }
        self.numbers.get_or_insert(&self.path, number);
        let not_time = fit(&self.path, names::NO_TIME).is_some();
        self.fields.push(SurveyedField {
            path: self.path.clone(),
            key: key.to_owned(),
            parent,
            pointer: self.pointer.clone(),
            time: if not_time { None } else { names::fit_time(&self.path) },
            not_time,
            last: alert,
            ..SurveyedField::default()
        });
        Some(number)
    }
    fn value(&mut self, number: usize, value: &Value<'t>, depth: usize) {
        let (owner, is_sample) = (self.owner, self.first_alerts.len() == 1);
        let Some(field) = self.fields.get_mut(number).filter(|_| value.is_populated()) else {
            return;
        };
        field.in_sample |= is_sample && value.kind != Kind::Object;
        if is_sample && field.alerts.is_empty() && !field.is_object {
            self.pointer.clone_into(&mut field.pointer);
        }
        match value.kind {
            Kind::Object => {
                field.is_object = true;
                if depth + 1 < DEPTH {
                    self.members(value, Some(number), depth + 1);
                }
            }
            Kind::Array if !is_list(value) => {
                field.is_object = true;
                if is_sample && !self.in_alerts && self.arrays.len() < ARRAYS {
                    self.arrays.push(ArrayField { field: number, value: *value });
                }
            }
            Kind::Array => {
                field.is_list = true;
                let mut items = 0;
                for item in items_of(value) {
                    items += 1;
                    field.measure(&item);
                }
                field.items = field.items.max(items);
                let text = core::str::from_utf8(value.raw()).ok();
                field.add(owner, text.filter(|text| text.len() <= LONGEST_VALUE), false);
            }
            _ => {
                field.is_unquoted |= value.kind != Kind::String;
                field.measure(value);
                let text = value.text();
                field.is_unsuitable |= text.trim_start().is_empty();
                field.holds_json |= field.alerts.is_empty() && is_json(&text);
                let is_text = value.kind == Kind::String;
                field.add(owner, Some(&*text).filter(|text| text.len() <= LONGEST_VALUE), is_text);
            }
        }
    }
}

impl SurveyedField {
    fn measure(&mut self, value: &Value<'_>) {
        let bytes = value.end - value.start;
        if bytes <= self.longest {
            return;
        }
        // No text has more characters than bytes, and whether a short one has fewer is of no interest.
        self.longest = if bytes <= SHORT { bytes } else { self.longest.max(value.text().chars().count()) };
    }

    /// Notes a value of an alert, or of a payload; `None` where it is too long to be kept.
    fn add(&mut self, owner: u32, value: Option<&str>, is_text: bool) {
        let is_first = self.alerts.is_empty();
        self.alerts.push(owner);
        let known = value.and_then(|value| self.values.iter().position(|known| known == value));
        let number = match (known, value) {
            (Some(known), _) => known as u8,
            (None, Some(value)) if self.values.len() < VALUES => {
                self.values.push(value.to_owned());
                self.values.len() as u8 - 1
            }
            _ => OTHER,
        };
        self.has_more_values |= number == OTHER;
        self.values_of.push(number);
        let could_be_time = |value: &&str| is_text && (12..=40).contains(&value.len()) && looks_like_time(value);
        if is_first && self.time.is_none() && !self.not_time && value.filter(could_be_time).is_some() {
            self.time = Some(UNNAMED_TIME);
        }
        if self.time.is_some() && !self.is_list {
            let read = value.and_then(|text| time::read(text.as_bytes(), None));
            if read.is_some_and(|(seconds, _)| PLAUSIBLE.contains(&seconds)) {
                self.readable = true;
            } else if self.unread.len() < VALUES {
                self.unread.push(value.unwrap_or_default().to_owned());
            }
        }
    }
}

/// Whether a text that no name explains is a date with a time: digits alone might be anything.
fn looks_like_time(text: &str) -> bool {
    text.contains(':') && time::read(text.as_bytes(), None).is_some()
}
