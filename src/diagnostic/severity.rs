//! How bad each code usually is.
//!
//! Apart from the registry, whose texts would be a tenth of the engine: what finds a problem needs only this.

use super::Severity::{self, Error, Info, Warning};

static SEVERITIES: &[(&str, Severity)] = &[
    ("json-syntax", Error),
    ("json-duplicate-key", Warning),
    ("json-too-deep", Error),
    ("too-many-alerts", Error),
    ("payload-too-large", Error),
    ("payload-near-limit", Warning),
    ("output-too-large", Error),
    ("alert-not-object", Error),
    ("array-source-not-array", Error),
    ("v2-config", Error),
    ("unknown-attribute", Warning),
    ("attribute-undocumented", Info),
    ("missing-attribute", Error),
    ("wrong-type", Error),
    ("no-sources", Error),
    ("array-source-missing", Error),
    ("path-invalid", Error),
    ("path-needs-alert-prefix", Warning),
    ("path-alert-prefix-unused", Warning),
    ("path-through-array", Warning),
    ("tag-name-invalid", Error),
    ("tag-name-derived-invalid", Warning),
    ("tag-name-reserved", Error),
    ("tag-name-unclear", Warning),
    ("tag-duplicate", Warning),
    ("tag-value-limit", Warning),
    ("tag-value-nested", Warning),
    ("tag-value-blank", Warning),
    ("primary-empty", Error),
    ("secondary-missing", Info),
    ("identifier-override", Warning),
    ("identifier-unknown-tag", Error),
    ("status-unknown", Error),
    ("status-default-missing", Warning),
    ("status-value-duplicate", Error),
    ("status-value-case", Warning),
    ("status-value-near", Info),
    ("status-unmapped", Warning),
    ("status-never-ok", Warning),
    ("status-undocumented", Info),
    ("timestamp-format-invalid", Error),
    ("timestamp-unreadable", Warning),
    ("sample-missing", Error),
    ("sample-blank", Error),
    ("sample-missing-field", Error),
    ("app-key-invalid", Error),
    ("target-unknown", Error),
    ("import-unreadable", Error),
];

/// How bad a code usually is.
pub(super) fn severity(code: &str) -> Severity {
    let known = SEVERITIES.iter().find(|(known, _)| *known == code);
    debug_assert!(known.is_some(), "`{code}` is not in the registry");
    known.map_or(Error, |(_, severity)| *severity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::CODES;

    #[test]
    fn the_registry_says_the_same() {
        let registry: Vec<_> = CODES.iter().map(|info| (info.code, info.severity)).collect();
        assert_eq!(registry, SEVERITIES);
    }
}
