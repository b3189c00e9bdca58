import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { emit } from "../panels/contract.ts";
import type { Shared } from "../share/link.ts";
import { shared, switches } from "../styles/shared.ts";
import { Keep, type Kept } from "./store.ts";

/**
 * The switch “Keep my work on this device”. Off, nothing is stored, and what was is deleted.
 *
 * @fires oim-restore - There is work of an earlier visit; the detail is the {@link Kept}.
 * @fires oim-discard - The work that was restored is not wanted.
 * @fires oim-say - What the user has to know of keeping.
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

  /** Gives what is to be kept. */
  @property({ attribute: false }) read: (() => Shared) | null = null;
  @state() on = false;
  @state() restored: Kept | null = null;
  #keep: Keep | null = null;

  /** Something of what `read` gives has changed. */
  changed(): void {
    if (this.read) this.#keep?.changed(this.read);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#start();
    document.addEventListener("visibilitychange", this.#leaving);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#leaving);
    void this.#keep?.flush();
    this.#keep?.stop();
    this.#keep = null;
  }

  override render() {
    return html`
      <label class="switch">
        <input type="checkbox" role="switch" .checked=${this.on} @change=${this.#turn} />
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

  async #start(): Promise<void> {
    const keep = new Keep(
      (remark) => emit(this, "oim-say", remark),
      (on) => (this.on = on),
    );
    this.#keep = keep;
    const { agreed, kept, elsewhere } = await keep.start();
    if (this.#keep !== keep) return;
    this.on = agreed;
    this.restored = kept;
    if (kept) emit(this, "oim-restore", kept);
    else if (elsewhere > 0)
      emit(this, "oim-say", "Another tab keeps its own work. The tab that changed last is restored first.");
  }

  #leaving = (): void => {
    if (document.visibilityState === "hidden") void this.#keep?.flush();
  };

  #turn = async ({ target }: Event): Promise<void> => {
    const input = target as HTMLInputElement;
    if (!input.checked) {
      this.on = false;
      this.restored = null;
      await this.#keep?.forget();
      emit(this, "oim-say", "Your work is no longer kept, and what was kept has been deleted.");
    } else {
      this.on = (this.read && (await this.#keep?.agree(this.read()))) ?? false;
      input.checked = this.on;
      if (this.on) emit(this, "oim-say", "Your work is now kept on this device, payloads included.");
    }
  };

  #discard = async (): Promise<void> => {
    this.restored = null;
    await this.#keep?.discard();
    emit(this, "oim-discard", null);
  };
}
