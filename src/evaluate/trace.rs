//! Why an alert is what it is.
//!
//! The trace is told after the decision, from the same slots: deciding stays free of it, and a test holds that
//! replaying the trace gives the alert. Steps are written as they are told; what a program knows beforehand (rules,
//! sources, pointers) is JSON text already.

use super::Scene;
use super::decision::{Choice, Content, Decision, Name, Tag};
use super::identifier::{name_of, overridden, tag_of_rule};
use super::out::Out;
use super::status::look_up;
use super::timestamp::reading;
use super::value;
use super::write::Page;
use crate::compile::{Default, Padded, Source, TagId, TagRule, TimeFormat, TimeRule};
use crate::extract::{Slot, push_pointer};
use crate::json::Kind;
use crate::json::members::Value;
use crate::json::place::Places;
use crate::time::{Unread, to_iso, try_read};

/// The rule of tags that no rule gives.
const NO_RULE: &[u8] = b"\"rule\":\"\"";

/// Tells how one alert came about.
pub(super) struct Tracer<'t> {
    pub(super) page: &'t Page<'t>,
    pub(super) scene: &'t Scene<'t>,
    pub(super) decision: &'t Decision,
    /// Absent when the payload was no text.
    pub(super) places: Option<&'t Places<'t>>,
    /// Pointer to the alert.
    pub(super) at: &'t str,
    /// The same, if it can stand in a JSON string as it is.
    pub(super) plain_at: &'t str,
    pub(super) out: &'t mut Out,
}

impl<'t> Tracer<'t> {
    /// Appends the trace of the alert. Of one that is not `accepted` only the tags are told: one was missing.
    pub(super) fn write(mut self, accepted: bool) {
        self.out.literal(b"{\"index\":");
        self.out.number(i64::from(self.page.index));
        self.out.literal(b",\"steps\":[");
        let program = self.page.program;
        for (number, rule) in program.rules.iter().enumerate() {
            self.tag_rule(number, rule);
        }
        self.other_tags();
        if accepted {
            self.status();
            self.time();
            self.identifier();
        }
        self.out.literal(b"]}");
    }

    /// Begins a step.
    #[inline(never)]
    fn begin(&mut self, kind: &[u8], rule: &[u8]) {
        // After a step there is its brace, before the first one the bracket of the list.
        if self.out.bytes().last() == Some(&b'}') {
            self.out.byte(b',');
        }
        self.out.literal(b"{\"kind\":\"");
        self.out.put(kind);
        self.out.literal(b"\",");
        self.out.put(rule);
    }

    /// Ends a step.
    #[inline(never)]
    fn end(&mut self, outcome: &[u8]) {
        self.out.literal(b",\"outcome\":\"");
        self.out.put(outcome);
        self.out.literal(b"\"}");
    }

    /// Adds a member with a text.
    #[inline(never)]
    fn text(&mut self, key: &[u8], text: &str) {
        self.out.literal(b",\"");
        self.out.put(key);
        self.out.literal(b"\":");
        self.out.quoted(text);
    }

    #[inline(never)]
    fn tag(&mut self, tag: TagId) {
        if let Some(name) = self.page.program.tags.get(tag.index()) {
            let (json, start, len) = name.quoted();
            self.out.literal(b",\"tag\":");
            self.out.put(json.get(start..start + len).unwrap_or_default());
        }
    }

    fn tag_rule(&mut self, number: usize, rule: &'t TagRule) {
        let Some(choice) = self.decision.choices.get(number).copied() else {
            return;
        };
        let (deciding, outcome): (_, &[u8]) = match choice {
            Choice::Source(source, _) => (Some(source), b"used"),
            Choice::Flat(source, _) => (Some(source), b"empty"),
            Choice::Shadowed(source) => (source, b"shadowed"),
            Choice::Default => (None, b"default"),
            Choice::Nothing => (None, b""),
        };
        for source in rule.sources.iter().take(deciding.unwrap_or(rule.sources.len())) {
            self.tried(b"tag", &rule.json, source);
            self.end(self.without_value(source));
        }
        let flat = matches!(choice, Choice::Flat(..));
        let shadowed = matches!(choice, Choice::Shadowed(_));
        match (deciding.and_then(|source| rule.sources.get(source)), &rule.default) {
            (Some(source), _) if flat => self.children(number, rule, source),
            (Some(source), _) => self.decided(rule, source, shadowed, outcome),
            (None, Some(default)) => self.default(rule, default, shadowed, outcome),
            (None, None) => {}
        }
    }

    fn decided(&mut self, rule: &TagRule, source: &Source, shadowed: bool, outcome: &[u8]) {
        self.tried(b"tag", &rule.json, source);
        if shadowed {
            self.text(b"detail", "an earlier rule gives the tag");
        }
        self.end(outcome);
    }

    fn default(&mut self, rule: &TagRule, default: &Default, shadowed: bool, outcome: &[u8]) {
        self.begin(b"tag", rule.json.bytes());
        self.tag(default.tag);
        self.text(b"value", &default.text);
        if shadowed {
            self.text(b"detail", "an earlier rule gives the tag");
        }
        self.end(outcome);
    }

    /// Begins the step of a source, with what stands in the payload.
    #[inline(never)]
    fn tried(&mut self, kind: &[u8], rule: &Padded, source: &Source) {
        self.begin(kind, rule.bytes());
        if kind == b"tag" {
            self.tag(source.tag);
        }
        self.out.put(source.json.bytes());
        if let Some(slot) = self.scene.slot(source) {
            self.pointer(source, slot);
            self.value(&slot.value(self.scene.text));
        }
    }

    /// The outcome of a source that has no value.
    fn without_value(&self, source: &Source) -> &'static [u8] {
        if self.scene.slot(source).is_some() { b"empty" } else { b"missing" }
    }

    fn pointer(&mut self, source: &Source, slot: &Slot) {
        let program = self.page.program;
        let (at, trie) = if source.around { ("", &program.payload) } else { (self.at, &program.alert) };
        if slot.rank == 0 && (source.around || at == self.plain_at) {
            // As the source spells it: no key of the payload holds a dot.
            self.out.literal(b",\"payloadPointer\":\"");
            self.out.put(at.as_bytes());
            return self.out.put(source.way.bytes());
        }
        let mut pointer = at.to_owned();
        push_pointer(&mut pointer, trie, source.node, slot.rank);
        self.text(b"payloadPointer", &pointer);
    }

    /// Adds a value, and where it stands.
    #[inline(never)]
    fn value(&mut self, value: &Value<'_>) {
        if let Some(places) = self.places {
            self.out.literal(b",\"payloadRange\":{\"start\":");
            self.out.number(places.offset(value.start) as i64);
            self.out.literal(b",\"end\":");
            self.out.number(places.offset(value.end) as i64);
            self.out.byte(b'}');
        }
        self.content(value);
    }

    /// Appends a value as a tag has it.
    #[inline(never)]
    fn json(&mut self, value: &Value<'_>) {
        let looks = self.scene.looks.get();
        self.out.write(|pen| {
            self.scene.looks.set(looks);
            value::write(value, false, self.scene, pen);
        });
    }

    fn content(&mut self, value: &Value<'_>) {
        match value.kind {
            Kind::String | Kind::Number | Kind::Bool => {
                self.out.literal(b",\"value\":");
                self.json(value);
            }
            _ => self.text(b"value", &value::text(value)),
        }
        if value::is_list(value) {
            self.out.literal(b",\"values\":");
            self.json(value);
        }
    }

    /// The tags that a rule made of an object.
    fn children(&mut self, number: usize, rule: &TagRule, source: &Source) {
        let mut any = false;
        let decision = self.decision;
        for tag in decision.tags.iter().filter(|tag| tag.rule == Some(number)) {
            self.begin(b"tag", rule.json.bytes());
            self.out.put(source.json.bytes());
            self.made(tag);
            any = true;
        }
        if !any {
            self.begin(b"tag", rule.json.bytes());
            self.out.put(source.json.bytes());
            if let Some(slot) = self.scene.slot(source) {
                self.pointer(source, slot);
                self.value(&slot.value(self.scene.text));
            }
            self.text(b"detail", "nothing in the object is populated");
            self.end(b"empty");
        }
    }

    /// Ends the step of a tag whose name was made from the payload.
    #[inline(never)]
    fn made(&mut self, tag: &Tag) {
        self.name(tag.name);
        if let Content::Value { start, end, kind, flags } = tag.content {
            if let Some((around, way)) = tag.way.and_then(|way| self.decision.ways.get(way)) {
                let at = if *around { "" } else { self.at };
                self.text(b"payloadPointer", &[at, way].concat());
            }
            self.value(&Value { text: self.scene.text, start, end, kind, flags });
        }
        if tag.shadowed {
            self.text(b"detail", "another rule gives the tag");
        }
        self.end(if tag.shadowed { b"shadowed" } else { b"used" });
    }

    fn name(&mut self, name: Name) {
        self.text(b"tag", name_of(self.page.program, self.decision, name));
    }

    /// The readable time and the additional tags.
    fn other_tags(&mut self) {
        let program = self.page.program;
        let decision = self.decision;
        let ruled = program.rules.len();
        for tag in decision.tags.iter().filter(|tag| tag.rule.is_none_or(|rule| rule >= ruled)) {
            match (tag.content, &program.bp_timestamp) {
                (Content::Time, Some(bp)) => {
                    self.begin(b"tag", bp.json.bytes());
                    self.tag(bp.tag);
                    self.text(b"value", &to_iso(self.page.time.seconds));
                    self.text(b"detail", "the alert's time, in UTC");
                    self.end(if tag.shadowed { b"shadowed" } else { b"used" });
                }
                _ => {
                    self.begin(b"tag", NO_RULE);
                    self.made(tag);
                }
            }
        }
    }

    fn status(&mut self) {
        let rule = &self.page.program.status;
        let decided = self.page.status;
        for source in rule.sources.iter().take(decided.source.unwrap_or(rule.sources.len())) {
            self.tried(b"status", &rule.json, source);
            let populated = self.scene.slot(source).is_some_and(|slot| slot.is_populated());
            self.end(if populated { b"unmatched" } else { self.without_value(source) });
        }
        let word = decided.status.word();
        let Some(source) = decided.source.and_then(|source| rule.sources.get(source)) else {
            self.begin(b"status", rule.json.bytes());
            self.text(b"result", word);
            return self.end(b"default");
        };
        self.tried(b"status", &rule.json, source);
        self.text(b"result", word);
        let listed = self.scene.slot(source).and_then(|slot| look_up(rule, &slot.value(self.scene.text)));
        if let Some((_, text)) = listed {
            self.text(b"detail", &format!("`{text}` is listed under `{word}`"));
        }
        self.end(b"used");
    }

    fn time(&mut self) {
        let decided = self.page.time;
        let Some(rule) = &self.page.program.time else {
            self.begin(b"timestamp", NO_RULE);
            self.result(decided.seconds);
            self.text(b"detail", "no rule names a time");
            return self.end(b"received-at");
        };
        let deciding = decided.source.map(|(source, _)| source);
        for source in rule.sources.iter().take(deciding.unwrap_or(rule.sources.len())) {
            self.tried(b"timestamp", &rule.json, source);
            match self.scene.slot(source).filter(|slot| slot.is_populated()) {
                Some(slot) => {
                    self.text(b"detail", why_unread(rule, &slot.value(self.scene.text)));
                    self.end(b"unreadable");
                }
                None => self.end(self.without_value(source)),
            }
        }
        match decided.source.and_then(|(source, how)| Some((rule.sources.get(source)?, how))) {
            Some((source, how)) => {
                self.tried(b"timestamp", &rule.json, source);
                self.result(decided.seconds);
                self.text(b"detail", &format!("read as {}", how.in_words()));
                self.end(b"used");
            }
            None => {
                self.begin(b"timestamp", rule.json.bytes());
                self.result(decided.seconds);
                self.end(b"received-at");
            }
        }
    }

    fn result(&mut self, seconds: i64) {
        self.out.literal(b",\"result\":\"");
        self.out.number(seconds);
        self.out.byte(b'"');
    }

    fn identifier(&mut self) {
        let program = self.page.program;
        if let Some(identity) = &program.identity {
            let mut any = false;
            for (tag, named) in overridden(identity, program, self.scene, self.decision).zip(&identity.tags) {
                self.begin(b"identifier", identity.json.bytes());
                self.out.put(named.json.bytes());
                any |= tag.is_some();
                self.identifying(tag.as_ref());
            }
            if any {
                return;
            }
        }
        for (number, rule) in program.rules.iter().enumerate().take(1 + usize::from(program.has_secondary)) {
            if let Some(tag) = tag_of_rule(program, self.decision, number) {
                self.begin(b"identifier", rule.json.bytes());
                self.name(tag.name);
                self.identifying(Some(&tag));
            }
        }
    }

    /// Ends the step of an identifying value.
    #[inline(never)]
    fn identifying(&mut self, tag: Option<&Tag>) {
        let Some(tag) = tag else {
            return self.end(b"missing");
        };
        match tag.content {
            Content::Value { start, end, kind, flags } => {
                self.value(&Value { text: self.scene.text, start, end, kind, flags });
            }
            Content::Default(rule) => {
                if let Some(default) = self.page.program.rules.get(rule).and_then(|rule| rule.default.as_ref()) {
                    self.text(b"value", &default.text);
                }
            }
            Content::Time => self.text(b"value", &to_iso(self.page.time.seconds)),
        }
        self.end(b"used");
    }
}

fn why_unread(rule: &TimeRule, value: &Value<'_>) -> &'static str {
    debug_assert!(reading(rule, value).is_none());
    let format = match &rule.format {
        TimeFormat::Unusable => return "the format is not usable",
        TimeFormat::Guess => None,
        TimeFormat::Given(format) => Some(format),
    };
    match try_read(&value::text(value), format) {
        Err(Unread::BeforeEpoch) => "a time before 1970 stands for none",
        Err(Unread::TooLate) => "after the year 9999",
        _ if format.is_some() => "not written in the given format",
        _ => "not written in a form that is recognised without a format",
    }
}
