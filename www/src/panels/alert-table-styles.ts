import { css } from "lit";

/** The looks of the table of alerts. */
export const tableStyles = css`
  :host {
    display: flex;
    flex: 1;
    min-width: 0;
    min-height: 0;
  }

  .scroll {
    flex: 1;
    min-width: 0;
    overflow: auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
  }

  table {
    width: max-content;
    min-width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    table-layout: fixed;
    font-size: 12.5px;
  }

  col.status {
    width: 118px;
  }

  col.primary,
  col.secondary {
    width: 190px;
  }

  col.time,
  col.tag {
    width: 152px;
  }

  th,
  td {
    height: 30px;
    padding: 0 10px;
    overflow: hidden;
    border-bottom: 1px solid var(--oim-line);
    line-height: 20px;
    text-align: start;
    text-overflow: ellipsis;
    unicode-bidi: isolate;
    white-space: nowrap;
  }

  th {
    position: sticky;
    z-index: 1;
    top: 0;
    color: var(--oim-muted);
    background: var(--oim-raised);
    font-size: var(--oim-small);
    font-weight: 600;
  }

  td {
    /* Not below the heading. */
    scroll-margin-top: 31px;
    cursor: pointer;
  }

  tr:not(.gap):hover td {
    background: var(--oim-hover);
  }

  tr td:focus-visible {
    outline-offset: -2px;
  }

  tr td[aria-selected="true"] {
    background: var(--oim-mark);
    box-shadow: inset 0 0 0 1px var(--oim-mark-line);
  }

  td:nth-child(2) {
    font-weight: 600;
  }

  td:nth-child(4) {
    font-variant-numeric: tabular-nums;
  }

  .gap td {
    padding: 0;
    border: 0;
  }

  .rejected td {
    color: var(--oim-muted);
    font-style: italic;
    font-weight: 400;
  }

  .status {
    color: var(--oim-unknown);
    font-weight: 650;
  }

  .status:not(:empty)::before {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: currentcolor;
    content: "";
  }

  .critical .status {
    color: var(--oim-critical);
  }

  .warning .status {
    color: var(--oim-warning);
  }

  .ok .status {
    color: var(--oim-ok);
  }

  .acknowledged .status {
    color: var(--oim-acknowledged);
  }
`;
