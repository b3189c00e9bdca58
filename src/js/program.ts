/** Compiled configurations. */
import { isBytes, kindOf, show } from "./arguments.js";
import {
  answer,
  answerText,
  answerView,
  failed,
  generation,
  lineAnswers,
  lineAnswersView,
  load,
  loadLines,
  ready,
  room,
} from "./instance.js";
import { flagsOf, formOf, NOT_PLACED, OF_LINES, receivedAtOf, TRACE, WITH_FORM } from "./options.js";
import type * as raw from "./raw.js";
import { compileRaw } from "./compile-cache.js";
import { runColumns } from "./columns.js";
import { checkText, copyOf, source, type Source } from "./text.js";
import type { Processed, ProcessedLines, ProcessOptions, ProcessToJsonOptions, Text } from "./types.js";

/** Shows the constructor that it is called from here. */
const OURS = Symbol("compile");
const RAW = Symbol("raw");

const LOST = "a configuration that compiled before does not compile any more";

/** The most room for lines, in bytes. */
const MOST_ROOM = 256 * 1024 * 1024;

/** Runs a payload and returns objects: from columns, or from JSON where a trace is wanted. */
export function runRaw(program: raw.RawProgram, payload: Source, receivedAt: number, options: number): Processed {
  const engine = ready();
  const flags = payload.placed ? options : options | NOT_PLACED;
  try {
    const length = load(engine, payload.text);
    if ((flags & TRACE) === 0) return runColumns(engine, program, length, receivedAt, flags);
    return JSON.parse(answerText(engine, engine.run(program, length, receivedAt, flags))) as Processed;
  } catch (error) {
    throw failed(error);
  }
}

/** A checked configuration, ready to run. */
export class Program {
  #raw: raw.RawProgram | undefined;
  #body: Source;
  #generation = generation;

  constructor(ours: typeof OURS, program: raw.RawProgram, body: Source) {
    if (ours !== OURS) throw new TypeError("a Program is made by compile(), not by new");
    this.#raw = program;
    // Kept for a new instance after a trap.
    this.#body = copyOf(body);
  }

  process(payload: Text, options?: ProcessOptions): Processed {
    const flags = options === undefined ? 0 : flagsOf(options);
    const receivedAt = options === undefined ? Date.now() : receivedAtOf(options);
    // Read first: writing an object as text may run code of the caller's.
    const read = source("payload", payload);
    return runRaw(this.#ready(), read, receivedAt, flags);
  }

  processToJson(payload: string | Uint8Array, options: ProcessToJsonOptions & { as: "text" }): string;
  processToJson(payload: string | Uint8Array, options?: ProcessToJsonOptions): Uint8Array<ArrayBuffer>;
  processToJson(payload: string | Uint8Array, options?: ProcessToJsonOptions): Uint8Array<ArrayBuffer> | string {
    checkText("payload", payload);
    const flags = options === undefined ? 0 : flagsOf(options, WITH_FORM);
    const receivedAt = options === undefined ? Date.now() : receivedAtOf(options);
    const form = formOf(options, ["bytes", "view", "text"]);
    const program = this.#ready();
    const engine = ready();
    try {
      const length = engine.run(program, load(engine, payload), receivedAt, flags);
      if (form === "text") return answerText(engine, length);
      return form === "view" ? answerView(engine, length) : answer(engine, length);
    } catch (error) {
      throw failed(error);
    }
  }

  roomForLines(size: number): Uint8Array<ArrayBuffer> {
    if (!Number.isInteger(size) || size < 0 || size > MOST_ROOM) {
      throw new TypeError(`size: expected a whole number from 0 to ${MOST_ROOM}, got ${show(size)}`);
    }
    this.#ready();
    try {
      return room(ready(), size);
    } catch (error) {
      throw failed(error);
    }
  }

  processLines(lines: Uint8Array, options?: ProcessToJsonOptions & { everyLine?: boolean }): ProcessedLines {
    if (!isBytes(lines)) throw new TypeError(`lines: expected a Uint8Array, got ${kindOf(lines)}`);
    const flags = options === undefined ? 0 : flagsOf(options, OF_LINES);
    const receivedAt = options === undefined ? Date.now() : receivedAtOf(options);
    const form = formOf(options, ["bytes", "view"]);
    const program = this.#ready();
    const engine = ready();
    try {
      const size = loadLines(engine, lines);
      const [length, consumed, count, payloads, ...ranges] = engine.runLines(
        program,
        size,
        receivedAt,
        flags,
      ) as Iterable<number> as [number, number, number, number, ...number[]];
      const answers = form === "view" ? lineAnswersView(engine, length) : lineAnswers(engine, length);
      const reported = [];
      for (let i = 0; i < ranges.length; i += 3) {
        reported.push({ line: ranges[i] as number, start: ranges[i + 1] as number, end: ranges[i + 2] as number });
      }
      return { answers, consumed, lines: count, payloads, reported };
    } catch (error) {
      throw failed(error);
    }
  }

  /** The compiled configuration in the present instance. Nobody outside the package has the key. */
  [RAW](): raw.RawProgram {
    return this.#ready();
  }

  free(): void {
    // An older instance took its programs with it; the address means nothing in the present one.
    if (this.#generation === generation) this.#raw?.free();
    this.#raw = undefined;
  }

  #ready(): raw.RawProgram {
    if (this.#raw === undefined) throw new Error("this Program was freed; compile the configuration again");
    if (this.#generation !== generation) {
      const { program } = compileRaw(this.#body);
      if (program === undefined) throw new Error(LOST);
      this.#raw = program;
      this.#generation = generation;
    }
    return this.#raw;
  }
}

export interface Program {
  [Symbol.dispose](): void;
}

// `using` came after Node 20.0.
if (Symbol.dispose) {
  Object.defineProperty(Program.prototype, Symbol.dispose, {
    value: Program.prototype.free,
    writable: true,
    configurable: true,
  });
}

/** What is inside a program. */
export function rawOf(program: Program): raw.RawProgram {
  if (program instanceof Program) return program[RAW]();
  throw new TypeError("program: expected what compile() gives");
}

/** Wraps a compiled program. */
export function programOf(program: raw.RawProgram, body: Source): Program {
  return new Program(OURS, program, body);
}
