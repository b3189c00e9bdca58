/** Mistakes in the calling program throw a TypeError that says what was wrong, and harm nothing. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import vm from "node:vm";
import { compile, fields, generate, processPayload, Program, validate } from "../../dist/node.mjs";
import { BODY, PAYLOAD, PAYLOAD_BYTES, PAYLOAD_TEXT, PROCESSED } from "./example.mjs";

const { program } = compile(BODY);

afterEach(() => assert.deepEqual(program.process(PAYLOAD), PROCESSED));

function refused(call, ...patterns) {
  assert.throws(call, (error) => {
    assert.equal(error.name, "TypeError");
    for (const pattern of patterns) assert.match(error.message, pattern);
    return true;
  });
}

/** Every way to hand over a document. */
const TARGET = { target: "curl", appKey: "0a1b" };
const DOCUMENTS = {
  body: [
    (value) => validate(value),
    (value) => compile(value),
    (value) => processPayload(value, PAYLOAD),
    (value) => generate(value, TARGET),
  ],
  payload: [(value) => processPayload(BODY, value), (value) => program.process(value), (value) => fields(value)],
};

for (const [name, calls] of Object.entries(DOCUMENTS)) {
  const each = (value, ...patterns) => {
    for (const call of calls) refused(() => call(value), new RegExp(`^${name}: `), ...patterns);
  };

  test(`${name}: neither text nor bytes nor object`, () => {
    each(undefined, /got undefined/);
    each(null, /got null/);
    each(5, /got number/);
    each(5n, /got bigint/);
    each(true, /got boolean/);
    each(Symbol("x"), /got symbol/);
    each(() => {}, /got function/);
  });

  test(`${name}: objects whose contents JSON.stringify would lose`, async () => {
    each(Promise.resolve("{}"), /await/);
    each(new ArrayBuffer(4), /Uint8Array/);
    each(new Uint16Array(4), /Uint8Array/);
    each(new DataView(new ArrayBuffer(4)), /Uint8Array/);
    each(new Response("{}"), /text\(\)/);
    each(new Blob(["{}"]), /text\(\)/);
    each(new Map(), /Map/);
  });

  test(`${name}: objects that are no JSON`, () => {
    const circle = {};
    circle.circle = circle;
    each(circle, /JSON\.stringify/, /circular/i);
    each({ big: 1n }, /JSON\.stringify/, /BigInt/);
    each({ toJSON: () => undefined }, /gives nothing/);
    each(
      {
        toJSON() {
          throw new Error("not today");
        },
      },
      /not today/,
    );
  });
}

test("processToJson takes text and bytes only", () => {
  for (const value of [undefined, null, 5, {}, [], new ArrayBuffer(4)]) {
    refused(() => program.processToJson(value), /^payload: expected a string or a Uint8Array, got /);
    refused(() => program.processToJson(value, { as: "text" }), /^payload: expected a string or a Uint8Array, got /);
  }
});

test("options must be an object with known names", () => {
  const calls = [
    (options) => validate(BODY, options),
    (options) => processPayload(BODY, PAYLOAD, options),
    (options) => program.process(PAYLOAD, options),
    (options) => program.processToJson(PAYLOAD_TEXT, options),
    (options) => fields(PAYLOAD, options),
  ];
  for (const call of calls) {
    for (const value of [null, 5, "trace", true, []]) refused(() => call(value), /^options: expected an object, got /);
    refused(() => call({ recievedAt: 1 }), /unknown option `recievedAt`/);
    call(undefined);
    call({});
    call(Object.create(null));
  }
  for (const value of [undefined, null, 5, []])
    refused(() => generate(BODY, value), /^options: expected an object, got /);
  refused(() => generate(BODY, { ...TARGET, app_key: "x" }), /unknown option `app_key`/);
});

test("each option has its type", () => {
  refused(() => validate(BODY, { mode: "patch" }), /mode/, /"create" or "update"/, /"patch"/);
  refused(() => validate(BODY, { sampleCoverage: true }), /sampleCoverage/, /"strict" or "lenient"/);
  refused(() => program.process(PAYLOAD, { trace: 1 }), /trace/, /boolean/);
  refused(() => program.process(PAYLOAD, { additionalTags: true }), /"ignore" or "map"/);
  refused(() => fields(PAYLOAD, { arraySource: 0 }), /arraySource/, /string/);
  refused(() => generate(BODY, { target: "curl" }), /appKey/, /string/, /undefined/);
  refused(() => generate(BODY, { ...TARGET, target: 5 }), /target/, /string/);
  refused(() => generate(BODY, { ...TARGET, region: "mars" }), /"us" or "eu"/, /"mars"/);
  refused(() => generate(BODY, { ...TARGET, mode: null }), /mode/);
  refused(() => generate(BODY, { ...TARGET, sampleAs: "xml" }), /"object" or "text"/);
});

test("receivedAt must be a time", () => {
  const texts = ["", "soon", "x".repeat(1e6)];
  const wrong = [Number.NaN, Number.POSITIVE_INFINITY, 1e300, new Date(Number.NaN), null, true, {}, 5n, ...texts];
  for (const receivedAt of wrong) {
    refused(() => program.process(PAYLOAD, { receivedAt }), /receivedAt/, /epoch milliseconds/, /ISO 8601/, /Date/);
  }
});

test("an error does not repeat a whole document", () => {
  assert.throws(
    () => program.process(PAYLOAD, { receivedAt: "x".repeat(1e6) }),
    ({ message }) => message.length < 400,
  );
});

test("a Program is made by compile only", () => {
  refused(() => new Program(), /compile\(\)/);
  refused(() => new Program("{}"), /compile\(\)/);
  refused(() => Program(), /./);
  refused(() => Program.prototype.process(PAYLOAD), /./);
});

test("values of another realm are as good as ours", () => {
  const there = vm.createContext({ text: PAYLOAD_TEXT, bytes: [...PAYLOAD_BYTES] });
  const bytes = vm.runInContext("Uint8Array.from(bytes)", there);
  assert.equal(bytes instanceof Uint8Array, false);
  assert.deepEqual(program.process(bytes), PROCESSED);
  const receivedAt = vm.runInContext("new Date(0)", there);
  assert.deepEqual(program.process(vm.runInContext("JSON.parse(text)", there), { receivedAt }), PROCESSED);
});

test("what an object's own code throws or does reaches only its caller", () => {
  const options = {
    get receivedAt() {
      throw new RangeError("mine");
    },
  };
  assert.throws(() => program.process(PAYLOAD, options), RangeError);
  const sneaky = compile(BODY).program;
  const payload = {
    toJSON() {
      sneaky.free();
      return PAYLOAD;
    },
  };
  assert.throws(() => sneaky.process(payload), /freed/);
});
