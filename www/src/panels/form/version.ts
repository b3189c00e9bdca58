import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { emit } from "../contract.ts";
import { chooseVersion } from "./changes.ts";
import { pointerIn } from "./context.ts";
import type { Version } from "./model.ts";
import { radio } from "./radio.ts";
import "./rule-problems.ts";
import { FormSection } from "./section.ts";

const VERSIONS: [Version, string][] = [
  ["1", "Version 1, for organizations that joined before 2023"],
  ["2", "Version 2, for those that joined later"],
];

/** Which version the configuration has; a choice while nothing in it shows which. */
@customElement("oim-form-version")
export class OimFormVersion extends FormSection {
  override readonly heading = "Version";

  override pointers(): string[] {
    return [pointerIn(this.form.model, "version")];
  }

  override hasContent(): boolean {
    return this.form.model.versionIsOpen || this.form.problemsAt(pointerIn(this.form.model, "version")).length > 0;
  }

  override summary(): string {
    return "";
  }

  override aside() {
    const { model, locked, readonly } = this.form;
    if (model.versionIsOpen) return nothing;
    return html`
      <span class="badge">${model.version}</span>
      ${
        model.version === "1" && !readonly
          ? html`<button class="small" ?disabled=${locked} @click=${this.#migrate}>Migrate to version 2</button>`
          : nothing
      }
    `;
  }

  override content() {
    const { model } = this.form;
    const pointer = pointerIn(model, "version");
    return html`
      ${model.versionIsOpen ? this.#choice() : html`<p class="hint">The rules decide the version. To change it, ${model.version === "1" ? "migrate the configuration" : "start with an empty one"}.</p>`}
      <oim-rule-problems .list=${this.form.problemsAt(pointer)}></oim-rule-problems>
    `;
  }

  #choice() {
    const { model, locked } = this.form;
    return html`
      <div class="choices" role="radiogroup" aria-labelledby="heading">
        ${VERSIONS.map(([value, label]) =>
          radio({
            name: "version",
            value,
            label,
            on: (model.version ?? "1") === value,
            disabled: locked,
            choose: () =>
              this.form.edit([chooseVersion(model, value)], { focus: `version/${value}`, say: `version ${value}` }),
          }),
        )}
      </div>
    `;
  }

  #migrate = (event: Event): void => {
    event.stopPropagation();
    emit(this, "oim-migrate", null);
  };
}
