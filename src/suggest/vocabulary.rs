//! The words that tools have for the state of an alert, as data. Each [`Vocabulary`] holds words that a tool uses
//! together, so that a problem word in a payload leads to the word that the same tool sends for the recovery.

use super::spelling::in_case_of;
use crate::json::key_index::KeyIndex;
use std::sync::LazyLock;

/// The words of a tool, by what they mean, in the tool's spelling.
pub(super) struct Vocabulary {
    /// A problem; how bad it is, another field may say.
    pub(super) problem: &'static [&'static str],
    pub(super) critical: &'static [&'static str],
    pub(super) warning: &'static [&'static str],
    pub(super) unknown: &'static [&'static str],
    pub(super) acknowledged: &'static [&'static str],
    pub(super) ok: &'static [&'static str],
}

const NONE: Vocabulary =
    Vocabulary { problem: &[], critical: &[], warning: &[], unknown: &[], acknowledged: &[], ok: &[] };

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Problem,
    Critical,
    Warning,
    Unknown,
    Acknowledged,
    Ok,
}

impl Vocabulary {
    /// All words with their meanings.
    pub(super) fn words(&self) -> impl Iterator<Item = (Meaning, &'static str)> + use<> {
        let lists = [
            (Meaning::Problem, self.problem),
            (Meaning::Critical, self.critical),
            (Meaning::Warning, self.warning),
            (Meaning::Unknown, self.unknown),
            (Meaning::Acknowledged, self.acknowledged),
            (Meaning::Ok, self.ok),
        ];
        lists.into_iter().flat_map(|(meaning, words)| words.iter().map(move |word| (meaning, *word)))
    }

    /// How many of the values it has; a word in the same case counts more than one in another case.
    pub(super) fn score(&self, values: &[String]) -> usize {
        let score = |value: &String| match self.words().find(|(_, word)| word.eq_ignore_ascii_case(value)) {
            Some((_, word)) if word == value => 3,
            Some(_) => 2,
            None => 0,
        };
        values.iter().map(score).sum()
    }
}

/// Numbers and booleans that say how an alert is, by the names of their fields.
pub(super) static VALUES_BY_NAME: &[(&str, Vocabulary)] = &[
    ("resolutionstate", Vocabulary { problem: &["0"], ok: &["255"], ..NONE }),
    ("eventvalue", Vocabulary { problem: &["1"], ok: &["0"], ..NONE }),
    ("servicestateid", Vocabulary { critical: &["2"], warning: &["1"], unknown: &["3"], ok: &["0"], ..NONE }),
    ("hoststateid", Vocabulary { critical: &["1", "2"], ok: &["0"], ..NONE }),
    (
        "isactive active isdown down firing isfiring triggered alerting isopen",
        Vocabulary { problem: &["1", "true"], ok: &["0", "false"], ..NONE },
    ),
    (
        "resolved isresolved incidentclosed closed isclosed recovered isrecovered isup up healthy ishealthy cleared iscleared",
        Vocabulary { problem: &["0", "false"], ok: &["1", "true"], ..NONE },
    ),
    (
        "alarm inalarm isalarm breached isbreached violated failed isfailed failing open",
        Vocabulary { problem: &["true"], ok: &["false"], ..NONE },
    ),
    (
        "isok available isavailable reachable isreachable online isonline alive",
        Vocabulary { problem: &["false"], ok: &["true"], ..NONE },
    ),
];

/// The known vocabularies. A word has the same meaning in all of them; a test holds that.
pub(super) static VOCABULARIES: &[Vocabulary] = &[
    Vocabulary { problem: &["firing"], ok: &["resolved"], ..NONE },
    Vocabulary { critical: &["CRITICAL"], warning: &["WARNING"], unknown: &["UNKNOWN"], ok: &["OK"], ..NONE },
    Vocabulary { critical: &["DOWN", "UNREACHABLE"], ok: &["UP"], ..NONE },
    Vocabulary { critical: &["critical"], warning: &["warning", "info"], ok: &["ok"], ..NONE },
    Vocabulary { problem: &["PROBLEM"], ok: &["RESOLVED", "OK"], ..NONE },
    Vocabulary { problem: &["PROBLEM"], acknowledged: &["ACKNOWLEDGEMENT"], ok: &["RECOVERY"], ..NONE },
    Vocabulary {
        problem: &["Triggered", "Re-Triggered"],
        warning: &["Warn", "Re-Warn"],
        unknown: &["No Data", "Re-No Data"],
        ok: &["Recovered"],
        ..NONE
    },
    Vocabulary { problem: &["ALARM"], unknown: &["INSUFFICIENT_DATA"], ok: &["OK"], ..NONE },
    Vocabulary { problem: &["Fired"], ok: &["Resolved"], ..NONE },
    Vocabulary { problem: &["OPEN"], ok: &["RESOLVED", "CLOSED"], ..NONE },
    Vocabulary { problem: &["ACTIVATED", "CREATED"], acknowledged: &["ACKNOWLEDGED"], ok: &["CLOSED"], ..NONE },
    Vocabulary { problem: &["open"], acknowledged: &["acknowledged"], ok: &["closed"], ..NONE },
    Vocabulary { problem: &["New"], acknowledged: &["Acknowledged"], ok: &["Resolved", "Closed"], ..NONE },
    Vocabulary {
        problem: &["alerting", "firing"],
        warning: &["pending"],
        unknown: &["no_data"],
        ok: &["ok", "normal"],
        ..NONE
    },
    Vocabulary { problem: &["trigger"], acknowledged: &["acknowledge"], ok: &["resolve"], ..NONE },
    Vocabulary { problem: &["triggered"], acknowledged: &["acknowledged"], ok: &["resolved"], ..NONE },
    Vocabulary { problem: &["activated"], ok: &["deactivated", "resolved"], ..NONE },
    Vocabulary { problem: &["active"], ok: &["cleared", "inactive", "canceled", "cancelled"], ..NONE },
    Vocabulary { problem: &["ALERT_NOTIFICATION_TRIGGER"], ok: &["ALERT_NOTIFICATION_CLEAR"], ..NONE },
    Vocabulary {
        critical: &["POLICY_OPEN_CRITICAL", "POLICY_CONTINUES_CRITICAL", "POLICY_UPGRADED"],
        warning: &["POLICY_OPEN_WARNING", "POLICY_CONTINUES_WARNING", "POLICY_DOWNGRADED"],
        ok: &["POLICY_CLOSE_CRITICAL", "POLICY_CLOSE_WARNING", "POLICY_CANCELED_CRITICAL", "POLICY_CANCELED_WARNING"],
        ..NONE
    },
    Vocabulary {
        critical: &["Disaster", "High"],
        warning: &["Average", "Warning", "Information", "Not classified"],
        ok: &["OK"],
        ..NONE
    },
    Vocabulary { critical: &["Sev0", "Sev1"], warning: &["Sev2", "Sev3", "Sev4"], ok: &["Resolved"], ..NONE },
    Vocabulary { critical: &["P1", "P2"], warning: &["P3", "P4", "P5"], ok: &["OK"], ..NONE },
    Vocabulary {
        critical: &["critical", "major"],
        warning: &["minor", "warning", "indeterminate"],
        ok: &["cleared", "clear"],
        ..NONE
    },
    Vocabulary {
        critical: &["fatal", "critical", "error"],
        warning: &["warning", "warn", "info", "notice", "debug"],
        ok: &["ok"],
        ..NONE
    },
    Vocabulary {
        critical: &["emergency", "alert", "critical", "error"],
        warning: &["warning", "notice", "informational", "debug"],
        ok: &["ok"],
        ..NONE
    },
    Vocabulary { critical: &["high"], warning: &["medium", "moderate", "low"], ok: &["ok", "normal"], ..NONE },
    Vocabulary { critical: &["immediate"], warning: &["warning"], ok: &["ok"], ..NONE },
    Vocabulary { critical: &["error"], warning: &["warning", "information"], ok: &["healthy", "success"], ..NONE },
    Vocabulary { critical: &["error"], warning: &["warning", "info", "none"], ok: &["success", "ok"], ..NONE },
    Vocabulary {
        critical: &["AVAILABILITY", "ERROR"],
        warning: &["PERFORMANCE", "RESOURCE_CONTENTION", "CUSTOM_ALERT", "MONITORING_UNAVAILABLE"],
        ok: &["RESOLVED"],
        ..NONE
    },
    Vocabulary { critical: &["failed", "failure"], ok: &["success", "succeeded", "passed"], ..NONE },
    Vocabulary { critical: &["unhealthy"], warning: &["degraded"], ok: &["healthy"], ..NONE },
    Vocabulary { critical: &["offline"], ok: &["online"], ..NONE },
    Vocabulary { critical: &["red"], warning: &["yellow", "amber"], ok: &["green"], ..NONE },
    Vocabulary { critical: &["crit"], warning: &["warn"], ok: &["ok"], ..NONE },
    Vocabulary { critical: &["page", "critical"], warning: &["warning", "warn"], ok: &["ok"], ..NONE },
    Vocabulary { critical: &["severe"], ..NONE },
    Vocabulary { critical: &["err"], ..NONE },
    Vocabulary { critical: &["emerg"], ..NONE },
    Vocabulary {
        critical: &["ALERT_CRITICALITY_LEVEL_CRITICAL", "ALERT_CRITICALITY_LEVEL_IMMEDIATE"],
        warning: &["ALERT_CRITICALITY_LEVEL_WARNING", "ALERT_CRITICALITY_LEVEL_INFO"],
        ..NONE
    },
    Vocabulary { critical: &["error"], warning: &["warning"], ok: &["good"], ..NONE },
    Vocabulary { problem: &["problem"], acknowledged: &["acked"], ok: &["recovered"], ..NONE },
    Vocabulary { problem: &["ongoing"], ok: &["ended"], ..NONE },
    Vocabulary { problem: &["started"], ok: &["ended"], ..NONE },
    Vocabulary { problem: &["detected"], ok: &["fixed"], ..NONE },
    Vocabulary { problem: &["investigating"], ok: &["resolved"], ..NONE },
    Vocabulary { problem: &["flapping"], ok: &["ok"], ..NONE },
    Vocabulary { critical: &["CRITICAL"], warning: &["WARNING"], ok: &["RECOVERY"], ..NONE },
    Vocabulary { problem: &["failing"], ok: &["passing", "ok"], ..NONE },
    Vocabulary { critical: &["failure"], ok: &["recovery"], ..NONE },
    Vocabulary { critical: &["FAILED"], ok: &["RECOVERED"], ..NONE },
    Vocabulary { problem: &["TRIGGERED"], ok: &["RECOVERED", "OK", "RESOLVED"], ..NONE },
    Vocabulary { problem: &["ALARM"], ok: &["CLEAR", "CLEARED", "NORMAL"], ..NONE },
    Vocabulary { problem: &["RAISED"], ok: &["CLEARED"], ..NONE },
    Vocabulary { problem: &["raise"], ok: &["clear"], ..NONE },
    Vocabulary { problem: &["raised"], ok: &["cleared"], ..NONE },
    Vocabulary { problem: &["breached"], ok: &["ok", "recovered"], ..NONE },
    Vocabulary { problem: &["create"], acknowledged: &["acknowledge"], ok: &["close", "resolve"], ..NONE },
    Vocabulary { problem: &["created"], acknowledged: &["acknowledged"], ok: &["closed", "resolved"], ..NONE },
    Vocabulary { problem: &["new"], acknowledged: &["acknowledged"], ok: &["resolved", "closed"], ..NONE },
    Vocabulary { problem: &["set"], ok: &["clear"], ..NONE },
    Vocabulary { problem: &["begin"], ok: &["end"], ..NONE },
    Vocabulary { problem: &["start"], ok: &["end", "stop"], ..NONE },
    Vocabulary {
        critical: &["major_outage", "partial_outage"],
        warning: &["degraded_performance", "under_maintenance"],
        ok: &["operational"],
        ..NONE
    },
    Vocabulary { problem: &["alarm"], warning: &["warn"], ok: &["ok", "normal"], ..NONE },
    Vocabulary { problem: &["incident"], ok: &["recovery"], ..NONE },
    Vocabulary { problem: &["not ok"], ok: &["ok"], ..NONE },
    Vocabulary { critical: &["bad"], ok: &["good"], ..NONE },
    Vocabulary { problem: &["investigating", "identified", "monitoring"], ok: &["resolved", "postmortem"], ..NONE },
    Vocabulary { problem: &["violated"], ok: &["resolved"], ..NONE },
    Vocabulary { problem: &["violation"], ok: &["recovery"], ..NONE },
    Vocabulary { problem: &["opened"], acknowledged: &["acknowledged"], ok: &["closed", "resolved"], ..NONE },
    Vocabulary { problem: &["ACTIVE"], acknowledged: &["ACKNOWLEDGED"], ok: &["RESOLVED", "CLOSED"], ..NONE },
    Vocabulary { problem: &["unresolved"], ok: &["resolved", "archived"], ..NONE },
    Vocabulary { problem: &["notify"], ok: &["recover"], ..NONE },
    Vocabulary { problem: &["problem"], ok: &["recovery"], ..NONE },
    Vocabulary { problem: &["breach"], ok: &["clear"], ..NONE },
    Vocabulary { problem: &["fire"], ok: &["resolve", "clear"], ..NONE },
    Vocabulary { problem: &["ON"], ok: &["OFF"], ..NONE },
    Vocabulary { critical: &["alert"], ok: &["ok", "normal", "resolved", "cleared"], ..NONE },
    Vocabulary { problem: &["firing"], warning: &["pending"], ok: &["inactive"], ..NONE },
    Vocabulary { critical: &["fail", "failed"], ok: &["pass", "passed"], ..NONE },
];

/// What a value means: a known word, in any case, or a compound of which the last word decides, such as
/// `check.down` or `OK_TO_FIRING`.
pub(super) fn meaning(value: &str) -> Option<Meaning> {
    word_meaning(value).or_else(|| joined_meaning(value))
}

/// The places of all words in small letters among the words of [`VOCABULARIES`]: every value of a payload is looked up.
static WORDS: LazyLock<(KeyIndex, Vec<Meaning>)> = LazyLock::new(|| {
    let (mut places, mut meanings) = (KeyIndex::default(), Vec::new());
    for (meaning, word) in VOCABULARIES.iter().flat_map(Vocabulary::words) {
        places.get_or_insert(&word.to_ascii_lowercase(), meanings.len());
        meanings.push(meaning);
    }
    (places, meanings)
});

/// Longest of the words, in bytes; a test holds it.
const LONGEST_WORD: usize = 40;

pub(super) fn word_meaning(value: &str) -> Option<Meaning> {
    let mut lower = [0; LONGEST_WORD];
    let lower = lower.get_mut(..value.len())?;
    lower.copy_from_slice(value.as_bytes());
    lower.make_ascii_lowercase();
    let place = WORDS.0.get(core::str::from_utf8(lower).ok()?)?;
    WORDS.1.get(place).copied()
}

/// Most words that are read as one joined word; beyond, a value is a sentence.
const JOINED: usize = 5;

/// Words that turn the meaning of others.
const NEGATIONS: [&str; 5] = ["not", "no", "non", "never", "un"];

fn joined_meaning(value: &str) -> Option<Meaning> {
    let words: Vec<&str> = parts(value).collect();
    if words.len() < 2 || words.len() > JOINED {
        return None;
    }
    if words.iter().any(|word| NEGATIONS.iter().any(|negation| negation.eq_ignore_ascii_case(word))) {
        return None;
    }
    word_meaning(words.last()?)
}

/// The words of a joined one.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// Whether one of the words of a text says how something is: also of `AlarmRaised`.
pub(super) fn mentions_state(text: &str) -> bool {
    parts(text)
        .any(|word| word_meaning(word).is_some() || camel_case_words(word).any(|part| word_meaning(part).is_some()))
}

/// The words that a name in camel case is made of, if there are several.
fn camel_case_words(word: &str) -> impl Iterator<Item = &str> {
    let starts = |(at, c): (usize, char)| {
        let before = word.get(..at).and_then(|before| before.chars().next_back());
        (c.is_uppercase() && before.is_some_and(char::is_lowercase)).then_some(at)
    };
    let ends: Vec<usize> = word.char_indices().filter_map(starts).chain([word.len()]).collect();
    let is_joined = ends.len() > 1;
    let mut start = 0;
    ends.into_iter()
        .filter(move |_| is_joined)
        .filter_map(move |end| word.get(core::mem::replace(&mut start, end)..end))
}

/// The words that a tool sends together with the given ones, by their meanings, in the case of those that are there.
pub(super) fn related(values: &[String]) -> Vec<(Meaning, String)> {
    let mut found: Vec<(Meaning, String)> = Vec::new();
    let mut add = |meaning, word: String| {
        if !found.iter().any(|(_, known)| *known == word) {
            found.push((meaning, word));
        }
    };
    // The vocabulary that knows the most values comes first, so that its words lead the lists.
    let mut fitting: Vec<(usize, &Vocabulary)> =
        VOCABULARIES.iter().map(|words| (words.score(values), words)).collect();
    fitting.retain(|(score, _)| *score > 0);
    fitting.sort_by_key(|(score, _)| core::cmp::Reverse(*score));
    for (place, (_, vocabulary)) in fitting.iter().enumerate() {
        for (meaning, word) in vocabulary.words() {
            // Of further vocabularies only how the alert ends: more would be guesses.
            if place == 0 || meaning == Meaning::Ok {
                add(meaning, in_case_of(word, vocabulary, values));
            }
        }
    }
    for value in values.iter().filter(|value| word_meaning(value).is_none()) {
        for (meaning, word) in joined_recoveries(value) {
            add(meaning, word);
        }
    }
    found
}

/// What a tool sends for the recovery of a joined word: `check.up` for `check.down`.
fn joined_recoveries(value: &str) -> Vec<(Meaning, String)> {
    let Some(last) = parts(value).last().filter(|_| joined_meaning(value).is_some_and(|m| m != Meaning::Ok)) else {
        return Vec::new();
    };
    // A change from one state to another is reversed.
    let reversed = ["_TO_", "_to_", " to ", "->"].iter().find_map(|arrow| {
        let (from, to) = value.split_once(arrow)?;
        word_meaning(from).filter(|meaning| *meaning == Meaning::Ok).map(|_| [to, arrow, from].concat())
    });
    if let Some(reversed) = reversed {
        return vec![(Meaning::Ok, reversed)];
    }
    let Some(start) = value.strip_suffix(last) else {
        return Vec::new();
    };
    let own = [last.to_owned()];
    let recoveries = VOCABULARIES
        .iter()
        .filter(|words| words.score(&own) > 0)
        .flat_map(|words| words.ok.iter().map(|word| (Meaning::Ok, [start, &in_case_of(word, words, &own)].concat())));
    recoveries.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_the_same_in_every_vocabulary() {
        for (meaning, word) in VOCABULARIES.iter().flat_map(Vocabulary::words) {
            assert!(word.len() <= LONGEST_WORD, "{word}");
            assert_eq!(word_meaning(word), Some(meaning), "{word}");
        }
    }

    #[test]
    fn joined_words_mean_what_their_last_word_means() {
        let cases = [
            ("check.down", Some(Meaning::Critical)),
            ("ALERT_RECOVERY", Some(Meaning::Ok)),
            ("OK_TO_FIRING", Some(Meaning::Problem)),
            ("FIRING_TO_OK", Some(Meaning::Ok)),
            ("incident.resolve", Some(Meaning::Ok)),
            ("recovery failed", Some(Meaning::Critical)),
            ("not ok yet", None),
            ("no longer ok", None),
            ("everything is fine and so it is ok", None),
        ];
        for (value, expected) in cases {
            assert_eq!(meaning(value), expected, "{value}");
        }
    }

    #[test]
    fn recoveries_are_written_as_the_payload_writes_its_words() {
        let of = |values: &[&str]| {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            let related = related(&values).into_iter().filter(|(meaning, _)| *meaning == Meaning::Ok);
            related.map(|(_, word)| word).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of(&["Down"]), "Up");
        assert_eq!(of(&["DOWN"]), "UP");
        assert_eq!(of(&["check.down"]), "check.up");
        assert_eq!(of(&["OK_TO_FIRING"]), "FIRING_TO_OK");
        assert!(of(&["FIRING"]).starts_with("RESOLVED"));
        assert!(of(&["started"]).contains("ended"));
        assert_eq!(of(&["soon"]), "");
    }
}
