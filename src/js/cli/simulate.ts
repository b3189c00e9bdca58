/** `oim simulate`: what a sequence of payloads does to alerts. */
import type { LifecycleEvent, Simulated, SimulateOptions, Time } from "../types.js";
import { engine, render } from "./engine.js";
import { type Document, filesOf, readBody, readPayload } from "./files.js";
import { FILTERED, NotSimulated, partialLine } from "./partial.js";
import { UsageError } from "./usage-error.js";
import type { Options } from "./options.js";
import { optionsOf } from "./process/index.js";
import { sanitize, type Paint, paintFor } from "./terminal.js";
import { readAll } from "./validate.js";

export async function run(options: Options): Promise<number> {
  const [name, ...rest] = options.operands;
  if (name === undefined) throw new UsageError("simulate", "a body is missing: name its file, or `-`");
  if (rest.length === 0)
    throw new UsageError("simulate", "a payload is missing: name the files in the order they come");
  const { receivedAt, additionalTags } = await optionsOf("simulate", options);
  const names = await filesOf(rest);
  await filesOf([name, ...names].filter((one) => one === "-"));
  const body = await readBody(name);
  const payloads = await readAll(names, readPayload);
  const { simulate } = await engine();
  const received: { receivedAt?: Time } = receivedAt === undefined ? {} : { receivedAt };
  const sequence = payloads.map(({ text }) => ({ payload: text, ...received }));
  const how: SimulateOptions = additionalTags === undefined ? {} : { additionalTags };
  const simulated = simulate(body.text, sequence, how);
  if (options.text("format") === "json") {
    process.stdout.write(`${JSON.stringify({ ...simulated, payloads: names }, null, 2)}\n`);
  } else {
    const missing = new NotSimulated(body);
    missing.add(simulated.diagnostics.filter(({ payload }) => payload !== undefined));
    process.stderr.write(problems(simulated, body, payloads, paintFor(process.stderr)));
    process.stderr.write(await missing.text(paintFor(process.stderr)));
    process.stdout.write(timeline(simulated, payloads, paintFor(process.stdout)));
    if (missing.any) process.stdout.write(partialLine(paintFor(process.stdout)));
  }
  // The list of events may be shorter; the rejections that it leaves out count as failures.
  const filtered = simulated.events.filter(({ code }) => code === FILTERED).length;
  const failed =
    simulated.diagnostics.some(({ severity }) => severity === "error") || simulated.counts.rejected > filtered;
  return failed ? 1 : 0;
}

function problems({ diagnostics }: Simulated, body: Document, payloads: readonly Document[], paint: Paint): string {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ payload, ...diagnostic }) =>
      render([diagnostic], diagnostic.document === "body" ? body : (payloads[payload ?? 0] ?? body), paint),
    )
    .join("\n");
}

/** A line for each event, below the payload that it comes from, and what is left in the end. */
function timeline({ events, incidents, counts }: Simulated, payloads: readonly Document[], paint: Paint): string {
  const lines: string[] = [];
  let last = -1;
  for (const event of events) {
    if (event.payload !== last) lines.push(paint.bold(sanitize(payloads[event.payload]?.name ?? "")));
    last = event.payload;
    const incident = event.incident === null ? undefined : incidents[event.incident];
    const who = incident === undefined ? (event.message ?? "") : incident.incident_identifier.flat().join(" / ");
    lines.push(`  ${colour(event.kind, paint)} ${sanitize(who)}${sanitize(detail(event))}`);
  }
  const countTexts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`);
  const open = incidents.filter(({ state }) => state === "open").length;
  lines.push("", `${countTexts.join(", ") || "no alerts"}; ${open} of ${incidents.length} open in the end`);
  return `${lines.join("\n")}\n`;
}

function colour(kind: LifecycleEvent["kind"], paint: Paint): string {
  const text = kind.padEnd(9);
  if (kind === "resolved") return paint.green(text);
  if (kind === "rejected" || kind === "reopened") return paint.red(text);
  return kind === "duplicate" ? paint.dim(text) : paint.blue(text);
}

function detail({ kind, status, previousStatus, changes, outOfOrder }: LifecycleEvent): string {
  const parts: string[] = [];
  if (status !== null)
    parts.push(previousStatus === null || previousStatus === status ? status : `${previousStatus} → ${status}`);
  if (kind !== "new" && changes.length > 0) parts.push(`tags: ${changes.map(({ tag }) => tag).join(", ")}`);
  if (outOfOrder) parts.push("earlier than an alert before it");
  return parts.length === 0 ? "" : `: ${parts.join("; ")}`;
}
