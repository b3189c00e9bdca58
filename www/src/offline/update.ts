import { css, html, LitElement, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { shared, tokens } from "../styles/shared.ts";

/** Makes the page work without a network, and tells when a newer version of it is there. Belongs to the page alone, not to the element. */
@customElement("oim-update")
export class OimUpdate extends LitElement {
  static override styles = [
    shared,
    tokens,
    css`
      div {
        display: flex;
        position: fixed;
        z-index: 20;
        inset: auto 12px 12px;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 12px;
        width: fit-content;
        max-width: 560px;
        margin-inline: auto;
        padding: 10px 14px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 10px;
        color: var(--oim-text);
        background: var(--oim-surface);
        box-shadow: 0 8px 30px rgb(0 0 0 / 22%);
        font: var(--oim-size) / 1.45 var(--oim-font);
      }

      p {
        flex: 1 1 16em;
        margin: 0;
      }
    `,
  ];

  @state() waiting: ServiceWorker | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    // Only where browsers allow it: over HTTPS or on this machine. It may wait until all else is done.
    if (!("serviceWorker" in navigator) || !isSecureContext || import.meta.env.DEV) return;
    if (document.readyState === "complete") void this.#register();
    else addEventListener("load", () => void this.#register(), { once: true });
  }

  override render() {
    return html`
      <span role="status">
        ${
          this.waiting
            ? html`<div>
              <p>A newer version of the playground is ready. Loading it discards work that is not kept or saved.</p>
              <button class="small" @click=${this.#begin}>Load it</button>
              <button class="small" @click=${() => (this.waiting = null)}>Later</button>
            </div>`
            : nothing
        }
      </span>
    `;
  }

  async #register(): Promise<void> {
    let registration: ServiceWorkerRegistration;
    try {
      registration = await navigator.serviceWorker.register("./sw.js");
    } catch {
      // Forbidden or not to be had: the page works all the same, with a network.
      return;
    }
    const look = (worker: ServiceWorker | null): void => {
      // The first one waits for nobody.
      if (worker?.state === "installed" && navigator.serviceWorker.controller) this.waiting = worker;
    };
    look(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => look(installing));
    });
    // Browsers look by themselves, but when they like. Without a network there is nothing newer to be had.
    if (registration.active) await registration.update().catch(() => {});
  }

  #begin = (): void => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    this.waiting?.postMessage("begin");
  };
}
