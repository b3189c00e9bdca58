/**
 * The one instance of the engine: started once, replaced after a trap.
 *
 * A trap leaves the instance's memory in a state that nobody vouches for. It is dropped, and the next call starts
 * another from the same module. Whatever lived in the old one carries its generation and is made anew when used.
 */
import * as raw from "./raw.js";

/** The largest payload the engine reads, in bytes; of a longer one it needs only to see that it is longer. */
const PAYLOAD_LIMIT = 6 * 1024 * 1024;
/** The longest text that the engine keeps for an editor, in bytes. Text above the limit is kept, reported as too large, and usable again once shortened. */
export const TEXT_LIMIT = 16 * 1024 * 1024;
const encoder = new TextEncoder();
/** Decodes pieces too, of which one may begin with the character that is a byte order mark elsewhere. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

let memory: WebAssembly.Memory | undefined;
let engine: raw.RawEngine | undefined;
/** All of the memory. Its length drops to 0 when the memory grows, which is how we notice. */
let view = new Uint8Array(0);
/** The input buffer as last reserved, for text. */
let input = new Uint8Array(0);
/** Where the input buffer is and how much it holds. It moves only when it is reserved or given back. */
let place = 0;
let reserved = -1;

/** Counts the instances. */
export let generation = 0;

/** Starts the engine. */
export function boot(module: WebAssembly.Module): void {
  if (memory === undefined) memory = raw.initSync({ module }).memory;
}

/** Whether {@link boot} has been called. */
export function isBooted(): boolean {
  return memory !== undefined;
}

/** Makes sure that an instance is there, a new one after a trap. */
export function ready(): raw.RawEngine {
  return engine ?? start();
}

function start(): raw.RawEngine {
  if (memory === undefined) {
    throw new Error("oim-config is not ready: call `await init()` once before anything else");
  }
  try {
    if (generation > 0) {
      raw.__wbg_reset_state();
      // Without an argument it only hands out the exports of the present instance.
      memory = (raw.initSync as () => raw.InitOutput)().memory;
    }
    engine = new raw.RawEngine();
  } catch (error) {
    throw failed(error);
  }
  return engine;
}

/**
 * To be thrown for whatever a raw call threw. A `TypeError` is the engine's word on an argument; anything else means
 * that the instance is lost.
 */
export function failed(error: unknown): unknown {
  if (error instanceof TypeError) return error;
  generation += 1;
  engine = undefined;
  view = input = new Uint8Array(0);
  reserved = -1;
  return new Error(
    "oim-config stopped in the middle of a call: too little memory, or a bug of this package, which please report. " +
      "The next call starts afresh",
    { cause: error },
  );
}

/** Calls the engine, which is made ready first. Whatever the call throws becomes what is to be thrown. */
export function guard<T>(call: (engine: raw.RawEngine) => T): T {
  const engine = ready();
  try {
    return call(engine);
  } catch (error) {
    throw failed(error);
  }
}

/** All of the engine's memory. */
export function bytes(): Uint8Array<ArrayBuffer> {
  if (view.byteLength === 0) view = new Uint8Array((memory as WebAssembly.Memory).buffer as ArrayBuffer);
  return view;
}

/** Address of room for so many bytes of input. */
function reserve(engine: raw.RawEngine, size: number): number {
  if (size > reserved) {
    place = engine.reserve(size);
    reserved = size;
  }
  return place;
}

function trim(engine: raw.RawEngine): void {
  engine.trim();
  reserved = -1;
}

/** The last answer was a view of buffers that are to be given back. */
let oversize = false;

/** What was loaded last is not known to hold characters outside ASCII. */
let ascii = true;

/** Copies a text into the input buffer, at most a little more than `limit` bytes of it, and returns its length in bytes. */
export function load(engine: raw.RawEngine, text: string | Uint8Array, limit = PAYLOAD_LIMIT): number {
  if (oversize) {
    oversize = false;
    trim(engine);
  }
  return typeof text === "string" ? loadText(engine, text, limit) : loadBytes(engine, text, limit);
}

function loadBytes(engine: raw.RawEngine, text: Uint8Array, limit: number): number {
  const size = Math.min(text.length, limit + 1);
  const address = reserve(engine, size);
  bytes().set(size < text.length ? text.subarray(0, size) : text, address);
  ascii = true;
  return size;
}

function loadText(engine: raw.RawEngine, text: string, limit: number): number {
  // A code unit takes at most three bytes. Four bytes over the limit is enough for `encodeInto`, which stops before a
  // character that does not fit, to go past it.
  const size = Math.min(text.length * 3, limit + 4);
  const address = reserve(engine, size);
  // Growing the memory detaches the view and leaves it empty, so one comparison covers both.
  if (input.byteLength < size || input.byteOffset !== address) {
    input = new Uint8Array(bytes().buffer, address, size);
  }
  const written = encode(engine, text, limit);
  ascii = written === text.length;
  return written;
}

/** Encodes a text into the input buffer, which has room for it or a little more than `limit` bytes. Gives the bytes. */
type Encode = (engine: raw.RawEngine, text: string, limit: number) => number;

let encode: Encode = (_engine, text) => encoder.encodeInto(text, input).written;

/** Puts another way to encode in the place of the usual one. */
export function encodeBy(other: (usual: Encode) => Encode): void {
  encode = other(encode);
}

/** So many bytes at the beginning of the input buffer, as they are. */
export function room(engine: raw.RawEngine, size: number): Uint8Array<ArrayBuffer> {
  const address = reserve(engine, size);
  return bytes().subarray(address, address + size);
}

/** Copies lines into the input buffer, unless they were read into it, and returns their length in bytes. */
export function loadLines(engine: raw.RawEngine, lines: Uint8Array): number {
  const address = reserve(engine, lines.length);
  if (lines.byteOffset !== address || lines.buffer !== bytes().buffer) bytes().set(lines, address);
  return lines.length;
}

/** After an answer of more bytes than this the buffers are given back: such answers are rare, and they stay large. */
const LARGE = 16 * 1024 * 1024;

/** The answer of the last run, copied. */
export function answer(engine: raw.RawEngine, length: number): Uint8Array<ArrayBuffer> {
  const address = engine.outputAddress();
  const copy = bytes().slice(address, address + length);
  giveBack(engine, length);
  return copy;
}

/** The answer of the last run where it stands, until the next call. */
export function answerView(engine: raw.RawEngine, length: number): Uint8Array<ArrayBuffer> {
  const address = engine.outputAddress();
  oversize = length > LARGE;
  return bytes().subarray(address, address + length);
}

/** The answers of the last lines where they stand, until the next call. */
export function lineAnswersView(engine: raw.RawEngine, length: number): Uint8Array<ArrayBuffer> {
  const address = engine.linesAddress();
  oversize = length > LARGE;
  return bytes().subarray(address, address + length);
}

/** The answers of the last lines, copied. */
export function lineAnswers(engine: raw.RawEngine, length: number): Uint8Array<ArrayBuffer> {
  const address = engine.linesAddress();
  const copy = bytes().slice(address, address + length);
  giveBack(engine, length);
  return copy;
}

/** Bytes that are decoded at once where few of them are not ASCII. */
const PIECE = 2048;

/** The answer of the last run, as text. */
export function answerText(engine: raw.RawEngine, length: number): string {
  const address = engine.outputAddress();
  const answer = bytes().subarray(address, address + length);
  const text = ascii ? decoder.decode(answer) : decodePieces(answer);
  giveBack(engine, length);
  return text;
}

/**
 * Decodes a text piece by piece. One character outside ASCII makes decoding all of a text many times slower; so it is
 * only the pieces that hold one.
 */
function decodePieces(bytes: Uint8Array): string {
  let text = "";
  for (let from = 0, to = 0; from < bytes.length; from = to) {
    to = Math.min(from + PIECE, bytes.length);
    // A character begins with a byte that none continues with.
    while (((bytes[to] as number) & 0xc0) === 0x80) to += 1;
    text += decoder.decode(bytes.subarray(from, to));
  }
  return text;
}

/** The columns whose addresses and lengths are at `address`. They are the engine's, until the next call. */
export function columnsAt(address: number): { texts: Uint8Array; numbers: Uint32Array; json: Uint8Array } {
  const all = bytes();
  const places = new Uint32Array(all.buffer, address, 6) as ArrayLike<number> as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    texts: all.subarray(places[0], places[0] + places[1]),
    numbers: new Uint32Array(all.buffer, places[2], places[3]),
    json: all.subarray(places[4], places[4] + places[5]),
  };
}

/** Gives memory back after an answer of so many bytes, if it was large. */
export function giveBack(engine: raw.RawEngine, length: number): void {
  if (length > LARGE) trim(engine);
}

/** Decodes text. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
