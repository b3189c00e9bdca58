/**
 * Edits of JSON text that change only what they must: attributes that nobody knows, order and formatting stay byte for
 * byte, and what is new looks like its neighbours.
 */
import type { Edit } from "../panels/contract.ts";
import { indentOf, isLine, lead, reindent, type Style, styleOf } from "./layout.ts";
import { Pieces } from "./pieces.ts";
import {
  type ArrayNode,
  find,
  isIndex,
  type JsonNode,
  memberOf,
  type ObjectNode,
  parse,
  type ParseOptions,
  type Path,
} from "./tree.ts";

export interface EditOptions extends ParseOptions {
  /** The usual order of the keys of the object at a path: where a new one is put. */
  orderOf?: (path: Path) => readonly string[];
}

/** A document that holds JSON. */
export interface Doc {
  readonly text: string;
  readonly root: JsonNode;
  readonly orderOf: (path: Path) => readonly string[];
}

/** One thing to do to a document. Gives no edit where there is nothing to do. */
export type Change = (doc: Doc) => Edit[];

/** A value as JSON text that already stands somewhere, so that it keeps all that is in it. */
export class Raw {
  constructor(
    readonly text: string,
    /** The indentation of the line that it stands on. */
    readonly indent: string,
    readonly kind: JsonNode["kind"],
  ) {}
}

/** The edits that do some changes, each on the outcome of those before it. `null` where the text is no JSON; a blank one counts as `{}`. */
export function edit(
  text: string,
  changes: readonly Change[],
  { orderOf = () => [], leave }: EditOptions = {},
): Edit[] | null {
  const pieces = new Pieces(text);
  if (text.trim() === "") pieces.apply([{ start: 0, end: text.length, text: "{}\n" }]);
  for (const change of changes) {
    const now = pieces.text();
    const { root } = parse(now, leave === undefined ? {} : { leave });
    if (!root) return null;
    pieces.apply(change({ text: now, root, orderOf }));
  }
  return pieces.edits();
}

/** Applies edits, whose places are all in `text`. */
export function applied(text: string, edits: readonly Edit[]): string {
  const pieces = new Pieces(text);
  pieces.apply(edits);
  return pieces.text();
}

/** The value at a path as it is written; `undefined` where there is none. */
export function rawAt({ text, root }: Doc, path: Path): Raw | undefined {
  const node = find(root, path);
  return node && new Raw(text.slice(node.start, node.end), indentOf(text, node.start), node.kind);
}

/** Sets a value, and makes what is missing on the way. What stands in the way because it holds nothing is replaced. */
export function set(path: Path, value: unknown): Change {
  return (doc) => {
    const { text, root } = doc;
    let node = root;
    for (const [depth, step] of path.entries()) {
      const inner = wrap(path.slice(depth + 1), value);
      if (node.kind === "object") {
        const member = memberOf(node, String(step));
        if (!member) {
          const place = placeOf(node, String(step), doc.orderOf(path.slice(0, depth)));
          return [insertion(doc, path.slice(0, depth), node, place, inner, String(step))];
        }
        node = member.value;
      } else if (node.kind === "array" && isIndex(step)) {
        const item = node.items[Number(step)];
        if (!item) return [insertion(doc, path.slice(0, depth), node, node.items.length, inner)];
        node = item;
      } else {
        return [replacement(doc, path.slice(0, depth), node, wrap(path.slice(depth), value))];
      }
    }
    const change = replacement(doc, path, node, value);
    return change.text === text.slice(node.start, node.end) ? [] : [change];
  };
}

/** Removes a member, with all its duplicates, or an item. */
export function remove(path: Path): Change {
  return ({ root, text }) => {
    const holder = find(root, path.slice(0, -1));
    const last = path.at(-1);
    if (last === undefined || !holder || !isHolder(holder)) return [];
    const gone = (index: number) =>
      holder.kind === "object" ? holder.members[index]?.key === String(last) : index === Number(last);
    return removals(text, holder, gone);
  };
}

/** Puts an item into an array, before the one that is at `index` now. Makes the array where there is none. */
export function insert(path: Path, index: number, value: unknown): Change {
  return (doc) => {
    const holder = find(doc.root, path);
    if (holder?.kind !== "array") return set(path, [value])(doc);
    return [insertion(doc, path, holder, Math.max(0, Math.min(index, holder.items.length)), value)];
  };
}

/** Moves an item of an array to the place `to`. The room between items stays as it is, so moving back restores the text. */
export function move(path: Path, from: number, to: number): Change {
  return ({ root, text }) => {
    const holder = find(root, path);
    if (holder?.kind !== "array" || from === to || !holder.items[from] || !holder.items[to]) return [];
    const order = holder.items.map((_, index) => index);
    order.splice(to, 0, ...order.splice(from, 1));
    return holder.items.flatMap((slot, index) => {
      const item = holder.items[order[index] ?? index];
      if (!item || item === slot) return [];
      return [
        {
          start: slot.start,
          end: slot.end,
          text: reindent(text.slice(item.start, item.end), indentOf(text, item.start), indentOf(text, slot.start)),
        },
      ];
    });
  };
}

/** Exchanges two values. */
export function swap(one: Path, other: Path): Change {
  return (doc) => {
    const { root, text } = doc;
    const a = find(root, one);
    const b = find(root, other);
    if (!a || !b || a === b || (a.start <= b.start && b.end <= a.end) || (b.start <= a.start && a.end <= b.end))
      return [];
    const into = (place: JsonNode, from: JsonNode): Edit => ({
      start: place.start,
      end: place.end,
      text: reindent(text.slice(from.start, from.end), indentOf(text, from.start), indentOf(text, place.start)),
    });
    return [into(a, b), into(b, a)].sort((x, y) => x.start - y.start);
  };
}

/** Gives a member another key. Others of that key go, as do duplicates of the old one: afterwards there is one. */
export function rename(path: Path, key: string): Change {
  return ({ root, text }) => {
    const holder = find(root, path.slice(0, -1));
    const last = String(path.at(-1));
    if (holder?.kind !== "object" || key === last) return [];
    const member = memberOf(holder, last);
    if (!member) return [];
    const others = removals(text, holder, (index) => {
      const other = holder.members[index];
      return other !== undefined && other !== member && (other.key === last || other.key === key);
    });
    return [...others, { ...member.name, text: JSON.stringify(key) }].sort((x, y) => x.start - y.start);
  };
}

type Holder = ObjectNode | ArrayNode;

function isHolder(node: JsonNode): node is Holder {
  return node.kind === "object" || node.kind === "array";
}

function parts(holder: Holder): readonly (JsonNode | ObjectNode["members"][number])[] {
  return holder.kind === "object" ? holder.members : holder.items;
}

function values(holder: Holder): readonly JsonNode[] {
  return holder.kind === "object" ? holder.members.map(({ value }) => value) : holder.items;
}

/** A value inside the objects and arrays that its path asks for. */
function wrap(path: Path, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, step) => (typeof step === "number" ? [inner] : { [step]: inner }), value);
}

/** Where a new key belongs among those that are there: behind the last that usually precedes it, else before the first that follows. */
function placeOf({ members }: ObjectNode, key: string, order: readonly string[]): number {
  const rank = order.indexOf(key);
  if (rank < 0) return members.length;
  const ranks = members.map((member) => order.indexOf(member.key));
  const before = ranks.reduce(
    (best, other, index) => (other >= 0 && other < rank && other >= (ranks[best] ?? -1) ? index : best),
    -1,
  );
  if (before >= 0) return before + 1;
  const after = ranks.findIndex((other) => other > rank);
  return after < 0 ? members.length : after;
}

/** The edit that puts a value into an object or array. */
function insertion(doc: Doc, path: Path, holder: Holder, index: number, value: unknown, key?: string): Edit {
  const { text } = doc;
  const style = styleOf(doc);
  const written = (indent: string, inline: boolean) => {
    const name = key === undefined ? "" : JSON.stringify(key) + style.colon;
    return name + write(value, style, indent, inline || likeNeighbours(doc, holder, index, value));
  };
  const there = parts(holder);
  const previous = there[index - 1];
  if (there.length === 0) {
    const indent = indentOf(text, holder.start);
    const [start, end] = [holder.start + 1, holder.end - 1];
    if (emptyOnLine(doc, path, holder, value, style)) {
      const pad = holder.kind === "object" ? style.objectPad : style.listPad;
      return { start, end, text: pad + written(indent, true) + pad };
    }
    const inner = indent + style.unit;
    return { start, end, text: style.eol + inner + written(inner, false) + style.eol + indent };
  }
  const gap = gapAt(doc.text, holder, index, style);
  const inline = !gap.includes("\n");
  const indent = inline ? indentOf(text, holder.start) : lead(gap);
  if (previous) return { start: previous.end, end: previous.end, text: gap + written(indent, inline) };
  const first = there[0]?.start ?? holder.start + 1;
  return { start: first, end: first, text: written(indent, inline) + gap };
}

/** What stands between the parts of an object or array near a place, comma included. */
function gapAt(text: string, holder: Holder, index: number, style: Style): string {
  const there = parts(holder);
  const right = Math.max(1, Math.min(index, there.length - 1));
  const [a, b] = [there[right - 1], there[right]];
  const gap = a && b ? text.slice(a.end, b.start) : `,${text.slice(holder.start + 1, there[0]?.start)}`;
  const breaks = gap.split("\n").length - 1;
  if (breaks === 0) return b ? gap : style.comma;
  return breaks === 1 && b ? gap : `,${style.eol}${lead(gap)}`;
}

/** Whether a new object or list goes on one line because the nearest of its kind does. */
function likeNeighbours({ text }: Doc, holder: Holder, index: number, value: unknown): boolean {
  const kind = kindOf(value);
  if (kind !== "object" && kind !== "array") return true;
  const near = values(holder)
    .map((node, place) => ({ node, away: Math.abs(place + 0.5 - index) }))
    .filter(({ node }) => node.kind === kind && isHolder(node) && parts(node).length > 0)
    .sort((x, y) => x.away - y.away)[0]?.node;
  return near !== undefined && isLine(text, near);
}

/** Whether what goes into an empty object or array stays on its line. */
function emptyOnLine(doc: Doc, path: Path, holder: Holder, value: unknown, style: Style): boolean {
  const { text, root } = doc;
  if (path.length === 0) return false;
  const kind = kindOf(value);
  if (holder.kind === "array" && kind !== "object" && kind !== "array") return style.lists === "line";
  const outer = find(root, path.slice(0, -1));
  if (!outer || !isHolder(outer)) return false;
  const near = values(outer).find(
    (node) => node !== holder && node.kind === holder.kind && isHolder(node) && parts(node).length > 0,
  );
  if (outer.kind === "array" && near) return isLine(text, near);
  return !text.slice(outer.start, holder.start).includes("\n");
}

/** The edit that puts a value in the place of another. */
function replacement(doc: Doc, path: Path, node: JsonNode, value: unknown): Edit {
  const { text, root } = doc;
  const style = styleOf(doc);
  const outer = path.length > 0 ? find(root, path.slice(0, -1)) : undefined;
  const crowded = outer !== undefined && isHolder(outer) && isLine(text, outer) && parts(outer).length > 0;
  const inline = crowded || (isHolder(node) && parts(node).length > 0 && isLine(text, node));
  return { start: node.start, end: node.end, text: write(value, style, indentOf(text, node.start), inline) };
}

function removals(text: string, holder: Holder, gone: (index: number) => boolean): Edit[] {
  const there = parts(holder);
  const stays = there.map((_, index) => !gone(index));
  if (there.length > 0 && !stays.includes(true)) {
    // A closing bracket on a line of its own has nothing left to close.
    return [{ start: holder.start + 1, end: holder.end - 1, text: "" }];
  }
  const edits: Edit[] = [];
  for (let index = 0; index < there.length; index++) {
    if (stays[index]) continue;
    const from = index;
    while (index + 1 < there.length && !stays[index + 1]) index += 1;
    const [previous, first, last, next] = [there[from - 1], there[from], there[index], there[index + 1]];
    if (previous && last) edits.push({ start: previous.end, end: last.end, text: "" });
    else if (first && next) edits.push({ start: first.start, end: next.start, text: "" });
  }
  return edits.filter(({ start, end }) => text.slice(start, end) !== "");
}

function kindOf(value: unknown): JsonNode["kind"] {
  if (value instanceof Raw) return value.kind;
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as "object" | "string" | "number" | "boolean";
}

/** Writes a value in the style of a document. */
function write(value: unknown, style: Style, indent: string, inline: boolean): string {
  if (value instanceof Raw) return reindent(value.text, value.indent, indent);
  const kind = kindOf(value);
  if (kind !== "object" && kind !== "array") return JSON.stringify(value ?? null);
  const list = kind === "array";
  const entries = Object.entries(value as object);
  if (entries.length === 0) return list ? "[]" : "{}";
  const [open, close] = list ? "[]" : "{}";
  const plain = list && entries.every(([, item]) => !["object", "array"].includes(kindOf(item)));
  const onLine = inline || (plain && style.lists === "line");
  const inner = onLine ? indent : indent + style.unit;
  const written = entries.map(
    ([key, item]) => (list ? "" : JSON.stringify(key) + style.colon) + write(item, style, inner, onLine),
  );
  if (onLine) {
    const pad = list ? style.listPad : style.objectPad;
    return open + pad + written.join(style.comma) + pad + close;
  }
  return open + style.eol + inner + written.join(`,${style.eol}${inner}`) + style.eol + indent + close;
}
