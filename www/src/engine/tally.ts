// Runs in the worker: besides worker.ts the only file of the page that knows the engine.
import { compile, CoverageBuilder, Preview, type ProcessOptions, type Program } from "../../../dist/browser.mjs";
import type { Covered, GivenTag } from "./protocol.ts";

/** As many alerts of a payload have their tags looked at, */
const ALERTS = 1_000;
/** and as many of all payloads. */
const ALL_ALERTS = 20_000;
/** As many different tags are kept. */
const TAGS = 500;
/** An example of a tag's value is cut at so many characters. */
const EXAMPLE = 120;

/** What the rules do over payloads that come one by one. */
export class Tally {
  readonly #options: ProcessOptions;
  readonly #builder: CoverageBuilder;
  readonly #program: Program | null;
  readonly #preview = new Preview();
  readonly #tags = new Map<string, GivenTag>();
  #alerts = 0;

  constructor(body: string, options: ProcessOptions) {
    this.#options = options;
    this.#builder = new CoverageBuilder(body, options);
    this.#program = compile(body).program;
  }

  add(payload: string): void {
    this.#builder.add(payload);
    if (this.#program && this.#alerts < ALL_ALERTS) this.#lookAtTags(this.#program, payload);
  }

  /** The answer. It cannot be used after that. */
  finish(): Covered {
    const coverage = this.#builder.finish();
    this.#release();
    return { coverage, tags: [...this.#tags.values()] };
  }

  /** Ends it without an answer. */
  free(): void {
    this.#builder.free();
    this.#release();
  }

  #lookAtTags(program: Program, payload: string): void {
    this.#preview.set(payload);
    const { alerts } = this.#preview.process(program, { ...this.#options, from: 0, count: ALERTS });
    this.#alerts += alerts.length;
    for (const { tags } of alerts)
      for (const [name, value] of Object.entries(tags)) {
        if (this.#tags.has(name) || this.#tags.size >= TAGS) continue;
        const text = [value].flat().join(", ");
        this.#tags.set(name, { name, example: text.slice(0, EXAMPLE).toWellFormed() });
      }
  }

  #release(): void {
    this.#preview.free();
    this.#program?.free();
  }
}
