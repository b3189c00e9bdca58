import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { MigrationNote } from "../engine/types.ts";
import { type DifferenceLine, lineDifferences } from "../json/line-differences.ts";
import { outlook, panel, shared } from "../styles/shared.ts";
import { count, shown, withCode } from "../text/format.ts";
import { ruleName } from "../text/trace.ts";
import { CHANGE_KINDS, changeRow, changeStyles } from "./change-rows.ts";
import { emit, type Migration } from "./contract.ts";

/** Changes of alerts that are listed; the others are counted. */
const ROWS = 40;
/** Lines of the two texts that are shown. */
const LINES = 1_000;
/** Unchanged lines that are shown around a difference. */
const AROUND = 3;
const CHARACTERS = 400;

const SIGNS = { same: " ", removed: "−", added: "+" };

/**
 * A configuration of version 1 as one of version 2: whether both give the same alerts, what does not carry over, and
 * how the texts differ. Nothing is applied before "Use this".
 *
 * @fires oim-migrated - Whether the migrated configuration is taken.
 * @fires oim-select - See the contract of panels.
 */
@customElement("oim-migration")
export class OimMigration extends LitElement {
  static override styles = [
    shared,
    panel,
    outlook,
    changeStyles,
    css`
      h3 {
        margin: 0;
        padding: 8px 12px 4px;
        font-size: 13px;
      }

      .proof {
        margin: 8px;
        border-radius: 6px;
        color: var(--tone);
        background: var(--tone-soft);
      }

      .go {
        align-self: start;
        line-height: 20px;
        color: var(--oim-accent);
        font-size: var(--oim-small);
      }

      .lines {
        margin: 0 8px 10px;
        border: 1px solid var(--oim-line);
        border-radius: 6px;
        font: var(--oim-code-size) / 18px var(--oim-mono);
        overflow: hidden;
      }

      .line {
        display: grid;
        grid-template-columns: 18px minmax(0, 1fr);
        text-decoration: none;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
        unicode-bidi: isolate;
      }

      .sign {
        text-align: center;
        user-select: none;
      }

      del.line {
        color: var(--oim-critical);
        background: var(--oim-critical-soft);
      }

      ins.line {
        color: var(--oim-ok);
        background: var(--oim-ok-soft);
      }

      .left-out {
        padding: 2px 18px;
        color: var(--oim-muted);
        background: var(--oim-raised);
        font: var(--oim-small) / 18px var(--oim-font);
      }

      .small.use {
        border-color: var(--oim-accent);
        color: var(--oim-surface);
        background: var(--oim-accent);
      }

      @media (forced-colors: active) {
        del.line {
          text-decoration: line-through;
        }
      }
    `,
  ];

  @property({ attribute: false }) migration: Migration | null = null;

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>(".scroll")?.focus(options);
  }

  override render() {
    const { migration } = this;
    if (!migration) return nothing;
    const { text } = migration.migrated;
    return html`
      <section aria-label="Migration to version 2">
        <div class="head">
          <h2>Migration to version 2</h2>
          <span class="note">not in use yet</span>
          <span class="fill"></span>
          <button class="small" @click=${() => emit(this, "oim-migrated", false)}>Keep mine</button>
          ${text === null ? nothing : html`<button class="small use" @click=${() => emit(this, "oim-migrated", true)}>Use this</button>`}
        </div>
        <div class="scroll" tabindex="0" role="group" aria-label="What changes">
          ${text === null ? this.#refused(migration) : this.#shown(migration, text)}
        </div>
      </section>
    `;
  }

  #refused({ migrated }: Migration) {
    return html`
      <p class="warn">This configuration cannot be migrated before these errors are fixed:</p>
      <ul role="list" aria-label="Errors">
        ${migrated.diagnostics.map(({ message, help }) => html`<li class="row"><span class="muted">Error</span><span>${withCode(message)}${help ? html` <span class="message">${withCode(help)}</span>` : nothing}</span></li>`)}
      </ul>
    `;
  }

  #shown({ migrated, compared, before, payloads }: Migration, text: string) {
    const { notes, proof } = migrated;
    return html`
      <p class="proof ${proof === null ? "warning" : "ok"}">${proofText(proof, payloads, compared?.changes.length !== 0 && compared !== null)}</p>
      ${compared && compared.changes.length > 0 ? this.#changes(compared, payloads) : nothing}
      ${notes.length > 0 ? this.#notes(notes, payloads) : nothing}
      <h3>The configuration in both versions</h3>
      ${lines(before, text)}
      <p class="muted">BigPanda supports both versions, so you need not migrate. Before you send it, make sure that your organization has version 2.</p>
    `;
  }

  #changes({ changes, counts }: NonNullable<Migration["compared"]>, payloads: number) {
    const ordered = CHANGE_KINDS.flatMap(([kind]) => changes.filter((change) => change.kind === kind));
    const all = Object.values(counts).reduce((sum, amount) => sum + amount, 0);
    return html`
      <h3>Alerts: ${count(all, "change")}</h3>
      <ul role="list" aria-label="Changes of alerts">
        ${ordered.slice(0, ROWS).map((change) => changeRow(change, payloads))}
      </ul>
      ${all > ROWS ? html`<p class="muted">and ${count(all - ROWS, "more change")}</p>` : nothing}
    `;
  }

  #notes(notes: MigrationNote[], payloads: number) {
    return html`
      <h3>${count(notes.length, "note")}</h3>
      <ul role="list" aria-label="Notes">
        ${notes.map(
          ({ pointer, message, alerts }) => html`
            <li class="row">
              <button class="plain go" @click=${() => emit(this, "oim-select", { kind: "rule", pointer })}>${ruleName(pointer)}</button>
              <span>${withCode(message)}${alerts === undefined || payloads === 0 ? nothing : html` <span class="message">${count(alerts, "alert")} of ${openPayloads(payloads)}</span>`}</span>
            </li>
          `,
        )}
      </ul>
    `;
  }
}

/** What is known of the alerts of both configurations. */
function proofText(proof: "structural" | "payloads" | null, payloads: number, differ: boolean): string {
  if (proof === "structural")
    return "Both versions have the same rules, so they give the same alerts for every payload.";
  if (proof === "payloads")
    return `Both versions give the same alerts for ${openPayloads(payloads)}. Other payloads may differ: read the notes.`;
  if (differ) return `The two versions give different alerts for ${openPayloads(payloads)}.`;
  return "It is not known whether both versions give the same alerts. Open payloads to compare them.";
}

function openPayloads(amount: number): string {
  return amount === 1 ? "the open payload" : `the ${count(amount, "open payload")}`;
}

/** How the configurations differ by lines, laid out alike; what is far from any difference is left out. */
function lines(before: string, after: string): TemplateResult | typeof nothing {
  const [old, now] = [configurationOf(before), configurationOf(after)];
  if (old === null || now === null) return nothing;
  const all = lineDifferences(old, now);
  const near = new Set(
    all.flatMap(({ kind }, at) =>
      kind === "same" ? [] : Array.from({ length: 2 * AROUND + 1 }, (_, by) => at - AROUND + by),
    ),
  );
  const rows: TemplateResult[] = [];
  let skipped = 0;
  const flush = () => {
    if (skipped > 0)
      rows.push(
        html`<div class="left-out">${count(skipped, rows.length < LINES ? "unchanged line" : "more line")}</div>`,
      );
    skipped = 0;
  };
  all.forEach((one, at) => {
    if (!near.has(at) || rows.length >= LINES) return void (skipped += 1);
    flush();
    rows.push(row(one));
  });
  flush();
  return html`<div class="lines" role="group" aria-label="Difference">${rows}</div>`;
}

function row({ kind, text }: DifferenceLine): TemplateResult {
  const cells = html`<span class="sign" aria-hidden="true">${SIGNS[kind]}</span><span>${shown(text, CHARACTERS)}</span>`;
  if (kind === "removed") return html`<del class="line">${cells}</del>`;
  return kind === "added" ? html`<ins class="line">${cells}</ins>` : html`<div class="line">${cells}</div>`;
}

/** The configuration of a body as text in a layout of its own: how it is written is no difference. */
function configurationOf(body: string): string | null {
  try {
    const value = JSON.parse(body) as { config?: unknown } | null;
    return JSON.stringify(value?.config ?? value, null, 2);
  } catch {
    return null;
  }
}
