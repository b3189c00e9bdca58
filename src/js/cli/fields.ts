/** `oim fields`: the paths of a payload. */
import type { Field } from "../types.js";
import { engine, render } from "./engine.js";
import { type Document, readPayload } from "./files.js";
import { UsageError } from "./usage-error.js";
import type { Options } from "./options.js";
import { columns, paintFor, sanitize } from "./terminal.js";

/** Columns of an example. */
const EXAMPLE = 60;

export async function run(options: Options): Promise<number> {
  const [name, ...more] = options.operands;
  if (name === undefined) throw new UsageError("fields", "a payload is missing: name its file, or `-`");
  if (more.length > 0) throw new UsageError("fields", "only one payload is expected");
  const payload = await readPayload(name);
  if (await isUnreadable(payload)) return 1;
  const { fields } = await engine();
  const arraySource = options.text("array-source");
  const found = fields(payload.bytes, arraySource === undefined ? {} : { arraySource });
  process.stdout.write(options.text("format") === "json" ? `${JSON.stringify(found, null, 2)}\n` : table(found));
  return 0;
}

/** Reports a payload that cannot be read. */
export async function isUnreadable(payload: Document): Promise<boolean> {
  const { inspect } = await engine();
  const { diagnostics } = inspect(payload.bytes);
  process.stderr.write(render(diagnostics, payload, paintFor(process.stderr)));
  return diagnostics.length > 0;
}

function table(fields: readonly Field[]): string {
  const rows = fields.map(({ path, type, count, example }) => {
    const value = type === "string" ? JSON.stringify(example) : type === "object" || type === "array" ? "" : example;
    return [
      sanitize(path),
      type,
      String(count),
      sanitize(value.length > EXAMPLE ? `${value.slice(0, EXAMPLE)}…` : value),
    ];
  });
  const all = [["path", "type", "count", "example"], ...rows];
  const widths = [0, 1, 2].map((at) => Math.max(...all.map((row) => columns(row[at] ?? ""))));
  const pad = (text: string, at: number) => text + " ".repeat(Math.max(0, (widths[at] ?? 0) - columns(text)));
  return all.map((row) => `${row.map(pad).join("  ").trimEnd()}\n`).join("");
}
