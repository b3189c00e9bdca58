/** The engine, loaded by the first who needs it. */
import { createRequire } from "node:module";

/** As CommonJS, which it is: to import it, Node would look through all of it for the names of its exports. */
export async function engine(): Promise<typeof import("../node.js")> {
  return createRequire(import.meta.url)("./node.cjs") as typeof import("../node.js");
}
