import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { remove, set } from "../../json/edit.ts";
import { addItem, usualIdentity } from "./changes.ts";
import "./chip-list.ts";
import { pointerIn } from "./context.ts";
import type { Item } from "./model.ts";
import { radio } from "./radio.ts";
import "./rule-problems.ts";
import { FormSection } from "./section.ts";
import { NOWHERE, tagOptions } from "./tag-options.ts";

/** The tags by which BigPanda knows that two events are of one alert. */
@customElement("oim-form-identity")
export class OimFormIdentity extends FormSection {
  override readonly heading = "Identity tags";
  /** "These tags" is chosen, and nothing of it is in the document yet. */
  @state() begun = false;

  override pointers(): string[] {
    return [pointerIn(this.form.model, "incident_identifier")];
  }

  override hasContent(): boolean {
    return this.form.model.identity !== null;
  }

  override summary(): string {
    const { identity } = this.form.model;
    return identity ? identity.items.map(({ text }) => text).join(", ") || "none" : "primary and secondary";
  }

  override willUpdate(): void {
    if (this.form.model.identity) this.begun = false;
    super.willUpdate();
  }

  override content() {
    const { model, locked } = this.form;
    const { identity } = model;
    const path = [...model.base, "incident_identifier"];
    const isChosen = identity !== null || this.begun;
    const usual = usualIdentity(model);
    const useDefault = () => {
      this.begun = false;
      this.form.edit(identity ? [remove(path)] : [], { say: "the default" });
    };
    const useThese = () => {
      this.begun = true;
      this.form.edit(identity || usual.length === 0 ? [] : [set(path, usual)], { say: "chosen tags" });
    };
    const problems = this.form.problemsAt(
      pointerIn(model, "incident_identifier"),
      isChosen ? ["identifier-override"] : [],
    );
    return html`
      <div class="choices" role="radiogroup" aria-labelledby="heading">
        ${radio({ name: "identity", value: "default", label: "Primary and secondary, as recommended", on: !isChosen, disabled: locked, choose: useDefault })}
        ${radio({ name: "identity", value: "chosen", label: "These tags", on: isChosen, disabled: locked, choose: useThese })}
      </div>
      ${isChosen ? this.#tags() : nothing}
      <oim-rule-problems .list=${problems}></oim-rule-problems>
    `;
  }

  #tags() {
    const { model } = this.form;
    const list = model.identity ?? { path: [...model.base, "incident_identifier"], items: [], state: "missing" };
    return html`
      <div class="below">
        <oim-chip-list
          .list=${list}
          key="identity/tags"
          label="tags that identify an alert"
          noun="tag"
          placeholder="+ tag"
          .options=${tagOptions(this.form, list)}
          .doubt=${(item: Item) => (this.#isLost(item) ? NOWHERE : null)}
          .add=${(text: string) => this.form.edit([addItem(list, text)], { focus: "identity/tags/+", say: `${text} added` })}
        ></oim-chip-list>
      </div>
      <p class="hint warning">
        BigPanda recommends the default. Another choice can create a mismatch between alerts that are reported through different integrations, and may give
        duplicate incidents or alerts that fail to resolve.
      </p>
    `;
  }

  /** No alert of the open payloads has such a tag. */
  #isLost({ pointer, text }: Item): boolean {
    return this.form.counts?.at(pointer, text)?.used === 0;
  }
}
