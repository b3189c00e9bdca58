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

  button.small[aria-disabled="true"] {
    color: var(--oim-muted);
    border-color: var(--oim-line);
    cursor: default;
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

  /* The system paints all backgrounds alike, so what is chosen or marked gets the colours that the system has for it. */
  @media (forced-colors: active) {
    :is([aria-pressed="true"], [aria-selected="true"], [role^="menuitem"]:focus),
    button:is(.main, .use, .primary):enabled,
    input:checked + span {
      forced-color-adjust: none;
      color: SelectedItemText !important;
      background: SelectedItem !important;
    }

    :is([aria-pressed="true"], [aria-selected="true"], [role^="menuitem"]:focus) * {
      color: inherit !important;
      background: none !important;
    }

    .chosen,
    mark {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }

    [aria-disabled="true"],
    :disabled {
      color: GrayText;
    }
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
    /* What is only for screen readers stands absolutely, and would lengthen the page. */
    position: relative;
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

/** `<label class="switch"><input type="checkbox" role="switch">`: on or off, in words beside it. */
export const switches = css`
  .switch {
    display: inline-flex;
    align-items: center;
    gap: 9px;
    cursor: pointer;
  }

  .switch input {
    flex: none;
    position: relative;
    width: 32px;
    height: 18px;
    margin: 0;
    border-radius: 9px;
    background: var(--oim-muted);
    appearance: none;
    cursor: pointer;
    transition: background 120ms;
  }

  .switch input::before {
    content: "";
    position: absolute;
    inset: 2px auto 2px 2px;
    width: 14px;
    border-radius: 50%;
    background: var(--oim-surface);
    transition: translate 120ms;
  }

  .switch input:checked {
    background: var(--oim-accent);
  }

  .switch input:checked::before {
    translate: 14px 0;
  }

  @media (forced-colors: active) {
    .switch input {
      border: 1px solid ButtonText;
      background: ButtonFace;
    }

    .switch input::before {
      inset: 1px auto 1px 1px;
      background: ButtonText;
    }

    .switch input:checked {
      background: SelectedItem;
    }

    .switch input:checked::before {
      background: SelectedItemText;
    }
  }
`;

/** The colours of a status, for the element that has its class and for what is in it. */
export const tones = css`
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
`;

/** The colours of a problem. */
export const severities = css`
  .error {
    color: var(--oim-critical);
  }

  .warning {
    color: var(--oim-warning);
  }

  .info {
    color: var(--oim-muted);
  }
`;

/** What the panels have in common that look beyond one payload: statuses in colour, values before and after. */
export const outlook = css`
  ${tones}

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
