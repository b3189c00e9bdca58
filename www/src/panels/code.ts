import { css, html, LitElement, nothing } from "lit";
import type { Generated, Target } from "../engine/types.ts";
import { panel, shared } from "../styles/shared.ts";
import { withCode } from "../text/ticks.ts";
import { type RequestSettings, tell } from "./contract.ts";

/** Longer code is shown in part; copied and downloaded it is whole. */
const SHOWN = 60_000;

const REMARK_MS = 2_500;

/**
 * The request as code to run.
 *
 * @fires oim-request - Other code is wanted.
 */
export class OimCode extends LitElement {
  static override properties = {
    targets: { attribute: false },
    generated: { attribute: false },
    request: { attribute: false },
    remark: { state: true },
  };

  static override styles = [
    shared,
    panel,
    css`
      form {
        display: flex;
        flex: none;
        flex-wrap: wrap;
        gap: 6px 14px;
        padding: 8px 12px;
        border-bottom: 1px solid var(--oim-line);
      }

      label {
        display: inline-flex;
        align-items: center;
        gap: 7px;
        color: var(--oim-muted);
        font-size: var(--oim-small);
      }

      select,
      input {
        min-width: 0;
        color: var(--oim-text);
      }

      input {
        width: 13em;
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
      }

      .said {
        flex: none;
        margin: 0;
        padding: 6px 12px;
        border-bottom: 1px solid var(--oim-line);
        font-size: 12.5px;
      }

      .error {
        color: var(--oim-critical);
      }
    `,
  ];

  declare targets: Target[];
  declare generated: Generated | null;
  declare request: RequestSettings | null;
  declare remark: string;
  #quiet: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.targets = [];
    this.generated = null;
    this.request = null;
    this.remark = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#quiet);
  }

  override render() {
    const snippet = this.generated?.snippet;
    return html`
      <section aria-label="Code">
        <div class="head">
          <h2>Code</h2>
          <span class="note" role="status">${this.remark || "The request, ready to run. The token comes from BIGPANDA_ORG_TOKEN."}</span>
          <span class="fill"></span>
          ${snippet
            ? html`
                <button class="small" @click=${() => this.#copy(snippet.code)}>Copy</button>
                <button class="small" @click=${() => download(snippet.fileName, snippet.code)}>Download</button>
              `
            : nothing}
        </div>
        ${this.request ? this.#body(this.request) : nothing}
      </section>
    `;
  }

  #body(request: RequestSettings) {
    const { generated, targets } = this;
    const code = generated?.snippet?.code ?? "";
    // What is wrong with the configuration stands in the list of problems.
    const own = (generated?.diagnostics ?? []).filter(({ code }) => code === "app-key-invalid" || !generated?.snippet);
    return html`
      <form @change=${this.#chosen} @input=${this.#chosen} @submit=${(event: Event) => event.preventDefault()}>
        ${pick("For", "target", request.target, targets.map(({ id, label }) => [id, label]))}
        <label>App key <input name="appKey" .value=${request.appKey} placeholder="your app key" autocomplete="off" spellcheck="false" /></label>
        ${pick("Region", "region", request.region, [["us", "US"], ["eu", "EU"]])}
        ${pick("To", "mode", request.mode, [["create", "create"], ["update", "update"]])}
        ${pick("Sample as", "sampleAs", request.sampleAs, [["object", "object"], ["text", "text"]])}
      </form>
      ${own.map(({ message, help }) => html`<p class="said"><span class="error">${withCode(message)}</span> ${help ? withCode(help) : nothing}</p>`)}
      <div class="scroll" tabindex="0" role="group" aria-label="Generated code">
        <pre>${code.slice(0, SHOWN)}${code.length > SHOWN ? html`<br />… ${code.length - SHOWN} characters more; copied and downloaded it is whole` : nothing}</pre>
      </div>
    `;
  }

  #chosen = (event: Event): void => {
    const data = new FormData(event.currentTarget as HTMLFormElement);
    tell(this, "oim-request", Object.fromEntries(data) as unknown as RequestSettings);
  };

  async #copy(code: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
      this.#say("copied");
    } catch {
      this.#say("this browser does not let the page copy; use Download");
    }
  }

  #say(remark: string): void {
    this.remark = remark;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => (this.remark = ""), REMARK_MS);
  }
}

function pick(label: string, name: string, value: string, options: (readonly [string, string])[]) {
  return html`
    <label>
      ${label}
      <select name=${name}>
        ${options.map(([id, text]) => html`<option value=${id} ?selected=${id === value}>${text}</option>`)}
      </select>
    </label>
  `;
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}

customElements.define("oim-code", OimCode);
