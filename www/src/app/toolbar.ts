import { html, nothing, type TemplateResult } from "lit";
import type { DocumentName } from "../panels/contract.ts";
import { lastModel } from "../panels/form/model.ts";
import type { Tab } from "../panels/tabs.ts";
import type { Session } from "../state/session.ts";
import type { PanelName } from "./panel-registry.ts";
import { sampleObstacle } from "./sample.ts";

/** Several payloads are open: from one to the next. */
export function stepper(session: Session): TemplateResult | typeof nothing {
  const { series } = session;
  if (!series) return nothing;
  const go = (by: number) => () => session.step(series.at + by);
  return html`
    <div slot="actions" class="stepper" role="group" aria-label="Payloads">
      <button class="small" aria-label="Previous payload" aria-disabled=${series.at === 0} @click=${go(-1)}>‹</button>
      ${series.name ? html`<span class="name" title=${series.name}>${series.name}</span><span class="unseen">, </span>` : nothing}
      <span title=${series.name || nothing}>${series.at + 1} of ${series.count}</span>
      <button class="small" aria-label="Next payload" aria-disabled=${series.at + 1 === series.count} @click=${go(1)}>›</button>
    </div>
  `;
}

/** Lays the text of an editor out anew. */
export function formatButton(session: Session, tab: PanelName, format: (name: DocumentName) => void) {
  if ((tab !== "payload" && tab !== "config") || session.document(tab).isBlank) return nothing;
  return html`<button slot="actions" class="small" aria-label="Format the ${tab === "payload" ? "payload" : "configuration"}" @click=${() => format(tab)} title="Lays the JSON out with two spaces, values unchanged">Format</button>`;
}

/** Makes the payload the sample of the configuration; where that cannot be, or is so already, it says why. */
export function sampleButton(session: Session, use: () => void) {
  const obstacle = sampleObstacle(session);
  return html`<button slot="actions" class="small" aria-disabled=${obstacle !== null} @click=${use} title=${obstacle?.text ?? "Makes the payload the sample_payload of this body"}>Use payload as sample</button>`;
}

/** What is worth knowing of a panel before it is opened. */
export function badge({ answer, diagnostics }: Session, name: PanelName): Pick<Tab, "badge" | "tone"> {
  if (!answer) return {};
  if (name === "alerts") return { badge: String(answer.alertCount) };
  if (name !== "payload" && name !== "config") return {};
  const document = name === "payload" ? "payload" : "body";
  const errors = diagnostics.filter((one) => one.document === document && one.severity === "error").length;
  return errors > 0 ? { badge: String(errors), tone: "error" } : {};
}

/** The version of the configuration; of one that does not show it yet, the version that it would get. */
export function versionBadge({ config }: Session) {
  const model = lastModel(config.text);
  if (!model) return nothing;
  const version = model.version ?? "1";
  return html`<span slot="actions" class="version" title="Version of the configuration"><span aria-hidden="true">v${version}</span><span class="unseen">Version ${version}</span></span>`;
}
