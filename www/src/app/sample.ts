import { sampleOf, textInSample, withSample } from "../json/body.ts";
import { rangeAt } from "../json/pointer.ts";
import { isSameJson } from "../json/same.ts";
import { parse } from "../json/tree.ts";
import { emit, type Message, type PanelEvents, StaleAnswerError } from "../panels/contract.ts";
import type { Session } from "../state/session.ts";
import { withoutCode } from "../text/format.ts";

/** Texts of more characters are looked through at a click, not at each key. */
const LARGE = 50_000;

/** Answers `oim-sample` of a panel: the sample becomes the payload, or is completed. Undo takes it back. */
export async function changeSample(session: Session, { detail, target }: CustomEvent): Promise<void> {
  const wish = detail as PanelEvents["oim-sample"];
  const said = wish === "payload" ? usePayload(session) : await complete(session);
  emit(target as HTMLElement, "oim-say", said);
}

const NO_BODY: Message = {
  text: "The configuration is not a request body yet: it needs config.",
  kind: "error",
  ofTexts: true,
};

/** What was looked through last, for the next who asks about the same texts. */
let last: { body: string; payload: string; obstacle: Message | null } | null = null;

/** Why the payload cannot become the sample, or need not; `null` where nothing is known to be in the way. */
export function sampleObstacle({ config, payload }: Session): Message | null {
  if (config.length > 2 * LARGE || payload.length > LARGE) return null;
  const [body, text] = [config.text, payload.text];
  if (last?.body !== body || last.payload !== text) last = { body, payload: text, obstacle: obstacleIn(body, text) };
  return last.obstacle;
}

function obstacleIn(body: string, payload: string): Message | null {
  if (body.trim() === "")
    return { text: "There is no configuration yet, so there is nothing that could have a sample." };
  if (!rangeAt(body, "/config")) return NO_BODY;
  if (payload.trim() === "") return { text: "There is no payload yet." };
  const isSame = isSameJson(textInSample(sampleOf(body)), payload);
  if (isSame) return { text: "The sample is already this payload." };
  if (isSame === null && !parse(payload).root)
    return {
      text: "The payload cannot be read, so it cannot be the sample. Fix the error first.",
      kind: "error",
      ofTexts: true,
    };
  return null;
}

/** The payload in the editor becomes the sample. */
export function usePayload({ config, payload }: Session): Message {
  const obstacle = obstacleIn(config.text, payload.text);
  if (obstacle) return obstacle;
  const edit = withSample(config.text, payload.text);
  if (!edit) return NO_BODY;
  config.apply([edit]);
  return { text: "The payload is now the sample of the configuration.", undo: true };
}

/** Has the engine put a sample together from all open payloads. */
async function complete(session: Session): Promise<Message> {
  const { config, payloads } = session;
  const body = config.text;
  try {
    const { text, missing, diagnostics } = await session.call("sample", { body, payloads });
    if (config.text !== body) throw new StaleAnswerError();
    if (text === null) {
      const reason = withoutCode(diagnostics[0]?.message ?? "there is no payload");
      return { text: `No sample: ${reason}.`, kind: "error", ofTexts: true };
    }
    const edit = withSample(body, text);
    if (!edit) return NO_BODY;
    const lacks = missing.length > 0 ? ` No payload has ${missing.join(", ")}.` : "";
    if (isSameJson(textInSample(sampleOf(body)), text))
      return { text: `The sample has all that ${payloads.length} payloads can give it already.${lacks}` };
    config.apply([edit]);
    return { text: `The sample is now put together from ${payloads.length} payloads.${lacks}`, undo: true };
  } catch (error) {
    if (error instanceof StaleAnswerError) return { text: "The texts have changed. Select the button again." };
    throw error;
  }
}
