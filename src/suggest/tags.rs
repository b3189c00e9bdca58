//! Further tags: `additional_attributes`.

use super::Confidence::High;
use super::identity::Named;
use super::names::{LABELS, NO_TIME, SKIPPED, USEFUL, fit};
use super::plan::{LONGEST, Plan, nth};
use super::survey::SurveyedField;
use crate::diagnostic::quote_input;
use crate::json::key_index::KeyIndex;
use crate::validate::names::{DISCOURAGED, RESERVED, broken_rule, legal_name};

/// Most rules that are proposed. Nobody reads a longer proposal.
const RULES: usize = 20;

/// Most tags of one object.
const FLATTENED: usize = 30;

/// Longest `description`, in characters. BigPanda: alert object.
const DESCRIPTION: usize = 2_048;

const POINTER: &str = "/config/additional_attributes";

/// Whether a tag should not have this name.
pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name) || DISCOURAGED.contains(&name)
}

/// The tag names that are in use, each with the number of its only source, if it has just one.
struct TakenNames(KeyIndex);

const SEVERAL: usize = usize::MAX;

/// Proposes further attributes. `named` are the tags of the other rules.
pub(super) fn propose(plan: &mut Plan<'_, '_>, named: &Named) {
    let mut names = TakenNames(KeyIndex::default());
    for (name, field) in named {
        names.0.get_or_insert(name, field.unwrap_or(SEVERAL));
    }
    let objects = flattened(plan, &mut names);
    if objects.iter().any(|number| has_capitals(plan, *number)) {
        plan.key("force_lowercase");
        plan.literal("true");
        let message = "some keys of what is flattened have capitals, which tag names must not have";
        plan.add_reason("/config/force_lowercase", "true", None, High, message);
    }
    let mut own = KeyIndex::default();
    for (number, field) in plan.survey.fields.iter().enumerate().filter(|(_, field)| !field.is_outer) {
        own.get_or_insert(&field.key, number);
    }
    // Useful fields come first, then all others in the order of the payload.
    let (mut singles, mut left_out) = (Vec::new(), 0);
    for useful in [true, false] {
        for (number, field) in plan.survey.fields.iter().enumerate() {
            let is_useful = fit(&field.path, USEFUL).is_some();
            // Fields of the outer payload often repeat those of the alerts.
            let is_repeated = field.is_outer && (!useful || own.contains(&field.key));
            if is_useful != useful || is_repeated || !is_free(plan, number, field) {
                continue;
            }
            if objects.len() + singles.len() >= RULES {
                left_out += 1;
            } else if let Some(name) = name(plan, field, &names) {
                names.0.get_or_insert(&name, number);
                singles.push((name, number));
            }
        }
    }
    if objects.is_empty() && singles.is_empty() {
        return;
    }
    plan.key("additional_attributes");
    plan.literal("[");
    let mut place = 0;
    for (name, number) in &singles {
        separate(plan, place);
        plan.text("name", name);
        plan.sources(&[*number]);
        plan.literal("}");
        let path = plan.path(*number);
        let message = format!("{} is not used by any other rule", quote_input(path));
        plan.add_reason(&nth(POINTER, place), path, Some(*number), High, message);
        place += 1;
    }
    for number in &objects {
        separate(plan, place);
        plan.sources(&[*number]);
        plan.literal(",\"flatten\":true}");
        let path = plan.path(*number);
        let message = format!("each field of {} becomes a tag", quote_input(path));
        plan.add_reason(&nth(POINTER, place), path, Some(*number), High, message);
        place += 1;
    }
    plan.literal("]");
    if left_out > 0 {
        let message = format!(
            "`{left_out}` more fields have values; a proposal has at most twenty further rules, which is a limit of this tool"
        );
        plan.add_reason(POINTER, &left_out.to_string(), None, High, message);
    }
}

fn separate(plan: &mut Plan<'_, '_>, place: usize) {
    plan.literal(if place > 0 { ",{" } else { "{" });
}

/// Whether no rule uses a field, and its values fit a tag.
fn is_free(plan: &Plan<'_, '_>, number: usize, field: &SurveyedField) -> bool {
    let is_noise = field.time.is_some() || [NO_TIME, SKIPPED].iter().any(|names| fit(&field.path, names).is_some());
    plan.used.get(number) == Some(&false) && field.fits_tag(DESCRIPTION) && !is_noise
}

/// A name for the tag of a field: its key, alone or together with the key of its object.
fn name(plan: &Plan<'_, '_>, field: &SurveyedField, names: &TakenNames) -> Option<String> {
    let parent = field.parent.and_then(|parent| plan.field(parent)).map_or("event", |parent| &parent.key);
    let longer = format!("{parent}_{}", field.key);
    let mut possible = [&field.key, &longer].into_iter().filter_map(|name| legal_name(&separate_words(name)));
    // A single letter means nothing by itself.
    let name = possible.find(|name| name.len() > 1 && !is_reserved(name) && names.0.get(name).is_none())?;
    (field.longest <= LONGEST || name == "description").then_some(name)
}

/// Separates the words of a name in camel case, such as `externalURL` and `AWSAccountId`, with `_`.
pub(super) fn separate_words(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    let mut rest = name.chars();
    while let Some(c) = rest.next() {
        if c.is_ascii_uppercase() && begins_word(before, rest.clone()) {
            out.push('_');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Whether a capital letter begins a word, by what comes before and after it.
fn begins_word(before: char, mut after: core::str::Chars<'_>) -> bool {
    if before.is_ascii_lowercase() {
        return true;
    }
    // After an acronym or a number, only a capital letter before a lower-case letter does.
    let (next, second) = (after.next().unwrap_or(' '), after.next().unwrap_or(' '));
    let is_before_lower = next.is_ascii_lowercase();
    // `URLs` and `IPv4` are acronyms to their ends.
    let is_plural = next == 's' && !second.is_ascii_lowercase();
    let is_version = next == 'v' && second.is_ascii_digit();
    before.is_ascii_alphanumeric() && is_before_lower && !(before.is_ascii_uppercase() && (is_plural || is_version))
}

/// Objects of the alerts to flatten; their fields are then used.
fn flattened(plan: &mut Plan<'_, '_>, names: &mut TakenNames) -> Vec<usize> {
    let mut objects = Vec::new();
    for (number, field) in plan.survey.fields.iter().enumerate() {
        let is_plain = field.is_object
            && field.alerts.is_empty()
            && !field.is_ambiguous
            && !field.has_hidden_fields
            && !field.is_outer;
        if objects.len() >= RULES || !is_plain || fit(&field.path, LABELS).is_none() {
            continue;
        }
        let children: Vec<usize> = children(plan, number).collect();
        let mut own = KeyIndex::default();
        let has_tag = |child: &usize| {
            plan.field(*child).is_some_and(|field| {
                let name = field.key.to_ascii_lowercase();
                let longest = if name == "description" { DESCRIPTION } else { LONGEST };
                let fits =
                    !field.is_object && !field.is_ambiguous && (field.alerts.is_empty() || field.fits_tag(longest));
                let is_free = names.0.get(&name).is_none_or(|taken| taken == *child);
                let is_legal = broken_rule(&name).is_none() && !RESERVED.contains(&&*name);
                fits && is_free && is_legal && own.get_or_insert(&name, *child) == *child
            })
        };
        if children.is_empty() || children.len() > FLATTENED || !children.iter().all(has_tag) {
            continue;
        }
        objects.push(number);
        for child in children {
            if let Some(field) = plan.field(child) {
                names.0.get_or_insert(&field.key.to_ascii_lowercase(), child);
            }
            plan.take(child);
        }
    }
    objects
}

fn children<'p>(plan: &'p Plan<'_, '_>, of: usize) -> impl Iterator<Item = usize> + 'p {
    let fields = plan.survey.fields.iter().enumerate();
    fields.filter(move |(_, field)| field.parent == Some(of)).map(|(number, _)| number)
}

/// Whether a key in an object has a capital letter.
fn has_capitals(plan: &Plan<'_, '_>, object: usize) -> bool {
    let capital = |number: usize| plan.field(number).is_some_and(|f| f.key.bytes().any(|b| b.is_ascii_uppercase()));
    children(plan, object).any(capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_keys() {
        let cases = [
            ("externalURL", "external_url"),
            ("hostIP", "host_ip"),
            ("AWSAccountId", "aws_account_id"),
            ("HTTPServerName", "http_server_name"),
            ("VMId", "vm_id"),
            ("URLs", "urls"),
            ("targetIPs", "target_ips"),
            ("URLsChecked", "urls_checked"),
            ("DNSServers", "dns_servers"),
            ("SSHStatus", "ssh_status"),
            ("IPv4Address", "ipv4_address"),
            ("sourceIPv6", "source_ipv6"),
            ("APIv2URL", "apiv2url"),
            ("OSVersion2", "os_version2"),
            ("EC2Instance", "ec2_instance"),
            ("S3BucketName", "s3_bucket_name"),
            ("k8sCluster", "k8s_cluster"),
            ("sha256Sum", "sha256_sum"),
            ("A1B2C3", "a1b2c3"),
            ("Resource_ID", "resource_id"),
            ("ALERT_NAME", "alert_name"),
            ("Group-Key", "group-key"),
            ("AvailabilityZone", "availability_zone"),
            ("already_parted", "already_parted"),
            ("hostname", "hostname"),
            ("CPU", "cpu"),
            ("Is", "is"),
            ("", ""),
        ];
        for (key, expected) in cases {
            assert_eq!(legal_name(&separate_words(key)).unwrap_or_default(), expected, "{key}");
        }
    }
}
