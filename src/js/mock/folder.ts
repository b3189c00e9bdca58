/**
 * Configurations as files: one JSON object for each app key, with the members `app_key`, `config` and `sample_payload`.
 *
 * A file is written under another name, brought to the disk and then renamed, so that at every moment, also in that of
 * a power cut, it is the old one or the new one.
 */
import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { compile } from "../node.js";
import { documentOf } from "./members.js";

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
    const unfinished = join(this.#path, `${hash}.${randomUUID()}.tmp`);
    try {
      await withFile(unfinished, "wx", async (file) => {
        // `stored` is an object, so its members follow after its brace.
        const start = Buffer.from(`{"app_key": ${JSON.stringify(appKey)}, `);
        await file.writeFile(Buffer.concat([start, stored.subarray(1)]));
        await file.sync();
      });
      const path = join(this.#path, `${hash}.json`);
      if (this.#damaged.has(`${hash}.json`)) {
        await rename(path, `${path}.${randomUUID()}.damaged`).catch(ignoreMissing);
        this.#damaged.delete(`${hash}.json`);
      }
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => {});
      throw error;
    }
    // Windows has no way to do this, and its file system keeps renames in order.
    if (process.platform !== "win32") await withFile(this.#path, "r", (folder) => folder.sync());
  }
}

/**
 * Makes a folder and those above it, if they are missing. Node's `recursive` would try without end where a file system
 * answers that a folder, which is there, is not, as `/proc` does.
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const above = dirname(path);
    if (code === "ENOENT" && above !== path) {
      await makeFolder(above);
      await mkdir(path);
    } else if (!(await stat(path).catch(() => undefined))?.isDirectory()) throw error;
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

async function withFile(path: string, flags: string, work: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await work(file);
  } finally {
    await file.close();
  }
}

function reason(error: unknown): string {
  const message = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
  // The parser quotes the file, which may hold what a terminal obeys.
  return message.replace(/\p{Cc}/gu, "\u{fffd}");
}
