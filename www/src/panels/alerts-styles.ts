import { css } from "lit";

/** Of the panel of alerts: what stands around the views. */
export const alertsStyles = css`
  section {
    position: relative;
    /* Where the page gives no height, the list must not grow to all of its items. */
    max-height: max(92vh, 480px);
  }

  @container tabs (min-width: 420px) {
    .head {
      flex-wrap: nowrap;
    }

    .head > * {
      flex: none;
      white-space: nowrap;
    }

    .head .note {
      flex: 0 1 auto;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
    }
  }

  .body {
    display: flex;
    flex: 1;
    min-height: 0;
  }

  .table {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: 0;
  }

  .bar {
    padding: 6px 12px;
  }

  .foreign {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 12px;
    align-items: center;
  }

  .foreign p {
    flex: 1 1 220px;
    margin: 0;
  }

  .foreign button {
    color: var(--oim-text);
  }

  .empty p {
    margin: 0 0 10px;
  }

  .outdated {
    filter: grayscale(1);
  }

  .banner {
    flex: none;
    margin: 8px 8px 0;
    padding: 7px 11px;
    border-radius: 6px;
    color: var(--oim-warning);
    background: var(--oim-warning-soft);
    font-size: 12.5px;
    overflow-wrap: anywhere;
  }

  /* It comes and goes with every half-typed word, so it takes no room. */
  .over {
    position: absolute;
    inset: auto 8px 8px;
  }

  .segments {
    display: inline-flex;
    margin: 0;
    padding: 1px;
    border: 1px solid var(--oim-line-strong);
    border-radius: 7px;
    background: var(--oim-surface);
  }

  .segments label {
    position: relative;
    font-size: var(--oim-small);
    line-height: 18px;
    cursor: pointer;
  }

  .segments input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .segments span {
    display: block;
    padding: 1px 9px;
    border-radius: 5px;
    color: var(--oim-muted);
  }

  .segments label:hover span {
    color: var(--oim-text);
  }

  .segments input:checked + span {
    color: var(--oim-accent);
    background: var(--oim-accent-soft);
  }

  .segments input:focus-visible + span {
    outline: 2px solid var(--oim-accent);
    outline-offset: 1px;
  }

  .menu {
    position: relative;
    width: fit-content;
    font-size: var(--oim-small);
  }

  summary {
    padding: 1px 9px;
    border: 1px solid var(--oim-line-strong);
    border-radius: 6px;
    background: var(--oim-surface);
    line-height: 20px;
    cursor: pointer;
  }

  summary:hover {
    background: var(--oim-hover);
  }

  .choices {
    position: absolute;
    z-index: 4;
    inset: calc(100% + 4px) auto auto 0;
    width: max-content;
    max-width: min(280px, 70vw);
    max-height: 300px;
    padding: 6px;
    border: 1px solid var(--oim-line-strong);
    border-radius: 7px;
    background: var(--oim-surface);
    box-shadow: 0 8px 28px rgb(0 0 0 / 16%);
    overflow: auto;
  }

  .choices label {
    display: flex;
    align-items: center;
    gap: 7px;
    padding: 2px 6px;
    border-radius: 4px;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .choices label:hover {
    background: var(--oim-hover);
  }

  .switch {
    gap: 7px;
    padding: 2px 4px;
    font-size: var(--oim-small);
  }
`;
