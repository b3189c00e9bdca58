import { css } from "lit";

/** Sources and values as chips, and the field that adds one. */
export const chipStyles = css`
  :host {
    display: flex;
    min-width: 0;
    gap: 6px;
  }

  .lead {
    flex: none;
    color: var(--oim-muted);
    font-size: var(--oim-small);
    line-height: 22px;
  }

  ul {
    display: flex;
    flex: 1 1 auto;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border-radius: 5px;
    list-style: none;
  }

  ul.landing {
    box-shadow: 0 0 0 2px var(--oim-accent);
  }

  .chip {
    position: relative;
    display: inline-flex;
    align-items: center;
    max-width: 100%;
    border: 1px solid var(--oim-line);
    border-radius: 5px;
    background: var(--oim-raised);
    font: 12px / 18px var(--oim-mono);
  }

  .ordered .chip + .chip {
    margin-inline-start: 11px;
  }

  .ordered .chip + .chip::before {
    position: absolute;
    inset-inline-start: -11px;
    color: var(--oim-muted);
    content: "›";
  }

  .chip.is-used {
    border-color: color-mix(in srgb, var(--oim-ok) 45%, var(--oim-line));
    background: var(--oim-ok-soft);
  }

  .chip:is(.is-missing, .is-empty, .is-unmatched, .is-unreadable) .what {
    color: var(--oim-muted);
  }

  .chip.odd {
    border-color: var(--oim-critical);
    border-style: dashed;
  }

  .chip.doubtful {
    border-color: var(--oim-warning);
    border-style: dashed;
  }

  .doubt {
    padding-inline: 2px 4px;
    color: var(--oim-warning);
    font: 11px / 16px var(--oim-font);
  }

  @media (forced-colors: active) {
    .chip.is-used {
      border: 2px solid Highlight;
    }

    .chip:is(.is-missing, .is-empty, .is-unmatched, .is-unreadable) .what {
      color: GrayText;
    }
  }

  .chip.chosen {
    border-color: var(--oim-mark-line);
    background: var(--oim-mark);
  }

  .chip.before {
    box-shadow: -3px 0 0 var(--oim-accent);
  }

  .chip.after {
    box-shadow: 3px 0 0 var(--oim-accent);
  }

  .what {
    min-width: 0;
    padding: 1px 2px 1px 7px;
    border-radius: 4px;
    font: inherit;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    unicode-bidi: isolate;
  }

  .what[draggable="true"] {
    cursor: grab;
  }

  .x {
    align-self: stretch;
    width: 19px;
    border-radius: 4px;
    color: var(--oim-muted);
    text-align: center;
  }

  .x:hover:enabled {
    color: var(--oim-critical);
    background: var(--oim-critical-soft);
  }

  .adder oim-pick {
    width: 66px;
    transition: width 120ms;
  }

  .adder oim-pick:focus-within {
    width: 170px;
  }
`;
