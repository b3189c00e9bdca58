/** A payload that stays in the engine while it is edited, for programs that show what becomes of it. */
import { checkOptions, checkString, kindOf } from "./arguments.js";
import { answerText, failed, generation, load, ready, room, TEXT_LIMIT } from "./instance.js";
import { BY_INDEX, flagsOf, receivedAtOf } from "./options.js";
import { type Program, rawOf } from "./program.js";
import * as raw from "./raw.js";
import { checkText } from "./text.js";
import type { Field, PartOptions, ProcessedPart, ProcessOptions } from "./types.js";

/** More code units than any text has. */
const END = 0xffff_ffff;
/** As many alerts as a payload can have. */
const ALL = 0xffff_ffff;

export class Preview {
  #raw: raw.RawEditableText | undefined;
  #generation = -1;
  /** The engine has only the beginning of the text. */
  #cut = false;

  set(payload: string | Uint8Array): void {
    checkText("payload", payload);
    const engine = ready();
    try {
      if (this.#generation !== generation) this.#raw = undefined;
      this.#raw ??= new raw.RawEditableText();
      this.#generation = generation;
      const length = load(engine, payload, TEXT_LIMIT);
      this.#cut = length >= TEXT_LIMIT;
      if (this.#cut || isWellFormed(payload)) {
        engine.setText(this.#raw, length);
      } else {
        engine.setText(this.#raw, 0);
        engine.spliceUtf16(this.#raw, 0, 0, loadUtf16(engine, payload as string));
      }
    } catch (error) {
      throw failed(error);
    }
  }

  edit(start: number, end: number, text: string): boolean {
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
      throw new TypeError(`edit: ${start} to ${end} is no range`);
    }
    checkString("text", text);
    if (this.#cut || end > END || text.length > TEXT_LIMIT) return false;
    const edited = this.#text();
    const engine = ready();
    let isInside: boolean;
    try {
      isInside = isWellFormed(text)
        ? engine.splice(edited, start, end, load(engine, text, TEXT_LIMIT))
        : engine.spliceUtf16(edited, start, end, loadUtf16(engine, text));
    } catch (error) {
      throw failed(error);
    }
    if (!isInside) throw new TypeError(`edit: ${start} to ${end} is not inside the payload`);
    return true;
  }

  process(program: Program, options: ProcessOptions & PartOptions = {}): ProcessedPart {
    const { from, count, index, ...rest } = options;
    const flags = flagsOf(rest);
    const receivedAt = receivedAtOf(rest);
    if (index !== undefined && (from !== undefined || count !== undefined)) {
      throw new TypeError("options: give either `index`, or `from` and `count`");
    }
    const [first, most] = [number("from", index ?? from ?? 0), number("count", count ?? ALL)];
    const edited = this.#text();
    const compiled = rawOf(program);
    const engine = ready();
    let text: string;
    try {
      const length = engine.runPart(
        compiled,
        edited,
        receivedAt,
        index === undefined ? flags : flags | BY_INDEX,
        first,
        most,
      );
      text = answerText(engine, length);
    } catch (error) {
      throw failed(error);
    }
    return JSON.parse(text) as ProcessedPart;
  }

  fields(options: { arraySource?: string } = {}): Field[] {
    checkOptions(options, ["arraySource"]);
    const { arraySource } = options;
    if (arraySource !== undefined) checkString("arraySource", arraySource);
    const edited = this.#text();
    const engine = ready();
    try {
      return engine.fieldsOf(edited, arraySource) as Field[];
    } catch (error) {
      throw failed(error);
    }
  }

  free(): void {
    if (this.#generation === generation) this.#raw?.free();
    this.#raw = undefined;
  }

  #text(): raw.RawEditableText {
    if (this.#raw === undefined) throw new Error("this Preview has no payload: call set() first");
    if (this.#generation !== generation) {
      throw new Error("the payload of this Preview was lost when the engine stopped: call set() again");
    }
    return this.#raw;
  }
}

export interface Preview {
  [Symbol.dispose](): void;
}

// `using` came after Node 20.0.
if (Symbol.dispose) {
  Object.defineProperty(Preview.prototype, Symbol.dispose, {
    value: Preview.prototype.free,
    writable: true,
    configurable: true,
  });
}

/** Whether a text has no half of a surrogate pair alone. */
function isWellFormed(text: string | Uint8Array): boolean {
  return typeof text !== "string" || !/[\ud800-\udfff]/u.test(text);
}

/**
 * Copies the code units of a text into the input buffer, and returns their number. Only for text with half a surrogate
 * pair, which UTF-8 does not have.
 */
function loadUtf16(engine: raw.RawEngine, text: string): number {
  const bytes = room(engine, text.length * 2);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let i = 0; i < text.length; i += 1) view.setUint16(i * 2, text.charCodeAt(i), true);
  return text.length;
}

function number(name: string, value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= ALL) return value as number;
  throw new TypeError(
    `options.${name}: expected a whole number from 0, got ${typeof value === "number" ? value : kindOf(value)}`,
  );
}
