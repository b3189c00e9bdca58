import { css, html, unsafeCSS, type ReactiveController, type ReactiveControllerHost } from "lit";
import "../controls/splitter.ts";

/**
 * The lines between the panels, by what lies before them. `input` and `rules` are those of three columns, `left` that of
 * two; `upper` lies between payload and configuration where they share a column, `problems` above the problems.
 */
const SPLITS = {
  input: { label: "Width of Payload", first: 31, across: false },
  rules: { label: "Width of Configuration", first: 65.5, across: false },
  left: { label: "Width of the left column", first: 47, across: false },
  upper: { label: "Height of Payload", first: 38, across: true },
  problems: { label: "Height above Problems", first: 76, across: true },
} as const;

export type SplitName = keyof typeof SPLITS;

/** Where the lines are before any script says so. */
export const firstSplits = css`
  #panels {
    ${unsafeCSS(
      Object.entries(SPLITS)
        .map(([name, { first }]) => `--split-${name}: ${first}%;`)
        .join(" "),
    )}
  }
`;

/** No panel gets smaller than this, in percent of all. */
const LEAST = 15;

interface Page extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  /** The user has moved a line. */
  layoutChanged(): void;
}

/** Where the lines between the panels are, in percent of the page's width or height. */
export class Splits implements ReactiveController {
  readonly #page: Page;
  #places: Partial<Record<SplitName, number>> = {};
  /** The texts that had problems last, by their number. */
  #problemsOf = -1;

  constructor(page: Page) {
    this.#page = page;
    page.addController(this);
  }

  /** By the object model, since a policy may forbid style attributes. */
  hostUpdated(): void {
    const main = this.#page.renderRoot.querySelector<HTMLElement>("#panels");
    for (const name of Object.keys(SPLITS) as SplitName[])
      main?.style.setProperty(`--split-${name}`, `${this.#at(name)}%`);
  }

  /** Whether the problems have the room of a list. Once there were some they keep it, so that typing moves nothing. */
  hasProblems(count: number, loads: number): boolean {
    if (count > 0) this.#problemsOf = loads;
    return this.#problemsOf === loads;
  }

  /** What was moved, to be kept. */
  get layout(): Partial<Record<SplitName, number>> {
    return this.#places;
  }

  /** Takes what was kept, as far as it makes sense. */
  restore(layout: unknown): void {
    const kept = (typeof layout === "object" ? layout : null) as Partial<Record<string, unknown>> | null;
    for (const name of Object.keys(SPLITS) as SplitName[]) {
      const place = kept?.[name];
      if (typeof place === "number" && place >= 0 && place <= 100) this.#places[name] = place;
    }
    this.#page.requestUpdate();
  }

  /** The lines, each in the place of the grid with its name. */
  render(names: readonly SplitName[]) {
    return names.map((name) => {
      const { label, across } = SPLITS[name];
      const [min, max] = this.#range(name);
      return html`<oim-splitter class="split-${name}" .label=${label} .value=${this.#at(name)} .min=${min} .max=${max} ?across=${across} @oim-split=${this.#move(name)}></oim-splitter>`;
    });
  }

  #at(name: SplitName): number {
    const [min, max] = this.#range(name);
    return Math.min(Math.max(this.#wanted(name), min), max);
  }

  #wanted(name: SplitName): number {
    return this.#places[name] ?? SPLITS[name].first;
  }

  #range(name: SplitName): [min: number, max: number] {
    if (name === "input") return [LEAST, this.#wanted("rules") - LEAST];
    if (name === "rules") return [this.#wanted("input") + LEAST, 100 - LEAST];
    // In two columns both share the height.
    if (name === "upper") return [LEAST, this.#wanted("problems") - LEAST];
    if (name === "problems") return [this.#wanted("upper") + LEAST, 100 - LEAST];
    return [LEAST, 100 - LEAST];
  }

  #move(name: SplitName) {
    return ({ detail }: CustomEvent<number | null>): void => {
      if (detail === null) delete this.#places[name];
      else this.#places[name] = detail;
      this.#page.requestUpdate();
      this.#page.layoutChanged();
    };
  }
}

/** The lines between these columns. Which of them are seen is up to the room that there is. */
export function splitsOf(columns: readonly string[], problems: boolean): SplitName[] {
  const names: SplitName[] = columns.length === 3 ? ["input", "rules", "left", "upper"] : [];
  if (columns.length === 2) names.push("left");
  if (problems && columns.length > 1) names.push("problems");
  return names;
}
