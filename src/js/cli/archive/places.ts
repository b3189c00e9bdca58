/** The places of payloads: over all files, each line has a number and each file with one payload has one. */

import type { Document } from "../files.js";

/** So much text of payloads is kept to be shown with what is wrong with them, in bytes. */
const KEPT = 8 * 1024 * 1024;

/** Where the numbers of a file begin. */
export interface Input {
  name: string;
  /** `payload`: the file is one payload. */
  kind: "payload" | "lines";
  /** The number of its first line, or of its payload. */
  first: number;
}

export class Places {
  readonly inputs: Input[] = [];
  #kept = new Map<number, Uint8Array>();
  #bytes = 0;

  /** Keeps the text of a payload that is a file, if there is room. */
  keep(place: number, payload: Uint8Array): void {
    if (this.#bytes + payload.length > KEPT) return;
    this.#bytes += payload.length;
    this.#kept.set(place, payload.slice());
  }

  /** A payload that is a file. */
  documentOf(place: number): Document | undefined {
    const bytes = this.#kept.get(place);
    if (bytes === undefined) return undefined;
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return { name: this.nameOf(place), bytes, text };
  }

  /** The file that a number belongs to, and the line in it, from 1; of a file with one payload without a line. */
  find(place: number): { input: Input; line: number | undefined } | undefined {
    let [from, to] = [0, this.inputs.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.inputs[middle] as Input).first <= place) from = middle + 1;
      else to = middle;
    }
    const input = this.inputs[from - 1];
    return input && { input, line: input.kind === "lines" ? place - input.first + 1 : undefined };
  }

  /** As messages call it. */
  nameOf(place: number): string {
    const found = this.find(place);
    if (found === undefined) return `payload ${place + 1}`;
    return found.line === undefined ? found.input.name : `${found.input.name}:${found.line}`;
  }
}
