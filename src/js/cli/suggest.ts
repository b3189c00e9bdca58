/** `oim suggest`: a configuration for the payloads of a tool, and why. */
import type { SuggestOptions } from "../types.js";
import { type Engine, engine, render } from "./engine.js";
import { isUnreadable } from "./fields.js";
import { readPayload } from "./files.js";
import { UsageError } from "./usage-error.js";
import type { Options } from "./options.js";
import { sanitize, paintFor } from "./terminal.js";

/** Alternatives that are named. */
const NAMED = 4;

export async function run(options: Options): Promise<number> {
  if (options.operands.length === 0) throw new UsageError("suggest", "a payload is missing: name its file, or `-`");
  const { inspect, suggest } = await engine();
  const texts: string[] = [];
  let first: Awaited<ReturnType<typeof readPayload>> | undefined;
  for (const name of options.operands) {
    const payload = await readPayload(name);
    const lines = linesIn(payload.text, inspect);
    if (lines.length === 0 && (await isUnreadable(payload))) return 1;
    first ??= lines.length > 0 ? { ...payload, bytes: new TextEncoder().encode(lines[0]) } : payload;
    texts.push(...(lines.length > 0 ? lines : [payload.text]));
  }
  const [text0 = "", ...others] = texts;
  const payload = first as NonNullable<typeof first>;
  const version = options.text("config-version") as SuggestOptions["version"];
  const suggested = suggest(text0, version === undefined ? { others } : { others, version });
  const { text, reasons, diagnostics } = suggested;
  if (options.text("format") === "json") {
    process.stdout.write(`${JSON.stringify(suggested, null, 2)}\n`);
    return text === null ? 1 : 0;
  }
  const paint = paintFor(process.stderr);
  process.stderr.write(render(diagnostics, payload, paint));
  if (text === null) return 1;
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  if (options.flag("quiet")) return 0;
  for (const { pointer, choice, message, confidence, alternatives = [] } of reasons) {
    const others = alternatives
      .slice(0, NAMED)
      .map((path) => `\`${path}\``)
      .join(", ");
    const colour = confidence === "high" ? paint.green : confidence === "medium" ? paint.yellow : paint.red;
    const chosen = choice === "" ? "" : ` ${sanitize(choice)}`;
    const line = `${paint.bold(sanitize(pointer))}${chosen}: ${sanitize(message)} (${colour(`${confidence} confidence`)})`;
    process.stderr.write(`${line}${others === "" ? "" : `; or ${sanitize(others)}`}\n`);
  }
  return 0;
}

/** The payloads of NDJSON. Empty where the text is something else, or has a line that is no JSON. */
function linesIn(text: string, inspect: Engine["inspect"]): string[] {
  if (inspect(text).format !== "ndjson") return [];
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.every((line) => inspect(line).format === "json") ? lines : [];
}
