//! Free text that changes from event to event: with a figure, a time or a state in it.
//!
//! Names contain figures and states as well (`cpu0`, `Disk above 90 %`, `Host down`), so only forms that are rare in names
//! are recognised.

/// Longest text that is checked, in bytes.
const LONGEST: usize = 1_024;

/// Words before a figure that was measured.
const MEASURED: [&str; 6] = ["is", "are", "was", "now", "currently", "reached"];

/// Words before a percentage that was measured.
const USED: [&str; 5] = ["at", "usage", "used", "utilization", "utilisation"];

/// Words before a figure that is a limit or a duration, which stays the same.
const LIMITS: [&str; 29] = [
    ">",
    "<",
    ">=",
    "<=",
    "≥",
    "≤",
    "above",
    "over",
    "below",
    "under",
    "beyond",
    "exceeds",
    "exceeded",
    "exceeding",
    "than",
    "least",
    "most",
    "threshold",
    "limit",
    "for",
    "last",
    "past",
    "every",
    "within",
    "in",
    "after",
    "during",
    "per",
    "between",
];

/// What a figure is measured in.
const UNITS: [&str; 34] = [
    "percent", "ms", "s", "sec", "secs", "seconds", "min", "minutes", "h", "hours", "days", "us", "µs", "b", "kb",
    "mb", "gb", "tb", "kib", "mib", "gib", "tib", "bytes", "kbps", "mbps", "gbps", "°c", "c", "rpm", "v", "hz", "/s",
    "req/s", "iops",
];

/// Words for what happened, with which tools begin a title.
const EVENTS: [&str; 8] =
    ["firing", "resolved", "triggered", "re-triggered", "recovered", "recovery", "acknowledged", "cleared"];

/// Such words that only count in capital letters: in lower case they begin names.
const CAPITAL_EVENTS: [&str; 6] = ["OK", "ALARM", "PROBLEM", "ALERTING", "UP", "DOWN"];

/// States in capitals, as in `is CRITICAL` and `DISK CRITICAL - 2 MB free`.
const STATES: [&str; 9] =
    ["OK", "WARNING", "CRITICAL", "UNKNOWN", "FIRING", "RESOLVED", "ALERTING", "PROBLEM", "RECOVERY"];

/// Words before a state.
const BECOMES: [&str; 6] = ["is", "are", "was", "to", "->", "→"];

/// What changes in a text, in words. `status`: the value that gave the alert's status.
pub(super) fn changing_part(text: &str, status: &str) -> Option<&'static str> {
    if text.len() > LONGEST {
        return None;
    }
    let words = words(text);
    if words.len() < 2 {
        return None;
    }
    if words.iter().any(|word| is_time(word)) {
        Some("a time")
    } else if (1..words.len()).any(|at| is_figure(&words, at)) {
        Some("a figure")
    } else if has_state(&words, status) {
        Some("a state")
    } else {
        None
    }
}

/// The words of a text. What follows `=`, or `:` after a letter, is a word of its own.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let parts = word.split_once(['=', ':']).filter(|(before, after)| {
            before.ends_with(char::is_alphabetic) && after.starts_with(|c: char| c.is_ascii_digit())
        });
        match parts {
            // With its sign, which shows that a figure follows.
            Some((before, after)) => {
                words.push(word.get(..=before.len()).unwrap_or(before));
                words.push(after);
            }
            None => words.push(word),
        }
    }
    words
}

/// A word without punctuation at its ends.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| {
        matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | ':' | '=' | '.' | '!' | '"' | '\'' | '~')
    })
}

/// A date or a time of day: `2026-01-31`, `12:00:00`.
fn is_time(word: &str) -> bool {
    let shape = |pattern: &str| {
        let word = bare(word);
        word.len() >= pattern.len()
            && pattern.bytes().zip(word.bytes()).all(|(p, b)| if p == b'0' { b.is_ascii_digit() } else { p == b })
    };
    shape("0000-00-00") || shape("00:00:00")
}

/// Whether the word is a figure that was measured.
fn is_figure(words: &[&str], at: usize) -> bool {
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let Some((is_decimal, unit)) = number(bare(word(at))) else {
        return false;
    };
    let before = words.get(at.saturating_sub(3)..at).unwrap_or_default();
    let is_limit = |word: &&str| LIMITS.iter().any(|limit| bare(word).eq_ignore_ascii_case(limit));
    if before.iter().any(is_limit) {
        return false;
    }
    let unit = if unit.is_empty() { bare(word(at + 1)) } else { unit };
    let is_percentage = unit.starts_with('%') || unit.eq_ignore_ascii_case("percent");
    let has_unit = is_percentage || UNITS.iter().any(|known| unit.eq_ignore_ascii_case(known));
    let previous = word(at - 1);
    let follows = |known: &[&str]| known.iter().any(|known| bare(previous).eq_ignore_ascii_case(known));
    // A figure alone can be a name; a measured one follows the name of what was measured.
    let is_measured = at > 1 && follows(&MEASURED);
    let is_used = follows(&USED) || previous.ends_with([':', '=']);
    is_measured || has_unit && is_decimal || is_percentage && is_used
}

/// Whether a number is a decimal fraction, and its unit. `None` if it is not a number.
fn number(word: &str) -> Option<(bool, &str)> {
    let word = word.strip_prefix(['-', '+']).unwrap_or(word);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(word);
    let rest = word.get(whole..).filter(|_| whole > 0)?;
    let fraction = rest.strip_prefix(['.', ',']).filter(|rest| digits(rest) > 0);
    let unit = fraction.map_or(rest, |fraction| fraction.get(digits(fraction)..).unwrap_or_default());
    let is_unit =
        unit.is_empty() || unit.starts_with('%') || UNITS.iter().any(|known| unit.eq_ignore_ascii_case(known));
    is_unit.then_some((fraction.is_some(), unit))
}

fn has_state(words: &[&str], status: &str) -> bool {
    let first = words.first().copied().unwrap_or_default();
    let name = first.trim_start_matches('[').split([':', ']']).next().unwrap_or_default();
    let is_marked = first.starts_with('[') || first.ends_with(':');
    let is_event = EVENTS.iter().any(|word| name.eq_ignore_ascii_case(word)) || CAPITAL_EVENTS.contains(&name);
    if is_marked && is_event {
        return true;
    }
    // A status that is a number is as likely a part of a name.
    let is_status = |word: &str| status.starts_with(char::is_alphabetic) && word.eq_ignore_ascii_case(status);
    words.windows(2).any(|pair| {
        let [word, next] = pair else {
            return false;
        };
        let becomes = BECOMES.iter().any(|known| word.eq_ignore_ascii_case(known));
        becomes && (is_status(bare(next)) || STATES.contains(&bare(next))) || *next == "-" && STATES.contains(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_is_recognised() {
        let cases = [
            ("CPU is 93 %", "a figure"),
            ("CPU usage is 93%", "a figure"),
            ("Disk usage 93% on /var", "a figure"),
            ("Memory usage: 87.5%", "a figure"),
            ("cpu=93% mem=12%", "a figure"),
            ("Response time 1.52 s on web-1", "a figure"),
            ("Queue length is 1500", "a figure"),
            ("CPU is 93 % (threshold 90 %)", "a figure"),
            ("Backup failed at 2026-01-31 12:00", "a time"),
            ("Last seen 12:00:05", "a time"),
            ("[FIRING:1] HighLoad", "a state"),
            ("[Triggered on {host:web-1}] CPU", "a state"),
            ("RESOLVED: CPU is high", "a state"),
            ("web-1 is CRITICAL", "a state"),
            ("web-1 is down", "a state"),
            ("changed from OK to CRITICAL", "a state"),
            ("DISK CRITICAL - free space: / 2643 MB", "a state"),
        ];
        for (text, expected) in cases {
            assert_eq!(changing_part(text, "down"), Some(expected), "{text}");
        }
    }

    #[test]
    fn names_are_left_alone() {
        let names = [
            "cpu0",
            "CPU 0",
            "web-1",
            "db-04.example.net:9100",
            "Disk above 90 %",
            "High CPU utilization (over 90% for 5m)",
            "Disk space is critically low (used > 90%)",
            "Interface eth0: High bandwidth usage (>90%)",
            "Load average is too high (per CPU load over 1.5 for 5m)",
            "Free disk space is less than 20% on volume /",
            "Load average 5 min",
            "Instance Down",
            "MySQL: Service is down",
            "Host is unreachable",
            "HTTP 500 errors",
            "Top 10 processes",
            "Port 8080",
            "VLAN: 12",
            "10 GB disk",
            "PostgreSQL 9.6 replication",
            "Early warning system",
            "Critical: disk full",
            "[P1] Disk full",
            "Certificate expires in 14 days",
            "p95 latency of checkout",
            "4:30 backup",
            "",
        ];
        for name in names {
            assert_eq!(changing_part(name, "PROBLEM"), None, "{name}");
        }
    }
}
