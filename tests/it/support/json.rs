//! A JSON value that keeps the order of members, because the order of tags is part of an answer.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

/// Ordered JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub fn parse(text: &[u8]) -> Json {
        serde_json::from_slice(text).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(text)))
    }

    pub fn of(value: &impl Serialize) -> Json {
        Json::parse(&serde_json::to_vec(value).unwrap())
    }

    pub fn pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap()
    }

    /// A member, `Null` where there is none.
    pub fn get(&self, key: &str) -> &Json {
        let Json::Object(members) = self else { return &Json::Null };
        members.iter().find(|(k, _)| k == key).map_or(&Json::Null, |(_, value)| value)
    }

    pub fn items(&self) -> &[Json] {
        if let Json::Array(items) = self { items } else { &[] }
    }

    pub fn text(&self) -> Option<&str> {
        if let Json::String(text) = self { Some(text) } else { None }
    }

    pub fn number(&self) -> Option<f64> {
        if let Json::Number(number) = self { Some(*number) } else { None }
    }

    /// Each item changed; anything but an array stays as it is, so that a wrong type shows.
    pub fn each(&self, change: impl FnMut(&Json) -> Json) -> Json {
        if let Json::Array(items) = self { Json::Array(items.iter().map(change).collect()) } else { self.clone() }
    }

    /// The object with these members only.
    pub fn only(&self, keys: &[&str]) -> Json {
        let kept = keys.iter().map(|key| ((*key).to_owned(), self.get(key).clone()));
        if let Json::Object(_) = self { Json::Object(kept.collect()) } else { self.clone() }
    }

    /// The part that `model` speaks of: of objects only its members, in its order.
    pub fn like(&self, model: &Json) -> Json {
        match (self, model) {
            (Json::Object(_), Json::Object(members)) => {
                Json::Object(members.iter().map(|(key, model)| (key.clone(), self.get(key).like(model))).collect())
            }
            (Json::Array(items), Json::Array(models)) => {
                let models = models.iter().chain(std::iter::repeat(&Json::Null));
                Json::Array(items.iter().zip(models).map(|(item, model)| item.like(model)).collect())
            }
            _ => self.clone(),
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Bool(value) => serializer.serialize_bool(*value),
            Json::Number(value) if value.fract() == 0.0 => serializer.serialize_i64(*value as i64),
            Json::Number(value) => serializer.serialize_f64(*value),
            Json::String(value) => serializer.serialize_str(value),
            Json::Array(items) => items.serialize(serializer),
            Json::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }
}
