import type { CallName, Calls } from "../engine/protocol.ts";
import type { TextReader } from "../files/understand.ts";
import { StaleAnswerError } from "../panels/contract.ts";

/** How often and after what time a text is asked about again. */
const TRIES = 50;
const TRY_AGAIN_MS = 100;

interface Caller {
  call<Name extends CallName>(name: Name, ask: Calls[Name]["ask"]): Promise<Calls[Name]["answer"]>;
}

/** Asks the engine about texts that are opened, and waits for it. */
export function readerOf(engine: Caller): TextReader {
  return {
    inspect: (text) => untilAnswered(() => engine.call("inspect", { text })),
    bodyIn: async (text) => (await untilAnswered(() => engine.call("import", { text }))).text,
  };
}

/** Asks again while newer questions go first. */
async function untilAnswered<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StaleAnswerError) || tries === TRIES) throw error;
      await new Promise((go) => setTimeout(go, TRY_AGAIN_MS));
    }
  }
}
