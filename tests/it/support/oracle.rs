//! The rules of a configuration once more: slow and obvious, to judge the engine.
//!
//! Reads whole values instead of places in a text, and finds a path by trying every way to spell it.

use super::filter_oracle;
use super::json::Json;
use super::raw_json::{Is, Value};
use super::timestamp;

/// What becomes of a payload.
#[derive(Default)]
pub struct Outcomes {
    pub alerts: Vec<Json>,
    /// Index, code and pointer of each.
    pub rejected: Vec<Json>,
    /// Pointers to what has an effect that is not simulated.
    pub not_simulated: Vec<String>,
}

/// What becomes of a payload. `map_rest` overrides what the configuration says of remaining fields.
pub fn process(body: &Value, payload: &Value, received_at_ms: f64, map_rest: Option<bool>) -> Outcomes {
    let bare = body.get("config").is_none() && body.get("sample_payload").is_none();
    let config = if bare { body } else { body.get("config").unwrap() };
    let is_true = |key: &str| config.get(key).is_some_and(Value::is_true);
    let (is_array, map_rest) = (is_true("is_array"), map_rest.unwrap_or(is_true("map_remaining")));
    let Outcomes { mut alerts, mut rejected, .. } = Outcomes::default();
    let [mut has_unknown, mut has_array] = [false; 2];
    match elements(config, payload, is_array) {
        Err(rejection) => rejected.push(rejection),
        Ok(elements) => {
            for (index, (pointer, alert)) in elements.into_iter().enumerate() {
                let scene = Scene { config, payload, alert, is_array, received_at_ms, map_rest };
                has_unknown |= alert.is_object() && scene.filter().is_none();
                has_array |= alert.is_object() && scene.filter() != Some(true) && scene.has_remaining_array();
                match scene.result(index) {
                    Ok(alert) => alerts.push(alert),
                    Err(code) => rejected.push(rejection(Json::Number(index as f64), code, &pointer)),
                }
            }
        }
    }
    let flattening =
        ["map_remaining_flatten_array", "map_remaining_flatten_arrays"].into_iter().find(|key| is_true(key));
    let preprocessing = config.get("preprocessing").filter(|list| !list.items().is_empty()).map(|_| "preprocessing");
    let found = [preprocessing, has_unknown.then_some("event_filter"), flattening.filter(|_| has_array)];
    let at = if bare { "" } else { "/config" };
    let not_simulated = found.into_iter().flatten().map(|key| format!("{at}/{key}")).collect();
    Outcomes { alerts, rejected, not_simulated }
}

fn rejection(index: Json, code: &str, pointer: &str) -> Json {
    object([("index", index), ("code", string(code)), ("pointer", string(pointer))])
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.map(|(key, value)| (key.to_owned(), value)).into())
}

fn string(text: &str) -> Json {
    Json::String(text.to_owned())
}

/// The would-be alerts and where they are.
fn elements<'v>(config: &Value, payload: &'v Value, is_array: bool) -> Result<Vec<(String, &'v Value)>, Json> {
    if !is_array {
        return Ok(vec![(String::new(), payload)]);
    }
    let source = config.get("array_source").and_then(Value::string).unwrap();
    let found = if source.is_empty() { Some((Vec::new(), payload)) } else { find(payload, &split(source)) };
    let Some((keys, found)) = found else {
        return Err(rejection(Json::Null, "array-source-missing", ""));
    };
    let at: String = keys.iter().map(|key| format!("/{}", key.replace('~', "~0").replace('/', "~1"))).collect();
    let Is::Array(items) = &found.is else {
        return Err(rejection(Json::Null, "array-source-not-array", &at));
    };
    Ok(items.iter().enumerate().map(|(i, item)| (format!("{at}/{i}"), item)).collect())
}

fn split(path: &str) -> Vec<&str> {
    path.split('.').collect()
}

/// The value whose keys, joined with dots, spell the path, and these keys. Short keys are tried first, so the more
/// nested one wins.
fn find<'v>(value: &'v Value, path: &[&str]) -> Option<(Vec<String>, &'v Value)> {
    if path.is_empty() {
        return Some((Vec::new(), value));
    }
    (1..=path.len()).find_map(|n| {
        let key = path[..n].join(".");
        let (mut keys, found) = find(value.get(&key)?, &path[n..])?;
        keys.insert(0, key);
        Some((keys, found))
    })
}

fn is_populated(value: &Value) -> bool {
    match &value.is {
        Is::Null => false,
        Is::Bool(_) | Is::Number => true,
        Is::String(text) => !text.is_empty(),
        Is::Array(items) => items.iter().any(|item| item.is != Is::Null),
        Is::Object(members) => !members.is_empty(),
    }
}

fn tag_value(value: &Value) -> Json {
    match value.list() {
        Some(list) => Json::Array(list.into_iter().map(Json::String).collect()),
        None => Json::String(value.text()),
    }
}

fn strings<'v>(rule: &'v Value, key: &str) -> Vec<&'v str> {
    rule.get(key).map(|list| list.items().iter().filter_map(Value::string).collect()).unwrap_or_default()
}

/// How strongly a tag holds its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    Explicit,
    Flattened,
    Additional,
}

struct Tag {
    claim: Claim,
    name: String,
    value: Json,
    is_array: bool,
}

/// What a tag rule comes to.
enum Outcome<'v> {
    Nothing,
    Tag(String, Json),
    Flat(&'v Value),
}

/// One alert with all that its rules may look at.
struct Scene<'v> {
    config: &'v Value,
    payload: &'v Value,
    alert: &'v Value,
    is_array: bool,
    received_at_ms: f64,
    map_rest: bool,
}

impl<'v> Scene<'v> {
    fn result(&self, index: usize) -> Result<Json, &'static str> {
        if !self.alert.is_object() {
            return Err("alert-not-object");
        }
        if self.filter() == Some(true) {
            return Err("event-filtered");
        }
        let time = self.time();
        let tags = self.tags(time);
        let value_of = |name: &str| tags.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
        let name_of = |property: &str| {
            let property = self.config.get(property)?;
            if let Is::Array(names) = &property.is {
                // Version 2: the first that the alert has.
                let mut names = names.iter().filter_map(|tag| tag.get("name")).filter_map(Value::string);
                return names.find(|name| value_of(name).is_some()).map(str::to_owned);
            }
            match self.outcome(property) {
                Outcome::Tag(name, _) => Some(name),
                _ => None,
            }
        };
        let Some(primary) = name_of("primary_property") else {
            return Err("primary-empty");
        };
        let secondary = name_of("secondary_property");
        let mut identifier: Vec<Json> =
            strings(self.config, "incident_identifier").into_iter().filter_map(&value_of).collect();
        if identifier.is_empty() {
            identifier =
                [Some(&primary), secondary.as_ref()].into_iter().flatten().filter_map(|n| value_of(n)).collect();
        }
        Ok(object([
            ("index", Json::Number(index as f64)),
            ("status", Json::String(self.status())),
            ("timestamp", Json::Number(time as f64)),
            ("primary_property", Json::String(primary)),
            ("secondary_property", secondary.map_or(Json::Null, Json::String)),
            ("incident_identifier", Json::Array(identifier)),
            ("tags", Json::Object(tags)),
        ]))
    }

    /// Whether the filter drops the alert; `None` where that depends on a regular expression.
    fn filter(&self) -> Option<bool> {
        let Some(filter) = self.config.get("event_filter").and_then(Value::string) else { return Some(false) };
        filter_oracle::matches(filter, &|field| match self.at(field).map(|value| (&value.is, value)) {
            None | Some((Is::Null, _)) => Vec::new(),
            Some((Is::Array(items), _)) => items.iter().filter(|item| item.is != Is::Null).map(Value::text).collect(),
            Some((_, value)) => vec![value.text()],
        })
    }

    /// Whether an array is among the fields that no rule names, where they become tags.
    fn has_remaining_array(&self) -> bool {
        self.claims(0).iter().any(|tag| tag.claim == Claim::Additional && tag.is_array)
    }

    /// The value that a source names.
    fn at(&self, source: &str) -> Option<&'v Value> {
        let (from, path) = match source.strip_prefix("@alert.") {
            Some(path) => (self.alert, path),
            None => (self.payload, source),
        };
        find(from, &split(path)).map(|(_, value)| value)
    }

    /// The populated value that a source names.
    fn look(&self, source: &str) -> Option<&'v Value> {
        self.at(source).filter(|value| is_populated(value))
    }

    /// The tags of the alert in order: of each name the strongest claim, of equal ones the first.
    fn tags(&self, time: i64) -> Vec<(String, Json)> {
        let all = self.claims(time);
        let wins = |tag: &Tag, at: usize| {
            let rivals = all.iter().enumerate().filter(|(_, rival)| rival.name == tag.name);
            rivals.min_by_key(|(i, rival)| (rival.claim, *i)).is_some_and(|(i, _)| i == at)
        };
        let winners = all.iter().enumerate().filter(|(at, tag)| wins(tag, *at));
        winners.map(|(_, tag)| (tag.name.clone(), tag.value.clone())).collect()
    }

    fn claims(&self, time: i64) -> Vec<Tag> {
        let mut tags = Vec::new();
        let named = ["primary_property", "secondary_property"].iter().filter_map(|rule| self.config.get(rule));
        let additional = self.config.get("additional_attributes").map(Value::items).unwrap_or_default();
        for rule in named.chain(additional) {
            match self.outcome(rule) {
                Outcome::Nothing => {}
                Outcome::Tag(name, value) => tags.push(Tag { claim: Claim::Explicit, name, value, is_array: false }),
                Outcome::Flat(object) => {
                    let name = rule.get("name").and_then(Value::string);
                    self.fields(object, name, Claim::Flattened, &mut |_| false, "", &mut tags);
                }
            }
        }
        if self.config.get("bp_timestamp").and_then(|bp| bp.get("is_selected")).is_some_and(Value::is_true) {
            let value = Json::String(timestamp::iso(time));
            let name = "bp_timestamp".to_owned();
            tags.push(Tag { claim: Claim::Explicit, name, value, is_array: false });
        }
        if self.map_rest {
            let consumed = self.consumed();
            self.fields(self.alert, None, Claim::Additional, &mut |path| consumed.contains(path), "", &mut tags);
        }
        tags
    }

    fn outcome(&self, rule: &Value) -> Outcome<'v> {
        let sources = strings(rule, "source");
        let name = |source: &str| match rule.get("name").and_then(Value::string) {
            Some(name) => name.to_owned(),
            None => self.lowered(source.rsplit('.').next().unwrap()),
        };
        for source in &sources {
            if let Some(value) = self.look(source) {
                if value.is_object() && rule.get("flatten").is_some_and(Value::is_true) {
                    return Outcome::Flat(value);
                }
                return Outcome::Tag(name(source), tag_value(value));
            }
        }
        match rule.get("default_to").and_then(Value::string) {
            None | Some("") => Outcome::Nothing,
            Some(default) => Outcome::Tag(name(sources.first().unwrap_or(&"")), string(default)),
        }
    }

    fn lowered(&self, key: &str) -> String {
        match self.config.get("force_lowercase").is_some_and(Value::is_true) {
            true => key.to_ascii_lowercase(),
            false => key.to_owned(),
        }
    }

    /// A tag for each populated field in an object, at any depth, but those left out by their path.
    fn fields(
        &self,
        object: &Value,
        prefix: Option<&str>,
        claim: Claim,
        leave_out: &mut dyn FnMut(&String) -> bool,
        at: &str,
        tags: &mut Vec<Tag>,
    ) {
        for (key, value) in object.members() {
            // A path begins with a dot here, so that a first key without letters has its place too.
            let path = format!("{at}.{key}");
            if leave_out(&path) {
                continue;
            }
            let key = self.lowered(key);
            let name = prefix.map_or(key.clone(), |prefix| format!("{prefix}_{key}"));
            if value.is_object() {
                self.fields(value, Some(&name), claim, leave_out, &path, tags);
            } else if is_populated(value) {
                let is_array = matches!(value.is, Is::Array(_));
                tags.push(Tag { claim, name, value: tag_value(value), is_array });
            }
        }
    }

    /// The paths below the alert that any rule names, each with a dot before it.
    fn consumed(&self) -> Vec<String> {
        let additional = self.config.get("additional_attributes").map(Value::items).unwrap_or_default();
        let rules = ["primary_property", "secondary_property", "status", "timestamp"];
        let rules = rules.iter().filter_map(|rule| self.config.get(rule)).chain(additional);
        let of_alert = |source: &str| match source.strip_prefix("@alert.") {
            Some(path) => Some(format!(".{path}")),
            None => (!self.is_array).then(|| format!(".{source}")),
        };
        rules.flat_map(|rule| strings(rule, "source")).filter_map(of_alert).collect()
    }

    fn status(&self) -> String {
        const STATUSES: [&str; 5] = ["ok", "warning", "critical", "acknowledged", "unknown"];
        let rule = self.config.get("status").unwrap();
        let lists = rule.get("status_map").unwrap().members();
        let known = lists.iter().filter(|(status, _)| STATUSES.contains(&status.as_str()));
        let listed = |text: &str| {
            let mut known = known.clone();
            known.find(|(_, values)| values.items().iter().any(|value| value.string() == Some(text)))
        };
        for value in strings(rule, "source").into_iter().filter_map(|source| self.look(source)) {
            // The elements of any array are tried, those that are arrays and objects by their JSON text.
            let texts: Vec<String> = match &value.is {
                Is::Array(items) => items.iter().filter(|item| item.is != Is::Null).map(Value::text).collect(),
                _ => vec![value.text()],
            };
            if let Some((status, _)) = texts.iter().find_map(|text| listed(text)) {
                return status.clone();
            }
        }
        let default = rule.get("default_to").and_then(Value::string).filter(|status| STATUSES.contains(status));
        default.unwrap_or("critical").to_owned()
    }

    /// Epoch seconds.
    fn time(&self) -> i64 {
        let received = (self.received_at_ms / 1000.0).floor() as i64;
        let Some(rule) = self.config.get("timestamp") else { return received };
        let format = rule.get("format").and_then(Value::string);
        let mut values = strings(rule, "source").into_iter().filter_map(|source| self.look(source));
        let read = |value: &Value| match &value.is {
            Is::String(text) => timestamp::read(text, format),
            Is::Number => timestamp::read(&value.raw, format),
            _ => None,
        };
        values.find_map(read).unwrap_or(received)
    }
}
