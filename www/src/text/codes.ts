import type { CodeInfo } from "../engine/types.ts";

let loading: Promise<Map<string, CodeInfo>> | null = null;

/** What is to be known of every code. A file of its own: most never ask. After a failure it is asked for again. */
export function codes(): Promise<Map<string, CodeInfo>> {
  loading ??= import("../../../src/js/data/codes.json").then(
    ({ default: list }) => new Map((list as CodeInfo[]).map((info) => [info.code, info])),
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** What a rule rests on, in words. */
export const BASIS: Record<CodeInfo["basis"], string> = {
  documented: "documented by BigPanda",
  inferred: "follows from BigPanda's documentation",
  ours: "a decision of this project",
};
