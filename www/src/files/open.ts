/** What files hold: a whole project, a request body, payloads, or a text that the engine may find a body in. */
import { rangeAt } from "../json/pointer.ts";
import { checked, type Shared } from "../share/link.ts";
import { inSlices } from "../share/slices.ts";

/** What became of a file. Texts are those of the file, byte for byte, without a byte order mark. */
export type OpenedFile =
  /** All of a page, as `projectText` writes it. */
  | { kind: "project"; name: string; state: Shared }
  /** A request body or a bare configuration. */
  | { kind: "config"; name: string; text: string }
  /** One payload, or one of each line. */
  | { kind: "payloads"; name: string; payloads: string[]; broken: BrokenLine[] }
  /** No JSON as it stands: perhaps a curl command, or JSON with a mistake. */
  | { kind: "text"; name: string; text: string }
  /** Nothing was opened. */
  | { kind: "problem"; name: string; message: string; help: string };

/** A line of NDJSON that is no JSON and was passed over. */
export interface BrokenLine {
  /** One-based. */
  line: number;
  message: string;
}

/** The largest file that is read, in bytes. */
export const FILE_LIMIT = 64 * 1024 * 1024;
/** The largest document that BigPanda and so the engine takes, in bytes. */
export const DOCUMENT_LIMIT = 6 * 1024 * 1024;
/** The most payloads that are taken from one file. */
export const PAYLOADS_LIMIT = 10_000;
/** The most broken lines that are told of one by one. */
const BROKEN_LIMIT = 100;

/** The member that marks a saved project. Its value is the version. */
export const MARK = "oim-playground";
const VERSION = 1;

/** All of a page as one file, for {@link openFile}. */
export function projectText(state: Shared): string {
  return `${JSON.stringify({ [MARK]: VERSION, ...checked(state) }, null, 2)}\n`;
}

/** Opens a file. Never throws; what cannot be opened says why and what to do. */
export async function openFile(file: File, stop = new AbortController().signal): Promise<OpenedFile> {
  const { name } = file;
  const problem = (message: string, help: string): OpenedFile => ({ kind: "problem", name, message, help });
  if (file.size > FILE_LIMIT)
    return problem(`${name} has ${megabytes(file.size)}`, `Files of at most ${megabytes(FILE_LIMIT)} are opened.`);
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return problem(
      `${name} could not be read`,
      "It may be a folder, or was moved or changed. Choose the files themselves.",
    );
  }
  if (bytes.length === 0) return problem(`${name} is empty`, "Choose a file that holds JSON.");
  const packed = packedAs(bytes);
  if (packed) return problem(`${name} is ${packed}`, "Unpack it, then open the file that was in it.");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    return problem(
      `${name} is not UTF-8${wide ? " but UTF-16" : ""}`,
      "JSON is UTF-8. Save the file in that encoding and open it again.",
    );
  }
  if (text.includes("\0")) return problem(`${name} is no text`, "Choose a file that holds JSON.");
  if (text.trim() === "") return problem(`${name} is empty`, "Choose a file that holds JSON.");
  return opened(name, text, bytes.length, stop);
}

async function opened(name: string, text: string, size: number, stop: AbortSignal): Promise<OpenedFile> {
  const project = asProject(text);
  if (project === "newer") {
    return {
      kind: "problem",
      name,
      message: `${name} was saved by a newer version of the playground`,
      help: "Reload the page to get that version.",
    };
  }
  if (project === "damaged") {
    return {
      kind: "problem",
      name,
      message: `${name} is a saved project, but damaged`,
      help: "Its members `payload` and `config` must be texts.",
    };
  }
  if (project) return { kind: "project", name, state: project };
  if (isLines(text)) {
    const lines = await inSlices(payloadsOf(text), stop);
    if (lines && lines.payloads.length > 0) return { kind: "payloads", name, ...lines };
  }
  if (size > DOCUMENT_LIMIT) {
    const help = `BigPanda takes payloads of at most ${megabytes(DOCUMENT_LIMIT)}. A file with one payload on each line may be larger.`;
    return { kind: "problem", name, message: `${name} holds one document of ${megabytes(size)}`, help };
  }
  if (isConfig(text)) return { kind: "config", name, text };
  return /^\s*[[{]/.test(text)
    ? { kind: "payloads", name, payloads: [text], broken: [] }
    : { kind: "text", name, text };
}

/** The mark stands first, so that a payload of megabytes need not be parsed for it. */
function asProject(text: string): Shared | "newer" | "damaged" | null {
  const [, version] = /^\s*\{\s*"oim-playground"\s*:\s*(\d{1,9})\s*,/.exec(text) ?? [];
  if (version === undefined) return null;
  if (Number(version) > VERSION) return "newer";
  try {
    return checked(JSON.parse(text)) ?? "damaged";
  } catch {
    return "damaged";
  }
}

function isConfig(text: string): boolean {
  if (!text.includes('"primary_property"')) return false;
  return (
    ["/config/primary_property", "/primary_property"].some((pointer) => rangeAt(text, pointer)) &&
    rangeAt(text, "/tags") === null
  );
}

/** Whether the first line is a document of its own and more follow. */
function isLines(text: string): boolean {
  const [, first = "", rest = ""] = /^\s*([^\n]*)\n([^]{0,4096})/.exec(text) ?? [];
  return rest.trim() !== "" && /^[[{]/.test(first) && jsonError(first) === null;
}

function* payloadsOf(text: string): Generator<void, { payloads: string[]; broken: BrokenLine[] }> {
  const payloads: string[] = [];
  const broken: BrokenLine[] = [];
  const report = (line: number, message: string): void =>
    void (broken.length < BROKEN_LIMIT && broken.push({ line, message }));
  let line = 0;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf("\n", from);
    const one = text.slice(from, end < 0 ? text.length : end).trim();
    from = end < 0 ? text.length : end + 1;
    line += 1;
    if (one === "") continue;
    if (payloads.length >= PAYLOADS_LIMIT) {
      report(line, `only the first ${PAYLOADS_LIMIT.toLocaleString("en")} payloads are taken`);
      break;
    }
    const error = one.length > DOCUMENT_LIMIT ? `over ${megabytes(DOCUMENT_LIMIT)}` : jsonError(one);
    if (error === null) payloads.push(one);
    else report(line, error);
    yield;
  }
  return { payloads, broken };
}

function jsonError(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    // What the browser says quotes the text, which may be long.
    return `not JSON: ${(error as Error).message.slice(0, 120)}`;
  }
}

function packedAs(bytes: Uint8Array): string | null {
  const begins = (...start: number[]) => start.every((byte, index) => bytes[index] === byte);
  if (begins(0x1f, 0x8b)) return "compressed (gzip)";
  if (begins(0x50, 0x4b, 3, 4)) return "an archive (ZIP)";
  return null;
}

function megabytes(size: number): string {
  return `${(size / 1024 / 1024).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
}

/** Gives a text to the user as a file. */
export function download(name: string, text: string, type = "text/plain"): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  // Some browsers begin to read only after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
