/** `oim sample`: one sample with every field that any payload has. */
import type { Diagnostic } from "../types.js";
import { feed, type Taker } from "./archive/feed.js";
import { archivesOf } from "./archive/inputs.js";
import { engine, render } from "./engine.js";
import { readBody } from "./files.js";
import type { Options } from "./options.js";
import { paintFor, sanitize } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** So many bytes of payloads are looked at. */
const MOST = 128 * 1024 * 1024;
/** Payloads that could not be read, which are named. */
const NAMED = 5;
const LINE_END = 10;

export async function run(options: Options): Promise<number> {
  const [name, ...rest] = options.operands;
  if (name === undefined) throw new UsageError("sample", "a body is missing: name its file, or `-`");
  const names = await archivesOf(rest.length === 0 ? ["-"] : rest);
  if (name === "-" && names.includes("-")) {
    throw new UsageError("sample", "standard input can be the body or payloads, not both: name a file for one of them");
  }
  const body = await readBody(name);
  const collector = new Collector();
  const { places, damaged } = await feed(names, collector);
  const { sample } = await engine();
  const { text, missing, diagnostics } = sample(body.text, collector.payloads, { redact: options.flag("redact") });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const paint = paintFor(process.stderr);
  const ofBody: Diagnostic[] = errors.filter(({ payload }) => payload === undefined);
  process.stderr.write(render(ofBody, body, paint));
  const unread = errors.filter(({ payload }) => payload !== undefined);
  for (const { payload = 0, code, message } of unread.slice(0, NAMED)) {
    const place = places.nameOf(collector.places[payload] ?? 0);
    process.stderr.write(`${sanitize(place)}: ${paint.red(`error[${code}]`)}: ${sanitize(message)}\n`);
  }
  if (unread.length > NAMED) process.stderr.write(`… ${unread.length - NAMED} more payloads could not be read\n`);
  if (collector.left > 0) {
    process.stderr.write(`oim sample: only the first ${MOST / 1024 / 1024} MiB of payloads were looked at\n`);
  }
  if (text === null) return 1;
  process.stdout.write(`${text}\n`);
  for (const path of missing) process.stderr.write(`no payload has ${sanitize(path)}\n`);
  return unread.length + damaged + missing.length > 0 ? 1 : 0;
}

/** Keeps payloads, up to a limit. */
class Collector implements Taker {
  payloads: Uint8Array[] = [];
  /** For each payload, its place. */
  places: number[] = [];
  /** Payloads for which there was no room. */
  left = 0;
  #bytes = 0;
  #next = 0;

  add(payload: Uint8Array): boolean {
    this.#keep(payload, this.#next);
    this.#next += 1;
    return true;
  }

  addLines(lines: Uint8Array, first: number): { lines: number; payloads: number } {
    const read = { lines: 0, payloads: 0 };
    for (let start = 0; start < lines.length; ) {
      const found = lines.indexOf(LINE_END, start);
      const end = found < 0 ? lines.length : found;
      const line = lines.subarray(start, end);
      if (line.some((byte) => byte > 32)) {
        this.#keep(line, first + read.lines);
        read.payloads += 1;
      }
      read.lines += 1;
      start = end + 1;
    }
    this.#next = first + read.lines;
    return read;
  }

  roomForLines(size: number): Uint8Array {
    return new Uint8Array(size);
  }

  #keep(payload: Uint8Array, place: number): void {
    if (this.#bytes + payload.length > MOST) {
      this.left += 1;
      return;
    }
    this.#bytes += payload.length;
    this.payloads.push(payload.slice());
    this.places.push(place);
  }
}
