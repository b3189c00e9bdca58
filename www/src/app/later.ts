/** The code that the first alerts do not need. It comes in pieces, as soon as they are drawn or a piece is needed. */
import type { PanelName } from "./panel-registry.ts";

const PIECES = {
  form: () => import("../panels/form/form.ts"),
  editor: () => import("../editor/kit.ts"),
  fields: () => import("../panels/fields.ts"),
  why: () => import("../panels/why.ts"),
  proposal: () => import("../panels/proposal.ts"),
  code: () => import("../panels/code.ts"),
  "type-in": () => import("../panels/type-in.ts"),
  compare: () => import("../panels/compare.ts"),
  timeline: () => import("../panels/timeline.ts"),
  migration: () => import("../panels/migration.ts"),
  "plain-editor": () => import("../panels/plain-editor.ts"),
  json: () => import("../panels/alert-json.ts"),
  "map-menu": () => import("../panels/map-menu.ts"),
  share: () => import("../share/dialog.ts"),
};

export type Piece = keyof typeof PIECES;

/** Loads a piece; at once where it is there already. */
export function load(name: Piece): Promise<unknown> {
  return PIECES[name]();
}

/** Loads what a panel is made with. Until then its element is empty; it fills itself when it can. */
export function loadPanel(name: PanelName): void {
  // Without a network it is tried again when the panel is next looked at.
  if (name in PIECES) void load(name as Piece).catch(() => {});
}

/** Loads everything, piece by piece, whenever the page has nothing else to do. From then on no network is needed. */
export async function loadAll(): Promise<void> {
  for (const name of Object.keys(PIECES) as Piece[]) {
    await idle();
    await load(name).catch(() => {});
  }
}

function idle(): Promise<unknown> {
  // Not every browser has it.
  return new Promise((done) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(done, { timeout: 1_000 });
    else setTimeout(done, 50);
  });
}
