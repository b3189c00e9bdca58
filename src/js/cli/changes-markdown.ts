/** Changes as Markdown, made to be a comment on a pull request. */
import type { Change } from "../types.js";
import { KINDS } from "./archive/compared.js";
import { brief, type Comparison, headOf, summary } from "./changes.js";
import { code, plain, table } from "./markdown.js";

/** By it a workflow finds the comment that it wrote before. */
const MARK = "<!-- oim diff -->";
/** GitHub takes comments of 65,536 characters. */
const LONGEST = 60_000;
/** Payloads that could not be read, of which the problem is listed. */
const PROBLEMS = 5;

const WHAT: Record<Change["kind"], string> = {
  identity: "alerts with another identity: an alert that is open under the old one is never resolved",
  rejected: "alerts are gone",
  accepted: "alerts are new",
  status: "alerts with another status",
  primary: "alerts with another primary property",
  secondary: "alerts with another secondary property",
  timestamp: "alerts with another time",
  tag: "tags with another value",
};

export function changesMarkdown(comparison: Comparison, examples: number): string {
  const { compared, bodies, payloads } = comparison;
  const parts = [MARK, "### What this change does to alerts", `${plain(bodies.old.name)} → ${plain(bodies.new.name)}`];
  parts.push(compared.same ? `✅ ${summary(compared, payloads.count)}` : `**${summary(compared, payloads.count)}**`);
  const kinds = KINDS.filter((kind) => compared.counts[kind] > 0);
  if (kinds.length > 0) {
    const harmful = (kind: string) =>
      compared.changes.some((change) => change.kind === kind && change.severity === "warning") ? "⚠️ " : "";
    const row = (kind: Change["kind"]) => [
      `${harmful(kind)}${kind}`,
      compared.counts[kind].toLocaleString("en"),
      WHAT[kind],
    ];
    parts.push(table(["change", "count", "meaning"], kinds.map(row), [false, true, false]));
  }
  parts.push(...problemsOf(comparison));
  let length = parts.join("\n\n").length;
  for (const kind of kinds) {
    const part = examplesOf(kind, comparison, examples);
    length += part.length + 2;
    if (length > LONGEST) {
      parts.push("More examples would make the comment too long.");
      break;
    }
    parts.push(part);
  }
  return `${parts.join("\n\n")}\n`;
}

function problemsOf({ compared, payloads }: Comparison): string[] {
  const errors = compared.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return [];
  const lines = errors.slice(0, PROBLEMS).map(({ configuration, payload, code: name, message }) => {
    const place = payload === undefined ? `the ${configuration ?? ""} configuration` : code(payloads.nameOf(payload));
    return `- ${place}: ${code(name)} ${plain(brief(message))}`;
  });
  if (errors.length > PROBLEMS) lines.push(`- … ${errors.length - PROBLEMS} more`);
  return [`Problems:\n${lines.join("\n")}`];
}

function examplesOf(kind: Change["kind"], { compared, payloads }: Comparison, most: number): string {
  const count = compared.counts[kind];
  const changes = compared.changes.filter((change) => change.kind === kind).slice(0, most);
  const whatOf = ({ tag, message }: Change) => (tag === undefined ? plain(brief(message)) : code(tag));
  // What all have in common is said once, by the table of kinds.
  const hasWhat = kind === "tag" || new Set(changes.map(whatOf)).size > 1;
  const rows = changes.map((change) => [
    code(headOf(change, payloads)),
    ...(hasWhat ? [whatOf(change)] : []),
    change.before === null ? "" : code(brief(change.before)),
    change.after === null ? "" : code(brief(change.after)),
  ]);
  const head = ["alert", ...(hasWhat ? [kind === "tag" ? "tag" : "what"] : []), "before", "after"];
  const title = count > changes.length ? `${kind}: the first ${changes.length} of ${count.toLocaleString("en")}` : kind;
  return `<details><summary>${title}</summary>\n\n${table(head, rows, [])}\n\n</details>`;
}
