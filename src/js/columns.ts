/**
 * Objects from columns, the form in which the engine gives alerts of which objects are wanted:
 * `src/evaluate/columns.rs` says what it is.
 */
import { columnsAt, decode, giveBack } from "./instance.js";
import type * as raw from "./raw.js";
import type { Alert, Processed } from "./types.js";

type Value = string | string[];

/** What alerts have in common. */
interface Shape {
  primary: string;
  secondary: string | null;
  names: string[];
  identifying: string[];
  /** A tag is named `__proto__`. */
  hasProto: boolean;
}

/** What a program has in common for all payloads. */
interface Names {
  names: string[];
  defaults: string[];
}

interface Json {
  values: (Alert | Value)[];
  rejected: Processed["rejected"];
  diagnostics: Processed["diagnostics"];
  partial?: true;
}

const STATUSES = ["ok", "warning", "critical", "acknowledged", "unknown"] as const;

/** Numbers that begin something else than an alert of the last shape. */
const NEW_SHAPE = 0xffff_ffff;
const JSON_ALERT = 0xffff_fffe;
const NO_TAG = 0xffff_ffff;

/** The lowest bits of a cell. */
const TEXT = 0;
const REPEATED = 1;
const DEFAULT = 2;

/**
 * Characters that are decoded at once. A longer text cut from them keeps all of them in memory, as V8 has it; so they are
 * not many.
 */
const PIECE = 4096;

const known = new WeakMap<raw.RawProgram, Names>();

function namesOf(program: raw.RawProgram): Names {
  let names = known.get(program);
  if (names === undefined) {
    names = JSON.parse(program.columnNames()) as Names;
    known.set(program, names);
  }
  return names;
}

/** Runs a payload of so many bytes of input. */
export function runColumns(
  engine: raw.RawEngine,
  program: raw.RawProgram,
  length: number,
  receivedAt: number,
  flags: number,
): Processed {
  // Before the run: the call may move the memory.
  const names = namesOf(program);
  const parts = engine.runColumns(program, length, receivedAt, flags);
  const { texts, numbers, json } = columnsAt(parts);
  const rest = json.length === 0 ? { values: [], rejected: [], diagnostics: [] } : (JSON.parse(decode(json)) as Json);
  const alerts = alertsOf(names, texts, numbers, rest.values);
  giveBack(engine, texts.length + numbers.byteLength + json.length);
  const answer: Processed = { alerts, rejected: rest.rejected, diagnostics: rest.diagnostics };
  if (rest.partial) answer.partial = true;
  return answer;
}

function alertsOf(
  { names, defaults }: Names,
  texts: Uint8Array,
  numbers: Uint32Array,
  values: Json["values"],
): Alert[] {
  const alerts: Alert[] = [];
  const shapes: Shape[] = [];
  const repeated: string[] = [];
  let piece = "";
  // Where in the texts the piece begins and ends, and where the next new text begins.
  let [begin, end, next] = [0, 0, 0];
  for (let at = 0; at < numbers.length; ) {
    const head = numbers[at] as number;
    if (head === NEW_SHAPE) {
      const end = at + 5 + (numbers[at + 1] as number) + (numbers[at + 2] as number);
      shapes.push(shapeOf(numbers, at, end, names));
      at = end;
      continue;
    }
    if (head === JSON_ALERT) {
      alerts.push(values[numbers[at + 1] as number] as Alert);
      at += 2;
      continue;
    }
    const shape = shapes[Math.trunc(head / STATUSES.length)] as Shape;
    const index = numbers[at + 1] as number;
    // The upper half has the sign: a time of receipt may be before 1970.
    const timestamp = (numbers[at + 2] as number) + ((numbers[at + 3] as number) | 0) * 2 ** 32;
    // Added to an object, the name `__proto__` would be its prototype; so it is there already.
    const tags: Alert["tags"] = shape.hasProto ? Object.fromEntries(shape.names.map((name) => [name, ""])) : {};
    at += 4;
    for (let i = 0; i < shape.names.length; i++, at++) {
      const cell = numbers[at] as number;
      const number = cell >>> 2;
      let value: Value;
      switch (cell & 3) {
        case TEXT:
          if (next + number > end) {
            begin = next;
            end = Math.min(texts.length, next + Math.max(number, PIECE));
            piece = decode(texts.subarray(begin, end));
          }
          value = piece.substring(next - begin, next - begin + number);
          repeated.push(value);
          next += number;
          break;
        case REPEATED:
          value = repeated[number] as string;
          break;
        case DEFAULT:
          value = defaults[number] as string;
          break;
        default:
          value = values[number] as Value;
      }
      tags[shape.names[i] as string] = value;
    }
    const incident_identifier: Value[] = [];
    for (const name of shape.identifying) {
      const value = tags[name] as Value;
      // A list is not to change with the same one in another place.
      incident_identifier.push(typeof value === "string" ? value : value.slice());
    }
    alerts.push({
      index,
      status: STATUSES[head % STATUSES.length] as Alert["status"],
      timestamp,
      primary_property: shape.primary,
      secondary_property: shape.secondary,
      incident_identifier,
      tags,
    });
  }
  return alerts;
}

/** The shape that stands from `at` to `end`. */
function shapeOf(numbers: Uint32Array, at: number, end: number, all: string[]): Shape {
  const name = (place: number) => all[numbers[place] as number] as string;
  const tags = at + 5 + (numbers[at + 1] as number);
  const names: string[] = [];
  for (let i = tags; i < end; i++) names.push(name(i));
  const identifying: string[] = [];
  for (let i = at + 5; i < tags; i++) identifying.push(names[numbers[i] as number] as string);
  const secondary = numbers[at + 4] === NO_TAG ? null : name(at + 4);
  return { primary: name(at + 3), secondary, names, identifying, hasProto: names.includes("__proto__") };
}
