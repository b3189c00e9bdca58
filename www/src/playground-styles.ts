import { css } from "lit";

/** The frame: where there is room all in view, input left and result right; in a narrow place one column. */
export const frame = css`
  :host {
    display: block;
    container: oim / inline-size;
    color: var(--oim-text);
    background: var(--oim-page);
    font: var(--oim-size) / 1.45 var(--oim-font);
  }

  .frame {
    position: relative;
    display: flex;
    flex-direction: column;
    height: var(--oim-height, 720px);
    min-height: 0;
  }

  .skip {
    position: absolute;
    z-index: 10;
    inset: 6px auto auto 6px;
    padding: 6px 12px;
    border: 0;
    border-radius: 6px;
    color: var(--oim-surface);
    background: var(--oim-accent);
    clip-path: inset(50%);
  }

  .skip:focus {
    clip-path: none;
  }

  .version {
    flex: none;
    padding: 0 6px;
    border: 1px solid var(--oim-line-strong);
    border-radius: 5px;
    color: var(--oim-muted);
    font-size: var(--oim-small);
    line-height: 18px;
    white-space: nowrap;
  }

  .stepper {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--oim-muted);
    font-size: var(--oim-small);
    white-space: nowrap;
  }

  .stepper .name {
    max-width: 18ch;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  /* Files are held over the page. */
  :host([dropping]) main {
    outline: 2px dashed var(--oim-accent);
    outline-offset: -4px;
  }

  main {
    display: grid;
    flex: 1;
    grid-template:
      "input rules result" minmax(0, 1fr)
      "problems problems result" minmax(92px, max-content)
      / minmax(0, 1fr) minmax(0, 1.12fr) minmax(0, 1.12fr);
    gap: var(--oim-gap);
    min-height: 0;
    padding: 9px var(--oim-gap) var(--oim-gap);
  }

  /* Where fewer panels are wanted, those share the room. */
  [data-columns="input result"] main {
    grid-template:
      "input result" minmax(0, 1fr)
      "problems result" auto
      / minmax(0, 1fr) minmax(0, 1fr);
  }

  [data-columns="rules result"] main {
    grid-template:
      "rules result" minmax(0, 1fr)
      "problems result" auto
      / minmax(0, 1fr) minmax(0, 1fr);
  }

  [data-columns="input rules"] main {
    grid-template:
      "input rules" minmax(0, 1fr)
      "problems problems" auto
      / minmax(0, 1fr) minmax(0, 1.12fr);
  }

  [data-columns="input"] main,
  [data-columns="rules"] main,
  [data-columns="result"] main {
    display: flex;
    flex-direction: column;
  }

  #input {
    grid-area: input;
  }

  #rules {
    grid-area: rules;
  }

  #result {
    grid-area: result;
  }

  .fill {
    display: flex;
    min-height: 0;
  }

  .fill > * {
    flex: 1;
    min-width: 0;
  }

  #problems {
    grid-area: problems;
    max-height: 240px;
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

  @container oim (max-width: 1080px) {
    .frame {
      height: auto;
    }

    nav {
      display: flex;
    }

    main > * {
      scroll-margin-top: 8px;
    }

    #input,
    #rules {
      height: 460px;
    }

    #result {
      height: 620px;
    }

    [data-columns="input rules result"] main {
      grid-template:
        "input rules" auto
        "problems problems" auto
        "result result" auto
        / minmax(0, 1fr) minmax(0, 1fr);
    }

    :is([data-columns="input result"], [data-columns="rules result"]) #result {
      height: 460px;
    }
  }

  @container oim (max-width: 700px) {
    .frame[data-columns] main {
      display: flex;
      flex-direction: column;
      padding-inline: 8px;
    }

    main > * {
      flex: none;
    }

    #input {
      height: 340px;
    }

    #rules {
      height: 440px;
    }

    .frame #result {
      order: 1;
      height: 560px;
    }
  }
`;
