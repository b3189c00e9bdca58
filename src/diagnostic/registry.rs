//! Every code that a diagnostic can have, as data: the page, the command and the package tell the same.
//!
//! The list only grows. A code that is no longer reported stays, as people filter by it.

use super::Severity;
use serde::Serialize;

/// What is to be known of a diagnostic code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CodeInfo {
    /// The code: kebab-case, never changed.
    pub code: &'static str,
    /// How bad it usually is; a single diagnostic may differ, as `fix` or `why` then say.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub fix: &'static str,
    /// How sure it is that BigPanda sees it the same way.
    pub basis: Basis,
    /// What the rule rests on: a page of BigPanda and the gist of it, or our own decision.
    pub source: &'static str,
}

/// What a rule rests on.
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

/// All codes, grouped by what they are about.
pub static CODES: &[CodeInfo] = &[
    // The text
    CodeInfo {
        code: "json-syntax",
        severity: Severity::Error,
        title: "The text is not JSON",
        why: "BigPanda takes JSON. A text that breaks its grammar anywhere is refused here as a whole, also where no \
            rule looks.",
        fix: "Mend the text at the place shown. Frequent causes are single quotes, a comma after the last member, \
            comments, and a text that was cut off.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Sample Payload: the sample is JSON with double quotes. The \
            grammar is RFC 8259.",
    },
    CodeInfo {
        code: "json-duplicate-key",
        severity: Severity::Warning,
        title: "A key occurs twice in one object",
        why: "Only the last of the two counts here, as in JavaScript's `JSON.parse`; the first is lost in silence. \
            Which one the server keeps is not documented by BigPanda.",
        fix: "Keep one of them, or rename one.",
        basis: Basis::Ours,
        source: "A decision of oim-config; RFC 8259, section 4, leaves the behaviour open.",
    },
    CodeInfo {
        code: "json-too-deep",
        severity: Severity::Error,
        title: "The text is nested too deeply",
        why: "Arrays and objects are read up to 128 levels deep, so that no input can exhaust the engine's memory. The \
            limit is not documented by BigPanda.",
        fix: "Flatten the structure before sending it. A monitoring event seldom needs ten levels; more than a hundred \
            usually mean that a tool wraps its own output again and again.",
        basis: Basis::Ours,
        source: "A decision of oim-config; RFC 8259, section 9, allows a limit on depth.",
    },
    CodeInfo {
        code: "too-many-alerts",
        severity: Severity::Error,
        title: "The array holds more than 100,000 elements",
        why: "Nothing of such a payload is processed: within the size limit two million empty objects would fit, and \
            each would be an alert. The limit is not documented by BigPanda.",
        fix: "Send the events in several payloads. If the elements are not alerts, `array_source` names the wrong \
            array.",
        basis: Basis::Ours,
        source: "A decision of oim-config.",
    },
    CodeInfo {
        code: "payload-too-large",
        severity: Severity::Error,
        title: "The payload is larger than 6 MB",
        why: "BigPanda does not accept it, so none of its alerts would arrive. Counted are bytes of UTF-8, of which 6 \
            × 1024 × 1024 are let through. A request body, or a text to be imported, may have 16 × 1024 × 1024; that \
            limit is not documented by BigPanda.",
        fix: "Send fewer events in one payload, or leave out fields that no rule reads. In a body, give a smaller \
            sample.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Sample Payload: OIM accepts payloads of up to 6 MB.",
    },
    CodeInfo {
        code: "payload-near-limit",
        severity: Severity::Warning,
        title: "The payload may be over the size limit",
        why: "It has more than 6,000,000 bytes. Whether the documented 6 MB are 6,000,000 or 6,291,456 bytes is not \
            documented by BigPanda, so it may be refused.",
        fix: "Stay below 6,000,000 bytes: send fewer events in one payload.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Sample Payload: the limit of 6 MB is given without saying \
            which kind of megabyte.",
    },
    CodeInfo {
        code: "output-too-large",
        severity: Severity::Error,
        title: "The answer would be larger than 256 MiB, or take too long",
        why: "Many rules with long defaults over many elements can give far more text than went in, more than a \
            browser can hold. It also tells that so many rules would look into so many alerts, or read so long a list \
            so often, that nobody could wait for it: at most 100 million looks, and fewer while a sample is checked. \
            The limits are not documented by BigPanda.",
        fix: "Process the payload in parts, or look for a rule that copies a large object into every alert.",
        basis: Basis::Ours,
        source: "A decision of oim-config.",
    },
    CodeInfo {
        code: "alert-not-object",
        severity: Severity::Error,
        title: "An element of the array is not an object",
        why: "Tags come from the keys of an element; a number, a text or `null` has none. That element is rejected and \
            the others go on. What the server does with it is not documented by BigPanda.",
        fix: "Check that `array_source` names the array of alerts and not a list inside one, or mend the tool that \
            sends the element.",
        basis: Basis::Ours,
        source: "A decision of oim-config; OIM Alert Object describes each alert as an object.",
    },
    CodeInfo {
        code: "array-source-not-array",
        severity: Severity::Error,
        title: "The array source does not lead to an array",
        why: "With `is_array` the alerts are the elements of that array. Where it is missing or something else, as \
            seen on the sample or a payload, there is no alert to make.",
        fix: "Give the path to the array, such as `alerts`, `events` or `results`; or set `is_array` to false if one \
            payload is one alert.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object: `array_source` is the property that holds the alerts. What happens \
            otherwise is not said.",
    },
    // The shape of the configuration
    CodeInfo {
        code: "v2-config",
        severity: Severity::Error,
        title: "This is a v2 configuration",
        why: "The two versions share an address but not a shape: in v2 `primary_property` is an array, and there are \
            `version`, `map_remaining` and `event_filter`, among others. Reading one as the other would give rules \
            that nobody wrote.",
        fix: "Use the v2 documentation and tools for it. For a v1 integration write `primary_property` and \
            `secondary_property` as objects and leave the v2 attributes out.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1: v1 is for customers who joined before 2023. OIM \
            Configuration Object v2 lists the other attributes.",
    },
    CodeInfo {
        code: "unknown-attribute",
        severity: Severity::Warning,
        title: "The attribute is not known",
        why: "It has no effect here. Often it is a known one misspelt, so the rule that was meant is missing; it is an \
            error where the configuration cannot do without the one that was meant. Whether the server ignores or \
            refuses it is not documented by BigPanda.",
        fix: "Correct the spelling if one is suggested; otherwise remove the attribute.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object: the attributes that v1 has. How others are treated is not said.",
    },
    CodeInfo {
        code: "attribute-undocumented",
        severity: Severity::Info,
        title: "The attribute, or this value of it, is not in BigPanda's documentation",
        why: "It is understood here, as the feature exists in BigPanda, but how the API spells it is not documented by \
            BigPanda, so the server may ignore or refuse it.",
        fix: "Send the configuration, then retrieve it and look whether the attribute is still there; or set it in \
            BigPanda's own pages.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1, Event Timestamp, says that a \
            format can be configured, without naming the attribute.",
    },
    CodeInfo {
        code: "missing-attribute",
        severity: Severity::Error,
        title: "A required attribute is missing",
        why: "Without it no alert can be made: a body needs `config`, `config` needs `status` and `primary_property`, \
            `status` needs `source` and `status_map`, `timestamp` needs `source`, and a tag rule with nothing but a \
            default needs a `name`.",
        fix: "Add the attribute to the object whose key, or opening brace, is underlined. Rules that stand beside \
            `sample_payload` belong inside `config`.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Primary and Secondary Properties: no event is received \
            without a primary property. OIM Configuration Object names the attributes, but does not say which of them \
            the server insists on.",
    },
    CodeInfo {
        code: "wrong-type",
        severity: Severity::Error,
        title: "The value has the wrong type",
        why: "The attribute is documented with another type: for example `source` is an array of strings even when \
            there is one source, and `is_array` is `true`, not `\"true\"`.",
        fix: "Write the value with the type that the message names.",
        basis: Basis::Documented,
        source: "OIM Configuration Object: the type of each attribute.",
    },
    CodeInfo {
        code: "no-sources",
        severity: Severity::Error,
        title: "The rule has neither a source nor a default",
        why: "Such a rule can never give a value. If it is the one for the primary property, no event is accepted; if \
            it is `timestamp`, which has no default, leave all of it out and the time of receipt counts.",
        fix: "Name at least one payload field in `source`, or give the rule a `default_to`.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Add Multiple Source Tags: the value is the first populated \
            source or else the default.",
    },
    CodeInfo {
        code: "array-source-missing",
        severity: Severity::Error,
        title: "`is_array` is true and `array_source` is missing",
        why: "The payload is to be split into alerts, and nothing says where the array of alerts is.",
        fix: "Add `array_source` with the path to the array, such as `alerts`. For a payload that is itself an array \
            write `\"\"`; that is an addition of this project, not documented by BigPanda.",
        basis: Basis::Documented,
        source: "OIM Configuration Object: `array_source` names the array of alerts when `is_array` is true.",
    },
    // Source paths
    CodeInfo {
        code: "path-invalid",
        severity: Severity::Error,
        title: "The source is not a path",
        why: "A path is keys joined by dots, such as `labels.severity`. Empty segments name nothing, and indexes \
            (`[0]`), wildcards (`*`) and `$` are not documented by BigPanda, so nothing is known to read them. More \
            than 64 keys are refused too, which is a limit of this project.",
        fix: "Write the keys from the outside in, joined by single dots. To reach the elements of an array, make it \
            the `array_source` and begin the path with `@alert.`.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object and Create/Update OIM Configuration: every source shown is keys joined by \
            dots.",
    },
    CodeInfo {
        code: "path-needs-alert-prefix",
        severity: Severity::Warning,
        title: "The path needs the prefix `@alert.`",
        why: "With `is_array` a path without the prefix begins at the root of the payload. There it finds nothing, \
            while the elements of the array have that field.",
        fix: "Put `@alert.` before the path.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object: with `is_array` every source shown begins with `@alert.`. What a bare path \
            means there is not said.",
    },
    CodeInfo {
        code: "path-alert-prefix-unused",
        severity: Severity::Warning,
        title: "The prefix `@alert.` has no effect",
        why: "It stands for the current element of the array. Without `is_array` there is none: the path begins at the \
            root of the payload, prefix or not.",
        fix: "Remove the prefix, or set `is_array` to true and name the `array_source`.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object: the prefix is shown together with `is_array` only.",
    },
    CodeInfo {
        code: "path-through-array",
        severity: Severity::Warning,
        title: "The path leads through an array",
        why: "It finds nothing, because keys do not lead into an array, and a way to choose an element is not \
            documented by BigPanda.",
        fix: "If each element should be an alert, make the array the `array_source` and begin the path with `@alert.`. \
            Otherwise let the tool that sends the payload put the field outside the array.",
        basis: Basis::Ours,
        source: "A decision of oim-config; no source that BigPanda shows leads through an array.",
    },
    // Tags
    CodeInfo {
        code: "tag-name-invalid",
        severity: Severity::Error,
        title: "The tag name is not valid",
        why: "A tag name begins with a letter from a to z, holds only lower-case letters, digits, underscores and \
            hyphens, has at most 64 characters and no spaces. Tags with other names cannot be searched or used in \
            queries.",
        fix: "Use the suggested name if there is one, or another that keeps to these rules.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Tag Mapping: the four rules for tag names. The glossary \
            page Tag Naming: what other names cannot do.",
    },
    CodeInfo {
        code: "tag-name-derived-invalid",
        severity: Severity::Warning,
        title: "A tag name from the payload is not valid",
        why: "The rule has no `name`, so the tag takes the key of the payload, and that key breaks the rules for tag \
            names. Such a tag can hardly be searched or used in queries.",
        fix: "Give the rule a `name`. If only capital letters are the problem, `force_lowercase` also mends it.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Tag Mapping: the rules for tag names. That keys become \
            names follows from the table in Open Integration Manager Advanced Configuration.",
    },
    CodeInfo {
        code: "tag-name-reserved",
        severity: Severity::Error,
        title: "The tag name is reserved",
        why: "BigPanda uses `status`, `incident_identifier`, `primary_property`, `secondary_property` and \
            `source_system` for its own fields; a tag of that name would collide with them. `severity` and `timestamp` \
            occur as tags in BigPanda's own example and are warned about only, and so is a name that comes from a key \
            of the payload.",
        fix: "Choose another name, for example with the name of the tool before it: `nagios_status`.",
        basis: Basis::Inferred,
        source: "Glossary pages of `incident_identifier`, `status`, `severity` and `source_system`: reserved words. \
            That a mapped tag must not have these names is a conclusion.",
    },
    CodeInfo {
        code: "tag-name-unclear",
        severity: Severity::Warning,
        title: "The tag name depends on which source is populated",
        why: "The rule has several sources and no `name`. Here the tag is called after the source that gave the value, \
            so one rule makes different tags; which name the server takes is not documented by BigPanda.",
        fix: "Give the rule a `name`.",
        basis: Basis::Ours,
        source: "A decision of oim-config; OIM Configuration Object calls `name` optional and does not say what stands \
            in for it with several sources.",
    },
    CodeInfo {
        code: "tag-duplicate",
        severity: Severity::Warning,
        title: "Two rules make the same tag",
        why: "An alert has each tag once. A rule with an explicit name beats a flattened child, and among equals the \
            first listed wins; this order is not documented by BigPanda, so the server may keep the other value.",
        fix: "Rename one of the two. If one was to stand in for the other, list both sources in one rule.",
        basis: Basis::Ours,
        source: "A decision of oim-config; the glossary page Tag Naming asks for unique names.",
    },
    CodeInfo {
        code: "tag-value-limit",
        severity: Severity::Warning,
        title: "A tag's value is over a limit",
        why: "BigPanda keeps at most 30 items of a list, cuts each after 512 characters, and allows 2,048 characters \
            for the tag `description`. Nothing is cut here, so that you see the whole value.",
        fix: "Map a shorter field, or have the tool send less. BigPanda's account team can raise the limits for items.",
        basis: Basis::Documented,
        source: "Alert Object: limits for tag values. OIM Alert Object: the limit for `description`.",
    },
    CodeInfo {
        code: "tag-value-nested",
        severity: Severity::Warning,
        title: "A tag's value is an object or holds one",
        why: "A tag holds text or a list of texts. An object, or a list with objects or lists in it, becomes its JSON \
            text here, which is hard to search and to read. What the server makes of it is not documented by BigPanda.",
        fix: "Name a field inside the object, or set `flatten` to true to make a tag of each of its fields.",
        basis: Basis::Ours,
        source: "A decision of oim-config; OIM Alert Object gives text, numbers and lists as the values of tags.",
    },
    CodeInfo {
        code: "tag-value-blank",
        severity: Severity::Warning,
        title: "A tag's value is nothing but white space",
        why: "White space counts as a value, so a rule stops at it and neither a later source nor the default is used. \
            Whether the server sees it the same way is not documented by BigPanda.",
        fix: "Send no value, `null` or an empty text where there is none, or list a source that has one first.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1, Add Multiple Source Tags, speaks \
            of the first tag that is populated.",
    },
    // Primary and secondary property, identity
    CodeInfo {
        code: "primary-empty",
        severity: Severity::Error,
        title: "There is no primary value",
        why: "BigPanda does not accept an event without a primary property. None of the sources holds a plain value in \
            the sample or the payload, and there is no default.",
        fix: "Name a field that every payload has, such as the host or the service; add more sources for payloads that \
            lack it; or give the rule a `default_to`.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Primary and Secondary Properties: events cannot be \
            received without a primary property.",
    },
    CodeInfo {
        code: "secondary-missing",
        severity: Severity::Info,
        title: "There is no secondary property",
        why: "Alerts are then told apart by the primary value alone: two different checks on one host become one \
            alert.",
        fix: "Map `secondary_property` to what is wrong, such as the name of the check or alarm, unless one alert for \
            each primary value is what you want.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Primary and Secondary Properties: both identify an alert. \
            The glossary page of the secondary property calls it optional.",
    },
    CodeInfo {
        code: "identifier-override",
        severity: Severity::Warning,
        title: "The incident identifier is overridden",
        why: "BigPanda recommends the default, which is the primary and the secondary property. Another identifier can \
            make alerts of different integrations disagree, which gives duplicate incidents or alerts that never \
            resolve. The attribute's name is known from v2 only.",
        fix: "Remove `incident_identifier`, unless you know that the default joins or splits alerts wrongly.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Event Deduplication Tags: the default setting is \
            recommended.",
    },
    CodeInfo {
        code: "identifier-unknown-tag",
        severity: Severity::Error,
        title: "The incident identifier names a tag that no rule makes",
        why: "A tag that an alert lacks adds nothing to its identity, so alerts that differ could become one.",
        fix: "Correct the name, or add a rule that makes the tag.",
        basis: Basis::Inferred,
        source: "OIM Configuration Object v2: `incident_identifier` is a list of tag names. What a name without a tag \
            does is not said.",
    },
    // Status
    CodeInfo {
        code: "status-unknown",
        severity: Severity::Error,
        title: "BigPanda has no such status",
        why: "An alert is `ok`, `warning`, `critical`, `acknowledged` or `unknown`, written in lower case. What is \
            mapped to anything else cannot be shown or resolved.",
        fix: "Use one of the five. The values that your tool sends go into the lists, not into the keys of \
            `status_map`.",
        basis: Basis::Documented,
        source: "OIM Alert Object: the values of `status`. The examples of v1 map all of them except `unknown`.",
    },
    CodeInfo {
        code: "status-default-missing",
        severity: Severity::Warning,
        title: "There is no default status",
        why: "An event whose values match nothing becomes `critical`, also when it is harmless or already over.",
        fix: "Set `default_to` to the status that you want for unforeseen values.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Status Mapping: one status is the default. The newer text, \
            for v2, calls critical the default setting.",
    },
    CodeInfo {
        code: "status-value-duplicate",
        severity: Severity::Error,
        title: "One value is listed under two statuses",
        why: "Only one of them can apply. Here it is the one listed first; the order of the server is not documented \
            by BigPanda.",
        fix: "Remove the value from all lists but one.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1, Status Mapping, has each value \
            under one status.",
    },
    CodeInfo {
        code: "status-value-case",
        severity: Severity::Warning,
        title: "A status value differs in case only",
        why: "The comparison is exact, so `CRITICAL` in the sample does not match `critical` in the map. That case \
            counts is the strict reading of an exact match.",
        fix: "Add the value to the list as the tool writes it.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Status Mapping: values must match exactly. Case is not \
            mentioned.",
    },
    CodeInfo {
        code: "status-value-near",
        severity: Severity::Info,
        title: "A status value contains a mapped one",
        why: "The whole value is compared: `warned` does not match `warn`. If the two mean the same, this event does \
            not get the status that was meant.",
        fix: "Add the longer value to the list if it should match.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Status Mapping: `warn` does not match `warned`.",
    },
    CodeInfo {
        code: "status-unmapped",
        severity: Severity::Warning,
        title: "No status value of the sample is mapped",
        why: "Every alert of the sample gets the default status, so the mapping does nothing for it: the sources or \
            the lists do not fit what the tool sends.",
        fix: "Add the values shown to the lists of `status_map`, or name the field that really holds the status.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Status Mapping: the default applies where no listed value \
            matches.",
    },
    CodeInfo {
        code: "status-never-ok",
        severity: Severity::Warning,
        title: "Nothing maps to `ok`",
        why: "An alert is resolved when an event sets it to `ok`. Without that, alerts of this integration stay open \
            until somebody closes them.",
        fix: "List the values that mean recovery under `ok`, such as `resolved`, `OK` or `Recovered`.",
        basis: Basis::Inferred,
        source: "Open Integration Manager Configuration v1, Status Mapping: the status is needed to close resolved \
            alerts.",
    },
    CodeInfo {
        code: "status-undocumented",
        severity: Severity::Info,
        title: "The status `unknown` is in no example of version 1",
        why: "BigPanda has the status, but no published configuration of version 1 uses it, so it may be refused or \
            ignored there.",
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
        title: "The time format is not usable",
        why: "A `format` is `iso8601`, one of the `epoch_…` names, or a strftime pattern that gives a full date. The \
            attribute is an addition of this project: a format can be chosen in BigPanda's user interface, and its \
            name in the API is not documented by BigPanda.",
        fix: "Correct the part that is underlined, or remove `format`: ISO 8601, RFC 2822 and epoch numbers are \
            recognised without it.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1, Event Timestamp: source tag and \
            format can be configured.",
    },
    CodeInfo {
        code: "timestamp-unreadable",
        severity: Severity::Warning,
        title: "The time cannot be read",
        why: "The value is not a time in a form that is known, or it lies before 1970 or after 9999. Programs in Go, \
            for example, write `0001-01-01T00:00:00Z` for \"no time\". The value is passed over; if no other source \
            gives a time, the time of receipt is used, and a late event looks new. The forms that the server reads \
            are not documented by BigPanda.",
        fix: "Put a field with a readable time first, or name the `format` of this one.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1, Event Timestamp: the default is \
            the time at which the event entered BigPanda.",
    },
    // The sample payload
    CodeInfo {
        code: "sample-missing",
        severity: Severity::Error,
        title: "There is no `sample_payload`",
        why: "BigPanda checks the configuration against a sample. The key is needed in every call, to create and to \
            update.",
        fix: "Add `sample_payload` beside `config`, with an event as your tool sends it. For an update it may be \
            blank.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Sample Payload: all create calls include a sample, update \
            calls include the field.",
    },
    CodeInfo {
        code: "sample-blank",
        severity: Severity::Error,
        title: "The sample payload is blank",
        why: "To create a configuration BigPanda needs a sample to check the fields against. Only an update may leave \
            it blank. That `\"\"` and `{}` are blank is a decision of this project, as BigPanda does not say.",
        fix: "Paste an event as your tool sends it, or validate as an update if the configuration exists already.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Sample Payload: the field can be blank for update calls \
            only.",
    },
    CodeInfo {
        code: "sample-missing-field",
        severity: Severity::Error,
        title: "The sample lacks a field that the configuration names",
        why: "All payload fields that the configuration refers to must be in the sample. A field that is nowhere in it \
            is also the most frequent sign of a misspelt path.",
        fix: "Correct the path if another one was meant, use a sample that has the field, or add the field to this \
            one. With lenient coverage it is a warning where the rule has another way to a value.",
        basis: Basis::Documented,
        source: "Open Integration Manager Configuration v1, Sample Payload: every field referenced in the \
            configuration must be included.",
    },
    // The call
    CodeInfo {
        code: "app-key-invalid",
        severity: Severity::Error,
        title: "The app key is not valid",
        why: "The app key is a part of the address. An empty one, or one with a slash, a space or the like, would lead \
            to another address or to none. Which characters a key can have is not documented by BigPanda.",
        fix: "Copy the app key from the integration's page in BigPanda, without quotes and spaces around it.",
        basis: Basis::Ours,
        source: "A decision of oim-config; Open Integration Manager Configuration v1 has the app key as the last \
            segment of the address.",
    },
    CodeInfo {
        code: "target-unknown",
        severity: Severity::Error,
        title: "There is no such target",
        why: "Code is generated for the targets that `targets()` lists, and for no others. Which tools may send the \
            request is not documented by BigPanda.",
        fix: "Choose one of these targets by its id.",
        basis: Basis::Ours,
        source: "A decision of oim-config.",
    },
    CodeInfo {
        code: "import-unreadable",
        severity: Severity::Error,
        title: "The text holds no request body, or not all of it",
        why: "What can be imported is a body, a bare configuration, the answer of a retrieval, and a curl command with \
            the body in it; copying configurations is not documented by BigPanda. A file or a variable that a command \
            names is not in the text, and an error that the API answered holds no configuration. As a warning: the \
            shell would have filled something in, and the body has it as it was written.",
        fix: "Paste the JSON itself, or the whole command with all of the text behind its `--data`.",
        basis: Basis::Ours,
        source: "A decision of oim-config.",
    },
];

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
