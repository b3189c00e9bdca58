import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import fc from "fast-check";
import { fromHash, LINK_LIMIT, type Shared, toHash, UNPACKED_LIMIT } from "../../www/src/share/link.ts";

const STATE: Shared = {
  payload: '{"host": "h"}',
  config: "{}",
  additional: "map",
  request: { target: "python", region: "eu", mode: "update", sampleAs: "text" },
  view: { left: "form" },
};

/** Any text there is: halves of surrogate pairs, control characters, whatever. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 50 }).map((units) => String.fromCharCode(...units)),
);
const shared: fc.Arbitrary<Shared> = fc.record({
  payload: text,
  config: text,
  additional: fc.constantFrom("ignore", "map"),
  request: fc.record({
    target: fc.constantFrom("curl", "python", "github-actions"),
    region: fc.constantFrom("us", "eu"),
    mode: fc.constantFrom("create", "update"),
    sampleAs: fc.constantFrom("object", "text"),
  }),
  view: fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), fc.string({ maxLength: 20 }), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
});

const link = (json: string) => `#v1.${deflateSync(json).toString("base64url")}`;

test("what goes into a link comes out of it", async () => {
  await fc.assert(
    fc.asyncProperty(shared, async (state) => {
      const hash = await toHash(state);
      expect(hash).toMatch(/^#v1\.[\w-]+$/);
      expect(await fromHash(hash)).toEqual({ kind: "state", state });
    }),
  );
});

for (const [name, payload] of [
  ["a megabyte", "x😀\ud800".repeat(262_144)],
  [
    "a megabyte that does not deflate",
    Array.from({ length: 1_000_000 }, (_, index) => String.fromCharCode((index * 7919) % 251)).join(""),
  ],
  ["nothing", ""],
] as const) {
  test(`${name} comes through a link`, async () => {
    expect(await fromHash(await toHash({ ...STATE, payload }))).toEqual({
      kind: "state",
      state: { ...STATE, payload },
    });
  });
}

/** Links that were given out. Each stays readable for ever: add to this file, change nothing in it. */
const FROZEN = JSON.parse(readFileSync(new URL("links.frozen.json", import.meta.url), "utf8")) as {
  note: string;
  link: string;
  state: Shared;
}[];

test("there are frozen links of each version", () => {
  expect(new Set(FROZEN.map(({ link }) => link.slice(0, 4)))).toEqual(new Set(["#v1."]));
});

for (const { note, link, state } of FROZEN) {
  test(`a link of old: ${note}`, async () => expect(await fromHash(link)).toEqual({ kind: "state", state }));
}

test("no app key and nothing unknown gets into a link", async () => {
  const request = { ...STATE.request, appKey: "0f1e2d3c", token: "t0k3n" };
  expect(await toHash({ ...STATE, request, token: "t0k3n" } as Shared)).toBe(await toHash(STATE));
});

test("a link that a mail has wrapped and ended with a full stop is whole", async () => {
  const hash = await toHash(STATE);
  for (const bent of [
    `${hash}.`,
    `${hash.slice(0, 40)}%0A${hash.slice(40)}`,
    `${hash.slice(0, 30)}\n ${hash.slice(30)}">`,
  ]) {
    expect(await fromHash(bent)).toEqual({ kind: "state", state: STATE });
  }
});

for (const hash of ["", "#", "#alerts", "#problems"]) {
  test(`"${hash}" is no link`, async () => expect(await fromHash(hash)).toEqual({ kind: "none" }));
}

for (const [hash, message] of [
  ["#v2.eJyrVkrLz1eyUkpKLFKqBQAd5wRN", "newer version"],
  ["#v10", "newer version"],
  ["#v0.eJwDAAAAAAE", "not made by the playground"],
  ["#N4IgLgFgpgzgXCA5gJwJYDsoHsAOMQC+BQA", "not made by the playground"],
  ["#code/MYewdgzgLgBAhgLxgXhgVgAwG", "not made by the playground"],
  ["#v1", "damaged"],
  ["#v1.", "damaged"],
  ["#v1.a", "damaged"],
  ["#v1.€€€", "damaged"],
  ["#v1.eJyrVkrLz1eyUkpKLFKqBQAd5wRN?x=1&", "damaged"],
  [link("7"), "damaged"],
  [link("null"), "damaged"],
  [link("[]"), "damaged"],
  [link('{"payload": 1, "config": ""}'), "damaged"],
  [link('{"payload": "'), "damaged"],
  [`#v1.${deflateSync(Buffer.from([0x22, 0xff, 0xfe, 0x22])).toString("base64url")}`, "damaged"],
  [`#v1.${"A".repeat(LINK_LIMIT)}`, "more than the playground opens"],
] as const) {
  test(`"${hash.slice(0, 40)}" cannot be opened and says why`, async () => {
    const opened = await fromHash(hash);
    expect(opened.kind).toBe("problem");
    if (opened.kind === "problem") {
      expect(opened.message).toContain(message);
      expect(opened.help).not.toBe("");
    }
  });
}

test("a link that is cut or changed anywhere is found out", async () => {
  const hash = await toHash(STATE);
  const places = fc.integer({ min: 5, max: hash.length - 1 });
  await fc.assert(
    fc.asyncProperty(places, fc.boolean(), async (at, cut) => {
      const other = hash[at] === "A" ? "B" : "A";
      const opened = await fromHash(cut ? hash.slice(0, at) : hash.slice(0, at) + other + hash.slice(at + 1));
      // The last character holds bits that are of no byte.
      if (opened.kind === "state") expect(at).toBe(hash.length - 1);
      if (opened.kind === "state") expect(opened.state).toEqual(STATE);
    }),
  );
});

test("a link that unpacks to gigabytes is given up early", async () => {
  const bomb = deflateSync(Buffer.alloc(UNPACKED_LIMIT * 3, 0x20));
  const before = process.memoryUsage().rss;
  const opened = await fromHash(`#v1.${bomb.toString("base64url")}`);
  expect(opened).toMatchObject({ kind: "problem", message: "This link holds more than the playground opens" });
  expect(process.memoryUsage().rss - before).toBeLessThan(UNPACKED_LIMIT * 5);
});

test("odd settings become the usual ones", async () => {
  const json = JSON.stringify({
    payload: "p",
    config: "c",
    additional: "all",
    request: { target: "<img>", region: 1, mode: null, sampleAs: [], appKey: "k" },
    view: { left: "form", right: 7, [`k${"x".repeat(300)}`]: "v" },
    more: true,
  });
  expect(await fromHash(link(json))).toEqual({
    kind: "state",
    state: {
      payload: "p",
      config: "c",
      additional: "ignore",
      request: { target: "curl", region: "us", mode: "create", sampleAs: "object" },
      view: { left: "form" },
    },
  });
});
