import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { type Difference, differences } from "../json/differences.ts";
import "../panels/alerts.ts";
import type { Migration, Proposal, Selection } from "../panels/contract.ts";
import "../panels/editor.ts";
import { lastModel } from "../panels/form/model.ts";
import { foreignTo } from "../state/rejections.ts";
import { HINTS, type Session } from "../state/session.ts";
import { loadPanel } from "./later.ts";
import { changeSample, sampleObstacle } from "./sample.ts";

/** The panels of the page, by the names that the attribute `panels` knows. */
export const PANELS = [
  "header",
  "payload",
  "fields",
  "type-in",
  "form",
  "config",
  "problems",
  "alerts",
  "why",
  "timeline",
  "compare",
  "code",
] as const;

/** There only for a while: a configuration that is proposed, or one that is migrated. */
const PASSING = ["proposal", "migration"] as const;

type PassingName = (typeof PASSING)[number];

export type PanelName = (typeof PANELS)[number] | PassingName;

/** The panel is there only for a while, beside the form. */
export function isPassing(name: PanelName): name is PassingName {
  return (PASSING as readonly string[]).includes(name);
}

/** Where a panel stands. */
export type Column = "input" | "rules" | "result";

/** A panel with tabs beside it. */
export interface Place {
  name: PanelName;
  column: Column;
  label: string;
}

export const PLACES: Place[] = [
  { name: "payload", column: "input", label: "Text" },
  { name: "fields", column: "input", label: "Fields" },
  { name: "type-in", column: "input", label: "Type in" },
  { name: "form", column: "rules", label: "Form" },
  { name: "config", column: "rules", label: "JSON" },
  { name: "proposal", column: "rules", label: "Proposal" },
  { name: "migration", column: "rules", label: "Migration" },
  { name: "alerts", column: "result", label: "Alerts" },
  { name: "why", column: "result", label: "Why" },
  { name: "timeline", column: "result", label: "Timeline" },
  { name: "compare", column: "result", label: "Compare" },
  { name: "code", column: "result", label: "Code" },
];

/** The columns and how they are called. */
export const COLUMNS: { name: Column; label: string }[] = [
  { name: "input", label: "Payload" },
  { name: "rules", label: "Configuration" },
  { name: "result", label: "Result" },
];

/** Warns the author of the list which of its names mean nothing. */
export function warnOfUnknown(text: string | null): void {
  const unknown = namesOf(text).filter((name) => !(PANELS as readonly string[]).includes(name));
  if (unknown.length > 0)
    console.warn(`<oim-playground> has no panel named ${unknown.join(", ")}. It has ${PANELS.join(", ")}.`);
}

function namesOf(text: string | null): string[] {
  return (text ?? "").split(/[\s,]+/).filter((name) => name !== "");
}

/** What a list of names, as in an attribute, asks for; everything where it asks for nothing. */
export function panelsOf(text: string | null): ReadonlySet<PanelName> {
  const asked = namesOf(text).filter((name): name is PanelName => (PANELS as readonly string[]).includes(name));
  return new Set(asked.length > 0 ? asked : PANELS);
}

/** Up to this many characters the form looks into the payload itself. Making one string of a longer one is felt at each key. */
const LARGE = 300_000;

/** What panels are made from. */
export interface View {
  readonly session: Session;
  /** The list of panels that are wanted. */
  readonly panels: string | null;
  readonly selection: Selection | null;
  readonly proposal: Proposal | null;
  readonly migration: Migration | null;
  readonly plain: boolean;
  readonly loads: number;
  /** The first answer is on the page. What takes its time to be made comes after it. */
  readonly begun: boolean;
  /** Opens a configuration to compare with. */
  openBaseline(event: CustomEvent<File>): void;
  undo(event: Event): void;
  redo(event: Event): void;
}

/** A panel is made when it is first looked at, and rests while it is hidden. */
export class Panels {
  readonly #last = new Map<PanelName, TemplateResult | typeof nothing>();

  of(name: PanelName, shown: boolean, view: View): TemplateResult | typeof nothing {
    if (shown) {
      // Code that takes its time comes after the first answer.
      if (view.begun) loadPanel(name);
      this.#last.set(name, panelOf(name, view));
    }
    return this.#last.get(name) ?? nothing;
  }
}

/** A panel with what it shows, for the slot of its name. */
function panelOf(name: PanelName, view: View): TemplateResult | typeof nothing {
  const { session } = view;
  const outcome = outcomeOf(session);
  switch (name) {
    case "payload":
      return text(view, "payload", "Payload");
    case "fields":
      return html`<oim-fields slot="fields" id="fields" bare .fields=${session.fields} .body=${session.config.text} .selection=${view.selection} .current=${session.current}></oim-fields>`;
    case "type-in":
      return html`<oim-type-in slot="type-in" id="type-in" bare .payload=${session.payload.text} .body=${session.config.text} .selection=${view.selection}></oim-type-in>`;
    case "form":
      if (!view.begun) return nothing;
      return html`<oim-form slot="form" id="form" bare .body=${session.config.text} .payload=${session.payload.length <= LARGE ? session.payload.text : ""} .fields=${session.fields} .diagnostics=${session.diagnostics} .current=${session.current} .selection=${view.selection} .request=${session.settings.request} .additional=${session.settings.additional} .sampleObstacle=${sampleObstacle(session)?.text ?? null} .payloads=${session.series?.count ?? 1} .names=${session.series?.names ?? []} .at=${session.series?.at ?? 0} .covered=${session.coverage.covered} @oim-payload=${({ detail }: CustomEvent<number>) => session.step(detail)} @oim-sample=${(event: CustomEvent) => void changeSample(session, event)}></oim-form>`;
    case "proposal":
      return html`<oim-proposal slot="proposal" id="proposal" bare .proposal=${view.proposal} .run=${session.preview} .version=${session.outcome?.version ?? 0}></oim-proposal>`;
    case "migration":
      return html`<oim-migration slot="migration" id="migration" bare .migration=${view.migration}></oim-migration>`;
    case "config":
      return text(view, "config", "Configuration");
    case "alerts":
      return html`<div slot="alerts" class="fill">${keyed(view.loads, alerts(view))}</div>`;
    case "why":
      return html`<oim-why slot="why" id="why" bare .outcome=${outcome} .selection=${view.selection} .current=${session.current} .fields=${session.fields} .body=${session.config.text} .outdated=${session.outdated}></oim-why>`;
    case "timeline":
      return html`<oim-timeline slot="timeline" id="timeline" bare .simulated=${session.simulated} .wanted=${session.wanted} .payloads=${session.series?.count ?? 1} .at=${session.series?.at ?? 0} @oim-payload=${({ detail }: CustomEvent<number>) => session.step(detail)} @oim-series=${({ detail }: CustomEvent<"repeat" | "drop">) => session[detail]()}></oim-timeline>`;
    case "compare":
      return html`<oim-compare slot="compare" id="compare" bare .compared=${session.compared} .differences=${differencesOf(session)} .wanted=${session.config.isBlank ? "config" : session.wanted} .baselines=${session.baselines.map(({ label }) => label)} .at=${session.baselineAt} .payloads=${session.series?.count ?? 1} @oim-baseline=${({ detail }: CustomEvent<number | string>) => session.compareWith(typeof detail === "number" ? detail : { text: session.config.text, label: detail })} @oim-baseline-file=${view.openBaseline}></oim-compare>`;
    case "code":
      return html`<oim-code slot="code" id="code" bare .targets=${session.targets} .generated=${session.generated} .request=${session.settings.request} ?empty=${session.config.isBlank}></oim-code>`;
    default:
      return nothing;
  }
}

function text(view: View, name: "payload" | "config", label: string) {
  const document = view.session.document(name);
  return view.plain
    ? html`<oim-plain-editor slot=${name} id=${name} .label=${label} .hint=${HINTS[name]} .document=${document} @oim-undo=${view.undo} @oim-redo=${view.redo}></oim-plain-editor>`
    : html`<oim-editor slot=${name} id=${name} .document=${document} .ready=${view.begun}></oim-editor>`;
}

function alerts(view: View) {
  const { session } = view;
  const outcome = outcomeOf(session);
  const model = lastModel(session.config.text);
  const errors = session.diagnostics.filter(({ severity }) => severity === "error");
  // Where there is no list of problems, the alerts have to say why there are none.
  const error = panelsOf(view.panels).has("problems") ? null : errors[0];
  return html`<oim-alerts id="alerts" bare .error=${error ?? null} .outcome=${outcome} .outdated=${session.outdated} .stopped=${session.stopped} .wanted=${session.wanted} .unreadable=${errors.some(({ document }) => document === "payload")} .foreign=${session.answer ? foreignTo(session.answer, model, session.fields) : null} .proposed=${view.proposal !== null} .mapped=${model?.mapRemaining === true} .additional=${session.settings.additional}></oim-alerts>`;
}

/** How the configuration differs from the one that is compared with; `null` where one of them is no JSON. */
function differencesOf({ baseline, config }: Session): Difference[] | null {
  try {
    const [before, after] = [baseline.text, config.text].map((text) => JSON.parse(text) as { config?: unknown });
    return differences(before?.config ?? before, after?.config ?? after, after?.config === undefined ? [] : ["config"]);
  } catch {
    return null;
  }
}

/** What is shown: while the texts are broken, what was before. */
function outcomeOf({ outdated, lastGood, outcome }: Session) {
  return outdated ? lastGood : outcome;
}
