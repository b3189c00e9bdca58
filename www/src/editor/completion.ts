import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  pickedCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
import type { ChangeSpec, Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { Field } from "../engine/types.ts";
import type { Outcome } from "../panels/contract.ts";
import { line } from "../text/format.ts";
import { jsonAt } from "./cursor-context.ts";
import { text } from "./decorations.ts";
import { type Attribute, attributesAt, valuesAt, type Word } from "./suggestions.ts";

/** From this many characters on nothing is offered: the text is read up to the cursor at every key. */
const LARGE = 1_000_000;

/** What is known besides the text that is typed. */
export interface Known {
  /** Of the payload. */
  readonly fields: Field[];
  readonly outcome: Outcome | null;
}

/** An entry of the list, with what stands behind its label. */
interface Entry extends Completion {
  sample?: string;
}

/** Offers attributes and values while the configuration is typed. What is taken leaves the text valid JSON. */
export function completion(known: () => Known): Extension {
  return autocompletion({
    override: [(at) => offer(at, known())],
    icons: false,
    maxRenderedOptions: 80,
    // Otherwise Enter, pressed a moment after the list has come, would break the line within a string.
    interactionDelay: 0,
    addToOptions: [{ render: drawSample, position: 90 }],
  });
}

async function offer(context: CompletionContext, data: Known): Promise<CompletionResult | null> {
  const { state, pos, explicit } = context;
  if (state.doc.length > LARGE) return null;
  const body = state.doc.toString();
  const place = jsonAt(body, pos);
  if (!place || (!explicit && place.from === place.to)) return null;
  const from = place.quoted ? place.from + 1 : place.from;
  if (place.slot === "key") {
    // A body that has rules at its root, or nothing yet, may be a bare configuration.
    const bare = !place.siblings.includes("config") && !place.siblings.includes("sample_payload");
    const options = attributesAt(place.path, bare, body)
      .filter(({ name }) => !place.siblings.includes(name))
      .map(attribute);
    return options.length > 0 ? { from, options, validFor: /^[^"]*$/ } : null;
  }
  const words = await valuesAt(place, body, data);
  if (words.length === 0 || context.aborted) return null;
  return { from, options: words.map(entry), validFor: /^[^"]*$/ };
}

function attribute({ name, description, type, required }: Attribute, place: number): Entry {
  return {
    label: name,
    detail: required ? `${type}, required` : type,
    info: () => text("div", "cm-oim-info", description),
    // As the schema has them, which is the order of their use.
    boost: (required ? 30 : 0) - place,
    apply: (view, picked) => take(view, picked, name, type),
  };
}

function entry({ text: label, detail, sample, info, bare }: Word, place: number): Entry {
  return {
    label,
    displayLabel: label === "" ? '""' : line(label, 120),
    ...(detail === undefined ? {} : { detail }),
    ...(sample === undefined ? {} : { sample: line(sample, 60) }),
    ...(info === undefined ? {} : { info: () => text("div", "cm-oim-info", info) }),
    boost: -Math.min(place, 90),
    apply: (view, picked) => take(view, picked, label, bare ? "bare" : "value"),
  };
}

/** Lists of objects; all others hold strings. */
const OF_OBJECTS = new Set(["additional_attributes", "primary_property", "secondary_property", "preprocessing"]);

/** What stands behind a new key, and where in it the cursor goes. */
const VALUES: Record<Attribute["type"], (name: string) => [string, number]> = {
  boolean: () => ["true", 4],
  string: () => ['""', 1],
  object: () => ["{}", 1],
  array: (name) => (OF_OBJECTS.has(name) ? ["[{}]", 2] : ['[""]', 2]),
};

/** Puts a word into the text, with the quotes, the colon and the commas that it needs there. */
function take(view: EditorView, picked: Completion, word: string, as: Attribute["type"] | "value" | "bare"): void {
  const body = view.state.doc.toString();
  const place = jsonAt(body, view.state.selection.main.head);
  if (!place) return;
  const after = /\S/.exec(body.slice(place.to, place.to + 10_000))?.[0] ?? "";
  let insert = as === "bare" ? word : JSON.stringify(word);
  let cursor = insert.length;
  let again = false;
  if (place.slot === "key" && after !== ":" && as !== "value" && as !== "bare") {
    const [value, at] = VALUES[as](word);
    cursor = insert.length + 2 + at;
    insert += `: ${value}`;
    again = as === "string" || as === "array";
  }
  // What follows without a comma is the next member, unless it is this key's own value.
  if (after !== "" && !",}]:".includes(after)) insert += ",";
  const changes: ChangeSpec[] = [{ from: place.from, to: place.to, insert }];
  if (place.comma !== null) changes.unshift({ from: place.comma, insert: "," });
  view.dispatch({
    changes,
    selection: { anchor: place.from + cursor + (place.comma === null ? 0 : 1) },
    annotations: pickedCompletion.of(picked),
    userEvent: "input.complete",
    scrollIntoView: true,
  });
  if (again) startCompletion(view);
}

function drawSample(option: Entry): Node | null {
  if (option.sample === undefined) return null;
  const sample = document.createElement("span");
  sample.className = "cm-oim-sample";
  sample.textContent = option.sample;
  return sample;
}
