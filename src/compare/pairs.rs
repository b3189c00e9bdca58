//! The alerts that two configurations make of one payload, side by side.
//!
//! Two alerts belong together if they come from the same element, which is known by where it begins: the configurations
//! may look for the array of alerts at different places.

use super::answer::{ChangeEntry, ChangeList};
use super::{ChangeKind, Side};
use crate::compile::{Program, Status};
use crate::diagnostic::quote_input;
use crate::evaluate::{Record, Records};
use crate::json::escape::quoted;
use crate::json::members::Value;
use crate::json::object_diff::{Difference, differences};
use core::cmp::Ordering;

const NULL: &[u8] = b"null";

/// Lists what changes from `old` to `new` in the payload that both have run.
pub(super) fn compare(old: &Side, new: &Side, list: &mut ChangeList) {
    match (&old.refused, &new.refused) {
        (None, None) => pairs(old, new, list),
        (None, Some(refused)) => whole(ChangeKind::Rejected, refused, &old.recorder.records, list),
        (Some(refused), None) => whole(ChangeKind::Accepted, refused, &new.recorder.records, list),
        // Nothing changes.
        (Some(_), Some(_)) => {}
    }
}

/// A payload that gives alerts, `records`, with one configuration only.
#[cold]
fn whole(kind: ChangeKind, (code, message): &(&'static str, String), records: &Records, list: &mut ChangeList) {
    if !list.counts(kind) {
        return;
    }
    let number = records.alerts.len().to_string();
    let plural = if records.alerts.len() == 1 { "" } else { "s" };
    let (before, after) = match kind {
        ChangeKind::Rejected => ("the payload gave ", " and gives none now: "),
        _ => ("the payload gives ", " now and gave none before: "),
    };
    lone(kind, None, Some(code), None, &[before, &number, " alert", plural, after, message], list);
}

/// What only one configuration makes. `code` is that of the rejection by the other one.
#[cold]
fn lone(
    kind: ChangeKind,
    index: Option<u32>,
    code: Option<&str>,
    rule: Option<&[u8]>,
    message: &[&str],
    list: &mut ChangeList,
) {
    let code = code.map_or(NULL.to_vec(), quoted);
    let (before, after) = if kind == ChangeKind::Rejected { (NULL, &*code) } else { (&*code, NULL) };
    let warning = kind == ChangeKind::Rejected;
    list.push(&ChangeEntry { kind, index, tag: None, before, after, rules: [rule, None], warning, message });
}

fn pairs(old: &Side, new: &Side, list: &mut ChangeList) {
    let (old, new) = (&old.recorder, &new.recorder);
    let (Some(old_program), Some(new_program)) = (&old.program, &new.program) else {
        return;
    };
    let pair = Pair { old: &old.records, new: &new.records, old_program, new_program };
    let (mut olds, mut news) = (&*old.records.alerts, &*new.records.alerts);
    loop {
        let order = match (olds.first(), news.first()) {
            (Some(before), Some(after)) => before.at.cmp(&after.at),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return,
        };
        let before = if order.is_le() { olds.split_off_first() } else { None };
        let after = if order.is_ge() { news.split_off_first() } else { None };
        match (before, after) {
            (Some(before), Some(after)) => pair.alert(before, after, list),
            (Some(before), None) => pair.alone(ChangeKind::Rejected, before, pair.new, list),
            (None, Some(after)) => pair.alone(ChangeKind::Accepted, after, pair.old, list),
            (None, None) => {}
        }
    }
}

/// The two configurations and their records of a payload.
struct Pair<'p> {
    old: &'p Records,
    new: &'p Records,
    old_program: &'p Program,
    new_program: &'p Program,
}

impl Pair<'_> {
    /// An alert that the other configuration, whose records are given, does not make.
    #[cold]
    fn alone(&self, kind: ChangeKind, record: &Record, other: &Records, list: &mut ChangeList) {
        if !list.counts(kind) {
            return;
        }
        let found = other.rejected.binary_search_by(|rejection| rejection.at.cmp(&record.at));
        let rejection = found.ok().and_then(|place| other.rejected.get(place));
        let message = match (kind, rejection.is_some() || other.more_rejected > 0) {
            (ChangeKind::Rejected, true) => "the alert is rejected now",
            (ChangeKind::Rejected, false) => {
                "the new configuration makes no alert of this element: it looks for them elsewhere"
            }
            (_, true) => "the alert was rejected before",
            (_, false) => "the old configuration made no alert of this element: it looked for them elsewhere",
        };
        let (code, why) = rejection.map(|rejection| (rejection.code, &*rejection.message)).unzip();
        let rule = self.new_program.rule_pointer(0).filter(|_| code == Some("primary-empty"));
        let colon = if why.is_some() { ": " } else { "" };
        lone(kind, Some(record.index), code, rule, &[message, colon, why.unwrap_or_default()], list);
    }

    /// An alert that both make.
    fn alert(&self, before: &Record, after: &Record, list: &mut ChangeList) {
        if self.old.text(before) != self.new.text(after) {
            self.texts(before, after, list);
        }
        if before.status != after.status && list.counts(ChangeKind::Status) {
            self.status(before, after, list);
        }
        // The time of receipt is the same for both, and counts as none.
        let [was, is] = [before, after].map(|record| (!record.received).then_some(record.seconds));
        if was != is && list.counts(ChangeKind::Timestamp) {
            self.time(after.index, was, is, list);
        }
    }

    #[cold]
    fn status(&self, before: &Record, after: &Record, list: &mut ChangeList) {
        let message = match (before.status, after.status) {
            (Status::Ok, _) => "the alert was resolved and is open now",
            (_, Status::Ok) => "the alert was open and is resolved now",
            _ => "the status changes",
        };
        list.push(&ChangeEntry {
            kind: ChangeKind::Status,
            index: Some(after.index),
            tag: None,
            before: &quoted(before.status.word()),
            after: &quoted(after.status.word()),
            rules: [Some(self.new_program.status.json.rule_pointer()), None],
            warning: before.status == Status::Ok || after.status == Status::Ok,
            message: &[message],
        });
    }

    #[cold]
    fn time(&self, index: u32, was: Option<i64>, is: Option<i64>, list: &mut ChangeList) {
        let message = match (was, is) {
            (_, None) => "no source provides the time any longer: the time of receipt is used",
            (None, _) => "a source provides the time; before, the time of receipt was used",
            _ => "the time is another one",
        };
        // As text, as all numbers in alerts.
        let [before, after] = [was, is].map(|time| time.map_or(NULL.to_vec(), |seconds| quoted(&seconds.to_string())));
        let rules =
            [self.new_program, self.old_program].map(|program| Some(program.time.as_ref()?.json.rule_pointer()));
        list.push(&ChangeEntry {
            kind: ChangeKind::Timestamp,
            index: Some(index),
            tag: None,
            before: &before,
            after: &after,
            rules,
            warning: is.is_none(),
            message: &[message],
        });
    }

    /// Identity, properties and tags, some of which differ.
    fn texts(&self, before: &Record, after: &Record, list: &mut ChangeList) {
        const IDENTITY: &str = "the identity changes: an alert that is open under the old identity is never resolved, and the next event opens a second alert";
        let old = before.marks.cut(self.old.text(before));
        let new = after.marks.cut(self.new.text(after));
        let primary = self.new_program.property_pointer(&self.new_program.primary);
        let identity = self.new_program.identity.as_ref().map(|identity| identity.json.rule_pointer());
        let secondaries =
            [self.new_program, self.old_program].map(|program| program.property_pointer(program.secondary.as_ref()?));
        let secondary = match (old.secondary, new.secondary) {
            (_, NULL) => "the secondary property was removed",
            (NULL, _) => "there is a secondary property now",
            _ => "the secondary property is another tag",
        };
        // Where the primary value is the same, the secondary one is not.
        let first = |list| Value::whole(list).and_then(|list| list.items().next()).map(|item| item.raw());
        let identity = match identity {
            Some(rule) => [Some(rule), None],
            None if first(old.identity) == first(new.identity) => secondaries,
            None => [primary, None],
        };
        let parts = [
            (ChangeKind::Identity, old.identity, new.identity, identity, IDENTITY),
            (ChangeKind::Primary, old.primary, new.primary, [primary, None], "the primary property is another tag"),
            (ChangeKind::Secondary, old.secondary, new.secondary, secondaries, secondary),
        ];
        for (kind, was, is, rules, message) in parts {
            if was != is && list.counts(kind) {
                list.push(&ChangeEntry {
                    kind,
                    index: Some(after.index),
                    tag: None,
                    before: was,
                    after: is,
                    rules,
                    warning: kind == ChangeKind::Identity,
                    message: &[message],
                });
            }
        }
        differences(old.tags, new.tags, &mut |difference| {
            if list.counts(ChangeKind::Tag) {
                self.tag(before, after, difference, list);
            }
        });
    }

    #[cold]
    fn tag(&self, before: &Record, after: &Record, difference: &Difference<'_>, list: &mut ChangeList) {
        let name = difference.key.text();
        let what = match (difference.before, difference.after) {
            (_, None) => " is gone",
            (None, _) => " is new",
            _ => " has a different value",
        };
        // The rule that gave the tag; if none does any more, the one that could give it.
        let new_rule = match difference.after {
            Some((number, _)) => self.new.rule(after, number),
            None => self.new_program.rule_of(&name),
        };
        let old_rule = difference.before.and_then(|(number, _)| self.old.rule(before, number));
        list.push(&ChangeEntry {
            kind: ChangeKind::Tag,
            index: Some(after.index),
            tag: Some(difference.key.raw()),
            before: difference.before.map_or(NULL, |(_, value)| value),
            after: difference.after.map_or(NULL, |(_, value)| value),
            rules: [
                new_rule.and_then(|rule| self.new_program.rule_pointer(rule)),
                old_rule.and_then(|rule| self.old_program.rule_pointer(rule)),
            ],
            warning: difference.after.is_none(),
            message: &["the tag ", &quote_input(&name), what],
        });
    }
}
