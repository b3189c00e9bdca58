/** The texts of the page use one word for one thing: those that CONTRIBUTING.md names, and none of the others. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);

/** The words in the last column of the table for users. */
function unwanted() {
  const text = readFileSync(new URL("CONTRIBUTING.md", ROOT), "utf8");
  const [, table = ""] = /The words of the page[^]*?\n(\|[^]*?)\n\n/.exec(text) ?? [];
  const rows = table.split("\n").slice(2);
  return rows.flatMap((row) => [...(row.split("|")[3] ?? "").matchAll(/`([^`]+)`/g)].map(([, word]) => word));
}

/** What may be text: strings, and what stands in templates. Comments, imports and styles are none. */
function texts(source) {
  return source
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/css`[^`]*`/g, "")
    .replace(/^import [^;]*;$/gm, "")
    .split("\n");
}

function* sources(folder) {
  for (const { name, parentPath } of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (name.endsWith(".ts")) yield `${parentPath}/${name}`;
}

/** A word in what people read: between tags, in a quoted text of more than one word, or in a title or label. */
function isRead(line, word) {
  const read = [
    ...line.matchAll(/"([^"]*[ A-Z][^"]*)"/g),
    ...line.matchAll(/>([^<>]*)</g),
    ...line.matchAll(/`([^`]* [^`]*)`/g),
  ].map(([, text]) => text);
  if (!/[=;{}()"]/.test(line)) read.push(line);
  return read.some((text) => new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(text.replace(/\$\{[^}]*\}/g, "")));
}

test("no text of the page uses a word that CONTRIBUTING.md replaces", () => {
  const words = unwanted();
  assert.ok(words.length > 15, "the table is there");
  const found = [];
  for (const path of sources(fileURLToPath(new URL("www/src", ROOT))))
    for (const line of texts(readFileSync(path, "utf8")))
      for (const word of words) if (isRead(line, word)) found.push(`${path}: ${word}: ${line.trim().slice(0, 120)}`);
  assert.deepEqual(found, []);
});

test("a word is found where people read it, and not in code", () => {
  for (const line of ['title="The primary tag"', "<p>No primary tag yet</p>", "        Choose the primary tag"])
    assert.equal(isRead(line, "primary tag"), true, line);
  for (const line of ['  kind: "identifier",', "const documents = list(document);", "documents.map((one) => one)"])
    for (const word of ["identifier", "documents"]) assert.equal(isRead(line, word), false, line);
});
