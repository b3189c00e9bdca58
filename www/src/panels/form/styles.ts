import { css } from "lit";
import { chips } from "./chips-styles.ts";
import { row } from "./row-styles.ts";

/** The looks of the form, apart from its markup because there is much of both. */
const form = css`
  :host {
    container-type: inline-size;
  }

  .scroll {
    padding: 4px 0 24px;
  }

  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .part {
    display: block;
    flex: none;
    padding: 10px 12px 12px;
    border: 0;
    border-radius: 0;
    background: none;
    overflow: visible;
  }

  /* Inside tabs the panel's own surface has no border; its parts have. */
  .scroll .part + .part,
  .scroll fieldset + .part {
    border-top: 1px solid var(--oim-line);
  }

  .part > header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 10px;
    margin-bottom: 6px;
  }

  h3 {
    margin: 0;
    font-size: 12.5px;
    font-weight: 650;
  }

  .part > header p,
  .hint {
    margin: 0;
    color: var(--oim-muted);
    font-size: var(--oim-small);
    line-height: 17px;
  }

  .part > .hint {
    margin-top: 6px;
  }

  .hint.error {
    color: var(--oim-critical);
  }

  .hint.warning,
  .hint .warning {
    color: var(--oim-warning);
  }

  .banner {
    margin: 6px 12px;
    padding: 7px 11px;
    border-radius: 6px;
    color: var(--oim-warning);
    background: var(--oim-warning-soft);
    font-size: 12.5px;
  }

  .banner .small {
    margin-inline-start: 6px;
    color: var(--oim-text);
  }

  fieldset:disabled {
    filter: grayscale(1);
  }

  textarea.filter {
    box-sizing: border-box;
    width: 100%;
    resize: vertical;
    overflow-wrap: anywhere;
  }

  .filter-place mark {
    border-radius: 3px;
    color: var(--oim-critical);
    background: var(--oim-mark);
    text-decoration: underline wavy;
  }

  .word {
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  .tail {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 4px;
    margin-inline-start: 2px;
  }

  .tail .check {
    margin-inline-start: 6px;
  }

  .map {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr) max-content;
    gap: 4px 10px;
    margin-top: 8px;
  }

  .labels,
  .line {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    align-items: center;
  }

  .labels {
    color: var(--oim-muted);
    font-size: 11px;
  }

  .line > input {
    justify-self: center;
  }

  input:is([type="radio"], [type="checkbox"]) {
    margin: 0;
    accent-color: var(--oim-accent);
  }

  .status {
    flex: none;
    justify-self: start;
    padding: 0 8px;
    border-radius: 99px;
    color: var(--oim-unknown);
    background: var(--oim-unknown-soft);
    font-size: 11.5px;
    font-weight: 650;
    line-height: 19px;
    white-space: nowrap;
  }

  header .status {
    margin-inline-start: auto;
  }

  .status.ok {
    color: var(--oim-ok);
    background: var(--oim-ok-soft);
  }

  .status.warning {
    color: var(--oim-warning);
    background: var(--oim-warning-soft);
  }

  .status.critical {
    color: var(--oim-critical);
    background: var(--oim-critical-soft);
  }

  .status.acknowledged {
    color: var(--oim-acknowledged);
    background: var(--oim-acknowledged-soft);
  }

  .offer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 6px;
  }

  .offer .small {
    padding: 0 7px;
    color: var(--oim-text);
    font-family: var(--oim-mono);
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 5px 14px;
    font-size: 13px;
  }

  .choices > label:not(.check) {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  .choices + .below {
    margin-top: 7px;
  }

  .check {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: 13px;
    cursor: pointer;
  }

  .row .check {
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  .turn {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 10px;
    margin-inline: -6px;
    padding: 2px 6px;
    border-radius: 5px;
  }

  select {
    padding-block: 2px;
  }

  .problems {
    margin: 4px 0 0;
    padding: 0;
    font-size: 12.5px;
    line-height: 18px;
    list-style: none;
  }

  .row .problems {
    padding-inline-start: 30px;
  }

  .problems li {
    padding-inline-start: 14px;
    background: radial-gradient(circle at 4px 9px, currentcolor 3px, transparent 3.6px);
  }

  .problems .error {
    color: var(--oim-critical);
  }

  .problems .warning {
    color: var(--oim-warning);
  }

  .problems .info {
    color: var(--oim-muted);
  }

  .link {
    padding: 0 2px;
    border: 0;
    border-radius: 3px;
    color: var(--oim-accent);
    background: none;
    font-size: 12.5px;
    text-align: start;
    cursor: pointer;
  }

  .link:hover {
    text-decoration: underline;
  }

  .link.quiet {
    color: var(--oim-muted);
  }

  @container (max-width: 400px) {
    .part {
      padding-inline: 10px;
    }

    .row .handle {
      display: none;
    }

    .row .below,
    .row .problems {
      padding-inline-start: 8px;
    }

    .below .chips {
      flex-basis: 160px;
    }
  }
`;

/** All of them. What is special to narrow places stands last. */
export const formStyles = [row, chips, form];
