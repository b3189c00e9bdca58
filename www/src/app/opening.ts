import type { Dropped } from "../files/drop.ts";
import { openFile } from "../files/open.ts";
import type { Pasted } from "../files/paste.ts";
import { mayBeOther, megabytes, type NamedPayload, type Understood, understand } from "../files/understand.ts";
import { type DocumentName, type Message, StaleAnswerError } from "../panels/contract.ts";
import type { Shared } from "../share/link.ts";
import type { Session } from "../state/session.ts";
import { count } from "../text/format.ts";
import type { Column, PanelName } from "./panel-registry.ts";

/** The most files that are opened at once, and the most bytes that they have together. */
const FILES_LIMIT = 500;
const TOGETHER_LIMIT = 256 * 1024 * 1024;
/** Files that could not be opened are named up to so many. */
const NAMED = 3;

/** What of the page opening needs. */
export interface OpeningPage {
  readonly session: Session;
  readonly readonly: boolean;
  selection: unknown;
  loads: number;
  open(column: Column, name: PanelName): void;
  note(message: string | Message): void;
  opened(...names: DocumentName[]): void;
}

interface NamedText {
  text: string;
  name: string;
}

/** Opens files and what is pasted, each for what it is. */
export class Opening {
  readonly #page: OpeningPage;
  readonly #restore: (state: Shared) => void;

  /** `restore` puts all of a saved page in place. */
  constructor(page: OpeningPage, restore: (state: Shared) => void) {
    this.#page = page;
    this.#restore = restore;
  }

  /** Opens what was chosen or dropped: payloads, a configuration, two to compare, or saved work. */
  async openFiles({ files, folders }: Dropped): Promise<void> {
    const { session, readonly } = this.#page;
    if (readonly) return;
    if (folders.length > 0) return this.#refuse(`${folders.join(", ")} is a folder: choose the files in it.`);
    if (files.length > FILES_LIMIT)
      return this.#refuse(`${count(files.length, "file")} are too many: choose at most ${FILES_LIMIT}.`);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (size > TOGETHER_LIMIT)
      return this.#refuse(`The files have ${megabytes(size)} together: choose at most ${megabytes(TOGETHER_LIMIT)}.`);
    const payloads: NamedPayload[] = [];
    const configs: NamedText[] = [];
    const said: string[] = [];
    const problems: string[] = [];
    for (const file of files) {
      const opened = await openFile(file, session.reader);
      const { name } = opened;
      if (opened.kind === "problem") problems.push(`${opened.message}. ${opened.help}`);
      else if (opened.kind === "project") this.#restore(opened.state);
      else if (opened.kind === "config") configs.push({ text: opened.text, name });
      else {
        payloads.push(...opened.payloads);
        said.push(...skipped(name, opened.broken));
      }
    }
    session.history.together(() => {
      said.unshift(...this.#takePayloads(payloads), ...this.#takeConfigs(configs));
    });
    said.push(...problems.slice(0, NAMED));
    if (problems.length > NAMED) said.push(`${count(problems.length - NAMED, "more file")} could not be opened.`);
    if (payloads.length > 0) this.#page.opened("payload");
    if (configs.length > 0) this.#page.opened("config");
    // Undo would put one text into the place of the first of several.
    const isStep = payloads.length < 2 && payloads.length + configs.length > 0;
    if (problems.length > 0) this.#refuse(said.join(" "));
    else if (said.length > 0) this.#page.note({ text: said.join(" "), undo: isStep });
  }

  /** Opens a configuration to compare with. */
  openBaseline = async ({ detail: file }: CustomEvent<File>): Promise<void> => {
    const opened = await openFile(file, this.#page.session.reader);
    if (opened.kind === "config") this.#page.session.compareWith({ text: opened.text, label: opened.name });
    else if (opened.kind === "problem") this.#refuse(`${opened.message}. ${opened.help}`);
    else this.#refuse(`${opened.name} is no configuration.`);
  };

  #refuse(text: string): void {
    this.#page.note({ text, kind: "error" });
  }

  /** Takes care of what is pasted, unless it is an ordinary edit. */
  paste = ({ text, dropped, into, isWhole }: Pasted): boolean => {
    if (this.#page.readonly) return false;
    if (text === "") return this.#pasteFiles(dropped);
    if (into !== null && (!isWhole || !mayBeOther(text, into))) return false;
    void this.#openText(text, into);
    return true;
  };

  #pasteFiles(dropped: Dropped): boolean {
    const { files, folders } = dropped;
    if (files.length === 0 && folders.length === 0) return false;
    if (files.length > 0 && files.every(({ type }) => type.startsWith("image/")))
      this.#refuse("The clipboard holds an image. Copy the JSON as text.");
    else void this.openFiles(dropped);
    return true;
  }

  /** Opens a text that is pasted as all of an editor, or beside the editors. */
  async #openText(text: string, into: DocumentName | null): Promise<void> {
    const understood = await this.#understand(text);
    const { session } = this.#page;
    if (understood.kind === "config") {
      session.config.replace(understood.text);
      const isPlain = into === "config" && understood.within === null;
      if (!isPlain) this.#page.note({ text: configNote(understood.within), undo: true });
      return;
    }
    const isSpecial = understood.kind === "payloads" && (understood.within !== null || understood.payloads.length > 1);
    // Whatever it is, it is what was pasted here.
    if (into !== null && !isSpecial && (into === "config" || understood.kind === "other"))
      return session.document(into).replace(text);
    if (understood.kind === "other") return this.#refuse(`Nothing was pasted: ${understood.message}.`);
    const said = this.#takePayloads(understood.payloads);
    if (understood.within !== null)
      said.unshift(
        `The payload of the ${understood.within === "command" ? "curl command" : "code block"} is in Payload now.`,
      );
    else if (into === null && said.length === 0) said.push("The pasted payload is in Payload now.");
    said.push(...skipped("Pasted", understood.broken));
    if (said.length > 0) this.#page.note({ text: said.join(" "), undo: understood.payloads.length < 2 });
  }

  async #understand(text: string): Promise<Understood> {
    try {
      return await understand(text, "pasted", this.#page.session.reader);
    } catch (error) {
      if (!(error instanceof StaleAnswerError)) throw error;
      // Without an engine it stays what it was pasted as.
      return { kind: "other", message: "the engine is not there" };
    }
  }

  #takePayloads(payloads: NamedPayload[]): string[] {
    if (payloads.length === 0) return [];
    this.#page.session.take(payloads);
    this.#page.loads += 1;
    this.#page.open("input", "payload");
    return payloads.length > 1 ? [`${count(payloads.length, "payload")} are open: go through them with ‹ and ›.`] : [];
  }

  #takeConfigs([first, second, ...more]: NamedText[]): string[] {
    const { session } = this.#page;
    if (!first) return [];
    if (!second) {
      session.config.replace(first.text);
      return [`${first.name} is a configuration: it is in Configuration now.`];
    }
    session.config.replace(second.text);
    session.compareWith({ text: first.text, label: first.name });
    this.#page.open("result", "compare");
    const rest = more.length > 0 ? [`${count(more.length, "more configuration")} not opened.`] : [];
    return [`${second.name} is in Configuration now, compared with ${first.name}.`, ...rest];
  }
}

function configNote(within: "command" | "answer" | null): string {
  const what =
    within === "command"
      ? "The request body of the curl command"
      : within === "answer"
        ? "The configuration in this text"
        : "This is a configuration: it";
  return `${what} is in Configuration now.`;
}

function skipped(name: string, broken: { line: number }[]): string[] {
  const [first] = broken;
  return first ? [`${name}: ${count(broken.length, "line")} skipped, the first is line ${first.line}.`] : [];
}
