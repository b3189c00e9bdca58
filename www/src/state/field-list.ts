import type { Field } from "../engine/types.ts";
import { StaleAnswerError } from "../panels/contract.ts";

/** The fields of a payload of so many characters are listed only once typing rests. */
const LARGE = 1_000_000;
const LARGE_AFTER_MS = 300;

/** Lists the fields of the payload, once for each version of the texts. */
export class FieldList {
  readonly #ask: () => Promise<Field[]>;
  readonly #listed: (fields: Field[]) => void;
  #version = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: () => Promise<Field[]>, listed: (fields: Field[]) => void) {
    this.#ask = ask;
    this.#listed = listed;
  }

  /** The engine has answered for this version of the texts; the payload has so many characters. */
  answered(version: number, length: number): void {
    if (version === this.#version) return;
    this.stop();
    this.#timer = setTimeout(() => void this.#list(version), length > LARGE ? LARGE_AFTER_MS : 0);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #list(version: number): Promise<void> {
    try {
      const fields = await this.#ask();
      this.#version = version;
      this.#listed(fields);
    } catch (error) {
      // The next answer asks again.
      if (!(error instanceof StaleAnswerError)) throw error;
    }
  }
}
