/** Gives the payloads of archives to a comparison or a coverage: here, or in threads as well. */
import type { ReadLines } from "../../types.js";
import { PAYLOAD_LIMIT, readError } from "../files.js";
import { type Space, Splitter } from "../process/split.js";
import { progress, sanitize } from "../terminal.js";
import { Damaged } from "./source.js";
import { openArchive } from "./inputs.js";
import { Places } from "./places.js";

/** What takes payloads: the numbers of those in lines are those of the lines. */
export interface Taker {
  add(payload: Uint8Array): boolean;
  addLines(lines: Uint8Array, first: number): ReadLines;
  roomForLines(size: number): Uint8Array;
}

/** A thread with a taker of its own. */
export interface Helper {
  /** Pieces that it has not done yet. */
  busy: number;
  /** Takes a piece, whose memory is the thread's then. */
  take(bytes: Uint8Array<ArrayBuffer>, first: number, isPayload: boolean): void;
  /** Memory of pieces that are done. */
  spare: ArrayBuffer[];
}

/** Pieces that a thread has at most, so that it does not have to wait for the next. */
const AHEAD = 2;
const LINE_END = 10;
const SPACE = 32;
const NOTHING = new Uint8Array(0);

/** What was read. */
export interface Fed {
  places: Places;
  payloads: number;
  /** Archives that are damaged, which has been reported. */
  damaged: number;
}

/** Reads all files and gives what is in them to `own`, and to `helpers` if there are any. */
export async function feed(names: readonly string[], own: Taker, helpers: readonly Helper[] = []): Promise<Fed> {
  const places = new Places();
  let place = 0;
  let damaged = 0;
  let payloads = 0;
  let done = 0;
  const archives = [];
  let total: number | undefined = 0;
  for (const name of names) {
    const archive = await openArchive(name);
    archives.push(archive);
    total = total === undefined || archive.source.size === undefined ? undefined : total + archive.source.size;
  }
  const bar = progress(total);
  const advance = (bytes: number) => {
    done += bytes;
    bar.show(done, () => `${place.toLocaleString("en")} lines`);
  };
  for (const { source, open } of archives) {
    try {
      const opened = await open();
      places.inputs.push({ name: source.name, kind: opened.kind, first: place });
      if (opened.kind === "payload") {
        places.keep(place, opened.bytes);
        await giveOne(opened.bytes, place, own, helpers);
        place += 1;
        payloads += 1;
        advance(opened.bytes.length);
      } else {
        const space = spaceOf(own, helpers);
        const splitter = new Splitter(opened.source, (size) => space.take(size));
        /** Lines that are too long. They are given last, since the next piece may stand in the engine's memory already. */
        let long: number[] = [];
        for (;;) {
          await space.ready();
          const next = splitter.next();
          const piece = next instanceof Promise ? await next : next;
          if (piece?.kind === "long") {
            long.push(place);
            place += 1;
            payloads += 1;
            continue;
          }
          if (piece !== undefined) {
            const { length } = piece.bytes;
            const read = giveLines(piece.bytes, place, own, space.owner);
            place += read.lines;
            payloads += read.payloads;
            advance(length);
          }
          long.forEach((at) => giveTooLong(at, own));
          long = [];
          if (piece === undefined) break;
        }
      }
    } catch (error) {
      if (!(error instanceof Damaged)) throw readError(error, source.name);
      damaged += 1;
      bar.clear();
      process.stderr.write(`oim: ${sanitize(error.message)}\n`);
    } finally {
      await source.close();
    }
  }
  bar.clear();
  return { places, payloads, damaged };
}

/** Gives lines, and how many they and the payloads in them are. */
function giveLines(bytes: Uint8Array<ArrayBuffer>, place: number, own: Taker, helper: Helper | undefined): ReadLines {
  if (helper === undefined) return own.addLines(bytes, place);
  const read = linesIn(bytes);
  helper.take(bytes, place, false);
  return read;
}

/** The engine reports a payload of more bytes than it reads, whatever they are. */
function giveTooLong(place: number, own: Taker): void {
  own.addLines(NOTHING, place);
  own.add(new Uint8Array(PAYLOAD_LIMIT + 1));
}

async function giveOne(payload: Uint8Array, place: number, own: Taker, helpers: readonly Helper[]): Promise<void> {
  const space = spaceOf(own, helpers);
  await space.ready();
  if (space.helper !== undefined) return space.helper.take(payload.slice(), place, true);
  own.addLines(NOTHING, place);
  own.add(payload);
}

/** Where the next piece is read to: memory that goes to a thread, or that of the engine here. */
interface NextSpace {
  /** Who is to take the next piece; this thread where there is none. */
  helper: Helper | undefined;
  /** Whose memory was taken last. */
  owner: Helper | undefined;
  take: Space;
  ready(): Promise<void>;
}

function spaceOf(own: Taker, helpers: readonly Helper[]): NextSpace {
  const next: NextSpace = {
    helper: undefined,
    owner: undefined,
    take(size) {
      next.owner = next.helper;
      if (next.helper === undefined) return own.roomForLines(size) as Uint8Array<ArrayBuffer>;
      const spare = next.helper.spare.pop();
      return new Uint8Array(spare !== undefined && spare.byteLength >= size ? spare : new ArrayBuffer(size));
    },
    async ready() {
      if (helpers.length === 0) return;
      // Threads are heard only between pieces.
      await new Promise<void>((resolve) => setImmediate(resolve));
      const freest = helpers.reduce((best, helper) => (helper.busy < best.busy ? helper : best));
      // Where all of them have enough to do, this thread takes a piece too.
      next.helper = freest.busy < AHEAD ? freest : undefined;
    },
  };
  return next;
}

function linesIn(bytes: Uint8Array): ReadLines {
  const read = { lines: 0, payloads: 0 };
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(LINE_END, start);
    const end = found < 0 ? bytes.length : found;
    read.lines += 1;
    // Most lines begin with a brace.
    if ((bytes[start] as number) > SPACE || bytes.subarray(start, end).some((byte) => byte > SPACE)) read.payloads += 1;
    start = end + 1;
  }
  return read;
}
