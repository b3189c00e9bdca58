import type { LitElement, ReactiveController } from "lit";
import { onDrop } from "../files/drop.ts";
import { onPaste } from "../files/paste.ts";
import type { PageActions } from "./actions.ts";

/** How far below or above the window an element begins to work. */
const AHEAD = "400px";

interface Page extends LitElement {
  readonly standalone: boolean;
  readonly actions: PageActions;
  /** Somebody is about to see it. */
  begin(): void;
}

/** What comes to the playground from outside: whoever looks at it, links, files and what is pasted. */
export class Arrivals implements ReactiveController {
  readonly #page: Page;
  #ends: (() => void)[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  hostConnected(): void {
    const page = this.#page;
    const { standalone } = page;
    this.#ends = [
      standalone ? () => {} : whenNear(page, () => page.begin()),
      onPaste(standalone ? window : page, page.actions.opening.paste),
      onDrop(page, (dropped) => void page.actions.opening.openFiles(dropped)),
    ];
    addEventListener("hashchange", page.actions.openLink);
  }

  hostDisconnected(): void {
    for (const end of this.#ends.splice(0)) end();
    removeEventListener("hashchange", this.#page.actions.openLink);
  }
}

/** Does something once, as soon as an element comes near the window. Gives the function that calls it off. */
function whenNear(element: Element, begin: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      begin();
    },
    { rootMargin: AHEAD },
  );
  observer.observe(element);
  return () => observer.disconnect();
}
