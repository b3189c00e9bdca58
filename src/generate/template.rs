//! Fills in the placeholders of a template.
//!
//! | placeholder | value |
//! |---|---|
//! | `__ABOUT__` | what the code is for: the line is repeated for each line of text |
//! | `__EU_NOTE__` | a note on the host of the EU; for the US the line is left out |
//! | `__STATUS__`, `__HINT__` | an HTTP status and what to do about it: the line is repeated for each status |
//! | `__BASE_URL__`, `__APP_KEY__` | the address of BigPanda, and the app key as a segment of a path |
//! | `__BODY__` | the request body as source code |
//! | `__SCRIPT__` | the script of the target `curl`, for a workflow in YAML |

use super::{Purpose, Region, quote, words};

const CURL: &str = include_str!("templates/apply-oim.sh");

pub(super) fn render(template: &str, purpose: Purpose, region: Region, app_key: &str, body: &str) -> String {
    let (base_url, eu_note) = match region {
        Region::Us => ("https://integrations.bigpanda.io", None),
        Region::Eu => ("https://eu.integrations.bigpanda.io", Some(words::EU)),
    };
    let mut out = String::with_capacity(4096 + body.len());
    for line in template.split_inclusive('\n') {
        if line.contains("__ABOUT__") {
            out.extend(words::about(purpose).map(|text| line.replace("__ABOUT__", text)));
        } else if line.contains("__EU_NOTE__") {
            out.extend(eu_note.map(|text| line.replace("__EU_NOTE__", text)));
        } else if line.contains("__HINT__") {
            let hints = words::hints(purpose).iter();
            out.extend(hints.map(|(status, hint)| line.replace("__STATUS__", status).replace("__HINT__", hint)));
        } else if let Some(indent) = line.strip_suffix("__SCRIPT__\n") {
            // Comments on what it is for are already at the top of the workflow.
            let script = CURL.split_once("# __ABOUT__\n").map_or(CURL, |(_, script)| script);
            out.push_str(&quote::indented(&render(script, purpose, region, app_key, body), indent));
        } else {
            // In one pass, since a body may contain anything, placeholders included.
            let values = [("__BASE_URL__", base_url), ("__APP_KEY__", app_key), ("__BODY__", body)];
            out.push_str(&quote::replaced(line, &values));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::TARGETS;
    use super::*;

    #[test]
    fn every_placeholder_is_known_and_filled_in() {
        let placeholders = |text: &str| -> Vec<String> {
            let words = text.split("__").filter(|word| word.len() > 1);
            words.filter(|word| word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')).map(str::to_owned).collect()
        };
        for target in TARGETS {
            let purpose = if target.retrieves { Purpose::Retrieve } else { Purpose::Create };
            assert!(!placeholders(target.template).is_empty(), "{}", target.id);
            for region in [Region::Us, Region::Eu] {
                let code = render(target.template, purpose, region, "0a1b", "body");
                assert_eq!(placeholders(&code), [""; 0], "{}", target.id);
            }
        }
    }

    #[test]
    fn lines_are_repeated_or_left_out() {
        let template = "# __ABOUT__\n# __EU_NOTE__\n__STATUS__: '__HINT__'\n";
        let us = render(template, Purpose::Create, Region::Us, "", "");
        assert!(us.starts_with("# Creates ") && us.contains("\n401: 'BIGPANDA_ORG_TOKEN has to be"), "{us}");
        assert_eq!(us.lines().count(), 8);
        let eu = render(template, Purpose::Retrieve, Region::Eu, "", "");
        assert!(eu.contains(&format!("\n# {}\n", words::EU)), "{eu}");
        assert_eq!(eu.lines().count(), 7);
    }

    #[test]
    fn values_are_not_searched_for_placeholders() {
        let values = ("__BODY__", "__HINT__ __APP_KEY__ __ABOUT__");
        let code = render("__APP_KEY__\n__BODY__\n", Purpose::Create, Region::Us, values.0, values.1);
        assert_eq!(code, "__BODY__\n__HINT__ __APP_KEY__ __ABOUT__\n");
    }
}
