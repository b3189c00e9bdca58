import { css } from "lit";

/** The frame around the panels; see layout-styles.ts for where they are. */
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

  /* In another site's page: no frame, as high as its content, up to a limit. */
  :host(:not([standalone])) {
    min-height: 240px;
    background: none;
  }

  :host(:not([standalone])) .frame {
    height: auto;
    min-height: 240px;
    max-height: var(--oim-height, 720px);
  }

  :host(:not([standalone])) #panels {
    margin: 0;
  }

  @container oim (max-width: 1023px) {
    :host(:not([standalone])) .frame {
      max-height: var(--oim-height, 720px);
    }

    :host(:not([standalone])) #panels {
      overflow: auto;
    }

    :host(:not([standalone])) :is(#input, #rules, #result) {
      height: auto;
      max-height: 460px;
    }
  }

  /* In one column each panel has a limit, and all of them together none. */
  @container oim (max-width: 700px) {
    :host(:not([standalone])) .frame {
      max-height: none;
    }
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
    position: relative;
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
    position: relative;
    display: flex;
    flex: 1 0 auto;
    align-items: center;
    justify-content: flex-end;
    gap: 5px;
    color: var(--oim-muted);
    font-size: var(--oim-small);
    white-space: nowrap;
  }

  .stepper > :not(.name) {
    flex: none;
  }

  .stepper .name {
    /* It takes the room that is left. */
    flex: 1 1 0;
    width: 0;
    text-align: end;
    /* A line between a name that ends in a number and the count. */
    padding-inline-end: 6px;
    border-inline-end: 1px solid var(--oim-line-strong);
    max-width: 24ch;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  /* Of a name a letter or two would be left; the tooltip of the count has it. */
  @container tabs (max-width: 520px) {
    .stepper .name {
      position: absolute;
      width: 1px;
      clip-path: inset(50%);
    }
  }

  /* Files are held over the page. */
  :host([dropping]) #panels {
    outline: 2px dashed var(--oim-accent);
    outline-offset: -4px;
  }

  .fill {
    display: flex;
    min-height: 0;
  }

  .fill > * {
    flex: 1;
    min-width: 0;
  }

  .bottom {
    position: sticky;
    z-index: 6;
    bottom: 0;
    flex: none;
  }

  /* What stands below the panels keeps its distance to them. */
  .bottom:not(:has([line])) {
    margin-top: var(--oim-gap);
  }

  /* Where not all is in view at once, the outcome stays in sight and everything is a tap away. */
  nav {
    display: none;
    gap: 6px;
    padding: 7px 8px;
    border-top: 1px solid var(--oim-line);
    background: var(--oim-raised);
  }

  nav button {
    padding-inline: 8px;
    white-space: nowrap;
  }

  @container oim (max-width: 1023px) {
    nav {
      display: flex;
      justify-content: safe center;
      overflow-x: auto;
    }
  }

  /* A usual window enlarged four times has the height of a few lines. */
  @container oim (max-width: 360px) {
    nav {
      gap: 4px;
      padding: 2px 4px;
    }

    nav button {
      padding-inline: 5px;
    }
  }
`;
