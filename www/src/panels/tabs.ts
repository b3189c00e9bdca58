import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { panel, shared } from "../styles/shared.ts";

/** A tab; its content is slotted under its id. */
export interface Tab {
  id: string;
  label: string;
  /** A short remark behind the label, such as a number. */
  badge?: string | undefined;
  /** How the badge is meant. */
  tone?: "error" | "warning" | "plain" | undefined;
}

/**
 * A titled surface with tabs. What is hidden stays alive.
 *
 * @fires oim-tab - Another tab was chosen; the detail is its id.
 */
@customElement("oim-tabs")
export class OimTabs extends LitElement {
  static override styles = [
    shared,
    panel,
    css`
      :host {
        container: tabs / inline-size;
      }

      .head {
        flex-wrap: nowrap;
        gap: 10px;
        padding-block: 0;
      }

      [role="tablist"] {
        display: flex;
        min-width: 0;
        gap: 2px;
        align-self: stretch;
        overflow-x: auto;
        scrollbar-width: none;
      }

      [role="tab"] {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        padding: 0 9px;
        border-bottom: 2px solid transparent;
        border-top: 2px solid transparent;
        color: var(--oim-muted);
        font-size: 12.5px;
        white-space: nowrap;
        cursor: pointer;
      }

      [role="tab"]:hover {
        color: var(--oim-text);
      }

      [role="tab"][aria-selected="true"] {
        border-bottom-color: var(--oim-accent);
        color: var(--oim-text);
        /* Bold letters would move the tabs behind it. */
        text-shadow: 0 0 0.6px currentcolor;
      }

      [role="tab"]:focus-visible {
        outline-offset: -3px;
      }

      /* Transparent borders are seen there. */
      @media (forced-colors: active) {
        [role="tab"] {
          border-color: Canvas;
        }
      }

      .badge {
        min-width: 16px;
        padding: 0 5px;
        border-radius: 99px;
        color: var(--oim-muted);
        background: var(--oim-hover);
        font-size: 11px;
        font-weight: 600;
        line-height: 16px;
        text-align: center;
      }

      .badge.error {
        color: var(--oim-critical);
        background: var(--oim-critical-soft);
      }

      .badge.warning {
        color: var(--oim-warning);
        background: var(--oim-warning-soft);
      }

      .content {
        display: flex;
        flex: 1;
        min-width: 0;
        min-height: 0;
      }

      .content ::slotted(*) {
        flex: 1;
        min-width: 0;
      }

      :host([actions]) .head {
        flex-wrap: wrap;
      }

      /* On a line of their own where they do not fit beside the tabs, which would hide. */
      :host([actions]) [role="tablist"] {
        flex: none;
        max-width: 100%;
        min-height: 37px;
      }

      :host([actions]) .fill {
        flex: 0;
      }

      .actions {
        display: flex;
        flex: 1 0 auto;
        align-items: center;
        justify-content: flex-end;
        gap: 5px;
        max-width: 100%;
        min-height: 37px;
      }

      .actions ::slotted(*) {
        white-space: nowrap;
      }

      /* One line wherever there is some room. What gives way is the label, which the tabs are under anyway. */
      @container tabs (min-width: 420px) {
        :host([actions]) .head {
          flex-wrap: nowrap;
          gap: 8px;
          padding-inline: 10px 6px;
        }

        :host([actions]) .fill {
          display: none;
        }

        :host([actions]) h2 {
          min-width: 0;
          overflow: hidden;
          text-overflow: ellipsis;
          white-space: nowrap;
        }
      }
    `,
  ];

  @property() label = "";
  @property({ attribute: false }) tabs: Tab[] = [];
  @property() chosen = "";
  /** The tabs say enough: the label is for screen readers only. */
  @property({ type: Boolean }) quiet = false;
  /** There are buttons beside the tabs. */
  @property({ type: Boolean, reflect: true }) actions = false;

  override render() {
    const { label, tabs, chosen } = this;
    const only = tabs.length < 2;
    return html`
      <section aria-label=${label} tabindex=${only ? -1 : nothing}>
        <div class="head">
          <h2 class=${this.quiet && !only ? "unseen" : ""}>${label}</h2>
          ${
            only
              ? nothing
              : html`
                <div role="tablist" aria-label=${label} @keydown=${this.#moved}>
                  ${tabs.map(
                    ({ id, label: name, badge, tone }) => html`
                      <button
                        class="plain"
                        role="tab"
                        id="tab-${id}"
                        aria-controls="panel-${id}"
                        aria-selected=${id === chosen}
                        tabindex=${id === chosen ? 0 : -1}
                        @click=${() => this.#choose(id)}
                      >
                        ${name}${badge ? html`<span class="badge ${tone ?? "plain"}">${badge}</span>` : nothing}
                      </button>
                    `,
                  )}
                </div>
              `
          }
          <span class="fill"></span>
          <div class="actions"><slot name="actions"></slot></div>
        </div>
        ${tabs.map(
          ({ id }) => html`
            <div class="content" id="panel-${id}" role=${only ? nothing : "tabpanel"} aria-labelledby=${only ? nothing : `tab-${id}`} ?hidden=${id !== chosen}>
              <slot name=${id}></slot>
            </div>
          `,
        )}
      </section>
    `;
  }

  /** Gives the chosen tab the focus; where there is only one panel, that. */
  override focus(options?: FocusOptions): void {
    const tab = this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]');
    (tab ?? this.renderRoot.querySelector<HTMLElement>("section"))?.focus(options);
  }

  #choose(id: string): void {
    this.dispatchEvent(new CustomEvent("oim-tab", { detail: id }));
  }

  #moved = (event: KeyboardEvent): void => {
    const ids = this.tabs.map(({ id }) => id);
    const at = ids.indexOf(this.chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: ids.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const id = ids[(to + ids.length) % ids.length] ?? this.chosen;
    this.#choose(id);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${CSS.escape(id)}`)?.focus());
  };
}
