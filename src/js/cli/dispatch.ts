/** Finds the subcommand and runs it. */
import { didYouMean } from "./did-you-mean.js";
import { helpOf, overview } from "./help.js";
import { UsageError, unreadable } from "./usage-error.js";
import { type Options, readOptions } from "./options.js";
import { TABLE } from "./table.js";
import { sanitize } from "./terminal.js";

/** A subcommand: gives the exit code, 0 when all is fine and 1 when problems were found. */
interface Command {
  run(options: Options, version: string): Promise<number>;
}

const COMMANDS: Record<string, () => Promise<Command>> = {
  validate: () => import("./validate.js"),
  process: () => import("./process/index.js"),
  test: () => import("./test/index.js"),
  diff: () => import("./diff.js"),
  coverage: () => import("./coverage/index.js"),
  sample: () => import("./sample.js"),
  simulate: () => import("./simulate.js"),
  suggest: () => import("./suggest.js"),
  migrate: () => import("./migrate.js"),
  fields: () => import("./fields.js"),
  generate: () => import("./generate.js"),
  pull: () => import("./remote/pull.js"),
  push: () => import("./remote/push.js"),
  verify: () => import("./verify/index.js"),
  mock: () => import("./mock.js"),
  completion: () => import("./completion.js"),
};

/** Runs the command line and sets the exit code. */
export async function main(args: string[], version: string): Promise<void> {
  // The reader may close the pipe: `oim --help | head -1`.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") fail(unreadable(`standard output cannot be written: ${error.message}`));
  });
  process.stderr.on("error", () => {});
  try {
    const code = await run(args, version);
    // Write errors are already reported.
    process.exitCode ??= code;
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  process.exitCode = 2;
  if (!(error instanceof UsageError)) {
    console.error(error);
    return;
  }
  console.error(`oim: ${sanitize(error.message)}`);
  if (error.command !== null) console.error(`Try \`${["oim", error.command, "--help"].filter(Boolean).join(" ")}\`.`);
}

async function run([name, ...rest]: string[], version: string): Promise<number> {
  if (name === "--help" || name === "-h") return print(overview());
  if (name === "help") return run([...rest.slice(0, 1), "--help"], version);
  if (name === undefined) throw new UsageError("", "a command is missing");
  const [load, description] = Object.hasOwn(COMMANDS, name) ? [COMMANDS[name], TABLE[name]] : [];
  if (load === undefined || description === undefined) {
    const kind = name.startsWith("-") ? "an option" : "a command";
    const meant = didYouMean(name, [...Object.keys(COMMANDS), "--help", "--version"]);
    throw new UsageError("", `\`${name}\` is not ${kind}${meant}`);
  }
  const options = readOptions(name, rest, description.options);
  if (options.help) return print(helpOf(description));
  const command = await load();
  return command.run(options, version);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
