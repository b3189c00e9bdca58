/** A site on loopback with the built package on it, and a browser to visit it with. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { chromium } from "playwright-core";
import { BROWSER_ARGS, ensureBrowser } from "../../scripts/browser.mjs";

const DIST = new URL("../../dist/", import.meta.url);
const HTML = "<!doctype html><meta charset=utf-8><title>test</title><link rel=icon href=data:,>";
/** The least that a page must allow. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src data:";

/** One that forgets WebAssembly. */
const WITHOUT_WASM = POLICY.replace(" 'wasm-unsafe-eval'", "");

/**
 * Serves `dist/`, and pages at `/` and `/without-wasm`, the latter with a policy that allows scripts only. `/untyped/engine.wasm` comes without its media type, `/flaky/engine.wasm` fails the first time.
 * `files` adds texts by path.
 */
export async function startSite(files = {}) {
  const requests = [];
  let flaky = true;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    requests.push(pathname);
    const send = (status, type, content) => {
      const policy = pathname === "/without-wasm" ? WITHOUT_WASM : POLICY;
      response.writeHead(status, { "content-type": type, "content-security-policy": policy }).end(content);
    };
    const name = pathname.split("/").at(-1);
    try {
      if (pathname === "/" || pathname === "/without-wasm") send(200, "text/html", HTML);
      else if (pathname in files) send(200, "text/javascript", files[pathname]);
      else if (pathname === "/flaky/engine.wasm" && flaky) {
        flaky = false;
        send(503, "text/plain", "later");
      } else if (pathname === "/untyped/engine.wasm") {
        send(200, "application/octet-stream", await readFile(new URL(name, DIST)));
      } else send(200, typeOf(name), await readFile(new URL(name, DIST)));
    } catch {
      send(404, "text/plain", "not here");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    address: `http://127.0.0.1:${port}/`,
    requests,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function typeOf(name) {
  if (name.endsWith(".wasm")) return "application/wasm";
  return name.endsWith(".mjs") ? "text/javascript" : "application/octet-stream";
}

export async function startBrowser(more = []) {
  return chromium.launch({ executablePath: await ensureBrowser(), args: [...BROWSER_ARGS, ...more] });
}
