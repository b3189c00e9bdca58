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
  #raw: raw.Edited | undefined;
  #generation = -1;
  /** The engine has only the beginning of the text. */
  #cut = false;

  set(payload: string | Uint8Array): void {
    checkText("payload", payload);
    const workspace = ready();
    try {
      if (this.#generation !== generation) this.#raw = undefined;
      this.#raw ??= new raw.Edited();
      this.#generation = generation;
      const length = load(workspace, payload, TEXT_LIMIT);
      this.#cut = length >= TEXT_LIMIT;
      if (this.#cut || isWellFormed(payload)) {
        workspace.setText(this.#raw, length);
      } else {
        workspace.setText(this.#raw, 0);
        workspace.spliceUnits(this.#raw, 0, 0, loadUnits(workspace, payload as string));
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
    const workspace = ready();
    let isInside: boolean;
    try {
      isInside = isWellFormed(text)
        ? workspace.splice(edited, start, end, load(workspace, text, TEXT_LIMIT))
        : workspace.spliceUnits(edited, start, end, loadUnits(workspace, text));
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
    const workspace = ready();
    let text: string;
    try {
      const length = workspace.runPart(
        compiled,
        edited,
        receivedAt,
        index === undefined ? flags : flags | BY_INDEX,
        first,
        most,
      );
      text = answerText(workspace, length);
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
    const workspace = ready();
    try {
      return workspace.fieldsOf(edited, arraySource) as Field[];
    } catch (error) {
      throw failed(error);
    }
  }

  free(): void {
    if (this.#generation === generation) this.#raw?.free();
    this.#raw = undefined;
  }

  #text(): raw.Edited {
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
function loadUnits(workspace: raw.Workspace, text: string): number {
  const bytes = room(workspace, text.length * 2);
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
