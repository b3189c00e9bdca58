/** What files hold: a whole project, a request body, payloads, or a text that the engine finds one of these in. */
import { checked, type Shared } from "../share/link.ts";
import { DOCUMENT_LIMIT, megabytes, type TextReader, type Understood, understand } from "./understand.ts";

/** What became of a file. Texts are those of the file, without a byte order mark. */
export type OpenedFile = { name: string } & (
  | Exclude<Understood, { kind: "other" }>
  /** All of a page, as `projectText` writes it. */
  | { kind: "project"; state: Shared }
  /** Nothing was opened. */
  | { kind: "problem"; message: string; help: string }
);

/** The largest file that is read, in bytes. */
export const FILE_LIMIT = 64 * 1024 * 1024;

/** The member that marks a saved project. Its value is the version. */
export const MARK = "oim-playground";
const VERSION = 1;

/** All of a page as one file, for {@link openFile}. */
export function projectText(state: Shared): string {
  return `${JSON.stringify({ [MARK]: VERSION, ...checked(state) }, null, 2)}\n`;
}

/** Opens a file. What cannot be opened says why and what to do. */
export async function openFile(
  file: File,
  reader: TextReader,
  stop = new AbortController().signal,
): Promise<OpenedFile> {
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
    return wide
      ? problem(`${name} is UTF-16`, "JSON is UTF-8. Save the file in that encoding and open it again.")
      : problem(`${name} is not UTF-8 text`, "If it is text, save it in that encoding and open it again.");
  }
  if (text.includes("\0")) return problem(`${name} is no text`, "Choose a file that holds JSON.");
  if (text.trim() === "") return problem(`${name} is empty`, "Choose a file that holds JSON.");
  const project = asProject(text);
  if (project === "newer")
    return problem(`${name} was saved by a newer version of the playground`, "Reload the page to get that version.");
  if (project === "damaged")
    return problem(`${name} is a saved project, but damaged`, "Its members `payload` and `config` must be texts.");
  if (project) return { kind: "project", name, state: project };
  const understood = await understand(text, name, reader, stop);
  if (understood.kind === "other")
    return problem(
      `${name} is neither a payload nor a configuration: ${understood.message}`,
      "Choose a file that holds JSON, or a curl command with JSON in it.",
    );
  const isOne = understood.kind === "config" || understood.payloads.length === 1;
  if (isOne && bytes.length > DOCUMENT_LIMIT)
    return problem(
      `${name} holds one document of ${megabytes(bytes.length)}`,
      `BigPanda takes payloads of at most ${megabytes(DOCUMENT_LIMIT)}. A file with one payload on each line may be larger.`,
    );
  return { name, ...understood };
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

function packedAs(bytes: Uint8Array): string | null {
  const begins = (...start: number[]) => start.every((byte, index) => bytes[index] === byte);
  if (begins(0x1f, 0x8b)) return "compressed (gzip)";
  if (begins(0x50, 0x4b, 3, 4)) return "an archive (ZIP)";
  return null;
}

/** Gives a text to the user as a file. */
export function download(name: string, text: string, type = "text/plain"): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  // Some browsers begin to read only after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
