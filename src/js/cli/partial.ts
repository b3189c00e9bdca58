/** What a configuration asks for and this project does not simulate, shown once, where the configuration has it. */
import type { Diagnostic } from "../types.js";
import { engine, render } from "./engine.js";
import type { Document } from "./files.js";
import { type Paint, paintFor } from "./terminal.js";
import { isReported } from "./validate.js";

/** The last line of an answer that is not the whole truth. */
const PARTIAL =
  "partial: BigPanda may make other alerts than these, because the configuration asks for what is not simulated";

/** The code of a rejection that the configuration asks for, so that it is no failure. */
export const FILTERED = "event-filtered";

/** Gathers what runs report of a body. */
export class NotSimulated {
  #found: Diagnostic[] = [];

  constructor(readonly body: Document) {}

  /** Takes what is about the body; the rest is about the payload. */
  add(diagnostics: readonly Diagnostic[]): void {
    const known = this.#found;
    known.push(...diagnostics.filter((one) => one.document === "body" && !isReported(one, known)));
  }

  get any(): boolean {
    return this.#found.length > 0;
  }

  /** The diagnostics at their places. Runs know only pointers; `validate` knows the places. */
  async text(paint: Paint): Promise<string> {
    if (!this.any) return "";
    const { validate } = await engine();
    const placed = validate(this.body.text).diagnostics;
    const diagnostics = this.#found.map((one): Diagnostic => {
      const range = placed.find(({ code, pointer }) => code === one.code && pointer === one.pointer)?.range;
      return range === undefined ? one : { ...one, range };
    });
    return render(diagnostics, this.body, paint);
  }

  /** Writes to standard error what makes alerts partial, where something does. */
  async report(): Promise<void> {
    if (!this.any) return;
    const paint = paintFor(process.stderr);
    process.stderr.write(`${await this.text(paint)}\n${partialLine(paint)}`);
  }
}

/** The line that says that alerts are partial. */
export function partialLine(paint: Paint): string {
  return `${paint.yellow(PARTIAL.slice(0, 8))}${PARTIAL.slice(8)}\n`;
}
