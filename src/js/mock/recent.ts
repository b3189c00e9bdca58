/** The newest entries of something that never ends, in bounded memory. */

/** How many entries and how many UTF-16 code units of text are kept. */
export interface Bounds {
  entries: number;
  size: number;
}

export class Recent<T> {
  #bounds: Bounds;
  /** Oldest first. Those before `#first` are gone. */
  #entries: ({ value: T; size: number } | undefined)[] = [];
  #first = 0;
  #size = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** Adds an entry. The oldest ones make room for it, also all of them. */
  add(value: T, size: number): void {
    this.#entries.push({ value, size });
    this.#size += size;
    while (this.#entries.length - this.#first > this.#bounds.entries || this.#size > this.#bounds.size) {
      this.#size -= this.#entries[this.#first]?.size ?? 0;
      this.#entries[this.#first] = undefined;
      this.#first += 1;
    }
    // Now and then, so that each entry is moved a constant number of times.
    if (this.#first * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }

  /** All entries, newest first. */
  *[Symbol.iterator](): Generator<T> {
    for (let at = this.#entries.length - 1; at >= this.#first; at -= 1) {
      const entry = this.#entries[at];
      if (entry !== undefined) yield entry.value;
    }
  }
}
