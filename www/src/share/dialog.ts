import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { emit } from "../panels/contract.ts";
import { shared, switches } from "../styles/shared.ts";
import { count } from "../text/format.ts";
import { dialog, parts } from "./dialog-styles.ts";
import { type Findings, inspecting, isSecret, type Kind } from "./findings.ts";
import { LINK_LIMIT, type Shared, keyed, toHash } from "./link.ts";
import { type Replaced, scrubbed, type Scrubbed } from "./scrub.ts";
import { inSlices } from "./slices.ts";

/** Characters of a document, and stand-ins, that are shown. */
const SHOWN = 4_000;
const ROWS = 60;
const VALUE_SHOWN = 120;

const KINDS: Record<Kind, [one: string, many: string]> = {
  token: ["token or key", "tokens or keys"],
  credentials: ["password in an address", "passwords in addresses"],
  secret: ["value that looks like a key", "values that look like keys"],
  mail: ["mail address", "mail addresses"],
  address: ["IP address", "IP addresses"],
  host: ["host name", "host names"],
};

/** What some programs do to long links, by length. */
const ADVICE: readonly (readonly [number, string])[] = [
  [LINK_LIMIT, "Too long for any browser. Send the file that “Save” makes instead."],
  [32_000, "Very long: browsers open it, most other programs cut it. Better send the file that “Save” makes."],
  [8_000, "Long: trackers and wikis may cut it. Try it before you rely on it."],
  [2_000, "Some chat and mail programs cut links of this length."],
];

/**
 * Makes a link of what is on the page, and shows first what would be in it and what that gives away. Tokens and
 * passwords that are found never get into a link; hosts, addresses and mails do if that is wished.
 *
 * @fires oim-say - The link was copied, or could not be.
 */
@customElement("oim-share")
export class OimShare extends LitElement {
  static override styles = [shared, switches, dialog, parts];

  /** What is to be shared. */
  @property({ attribute: false }) state: Shared | null = null;
  /** The address of the page that opens the link, without a `#`. */
  @property({ attribute: false }) base = "";
  /** The name under which an element in another site's page finds its link. */
  @property({ attribute: false }) key = "";
  @state() found: Findings | null = null;
  @state() made: Scrubbed | null = null;
  @state() hash = "";
  /** Replace everything that was found, not only what opens something. */
  @state() all = false;
  @state() remark = "";
  #work = new AbortController();

  /** Opens the dialog for the present `state`. */
  async show(): Promise<void> {
    await this.updateComplete;
    this.#dialog?.showModal();
    await this.#inspect();
  }

  close(): void {
    this.#dialog?.close();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#work.abort();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  get #link(): string {
    if (this.hash === "") return "";
    const hash = this.key === "" ? this.hash : `#${keyed(this.key)}${this.hash.slice(1)}`;
    return (this.base || location.href.replace(/#.*$/s, "")) + hash;
  }

  override render() {
    const link = this.#link;
    const tooLong = link.length > LINK_LIMIT;
    return html`
      <dialog aria-labelledby="title" @close=${this.#closed} @click=${this.#outside}>
        <header>
          <h2 id="title">Share a link</h2>
          <button class="small" @click=${() => this.close()}>Close</button>
        </header>
        <div class="body" tabindex="0" role="group" aria-label="What is in the link">
          <p>The link holds what you see below. It is the part after the <code>#</code>, which browsers never send to a server; anyone with the link can read it.</p>
          ${this.made ? this.#content(this.made) : html`<p class="muted">Checking the texts…</p>`}
        </div>
        <footer>
          <input class="link" readonly aria-label="Link" .value=${tooLong ? "" : link} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
          <button class="primary" ?disabled=${link === "" || tooLong} @click=${this.#copy}>Copy link</button>
          <p class="advice muted" role="status">${this.remark || this.#advice(link.length)}</p>
        </footer>
      </dialog>
    `;
  }

  #content({ payload, config, parts, replaced }: Scrubbed) {
    const { state } = this;
    if (!state) return nothing;
    const { target, region, mode, sampleAs } = state.request;
    return html`
      ${this.#warning(replaced)}
      <div class="settings">
        ${preview("Payload", payload, parts.payload)} ${preview("Configuration", config, parts.config)}
        <p class="muted">
          Also: additional tags (${state.additional}), code for ${target}, region ${region.toUpperCase()}, to ${mode}, sample as ${sampleAs}, and what
          is in view. Not in the link: the app key of the request.
        </p>
      </div>
    `;
  }

  #warning(replaced: Replaced[]) {
    const found = this.found;
    if (!found) return nothing;
    const all = [...found.payload, ...found.config];
    if (all.length === 0)
      return html`<p class="warning calm">No hosts, addresses, mails, tokens or keys were found. Check the texts yourself, too.</p>`;
    const kinds = (Object.keys(KINDS) as Kind[]).map(
      (kind) => [kind, new Set(all.filter((one) => one.kind === kind).map(({ value }) => value)).size] as const,
    );
    const secrets = all.some(isSecret);
    return html`
      <section class="warning" aria-label="Sensitive values">
        <h3>These texts contain sensitive values</h3>
        <ul class="kinds">
          ${kinds.map(([kind, amount]) => (amount > 0 ? html`<li>${count(amount, ...KINDS[kind])}</li>` : nothing))}
        </ul>
        ${secrets ? html`<p>Tokens and passwords that were found are always replaced. There may be others: check the texts below before you share the link.</p>` : nothing}
        <label class="switch">
          <input type="checkbox" role="switch" .checked=${this.all} @change=${this.#turn} />
          <span>Scrub: replace all of them with placeholders</span>
        </label>
        ${replaced.length > 0 ? table(replaced) : nothing}
      </section>
    `;
  }

  #advice(length: number): string {
    if (length === 0) return "";
    const [, advice = ""] = ADVICE.find(([from]) => length > from) ?? [];
    return `${length.toLocaleString("en")} characters. ${advice}`;
  }

  async #inspect(): Promise<void> {
    this.#work.abort();
    this.#work = new AbortController();
    Object.assign(this, { found: null, made: null, hash: "", remark: "", all: false });
    const { state } = this;
    if (!state) return;
    const found = await inSlices(inspecting(state.payload, state.config), this.#work.signal);
    if (!found) return;
    this.found = found;
    await this.#make();
  }

  async #make(): Promise<void> {
    const { state, found, all } = this;
    if (!state || !found) return;
    const made = scrubbed(state.payload, state.config, found, all ? "everything" : "secrets");
    this.made = made;
    this.hash = "";
    const hash = await toHash({ ...state, payload: made.payload, config: made.config });
    // The switch may have been turned, or the dialog closed, in the meantime.
    if (this.made === made) this.hash = hash;
  }

  #turn = (event: Event): void => {
    this.all = (event.target as HTMLInputElement).checked;
    void this.#make();
  };

  #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.#link);
      this.remark = "Copied.";
      emit(this, "oim-say", "The link was copied.");
    } catch {
      this.renderRoot.querySelector<HTMLInputElement>(".link")?.select();
      this.remark = "This browser does not let the page copy. The link is selected: copy it with the keyboard.";
    }
  };

  #closed = (): void => {
    this.#work.abort();
    // Documents are large; nothing of them is kept.
    Object.assign(this, { found: null, made: null, hash: "" });
  };

  #outside = (event: Event): void => {
    if (event.target === this.#dialog) this.close();
  };
}

/** A document as it will be in the link, the stand-ins marked. */
function preview(name: string, text: string, parts: readonly string[]) {
  const shown: unknown[] = [];
  let left = SHOWN;
  for (const [index, part] of parts.entries()) {
    if (left <= 0) break;
    const cut = part.slice(0, left);
    left -= part.length;
    shown.push(index % 2 === 1 ? html`<mark>${cut}</mark>` : cut);
  }
  return html`
    <details>
      <summary>${name}<span class="muted">${count(text.length, "character")}</span></summary>
      <pre tabindex="0">${shown}${text.length > SHOWN ? "\n…" : nothing}</pre>
    </details>
  `;
}

function table(replaced: Replaced[]) {
  const short = (value: string) => (value.length > VALUE_SHOWN ? `${value.slice(0, VALUE_SHOWN)}…` : value);
  return html`
    <div class="table" tabindex="0" role="group" aria-label="Placeholders">
      <table>
        <thead>
          <tr><th scope="col">Found</th><th scope="col">In the link</th><th scope="col">Times</th></tr>
        </thead>
        <tbody>
          ${replaced.slice(0, ROWS).map(
            ({ kind, value, standIn, count }) => html`
              <tr>
                <td><bdi>${kind === "token" || kind === "credentials" ? veiled(value) : short(value)}</bdi></td>
                <td><bdi>${standIn}</bdi></td>
                <td class="number">${count}</td>
              </tr>
            `,
          )}
          ${replaced.length > ROWS ? html`<tr><td colspan="3">and ${replaced.length - ROWS} more</td></tr>` : nothing}
        </tbody>
      </table>
    </div>
  `;
}

/** Enough to know which secret it is, also for somebody who looks over a shoulder. */
function veiled(value: string): string {
  return value.length < 12 ? "…" : `${value.slice(0, 4)}…`;
}
