/** The code of every target, run against an API that writes down what arrives. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { generate, targets } from "../../dist/node.mjs";
import { findRuntimes } from "../../scripts/runtimes.mjs";
import { APP_KEY, BODIES, REALISTIC } from "./bodies.mjs";
import { prepare, RUNNERS } from "./runners.mjs";
import { failure, hangUp, OK, startApi } from "./server.mjs";

const TOKEN = "t0ken-.~+/=";
const found = await findRuntimes();
let api;

before(async () => {
  api = await startApi();
});
after(() => api.stop());

const snippetOf = (target, body = REALISTIC, options = {}) => {
  const { snippet } = generate(body, { target, appKey: APP_KEY, ...options });
  assert.notEqual(snippet, null);
  return snippet;
};

for (const { id } of targets().filter(({ id }) => !(id in RUNNERS))) {
  const reason = id === "json" ? "no code" : "only parsed: its runtime cannot be installed here";
  if (id !== "json") it(`${id} runs`, { skip: reason });
}

describe("targets", { concurrency: 4 }, () => {
  for (const [target, { needs }] of Object.entries(RUNNERS)) {
    const missing = needs.filter((name) => !found.has(name));
    if (missing.length > 0) it(`${target} runs`, { skip: `not run: ${missing.join(" and ")} not here` });
    else describe(target, () => (target.endsWith("-get") ? retrieves(target) : sends(target)));
  }
});

/** What holds for all targets; `run(answers, env)` gives the requests and how the code ended. */
function fails(target, run) {
  // Ansible has one way to fail.
  const codeOf = (code) => (target === "ansible" ? 2 : code);

  it("shows what BigPanda answers", async () => {
    const { requests, code, said } = await run([failure(400, "Call is missing parameters", "or malformed.")]);
    assert.equal(requests.length, 1);
    assert.equal(code, codeOf(1), said);
    for (const word of ["400", "Call is missing parameters", "or malformed."]) assert.ok(said.includes(word), said);
  });

  it("gives a hint", async () => {
    const { requests, code, said } = await run([failure(404, "Not found")]);
    assert.equal(requests.length, 1);
    assert.equal(code, codeOf(1), said);
    assert.match(said, /Not found/);
    assert.match(said, /no integration with this app key/);
  });

  it("tries again after 429, not too fast", async () => {
    const busy = failure(429, "Too many requests");
    const { requests, code, said } = await run([busy, busy, OK]);
    assert.equal(code, 0, said);
    assert.equal(requests.length, 3);
    const pauses = requests.slice(1).map(({ at }, i) => at - requests[i].at);
    for (const pause of pauses) assert.ok(pause > 800, `${pauses} ms`);
    assert.deepEqual(requests[2].body, requests[0].body);
  });

  it("gives up after some tries", async () => {
    const { requests, code, said } = await run([failure(429, "Too many requests")]);
    assert.equal(code, codeOf(1), said);
    assert.equal(requests.length, 5);
    assert.match(said, /429/);
  });

  it("ends when nobody answers", async () => {
    const { requests, code, said } = await run([hangUp]);
    assert.equal(requests.length, 1);
    assert.equal(code, codeOf(1), said);
    const nowhere = await run([OK], { BIGPANDA_API_URL: "http://127.0.0.1:9" });
    assert.equal(nowhere.code, codeOf(1), nowhere.said);
  });

  it("takes the token nowhere else", async () => {
    const other = api.scenario([OK]);
    const { code, said } = await run([{ status: 302, body: "", location: other.url }]);
    assert.equal(code, codeOf(1), said);
    assert.equal(other.requests.length, 0);
  });

  it("does nothing without a token", async () => {
    for (const BIGPANDA_ORG_TOKEN of ["", undefined]) {
      const { requests, code, said } = await run([OK], { BIGPANDA_ORG_TOKEN });
      assert.equal(code, 2, said);
      assert.equal(requests.length, 0);
      assert.match(said, /Set BIGPANDA_ORG_TOKEN/);
    }
  });

  // Libraries complain about such a header with all of it, or send what is behind the line end as another one.
  it("does not show a token that came with a line end or a space, nor send it", async () => {
    for (const BIGPANDA_ORG_TOKEN of [`${TOKEN}\n`, `${TOKEN}\r\nX-Other: 1`, `Bearer ${TOKEN}`]) {
      const { requests, code, said } = await run([OK], { BIGPANDA_ORG_TOKEN });
      assert.equal(code, 2, said);
      assert.equal(requests.length, 0);
      assert.match(said, /without spaces or line ends/);
    }
  });
}

function runner(program) {
  return async (answers, env = {}) => {
    const { url, requests } = api.scenario(answers);
    const { code, out, err } = await (await program)({ BIGPANDA_API_URL: url, BIGPANDA_ORG_TOKEN: TOKEN, ...env });
    assert.ok(!(out + err).includes(TOKEN), "the token is not shown");
    return { requests, code, out, said: out + err };
  };
}

function sends(target) {
  let once;
  fails(target, (...args) => runner((once ??= prepare(snippetOf(target))))(...args));

  for (const [name, body] of Object.entries(BODIES)) {
    it(`sends the body as it is: ${name}`, async () => {
      const appKey = name === "hazards" ? "a/b \"c'$`é%n" : APP_KEY;
      const snippet = snippetOf(target, body, { appKey });
      const { requests, code, said } = await runner(prepare(snippet))([OK]);
      assert.equal(code, 0, said.slice(0, 4000));
      assert.equal(requests.length, 1);
      const [{ method, path, headers, body: arrived }] = requests;
      assert.ok(arrived.equals(Buffer.from(snippet.json)), firstDifference(arrived.toString(), snippet.json));
      assert.deepEqual(JSON.parse(snippet.json), JSON.parse(body));
      assert.equal(method, "POST");
      assert.equal(
        path,
        `/configurations/alerts/oim/${name === "hazards" ? "a%2Fb%20%22c%27%24%60%C3%A9%25n" : APP_KEY}`,
      );
      assert.equal(headers.authorization, `Bearer ${TOKEN}`);
      assert.equal(headers["content-type"], "application/json");
      assert.match(said, /BigPanda accepted the configuration \(200\)/);
    });
  }
}

function retrieves(target) {
  let once;
  const run = (...args) => runner((once ??= prepare(snippetOf(target))))(...args);
  fails(target, run);

  it("writes the configuration to standard output", async () => {
    const { requests, code, out, said } = await run([{ ...OK, body: REALISTIC }]);
    assert.equal(code, 0, said);
    assert.equal(out.trimEnd(), REALISTIC.trimEnd());
    const [{ method, path, headers, body }] = requests;
    assert.equal(requests.length, 1);
    assert.equal(`${method} ${path}`, `GET /configurations/alerts/oim/${APP_KEY}`);
    assert.equal(headers.authorization, `Bearer ${TOKEN}`);
    assert.equal(body.length, 0);
  });
}

function firstDifference(found, expected) {
  let at = 0;
  while (at < expected.length && found[at] === expected[at]) at++;
  const shown = (text) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 20));
  return `at ${at}: ${shown(found)} instead of ${shown(expected)}`;
}
