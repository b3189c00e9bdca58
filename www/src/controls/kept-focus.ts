import type { ReactiveController, ReactiveControllerHost } from "lit";

interface Host extends ReactiveControllerHost {
  readonly renderRoot?: HTMLElement | DocumentFragment;
  focus(): void;
}

/**
 * Keeps the focus from falling to the page when what had it in an element is no longer drawn: `take` moves it, by default
 * to the element itself.
 */
export class KeptFocus implements ReactiveController {
  readonly #host: Host;
  readonly #take: () => void;
  #had = false;

  constructor(host: Host, take = () => host.focus()) {
    this.#host = host;
    this.#take = take;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#had = this.#has;
  }

  hostUpdated(): void {
    if (!this.#had || this.#has) return;
    // What takes it may be drawn in this update too, and whoever acted may have moved it.
    requestAnimationFrame(() => {
      if (isFocusLost()) this.#take();
    });
  }

  get #has(): boolean {
    const root = this.#host.renderRoot;
    return root instanceof ShadowRoot && root.activeElement !== null;
  }
}

/** Nothing on the page has the focus. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
