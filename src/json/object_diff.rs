//! What differs between two objects whose equal parts are written with equal bytes.

use super::members::{Member, Value};
use core::cell::OnceCell;

/// A member that only one of two objects has, or that has a different value in the other one.
pub(crate) struct Difference<'d> {
    /// A string.
    pub(crate) key: Value<'d>,
    /// Its number among the members of the first object, and its value.
    pub(crate) before: Option<(usize, &'d [u8])>,
    /// As `before`, of the second object.
    pub(crate) after: Option<(usize, &'d [u8])>,
}

/// Calls `report` with each difference between two objects without duplicate keys: first those in the order of the second
/// object, then what it lacks. The order of members does not matter.
pub(crate) fn differences<'d>(before: &'d [u8], after: &'d [u8], report: &mut dyn FnMut(&Difference<'d>)) {
    if before == after {
        return;
    }
    let (before, after) = (members(before), members(after));
    let key = |number: usize| before.get(number).map(|member| member.key.raw());
    // Most keys are at the same position in both, so the search is rarely needed.
    let by_key = OnceCell::new();
    let mut kept = vec![false; before.len()];
    for (number, member) in after.iter().enumerate() {
        let wanted = member.key.raw();
        let place = if key(number) == Some(wanted) {
            Some(number)
        } else {
            let by_key: &Vec<usize> = by_key.get_or_init(|| {
                let mut numbers: Vec<usize> = (0..before.len()).collect();
                numbers.sort_by_key(|&number| key(number));
                numbers
            });
            let found = by_key.binary_search_by(|&number| key(number).cmp(&Some(wanted)));
            found.ok().and_then(|at| by_key.get(at).copied())
        };
        let old = place.and_then(|place| Some((place, before.get(place)?.value.raw())));
        if let Some(kept) = place.and_then(|place| kept.get_mut(place)) {
            *kept = true;
        }
        let new = member.value.raw();
        if old.is_none_or(|(_, old)| old != new) {
            report(&Difference { key: member.key, before: old, after: Some((number, new)) });
        }
    }
    for (number, (member, kept)) in before.iter().zip(kept).enumerate() {
        if !kept {
            report(&Difference { key: member.key, before: Some((number, member.value.raw())), after: None });
        }
    }
}

fn members(object: &[u8]) -> Vec<Member<'_>> {
    Value::whole(object).map(|object| object.members().collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn reported(before: &str, after: &str) -> Vec<String> {
        let mut reported = Vec::new();
        differences(before.as_bytes(), after.as_bytes(), &mut |d| {
            let part = |side: Option<(usize, &[u8])>| {
                side.map_or("-".to_owned(), |(number, value)| format!("{number}{}", String::from_utf8_lossy(value)))
            };
            reported.push(format!("{} {} {}", d.key.text(), part(d.before), part(d.after)));
        });
        reported
    }

    #[test]
    fn differences_are_reported_in_order() {
        let cases: [(&str, &str, &[&str]); 5] = [
            ("{}", "{}", &[]),
            (r#"{"a":"1","b":["2"]}"#, r#"{"b":["2"],"a":"1"}"#, &[]),
            ("{}", r#"{"a":"1"}"#, &[r#"a - 0"1""#]),
            (
                r#"{"a":"1","b":"2","c":"3"}"#,
                r#"{"d":"4","c":["3"],"a":"1"}"#,
                &[r#"d - 0"4""#, r#"c 2"3" 1["3"]"#, r#"b 1"2" -"#],
            ),
            (r#"{"a":"1"}"#, "{}", &[r#"a 0"1" -"#]),
        ];
        for (before, after, expected) in cases {
            assert_eq!(reported(before, after), expected, "{before} {after}");
        }
    }

    proptest! {
        #[test]
        fn the_differences_are_those_of_maps(before in shuffled(), after in shuffled()) {
            let object = |members: &[(u8, u8)]| {
                let members: Vec<_> = members.iter().map(|(key, value)| format!("\"{key}\":\"{value}\"")).collect();
                format!("{{{}}}", members.join(","))
            };
            let (old, new): (BTreeMap<u8, u8>, BTreeMap<u8, u8>) =
                (before.iter().copied().collect(), after.iter().copied().collect());
            let keys: std::collections::BTreeSet<u8> = old.keys().chain(new.keys()).copied().collect();
            let expected: Vec<u8> = keys.into_iter().filter(|key| old.get(key) != new.get(key)).collect();
            let mut found = Vec::new();
            let (before, after) = (object(&before), object(&after));
            differences(before.as_bytes(), after.as_bytes(), &mut |d| {
                found.push(d.key.text().parse::<u8>().unwrap_or_default());
            });
            found.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }

    /// Keys and values in any order, no key twice.
    fn shuffled() -> impl Strategy<Value = Vec<(u8, u8)>> {
        prop::collection::btree_map(0u8..12, 0u8..3, 0..10)
            .prop_map(|map| map.into_iter().collect::<Vec<_>>())
            .prop_shuffle()
    }
}
