/** The command `oim`. What it does is loaded when it is asked for, so that `--version` takes no longer than Node itself. */

/** Put in by the build. */
declare const VERSION: string;

const args = process.argv.slice(2);
if (args[0] === "--version") process.stdout.on("error", () => {}).write(`${VERSION}\n`);
else await import("./dispatch.js").then(({ main }) => main(args, VERSION));

// Only modules may wait at their top.
export {};
