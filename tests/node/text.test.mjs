/** Answers as text: the same text, however long it is and wherever characters outside ASCII stand in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "../../dist/node.mjs";
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
      assert.equal(program.processToText(text, options), expected);
      assert.equal(program.processToText(new TextEncoder().encode(text), options), expected);
      assert.equal(JSON.parse(expected).alerts[0].tags.host, filler);
    }
  }
});

test("a trace is in the text, a view is not offered", () => {
  const { trace } = JSON.parse(program.processToText(JSON.stringify({ alerts: [alert("é")] }), { ...options, trace: true }));
  assert.equal(trace.length, 1);
  assert.throws(() => program.processToText("{}", { view: true }), /^TypeError: options: unknown option `view`/);
});
