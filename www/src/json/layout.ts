/** How a JSON text is laid out, as far as somebody who adds to it has to know. */
import type { Range } from "../engine/types.ts";
import type { JsonNode } from "./tree.ts";

export interface Style {
  eol: string;
  /** One step of indentation. */
  unit: string;
  /** Between a key and its value. */
  colon: string;
  /** Between two parts on one line. */
  comma: string;
  /** Inside the braces of an object on one line. */
  objectPad: string;
  /** Inside the brackets of a list on one line. */
  listPad: string;
  /** Whether lists of plain values stand on one line. */
  lists: "line" | "lines";
}

const BLANK = /^[ \t]*$/;

/** Finds the style: each trait as it is seen first. What is not seen is as most people write it. */
export function styleOf({ text, root }: { text: string; root: JsonNode }): Style {
  const seen: Partial<Style> = {};
  const look = (node: JsonNode): void => {
    if (node.kind !== "object" && node.kind !== "array") return;
    const parts = node.kind === "object" ? node.members : node.items;
    const [first, second] = parts;
    if (!first) return;
    const room = text.slice(node.start + 1, first.start);
    if (room.includes("\n")) {
      const [outer, inner] = [indentOf(text, node.start), lead(room)];
      if (inner.length > outer.length && inner.startsWith(outer)) seen.unit ??= inner.slice(outer.length);
    }
    if (isLine(text, node)) {
      if (node.kind === "object") seen.objectPad ??= room;
      else seen.listPad ??= room;
      if (second) seen.comma ??= text.slice(first.end, second.start);
    }
    if (node.kind === "object") {
      for (const { name, value } of node.members) {
        const colon = text.slice(name.end, value.start);
        if (BLANK.test(colon.replace(":", ""))) seen.colon ??= colon;
        look(value);
      }
    } else {
      if (node.items.every(({ kind }) => kind !== "object" && kind !== "array"))
        seen.lists ??= isLine(text, node) ? "line" : "lines";
      for (const item of node.items) look(item);
    }
  };
  look(root);
  const { colon = ": " } = seen;
  return {
    eol: /\r\n|\n/.exec(text)?.[0] ?? "\n",
    unit: seen.unit ?? "  ",
    colon,
    comma: seen.comma ?? (colon === ":" ? "," : ", "),
    objectPad: seen.objectPad ?? "",
    listPad: seen.listPad ?? "",
    lists: seen.lists ?? "line",
  };
}

/** Whether a value is written on one line. */
export function isLine(text: string, { start, end }: Range): boolean {
  const line = text.indexOf("\n", start);
  return line < 0 || line >= end;
}

/** The white space that the line of a place begins with. */
export function indentOf(text: string, at: number): string {
  const line = text.lastIndexOf("\n", at - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, Math.min(at, line + 1000)))?.[0] ?? "";
}

/** The white space at the beginning of the last line of a text. */
export function lead(room: string): string {
  return /^[ \t]*/.exec(room.slice(room.lastIndexOf("\n") + 1))?.[0] ?? "";
}

/** Moves all lines but the first from one indentation to another. Line breaks inside JSON strings are always escaped, so no value changes. */
export function reindent(text: string, from: string, to: string): string {
  if (from === to) return text;
  const [first = "", ...rest] = text.split("\n");
  if (!rest.every((line) => line.startsWith(from) || line.trim() === "")) return text;
  return [first, ...rest.map((line) => (line.startsWith(from) ? to + line.slice(from.length) : line))].join("\n");
}
