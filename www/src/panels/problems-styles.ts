import { css } from "lit";
import { severities } from "../styles/shared.ts";

/** The list of problems. */
export const list = css`
  :host {
    container-type: inline-size;
  }

  /* What is below stays where it is when the sentence turns out to be right. */
  .unknown {
    visibility: hidden;
  }

  /* Without a list it is one line. */
  .head:has(+ [hidden]) {
    border-bottom: 0;
  }

  .filters {
    display: inline-flex;
    gap: 4px;
  }

  .filters button {
    padding: 1px 8px;
    border: 1px solid transparent;
    border-radius: 99px;
    background: none;
    font-size: var(--oim-small);
    line-height: 18px;
    cursor: pointer;
  }

  .filters button:hover {
    background: var(--oim-hover);
  }

  .filters button[aria-pressed="true"] {
    border-color: var(--oim-line-strong);
    background: var(--oim-surface);
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li + li {
    border-top: 1px solid var(--oim-line);
  }

  .go {
    display: grid;
    grid-template-columns: 76px minmax(0, 1fr) auto;
    gap: 1px 10px;
    width: 100%;
    min-width: 0;
    padding: 7px 12px;
    font-size: 13px;
    line-height: 1.4;
  }

  .go:hover {
    background: var(--oim-hover);
  }

  .go:focus-visible {
    outline-offset: -2px;
  }

  .severity {
    font-size: var(--oim-small);
    font-weight: 650;
    line-height: 18px;
    white-space: nowrap;
  }

  .severity::before {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: currentcolor;
    content: "";
  }

  ${severities}

  .warning::before {
    border-radius: 1px;
    transform: rotate(45deg);
  }

  .info::before {
    border-radius: 1px;
  }

  @media (forced-colors: active) {
    .severity::before {
      background: CanvasText;
    }
  }

  .place,
  .help {
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  .place {
    text-align: end;
  }

  .help {
    grid-column: 2 / -1;
  }

  .message {
    overflow-wrap: anywhere;
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 10px;
    padding: 0 12px 7px 98px;
    font-size: var(--oim-small);
  }

  .fix {
    overflow-wrap: anywhere;
    text-align: start;
  }

  .code:first-child {
    margin-inline-start: -5px;
  }

  .code {
    padding: 1px 5px;
    border-radius: 4px;
    color: var(--oim-muted);
    font-family: var(--oim-mono);
    font-size: 11.5px;
  }

  .code:hover,
  .code[aria-expanded="true"] {
    color: var(--oim-accent);
    background: var(--oim-accent-soft);
  }

  .meaning {
    margin: 0 12px 10px 98px;
    padding: 8px 12px;
    border-radius: 6px;
    background: var(--oim-raised);
    font-size: 12.5px;
    line-height: 1.5;
  }

  .meaning h3 {
    margin: 0 0 3px;
    font-size: 12.5px;
  }

  .meaning p {
    max-width: 76ch;
    margin: 0 0 5px;
    overflow-wrap: anywhere;
  }

  .meaning p:last-child {
    margin: 0;
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  .badge {
    margin-inline-end: 4px;
    padding: 0 6px;
    border-radius: 4px;
    color: var(--oim-accent);
    background: var(--oim-accent-soft);
    font-size: 11px;
    font-weight: 600;
    line-height: 17px;
  }

  .more {
    margin: 8px 12px;
  }

  @container (max-width: 460px) {
    .go {
      grid-template-columns: minmax(0, 1fr) auto;
    }

    .message,
    .help {
      grid-row: auto;
      grid-column: 1 / -1;
    }

    .place {
      grid-row: 1;
      grid-column: 2;
    }

    .tools {
      padding-inline-start: 12px;
    }

    .meaning {
      margin-inline-start: 12px;
    }
  }
`;
