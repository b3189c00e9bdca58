/** `oim validate --fix`: applies the suggestions and writes the files. */
import { realpath } from "node:fs/promises";
import type { ValidateOptions } from "../types.js";
import { engine } from "./engine.js";
import type { Document } from "./files.js";
import { writeText } from "./write.js";

/** Fixes each body and its file. Gives the bodies as they are afterwards; what was applied goes to standard error. */
export async function fixAll(bodies: readonly Document[], rules: ValidateOptions): Promise<Document[]> {
  const api = await engine();
  const fixed: Document[] = [];
  for (const body of bodies) {
    const { text, applied } = api.fix(body.text, undefined, rules);
    if (applied.length === 0) {
      fixed.push(body);
      continue;
    }
    // A link stays a link; the user has named it.
    await writeText(await realpath(body.name), text, { replace: true });
    fixed.push({ ...body, text, bytes: new TextEncoder().encode(text) });
    for (const { code, message, suggestion, range } of applied) {
      const place = range === undefined ? "" : `:${range.line}:${range.column}`;
      process.stderr.write(`${body.name}${place}: ${code}: ${message}; fixed: ${suggestion?.title ?? ""}\n`);
    }
  }
  return fixed;
}
