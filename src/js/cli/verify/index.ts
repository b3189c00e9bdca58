/** `oim verify`: compares what BigPanda made of payloads with what the engine makes of them. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Diagnostic, ProcessOptions } from "../../types.js";
import { engine, render } from "../engine.js";
import { type Document, filesOf, readAnswer, readBody, readError, readPayload } from "../files.js";
import { normalize } from "../json.js";
import type { Options } from "../options.js";
import { ApiError, connect, type Connection } from "../remote/client.js";
import { paintFor, sanitize } from "../terminal.js";
import { UsageError, unreadable } from "../usage-error.js";
import { readAll } from "../validate.js";
import { alertsIn, listIn, type Refused } from "./answer.js";
import { differencesOf } from "./difference.js";
import { isReceivedAt, match, type OurAlert } from "./match.js";
import { printProbes } from "./probe.js";
import { itemsSince, poll, readAlerts, readRefused, send } from "./remote.js";
import { json, type Report, text, type Verified } from "./report.js";
import { save } from "./save.js";

/** How long alerts that were sent are waited for, in seconds. */
const WAIT = { standard: 60, most: 600 };

/** What the engine makes of the payloads. */
interface Ours {
  alerts: OurAlert[];
  rejected: Report["rejected"];
}

/** What is known from BigPanda. */
interface Theirs {
  items: unknown[];
  complete: boolean;
  refused: Refused[];
  notes: string[];
}

export async function run(options: Options): Promise<number> {
  if (options.flag("probe")) return printProbes(options);
  if (options.text("out") !== undefined) throw new UsageError("verify", "--out is for --probe only");
  const [name, ...rest] = options.operands;
  if (name === undefined) throw new UsageError("verify", "a body is missing: name its file, or `-`");
  // A shell that expands a pattern behind the option leaves all files but the first as operands.
  const given = [...(options.texts("payloads") ?? []), ...rest];
  if (given.length === 0) throw new UsageError("verify", "--payloads is missing: name the files of payloads");
  const saved = options.texts("alerts");
  if (saved !== undefined && options.flag("send")) {
    throw new UsageError(
      "verify",
      "--alerts and --send exclude each other: nothing is read from BigPanda with --alerts",
    );
  }
  const seconds = options.whole("wait", 0, WAIT.most);
  if (seconds !== undefined && !options.flag("send")) throw new UsageError("verify", "--wait is for --send only");
  const connection = saved === undefined ? connect("verify", options) : undefined;
  const names = await payloadFiles(given);
  await filesOf([name, ...names, ...(saved ?? [])].filter((one) => one === "-"));
  const body = await readBody(name);
  const payloads = await readAll(names, readPayload);
  const how: ProcessOptions = options.flag("additional-tags") ? { additionalTags: "map" } : {};
  const ours = await processAll(body, payloads, how);
  if (ours === undefined) return 2;
  const ignored = new Set(options.texts("ignore") ?? []);
  try {
    const theirs =
      connection === undefined
        ? await readSaved(saved ?? [])
        : await readRemote(connection, options, payloads, (items) => isFound(ours.alerts, items, ignored), seconds);
    const report = compare(body, payloads, ours, theirs, ignored);
    const isJson = options.text("format") === "json";
    process.stdout.write(isJson ? json(report) : text(report, paintFor(process.stdout)));
    const folder = options.text("save");
    if (folder !== undefined) {
      const count = await save(folder, body, payloads, report, how);
      process.stderr.write(`${count} ${count === 1 ? "case" : "cases"} written to ${sanitize(folder)}\n`);
    }
    return isDifferent(report) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    process.stderr.write(`oim: ${error.message}\n`);
    return 2;
  }
}

function isDifferent({ alerts, refused }: Report): boolean {
  return alerts.some(({ differences }) => differences.length > 0) || refused.some(({ expected }) => !expected);
}

/** The files of payloads; a folder stands for the `.json` files in it. */
async function payloadFiles(given: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for (const name of given) {
    const isFolder = (await stat(name).catch(() => undefined))?.isDirectory() ?? false;
    if (!isFolder) {
      names.push(...(await filesOf([name])));
      continue;
    }
    const entries = await readdir(name).catch((error: unknown) => {
      throw readError(error, name);
    });
    const files = entries.filter((entry) => entry.endsWith(".json") && !entry.startsWith(".")).sort();
    if (files.length === 0) throw unreadable(`there is no .json file in ${name}`);
    names.push(...files.map((file) => join(name, file)));
  }
  return [...new Set(names)];
}

/** Runs the payloads; undefined, after it was reported, when the body or a payload cannot be read. */
async function processAll(
  body: Document,
  payloads: readonly Document[],
  how: ProcessOptions,
): Promise<Ours | undefined> {
  const { compile } = await engine();
  const { program, diagnostics } = compile(body.text);
  if (isReported(diagnostics, body) || program === null) return undefined;
  const ours: Ours = { alerts: [], rejected: [] };
  for (const [payload, document] of payloads.entries()) {
    const { alerts, rejected, diagnostics, trace = [] } = program.process(document.text, { ...how, trace: true });
    if (isReported(diagnostics, document)) return undefined;
    const steps = new Map(trace.map((one) => [one.index, one.steps]));
    for (const alert of alerts) ours.alerts.push({ payload, alert, steps: steps.get(alert.index) ?? [] });
    for (const { index, code, pointer } of rejected) ours.rejected.push({ payload, index, code, pointer });
  }
  return ours;
}

function isReported(diagnostics: readonly Diagnostic[], document: Document): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  process.stderr.write(render(errors, document, paintFor(process.stderr)));
  return errors.length > 0;
}

async function readSaved(names: readonly string[]): Promise<Theirs> {
  const items: unknown[] = [];
  for (const document of await readAll(await filesOf(names), readAnswer)) {
    const list = listIn(document.text);
    if (list === undefined) {
      const expected = '{"data": {"items": [{"alertData": "…"}]}}';
      throw unreadable(`${document.name} is not a list of alerts as BigPanda answers it, such as ${expected}`);
    }
    items.push(...list.items);
  }
  return { items, complete: true, refused: [], notes: [] };
}

async function readRemote(
  connection: Connection,
  options: Options,
  payloads: readonly Document[],
  isContent: (items: unknown[]) => boolean,
  seconds = WAIT.standard,
): Promise<Theirs> {
  const notes: string[] = [];
  const refused: Refused[] = [];
  const start = Math.floor(Date.now() / 1000);
  const sends = options.flag("send");
  for (const { text } of sends ? payloads : []) {
    const message = await send(connection, text);
    if (message !== undefined) refused.push({ message: message.replace(/\s+/g, " "), payload: text });
  }
  const attempt = async () => {
    const read = await readAlerts(connection, options.text("since"));
    return sends ? { ...read, items: itemsSince(read.items, "processingTime", start) } : read;
  };
  const read = sends ? await poll(seconds, attempt, ({ items }) => isContent(items)) : await attempt();
  try {
    refused.push(...(await readRefused(connection, sends ? start : undefined)));
  } catch (error) {
    // The alerts are worth a report without them.
    if (!(error instanceof ApiError)) throw error;
    notes.push(`the payloads that BigPanda refused could not be read: ${error.message.split("\n", 1)[0]}`);
  }
  if (options.text("region") === "eu")
    notes.push("the host of the EU for reading is inferred, not documented by BigPanda");
  return { ...read, refused, notes };
}

/** Whether every alert is there, so that no more have to be waited for. */
function isFound(ours: readonly OurAlert[], items: unknown[], ignored: ReadonlySet<string>): boolean {
  return match(ours, alertsIn(items).alerts, ignored).matches.every(({ theirs }) => theirs !== undefined);
}

function compare(
  body: Document,
  payloads: readonly Document[],
  ours: Ours,
  { items, complete, refused, notes }: Theirs,
  ignored: ReadonlySet<string>,
): Report {
  const { alerts: theirs, notes: unclear } = alertsIn(items);
  const { matches, others } = match(ours.alerts, theirs, ignored);
  const alerts = matches.map((one): Verified => {
    const document = payloads[one.ours.payload];
    return { ...one, ignored, differences: differencesOf(one, document?.text ?? "", ignored) };
  });
  const remarks = [...notes, ...[...unclear].map(([note, count]) => `${note} (${count} of ${items.length})`)];
  if (!complete) remarks.push(`only the newest ${items.length} alerts were read; there are more`);
  const typed = theirs.reduce((sum, { typed }) => sum + typed.size, 0);
  if (typed > 0)
    remarks.push(`${typed} tag values are numbers, booleans or objects in \`alertData\`; they were compared as text`);
  const received = alerts.filter(({ ours, theirs }) => theirs !== undefined && isReceivedAt(ours.steps)).length;
  if (received > 0)
    remarks.push(`the times of ${count(received, "alert")} are those of receipt, which were not compared`);
  const none = ours.rejected.length;
  if (none > 0)
    remarks.push(`${count(none, "element")} of the payloads ${none === 1 ? "gives" : "give"} no alert here`);
  return {
    body: body.name,
    payloads: payloads.map(({ name }) => name),
    alerts,
    others: others.length,
    read: items.length,
    refused: refusedOf(payloads, refused).map((one) => ({ ...one, expected: isExpected(one.payload, ours, alerts) })),
    rejected: ours.rejected,
    notes: remarks,
  };
}

/** Whether the engine rejects a part of a payload too, and everything else of it is there. */
function isExpected(payload: number, { rejected }: Ours, alerts: readonly Verified[]): boolean {
  const found = alerts.every(({ ours, theirs }) => ours.payload !== payload || theirs !== undefined);
  return found && rejected.some((one) => one.payload === payload);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** Which of the payloads BigPanda refused; each once, with the first message. */
function refusedOf(payloads: readonly Document[], refused: readonly Refused[]): { payload: number; message: string }[] {
  if (refused.length === 0) return [];
  const messages = new Map<string, string>();
  for (const { payload, message } of refused) {
    const text = normalize(payload);
    if (!messages.has(text)) messages.set(text, message);
  }
  return payloads.flatMap(({ text }, payload) => {
    const message = messages.get(normalize(text));
    return message === undefined ? [] : [{ payload, message }];
  });
}
