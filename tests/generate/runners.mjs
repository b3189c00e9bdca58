/** How the code of each target is made ready and run. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/run.mjs";
import { PYTHON, RUNTIME_PATH } from "../../scripts/runtimes.mjs";

const FOLDER = mkdtempSync(join(tmpdir(), "oim-generate-"));
process.on("exit", () => rmSync(FOLDER, { recursive: true, force: true }));
let folders = 0;

const script = (program) => (_, file) => [program, file];
const bash = script("bash");

/**
 * What a target needs, and how it comes from a file to a command. The commands run without a locale, so that nothing
 * depends on its encoding.
 */
export const RUNNERS = {
  curl: { needs: ["bash", "curl"], ready: bash },
  "curl-get": { needs: ["bash", "curl"], ready: bash },
  httpie: { needs: ["bash", "httpie"], ready: bash },
  python: { needs: ["python3"], ready: script("python3") },
  "python-get": { needs: ["python3"], ready: script("python3") },
  "python-requests": { needs: ["requests"], ready: script(PYTHON) },
  javascript: { needs: [], ready: script(process.execPath) },
  "javascript-get": { needs: [], ready: script(process.execPath) },
  ruby: { needs: ["ruby"], ready: script("ruby") },
  go: {
    needs: ["go"],
    async ready(folder, file) {
      const program = join(folder, "apply");
      const env = { GOCACHE: join(ROOT, "target", "runtimes", "go"), GOFLAGS: "-mod=mod", CGO_ENABLED: "0" };
      await must("go", ["build", "-o", program, file], { cwd: folder, env });
      return [program];
    },
  },
  java: {
    needs: ["javac"],
    async ready(folder, file) {
      // Of text blocks it warns wrongly: it takes U+2028 for a line end, which the language does not.
      await must("javac", ["-Xlint:all,-text-blocks", "-Werror", "-d", folder, file], { cwd: folder });
      return ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", folder, "ApplyOim"];
    },
  },
  ansible: {
    needs: ["ansible"],
    // It refuses to start in any other encoding than UTF-8.
    env: { LC_ALL: "C.UTF-8", ANSIBLE_LOCALHOST_WARNING: "false", ANSIBLE_INVENTORY_UNPARSED_WARNING: "false" },
    ready: script("ansible-playbook"),
  },
  "github-actions": {
    needs: ["bash", "curl", "yaml"],
    async ready(folder, file) {
      const step =
        "import sys, yaml; sys.stdout.write(yaml.safe_load(open(sys.argv[1], encoding='utf-8'))" +
        "['jobs']['apply']['steps'][0]['run'])";
      const { out } = await must(PYTHON, ["-c", step, file], { env: { PYTHONUTF8: "1" } });
      const run = join(folder, "step.sh");
      writeFileSync(run, out);
      // As the runner calls `shell: bash`.
      return ["bash", "--noprofile", "--norc", "-eo", "pipefail", run];
    },
  },
};

/** Writes a snippet and makes it ready; gives what runs it, with an environment. */
export async function prepare({ target, fileName, code }) {
  const folder = join(FOLDER, String(folders++));
  mkdirSync(folder);
  const file = join(folder, fileName);
  writeFileSync(file, code);
  const { ready, env = {} } = RUNNERS[target];
  const [command, ...args] = await ready(folder, file);
  return (more) => start(command, args, { cwd: folder, env: { HOME: folder, ...env, ...more } });
}

/** Runs a command and gives its end and what it said. */
export function start(command, args, { cwd = ROOT, env = {}, input } = {}) {
  return new Promise((resolve, reject) => {
    const base = { PATH: RUNTIME_PATH, HOME: FOLDER, TMPDIR: FOLDER, LC_ALL: "C" };
    const child = spawn(command, args, {
      cwd,
      env: { ...base, ...env },
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    child.stdin?.end(input);
    const said = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text) => (said.out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (said.err += text));
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code: code ?? signal, ...said }));
  });
}

/** The same for what must not fail. */
export async function must(command, args, options) {
  const ended = await start(command, args, options);
  if (ended.code !== 0)
    throw new Error(`${command} ended with ${ended.code}: ${ended.err.slice(0, 4000)}${ended.out.slice(0, 4000)}`);
  return ended;
}
