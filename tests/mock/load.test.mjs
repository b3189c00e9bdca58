/** Many clients at once, and one that never stops. */
import assert from "node:assert/strict";
import { Agent } from "node:http";
import { test } from "node:test";
import v8 from "node:v8";
import vm from "node:vm";
import { AUTHORIZED, BODY, call, checked, CONFIG, CONFIGURATION, POST, withMock } from "./support.mjs";

v8.setFlagsFromString("--expose-gc");
const collect = vm.runInNewContext("gc");
const REQUESTS = 100_000;

test("100 clients at once each get their own", async () => {
  await withMock({}, async ({ url }) => {
    await Promise.all(
      Array.from({ length: 100 }, async (_, client) => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        const headers = { ...POST.headers, authorization: `Bearer ${client}` };
        const path = `/configurations/alerts/oim/key-${client}`;
        const events = `/oim/api/alerts?explain=1&app_key=key-${client}`;
        for (let round = 0; round < 10; round += 1) {
          const sample_payload = { host: `web-${client}-${round}`, state: "up" };
          const body = JSON.stringify({ config: CONFIG, sample_payload });
          assert.equal((await checked(url, { ...POST, headers, path, body, agent })).status, 200);
          assert.deepEqual(
            JSON.parse((await checked(url, { path, headers, agent })).text).sample_payload,
            sample_payload,
          );
          const answer = await checked(url, {
            ...POST,
            headers,
            path: events,
            body: JSON.stringify(sample_payload),
            agent,
          });
          assert.equal(JSON.parse(answer.text).data.alerts[0].tags.host, sample_payload.host);
        }
        agent.destroy();
      }),
    );
  });
});

test("the rate holds for 100 clients with one token", async () => {
  let now = 0;
  await withMock({ rate: 5, clock: () => now }, async ({ url }) => {
    for (const second of [0, 1000]) {
      now = second;
      const answers = await Promise.all(Array.from({ length: 100 }, () => checked(url, { path: CONFIGURATION })));
      const count = (status) => answers.filter((answer) => answer.status === status).length;
      assert.deepEqual([count(404), count(429)], [5, 95]);
    }
  });
});

/** What is asked over and over; the tokens are ever new ones. */
const MIX = [
  (turn) => ({
    ...POST,
    path: CONFIGURATION,
    body: BODY,
    headers: { ...POST.headers, authorization: `Bearer ${turn}` },
  }),
  (turn) => ({ path: CONFIGURATION, headers: { authorization: `Bearer ${turn}` } }),
  (turn) => ({
    ...POST,
    path: "/oim/api/alerts?app_key=key-1",
    body: `{"host":"web-${turn}"}`,
    headers: { "x-auth-token": `${turn}` },
  }),
  () => ({ ...POST, path: CONFIGURATION, body: '{"config": 5}' }),
  (turn) => ({ path: `/${turn}`, headers: AUTHORIZED }),
];

test(`memory does not grow over ${REQUESTS} requests`, async (context) => {
  await withMock({ rate: 5 }, async ({ url }) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    let turn = 0;
    const work = async (end) => {
      while (turn < end) {
        const request = MIX[turn % MIX.length](turn++);
        const { status } = await call(url, { ...request, agent });
        assert.ok(status < 500, String(status));
      }
    };
    const upTo = (end) => Promise.all(Array.from({ length: 8 }, () => work(end)));
    const used = () => (collect(), process.memoryUsage());
    await upTo(REQUESTS / 10);
    const before = used();
    await upTo(REQUESTS);
    const after = used();
    agent.destroy();
    // The engine's memory is part of what is external.
    const grown = { heap: after.heapUsed - before.heapUsed, external: after.external - before.external };
    context.diagnostic(`grown by ${JSON.stringify(grown)} bytes`);
    assert.ok(grown.heap < 2_000_000, `the heap grew by ${grown.heap} bytes`);
    assert.ok(grown.external < 1_000_000, `outside the heap it grew by ${grown.external} bytes`);
  });
});
