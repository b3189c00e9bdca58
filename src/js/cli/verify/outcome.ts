/** What the alerts of probes say of their rules. */
import type { Alert } from "../../types.js";
import { keyOf, own } from "./match.js";
import { PROBES, type Probe, type Shown } from "./probes.js";
import type { Report, Verified } from "./report.js";

/**
 * `confirmed`: BigPanda made what the rule says. `refuted`: it made something else. `undecided`: its alert was not found
 * or does not say, or the engine's alert does not show the rule with this configuration.
 */
export type Verdict = "confirmed" | "refuted" | "undecided";

export interface Outcome {
  probe: Probe;
  verdict: Verdict;
}

/** The rules whose probes are among the payloads, in the order of the list. */
export function outcomesOf({ alerts, refused }: Report): Outcome[] {
  const arrived = new Set(
    alerts
      .filter(({ theirs }) => theirs !== undefined)
      .map(({ ours }) => PROBES.find(({ id }) => id === own(ours.alert.tags, "oim_probe"))?.group),
  );
  const unexpected = new Set(refused.filter(({ expected }) => !expected).map(({ payload }) => payload));
  const verdicts = new Map<string, Set<Verdict>>();
  for (const one of alerts) {
    const id = own(one.ours.alert.tags, "oim_probe");
    const probe = PROBES.find((candidate) => candidate.id === id);
    if (probe === undefined) continue;
    const isDropped = probe.keeps === true && one.theirs === undefined && arrived.has(probe.group);
    const verdict = isDropped ? "refuted" : verdictOf(one, probe, unexpected.has(one.ours.payload));
    verdicts.set(probe.id, (verdicts.get(probe.id) ?? new Set()).add(verdict));
  }
  return PROBES.flatMap((probe) => {
    const found = verdicts.get(probe.id);
    if (found === undefined) return [];
    return [{ probe, verdict: found.has("refuted") ? "refuted" : found.has("undecided") ? "undecided" : "confirmed" }];
  });
}

function verdictOf({ ours, theirs, differences }: Verified, probe: Probe, isRefused: boolean): Verdict {
  const shown = probe.shows.flat().find((one) => fits(ours.alert, one));
  if (shown === undefined) return "undecided";
  if (theirs === undefined) return isRefused ? "refuted" : "undecided";
  const names = Object.keys(shown.tags ?? {});
  const refuted = differences.some(({ kind, tag = "", bigpanda }) => {
    if (kind === "status") return shown.status !== undefined;
    if (kind === "time") return shown.timestamp !== undefined;
    if (kind === "identity") return tag === "incident_identifier" && shown.incident_identifier !== undefined;
    return names.includes(tag) || (kind === "tag-name" && names.includes(bigpanda as string));
  });
  if (refuted) return "refuted";
  const { identifier } = theirs;
  const silent =
    (shown.status !== undefined && theirs.status === undefined) ||
    (shown.timestamp !== undefined && theirs.timestamp === undefined) ||
    (shown.incident_identifier !== undefined &&
      (identifier === undefined || (typeof identifier === "string" && shown.incident_identifier.length > 1))) ||
    names.some((name) => theirs.typed.has(name));
  return silent ? "undecided" : "confirmed";
}

/** Whether an alert has what a rule shows. */
function fits(alert: Alert, { status, timestamp, incident_identifier, tags = {} }: Shown): boolean {
  return (
    (status === undefined || status === alert.status) &&
    (timestamp === undefined || timestamp === alert.timestamp) &&
    (incident_identifier === undefined ||
      JSON.stringify(incident_identifier) === JSON.stringify(alert.incident_identifier)) &&
    Object.entries(tags).every(([name, value]) => {
      const found = own(alert.tags, name);
      return value === null ? found === undefined : found !== undefined && keyOf(found) === keyOf(value);
    })
  );
}
