//! What the code says to its readers in every language.
//!
//! ASCII without quotes, apostrophes, backslashes, `$`, `%` and braces, so that it fits into each language's comments
//! and strings as it is.

use super::Purpose;

/// What the code is for and what it needs, as lines of a comment.
pub(super) fn about(purpose: Purpose) -> [&'static str; 4] {
    let (what, note) = match purpose {
        // BigPanda: the wait, and that requests before may not be successful.
        Purpose::Create => (
            "Creates the Open Integration Manager configuration of an integration in BigPanda.",
            "After installing the integration wait ten minutes: earlier requests may not be successful.",
        ),
        Purpose::Update => (
            "Updates the Open Integration Manager configuration of an integration in BigPanda.",
            "It replaces the whole configuration: rules that are not in the body are gone afterwards.",
        ),
        Purpose::Retrieve => (
            "Retrieves the Open Integration Manager configuration of an integration from BigPanda.",
            "It is written to standard output: the configuration and its sample payload.",
        ),
    };
    [
        what,
        note,
        "BIGPANDA_ORG_TOKEN in the environment is the Org Token; BIGPANDA_API_URL replaces the",
        "address of BigPanda, for tests and proxies. Ends with 2 without a token, 1 on failure.",
    ]
}

/// Stands where the address is that of the EU.
pub(super) const EU: &str = "The EU host is inferred for this path, not documented by BigPanda.";

const NO_ORG_TOKEN: (&str, &str) = ("401", "BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key.");

/// What to do about an answer, by its HTTP status.
pub(super) fn hints(purpose: Purpose) -> &'static [(&'static str, &'static str)] {
    match purpose {
        Purpose::Create | Purpose::Update => &[
            NO_ORG_TOKEN,
            ("404", "There is no integration with this app key: install it in BigPanda first."),
            // The status is ours; the wait is BigPanda's.
            ("409", "Wait until ten minutes after the installation of the integration, then try again."),
            ("413", "The body is too large: use a smaller sample, BigPanda accepts up to 6 MB."),
        ],
        Purpose::Retrieve => &[
            NO_ORG_TOKEN,
            // What is answered before there is a configuration is not documented by BigPanda.
            ("404", "There is no integration with this app key, or it has no configuration yet."),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fit_into_every_language() {
        let purposes = [Purpose::Create, Purpose::Update, Purpose::Retrieve];
        let hints = purposes.into_iter().flat_map(hints).map(|(_, text)| *text);
        for text in purposes.into_iter().flat_map(about).chain(hints).chain([EU]) {
            assert!(text.is_ascii() && !text.contains(['"', '\'', '`', '\\', '$', '%', '{', '}']), "{text}");
            assert!(text.len() <= 94, "{text}");
        }
    }
}
