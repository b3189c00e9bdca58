import { withSample } from "../json/body.ts";
import { emit, type Message, type PanelEvents, StaleAnswerError } from "../panels/contract.ts";
import type { Session } from "../state/session.ts";

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

/** The payload in the editor becomes the sample. */
export function usePayload({ config, payload }: Session): Message {
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
      const reason = (diagnostics[0]?.message ?? "there is no payload").replaceAll("`", "");
      return { text: `No sample: ${reason}.`, kind: "error", ofTexts: true };
    }
    const edit = withSample(body, text);
    if (!edit) return NO_BODY;
    config.apply([edit]);
    const lacks = missing.length > 0 ? ` No payload has ${missing.join(", ")}.` : "";
    return { text: `The sample is now put together from ${payloads.length} payloads.${lacks}`, undo: true };
  } catch (error) {
    if (error instanceof StaleAnswerError) return { text: "The texts have changed. Select the button again." };
    throw error;
  }
}
