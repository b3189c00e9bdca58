import { createContext } from "@lit/context";
import type { Option } from "../../controls/combobox.ts";
import type { MenuItem } from "../../controls/menu.ts";
import type { GivenTag } from "../../engine/protocol.ts";
import type { Alert, Diagnostic, Field, Step } from "../../engine/types.ts";
import type { Change } from "../../json/edit.ts";
import type { RequestSettings } from "../contract.ts";
import type { Counts } from "./counts.ts";
import type { Model } from "./model.ts";

/** An item that is dragged. Lists of one group exchange items. */
export interface Drag {
  group: string;
  list: string;
  index: number;
}

/** What follows an edit: where the focus goes, by the key of a `data-focus`, and what is announced. */
export interface After {
  focus?: string;
  say?: string;
}

/** The payloads that are open. */
export interface OpenPayloads {
  readonly count: number;
  /** The number of the one in the editor, from 0. */
  readonly at: number;
  name(place: number): string;
}

/** What every part of the form can see and do. A new one is provided with each change. */
export interface FormView {
  readonly body: string;
  /** The payload in the editor; empty where it is too long to be looked into. */
  readonly payload: string;
  readonly model: Model;
  readonly fields: readonly Field[];
  /** The options for a source: the fields of the payload. */
  readonly sources: readonly Option[];
  /** The alert that is looked at, with its trace; `null` while the text is broken. */
  readonly current: { alert: Alert; steps: Step[] } | null;
  readonly payloads: OpenPayloads;
  /** What the rules do over the open payloads; `null` until it is known. */
  readonly counts: Counts | null;
  /** The tags that the alerts of the open payloads have. */
  readonly givenTags: readonly GivenTag[];
  /** The pointer of what is selected in the body, else empty. */
  readonly selected: string;
  /** Nothing can be changed: for reading only, or the text is broken. */
  readonly locked: boolean;
  readonly readonly: boolean;
  readonly request: RequestSettings | null;
  readonly additional: "ignore" | "map";
  /** Why the payload cannot become the sample, or need not, in words. */
  readonly sampleObstacle: string | null;
  /** What is dragged, for all parts. */
  readonly dragging: { item: Drag | null };
  /** The problems at a place of the body and below it. */
  problemsAt(pointer: string, except?: readonly string[]): Diagnostic[];
  /** The values of the payload at the sources of the status. */
  statusValues(): string[];
  /** Edits the text, as one step that can be undone. */
  edit(changes: readonly Change[], after?: After): void;
  select(pointer: string): void;
  openMenu(anchor: EventTarget | null, label: string, items: MenuItem[]): void;
  /** Gives the focus to what the last edit asked for, if it is in this part. */
  takeFocus(part: ParentNode): void;
  /** Scrolls something into view. */
  reveal(element: HTMLElement): void;
}

export const formContext = createContext<FormView>("oim-form-view");

/** Whether a place, or a part of it, is selected. */
export function isSelected({ selected }: FormView, pointer: string): boolean {
  return selected === pointer || selected.startsWith(`${pointer}/`);
}

/** The pointer of an attribute of the configuration. */
export function pointerIn({ base }: Model, name: string): string {
  return [...base, name].map((step) => `/${step}`).join("");
}
