import { css } from "lit";

/** The bar at the top. */
export const bar = css`
  :host {
    display: block;
  }

  header {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 14px;
    padding: 9px 14px 0;
  }

  .brand {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  .brand svg {
    display: block;
    width: 22px;
    height: 22px;
  }

  :is(h1, .title) {
    margin: 0;
    font-size: 15px;
    font-weight: 680;
    letter-spacing: -0.01em;
    white-space: nowrap;
  }

  .example {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  select {
    max-width: 190px;
    color: var(--oim-text);
  }

  .group {
    display: flex;
    gap: 4px;
  }

  .main {
    border-color: var(--oim-accent);
    color: var(--oim-on-accent, var(--oim-surface));
    background: var(--oim-accent);
    font-weight: 600;
  }

  .main:hover {
    background: color-mix(in srgb, var(--oim-accent) 88%, var(--oim-text));
  }

  .private {
    flex: 1 1 190px;
    margin: 0;
    color: var(--oim-muted);
    font-size: var(--oim-small);
    text-align: end;
  }

  .settings {
    position: fixed;
    inset: auto;
    width: max-content;
    max-width: 92vw;
    margin: 0;
    padding: 10px 14px;
    border: 1px solid var(--oim-line-strong);
    border-radius: 9px;
    color: var(--oim-text);
    background: var(--oim-surface);
    box-shadow: 0 8px 30px rgb(0 0 0 / 20%);
  }

  .settings:popover-open {
    display: grid;
    gap: 8px;
  }

  .about {
    width: min(440px, 92vw);
    overflow: auto;
  }

  .about h2,
  .about p,
  .about ol {
    margin: 0;
  }

  .about h2 {
    font-size: 13.5px;
  }

  .about ol {
    padding-inline-start: 22px;
  }

  .all {
    display: none;
  }

  /* The line for messages says it. */
  @container oim (min-width: 1024px) {
    .private {
      display: none;
    }
  }

  /* One line, also on a small laptop. */
  @container oim (max-width: 1380px) {
    header {
      column-gap: 8px;
    }

    .name {
      position: absolute;
      clip-path: inset(50%);
    }

    select {
      max-width: 150px;
    }
  }

  /* On a phone the header has the work before it, and a menu for the rest. */
  @container oim (max-width: 700px) {
    header {
      padding: 6px 8px 0;
      gap: 4px 8px;
    }

    :is(h1, .title) {
      font-size: 14px;
      white-space: normal;
    }

    header > :is(#what, .group, #more, .help) {
      display: none;
    }

    .all {
      display: inline-block;
    }

    .example {
      flex: 1 1 110px;
    }

    select {
      width: 100%;
      max-width: 190px;
    }

    .private {
      flex-basis: 100%;
      text-align: start;
    }
  }

  /* A usual window enlarged four times. */
  @container oim (max-width: 360px) {
    header {
      gap: 3px 4px;
    }

    :is(h1, .title) {
      font-size: 13px;
    }

    button.small {
      padding-inline: 6px;
    }

    .brand svg {
      width: 16px;
      height: 16px;
    }

    .example {
      flex-basis: 60px;
    }
  }
`;
