/** What others see of the tarball: the linters of packages, the command, and the entries beside the main one. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { npm } from "../../scripts/lib/run.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
let folder;
let tarball;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "oim-config-"));
  const flags = ["--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", folder];
  const { output } = await npm(["pack", ...flags], { show: "none", cwd: ROOT });
  const [{ filename }] = Object.values(JSON.parse(output.slice(output.search(/^[[{]/m))));
  tarball = readFileSync(join(folder, filename));
  writeFileSync(join(folder, "package.json"), '{"private": true, "type": "module"}');
  const install = ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", join(folder, filename)];
  await npm(install, { show: "none", cwd: folder });
});
after(() => rmSync(folder, { recursive: true, force: true }));

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", timeout: 60_000 });
  assert.deepEqual([status, stderr], [0, ""], stdout);
  return stdout;
}

test("publint finds nothing", async () => {
  const bytes = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});

/** Whether a problem is known and no problem. */
function isMeant({ kind, entrypoint, resolutionKind, implementationFileName = "" }) {
  return (
    // The way of resolution of old, without `exports`, finds only the main entry.
    resolutionKind === "node10" ||
    // They are for browsers and bundlers, so CommonJS in Node can only import them.
    (kind === "CJSResolvesToESM" && ["./web", "./element"].includes(entrypoint)) ||
    // JSON that is imported has a default export, which this check does not know.
    (kind === "FalseExportDefault" && implementationFileName.endsWith(".json"))
  );
}

test("types are found wherever code is found", async () => {
  const result = await checkPackage(createPackageFromTarballData(tarball), {
    excludeEntrypoints: ["./engine.wasm", "./package.json"],
  });
  const found = result.problems.filter((problem) => !isMeant(problem));
  assert.deepEqual(found, []);
  assert.ok(Object.keys(result.entrypoints).includes("./mock"));
});

test("the command is there once installed", { skip: process.platform === "win32" }, () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  assert.equal(run(join(folder, "node_modules/.bin/oim"), ["--version"]), `${version}\n`);
});

const USE = `
  (async () => {
    const mock = await createMock({ tokens: ["t"] });
    const { openapi } = await (await fetch(mock.url + "/openapi.json")).json();
    const { status } = await fetch(mock.url + "/configurations/alerts/oim/k");
    await mock.close();
    console.log(openapi, status);
  })();`;

test("the mock works by import and by require, and the process ends by itself", () => {
  const esm = `import { createMock } from "oim-config/mock"; ${USE}`;
  assert.equal(run(process.execPath, ["--input-type=module", "-e", esm]), "3.1.0 401\n");
  const cjs = `const { createMock } = require("oim-config/mock"); ${USE}`;
  assert.equal(run(process.execPath, ["--input-type=commonjs", "-e", cjs]), "3.1.0 401\n");
});

test("the mock's functions are those of the package, so the engine is there once", () => {
  for (const name of ["mock.mjs", "mock.cjs", "oim.mjs"]) {
    const text = readFileSync(join(folder, "node_modules/oim-config/dist", name), "utf8");
    assert.doesNotMatch(text, /engine\.wasm/, name);
  }
});

test("the OpenAPI document can be imported", () => {
  const script = 'console.log(require("oim-config/openapi.json").openapi)';
  assert.equal(run(process.execPath, ["--input-type=commonjs", "-e", script]), "3.1.0\n");
});

for (const [resolution, name] of [
  ["nodenext", "use.mts"],
  ["nodenext", "use.cts"],
  ["bundler", "use.ts"],
]) {
  test(`types of the mock: ${name} under ${resolution}`, () => {
    const file = `mock-${name}`;
    writeFileSync(
      join(folder, file),
      `import { createMock, type Mock, type MockOptions } from "oim-config/mock";
      const options: MockOptions = { port: 0, tokens: ["t"], installedAt: { k: new Date(0) }, clock: () => 5 };
      export async function use(): Promise<string> {
        const mock: Mock = await createMock(options);
        const text: string | null = mock.configuration("k");
        await mock.close();
        // @ts-expect-error there is no such option
        await createMock({ prot: 1 });
        return mock.url + mock.port.toFixed() + text;
      }`,
    );
    const compilerOptions = {
      module: resolution === "bundler" ? "esnext" : resolution,
      moduleResolution: resolution,
      ...{ target: "es2022", lib: ["es2022"], types: [], strict: true, exactOptionalPropertyTypes: true, noEmit: true },
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
    run(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", folder]);
  });
}
