/** Clients that stop in the middle. Node's own waiting times are too long for a test, so they are shortened here. */
import assert from "node:assert/strict";
import http from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { test } from "node:test";

const { createServer } = http;
let asked;
http.createServer = (options, ...rest) => {
  asked = options;
  const short = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };
  return createServer({ ...options, ...short }, ...rest);
};
syncBuiltinESMExports();
const { answersIn, BODY, checked, CONFIGURATION, POST, raw, withMock } = await import("./support.mjs");

const SLOW = [
  ["no more headers", `GET ${CONFIGURATION} HTTP/1.1\r\nAuthorization: Bearer t\r\n`],
  [
    "no more of the body",
    `POST ${CONFIGURATION} HTTP/1.1\r\nAuthorization: Bearer t\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{`,
  ],
];

for (const [name, bytes] of SLOW) {
  test(`${name}: 408, and the others go on`, async () => {
    await withMock({}, async ({ url }) => {
      const [text] = await Promise.all([
        raw(url, bytes, { patience: 5000 }),
        checked(url, { ...POST, path: CONFIGURATION, body: BODY }),
      ]);
      const [{ status, headers, text: body }, ...more] = answersIn(text);
      assert.deepEqual([status, headers["content-type"], more], [408, "application/json; charset=utf-8", []]);
      assert.equal(JSON.parse(body).status, 408);
    });
    assert.deepEqual([asked.headersTimeout, asked.requestTimeout], [20_000, 60_000]);
  });
}
