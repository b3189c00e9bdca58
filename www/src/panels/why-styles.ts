import { css } from "lit";

/** The looks of the panel that shows what something became. */
export const whyStyles = css`
  :host {
    container-type: inline-size;
  }

  .content {
    padding: 10px 12px 14px;
    font-size: 13px;
    line-height: 1.5;
  }

  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 8px;
    margin: 0 0 2px;
    font-size: 14px;
    font-weight: 650;
    overflow-wrap: anywhere;
  }

  .title .mono {
    font-weight: 600;
    unicode-bidi: isolate;
  }

  .quiet,
  .sum {
    color: var(--oim-muted);
    font-size: var(--oim-small);
    font-weight: 400;
  }

  p {
    margin: 0 0 8px;
    overflow-wrap: anywhere;
  }

  .say {
    max-width: 74ch;
    margin-bottom: 10px;
  }

  .group {
    margin-top: 10px;
    border: 1px solid var(--oim-line);
    border-radius: 7px;
    overflow: hidden;
  }

  .group h4 {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 8px;
    margin: 0;
    padding: 5px 10px;
    border-bottom: 1px solid var(--oim-line);
    background: var(--oim-raised);
    font-size: 12.5px;
    font-weight: 650;
    overflow-wrap: anywhere;
  }

  .group h4 .value {
    margin-inline-start: auto;
    font-weight: 400;
    unicode-bidi: isolate;
  }

  .row {
    display: grid;
    grid-template-columns: 92px minmax(0, 1fr);
    align-items: start;
    padding: 3px 4px 3px 10px;
  }

  .row + .row,
  .row + .rest {
    border-top: 1px solid var(--oim-line);
  }

  .row .who {
    padding: 3px 0;
    color: var(--oim-muted);
    font-size: var(--oim-small);
    line-height: 18px;
  }

  .group > oim-step-list {
    padding: 3px 4px;
  }

  .rest {
    padding: 4px 10px;
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  .also {
    margin: 10px 0 0;
  }

  .pager {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-size: var(--oim-small);
    font-variant-numeric: tabular-nums;
  }

  .pager button {
    min-width: 26px;
    padding-inline: 6px;
  }

  .pager button:disabled {
    opacity: 0.45;
    cursor: default;
  }

  @container (max-width: 380px) {
    .row {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
