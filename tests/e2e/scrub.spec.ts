import { expect, test } from "@playwright/test";
import fc from "fast-check";
import { findings } from "../../www/src/share/findings.ts";
import { scrub } from "../../www/src/share/scrub.ts";
import type * as Package from "../../src/js/types.d.ts";

const found = (text: string) =>
  findings(text).map(({ kind, value, start, end }) => [kind, value, text.slice(start, end)]);

/** A value of a member `m`, and what is found in it. */
const VALUES: [value: string, ...found: [kind: string, value: string][]][] = [
  ["disk full on db1.corp.acme.com:9100", ["host", "db1.corp.acme.com"]],
  ["https://grafana.acme.io/d/x?orgId=1", ["host", "grafana.acme.io"]],
  ["ip-10-0-3-7.eu-west-1.compute.internal", ["host", "ip-10-0-3-7.eu-west-1.compute.internal"]],
  ["10.1.2.3", ["address", "10.1.2.3"]],
  ["from 8.8.4.4:53 to fe80::1ff:fe23:4567:890a", ["address", "8.8.4.4"], ["address", "fe80::1ff:fe23:4567:890a"]],
  ["2a00:1450:4001:81b:0:0:0:200e", ["address", "2a00:1450:4001:81b:0:0:0:200e"]],
  ["Ann.Lee+ops@mail.acme.co.uk, bob@acme.de", ["mail", "Ann.Lee+ops@mail.acme.co.uk"], ["mail", "bob@acme.de"]],
  ["postgres://admin:s3cret@db.acme.net/x", ["credentials", "admin:s3cret"], ["host", "db.acme.net"]],
  ["Authorization: Bearer 5f2a9c0de1b34a77", ["token", "5f2a9c0de1b34a77"]],
  ["key AKIAIOSFODNN7EXAMPLE", ["token", "AKIAIOSFODNN7EXAMPLE"]],
  ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", ["token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"]],
  ["https://hooks.slack.com/services/T000/B000/XXXX1234", ["host", "hooks.slack.com"], ["token", "T000/B000/XXXX1234"]],
  ["https://x.acme.com/?sig=a%2Bb12345&v=1", ["host", "x.acme.com"], ["token", "a%2Bb12345"]],
  ["ghp_0123456789abcdefghijABCDEFGHIJ012345", ["token", "ghp_0123456789abcdefghijABCDEFGHIJ012345"]],
  [
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
    ["token", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"],
  ],
  ["d41d8cd98f00b204e9800998ecf8427e", ["secret", "d41d8cd98f00b204e9800998ecf8427e"]],
  ["wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAM9PLEKEY12", ["secret", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAM9PLEKEY12"]],
  // What only looks like something.
  ["2026-01-31T12:00:00.5Z"],
  ["12:30:45"],
  ["std::string"],
  ["1.2.3"],
  ["999.1.1.1"],
  ["127.0.0.1"],
  ["192.0.2.7"],
  ["user.id"],
  ["main.rs"],
  ["java.lang.NullPointerException"],
  ["e.g. this"],
  ["host-1.example"],
  ["user1@example.com"],
  ["/var/log/app/2026/01/31/CPUUtilizationHigh1234.log"],
  ["9f1c0a52-2b7e-4d3a-8f00-0d9c1b2a3e4f"],
  ["the bearer of this authorization"],
  ["critical"],
];

for (const [value, ...expected] of VALUES) {
  test(`in "${value.slice(0, 60)}": ${expected.map(([kind]) => kind).join(", ") || "nothing"}`, () => {
    const text = JSON.stringify({ a: [1.5, null], m: value });
    expect(findings(text).map(({ kind, value }) => [kind, value])).toEqual(expected);
  });
}

for (const [member, value, kind] of [
  ["host", "zeus", "host"],
  ["instance", "db1:9100", "host"],
  ["target_host", "db-1", "host"],
  ["password", "hunter2", "token"],
  ["apiKey", "abc", "token"],
  ["x-auth-token", "abc", "token"],
  ["clientSecret", "abc", "token"],
  ["host", "localhost", null],
  ["host", "Zabbix server", null],
  ["hostgroup", "linux", null],
  ["token_count", "7", null],
  ["passed", "yes", null],
] as const) {
  test(`${member}: ${value} is ${kind ?? "nothing"}`, () => {
    expect(findings(JSON.stringify({ [member]: value })).map(({ kind }) => kind)).toEqual(kind ? [kind] : []);
  });
}

test("places are those of the text, behind escapes and in JSON within JSON too", () => {
  expect(found('{"a": "x\\n\\u00e9 db1.acme.com", "b": 1}')).toEqual([["host", "db1.acme.com", "db1.acme.com"]]);
  expect(found('{"u": "http:\\/\\/ops:pw1@acme.com\\/"}')).toEqual([
    ["credentials", "ops:pw1", "ops:pw1"],
    ["host", "acme.com", "acme.com"],
  ]);
  expect(found('{"m": "\\u0061nn@acme.com"}')).toEqual([["mail", "ann@acme.com", "\\u0061nn@acme.com"]]);
  const inner = JSON.stringify({ password: "p w", note: "see db1.acme.com" });
  expect(found(JSON.stringify({ Message: inner }))).toEqual([
    ["token", "p w", "p w"],
    ["host", "db1.acme.com", "db1.acme.com"],
  ]);
});

test("text that is no JSON is looked through all the same", () => {
  expect(found("host=db1.acme.com ip=10.0.0.1").map(([, value]) => value)).toEqual(["db1.acme.com", "10.0.0.1"]);
  expect(found('{"a": db1.acme.com, "b": "x@acme.com').map(([, value]) => value)).toEqual([
    "db1.acme.com",
    "x@acme.com",
  ]);
});

const CONFIG = JSON.stringify(
  {
    config: {
      is_array: true,
      array_source: "alerts",
      status: {
        source: ["@alert.state.info"],
        default_to: "critical",
        status_map: { ok: ["up.acme.com"], critical: ["down", "10.0.0.1"] },
      },
      primary_property: { name: "host", source: ["@alert.host"], default_to: "fallback.acme.com" },
      secondary_property: { name: "check.name.io", source: ["@alert.by.db1.acme.com.check"] },
      additional_attributes: [
        { name: "message", source: ["@alert.text"] },
        { name: "mail", source: ["@alert.mail"] },
      ],
    },
    sample_payload: { alerts: [{ host: "db1.acme.com", text: "n/a" }] },
  },
  null,
  2,
);
const PAYLOAD = JSON.stringify({
  alerts: [
    {
      host: "db1.acme.com",
      state: { info: "down" },
      by: { "db1.acme.com": { check: "disk" } },
      text: "db1.acme.com (10.0.0.1), db1 and prod-db-07 are full",
      mail: "ann@acme.com",
    },
    { host: "prod-db-07", state: { info: "up.acme.com" }, text: "10.0.0.1", mail: "ann@acme.com" },
    { host: "10.0.0.9", state: { info: "10.0.0.1" } },
  ],
});

test("the same gets the same stand-in in both documents, and the rules still work", async () => {
  const { payload, config, replaced } = scrub(PAYLOAD, CONFIG);
  expect(`${payload}${config.replace("up.acme.com", "")}`.replace("up.acme.com", "")).not.toContain("acme");
  const sample = (JSON.parse(config) as { sample_payload: { alerts: { host: string }[] } }).sample_payload;
  const [first, second] = (JSON.parse(payload) as { alerts: { host: string; text: string; mail: string }[] }).alerts;
  expect(sample.alerts[0]?.host).toBe(first?.host);
  expect(first?.text).toMatch(/^host-\d\.example \(192\.0\.2\.\d\), db1 and host-\d are full$/);
  expect(first?.text).toContain(second?.host ?? "?");
  expect(second?.text).toBe("192.0.2.1");
  expect(first?.mail).toBe("user1@example.com");
  expect(replaced.find(({ value }) => value === "db1.acme.com")).toMatchObject({ kind: "host", count: 5 });

  // For Node the package has no types beside it.
  const { processPayload } = (await import("../../dist/node.mjs" as string)) as typeof Package;
  const run = (body: string, text: string) => processPayload(body, text, { receivedAt: 0 });
  const [before, after] = [run(CONFIG, PAYLOAD), run(config, payload)];
  expect(after.alerts.map(({ status, tags }) => [status, Object.keys(tags)])).toEqual(
    before.alerts.map(({ status, tags }) => [status, Object.keys(tags)]),
  );
  expect(after.alerts.map(({ status }) => status)).toEqual(["critical", "ok", "critical"]);
  expect(after.alerts[0]?.tags["check.name.io"]).toBe("disk");
});

test("what opens something can be replaced alone", () => {
  const text = '{"host": "db1.acme.com", "password": "hunter2", "url": "http://a:b1@acme.com"}';
  expect(scrub(text, "{}", "secrets").payload).toBe(
    '{"host": "db1.acme.com", "password": "token-1", "url": "http://token-2@acme.com"}',
  );
});

test("a stand-in is none that is there already", () => {
  expect(scrub('{"host": "zeus", "x": "host-1, 192.0.2.1"}', "{}").payload).toBe(
    '{"host": "host-2", "x": "host-1, 192.0.2.1"}',
  );
});

const value = fc.oneof(
  fc.constantFrom(...VALUES.map(([value]) => value)),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.ipV4(),
  fc.ipV6(),
  fc.emailAddress(),
  fc.domain(),
  fc.webUrl({ withQueryParameters: true }),
);
const names = fc.oneof(
  fc.constantFrom("host", "password", "m", "instance", "db1.acme.com", "10.0.0.1"),
  fc.string({ maxLength: 8 }),
);
const tree = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    value,
    fc.double(),
    fc.array(tie("node"), { maxLength: 3 }),
    fc.dictionary(names, tie("node"), { maxKeys: 4 }),
    value.map((inner) => JSON.stringify({ host: inner })),
  ),
})).node;

/** The shape without the values. A number that is a secret becomes another one. */
function shape(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(shape);
  if (typeof node === "object" && node !== null) return Object.values(node).map(shape);
  if (typeof node === "number") return 0;
  return typeof node === "string" ? "" : node;
}

test("scrubbed JSON is JSON of the same shape, and scrubbing again changes nothing", () => {
  fc.assert(
    fc.property(tree, fc.constantFrom(undefined, 2), (node, indent) => {
      const text = JSON.stringify(node, null, indent);
      const once = scrub(text, CONFIG);
      expect(shape(JSON.parse(once.payload))).toEqual(shape(JSON.parse(text)));
      const twice = scrub(once.payload, once.config);
      expect(twice.payload).toBe(once.payload);
      expect(twice.config).toBe(once.config);
    }),
    { numRuns: 300 },
  );
});

test("any text is looked through without an end to it", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('"', "\\", "{", "[", "]", "}", ":", ",", "a.com", "1.1.1.1", "\n", "u0041"),
        maxLength: 60,
      }),
      (text) => {
        for (const { start, end, value } of findings(text))
          expect(text.slice(start, end).length).toBeGreaterThanOrEqual(value.length);
      },
    ),
  );
});

for (const [name, part] of [
  ["letters", "a"],
  ["dots", "a."],
  ["digits", "1."],
  ["colons", "a:"],
  ["quotes", '\\"'],
  ["ats", "a@"],
  ["slashes", "://a:"],
] as const) {
  test(`a megabyte of ${name} is looked through in one go`, () => {
    // Patterns that go back and forth would need hours, so that the test's own limit would end it.
    findings(JSON.stringify({ password: 1, m: part.repeat(1_000_000 / part.length) }));
  });
}
