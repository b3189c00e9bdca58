/**
 * Keeps what tools send to the ingest paths, for later use as payloads: one file for each request with its body as it
 * came, and one with the headers that matter. Only the headers listed here are kept, and nothing of the query, because
 * tokens, app keys and cookies may be in all others.
 */
import type { IncomingHttpHeaders } from "node:http";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, writeWhole } from "./write.js";

/** Requests that a folder may hold. */
const MOST = 1000;
/** What their bodies may take together, in bytes. */
const MOST_BYTES = 256 * 1024 * 1024;
/** What is kept of a header's value. */
const VALUE_LENGTH = 200;
const HEADERS = [
  ...["content-type", "content-encoding", "content-length", "transfer-encoding", "user-agent"],
  ...["x-amz-sns-message-type", "x-github-event", "x-gitlab-event"],
];
/** A number that no other request has, and the kind of the integration. */
const OURS = /^(\d{6})-[a-z0-9_-]+\.(json|txt)$/;
const UNFINISHED = /^\d{6}-[a-z0-9_-]+\.[0-9a-f-]{36}\.tmp$/;

export class Recorder {
  #path: string;
  #warn: (message: string) => void;
  #last: number;
  #count: number;
  #bytes: number;
  /** Whether a reason not to record was given already; the same one for each request would help nobody. */
  #warned = false;
  /** The end of the queue of writes: one after the other, so that numbers follow the order of arrival. */
  #written: Promise<unknown> = Promise.resolve();

  private constructor(path: string, warn: (message: string) => void, last: number, count: number, bytes: number) {
    this.#path = path;
    this.#warn = warn;
    this.#last = last;
    this.#count = count;
    this.#bytes = bytes;
  }

  /** Opens a folder, which may hold earlier requests. What a killed writer left is removed. */
  static async open(path: string, warn: (message: string) => void): Promise<Recorder> {
    await makeFolder(path);
    let [last, count, bytes] = [0, 0, 0];
    for (const name of await readdir(path)) {
      if (UNFINISHED.test(name)) await rm(join(path, name), { force: true });
      const [, number] = OURS.exec(name) ?? [];
      if (number === undefined) continue;
      last = Math.max(last, Number(number));
      count += 1;
      bytes += (await stat(join(path, name))).size;
    }
    return new Recorder(path, warn, last, count, bytes);
  }

  /** Keeps a request. That it cannot be kept is no reason not to answer it. */
  add(integration: string, headers: IncomingHttpHeaders, body: Uint8Array, now: number): Promise<void> {
    const written = this.#written
      .then(() => this.#write(integration, headers, body, now))
      .catch((error: Error) => {
        this.#warnOnce(`a request could not be recorded: ${error.message}`);
      });
    this.#written = written;
    return written;
  }

  /** Waits for what is being written. */
  async settled(): Promise<void> {
    await this.#written;
  }

  async #write(integration: string, headers: IncomingHttpHeaders, body: Uint8Array, now: number): Promise<void> {
    const full = this.#count >= MOST || this.#bytes + body.length > MOST_BYTES || this.#last >= 999_999;
    if (full) {
      const help = `it may hold ${MOST} requests and ${MOST_BYTES / 1024 / 1024} MiB; empty it or name another one`;
      this.#warnOnce(`nothing more is recorded in ${JSON.stringify(this.#path)}: ${help}`);
      return;
    }
    const stem = `${String(this.#last + 1).padStart(6, "0")}-${safe(integration)}`;
    const notes = [`POST /oim/${encodeURIComponent(integration)}/alerts`, `received ${when(now)}`];
    for (const name of HEADERS) {
      const value = headers[name];
      if (typeof value === "string") notes.push(`${name}: ${value.slice(0, VALUE_LENGTH)}`);
    }
    this.#last += 1;
    this.#count += 1;
    this.#bytes += body.length;
    // A pattern such as `*.json` finds the payloads and not their headers, which come second so that none is alone.
    await writeWhole(this.#path, `${stem}.${isJson(body) ? "json" : "txt"}`, stem, body);
    await writeWhole(this.#path, `${stem}.headers`, stem, Buffer.from(`${notes.join("\n")}\n`));
  }

  #warnOnce(message: string): void {
    if (!this.#warned) this.#warn(message);
    this.#warned = true;
  }
}

/** Part of a file name that every file system takes. */
function safe(integration: string): string {
  const name = integration.toLowerCase().replace(/[^a-z0-9_-]+/g, "-");
  return name.slice(0, 40) || "-";
}

function when(now: number): string {
  const date = new Date(now);
  return Number.isNaN(date.getTime()) ? String(now) : date.toISOString();
}

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return true;
  } catch {
    return false;
  }
}
