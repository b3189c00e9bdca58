/** The rate limit: a sliding window of one second for each token. */

/** The window, in milliseconds. */
const WINDOW = 1000;
/** With more tokens than this in the table, those whose window is empty leave it. */
const CROWD = 1000;

/** Counts requests. `rate` is how many one token may make in any second; 0 is no limit. */
export class RateLimit {
  #rate: number;
  /** When the last accepted requests of a token came, oldest first; never more than the rate. */
  #accepted = new Map<string, number[]>();

  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Whether a request may pass at `now`, in milliseconds. One that may not does not count. */
  admit(token: string, now: number): boolean {
    if (this.#rate === 0) return true;
    if (this.#accepted.size > CROWD) this.#tidy(now);
    const recent = (this.#accepted.get(token) ?? []).filter((time) => isRecent(time, now));
    const admitted = recent.length < this.#rate;
    if (admitted) recent.push(now);
    this.#accepted.set(token, recent);
    return admitted;
  }

  #tidy(now: number): void {
    for (const [token, times] of this.#accepted) {
      if (!times.some((time) => isRecent(time, now))) this.#accepted.delete(token);
    }
  }
}

/** A time in the future counts as long gone: the clock was set back. */
function isRecent(time: number, now: number): boolean {
  return time <= now && now - time < WINDOW;
}
