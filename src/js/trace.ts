/**
 * Traces: they come from a run of their own when somebody looks, and the steps of each when somebody looks at those. There
 * are many, they are several times the size of the payload, and few are looked at. `src/evaluate/step.rs` says in what
 * form the engine gives them.
 */
import type { Rest } from "./rows.js";
import type { AlertTrace, Processed, Step } from "./types.js";

/** What the steps of one place in the program have in common, the pointer from the alert, and 1 where it is from the payload. */
export type Head = [Step, string, 0 | 1];

const OUTCOMES = ["used", "missing", "empty", "unmatched", "unreadable", "shadowed", "default", "received-at"] as const;
const [WAY, RANGE, VALUE, RESULT, DETAIL] = [1, 2, 4, 8, 16];

const decoder = new TextDecoder();

/** What `console.log` asks in Node, Deno and Bun: what is not made yet is to be seen all the same. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Where an object has what a member is made of. */
const LATER = Symbol("later");

interface Later<T> {
  /** Gives the member, until it is there. */
  make: (() => T) | undefined;
  made?: T;
}

/**
 * Adds a member that `make` gives when somebody looks: one like any other for whoever reads, lists, copies, compares or
 * writes it as JSON. With accessors of its own each object would have a form of its own, which is slow.
 */
function later<K extends string, T>(name: K) {
  type Whole = { [LATER]: Later<T> };
  const member = {
    enumerable: true,
    configurable: true,
    get(this: Whole): T {
      const later = this[LATER];
      if (later.make !== undefined) {
        later.made = later.make();
        later.make = undefined;
      }
      return later.made as T;
    },
    set(this: Whole, made: T) {
      Object.assign(this[LATER], { make: undefined, made });
    },
  };
  const shown = {
    value(this: object) {
      return { ...this };
    },
  };
  return <O extends object>(object: O, make: () => T): O & { [key in K]: T } => {
    Object.defineProperty(object, LATER, { value: { make } });
    Object.defineProperty(object, name, member);
    return Object.defineProperty(object, INSPECT, shown) as O & { [key in K]: T };
  };
}

const withTrace = later<"trace", AlertTrace[]>("trace");
const withSteps = later<"steps", Step[]>("steps");

type Explained = Pick<Processed, "trace" | "diagnostics">;

/** Adds a trace that `run` gives when somebody looks. */
export function traced(processed: Processed, run: () => Explained): Processed {
  return withTrace(processed, () => {
    const { trace = [], diagnostics } = run();
    // With a trace an answer can be too large that is not without.
    const known = new Set(processed.diagnostics.map(({ code }) => code));
    processed.diagnostics.push(...diagnostics.filter(({ code }) => code === "output-too-large" && !known.has(code)));
    return trace;
  });
}

/** The traces in `bytes`. `traces` has, behind a number that counts for nothing, the index and the length of each. */
export function tracesOf(bytes: Uint8Array, { traces: places, heads, array, diagnostics }: Rest): Explained {
  const trace: AlertTrace[] = [];
  for (let i = 1, start = 0; i < places.length; i += 2) {
    const end = start + (places[i + 1] as number);
    trace.push(traceOf(places[i] as number, bytes.subarray(start, end), heads, array));
    start = end;
  }
  return { trace, diagnostics };
}

function traceOf(index: number, bytes: Uint8Array, heads: Head[], array: string | null): AlertTrace {
  const at = array === null ? "" : `${array}/${index}`;
  return withSteps({ index }, () => stepsOf(JSON.parse(decoder.decode(bytes)) as unknown[], heads, at));
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
