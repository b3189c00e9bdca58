/** What a request needs to be answered. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { truncate } from "./body.js";
import { History } from "./history.js";
import type { Settings } from "./options.js";
import { Programs } from "./programs.js";
import { RateLimit } from "./rate.js";
import type { Recorder } from "./record.js";
import { type Reply, errorReply } from "./reply.js";
import type { Store } from "./store.js";

/** One request. */
export interface Call {
  state: State;
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  /** When it came, in epoch milliseconds. */
  now: number;
}

/** What a mock knows from one request to the next. */
export class State {
  readonly programs = new Programs();
  readonly history = new History();
  #limit: RateLimit;

  constructor(
    readonly settings: Settings,
    readonly store: Store,
    readonly recorder?: Recorder | undefined,
  ) {
    this.#limit = new RateLimit(settings.rate);
  }

  /** The errorReply where a token made too many requests. BigPanda documents no header that says when to retry. */
  admit(token: string, now: number): Reply | undefined {
    if (this.#limit.admit(token, now)) return undefined;
    return errorReply(429, `more than ${this.settings.rate} requests in one second; wait and send it again`);
  }

  /** The errorReply where no integration has the app key. */
  known(appKey: string): Reply | undefined {
    if (this.settings.appKeys?.has(appKey) !== false) return undefined;
    const help = "install an OIM-enabled integration in BigPanda first and use its app key";
    return errorReply(404, `no integration has the app key \`${truncate(appKey)}\`; ${help}`);
  }
}
