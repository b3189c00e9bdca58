/** Serves the built page on loopback, for `npm start` and the tests. */
import { join } from "node:path";
import { preview } from "vite";
import { ROOT } from "./run.mjs";

/** Serves it on this port, or on the next free one when it is in use; on any free one for 0. */
export async function servePage(port) {
  const server = await preview({
    root: join(ROOT, "www"),
    logLevel: "warn",
    preview: { host: "127.0.0.1", port, strictPort: false, open: false },
  });
  return { url: server.resolvedUrls.local[0], close: () => server.close() };
}
