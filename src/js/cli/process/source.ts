/** Where bytes come from, piece by piece: a file, or standard input whatever that is. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { access, type FileHandle, open, stat } from "node:fs/promises";
import { isFile, nameOf, refuseFolder, readError } from "../files.js";
import { unreadable } from "../usage-error.js";

export interface Source {
  name: string;
  /** In bytes, where that is known. */
  size: number | undefined;
  /**
   * Fills `buffer` from `at` on as far as there is something, and gives how many bytes that were; 0 at the end. Files
   * are read at once: a disk does not keep anybody waiting, and another thread costs a third of the time.
   */
  read(buffer: Uint8Array, at: number): Promise<number> | number;
  close(): Promise<void>;
}

/** Opens what a name means. */
export async function sourceOf(path: string): Promise<Source> {
  const name = nameOf(path);
  try {
    return path === "-" ? standardInput(name) : await file(path, name);
  } catch (error) {
    throw readError(error, name);
  }
}

async function file(path: string, name: string): Promise<Source> {
  const found = await stat(path);
  if (found.isDirectory()) throw unreadable(`${name} is a folder, not a file`);
  if (!found.isFile()) return pipe(path, name);
  // There may be more files than a process can hold open.
  await access(path, constants.R_OK);
  let opened: number | undefined;
  return {
    name,
    size: found.size,
    read(buffer, at) {
      opened ??= openSync(path, "r");
      return readSync(opened, buffer, at, buffer.length - at, null);
    },
    async close() {
      if (opened !== undefined) closeSync(opened);
    },
  };
}

/** A pipe that has a name; it can be opened only once. */
function pipe(path: string, name: string): Source {
  let handle: FileHandle | undefined;
  return {
    name,
    size: undefined,
    async read(buffer, at) {
      handle ??= await open(path);
      return (await handle.read(buffer, at, buffer.length - at, null)).bytesRead;
    },
    close: async () => handle?.close(),
  };
}

function standardInput(name: string): Source {
  refuseFolder();
  if (isFile(0)) {
    const { size } = fstatSync(0);
    const read: Source["read"] = (buffer, at) => readSync(0, buffer, at, buffer.length - at, null);
    return { name, size, read, close: async () => {} };
  }
  // A read that waits in another thread would keep the process from ending, so pipes are read as streams.
  const chunks: AsyncIterator<Uint8Array> = process.stdin[Symbol.asyncIterator]();
  return {
    name,
    size: undefined,
    read: readChunks(() => chunks.next()),
    async close() {
      process.stdin.destroy();
    },
  };
}

/** Makes a `read` out of chunks, which are handed over piece by piece as far as a buffer has room. */
export function readChunks(
  next: () => Promise<IteratorResult<Uint8Array>>,
): (buffer: Uint8Array, at: number) => Promise<number> {
  let rest: Uint8Array = new Uint8Array(0);
  return async (buffer, at) => {
    while (rest.length === 0) {
      const { done, value } = await next();
      if (done) return 0;
      rest = value;
    }
    const part = rest.subarray(0, buffer.length - at);
    buffer.set(part, at);
    rest = rest.subarray(part.length);
    return part.length;
  };
}
