import type { ReactiveController, ReactiveControllerHost } from "lit";

interface Host extends ReactiveControllerHost {
  readonly renderRoot?: HTMLElement | DocumentFragment;
  focus(): void;
}

/** Keeps the focus from falling to the page when what had it in an element is no longer drawn: the element takes it. */
export class KeptFocus implements ReactiveController {
  readonly #host: Host;
  #had = false;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#had = this.#has;
  }

  hostUpdated(): void {
    if (!this.#had || this.#has) return;
    // What takes it may be drawn in this update too, and whoever acted may have moved it.
    requestAnimationFrame(() => {
      if (isFocusLost()) this.#host.focus();
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
