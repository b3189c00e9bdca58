import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { shared, switches } from "../styles/shared.ts";
import type { Kept } from "./store.ts";

/**
 * The switch “Keep my work on this device”. Off, nothing is stored, and what was is deleted.
 *
 * @fires oim-discard - The work that was restored is not wanted.
 */
@customElement("oim-keep")
export class OimKeep extends LitElement {
  static override styles = [
    shared,
    switches,
    css`
      :host {
        display: inline-flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        font-size: var(--oim-small);
      }

      .restored {
        color: var(--oim-muted);
      }
    `,
  ];

  @property({ type: Boolean }) on = false;
  /** Turns it on or off. Where nothing can be stored it stays off. */
  @property({ attribute: false }) turn: ((on: boolean) => Promise<void>) | null = null;
  /** What an earlier visit left. */
  @property({ attribute: false }) restored: Kept | null = null;

  override render() {
    return html`
      <label class="switch">
        <input type="checkbox" role="switch" .checked=${live(this.on)} @change=${this.#turn} />
        <span>Keep my work on this device</span>
      </label>
      ${
        this.restored
          ? html`<span class="restored">
            Restored from ${new Date(this.restored.savedAt).toLocaleString()}.
            <button class="small" @click=${this.#discard}>Discard</button>
          </span>`
          : nothing
      }
    `;
  }

  #turn = async ({ target }: Event): Promise<void> => {
    await this.turn?.((target as HTMLInputElement).checked);
    // Where the wish was refused, the switch goes back.
    this.requestUpdate();
  };

  #discard = (): void => {
    this.dispatchEvent(new CustomEvent("oim-discard", { bubbles: true, composed: true }));
  };
}
