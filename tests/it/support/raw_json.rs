//! JSON as the rules see it: members in order, digits as written, of equal keys only the last.
//!
//! Slow and obvious, and written without the engine's scanner, to judge it.

/// A value and its text without white space.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub raw: String,
    pub is: Is,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Is {
    Null,
    Bool(bool),
    Number,
    String(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Reads a text; `None` if it is not JSON, or nests deeper than anything is read.
    pub fn parse(text: &str) -> Option<Value> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        serde_json::from_str::<serde::de::IgnoredAny>(text).ok().filter(|_| nesting(text) <= 128)?;
        Some(Reader { text, at: 0 }.value())
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        self.members().iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    pub fn members(&self) -> &[(String, Value)] {
        if let Is::Object(members) = &self.is { members } else { &[] }
    }

    pub fn items(&self) -> &[Value] {
        if let Is::Array(items) = &self.is { items } else { &[] }
    }

    pub fn is_object(&self) -> bool {
        matches!(self.is, Is::Object(_))
    }

    /// The text of a string.
    pub fn string(&self) -> Option<&str> {
        if let Is::String(text) = &self.is { Some(text) } else { None }
    }

    pub fn is_true(&self) -> bool {
        self.is == Is::Bool(true)
    }

    /// The text of any value.
    pub fn text(&self) -> String {
        self.string().map_or_else(|| self.raw.clone(), str::to_owned)
    }

    /// The texts of an array of nothing but scalars.
    pub fn list(&self) -> Option<Vec<String>> {
        let Is::Array(items) = &self.is else { return None };
        let nested = items.iter().any(|item| matches!(item.is, Is::Array(_) | Is::Object(_)));
        (!nested).then(|| items.iter().filter(|item| item.is != Is::Null).map(Value::text).collect())
    }

    /// The value at an RFC 6901 pointer.
    pub fn pointer(&self, pointer: &str) -> Option<&Value> {
        pointer.split('/').skip(1).try_fold(self, |value, token| {
            let key = token.replace("~1", "/").replace("~0", "~");
            match &value.is {
                Is::Array(items) => items.get(key.parse::<usize>().ok()?),
                _ => value.get(&key),
            }
        })
    }
}

/// The deepest nesting of a text that is JSON.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest, mut quoted, mut escaped) = (0, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => depth += 1,
            b']' | b'}' if !quoted => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Reads a text that is known to be JSON.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    /// The next byte that is no white space.
    fn peek(&mut self) -> u8 {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.text.as_bytes()[self.at]
    }

    fn value(&mut self) -> Value {
        match self.peek() {
            b'"' => {
                let (text, raw) = self.string();
                Value { raw, is: Is::String(text) }
            }
            b'[' => {
                let mut items = Vec::new();
                let raw = self.listed(|reader| {
                    items.push(reader.value());
                    items[items.len() - 1].raw.clone()
                });
                Value { raw: format!("[{raw}]"), is: Is::Array(items) }
            }
            b'{' => {
                let mut members: Vec<(String, Value)> = Vec::new();
                let raw = self.listed(|reader| {
                    reader.peek();
                    let (key, raw_key) = reader.string();
                    reader.peek();
                    reader.at += 1;
                    let value = reader.value();
                    let raw = format!("{raw_key}:{}", value.raw);
                    match members.iter_mut().find(|(known, _)| *known == key) {
                        Some(member) => member.1 = value,
                        None => members.push((key, value)),
                    }
                    raw
                });
                Value { raw: format!("{{{raw}}}"), is: Is::Object(members) }
            }
            _ => {
                let rest = &self.text[self.at..];
                let end = rest.find([',', ']', '}', ' ', '\t', '\r', '\n']).unwrap_or(rest.len());
                self.at += end;
                let is = match &rest[..end] {
                    "null" => Is::Null,
                    "true" => Is::Bool(true),
                    "false" => Is::Bool(false),
                    _ => Is::Number,
                };
                Value { raw: rest[..end].to_owned(), is }
            }
        }
    }

    /// What is listed between brackets or braces, by its raw text.
    fn listed(&mut self, mut one: impl FnMut(&mut Self) -> String) -> String {
        let mut raw = Vec::new();
        loop {
            self.at += 1;
            if !matches!(self.peek(), b']' | b'}') {
                raw.push(one(self));
            }
            if self.peek() != b',' {
                self.at += 1;
                return raw.join(",");
            }
        }
    }

    /// The text of a string, and the string as written.
    fn string(&mut self) -> (String, String) {
        let start = self.at;
        // As UTF-16, where an escape is a unit and half a pair has its place.
        let mut units: Vec<u16> = Vec::new();
        let mut chars = self.text[start + 1..].char_indices();
        loop {
            match chars.next().unwrap() {
                (end, '"') => {
                    self.at = start + 1 + end + 1;
                    return (String::from_utf16_lossy(&units), self.text[start..self.at].to_owned());
                }
                (_, '\\') => units.push(match chars.next().unwrap().1 {
                    'b' => 8,
                    'f' => 12,
                    'n' => 10,
                    'r' => 13,
                    't' => 9,
                    'u' => chars.by_ref().take(4).fold(0, |unit, (_, d)| unit * 16 + d.to_digit(16).unwrap() as u16),
                    other => other as u16,
                }),
                (_, c) => units.extend_from_slice(c.encode_utf16(&mut [0; 2])),
            }
        }
    }
}
