import { consume } from "@lit/context";
import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { readonlyContext } from "../app/context.ts";
import "../controls/menu.ts";
import type { MenuItem, OimMenu } from "../controls/menu.ts";
import { showBelow } from "../controls/popup.ts";
import { examples } from "../examples/index.ts";
import "../persistence/switch.ts";
import type { Kept } from "../persistence/store.ts";
import { shared, switches } from "../styles/shared.ts";
import { bar } from "./header-styles.ts";
import "./help.ts";
import { HELP_TITLES, type HelpTopic, type OimHelp } from "./help.ts";

/** What becomes of what is typed here. */
export const PRIVATE = "Runs in your browser. Nothing is sent, and nothing is stored unless you ask.";

/** What the header's buttons ask for. */
export type HeaderAction = "begin" | "suggest" | "undo" | "redo" | "save" | "share";

const TITLE = "BigPanda OIM configuration playground";

/**
 * The top of the page: examples, what to do with the whole of it, and its settings.
 *
 * @fires oim-action - A button was pressed; the detail is a {@link HeaderAction}.
 * @fires oim-example - An example was chosen; the detail is its number.
 * @fires oim-files - Files were chosen; the detail is a list of them.
 * @fires oim-plain - The detail says whether texts are to be edited in plain text areas.
 * @fires oim-discard - The work that was restored is not wanted.
 */
@customElement("oim-header")
export class OimHeader extends LitElement {
  static override styles = [shared, switches, bar];

  @property({ type: Boolean }) canUndo = false;
  @property({ type: Boolean }) canRedo = false;
  @consume({ context: readonlyContext, subscribe: true })
  @state()
  readonly = false;
  /** Texts are edited in plain text areas. */
  @property({ type: Boolean }) plain = false;
  /** The page is the playground's own: work may be kept. */
  @property({ type: Boolean }) standalone = false;
  /** A link can be made that others can open. */
  @property({ type: Boolean }) shares = false;
  /** The example that is shown; `null`: the texts are the user's own. */
  @property({ attribute: false }) example: number | null = null;
  /** The version of the engine, once it is known. */
  @property() version = "";
  /** Work is kept on this device. */
  @property({ type: Boolean }) keeps = false;
  @property({ attribute: false }) restored: Kept | null = null;
  @property({ attribute: false }) turnKeeping: ((on: boolean) => Promise<void>) | null = null;

  override focus(options?: FocusOptions): void {
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>("header > button, header select")];
    buttons.find((one) => one.checkVisibility())?.focus(options);
  }

  override render() {
    const { readonly } = this;
    return html`
      <header role=${this.standalone ? nothing : "group"} aria-label=${this.standalone ? nothing : "Playground"}>
        <div class="brand">${logo()}${this.standalone ? html`<h1>${TITLE}</h1>` : html`<span class="title">${TITLE}</span>`}</div>
        <button class="small" id="what" popovertarget="about" aria-haspopup="dialog">What is OIM?</button>
        ${this.#about()}
        ${
          readonly
            ? nothing
            : html`
              <label class="example">
                <span class="name">Example</span>
                <select @change=${this.#choose}>
                  ${this.example === null ? html`<option value="" disabled .selected=${true}>Your own</option>` : nothing}
                  ${examples.map(({ label }, index) => html`<option value=${index} .selected=${live(index === this.example)}>${label}</option>`)}
                </select>
              </label>
              <button class="small" @click=${this.#wish("begin")} title="Empties both texts, for a payload of your own">Your payload</button>
              <button class="small main" @click=${this.#wish("suggest")} title="Proposes a whole configuration for the payload">Suggest</button>
              <div class="group" role="group" aria-label="History">
                <button class="small" aria-disabled=${!this.canUndo} @click=${this.#wish("undo")} title="Undo, in whichever text it was (Ctrl+Z)">Undo</button>
                <button class="small" aria-disabled=${!this.canRedo} @click=${this.#wish("redo")} title="Redo (Ctrl+Y)">Redo</button>
              </div>
            `
        }
        <div class="group" role="group" aria-label="Files and links">
          ${
            readonly
              ? nothing
              : html`
                <button class="small" @click=${this.#open} title="Opens payloads (JSON, or one on each line), configurations, curl commands or saved work">Open</button>
                <input type="file" multiple hidden @change=${this.#opened} />
              `
          }
          <button class="small" @click=${this.#wish("save")} title="Saves all of it as one file">Save</button>
          ${this.shares ? html`<button class="small" @click=${this.#wish("share")} title="Makes a link that holds all of it">Share</button>` : nothing}
        </div>
        <button class="small" id="more" popovertarget="settings" aria-haspopup="dialog">Settings</button>
        <button class="small help" aria-haspopup="menu" @click=${this.#helpMenu}>Help</button>
        <button class="small all" aria-haspopup="menu" @click=${this.#allMenu}>Menu</button>
        <p class="private">${PRIVATE}</p>
        <div class="settings" id="settings" popover role="dialog" aria-label="Settings" @toggle=${this.#place("#more")}>
          <label class="switch" title="For screen readers, and wherever an editor is in the way">
            <input type="checkbox" role="switch" .checked=${this.plain} @change=${this.#turnPlain} />
            <span>Edit texts in plain text areas</span>
          </label>
          ${this.standalone ? html`<oim-keep .on=${this.keeps} .restored=${this.restored} .turn=${this.turnKeeping}></oim-keep>` : nothing}
        </div>
      </header>
      <oim-menu></oim-menu>
      <oim-help></oim-help>
    `;
  }

  /** What a newcomer has to know. */
  #about() {
    return html`
      <div class="settings about" id="about" popover role="dialog" aria-labelledby="about-title" @toggle=${this.#place("#what")}>
        <h2 id="about-title">Open Integration Manager (OIM)</h2>
        <p>
          OIM turns the JSON that a monitoring tool sends into BigPanda alerts, by a configuration instead of your own code.
          The configuration says which fields become tags, which values mean which status, where the time is, and what identifies an alert.
          Before you can send one, an OIM integration must be installed in BigPanda; for that your role needs permission for the Integrations section and the Open Integration Manager.
          Wait ten minutes after you install it: requests to the API sent earlier may fail.
          Each request needs the app key of the integration and an org token.
        </p>
        <ol role="list">
          <li>Paste a payload of your tool.</li>
          <li>Select Suggest, and adjust the configuration until the alerts are right.</li>
          <li>Copy the request from Code, and run it where your token is.</li>
        </ol>
      </div>
    `;
  }

  #helpMenu = ({ currentTarget }: Event): void => this.#menu(currentTarget, "Help", this.#helpItems());

  /** Everything that a narrow header has no room for. */
  #allMenu = ({ currentTarget }: Event): void => {
    const item = (label: string, wish: HeaderAction, disabled = false): MenuItem => ({
      label,
      disabled,
      run: () => this.#emit("oim-action", wish),
    });
    const { readonly } = this;
    const edits = [item("Undo", "undo", !this.canUndo), item("Redo", "redo", !this.canRedo)];
    this.#menu(currentTarget, "Menu", [
      ...(readonly ? [] : [...edits, { label: "Open", run: this.#open }]),
      item("Save", "save"),
      ...(this.shares ? [item("Share", "share")] : []),
      { label: "Settings", run: () => this.#popup("#settings") },
      { label: "What is OIM?", run: () => this.#popup("#about") },
      ...this.#helpItems(),
    ]);
  };

  #popup(name: string): void {
    this.renderRoot.querySelector<HTMLElement>(name)?.showPopover();
  }

  #menu(anchor: EventTarget | null, label: string, items: MenuItem[]): void {
    void this.renderRoot.querySelector<OimMenu>("oim-menu")?.open(anchor as HTMLElement, label, items);
  }

  #helpItems(): MenuItem[] {
    const topics = (Object.keys(HELP_TITLES) as HelpTopic[]).map((topic) => ({
      label: HELP_TITLES[topic],
      ...(topic === "keys" ? { note: "?" } : {}),
      run: () => this.help(topic),
    }));
    // Where it is known which sources the page was built from, its document says so.
    const commit = document.querySelector<HTMLMetaElement>('meta[name="oim-commit"]')?.content ?? "";
    const version = { label: `Version ${this.version}`, note: commit, disabled: true, run: () => {} };
    return [...topics, ...(this.version ? [version] : [])];
  }

  /** Opens the help. */
  help(topic: HelpTopic): void {
    void this.renderRoot.querySelector<OimHelp>("oim-help")?.show(topic);
  }

  #emit(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #wish(wish: HeaderAction) {
    return () => this.#emit("oim-action", wish);
  }

  #choose = ({ target }: Event): void => this.#emit("oim-example", Number((target as HTMLSelectElement).value));

  #open = (): void => this.renderRoot.querySelector<HTMLInputElement>("input[type=file]")?.click();

  #opened = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    this.#emit("oim-files", [...(input.files ?? [])]);
    // So that the same file can be opened again.
    input.value = "";
  };

  #turnPlain = ({ target }: Event): void => this.#emit("oim-plain", (target as HTMLInputElement).checked);

  /** The browser opens the popup itself; where it stands is for us to say. */
  #place(anchor: string) {
    return ({ newState, currentTarget }: ToggleEvent): void => {
      const [button] = [anchor, ".all"]
        .map((name) => this.renderRoot.querySelector<HTMLElement>(name))
        .filter((one) => one?.checkVisibility());
      if (newState === "open" && button) showBelow(currentTarget as HTMLElement, button);
    };
  }
}

function logo() {
  return html`
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1f5fd0"></rect>
      <path d="M8 10h7M8 16h5M8 22h7" stroke="#fff" stroke-width="2.6" stroke-linecap="round"></path>
      <path d="M18 16h4" stroke="#a9c6ff" stroke-width="2.6" stroke-linecap="round"></path>
      <circle cx="24" cy="16" r="3" fill="#fff"></circle>
    </svg>
  `;
}
