/** The configurations that the mock holds: in memory, and in a folder when there is one. */
import { Folder } from "./folder.js";

/** What is stored for an app key: the text of `{"config": …, "sample_payload": …}`. */
export type Stored = Uint8Array;

export class Store {
  #stored: Map<string, Stored>;
  #folder: Folder | undefined;
  /** The end of the queue of writes: one after the other, so that memory and disk agree on which was the last. */
  #written: Promise<unknown> = Promise.resolve();

  private constructor(stored: Map<string, Stored>, folder?: Folder) {
    this.#stored = stored;
    this.#folder = folder;
  }

  /** Opens the store; `warn` is called for what cannot be used in the folder. */
  static async open(path: string | undefined, warn: (message: string) => void): Promise<Store> {
    if (path === undefined) return new Store(new Map());
    const folder = await Folder.open(path);
    return new Store(await folder.read(warn), folder);
  }

  get(appKey: string): Stored | undefined {
    return this.#stored.get(appKey);
  }

  /** Stores a configuration. When the promise is kept, it is on the disk. */
  put(appKey: string, stored: Stored): Promise<void> {
    const written = this.#written.then(async () => {
      await this.#folder?.write(appKey, stored);
      this.#stored.set(appKey, stored);
    });
    this.#written = written.catch(() => {});
    return written;
  }

  /** Waits for what is being written. */
  async settled(): Promise<void> {
    await this.#written;
  }
}
