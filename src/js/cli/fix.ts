/** `oim validate --fix`: applies the suggestions and writes the files. */
import { randomUUID } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ValidateOptions } from "../types.js";
import { engine } from "./engine.js";
import type { Document } from "./files.js";
import { unreadable } from "./usage-error.js";

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
    const bytes = new TextEncoder().encode(text);
    await replaceFile(body.name, bytes);
    fixed.push({ ...body, text, bytes });
    for (const { code, message, suggestion, range } of applied) {
      const place = range === undefined ? "" : `:${range.line}:${range.column}`;
      process.stderr.write(`${body.name}${place}: ${code}: ${message}; fixed: ${suggestion?.title ?? ""}\n`);
    }
  }
  return fixed;
}

/** Writes a file as a whole or not at all. A link stays a link. */
async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  let unfinished: string | undefined;
  try {
    const target = await realpath(path);
    const { mode } = await stat(target);
    unfinished = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
    const file = await open(unfinished, "wx", mode & 0o777);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, target);
  } catch (error) {
    if (unfinished !== undefined) await rm(unfinished, { force: true }).catch(() => {});
    throw unreadable(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
