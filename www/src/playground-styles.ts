import { css } from "lit";

/** The frame: on a wide window all in view, editors left and alerts right; on a phone one column. */
export const frame = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100dvh;
    min-height: 560px;
    color: var(--oim-text);
    background: var(--oim-page);
    font: var(--oim-size) / 1.45 var(--oim-font);
  }

  .skip {
    position: absolute;
    z-index: 10;
    inset: 6px auto auto 6px;
    padding: 6px 12px;
    border-radius: 6px;
    color: var(--oim-surface);
    background: var(--oim-accent);
    transform: translateY(-60px);
  }

  .skip:focus {
    transform: none;
  }

  header {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 16px;
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

  h1 {
    margin: 0;
    font-size: 15px;
    font-weight: 680;
    letter-spacing: -0.01em;
  }

  header label {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  header select {
    color: var(--oim-text);
  }

  .private {
    margin: 0 0 0 auto;
    color: var(--oim-muted);
    font-size: var(--oim-small);
  }

  main {
    display: grid;
    flex: 1;
    grid-template:
      "payload config outcome" minmax(0, 1fr)
      "problems problems outcome" minmax(92px, max-content)
      / minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1.16fr);
    gap: var(--oim-gap);
    min-height: 0;
    padding: 9px var(--oim-gap) var(--oim-gap);
  }

  #payload {
    grid-area: payload;
  }

  #config {
    grid-area: config;
  }

  #outcome {
    display: flex;
    flex-direction: column;
    grid-area: outcome;
    gap: var(--oim-gap);
    min-height: 0;
  }

  #alerts {
    flex: 1 1 0;
  }

  #code[open] {
    flex: 1.4 1 0;
  }

  #problems {
    grid-area: problems;
    max-height: 30dvh;
  }

  /* Where not all is in view at once, the outcome stays in sight and everything is a tap away. */
  nav {
    display: none;
    position: sticky;
    z-index: 5;
    bottom: 0;
    flex-wrap: wrap;
    justify-content: center;
    gap: 6px;
    padding: 7px 8px;
    border-top: 1px solid var(--oim-line);
    background: var(--oim-raised);
  }

  nav button {
    padding-inline: 8px;
    white-space: nowrap;
  }

  @media (max-width: 1080px) {
    :host {
      height: auto;
      min-height: 100dvh;
    }

    nav {
      display: flex;
    }

    main > *,
    #outcome > * {
      scroll-margin-top: 8px;
    }

    #alerts,
    #code[open] {
      flex: none;
    }

    #code[open] {
      height: 70dvh;
    }

    main {
      grid-template:
        "payload config" 46dvh
        "problems problems" auto
        "outcome outcome" auto
        / minmax(0, 1fr) minmax(0, 1fr);
    }
  }

  @media (max-width: 700px) {
    header {
      padding-inline: 12px;
    }

    .private {
      margin: 0;
    }

    main {
      grid-template:
        "payload" 40dvh
        "config" 40dvh
        "problems" auto
        "outcome" auto
        / minmax(0, 1fr);
      padding-inline: 8px;
    }
  }
`;
