/** Reads what is named on the command line. What cannot be read is reported in one sentence, exit code 2. */
import { isUtf8 } from "node:buffer";
import { createReadStream, existsSync, fstatSync, type Stats } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { expand, isPattern } from "./glob.js";
import { unreadable } from "./usage-error.js";

const MIB = 1024 * 1024;
/** Largest files that are read, in bytes: what the engine takes. */
export const BODY_LIMIT = 16 * MIB;
export const PAYLOAD_LIMIT = 6 * MIB;

/** A text with its name. */
export interface Document {
  /** As messages call it. */
  name: string;
  bytes: Uint8Array;
  /** Without a byte order mark the places in it would be others, so it is kept. */
  text: string;
}

/** Reads a request body; `-` is standard input. */
export function readBody(path: string): Promise<Document> {
  return readDocument(path, BODY_LIMIT, "a configuration with its sample");
}

/** Reads a payload; `-` is standard input. */
export function readPayload(path: string): Promise<Document> {
  return readDocument(path, PAYLOAD_LIMIT, "a payload");
}

/** Reads a list of BigPanda's that was saved. */
export function readAnswer(path: string): Promise<Document> {
  return readDocument(path, BODY_LIMIT, "an answer of BigPanda");
}

async function readDocument(path: string, limit: number, what: string): Promise<Document> {
  const name = nameOf(path);
  const bytes = await readBytes(path, limit, what);
  if (bytes.length === 0) throw unreadable(`${name} is empty`);
  if (!isUtf8(bytes)) throw unreadable(`${name} is not UTF-8${likely(bytes)}; save it as UTF-8`);
  return { name, bytes, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) };
}

/** What messages call a file. */
export function nameOf(path: string): string {
  return path === "-" ? "<stdin>" : path;
}

/** Opens a file to be read piece by piece. */
export async function open(path: string, chunk = 64 * 1024): Promise<{ stream: Readable; size: number | undefined }> {
  const name = nameOf(path);
  if (path === "-") {
    refuseFolder();
    return { stream: process.stdin, size: undefined };
  }
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw unreadable(`${name} is a folder, not a file`);
    return { stream: createReadStream(path, { highWaterMark: chunk }), size: found.isFile() ? found.size : undefined };
  } catch (error) {
    throw readError(error, name);
  }
}

async function readBytes(path: string, limit: number, what: string): Promise<Uint8Array> {
  const name = nameOf(path);
  const large = () => unreadable(`${name} is too large: ${what} may have ${limit / MIB} MiB`);
  const { stream, size } = await open(path, MIB);
  if (size !== undefined && size > limit) {
    stream.destroy();
    throw large();
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) throw large();
      chunks.push(chunk);
    }
  } catch (error) {
    throw readError(error, name);
  }
  return Buffer.concat(chunks, length);
}

const REASONS: Record<string, string> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EISDIR: "is a folder, not a file",
  EACCES: "may not be read by this user",
  EPERM: "may not be read by this user",
  ELOOP: "is a link that leads nowhere",
  ENAMETOOLONG: "is too long for a name",
  ERR_INVALID_ARG_VALUE: "is not a name that a file can have",
};

/** What went wrong with a file, as a sentence. */
export function readError(error: unknown, name: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const reason = REASONS[code];
  return unreadable(reason === undefined ? `${name} cannot be read: ${message}` : `${name} ${reason}`);
}

/** Whether one of the standard streams is a file; on some systems a terminal cannot be asked. */
export function isFile(fd: 0 | 1): boolean {
  return kindOf(fd)?.isFile() ?? false;
}

/** Standard input that is a folder would pass for an empty file. */
export function refuseFolder(): void {
  if (kindOf(0)?.isDirectory()) throw unreadable(`${nameOf("-")} is a folder, not a file`);
}

function kindOf(fd: 0 | 1): Stats | undefined {
  try {
    return fstatSync(fd);
  } catch {
    return undefined;
  }
}

/** What a text that is not UTF-8 likely is: Windows writes UTF-16 here and there. */
function likely([first, second]: Uint8Array): string {
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return utf16 ? " but UTF-16" : "";
}

/** The files that names and patterns mean, in their order; of patterns each file once. */
export async function filesOf(names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    // A file may be called so.
    if (name === "-" || !isPattern(name) || existsSync(name)) found.push(name);
    else {
      // A file called `-` is not standard input.
      const files = (await expand(name)).map((file) => (file === "-" ? "./-" : file));
      if (files.length === 0) throw unreadable(`no file matches the pattern ${name}`);
      const known = new Set(found);
      found.push(...files.filter((file) => !known.has(file)));
    }
  }
  if (names.filter((name) => name === "-").length > 1) throw unreadable("standard input can be read only once");
  return found;
}
