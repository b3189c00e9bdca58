/** `oim process --ndjson`: a payload on each line in, an answer on each line out. */
import { setImmediate as yieldToSignals } from "node:timers/promises";
import type { Processed } from "../../types.js";
import { type Document, PAYLOAD_LIMIT, readError } from "../files.js";
import { FILTERED, NotSimulated } from "../partial.js";
import { sanitize, type Progress, progress } from "../terminal.js";
import { Closed, Output } from "./output.js";
import type { Answer, Runner } from "./runner.js";
import { archiveOf, Damaged } from "../archive/source.js";
import type { Source } from "./source.js";
import { type Piece, Splitter } from "./split.js";

const decoder = new TextDecoder();
const LINE_BREAK = new TextEncoder().encode("\n");

/** How long signals may go unheard, in milliseconds: where everything is a file, nothing else would let them in. */
const SIGNAL_DELAY_MS = 20;

/** What was read. */
interface Counts {
  payloads: number;
  unread: number;
  rejected: number;
  /** Dropped by the filter of the configuration. */
  filtered: number;
  /** Archives that are damaged, which has been reported. */
  damaged: number;
}

/**
 * Runs all lines of all files through the configuration of a body. Gives the exit code. With `tooLong`, the answer to a line that is too long to be held, each
 * line has an answer; without it, lines that cannot be read are reported and have none.
 */
export async function runLines(
  names: readonly string[],
  runner: Runner,
  body: Document,
  tooLong: Uint8Array | undefined,
): Promise<number> {
  const sources: Source[] = [];
  for (const name of names) sources.push(await archiveOf(name));
  const total = sources.every(({ size }) => size !== undefined)
    ? sources.reduce((sum, { size }) => sum + (size ?? 0), 0)
    : undefined;
  const counts: Counts = { payloads: 0, unread: 0, rejected: 0, filtered: 0, damaged: 0 };
  const missing = new NotSimulated(body);
  const bar = progress(total);
  const output = new Output();
  const interrupted = interruption();
  try {
    let done = 0;
    for (const source of sources) {
      if (interrupted.signal !== undefined) break;
      done = await runSource(source, runner, { output, bar, counts, missing, interrupted, tooLong }, done);
      await source.close();
    }
    await output.end();
  } catch (error) {
    // The reader has closed the pipe.
    if (error instanceof Closed) return leave(0);
    throw error;
  } finally {
    bar.clear();
  }
  if (interrupted.signal !== undefined) return leave(128 + SIGNALS[interrupted.signal]);
  interrupted.stop();
  await missing.report();
  const { payloads, unread, rejected, filtered } = counts;
  if (unread + rejected + filtered === 0) return counts.damaged > 0 ? 1 : 0;
  const parts = [number(payloads, "payload"), unread > 0 && `${number(unread, "line")} could not be read`];
  parts.push(rejected > 0 && `${number(rejected, "alert")} rejected`);
  parts.push(filtered > 0 && `${number(filtered, "alert")} filtered`);
  process.stderr.write(`oim process: ${parts.filter(Boolean).join(", ")}\n`);
  return unread + rejected + counts.damaged === 0 ? 0 : 1;
}

interface Stage {
  output: Output;
  bar: Progress;
  counts: Counts;
  missing: NotSimulated;
  interrupted: Interruption;
  tooLong: Uint8Array | undefined;
}

/** Keeps as many pieces on their way as there is room for, and their answers in order. */
async function runSource(source: Source, runner: Runner, stage: Stage, before: number): Promise<number> {
  const { bar, counts, interrupted } = stage;
  const position = { name: source.name, line: 1 };
  let done = before;
  let under = 0;
  let emitted = Promise.resolve();
  let failure: { error: unknown } | undefined;
  let wake = () => {};
  const finish = async (asked: Answer | Promise<Answer> | undefined, size: number) => {
    if (asked === undefined) await skipTooLong(position, stage);
    for (let answer = await asked; answer !== undefined; ) {
      await emit(answer, position, stage);
      runner.written(answer);
      answer = answer.rest && (await runner.again(answer.rest));
    }
    done += size;
    bar.show(done, () => `${counts.payloads.toLocaleString("en")} payloads`);
  };
  const splitter = new Splitter(source, runner.space);
  let yielded = Date.now();
  for (;;) {
    // Threads are heard only then, too.
    if (runner.room > 1 || Date.now() - yielded > SIGNAL_DELAY_MS) {
      await yieldToSignals();
      yielded = Date.now();
    }
    const piece = await nextOf(splitter, interrupted).catch((error: unknown) => {
      if (!(error instanceof Damaged)) throw readError(error, source.name);
      bar.clear();
      process.stderr.write(`oim: ${sanitize(error.message)}\n`);
      counts.damaged += 1;
      return undefined;
    });
    if (piece === undefined || failure !== undefined) break;
    const size = piece.kind === "lines" ? piece.bytes.length : 0;
    const asked = piece.kind === "lines" ? runner.run(piece.bytes) : undefined;
    if (under === 0 && !(asked instanceof Promise)) {
      await finish(asked, size);
      continue;
    }
    if (asked instanceof Promise) asked.catch(() => {});
    under += 1;
    emitted = emitted
      .then(() => (failure === undefined ? finish(asked, size) : undefined))
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => {
        under -= 1;
        wake();
      });
    while (under >= runner.room) await new Promise<void>((resolve) => (wake = resolve));
  }
  await emitted;
  if (failure !== undefined) throw failure.error;
  return done;
}

/** Where we are in a file. */
interface Position {
  name: string;
  /** Number of the next line. */
  line: number;
}

/** Writes answers, but for those of lines that could not be read: these are reported. */
async function emit(
  { answers, lines, payloads, reported: notes }: Answer,
  position: Position,
  { output, bar, counts, missing, tooLong }: Stage,
): Promise<void> {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { line, start, end } of notes) {
    const { rejected, diagnostics } = JSON.parse(decoder.decode(answers.subarray(start, end))) as Processed;
    const error = diagnostics.find(({ severity }) => severity === "error");
    const filtered = rejected.filter(({ code }) => code === FILTERED).length;
    counts.filtered += filtered;
    counts.rejected += rejected.length - filtered;
    missing.add(diagnostics);
    if (error === undefined) continue;
    counts.unread += 1;
    if (tooLong !== undefined) continue;
    bar.clear();
    reportLine(position.name, position.line + line, error.range?.column, error.code, error.message);
    parts.push(answers.subarray(from, start));
    from = end + 1;
  }
  parts.push(answers.subarray(from));
  position.line += lines;
  counts.payloads += payloads;
  await output.put(parts);
}

/** Reports a line that is too long to be held, or answers it where each line has an answer. */
async function skipTooLong(position: Position, { output, bar, counts, tooLong }: Stage): Promise<void> {
  if (tooLong !== undefined) await output.put([tooLong, LINE_BREAK]);
  else {
    bar.clear();
    // As the engine says it of a line that it sees.
    const message = `the payload has more than ${PAYLOAD_LIMIT} bytes (6 MiB)`;
    reportLine(position.name, position.line, 1, "payload-too-large", message);
  }
  position.line += 1;
  counts.payloads += 1;
  counts.unread += 1;
}

function reportLine(name: string, line: number, column: number | undefined, code: string, message: string): void {
  const place = [name, line, column].filter((part) => part !== undefined).join(":");
  process.stderr.write(`${sanitize(`${place}: error[${code}]: ${message}`)}\n`);
}

function number(count: number, word: string): string {
  return `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
}

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

interface Interruption {
  signal: keyof typeof SIGNALS | undefined;
  /** Is called when it comes. */
  wake(): void;
  /** Stops listening. */
  stop(): void;
}

/** Hears Ctrl-C. What is being written is finished, so that the output ends with a whole line; a second one ends at once. */
function interruption(): Interruption {
  const names = Object.keys(SIGNALS) as (keyof typeof SIGNALS)[];
  const heard: Interruption = {
    signal: undefined,
    wake: () => {},
    stop: () => names.forEach((name) => process.off(name, hear)),
  };
  const hear = (signal: keyof typeof SIGNALS) => {
    if (heard.signal !== undefined) process.exit(128 + SIGNALS[signal]);
    heard.signal = signal;
    heard.wake();
  };
  for (const name of names) process.on(name, hear);
  return heard;
}

/** The next piece; undefined at the end, or when it was interrupted: input may never come. */
async function nextOf(splitter: Splitter, interrupted: Interruption): Promise<Piece | undefined> {
  if (interrupted.signal !== undefined) return undefined;
  const next = splitter.next();
  if (!(next instanceof Promise)) return next;
  return new Promise((resolve, reject) => {
    next.then(resolve, reject);
    interrupted.wake = () => resolve(undefined);
  });
}

/** Ends the process: standard input may still be open, and threads at work. */
function leave(code: number): never {
  process.exit(code);
}
