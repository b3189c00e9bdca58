import type { ReactiveController, ReactiveControllerHost } from "lit";

interface Page extends ReactiveControllerHost, HTMLElement {
  readonly standalone: boolean;
  readonly readonly: boolean;
  undo(event: Event): void;
  redo(event: Event): void;
  /** Opens the list of keys. */
  showKeys(): void;
  /** Gives the focus to the next part of the page, or the one before. */
  cycle(step: 1 | -1): void;
  /** Has a configuration proposed. */
  suggest(): void;
}

/** The keys of the whole page. A page of its own hears them wherever the focus is, an element in a page only within itself. */
export class Keyboard implements ReactiveController {
  readonly #page: Page;
  #target: EventTarget | null = null;

  constructor(page: Page) {
    this.#page = page;
  }

  hostConnected(): void {
    this.#target = this.#page.standalone ? window : this.#page;
    this.#target.addEventListener("keydown", this.#pressedFirst as EventListener, { capture: true });
    this.#target.addEventListener("keydown", this.#pressed as EventListener);
  }

  hostDisconnected(): void {
    this.#target?.removeEventListener("keydown", this.#pressedFirst as EventListener, { capture: true });
    this.#target?.removeEventListener("keydown", this.#pressed as EventListener);
    this.#target = null;
  }

  /** Keys that are the page's own, whatever has the focus. */
  #pressedFirst = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (event.composedPath().some((element) => element instanceof HTMLDialogElement)) return;
    if (key === "F6" && !(ctrlKey || metaKey || altKey)) {
      event.preventDefault();
      return this.#page.cycle(shiftKey ? -1 : 1);
    }
    if (key === "Enter" && (ctrlKey || metaKey) && !(shiftKey || altKey) && !this.#page.readonly) {
      // An editor would begin a new line.
      event.preventDefault();
      event.stopPropagation();
      return this.#page.suggest();
    }
  };

  #pressed = (event: KeyboardEvent): void => {
    if (isHelpKey(event)) return this.#page.showKeys();
    const wish = this.#page.readonly ? null : historyKey(event);
    if (wish) this.#page[wish](event);
  };
}

/** The key is for whatever has the focus: a field that is typed into, or a list of choices. */
function isTyped(event: KeyboardEvent): boolean {
  const [target] = event.composedPath() as HTMLElement[];
  return target?.isContentEditable === true || target?.matches?.("input, textarea, select") === true;
}

/** The key asks for the list of keys. */
function isHelpKey(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, defaultPrevented } = event;
  return key === "?" && !(ctrlKey || metaKey || altKey || defaultPrevented || isTyped(event));
}

/** What a key wants of the history. It works wherever the focus is, but in a field undoing is the field's own. */
function historyKey(event: KeyboardEvent): "undo" | "redo" | null {
  const { ctrlKey, metaKey, shiftKey, altKey, key } = event;
  if (event.defaultPrevented || altKey || !(ctrlKey || metaKey) || isTyped(event)) return null;
  const letter = key.toLowerCase();
  if (letter === "z" && !shiftKey) return "undo";
  return letter === "y" || (letter === "z" && shiftKey) ? "redo" : null;
}
