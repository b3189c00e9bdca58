import type { Option } from "../../controls/combobox.ts";
import type { MenuItem } from "../../controls/menu.ts";
import type { Alert, Diagnostic, Field, Step } from "../../engine/types.ts";
import type { Change } from "../../json/edit.ts";
import type { PanelEvents, RequestSettings, Selection } from "../contract.ts";
import type { Model } from "./model.ts";

/** What is dragged: an item of a list. Lists of one group exchange items. */
export interface Drag {
  group: string;
  list: string;
  index: number;
}

/** Where it would land: before the item of this index. */
export interface Landing {
  list: string;
  index: number;
}

/** What was typed into a field and is not in the document yet. */
export interface Draft {
  key: string;
  text: string;
}

/** What stays after an act: where the focus goes, by the key of a `data-focus`, and what is said. */
export interface After {
  focus?: string;
  say?: string;
}

/** The form, as its sections see it. */
export interface Host {
  readonly model: Model;
  readonly body: string;
  readonly fields: Field[];
  readonly current: { alert: Alert; steps: Step[] } | null;
  readonly selection: Selection | null;
  readonly additional: "ignore" | "map";
  readonly request: RequestSettings | null;
  /** Nothing can be changed: for reading only, or the text is broken. */
  readonly locked: boolean;
  drag: Drag | null;
  landing: Landing | null;
  readonly draft: Draft | null;
  /** Sections that were opened but have nothing in the document yet. */
  readonly opened: Set<"time" | "identity">;

  act(changes: readonly Change[], after?: After): void;
  choose(pointer: string): void;
  chosen(pointer: string): boolean;
  problemsAt(pointer: string, except?: readonly string[]): Diagnostic[];
  /** The options for a source: the fields of the payload. */
  sources(): Option[];
  /** Values of the payload at the sources of the status. */
  statusValues(): string[];
  menu(anchor: EventTarget | null, label: string, items: MenuItem[]): void;
  /** Commits what is typed into a field once typing rests. */
  typed(key: string, text: string, commit: (text: string) => void): void;
  /** Ends typing: commits, or forgets what is not committed. */
  settle(how: "commit" | "forget"): void;
  tell<Name extends keyof PanelEvents>(name: Name, detail: PanelEvents[Name]): void;
  requestUpdate(): void;
}
