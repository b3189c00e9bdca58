import { html, nothing } from "lit";
import type { DocumentName } from "../panels/contract.ts";
import type { OimTabs } from "../panels/tabs.ts";
import type { Session } from "../state/session.ts";
import { count } from "../text/format.ts";
import type { Column, PanelName } from "./panel-registry.ts";

/** A part of the page that keys and links lead to, by its id. */
export type Part = "header" | "problems" | "messages" | Column;

interface Page {
  readonly session: Session;
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly updateComplete: Promise<boolean>;
  readonly tabs: Record<Column, PanelName>;
  readonly standalone: boolean;
  /** The parts that there are, in the order of the page. */
  readonly parts: Part[];
}

const SKIP: [Part, string][] = [
  ["input", "Skip to the payload"],
  ["rules", "Skip to the configuration"],
  ["result", "Skip to the result"],
  ["problems", "Skip to the problems"],
];

/** Leads from one part of the page to another. */
export class Parts {
  readonly #page: Page;
  /** The text that was edited last. */
  edited: DocumentName = "payload";

  constructor(page: Page) {
    this.#page = page;
  }

  /** Gives the focus to the next part, or the one before. */
  cycle(step: 1 | -1): void {
    const { parts } = this.#page;
    const active = (this.#page.renderRoot as ShadowRoot).activeElement;
    const at = parts.findIndex((part) => active?.closest(`#${part}`));
    const to = at < 0 && step < 0 ? parts.length - 1 : (at + step + parts.length) % parts.length;
    const part = parts[to];
    if (part) this.focus(part);
  }

  /** Gives the focus to what a part shows, or else to its tab. */
  focus(part: Part): void {
    const element = this.#find(part);
    if (part === "header" || part === "problems" || part === "messages") return element?.focus();
    const panel = this.#find(this.#page.tabs[part]);
    panel?.focus();
    if (!panel?.matches(":focus-within")) (element as OimTabs | null)?.focus();
  }

  /** The focus is lost: it goes to the text that was edited last, or to the first part that there is. */
  recover = (): void => {
    const { parts } = this.#page;
    const wanted = this.edited === "payload" ? "input" : "rules";
    const part = parts.includes(wanted) ? wanted : parts[0];
    if (part) this.focus(part);
  };

  #find(id: string): HTMLElement | null {
    return this.#page.renderRoot.querySelector<HTMLElement>(`#${id}`);
  }

  /** Buttons, since a link's fragment cannot point into a shadow tree. Another site's page has landmarks of its own. */
  skips() {
    return html`
      <div role=${this.#page.standalone ? "navigation" : "group"} aria-label="Skip to a panel">
        ${SKIP.filter(([part]) => this.#page.parts.includes(part)).map(([part, label]) => html`<button class="skip" @click=${() => this.focus(part)}>${label}</button>`)}
      </div>
    `;
  }

  /** Where not all is in view: the parts of the page, a tap away. */
  jumps() {
    const { parts, session } = this.#page;
    const jump = (part: Part, label: string) =>
      parts.includes(part) ? html`<button class="small" @click=${() => this.#scroll(part)}>${label}</button>` : nothing;
    return html`
      <nav aria-label="Parts of the page">
        ${jump("input", "Payload")} ${jump("rules", "Configuration")}
        ${jump("problems", count(session.diagnostics.length, "problem"))}
        ${jump("result", count(session.answer?.alertCount ?? 0, "alert"))}
      </nav>
    `;
  }

  #scroll(part: Part): void {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#find(part)?.scrollIntoView({ behavior: still ? "auto" : "smooth" });
  }
}
