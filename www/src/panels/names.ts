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

/** There only for a while: a configuration that is proposed. */
const PROPOSAL = "proposal";

export type PanelName = (typeof PANELS)[number] | typeof PROPOSAL;

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
  { name: PROPOSAL, column: "rules", label: "Proposal" },
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

/** What a list of names, as in an attribute, asks for; everything where it asks for nothing. */
export function panelsOf(text: string | null): ReadonlySet<PanelName> {
  const asked = (text ?? "")
    .split(/[\s,]+/)
    .filter((name): name is PanelName => (PANELS as readonly string[]).includes(name));
  return new Set(asked.length > 0 ? asked : PANELS);
}
