import { css } from "lit";

/** What the panels have in common that look beyond one payload: statuses in colour, values before and after. */
export const outlook = css`
  .status {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    padding: 0 8px;
    border-radius: 99px;
    color: var(--tone);
    background: var(--tone-soft);
    font-size: var(--oim-small);
    font-weight: 650;
    line-height: 19px;
    white-space: nowrap;
  }

  .critical {
    --tone: var(--oim-critical);
    --tone-soft: var(--oim-critical-soft);
  }

  .warning {
    --tone: var(--oim-warning);
    --tone-soft: var(--oim-warning-soft);
  }

  .ok {
    --tone: var(--oim-ok);
    --tone-soft: var(--oim-ok-soft);
  }

  .acknowledged {
    --tone: var(--oim-acknowledged);
    --tone-soft: var(--oim-acknowledged-soft);
  }

  .unknown,
  .none {
    --tone: var(--oim-unknown);
    --tone-soft: var(--oim-unknown-soft);
  }

  p {
    margin: 0;
    padding: 10px 12px;
    font-size: 13px;
  }

  p.muted,
  .muted {
    color: var(--oim-muted);
  }

  p.warn {
    margin: 8px;
    border-radius: 6px;
    color: var(--oim-warning);
    background: var(--oim-warning-soft);
  }

  ul,
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  h3 {
    margin: 0;
    padding: 10px 12px 4px;
    font-size: 12.5px;
    font-weight: 650;
  }

  .value {
    font-family: var(--oim-mono);
    font-size: var(--oim-small);
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }

  .arrow {
    color: var(--oim-muted);
  }

  button.line {
    display: block;
    width: 100%;
    padding: 5px 12px;
    font-size: 13px;
    line-height: 19px;
  }

  button.line:hover {
    background: var(--oim-hover);
  }

  button.line:focus-visible {
    outline-offset: -2px;
  }
`;
