/**
 * Keeps work on this device, once the user has agreed, and gives it back at the next start.
 *
 * Each tab keeps its own work under a name of its own, so that two tabs never write over each other; the browser's locks
 * show which of them are open. A new tab goes on with the newest work that no open tab has. When the user no longer
 * agrees, all of it is deleted.
 */
import { createStore, del, entries, get, set, type UseStore } from "idb-keyval";
import { checked, type Shared } from "../share/link.ts";

/** What was kept. */
export interface Kept {
  state: Shared;
  /** Epoch milliseconds. */
  savedAt: number;
}

/** What there was at the start. */
export interface Start {
  /** Whether the user agreed, now or at an earlier visit. */
  agreed: boolean;
  kept: Kept | null;
  /** How many open tabs keep work of their own. */
  elsewhere: number;
}

const AGREED = "agreed";
const WORK = "work:";
const LAYOUT = "layout";
/** Works that are kept. The oldest goes when there is another. */
const WORKS = 5;
const PAUSE_MS = 700;

const FORBIDDEN =
  "This browser does not let the page store data (private window or settings). Your work stays in this tab only.";
const FULL = "This device has no storage left, so changes are not kept. Save your work as a file.";
const FORGOTTEN = "Another tab stopped keeping work and deleted what was kept. This tab no longer keeps anything.";

export interface KeepListener {
  /** Work could not be kept; says why, in words for the user. */
  failed(why: string): void;
  /** The user turned keeping off elsewhere, and all that was kept is deleted. */
  forgotten(): void;
  /** This work is now kept. */
  kept(state: Shared): void;
}

export class Keep {
  readonly #listener: KeepListener;
  #store: UseStore | null = null;
  #slot = `${WORK}${crypto.randomUUID()}`;
  #release: (() => void) | null = null;
  #agreed = false;
  #failed = false;
  #read: (() => Shared) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: KeepListener) {
    this.#listener = listener;
  }

  /** Looks for work to go on with. Where nothing can be stored, there is none. */
  async start(): Promise<Start> {
    const nothing = { agreed: false, kept: null, elsewhere: 0 };
    try {
      const store = this.#open();
      if ((await get<boolean>(AGREED, store)) !== true) return nothing;
      this.#agreed = true;
      const works = await worksIn(store);
      let elsewhere = 0;
      for (const [slot, kept] of works) {
        if (await this.#own(slot)) {
          this.#slot = slot;
          return { agreed: true, kept, elsewhere };
        }
        elsewhere += 1;
      }
      await this.#own(this.#slot);
      return { agreed: true, kept: null, elsewhere };
    } catch {
      return nothing;
    }
  }

  /** The user agrees. False where nothing can be stored, which is said. */
  async agree(state: Shared): Promise<boolean> {
    try {
      const store = this.#open();
      await set(AGREED, true, store);
      await this.#own(this.#slot);
      this.#agreed = true;
      await this.#write(state);
      return true;
    } catch (error) {
      this.#agreed = false;
      this.#listener.failed(isFull(error) ? FULL : FORBIDDEN);
      return false;
    }
  }

  /** The user no longer agrees: all that was kept is deleted, that of other tabs too. False where that is not allowed. */
  async forget(): Promise<boolean> {
    this.#agreed = false;
    this.#stopWaiting();
    try {
      const store = this.#open();
      for (const [key] of await entries<string, unknown>(store)) await del(key, store);
      return true;
    } catch {
      this.#listener.failed(FORBIDDEN);
      return false;
    }
  }

  /** Keeps the sizes of the panels, which are not work: they come back in every tab. */
  async keepLayout(layout: unknown): Promise<void> {
    if (!this.#agreed) return;
    await set(LAYOUT, layout, this.#open()).catch(() => {
      // Nothing is lost that is worth a message.
    });
  }

  /** What {@link keepLayout} kept. */
  async layout(): Promise<unknown> {
    return this.#agreed ? get(LAYOUT, this.#open()).catch(() => undefined) : undefined;
  }

  /** Deletes the work of this tab; what is changed from now on is kept again. */
  async discard(): Promise<void> {
    this.#stopWaiting();
    try {
      await del(this.#slot, this.#open());
    } catch {
      this.#listener.failed(FORBIDDEN);
    }
  }

  /** Something changed. `read` is called when there is a pause. */
  changed(read: () => Shared): void {
    if (!this.#agreed) return;
    this.#read = read;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE_MS);
  }

  /** Keeps now what waits for a pause; the page may be about to go. */
  async flush(): Promise<void> {
    const read = this.#read;
    this.#stopWaiting();
    if (!read || !this.#agreed) return;
    try {
      // Also keeps a tab that slept while another forgot everything from bringing it back.
      if ((await get<boolean>(AGREED, this.#open())) !== true) {
        this.#agreed = false;
        this.#listener.forgotten();
        return this.#listener.failed(FORGOTTEN);
      }
      await this.#write(read());
      this.#failed = false;
    } catch (error) {
      // Once is enough until it works again.
      if (!this.#failed) this.#listener.failed(isFull(error) ? FULL : FORBIDDEN);
      this.#failed = true;
    }
  }

  /** Ends it for this tab; what was kept stays. */
  stop(): void {
    this.#stopWaiting();
    this.#release?.();
    this.#release = null;
  }

  #open(): UseStore {
    return (this.#store ??= createStore("oim-playground", "kept"));
  }

  async #write(state: Shared): Promise<void> {
    const store = this.#open();
    await set(this.#slot, { state, savedAt: Date.now() } satisfies Kept, store);
    this.#listener.kept(state);
    const others = (await worksIn(store)).filter(([slot]) => slot !== this.#slot);
    for (const [slot] of others.slice(WORKS - 1)) await del(slot, store);
  }

  /** Takes a work for this tab, until it is closed. False when another tab has it. */
  #own(slot: string): Promise<boolean> {
    // Without locks nobody knows, so work is never taken over: this tab begins one of its own.
    if (!("locks" in navigator)) return Promise.resolve(slot === this.#slot);
    return new Promise((settle) => {
      void navigator.locks
        .request(`oim-playground ${slot}`, { ifAvailable: true }, (lock) => {
          settle(lock !== null);
          if (!lock) return undefined;
          this.#release?.();
          return new Promise<void>((release) => (this.#release = release));
        })
        .catch(() => settle(false));
    });
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#read = null;
  }
}

/** All works, the newest first. What cannot be read is passed over. */
async function worksIn(store: UseStore): Promise<[slot: string, kept: Kept][]> {
  const works: [string, Kept][] = [];
  for (const [slot, value] of await entries<string, Partial<Kept> | undefined>(store)) {
    const state = typeof slot === "string" && slot.startsWith(WORK) ? checked(value?.state) : null;
    if (state) works.push([slot, { state, savedAt: Number(value?.savedAt) || 0 }]);
  }
  return works.sort(([, a], [, b]) => b.savedAt - a.savedAt);
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
