/** The engine, loaded by the first who needs it. */
import { createRequire } from "node:module";
import type { Diagnostic } from "../types.js";
import type { Document } from "./files.js";
import type { Paint } from "./terminal.js";

export type Engine = typeof import("../node.js");

/** As CommonJS, which it is: to import it, Node would look through all of it for the names of its exports. */
function load(): Engine {
  return createRequire(import.meta.url)("./node.cjs") as Engine;
}

export async function engine(): Promise<Engine> {
  return load();
}

/** Diagnostics of a document as text, with an empty line between them. */
export function render(
  diagnostics: readonly Diagnostic[],
  { name, bytes }: Document,
  { colors }: Pick<Paint, "colors">,
): string {
  return diagnostics.length === 0 ? "" : load().render(diagnostics, bytes, { name, colors });
}
