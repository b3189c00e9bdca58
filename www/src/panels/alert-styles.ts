import { css } from "lit";

/** The looks of an alert card, apart from its markup because there is much of both. */
export const alertStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    --tone: var(--oim-unknown);
    --tone-soft: var(--oim-unknown-soft);
  }

  :host([status="critical"]) {
    --tone: var(--oim-critical);
    --tone-soft: var(--oim-critical-soft);
  }

  :host([status="warning"]) {
    --tone: var(--oim-warning);
    --tone-soft: var(--oim-warning-soft);
  }

  :host([status="ok"]) {
    --tone: var(--oim-ok);
    --tone-soft: var(--oim-ok-soft);
  }

  :host([status="acknowledged"]) {
    --tone: var(--oim-acknowledged);
    --tone-soft: var(--oim-acknowledged-soft);
  }

  article {
    border: 1px solid var(--oim-line);
    border-inline-start: 3px solid var(--tone);
    border-radius: 7px;
    background: var(--oim-surface);
    overflow: hidden;
  }

  h3 {
    margin: 0;
    font: inherit;
  }

  .open {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 10px;
    width: 100%;
    padding: 8px 10px;
  }

  .open:hover {
    background: var(--oim-hover);
  }

  .open:focus-visible {
    outline-offset: -2px;
  }

  .status {
    padding: 1px 8px;
    border-radius: 99px;
    color: var(--tone);
    background: var(--tone-soft);
    font-size: 11.5px;
    font-weight: 700;
    line-height: 18px;
    white-space: nowrap;
  }

  .status::before {
    display: inline-block;
    width: 7px;
    height: 7px;
    margin-inline-end: 5px;
    border-radius: 50%;
    background: currentcolor;
    content: "";
  }

  @media (forced-colors: active) {
    .status::before {
      background: CanvasText;
    }
  }

  .who {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: isolate;
  }

  .who b {
    font-weight: 650;
  }

  .who span {
    color: var(--oim-muted);
  }

  .chevron {
    width: 7px;
    height: 7px;
    margin-inline: 4px;
    border: solid var(--oim-muted);
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(-45deg);
    transition: transform 120ms;
  }

  [aria-expanded="true"] > .chevron {
    transform: rotate(45deg) translate(-2px, -2px);
  }

  table {
    width: 100%;
    border-top: 1px solid var(--oim-line);
    border-collapse: collapse;
    table-layout: fixed;
    font-size: 13px;
    line-height: 19px;
  }

  .name {
    width: 29%;
  }

  .why {
    width: 56px;
  }

  th,
  td {
    padding: 3px 10px;
    font-weight: 400;
    text-align: start;
    vertical-align: top;
  }

  tbody + tbody tr:first-child > * {
    border-top: 1px solid var(--oim-line);
  }

  tr.row:hover > * {
    background: var(--oim-raised);
  }

  .answerable {
    cursor: pointer;
  }

  th {
    color: var(--oim-muted);
    overflow-wrap: anywhere;
  }

  th .mono {
    color: var(--oim-text);
  }

  .label {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 6px;
  }

  time + .badge {
    margin-inline-start: 4px;
  }

  td.why {
    padding-inline: 0 6px;
    text-align: end;
  }

  .badge {
    display: inline-block;
    padding: 0 5px;
    border-radius: 4px;
    color: var(--oim-accent);
    background: var(--oim-accent-soft);
    font-family: var(--oim-font);
    font-size: 10.5px;
    font-weight: 600;
    line-height: 15px;
    white-space: nowrap;
  }

  .value {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    unicode-bidi: isolate;
  }

  /* Value and source share a line where both fit. */
  .pair {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    column-gap: 14px;
  }

  .from,
  .second {
    color: var(--oim-muted);
    font-size: var(--oim-small);
    overflow-wrap: anywhere;
  }

  .second {
    display: block;
    line-height: 16px;
  }

  .from {
    font-family: var(--oim-mono);
    font-size: 11.5px;
  }

  .none {
    color: var(--oim-muted);
    font-style: italic;
  }

  .item {
    display: inline-block;
    margin: 0 4px 2px 0;
    padding: 0 6px;
    border: 1px solid var(--oim-line);
    border-radius: 4px;
    background: var(--oim-raised);
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }

  .ask {
    padding: 0 5px;
    border-radius: 4px;
    color: var(--oim-accent);
    font-size: var(--oim-small);
    line-height: 19px;
    white-space: nowrap;
  }

  .ask:hover,
  .ask[aria-expanded="true"] {
    background: var(--oim-accent-soft);
  }

  .answer > td {
    padding: 2px 8px 8px;
    background: var(--oim-raised);
  }

  .more {
    margin: 6px 10px 8px;
  }

  @container (max-width: 440px) {
    .name {
      width: 33%;
    }

    th,
    td {
      padding-inline: 10px 2px;
    }

    th .mono {
      font-size: 12px;
    }
  }
`;
