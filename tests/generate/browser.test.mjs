/** The JavaScript for fetch in a real browser. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { generate } from "../../dist/node.mjs";
import { startBrowser } from "../browser/site.mjs";
import { APP_KEY, BODIES } from "./bodies.mjs";

const PATH = `/configurations/alerts/oim/${APP_KEY}`;
let server;
let browser;
let code;
let arrived;

before(async () => {
  server = createServer(async (request, response) => {
    const send = (type, text) => response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(text);
    if (request.url === "/") return send("text/html", "<!doctype html><link rel=icon href=data:,>");
    if (request.url === "/code.mjs") return send("text/javascript", code);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    arrived.push({ method: request.method, path: request.url, headers: request.headers, body: Buffer.concat(chunks) });
    send("application/json", '{"config":{}}');
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  server.close();
});

async function run(snippet) {
  arrived = [];
  code = snippet.code;
  const page = await browser.newPage();
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  const address = `http://127.0.0.1:${server.address().port}`;
  await page.goto(`${address}/`);
  await page.evaluate((env) => Object.assign(globalThis, { env }), {
    BIGPANDA_ORG_TOKEN: "t0ken",
    BIGPANDA_API_URL: address,
  });
  await page.evaluate(() => import("/code.mjs"));
  await page.close();
  return said;
}

for (const [name, body] of Object.entries(BODIES)) {
  test(`sends the body as it is: ${name}`, async () => {
    const { snippet } = generate(body, { target: "javascript", appKey: APP_KEY });
    assert.deepEqual(await run(snippet), ["BigPanda accepted the configuration (200)."]);
    const [{ method, path, headers, body: sent }] = arrived;
    assert.deepEqual([method, path, arrived.length], ["POST", PATH, 1]);
    assert.equal(headers.authorization, "Bearer t0ken");
    assert.equal(headers["content-type"], "application/json");
    assert.ok(sent.equals(Buffer.from(snippet.json)));
  });
}

test("retrieves", async () => {
  const { snippet } = generate("", { target: "javascript-get", appKey: APP_KEY });
  assert.deepEqual(await run(snippet), ['{"config":{}}']);
  assert.deepEqual(
    arrived.map(({ method, path }) => `${method} ${path}`),
    [`GET ${PATH}`],
  );
});

test("inside an inline script nothing of the body ends it", async () => {
  const { snippet } = generate(BODIES.hazards, { target: "javascript", appKey: APP_KEY });
  assert.doesNotMatch(snippet.code, /<\/script|<!--/i);
});
