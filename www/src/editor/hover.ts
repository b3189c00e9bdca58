import { completionStatus } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { type EditorView, hoverTooltip, type Tooltip } from "@codemirror/view";
import type { Step } from "../engine/types.ts";
import { type DocumentName, type Outcome, emit, type PanelEvents } from "../panels/contract.ts";
import { line } from "../text/format.ts";
import { ofField, outcome as outcomeOf, placed, ruleName } from "../text/trace.ts";
import type { Known } from "./completion.ts";
import { jsonAt, type JsonPlace, pointerOf } from "./cursor-context.ts";
import { text } from "./decorations.ts";
import { attributesAt } from "./suggestions.ts";

/** From this many characters on nothing is shown: the text is read up to the pointer. */
const LARGE = 1_000_000;
/** Rules that are listed. */
const LISTED = 6;

/** Shows what stands below the pointer: of an attribute what it is for, of a value what became of it. */
export function hover(document: DocumentName, known: () => Known): Extension {
  return hoverTooltip(
    async (view, offset, side): Promise<Tooltip | null> => {
      if (view.state.doc.length > LARGE || completionStatus(view.state) !== null) return null;
      const body = view.state.doc.toString();
      const place = jsonAt(body, offset + (side > 0 ? 1 : 0));
      if (!place || place.from === place.to) return null;
      const explained = document === "config" ? await ofConfig(place, known(), body) : await ofPayload(place, known());
      if (!explained || view.state.doc.toString() !== body) return null;
      return {
        pos: place.from,
        end: place.to,
        above: true,
        create: () => ({ dom: drawn(view, explained) }),
      };
    },
    { hoverTime: 350 },
  );
}

interface HoverText {
  /** In the type of code. */
  title: string;
  /** Behind the title. */
  aside?: string;
  /** Sentences; what stands in back-ticks is code. */
  lines: string[];
  /** What "Why" selects. */
  select?: { pointer: string; path: string };
  /** What "Map…" maps. */
  map?: Pick<PanelEvents["oim-map"], "field" | "value">;
}

async function ofConfig(
  { path, slot, text: word, quoted }: JsonPlace,
  { fields, outcome }: Known,
  body: string,
): Promise<HoverText | null> {
  if (slot === "key") {
    const attribute = attributesAt(path, true, body).find(({ name }) => name === word);
    if (!attribute) return null;
    return {
      title: word,
      aside: attribute.required ? `${attribute.type}, required` : attribute.type,
      lines: [attribute.description],
    };
  }
  if (!quoted || path.at(-2) !== "source") return null;
  const field = fields.find((one) => one.path === word);
  if (!field) return { title: word, lines: ["Not in this payload."] };
  const steps = (await traceOf(outcome, 0)).filter(({ sourcePointer }) => sourcePointer === pointerOf(path));
  const value = field.example === "" ? "Empty in this payload." : `\`${quotable(field.example)}\``;
  return {
    title: word,
    aside: field.type,
    lines: [value, ...became(steps)],
    select: { pointer: field.pointer, path: word },
  };
}

async function ofPayload({ path, slot, text: word }: JsonPlace, { fields, outcome }: Known): Promise<HoverText | null> {
  const pointer = pointerOf(slot === "key" ? [...path, word] : path);
  if (pointer === "") return null;
  const { path: source, element } = placed(pointer, fields);
  const steps = ofField(pointer, await traceOf(outcome, element ?? 0));
  const lines = steps.length > 0 ? became(steps) : outcome?.ran ? ["No rule uses this field."] : [];
  const field = fields.find((one) => one.path === source);
  const map = field && { field, ...(slot === "value" ? { value: word } : {}) };
  return { title: source, lines, select: { pointer, path: source }, ...(map ? { map } : {}) };
}

async function traceOf(outcome: Outcome | null, element: number): Promise<Step[]> {
  try {
    return (await outcome?.trace(element)) ?? [];
  } catch {
    // The texts have changed since.
    return [];
  }
}

function became(steps: readonly Step[]): string[] {
  const lines = steps.map((step) => {
    const rule = step.kind === "identifier" ? "Identity" : ruleName(step.rule);
    const tag = step.kind === "tag" && step.tag !== undefined ? ` \`${quotable(step.tag)}\`` : "";
    return `${rule}${tag}: ${outcomeOf(step).words}`;
  });
  const rest = lines.length - LISTED;
  return rest > 0 ? [...lines.slice(0, LISTED), `and ${rest} more`] : lines;
}

function quotable(value: string): string {
  return line(value, 160).replaceAll("`", "´");
}

function drawn(view: EditorView, { title, aside, lines, select, map }: HoverText): HTMLElement {
  const whole = document.createElement("div");
  whole.className = "cm-oim-hover";
  const head = text("div", "cm-oim-head", `\`${quotable(title)}\``);
  if (aside !== undefined) head.append(text("span", "cm-oim-aside", aside));
  whole.append(head, ...lines.map((words) => text("div", "cm-oim-line", words)));
  const button = (label: string, act: (button: HTMLElement) => void) => {
    const made = text("button", "cm-oim-act", label);
    made.addEventListener("click", () => act(made));
    whole.append(made);
  };
  if (select) button("Why", (why) => emit(why, "oim-select", { kind: "field", ...select }));
  if (map && !view.state.readOnly)
    button("Map…", (mapped) => {
      // The hover goes as soon as the pointer leaves it; the menu stays where it was, and the focus goes to the editor.
      const box = mapped.getBoundingClientRect();
      emit(mapped, "oim-map", { ...map, anchor: { getBoundingClientRect: () => box, focus: () => view.focus() } });
    });
  return whole;
}
