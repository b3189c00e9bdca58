/** PagedCache kept at most, so that scrolling through a hundred thousand alerts does not gather them all. */
const KEPT = 80;

/** Gives the items from a place on: at most `count`, fewer at the end of the list. */
export type Fetch<T> = (from: number, count: number) => Promise<readonly T[]>;

/**
 * The items of a long list, fetched a window at a time as they come into view. While those of a newer answer are on
 * their way, the items of the one before stand in: a list that empties at every keystroke cannot be read.
 */
export class PagedCache<T> {
  readonly #size: number;
  readonly #changed: () => void;
  #fetch: Fetch<T> | null = null;
  #present = new Map<number, readonly T[]>();
  #before = new Map<number, readonly T[]>();
  #asked = new Set<number>();

  /** Calls `changed` when something has come. */
  constructor(changed: () => void, size = 50) {
    this.#changed = changed;
    this.#size = size;
  }

  /** Begins anew with another answer. */
  start(fetch: Fetch<T>): void {
    for (const [number, items] of this.#present) this.#before.set(number, items);
    this.#forget(this.#before, Math.min(...this.#present.keys(), 0));
    this.#present = new Map();
    this.#asked = new Set();
    this.#fetch = fetch;
  }

  /** The item at a place: of this answer, or of the one before while this one's is not there yet. */
  at(place: number): T | undefined {
    return this.fresh(place) ?? this.#before.get(this.#number(place))?.[place % this.#size];
  }

  /** The item at a place, of this answer. */
  fresh(place: number): T | undefined {
    return this.#present.get(this.#number(place))?.[place % this.#size];
  }

  /** Everything that is there, of this answer or the one before. */
  *all(): Iterable<T> {
    yield* [...this.#present.values()].flat();
    for (const [number, items] of this.#before) if (!this.#present.has(number)) yield* items;
  }

  /**
   * Has the window of a place fetched, unless it is there or on its way. It is wanted also of items that are at hand
   * otherwise: only what was fetched stands in while the next answer's items are on their way.
   */
  need(place: number): void {
    const number = this.#number(place);
    const fetch = this.#fetch;
    if (!fetch || this.#present.has(number) || this.#asked.has(number)) return;
    const asked = this.#asked;
    asked.add(number);
    fetch(number * this.#size, this.#size).then(
      (items) => {
        if (asked !== this.#asked) return;
        asked.delete(number);
        this.#present.set(number, items);
        this.#forget(this.#present, number);
        this.#changed();
      },
      // The answer is gone, and with the next one all is asked for again.
      () => {},
    );
  }

  /** Has all windows between two places fetched, both included. */
  needAll(from: number, to: number): void {
    for (let place = from - (from % this.#size); place <= to; place += this.#size) this.need(place);
  }

  #number(place: number): number {
    return Math.floor(place / this.#size);
  }

  /** Keeps those windows that are nearest to the one looked at. */
  #forget(windows: Map<number, unknown>, near: number): void {
    if (windows.size <= KEPT) return;
    const far = [...windows.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
    for (const number of far.slice(0, windows.size - KEPT / 2)) windows.delete(number);
  }
}
