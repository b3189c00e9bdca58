/**
 * What panels and the page say to each other. A panel gets what it shows by properties and reports what was done to it by
 * events; it keeps nothing that another panel has to know.
 */
import type { Alert, Compared, Diagnostic, Field, Migrated, Range, Rejection, Step } from "../engine/types.ts";

/** A replacement of a part of a text, in UTF-16 code units. */
export interface Edit extends Range {
  text: string;
}

/** The two documents of the page. */
export type DocumentName = "payload" | "config";

/** Asks the page to edit a document, as one step that can be undone. The panel computed it from `before`: if the text is another by now, the page lets it go. */
export interface EditRequest {
  document: DocumentName;
  edits: Edit[];
  before: string;
}

/** What is looked at. The page marks it in the editors and informs every panel. */
export type Selection =
  /** One step of a value's explanation. `alert` is the index of the alert in the payload. */
  | { kind: "step"; alert: number; step: Step }
  /** A field of the payload, by its RFC 6901 pointer into it. */
  | { kind: "field"; pointer: string; path: string }
  /** A rule, a source or a value of the configuration, by its RFC 6901 pointer into the request body, such as `/config/status`. */
  | { kind: "rule"; pointer: string };

/** What became of the payload. Panels ask for what they show; a payload may hold a hundred thousand alerts. */
export interface Outcome {
  /** Grows with every answer: what was fetched from an older one is none of this. */
  readonly version: number;
  /** False when an error kept the engine from running. */
  readonly ran: boolean;
  readonly alertCount: number;
  readonly rejectedCount: number;
  /** How many of the rejected ones the filter of the configuration drops. */
  readonly filteredCount: number;
  /** BigPanda may make other alerts: the configuration asks for something that is not simulated. */
  readonly partial: boolean;
  /** Epoch milliseconds; what stands in where no source gives a time. */
  readonly receivedAt: number;
  /** Alerts by their place in the list of alerts (not their `index`), as many as there are from `from` on, at most `count`. Rejects with `StaleAnswerError` when a newer answer has come. */
  alerts(from: number, count: number): Promise<Alert[]>;
  /** The same, for those that are there already; `undefined` where one has to be fetched. No waiting: for the first paint. */
  alertNow(place: number): Alert | undefined;
  rejected(from: number, count: number): Promise<Rejection[]>;
  /** The steps of the alert (or rejected element) of this `index`. */
  trace(index: number): Promise<Step[]>;
  /** The whole answer as JSON text. */
  json(): Promise<string>;
}

/** An answer that was asked for is about texts that have changed since. */
export class StaleAnswerError extends Error {}

/** What the code is for. Nothing of it is secret: the token is always a variable. */
export interface RequestSettings {
  target: string;
  appKey: string;
  region: "us" | "eu";
  mode: "create" | "update";
  sampleAs: "object" | "text";
}

/** Why something of a proposed configuration is as it is. */
export interface ProposalReason {
  /** RFC 6901 pointer into the proposed body. */
  pointer: string;
  choice: string;
  message: string;
  payloadPointer?: string;
  confidence: "high" | "medium" | "low";
  /** Other paths, the best first. */
  alternatives?: string[];
}

/** A configuration proposed for the payload. */
export interface Proposal {
  text: string;
  reasons: ProposalReason[];
}

/** What a proposed configuration would give for the payload in the editor. */
export interface ProposalPreview {
  /** The first alerts. */
  alerts: Alert[];
  alertCount: number;
  rejectedCount: number;
  /** How the first alert came about. */
  steps: Step[];
}

/** The configuration as one of version 2, which can be taken. */
export interface Migration {
  migrated: Migrated;
  /** How their alerts differ, where they are not known to be the same. */
  compared: Compared | null;
  /** The text that was migrated. */
  before: string;
  /** How many payloads were compared. */
  payloads: number;
}

/** What a menu stands below. */
export type Anchor = Pick<HTMLElement, "getBoundingClientRect" | "focus">;

/** What the page says to its user, seen and heard: what was done, refused or went wrong, or a question. */
export interface Message {
  text: string;
  /**
   * A note goes by itself after a while, or with the next edit; an error and a question stay until they are closed or
   * answered.
   */
  kind?: "note" | "error" | "question";
  /** It is about the texts as they are: an error, too, goes with the next edit. */
  ofTexts?: boolean;
  /** It is about the last change of the texts, and offers to undo it. */
  undo?: boolean;
  choices?: Choice[];
}

/** A button of a message. */
export interface Choice {
  label: string;
  run: () => void;
}

/** The events of all panels, by name, with their details. All bubble and are composed. */
export interface PanelEvents {
  "oim-edit": EditRequest;
  "oim-select": Selection | null;
  /** Bring the place of a diagnostic into view and give its editor the focus. */
  "oim-go": Diagnostic;
  /** Apply a diagnostic's suggestion. */
  "oim-fix": Diagnostic;
  /** Fix all of the configuration that can be fixed at once: see `fixable` in text/fixes.ts. */
  "oim-fix-all": null;
  /** Some of the settings of the request change. */
  "oim-request": Partial<RequestSettings>;
  "oim-additional": "ignore" | "map";
  /** The sample of the body becomes the payload, or is completed from all open payloads. */
  "oim-sample": "payload" | "complete";
  /** Another of several payloads is to be opened, by its number, from 0. */
  "oim-payload": number;
  /** A configuration is to be proposed from the payload. */
  "oim-suggest": null;
  /** The proposed configuration to take, as text, with the choices made on it; `null`: the present one stays. */
  "oim-proposal": string | null;
  /** The configuration is to be migrated to version 2. */
  "oim-migrate": null;
  /** Whether the migrated configuration is taken. */
  "oim-migrated": boolean;
  /** Open the menu that maps a field of the payload, below `anchor`, which gets the focus back. `value`: the one that is looked at. */
  "oim-map": { field: Field; anchor: Anchor; value?: string };
  /** Feedback for everybody, screen readers included. It replaces the message before it. A text alone is a note. */
  "oim-say": string | Message;
}

/** Dispatches an event of a panel to the page. */
export function emit<Name extends keyof PanelEvents>(from: HTMLElement, name: Name, detail: PanelEvents[Name]): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
