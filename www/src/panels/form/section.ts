import { css, html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { rangeAt } from "../../json/pointer.ts";
import { shared } from "../../styles/shared.ts";
import { isSelected } from "./context.ts";
import { controls } from "./control-styles.ts";
import { FormPart } from "./part.ts";

/** The sections of the form look alike. */
const styles = css`
  :host {
    display: block;
  }

  section {
    padding: 8px 12px 10px;
  }

  section.folded {
    padding-bottom: 8px;
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 10px;
  }

  h3 {
    margin: 0;
    font-size: 12.5px;
    font-weight: 650;
  }

  .fold {
    display: inline-flex;
    align-items: baseline;
    gap: 6px;
    padding: 3px 6px 3px 0;
    border-radius: 4px;
    font: inherit;
    line-height: 18px;
  }

  .fold::before {
    flex: none;
    width: 6px;
    height: 8px;
    margin-inline-end: 2px;
    background: var(--oim-muted);
    clip-path: polygon(0 0, 100% 50%, 0 100%);
    content: "";
    transition: rotate 120ms;
  }

  /* A background is gone there unless it is asked for. */
  @media (forced-colors: active) {
    .fold::before {
      background: CanvasText;
      forced-color-adjust: none;
    }
  }

  .fold[aria-expanded="true"]::before {
    rotate: 90deg;
  }

  .fold:hover {
    color: var(--oim-accent);
  }

  header p,
  .summary {
    margin: 0;
    color: var(--oim-muted);
    font-size: var(--oim-small);
    line-height: 17px;
    overflow-wrap: anywhere;
  }

  .problem-count {
    color: var(--oim-critical);
    font-size: var(--oim-small);
  }

  .content {
    margin-top: 4px;
  }

  @container (max-width: 400px) {
    section {
      padding-inline: 10px;
    }
  }
`;

/**
 * A section of the form that can be folded. It begins open where it has content, and opens where something is put into it
 * or selected in it; only the user folds it.
 */
export abstract class FormSection extends FormPart {
  static override styles = [shared, controls, styles];

  abstract readonly heading: string;
  /** What the section is about, beside its heading. */
  readonly hint: string = "";
  @state() open = false;
  #had = false;
  #selected = "";

  /** Parts of it are marked when they are selected, rather than all of it. */
  readonly marksParts: boolean = false;

  /** The attributes of the configuration that the section is about, by their pointers. */
  abstract pointers(): string[];
  /** There is something in it that has to be seen. */
  abstract hasContent(): boolean;
  /** What is in it, in a few words, while it is folded. */
  abstract summary(): string | TemplateResult;
  abstract content(): TemplateResult;
  /** What stands at the end of the header. */
  aside(): TemplateResult | typeof nothing {
    return nothing;
  }

  override willUpdate(): void {
    const has = this.hasContent();
    const isNew = this.form.selected !== this.#selected && this.isSelected;
    if ((has && !this.#had) || isNew) this.open = true;
    this.#had = has;
    this.#selected = this.form.selected;
  }

  get isSelected(): boolean {
    return this.pointers().some((pointer) => isSelected(this.form, pointer));
  }

  override render() {
    const [first] = this.pointers();
    return html`
      <section class="${this.isSelected && !this.marksParts ? "chosen" : ""} ${this.open ? "" : "folded"}" aria-labelledby="heading" data-rule=${this.marksParts ? nothing : (first ?? nothing)}>
        <header @click=${this.#select}>
          <h3 id="heading"><button class="plain fold" aria-expanded=${this.open} @click=${this.#toggle}>${this.heading}</button></h3>
          ${this.open ? (this.hint ? html`<p>${this.hint}</p>` : nothing) : html`<span class="summary">${this.summary()}</span>${this.#problems()}`}
          ${this.aside()}
        </header>
        ${this.open ? html`<div class="content">${this.content()}</div>` : nothing}
      </section>
    `;
  }

  #problems() {
    const found = this.pointers().flatMap((pointer) => this.form.problemsAt(pointer));
    const errors = found.filter(({ severity }) => severity === "error").length;
    return errors > 0
      ? html`<span class="problem-count">${errors} ${errors === 1 ? "error" : "errors"}</span>`
      : nothing;
  }

  /** Looks at the rule of the section, where there is one. */
  #select = (): void => {
    const [first] = this.pointers();
    if (first !== undefined && !this.marksParts && rangeAt(this.form.body, first)) this.form.select(first);
  };

  #toggle = (event: Event): void => {
    event.stopPropagation();
    this.open = !this.open;
  };
}
