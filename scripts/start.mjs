/** Builds what has changed and serves the page on loopback. `npm start -- --port 5000` asks for a port. */
import { build } from "./build.mjs";
import { Failure, main } from "./lib/run.mjs";

const DEFAULT_PORT = 4173;

await main(async () => {
  const port = wantedPort();
  await build();
  // It needs packages that the build installs.
  const { servePage } = await import("./lib/serve-page.mjs");
  const { url } = await servePage(port);
  console.log(`\nThe playground is at ${url}  (Ctrl+C ends it)`);
});

function wantedPort() {
  const at = process.argv.indexOf("--port");
  const text = at > 0 ? process.argv[at + 1] : (process.env.PORT ?? String(DEFAULT_PORT));
  const port = Number(text);
  if (/^\d+$/.test(text ?? "") && port > 0 && port < 65536) return port;
  throw new Failure(`not a port: ${text}`);
}
