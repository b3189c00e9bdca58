/** What the names of archives mean: files, folders of files, and whether a file holds one payload or one to a line. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { filesOf, nameOf, PAYLOAD_LIMIT, readError } from "../files.js";
import type { Source } from "../process/source.js";
import { unreadable } from "../usage-error.js";
import { archiveOf, replayed } from "./source.js";

/** The files of a folder that are taken. */
const TAKEN = /\.(json|ndjson|jsonl)(\.gz|\.zst)?$/i;
/** Names of files that hold one payload each, unless their first line is one. */
const ONE = /\.json(\.gz|\.zst)?$/i;
/** So much is read at first, in bytes. */
const STEP = 256 * 1024;
const LINE_END = 10;
const SPACE = 32;

/** The files that names, patterns and folders mean, in their order; those of a folder sorted, with those in its folders. */
export async function archivesOf(names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of await filesOf(names)) {
    const isFolder = name !== "-" && (await stat(name).catch(() => undefined))?.isDirectory();
    if (!isFolder) {
      found.push(name);
      continue;
    }
    const files = await readdir(name, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
      throw readError(error, nameOf(name));
    });
    const taken = files.filter((entry) => entry.isFile() && TAKEN.test(entry.name) && !entry.name.startsWith("."));
    if (taken.length === 0) throw unreadable(`${name} has no files that end with .json, .ndjson or .jsonl`);
    // Node 20.0 has another name for the folder.
    const folderOf = (entry: { parentPath?: string; path?: string }) => entry.parentPath ?? entry.path ?? name;
    found.push(...taken.map((entry) => join(folderOf(entry), entry.name)).sort());
  }
  return found;
}

/** A file that is open: one payload, or lines that are read from `source`. */
export type Opened = { kind: "payload"; bytes: Uint8Array } | { kind: "lines"; source: Pick<Source, "read"> };

/** A file to be opened. */
export interface Archive {
  source: Source;
  open(): Promise<Opened>;
}

/** A file whose first line is JSON has a payload on each line. Any other is one payload if it is JSON as a whole. */
export async function openArchive(name: string): Promise<Archive> {
  const source = await archiveOf(name);
  return { source, open: () => recognise(source) };
}

async function recognise(source: Source): Promise<Opened> {
  let buffer: Uint8Array = new Uint8Array(STEP);
  let filled = 0;
  /** Where the first line ends that is not blank, once that is known to be JSON. */
  let first: number | undefined;
  let looked = false;
  for (;;) {
    const count = await source.read(buffer, filled);
    filled += count;
    const isAll = count === 0;
    const text = buffer.subarray(0, filled);
    const lines = (): Opened => ({ kind: "lines", source: replayed(text, source) });
    if (!looked) {
      const line = firstLine(text, isAll);
      looked = line !== undefined;
      if (line !== undefined && isJson(text.subarray(...line))) first = line[1];
    }
    if (first !== undefined && !isBlank(text.subarray(first))) return lines();
    if (isAll)
      return filled > 0 && (ONE.test(source.name) || isJson(text)) ? { kind: "payload", bytes: text } : lines();
    if (filled > PAYLOAD_LIMIT) return lines();
    if (filled === buffer.length) {
      const larger = new Uint8Array(2 * filled);
      larger.set(buffer);
      buffer = larger;
    }
  }
}

/** Where the first line is that is not blank, once it has ended. */
function firstLine(text: Uint8Array, isAll: boolean): [number, number] | undefined {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf(LINE_END, start);
    if (found < 0 && !isAll) return undefined;
    const end = found < 0 ? text.length : found;
    if (!isBlank(text.subarray(start, end))) return [start, end];
    start = end + 1;
  }
  return undefined;
}

function isBlank(text: Uint8Array): boolean {
  return !text.some((byte) => byte > SPACE);
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}
