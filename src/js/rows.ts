/**
 * Objects from rows, the form in which the engine gives alerts of which objects are wanted: `src/evaluate/rows.rs` says
 * what it is.
 */
import { decode, type Rows } from "./instance.js";
import type { Alert, Processed } from "./types.js";

/** What stands beside the rows. */
export interface Rest extends Processed {
  names: string[];
  /** Names of the tags that identify, if a rule says so. */
  identity: string[];
  /** A number that counts for nothing, the tags that are primary and secondary, the latter -1 for none, and all tags. */
  shapes: number[][];
  wide: (Alert | Value)[];
}

type Value = string | string[];

interface Shape {
  primary: string;
  secondary: string | null;
  names: string[];
  identifying: string[];
  /** A tag is named `__proto__`. */
  proto: boolean;
}

const STATUSES = ["ok", "warning", "critical", "acknowledged", "unknown"] as const;
/** Begins the row of an alert that is one value. */
const LONE = 0xffff_ffff;
/**
 * Characters that are decoded at once. A longer text cut from them keeps all of them in memory, as V8 has it; so they are
 * not many.
 */
const PIECE = 4096;

/** What stands beside the rows, read. */
interface Side {
  /** Empty where the next answer with this text has to read it anew. */
  text: string;
  rest: Rest;
  shapes: Shape[];
  /**
   * Tags of each shape. As long as an object of a form is there, V8 keeps what it knows of the form and the code that it
   * made for it. Else both would be thrown away with each collection of garbage, and made again.
   */
  forms: Alert["tags"][];
}

const EMPTY: Rest = JSON.parse('{"names":[],"identity":[],"shapes":[],"wide":[],"rejected":[],"diagnostics":[]}');
/** That of the last answer: mostly it is the same again. */
let last: Side = { text: "", rest: EMPTY, shapes: [], forms: [] };

/** Reads what stands beside the rows. */
function sideOf(text: string): Side {
  if (text === last.text) return last;
  const rest = JSON.parse(text) as Rest;
  const shapes = rest.shapes.map((tags) => shapeOf(tags, rest));
  const forms = shapes.map(({ names, proto }) => {
    const tags = tagsOf(names, proto);
    for (const name of names) tags[name] = "";
    return tags;
  });
  // What the caller gets is not to be kept, and not to be given twice.
  const again = rest.wide.length + rest.rejected.length + rest.diagnostics.length === 0;
  last = { text: again ? text : "", rest: again ? rest : EMPTY, shapes, forms };
  return { ...last, rest };
}

/** Tags to be filled in. Added to an object, the name `__proto__` would be its prototype; so it is there already. */
function tagsOf(names: string[], proto: boolean): Alert["tags"] {
  return proto ? (Object.fromEntries(names.map((name) => [name, ""])) as Alert["tags"]) : {};
}

/** Makes the answer. */
export function objectsOf({ texts, numbers }: Rows, text: string): Processed {
  const { rest, shapes } = sideOf(text);
  const { wide } = rest;
  const alerts: Alert[] = [];
  const known: string[] = [];
  let piece = "";
  // Where in the texts the piece begins and ends, and where the next new text begins.
  let [begin, end, next] = [0, 0, 0];
  for (let at = 0; at < numbers.length; ) {
    const head = numbers[at] as number;
    if (head === LONE) {
      alerts.push(wide[numbers[at + 1] as number] as Alert);
      at += 2;
      continue;
    }
    const { primary, secondary, names, identifying, proto } = shapes[Math.trunc(head / STATUSES.length)] as Shape;
    const index = numbers[at + 1] as number;
    // The upper half has the sign: a time of receipt may be before 1970.
    const timestamp = (numbers[at + 2] as number) + ((numbers[at + 3] as number) | 0) * 2 ** 32;
    const tags: Alert["tags"] = proto ? tagsOf(names, proto) : {};
    at += 4;
    for (let i = 0; i < names.length; i++, at++) {
      const cell = numbers[at] as number;
      const number = cell >>> 2;
      let value: Value;
      if ((cell & 1) === 0) {
        if (next + number > end) {
          begin = next;
          end = Math.min(texts.length, next + Math.max(number, PIECE));
          piece = decode(texts.subarray(begin, end));
        }
        value = piece.substring(next - begin, next - begin + number);
        known.push(value);
        next += number;
      } else {
        value = ((cell & 2) === 0 ? known : wide)[number] as Value;
      }
      tags[names[i] as string] = value;
    }
    const incident_identifier: Value[] = [];
    for (let i = 0; i < identifying.length; i++) {
      const value = tags[identifying[i] as string] as Value;
      // A list is not to change with the same one in another place.
      incident_identifier.push(typeof value === "string" ? value : value.slice());
    }
    alerts.push({
      index,
      status: STATUSES[head % STATUSES.length] as Alert["status"],
      timestamp,
      primary_property: primary,
      secondary_property: secondary,
      incident_identifier,
      tags,
    });
  }
  const [rejected, diagnostics] = rest === last.rest ? [[], []] : [rest.rejected, rest.diagnostics];
  return { alerts, rejected, diagnostics };
}

function shapeOf([, first, second, ...tags]: number[], { names: all, identity }: Rest): Shape {
  const name = (tag: number | undefined) => all[tag as number] as string;
  const names = tags.map(name);
  const [primary, secondary] = [name(first), second === -1 ? null : name(second)];
  const given = identity.filter((named) => names.includes(named));
  const usual = secondary === null ? [primary] : [primary, secondary];
  const identifying = given.length > 0 ? given : usual;
  return { primary, secondary, names, identifying, proto: names.includes("__proto__") };
}
