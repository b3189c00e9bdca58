/** Payloads that come piece by piece: counted for coverage, or compared under two configurations. */
import { checkNames, isBytes, kindOf, show } from "./arguments.js";
import { failed, generation, guard, load, loadLines, ready, room } from "./instance.js";
import { flagsOf, milliseconds, NOT_PLACED } from "./options.js";
import * as raw from "./raw.js";
import { encode, source, type Source } from "./text.js";
import type { CompareOptions, Compared, Coverage, ReadLines, SimulatedPayload, StreamOptions, Text } from "./types.js";

/** The most room for lines, in bytes. */
const MOST_ROOM = 256 * 1024 * 1024;
const NAMES = ["receivedAt", "additionalTags"];
const LOST = "the engine has stopped since, and what it had counted is lost";

/** What both have in common. */
class PayloadStream<T> {
  #raw: raw.RawSequence | undefined;
  #generation: number;
  #flags: number;
  #receivedAt: number;

  constructor(begin: () => raw.RawSequence, flags: number, receivedAt: number) {
    this.#raw = guard(begin);
    this.#generation = generation;
    this.#flags = flags;
    this.#receivedAt = receivedAt;
  }

  add(payload: Text): boolean {
    return this.addSource(source("payload", payload), this.#receivedAt);
  }

  protected addSource({ text, placed }: Source, receivedAt: number): boolean {
    const sequence = this.#sequence();
    const engine = ready();
    try {
      const flags = placed ? this.#flags : this.#flags | NOT_PLACED;
      return engine.add(sequence, load(engine, text), receivedAt, flags);
    } catch (error) {
      throw failed(error);
    }
  }

  roomForLines(size: number): Uint8Array<ArrayBuffer> {
    if (!Number.isInteger(size) || size < 0 || size > MOST_ROOM) {
      throw new TypeError(`size: expected a whole number from 0 to ${MOST_ROOM}, got ${show(size)}`);
    }
    this.#sequence();
    return guard((engine) => room(engine, size));
  }

  addLines(lines: Uint8Array, first = 0): ReadLines {
    if (!isBytes(lines)) throw new TypeError(`lines: expected a Uint8Array, got ${kindOf(lines)}`);
    if (!Number.isSafeInteger(first) || first < 0) {
      throw new TypeError(`first: expected a whole number from 0 on, got ${show(first)}`);
    }
    const sequence = this.#sequence();
    return guard((engine) => {
      const size = loadLines(engine, lines);
      const read = engine.addLines(sequence, size, this.#receivedAt, this.#flags, first) as Iterable<number>;
      const [count = 0, payloads = 0] = read;
      return { lines: count, payloads };
    });
  }

  finish(): T {
    const sequence = this.#sequence();
    this.#raw = undefined;
    return JSON.parse(guard(() => sequence.finish())) as T;
  }

  free(): void {
    // An older instance took it with it.
    if (this.#raw !== undefined && this.#generation === generation) this.#raw.free();
    this.#raw = undefined;
  }

  [Symbol.dispose](): void {
    this.free();
  }

  #sequence(): raw.RawSequence {
    if (this.#raw === undefined) throw new Error("the stream has been finished or freed");
    if (this.#generation !== generation) throw new Error(LOST);
    return this.#raw;
  }
}

/** What is said of all payloads of a stream. */
function settings(options: StreamOptions): [number, number] {
  const flags = flagsOf(options, NAMES);
  return [flags, options.receivedAt === undefined ? 0 : milliseconds(options.receivedAt)];
}

export class CoverageBuilder extends PayloadStream<Coverage> {
  constructor(body: Text, options: StreamOptions = {}) {
    const config = source("body", body);
    super(() => raw.RawSequence.coverage(encode(config.text), config.placed), ...settings(options));
  }

  /** Adds a payload of {@link coverage}. */
  addItem(item: SimulatedPayload, place: string): boolean {
    checkNames(place, "member", item, ["payload", "receivedAt"]);
    const { payload, receivedAt } = item;
    const read = source(`${place}.payload`, payload);
    return this.addSource(read, receivedAt === undefined ? 0 : milliseconds(receivedAt, `${place}.receivedAt`));
  }
}

export class Comparison extends PayloadStream<Compared> {
  constructor(oldBody: Text, newBody: Text, options: CompareOptions = {}) {
    const [before, after] = [source("oldBody", oldBody), source("newBody", newBody)];
    const begin = () =>
      raw.RawSequence.comparison(encode(before.text), before.placed, encode(after.text), after.placed);
    super(begin, ...settings(options));
  }

  override finish(): Compared {
    const { same, changes, counts, diagnostics } = super.finish();
    return { same, changes, counts, diagnostics };
  }
}

export function coverage(body: Text, payloads: Iterable<SimulatedPayload>): Coverage {
  if (
    typeof (payloads as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] !== "function" ||
    typeof payloads === "string"
  ) {
    throw new TypeError(`payloads: expected something to iterate over, got ${kindOf(payloads)}`);
  }
  const builder = new CoverageBuilder(body);
  try {
    let number = 0;
    for (const item of payloads) if (!builder.addItem(item, `payloads[${number++}]`)) break;
    return builder.finish();
  } finally {
    builder.free();
  }
}
