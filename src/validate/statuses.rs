//! The status rule by itself.

use crate::compile::Status;
use crate::config::{StatusRule, Text};
use crate::diagnostic::{Document, Problem, Problems, shown};
use crate::json::keys::Keys;

pub(super) fn check(rule: &StatusRule, problems: &mut Problems) {
    if rule.default_to.is_none() {
        problems.push(
            Problem::new(
                "status-default-missing",
                Document::Body,
                rule.pointer.clone(),
                rule.span.clone(),
                "`default_to` is missing, so a value that is not listed gives `critical`",
            )
            .help("add `\"default_to\"` with the status you want; BigPanda's default setting is critical"),
        );
    }
    let mut seen = Keys::default();
    // Of a status that BigPanda does not have the engine knows no values.
    let known = rule.map.iter().enumerate().filter(|(_, (status, _))| Status::parse(&status.text).is_some());
    for (number, (_, values)) in known {
        for value in values {
            let first = seen.number(&value.text, number);
            if let Some((Text { text: first, .. }, _)) = rule.map.get(first).filter(|_| first != number) {
                let message = format!("{} is listed under `{first}` already, which wins", shown(&value.text));
                problems.push(
                    Problem::new(
                        "status-value-duplicate",
                        Document::Body,
                        value.pointer.clone(),
                        value.span.clone(),
                        message,
                    )
                    .help("list a value under one status only"),
                );
            }
        }
    }
}
