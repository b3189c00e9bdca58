/** `oim pull`: the configuration that BigPanda has. */
import { writeFile } from "node:fs/promises";
import { escapeControls } from "../json.js";
import { UsageError, unreadable } from "../usage-error.js";
import type { Options } from "../options.js";
import { bodyIn } from "./body.js";
import { clientOf, ApiError } from "./client.js";

export async function run(options: Options): Promise<number> {
  const [operand] = options.operands;
  if (operand !== undefined)
    throw new UsageError("pull", `\`${operand}\` is not expected: the command takes only options`);
  const client = clientOf("pull", options);
  try {
    const answer = await client.get();
    if (answer === null) {
      throw new ApiError(
        "BigPanda answered 404: there is no integration with this app key, or it has no configuration yet",
        404,
      );
    }
    const text = await bodyIn(answer, client);
    const output = options.text("output");
    if (output !== undefined) await write(output, text);
    else process.stdout.write(process.stdout.isTTY ? escapeControls(text) : text);
    return 0;
  } catch (error) {
    return refused(error);
  }
}

/** Reports what the API refused; throws other errors. */
export function refused(error: unknown): number {
  if (!(error instanceof ApiError)) throw error;
  process.stderr.write(`oim: ${error.message}\n`);
  return 1;
}

/** Writes a file that is not there yet. */
export async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw unreadable(
      code === "EEXIST" ? `${path} exists already and is not overwritten` : `${path} cannot be written: ${message}`,
    );
  }
}
