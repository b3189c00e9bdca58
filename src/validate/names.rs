//! Tag names: the four rules of BigPanda, and reserved words.

use crate::config::Text;
use crate::diagnostic::{Fix, Problems, Severity};

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
pub(super) fn written(name: &Text, identity: &[&Text], problems: &mut Problems) {
    let broken = broken_rule(&name.text);
    let args = [&*name.text, broken.unwrap_or_default()];
    if broken.is_some() {
        if problems.enough("tag-name-invalid") {
            return;
        }
        let help =
            "a tag name begins with a letter from a to z, then has a to z, 0 to 9, `_` and `-`, 64 characters at most";
        let told = name.told("tag-name-invalid", "{0} is not a tag name: {=1}", help, &args);
        let mended = mended(&name.text).filter(|mended| identity.len() <= RENAMED && !is_reserved(mended));
        problems.tell(&told, mended.map(|mended| renamed(name, &mended, identity)));
    } else if is_reserved(&name.text) {
        let help = "choose another name, such as one that begins with the tool's name";
        problems.tell(&name.told("tag-name-reserved", "{0} means something else to BigPanda", help, &args), None);
    } else if DISCOURAGED.contains(&&*name.text) {
        let help = "it works as a tag, but cannot be used in custom enrichment; another name is safer";
        let told = name.told("tag-name-reserved", "{0} is reserved by BigPanda", help, &args);
        problems.tell_as(Severity::Warning, &told, None);
    }
}

/// Gives a tag another name, also where it identifies alerts.
fn renamed(name: &Text, mended: &str, identity: &[&Text]) -> Fix {
    let mut fix = Fix::change_to(&name.span, mended);
    for tag in identity.iter().filter(|tag| tag.text == name.text) {
        fix.edits.append(&mut Fix::change_to(&tag.span, mended).edits);
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

/// The letters from `À` to `ÿ` without what stands on them; `_` where there is no such letter.
const PLAIN: &[u8; 64] = b"aaaaaaaceeeeiiiidnooooo_ouuuuy_saaaaaaaceeeeiiiidnooooo_ouuuuy_y";

/// A legal name that is as close as can be. `None` when nothing of the name is left.
pub(crate) fn mended(name: &str) -> Option<String> {
    let mut mended = String::new();
    for c in name.chars() {
        let legal = match c {
            // They stand on the letter before them.
            '\u{300}'..='\u{36f}' => continue,
            'À'..='ÿ' => PLAIN.get(c as usize - 'À' as usize).map_or('_', |&letter| char::from(letter)),
            _ if c.is_ascii_alphanumeric() || c == '-' => c.to_ascii_lowercase(),
            _ => '_',
        };
        if mended.is_empty() && !legal.is_ascii_lowercase() || legal == '_' && mended.ends_with('_') {
            continue;
        }
        mended.push(legal);
        if mended.len() == LONGEST {
            break;
        }
    }
    let mended = mended.trim_end_matches('_').to_owned();
    (!mended.is_empty()).then_some(mended)
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
    fn names_are_mended() {
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
            assert_eq!(mended(name).as_deref(), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn what_is_mended_is_legal(name in any::<String>()) {
            if let Some(mended) = mended(&name) {
                prop_assert_eq!(broken_rule(&mended), None, "{}", mended);
            }
        }
    }
}
