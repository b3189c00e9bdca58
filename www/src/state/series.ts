import type { TextDocument } from "./document.ts";

/** Several payloads, of which one is in the editor. */
export class Series {
  readonly #document: TextDocument;
  #texts: string[];
  #names: string[];
  #at = 0;

  constructor(document: TextDocument, payloads: { text: string; name: string }[]) {
    this.#document = document;
    this.#texts = payloads.map(({ text }) => text);
    this.#names = payloads.map(({ name }) => name);
  }

  /** What the one in the editor is called, such as its file. */
  get name(): string {
    return this.#names[this.#at] ?? "";
  }

  /** What all of them are called, in their order. */
  get names(): readonly string[] {
    return this.#names;
  }

  get count(): number {
    return this.#texts.length;
  }

  /** The number of the one in the editor, from 0. */
  get at(): number {
    return this.#at;
  }

  /** All of them, as they are now. */
  get texts(): string[] {
    return this.#texts.map((text, number) => (number === this.#at ? this.#document.text : text));
  }

  /** The text of another one, which goes into the editor; what is there is kept. `null` where there is none. */
  move(to: number): string | null {
    const text = this.#texts[to];
    if (text === undefined || to === this.#at) return null;
    this.#texts[this.#at] = this.#document.text;
    this.#at = to;
    return text;
  }

  /** Takes the one in the editor out. Gives the text of the one that takes its place; `null` where it is the only one. */
  drop(): string | null {
    if (this.count < 2) return null;
    this.#texts.splice(this.#at, 1);
    this.#names.splice(this.#at, 1);
    this.#at = Math.min(this.#at, this.count - 1);
    return this.#texts[this.#at] ?? null;
  }

  /** Puts the payload in the editor at the end once more, as the next one to come. */
  repeat(): void {
    this.#texts = [...this.texts, this.#document.text];
    this.#names.push(this.name);
  }
}
