/**
 * Links that hold what is on the page, behind the `#`: no browser sends that part to a server.
 *
 * `#v1.` and the base64 of the deflated JSON of a {@link Shared}. What a version means never changes; a change of what
 * is stored makes a new version, and the old ones stay readable.
 */
import type { RequestSettings } from "../panels/contract.ts";
import { deflate, fromBase64, inflate, toBase64 } from "./codec.ts";

/** All that a link holds. The app key is left out: with a token it opens an integration to anybody. */
export interface Shared {
  payload: string;
  config: string;
  additional: "ignore" | "map";
  request: Omit<RequestSettings, "appKey">;
  /** What is in view, in words of the page. Those that a later page does not know are let go. */
  view: Record<string, string>;
}

/** What a `#` turned out to be. */
export type Opened =
  /** Nothing, or the name of a place on the page. */
  | { kind: "none" }
  | { kind: "state"; state: Shared }
  /** A link that cannot be opened, in words. Nothing on the page changes. */
  | { kind: "problem"; message: string; help: string };

/** The longest link that is read, in characters: what browsers hold. */
export const LINK_LIMIT = 2_000_000;
/** The most that a link may unpack to, in bytes: two documents at their limit, with every quote escaped. */
export const UNPACKED_LIMIT = 32 * 1024 * 1024;
const VIEWS = 32;
const WORD_LENGTH = 200;

const NEWER = {
  message: "This link was made by a newer version of the playground",
  help: "Reload the page to get that version, then open the link again.",
};
const FOREIGN = {
  message: "This link was not made by the playground",
  help: "Links of the playground have `#v1.` in them. Check that it was copied from the button “Share”.",
};
const DAMAGED = {
  message: "This link is damaged or was cut off",
  help: "Programs for chat and mail cut long links. Ask for it again, or for the file that “Save” makes.",
};
const TOO_LARGE = {
  message: "This link holds more than the playground opens",
  help: "Two texts of 6 MB each fit. Ask for the texts as files.",
};

/** The link's part from the `#` on. */
export async function toHash(state: Shared): Promise<string> {
  const { payload, config, additional, request, view } = state;
  const { target, region, mode, sampleAs } = request;
  // Spelt out, so that nothing else that hangs on these objects gets into a link. JSON escapes what UTF-8 cannot hold.
  const stored = JSON.stringify({ payload, config, additional, request: { target, region, mode, sampleAs }, view });
  return `#v1.${toBase64(await deflate(stored))}`;
}

/** What stands before the link of an element that shares its page's address with other things. */
export function keyed(key: string): string {
  return `${encodeURIComponent(key)}=`;
}

/** The link of an element of this name in an address, with a `#`; of the page itself where it has none. */
export function ownHash(hash: string, key: string | null): string {
  if (key === null) return hash;
  const own = hash.startsWith(`#${keyed(key)}`) ? hash.slice(keyed(key).length + 1) : "";
  return own === "" ? "" : `#${own}`;
}

/** Reads what is behind a `#`. Never throws. */
export async function fromHash(hash: string): Promise<Opened> {
  if (hash.length > LINK_LIMIT) return problem(TOO_LARGE);
  const text = withoutAdditions(hash);
  if (/^#?[a-z-]{0,24}$/.test(text)) return { kind: "none" };
  const [, version, packed = ""] = /^#v(\d{1,9})(?:\.(.*))?$/s.exec(text) ?? [];
  if (version === undefined) return problem(FOREIGN);
  if (Number(version) > 1) return problem(NEWER);
  if (Number(version) !== 1) return problem(FOREIGN);
  const bytes = fromBase64(packed);
  if (bytes === null || bytes.length === 0) return problem(DAMAGED);
  const json = await inflate(bytes, UNPACKED_LIMIT);
  if (json === "too-large") return problem(TOO_LARGE);
  const state = json === "damaged" ? null : read(json);
  return state ? { kind: "state", state } : problem(DAMAGED);
}

/** Mail and chat break long links into lines and take the full stop of a sentence for a part of them. */
function withoutAdditions(hash: string): string {
  const text = hash.replaceAll(/\s|%(?:20|0[AaDd])/g, "");
  let end = text.length;
  // An expression for the end would begin at each of many full stops anew.
  while (end > 0 && ".,;:!?)>]\"'*".includes(text[end - 1] ?? " ")) end -= 1;
  return text.slice(0, end);
}

function problem(words: { message: string; help: string }): Opened {
  return { kind: "problem", ...words };
}

function read(json: string): Shared | null {
  let stored: unknown;
  try {
    stored = JSON.parse(json);
  } catch {
    return null;
  }
  return checked(stored);
}

/** A {@link Shared} from whatever is there; `null` without the two documents. What else is odd becomes the default. */
export function checked(stored: unknown): Shared | null {
  const { payload, config, additional, request, view } = members(stored);
  if (typeof payload !== "string" || typeof config !== "string") return null;
  const { target, region, mode, sampleAs } = members(request);
  return {
    payload,
    config,
    additional: additional === "map" ? "map" : "ignore",
    request: {
      target: typeof target === "string" && /^[\w-]{1,64}$/.test(target) ? target : "curl",
      region: region === "eu" ? "eu" : "us",
      mode: mode === "update" ? "update" : "create",
      sampleAs: sampleAs === "text" ? "text" : "object",
    },
    view: words(view),
  };
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function words(view: unknown): Record<string, string> {
  const short = (text: unknown) => typeof text === "string" && text.length <= WORD_LENGTH;
  const kept = Object.entries(members(view)).filter((entry) => entry.every(short));
  return Object.fromEntries(kept.slice(0, VIEWS)) as Record<string, string>;
}
