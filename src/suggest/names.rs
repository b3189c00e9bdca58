//! The names that monitoring tools give their fields.
//!
//! Names are written in small letters without what separates their parts: `alertname` is `alertname`, `alert.name`,
//! `AlertName` and `ALERT_NAME`. The first of a list is the best.

use memchr::memmem;

/// What an alert is about.
pub(super) const HOST: &str = "targethost host hostname instance node nodename device devicename server servername machine \
    computer netbioscomputername vm vmname fqdn hostdns dns primaryimpactedentity impactedentity impactedentities \
    impactedentitynames entityname resourcename monitoringobjectdisplayname monitoringobjectname principalname \
    configurationitems alerttargetids targetresource target entity entitylabel itemname object objectname agentname \
    instanceid hostid resource resourceid deviceid nodeid serverid machineid asset assetid entityid resourcearn hostip \
    hostaddress ip ipaddress address testtargetsdescription ci cmdbci pod container \
    applicationname application app servicename service componentname component clustername cluster networkname \
    database databasename queue queuename topic bucket volume shard monitorurl checkurl targeturl siteurl \
    websiteurl";

/// Endings of fields with the name of a thing: `subject.name`, `asset_label`.
const NAME_ENDINGS: [&str; 4] = ["displayname", "name", "label", "title"];

/// Objects whose name or label is that of what an alert is about, besides [`HOST`].
const SUBJECTS: &str = "subject target entity resource object asset element equipment managedobject ci cmdbci \
    configurationitem pod container component database queue topic bucket volume instance";

/// How many of [`CHECK`] come before the names of [`RULES`].
const RULE_NAMES: usize = 10;

/// Objects whose name or label says what is wrong, besides [`CHECK`].
const RULES: &str = "check rule alarm monitor condition trigger policy signature metric detector query test";

/// How many of [`HOST`] name one thing, so that each can replace the others.
pub(super) const HOSTS: usize = 28;

/// What is wrong with it.
pub(super) const CHECK: &str = "check checkname servicedesc servicedescription alertname alertrule alertrulename \
    rulename ruletitle rule alarmname monitorname monitorfriendlyname conditionname alertconditionnames policyname \
    triggername searchname situationname eventpolicy alarm monitor condition trigger situation \
    testname sensor sensorname detector watchid jobname metricname metric problem problemname \
    incidentname eventname displayname service servicename alert name sdesc shortdesc signaturename finding \
    vulnerability violation alarmcode alertcode faultcode plugin pluginname process processname program operationname";

/// Parts of a thing, which distinguish alerts that are otherwise the same.
pub(super) const PARTS: &str = "interface interfacename ifname port disk diskname drive mount mountpoint filesystem \
    partition volume sensor channel core slot path queue topic table shard pod container instance component subsystem module unit";

/// What happened, as a name and not a state.
pub(super) const OCCURRENCE: &str = "event eventcode errorcode problemtype";

/// What an alert is called, in words that may change.
pub(super) const TITLE: &str = "problemtitle alerttitle issuetitle incidenttitle eventtitle title subject headline \
    shortdescription summary";

/// What stays from a problem to its recovery by its meaning.
pub(super) const INCIDENT: &str = "fingerprint dedupkey dedupekey deduplicationkey incidentkey alertkey alias incidentid \
    problemid issueid alertid alarmid alertuid monitorid checkid ruleid conditionid triggerid displayid alarmkey \
    problemkey issuekey eventkey correlationkey aggregationkey aggregkey alertcyclekey dedupid uniqueid uniquekey eventarn";

/// Identifiers of something that may be sent anew each time.
pub(super) const NUMBERED: &str = "id uid uuid eventid";

/// Fields whose meaning rules them out as an identity, whatever their values: states, kinds, free text, figures, settings.
pub(super) const NO_IDENTITY: &str = "state status severity level priority urgency criticality code kind type category \
    class action event transition phase reason result conclusion outcome message msg description desc details detail \
    text body content output comment comments notes note documentation info suggestion tip query expression command \
    version schema schemaid receiver connector integration organization org orgid account accountid tenant region \
    zone location timezone language locale format url link href icon image logo token secret apikey count counter \
    total attempt attempts duration interval value threshold limit operator unit position tags labels sequence page \
    totalpages index run revision sha uptime elapsed percent usage health score groupkey permalink environment env \
    channel room emoji color colour footer fallback batch currency rank";

/// Objects whose names and identifiers are those of something else.
pub(super) const OTHER_THINGS: &str = "source integration connector organization account page sender team teams meta links \
    permalinks transport workflow escalation schedule channel receiver priority severity status type kind class \
    category location region environment probe subscription tenant";

/// People.
pub(super) const PERSON: &str = "user username userid users actor requester requestor caller owner author login \
    assignee assignees assigned assignedto contact email mail recipient recipients responder oncall acknowledgedby \
    createdby updatedby closedby resolvedby triggeredby changeby changedby by";

/// How the alert is.
pub(super) const STATE: &str = "servicestate hoststate alerttransition monitorcondition newstatevalue newstate newstatus \
    alertstatus eventstatus alertstate incidentstate problemstate issuestate bpstatus currentstate currentstatus state \
    statevalue status eventaction alertaction transition notificationtype action alerttypefriendlyname resolutionstate eventvalue \
    servicestateid hoststateid isactive active isdown down isfiring firing isup up healthy ishealthy resolved \
    isresolved recovered incidentclosed closed appdeventtype statecode statuscode statusname conclusion health \
    statecurrent statuscurrent statename statusvalue statetext statustext statelabel statuslabel stateto statusto \
    tostate tostatus transitionto verdict phase isok available isavailable reachable isreachable online isonline alive alarm inalarm isalarm breached isbreached \
    violated failed isfailed failing open isopen cleared iscleared triggered alerting";

/// How many of [`STATE`] name a state so clearly that its words need not be known.
pub(super) const STATES: usize = 17;

/// What happened, in which some tools say how the alert is.
pub(super) const EVENT: &str = "eventtype alerttype messagetype eventkind event type trigger kind result outcome";

/// Parts of a name that say that it is the state of something else: of a delivery, or of the past.
pub(super) const OTHER_STATE: &str = "old prev previous prior was before from former initial original operation response request delivery job http \
    page integration workflow transport connector acknowledgement acknowledged ssl maintenance \
    last ticket subscription power admin license licence approval sync mail email sms webhook callback silence mute \
    muted suppression backup payment order";

/// Objects with a state of their own, which is not that of the alert where the alert has one.
pub(super) const THINGS: &str = "host agent node device server machine vm cluster";

/// How bad it is; some tools have words for the state there.
pub(super) const SEVERITY: &str = "severity alertseverity eventseverity severitytext severitylevel criticality \
    alertlevel loglevel level eventtypeseverity alerttype eventtype priority urgency alertcategory";

/// Among [`SEVERITY`] those in which `normal` says how urgent something is, not that all is well.
pub(super) const URGENCY: &str = "priority urgency";

/// When it began, or what happened last.
pub(super) const TIME: &str = "startsat firstoccurrence starttime raisedtime firstviolationtime startdate datestart startedat firstseen \
    fireddatetime triggeredat triggertime alerttriggertime occurredat occurrencetime raisedat timeraised \
    openedat activatedat lastservicestatechange statechangetime laststatechange lasthoststatechange \
    lasteventtimestamp situationtime eventtimestamp eventtime alerttime updatedat lastupdated lastupdatedms \
    updatetime updatedate lastmodified timestamp datetime createdat created date time ts timesent sentat start \
    clock epoch at detectedat detected firedat fired occurred raised opened activeat activesince triggered \
    reportedat when since checkedat generatedat generated sent";

/// Endings of a name that say how its time is written.
const TIME_ENDINGS: [&str; 9] = ["utc", "gmt", "iso", "iso8601", "epoch", "unix", "ms", "millis", "seconds"];

/// Times of something else.
pub(super) const NO_TIME: &str = "endsat endtime enddate end ended closedat closetime closedtime resolvedat \
    resolvedtime resolvedatetime resolveddatetime recoverytime acknowledgedat acktime expiresat expirytime uptime \
    downtime responsetime runtime elapsedtime configurationupdatedtimestamp lastok lastsuccess lastseen lastcheck \
    upsince cleartime clearedat clearedtime canceldate cancelledat dateend dateendzoned deletedat nextcheck expires \
    expiry lastlogin createdon intervalstart periodstart windowstart rangestart";

/// Objects whose fields are tags.
pub(super) const LABELS: &str = "labels annotations tags customproperties customdetails details dimensions \
    properties attributes metadata customfields fields extra parameters";

/// What people look for in an alert, besides what other rules use.
pub(super) const USEFUL: &str = "description summary message text details output serviceoutput hostoutput reason \
    statereason newstatereason runbook runbookurl url link generatorurl problemurl incidenturl issueurl externalurl \
    resultslink team owner group alertgroup hostgroup environment env region location site cluster application app \
    service servicename category metric metricname threshold value id alertid eventid problemid incidentid pid \
    displayid fingerprint address ip impact";

/// Fields that are confidential, or noise in every alert.
pub(super) const SKIPPED: &str = "version appkey accesstoken apikey apitoken authtoken token password passwd secret \
    authorization credentials schemaid schemaversion truncatedalerts groupkey okactions alarmactions";

/// How well a path ends in one of the names: the place of the name among them. Of a name that is only the end of a key,
/// [`PART`] more.
pub(super) fn fit(path: &str, names: &str) -> Option<usize> {
    let mut best: Option<usize> = None;
    ends(path, |end, is_part| {
        let score = place(names, end).map(|place| if is_part { place + PART } else { place });
        best = best.into_iter().chain(score).min();
    });
    best
}

/// How well a path names what an alert is about: as [`HOST`] has it, or as the name of such a thing.
pub(super) fn fit_host(path: &str) -> Option<usize> {
    // What is called a host is one; a subject may be anything.
    fit(path, HOST).into_iter().chain(fit_name_of(path, SUBJECTS).map(|place| place + HOSTS)).min()
}

/// How well a path identifies the alert from its problem to its recovery. The `id` of an element of an array of alerts
/// may be that of the message.
pub(super) fn fit_incident(path: &str) -> Option<usize> {
    fit(path.strip_prefix(crate::path::ALERT_PREFIX).unwrap_or(path), INCIDENT)
}

/// How well a path says what is wrong: as [`CHECK`] has it, or as the name of a rule.
pub(super) fn fit_check(path: &str) -> Option<usize> {
    fit(path, CHECK).into_iter().chain(fit_name_of(path, RULES).map(|place| place + RULE_NAMES)).min()
}

/// How well a path says when it was, whatever its name adds of how the time is written.
pub(super) fn fit_time(path: &str) -> Option<usize> {
    fit(path, TIME).or_else(|| TIME_ENDINGS.iter().find_map(|ending| fit(without(path, ending)?, TIME)))
}

fn fit_name_of(path: &str, things: &str) -> Option<usize> {
    NAME_ENDINGS.iter().find_map(|ending| fit(without(path, ending)?, things))
}

/// A path without the name that it ends in.
fn without<'p>(path: &'p str, name: &str) -> Option<&'p str> {
    fit(path, name)?;
    // Names have letters and digits of ASCII alone, so that many of these are the name.
    let mut left = name.len();
    let start = path.char_indices().rev().find(|(_, c)| {
        left -= usize::from(c.is_ascii_alphanumeric());
        left == 0
    });
    start.and_then(|(start, _)| path.get(..start)).filter(|rest| rest.bytes().any(|b| b.is_ascii_alphanumeric()))
}

/// Whether a path ends in one of the names, and its last key is not longer than that.
pub(super) fn is_whole(path: &str, names: &str) -> bool {
    let mut found = false;
    ends(path, |end, is_part| found |= !is_part && place(names, end).is_some());
    found
}

/// Longest name of the lists, in bytes; a test holds it.
const LONGEST_NAME: usize = 40;

/// The ends of a path that may be names, in small letters and without what separates their parts, and whether more of
/// the key is before: of `a.target_host` these are `host`, `targethost` and `atargethost`.
fn ends(path: &str, mut see: impl FnMut(&[u8], bool)) {
    let counts = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80;
    let mut name = [0; LONGEST_NAME];
    let mut start = LONGEST_NAME;
    let bytes = path.as_bytes();
    for (at, &b) in bytes.iter().enumerate().rev().filter(|(_, b)| counts(**b)) {
        let Some(slot) = start.checked_sub(1).and_then(|before| name.get_mut(before)) else {
            return;
        };
        *slot = b.to_ascii_lowercase();
        start -= 1;
        let is_part = match at.checked_sub(1).and_then(|before| bytes.get(before)) {
            None | Some(b'.' | b'@' | b'#') => false,
            Some(&before) if !counts(before) => true,
            Some(before) if b.is_ascii_uppercase() && before.is_ascii_lowercase() => true,
            Some(_) => continue,
        };
        see(name.get(start..).unwrap_or_default(), is_part);
    }
}

/// The place of a name among names that are separated by spaces.
fn place(names: &str, name: &[u8]) -> Option<usize> {
    let names = names.as_bytes();
    let is_end = |at: Option<usize>| at.and_then(|at| names.get(at)).is_none_or(|b| *b == b' ');
    let mut found = memmem::find_iter(names, name);
    let at = found.find(|at| is_end(at.checked_sub(1)) && is_end(Some(at + name.len())))?;
    Some(memchr::memchr_iter(b' ', names.get(..at)?).count())
}

/// Whether a part of a path is one of the words: `old` of `oldState` and of `old.state`.
pub(super) fn has_part(path: &str, words: &str) -> bool {
    let mut part = String::new();
    let mut before = '.';
    for c in path.chars().chain(['.']) {
        let begins = !c.is_alphanumeric() || c.is_uppercase() && before.is_lowercase();
        if begins && !part.is_empty() {
            if place(words, part.as_bytes()).is_some() {
                return true;
            }
            part.clear();
        }
        if c.is_alphanumeric() {
            part.extend(c.to_lowercase());
        }
        before = c;
    }
    false
}

/// Penalty of a name that is only the end of a key.
pub(super) const PART: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_a_space_apart() {
        let lists = [HOST, SUBJECTS, RULES, CHECK, PARTS, OCCURRENCE, TITLE, INCIDENT, NUMBERED, NO_IDENTITY];
        let more = [OTHER_THINGS, PERSON, STATE, EVENT, OTHER_STATE, SEVERITY, THINGS, TIME, NO_TIME, LABELS, USEFUL];
        for list in lists.into_iter().chain(more).chain([SKIPPED]) {
            for (place, name) in list.split(' ').enumerate() {
                assert!((1..=LONGEST_NAME).contains(&name.len()), "{name}");
                let first = list.split(' ').position(|other| other == name);
                assert_eq!(super::place(list, name.as_bytes()), first, "{name} at {place}");
            }
        }
    }

    #[test]
    fn parts_of_paths_are_whole_words() {
        let cases = [
            ("oldState", true),
            ("a.old.state", true),
            ("OLD_STATE", true),
            ("old", true),
            ("threshold", false),
            ("golden.state", false),
            ("", false),
        ];
        for (path, expected) in cases {
            assert_eq!(has_part(path, "old previous"), expected, "{path}");
        }
    }

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
}
