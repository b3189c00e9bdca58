import { css } from "lit";

export const proposalStyles = css`
  :host {
    container-type: inline-size;
  }

  h3 {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 8px;
  }

  .badge {
    padding: 0 6px;
    border-radius: 4px;
    color: var(--oim-accent);
    background: var(--oim-accent-soft);
    font-size: 11px;
    line-height: 17px;
  }

  .alert {
    margin: 4px 12px;
    border: 1px dashed var(--oim-line-strong);
    border-radius: 7px;
    font-size: 13px;
  }

  .alert summary {
    padding: 5px 10px;
    overflow-wrap: anywhere;
  }

  .alert .who {
    margin-inline-start: 6px;
    font-weight: 600;
  }

  dl {
    display: grid;
    grid-template-columns: minmax(80px, auto) minmax(0, 1fr);
    gap: 2px 12px;
    margin: 0;
    padding: 2px 12px 8px 26px;
    font-size: 12.5px;
    line-height: 18px;
  }

  dt {
    color: var(--oim-muted);
    overflow-wrap: anywhere;
  }

  dd {
    margin: 0;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }

  summary {
    cursor: pointer;
  }

  summary:focus-visible {
    outline-offset: -2px;
  }

  .certain > summary {
    padding: 8px 12px;
    border-top: 1px solid var(--oim-line);
    font-size: 12.5px;
    font-weight: 650;
  }

  .reason {
    padding: 6px 12px;
    font-size: 13px;
    line-height: 19px;
  }

  .reason + .reason {
    border-top: 1px solid var(--oim-line);
  }

  .what {
    font-weight: 650;
  }

  .choice {
    font: 12.5px / 19px var(--oim-mono);
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }

  button.choice {
    color: var(--oim-accent);
  }

  button.choice:hover {
    text-decoration: underline;
  }

  .sure {
    margin-inline-start: 6px;
    padding: 0 6px;
    border-radius: 4px;
    font-size: 10.5px;
    font-weight: 600;
    line-height: 16px;
  }

  .sure.medium {
    color: var(--oim-warning);
    background: var(--oim-warning-soft);
  }

  .sure.low {
    color: var(--oim-critical);
    background: var(--oim-critical-soft);
  }

  .reason p {
    padding: 0;
    color: var(--oim-muted);
    font-size: 12.5px;
    line-height: 18px;
    overflow-wrap: anywhere;
  }

  .other {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 3px 5px;
    margin-top: 3px;
  }

  .other .small {
    padding: 0 7px;
    color: var(--oim-text);
    font: 12px / 18px var(--oim-mono);
    overflow-wrap: anywhere;
  }

  .small.use {
    border-color: var(--oim-accent);
    color: var(--oim-surface);
    background: var(--oim-accent);
  }
`;
