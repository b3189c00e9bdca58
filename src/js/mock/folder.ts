/** Configurations as files: one JSON object for each app key, with the members `app_key`, `config` and `sample_payload`. */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { compile } from "../node.js";
import { documentOf } from "./members.js";
import { makeFolder, writeWhole } from "./write.js";

/** No file that was written here is larger, in bytes: a body of 6 MiB with its app key. */
const LARGEST = 7 * 1024 * 1024;
/** How many unusable files are reported one by one. */
const REPORTED = 20;
const OURS = /^[0-9a-f]{64}\.json$/;
const UNFINISHED = /^[0-9a-f]{64}\.[0-9a-f-]{36}\.tmp$/;

export class Folder {
  #path: string;
  /** Names of our files that could not be used; {@link write} renames them instead of overwriting them. */
  #damaged = new Set<string>();

  private constructor(path: string) {
    this.#path = path;
  }

  /** Makes the folder if need be. */
  static async open(path: string): Promise<Folder> {
    await makeFolder(path);
    return new Folder(path);
  }

  /** Reads all configurations; `warn` is called for each file that is not one. What a killed writer left is removed. */
  async read(warn: (message: string) => void): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    let skipped = 0;
    for (const name of (await readdir(this.#path)).sort()) {
      const path = join(this.#path, name);
      try {
        if (UNFINISHED.test(name)) await rm(path, { force: true });
        else found.set(...(await readOne(path, name)));
      } catch (error) {
        skipped += 1;
        if (OURS.test(name)) this.#damaged.add(name);
        if (skipped <= REPORTED) warn(`skipped ${JSON.stringify(path)}: ${reason(error)}`);
      }
    }
    if (skipped > REPORTED) warn(`skipped ${skipped - REPORTED} more files in ${JSON.stringify(this.#path)}`);
    return found;
  }

  /** Puts a configuration in the place of the one before. */
  async write(appKey: string, stored: Uint8Array): Promise<void> {
    const hash = hashOf(appKey);
    const name = `${hash}.json`;
    // `stored` is an object, so its members follow after its brace.
    const start = Buffer.from(`{"app_key": ${JSON.stringify(appKey)}, `);
    await writeWhole(this.#path, name, hash, Buffer.concat([start, stored.subarray(1)]), async (path) => {
      if (!this.#damaged.has(name)) return;
      await rename(path, `${path}.${randomUUID()}.damaged`).catch(ignoreMissing);
      this.#damaged.delete(name);
    });
  }
}

/** A name that every file system takes, whatever is in the key, and that differs where keys differ only in case. */
function hashOf(appKey: string): string {
  return createHash("sha256").update(appKey).digest("hex");
}

async function readOne(path: string, name: string): Promise<[string, Uint8Array]> {
  if (!OURS.test(name)) throw new Error("not a file of this mock");
  const about = await stat(path);
  if (!about.isFile()) throw new Error("not a file");
  if (about.size > LARGEST) throw new Error("too large");
  const bytes = await readFile(path);
  const content: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  const appKey = (content as { app_key?: unknown } | null)?.app_key;
  const fits = typeof appKey === "string" && name === `${hashOf(appKey)}.json`;
  if (!fits) throw new Error("its name and its app key differ");
  const stored = documentOf(bytes);
  if (stored === undefined) throw new Error("it lacks `config` or `sample_payload`");
  const { program, diagnostics } = compile(stored);
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (program === null) throw new Error(error?.message ?? "the configuration cannot be understood");
  program.free();
  return [appKey, stored];
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

function reason(error: unknown): string {
  const message = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
  // The parser quotes the file, which may hold what a terminal obeys.
  return message.replace(/\p{Cc}/gu, "\u{fffd}");
}
