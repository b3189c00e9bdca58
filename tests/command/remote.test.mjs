/** `oim pull` and `oim push`, against the mock and against servers that mean no good. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSocketServer } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { createMock } from "../../dist/mock.mjs";
import { BODY, CONFIG, folderOf, OIM, oimAsync, SAMPLE } from "./support.mjs";

const TOKEN = "secret-Token+/=42";
const env = { BIGPANDA_ORG_TOKEN: TOKEN };
const closing = [];
after(async () => {
  for (const close of closing) await close();
});

async function mock(options = {}) {
  const served = await createMock({ tokens: [TOKEN], rate: 0, ...options });
  closing.push(() => served.close());
  return served;
}

/** A server that answers as a test asks. Keeps what was asked. */
async function hostile(answer) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push({ method: request.method, url: request.url, authorization: request.headers.authorization });
    request.resume();
    answer(request, response, asked.length);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))));
  return { url: `http://127.0.0.1:${server.address().port}`, asked };
}

const NEW = JSON.stringify({
  config: { ...CONFIG, primary_property: { name: "node", source: ["host"] } },
  sample_payload: SAMPLE,
});

function check({ stdout, stderr }, token = TOKEN) {
  assert.equal(stdout.includes(token) || stderr.includes(token), false, "the token is printed");
  assert.doesNotMatch(stdout + stderr, /[^\P{Cc}\n]/u);
}

test("what is pushed can be pulled, an update shows what changes and keeps a backup", async () => {
  const { url, configuration } = await mock();
  const cwd = folderOf({ "body.json": BODY, "new.json": NEW });
  const at = ["--app-key", "key-1", "--url", url];
  const none = await oimAsync(["pull", ...at], { cwd, env });
  assert.match(none.stderr, /404: there is no integration with this app key, or it has no configuration yet/);
  assert.deepEqual([none.status, none.stdout], [1, ""]);

  const created = await oimAsync(["push", "body.json", ...at, "--yes"], { cwd, env });
  assert.match(
    created.stderr,
    /key-1 has no configuration yet; this creates it\nBigPanda accepted the configuration of key-1\n$/,
  );
  assert.equal(created.status, 0);
  assert.deepEqual(JSON.parse(configuration("key-1")), JSON.parse(BODY));

  const pulled = await oimAsync(["pull", ...at], { cwd, env });
  assert.deepEqual(
    [pulled.status, pulled.stderr, pulled.stdout],
    [0, "", BODY.replace(/\["(\w+)"\]/g, (_, word) => `["${word}"]`)],
  );
  const again = await oimAsync(["push", "body.json", ...at, "--yes"], { cwd, env });
  assert.match(again.stderr, /has this configuration already; there is nothing to send/);
  assert.equal(again.status, 0);

  const dry = await oimAsync(["push", "new.json", ...at, "--dry-run"], { cwd, env });
  assert.match(
    dry.stderr,
    /changes of the configuration:\n {2}config\.primary_property\.name\n {4}- "host"\n {4}\+ "node"\n/,
  );
  assert.equal(dry.status, 0);
  assert.deepEqual(JSON.parse(configuration("key-1")), JSON.parse(BODY));
  assert.deepEqual(readdirSync(cwd).sort(), ["body.json", "new.json"]);

  const updated = await oimAsync(["push", "new.json", ...at, "--yes", "--backup", "kept/here"], { cwd, env });
  assert.equal(updated.status, 0, updated.stderr);
  assert.match(
    updated.stderr,
    /over 1 payload[^]*the present configuration is kept in kept\/here\/oim-backup-key-1-.*\.json\nBigPanda accepted/,
  );
  const [backup] = readdirSync(join(cwd, "kept/here"));
  assert.deepEqual(JSON.parse(readFileSync(join(cwd, "kept/here", backup), "utf8")), JSON.parse(BODY));
  assert.deepEqual(JSON.parse(configuration("key-1")), JSON.parse(NEW));
  for (const result of [created, pulled, dry, updated]) check(result);
  // The backup can be pushed as it is.
  assert.equal((await oimAsync(["push", `kept/here/${backup}`, ...at, "--yes"], { cwd, env })).status, 0);
  assert.deepEqual(JSON.parse(configuration("key-1")), JSON.parse(BODY));
});

test("pull writes a file that is not there yet", async () => {
  const { url } = await mock();
  const cwd = folderOf({ "body.json": BODY });
  const at = ["--app-key", "key-1", "--url", url];
  await oimAsync(["push", "body.json", ...at, "--yes"], { cwd, env });
  assert.equal((await oimAsync(["pull", ...at, "--output", "got.json"], { cwd, env })).status, 0);
  assert.deepEqual(JSON.parse(readFileSync(join(cwd, "got.json"), "utf8")), JSON.parse(BODY));
  const second = await oimAsync(["pull", ...at, "--output", "got.json"], { cwd, env });
  assert.match(second.stderr, /got\.json exists already and is not overwritten/);
  assert.equal(second.status, 2);
});

test("digits count: a number that JavaScript cannot hold is a change", async () => {
  const { url, configuration } = await mock();
  const text = (digits) => BODY.replace('"web-1"', digits);
  const cwd = folderOf({ "one.json": text("12345678901234567890.10"), "two.json": text("12345678901234567891.10") });
  const at = ["--app-key", "key-1", "--url", url, "--yes"];
  await oimAsync(["push", "one.json", ...at], { cwd, env });
  assert.match((await oimAsync(["pull", ...at.slice(0, 4)], { cwd, env })).stdout, /"host": 12345678901234567890\.10,/);
  const { stderr } = await oimAsync(["push", "two.json", ...at], { cwd, env });
  assert.match(stderr, /sample_payload\.host\n {4}- 12345678901234567890\.10\n {4}\+ 12345678901234567891\.10\n/);
  assert.match(configuration("key-1"), /12345678901234567891\.10/);
});

test("a bare configuration is sent as a whole body", async () => {
  const { url, configuration } = await mock();
  const cwd = folderOf({ "body.json": BODY, "bare.json": CONFIG });
  await oimAsync(["push", "body.json", "--app-key", "k", "--url", url, "--yes"], { cwd, env });
  const { status, stderr } = await oimAsync(["push", "bare.json", "--app-key", "k", "--url", url, "--yes"], {
    cwd,
    env,
  });
  // It has no sample, which an update has to have.
  assert.equal(status, 1);
  assert.match(stderr, /sample/);
  assert.deepEqual(JSON.parse(configuration("k")), JSON.parse(BODY));
});

test("a body with errors is not sent, and not even the present one asked for", async () => {
  const { url, asked } = await hostile((_, response) => response.end("{}"));
  const cwd = folderOf({ "wrong.json": BODY.replace('"host"', '"Host"'), "broken.json": "{" });
  for (const name of ["wrong.json", "broken.json"]) {
    const { status, stderr } = await oimAsync(["push", name, "--app-key", "k", "--url", url, "--yes"], { cwd, env });
    assert.equal(status, 1);
    assert.match(stderr, /^error\[[^]*nothing was sent: the configuration has errors\n$/);
  }
  assert.deepEqual(asked, []);
});

test("what the API refuses is reported in its words", async () => {
  const { url } = await mock({ appKeys: ["key-1"], installedAt: Date.now() });
  const cwd = folderOf({ "body.json": BODY });
  const push = (key, token = TOKEN) =>
    oimAsync(["push", "body.json", "--app-key", key, "--url", url, "--yes"], {
      cwd,
      env: { BIGPANDA_ORG_TOKEN: token },
    });
  const soon = await push("key-1");
  assert.match(soon.stderr, /BigPanda answered 409: within ten minutes after .*\n {2}\S/);
  assert.match(
    (await push("key-2")).stderr,
    /BigPanda answered 404: there is no integration with this app key\n {2}\S/,
  );
  const denied = await push("key-1", "another-token");
  assert.match(denied.stderr, /BigPanda answered 401: BIGPANDA_ORG_TOKEN has to be an Org Token, not a User API Key\n/);
  assert.equal(denied.status, 1);
  check(denied, "another-token");
});

test("wrong use, and tokens that are none: nothing is sent, and no token is shown", async () => {
  const { url, asked } = await hostile((_, response) => response.end("{}"));
  const cwd = folderOf({ "body.json": BODY });
  const cases = [
    [["pull"], env, /--app-key is missing/],
    [["push", "body.json"], env, /--app-key is missing/],
    [["pull", "--app-key", " "], env, /--app-key: that is no app key/],
    [["pull", "--app-key", ".."], env, /--app-key: that is no app key/],
    [["pull", "x", "--app-key", "k"], env, /`x` is not expected/],
    [["push", "--app-key", "k"], env, /a body is missing/],
    [["push", "body.json", "--app-key", "k"], env, /cannot ask for confirmation without a terminal: use --yes/],
    [["pull", "--app-key", "k"], {}, /BIGPANDA_ORG_TOKEN is not set/],
    [["pull", "--app-key", "k"], { BIGPANDA_ORG_TOKEN: "" }, /BIGPANDA_ORG_TOKEN is not set/],
    [
      ["pull", "--app-key", "k"],
      { BIGPANDA_ORG_TOKEN: "abc-secret\nX-Evil: 1" },
      /contains spaces, line ends or other characters/,
    ],
    [["pull", "--app-key", "k"], { BIGPANDA_ORG_TOKEN: "abc-secret " }, /contains spaces/],
    [["pull", "--app-key", "k"], { BIGPANDA_ORG_TOKEN: "abc-secret-é" }, /contains spaces/],
    [["pull", "--app-key", "k", "--region", "us"], env, /--region and --url exclude each other/],
  ];
  for (const [args, variables, reported] of cases) {
    const result = await oimAsync([...args, "--url", url, "--verbose"], { cwd, env: variables });
    assert.match(result.stderr, reported);
    assert.equal(result.status, 2, args.join(" "));
    check(result);
    check(result, "abc-secret");
  }
  for (const [bad, reported] of [
    ["http://192.0.2.1", /has to be https/],
    ["http://localhost.evil.example", /has to be https/],
    ["ftp://127.0.0.1", /has to be https/],
    ["not an address", /that is no address/],
    ["https://user:pass@host.example", /leave out user and password/],
    ["https://host.example/?x=1", /leave out `\?` and `#`/],
  ]) {
    const result = await oimAsync(["pull", "--app-key", "k", "--url", bad], { env });
    assert.match(result.stderr, reported, bad);
    assert.equal(result.status, 2);
  }
  assert.deepEqual(asked, []);
});

test("an app key is one segment of the path, whatever is in it", async () => {
  const { url, asked } = await hostile((_, response) => ((response.statusCode = 404), response.end()));
  await oimAsync(["pull", "--app-key", "../../x?y#z\u001b", "--url", `${url}/base/`], { env });
  assert.deepEqual(
    asked.map((one) => one.url),
    ["/base/configurations/alerts/oim/..%2F..%2Fx%3Fy%23z%1B"],
  );
  assert.equal(asked[0].authorization, `Bearer ${TOKEN}`);
});

test("no network: it says so and changes nothing", async () => {
  const free = createSocketServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => free.once("listening", resolve));
  const { port } = free.address();
  await new Promise((resolve) => free.close(resolve));
  const cwd = folderOf({ "body.json": BODY });
  for (const args of [["pull"], ["push", "body.json", "--yes"]]) {
    const result = await oimAsync([...args, "--app-key", "k", "--url", `http://127.0.0.1:${port}`, "--verbose"], {
      cwd,
      env,
    });
    assert.match(result.stderr, /127\.0\.0\.1:\d+ could not be reached \(ECONNREFUSED\); nothing was changed\n$/);
    assert.equal(result.status, 1);
    check(result);
  }
  assert.deepEqual(readdirSync(cwd), ["body.json"]);
});

test("after 429 it waits and tries again", async () => {
  const { url, asked } = await hostile((request, response, count) => {
    if (request.method === "GET") response.writeHead(404).end();
    else if (count < 4) response.writeHead(429, { "retry-after": "0" }).end('{"status":429,"errors":["slow down"]}');
    else response.end(BODY);
  });
  const cwd = folderOf({ "body.json": BODY });
  const { status, stderr } = await oimAsync(["push", "body.json", "--app-key", "k", "--url", url, "--yes"], {
    cwd,
    env,
  });
  assert.equal(status, 0, stderr);
  assert.deepEqual(
    asked.map(({ method }) => method),
    ["GET", "POST", "POST", "POST"],
  );
  assert.equal(stderr.match(/answered 429, too many requests; trying again in 0\.0 s/g).length, 2);
});

test("it gives up after some tries", async () => {
  const { url, asked } = await hostile((_, response) => response.writeHead(429, { "retry-after": "0" }).end("{}"));
  const { status, stderr } = await oimAsync(["pull", "--app-key", "k", "--url", url], { env });
  assert.equal(asked.length, 6);
  assert.match(stderr, /BigPanda answered 429: too many requests; try again later\n {2}\{\}\n$/);
  assert.equal(status, 1);
});

test("a redirect is not followed: the token stays where it was sent", async () => {
  const other = await hostile((_, response) => response.end(BODY));
  for (const status of [301, 302, 307, 308]) {
    const { url } = await hostile((_, response) =>
      response.writeHead(status, { location: `${other.url}/configurations/alerts/oim/k` }).end(),
    );
    const result = await oimAsync(["pull", "--app-key", "k", "--url", url], { env });
    assert.match(result.stderr, new RegExp(`the answer is a redirect \\(${status}\\), which is not followed`));
    assert.equal(result.status, 1);
  }
  assert.deepEqual(other.asked, []);
});

test("a huge answer is not read to its end", async () => {
  let sent = 0;
  const { url } = await hostile((_, response) => {
    const part = Buffer.alloc(1 << 20, "x");
    const more = () => {
      while (!response.destroyed && sent < 300 << 20) {
        sent += part.length;
        if (!response.write(part)) return void response.once("drain", more);
      }
      response.end();
    };
    more();
  });
  const { status, stderr } = await oimAsync(["pull", "--app-key", "k", "--url", url], { env });
  assert.match(stderr, /the answer has more than 16 MiB; it was not read/);
  assert.equal(status, 1);
  assert.ok(sent < 200 << 20, `${sent} bytes were sent`);
});

test("what a server says does nothing to the terminal, and shows no token that it sends back", async () => {
  const evil = `\u001b[2J\u001b]0;x\u0007 \r\n\u202e ${TOKEN} ${"y".repeat(5_000)}`;
  const answers = [
    [400, JSON.stringify({ status: 400, errors: [evil, { deep: evil }, ...Array.from({ length: 100 }, () => evil)] })],
    [500, `<html>${evil}</html>`],
    [400, `{"errors": "${"z".repeat(100_000)}"`],
    [403, ""],
    [200, `{"config": {"a": "${TOKEN}"}, "sample_payload": ""}`],
    [200, "<html>a page</html>"],
    [200, ""],
    [200, "[]"],
    [200, `{"config": {"\\u001b[31m": "\u009b"}, "sample_payload": "\u202e"}`.replace("\u009b", "\\u009b")],
  ];
  const cwd = folderOf({ "body.json": BODY });
  for (const [status, text] of answers) {
    const { url } = await hostile((_, response) => response.writeHead(status).end(text));
    for (const args of [["pull"], ["push", "body.json", "--dry-run"]]) {
      const result = await oimAsync([...args, "--app-key", "k", "--url", url, "--verbose"], { cwd, env });
      check(result);
      assert.ok(result.stderr.length < 40_000, String(result.stderr.length));
      assert.doesNotMatch(result.stderr, /\n {4}at /);
      if (status !== 200) assert.match(result.stderr, new RegExp(`BigPanda answered ${status}`));
    }
  }
});

test("no part of the token is printed, wherever a text is cut and however characters are escaped", async () => {
  const escaped = (text, write) => `${write(text.charCodeAt(0).toString(16))}${text.slice(1)}`;
  const spellings = [
    escaped(TOKEN, (hex) => `\\u00${hex}`),
    escaped(TOKEN, (hex) => `\\\\u00${hex}`),
    escaped(TOKEN, (hex) => `%${hex}`),
    escaped(TOKEN, (hex) => `&#x${hex};`),
    encodeURIComponent(TOKEN),
    TOKEN.replace("/", "\\/"),
  ];
  const errors = (text) => `{"status": 400, "errors": ["${text}", {"deep": "${text}"}]}`;
  const answers = spellings.flatMap((text) => [
    [400, errors(text)],
    [400, `${errors(text)} and more that is not JSON`],
    [200, `{"config": {"a": "${text}"}, "sample_payload": ""}`],
  ]);
  for (let before = 975; before <= 1001; before += 5) {
    const text = `${"x".repeat(before)}${TOKEN}`;
    answers.push([400, errors(text)], [500, text], [400, errors(`${"x".repeat(before)}${spellings[0]}`)]);
  }
  let next = 0;
  const { url } = await hostile((_, response) => response.writeHead(answers[next][0]).end(answers[next][1]));
  for (const [status, text] of answers) {
    const result = await oimAsync(["pull", "--app-key", "k", "--url", url, "--verbose"], { env });
    next += 1;
    check(result);
    assert.doesNotMatch(result.stdout + result.stderr, /secr|ecret|Token\+/, text);
    assert.equal(result.status, 1);
    if (status === 400) assert.match(result.stderr, /BigPanda answered 400\n {2}/);
  }
});

test("a configuration that is not UTF-8 is not pulled", async () => {
  const { url } = await hostile((_, response) => response.end(Buffer.from(BODY.replace("web-1", "w\xe9b"), "latin1")));
  const cwd = folderOf();
  const result = await oimAsync(["pull", "--app-key", "k", "--url", url, "--output", "got.json"], { cwd, env });
  assert.deepEqual([result.status, result.stdout], [1, ""]);
  assert.equal(result.stderr, "oim: the answer is not UTF-8\n");
  assert.deepEqual(readdirSync(cwd), []);
});

test("what a server says is no command in the log of a CI system", async () => {
  const texts = ["::add-mask::x", "  ::error::x", "a ##[error]x", "\n::stop-commands::x", "x\n::set-env name=a::b"];
  for (const text of [JSON.stringify({ status: 400, errors: texts }), ...texts]) {
    const { url } = await hostile((_, response) => response.writeHead(400).end(text));
    const { stderr } = await oimAsync(["pull", "--app-key", "k", "--url", url], { env });
    assert.doesNotMatch(stderr, /^\s*::|##\[/m);
  }
});

const UNKNOWN = /unknown whether it was accepted/;

test("push reports success only if the answer is what was sent", async () => {
  const cwd = folderOf({ "body.json": BODY });
  const answers = [
    [BODY, true],
    [JSON.stringify({ sample_payload: SAMPLE, config: CONFIG, app_key: "k" }), true],
    ["<html>a page</html>", false],
    ["", false],
    ["{}", false],
    [NEW, false],
    [JSON.stringify({ config: CONFIG, sample_payload: {} }), false],
    [JSON.stringify({ config: CONFIG }), false],
    [JSON.stringify({ config: { ...CONFIG, secondary_property: TOKEN }, sample_payload: SAMPLE }), false],
  ];
  for (const [text, accepted] of answers) {
    const { url } = await hostile((request, response) => {
      if (request.method === "GET") response.writeHead(404).end();
      else response.end(text);
    });
    const result = await oimAsync(["push", "body.json", "--app-key", "k", "--url", url, "--yes"], { cwd, env });
    check(result);
    assert.equal(result.status, accepted ? 0 : 1, text);
    if (accepted) assert.match(result.stderr, /BigPanda accepted the configuration of k\n$/);
    else assert.match(result.stderr, UNKNOWN);
    if (!accepted) assert.doesNotMatch(result.stderr, /BigPanda accepted/);
  }
});

test("a connection that breaks in the middle of sending: what became of it is not known, and that is said", async () => {
  const { url } = await hostile((request, response) => {
    if (request.method === "GET") response.writeHead(404).end();
    else request.socket.destroy();
  });
  const cwd = folderOf({ "body.json": BODY });
  const { status, stderr } = await oimAsync(["push", "body.json", "--app-key", "k", "--url", url, "--yes"], {
    cwd,
    env,
  });
  assert.match(stderr, /whether the configuration arrived is not known: look with `oim pull`\n$/);
  assert.equal(status, 1);
});

test("a server that never answers is waited for half a minute, and what that means is said", async () => {
  // The half minute is made short, and nothing else of that length is.
  const hurry =
    "const { timeout } = AbortSignal; AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms === 30_000 ? 300 : ms);";
  const impatient = { ...env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hurry)}` };
  const { url } = await hostile(() => {});
  const pulled = await oimAsync(["pull", "--app-key", "k", "--url", url], { env: impatient });
  assert.match(pulled.stderr, /did not answer within 30 seconds; nothing was changed\n$/);
  assert.deepEqual([pulled.status, pulled.stdout], [1, ""]);

  // The answer begins, and never ends.
  const slow = await hostile((request, response) => {
    if (request.method === "GET") response.writeHead(404).end();
    else response.writeHead(200).write('{"status":');
  });
  const cwd = folderOf({ "body.json": BODY });
  const pushed = await oimAsync(["push", "body.json", "--app-key", "k", "--url", slow.url, "--yes"], {
    cwd,
    env: impatient,
  });
  assert.match(pushed.stderr, /did not answer within 30 seconds; whether the configuration arrived is not known/);
  assert.equal(pushed.status, 1);
});

test("requests are never more than the API takes in a second", async () => {
  const times = [];
  const { url } = await hostile((request, response) => {
    times.push(performance.now());
    response.writeHead(request.method === "GET" ? 404 : 429, { "retry-after": "0" }).end();
  });
  const cwd = folderOf({ "body.json": BODY });
  await oimAsync(["push", "body.json", "--app-key", "k", "--url", url, "--yes"], { cwd, env });
  assert.ok(times.length >= 6, String(times.length));
  // Five in a second are allowed. A clock of milliseconds may round.
  times
    .slice(5)
    .forEach((time, place) => assert.ok(time - times[place] >= 990, `six within ${time - times[place]} ms`));
});

test("a backup that cannot be written keeps the push from being sent", async () => {
  const { url, configuration } = await mock();
  const cwd = folderOf({ "body.json": BODY, "new.json": NEW, file: "x" });
  await oimAsync(["push", "body.json", "--app-key", "k", "--url", url, "--yes"], { cwd, env });
  const { status, stderr } = await oimAsync(
    ["push", "new.json", "--app-key", "k", "--url", url, "--yes", "--backup", "file"],
    { cwd, env },
  );
  assert.match(stderr, /file/);
  assert.equal(status, 2);
  assert.deepEqual(JSON.parse(configuration("k")), JSON.parse(BODY));
});

const scripted = process.platform === "linux" && existsSync("/usr/bin/script");

test("it asks, and only yes is a yes", { skip: !scripted && "there is no `script`" }, async () => {
  const { url, configuration } = await mock();
  const cwd = folderOf({ "body.json": BODY, "new.json": NEW });
  await oimAsync(["push", "body.json", "--app-key", "k", "--url", url, "--yes"], { cwd, env });
  const { spawn } = await import("node:child_process");
  const answer = async (text) => {
    const command = `"${process.execPath}" "${OIM}" push new.json --app-key k --url ${url}`;
    const child = spawn("script", ["-qec", command, "/dev/null"], {
      cwd,
      env: { ...process.env, ...env, NO_COLOR: "1" },
    });
    let printed = "";
    let answered = false;
    child.stdout.on("data", (data) => {
      printed += data;
      if (answered || !printed.includes("[y/N]")) return;
      answered = true;
      child.stdin.write(text);
    });
    const status = await new Promise((resolve) => child.once("close", resolve));
    return { status, printed };
  };
  for (const no of ["\n", "n\n", "yess\n", "\u0003", "\u0004"]) {
    const { status, printed } = await answer(no);
    assert.match(printed, /Replace the whole configuration of k\? \[y\/N\]/);
    assert.match(printed, /nothing was sent/);
    assert.equal(status, 1, JSON.stringify(no));
    assert.deepEqual(JSON.parse(configuration("k")), JSON.parse(BODY));
  }
  assert.equal((await answer("y\n")).status, 0);
  assert.deepEqual(JSON.parse(configuration("k")), JSON.parse(NEW));
});

test("pull --shape prints the structure of any configuration and nothing that it says", async () => {
  const config = {
    version: "2.0",
    is_array: false,
    status: {
      source: ["SECRET.path", "SECRET2"],
      status_map: { ok: ["SECRET", "SECRET 2"], critical: [], SECRET: "critical" },
      default_to: "SECRET",
    },
    primary_property: [{ name: "SECRET" }],
    additional_attributes: [
      { name: "SECRET", source: ["SECRET"] },
      { name: "SECRET2", source: [] },
      { source: ["SECRET"], weight: 51773, isSuggestion: true },
    ],
    preprocessing: [{ params: { "SECRET.example.com": 1, "": 2, delimiter: null } }],
  };
  const answers = [
    { config, sample_payload: { "SECRET-key": "SECRET" } },
    { config, sample_payload: ["SECRET"] },
    { config, sample_payload: '{"SECRET": 51773}' },
  ];
  for (const [at, body] of answers.entries()) {
    const { url } = await hostile((_, response) => response.end(JSON.stringify(body)));
    const { status, stdout } = await oimAsync(["pull", "--app-key", "k", "--url", url, "--shape"], { env });
    assert.equal(status, 0);
    assert.doesNotMatch(stdout, /SECRET|51773|2\.0|true|false/);
    assert.deepEqual(JSON.parse(stdout), {
      config: {
        version: "string",
        is_array: "boolean",
        status: {
          source: ["string"],
          status_map: { ok: ["string"], critical: [], "key 1": "string" },
          default_to: "string",
        },
        primary_property: [{ name: "string" }],
        additional_attributes: [
          { name: "string", source: ["string"] },
          { name: "string", source: [] },
          { source: ["string"], weight: "number", isSuggestion: "boolean" },
        ],
        preprocessing: [{ params: { "key 1": "number", "key 2": "number", delimiter: "null" } }],
      },
      sample_payload: ["object", "array", "string"][at],
    });
  }
});

test("pull --shape refuses what is no configuration, and takes any depth", async () => {
  for (const answer of ["<html>", "5", "[]", "null"]) {
    const { url } = await hostile((_, response) => response.end(answer));
    const { status, stdout, stderr } = await oimAsync(["pull", "--app-key", "k", "--url", url, "--shape"], { env });
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /the answer is no configuration; nothing was changed\n$/);
  }
  const deep = `{"config":${'{"a":['.repeat(50_000)}${"]}".repeat(50_000)}}`;
  const { url } = await hostile((_, response) => response.end(deep));
  const { status, stdout } = await oimAsync(["pull", "--app-key", "k", "--url", url, "--shape"], { env });
  assert.equal(status, 0);
  assert.match(stdout, /"(object|array)"/);
});

test("pull --shape does not print the token, even where it is the name of an attribute", async () => {
  const { url } = await hostile((_, response) => response.end('{"config": {"plainToken": 1}}'));
  const args = ["pull", "--app-key", "k", "--url", url, "--shape"];
  const { status, stdout, stderr } = await oimAsync(args, { env: { BIGPANDA_ORG_TOKEN: "plainToken" } });
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, /has the token in it/);
});
