//! Other formats for a value that the configured one does not read.

use super::{Format, PLAUSIBLE, Reading, did_you_mean, try_read, written};

/// A `format` that reads a value.
#[derive(Debug)]
pub(crate) struct Proposal {
    /// What to write as `format`; `None`: leave it out.
    pub(crate) text: Option<String>,
    format: Option<Format>,
}

impl Proposal {
    /// Whether it reads another value too, as a plausible time.
    pub(crate) fn reads(&self, text: &str) -> bool {
        try_read(text, self.format.as_ref()).is_ok_and(|(seconds, _)| PLAUSIBLE.contains(&seconds))
    }

    fn new(text: &str) -> Option<Proposal> {
        Some(Proposal { text: Some(text.to_owned()), format: Some(Format::parse(text).ok()?) })
    }
}

/// The formats that read `text`, which the `configured` one does not read as a plausible time. More than one if the day and
/// the month can be in either order.
pub(crate) fn proposals(text: &str, configured: Option<&Format>) -> Vec<Proposal> {
    let mut found = Vec::new();
    if let Some(configured) = configured {
        let number = try_read(text, None).ok().and_then(|(_, reading)| name(reading));
        // If the unit is wrong, it is corrected; otherwise the format is left out.
        let proposal = match number.filter(|_| configured.is_number()) {
            Some(name) => Proposal::new(name),
            None => Some(Proposal { text: None, format: None }),
        };
        found.extend(proposal.filter(|proposal| proposal.reads(text)));
    }
    if found.is_empty() {
        for pattern in written::patterns(text) {
            found.extend(Proposal::new(&pattern).filter(|proposal| proposal.reads(text)));
        }
    }
    found
}

/// The name of a format that reads numbers of a unit.
fn name(reading: Reading) -> Option<&'static str> {
    let [_, names @ ..] = did_you_mean::NAMES;
    let number = match reading {
        Reading::EpochSeconds => 0,
        Reading::EpochMilliseconds => 1,
        Reading::EpochMicroseconds => 2,
        Reading::EpochNanoseconds => 3,
        Reading::Iso8601 | Reading::Rfc2822 | Reading::Pattern => return None,
    };
    names.get(number).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of the proposals; `-` is to leave the format out.
    fn proposed(text: &str, configured: Option<&str>) -> Vec<String> {
        let configured = configured.map(|format| Format::parse(format).unwrap());
        let proposals = proposals(text, configured.as_ref());
        proposals.into_iter().map(|proposal| proposal.text.unwrap_or("-".to_owned())).collect()
    }

    #[test]
    fn another_unit() {
        let cases = [
            ("epoch_milliseconds", "1657051165", "epoch_seconds"),
            ("epoch_seconds", "1657051165661", "epoch_milliseconds"),
            ("epoch_seconds", "1657051165661999", "epoch_microseconds"),
            ("%s", "1657051165661999999", "epoch_nanoseconds"),
            ("%d/%m/%Y", "1657051165", "-"),
            ("%d/%m/%Y", "2022-07-05", "-"),
            ("epoch_seconds", "2022-07-05", "-"),
        ];
        for (configured, text, expected) in cases {
            assert_eq!(proposed(text, Some(configured)), [expected], "{text}");
        }
        assert_eq!(proposed("05.07.2022 19:59", Some("%d/%m/%Y")), ["%d.%m.%Y %H:%M", "%m.%d.%Y %H:%M"]);
        assert_eq!(proposed("25.07.2022 19:59", Some("epoch_seconds")), ["%d.%m.%Y %H:%M"]);
        assert_eq!(proposed("20220705", None), ["%Y%m%d"]);
        assert!(proposed("1970/01/01 00:00", None).is_empty(), "not a plausible time");
        for text in ["0", "-1", "86400", "1e400", "soon", ""] {
            assert!(proposed(text, Some("epoch_seconds")).is_empty(), "{text}");
            assert!(proposed(text, None).is_empty(), "{text}");
        }
    }
}
