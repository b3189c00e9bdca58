import type { Diagnostic } from "./types.js";

/** The texts, after either of them changed. They are made when they are asked for. */
export interface PlaygroundChange {
  readonly payload: string;
  readonly config: string;
}

/** What became of the present texts. */
export interface PlaygroundResult {
  /** Whether the configuration has no error. */
  valid: boolean;
  alertCount: number;
  rejectedCount: number;
  diagnostics: Diagnostic[];
}

/**
 * `<oim-playground>`: a payload and a configuration in, alerts out. Importing `oim-config/element` registers it.
 *
 * Attributes of the same names work in HTML. All colours and measures are CSS variables that begin with `--oim-`.
 */
export class OimPlayground extends HTMLElement {
  /** The payload, as JSON text. Setting it starts its history over. */
  get payload(): string;
  set payload(text: string | null);
  /** The request body or a bare configuration, as JSON text. Setting it starts its history over. */
  get config(): string;
  set config(text: string | null);
  /** The panels that are there, in words with spaces between; all of them without it. */
  panels: string | null;
  /** `light` or `dark`; without it the element follows the `color-scheme` of the page around it. */
  theme: string | null;
  /** The address of a playground that opens the links which Share makes. */
  shareUrl: string | null;
  /** The name under which this element finds its link in the address of its page. */
  shareKey: string | null;
  /** Nothing can be edited. */
  readonly: boolean;
  addEventListener<Name extends keyof PlaygroundEvents>(
    type: Name,
    listener: (this: OimPlayground, event: PlaygroundEvents[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** The events of {@link OimPlayground}. */
export interface PlaygroundEvents extends HTMLElementEventMap {
  /** A text changed. */
  "oim-change": CustomEvent<PlaygroundChange>;
  /** An answer of the engine has come. */
  "oim-result": CustomEvent<PlaygroundResult>;
}

declare global {
  interface HTMLElementTagNameMap {
    "oim-playground": OimPlayground;
  }
}
