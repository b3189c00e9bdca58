/** A mock to test, a client that may send anything, and the document that every answer has to agree with. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request as open } from "node:http";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";

export const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
export const { createMock } = await import("../../dist/mock.mjs");
export const DOCUMENT = JSON.parse(readFileSync(`${DIST}openapi.json`, "utf8"));

export const CONFIG = {
  status: { source: ["state"], status_map: { ok: ["up"], critical: ["down"] }, default_to: "critical" },
  primary_property: { name: "host", source: ["host"] },
};
export const SAMPLE = { host: "web-1", state: "down" };
export const BODY = JSON.stringify({ config: CONFIG, sample_payload: SAMPLE });
export const CONFIG_V2 = {
  version: "2.0",
  status: CONFIG.status,
  primary_property: [{ name: "service" }, { name: "host" }],
  additional_attributes: [{ name: "host", source: ["host"] }],
  event_filter: "host = lab*",
};
export const BODY_V2 = JSON.stringify({ config: CONFIG_V2, sample_payload: SAMPLE });
export const CONFIGURATION = "/configurations/alerts/oim/key-1";
export const AUTHORIZED = { authorization: "Bearer token-1" };
export const POST = { method: "POST", headers: { ...AUTHORIZED, "content-type": "application/json" } };

/** Sends one request over a connection of its own, unless an agent is given, and reads the answer. */
export function call(url, { method = "GET", path = "/", headers = AUTHORIZED, body, agent = false }) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = open({ hostname, port, method, path, headers, agent }, async (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode, headers: response.headers, text });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** Sends bytes as they are and gives everything that comes back until the server or the patience ends. */
export function raw(url, bytes, { patience = 2000, halfClose = false } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const chunks = [];
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(Buffer.concat(chunks).toString("latin1"));
    };
    const timer = setTimeout(done, patience);
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", done);
    socket.on("end", done);
    socket.on("close", done);
    socket.write(bytes);
    if (halfClose) socket.end();
  });
}

/** The answers in what {@link raw} gave. The last one may be cut. */
export function answersIn(text) {
  const answers = [];
  let rest = text;
  while (rest !== "") {
    const [, head, status] = /^(HTTP\/1\.1 (\d{3}) [^]*?\r\n\r\n)/.exec(rest) ?? assert.fail(`not an answer: ${rest}`);
    const headers = Object.fromEntries(
      [...head.matchAll(/^([\w-]+): (.*)\r$/gm)].map(([, name, value]) => [name.toLowerCase(), value]),
    );
    const length = Number(headers["content-length"] ?? 0);
    answers.push({ status: Number(status), headers, text: rest.slice(head.length, head.length + length) });
    rest = rest.slice(head.length + length);
  }
  return answers;
}

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(DOCUMENT, "document");
const validators = new Map();

function validator(pointer) {
  if (!validators.has(pointer)) validators.set(pointer, ajv.compile({ $ref: `document#${pointer}` }));
  return validators.get(pointer);
}

const PATHS = Object.keys(DOCUMENT.paths)
  // What is written out counts before what has a parameter.
  .sort((a, b) => a.split("{").length - b.split("{").length)
  .map((template) => ({ template, pattern: new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`) }));

/** Asserts that the document allows an answer: its status for this operation, its media type, its body. */
export function conforms({ method = "GET", path = "/" }, { status, headers, text }) {
  const name = `${method} ${path.slice(0, 200)} gave ${status} ${text.slice(0, 500)}`;
  assert.match(headers["content-type"] ?? "", /^application\/json\b/, name);
  if (method === "HEAD") return;
  const bare = path.split(/[?#]/, 1)[0].replace(/^https?:\/\/[^/]*/, "");
  const template = PATHS.find(({ pattern }) => pattern.test(bare))?.template;
  const operation = DOCUMENT.paths[template]?.[method.toLowerCase()];
  const escape = (text) => text.replaceAll("~", "~0").replaceAll("/", "~1");
  let pointer = "/components/schemas/Error";
  if (operation === undefined) {
    const expected = [template === undefined ? 404 : 405, 400, 408, 417, 431];
    assert.ok(expected.includes(status), `${name}: not ${expected}`);
  } else {
    const response = operation.responses[status];
    assert.ok(response !== undefined, `${name}: the status is not documented`);
    const here = `/paths/${escape(template)}/${method.toLowerCase()}/responses/${status}`;
    pointer = `${response.$ref?.slice(1) ?? here}/content/${escape("application/json")}/schema`;
  }
  const check = validator(encodeURI(pointer));
  assert.ok(check(JSON.parse(text)), `${name}: ${ajv.errorsText(check.errors)}`);
  if (status >= 400) assert.equal(JSON.parse(text).status, status, name);
}

/** {@link call}, and the answer has to conform. */
export async function checked(url, request) {
  const answer = await call(url, request);
  conforms(request, answer);
  return answer;
}

/** Runs `work` with a mock that is gone afterwards. */
export async function withMock(options, work) {
  const mock = await createMock({ rate: 0, ...options });
  try {
    return await work(mock);
  } finally {
    await mock.close();
  }
}
