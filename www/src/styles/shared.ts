import { css } from "lit";

/** What every part needs: box model, focus, code, buttons that look like text, words for screen readers only. */
export const shared = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  :focus-visible {
    outline: 2px solid var(--oim-accent);
    outline-offset: 1px;
  }

  code,
  .mono {
    font-family: var(--oim-mono);
    font-size: var(--oim-code-size);
  }

  code {
    padding: 0 3px;
    border-radius: 3px;
    background: light-dark(rgb(20 40 70 / 7%), rgb(200 220 255 / 10%));
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    unicode-bidi: isolate;
  }

  :where(button, select) {
    font: inherit;
    color: inherit;
  }

  :where(button.plain) {
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }

  :where(button.small, select) {
    padding: 3px 9px;
    border: 1px solid var(--oim-line-strong);
    border-radius: 6px;
    background: var(--oim-surface);
    font-size: var(--oim-small);
    line-height: 18px;
    cursor: pointer;
  }

  :where(button.small, select):hover {
    background: var(--oim-hover);
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      transition: none !important;
      animation: none !important;
      scroll-behavior: auto !important;
    }
  }
`;

/** A panel: a titled surface whose content scrolls. */
export const panel = css`
  :host {
    display: flex;
    min-width: 0;
    min-height: 0;
  }

  section {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    border: 1px solid var(--oim-line);
    border-radius: var(--oim-radius);
    background: var(--oim-surface);
    overflow: hidden;
  }

  /* Inside a tab the surface and its title are those of the tabs. */
  :host([bare]) section {
    border: 0;
    border-radius: 0;
  }

  :host([bare]) h2 {
    display: none;
  }

  .head {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    min-height: 38px;
    padding: 4px 8px 4px 12px;
    border-bottom: 1px solid var(--oim-line);
    background: var(--oim-raised);
  }

  h2 {
    margin: 0;
    font-size: 13px;
    font-weight: 650;
  }

  .note {
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  .fill {
    flex: 1;
  }

  .scroll {
    flex: 1;
    min-height: 0;
    overflow: auto;
    overscroll-behavior: contain;
  }

  .empty {
    margin: 0;
    padding: 14px;
    color: var(--oim-muted);
  }
`;
