import { css } from "lit";
import { tones } from "../../styles/shared.ts";

/** What the parts of the form have in common. */
export const controls = css`
  ${tones}

  .chosen {
    background: color-mix(in srgb, var(--oim-mark) 45%, transparent);
    box-shadow: inset 2px 0 0 var(--oim-mark-line);
  }

  .hint {
    margin: 0;
    color: var(--oim-muted);
    font-size: var(--oim-small);
    line-height: 17px;
  }

  .content > .hint:not(:first-child) {
    margin-top: 6px;
  }

  .hint.error {
    color: var(--oim-critical);
  }

  .hint.warning,
  .hint .warning {
    color: var(--oim-warning);
  }

  .word {
    color: var(--oim-muted);
    font-size: var(--oim-small);
    white-space: nowrap;
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

  .below {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-width: 0;
  }

  .default {
    display: inline-flex;
    align-items: center;
    gap: 6px;
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

  input:is([type="radio"], [type="checkbox"]) {
    margin: 0;
    accent-color: var(--oim-accent);
  }

  select {
    padding-block: 2px;
  }

  .status {
    flex: none;
    justify-self: start;
    padding: 0 8px;
    border-radius: 99px;
    color: var(--tone);
    background: var(--tone-soft);
    font-size: 11.5px;
    font-weight: 650;
    line-height: 19px;
    white-space: nowrap;
  }

  header .status {
    margin-inline-start: auto;
  }
`;
