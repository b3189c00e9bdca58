import type { Range } from "../engine/types.ts";

/** Deeper nesting is refused, as the engine does. */
export const MAX_DEPTH = 128;

/** A value and its place. Ranges are UTF-16 offsets into the text. */
export type JsonNode = ObjectNode | ArrayNode | StringNode | WordNode;

export interface ObjectNode extends Range {
  kind: "object";
  members: Member[];
}

export interface Member extends Range {
  key: string;
  /** The key with its quotes. */
  name: Range;
  value: JsonNode;
}

export interface ArrayNode extends Range {
  kind: "array";
  items: JsonNode[];
}

export interface StringNode extends Range {
  kind: "string";
  value: string;
}

/** A number, `true`, `false` or `null`. `value` is how it is written, so that a number keeps its digits. */
export interface WordNode extends Range {
  kind: "number" | "boolean" | "null";
  value: string;
}

/** Why and where a text is no JSON. */
export interface Fault extends Range {
  message: string;
  /** One-based. */
  line: number;
  /** One-based, in UTF-16 code units. */
  column: number;
}

export type Parsed = { root: JsonNode; fault: null } | { root: null; fault: Fault };

export interface ParseOptions {
  /**
   * A member of the outermost object whose value is kept without its parts, so that nothing can be edited in it. A large
   * one is not checked, either, beyond its brackets and quotes: a sample may have megabytes, and the engine checks it.
   */
  leave?: string;
}

/** Keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** From this many UTF-16 code units on a value that is left out is not checked. */
const LARGE = 100_000;

/** The last text that was read in part: several panels look at the same body. */
let last: { text: string; leave: string; parsed: Parsed } | null = null;

/** Reads JSON text, RFC 8259, after a byte order mark if there is one. */
export function parse(text: string, { leave }: ParseOptions = {}): Parsed {
  if (leave !== undefined && last?.leave === leave && last.text === text) return last.parsed;
  const reader = new Reader(text, leave);
  const root = reader.document();
  const parsed: Parsed = root ? { root, fault: null } : { root: null, fault: place(text, reader.failure) };
  if (leave !== undefined) last = { text, leave, parsed };
  return parsed;
}

/** Finds a value. Of duplicate keys the last one counts, as in the engine. */
export function find(root: JsonNode, path: Path): JsonNode | undefined {
  let node: JsonNode | undefined = root;
  for (const step of path) {
    if (node?.kind === "object") node = memberOf(node, String(step))?.value;
    else if (node?.kind === "array" && isIndex(step)) node = node.items[Number(step)];
    else return undefined;
  }
  return node;
}

/** Whether a step of a path can lead into an array. */
export function isIndex(step: string | number): boolean {
  return /^\d+$/.test(String(step));
}

/** The member that counts. */
export function memberOf({ members }: ObjectNode, key: string): Member | undefined {
  return members.findLast((member) => member.key === key);
}

/** The keys and indexes of an RFC 6901 pointer. Indexes stay text, which {@link find} understands. */
export function pathOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The RFC 6901 pointer of a path. */
export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

interface Failure extends Range {
  message: string;
}

function place(text: string, { start, end, message }: Failure): Fault {
  const before = text.slice(0, start);
  const line = before.split("\n").length;
  return { start, end, message, line, column: start - before.lastIndexOf("\n") };
}

const WORDS = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** What somebody may have written for a word: as far as the mistake is underlined. */
const TOKEN = /[^\s"{}[\],:]+|[^]/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** The end of the object or array that begins at a place, by brackets and quotes alone; -1 where it has none. */
function endOf(text: string, start: number): number {
  const { length } = text;
  let depth = 0;
  for (let at = start; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      for (at += 1; at < length; at++) {
        const inner = text.charCodeAt(at);
        if (inner === 0x5c) at += 1;
        else if (inner === 0x22) break;
      }
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** Reads a text from front to back. Where it fails it notes why, once, and gives nothing from there on. */
class Reader {
  readonly #text: string;
  readonly #leave: string | undefined;
  #at: number;
  failure: Failure = { start: 0, end: 0, message: "" };

  constructor(text: string, leave: string | undefined) {
    this.#text = text;
    this.#leave = leave;
    this.#at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  document(): JsonNode | null {
    const root = this.#value(0, true);
    if (!root) return null;
    this.#space();
    return this.#at < this.#text.length ? this.#fail("there is more text behind the value") : root;
  }

  #value(depth: number, keep: boolean): JsonNode | null {
    this.#space();
    const start = this.#at;
    const open = this.#text[start];
    if (open === "{" || open === "[") {
      if (depth >= MAX_DEPTH) return this.#fail(`nested deeper than ${MAX_DEPTH} levels`);
      return open === "{" ? this.#object(depth, keep) : this.#array(depth, keep);
    }
    if (open === '"') {
      const value = this.#string(keep);
      return value === null ? null : { kind: "string", start, end: this.#at, value };
    }
    const value = this.#match(WORDS);
    if (value === null) return this.#fail("a value is expected here");
    return {
      kind: value === "null" ? "null" : value === "true" || value === "false" ? "boolean" : "number",
      start,
      end: this.#at,
      value,
    };
  }

  #object(depth: number, keep: boolean): ObjectNode | null {
    const node: ObjectNode = { kind: "object", start: this.#at, end: 0, members: [] };
    if (this.#opensEmpty("}")) return this.#close(node);
    do {
      this.#space();
      const start = this.#at;
      if (this.#text[start] !== '"') return this.#fail("a key in double quotes is expected here");
      const key = this.#string(keep);
      if (key === null) return null;
      const name = { start, end: this.#at };
      if (!this.#takes(":")) return this.#fail("a colon is expected behind the key");
      const value = depth === 0 && key === this.#leave ? this.#leftOut() : this.#value(depth + 1, keep);
      if (!value) return null;
      if (keep) node.members.push({ key, name, value, start, end: value.end });
    } while (this.#takes(","));
    return this.#takes("}") ? this.#close(node) : this.#fail("a comma or a closing brace is expected here");
  }

  #leftOut(): JsonNode | null {
    this.#space();
    const start = this.#at;
    const open = this.#text[start];
    if (this.#text.length - start < LARGE || (open !== "{" && open !== "[")) return this.#value(1, false);
    const end = endOf(this.#text, start);
    if (end < 0) return this.#failAt(this.#text.length, this.#text.length, "the text ends in the middle of a value");
    this.#at = end;
    return open === "{" ? { kind: "object", start, end, members: [] } : { kind: "array", start, end, items: [] };
  }

  #array(depth: number, keep: boolean): ArrayNode | null {
    const node: ArrayNode = { kind: "array", start: this.#at, end: 0, items: [] };
    if (this.#opensEmpty("]")) return this.#close(node);
    do {
      const item = this.#value(depth + 1, keep);
      if (!item) return null;
      if (keep) node.items.push(item);
    } while (this.#takes(","));
    return this.#takes("]") ? this.#close(node) : this.#fail("a comma or a closing bracket is expected here");
  }

  #close<N extends JsonNode>(node: N): N {
    node.end = this.#at;
    return node;
  }

  /** Steps over an opening bracket, and over the closing one where nothing stands between. */
  #opensEmpty(closing: string): boolean {
    this.#at += 1;
    return this.#takes(closing);
  }

  /** The text of the string that begins here. Lone surrogates become U+FFFD, as in the engine. */
  #string(keep: boolean): string | null {
    const text = this.#text;
    const start = this.#at;
    let at = start + 1;
    let plain = true;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 0x22) break;
      if (code === 0x5c) {
        ESCAPE.lastIndex = at;
        if (!ESCAPE.test(text)) return this.#failAt(at, Math.min(at + 2, text.length), "no such escape in a string");
        at = ESCAPE.lastIndex;
        plain = false;
      } else if (code < 0x20) {
        return this.#failAt(at, at + 1, "a control character in a string has to be written as an escape");
      } else if (Number.isNaN(code)) {
        return this.#failAt(start, at, "the string has no end");
      } else {
        at += 1;
      }
    }
    this.#at = at + 1;
    if (!keep) return "";
    const value = plain ? text.slice(start + 1, at) : (JSON.parse(text.slice(start, at + 1)) as string);
    return value.toWellFormed();
  }

  #takes(char: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    // `01` and `nullable` begin like a word and are none.
    if (found === null || /[\w.+-]/.test(this.#text[this.#at + found.length] ?? "")) return null;
    this.#at += found.length;
    return found;
  }

  #space(): void {
    const text = this.#text;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #fail(message: string): null {
    const start = this.#at;
    if (start >= this.#text.length)
      return this.#failAt(
        start,
        start,
        this.#text.trim() ? "the text ends in the middle of a value" : "there is no text",
      );
    TOKEN.lastIndex = start;
    TOKEN.test(this.#text);
    return this.#failAt(start, TOKEN.lastIndex, message);
  }

  #failAt(start: number, end: number, message: string): null {
    this.failure = { start, end, message };
    return null;
  }
}
