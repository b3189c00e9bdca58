/** Answers as text: the same text, however long it is and wherever characters outside ASCII stand in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile, validate } from "../../dist/node.mjs";
import { BODY } from "./example.mjs";

const { program } = compile(BODY);
const options = { receivedAt: 0 };
const alert = (filler) => ({ status: "firing", labels: { instance: filler, alertname: "Disk" } });

test("text is what the bytes are, at every place of every character", () => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for (const character of ["a", "é", "東", "😀", "\ufeff", "\u2028"]) {
    for (let before = 0; before < 40; before++) {
      // Long enough to be decoded in pieces, of which each begins with another part of the character.
      const filler = "x".repeat(before) + `${character}yz`.repeat(700) + character.repeat(1200);
      const payload = { alerts: [alert(filler), alert("plain"), alert(character)] };
      const text = JSON.stringify(payload);
      const expected = decoder.decode(program.processToJson(text, options));
      assert.equal(program.processToJson(text, { ...options, as: "text" }), expected);
      assert.equal(program.processToJson(new TextEncoder().encode(text), { ...options, as: "text" }), expected);
      assert.equal(JSON.parse(expected).alerts[0].tags.host, filler);
    }
  }
});

test("a trace is in the text", () => {
  const { trace } = JSON.parse(
    program.processToJson(JSON.stringify({ alerts: [alert("é")] }), { ...options, trace: true, as: "text" }),
  );
  assert.equal(trace.length, 1);
});

test("a string is what its bytes are, wherever it is cut on its way", () => {
  const encoder = new TextEncoder();
  const same = (text) => {
    const expected = program.processToJson(encoder.encode(text), options);
    // What comes after a string outside ASCII is copied in pieces.
    for (let time = 0; time < 2; time++) assert.deepEqual(program.processToJson(text, options), expected);
  };
  for (const character of ["é", "東", "😀", "\ud83d", "\ude00", "\ude00\ud83d"]) {
    for (let before = 0; before < 40; before++) {
      for (const length of [0, 1, 15, 16, 17, 16_384 - 60, 16_384, 40_000]) {
        const filler = "x".repeat(before) + character + "x".repeat(length) + character.repeat(20);
        same(`{"alerts":[${JSON.stringify(alert("plain"))},{"labels":{"instance":"${filler.padEnd(5_000)}"}}]}`);
      }
    }
  }
});

test("a string over the limit is reported as its bytes are, and the next one is read again", () => {
  const small = JSON.stringify({ alerts: [alert("東".repeat(5_000))] });
  for (const character of ["a", "é", "東", "😀"]) {
    for (const more of [-1, 0, 1]) {
      const rest = JSON.stringify({ alerts: [alert("")] });
      const room = 6 * 1024 * 1024 - rest.length + more;
      const size = new TextEncoder().encode(character).length;
      const text = JSON.stringify({ alerts: [alert(character.repeat(room / size) + "x".repeat(room % size))] });
      const expected = program.processToJson(new TextEncoder().encode(text), { ...options, as: "text" });
      assert.equal(expected.includes("payload-too-large"), more > 0);
      for (let time = 0; time < 2; time++) {
        assert.ok(program.processToJson(text, { ...options, as: "text" }) === expected, `${character}, ${more}`);
        assert.equal(program.process(small, options).alerts.length, 1);
      }
    }
  }
});

test("a place in a filter that is written with escapes is that of its characters", () => {
  const config = (filter) =>
    `{"version":"2.0","status":{"source":["s"],"status_map":{"ok":["up"]},"default_to":"ok"},"primary_property":[{"name":"a"}],"additional_attributes":[{"name":"a","source":["a"]}],"event_filter":"${filter}"}`;
  for (const [filter, code, underlined] of [
    [String.raw`a = \"x\" AND (`, "filter-invalid", "("],
    [String.raw`a == \"x\"`, "filter-invalid", "=="],
    [String.raw`a = \"x`, "filter-invalid", String.raw`\"`],
    [String.raw`\u0061 = \"\ud83d\ude00é\" AND (`, "filter-invalid", "("],
    [String.raw`a..b = \"x\"`, "path-invalid", undefined],
  ]) {
    const body = config(filter);
    const found = validate(body).diagnostics.find((one) => one.code === code);
    const { start, end } = found.range;
    if (underlined !== undefined) assert.equal(body.slice(start, end), underlined, filter);
    else assert.ok(body.slice(start, end).includes("."), body.slice(start, end));
  }
});
