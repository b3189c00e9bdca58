import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Generated, Snippet, Target } from "../engine/types.ts";
import { download } from "../files/open.ts";
import { panel, shared } from "../styles/shared.ts";
import { withCode } from "../text/format.ts";
import { type RequestSettings, emit } from "./contract.ts";

/** Longer code is shown in part; copied and downloaded it is whole. */
const SHOWN = 60_000;

/** Targets that only ask for a configuration have no body to send. */
const RETRIEVES = /-get$/;

/**
 * The request as code to run, and its body. What the code is for is kept by the page; a token is nowhere asked for, it
 * is a variable of the code.
 *
 * @fires oim-request - Settings of the request that change.
 * @fires oim-say - What was copied or downloaded.
 */
@customElement("oim-code")
export class OimCode extends LitElement {
  static override styles = [
    shared,
    panel,
    css`
      form {
        display: grid;
        flex: none;
        grid-template-columns: repeat(auto-fill, minmax(148px, 1fr));
        gap: 8px 12px;
        padding: 10px 12px;
        border-bottom: 1px solid var(--oim-line);
      }

      label {
        display: flex;
        flex-direction: column;
        gap: 2px;
        color: var(--oim-muted);
        font-size: var(--oim-small);
      }

      select,
      input {
        width: 100%;
        min-width: 0;
        color: var(--oim-text);
      }

      input {
        padding: 3px 8px;
        border: 1px solid var(--oim-line-strong);
        border-radius: 6px;
        background: var(--oim-surface);
        font: 12px / 18px var(--oim-mono);
      }

      pre {
        margin: 0;
        padding: 10px 12px;
        color: var(--oim-text);
        font: 12px / 1.5 var(--oim-mono);
        tab-size: 4;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
        unicode-bidi: plaintext;
      }

      .notes {
        flex: none;
        margin: 0;
        padding: 8px 12px 8px 28px;
        border-bottom: 1px solid var(--oim-line);
        color: var(--oim-muted);
        font-size: var(--oim-small);
      }

      .notes b {
        color: var(--oim-text);
      }

      .error,
      .notes strong {
        color: var(--oim-critical);
        font-weight: 500;
      }

      .views {
        display: inline-flex;
        border: 1px solid var(--oim-line-strong);
        border-radius: 6px;
        overflow: hidden;
      }

      .views button {
        padding: 3px 10px;
        border: 0;
        background: var(--oim-surface);
        font-size: var(--oim-small);
        line-height: 18px;
        cursor: pointer;
      }

      .views button:focus-visible {
        outline-offset: -2px;
      }

      .views [aria-pressed="true"] {
        color: var(--oim-accent);
        background: var(--oim-accent-soft);
      }
    `,
  ];

  @property({ attribute: false }) targets: Target[] = [];
  @property({ attribute: false }) generated: Generated | null = null;
  @property({ attribute: false }) request: RequestSettings | null = null;
  /** There is no configuration yet. */
  @property({ type: Boolean }) empty = false;
  @state() view: "code" | "body" = "code";

  override render() {
    const snippet = this.generated?.snippet ?? null;
    const shown = snippet && this.#shown(snippet);
    return html`
      <section aria-label="Code">
        <div class="head">
          <h2>Code</h2>
          <span class="note">${snippet ? (this.request?.appKey ? "ready to run" : "app key missing") : nothing}</span>
          <span class="fill"></span>
          ${
            shown
              ? html`
                ${snippet.json === null || snippet.target === "json" ? nothing : this.#views()}
                <button class="small" @click=${() => this.#copy(shown.text)}>Copy</button>
                <button class="small" title="Saves ${shown.fileName}" @click=${() => this.#download(shown)}>Download</button>
              `
              : nothing
          }
        </div>
        ${this.request ? this.#body(this.request, shown?.text ?? "") : nothing}
      </section>
    `;
  }

  #views() {
    const one = (view: OimCode["view"], label: string) => html`
      <button aria-pressed=${this.view === view} @click=${() => (this.view = view)}>${label}</button>
    `;
    return html`<span class="views" role="group" aria-label="What is shown">${one("code", "Code")} ${one("body", "Body")}</span>`;
  }

  #shown({ code, json, fileName, target }: Snippet): { text: string; fileName: string } {
    if (this.view === "code" || json === null || target === "json") return { text: code, fileName };
    return { text: json, fileName: this.targets.find(({ id }) => id === "json")?.fileName ?? "body.json" };
  }

  #body(request: RequestSettings, text: string) {
    const { targets } = this;
    const named = (retrieves: boolean) =>
      targets.filter(({ id }) => RETRIEVES.test(id) === retrieves).map(({ id, label }) => [id, label] as const);
    return html`
      <form @input=${this.#chosen} @submit=${(event: Event) => event.preventDefault()}>
        <label>
          For
          <select name="target">
            <optgroup label="Send the configuration">${options(named(false), request.target)}</optgroup>
            <optgroup label="Retrieve the current one">${options(named(true), request.target)}</optgroup>
          </select>
        </label>
        <label>App key <input name="appKey" .value=${request.appKey} placeholder="your app key" autocomplete="off" spellcheck="false" /></label>
        ${pick("Region", "region", request.region, [
          ["us", "US"],
          ["eu", "EU"],
        ])}
        ${pick("To", "mode", request.mode, [
          ["create", "create"],
          ["update", "update"],
        ])}
        ${pick("Sample as", "sampleAs", request.sampleAs, [
          ["object", "object"],
          ["text", "text"],
        ])}
      </form>
      ${this.#notes(request)}
      <div class="scroll" tabindex="0" role="group" aria-label="Generated code">
        <pre>${text.slice(0, SHOWN)}${text.length > SHOWN ? html`<br />… ${text.length - SHOWN} more characters; Copy and Download include everything` : nothing}</pre>
      </div>
    `;
  }

  #notes({ target, region, mode, appKey }: RequestSettings) {
    const { generated } = this;
    // What is wrong with the configuration stands in the list of problems.
    const own = (generated?.diagnostics ?? []).filter(({ code }) =>
      code === "app-key-invalid" ? appKey !== "" : !generated?.snippet && !this.empty,
    );
    const sends = !RETRIEVES.test(target) && generated?.snippet;
    return html`
      <ul class="notes">
        ${appKey === "" && target !== "json" && generated?.snippet ? html`<li><b>Fill in the app key.</b> BigPanda shows it on the page of the integration; until then the code has <code>APP_KEY</code> in its place.</li>` : nothing}
        ${this.empty && !RETRIEVES.test(target) ? html`<li><b>There is no configuration yet</b>, so there is nothing to send.</li>` : nothing}
        ${own.map(({ message, help }) => html`<li><strong>${withCode(message)}</strong> ${help ? withCode(help) : nothing}</li>`)}
        <li>The org token is read from the variable <code>BIGPANDA_ORG_TOKEN</code> where the code runs. It is never typed in here.</li>
        ${sends && mode !== "update" ? html`<li>After the integration is installed in BigPanda, wait ten minutes before you send this.</li>` : nothing}
        ${sends ? html`<li>It replaces the whole existing configuration. Retrieve and save that one first.</li>` : nothing}
        ${region === "eu" ? html`<li>The EU host of this API is inferred from BigPanda's other APIs, not documented by BigPanda.</li>` : nothing}
      </ul>
    `;
  }

  #chosen = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement | HTMLSelectElement;
    emit(this, "oim-request", { [name]: value } as Partial<RequestSettings>);
  };

  async #copy(code: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
      emit(this, "oim-say", "The code was copied.");
    } catch {
      const text = "This browser does not let the page copy. Use Download.";
      emit(this, "oim-say", { text, kind: "error" });
    }
  }

  #download({ fileName, text }: { fileName: string; text: string }): void {
    download(fileName, text);
    emit(this, "oim-say", `Saved as ${fileName}.`);
  }
}

function options(all: readonly (readonly [string, string])[], value: string) {
  return all.map(([id, text]) => html`<option value=${id} ?selected=${id === value}>${text}</option>`);
}

function pick(label: string, name: string, value: string, all: readonly (readonly [string, string])[]) {
  return html`<label>${label} <select name=${name}>${options(all, value)}</select></label>`;
}
