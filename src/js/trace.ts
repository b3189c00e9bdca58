/**
 * Traces of which the steps are made when somebody looks: there are many, and few are looked at. `src/evaluate/step.rs`
 * says in what form the engine gives them.
 */
import type { AlertTrace, Step } from "./types.js";

/** What the steps of one place in the program have in common, the pointer from the alert, and 1 where it is from the payload. */
export type Head = [Step, string, 0 | 1];

const OUTCOMES = ["used", "missing", "empty", "unmatched", "unreadable", "shadowed", "default", "received-at"] as const;
const [WAY, RANGE, VALUE, RESULT, DETAIL] = [1, 2, 4, 8, 16];

const decoder = new TextDecoder();

/** What `console.log` asks in Node, Deno and Bun: steps that are not made yet are to be seen all the same. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const shown = {
  value(this: AlertTrace) {
    return { index: this.index, steps: this.steps };
  },
};

/** The traces in `bytes`. `places` has, behind a number that counts for nothing, the index and the length of each. */
export function tracesOf(bytes: Uint8Array, places: number[], heads: Head[], array: string | null): AlertTrace[] {
  const traces: AlertTrace[] = [];
  for (let i = 1, start = 0; i < places.length; i += 2) {
    const end = start + (places[i + 1] as number);
    traces.push(traceOf(places[i] as number, bytes.subarray(start, end), heads, array));
    start = end;
  }
  return traces;
}

function traceOf(index: number, bytes: Uint8Array, heads: Head[], array: string | null): AlertTrace {
  let made: Step[] | undefined;
  const trace = {
    index,
    // A member like any other for whoever reads, lists, copies, compares or writes it as JSON.
    get steps() {
      return (made ??= stepsOf(JSON.parse(decoder.decode(bytes)) as unknown[], heads, array === null ? "" : `${array}/${index}`));
    },
    set steps(steps) {
      made = steps;
    },
  };
  return Object.defineProperty(trace, INSPECT, shown);
}

function stepsOf(row: unknown[], heads: Head[], at: string): Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < row.length; ) {
    const code = row[i++];
    if (typeof code !== "number") {
      steps.push(code as Step);
      continue;
    }
    const [{ kind, rule, tag, source, sourcePointer }, way, around] = heads[code >> 8] as Head;
    const outcome = OUTCOMES[(code >> 5) & 7] as Step["outcome"];
    // Member by member in the order of JSON text: many times faster than copying heads of different shapes.
    const step = { kind, rule } as Step;
    if (tag !== undefined) step.tag = tag;
    if (source !== undefined) step.source = source;
    if (sourcePointer !== undefined) step.sourcePointer = sourcePointer;
    if (code & WAY) step.payloadPointer = around === 1 ? way : at + way;
    if (code & RANGE) step.payloadRange = { start: row[i++] as number, end: row[i++] as number };
    if (code & VALUE) step.value = row[i++] as string;
    if (code & RESULT) step.result = row[i++] as string;
    if (code & DETAIL) step.detail = row[i++] as string;
    step.outcome = outcome;
    steps.push(step);
  }
  return steps;
}
