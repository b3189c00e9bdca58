import { css } from "lit";

/** A dialog that rises from the bottom of a narrow window and stands in the middle of a wide one. */
export const dialog = css`
  dialog {
    width: min(680px, calc(100vw - 24px));
    max-height: min(860px, calc(100dvh - 24px));
    padding: 0;
    border: 1px solid var(--oim-line-strong);
    border-radius: 12px;
    color: var(--oim-text);
    background: var(--oim-surface);
    box-shadow: 0 18px 60px rgb(0 0 0 / 28%);
    font: var(--oim-size) / 1.45 var(--oim-font);
    overflow: hidden;
  }

  dialog[open] {
    display: flex;
    flex-direction: column;
  }

  dialog::backdrop {
    background: rgb(10 16 24 / 45%);
  }

  header,
  footer {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 10px;
    padding: 10px 16px;
    background: var(--oim-raised);
  }

  header {
    border-bottom: 1px solid var(--oim-line);
  }

  footer {
    border-top: 1px solid var(--oim-line);
  }

  h2 {
    flex: 1;
    margin: 0;
    font-size: 14.5px;
    font-weight: 650;
  }

  h3 {
    margin: 0;
    font-size: 13px;
    font-weight: 650;
  }

  .body {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 14px;
    min-height: 0;
    padding: 14px 16px;
    overflow: auto;
    overscroll-behavior: contain;
  }

  p {
    margin: 0;
  }

  .muted {
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  .link {
    flex: 1 1 12em;
    min-width: 0;
    padding: 5px 9px;
    border: 1px solid var(--oim-line-strong);
    border-radius: 6px;
    color: var(--oim-text);
    background: var(--oim-surface);
    font: 12px / 18px var(--oim-mono);
    text-overflow: ellipsis;
  }

  .primary {
    padding: 5px 16px;
    border: 1px solid var(--oim-accent);
    border-radius: 6px;
    color: var(--oim-surface);
    background: var(--oim-accent);
    font-size: var(--oim-small);
    font-weight: 600;
    line-height: 18px;
    cursor: pointer;
  }

  .primary:disabled {
    opacity: 0.55;
    cursor: default;
  }

  .advice {
    flex: 1 1 100%;
  }
`;

export const parts = css`
  .warning {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding: 10px 12px;
    border: 1px solid color-mix(in srgb, var(--oim-warning) 35%, transparent);
    border-radius: 8px;
    background: var(--oim-warning-soft);
  }

  .warning.calm {
    border-color: var(--oim-line);
    background: var(--oim-raised);
  }

  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .table {
    max-height: 190px;
    border: 1px solid var(--oim-line);
    border-radius: 6px;
    background: var(--oim-surface);
    overflow: auto;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--oim-small);
  }

  th,
  td {
    padding: 3px 10px;
    border-bottom: 1px solid var(--oim-line);
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }

  tr:last-child td {
    border-bottom: 0;
  }

  th {
    position: sticky;
    top: 0;
    color: var(--oim-muted);
    background: var(--oim-raised);
    font-weight: 500;
  }

  th:last-child,
  td.number {
    text-align: end;
  }

  bdi {
    font-family: var(--oim-mono);
  }

  details {
    border: 1px solid var(--oim-line);
    border-radius: 8px;
  }

  summary {
    padding: 6px 12px;
    cursor: pointer;
  }

  summary .muted {
    margin-inline-start: 6px;
  }

  pre {
    max-height: 220px;
    margin: 0;
    padding: 8px 12px;
    border-top: 1px solid var(--oim-line);
    font: 12px / 1.5 var(--oim-mono);
    white-space: pre-wrap;
    overflow: auto;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }

  mark {
    border-radius: 3px;
    color: inherit;
    background: var(--oim-mark);
  }

  .settings {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
`;
