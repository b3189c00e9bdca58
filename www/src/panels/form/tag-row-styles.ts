import { css } from "lit";

/** A rule as a row: handle, name, value; below them its sources and default. */
export const rowStyles = css`
  :host {
    display: block;
  }

  .row {
    position: relative;
    padding: 5px 6px 6px;
    border-radius: 6px;
  }

  .row:hover {
    --oim-field: var(--oim-surface);
    --oim-field-line: var(--oim-line-strong);

    background: var(--oim-raised);
  }

  .row.chosen:hover {
    background: color-mix(in srgb, var(--oim-mark) 45%, transparent);
  }

  .row.before::before,
  .row.after::after {
    position: absolute;
    inset: -2px 4px auto;
    height: 3px;
    border-radius: 2px;
    background: var(--oim-accent);
    content: "";
  }

  .row.after::after {
    inset: auto 4px -2px;
  }

  .top {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }

  .handle {
    display: grid;
    flex: none;
    width: 16px;
    height: 24px;
    border-radius: 4px;
    color: var(--oim-muted);
    place-items: center;
  }

  .handle[draggable="true"] {
    cursor: grab;
  }

  .value {
    flex: 1;
    min-width: 40px;
    overflow: hidden;
    font-size: 12.5px;
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: isolate;
  }

  .value.none {
    color: var(--oim-muted);
    font-style: italic;
  }

  .more {
    flex: none;
    width: 26px;
    height: 24px;
    border-radius: 5px;
    color: var(--oim-muted);
    font-size: 15px;
    line-height: 1;
    text-align: center;
  }

  .more:hover:enabled {
    color: var(--oim-text);
    background: var(--oim-hover);
  }

  .below {
    margin-top: 2px;
    padding-inline-start: 30px;
  }

  .check {
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  oim-rule-problems {
    padding-inline-start: 30px;
  }

  @container (max-width: 400px) {
    .handle {
      display: none;
    }

    .below,
    oim-rule-problems {
      padding-inline-start: 8px;
    }
  }
`;
