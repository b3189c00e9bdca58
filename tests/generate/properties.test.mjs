/** Any JSON in any language's quotes: read back as the language reads it, it is what was to be sent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { generate } from "../../dist/node.mjs";
import { APP_KEY } from "./bodies.mjs";
import { LITERALS } from "./literals.mjs";

/** Pieces that mean something in one language or another. */
const PIECES = [
  "\\",
  '"',
  "'",
  "`",
  "$",
  "{",
  "}",
  "${{",
  "</",
  "<!--",
  "\n",
  " ",
  "\t",
  "\r",
  "\0",
  "\u2028",
  "\u0085",
  "\ufeff",
];
const text = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "grapheme" })), { maxLength: 12 });
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text.map((parts) => parts.join("")),
    fc.double(),
    fc.array(tie("value")),
    tie("object"),
  ),
  object: fc.dictionary(
    text.map((parts) => parts.join("")),
    tie("value"),
  ),
})).object;
/** White space where JSON allows it. */
const layout = fc.constantFrom(undefined, 1, "\t", " \t ");
const escapes = fc.boolean();

/** PowerShell reads files in different encodings, so its file is ASCII. */
const ascii = (json) =>
  json.replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);

for (const [target, read] of Object.entries(LITERALS)) {
  test(`${target} reads what is sent`, () => {
    fc.assert(
      fc.property(value, layout, escapes, (config, indent, escaped) => {
        let body = JSON.stringify({ config, sample_payload: "" }, null, indent);
        if (escaped)
          body = body.replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
        const { snippet } = generate(body, { target, appKey: APP_KEY });
        const sent = body.toWellFormed?.() ?? body;
        assert.equal(snippet.json, `${target === "powershell" ? ascii(sent) : sent}\n`);
        assert.equal(read(snippet.code), snippet.json);
      }),
      { numRuns: 100 },
    );
  });
}
