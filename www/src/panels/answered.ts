import type { Answer } from "../engine/protocol.ts";
import type { Alert, Rejection, Step } from "../engine/types.ts";
import { Gone, type Outcome } from "./contract.ts";

let versions = 0;

/** What the page has of an answer; `more` asks for a longer one, with the traces, which comes as another outcome. */
export class Answered implements Outcome {
  readonly version = ++versions;
  readonly ran: boolean;
  readonly alertCount: number;
  readonly rejectedCount: number;
  readonly receivedAt: number;

  constructor(
    readonly answer: Answer,
    readonly more: (shown: number) => void,
  ) {
    this.ran = answer.ran;
    this.alertCount = answer.alertCount;
    this.rejectedCount = answer.rejectedCount;
    this.receivedAt = answer.receivedAt;
  }

  alertNow(place: number): Alert | undefined {
    return this.answer.alerts[place];
  }

  async alerts(from: number, count: number): Promise<Alert[]> {
    const { alerts } = this.answer;
    if (alerts.length < Math.min(from + count, this.alertCount)) this.#ask(from + count);
    return alerts.slice(from, from + count);
  }

  async rejected(from: number, count: number): Promise<Rejection[]> {
    const { rejected } = this.answer;
    if (rejected.length < Math.min(from + count, this.rejectedCount)) this.#ask(from + count);
    return rejected.slice(from, from + count);
  }

  async trace(index: number): Promise<Step[]> {
    const { traces } = this.answer;
    if (!traces) this.#ask(0);
    return traces?.find((trace) => trace.index === index)?.steps ?? [];
  }

  async json(): Promise<string> {
    const { alerts, rejected } = this.answer;
    if (alerts.length < this.alertCount || rejected.length < this.rejectedCount) this.#ask(Number.MAX_SAFE_INTEGER);
    return JSON.stringify({ alerts, rejected }, null, 2);
  }

  #ask(shown: number): never {
    this.more(shown);
    throw new Gone("a longer answer was asked for");
  }
}
