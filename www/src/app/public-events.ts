/** The events that the element sends to the page around it. */
import type { Answer } from "../engine/protocol.ts";
import type { Session } from "../state/session.ts";

/** A text has changed. Listeners ask for the texts: making them without a listener would cost every keystroke. */
export function dispatchChange(element: HTMLElement, { payload, config }: Session): void {
  const detail = {
    get payload() {
      return payload.text;
    },
    get config() {
      return config.text;
    },
  };
  element.dispatchEvent(new CustomEvent("oim-change", { detail, bubbles: true, composed: true }));
}

/** An answer has come. */
export function dispatchResult(element: HTMLElement, { alertCount, rejectedCount, diagnostics, valid }: Answer): void {
  const detail = { valid, alertCount, rejectedCount, diagnostics };
  element.dispatchEvent(new CustomEvent("oim-result", { detail, bubbles: true, composed: true }));
}
