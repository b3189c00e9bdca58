import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { isFocusLost, KeptFocus } from "../controls/kept-focus.ts";
import { shared } from "../styles/shared.ts";
import type { Message } from "./contract.ts";

/** How long a note stays, unless the pointer or the focus is in it. */
const NOTE_MS = 10_000;

/**
 * The one place where the page says what it did, asks, or refuses. It is always at the bottom, so that nothing moves when
 * a message comes: where there is room a line is reserved for it, else it lies over what is below.
 *
 * @fires oim-close - The message is read or answered.
 * @fires oim-undo - What the message is about is to be undone.
 * @fires oim-lost - The focus was in a message that is gone, and what had it before is gone as well.
 */
@customElement("oim-messages")
export class OimMessages extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        position: relative;
        font-size: 12.5px;
      }

      section {
        display: flex;
        position: absolute;
        inset: auto 0 0;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 12px;
        min-height: 34px;
        padding: 2px 14px;
        line-height: 18px;
      }

      /* Unseen, but there: a live region that comes with its text is not read by every screen reader. */
      section[data-kind="none"] {
        clip-path: inset(50%);
        pointer-events: none;
      }

      .idle {
        display: none;
      }

      section:not([data-kind="none"]) {
        max-height: 60vh;
        margin: 0 8px 8px;
        border: 1px solid var(--oim-accent);
        border-radius: 8px;
        color: var(--oim-text);
        background: var(--oim-accent-soft);
        box-shadow: 0 6px 24px rgb(0 0 0 / 20%);
        overflow: auto;
      }

      section[data-kind="error"]:not([data-kind="none"]) {
        border-color: var(--oim-critical);
        background: var(--oim-critical-soft);
      }

      @container oim (min-width: 1024px) {
        :host([line]) {
          height: 34px;
        }

        :host([line]) .idle {
          display: block;
        }

        :host([line]) section[data-kind="none"] {
          clip-path: none;
          pointer-events: auto;
          color: var(--oim-muted);
          font-size: var(--oim-small);
        }

        /* It grows upwards. */
        :host([line]) section:not([data-kind="none"]) {
          margin: 0;
          border-width: 1px 0 0;
          border-radius: 0;
          box-shadow: none;
        }
      }

      .text {
        flex: 0 1 auto;
        min-width: 0;
        padding-block: 4px;
        overflow-wrap: anywhere;
      }

      p {
        margin: 0;
      }

      .choices {
        display: flex;
        flex: none;
        gap: 6px;
      }

    `,
  ];

  @property({ attribute: false }) message: Message | null = null;
  /** What stands there while there is no message. */
  @property() idle = "";
  /** Where there is room, a line is reserved. */
  @property({ type: Boolean, reflect: true }) line = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #root: Node | null = null;
  /** What had the focus last, outside this element. */
  #before: HTMLElement | null = null;

  constructor() {
    super();
    new KeptFocus(this, this.#goBack);
  }

  /** Gives the first button of the message the focus. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>(".choices button")?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Events of the focus do not leave the tree in which it moves.
    this.#root = this.getRootNode();
    this.#root.addEventListener("focusout", this.#left);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#root?.removeEventListener("focusout", this.#left);
    clearTimeout(this.#timer);
  }

  /** The buttons are gone, so the focus goes back to where it was before them. */
  #goBack = (): void => {
    this.#before?.focus({ preventScroll: true });
    if (isFocusLost()) this.dispatchEvent(new CustomEvent("oim-lost"));
  };

  override render() {
    const { message } = this;
    const kind = message?.kind ?? "note";
    const text = message?.text ?? "";
    return html`
      <section
        aria-label="Messages"
        data-kind=${message ? kind : "none"}
        @pointerenter=${this.#hold}
        @pointerleave=${this.#rest}
        @focusin=${this.#hold}
        @focusout=${this.#rest}
        @keydown=${this.#key}
      >
        <div class="text">
          <p role="status" aria-label="Message">${kind === "error" ? nothing : text}</p>
          <p role="alert">${kind === "error" ? text : nothing}</p>
          ${message || !this.idle ? nothing : html`<p class="idle">${this.idle}</p>`}
        </div>
        ${message ? this.#choices(message) : nothing}
      </section>
    `;
  }

  #choices({ undo, choices = [] }: Message) {
    return html`
      <div class="choices">
        ${undo ? html`<button class="small" aria-label="Undo this change" @click=${() => this.#answer(this.#undo)}>Undo</button>` : nothing}
        ${choices.map(({ label, run }) => html`<button class="small" @click=${() => this.#answer(run)}>${label}</button>`)}
        <button class="small" aria-label="Close the message" @click=${() => this.#answer(() => {})}>✕</button>
      </div>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("message")) this.#rest();
  }

  /** A note goes by itself once neither the pointer nor the focus is on it. */
  #rest = (): void => {
    clearTimeout(this.#timer);
    const { message } = this;
    if (!message || (message.kind ?? "note") !== "note") return;
    this.#timer = setTimeout(() => {
      const section = this.renderRoot.querySelector("section");
      if (!section?.matches(":hover, :focus-within")) this.#close();
    }, NOTE_MS);
  };

  #hold = (): void => clearTimeout(this.#timer);

  #left = (event: Event): void => {
    const path = event.composedPath();
    if (!path.includes(this)) this.#before = path[0] as HTMLElement;
  };

  #key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.message) return;
    event.stopPropagation();
    this.#answer(() => {});
  };

  #answer(run: () => void): void {
    this.#close();
    run();
  }

  #undo = (): void => {
    this.dispatchEvent(new CustomEvent("oim-undo"));
  };

  #close(): void {
    clearTimeout(this.#timer);
    this.dispatchEvent(new CustomEvent("oim-close"));
  }
}
