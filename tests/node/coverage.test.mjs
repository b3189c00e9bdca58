/** `coverage`, `mergeCoverage` and the streams `CoverageBuilder` and `Comparison`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Comparison, compare, coverage, CoverageBuilder, mergeCoverage } from "../../dist/node.mjs";

const BODY = {
  is_array: true,
  array_source: "alerts",
  status: { source: ["@alert.state", "state"], status_map: { ok: ["up"], warning: ["slow"] }, default_to: "critical" },
  primary_property: { name: "host", source: ["@alert.host", "host"], default_to: "none" },
  additional_attributes: [{ source: ["@alert.more"], flatten: true }],
  timestamp: { source: ["@alert.t"] },
};
/** Payloads of many kinds, by their number. */
function payloadOf(n) {
  if (n % 17 === 3) return { other: 1 };
  if (n % 23 === 5) return "{";
  const alert = (i) => ({
    host: `h${(n * 7 + i) % 40_000}`,
    state: i % 3 === 0 ? "up" : `word ${"é".repeat(i % 4)}${(n * 31 + i) % 1_300}`,
    more: i % 2 ? { a: "x".repeat(i % 5 === 1 ? 600 : 3) } : null,
    t: i % 4 ? 1.7e9 + n : "soon",
  });
  return { alerts: [...Array.from({ length: 60 }, (_, i) => alert(i)), alert(0), 5] };
}
const PAYLOADS = Array.from({ length: 700 }, (_, n) => ({ payload: payloadOf(n) }));
const WHOLE = coverage(BODY, PAYLOADS);

test("there are more words and identities than are kept", () => {
  assert.equal(WHOLE.identities.estimated, false);
  assert.equal(WHOLE.defaultWords.words.length, 1000);
  assert.ok(WHOLE.defaultWords.more > 0);
  const { count, payloads } = WHOLE.identities.repeated;
  assert.deepEqual([count >= 600, payloads.length], [true, 10]);
});

test("coverages of parts merge into exactly that of the whole", () => {
  for (const split of [0, 1, 333, 699, 700]) {
    const [first, second] = [coverage(BODY, PAYLOADS.slice(0, split)), coverage(BODY, PAYLOADS.slice(split))];
    const merged = mergeCoverage(first, JSON.parse(JSON.stringify(second)));
    assert.deepEqual(merged, WHOLE, `split at ${split}`);
  }
});

test("so do estimates, where there are too many identities to keep", () => {
  const body = { ...BODY, array_source: "" };
  const payload = (n) => ({
    payload: Array.from({ length: 2_000 }, (_, i) => ({ host: `${n * 1_500 + i}`, state: i % 2 ? "up" : "x" })),
  });
  const payloads = Array.from({ length: 20 }, (_, n) => payload(n));
  const whole = coverage(body, payloads);
  const merged = mergeCoverage(coverage(body, payloads.slice(0, 7)), coverage(body, payloads.slice(7)));
  assert.deepEqual(merged, whole);
  assert.equal(whole.identities.estimated, true);
  // 30,500 there are.
  assert.ok(Math.abs(whole.identities.distinct / 30_500 - 1) < 0.03, `${whole.identities.distinct}`);
});

test("payloads are taken one by one, from whatever can be iterated over", () => {
  let taken = 0;
  function* generate() {
    for (const item of PAYLOADS.slice(0, 50)) {
      taken += 1;
      yield { ...item, receivedAt: 5 };
    }
  }
  const found = coverage(BODY, generate());
  assert.equal(taken, 50);
  assert.deepEqual(found, coverage(BODY, new Set(PAYLOADS.slice(0, 50))));
  const { rules, diagnostics } = coverage("{}", generate());
  assert.deepEqual([rules, diagnostics[0].code], [[], "missing-attribute"]);
});

test("streams take payloads and lines, and give what the functions give", () => {
  const lines = PAYLOADS.slice(0, 40).map(({ payload }) =>
    typeof payload === "string" ? payload : JSON.stringify(payload),
  );
  const bytes = new TextEncoder().encode(lines.join("\n"));
  const next = { ...BODY, primary_property: { name: "host", source: ["host"], default_to: "x" } };
  const builder = new CoverageBuilder(BODY);
  const comparison = new Comparison(BODY, next);
  for (const stream of [builder, comparison]) {
    assert.deepEqual(stream.addLines(bytes), { lines: 40, payloads: 40 });
    const room = stream.roomForLines(bytes.length);
    room.set(bytes);
    assert.deepEqual(stream.addLines(room, 40), { lines: 40, payloads: 40 });
    assert.equal(stream.add(lines[0]), true);
  }
  const all = [...lines, ...lines, lines[0]];
  assert.deepEqual(
    builder.finish(),
    coverage(
      BODY,
      all.map((payload) => ({ payload })),
    ),
  );
  assert.deepEqual(comparison.finish(), compare(BODY, next, all));
  assert.throws(() => builder.add("{}"), /finished or freed/);
  builder.free();
});

test("mistakes of the calling program throw", () => {
  assert.throws(() => coverage(BODY, 5), {
    name: "TypeError",
    message: /^payloads: expected something to iterate over, got number/,
  });
  assert.throws(() => coverage(BODY, "{}"), { name: "TypeError" });
  assert.throws(() => coverage(BODY, ["{}"]), {
    name: "TypeError",
    message: /^payloads\[0\]: expected an object, got string/,
  });
  assert.throws(() => coverage(BODY, [{ payload: {}, at: 1 }]), { name: "TypeError", message: /unknown member `at`/ });
  assert.throws(() => new CoverageBuilder(5), { name: "TypeError", message: /^body: / });
  assert.throws(() => new CoverageBuilder(BODY, { trace: true }), {
    name: "TypeError",
    message: /unknown option `trace`/,
  });
  assert.throws(() => new CoverageBuilder(BODY).addLines("{}"), { name: "TypeError", message: /^lines: / });
  assert.throws(() => new CoverageBuilder(BODY).addLines(new Uint8Array(1), -1), {
    name: "TypeError",
    message: /^first: /,
  });
  const other = { ...BODY, primary_property: { name: "node", source: ["host"] } };
  assert.throws(() => mergeCoverage(WHOLE, coverage(other, [])), {
    name: "TypeError",
    message: /different configurations/,
  });
  assert.throws(() => mergeCoverage(WHOLE, WHOLE, -1), { name: "TypeError", message: /^offset: / });
});
