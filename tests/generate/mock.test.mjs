/** The code of every target, run against the mock of the API: what it stores, what it says, and how that ends. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createMock } from "../../dist/mock.mjs";
import { generate, validate } from "../../dist/node.mjs";
import { findRuntimes } from "../../scripts/runtimes.mjs";
import { HOSTILE, INVALID } from "./bodies.mjs";
import { prepare, RUNNERS } from "./runners.mjs";

const TOKEN = "t0ken-.~+/=";
const APP_KEY = "a/b \"c'$`é%n";
const found = await findRuntimes();

/** Mocks by what they are there for. Without a rate: several programs run at once. */
const MOCKS = {
  open: {},
  "other tokens": { tokens: ["another"] },
  "other integrations": { appKeys: ["another"] },
  "just installed": { installedAt: Date.now() },
};
const urls = {};
const running = [];

async function start(options) {
  const mock = await createMock({ rate: 0, tokens: [TOKEN], appKeys: [APP_KEY], ...options });
  running.push(mock);
  return mock;
}

before(async () => {
  for (const [name, options] of Object.entries(MOCKS)) urls[name] = (await start(options)).url;
});
after(() => Promise.all(running.map((mock) => mock.close())));

const snippetOf = (target, body) => generate(body, { target, appKey: APP_KEY }).snippet;
const programOf = (target, body) => {
  let once;
  return async (url) => {
    const run = await (once ??= prepare(snippetOf(target, body)));
    const { code, out, err } = await run({ BIGPANDA_API_URL: url, BIGPANDA_ORG_TOKEN: TOKEN });
    assert.ok(!(out + err).includes(TOKEN), "the token is not shown");
    return { code, out, said: out + err };
  };
};

/** Sends a request as often as the rate allows. */
const exhaust = async (url, rate) => {
  const headers = { authorization: `Bearer ${TOKEN}` };
  for (let i = 0; i < rate; i++) await fetch(`${url}/configurations/alerts/oim/x`, { headers });
};

const REFUSALS = [
  ["other tokens", 401, "the org token is not valid"],
  ["other integrations", 404, "no integration has the app key"],
];

describe("targets against the mock", { concurrency: 4 }, () => {
  for (const [target, { needs }] of Object.entries(RUNNERS)) {
    const missing = needs.filter((name) => !found.has(name));
    if (missing.length > 0) it(`${target} against the mock`, { skip: `not run: ${missing.join(" and ")} not here` });
    else describe(target, () => (target.endsWith("-get") ? retrieves : sends)(target));
  }
});

function refused(target, run, rows) {
  for (const [mock, status, text] of rows) {
    it(`shows what the mock says to ${mock}: ${status}`, async () => {
      const { code, said } = await run(urls[mock]);
      assert.equal(code, target === "ansible" ? 2 : 1, said);
      for (const word of [String(status), text]) assert.ok(said.includes(word), said);
    });
  }

  it("waits until the mock's own rate lets it pass", async () => {
    let calls = 0;
    // The first call is the one in which the mock looks at its clock. The clock stands still until the program has
    // been refused once, however long it takes to start.
    const mock = await start({ rate: 5, clock: () => (calls++ <= 6 ? 0 : 5000) });
    await exhaust(mock.url, 5);
    const { code, said } = await run(mock.url);
    const found = target.endsWith("-get") ? /has no configuration yet/ : /BigPanda accepted the configuration \(200\)/;
    assert.match(said, found);
    assert.equal(code, target.endsWith("-get") ? 1 : 0, said);
    assert.equal(calls, 8, "one look at the clock, five requests, a refused one and one that passed");
  });
}

function sends(target) {
  const run = programOf(target, HOSTILE);

  it("stores the body, byte for byte", async () => {
    const mock = await start();
    const { code, said } = await run(mock.url);
    assert.equal(code, 0, said.slice(0, 4000));
    assert.match(said, /BigPanda accepted the configuration \(200\)/);
    assert.equal(`${mock.configuration(APP_KEY)}\n`, snippetOf(target, HOSTILE).json);
  });

  it("shows every error that the validator finds", async () => {
    const errors = validate(INVALID).diagnostics.filter(({ severity }) => severity === "error");
    assert.ok(errors.length > 2);
    const { code, said } = await programOf(target, INVALID)(urls.open);
    assert.equal(code, target === "ansible" ? 2 : 1, said);
    for (const { message, pointer } of errors)
      assert.ok(said.includes(`${message} (${pointer})`), `${message}: ${said}`);
  });

  refused(target, run, [...REFUSALS, ["just installed", 409, "in the first 10 min after its installation"]]);
}

function retrieves(target) {
  const run = programOf(target, "");

  it("prints what was stored, byte for byte", async () => {
    const mock = await start();
    const { json } = snippetOf("json", HOSTILE);
    const path = `/configurations/alerts/oim/${encodeURIComponent(APP_KEY)}`;
    const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
    const { status } = await fetch(mock.url + path, { method: "POST", headers, body: json });
    assert.equal(status, 200);
    const { code, out, said } = await run(mock.url);
    assert.equal(code, 0, said);
    assert.equal(`${out.trimEnd()}\n`, json);
  });

  refused(target, run, REFUSALS);
}
