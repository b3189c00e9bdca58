/** What `oim verify` prints. */
import { escapeControls } from "../json.js";
import { type Paint, sanitize } from "../terminal.js";
import type { Difference, Section } from "./difference.js";
import type { Match } from "./match.js";
import { outcomesOf, type Verdict } from "./outcome.js";

/** Alerts with differences that are shown. */
const SHOWN = 100;
const VALUE = 200;
const RULE = 100;

/** An alert of ours with what differs from BigPanda's. */
export interface Verified extends Match {
  differences: Difference[];
  /** Tags that are not compared. */
  ignored: ReadonlySet<string>;
}

export interface Report {
  body: string;
  payloads: string[];
  alerts: Verified[];
  /** Alerts of BigPanda that none of ours is. */
  others: number;
  /** Alerts of BigPanda that were read. */
  read: number;
  /**
   * Payloads, by their place, that BigPanda refused. It is expected of one of which the engine rejects a part too, and
   * whose alerts are there.
   */
  refused: { payload: number; message: string; expected: boolean }[];
  /** Elements of the payloads that give no alert here. */
  rejected: { payload: number; index: number | null; code: string; pointer: string }[];
  /** What could not be compared, and why. */
  notes: string[];
}

export function json(report: Report): string {
  const alerts = report.alerts.map(({ ours, theirs, duplicate, differences }) => ({
    payload: ours.payload,
    index: ours.alert.index,
    found: theirs !== undefined,
    duplicate,
    differences: differences.map(({ section, ...rest }) => ({ ...rest, section: pageOf(section) })),
  }));
  const { body, payloads, others, read, refused, rejected, notes } = report;
  const probes = outcomesOf(report).map(({ probe: { id, rule }, verdict }) => ({ id, rule, verdict }));
  const whole = { body, payloads, alerts, others, read, refused, rejected, probes, notes };
  return `${escapeControls(JSON.stringify(whole, null, 2))}\n`;
}

export function text(report: Report, paint: Paint): string {
  const lines: string[] = [];
  const different = report.alerts.filter(({ differences }) => differences.length > 0);
  for (const one of different.slice(0, SHOWN)) {
    lines.push(paint.bold(sanitize(`${report.payloads[one.ours.payload]}, alert ${one.ours.alert.index + 1}`)));
    for (const difference of one.differences) lines.push(...linesOf(difference, paint));
  }
  if (different.length > SHOWN) lines.push(`… ${different.length - SHOWN} more alerts that differ`);
  for (const { payload, message, expected } of report.refused) {
    const what = expected ? paint.dim("refused, in part, as here:") : paint.red("refused:");
    lines.push(`${what} ${sanitize(`${report.payloads[payload]}: ${brief(message)}`)}`);
  }
  const probes = outcomesOf(report);
  if (probes.length > 0) lines.push(paint.bold("rules of docs/semantics.md"));
  for (const { probe, verdict } of probes) {
    lines.push(`  ${painted(verdict, paint)} ${probe.id}: ${cut(probe.rule, RULE)}`);
  }
  for (const note of report.notes) lines.push(`${paint.blue("note")}: ${sanitize(note)}`);
  lines.push(summary(report));
  return `${lines.join("\n")}\n`;
}

function linesOf({ kind, tag, here, bigpanda, pointer, section, probe }: Difference, paint: Paint): string[] {
  const what = {
    tag: "tag",
    "tag-name": "name of the tag",
    status: "status",
    time: "time",
    identity: "identity",
    missing: "no such alert",
  };
  const name = tag === undefined ? "" : ` ${sanitize(tag)}`;
  const lines = [`  ${what[kind]}${name}`];
  lines.push(`    ${paint.red(`here      ${shown(here)}`)}`, `    ${paint.green(`BigPanda  ${shown(bigpanda)}`)}`);
  const rule = probe === undefined ? "" : `, rule ${probe}`;
  lines.push(`    ${pointer === "" ? "" : `${sanitize(pointer)}; `}decided by ${pageOf(section)}${rule}`);
  return lines;
}

function pageOf(section: Section): string {
  return `docs/semantics.md#${section}`;
}

function shown(value: unknown): string {
  return value === null ? "nothing" : sanitize(brief(JSON.stringify(value)));
}

function painted(verdict: Verdict, paint: Paint): string {
  const colour = { confirmed: paint.green, refuted: paint.red, undecided: paint.yellow }[verdict];
  return colour(verdict.padEnd(9));
}

function brief(text: string): string {
  return cut(text, VALUE);
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

function summary({ alerts, others, read }: Report): string {
  const found = alerts.filter(({ theirs }) => theirs !== undefined);
  const same = found.filter(({ differences }) => differences.length === 0);
  const parts = [`${same.length} of ${alerts.length} alerts as at BigPanda`];
  const duplicates = same.filter(({ duplicate }) => duplicate).length;
  if (duplicates > 0) parts.push(`${duplicates} of them a duplicate of another`);
  if (found.length > same.length) parts.push(`${found.length - same.length} different`);
  if (found.length < alerts.length) parts.push(`${alerts.length - found.length} not found`);
  parts.push(`${others} of ${read} alerts of BigPanda belong to other payloads`);
  return parts.join(", ");
}
