import type { Covered } from "../engine/protocol.ts";
import { StaleAnswerError } from "../panels/contract.ts";
import type { Session } from "./session.ts";

/** Counting begins once typing rests. */
const AFTER_MS = 350;
/** So many characters of payloads go to the engine at once: what is typed meanwhile is answered between two pieces. */
const PIECE = 500_000;

/** Counts what the rules do over the open payloads, while the counts are in view. */
export class CoverageCounter {
  /** The last answer. After an edit it is that of the texts before, until the next one comes. */
  covered: Covered | null = null;
  readonly #session: Session;
  readonly #changed: () => void;
  #isWanted = false;
  /** The texts have changed since the last answer. */
  #isOld = true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What the last answer is about. Stepping through payloads changes none of it. */
  #counted: Counted | null = null;
  /** Which counting is the newest. */
  #turn = 0;

  constructor(session: Session, changed: () => void) {
    this.#session = session;
    this.#changed = changed;
  }

  /** The counts are looked at, or no longer. */
  want(isWanted: boolean): void {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    if (this.#isOld) this.#schedule();
  }

  /** The texts have changed, or the payloads. */
  again(): void {
    this.#isOld = true;
    this.#schedule();
  }

  /** The payloads are others: what was counted says nothing of them. */
  forget(): void {
    this.covered = null;
    this.#counted = null;
    this.again();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
  }

  #schedule(): void {
    this.stop();
    if (this.#isWanted) this.#timer = setTimeout(() => void this.#count(), AFTER_MS);
  }

  async #count(): Promise<void> {
    const { config, payloads, settings } = this.#session;
    const turn = this.#turn;
    const counted = { body: config.text, payloads, additional: settings.additional };
    if (this.#counted && isSame(counted, this.#counted)) {
      this.#isOld = false;
      return;
    }
    const pieces = inPieces(payloads);
    let body: string | null = counted.body;
    try {
      for (const [number, piece] of pieces.entries()) {
        const isLast = number === pieces.length - 1;
        const ask = { body, payloads: piece, additional: counted.additional, isLast };
        const covered = await this.#session.call("coverage", ask);
        if (turn !== this.#turn) return;
        body = null;
        if (!covered) continue;
        this.#counted = counted;
        this.#take(covered);
      }
    } catch (error) {
      // The next answer asks again.
      if (!(error instanceof StaleAnswerError)) throw error;
    }
  }

  #take(covered: Covered): void {
    this.#isOld = false;
    // Of a configuration that cannot be understood nothing is counted; the last counts are better.
    if (covered.coverage.rules.length > 0) this.covered = covered;
    this.#changed();
  }
}

/** What is counted. */
interface Counted {
  body: string;
  payloads: readonly string[];
  additional: "ignore" | "map";
}

function isSame(a: Counted, b: Counted): boolean {
  return (
    a.body === b.body &&
    a.additional === b.additional &&
    a.payloads.length === b.payloads.length &&
    a.payloads.every((payload, number) => payload === b.payloads[number])
  );
}

function inPieces(payloads: readonly string[]): string[][] {
  const pieces: string[][] = [[]];
  let size = 0;
  for (const payload of payloads) {
    if (size > 0 && size + payload.length > PIECE) {
      pieces.push([]);
      size = 0;
    }
    pieces.at(-1)?.push(payload);
    size += payload.length;
  }
  return pieces;
}
