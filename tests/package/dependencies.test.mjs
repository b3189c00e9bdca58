/** docs/dependencies.md lists what is used, all of it and nothing else, and every licence is one that we may ship. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, ROOT), "utf8");
const page = read("docs/dependencies.md");
const manifest = JSON.parse(read("package.json"));
const lock = JSON.parse(read("package-lock.json")).packages;
const measured = JSON.parse(read("benches/package.json"));
const measuredLock = JSON.parse(read("benches/package-lock.json")).packages;
const WASM = "wasm32-unknown-unknown";
const PARTS = ["In the engine", "In native builds", "In the wheel", "In the page", "For building and testing"];

/**
 * The rows of the tables below a headline, up to the next one: names, licences, and what comes with what. Packages of
 * Python have tables of their own, which `column`, the headline of the first column, distinguishes.
 */
function rows(headline, column) {
  const [, part] = page.split(`\n## ${headline}\n`);
  assert.ok(part, `there is a part "${headline}"`);
  const tables = part
    .split("\n## ")[0]
    .split("\n\n")
    .filter((table) => (column === undefined) !== table.startsWith("| Python package |"));
  const lines = tables.join("\n\n").matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm);
  return [...lines].map(([, name, licence, reason]) => ({ name, licence, reason }));
}

function metadata(platform, manifest = "Cargo.toml") {
  const args = [
    "metadata",
    "--locked",
    "--format-version",
    "1",
    "--filter-platform",
    platform,
    "--manifest-path",
    manifest,
  ];
  const text = execFileSync("cargo", args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(text);
}

const cargo = metadata(WASM);
const crate = cargo.packages.find(({ id }) => id === cargo.resolve.root);
const host = /^host: (.*)$/m.exec(execFileSync("rustc", ["-vV"], { encoding: "utf8" }))[1];

const natively = metadata(host);
const native = metadata(host, "benches/native/Cargo.toml");

const wheel = metadata(host, "python/Cargo.toml");

/** The crates that are compiled into the engine, without those that only run while it is compiled. */
function cratesIn(cargo) {
  const nodes = new Map(cargo.resolve.nodes.map((node) => [node.id, node]));
  const packages = new Map(cargo.packages.map((one) => [one.id, one]));
  const found = new Set();
  const visit = (id) => {
    if (found.has(id)) return;
    found.add(id);
    for (const { pkg, dep_kinds } of nodes.get(id).deps) {
      const macro = packages.get(pkg).targets.some(({ kind }) => kind.includes("proc-macro"));
      if (!macro && dep_kinds.some(({ kind }) => kind === null)) visit(pkg);
    }
  };
  visit(cargo.resolve.root);
  found.delete(cargo.resolve.root);
  return [...found].map((id) => packages.get(id));
}

/** The packages that those of the page need, by name. */
function withTheirs(names) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    Object.keys(lock[`node_modules/${name}`].dependencies ?? {}).forEach(visit);
  };
  names.forEach(visit);
  return [...found];
}

const sorted = (names) => [...new Set(names)].sort();
const names = (list) => sorted(list.map(({ name }) => name));
const isPackage = ({ name }) => `node_modules/${name}` in lock;

test("the crates in the engine are listed", () => {
  assert.deepEqual(names(rows("In the engine")), names(cratesIn(cargo)));
});

test("what native builds have beside them is listed", () => {
  const engine = new Set(names(cratesIn(cargo)));
  const more = cratesIn(natively).filter(({ name }) => !engine.has(name));
  assert.deepEqual(names(rows("In native builds")), names(more));
});

test("what the wheel has beside them is listed", () => {
  const engine = new Set(["oim-config", ...names(cratesIn(natively))]);
  const more = cratesIn(wheel).filter(({ name }) => !engine.has(name));
  assert.deepEqual(names(rows("In the wheel")), names(more));
});

test("the wheel is compiled from the same versions as the crate", () => {
  const versions = new Map(cratesIn(natively).map(({ name, version }) => [name, version]));
  const different = cratesIn(wheel).filter(({ name, version }) => (versions.get(name) ?? version) !== version);
  assert.deepEqual(names(different), []);
});

test("what the tests of the wheel need is listed, and pinned", () => {
  const lists = ["requirements.txt", "requirements-spark.txt"].map((name) => read(`python/${name}`));
  const lines = lists.flatMap((text) => text.split("\n")).filter((line) => line !== "" && !line.startsWith("#"));
  assert.deepEqual(
    lines.filter((line) => !/^[\w-]+==[\d.]+$/.test(line)),
    [],
  );
  const pinned = lines.map((line) => line.split("==")[0]);
  const listed = rows("For building and testing", "Python package").map(({ name }) => name);
  assert.ok(listed.length > 5);
  assert.deepEqual(
    listed.filter((name) => !pinned.includes(name)),
    [],
  );
});

test("the packages in the page are listed", () => {
  const listed = names(rows("In the page"));
  assert.deepEqual(listed, sorted(withTheirs(listed.filter((name) => name in manifest.devDependencies))));
});

test("every direct dependency is listed", () => {
  const all = PARTS.flatMap((part) => rows(part));
  const listed = new Set(all.map(({ name }) => name));
  const direct = [...crate.dependencies.map(({ name }) => name), ...Object.keys(manifest.devDependencies)];
  assert.deepEqual(sorted(direct.filter((name) => !listed.has(name))), []);
  const tools = rows("For building and testing").map(({ name }) => name);
  assert.deepEqual(
    tools.filter((name) => !direct.includes(name)),
    [],
    "listed and not used",
  );
});

test("what is needed for measuring only is listed, and not installed for anything else", () => {
  const listed = rows("For measuring");
  const needed = native.packages
    .find(({ id }) => id === native.resolve.root)
    .dependencies.filter(({ source }) => source);
  assert.deepEqual(names(listed), sorted([...Object.keys(measured.dependencies), ...needed.map(({ name }) => name)]));
  const crates = new Map(native.packages.map(({ name, license }) => [name, license]));
  for (const { name, licence } of listed)
    assert.equal(licence, measuredLock[`node_modules/${name}`]?.license ?? crates.get(name), name);
  assert.deepEqual(listed.filter(isPackage), []);
  assert.deepEqual(
    needed.filter(({ name }) => crate.dependencies.some((one) => one.name === name)),
    [],
  );
});

test("the licences are what the page says", () => {
  const crates = new Map(
    [...cargo.packages, ...natively.packages, ...wheel.packages].map(({ name, license }) => [name, license]),
  );
  for (const row of PARTS.flatMap((part) => rows(part))) {
    const is = isPackage(row) ? lock[`node_modules/${row.name}`].license : crates.get(row.name);
    assert.equal(row.licence, is, row.name);
    assert.ok(row.reason.trim().length > 3, row.name);
  }
});

test("every licence is one that we may use", () => {
  const allowed = new Set(
    [...page.split("\n## Licences\n")[1].matchAll(/`([^`]+)`/g)]
      .map(([, licence]) => licence)
      .filter((l) => l !== "AND"),
  );
  const compiled = [...cargo.packages, ...natively.packages, ...wheel.packages];
  const used = [...compiled, ...native.packages.filter(({ source }) => source)].map(({ name, license }) => [
    name,
    license,
  ]);
  for (const one of [lock, measuredLock])
    used.push(
      ...Object.entries(one)
        .slice(1)
        .map(([path, { license }]) => [path, license]),
    );
  assert.ok(used.length > 150, `${used.length} found`);
  const refused = used.filter(([, licence]) => !licence || !allows(licence, allowed));
  assert.deepEqual(refused, [["node_modules/parse-cache-control", undefined]]);
  assert.deepEqual(
    ["MIT AND GPL-3.0", "GPL-3.0", "(GPL-3.0 OR MIT) AND SSPL-1.0"].filter((l) => allows(l, allowed)),
    [],
  );
});

/** Whether an SPDX expression can be met with these licences. A slash is how `OR` was written once. */
function allows(expression, allowed) {
  const words = expression
    .replaceAll("/", " OR ")
    .replaceAll(" WITH ", "+WITH+")
    .match(/[()]|[^\s()]+/g);
  const one = () => {
    const word = words.shift();
    if (word !== "(") return allowed.has(word.replaceAll("+WITH+", " WITH "));
    const inside = any();
    words.shift();
    return inside;
  };
  const every = () => {
    let good = one();
    while (words[0] === "AND") good = (words.shift(), one()) && good;
    return good;
  };
  const any = () => {
    let good = every();
    while (words[0] === "OR") good = (words.shift(), every()) || good;
    return good;
  };
  return any();
}

test("nothing runs when the package is installed, and nothing else is installed", () => {
  const hooks = ["preinstall", "install", "postinstall", "prepare", "prepublish"];
  assert.deepEqual(
    hooks.filter((hook) => hook in manifest.scripts),
    [],
  );
  for (const kind of ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies"]) {
    assert.equal(manifest[kind], undefined, kind);
  }
  // Of what development needs, one package has such a script, and `npm ci` is told not to run it.
  const withScripts = Object.entries(lock).filter(([, { hasInstallScript }]) => hasInstallScript);
  assert.deepEqual(
    withScripts.map(([path]) => path),
    ["node_modules/esbuild"],
  );
  assert.match(read("scripts/setup.mjs"), /"ci", "--ignore-scripts"/);
});

test("every package comes from the registry, with its hash", () => {
  const ours = [lock, measuredLock].flatMap((one) => Object.entries(one).slice(1));
  assert.deepEqual(
    ours.filter(([, { integrity, link }]) => link || !integrity?.startsWith("sha512-")).map(([path]) => path),
    [],
  );
  const crates = ["Cargo.lock", "benches/native/Cargo.lock", "python/Cargo.lock", "python/bench/native/Cargo.lock"]
    .map(read)
    .join("\n");
  for (const [, , rest] of crates.matchAll(/\[\[package\]\]\nname = "([^"]+)"\n([^[]*)/g)) {
    if (rest.includes("source =")) assert.match(rest, /source = "registry\+[^"]*"\nchecksum = "[0-9a-f]{64}"/);
  }
});
