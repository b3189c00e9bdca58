import { withSample } from "../json/body.ts";
import { emit, type PanelEvents, StaleAnswerError } from "../panels/contract.ts";
import type { Session } from "../state/session.ts";

/** Answers `oim-sample` of a panel: the sample becomes the payload, or is completed. Undo takes it back. */
export async function changeSample(session: Session, { detail, target }: CustomEvent): Promise<void> {
  const wish = detail as PanelEvents["oim-sample"];
  const said = wish === "payload" ? usePayload(session) : await complete(session);
  emit(target as HTMLElement, "oim-say", said);
}

const NO_BODY = "The configuration is not a request body yet: it needs config.";

function usePayload({ config, payload }: Session): string {
  const edit = withSample(config.text, payload.text);
  if (!edit) return NO_BODY;
  config.apply([edit]);
  return "The payload is now the sample.";
}

/** Has the engine put a sample together from all open payloads. */
async function complete(session: Session): Promise<string> {
  const { config, payloads } = session;
  const body = config.text;
  try {
    const { text, missing, diagnostics } = await session.call("sample", { body, payloads });
    if (config.text !== body) throw new StaleAnswerError();
    if (text === null) return `No sample: ${(diagnostics[0]?.message ?? "there is no payload").replaceAll("`", "")}.`;
    const edit = withSample(body, text);
    if (!edit) return NO_BODY;
    config.apply([edit]);
    const lacks = missing.length > 0 ? ` No payload has ${missing.join(", ")}.` : "";
    return `The sample is now put together from ${payloads.length} payloads.${lacks}`;
  } catch (error) {
    if (error instanceof StaleAnswerError) return "The texts have changed. Select the button again.";
    throw error;
  }
}
