/** Secrets never get into a link, and looking for them takes time that grows with the text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { load } from "./load.mjs";

const { fromHash, isSecretName, LINK_LIMIT, scrub } = await load("share/names.ts", "share/scrub.ts", "share/link.ts");

const secretsOnly = (payload, config = "{}") => scrub(payload, config, "secrets");
/** A value of an ordinary member, after the scrubbing. */
const text = (value) => JSON.parse(secretsOnly(JSON.stringify({ text: value })).payload).text;

for (const name of [
  ["x-api-key", "api-key", "apiKey", "APIKey", "apikey", "APIkey", "API Key", "X-Functions-Key"],
  ["secret_key", "secretKey", "SecretKeyBase", "app_key", "appKey", "client-key-data", "signing_key"],
  ["password", "passwords", "PASSWORD", "dbPassword2", "passwd", "pwd", "pass", "pass_word", "PGPASSWORD"],
  ["token", "tokens", "authToken", "NPM_TOKEN", "token_value", "credentials", "creds", "jwt"],
  ["AWS_SECRET_ACCESS_KEY", "private_key_id", "session_id", "sessionId", "JSESSIONID", "set-cookie", "cookies"],
  ["auth", "Authorization", "proxy-authorization", "auth_header", "X-Amz-Signature", "sig"],
].flat()) {
  test(`${name} names a secret`, () => {
    assert.equal(isSecretName(name), true);
    assert.equal(secretsOnly(JSON.stringify({ [name]: "hunter" })).payload, JSON.stringify({ [name]: "token-1" }));
    assert.equal(secretsOnly(JSON.stringify({ [name]: 8317 })).payload, JSON.stringify({ [name]: 0 }));
  });
}

for (const name of [
  ["key", "incident_key", "dedup_key", "keys", "primary_key", "public_key", "keyboard", "monkey"],
  ["author", "authority", "authenticated", "auth_method", "authorization_endpoint", "passed", "compass", "bypass"],
  ["token_count", "max_tokens", "totalTokens", "token_type", "password_expired", "has_password", "secretary"],
  ["signature_id", "cookie_policy", "secret_name", "tokenizer", "description", "host", "status", "", "42"],
].flat()) {
  test(`"${name}" names no secret`, () => {
    assert.equal(isSecretName(name), false);
    const payload = JSON.stringify({ [name]: "value", more: { [name]: 5 } });
    assert.equal(secretsOnly(payload).payload, payload);
  });
}

for (const [what, before, after] of [
  [
    "an object",
    { password: { value: "abc", old: ["def", 7, null, true] } },
    { password: { value: "token-1", old: ["token-2", 0, null, true] } },
  ],
  ["a list", { tokens: ["a", "b", "a"] }, { tokens: ["token-1", "token-2", "token-1"] }],
  [
    "a pair",
    {
      env: [
        { name: "DB_PASSWORD", value: "abc" },
        { value: 12, key: "api-key" },
        { name: "x", value: "abc" },
      ],
    },
    {
      env: [
        { name: "DB_PASSWORD", value: "token-1" },
        { value: 0, key: "api-key" },
        { name: "x", value: "abc" },
      ],
    },
  ],
  [
    "a pair with a list",
    { name: "Authorization", values: ["Basic x"] },
    { name: "Authorization", values: ["token-1"] },
  ],
  ["JSON in a string", { m: JSON.stringify({ pwd: { a: "x y" } }) }, { m: JSON.stringify({ pwd: { a: "token-1" } }) }],
  ["a name with a token", { "AKIAIOSFODNN7EXAMPLE is used": 1 }, { "token-1 is used": 1 }],
]) {
  test(`what is below a secret's name is one: ${what}`, () => {
    assert.deepEqual(JSON.parse(secretsOnly(JSON.stringify(before)).payload), after);
  });
}

test("a title that speaks of a secret hides no message", () => {
  const payload = JSON.stringify({ title: "Wrong password", text: "bob cannot log in", value: 7 });
  assert.equal(secretsOnly(payload).payload, payload);
});

test("a name far from its colon is a name", () => {
  assert.equal(secretsOnly(`{"password"${" ".repeat(100)}: "abc"}`).payload.includes("abc"), false);
});

for (const [before, after] of [
  ["login with password=hunter failed", "login with password=token-1 failed"],
  ["password = hunter, host = db", "password = token-1, host = db"],
  ["Server=db;Password=a;b,c;Uid=sa;", "Server=db;Password=token-1;Uid=sa;"],
  ["export NPM_TOKEN=abc AWS_SECRET_ACCESS_KEY='d e'", "export NPM_TOKEN=token-1 AWS_SECRET_ACCESS_KEY='token-2'"],
  ["API key: abc. Next", "API key: token-1. Next"],
  ["password:\n  abc\n", "password:\n  token-1\n"],
  ["password:\nhost: db", "password:\nhost: db"],
  ['{\'secret\': \'x"y\', "token": "a\\"b"} end', "{'secret': 'token-1', \"token\": \"token-2\"} end"],
  ['got "password":{"value":"a}b","n":[1]}, then', 'got "password":token-1, then'],
  ['cut {"credentials": {"a": "x y', 'cut {"credentials": token-1'],
  ["curl -u bob:abc http://db", "curl -u token-1 http://db"],
  ["curl -su bob:abc -X POST", "curl -su token-1 -X POST"],
  ["curl -ubob:abc http://db", "curl -utoken-1 http://db"],
  ["curl --user 'bob:a b' http://db", "curl --user 'token-1' http://db"],
  ["curl --user=bob:abc http://db", "curl --user=token-1 http://db"],
  ["curl --proxy-user bob:abc http://db", "curl --proxy-user token-1 http://db"],
  ["tool --password abc --api-key=def --token-file f", "tool --password token-1 --api-key=token-2 --token-file f"],
  ["sort -u a b", "sort -u a b"],
  ["Authorization: Basic abc", "Authorization: Basic token-1"],
  ["Authorization: Bearer abcdef", "Authorization: Bearer token-1"],
  ['curl -H "Authorization: GenieKey a-b" http://db', 'curl -H "Authorization: GenieKey token-1" http://db'],
  ["Authorization: Own abc", "Authorization: token-1"],
  ['Authorization: Digest username="a", response="b"\nHost: db', "Authorization: Digest token-1\nHost: db"],
  ["Cookie: a=b; c=d\nHost: db", "Cookie: token-1\nHost: db"],
  ["sent Bearer abcDEFghi to it", "sent Bearer token-1 to it"],
  ["sent Basic Ym9iOmFiYw== to it", "sent Basic token-1 to it"],
  ["bearer activation failed, basic authentication", "bearer activation failed, basic authentication"],
  ["https://bob:abc@db/x", "https://token-1@db/x"],
  ["redis://:abc@db", "redis://token-1@db"],
  ["ftp://bob:b/c@db/x", "ftp://token-1@db/x"],
  ["ssh://git@db:22/x and http://db:80/a@b", "ssh://git@db:22/x and http://db:80/a@b"],
  ["http://db/?a=1&api_key=abc&b=2#c", "http://db/?a=1&api_key=token-1&b=2#c"],
  ["<password>a b</password><user>c</user>", "<password>token-1</password><user>c</user>"],
  ['<x:token kind="a">abc</x:token>', '<x:token kind="a">token-1</x:token>'],
  ["<secret><![CDATA[abc]]></secret>", "<secret>token-1</secret>"],
  ["jwt-eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl.", "jwt-token-1."],
  ["-----BEGIN PRIVATE KEY-----\nMIIE", "token-1"],
  ['<add key="ApiKey" value="abc"/>', '<add key="ApiKey" value="token-1"/>'],
  ["name=password value=abc", "name=password value=token-1"],
  ['{"name": "PIN_CODE_SECRET", "value": "a b", ', '{"name": "PIN_CODE_SECRET", "value": "token-1", '],
  ["ENV DB_PASSWORD abc", "ENV DB_PASSWORD token-1"],
  ["u=%3Fpassword%3Dabc&x=1", "u=%3Fpassword%3Dtoken-1&x=1"],
  [
    "password[0]=abc, Passwort (db): def, token -> ghi",
    "password[0]=token-1, Passwort (db): token-2, token -> token-3",
  ],
  ["jdbc:oracle:thin:bob/abc@db:1521", "jdbc:oracle:thin:token-1@db:1521"],
  [`dt0c01.${"AB12".repeat(6)}.${"CD34".repeat(16)}`, "token-1"],
  ["value of key = 5, set of values: 6", "value of key = 5, set of values: 6"],
  ["The token expired; author: bob, key: value", "The token expired; author: bob, key: value"],
]) {
  test(`in running text: ${before}`, () => {
    assert.equal(text(before), after);
    assert.equal(text(after), after);
  });
}

test("text that is no JSON is looked through as well", () => {
  for (const [before, after] of [
    ['password="a b" host="db"', 'password="token-1" host="db"'],
    ['{"password": hunter, "a": {"token": 12', '{"password": token-1, "a": {"token": token-2'],
    ['{"auth": {"user": "a b"}, "x": }', '{"auth": token-1, "x": }'],
  ]) {
    assert.equal(secretsOnly(before).payload, after);
  }
});

const CONFIG = JSON.stringify({
  config: {
    is_array: false,
    status: { source: ["auth.password.state"], status_map: { ok: ["token"], critical: ["password=bad", "secret"] } },
    primary_property: { name: "api_key", source: ["labels.secret_key", "password"] },
    secondary_property: { name: "token", source: ["incident_key"] },
    additional_attributes: [
      { name: "authorization", source: ["request.headers.Authorization", "x-api-key"] },
      { name: "dedup_key", source: ["dedup_key"], default_to: "none" },
    ],
    incident_identifier: ["token", "api_key"],
  },
});

test("rules keep their names and sources", () => {
  assert.equal(scrub("{}", CONFIG).config, CONFIG);
  const payload = JSON.stringify({ auth: { password: { state: "token" } }, incident_key: "a" });
  assert.equal(secretsOnly(payload, CONFIG).payload, payload);
});

test("the sample and members beside the rules are looked through", () => {
  const body = { ...JSON.parse(CONFIG), sample_payload: { apiKey: "abc" }, app_key: "def" };
  const after = JSON.parse(secretsOnly("{}", JSON.stringify(body)).config);
  assert.deepEqual([after.sample_payload, after.app_key], [{ apiKey: "token-1" }, "token-2"]);
});

/** Random, and long enough not to be anywhere by chance. */
const letters = fc.string({
  unit: fc.constantFrom(..."abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"),
  minLength: 4,
  maxLength: 12,
});
const bare = fc
  .tuple(letters, fc.string({ unit: fc.constantFrom(..."aZ09!#$%*+-./:=?@^_~,;&|(){}[]<>"), maxLength: 10 }), letters)
  .map((parts) => `Q${parts.join("")}Z`)
  // A comma with another name behind it ends a value.
  .filter((text) => !/[,;&|][\w.-]+[=:]/.test(text));
const any = fc.tuple(letters, fc.string({ unit: "binary", maxLength: 12 }), letters).map((parts) => parts.join(""));
const secretName = fc
  .tuple(
    fc.constantFrom("", "db", "my", "X", "aws", "client", "user"),
    fc.constantFrom("password", "passwd", "secret", "token", "api key", "access key", "private key", "credentials"),
    fc.constantFrom("", "1", "value", "old"),
    fc.constantFrom("_", "-", ".", "camel"),
    fc.boolean(),
  )
  .map(([before, word, after, style, shouted]) => {
    const words = `${before} ${word} ${after}`.trim().split(" ");
    const camel = words.map((part, at) => (at > 0 ? part[0].toUpperCase() + part.slice(1) : part)).join("");
    const name = style === "camel" ? camel : words.join(style);
    return shouted && style !== "camel" ? name.toUpperCase() : name;
  });
const around = fc.constantFrom("", "failed: ", "x=1, ", "see https://db/a ", "(", '"', "{", "a\n", "\\");
const form = fc.constantFrom(
  (name, secret) => `${name}=${secret}`,
  (name, secret) => `${name}: ${secret}`,
  (name, secret) => `${name} => ${secret}`,
  (name, secret) => `--${name.replaceAll(".", "-")} ${secret}`,
  (name, secret) => `${name}="${secret}"`,
  (name, secret) => `"${name}": "${secret}", "b": 1`,
  (name, secret) => `${name}='${secret} ${secret}'`,
  (name, secret) => JSON.stringify({ [name]: { a: [secret] } }),
  (name, secret) => JSON.stringify(JSON.stringify({ [name]: secret })),
  (_, secret) => `Authorization: Basic ${secret}`,
  (_, secret) => `authorization: bearer ${secret}`,
  (_, secret) => `curl -u bob:${secret} http://db`,
  (_, secret) => `curl --user 'bob:${secret}' http://db`,
  (_, secret) => `https://bob:${encodeURIComponent(secret)}@db/x`,
);

/** The parts of a secret that would be of use. */
function usefulParts(secret) {
  return (secret.match(/.{4}/gs) ?? []).filter((part) => /^\w{4}$/.test(part));
}

/** Skips a random secret of which a part is by chance in the words around it: `zati` in `authorization`. */
function skipIfAround(parts, around) {
  fc.pre(!parts.some((part) => around.includes(part)));
}

function assertGone(document, secret) {
  for (const part of usefulParts(secret)) {
    assert.ok(!document.includes(part), `${part} of ${secret} is in ${document}`);
  }
}

test("a secret below a secret's name never comes through", () => {
  const wraps = fc.array(fc.constantFrom("object", "list", "json"), { maxLength: 6 });
  fc.assert(
    fc.property(
      secretName,
      any,
      wraps,
      wraps,
      fc.constantFrom(undefined, 2),
      (name, secret, inside, outside, indent) => {
        const wrapped = (value, wraps) =>
          wraps.reduce(
            (node, wrap) =>
              wrap === "list" ? [node, 1] : wrap === "json" ? JSON.stringify([node]) : { a: node, b: "c" },
            value,
          );
        const written = (secret) =>
          JSON.stringify({ m: wrapped({ [name]: wrapped(secret, inside) }, outside) }, null, indent);
        const parts = [secret.slice(0, 4), secret.slice(-4)];
        skipIfAround(parts, written("token-"));
        const after = secretsOnly(written(secret)).payload;
        JSON.parse(after);
        for (const part of parts) assert.ok(!after.includes(part), after);
      },
    ),
    { numRuns: 1000 },
  );
});

test("a secret that running text names never comes through", () => {
  fc.assert(
    fc.property(around, form, secretName, bare, around, (before, write, name, secret, after) => {
      const written = (secret) => `${before}${write(name, secret)} ${after}`;
      skipIfAround(usefulParts(secret), written("token-"));
      const value = written(secret);
      assertGone(text(value), secret);
      assertGone(secretsOnly(value).payload, secret);
      // Two are not found otherwise than one.
      assertGone(text(`${value}\n${value}`), secret);
    }),
    { numRuns: 3000 },
  );
});

const PARTS = [
  ...[
    "a",
    "a.",
    "a-",
    "1.",
    "a:",
    '\\"',
    "a@",
    "://a:",
    "eyJ-",
    "eyJa.",
    "eyJaaaaaaaa.aaaaaaaa.",
    "Bearer ",
    "-u ",
    " -u=(",
    " -u a",
  ],
  ...[
    "password=",
    "password=,",
    "password:\n",
    "password={",
    'password=\\"',
    "token: [",
    "<password>",
    "<token a ",
    "--token ",
  ],
  ...[
    "//",
    "//a:b/",
    "//a:b@",
    "-----BEGIN PRIVATE KEY-----",
    "Authorization: a ",
    "Cookie: ",
    "?key=",
    "db1 ",
    "a@b.de ",
    "10.1.2.3 ",
  ],
  ...[
    "::",
    "a_",
    "A",
    "Aa",
    "'",
    "x' -u '",
    "{",
    "[",
    "\\\\",
    "=",
    "password ",
    "f:",
    "token value=",
    "ENV SECRET ",
    "password(",
    "password[",
    "jdbc:oracle:a:a/",
    "password%3D",
    "aB3/",
  ],
];
const DEEP = ['{"a":', "[", '{"password":', '{"host":["db1",', '{"a":"db1.acme.com",'];

/** The quickest of a few runs, in milliseconds. */
function quickest(work) {
  const times = [1, 2].map(() => {
    const since = performance.now();
    work();
    return performance.now() - since;
  });
  return Math.min(...times);
}

for (const part of [...PARTS, ...DEEP]) {
  test(`work grows with the text: ${JSON.stringify(part)}`, () => {
    const many = (size) => part.repeat(size / part.length);
    for (const document of [many, (size) => JSON.stringify({ host: "db1", token: 1, m: many(size) })]) {
      const [small, large] = [25_000, 400_000].map((size) => {
        const text = document(size);
        return quickest(() => scrub(text, "{}"));
      });
      // Sixteen times the text: 16 if work is linear, 256 if it is quadratic. Little time says little, and a machine
      // may be busy with something else.
      assert.ok(large < Math.max(1_500, 100 * small), `${small} ms became ${large} ms`);
    }
  });
}

test("many names of hosts and many paths are put together quickly", () => {
  const hosts = Array.from({ length: 5_000 }, (_, index) => `db${index}.acme.com`);
  const payload = JSON.stringify(Object.fromEntries(hosts.map((host) => [host, 1])));
  const rules = hosts.map((host) => ({ name: "a", source: [`@alert.${host}.b.c.d`] }));
  const since = performance.now();
  const { config } = scrub(payload, JSON.stringify({ config: { additional_attributes: rules } }));
  assert.ok(!config.includes("acme.com"));
  assert.ok(performance.now() - since < 5_000);
});

test("a link with full stops all over is read at once", async () => {
  const since = performance.now();
  assert.equal((await fromHash(`#v1.${".".repeat(LINK_LIMIT - 10)}x`)).kind, "problem");
  assert.ok(performance.now() - since < 5_000);
});
