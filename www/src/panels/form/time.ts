import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { TIME_FORMATS } from "../../json/attributes.ts";
import { remove, set } from "../../json/edit.ts";
import { showTime, withCode } from "../../text/format.ts";
import { decides, outcome } from "../../text/trace.ts";
import { setOr } from "./changes.ts";
import "./chip-list.ts";
import "./coverage-count.ts";
import { radio } from "./radio.ts";
import "./rule-problems.ts";
import { FormSection } from "./section.ts";
import "./text-field.ts";

const A_PATTERN = "%Y-%m-%d %H:%M:%S";

/** The time of the event: a field, or the time of receipt. */
@customElement("oim-form-time")
export class OimFormTime extends FormSection {
  override readonly heading = "Time";
  /** "A field of the payload" is chosen, and no field yet. */
  @state() begun = false;

  override pointers(): string[] {
    return [this.form.model.time.pointer];
  }

  override hasContent(): boolean {
    return this.form.model.time.there;
  }

  override summary(): string {
    const { there, source } = this.form.model.time;
    return there ? `from ${source.items.map(({ text }) => text).join(", ") || "…"}` : "time of receipt";
  }

  override willUpdate(): void {
    // What is in the document by now is chosen by itself, until it is taken back.
    if (this.form.model.time.there) this.begun = false;
    super.willUpdate();
  }

  override content() {
    const { model, locked } = this.form;
    const { time } = model;
    const isField = time.there || this.begun;
    const receipt = () => {
      this.begun = false;
      this.form.edit(time.there ? [remove(time.path)] : [], { say: "time of receipt" });
    };
    const field = () => {
      this.begun = true;
    };
    return html`
      <div class="choices" role="radiogroup" aria-labelledby="heading">
        ${radio({ name: "time", value: "receipt", label: "Time of receipt", on: !isField, disabled: locked, choose: receipt })}
        ${radio({ name: "time", value: "field", label: "A field of the payload", on: isField, disabled: locked, choose: field })}
      </div>
      ${isField ? this.#field() : nothing} ${this.#reading()}
      <oim-rule-problems .list=${this.form.problemsAt(time.pointer)}></oim-rule-problems>
    `;
  }

  #field() {
    const { time } = this.form.model;
    return html`
      <div class="below">
        <oim-chip-list .list=${time.source} key="time/source" group="sources" lead="from" label="sources of the time" noun="source" placeholder="+ field" .options=${this.form.sources}></oim-chip-list>
        ${this.#format()}
        <span class="default">
          <span class="word">Default: the time of receipt</span>
          <oim-coverage-count .counts=${this.form.counts?.receivedAt() ?? null} label="the time of receipt"></oim-coverage-count>
        </span>
      </div>
      ${time.format === null ? nothing : html`<p class="hint">BigPanda does not document how the API handles a format.</p>`}
    `;
  }

  #format() {
    const { model, locked } = this.form;
    const { format, path } = model.time;
    const isPattern = format !== null && !TIME_FORMATS.some(([name]) => name === format);
    const take = (text: string) => setOr([...path, "format"], text);
    const pick = (event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      if (value === "pattern") this.form.edit([set([...path, "format"], A_PATTERN)], { focus: "time/pattern" });
      else this.form.edit([take(value)], { focus: "time/format" });
    };
    return html`
      <label class="word">
        as
        <select data-focus="time/format" aria-label="Format of the time" ?disabled=${locked} @change=${pick}>
          <option value="" .selected=${live(!format)}>detected automatically</option>
          ${TIME_FORMATS.map(([name]) => html`<option value=${name} .selected=${live(format === name)}>${name}</option>`)}
          <option value="pattern" .selected=${live(isPattern)}>pattern…</option>
        </select>
      </label>
      ${
        isPattern
          ? html`<oim-text-field data-focus="time/pattern" label="Pattern of the time, such as %d/%m/%Y %H:%M:%S %z" .value=${format} placeholder=${A_PATTERN} .disabled=${locked} @oim-text=${({ detail }: CustomEvent<string>) => this.form.edit([take(detail)])}></oim-text-field>`
          : nothing
      }
    `;
  }

  /** How the time of the alert that is looked at came about. */
  #reading() {
    const { current } = this.form;
    if (!current) return nothing;
    const step = current.steps.findLast((one) => one.kind === "timestamp" && decides(one));
    const failed = current.steps.filter((one) => one.kind === "timestamp" && one.outcome === "unreadable");
    const time = showTime(current.alert.timestamp);
    return html`
      <p class="hint">
        ${failed.map((one) => html`<span class="warning"><code>${one.source ?? ""}</code> ${withCode(outcome(one).words)}. </span>`)}
        ${time ? html`<time datetime=${time.iso}>${time.local}</time> · ${time.utc}` : nothing}
        ${step?.source ? html` · ${step.detail ?? "read"} from <code>${step.source}</code>` : html` · time of receipt`}
      </p>
    `;
  }
}
