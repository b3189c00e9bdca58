import type { Answer } from "../engine/protocol.ts";
import type { Alert, Rejection, Step } from "../engine/types.ts";
import { StaleAnswerError, type Outcome } from "../panels/contract.ts";
import type { Session } from "./session.ts";

/** Some alerts, by their place among the alerts. */
export interface Window {
  from: number;
  count: number;
}

/** Traces that are kept of an answer. */
const TRACES = 200;

/** An answer of the engine, and the way to ask for more of it. */
export class AnsweredOutcome implements Outcome {
  readonly ran: boolean;
  readonly alertCount: number;
  readonly rejectedCount: number;
  readonly filteredCount: number;
  readonly partial: boolean;
  readonly #alerts = new Map<number, Alert>();
  readonly #traces = new Map<number, Step[]>();
  readonly #rejected: Rejection[];
  readonly #session: Session;

  constructor(
    readonly version: number,
    answer: Answer,
    window: Window,
    session: Session,
    readonly receivedAt = answer.receivedAt,
  ) {
    this.ran = answer.ran;
    this.alertCount = answer.alertCount;
    this.rejectedCount = answer.rejectedCount;
    this.#rejected = answer.rejected;
    this.filteredCount = answer.rejected.filter(({ code }) => code === "event-filtered").length;
    this.partial = answer.partial;
    this.#session = session;
    answer.alerts.forEach((alert, number) => this.#alerts.set(window.from + number, alert));
    if (answer.trace) this.#traces.set(answer.trace.index, answer.trace.steps);
  }

  alertNow(place: number): Alert | undefined {
    return this.#alerts.get(place);
  }

  async alerts(from: number, count: number): Promise<Alert[]> {
    const last = Math.min(from + count, this.alertCount);
    const there = Array.from({ length: Math.max(0, last - from) }, (_, number) => this.#alerts.get(from + number));
    const missing = there.indexOf(undefined);
    if (missing >= 0) {
      this.#hold();
      // The next answer brings what is in view now.
      this.#session.show({ from, count });
      const fetched = await this.#session.call("alerts", { from: from + missing, count: last - from - missing });
      fetched.forEach((alert, number) => this.#alerts.set(from + missing + number, alert));
      return [...there.slice(0, missing), ...fetched] as Alert[];
    }
    return there as Alert[];
  }

  async rejected(from: number, count: number): Promise<Rejection[]> {
    return this.#rejected.slice(from, from + count);
  }

  async trace(index: number): Promise<Step[]> {
    const known = this.#traces.get(index);
    if (known) return known;
    this.#hold();
    const steps = (await this.#session.call("trace", { index }))?.steps ?? [];
    if (this.#traces.size >= TRACES) this.#traces.clear();
    this.#traces.set(index, steps);
    return steps;
  }

  async json(): Promise<string> {
    this.#hold();
    return this.#session.call("json", null);
  }

  /** An alert by its number in the payload, and its place among the alerts. */
  async find(index: number): Promise<{ place: number; alert: Alert } | null> {
    for (const [place, alert] of this.#alerts) if (alert.index === index) return { place, alert };
    // Every rejected element before it moves it one place forward.
    const place = index - this.#rejected.filter((one) => one.index !== null && one.index < index).length;
    const [alert] = await this.alerts(Math.max(0, place), 1);
    return alert?.index === index ? { place, alert } : null;
  }

  #hold(): void {
    if (this.#session.outcome !== this) throw new StaleAnswerError("the texts have changed since");
  }
}
