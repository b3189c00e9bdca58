import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { addItem } from "./changes.ts";
import "./chip-list.ts";
import { isSelected, pointerIn } from "./context.ts";
import type { List } from "./model.ts";
import "./rule-problems.ts";
import { FormSection } from "./section.ts";
import { tagOptions } from "./tag-options.ts";

const LABELS = { primary: "Primary", secondary: "Secondary" };

/** The tags that can be the primary and the secondary property, in version 2. */
@customElement("oim-form-properties")
export class OimFormProperties extends FormSection {
  static override styles = [
    ...FormSection.styles,
    css`
      [role="group"] {
        padding: 2px 0;
        border-radius: 5px;
      }
    `,
  ];

  override readonly heading = "Properties";
  override readonly hint = "The first tag of a list that an alert has is its property.";

  override readonly marksParts = true;

  override pointers(): string[] {
    return ["primary_property", "secondary_property"].map((name) => pointerIn(this.form.model, name));
  }

  override hasContent(): boolean {
    return true;
  }

  override summary(): string {
    const names = Object.values(this.form.model.properties ?? {}).map(({ items }) =>
      items.map(({ text }) => text).join(", "),
    );
    return names.map((list) => list || "none").join(" · ");
  }

  override content() {
    const { properties } = this.form.model;
    if (!properties) return html``;
    return html`${this.#property("primary", properties.primary)} ${this.#property("secondary", properties.secondary)}`;
  }

  #property(role: "primary" | "secondary", list: List) {
    const { form } = this;
    const pointer = pointerIn(form.model, `${role}_property`);
    const key = `property/${role}`;
    return html`
      <div class=${isSelected(form, pointer) ? "chosen" : nothing} role="group" aria-label="${LABELS[role]} property" data-rule=${pointer}>
        <div class="below">
          <span class="badge">${LABELS[role]}</span>
          <oim-chip-list
            .list=${list}
            .key=${key}
            label="tags that can be ${role}"
            noun="tag"
            placeholder="+ tag"
            .options=${tagOptions(form, list)}
            .add=${(text: string) => form.edit([addItem(list, text)], { focus: `${key}/+`, say: `${text} can be ${role}` })}
          ></oim-chip-list>
        </div>
        <oim-rule-problems .list=${form.problemsAt(pointer)}></oim-rule-problems>
      </div>
    `;
  }
}
