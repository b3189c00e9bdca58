/** Builds what has changed and serves the page on loopback. `npm start -- --port 5000` asks for a port. */
import { join } from "node:path";
import { build } from "./build.mjs";
import { Failure, main, ROOT } from "./lib/run.mjs";

const DEFAULT_PORT = 4173;

await main(async () => {
  const port = wantedPort();
  await build();
  const { preview } = await import("vite");
  const server = await preview({
    root: join(ROOT, "www"),
    logLevel: "warn",
    // Takes the next free port when this one is in use.
    preview: { host: "127.0.0.1", port, strictPort: false, open: false },
  });
  console.log(`\nThe playground is at ${server.resolvedUrls.local[0]}  (Ctrl+C ends it)`);
});

function wantedPort() {
  const at = process.argv.indexOf("--port");
  const text = at > 0 ? process.argv[at + 1] : (process.env.PORT ?? String(DEFAULT_PORT));
  const port = Number(text);
  if (/^\d+$/.test(text ?? "") && port > 0 && port < 65536) return port;
  throw new Failure(`not a port: ${text}`);
}
