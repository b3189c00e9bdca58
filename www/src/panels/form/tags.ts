import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import "../../controls/combobox.ts";
import { newTag, proposeName, tagNames } from "./changes.ts";
import { pointerIn } from "./context.ts";
import type { TagRule } from "./model.ts";
import { FormSection } from "./section.ts";
import "./tag-row.ts";

/** The tags: in version 1 the primary, the secondary, then the others in their order; in version 2 all in their order. */
@customElement("oim-form-tags")
export class OimFormTags extends FormSection {
  static override styles = [
    ...FormSection.styles,
    css`
      .rows {
        margin-inline: -6px;
      }

      oim-tag-row + oim-tag-row {
        border-top: 1px solid var(--oim-line);
      }

      .new {
        margin-top: 6px;
      }

      .new oim-pick {
        width: min(260px, 100%);
      }
    `,
  ];

  override readonly heading = "Tags";
  override readonly hint = "The first source that has a value is used.";
  override readonly marksParts = true;

  override pointers(): string[] {
    const { model } = this.form;
    const names = model.properties
      ? ["additional_attributes"]
      : ["primary_property", "secondary_property", "additional_attributes"];
    return names.map((name) => pointerIn(model, name));
  }

  override hasContent(): boolean {
    return true;
  }

  override summary(): string {
    return tagNames(this.form.model).join(", ") || "none";
  }

  override content() {
    const { body, model, sources, locked } = this.form;
    const { tags, properties } = model;
    const count = tags.filter(({ role }) => role === "additional").length;
    const hasPrimary = properties ? properties.primary.items.length > 0 : tags.some(({ role }) => role === "primary");
    return html`
      ${hasPrimary ? nothing : html`<p class="hint ${body.trim() === "" ? "" : "error"}">No primary property yet. BigPanda cannot receive alerts without one.</p>`}
      <div class="rows">
        ${tags.map((tag) => html`<oim-tag-row .tag=${tag} .count=${count}></oim-tag-row>`)}
      </div>
      <div class="new">
        <oim-pick
          data-focus="new-tag"
          .label=${hasPrimary ? "Add a tag from a field" : "Choose the field of the primary property"}
          .placeholder=${hasPrimary ? "+ tag from a field" : "+ primary property from a field"}
          .options=${sources}
          .free=${true}
          .disabled=${locked}
          @oim-picked=${({ detail }: CustomEvent<string>) => this.#add(detail, hasPrimary ? "additional" : "primary")}
        ></oim-pick>
      </div>
    `;
  }

  #add(path: string, role: TagRule["role"]): void {
    const { body, model } = this.form;
    const name = proposeName(path, tagNames(model));
    this.form.edit(newTag(body, model, name, path, role), {
      focus: "new-tag",
      say: `Tag ${name} from ${path} added`,
    });
  }
}
