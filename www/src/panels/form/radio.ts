import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

interface Choice {
  /** Names the group and, with `value`, the choice for focus. */
  name: string;
  value: string;
  label: string;
  on: boolean;
  disabled: boolean;
  choose: () => void;
}

/** One of several choices. */
export function radio({ name, value, label, on, disabled, choose }: Choice): TemplateResult {
  return html`
    <label class="check">
      <input type="radio" name=${name} data-focus="${name}/${value}" .checked=${live(on)} ?disabled=${disabled} @change=${choose} />
      ${label}
    </label>
  `;
}
