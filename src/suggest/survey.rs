//! One look over a payload: which fields it has, in how many alerts, and what can be made of their values.

use super::words::{self, fit};
use crate::evaluate::{is_list, items_of};
use crate::json::Kind;
use crate::json::key_index::KeyIndex;
use crate::json::members::Value;
use crate::json::pointer;
use crate::path::{ALERT_PREFIX, SourcePath};
use crate::time;

/// Most fields that are looked at, in the alerts and around them. No tool sends as many; a payload whose keys are data might.
const FIELDS: usize = 2_000;

/// Deepest objects whose fields are looked at.
const DEPTH: usize = 16;

/// Longest path that is proposed, in bytes.
const LONGEST_PATH: usize = 512;

/// Most arrays that may be the alerts.
const ARRAYS: usize = 16;

/// Most different values of a field that may tell the status.
const VALUES: usize = 20;

/// Longest value that may tell the status, in bytes.
const LONGEST_VALUE: usize = 64;

/// Texts up to this length, in bytes, are within every limit.
const SHORT: usize = 512;

/// Times before 2000 and after 2100, in epoch seconds, are none: a duration or a count reads as seconds after 1970.
pub(super) const PLAUSIBLE: core::ops::Range<i64> = 946_684_800..4_102_444_800;

/// A field, over all alerts.
#[derive(Default)]
pub(super) struct Field {
    /// The source path that names it.
    pub(super) path: String,
    /// The last key of it.
    pub(super) key: String,
    /// The number of the object that it is in; none at the top.
    pub(super) parent: Option<usize>,
    /// Where its first value stands.
    pub(super) pointer: String,
    /// It stands beside the array of alerts, and is the same for each of them.
    pub(super) around: bool,
    /// The alerts in which it has a value that a tag can have, in order.
    pub(super) alerts: Vec<u32>,
    /// Of each of these the number of its value; [`OTHER`] where the values are not kept.
    pub(super) values_of: Vec<u8>,
    /// Its different values, where it may tell the status.
    pub(super) values: Vec<String>,
    /// It has more or longer values than are kept.
    pub(super) many: bool,
    /// Some value is a number or a boolean.
    pub(super) bare: bool,
    /// Some value is a list.
    pub(super) list: bool,
    /// Some value is an object.
    pub(super) object: bool,
    /// Some value is a list of objects or lists, or nothing but white space: no tag should have it.
    pub(super) odd: bool,
    /// Characters of the longest value.
    pub(super) longest: usize,
    /// Items of the longest list.
    pub(super) items: usize,
    /// How well its name says that it is the time of the event.
    pub(super) time: Option<usize>,
    /// Some value reads as a time without a format.
    pub(super) readable: bool,
    /// Its first values that do not.
    pub(super) unread: Vec<String>,
    /// Its name says that it tells the status.
    status: bool,
    /// Something is in it that is not among the fields.
    pub(super) hidden: bool,
    /// Its path is spelled in two ways in one object, so that only one of them counts.
    pub(super) twice: bool,
    last: u32,
}

/// The number of a value that is not kept.
pub(super) const OTHER: u8 = u8::MAX;

impl Field {
    /// Whether a rule may name it: it has a value of its own in some alert.
    pub(super) fn is_usable(&self) -> bool {
        !self.twice && !self.object && !self.alerts.is_empty()
    }

    /// Whether all its values read as a time.
    pub(super) fn is_time(&self) -> bool {
        self.readable && self.unread.is_empty()
    }

    /// Whether its values are within BigPanda's limits for tags, as far as they were seen.
    pub(super) fn is_tame(&self, longest: usize) -> bool {
        self.is_usable() && !self.odd && self.longest <= longest && self.items <= 30
    }
}

/// An array whose elements may be the alerts.
pub(super) struct Array<'t> {
    /// The number of its field.
    pub(super) field: usize,
    pub(super) value: Value<'t>,
}

/// What was seen.
#[derive(Default)]
pub(super) struct Survey<'t> {
    pub(super) fields: Vec<Field>,
    pub(super) arrays: Vec<Array<'t>>,
    /// How many alerts were looked at.
    pub(super) alerts: usize,
    numbers: KeyIndex,
    /// Most fields at present.
    most: usize,
    /// What is looked at are elements of an array.
    in_alerts: bool,
    path: String,
    pointer: String,
}

impl<'t> Survey<'t> {
    /// Looks at a payload that is one alert, or stands around the alerts.
    pub(super) fn payload(&mut self, payload: &Value<'t>, pointer: &str) {
        self.most = FIELDS;
        self.object(payload, pointer);
    }

    /// Looks at the elements of the array of alerts, at most so many. What was looked at before stands around them.
    pub(super) fn elements(&mut self, array: &Value<'t>, most: usize, pointer: &str) {
        self.fields.iter_mut().for_each(|field| field.around = true);
        self.in_alerts = true;
        self.most = self.fields.len() + FIELDS;
        self.alerts = 0;
        ALERT_PREFIX.clone_into(&mut self.path);
        for (number, element) in array.items().take(most).enumerate() {
            self.object(&element, &pointer::index(pointer, number));
        }
    }
    fn object(&mut self, object: &Value<'t>, pointer: &str) {
        pointer.clone_into(&mut self.pointer);
        self.alerts += 1;
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
                parent.hidden = true;
            }
            self.path.truncate(path);
            self.pointer.truncate(pointer);
        }
    }

    /// The number of the field that is being looked at, unless it has no path or is one too many.
    fn field(&mut self, key: &str, parent: Option<usize>) -> Option<usize> {
        let alert = self.alerts as u32;
        let number = self.numbers.get(&self.path).unwrap_or(self.fields.len());
        if let Some(field) = self.fields.get_mut(number) {
            field.twice |= field.last == alert;
            field.last = alert;
            return Some(number);
        }
        // A key of the payload that reads as the prefix names nothing.
        let prefixed = self.path.starts_with(ALERT_PREFIX) && !self.in_alerts;
        if number >= self.most || prefixed || SourcePath::parse(&self.path).is_err() {
            return None;
        }
        self.numbers.number(&self.path, number);
        self.fields.push(Field {
            path: self.path.clone(),
            key: key.to_owned(),
            parent,
            pointer: self.pointer.clone(),
            time: if fit(&self.path, words::NO_TIME).is_some() { None } else { fit(&self.path, words::TIME) },
            status: fit(&self.path, words::STATE).or(fit(&self.path, words::SEVERITY)).is_some(),
            last: alert,
            ..Field::default()
        });
        Some(number)
    }
    fn value(&mut self, number: usize, value: &Value<'t>, depth: usize) {
        let alert = self.alerts as u32 - 1;
        let Some(field) = self.fields.get_mut(number).filter(|_| value.is_populated()) else {
            return;
        };
        if field.alerts.is_empty() && !field.object {
            self.pointer.clone_into(&mut field.pointer);
        }
        match value.kind {
            Kind::Object => {
                field.object = true;
                if depth + 1 < DEPTH {
                    self.members(value, Some(number), depth + 1);
                }
            }
            Kind::Array if !is_list(value) => {
                field.object = true;
                if !self.in_alerts && self.arrays.len() < ARRAYS {
                    self.arrays.push(Array { field: number, value: *value });
                }
            }
            Kind::Array => {
                field.list = true;
                let mut items = 0;
                for item in items_of(value) {
                    items += 1;
                    field.measure(&item);
                }
                field.items = field.items.max(items);
                field.add(alert, None);
            }
            _ => {
                field.bare |= value.kind != Kind::String;
                field.measure(value);
                let text = value.text();
                field.odd |= text.trim_start().is_empty();
                field.add(alert, Some(&*text).filter(|text| text.len() <= LONGEST_VALUE));
            }
        }
    }
}

impl Field {
    fn measure(&mut self, value: &Value<'_>) {
        let bytes = value.end - value.start;
        if bytes <= self.longest {
            return;
        }
        // No text has more characters than bytes, and whether a short one has fewer is of no interest.
        self.longest = if bytes <= SHORT { bytes } else { self.longest.max(value.text().chars().count()) };
    }

    /// Notes a value in an alert; as text where it is short and no list.
    fn add(&mut self, alert: u32, text: Option<&str>) {
        self.alerts.push(alert);
        if self.status {
            let known = text.and_then(|text| self.values.iter().position(|known| known == text));
            let number = match (known, text) {
                (Some(known), _) => known as u8,
                (None, Some(text)) if self.values.len() < VALUES => {
                    self.values.push(text.to_owned());
                    self.values.len() as u8 - 1
                }
                _ => OTHER,
            };
            self.many |= number == OTHER;
            self.values_of.push(number);
        }
        if self.time.is_some() {
            let read = text.and_then(|text| time::read(text.as_bytes(), None));
            if read.is_some_and(|(seconds, _)| PLAUSIBLE.contains(&seconds)) {
                self.readable = true;
            } else if self.unread.len() < VALUES {
                self.unread.push(text.unwrap_or_default().to_owned());
            }
        }
    }
}
