/** `render` as the package gives it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { render, validate } from "../../dist/node.mjs";

const BODY = '{\n  "config": {},\n  "sample_paylod": "é😀"\n}';

test("diagnostics are shown with their lines, marks and fixes", () => {
  const { diagnostics } = validate(BODY);
  const misspelt = diagnostics.filter(({ code }) => code === "unknown-attribute");
  const help = misspelt[0].help;
  const title = misspelt[0].suggestion.title;
  assert.equal(
    render(misspelt, BODY, { name: "b.json" }),
    `error[unknown-attribute]: ${misspelt[0].message}
 --> b.json:3:3 /sample_paylod
  |
3 |   "sample_paylod": "é😀"
  |   ^^^^^^^^^^^^^^^
  = help: ${help}
  = fix: ${title}
  |
3 |   "sample_payload": "é😀"
  |   ++++++++++++++++
`,
  );
});

test("bytes and text give the same, and an object has no lines", () => {
  const { diagnostics } = validate(BODY);
  assert.equal(render(diagnostics, new TextEncoder().encode(BODY)), render(diagnostics, BODY));
  const object = JSON.parse(BODY);
  const shown = render(validate(object).diagnostics, object);
  assert.match(shown, / --> body \/config\n/);
  assert.doesNotMatch(shown, /\^/);
  assert.equal(render([], BODY), "");
});

test("colours are asked for, and user text has none", () => {
  const text = '{"\u001b[31mred": 1}';
  const { diagnostics } = validate(text);
  assert.doesNotMatch(render(diagnostics, text, { name: "\u001b[2J" }), /\u001b/);
  assert.match(render(diagnostics, text, { colors: true }), /^\u001b\[1;31merror\[json-syntax\]\u001b\[0m/);
});

test("the time grows with the number of diagnostics", () => {
  const measured = (count) => {
    const text = "5\n".repeat(count);
    const diagnostics = Array.from({ length: count }, (_, line) => ({
      ...{ code: "wrong-type", severity: "error", message: "wrong", document: "body", pointer: "" },
      range: { start: 2 * line, end: 2 * line + 1, line: line + 1, column: 1 },
      suggestion: { title: "fix it", edits: [{ start: 2 * line, end: 2 * line + 1, text: "6" }] },
    }));
    const start = performance.now();
    assert.equal(render(diagnostics, text).match(/^error/gm).length, count);
    return performance.now() - start;
  };
  measured(1_000);
  assert.ok(measured(20_000) < 5_000);
});

test("wrong arguments are mistakes of the caller", () => {
  for (const wrong of [
    () => render("x", ""),
    () => render([{ code: "no-such-code" }], ""),
    () => render([], 5),
    () => render([], "", { name: 5 }),
    () => render([], "", { colors: "yes" }),
    () => render([], "", { colours: true }),
  ]) {
    assert.throws(wrong, TypeError);
  }
});
