import { createContext } from "@lit/context";
import type { Selection } from "../panels/contract.ts";

/** What is selected on the page, for every element that shows it. */
export const selectionContext = createContext<Selection | null>("oim-selection");

/** Nothing on the page can be changed. */
export const readonlyContext = createContext<boolean>("oim-readonly");
