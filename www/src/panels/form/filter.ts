import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import type { Diagnostic } from "../../engine/types.ts";
import { remove, set } from "../../json/edit.ts";
import { rangeAt } from "../../json/pointer.ts";
import { line } from "../../text/format.ts";
import "./rule-problems.ts";
import { FormSection } from "./section.ts";
import "./text-field.ts";

/** The lines that the field grows to. */
const LINES = 6;
/** Characters around a mistake that are shown. */
const CONTEXT = 40;

/** Which events are dropped, in version 2. */
@customElement("oim-form-filter")
export class OimFormFilter extends FormSection {
  static override styles = [
    ...FormSection.styles,
    css`
      oim-text-field {
        display: flex;
      }

      mark {
        border-radius: 3px;
        color: var(--oim-critical);
        background: var(--oim-mark);
        text-decoration: underline wavy;
      }
    `,
  ];

  override readonly heading = "Filter";
  override readonly hint = "Alerts that match it are dropped.";

  override pointers(): string[] {
    return [this.form.model.filter.pointer];
  }

  override hasContent(): boolean {
    return this.form.model.filter.text !== "";
  }

  override summary(): string {
    return line(this.form.model.filter.text, 60) || "none";
  }

  override content() {
    const { path, pointer, text } = this.form.model.filter;
    const found = this.form.problemsAt(pointer);
    return html`
      <oim-text-field
        data-focus="filter"
        label="Filter, in BPQL"
        .lines=${LINES}
        .invalid=${found.some(({ severity }) => severity === "error")}
        placeholder=${`@alert.severity = "info" AND env IN [test, lab]`}
        .value=${text}
        .disabled=${this.form.locked}
        @oim-text=${({ detail }: CustomEvent<string>) => this.form.edit([detail.trim() === "" ? remove(path) : set(path, detail)])}
      ></oim-text-field>
      ${found.map((one) => marked(this.form.body, pointer, text, one))}
      <oim-rule-problems .list=${found}></oim-rule-problems>
    `;
  }
}

/** The part of the filter that a problem is about, marked in the filter. */
function marked(body: string, pointer: string, text: string, { range }: Diagnostic): TemplateResult | typeof nothing {
  const place = rangeAt(body, pointer);
  if (!place || !range || range.start <= place.start || range.end >= place.end) return nothing;
  // Places are those of the JSON text, where a character may take several.
  const lengthTo = (end: number): number => {
    try {
      return (JSON.parse(`"${body.slice(place.start + 1, end)}"`) as string).length;
    } catch {
      return -1;
    }
  };
  const [start, end] = [lengthTo(range.start), lengthTo(range.end)];
  if (start < 0 || end < start) return nothing;
  const before = `${start > CONTEXT ? "…" : ""}${text.slice(Math.max(0, start - CONTEXT), start)}`;
  const after = `${text.slice(end, end + CONTEXT)}${text.length > end + CONTEXT ? "…" : ""}`;
  const part = end > start ? text.slice(start, end) : "⌃";
  return html`<p class="hint"><code>${line(before, 2 * CONTEXT)}<mark>${line(part, 2 * CONTEXT)}</mark>${line(after, 2 * CONTEXT)}</code></p>`;
}
