import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { CodeInfo } from "../engine/types.ts";
import { dialog } from "../share/dialog-styles.ts";
import { shared } from "../styles/shared.ts";
import { BASIS, codes } from "../text/codes.ts";
import { count, withCode } from "../text/format.ts";
import { GUIDE, KEYS, RULES } from "./help-texts.ts";

export type HelpTopic = "guide" | "rules" | "codes" | "keys";

export const HELP_TITLES: Record<HelpTopic, string> = {
  guide: "Guide",
  rules: "How rules work",
  codes: "Diagnostic codes",
  keys: "Keyboard shortcuts",
};

/** The help: a guide, the rules, the diagnostic codes and the keys. It needs no network. */
@customElement("oim-help")
export class OimHelp extends LitElement {
  static override styles = [
    shared,
    dialog,
    css`
      /* Its header is that of the dialog, not of the page. */
      section {
        display: contents;
      }

      ol,
      ul {
        display: grid;
        gap: 8px;
        margin: 0;
        padding-inline-start: 22px;
      }

      dl {
        display: grid;
        grid-template-columns: minmax(110px, max-content) minmax(0, 1fr);
        gap: 8px 16px;
        margin: 0;
      }

      dt {
        font-weight: 600;
      }

      dd {
        margin: 0;
      }

      kbd {
        padding: 0 5px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 4px;
        background: var(--oim-raised);
        font: var(--oim-code-size) / 18px var(--oim-mono);
        white-space: nowrap;
      }

      .find {
        width: 100%;
        padding: 5px 9px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 6px;
        color: inherit;
        background: var(--oim-surface);
        font: inherit;
      }

      .found {
        margin: 6px 0;
        color: var(--oim-muted);
        font-size: var(--oim-small);
      }

      details {
        border-top: 1px solid var(--oim-line);
        padding: 6px 0;
      }

      summary {
        cursor: pointer;
        overflow-wrap: anywhere;
      }

      details p {
        margin: 4px 0 0 16px;
      }

      .muted {
        color: var(--oim-muted);
      }

      @media (max-width: 480px) {
        dl {
          grid-template-columns: minmax(0, 1fr);
          gap: 2px;
        }

        dd {
          margin-bottom: 8px;
        }
      }
    `,
  ];

  @state() topic: HelpTopic = "guide";
  @state() wanted = "";
  @state() list: CodeInfo[] | null = null;
  @state() failed = false;

  async show(topic: HelpTopic): Promise<void> {
    this.topic = topic;
    this.wanted = "";
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector("dialog");
    if (!dialog?.open) dialog?.showModal();
    if (topic === "codes" && !this.list) await this.#load();
  }

  override render() {
    const title = HELP_TITLES[this.topic];
    return html`
      <dialog aria-labelledby="title" @click=${this.#outside}>
        <section>
        <header>
          <h2 id="title">${title}</h2>
          <button class="small" @click=${() => this.renderRoot.querySelector("dialog")?.close()}>Close</button>
        </header>
        <div class="body" tabindex="0" role="group" aria-label=${title}>${this.#content()}</div>
        </section>
      </dialog>
    `;
  }

  #content(): TemplateResult {
    switch (this.topic) {
      case "guide":
        return html`<ol role="list">${GUIDE.map(([name, text]) => html`<li><strong>${name}.</strong> ${text}</li>`)}</ol>`;
      case "rules":
        return html`<dl>${RULES.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>`;
      case "keys":
        return html`
          <p class="muted">On a Mac, Ctrl is Cmd.</p>
          ${KEYS.map(
            ([place, keys]) => html`
              <h3>${place}</h3>
              <dl>${keys.map(([names, text]) => html`<dt>${names.map((name, at) => html`${at > 0 ? " " : nothing}<kbd>${name}</kbd>`)}</dt><dd>${text}</dd>`)}</dl>
            `,
          )}
        `;
      case "codes":
        return this.#codes();
    }
  }

  #codes() {
    if (this.failed) return html`<p role="alert">The codes could not be loaded. Close this and try again.</p>`;
    if (!this.list) return html`<p class="muted">Loading the codes…</p>`;
    const wanted = this.wanted.trim().toLowerCase();
    const found = this.list.filter((info) =>
      [info.code, info.title, info.why, info.fix].some((text) => text.toLowerCase().includes(wanted)),
    );
    return html`
      <input class="find" type="search" aria-label="Find a code" placeholder="Find a code" .value=${this.wanted} @input=${({ target }: Event) => (this.wanted = (target as HTMLInputElement).value)} />
      <p class="found" role="status">${count(found.length, "code")}</p>
      ${found.map(
        ({ code, title, severity, why, fix, basis }) => html`
          <details>
            <summary><code>${code}</code> ${withCode(title)}</summary>
            <p>${withCode(why)}</p>
            <p>${withCode(fix)}</p>
            <p class="muted">${severity}, ${BASIS[basis]}</p>
          </details>
        `,
      )}
    `;
  }

  async #load(): Promise<void> {
    this.failed = false;
    try {
      this.list = [...(await codes()).values()].sort((a, b) => (a.code < b.code ? -1 : 1));
    } catch {
      this.failed = true;
    }
  }

  #outside = (event: Event): void => {
    const dialog = this.renderRoot.querySelector("dialog");
    if (event.target === dialog) dialog?.close();
  };
}
