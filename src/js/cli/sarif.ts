/** SARIF 2.1.0, which code scanning reads. */
import { relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeInfo, Diagnostic } from "../types.js";
import type { Document } from "./files.js";
import type { Finding } from "./validate.js";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;
const BASIS = {
  documented: "Documented by BigPanda",
  inferred: "Inferred from BigPanda's documentation",
  ours: "Decided by oim-config",
};

/** The log of a run. Every code is described that is used. */
export function sarif(findings: readonly Finding[], version: string, codes: readonly CodeInfo[]): string {
  const used = new Set(findings.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)));
  const rules = codes.filter(({ code }) => used.has(code));
  const indexes = new Map(rules.map(({ code }, index) => [code, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "oim", semanticVersion: version, rules: rules.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        artifacts: findings.map(({ document: { name } }) => ({ location: { uri: uriOf(name) } })),
        results: findings.flatMap(({ document, diagnostics }, index) =>
          diagnostics.map((diagnostic) => resultOf(diagnostic, document, index, indexes.get(diagnostic.code))),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf({ code, severity, title, why, fix, basis, source }: CodeInfo) {
  return {
    id: code,
    shortDescription: { text: sentence(title) },
    fullDescription: { text: sentence(why) },
    help: { text: [why, fix, `${BASIS[basis]}: ${source}`].map(sentence).join("\n\n") },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ["oim", basis] },
  };
}

function resultOf(diagnostic: Diagnostic, document: Document, index: number, ruleIndex: number | undefined) {
  const { code, severity, message, help, pointer, range, suggestion } = diagnostic;
  const artifactLocation = { uri: uriOf(document.name), index };
  const region = range && regionOf(document.text, range.start, range.end);
  const fix = suggestion && {
    description: { text: sentence(suggestion.title) },
    artifactChanges: [
      {
        artifactLocation,
        replacements: suggestion.edits.map(({ start, end, text }) => ({
          deletedRegion: regionOf(document.text, start, end),
          insertedContent: { text },
        })),
      },
    ],
  };
  return {
    ruleId: code,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: {
      text: [message, help]
        .filter((text) => text !== undefined)
        .map(sentence)
        .join(" "),
    },
    locations: [
      {
        physicalLocation: { artifactLocation, ...(region && { region }) },
        logicalLocations: [{ fullyQualifiedName: pointer, kind: "member" }],
      },
    ],
    // What stays the same when lines move.
    partialFingerprints: { "codeAndPointer/v1": `${code}:${pointer}` },
    ...(fix && { fixes: [fix] }),
  };
}

function regionOf(text: string, start: number, end: number) {
  const from = placeOf(text, start);
  const to = placeOf(text, Math.max(start, end));
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
}

/** Relative to the folder where the command runs, as code scanning wants it; elsewhere in full. */
function uriOf(name: string): string {
  if (name === "<stdin>") return "stdin";
  const path = relative(process.cwd(), resolve(name));
  const inside = path !== "" && !path.startsWith("..") && !/^[a-z]:/i.test(path);
  return inside ? path.split(sep).map(encodeURIComponent).join("/") : pathToFileURL(resolve(name)).href;
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
