/** `oim suggest`: a configuration for a payload, and why. */
import { engine } from "./engine.js";
import { isUnreadable } from "./fields.js";
import { readPayload } from "./files.js";
import { UsageError } from "./usage-error.js";
import type { Options } from "./options.js";
import { render } from "./render.js";
import { sanitize, paintFor } from "./terminal.js";

/** Alternatives that are named. */
const NAMED = 4;

export async function run(options: Options): Promise<number> {
  const [name, ...more] = options.operands;
  if (name === undefined) throw new UsageError("suggest", "a payload is missing: name its file, or `-`");
  if (more.length > 0) throw new UsageError("suggest", "only one payload is expected");
  const payload = await readPayload(name);
  if (await isUnreadable(payload)) return 1;
  const { suggest } = await engine();
  const suggested = suggest(payload.text);
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
    const line = `${paint.bold(sanitize(pointer))} ${sanitize(choice)}: ${sanitize(message)} (${colour(`${confidence} confidence`)})`;
    process.stderr.write(`${line}${others === "" ? "" : `; or ${sanitize(others)}`}\n`);
  }
  return 0;
}
