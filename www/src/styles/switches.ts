import { css } from "lit";

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
`;
