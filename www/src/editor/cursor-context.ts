/** Where in a JSON text an offset lies. The text may be broken, before the offset and behind it. */
export interface JsonPlace {
  /** The keys and indexes that lead to the value; for a key, to the object it is in. */
  path: (string | number)[];
  slot: "key" | "value";
  /** What stands there, quotes included; empty where there is nothing yet. */
  from: number;
  to: number;
  /** It begins with a quote. */
  quoted: boolean;
  /** It ends with one. */
  closed: boolean;
  /** The text of a key or string, else the word as it stands. */
  text: string;
  /** The other keys of the object that the key is in. */
  siblings: string[];
  /** Where a comma is missing before it; `null` where none is. */
  comma: number | null;
}

interface Frame {
  object: boolean;
  /** The key of the value that comes or came last. */
  key: string | null;
  index: number;
  /** What the grammar allows next. */
  next: "key" | "colon" | "value" | "comma";
  keys: string[];
  /** The end of the last member. */
  end: number;
}

/** How far behind the offset the other keys of an object are looked for. */
const BEYOND = 100_000;

/** Finds what stands at an offset, by reading the text up to it. `null` where neither a key nor a value can be. */
export function jsonAt(text: string, offset: number): JsonPlace | null {
  const stack: Frame[] = [];
  let found: JsonPlace | null = null;
  let holder: Frame | undefined;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (true) {
    while (at < text.length && " \t\n\r".includes(text[at] as string)) at += 1;
    const top = stack.at(-1);
    if (!found && (at >= offset || at >= text.length)) {
      found = placeAt(stack, { from: offset, to: offset, quoted: false, closed: false, text: "" });
      if (!found) return null;
      holder = top;
    }
    if (at >= text.length || (found && (found.slot === "value" || at > offset + BEYOND))) break;
    const char = text[at] as string;
    if (char === "{" || char === "[") {
      stack.push({
        object: char === "{",
        key: null,
        index: 0,
        next: char === "{" ? "key" : "value",
        keys: [],
        end: at,
      });
      at += 1;
    } else if (char === "}" || char === "]") {
      stack.pop();
      at += 1;
      if (found && top === holder) break;
      ended(stack.at(-1), at);
    } else if (char === ",") {
      if (top) {
        top.index += top.object ? 0 : 1;
        top.next = top.object ? "key" : "value";
      }
      at += 1;
    } else if (char === ":") {
      if (top) top.next = "value";
      at += 1;
    } else {
      const token = tokenAt(text, at);
      const inside = token.quoted
        ? token.from < offset && (offset < token.to || (!token.closed && offset <= token.to))
        : token.from <= offset && offset <= token.to;
      if (!found && inside) {
        // Without its closing quote, a string ends where somebody is typing it.
        found = placeAt(
          stack,
          token.quoted && !token.closed ? { ...token, to: offset, text: text.slice(token.from + 1, offset) } : token,
        );
        if (!found) return null;
        holder = top;
      } else if (top?.object && top.next !== "value") {
        top.keys.push(token.text);
      }
      if (top?.object && top.next !== "value") {
        top.key = token.text;
        top.next = "colon";
      } else {
        ended(top, token.to);
      }
      at = Math.max(token.to, at + 1);
    }
  }
  if (found && holder && found.slot === "key") found.siblings = holder.keys;
  return found;
}

function ended(frame: Frame | undefined, at: number): void {
  if (!frame) return;
  // A key without a value is no member yet.
  if (frame.next !== "colon") frame.next = "comma";
  frame.end = at;
}

function placeAt(
  stack: readonly Frame[],
  token: Pick<JsonPlace, "from" | "to" | "quoted" | "closed" | "text">,
): JsonPlace | null {
  const top = stack.at(-1);
  const path = stack.slice(0, -1).map(step);
  if (!top) return { ...token, path, slot: "value", siblings: [], comma: null };
  if (top.next === "colon") return null;
  const lacksComma = top.next === "comma";
  if (!top.object && lacksComma)
    return { ...token, path: [...path, top.index + 1], slot: "value", siblings: [], comma: top.end };
  if (top.object && top.next !== "value")
    return { ...token, path, slot: "key", siblings: [], comma: lacksComma ? top.end : null };
  return { ...token, path: [...path, step(top)], slot: "value", siblings: [], comma: null };
}

function step({ object, key, index }: Frame): string | number {
  return object ? (key ?? "") : index;
}

function tokenAt(text: string, from: number): Pick<JsonPlace, "from" | "to" | "quoted" | "closed" | "text"> {
  let to = from;
  if (text[from] !== '"') {
    while (to < text.length && !/[\s"{}[\],:]/.test(text[to] as string)) to += 1;
    return { from, to, quoted: false, closed: false, text: text.slice(from, to) };
  }
  to += 1;
  while (to < text.length && text[to] !== '"' && text[to] !== "\n") to += text[to] === "\\" ? 2 : 1;
  const closed = text[to] === '"';
  if (closed) to += 1;
  to = Math.min(to, text.length);
  return { from, to, quoted: true, closed, text: unquoted(text.slice(from, to), closed) };
}

function unquoted(token: string, closed: boolean): string {
  try {
    return String(JSON.parse(closed ? token : `${token}"`));
  } catch {
    return token.slice(1, closed ? -1 : undefined);
  }
}

/** The RFC 6901 pointer of a path. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
