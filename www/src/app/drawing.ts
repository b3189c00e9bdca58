import { isServer, type LitElement, type ReactiveController } from "lit";
import { prepareTimes } from "../text/format.ts";

/** A picture of the page, in which a document may have it until it is drawn: see first-paint-plugin.ts. */
const PICTURE = ":scope > painted-playground";

/**
 * Draws the page part by part, each in a task of its own, so that it never stands still: what is around the columns, then
 * these from the last on, as the result takes the longest to fill. All of it is shown at once when it is there.
 */
export class Drawing implements ReactiveController {
  readonly #host: LitElement;
  readonly #columns: number;
  /** Parts drawn so far. The picture itself is drawn at once. */
  #parts = isServer ? Number.POSITIVE_INFINITY : 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement, columns: number) {
    this.#host = host;
    this.#columns = columns;
    host.addController(this);
  }

  /** Something is drawn. */
  get begun(): boolean {
    return this.#parts > 0;
  }

  /** Everything is drawn. */
  get done(): boolean {
    return this.#parts > this.#columns + 1;
  }

  /** A column is drawn, by its place among so many. */
  has(column: number, columns: number): boolean {
    return column > columns - this.#parts;
  }

  /** To be called when it comes near the window. */
  start(): void {
    prepareTimes();
    this.#timer ??= setTimeout(this.#next);
  }

  hostUpdated(): void {
    if (!this.begun) return;
    if (this.done) this.#host.querySelector(PICTURE)?.remove();
    else this.#timer ??= setTimeout(this.#next);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #next = (): void => {
    this.#timer = undefined;
    this.#parts += 1;
    this.#host.requestUpdate();
  };
}
