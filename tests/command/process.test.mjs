/** `oim process`: files, streams of lines, threads, signals, pipes that close. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compile, processPayload } from "../../dist/node.mjs";
import { BODY, CONFIG, folderOf, OIM, oim, put, SAMPLE, start } from "./support.mjs";

const RECEIVED = "2026-01-31T12:00:00Z";
const cwd = folderOf({ "body.json": BODY, "one.json": SAMPLE, "two.json": { host: "web-2", state: "up" } });
const run = (args, options) => oim(["process", "body.json", "--received-at", RECEIVED, ...args], { cwd, ...options });
const POSIX = { skip: process.platform === "win32" };

/** A line for each number; every tenth is blank. */
const lineOf = (n) =>
  n % 10 === 9 ? "" : JSON.stringify({ host: `web-${n}`, check: "ping", state: n % 2 ? "up" : "down" });
const linesOf = (count) => Array.from({ length: count }, (_, n) => lineOf(n));
const { program } = compile(BODY);
const answerOf = (line) => Buffer.from(program.processToJson(Buffer.from(line), { receivedAt: RECEIVED })).toString();
const answersOf = (lines) =>
  lines
    .filter((line) => line.trim() !== "")
    .map((line) => `${answerOf(line)}\n`)
    .join("");

test("a payload gives what the function gives, laid out", () => {
  const { status, stdout, stderr } = run(["one.json"]);
  assert.deepEqual([status, stderr], [0, ""]);
  assert.equal(stdout, `${JSON.stringify(processPayload(BODY, SAMPLE, { receivedAt: RECEIVED }), null, 2)}\n`);
  assert.equal(run([], { input: JSON.stringify(SAMPLE) }).stdout, stdout);
  assert.equal(run(["-"], { input: JSON.stringify(SAMPLE) }).stdout, stdout);
  const [one, two] = run(["one.json", "two.json"])
    .stdout.split(/^(?=\{$)/m)
    .map((text) => JSON.parse(text));
  assert.equal(one.alerts[0].tags.host, "web-1");
  assert.equal(two.alerts[0].tags.host, "web-2");
});

test("every digit stays, and the order of tags", () => {
  const body = JSON.stringify({ ...CONFIG, additional_attributes: [{ source: ["more"], flatten: true }] });
  put(cwd, { "flat.json": body });
  const input = '{"host":"a","more":{"b":12345678901234567890.10,"7":1,"a":"\\"x\\\\"}}';
  const { stdout } = oim(["process", "flat.json"], { cwd, input });
  assert.match(stdout, /"b": "12345678901234567890\.10",\n +"7": "1",\n +"a": "\\"x\\\\"\n/);
});

test("the options reach the engine", () => {
  assert.equal(JSON.parse(run(["one.json"]).stdout).alerts[0].timestamp, Date.parse(RECEIVED) / 1000);
  assert.ok(JSON.parse(run(["one.json", "--trace"]).stdout).trace[0].steps.length > 3);
  put(cwd, { "more.json": { ...SAMPLE, extra: "x" } });
  assert.equal(JSON.parse(run(["more.json", "--additional-tags"]).stdout).alerts[0].tags.extra, "x");
});

test("what gives no alert is reported, exit code 1", () => {
  const rejected = run([], { input: '{"state": "up"}' });
  assert.match(rejected.stderr, /^<stdin>: rejected\[primary-empty\]: no primary value/);
  assert.equal(rejected.status, 1);
  assert.equal(JSON.parse(rejected.stdout).rejected.length, 1);
  const broken = run([], { input: '{"state": ' });
  assert.match(broken.stderr, /^error\[json-syntax\]: .*\n +--> <stdin>:1:11\n/);
  assert.equal(broken.status, 1);
  put(cwd, { "broken.json": '{"config": {"status": 1}}' });
  const body = oim(["process", "broken.json", "one.json"], { cwd });
  assert.match(body.stderr, /^error\[[a-z-]+\][^]*--> broken\.json:1:/);
  assert.deepEqual([body.status, body.stdout], [2, ""]);
});

for (const jobs of [[], ["--jobs", "2"], ["--jobs", "3"]]) {
  const how = ["--ndjson", ...jobs];
  test(`lines, in order ${jobs.join(" ")}`, () => {
    const lines = linesOf(20_000);
    for (const end of ["\n", "\r\n"]) {
      const input = lines.join(end);
      const { status, stdout, stderr } = run(how, { input });
      assert.equal(stderr, "");
      assert.equal(stdout === answersOf(lines), true);
      assert.equal(status, 0);
      put(cwd, { "lines.ndjson": input });
      assert.equal(run([...how, "lines.ndjson"]).stdout === stdout, true);
    }
  });

  test(`a bad line is reported by its number and passed over ${jobs.join(" ")}`, () => {
    const lines = linesOf(3_000);
    lines[17] = '{"host": ';
    lines[2_500] = "\u0000";
    lines[2_501] = "[".repeat(200);
    const { status, stdout, stderr } = run(how, { input: lines.join("\n") });
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^<stdin>:18:10: error\[json-syntax\]: .*\n<stdin>:2501:1: error\[json-syntax\]: .*\n<stdin>:2502:\d+: error\[json-too-deep\]: .*\noim process: 2,70\d payloads, 3 lines could not be read\n$/,
    );
    for (const at of [17, 2_500, 2_501]) lines[at] = "";
    assert.equal(stdout, answersOf(lines));
  });

  test(`rejections are in the answers and counted ${jobs.join(" ")}`, () => {
    const { status, stdout, stderr } = run(how, { input: '{"host":"a"}\n{"state":"up"}\n[]\n' });
    assert.equal(stdout.trimEnd().split("\n").length, 3);
    assert.match(stderr, /^oim process: 3 payloads, 2 alerts rejected\n$/);
    assert.equal(status, 1);
  });

  test(`answers that are much larger than their lines keep their order ${jobs.join(" ")}`, () => {
    const big = "x".repeat(100_000);
    const config = {
      ...CONFIG,
      additional_attributes: Array.from({ length: 30 }, (_, n) => ({
        name: `t${n}`,
        source: ["none"],
        default_to: big,
      })),
    };
    put(cwd, { "big.json": JSON.stringify({ config, sample_payload: SAMPLE }) });
    const input = Array.from({ length: 30 }, (_, n) => `{"host":"${n}"}`).join("\n");
    const { stdout, stderr } = oim(["process", "big.json", ...how], { cwd, input });
    assert.equal(stderr, "");
    const answers = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).alerts[0].tags);
    assert.deepEqual(
      answers.map(({ host }) => Number(host)),
      answers.map((_, n) => n),
    );
    assert.equal(answers.length, 30);
    assert.equal(answers[29].t29, big);
  });

  test(`gigantic lines are reported and skipped, without being held ${jobs.join(" ")}`, async () => {
    const folder = folderOf({ "body.json": BODY });
    const probe = join(folder, "probe.cjs");
    writeFileSync(
      probe,
      `process.on("exit", () => require("fs").writeFileSync(process.env.PEAK, String(process.resourceUsage().maxRSS)));`,
    );
    const args = ["--require", probe, OIM, "process", "body.json", "--received-at", RECEIVED, ...how];
    const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, PEAK: join(folder, "peak") } });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => (stdout += text));
    child.stderr.on("data", (text) => (stderr += text));
    const closed = new Promise((resolve) => child.once("close", resolve));
    const write = async (data) =>
      child.stdin.write(data) || (await new Promise((resolve) => child.stdin.once("drain", resolve)));
    const part = Buffer.alloc(1024 * 1024, "x");
    await write(`${lineOf(0)}\n`);
    for (let count = 0; count < 300; count += 1) await write(part);
    await write(`\n${lineOf(1)}\n{"host":"`);
    for (let count = 0; count < 7; count += 1) await write(part);
    child.stdin.end(`"}\n${lineOf(2)}`);
    assert.equal(await closed, 1);
    assert.equal(stdout, answersOf([0, 1, 2].map(lineOf)));
    assert.match(
      stderr,
      /^<stdin>:2:1: error\[payload-too-large\]: .*\n<stdin>:4:1: error\[payload-too-large\]: .*\noim process: 5 payloads, 2 lines/,
    );
    const peak = Number(readFileSync(join(folder, "peak"), "utf8"));
    assert.ok(peak < 260 * 1024, `${peak} KiB`);
  });

  test(`lines of nearly the limit pass ${jobs.join(" ")}`, () => {
    const line = JSON.stringify({ host: "a", filler: "" });
    const limit = 6 * 1024 * 1024;
    const full = line.replace('""', `"${"x".repeat(limit - line.length)}"`);
    const { stdout, stderr } = run(how, { input: `${full}\r\n${full.replace("xx", "xxx")}\n${full}` });
    assert.equal(stdout.trimEnd().split("\n").length, 2);
    assert.match(stderr, /^<stdin>:2:1: error\[payload-too-large\]/m);
  });

  test(`a line is answered when it comes, not when there are many ${jobs.join(" ")}`, async () => {
    const { child, printed, closed } = start(["process", "body.json", "--received-at", RECEIVED, ...how], { cwd });
    for (const line of linesOf(3)) {
      const before = printed.stdout.length;
      child.stdin.write(`${line}\n`);
      while (printed.stdout.length === before) await new Promise((resolve) => child.stdout.once("data", resolve));
      assert.equal(printed.stdout.slice(before), `${answerOf(line)}\n`);
    }
    child.stdin.end();
    assert.equal(await closed, 0);
  });

  test(`a closed pipe ends it quietly ${jobs.join(" ")}`, POSIX, async () => {
    const lines = `${linesOf(1_000).join("\n")}\n`;
    const { child, printed, closed } = start(["process", "body.json", ...how], { cwd });
    child.stdin.on("error", () => {});
    const feed = () => {
      while (!child.stdin.destroyed && child.stdin.write(lines));
    };
    child.stdin.on("drain", feed);
    feed();
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.stdout.destroy();
    assert.equal(await closed, 0);
    assert.equal(printed.stderr, "");
  });

  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ]) {
    test(`${signal} in the middle leaves whole lines ${jobs.join(" ")}`, POSIX, async () => {
      const lines = `${linesOf(1_000).join("\n")}\n`;
      const { child, printed, closed } = start(["process", "body.json", "--received-at", RECEIVED, ...how], { cwd });
      child.stdin.on("error", () => {});
      let fed = true;
      const feed = () => {
        while (fed && child.stdin.write(lines));
      };
      child.stdin.on("drain", feed);
      feed();
      while (printed.stdout.length < 500_000) await new Promise((resolve) => child.stdout.once("data", resolve));
      child.kill(signal);
      assert.equal(await closed, code);
      fed = false;
      assert.equal(printed.stdout.at(-1), "\n");
      const expected = answersOf(linesOf(1_000));
      const whole = printed.stdout.length / expected.length;
      assert.equal(expected.repeat(Math.ceil(whole)).startsWith(printed.stdout), true);
      assert.equal(printed.stderr, "");
    });
  }

  test(`Ctrl-C while nothing comes ends it ${jobs.join(" ")}`, POSIX, async () => {
    const { child, printed, closed } = start(["process", "body.json", "--received-at", RECEIVED, ...how], { cwd });
    child.stdin.write(`${lineOf(0)}\n{"half`);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGINT");
    assert.equal(await closed, 130);
    assert.equal(printed.stdout, answersOf([lineOf(0)]));
  });
}

test("threads do not keep it from ending where there is nothing to do for them", () => {
  put(cwd, { "wrong.json": '{"config": {}}' });
  assert.equal(oim(["process", "wrong.json", "--ndjson", "--jobs", "2"], { cwd, input: "{}\n" }).status, 2);
  const { status, stderr } = run(["--ndjson", "--jobs", "2", "nowhere.ndjson"]);
  assert.equal(status, 2);
  assert.match(stderr, /^oim: .*nowhere\.ndjson/);
});

test("several files of lines, an empty one among them", () => {
  put(cwd, { "l1.ndjson": `${lineOf(0)}\n`, "l2.ndjson": "", "l3.ndjson": `{\n${lineOf(1)}` });
  const { stdout, stderr, status } = run(["--ndjson", "l*.ndjson".replace("*", "[123]")]);
  assert.equal(stdout, answersOf([lineOf(0), lineOf(1)]));
  assert.match(stderr, /^l3\.ndjson:1:\d: error\[json-syntax\]/);
  assert.equal(status, 1);
  const missing = run(["--ndjson", "l1.ndjson", "gone.ndjson"]);
  assert.deepEqual([missing.status, missing.stdout], [2, ""]);
  assert.match(missing.stderr, /gone\.ndjson does not exist/);
});

test("a file as standard input", () => {
  put(cwd, { "in.ndjson": `${linesOf(100).join("\n")}\n` });
  const file = openSync(join(cwd, "in.ndjson"), "r");
  const { child, printed, closed } = start(["process", "body.json", "--ndjson", "--received-at", RECEIVED], {
    cwd,
    stdio: [file, "pipe", "pipe"],
  });
  return closed.then((code) => {
    assert.equal(code, 0);
    assert.equal(printed.stdout, answersOf(linesOf(100)));
    assert.equal(child.exitCode, 0);
  });
});

test("who does not read holds up the writer", POSIX, async () => {
  const lines = `${linesOf(5_000).join("\n")}\n`;
  const { child, closed } = start(["process", "body.json", "--ndjson", "--received-at", RECEIVED], { cwd });
  child.stdout.removeAllListeners("data");
  child.stdout.pause();
  // Until nothing more is taken for a while.
  let fed = 0;
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref());
  for (let taken = true; taken && fed < 400; ) {
    fed += 1;
    if (child.stdin.write(lines)) continue;
    const drained = new Promise((resolve) => child.stdin.once("drain", () => resolve(true)));
    taken = await Promise.race([drained, pause(3_000).then(() => false)]);
  }
  assert.ok(fed < 400, "everything was taken although nobody read");
  child.stdin.end();
  let length = 0;
  child.stdout.resume();
  child.stdout.on("data", (text) => (length += text.length));
  assert.equal(await closed, 0);
  assert.equal(length, answersOf(linesOf(5_000)).length * fed);
});

test("from a file to a file, and Ctrl-C in the middle of it", POSIX, async () => {
  put(cwd, { "many.ndjson": `${linesOf(2_000).join("\n")}\n`.repeat(100) });
  const expected = answersOf(linesOf(2_000));
  const runToFile = async (out, end) => {
    const stdio = [openSync(join(cwd, "many.ndjson"), "r"), openSync(join(cwd, out), "w"), "pipe"];
    const { child, closed, printed } = start(["process", "body.json", "--ndjson", "--received-at", RECEIVED], {
      cwd,
      stdio,
    });
    for (const fd of stdio.slice(0, 2)) closeSync(fd);
    const size = () => statSync(join(cwd, out)).size;
    while (end && size() === 0 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1));
    if (end) child.kill("SIGINT");
    const code = await closed;
    assert.equal(printed.stderr, "");
    return { code, text: readFileSync(join(cwd, out), "utf8") };
  };
  assert.deepEqual(await runToFile("whole.ndjson", false), { code: 0, text: expected.repeat(100) });
  const { code, text } = await runToFile("part.ndjson", true);
  // It may have been quicker than we were.
  assert.ok(code === 130 || text.length === expected.length * 100, String(code));
  assert.equal(text.at(-1), "\n");
  assert.equal(expected.repeat(100).startsWith(text), true);
});

test("a full disk and a folder as standard input are reported", {
  skip: !existsSync("/dev/full") && "there is no full disk",
}, async () => {
  put(cwd, { "few.ndjson": `${lineOf(1)}\n` });
  for (const args of [["few.ndjson", "--ndjson"], ["one.json"]]) {
    const { closed, printed } = start(["process", "body.json", ...args], {
      cwd,
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
    });
    assert.equal(await closed, 2);
    assert.match(printed.stderr, /^oim: standard output cannot be written: .*ENOSPC.*\n$/);
  }
  for (const args of [["--ndjson"], []]) {
    const { closed, printed } = start(["process", "body.json", ...args], {
      cwd,
      stdio: [openSync(cwd, "r"), "pipe", "pipe"],
    });
    assert.equal(await closed, 2);
    assert.match(printed.stderr, /^oim: <stdin> is a folder, not a file\n$/);
  }
});

test("a reader that stops ends whole payloads quietly as well", POSIX, async () => {
  put(cwd, Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`q/${n}.json`, SAMPLE])));
  const { child, printed, closed } = start(["process", "body.json", "--trace", "q/*.json"], { cwd });
  child.stdout.destroy();
  assert.equal(await closed, 0);
  assert.equal(printed.stderr, "");
});
