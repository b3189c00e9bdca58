import { css } from "lit";

/** A rule as a row: handle, name, live value, sources. */
export const row = css`
  .rows {
    margin-inline: -6px;
  }

  .row {
    position: relative;
    padding: 5px 6px 6px;
    border-radius: 6px;
  }

  .row + .row {
    border-top: 1px solid var(--oim-line);
    border-top-left-radius: 0;
    border-top-right-radius: 0;
  }

  .row:hover {
    background: var(--oim-raised);
  }

  .row.chosen,
  .part.chosen,
  .turn.chosen {
    background: color-mix(in srgb, var(--oim-mark) 45%, transparent);
    box-shadow: inset 2px 0 0 var(--oim-mark-line);
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

  .text {
    min-width: 0;
    padding: 2px 7px;
    border: 1px solid var(--oim-line-strong);
    border-radius: 5px;
    color: var(--oim-text);
    background: var(--oim-surface);
    font: 12px / 18px var(--oim-mono);
  }

  .text::placeholder {
    color: var(--oim-muted);
    opacity: 1;
  }

  .name {
    flex: 0 1 auto;
    border-color: transparent;
    background: transparent;
    color: var(--oim-json-key);
    font-size: 12.5px;
    font-weight: 600;
  }

  .name::placeholder {
    font-style: italic;
    font-weight: 400;
  }

  .row:hover .name:enabled,
  .name:focus {
    border-color: var(--oim-line-strong);
    background: var(--oim-surface);
  }

  .path {
    max-width: 100%;
  }

  .default {
    border-color: transparent;
    background: transparent;
  }

  .default::placeholder {
    font-family: var(--oim-font);
    font-style: italic;
  }

  .row:hover .default:enabled,
  .default:focus {
    border-color: var(--oim-line-strong);
    background: var(--oim-surface);
  }

  .badge {
    flex: none;
    padding: 0 6px;
    border-radius: 4px;
    color: var(--oim-accent);
    background: var(--oim-accent-soft);
    font-size: 10.5px;
    font-weight: 600;
    line-height: 17px;
  }

  .live {
    flex: 1;
    min-width: 40px;
    overflow: hidden;
    font-size: 12.5px;
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: isolate;
  }

  .live.none,
  .live i {
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
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 3px 6px;
    margin-top: 2px;
  }

  .below > .word {
    align-self: flex-start;
    line-height: 22px;
  }

  .row .below {
    padding-inline-start: 30px;
  }
`;
