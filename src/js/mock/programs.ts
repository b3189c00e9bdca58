/** Compiled configurations, cached because events come more often than configurations. */
import { compile, type Program } from "../node.js";
import type { Stored } from "./store.js";

/** How many are cached; each takes memory of the engine. */
const CACHED = 32;

export class Programs {
  /** In the order of their last use. */
  #programs = new Map<string, { stored: Stored; program: Program }>();

  /** The program of what is stored for an app key. It belongs to this object: others do not keep or free it. */
  of(appKey: string, stored: Stored): Program {
    const cached = this.#programs.get(appKey);
    const entry = cached?.stored === stored ? cached : { stored, program: compiled(stored) };
    if (entry !== cached) this.forget(appKey);
    this.#programs.delete(appKey);
    this.#programs.set(appKey, entry);
    for (const oldest of this.#programs.keys()) {
      if (this.#programs.size <= CACHED) break;
      this.forget(oldest);
    }
    return entry.program;
  }

  forget(appKey: string): void {
    this.#programs.get(appKey)?.program.free();
    this.#programs.delete(appKey);
  }

  clear(): void {
    for (const appKey of [...this.#programs.keys()]) this.forget(appKey);
  }
}

function compiled(stored: Stored): Program {
  const { program } = compile(stored);
  if (program === null) throw new Error("a configuration that was valid when it was stored does not compile");
  return program;
}
