/** `oim pull`: the configuration that BigPanda has. */
import { escapeControls } from "../json.js";
import { UsageError } from "../usage-error.js";
import type { Options } from "../options.js";
import { writeText } from "../write.js";
import { bodyIn } from "./body.js";
import { type Client, clientOf, ApiError } from "./client.js";
import { shapeOf } from "./shape.js";

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
    const text = options.flag("shape") ? shapeIn(answer, client) : await bodyIn(answer, client);
    const output = options.text("output");
    if (output !== undefined) await writeText(output, text, { replace: false });
    else process.stdout.write(process.stdout.isTTY ? escapeControls(text) : text);
    return 0;
  } catch (error) {
    return refused(error);
  }
}

/** The structure of any answer in JSON, whatever its version. */
function shapeIn(answer: string, { holdsToken }: Client): string {
  let body: unknown;
  try {
    body = JSON.parse(answer.replace(/^\ufeff/, ""));
  } catch {
    // The next line says it.
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ApiError("the answer is no configuration; nothing was changed");
  }
  const text = shapeOf(body);
  if (holdsToken(text)) throw new ApiError("the answer has the token in it, which is not shown or stored");
  return text;
}

/** Reports what the API refused; throws other errors. */
export function refused(error: unknown): number {
  if (!(error instanceof ApiError)) throw error;
  process.stderr.write(`oim: ${error.message}\n`);
  return 1;
}
