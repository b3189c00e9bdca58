/** What users hand over as a document: text, bytes, or a value that we write as text. */
import { isBytes, kindOf } from "./arguments.js";
import type { Text } from "./types.js";

/** A document to be read. */
export interface Source {
  text: string | Uint8Array;
  /** False when the text is ours, so that places in it would mean nothing to the user. */
  placed: boolean;
}

/** The same text, whose bytes the caller cannot overwrite. */
export function copyOf({ text, placed }: Source): Source {
  return { text: typeof text === "string" ? text : text.slice(), placed };
}

/**
 * One byte more than the engine takes. Longer bodies are cut there: the engine says that they are too long from their beginning, and a copy of a gigabyte inside
 * wasm would only fail in a worse way.
 */
const COPY_LIMIT = 16 * 1024 * 1024 + 1;
const encoder = new TextEncoder();

/** Reads a document argument called `name`. `indent` lays out what is written of an object. */
export function source(name: string, value: Text, indent = 0): Source {
  if (typeof value === "string" || isBytes(value)) return { text: value, placed: true };
  return { text: stringify(name, value, indent), placed: false };
}

/** Refuses everything but text and bytes. */
export function checkText(name: string, value: unknown): asserts value is string | Uint8Array {
  if (typeof value === "string" || isBytes(value)) return;
  throw new TypeError(`${name}: expected a string or a Uint8Array, got ${kindOf(value)}`);
}

/** A text, cut where the engine sees that it is too long. */
export function cut(text: string): string {
  return text.length > COPY_LIMIT ? text.slice(0, COPY_LIMIT) : text;
}

/** The bytes of a document, for calls that copy them. */
export function encode(text: string | Uint8Array): Uint8Array {
  if (typeof text === "string") return encoder.encode(cut(text));
  return text.length > COPY_LIMIT ? text.subarray(0, COPY_LIMIT) : text;
}

function stringify(name: string, value: unknown, indent: number): string {
  if (typeof value !== "object" || value === null) {
    throw new TypeError(`${name}: expected a string, a Uint8Array or an object, got ${kindOf(value)}`);
  }
  refuseLookalikes(name, value);
  let text: string | undefined;
  try {
    text = JSON.stringify(value, null, indent);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n", 1)[0] : String(cause);
    throw new TypeError(`${name}: JSON.stringify cannot write it: ${reason}`, { cause });
  }
  if (text === undefined) throw new TypeError(`${name}: JSON.stringify gives nothing for it`);
  return text;
}

/** Objects that JSON.stringify writes as `{}`, although the caller surely meant what is inside. */
function refuseLookalikes(name: string, value: object): void {
  const kind = kindOf(value);
  if (typeof (value as { then?: unknown }).then === "function") {
    throw new TypeError(`${name}: got a ${kind}; await it first`);
  }
  if (ArrayBuffer.isView(value) || kind === "ArrayBuffer" || kind === "SharedArrayBuffer") {
    throw new TypeError(`${name}: got a ${kind}; wrap its bytes in a Uint8Array`);
  }
  if (kind === "Response" || kind === "Request" || kind === "Blob" || kind === "File") {
    throw new TypeError(`${name}: got a ${kind}; pass \`await value.text()\``);
  }
  if (kind === "Map" || kind === "Set" || kind === "ReadableStream") {
    throw new TypeError(`${name}: got a ${kind}, which JSON.stringify would write as {}`);
  }
}
