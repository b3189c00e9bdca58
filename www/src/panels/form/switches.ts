import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { remove, set } from "../../json/edit.ts";
import { withCode } from "../../text/format.ts";
import { emit } from "../contract.ts";
import { setOr } from "./changes.ts";
import { isSelected, pointerIn } from "./context.ts";
import "./rule-problems.ts";
import { FormSection } from "./section.ts";

interface Switch {
  key: string;
  label: string;
  note: string;
  on: boolean;
  turn: (on: boolean) => void;
  /** Where it stands in the body, unless it is of the preview alone. */
  pointer?: string;
}

/** Switches of the configuration and of the preview. */
@customElement("oim-form-switches")
export class OimFormSwitches extends FormSection {
  static override styles = [
    ...FormSection.styles,
    css`
      .switch {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 10px;
        margin-inline: -6px;
        padding: 2px 6px;
        border-radius: 5px;
      }
    `,
  ];

  override readonly heading = "Further";

  override readonly marksParts = true;

  override pointers(): string[] {
    return this.#switches().flatMap(({ pointer }) => pointer ?? []);
  }

  override hasContent(): boolean {
    return this.#switches().some(({ on, pointer }) => on || (pointer && this.form.problemsAt(pointer).length > 0));
  }

  override summary(): string {
    const on = this.#switches().filter((one) => one.on);
    return on.map(({ label }) => label.toLowerCase()).join(", ") || "none of them is on";
  }

  override content() {
    return html`${this.#switches().map((one) => this.#switch(one))}`;
  }

  #switches(): Switch[] {
    const { form } = this;
    const { base, bpTimestamp, forceLowercase, mapRemaining, properties } = form.model;
    const pointer = (name: string) => pointerIn(form.model, name);
    const switches: Switch[] = [
      {
        key: "bp",
        label: "A readable time",
        note: "adds the tag `bp_timestamp`",
        on: bpTimestamp,
        turn: (on) =>
          form.edit([on ? set([...base, "bp_timestamp", "is_selected"], true) : remove([...base, "bp_timestamp"])]),
        pointer: pointer("bp_timestamp"),
      },
      {
        key: "lower",
        label: "Names in lower case",
        note: "for tag names that come from keys of the payload",
        on: forceLowercase,
        turn: (on) => form.edit([setOr([...base, "force_lowercase"], on)]),
        pointer: pointer("force_lowercase"),
      },
    ];
    if (properties)
      switches.push({
        key: "remaining",
        label: "Make additional tags",
        note: "`map_remaining`: fields that no rule uses become tags",
        on: mapRemaining,
        turn: (on) => form.edit([setOr([...base, "map_remaining"], on)]),
        pointer: pointer("map_remaining"),
      });
    if (!properties || !mapRemaining)
      switches.push({
        key: "additional",
        label: "Additional tags",
        note: "in the preview only: fields that no rule uses become tags",
        on: form.additional === "map",
        turn: (on) => emit(this, "oim-additional", on ? "map" : "ignore"),
      });
    return switches;
  }

  #switch({ key, label, note, on, turn, pointer }: Switch) {
    const { form } = this;
    return html`
      <div class="switch ${pointer && isSelected(form, pointer) ? "chosen" : ""}" data-rule=${pointer ?? nothing}>
        <label class="check">
          <input type="checkbox" data-focus="switch/${key}" .checked=${live(on)} ?disabled=${form.locked} @change=${(event: Event) => turn((event.target as HTMLInputElement).checked)} />
          ${label}
        </label>
        <span class="hint">${withCode(note)}</span>
        ${pointer ? html`<oim-rule-problems .list=${form.problemsAt(pointer)}></oim-rule-problems>` : nothing}
      </div>
    `;
  }
}
