/** Everything that can be checked without running: format, lints, types, docs, and what must not be in a file. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { ask, Failure, headline, LOCKED, main, ROOT, run, say, seconds } from "./lib/run.mjs";
import { ensureRust } from "./setup.mjs";

const WHEEL = ["--manifest-path", "python/Cargo.toml"];
const DENY = [...LOCKED, "--", "-D", "warnings"];

/** Paths of one machine, and addresses of a registry in npm's lock files. */
const UNWANTED = [
  [/(?<![\w.}])\/(?:home|Users|root|work)\/[\w.-]/, "a path of one machine"],
  [/"resolved": "https?:/, "the address of a registry"],
];

const tsc = (project) => () =>
  run(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", project], { label: "tsc" });

const biome = (command) => () => run(process.execPath, [join(ROOT, "node_modules/@biomejs/biome/bin/biome"), command]);

const CHECKS = [
  ["format, Rust", () => run("cargo", ["fmt", "--check"])],
  ["format, Rust, python", () => run("cargo", ["fmt", "--check", ...WHEEL])],
  ["format, TypeScript and CSS", biome("format")],
  ["lints, TypeScript and CSS", biome("lint")],
  ["lints, native", () => run("cargo", ["clippy", "--all-targets", ...DENY])],
  [
    "lints, python",
    () => run("cargo", ["clippy", ...WHEEL, "--target-dir", "target/python/cargo", "--all-features", ...DENY]),
  ],
  ["lints, wasm", () => run("cargo", ["clippy", "--target", "wasm32-unknown-unknown", ...DENY])],
  ["docs", () => run("cargo", ["doc", "--no-deps", ...LOCKED], { env: { RUSTDOCFLAGS: "-D warnings" } })],
  ...[".", "www", "www/service", "tests/e2e"]
    .filter((project) => existsSync(join(ROOT, project, "tsconfig.json")))
    .map((project) => [`types, ${project === "." ? "package" : project}`, tsc(project)]),
  ["text", checkText],
];

await main(async () => {
  await ensureRust(["clippy", "rustfmt"]);
  // The types of the generated glue and of the package are part of what is checked.
  await build({ page: false });
  const failures = [];
  for (const [name, check] of CHECKS) {
    headline(name);
    const since = Date.now();
    try {
      await check();
      say(`${name}: fine, ${seconds(since)}`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      console.error(error.message);
      failures.push(name);
    }
  }
  if (failures.length > 0) throw new Failure(`not fine: ${failures.join("; ")}`);
  console.log("\nEverything is fine.");
});

async function checkText() {
  const listed = await ask("git", ["ls-files", "--cached", "--others", "--exclude-standard"]);
  if (listed === undefined) {
    say("not a git repository: skipped");
    return;
  }
  const found = listed
    .split("\n")
    .filter((path) => path !== "" && existsSync(join(ROOT, path)))
    .flatMap((path) =>
      readFileSync(join(ROOT, path), "utf8")
        .split("\n")
        .flatMap((line, index) =>
          UNWANTED.filter(([pattern]) => pattern.test(line)).map(([, what]) => `${path}:${index + 1}: ${what}`),
        ),
    );
  if (found.length > 0) throw new Failure(found.join("\n"));
}
