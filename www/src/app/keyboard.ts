import type { ReactiveController, ReactiveControllerHost } from "lit";

interface Page extends ReactiveControllerHost, HTMLElement {
  readonly standalone: boolean;
  readonly readonly: boolean;
  undo(event: Event): void;
  redo(event: Event): void;
  /** Opens the list of keys. */
  showKeys(): void;
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
    this.#target.addEventListener("keydown", this.#pressed as EventListener);
  }

  hostDisconnected(): void {
    this.#target?.removeEventListener("keydown", this.#pressed as EventListener);
    this.#target = null;
  }

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
