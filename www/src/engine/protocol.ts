import type { Edit, ProposalPreview, RequestSettings } from "../panels/contract.ts";
import type {
  Alert,
  AlertTrace,
  Compared,
  Coverage,
  Diagnostic,
  Field,
  Fixed,
  Generated,
  Imported,
  Inspected,
  Migrated,
  Rejection,
  Sampled,
  Simulated,
  Suggested,
  Target,
} from "./types.ts";

/** What is kept in the worker, so that an edit of a large text crosses the threads as an edit. */
export type Update =
  | { kind: "set"; document: "payload" | "config"; text: string }
  /** One after the other: the places of each are those after the one before it. */
  | { kind: "edit"; edits: Edit[] };

/** What the page wants to know of the texts as they are. */
export interface Question {
  /** `ignore`: as the configuration says. */
  additionalTags: "ignore" | "map";
  /** Epoch milliseconds. */
  receivedAt: number;
  /** Which alerts the page shows, by their place among the alerts. Only these cross the threads. */
  from: number;
  count: number;
  /** The place of the alert whose trace is wanted at once. */
  current: number;
  mode: RequestSettings["mode"];
  /** The code to make of the body; `null` when none is looked at. */
  code: RequestSettings | null;
}

/** What became of a question. */
export interface Answer {
  alerts: Alert[];
  alertCount: number;
  rejected: Rejection[];
  rejectedCount: number;
  /** Problems of the configuration and of the payload, the worst first. */
  diagnostics: Diagnostic[];
  /** Of the current alert, or of the first rejected element where there is no alert. */
  trace: AlertTrace | null;
  current: Alert | null;
  /** False when an error kept the engine from running at all. */
  ran: boolean;
  /** As in the question. */
  receivedAt: number;
  /** The configuration asks for something that is not simulated: BigPanda may make other alerts. */
  partial: boolean;
  /** The configuration has no error. */
  valid: boolean;
  generated: Generated | null;
  /** The worker's payload is not that of the page any more: it has to be sent whole. */
  stale: boolean;
}

/** A tag that an alert has. */
export interface GivenTag {
  name: string;
  /** A value of it. */
  example: string;
}

/** What the rules do over the open payloads, and the tags that their alerts have. */
export interface Covered {
  coverage: Coverage;
  tags: GivenTag[];
}

/** What a new configuration changes, and whether it gives any alert at all. */
export interface ComparedAlerts extends Compared {
  hasAlerts: boolean;
}

/** Questions besides, each about the texts of the last answer. */
export interface Calls {
  alerts: { ask: { from: number; count: number }; answer: Alert[] };
  trace: { ask: { index: number }; answer: AlertTrace | null };
  json: { ask: null; answer: string };
  fields: { ask: null; answer: Field[] };
  suggest: { ask: { text: string; others: string[]; version: "1" | "2" }; answer: Suggested };
  /** What a body that is proposed gives for the payload; `null` where it cannot run. */
  preview: { ask: { body: string }; answer: ProposalPreview | null };
  /** A configuration of version 1 as one of version 2, and how their alerts differ where they are not known to be the same. */
  migrate: {
    ask: { body: string; payloads: string[]; additional: "ignore" | "map" };
    answer: { migrated: Migrated; compared: Compared | null };
  };
  /** The payloads as if they came one minute after the other, the last of them at `from`. */
  simulate: {
    ask: { body: string; payloads: string[]; additional: "ignore" | "map"; from: number };
    answer: Simulated;
  };
  /** What the rules do over payloads, which come in pieces: a body begins anew, and the last piece is answered. */
  coverage: {
    ask: { body: string | null; payloads: string[]; additional: "ignore" | "map"; isLast: boolean };
    answer: Covered | null;
  };
  /** A sample put together from payloads. */
  sample: { ask: { body: string; payloads: string[] }; answer: Sampled };
  compare: {
    ask: { old: string; body: string; payloads: string[]; additional: "ignore" | "map" };
    answer: ComparedAlerts;
  };
  /** What a text is. */
  inspect: { ask: { text: string }; answer: Inspected };
  import: { ask: { text: string }; answer: Imported };
  /** The configuration with all that can be fixed together. */
  fix: { ask: null; answer: Fixed };
}

export type CallName = keyof Calls;

/** To the worker. */
export type Request =
  /** Somebody listens from now on. */
  | { kind: "begin" }
  | { id: number; kind: "ask"; updates: Update[]; question: Question }
  | { id: number; kind: "call"; name: CallName; ask: unknown };

/** From the worker. */
export type Reply =
  | { kind: "ready"; version: string; targets: Target[] }
  | { id: number; kind: "answer"; answer: Answer }
  | { id: number; kind: "result"; result: unknown }
  /** The instance can no longer be trusted: start another. */
  | { kind: "broken"; message: string };
