//! Tag names: the four rules of BigPanda, and reserved words.

use crate::config::LocatedText;
use crate::diagnostic::{Fix, Problems, Severity, quote_input};

/// Longest tag name, in characters.
const LONGEST: usize = 64;

/// Most identifying tags that are renamed along with a rule: with more of them, each of many names would edit them all.
const RENAMED: usize = 64;

/// Names that mean something else to BigPanda.
pub(crate) const RESERVED: [&str; 5] =
    ["status", "incident_identifier", "primary_property", "secondary_property", "source_system"];

/// Names that are reserved for enrichment, but that BigPanda's own example makes tags of.
pub(crate) const DISCOURAGED: [&str; 2] = ["severity", "timestamp"];

/// Whether a name means something else to BigPanda.
pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// Checks a name that a rule gives. `identity`: the names of the tags that identify alerts.
pub(super) fn check_written(name: &LocatedText, identity: &[&LocatedText], problems: &mut Problems) {
    let tag = &*name.text;
    if let Some(broken) = broken_rule(tag) {
        if problems.at_limit("tag-name-invalid") {
            return;
        }
        let message = format!("{} is not a tag name: {broken}", quote_input(tag));
        let help =
            "a tag name begins with a letter from a to z, then has a to z, 0 to 9, `_` and `-`, 64 characters at most";
        let legal = legal_name(tag).filter(|legal| identity.len() <= RENAMED && !is_reserved(legal));
        let fix = legal.map(|legal| rename(name, &legal, identity));
        problems.push(name.problem("tag-name-invalid", message).help(help).fix(fix));
    } else if is_reserved(tag) {
        let message = format!("{} means something else to BigPanda", quote_input(tag));
        let help = "choose another name, such as one that begins with the tool's name";
        problems.push(name.problem("tag-name-reserved", message).help(help));
    } else if DISCOURAGED.contains(&tag) {
        let message = format!("{} is reserved by BigPanda", quote_input(tag));
        let help = "it works as a tag, but cannot be used in custom enrichment; another name is safer";
        problems.push(name.problem("tag-name-reserved", message).severity(Severity::Warning).help(help));
    }
}

/// Gives a tag another name, also where it identifies alerts.
fn rename(name: &LocatedText, new: &str, identity: &[&LocatedText]) -> Fix {
    let mut fix = Fix::change_to(&name.span, new);
    for tag in identity.iter().filter(|tag| tag.text == name.text) {
        fix.edits.append(&mut Fix::change_to(&tag.span, new).edits);
    }
    fix
}

/// The rule that a name breaks, in words.
pub(crate) fn broken_rule(name: &str) -> Option<&'static str> {
    let Some(first) = name.chars().next() else {
        return Some("it is empty");
    };
    if name.contains(' ') {
        return Some("it has a space");
    }
    if !first.is_ascii_alphabetic() {
        return Some("it does not begin with a letter from a to z");
    }
    if name.chars().count() > LONGEST {
        return Some("it is longer than 64 characters");
    }
    let legal = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-');
    if name.bytes().all(legal) {
        return None;
    }
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Some("it has a capital letter")
    } else {
        Some("it has a character other than a to z, 0 to 9, `_` and `-`")
    }
}

/// The letters from `À` to `ÿ` without their accents; `_` for what is not a letter.
const PLAIN: &[u8; 64] = b"aaaaaaaceeeeiiiidnooooo_ouuuuy_saaaaaaaceeeeiiiidnooooo_ouuuuy_y";

/// The legal name that is closest to a name. `None` if no character of it is legal.
pub(crate) fn legal_name(name: &str) -> Option<String> {
    let mut legal_name = String::new();
    for c in name.chars() {
        let legal = match c {
            // Combining accents.
            '\u{300}'..='\u{36f}' => continue,
            'À'..='ÿ' => PLAIN.get(c as usize - 'À' as usize).map_or('_', |&letter| char::from(letter)),
            _ if c.is_ascii_alphanumeric() || c == '-' => c.to_ascii_lowercase(),
            _ => '_',
        };
        if legal_name.is_empty() && !legal.is_ascii_lowercase() || legal == '_' && legal_name.ends_with('_') {
            continue;
        }
        legal_name.push(legal);
        if legal_name.len() == LONGEST {
            break;
        }
    }
    let legal_name = legal_name.trim_end_matches('_').to_owned();
    (!legal_name.is_empty()).then_some(legal_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_four_rules() {
        let longest = "a".repeat(64);
        for name in ["a", "a-b_1", &longest] {
            assert_eq!(broken_rule(name), None, "{name}");
        }
        let too_long = "a".repeat(65);
        for name in ["1a", "A", "a b", "_a", "-a", "é", "", "a.b", "aB", &too_long] {
            assert!(broken_rule(name).is_some(), "{name}");
        }
    }

    #[test]
    fn names_become_legal() {
        let cases = [
            ("Host Name", Some("host_name")),
            ("1a", Some("a")),
            ("startsAt", Some("startsat")),
            ("é", Some("e")),
            ("東京", None),
            ("Hôte e\u{301}tat Größe", Some("hote_etat_grose")),
            ("a..b.", Some("a_b")),
        ];
        for (name, expected) in cases {
            assert_eq!(legal_name(name).as_deref(), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_legal_name_breaks_no_rule(name in any::<String>()) {
            if let Some(legal) = legal_name(&name) {
                prop_assert_eq!(broken_rule(&legal), None, "{}", legal);
            }
        }
    }
}
