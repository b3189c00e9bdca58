import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import type { Diagnostic } from "../../engine/types.ts";
import { sampleOf, textInSample } from "../../json/body.ts";
import { isSameJson } from "../../json/same.ts";
import { ADD_FIELD } from "../../text/fixes.ts";
import { count, shorten, withCode, withoutCode } from "../../text/format.ts";
import { emit } from "../contract.ts";
import type { Model } from "./model.ts";
import "./rule-problems.ts";
import { FormSection } from "./section.ts";

/** What the sample is, beside the payload in the editor. */
type SampleState = "bare" | "missing" | "blank" | "same" | "different" | "unknown";

const WORDS: Record<SampleState, string> = {
  bare: "This is a bare configuration, without the request body that has a sample.",
  missing: "There is no sample yet.",
  blank: "The sample is blank.",
  same: "The sample is the same as the payload.",
  different: "The sample differs from the payload.",
  unknown: "",
};

const SUMMARIES: Record<SampleState, string> = {
  bare: "none, as there is no request body",
  missing: "none yet",
  blank: "blank",
  same: "same as the payload",
  different: "differs from the payload",
  unknown: "",
};

/** Texts of more characters are not compared at each key. */
const LARGE = 200_000;
/** As many missing fields are listed. */
const LISTED = 20;

/** A field that the rules name and the sample lacks. */
interface Lacking {
  path: string;
  problem: Diagnostic;
}

/** The sample of the request body: what it lacks, and how it gets it. */
@customElement("oim-form-sample")
export class OimFormSample extends FormSection {
  static override styles = [
    ...FormSection.styles,
    css`
      ul {
        margin: 4px 0 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 8px;
        padding: 1px 0;
        font-size: 13px;
      }

      li .small {
        padding: 0 8px;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin-top: 6px;
      }
    `,
  ];

  override readonly heading = "Sample";
  override readonly hint = "A payload as the tool sends it, with every field that the rules name.";
  #state: SampleState = "unknown";
  #lacking: Lacking[] = [];
  /** The texts of which the state is. */
  #of: { body: string; payload: string } | null = null;

  override pointers(): string[] {
    return ["/sample_payload"];
  }

  override hasContent(): boolean {
    return this.#lacking.length > 0 || this.#state === "missing";
  }

  override summary(): string {
    const lacking = this.#lacking.length > 0 ? `lacks ${count(this.#lacking.length, "field")}` : "";
    return [SUMMARIES[this.#state], lacking].filter(Boolean).join(", ");
  }

  override willUpdate(): void {
    const { body, payload, model } = this.form;
    if (this.#of?.body !== body || this.#of.payload !== payload) {
      this.#of = { body, payload };
      this.#state = stateOf(body, payload, model.base.length === 0);
    }
    this.#lacking = lackingOf(model, this.form.problemsAt(""));
    super.willUpdate();
  }

  override content() {
    const { form } = this;
    const words = WORDS[this.#state];
    return html`
      ${words ? html`<p class="hint" role="status">${words}</p>` : nothing}
      ${this.#lacking.length > 0 ? this.#fields() : nothing}
      ${form.locked || this.#state === "bare" ? nothing : this.#actions()}
      <oim-rule-problems .list=${form.problemsAt("/sample_payload")}></oim-rule-problems>
    `;
  }

  #fields() {
    return html`
      <p class="hint">It lacks:</p>
      <ul role="list" aria-label="Fields that the sample lacks">
        ${this.#lacking.slice(0, LISTED).map(({ path, problem }) => html`<li><code>${shorten(path)}</code> ${this.#fix(path, problem)}</li>`)}
        ${this.#lacking.length > LISTED ? html`<li class="hint">and ${this.#lacking.length - LISTED} more</li>` : nothing}
      </ul>
    `;
  }

  #fix(path: string, problem: Diagnostic): TemplateResult | typeof nothing {
    const { suggestion } = problem;
    if (!suggestion || this.form.locked) return nothing;
    const adds = suggestion.title === ADD_FIELD;
    const label = adds ? "Add the field" : `Fix: ${suggestion.title}`;
    return html`<button class="small" aria-label="${withoutCode(label)}: ${path}" title=${adds ? "With a value to be replaced" : nothing} @click=${() => emit(this, "oim-fix", problem)}>${withCode(label)}</button>`;
  }

  #actions() {
    const { payloads, sampleObstacle } = this.form;
    return html`
      <div class="actions">
        <button class="small" aria-disabled=${sampleObstacle !== null} title=${sampleObstacle ?? nothing} @click=${() => emit(this, "oim-sample", "payload")}>Use payload as sample</button>
        ${
          payloads.count > 1
            ? html`<button class="small" title="The fullest payload, with the fields that only others have" @click=${() => emit(this, "oim-sample", "complete")}>Complete from all payloads</button>`
            : nothing
        }
      </div>
    `;
  }
}

function stateOf(body: string, payload: string, isBare: boolean): SampleState {
  if (isBare) return "bare";
  const sample = sampleOf(body);
  if (sample === "") return "missing";
  const own = textInSample(sample);
  if (own.trim() === "" || own === "null") return "blank";
  if (payload.trim() === "" || Math.max(payload.length, own.length) > LARGE) return "unknown";
  const isSame = isSameJson(own, payload);
  if (isSame === null) return "unknown";
  return isSame ? "same" : "different";
}

/** The fields that the engine misses in the sample, each once. */
function lackingOf({ tags, status, time }: Model, problems: readonly Diagnostic[]): Lacking[] {
  const missing = problems.filter(({ code }) => code === "sample-missing-field");
  if (missing.length === 0) return [];
  const lists = [...tags.map(({ source }) => source), status.source, time.source];
  const paths = new Map(lists.flatMap(({ items }) => items.map(({ pointer, text }) => [pointer, text] as const)));
  const found = new Map<string, Lacking>();
  for (const problem of missing) {
    const path = paths.get(problem.pointer);
    if (path !== undefined && !found.has(path)) found.set(path, { path, problem });
  }
  return [...found.values()];
}
