/** The built package in a real browser, under a strict content policy: same answers, no complaints, nothing sent away. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { BODY, BODY_TEXT, PAYLOAD, PAYLOAD_TEXT, PROCESSED } from "../node/example.mjs";
import { startBrowser, startSite } from "./site.mjs";

const WORKER = `
  import { init, processPayload } from "/dist/web.mjs";
  onmessage = async ({ data: [body, payload] }) => {
    await init();
    postMessage(processPayload(body, payload));
  };
`;
let site;
let browser;
let page;
let complaints;

before(async () => {
  site = await startSite({ "/worker.js": WORKER });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

beforeEach(async () => {
  page = await browser.newPage();
  complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(site.address) && !url.startsWith("data:")) complaints.push(`asked for ${url}`);
  });
  await page.route("**/broken", (route) => route.abort());
  await page.goto(site.address);
  site.requests.length = 0;
});
afterEach(async () => {
  await page.close();
  assert.deepEqual(complaints, []);
});

/** Runs in the page: initialises with what `source` makes, and gives what all entrances give. */
function everything(path, how) {
  return page.evaluate(
    async ([path, how, body, bodyText, payload, payloadText]) => {
      const { compile, init, processPayload, validate, version } = await import(path);
      const url = "/dist/engine.wasm";
      const sources = {
        none: () => undefined,
        text: () => url,
        url: () => new URL(url, location.href),
        response: () => fetch(url),
        bytes: async () => new Uint8Array(await (await fetch(url)).arrayBuffer()),
        buffer: async () => (await fetch(url)).arrayBuffer(),
        module: () => WebAssembly.compileStreaming(fetch(url)),
        untyped: () => "/untyped/engine.wasm",
      };
      await init(sources[how]());
      const { program } = compile(bodyText);
      return {
        version: version(),
        valid: validate(bodyText).valid,
        answers: [
          processPayload(body, payload),
          program.process(payloadText),
          JSON.parse(new TextDecoder().decode(program.processToJson(payloadText))),
          JSON.parse(new TextDecoder().decode(program.processToJson(new TextEncoder().encode(payloadText)))),
        ],
      };
    },
    [path, how, BODY, BODY_TEXT, PAYLOAD, PAYLOAD_TEXT],
  );
}

function isRight({ version, valid, answers }) {
  assert.match(version, /^\d+\.\d+\.\d+/);
  assert.equal(valid, true);
  for (const answer of answers) assert.deepEqual(answer, PROCESSED);
}

/** What was asked for, without the folder, in a fixed order. */
const asked = () => site.requests.map((path) => path.replace("/dist/", "")).sort();

test("browser.mjs works by itself, without the file of the engine", async () => {
  isRight(await everything("/dist/browser.mjs", "none"));
  assert.deepEqual(asked(), ["api.mjs", "browser.mjs", "engine.mjs", "inline.mjs"]);
});

test("web.mjs takes the engine from beside itself", async () => {
  isRight(await everything("/dist/web.mjs", "none"));
  assert.deepEqual(asked(), ["api.mjs", "engine.mjs", "engine.wasm", "web.mjs"]);
});

test("browser.mjs and web.mjs share one engine, whichever is made ready", async () => {
  const answers = await page.evaluate(async () => {
    const [browser, web] = [await import("/dist/browser.mjs"), await import("/dist/web.mjs")];
    await Promise.all([browser.init(), web.init()]);
    await web.init("/nowhere.wasm");
    // Nobody waits for it, and nobody looks at it.
    await web.init(Promise.reject(new Error("unused")));
    return [browser.version === web.version, browser.Program === web.Program, web.version()];
  });
  assert.deepEqual(answers.slice(0, 2), [true, true]);
  assert.match(answers[2], /^\d/);
});

for (const how of ["text", "url", "response", "bytes", "buffer", "module", "untyped"]) {
  test(`web.mjs takes the engine from: ${how}`, async () => isRight(await everything("/dist/web.mjs", how)));
}

for (const path of ["/dist/browser.mjs", "/dist/web.mjs"]) {
  test(`${path}: before init, an error says what to do`, async () => {
    const messages = await page.evaluate(async (path) => {
      const api = await import(path);
      const calls = [() => api.version(), () => api.validate("{}"), () => api.compile("{}"), () => api.fields("{}")];
      calls.push(() => api.processPayload("{}", "{}"));
      return calls.map((call) => {
        try {
          return call();
        } catch (error) {
          return `${error.constructor.name}: ${error.message}`;
        }
      });
    }, path);
    for (const message of messages) assert.match(message, /^Error: .*await init\(\)/);
  });

  test(`${path}: init any number of times, also at once, loads once`, async () => {
    const version = await page.evaluate(async (path) => {
      const { init, version } = await import(path);
      await Promise.all([init(), init(), init()]);
      await init();
      return version();
    }, path);
    assert.match(version, /^\d/);
    assert.ok(site.requests.filter((path) => path.endsWith(".wasm")).length <= 1);
  });

  test(`${path}: works on after a trap`, async () => {
    const answers = await page.evaluate(
      async ([path, body, payload]) => {
        const memories = [];
        const { Instance } = WebAssembly;
        // biome-ignore lint/complexity/useArrowFunction: it is called with `new`
        WebAssembly.Instance = function (...args) {
          const instance = new Instance(...args);
          memories.push(instance.exports.memory);
          return instance;
        };
        const { compile, init } = await import(path);
        await init();
        const { program } = compile(body);
        program.process(payload);
        // No more memory to be had: the next large payload makes the engine give up.
        memories[0].grow(65536 - memories[0].buffer.byteLength / 65536 - 1);
        let message;
        try {
          program.process("x".repeat(6_000_000));
        } catch (error) {
          message = error.message;
        }
        return { message, after: program.process(payload), instances: memories.length };
      },
      [path, BODY_TEXT, PAYLOAD_TEXT],
    );
    assert.match(answers.message, /starts afresh/);
    assert.deepEqual(answers.after, PROCESSED);
    assert.equal(answers.instances, 2);
  });
}

test("web.mjs: a failed init says why and may be tried again", async () => {
  const [messages, version] = await page.evaluate(async () => {
    const { init, version } = await import("/dist/web.mjs");
    const messages = [];
    for (const source of ["/nowhere.wasm", "/flaky/engine.wasm", 5, new Uint8Array(8), "/broken"]) {
      await init(source).catch((error) => messages.push(`${error.name}: ${error.message}`));
    }
    await init("/flaky/engine.wasm");
    return [messages, version()];
  });
  // The browser itself reports the two requests that failed.
  complaints = complaints.filter((text) => !/Failed to load resource/.test(text));
  assert.match(messages[0], /^Error: init: .*nowhere\.wasm.*404/);
  assert.match(messages[1], /^Error: init: .*503/);
  assert.match(messages[2], /^TypeError: init: expected a URL, a Response, bytes or a WebAssembly\.Module, got number/);
  assert.match(messages[3], /^CompileError/);
  assert.match(messages[4], /^Error: init: \/broken could not be loaded: Failed to fetch/);
  assert.match(version, /^\d/);
});

for (const path of ["/dist/browser.mjs", "/dist/web.mjs"]) {
  test(`${path}: a policy that forbids WebAssembly is reported with what it has to allow`, async () => {
    await page.goto(`${site.address}without-wasm`);
    const [message, cause] = await page.evaluate(async (path) => {
      const { init } = await import(path);
      return init().catch((error) => [`${error.name}: ${error.message}`, String(error.cause)]);
    }, path);
    // The browser reports what it refused as well.
    complaints = complaints.filter((text) => !/Content Security Policy/.test(text));
    assert.match(message, /^Error: init: WebAssembly may not be compiled here\. .*'wasm-unsafe-eval' in script-src$/);
    assert.match(cause, /^CompileError/);
  });

  test(`${path}: a message names missing SIMD and missing WebAssembly`, async () => {
    const messages = await page.evaluate(async (path) => {
      const { init } = await import(path);
      const { compile, compileStreaming, validate } = WebAssembly;
      const messages = [];
      const attempt = () => init().catch((error) => messages.push(error.message));
      // As a browser of before does: it takes what is small and refuses what it does not know.
      const isSmall = (bytes) => bytes.byteLength === 8;
      WebAssembly.compile = async (bytes) => {
        if (isSmall(bytes)) return compile(bytes);
        throw new WebAssembly.CompileError("invalid numeric opcode 0xfd");
      };
      WebAssembly.compileStreaming = undefined;
      WebAssembly.validate = isSmall;
      await attempt();
      const all = WebAssembly;
      globalThis.WebAssembly = undefined;
      await attempt();
      globalThis.WebAssembly = Object.assign(all, { compile, compileStreaming, validate });
      await init();
      return messages;
    }, path);
    assert.match(messages[0], /^init: WebAssembly has no SIMD here/);
    assert.match(messages[1], /^init: there is no WebAssembly here/);
    assert.equal(messages.length, 2);
  });
}

test("web.mjs works in a worker", async () => {
  const answer = await page.evaluate(
    (message) =>
      new Promise((resolve, reject) => {
        const worker = new Worker("/worker.js", { type: "module" });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(message);
      }),
    [BODY_TEXT, PAYLOAD_TEXT],
  );
  assert.deepEqual(answer, PROCESSED);
});
