import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import "../../controls/combobox.ts";
import type { Field } from "../../engine/types.ts";
import { set } from "../../json/edit.ts";
import { pointerIn } from "./context.ts";
import { radio } from "./radio.ts";
import "./rule-problems.ts";
import { FormSection } from "./section.ts";
import "./text-field.ts";

const ITSELF = "(the payload itself)";

/** Whether a payload holds one alert or several, and where they are. */
@customElement("oim-form-alerts")
export class OimFormAlerts extends FormSection {
  override readonly heading = "Alerts in the payload";

  override pointers(): string[] {
    return ["array_source", "is_array"].map((name) => pointerIn(this.form.model, name));
  }

  override hasContent(): boolean {
    return true;
  }

  override summary(): string {
    const { isArray, arraySource } = this.form.model;
    if (!isArray) return "one";
    return arraySource === "" ? "several, in the payload itself" : `several, in ${arraySource ?? "…"}`;
  }

  override content() {
    const { model, locked, fields } = this.form;
    const { isArray } = model;
    const [first] = this.#arrays();
    const problems = this.pointers().flatMap((pointer) => this.form.problemsAt(pointer));
    return html`
      <div class="choices" role="radiogroup" aria-labelledby="heading">
        ${radio({ name: "several", value: "one", label: "One", on: !isArray, disabled: locked, choose: () => this.#choose(false) })}
        ${radio({ name: "several", value: "many", label: "Several, in the array", on: isArray, disabled: locked, choose: () => this.#choose(true) })}
        ${isArray ? this.#place() : nothing}
      </div>
      ${
        !isArray && first && isOfObjects(first) && fields.length > 0 && !locked
          ? html`<p class="hint">The payload has an array of objects, <code>${first.path}</code>. If these are the alerts, choose “Several”.</p>`
          : nothing
      }
      <oim-rule-problems .list=${problems}></oim-rule-problems>
    `;
  }

  #place() {
    const { model, locked } = this.form;
    const { base, arraySource } = model;
    const take = (path: string) => set([...base, "array_source"], path);
    return html`
      ${
        arraySource === ""
          ? html`<span class="mono">the payload itself</span>`
          : html`<oim-text-field data-focus="array_source" label="Path of the array of alerts" .value=${arraySource ?? ""} placeholder="path" .disabled=${locked} @oim-text=${({ detail }: CustomEvent<string>) => this.form.edit([take(detail.trim())])}></oim-text-field>`
      }
      <oim-pick
        data-focus="array_source/+"
        .label=${"Choose the array of alerts"}
        .placeholder=${arraySource === null ? "choose…" : "another array…"}
        .options=${[...this.#arrays().map(({ path, example }) => ({ value: path, note: example })), { value: ITSELF, note: "when it is an array" }]}
        .disabled=${locked}
        @oim-picked=${({ detail }: CustomEvent<string>) => this.form.edit([take(detail === ITSELF ? "" : detail)], { focus: "array_source/+", say: `alerts are in ${detail}` })}
      ></oim-pick>
    `;
  }

  #choose(several: boolean): void {
    const { base, arraySource } = this.form.model;
    const changes = [set([...base, "is_array"], several)];
    const first = this.#arrays().find(isOfObjects);
    if (several && arraySource === null && first) changes.push(set([...base, "array_source"], first.path));
    this.form.edit(changes, { say: several ? "several alerts in a payload" : "one alert in a payload" });
  }

  /** The arrays of the payload, those of objects first. */
  #arrays(): Field[] {
    const arrays = this.form.fields.filter(({ type, path }) => type === "array" && !path.startsWith("@alert."));
    return [...arrays.filter(isOfObjects), ...arrays.filter((field) => !isOfObjects(field))];
  }
}

function isOfObjects({ example }: Field): boolean {
  return example.startsWith("[{");
}
