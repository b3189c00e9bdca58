//! Sequences of payloads through one configuration or two, as types.

use super::{TagValue, Tags, compile};
pub use crate::compare::ChangeKind;
use crate::compare::Comparison;
use crate::compile::Status;
use crate::coverage::{Coverage, CoverageBuilder};
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{AdditionalTags, ProcessOptions};
pub use crate::simulate::EventKind;
use crate::simulate::Simulation;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A payload of a simulation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimulatedPayload<'p> {
    /// JSON text.
    pub payload: &'p [u8],
    /// When it was received, in epoch milliseconds; used where no source gives a time.
    pub received_at_ms: f64,
}

/// How to simulate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SimulateOptions {
    /// What becomes of fields that no rule names.
    pub additional_tags: AdditionalTags,
}

/// What a sequence of payloads does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Simulated {
    /// In the order of their first alerts.
    pub incidents: Vec<AlertLifecycle>,
    /// What each alert did, in the order of the payloads and of their alerts. At most 1,000 of kind `Rejected`.
    pub events: Vec<LifecycleEvent>,
    /// How many events there are of each kind, rejections that are not listed included.
    pub counts: BTreeMap<EventKind, usize>,
    /// Problems of the body and of the payloads.
    pub diagnostics: Vec<SimulationDiagnostic>,
}

/// A [`Diagnostic`] of the body, or of a payload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimulationDiagnostic {
    /// Index of the payload; `None` for the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<usize>,
    /// The problem.
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
}

/// What alerts with equal identifying values belong to, as the last of them left it. Times are epoch seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlertLifecycle {
    /// The identifying values.
    pub incident_identifier: Vec<TagValue>,
    /// Name of the primary tag.
    pub primary_property: String,
    /// Name of the secondary tag.
    pub secondary_property: Option<String>,
    /// The status of the last alert.
    pub status: Status,
    /// `Resolved` exactly when the status is `ok`.
    pub state: LifecycleState,
    /// The time of the first alert.
    #[serde(rename = "openedAt")]
    pub opened_at: i64,
    /// The time of the last alert that changed something.
    #[serde(rename = "changedAt")]
    pub changed_at: i64,
    /// The time of the alert that resolved it; `None` while it is open.
    #[serde(rename = "resolvedAt")]
    pub resolved_at: Option<i64>,
    /// The tags of the last alert.
    pub tags: Tags,
    /// Indices in the list of events.
    pub events: Vec<usize>,
}

/// Whether an incident is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LifecycleState {
    /// Its status is another than `ok`.
    Open,
    /// Its status is `ok`.
    Resolved,
}

/// What an alert did, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LifecycleEvent {
    /// Index of the payload.
    pub payload: usize,
    /// Index of the alert in the payload's array; `None` when the payload as a whole is rejected.
    pub index: Option<u32>,
    /// What it did.
    pub kind: EventKind,
    /// Index in the list of incidents.
    pub incident: Option<usize>,
    /// The status of the alert.
    pub status: Option<Status>,
    /// The status before; `None` when nothing was before.
    pub previous_status: Option<Status>,
    /// The time of the alert, in epoch seconds.
    pub timestamp: Option<i64>,
    /// The tags that the alert changes; of a new incident all.
    pub changes: Vec<TagChange>,
    /// An alert before this one has a later time.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub out_of_order: bool,
    /// Of a rejection: its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Of a rejection: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Of a rejection: RFC 6901 pointer into the payload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
}

/// A tag that an alert changes. `None`: there is no such tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagChange {
    /// The name.
    pub tag: String,
    /// The value before.
    pub before: Option<TagValue>,
    /// The value now.
    pub after: Option<TagValue>,
}

/// Runs payloads one after the other and follows the incidents that their alerts open, update and resolve. For
/// payloads that come one by one, use [`Simulation`].
///
/// ```
/// use oim_config::{EventKind, SimulateOptions, SimulatedPayload, simulate};
///
/// let body = r#"{
///   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
///   "primary_property": {"name": "host", "source": ["node"]}
/// }"#;
/// let payloads = [
///     SimulatedPayload { payload: br#"{"node": "web-1", "state": "down"}"#, received_at_ms: 0.0 },
///     SimulatedPayload { payload: br#"{"node": "web-1", "state": "up"}"#, received_at_ms: 60_000.0 },
/// ];
/// let simulated = simulate(body, &payloads, SimulateOptions::default());
/// assert_eq!(simulated.incidents[0].resolved_at, Some(60));
/// assert_eq!(simulated.events[1].kind, EventKind::Resolved);
/// ```
pub fn simulate(body: impl AsRef<[u8]>, payloads: &[SimulatedPayload<'_>], options: SimulateOptions) -> Simulated {
    let mut simulation = Simulation::new(compile(body));
    for SimulatedPayload { payload, received_at_ms } in payloads {
        let additional_tags = options.additional_tags;
        let options = ProcessOptions { additional_tags, ..ProcessOptions::received_at_ms(*received_at_ms) };
        if !simulation.add(payload, &options) {
            break;
        }
    }
    read(&simulation.finish())
}

/// How to compare.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CompareOptions {
    /// When the payloads were received, in epoch milliseconds; the same for both sides, so that it is no change.
    pub received_at_ms: f64,
    /// What becomes of fields that no rule names.
    pub additional_tags: AdditionalTags,
}

/// What a new configuration changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Both configurations can be run, and there are no changes.
    pub same: bool,
    /// In the order of the payloads and of their alerts; of each kind at most 1,000.
    pub changes: Vec<Change>,
    /// How many changes there are of each kind, those that are not listed included.
    pub counts: BTreeMap<ChangeKind, usize>,
    /// Problems of the bodies and of the payloads.
    pub diagnostics: Vec<CompareDiagnostic>,
}

/// A [`Diagnostic`] of a body, or of a payload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompareDiagnostic {
    /// Under which configuration; `None` when it is a payload under both.
    pub configuration: Option<Configuration>,
    /// Index of the payload; `None` for a body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<usize>,
    /// The problem.
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
}

/// One of the two configurations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Configuration {
    /// The one before.
    Old,
    /// The one after.
    New,
}

/// What is different in an alert under the new configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Index of the payload.
    pub payload: usize,
    /// Index of the alert in the payload's array; `None` when it is the payload as a whole.
    pub index: Option<u32>,
    /// What changes.
    pub kind: ChangeKind,
    /// The name of the tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// What it was; `None`: nothing.
    pub before: Option<ChangedValue>,
    /// What it is; `None`: nothing.
    pub after: Option<ChangedValue>,
    /// RFC 6901 pointer to the rule in the new body, or in the old one where the new one has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Which body the pointer is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub configuration: Option<Configuration>,
    /// One sentence.
    pub message: String,
    /// `Warning`: it likely does harm, such as alerts that are never resolved.
    pub severity: Severity,
}

/// A value, a status, epoch seconds as text, the name of a tag, the code of a rejection, or identifying values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ChangedValue {
    /// A single text.
    Text(String),
    /// The items of a list, or the identifying values.
    List(Vec<TagValue>),
}

/// Runs payloads through two configurations and lists what the new one changes. For payloads that come one by one,
/// use [`Comparison`].
///
/// ```
/// use oim_config::{ChangeKind, CompareOptions, compare};
///
/// let body = |source: &str| format!(r#"{{
///   "status": {{"source": ["state"], "status_map": {{"ok": ["up"]}}, "default_to": "critical"}},
///   "primary_property": {{"name": "host", "source": ["{source}"]}}
/// }}"#);
/// let payloads = [r#"{"node": "web-1", "address": "10.0.0.1"}"#];
/// let compared = compare(body("node"), body("address"), &payloads, CompareOptions::default());
/// assert!(!compared.same);
/// assert_eq!(compared.changes[0].kind, ChangeKind::Identity);
/// ```
pub fn compare(
    old_body: impl AsRef<[u8]>,
    new_body: impl AsRef<[u8]>,
    payloads: &[impl AsRef<[u8]>],
    options: CompareOptions,
) -> Compared {
    let mut comparison = Comparison::new(compile(old_body), compile(new_body));
    let CompareOptions { received_at_ms, additional_tags } = options;
    let options = ProcessOptions { additional_tags, ..ProcessOptions::received_at_ms(received_at_ms) };
    for payload in payloads {
        if !comparison.add(payload.as_ref(), &options) {
            break;
        }
    }
    read(&comparison.finish())
}

/// Counts what the rules of a configuration do over payloads. For payloads that come one by one, use
/// [`CoverageBuilder`]; coverages of parts are [merged](Coverage::merge).
///
/// ```
/// use oim_config::{CoverageOutcome, SimulatedPayload, coverage};
///
/// let body = r#"{
///   "status": {"source": ["state"], "status_map": {"ok": ["up"], "warning": ["slow"]}, "default_to": "critical"},
///   "primary_property": {"name": "host", "source": ["node"]}
/// }"#;
/// let payloads = [&br#"{"node": "web-1", "state": "up"}"#[..], br#"{"state": "up"}"#];
/// let coverage = coverage(body, payloads.map(|payload| SimulatedPayload { payload, received_at_ms: 0.0 }));
/// assert_eq!((coverage.payloads, coverage.alerts), (2, 1));
/// assert_eq!(coverage.rejected["primary-empty"].payloads, [1]);
/// let slow = coverage.rules.iter().flat_map(|rule| &rule.items).find(|item| item.text == "slow").unwrap();
/// assert_eq!(slow.count(CoverageOutcome::Used), 0);
/// ```
pub fn coverage<'p>(body: impl AsRef<[u8]>, payloads: impl IntoIterator<Item = SimulatedPayload<'p>>) -> Coverage {
    let mut builder = CoverageBuilder::new(compile(body));
    for SimulatedPayload { payload, received_at_ms } in payloads {
        if !builder.add(payload, &ProcessOptions::received_at_ms(received_at_ms)) {
            break;
        }
    }
    builder.finish()
}

fn read<T: DeserializeOwned>(answer: &[u8]) -> T {
    #[expect(clippy::expect_used, reason = "the engine writes what these types read, whatever the payloads")]
    serde_json::from_slice(answer).expect("the answer has the form of its type")
}
