import { preview } from "vite";
import { fileURLToPath } from "node:url";

/** Serves the built page on a free port. With `OIM_PAGE_URL` set, the page that is served there is tested instead. */
export default async function serve(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.OIM_PAGE_URL) return undefined;
  const configFile = fileURLToPath(new URL("../../www/vite.config.ts", import.meta.url));
  const server = await preview({ configFile, logLevel: "error", preview: { port: 0, host: "127.0.0.1" } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error("the preview server gave no address");
  process.env.OIM_PAGE_URL = url;
  return () => server.close();
}
