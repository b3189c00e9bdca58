//! All diagnostic codes, as data: the crate, the page, the command and the npm package read this one table.
//!
//! The list only grows. A code that is no longer reported stays, because people filter by it.

use super::Severity;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// Description of a diagnostic code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CodeInfo {
    /// The code: kebab-case, never changed.
    pub code: &'static str,
    /// The usual severity. A single diagnostic may differ; `why` or `fix` then says when.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub fix: &'static str,
    /// How certain it is that BigPanda behaves the same way.
    pub basis: Basis,
    /// Where the rule comes from: a page of BigPanda's documentation and its gist, or a decision of this project.
    pub source: &'static str,
}

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// BigPanda's public documentation says so.
    Documented,
    /// It follows from what the documentation says or shows.
    Inferred,
    /// The documentation is silent and this project decided.
    Ours,
}

/// A code of the registry. With a name, as serde takes a plain `&'static str` for text that the input has to hold.
pub(crate) type Code = &'static str;

/// Reads a code as the registry has it.
pub(crate) fn known_code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
    let code = String::deserialize(deserializer)?;
    let known = SEVERITIES.iter().find(|(known, _)| *known == code);
    known.map(|(known, _)| *known).ok_or_else(|| D::Error::custom(format_args!("unknown diagnostic code `{code}`")))
}

/// Defines the registry, and a table of severities without its texts: the engine in WebAssembly needs only that one, and
/// so does not contain the texts, which the package has as data.
macro_rules! registry {
    ($(CodeInfo { code: $code:expr, severity: $severity:expr, $($texts:tt)* },)*) => {
        /// All codes, grouped by topic.
        pub static CODES: &[CodeInfo] = &[$(CodeInfo { code: $code, severity: $severity, $($texts)* },)*];
        static SEVERITIES: &[(Code, Severity)] = &[$(($code, $severity),)*];
    };
}

registry! {
    // The text
    CodeInfo {
        code: "json-syntax",
        severity: Severity::Error,
        title: "The text is not JSON",
        why: "BigPanda accepts only JSON. A syntax error anywhere in the text makes all of it unreadable, even if no \
            rule reads that part.",
        fix: "Fix the text at the position shown. Common causes are single quotes, a trailing comma, comments, and \
            text that was cut off. A payload that is something else, such as a form body, a curl command or NDJSON, is \
            named. Where edits make JSON of the text, they are offered as a fix.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Sample Payload: the sample is JSON with double quotes. The \
            grammar is RFC 8259.",
    },
    CodeInfo {
        code: "json-duplicate-key",
        severity: Severity::Warning,
        title: "A key occurs twice in one object",
        why: "Only the last value is used, as in JavaScript's `JSON.parse`; earlier values are ignored. Which value the BigPanda server keeps is not documented by BigPanda.",
        fix: "Remove one of the two keys, or rename one.",
        basis: Basis::Ours,
        source: "A decision of oim-config; RFC 8259, section 4, leaves the behaviour open.",
    },
    CodeInfo {
        code: "json-too-deep",
        severity: Severity::Error,
        title: "The text is nested too deeply",
        why: "Arrays and objects may be nested up to 128 levels deep, so that no input can exhaust memory. This limit \
            is not documented by BigPanda.",
        fix: "Flatten the structure before you send it. Monitoring events rarely need ten levels; more than a hundred \
            usually mean that a tool keeps wrapping its own output.",
        basis: Basis::Ours,
        source: "A decision of oim-config; RFC 8259, section 9, allows a limit on depth.",
    },
    CodeInfo {
        code: "too-many-alerts",
        severity: Severity::Error,
        title: "The array has more than 100,000 elements",
        why: "The whole payload is rejected, because each element could become an alert: two million empty objects fit \
            within the size limit. This limit is not documented by BigPanda.",
        fix: "Split the events into several payloads. If the elements are not alerts, `array_source` points to the \
            wrong array.",
        basis: Basis::Ours,
        source: "A decision of oim-config.",
    },
    CodeInfo {
        code: "payload-too-large",
        severity: Severity::Error,
        title: "The payload is larger than 6 MB",
        why: "BigPanda rejects larger payloads, so none of the alerts would arrive. The size is counted in bytes of \
            UTF-8, and the limit is 6 × 1024 × 1024 bytes. A request body, or text to import, may have up to 16 × 1024 \
            × 1024 bytes; that limit is not documented by BigPanda.",
        fix: "Send fewer events per payload, or leave out fields that no rule reads. In a request body, use a smaller \
            sample.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Sample Payload: OIM accepts payloads of up to 6 MB.",
    },
    CodeInfo {
        code: "payload-near-limit",
        severity: Severity::Warning,
        title: "The payload may exceed the size limit",
        why: "The payload has more than 6,000,000 bytes. BigPanda documents a limit of 6 MB, but does not say whether \
            that means 6,000,000 or 6,291,456 bytes, so BigPanda may reject the payload.",
        fix: "Send fewer events per payload, so that each has at most 6,000,000 bytes.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Sample Payload: the limit is 6 MB, without saying \
            how many bytes that is.",
    },
    CodeInfo {
        code: "output-too-large",
        severity: Severity::Error,
        title: "The output would be too large, or take too long",
        why: "Processing stops when the output would exceed 256 MiB, which a browser may be unable to hold: many rules \
            with long defaults, applied to many elements, can write far more text than they read. It also stops after \
            100 million lookups, or fewer when a sample is validated, because the result would take too long. These \
            limits are not documented by BigPanda.",
        fix: "Split the payload, or look for a rule that copies a large object into every alert.",
        basis: Basis::Ours,
        source: "A decision of oim-config.",
    },
    CodeInfo {
        code: "alert-not-object",
        severity: Severity::Error,
        title: "An element of the array is not an object",
        why: "Tags come from the keys of an object; a number, a string or `null` has no keys. This element is \
            rejected, and the other elements are processed. What the BigPanda server does with such an element is not \
            documented by BigPanda.",
        fix: "Check that `array_source` points to the array of alerts and not to a list inside an alert, or fix the \
            tool that sends the element.",
        basis: Basis::Ours,
        source: "A decision of oim-config; OIM Alert Object describes each alert as an object.",
    },
    CodeInfo {
        code: "array-source-not-array",
        severity: Severity::Error,
        title: "`array_source` does not point to an array",
        why: "When `is_array` is true, each element of that array becomes an alert. In the sample or payload, the path \
            leads to nothing or to another type of value, so there are no alerts.",
        fix: "Set `array_source` to the path of the array, such as `alerts`, `events` or `results`. If each payload is \
            a single alert, set `is_array` to false.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object: `array_source` is the property that holds the alerts. It does not \
            say what happens otherwise.",
    },
    // The shape of the configuration
    CodeInfo {
        code: "v2-config",
        severity: Severity::Error,
        title: "A configuration of version 2 (no longer reported)",
        why: "Configurations of version 2 were refused with this code. Now they are read, so the code is no longer \
            reported. A mixture of both versions is reported as `version-mixed`, and what is not simulated of version 2 \
            as `not-simulated`.",
        fix: "Remove the code from filters and lists of ignored codes.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1 and OIM Configuration Object v2: the two versions have different \
            formats. A published code stays in this list.",
    },
    CodeInfo {
        code: "version-mixed",
        severity: Severity::Error,
        title: "The configuration mixes version 1 and version 2",
        why: "In version 1, `primary_property` and `secondary_property` are rules. In version 2, they are lists of tags, \
            and there are other attributes, such as `version`, `map_remaining` and `event_filter`. In a mixture of both \
            it is unclear what is meant, so nothing of it is read.",
        fix: "Decide on one version. `oim migrate` turns a configuration of version 1 into one of version 2.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1: v1 is for customers who joined before 2023. OIM \
            Configuration Object v2 lists the other attributes.",
    },
    CodeInfo {
        code: "not-simulated",
        severity: Severity::Warning,
        title: "Something in the configuration is not simulated",
        why: "The configuration asks for something that has an effect in BigPanda, but its rules are not documented by \
            BigPanda: functions in `preprocessing`, a regular expression in `event_filter`, or \
            `map_remaining_flatten_arrays` where a remaining field is an array. Alerts here may differ from those of \
            BigPanda, and the answer is marked as partial.",
        fix: "Compare with BigPanda: send the payload to a test integration and run `oim verify`.",
        basis: Basis::Ours,
        source: "OIM Configuration Object v2 and the preprocessor operations name the attributes, and do not say how \
            they work.",
    },
    CodeInfo {
        code: "event-filtered",
        severity: Severity::Info,
        title: "The filter drops the alert",
        why: "`event_filter` matches the alert, so BigPanda drops it: there is no alert, and nothing is updated or \
            resolved. If the filter drops all alerts of the sample, the severity is warning.",
        fix: "If the alert is meant to arrive, change `event_filter`. Make sure that the filter drops the recovery of an \
            alert only if it drops the problem too.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object v2: `event_filter` says in BPQL which events are dropped at ingestion. Case, \
            precedence and missing fields are decided by oim-config.",
    },
    CodeInfo {
        code: "filter-invalid",
        severity: Severity::Error,
        title: "The filter cannot be read",
        why: "`event_filter` is a query in BPQL. If it cannot be read, it is unknown which alerts are dropped.",
        fix: "Correct the query at the place that is marked. A comparison is a field, an operator and a value: \
            `@alert.severity = \"info\"`; the operators are `=`, `!=`, `IN` and `NOT IN`, joined by `AND` and `OR`.",
        basis: Basis::Inferred,
        source: "BigPanda Query Language: the operators, wildcards and regular expressions of BPQL.",
    },
    CodeInfo {
        code: "map-remaining-spelling",
        severity: Severity::Info,
        title: "BigPanda spells this attribute in two ways",
        why: "One of BigPanda's descriptions has `map_remaining_flatten_array`, another one \
            `map_remaining_flatten_arrays`. The server may ignore one of them.",
        fix: "Send the configuration, then retrieve it and check which spelling is still there.",
        basis: Basis::Documented,
        source: "OIM Configuration Object v2 has the singular, the preprocessor operations have the plural.",
    },
    CodeInfo {
        code: "status-map-incomplete",
        severity: Severity::Info,
        title: "`status_map` does not have all five statuses",
        why: "One of BigPanda's descriptions of version 2 requires `ok`, `warning`, `critical`, `acknowledged` and \
            `unknown`. The server may refuse a map without one of them.",
        fix: "Add the missing statuses, with an empty list if no value is to have that status.",
        basis: Basis::Documented,
        source: "The preprocessor operations of version 2 require the five keys; OIM Configuration Object v2 lists four.",
    },
    CodeInfo {
        code: "unknown-attribute",
        severity: Severity::Warning,
        title: "Unknown attribute",
        why: "The attribute has no effect here. Often it is a misspelling, so the intended rule is missing. The \
            severity is error if the configuration cannot work without the intended attribute. Whether the BigPanda \
            server ignores or rejects unknown attributes is not documented by BigPanda.",
        fix: "Correct the spelling if a name is suggested; otherwise remove the attribute.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object: the attributes that v1 has. It does not say how others are treated.",
    },
    CodeInfo {
        code: "attribute-undocumented",
        severity: Severity::Info,
        title: "The attribute or its value is not documented by BigPanda",
        why: "The feature exists in BigPanda, and it works here, but its name or value in the API is not documented by \
            BigPanda. The server may ignore or reject it.",
        fix: "Send the configuration, then retrieve it and check that the attribute is still there; or set it in \
            BigPanda's user interface.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1, Event Timestamp, says that a \
            format can be configured, without naming the attribute.",
    },
    CodeInfo {
        code: "missing-attribute",
        severity: Severity::Error,
        title: "A required attribute is missing",
        why: "The configuration cannot create alerts without it: a body needs `config`; `config` needs `status` and \
            `primary_property`; `status` needs `source` and `status_map`; `timestamp` needs `source`; and a tag rule \
            with a default but no source needs a `name`.",
        fix: "Add the attribute to the object whose key or opening brace is underlined. If your rules are next to \
            `sample_payload`, move them into `config`.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Primary and Secondary Properties: no event is received \
            without a primary property. OIM Configuration Object names the attributes, but does not say which of them \
            the server insists on.",
    },
    CodeInfo {
        code: "wrong-type",
        severity: Severity::Error,
        title: "The value has the wrong type",
        why: "BigPanda documents a different type for this attribute. For example, `source` is an array of strings \
            even if there is only one source, and `is_array` is `true`, not `\"true\"`.",
        fix: "Change the value to the type that the message asks for.",
        basis: Basis::Documented,
        source: "OIM Configuration Object: the type of each attribute.",
    },
    CodeInfo {
        code: "empty-value",
        severity: Severity::Info,
        title: "An empty text has no effect",
        why: "A field that is empty counts as a field without a value, so an empty text in `status_map` is never \
            matched, and an empty `default_to` sets no tag. How the server reads such texts is not documented by BigPanda.",
        fix: "Remove the empty text, or write the value that you meant.",
        basis: Basis::Ours,
        source: "A decision of oim-config.",
    },
    CodeInfo {
        code: "no-sources",
        severity: Severity::Error,
        title: "The rule has neither a source nor a default",
        why: "The rule can never produce a value. If it is the rule for the primary property, BigPanda accepts no \
            events. `timestamp` cannot have a default: remove it to use the time of receipt.",
        fix: "List at least one payload field in `source`, or add a `default_to`.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Add Multiple Source Tags: the value is the first populated \
            source or else the default.",
    },
    CodeInfo {
        code: "array-source-missing",
        severity: Severity::Error,
        title: "`is_array` is true, but `array_source` is missing",
        why: "The payload should be split into alerts, but the configuration does not say where the array of alerts \
            is.",
        fix: "Add `array_source` with the path to the array, such as `alerts`. If the payload itself is an array, \
            write `\"\"`; this project supports that value, but it is not documented by BigPanda.",
        basis: Basis::Documented,
        source: "OIM Configuration Object: `array_source` names the array of alerts when `is_array` is true.",
    },
    // Source paths
    CodeInfo {
        code: "array-source-unused",
        severity: Severity::Warning,
        title: "`array_source` is set, but `is_array` is missing",
        why: "`array_source` is used only if `is_array` is true. Without it, the payload is one alert, and the fields \
            inside of the array are not found.",
        fix: "Set `is_array` to true. If each payload is a single alert, remove `array_source`.",
        basis: Basis::Documented,
        source: "OIM Configuration Object: `array_source` is the property that holds the alerts when `is_array` is true.",
    },
    CodeInfo {
        code: "path-invalid",
        severity: Severity::Error,
        title: "The source is not a valid path",
        why: "A path is a list of keys joined by dots, such as `labels.severity`. Empty keys are not allowed. Array \
            indexes (`[0]`), wildcards (`*`) and `$` are not documented by BigPanda and are not supported here. This \
            project also rejects paths with more than 64 keys.",
        fix: "Write the keys from the outermost to the innermost, joined by single dots. To read elements of an array, \
            set that array as `array_source` and start the path with `@alert.`.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object and Create/Update OIM Configuration: every source shown is keys joined by \
            dots.",
    },
    CodeInfo {
        code: "path-needs-alert-prefix",
        severity: Severity::Warning,
        title: "The path needs the prefix `@alert.`",
        why: "When `is_array` is true, a path without the prefix starts at the root of the payload. The field does not \
            exist there, but it does exist in the elements of the array.",
        fix: "Add `@alert.` to the start of the path.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object: with `is_array` every source shown starts with `@alert.`. It does not say \
            what a path without it means.",
    },
    CodeInfo {
        code: "path-alert-prefix-unused",
        severity: Severity::Warning,
        title: "The prefix `@alert.` has no effect",
        why: "`@alert.` refers to the current element of the array. When `is_array` is not true, there is no such \
            element, and the path starts at the root of the payload with or without the prefix.",
        fix: "Remove the prefix, or set `is_array` to true and add `array_source`.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object: the prefix is shown together with `is_array` only.",
    },
    CodeInfo {
        code: "path-through-array",
        severity: Severity::Warning,
        title: "The path goes through an array",
        why: "The path finds no value, because keys cannot lead into an array. A way to select an element is not \
            documented by BigPanda.",
        fix: "If each element should be an alert, set the array as `array_source` and start the path with `@alert.`. \
            Otherwise, have the tool that sends the payload put the field outside the array.",
        basis: Basis::Ours,
        source: "A decision of oim-config; no source that BigPanda shows leads through an array.",
    },
    // Tags
    CodeInfo {
        code: "tag-name-invalid",
        severity: Severity::Error,
        title: "Invalid tag name",
        why: "A tag name starts with a letter from a to z, contains only lowercase letters, digits, underscores and \
            hyphens, and has at most 64 characters. Tags with other names cannot be searched or used in queries.",
        fix: "Use the suggested name if there is one, or another that keeps to these rules.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Tag Mapping: the four rules for tag names. The glossary \
            page Tag Naming: what other names cannot do.",
    },
    CodeInfo {
        code: "tag-name-derived-invalid",
        severity: Severity::Warning,
        title: "Invalid tag name from the payload",
        why: "The rule has no `name`, so the tag is named after the payload key, and that key is not a valid tag name. \
            BigPanda may not be able to search such a tag or use it in queries.",
        fix: "Add a `name` to the rule. If capital letters are the only problem, you can set `force_lowercase` \
            instead.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Tag Mapping: the rules for tag names. That keys become \
            names follows from the table in Open Integration Manager Advanced Configuration.",
    },
    CodeInfo {
        code: "tag-name-reserved",
        severity: Severity::Error,
        title: "The tag name is reserved",
        why: "BigPanda uses `status`, `incident_identifier`, `primary_property`, `secondary_property` and \
            `source_system` for its own fields, so a tag with one of these names would conflict with them. `severity` \
            and `timestamp` are only a warning, because BigPanda's own example uses them as tags. A reserved name that \
            comes from a payload key is also only a warning.",
        fix: "Choose another name, for example one with the tool's name in front: `nagios_status`.",
        basis: Basis::Inferred,
        source: "Glossary pages of `incident_identifier`, `status`, `severity` and `source_system`: reserved words. \
            We conclude that a mapped tag must not have these names.",
    },
    CodeInfo {
        code: "tag-name-unclear",
        severity: Severity::Warning,
        title: "The tag name depends on which source has a value",
        why: "The rule has several sources and no `name`. Here the tag is named after the source that provides the \
            value, so the same rule can create different tags. Which name the BigPanda server uses is not documented \
            by BigPanda.",
        fix: "Add a `name` to the rule.",
        basis: Basis::Ours,
        source: "A decision of oim-config; OIM Configuration Object calls `name` optional and does not say what stands \
            in for it with several sources.",
    },
    CodeInfo {
        code: "tag-duplicate",
        severity: Severity::Warning,
        title: "Two rules create the same tag",
        why: "An alert has each tag only once. A rule with its own name takes precedence over a flattened field; \
            otherwise the rule listed first does. This order is not documented by BigPanda, so the server may keep the \
            other value.",
        fix: "Rename one of the tags. If one value should replace the other when it is missing, list both sources in \
            one rule.",
        basis: Basis::Ours,
        source: "A decision of oim-config; the glossary page Tag Naming asks for unique names.",
    },
    CodeInfo {
        code: "tag-value-limit",
        severity: Severity::Warning,
        title: "A tag value exceeds a limit",
        why: "BigPanda keeps at most 30 items of a list, cuts each item after 512 characters, and allows 2,048 \
            characters in the tag `description`. Values are not cut here, so that you can see them in full.",
        fix: "Use a shorter field, or have the tool send less. BigPanda's account team can raise the limits for items.",
        basis: Basis::Documented,
        source: "Alert Object: limits for tag values. OIM Alert Object: the limit for `description`.",
    },
    CodeInfo {
        code: "tag-value-nested",
        severity: Severity::Warning,
        title: "A tag value is or contains an object",
        why: "A tag value is text or a list of texts. Here an object, or a list that contains objects or lists, is \
            written as JSON text, which is hard to search and read. What the BigPanda server does with it is not \
            documented by BigPanda.",
        fix: "Choose a field inside the object, or set `flatten` to true to create a tag for each of its fields.",
        basis: Basis::Ours,
        source: "A decision of oim-config; OIM Alert Object gives text, numbers and lists as the values of tags.",
    },
    CodeInfo {
        code: "tag-value-blank",
        severity: Severity::Warning,
        title: "A tag value contains only white space",
        why: "White space counts as a value, so the rule uses it and ignores later sources and the default. Whether \
            the BigPanda server does the same is not documented by BigPanda.",
        fix: "Omit the field, or send `null` or an empty string if there is no value; or list another source first.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1, Add Multiple Source Tags, speaks \
            of the first tag that is populated.",
    },
    // Primary and secondary property, identity
    CodeInfo {
        code: "primary-empty",
        severity: Severity::Error,
        title: "The primary property has no value",
        why: "BigPanda does not accept events without a primary property. None of the sources has a plain value in the \
            sample or payload, and there is no default.",
        fix: "Use a field that every payload has, such as the host or the service. Add more sources for payloads \
            without it, or add a `default_to`.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Primary and Secondary Properties: events cannot be \
            received without a primary property.",
    },
    CodeInfo {
        code: "secondary-missing",
        severity: Severity::Info,
        title: "There is no secondary property",
        why: "Only the primary value distinguishes alerts: two different checks on the same host become one alert.",
        fix: "Map `secondary_property` to what is wrong, such as the name of the check or alarm, unless you want one \
            alert for each primary value.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Primary and Secondary Properties: both identify an alert. \
            The glossary page of the secondary property calls it optional.",
    },
    CodeInfo {
        code: "identifier-override",
        severity: Severity::Warning,
        title: "`incident_identifier` replaces the default identity",
        why: "BigPanda recommends the default, which is the primary and the secondary property. With another \
            identifier, alerts from different integrations may no longer match, which causes duplicate incidents and \
            alerts that never resolve. The attribute is documented for version 2 only.",
        fix: "Remove `incident_identifier`, unless you know that the default merges or splits alerts incorrectly.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Event Deduplication Tags: the default setting is \
            recommended.",
    },
    CodeInfo {
        code: "identifier-unknown-tag",
        severity: Severity::Error,
        title: "`incident_identifier` lists a tag that no rule creates",
        why: "A missing tag adds nothing to the identity of an alert, so different alerts may be merged into one.",
        fix: "Correct the name, or add a rule that creates the tag.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object v2: `incident_identifier` is a list of tag names. It does not say \
            what a name without a tag does.",
    },
    CodeInfo {
        code: "identity-has-status",
        severity: Severity::Warning,
        title: "The status is part of the identity of alerts",
        why: "An event updates or resolves the alert that has the same identity. If the identity contains the status, \
            the event that resolves an alert has another identity, so the alert stays open.",
        fix: "Identify alerts by what stays the same, such as the host and the name of the check.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Primary and Secondary Properties and Event Deduplication \
            Tags: their values decide whether an event updates an existing alert.",
    },
    CodeInfo {
        code: "identity-has-time",
        severity: Severity::Warning,
        title: "The time is part of the identity of alerts",
        why: "An event updates or resolves the alert that has the same identity. If the identity contains the time of \
            the event, each event becomes an alert of its own, and none is ever resolved.",
        fix: "Identify alerts by what stays the same, such as the host and the name of the check.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Primary and Secondary Properties and Event Deduplication \
            Tags: their values decide whether an event updates an existing alert.",
    },
    CodeInfo {
        code: "identity-not-unique",
        severity: Severity::Warning,
        title: "Two alerts of the sample have the same identity",
        why: "Alerts with the same identity are one alert: the later one updates the earlier one, so you see only one \
            of them. Positions count from 1, in the order of the payload.",
        fix: "Identify alerts by a field in which they differ, such as the name of the check as the secondary \
            property. Ignore the warning if both elements are about the same problem.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Primary and Secondary Properties and Event Deduplication \
            Tags: their values decide whether an event updates an existing alert.",
    },
    CodeInfo {
        code: "identity-unstable",
        severity: Severity::Warning,
        title: "The identity of alerts is a text that changes",
        why: "In the sample, a value that identifies the alert is free text with a figure, a time or a state in it, \
            such as `CPU is 93 %`. The next event about the same problem has another text, so it becomes another \
            alert, and the first one is never resolved. How such texts are recognised is not documented by BigPanda.",
        fix: "Identify alerts by a name that stays the same, and map the text as an additional attribute.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1 identifies alerts by the values of \
            the primary and secondary property.",
    },
    CodeInfo {
        code: "primary-is-secondary",
        severity: Severity::Warning,
        title: "The primary and the secondary property have the same source",
        why: "The secondary property distinguishes alerts that have the same primary value. If both have the same first \
            source, both have the same value, so the secondary distinguishes nothing.",
        fix: "Map `secondary_property` to what is wrong, such as the name of the check or alarm.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Primary and Secondary Properties: both together identify \
            an alert.",
    },
    CodeInfo {
        code: "placeholder-value",
        severity: Severity::Warning,
        title: "A value is a placeholder",
        why: "In the sample, an identifying value or a status is a variable that the tool did not replace, such as \
            `{HOST.NAME}` or `{{host.name}}`, or a word such as `N/A`. Such a text counts as a value, so different \
            alerts get the same one. Which texts are placeholders is not documented by BigPanda.",
        fix: "Correct the template in the tool, or use an event that the tool has sent as the sample. If the tool sends \
            a word where it has no value, name another source.",
        basis: Basis::Ours,
        source: "A decision of oim-config.",
    },
    // Status
    CodeInfo {
        code: "status-unknown",
        severity: Severity::Error,
        title: "The status does not exist in BigPanda",
        why: "The status of an alert is `ok`, `warning`, `critical`, `acknowledged` or `unknown`, in lowercase. \
            BigPanda cannot show or resolve alerts with any other status.",
        fix: "Use one of these five as the key. Put the values that your tool sends into the lists of `status_map`.",
        basis: Basis::Documented,
        source: "OIM Alert Object: the values of `status`. The examples of v1 map all of them except `unknown`.",
    },
    CodeInfo {
        code: "status-default-missing",
        severity: Severity::Warning,
        title: "No default status",
        why: "An event whose value matches no list becomes `critical`, even if it is harmless or already resolved.",
        fix: "Set `default_to` to the status that you want for unexpected values.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Status Mapping: one status is the default. The newer text, \
            for v2, calls critical the default setting.",
    },
    CodeInfo {
        code: "status-value-duplicate",
        severity: Severity::Error,
        title: "A value is listed under two statuses",
        why: "Only one of them can apply. Here the status listed first is used; which one the BigPanda server uses is \
            not documented by BigPanda.",
        fix: "Keep the value in one list and remove it from the others.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1, Status Mapping, has each value \
            under one status.",
    },
    CodeInfo {
        code: "status-value-case",
        severity: Severity::Warning,
        title: "A status value differs only in case",
        why: "Values are compared exactly, so `CRITICAL` in the sample does not match `critical` in the map. BigPanda \
            says that values must match exactly; we take this to include case.",
        fix: "Add the value to the list exactly as the tool sends it.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Status Mapping: values must match exactly. Case is not \
            mentioned.",
    },
    CodeInfo {
        code: "status-value-near",
        severity: Severity::Info,
        title: "A status value contains a listed value",
        why: "The whole value is compared: `warned` does not match `warn`. If both mean the same, this event gets a \
            different status than you intended.",
        fix: "If the longer value should match, add it to the list.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Status Mapping: `warn` does not match `warned`.",
    },
    CodeInfo {
        code: "status-unmapped",
        severity: Severity::Warning,
        title: "No status value of the sample is listed",
        why: "Every alert in the sample gets the default status, so the mapping has no effect. The sources or the \
            lists do not match what the tool sends.",
        fix: "Add the values shown to the lists of `status_map`, or use the field that contains the status as the \
            source.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Status Mapping: the default applies where no listed value \
            matches.",
    },
    CodeInfo {
        code: "status-never-ok",
        severity: Severity::Warning,
        title: "No value maps to `ok`",
        why: "An alert is resolved when an event sets its status to `ok`. Otherwise, alerts of this integration stay \
            open until someone closes them.",
        fix: "List the values that mean recovery under `ok`, such as `resolved`, `OK` or `Recovered`.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Status Mapping: the status is needed to close resolved \
            alerts.",
    },
    CodeInfo {
        code: "status-undocumented",
        severity: Severity::Info,
        title: "The status `unknown` is not documented for version 1",
        why: "BigPanda has this status, but no published version 1 configuration uses it, so BigPanda may reject or \
            ignore it.",
        fix: "Keep it if you know that it works in your organization; otherwise use `ok`, `warning`, `critical` or \
            `acknowledged`.",
        basis: Basis::Inferred,
        source: "Create or Update OIM Configuration: the sample call of version 1 maps four statuses; version 2 \
            documents `unknown` too.",
    },
    // Time
    CodeInfo {
        code: "timestamp-format-invalid",
        severity: Severity::Error,
        title: "Invalid time format",
        why: "`format` must be `iso8601`, one of the `epoch_…` names, or a strftime pattern with a complete date. The \
            attribute is an addition of this project: you can choose a format in BigPanda's user interface, but its \
            name in the API is not documented by BigPanda.",
        fix: "Correct the part that is underlined, or remove `format`: ISO 8601, RFC 2822 and epoch numbers are \
            recognized without it.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1, Event Timestamp: source tag and \
            format can be configured.",
    },
    CodeInfo {
        code: "timestamp-unreadable",
        severity: Severity::Warning,
        title: "The time cannot be read",
        why: "The value is not in a supported time format, or it is a date before 1970 or after 9999. Go programs, for \
            example, write `0001-01-01T00:00:00Z` for \"no time\". The value is ignored; if no other source has a \
            time, the time of receipt is used, so a late event looks new. The formats that the BigPanda server accepts \
            are not documented by BigPanda.",
        fix: "List a field with a supported time first, or set `format` to match this field.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1, Event Timestamp: the default is \
            the time at which the event entered BigPanda.",
    },
    CodeInfo {
        code: "timestamp-implausible",
        severity: Severity::Warning,
        title: "The number is hardly a time",
        why: "Read as a time, the number is before 2000 or after 2100. It may be `0` for \"no time\", a counter, a date \
            written as digits such as `20260131`, or in another unit than `format` says. Without a `format` it is \
            ignored like a value that cannot be read; with one it is used, so seconds read as milliseconds become \
            January 1970. Which numbers the BigPanda server accepts is not documented by BigPanda.",
        fix: "List the field with the time of the event first, or set `format` to the unit of the number, or to the way \
            in which its digits are a date.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1, Event Timestamp: the default is \
            the time at which the event entered BigPanda.",
    },
    // The sample payload
    CodeInfo {
        code: "sample-missing",
        severity: Severity::Error,
        title: "`sample_payload` is missing",
        why: "BigPanda checks the configuration against a sample. Every request needs this key, both to create and to \
            update a configuration.",
        fix: "Add `sample_payload` next to `config`, with an event as your tool sends it. It may be blank in an \
            update.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Sample Payload: all create calls include a sample, update \
            calls include the field.",
    },
    CodeInfo {
        code: "sample-blank",
        severity: Severity::Error,
        title: "The sample payload is blank",
        why: "To create a configuration, BigPanda needs a sample to check the fields against. Only an update may leave \
            it blank. BigPanda does not define blank; this project treats `\"\"` and `{}` as blank.",
        fix: "Paste an event as your tool sends it. If the configuration already exists, validate it as an update.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Sample Payload: the field can be blank for update calls \
            only.",
    },
    CodeInfo {
        code: "sample-missing-field",
        severity: Severity::Error,
        title: "A field of the configuration is missing from the sample",
        why: "The sample must contain every payload field that the configuration refers to. A field that is not in it \
            is also the most common sign of a misspelled path.",
        fix: "Correct the path, use a sample that has the field, or add the field to this one. With lenient coverage, \
            this is only a warning if the rule has another source or a default.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Sample Payload: every field referenced in the \
            configuration must be included.",
    },
    CodeInfo {
        code: "json-in-text",
        severity: Severity::Info,
        title: "A field contains JSON as text",
        why: "A source path follows the keys of objects. If a field is a text that contains JSON, such as `Message` in a \
            notification of Amazon SNS, no path leads into it. That texts are not read as JSON is not documented by \
            BigPanda.",
        fix: "Have the tool send the object itself. For Amazon SNS, turn on raw message delivery in the subscription.",
        basis: Basis::Ours,
        source: "A decision of oim-config.",
    },
    // The call
    CodeInfo {
        code: "app-key-invalid",
        severity: Severity::Error,
        title: "Invalid app key",
        why: "The app key is part of the URL. If it is empty or contains a slash, a space or similar characters, the \
            URL is wrong. Which characters an app key can contain is not documented by BigPanda.",
        fix: "Copy the app key from the integration's page in BigPanda, without quotes or spaces.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1 has the app key as the last \
            segment of the address.",
    },
    CodeInfo {
        code: "target-unknown",
        severity: Severity::Error,
        title: "Unknown target",
        why: "Code can be generated only for the targets that `targets()` lists. Which tools may send the request is \
            not documented by BigPanda.",
        fix: "Use the id of one of these targets.",
        basis: Basis::Ours,
        source: "A decision of oim-config.",
    },
    CodeInfo {
        code: "import-unreadable",
        severity: Severity::Error,
        title: "The text contains no complete request body",
        why: "You can import a request body, a configuration by itself, the response to a retrieve request, or a curl \
            command that contains the body; copying configurations is not documented by BigPanda. The text does not \
            include files or variables that a command refers to, and an error response contains no configuration. As a \
            warning, it means that the shell would have replaced part of the text, which is kept as written.",
        fix: "Paste the JSON itself, or the complete command with all the text after `--data`.",
        basis: Basis::Ours,
        source: "A decision of oim-config.",
    },
}

/// The usual severity of a code.
pub(super) fn severity(code: &str) -> Severity {
    let found = SEVERITIES.iter().find(|(known, _)| *known == code);
    debug_assert!(found.is_some(), "`{code}` is not in the registry");
    found.map_or(Severity::Error, |(_, severity)| *severity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// Every code that was ever published, one a line. Lines are added, never changed or removed.
    const FROZEN: &str = include_str!("../../tests/codes.frozen.txt");

    #[test]
    fn published_codes_stay_and_new_ones_are_published() {
        let known: HashSet<_> = CODES.iter().map(|info| info.code).collect();
        let frozen: HashSet<_> = FROZEN.lines().collect();
        let gone: Vec<_> = frozen.difference(&known).collect();
        assert!(gone.is_empty(), "published codes that no longer exist: {gone:?}");
        let new: Vec<_> = known.difference(&frozen).collect();
        assert!(new.is_empty(), "codes to add to tests/codes.frozen.txt: {new:?}");
        assert_eq!(known.len(), CODES.len(), "a code occurs twice");
        assert_eq!(frozen.len(), FROZEN.lines().count(), "a line of tests/codes.frozen.txt occurs twice");
    }

    #[test]
    fn codes_are_kebab_case() {
        for info in CODES {
            let words = info.code.split('-');
            let is_word =
                |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
            assert!(words.into_iter().all(is_word), "{}", info.code);
        }
    }

    #[test]
    fn texts_are_whole_sentences() {
        for info in CODES {
            let code = info.code;
            assert!(!info.title.is_empty() && !info.title.ends_with('.'), "{code}: title");
            for text in [info.why, info.fix, info.source] {
                assert!(text.ends_with('.') && !text.contains("  "), "{code}: {text}");
                assert!(!text.starts_with(char::is_lowercase), "{code}: {text}");
                assert!(text.matches('`').count() % 2 == 0, "{code}: {text}");
            }
        }
    }

    #[test]
    fn decisions_of_ours_say_so() {
        for info in CODES.iter().filter(|info| info.basis == Basis::Ours) {
            assert!(info.why.contains("not documented by BigPanda"), "{}", info.code);
        }
    }
}
