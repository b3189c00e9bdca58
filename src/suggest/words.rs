//! What monitoring tools call their fields, and the words that they have for how an alert is.
//!
//! Names are written in small letters without what separates their parts: `alertname` is `alertname`, `alert.name`,
//! `AlertName` and `ALERT_NAME`. The first of a list is the best.

/// What an alert is about.
pub(super) const HOST: &str = "targethost host hostname instance node nodename device devicename server servername machine \
    computer netbioscomputername vm vmname fqdn hostdns dns primaryimpactedentity impactedentity impactedentities entityname resourcename \
    monitoringobjectdisplayname monitoringobjectname principalname configurationitems alerttargetids targetresource \
    resource target entity object objectname sensorname agentname hostid resourceid hostip ip ipaddress \
    address testtargetsdescription ci cmdbci pod container applicationname application app servicename service componentname component \
    clustername cluster job networkname origin site source";

/// How many of [`HOST`] name one thing, so that each can stand in for the others.
pub(super) const HOSTS: usize = 28;

/// What is wrong with it.
pub(super) const CHECK: &str = "check checkname servicedesc servicedescription alertname alertrule alertrulename \
    rulename rule alarmname monitorname conditionname policyname problemtitle triggername searchname situationname \
    eventpolicy alarm monitor condition trigger situation checkcommand hostcheckcommand testname sensor metricname \
    metric problem problemname incidentname alerttitle issuetitle title subject eventname displayname alerttype \
    eventtype category service servicename summary name alertmessage message eventmessage shortdescription description text output";

/// How the alert is.
pub(super) const STATE: &str = "servicestate hoststate alerttransition monitorcondition newstatevalue alertstatus \
    eventstatus alertstate incidentstate problemstate issuestate bpstatus currentstate state status eventaction \
    alertaction transition notificationtype action resolutionstate eventvalue servicestateid hoststateid isactive \
    active resolved incidentclosed appdeventtype";

/// How bad it is; some tools have words for the state there.
pub(super) const SEVERITY: &str = "severity alertseverity eventseverity severitytext severitylevel criticality \
    alertlevel loglevel level eventtypeseverity alerttype eventtype priority urgency alertcategory";

/// Among [`SEVERITY`] those in which `normal` says how urgent something is, not that all is well.
pub(super) const URGENCY: &str = "priority urgency";

/// Numbers and booleans that tell how an alert is, after the name of the field.
pub(super) const BARE: &[(&str, &str)] = &[
    ("resolutionstate", "p0 o255"),
    ("eventvalue", "p1 o0"),
    ("servicestateid", "o0 w1 c2 u3"),
    ("hoststateid", "o0 c1 c2"),
    ("isactive active", "p1 o0 ptrue ofalse"),
    ("resolved incidentclosed", "otrue pfalse"),
];

/// When it began, or what happened last.
pub(super) const TIME: &str = "startsat firstoccurrence starttime startdate datestart startedat firstseen fireddatetime \
    triggeredat triggertime alerttriggertime occurredat occurrencetime raisedat timeraised openedat activatedat \
    lastservicestatechange statechangetime laststatechange lasthoststatechange lasteventtimestamp situationtime \
    eventtimestamp eventtime alerttime updatedat lastupdated lastupdatedms updatetime updatedate lastmodified \
    timestamp timestamputc datetime createdat created date time ts timesent sentat start clock epoch at";

/// Times of something else.
pub(super) const NO_TIME: &str = "endsat endtime enddate end ended closedat closetime closedtime resolvedat \
    resolvedtime resolvedatetime resolveddatetime recoverytime acknowledgedat acktime expiresat expirytime uptime \
    downtime responsetime runtime elapsedtime";

/// Objects whose fields are tags.
pub(super) const LABELS: &str = "labels annotations tags customproperties customdetails details dimensions \
    properties attributes metadata customfields fields extra parameters";

/// What people look for in an alert, beside what other rules take.
pub(super) const USEFUL: &str = "description summary message text details output serviceoutput hostoutput reason \
    statereason newstatereason runbook runbookurl url link generatorurl problemurl incidenturl issueurl externalurl \
    resultslink team owner group alertgroup hostgroup environment env region location site cluster application app \
    service servicename category metric metricname threshold value id alertid eventid problemid incidentid pid \
    displayid fingerprint address ip impact";

/// Fields that are nobody's business, or noise in every alert.
pub(super) const SKIPPED: &str = "version appkey accesstoken apikey apitoken authtoken token password passwd secret \
    authorization credentials schemaid schemaversion truncatedalerts groupkey okactions alarmactions";

/// Families of words: a letter for how the alert is, and the word as the tools write it, with `~` for a space.
///
/// `o` ok, `w` warning, `c` critical, `a` acknowledged, `u` unknown, `p` a problem, of which another field may say how
/// bad it is.
pub(super) const FAMILIES: &[&str] = &[
    "pfiring oresolved",
    "cCRITICAL wWARNING uUNKNOWN oOK",
    "cDOWN cUNREACHABLE oUP",
    "ccritical wwarning winfo ook",
    "pPROBLEM oRESOLVED oOK",
    "pPROBLEM aACKNOWLEDGEMENT oRECOVERY",
    "pTriggered pRe-Triggered wWarn wRe-Warn uNo~Data uRe-No~Data oRecovered",
    "pALARM uINSUFFICIENT_DATA oOK",
    "pFired oResolved",
    "pOPEN oRESOLVED oCLOSED",
    "pACTIVATED pCREATED aACKNOWLEDGED oCLOSED",
    "popen aacknowledged oclosed",
    "pNew aAcknowledged oResolved oClosed",
    "palerting uno_data wpending pfiring ook onormal",
    "ptrigger aacknowledge oresolve",
    "ptriggered aacknowledged oresolved",
    "pactivated odeactivated oresolved",
    "pactive ocleared oinactive ocanceled ocancelled",
    "pALERT_NOTIFICATION_TRIGGER oALERT_NOTIFICATION_CLEAR",
    "cPOLICY_OPEN_CRITICAL wPOLICY_OPEN_WARNING cPOLICY_CONTINUES_CRITICAL wPOLICY_CONTINUES_WARNING \
     cPOLICY_UPGRADED wPOLICY_DOWNGRADED oPOLICY_CLOSE_CRITICAL oPOLICY_CLOSE_WARNING oPOLICY_CANCELED_CRITICAL \
     oPOLICY_CANCELED_WARNING",
    "cDisaster cHigh wAverage wWarning wInformation wNot~classified oOK",
    "cSev0 cSev1 wSev2 wSev3 wSev4 oResolved",
    "cP1 cP2 wP3 wP4 wP5 oOK",
    "ccritical cmajor wminor wwarning windeterminate ocleared oclear",
    "cfatal ccritical cerror wwarning wwarn winfo wnotice wdebug ook",
    "cemergency calert ccritical cerror wwarning wnotice winformational wdebug ook",
    "chigh wmedium wmoderate wlow ook onormal",
    "cimmediate wwarning ook",
    "cerror wwarning winformation ohealthy osuccess",
    "cerror wwarning winfo wnone osuccess ook",
    "cAVAILABILITY cERROR wPERFORMANCE wRESOURCE_CONTENTION wCUSTOM_ALERT wMONITORING_UNAVAILABLE oRESOLVED",
    "cfailed cfailure osuccess osucceeded opassed",
    "cunhealthy wdegraded ohealthy",
    "coffline oonline",
    "cred wyellow wamber ogreen",
    "ccrit wwarn ook",
    "cpage ccritical wwarning wwarn ook",
    "csevere",
    "cerr",
    "cemerg",
    "cALERT_CRITICALITY_LEVEL_CRITICAL cALERT_CRITICALITY_LEVEL_IMMEDIATE wALERT_CRITICALITY_LEVEL_WARNING \
     wALERT_CRITICALITY_LEVEL_INFO",
    "cerror wwarning ogood",
    "pproblem aacked orecovered",
    "pongoing oended",
    "pstarted oended",
    "pdetected ofixed",
    "pinvestigating oresolved",
    "pflapping ook",
];

/// How well a path ends in one of the names: the place of the name among them. Of a name that is only the end of a key,
/// [`PART`] more.
pub(super) fn fit(path: &str, names: &str) -> Option<usize> {
    let mut best = None;
    for (place, name) in names.split_ascii_whitespace().enumerate() {
        let Some(part) = ends_in(path.as_bytes(), name.as_bytes()) else {
            continue;
        };
        let score = if part { place + PART } else { place };
        if best.is_none_or(|best| score < best) {
            best = Some(score);
        }
    }
    best
}

/// What a name counts for that is only the end of a key.
pub(super) const PART: usize = 20;

/// Whether a path ends in a name, whatever case it has and whatever separates its parts. True where it is only the end
/// of a key: `target_host` and `targetHost` end in `host`, `ghost` does not.
fn ends_in(path: &[u8], name: &[u8]) -> Option<bool> {
    let counts = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80;
    let mut at = path.len();
    let mut found = 0;
    for &wanted in name.iter().rev() {
        loop {
            at = at.checked_sub(1)?;
            found = *path.get(at)?;
            if counts(found) {
                break;
            }
        }
        if found.to_ascii_lowercase() != wanted {
            return None;
        }
    }
    match at.checked_sub(1).and_then(|before| path.get(before)) {
        None | Some(b'.' | b'@' | b'#') => Some(false),
        Some(&before) if !counts(before) => Some(true),
        Some(before) => (found.is_ascii_uppercase() && before.is_ascii_lowercase()).then_some(true),
    }
}

/// The letter of a value, if some family has it.
pub(super) fn letter(value: &str, families: &[&str]) -> Option<u8> {
    let mut all = families.iter().flat_map(|family| entries(family));
    all.find(|(_, word)| same(word, value)).map(|(letter, _)| letter)
}

/// Whether a value is a word of a family, in any case.
fn same(word: &str, value: &str) -> bool {
    let plain = |b: u8| if b == b'~' { b' ' } else { b.to_ascii_lowercase() };
    word.len() == value.len() && word.bytes().zip(value.bytes()).all(|(a, b)| plain(a) == b.to_ascii_lowercase())
}

/// The family that has the most of the values; of two the one that writes them as they are.
pub(super) fn family(values: &[String], families: &'static [&'static str]) -> Option<&'static str> {
    let mut best: Option<(usize, &str)> = None;
    for family in families {
        let mut score = 0;
        for (_, word) in entries(family) {
            for value in values.iter().filter(|value| same(word, value)) {
                score += if is(word, value) { 3 } else { 2 };
            }
        }
        if score > best.map_or(0, |(score, _)| score) {
            best = Some((score, family));
        }
    }
    best.map(|(_, family)| family)
}

/// The letters and words of a family.
pub(super) fn entries(family: &str) -> impl Iterator<Item = (u8, &str)> {
    family.split_ascii_whitespace().filter_map(|entry| {
        let (letter, word) = entry.split_at_checked(1)?;
        Some((letter.bytes().next()?, word))
    })
}

/// A word of a family, in the case in which the tool writes others of it.
pub(super) fn written(word: &str, family: &str, values: &[String]) -> String {
    let (mut upper, mut lower) = (false, false);
    for (_, known) in entries(family) {
        // The first value that is written in another way than the family has it.
        if let Some(value) = values.iter().find(|value| same(known, value) && !is(known, value)) {
            upper = value.bytes().any(|b| b.is_ascii_uppercase());
            lower = value.bytes().any(|b| b.is_ascii_lowercase());
            break;
        }
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        // Where both are, only the first letter is a capital, but for `OK`.
        let capital = upper && (!lower || out.is_empty() || word.len() == 2);
        out.push(match c {
            '~' => ' ',
            _ if capital => c.to_ascii_uppercase(),
            _ if lower => c.to_ascii_lowercase(),
            _ => c,
        });
    }
    out
}

/// Whether a value is a word of a family as that has it.
fn is(word: &str, value: &str) -> bool {
    word.bytes().zip(value.bytes()).all(|(a, b)| a == b || a == b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_at_the_ends_of_paths() {
        let cases = [
            ("host", Some(1)),
            ("@alert.labels.instance", Some(3)),
            ("HOSTNAME", Some(2)),
            ("a.host.name", Some(2)),
            ("target_host", Some(0)),
            ("primary_host", Some(PART + 1)),
            ("affectedHost", Some(PART + 1)),
            ("ghost", None),
            ("hosts", None),
            ("", None),
        ];
        for (path, place) in cases {
            assert_eq!(fit(path, HOST), place, "{path}");
        }
        assert_eq!(fit("alert.name", CHECK), fit("alertname", CHECK));
        assert_eq!(fit("@alert.name", CHECK), fit("ALERT_NAME", CHECK));
    }

    #[test]
    fn a_word_means_the_same_in_every_family() {
        for (letter, word) in FAMILIES.iter().flat_map(|family| entries(family)) {
            assert!(b"owcaup".contains(&letter), "{word}");
            assert_eq!(super::letter(&word.replace('~', " "), FAMILIES), Some(letter), "{word}");
        }
    }

    #[test]
    fn words_are_written_as_the_tool_writes_them() {
        let of = |values: &[&str]| {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            let family = family(&values, FAMILIES).unwrap_or_default();
            entries(family).map(|(_, word)| written(word, family, &values)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of(&["FIRING"]), "FIRING RESOLVED");
        assert_eq!(of(&["Critical", "Warning"]), "Critical Warning Unknown OK");
        assert_eq!(of(&["no data"]), "triggered re-triggered warn re-warn no data re-no data recovered");
        assert_eq!(of(&["Not classified"]), "Disaster High Average Warning Information Not classified OK");
        assert_eq!(of(&["soon"]), "");
    }
}
