import { css } from "lit";

/**
 * Where the panels are. With much room three columns; from 1024 pixels two, payload and configuration left and the result
 * right; below that the page scrolls, and on a phone everything is in one column.
 */
export const layout = css`
  #panels {
    --gap: var(--oim-gap);
    --above: minmax(0, 1fr);
    --below: auto;

    display: grid;
    flex: 1;
    min-height: 0;
    margin: 9px var(--oim-gap) 0;
  }

  /* With problems there are, their part of the height is fixed: what comes and goes moves nothing else. */
  #panels[data-problems] {
    --above: calc(var(--split-problems) - var(--gap) / 2);
    --below: minmax(0, 1fr);
  }

  [data-columns="input rules result"] #panels {
    grid-template:
      "input input-split rules rules-split result" var(--above)
      "problems-split problems-split problems-split rules-split result" var(--gap)
      "problems problems problems rules-split result" var(--below)
      / calc(var(--split-input) - var(--gap) / 2) var(--gap) calc(var(--split-rules) - var(--split-input) - var(--gap)) var(--gap) minmax(0, 1fr);
  }

  :is([data-columns="input result"], [data-columns="rules result"]) #panels {
    grid-template:
      "first left-split result" var(--above)
      "problems-split left-split result" var(--gap)
      "problems left-split result" var(--below)
      / calc(var(--split-left) - var(--gap) / 2) var(--gap) minmax(0, 1fr);
  }

  [data-columns="input rules"] #panels {
    grid-template:
      "input left-split rules" var(--above)
      "problems-split problems-split problems-split" var(--gap)
      "problems problems problems" var(--below)
      / calc(var(--split-left) - var(--gap) / 2) var(--gap) minmax(0, 1fr);
  }

  [data-columns="input"] #panels,
  [data-columns="rules"] #panels,
  [data-columns="result"] #panels,
  [data-columns=""] #panels {
    display: flex;
    flex-direction: column;
    gap: var(--gap);
  }

  #input {
    grid-area: input;
  }

  #rules {
    grid-area: rules;
  }

  :is([data-columns="input result"], [data-columns="rules result"]) :is(#input, #rules) {
    grid-area: first;
  }

  #result {
    grid-area: result;
  }

  #problems {
    grid-area: problems;
  }

  .split-input {
    grid-area: input-split;
  }

  .split-rules {
    grid-area: rules-split;
  }

  .split-problems {
    grid-area: problems-split;
  }

  .split-left {
    grid-area: left-split;
  }

  .split-upper {
    grid-area: upper-split;
  }

  [data-columns="input rules result"] :is(.split-left, .split-upper) {
    display: none;
  }

  @container oim (max-width: 1280px) {
    [data-columns="input rules result"] #panels {
      --rest: calc(var(--split-problems) - var(--split-upper) - var(--gap));
    }

    [data-columns="input rules result"] #panels:not([data-problems]) {
      --rest: minmax(0, 1fr);
    }

    [data-columns="input rules result"] #panels {
      grid-template:
        "input left-split result" calc(var(--split-upper) - var(--gap) / 2)
        "upper-split left-split result" var(--gap)
        "rules left-split result" var(--rest)
        "rules left-split problems-split" var(--gap)
        "rules left-split problems" var(--below)
        / calc(var(--split-left) - var(--gap) / 2) var(--gap) minmax(0, 1fr);
    }

    [data-columns="input rules result"] :is(.split-input, .split-rules) {
      display: none;
    }

    [data-columns="input rules result"] :is(.split-left, .split-upper) {
      display: block;
    }
  }

  @container oim (max-width: 1023px) {
    .frame {
      height: auto;
    }

    .frame[data-columns] #panels {
      gap: var(--gap);
    }

    [data-columns="input rules result"] #panels {
      grid-template:
        "input rules" auto
        "problems problems" auto
        "result result" auto
        / minmax(0, 1fr) minmax(0, 1fr);
    }

    :is([data-columns="input result"], [data-columns="rules result"]) #panels {
      grid-template:
        "first result" auto
        "problems problems" auto
        / minmax(0, 1fr) minmax(0, 1fr);
    }

    [data-columns="input rules"] #panels {
      grid-template:
        "input rules" auto
        "problems problems" auto
        / minmax(0, 1fr) minmax(0, 1fr);
    }

    .frame[data-columns] oim-splitter {
      display: none;
    }

    #panels > * {
      scroll-margin-top: 8px;
    }

    #input,
    #rules {
      height: 460px;
    }

    #result {
      height: 620px;
    }

    :is([data-columns="input result"], [data-columns="rules result"]) #result {
      height: 460px;
    }

    [data-problems] #problems {
      height: 200px;
    }
  }

  @container oim (max-width: 700px) {
    .frame[data-columns] #panels {
      display: flex;
      flex-direction: column;
      margin-inline: 8px;
    }

    #panels > * {
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
