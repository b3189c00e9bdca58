import { css } from "lit";

/** The looks of the panel of alerts: its head, its views' frame. */
export const alertsStyles = css`
  section {
    /* Where the page gives no height, the list must not grow to all of its items. */
    max-height: max(92vh, 480px);
  }

  .body {
    display: flex;
    flex: 1;
    min-height: 0;
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
    font-weight: 600;
  }

  .segments input:focus-visible + span {
    outline: 2px solid var(--oim-accent);
    outline-offset: 1px;
  }

  .menu {
    position: relative;
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
    display: inline-flex;
    align-items: center;
    gap: 7px;
    padding: 2px 4px;
    font-size: var(--oim-small);
    cursor: pointer;
  }

  .switch input {
    position: relative;
    width: 28px;
    height: 16px;
    margin: 0;
    border: 1px solid var(--oim-muted);
    border-radius: 99px;
    appearance: none;
    cursor: pointer;
  }

  .switch input::before {
    position: absolute;
    inset: 2px auto 2px 2px;
    width: 10px;
    border-radius: 50%;
    background: var(--oim-muted);
    content: "";
    transition: transform 120ms;
  }

  .switch input:checked {
    border-color: var(--oim-accent);
    background: var(--oim-accent);
  }

  .switch input:checked::before {
    background: var(--oim-surface);
    transform: translateX(12px);
  }
`;
