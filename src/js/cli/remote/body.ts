/** The request body in what the API answers. */
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
