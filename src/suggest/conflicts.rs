//! Whether the proposed identity works in the given payloads.

use crate::compile::Status;
use crate::diagnostic::Problems;
use crate::evaluate::{ProcessOptions, Recorder};
use crate::json::key_index::KeyIndex;
use std::collections::HashSet;

/// Evaluates the payloads with the proposal. Returns what is wrong with its identity, if anything: two alerts of one payload
/// with the same identity, or recoveries of which none belongs to a problem.
pub(super) fn find(config: &[u8], payloads: &[&[u8]]) -> Option<String> {
    let mut problems = Problems::default();
    let config = crate::config::parse(config, None, &mut problems)?.config?;
    let (program, _) = crate::compile::compile(&config, &mut problems);
    let mut recorder = Recorder::new(Some(program));
    let (mut of_problems, mut of_recoveries) = (HashSet::new(), HashSet::new());
    for (number, payload) in payloads.iter().enumerate() {
        recorder.run(payload, &ProcessOptions::received_at_ms(0.0));
        let records = &recorder.records;
        let mut seen = KeyIndex::default();
        for (place, record) in records.alerts.iter().enumerate() {
            let identity = String::from_utf8_lossy(record.marks.cut(records.text(record)).identity);
            let first = seen.get_or_insert(&identity, place);
            if let Some(earlier) = records.alerts.get(first).filter(|_| first != place) {
                return Some(format!(
                    "alerts {} and {} of payload {} have the same identity, so BigPanda takes them for one alert; choose a secondary property in which they differ",
                    earlier.index + 1,
                    record.index + 1,
                    number + 1
                ));
            }
            // The alerts of one payload are about different things.
            if payloads.len() > 1 {
                match record.status {
                    Status::Ok => of_recoveries.insert(identity.into_owned()),
                    _ => of_problems.insert(identity.into_owned()),
                };
            }
        }
    }
    let both = !of_problems.is_empty() && !of_recoveries.is_empty();
    (both && of_problems.is_disjoint(&of_recoveries)).then(|| {
        "no recovery in the payloads has the identity of a problem: if they are about the same thing, choose fields that stay the same"
            .to_owned()
    })
}
