/** What differs in the alerts of two configurations, row by row. */
import { css, html, nothing, type TemplateResult } from "lit";
import type { Change } from "../engine/types.ts";
import { line, withCode } from "../text/format.ts";

const CHARACTERS = 160;

/** In the order in which they matter. */
export const CHANGE_KINDS: [Change["kind"], string][] = [
  ["identity", "Identity"],
  ["rejected", "No longer an alert"],
  ["accepted", "New alert"],
  ["status", "Status"],
  ["primary", "Primary property"],
  ["secondary", "Secondary property"],
  ["timestamp", "Time"],
  ["tag", "Tags"],
];

export const changeStyles = css`
  .row {
    display: grid;
    grid-template-columns: 116px minmax(0, 1fr);
    gap: 2px 12px;
    padding: 4px 12px;
    font-size: 13px;
  }

  .row .muted {
    font-size: var(--oim-small);
    line-height: 20px;
  }

  .row .message {
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  li.warning {
    background: var(--oim-warning-soft);
  }

  del.value {
    color: var(--oim-critical);
    text-decoration-color: color-mix(in srgb, currentColor 45%, transparent);
  }

  ins.value {
    color: var(--oim-ok);
    text-decoration: none;
  }
`;

/** One change; with several payloads it says in which it is. */
export function changeRow(change: Change, payloads: number): TemplateResult {
  const { payload, index, tag, severity, before, after, message } = change;
  return html`
    <li class="row ${severity === "warning" ? "warning" : ""}">
      <span class="muted">${payloads > 1 ? `Payload ${payload + 1}, ` : ""}${index === null ? "whole" : `alert ${index + 1}`}</span>
      <span>
        ${tag !== undefined ? html`<code>${tag}</code> ` : nothing}${changedValues(text(before), text(after), "")}
        <span class="message">${withCode(message)}</span>
      </span>
    </li>
  `;
}

/** A value before and after. `gone` stands in the place of a value that is not there any more, unless a message says so. */
export function changedValues(before: string | null, after: string | null, gone = "removed"): TemplateResult {
  return html`${before === null ? nothing : html`<del class="value">${line(before, CHARACTERS)}</del> `}${
    after === null
      ? html`<span class="muted">${gone}</span>`
      : html`<ins class="value">${line(after, CHARACTERS)}</ins>`
  }`;
}

function text(value: Change["before"]): string | null {
  if (value === null) return null;
  return Array.isArray(value) ? value.flat().join(" · ") : value;
}
