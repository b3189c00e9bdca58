import type { Alert, AlertTrace, Diagnostic, Generated, Rejection, Target } from "./types.ts";

/** Which code is wanted. */
export interface CodeWish {
  target: string;
  appKey: string;
  region: "us" | "eu";
  mode: "create" | "update";
  sampleAs: "object" | "text";
}

/** What the page wants to know: two texts and how to read them. */
export interface Question {
  body: string;
  payload: string;
  additionalTags: "ignore" | "map";
  /** Epoch milliseconds. */
  receivedAt: number;
  /** How many alerts the page shows. Only these cross the thread, however many there are. */
  shown: number;
  /** Trace even a large payload. Small ones are always traced. */
  explain: boolean;
  /** The code to make of the body; `null` when none is looked at. */
  code: CodeWish | null;
}

/** What became of a question. */
export interface Answer {
  /** The first `shown` alerts. */
  alerts: Alert[];
  alertCount: number;
  /** The first `shown` rejections. */
  rejected: Rejection[];
  rejectedCount: number;
  /** Problems of the configuration and of the payload, the worst first. */
  diagnostics: Diagnostic[];
  /** Of the alerts and rejections shown, by `index`; `null` when the payload is large and `explain` was off. */
  traces: AlertTrace[] | null;
  /** False when an error kept the engine from running at all. */
  ran: boolean;
  /** As in the question. */
  receivedAt: number;
  /** The code that was asked for. */
  code: Generated | null;
}

export interface Request extends Question {
  id: number;
}

export type Reply =
  | { kind: "ready"; version: string; targets: Target[] }
  | { kind: "answer"; id: number; answer: Answer }
  /** The instance can no longer be trusted: start another. */
  | { kind: "broken"; message: string };
