/**
 * The command `oim`: finds the subcommand and runs it. Each has a file of its own here, loaded only when it is asked
 * for; the engine is not loaded for `--version` or `--help`.
 */
import { closest } from "./closest.js";
import { Misuse } from "./misuse.js";

/** Put in by the build. */
declare const VERSION: string;

/** A subcommand: gives the exit code, 0 when all is fine and 1 when problems were found. */
interface Command {
  run(args: string[]): Promise<number>;
}

const COMMANDS: Record<string, { summary: string; load: () => Promise<Command> }> = {
  mock: { summary: "serve BigPanda's OIM API on this machine, for tests", load: () => import("./mock.js") },
};

const HELP = `Usage: oim <command> [options]

Works with BigPanda Open Integration Manager v1 configurations.

Commands:
${Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(14)}${summary}`).join("\n")}

Options:
  -h, --help    show this, or after a command the help of that command
  --version     show the version

Exit codes: 0 fine, 1 problems found, 2 wrong use or unreadable input.
`;

async function run([name, ...rest]: string[]): Promise<number> {
  if (name === "--version") return print(`${VERSION}\n`);
  if (name === "--help" || name === "-h") return print(HELP);
  if (name === "help") return run([...rest.slice(0, 1), "--help"]);
  if (name === undefined) throw new Misuse("", "a command is missing");
  if (!Object.hasOwn(COMMANDS, name)) {
    const kind = name.startsWith("-") ? "an option" : "a command";
    const meant = closest(name, [...Object.keys(COMMANDS), "--help", "--version"]);
    throw new Misuse("", `\`${name}\` is not ${kind}${meant}`);
  }
  const command = await COMMANDS[name]?.load();
  return command?.run(rest) ?? 2;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

// Whoever reads may stop reading: `oim --help | head -1`.
process.stdout.on("error", () => {});
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = 2;
  if (error instanceof Misuse) {
    console.error(`oim: ${error.message}`);
    console.error(`Try \`${["oim", error.command, "--help"].filter(Boolean).join(" ")}\`.`);
  } else console.error(error);
}
