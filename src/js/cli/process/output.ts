/** Writes whole lines to standard output while others are made, and no more than it takes. */
import { writev, writevSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { isFile } from "../files.js";
import { unreadable } from "../misuse.js";

const writeSoon = promisify(writev) as (fd: number, parts: readonly Uint8Array[]) => Promise<{ bytesWritten: number }>;

/** Files are written at once: a disk does not keep anybody waiting. Pipes and terminals may. */
const toFile = isFile(1);

async function write(parts: readonly Uint8Array[]): Promise<number> {
  return toFile ? writevSync(1, parts) : (await writeSoon(1, parts)).bytesWritten;
}

/** So much may wait to be written, in bytes, before whoever makes it has to wait. */
const HELD = 4 * 1024 * 1024;
/** How long to wait for a reader of a pipe that does not block, in milliseconds. */
const PAUSE = 5;

/** Nobody reads any more: `| head` has what it wants. */
export class Closed extends Error {}

export class Output {
  #waiting: Uint8Array[] = [];
  #held = 0;
  #running: Promise<void> | undefined;
  #error: unknown;

  /** Takes over bytes that end with the end of a line. Wait for what it gives before the next. */
  async put(...parts: Uint8Array[]): Promise<void> {
    if (this.#error !== undefined) throw this.#error;
    for (const part of parts) {
      if (part.length === 0) continue;
      this.#waiting.push(part);
      this.#held += part.length;
    }
    if (this.#held > 0) this.#running ??= this.#run();
    if (this.#held > HELD) await this.end();
  }

  /** Waits until all is written. */
  async end(): Promise<void> {
    await this.#running;
    if (this.#error !== undefined) throw this.#error;
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
      const { code, message } = error as NodeJS.ErrnoException;
      this.#error = code === "EPIPE" ? new Closed() : unreadable(`standard output cannot be written: ${message}`);
    } finally {
      this.#running = undefined;
    }
  }
}

/** A pipe may take less than all. */
async function writeAll(parts: Uint8Array[]): Promise<void> {
  while (parts.length > 0) {
    let written = 0;
    try {
      // More parts than a system call takes are written in several.
      written = await write(parts.slice(0, 512));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      await wait(PAUSE);
    }
    while (parts[0] !== undefined && written >= parts[0].length) written -= (parts.shift() as Uint8Array).length;
    if (written > 0) parts[0] = (parts[0] as Uint8Array).subarray(written);
  }
}
