/** The request body in what the API answers, and its version. */
import type { ValidateOptions } from "../../types.js";
import { engine } from "../engine.js";
import { prettyPrint } from "../json.js";
import { type Client, ApiError } from "./client.js";

/** The configuration as text, every digit as it was, laid out. */
export async function bodyIn(answer: string, client: Client): Promise<string> {
  if (client.holdsToken(answer)) throw new ApiError("the answer has the token in it, which is not shown or stored");
  const { importBody } = await engine();
  const { text, kind } = importBody(answer);
  if (text === null || kind === "curl") throw new ApiError("the answer is no configuration; nothing was changed");
  return prettyPrint(text);
}

/** The version of a body; undefined where nothing in it belongs to one version alone, or something to each. */
export async function versionOf(text: string): Promise<ValidateOptions["version"]> {
  const { validate } = await engine();
  const [is1, is2] = (["1", "2"] as const).map(
    (version) => !validate(text, { version }).diagnostics.some(({ code }) => code === "version-mixed"),
  );
  return is1 === is2 ? undefined : is1 ? "1" : "2";
}
