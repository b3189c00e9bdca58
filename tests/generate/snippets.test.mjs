/** What the code of each target looks like, and what linters and parsers say of it and of the templates. `UPDATE_EXPECT=1` rewrites. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { generate, targets } from "../../dist/node.mjs";
import { findRuntimes, PYTHON } from "../../scripts/runtimes.mjs";
import { APP_KEY, BODIES, REALISTIC } from "./bodies.mjs";
import { LITERALS } from "./literals.mjs";
import { must } from "./runners.mjs";

const FOLDER = fileURLToPath(new URL("snippets", import.meta.url));
const found = await findRuntimes();
const skip = (...needs) => {
  const missing = needs.filter((name) => !found.has(name));
  return missing.length > 0 && `${missing.join(" and ")} not here`;
};

/** Options that show what the usual ones do not. */
const OTHERWISE = {
  python: { mode: "update", region: "eu" },
  ansible: { mode: "update", region: "eu", sampleAs: "text" },
};

const snippets = targets().map(({ id, fileName }) => {
  const options = { target: id, appKey: APP_KEY, ...OTHERWISE[id] };
  const { snippet, diagnostics } = generate(REALISTIC, options);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
    id,
  );
  return { ...snippet, file: join(FOLDER, id + extname(fileName)) };
});

for (const { target, file, code } of snippets) {
  test(`${target} looks as reviewed`, () => {
    if (process.env.UPDATE_EXPECT) writeFileSync(file, code);
    assert.ok(existsSync(file), `${file} is missing: run with UPDATE_EXPECT=1 and review it`);
    assert.equal(code, readFileSync(file, "utf8"));
  });
}

test("no snippet is left over", () => {
  const wanted = snippets.map(({ file }) => file);
  for (const name of readdirSync(FOLDER)) assert.ok(wanted.includes(join(FOLDER, name)), name);
});

/** The templates too: with their placeholders they are files of their languages. */
const TEMPLATES = fileURLToPath(new URL("../../src/generate/templates", import.meta.url));
const templates = snippets
  .map(({ fileName, language }) => ({ language, file: join(TEMPLATES, fileName) }))
  .filter(({ file }) => existsSync(file));

const of = (...languages) =>
  [...snippets, ...templates].filter(({ language }) => languages.includes(language)).map(({ file }) => file);

test("every target but the body itself has a template", () => {
  const used = templates.map(({ file }) => file);
  assert.deepEqual(
    readdirSync(TEMPLATES).filter((name) => !used.includes(join(TEMPLATES, name))),
    [],
  );
  assert.equal(used.length, snippets.length - 1);
});

test("ShellCheck has nothing to say", { skip: skip("shellcheck") }, () =>
  must("shellcheck", ["--enable=all", "--exclude=SC2250,SC2312", ...of("bash")]),
);

test("Ruff has nothing to say, and nothing to lay out", { skip: skip("ruff") }, async () => {
  const rules = "--select=E,F,W,I,N,UP,B,C4,SIM,RET,PL,S,BLE";
  await must("ruff", [
    "check",
    "--isolated",
    "--line-length=120",
    rules,
    "--ignore=PLR2004,S310,PLR0911",
    // A placeholder is an undefined name.
    "--per-file-ignores=**/templates/*.py:F821",
    ...of("python"),
  ]);
  await must("ruff", ["format", "--isolated", "--line-length=120", "--check", ...of("python")]);
});

test("gofmt has nothing to lay out", { skip: skip("go") }, async () => {
  const { out } = await must("gofmt", ["-l", ...of("go")]);
  assert.equal(out, "");
});

test("Ruby has no warning", { skip: skip("ruby") }, async () => {
  for (const file of of("ruby")) {
    const { out, err } = await must("ruby", ["-wc", file]);
    assert.equal(out + err, "Syntax OK\n", file);
  }
});

test("bash and Python can parse it", { skip: skip("bash", "python3") }, async () => {
  for (const file of of("bash")) await must("bash", ["-n", file]);
  const parse = "import ast, sys; [ast.parse(open(name).read(), name) for name in sys.argv[1:]]";
  await must("python3", ["-c", parse, ...of("python")]);
});

test("Node can parse it", async () => {
  for (const file of of("javascript")) await must(process.execPath, ["--check", file]);
});

/** Where the runtime cannot be had: a grammar finds no fault, and the body is one literal of what was to be sent. */
const GRAMMARS = {
  powershell: ["tree_sitter_powershell", "powershell grammar"],
  csharp: ["tree_sitter_c_sharp", "c# grammar"],
};
const PARSE = `
import importlib, sys
from tree_sitter import Language, Parser
module = importlib.import_module(sys.argv[1])
tree = Parser(Language(module.language())).parse(sys.stdin.buffer.read())
open_nodes = [tree.root_node]
while open_nodes:
    node = open_nodes.pop()
    if node.is_error or node.is_missing:
        sys.exit(f"{node.type} at {node.start_point}: {node.text[:200]}")
    open_nodes.extend(node.children)
`;
for (const [target, [module, grammar]] of Object.entries(GRAMMARS)) {
  test(`${target}, parsed only: the template`, { skip: skip("tree-sitter", grammar) }, async () => {
    const { file } = templates.find(({ language }) => language === target);
    await must(PYTHON, ["-c", PARSE, module], { input: readFileSync(file, "utf8") });
  });
  for (const [name, body] of Object.entries(BODIES)) {
    test(`${target}, parsed only: ${name}`, { skip: skip("tree-sitter", grammar) }, async () => {
      const { snippet } = generate(body, { target, appKey: APP_KEY });
      await must(PYTHON, ["-c", PARSE, module], { input: snippet.code });
      assert.equal(LITERALS[target](snippet.code), snippet.json);
    });
  }
}
