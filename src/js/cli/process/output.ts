/** Writes whole lines to standard output while others are made, and no more than it takes. */
import { writev, writevSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { isFile } from "../files.js";
import { unreadable } from "../usage-error.js";

const writeSoon = promisify(writev) as (fd: number, parts: readonly Uint8Array[]) => Promise<{ bytesWritten: number }>;

/** Files are written at once: a disk does not keep anybody waiting. Pipes and terminals may. */
const toFile = isFile(1);

/** So much may wait to be written, in bytes, before whoever makes it has to wait. */
const HELD = 4 * 1024 * 1024;
/** How long to wait for a reader of a pipe that does not block, in milliseconds. */
const PAUSE = 5;

/** More parts than a system call takes are written in several. */
const MOST_PARTS = 512;

/** Nobody reads any more: `| head` has what it wants. */
export class Closed extends Error {}

export class Output {
  #waiting: Uint8Array[] = [];
  #held = 0;
  #running: Promise<void> | undefined;
  #error: unknown;

  /**
   * Writes bytes that end with the end of a line, or keeps a copy of them: their memory is the caller's again. To be
   * waited for before the next where it gives a promise.
   */
  put(parts: Uint8Array[]): Promise<void> | undefined {
    if (this.#error !== undefined) throw this.#error;
    const some = parts.filter(({ length }) => length > 0);
    if (toFile) return this.#write(some);
    for (const part of some) {
      this.#waiting.push(part.slice());
      this.#held += part.length;
    }
    if (this.#held > 0) this.#running ??= this.#run();
    return this.#held > HELD ? this.end() : undefined;
  }

  /** Waits until all is written. */
  async end(): Promise<void> {
    await this.#running;
    if (this.#error !== undefined) throw this.#error;
  }

  #write(parts: Uint8Array[]): undefined {
    try {
      while (parts.length > 0) skip(parts, writevSync(1, parts.slice(0, MOST_PARTS)));
    } catch (error) {
      throw (this.#error = reasonOf(error));
    }
  }

  async #run(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const parts = this.#waiting;
        this.#waiting = [];
        this.#held = 0;
        await writeAll(parts);
      }
    } catch (error) {
      this.#error = reasonOf(error);
    } finally {
      this.#running = undefined;
    }
  }
}

function reasonOf(error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "EPIPE" ? new Closed() : unreadable(`standard output cannot be written: ${message}`);
}

/** A pipe may take less than all, or nothing yet. */
async function writeAll(parts: Uint8Array[]): Promise<void> {
  while (parts.length > 0) {
    try {
      skip(parts, (await writeSoon(1, parts.slice(0, MOST_PARTS))).bytesWritten);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      await wait(PAUSE);
    }
  }
}

/** Takes away what was written. */
function skip(parts: Uint8Array[], written: number): void {
  while (parts[0] !== undefined && written >= parts[0].length) written -= (parts.shift() as Uint8Array).length;
  if (written > 0) parts[0] = (parts[0] as Uint8Array).subarray(written);
}
