import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { DocumentName, Message } from "../panels/contract.ts";
import { Keep, type Kept } from "../persistence/store.ts";
import type { Shared } from "../share/link.ts";
import type { Session } from "../state/session.ts";

/** The question comes when the user rests after the first edit. */
const ASK_AFTER_MS = 2_500;

type Texts = Record<DocumentName, string>;

interface Page extends ReactiveControllerHost {
  readonly session: Session;
  readonly standalone: boolean;
  readonly readonly: boolean;
  readonly messages: { readonly current: Message | null; answered(): void };
  note(message: string | Message): void;
  readonly actions: {
    /** Everything that is kept. */
    state(): Shared;
    /** Puts work of an earlier visit in place. */
    restore(state: Shared): void;
    /** Starts over, without what was restored. */
    startOver(): void;
    /** Saves all of it as a file. */
    save(): void;
  };
  /** Where the lines between the panels are. */
  readonly splits: { readonly layout: unknown; restore(layout: unknown): void };
}

/**
 * Keeps the work of the user from being lost: on this device if that is wished, and by the browser's question before the
 * page goes with work that is neither kept nor saved.
 */
export class Keeping implements ReactiveController {
  /** Work is kept on this device. */
  on = false;
  /** What an earlier visit left. */
  restored: Kept | null = null;
  readonly #page: Page;
  #keep: Keep | null = null;
  /** The texts as they were opened or saved last: they are somewhere else, too. */
  readonly #safe = { payload: "", config: "" };
  /** The texts as they were kept last. */
  #kept: Texts | null = null;
  /** The page asks before it goes, if the texts are not safe. */
  #guards = false;
  #asked = false;
  #asking: ReturnType<typeof setTimeout> | undefined;

  constructor(page: Page) {
    this.#page = page;
    page.addController(this);
  }

  hostConnected(): void {
    if (!this.#page.standalone) return;
    document.addEventListener("visibilitychange", this.#hidden);
    void this.#start();
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#hidden);
    removeEventListener("beforeunload", this.#leaving);
    clearTimeout(this.#asking);
    void this.#keep?.flush();
    this.#keep?.stop();
    this.#keep = null;
  }

  /** Something that is kept has changed. */
  changed(): void {
    this.#keep?.changed(() => this.#page.actions.state());
  }

  /** The user changed a text. */
  edited(): void {
    if (!this.#page.standalone || this.#guards) return;
    this.#guards = true;
    addEventListener("beforeunload", this.#leaving);
    this.#ask();
  }

  /** These texts were just opened or saved, so they are somewhere else, too. */
  safe(...names: DocumentName[]): void {
    for (const name of names) this.#safe[name] = this.#page.session.document(name).text;
    this.#settle();
  }

  /** The lines between the panels were moved. */
  layoutChanged(): void {
    void this.#keep?.keepLayout(this.#page.splits.layout);
  }

  /** Keeps work from now on, or deletes all that was kept. */
  turn = async (on: boolean): Promise<void> => {
    this.#page.messages.answered();
    if (on) {
      this.on = (await this.#keep?.agree(this.#page.actions.state())) ?? false;
      this.layoutChanged();
      if (this.on) this.#page.note("Your work is now kept on this device, payloads included.");
    } else {
      const deleted = await this.#keep?.forget();
      this.#forgotten();
      if (deleted) this.#page.note("Your work is no longer kept, and what was kept has been deleted.");
    }
    this.#page.requestUpdate();
  };

  /** Deletes what was restored. */
  async discard(): Promise<void> {
    this.restored = null;
    await this.#keep?.discard();
    this.#page.actions.startOver();
    this.#page.requestUpdate();
  }

  async #start(): Promise<void> {
    const keep = new Keep({
      failed: (text) => this.#failed(text),
      forgotten: () => this.#forgotten(),
      kept: (texts) => {
        this.#kept = texts;
        this.#settle();
      },
    });
    this.#keep = keep;
    const { agreed, kept, elsewhere } = await keep.start();
    if (this.#keep !== keep) return;
    this.on = agreed;
    this.#page.splits.restore(await keep.layout());
    this.restored = kept;
    this.#kept = kept?.state ?? null;
    if (kept) this.#page.actions.restore(kept.state);
    else if (elsewhere > 0)
      this.#page.note("Another tab keeps its own work. The tab that changed last is restored first.");
    this.#page.requestUpdate();
  }

  /** The texts as they stand are only here. */
  get #isUnsafe(): boolean {
    const { payload, config } = this.#page.session;
    const isThere = (texts: Texts | null) => texts?.payload === payload.text && texts.config === config.text;
    return !isThere(this.#safe) && !isThere(this.#kept);
  }

  #settle(): void {
    if (!this.#guards || this.#isUnsafe) return;
    this.#guards = false;
    clearTimeout(this.#asking);
    removeEventListener("beforeunload", this.#leaving);
  }

  #failed(text: string): void {
    const save = { label: "Save as a file", run: () => this.#page.actions.save() };
    this.#page.note({ text, kind: "error", choices: [save] });
  }

  #forgotten(): void {
    this.on = false;
    this.restored = null;
    this.#kept = null;
    // The user has just answered the question.
    this.#asked = true;
    if (this.#isUnsafe) this.edited();
    this.#page.requestUpdate();
  }

  #hidden = (): void => {
    if (document.visibilityState === "hidden") void this.#keep?.flush();
  };

  #leaving = (event: BeforeUnloadEvent): void => {
    void this.#keep?.flush();
    if (this.#isUnsafe) event.preventDefault();
  };

  /** Once, when the user rests. A note makes way once it could be read; an error, or another question, is waited for. */
  #ask(seen: Message | null = null): void {
    if (this.#asked || this.on || this.#page.readonly) return;
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => {
      if (this.on || this.#asked) return;
      const { current } = this.#page.messages;
      const makesWay = (current?.kind ?? "note") === "note" && current === seen;
      if (current && !makesWay) return this.#ask(current);
      this.#asked = true;
      this.#page.note({
        text: "Keep this work on this device? It stays in this browser until you turn that off in Settings.",
        kind: "question",
        choices: [
          { label: "Keep", run: () => void this.turn(true) },
          { label: "Not now", run: () => {} },
        ],
      });
    }, ASK_AFTER_MS);
  }
}
