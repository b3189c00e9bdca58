/** The OpenAPI document by itself. What the answers have to do with it, the other tests show. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { call, DOCUMENT, withMock } from "./support.mjs";

test("it is valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(DOCUMENT));
  assert.equal(valid, true, JSON.stringify(errors));
  assert.equal(validator.version, "3.1");
});

test("every reference leads somewhere, and every component is used", () => {
  const text = JSON.stringify(DOCUMENT);
  const targets = new Set([...text.matchAll(/"\$ref":"#([^"]+)"/g)].map(([, target]) => target));
  for (const target of targets) {
    const found = target
      .slice(1)
      .split("/")
      .reduce((value, key) => value?.[key], DOCUMENT);
    assert.ok(found !== undefined, target);
  }
  const { securitySchemes, ...components } = DOCUMENT.components;
  for (const [kind, members] of Object.entries(components)) {
    for (const name of Object.keys(members)) assert.ok(targets.has(`/components/${kind}/${name}`), `${kind} ${name}`);
  }
  for (const name of Object.keys(securitySchemes)) assert.ok(text.includes(`{"${name}":[]}`), name);
});

test("every answer and every parameter says what it rests on", () => {
  const { responses, parameters } = DOCUMENT.components;
  const operations = Object.values(DOCUMENT.paths).flatMap(({ parameters, ...methods }) => Object.values(methods));
  const texts = [responses, parameters].flatMap((group) => Object.values(group)).concat(operations);
  for (const { description } of texts) assert.match(description, /documented|inferred|ours/i);
});

test("its version is the package's", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  assert.equal(DOCUMENT.info.version, manifest.version);
});

test("the mock serves it as it is, to everybody", async () => {
  await withMock({ tokens: ["a"] }, async ({ url }) => {
    const { status, headers, text } = await call(url, { path: "/openapi.json", headers: {} });
    assert.equal(status, 200);
    assert.match(headers["content-type"], /^application\/json\b/);
    assert.deepEqual(JSON.parse(text), DOCUMENT);
  });
});
