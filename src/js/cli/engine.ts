/** The engine, loaded by the first who needs it. */
export function engine(): Promise<typeof import("../node.js")> {
  return import("../node.js");
}
