/** `sample`: one sample with every field that any payload has. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sample, validate } from "../../dist/node.mjs";

const CONFIG = {
  status: { source: ["state"], status_map: { ok: ["up"], critical: ["down"] }, default_to: "critical" },
  primary_property: { name: "host", source: ["node", "address"] },
  additional_attributes: [{ name: "team", source: ["labels.team", "owner"] }],
};
const PAYLOADS = [
  { node: "web-1", state: "up", big: 1 },
  '{"address": "10.0.0.1", "labels": {"team": "shop"}, "n": 12345678901234567890.10}',
];

test("the sample validates, and every digit of a value stays", () => {
  const { sample: found, text, missing, diagnostics } = sample(CONFIG, PAYLOADS);
  assert.deepEqual(found, JSON.parse(text));
  assert.deepEqual(missing, ["owner"]);
  assert.ok(diagnostics.every(({ severity }) => severity !== "error"));
  assert.match(text, /^\{\n {2}"/);
  const codes = (payloads, config = CONFIG) => {
    const body = `{"config": ${JSON.stringify(config)}, "sample_payload": ${sample(config, payloads).text}}`;
    return validate(body).diagnostics.flatMap(({ code, message }) =>
      code === "sample-missing-field" ? [message] : [],
    );
  };
  assert.deepEqual(codes(PAYLOADS), ["`owner` is not in the sample"]);
  assert.deepEqual(codes([...PAYLOADS, { owner: "x" }]), []);
  assert.match(sample(CONFIG, [PAYLOADS[1]]).text, /12345678901234567890\.10/);
});

test("redacted, no value of a payload is left but what the rules go by", () => {
  const { text } = sample(CONFIG, PAYLOADS, { redact: true });
  assert.doesNotMatch(text, /web-1|10\.0\.0\.1|shop/);
  assert.equal(JSON.parse(text).state, "up");
});

test("without a configuration or a payload there is none", () => {
  assert.deepEqual(sample("{", PAYLOADS).text, null);
  const { sample: found, text, missing, diagnostics } = sample(CONFIG, ["{", "nothing"]);
  assert.deepEqual([found, text, missing], [null, null, []]);
  assert.deepEqual(
    diagnostics.filter(({ payload }) => payload !== undefined).map(({ payload, code }) => [payload, code]),
    [
      [0, "json-syntax"],
      [1, "json-syntax"],
    ],
  );
});

test("mistakes of the calling program throw", () => {
  assert.throws(() => sample(CONFIG, {}), { name: "TypeError", message: /^payloads: expected an array, got object/ });
  assert.throws(() => sample(CONFIG, [5]), { name: "TypeError", message: /^payloads\[0\]: / });
  assert.throws(() => sample(CONFIG, [], { redact: "yes" }), { name: "TypeError", message: /^options\.redact: / });
});
