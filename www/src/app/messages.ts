import type { ReactiveControllerHost } from "lit";
import type { Message } from "../panels/contract.ts";

/** What the page says to its user, one message at a time. Every feedback comes through here. */
export class Messages {
  readonly #page: Pick<ReactiveControllerHost, "requestUpdate">;
  #current: Message | null = null;
  /** A question that another message has replaced before it was answered. */
  #question: Message | null = null;

  constructor(page: Pick<ReactiveControllerHost, "requestUpdate">) {
    this.#page = page;
  }

  get current(): Message | null {
    return this.#current;
  }

  /** Shows a message in the place of the one before; a text alone is a note. */
  show(message: string | Message): void {
    if (this.#current?.kind === "question") this.#question = this.#current;
    this.#set(typeof message === "string" ? { text: message } : message);
  }

  /** The message is read or answered. A question that waits comes back. */
  close = (): void => {
    const question = this.#question;
    this.#question = null;
    this.#set(question);
  };

  /** The user has answered all questions in another way. */
  answered(): void {
    this.#question = null;
    if (this.#current?.kind === "question") this.#set(null);
  }

  /**
   * What it says of the texts, or of a proposal, may no longer hold: a text was edited, or the proposal is gone. What went
   * wrong beside the texts stays.
   */
  withdraw(): void {
    const { kind = "note", ofTexts = false } = this.#current ?? {};
    if (this.#current && (kind === "note" || ofTexts)) this.close();
  }

  #set(message: Message | null): void {
    this.#current = message;
    this.#page.requestUpdate();
  }
}
