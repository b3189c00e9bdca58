/** SARIF 2.1.0, which code scanning reads. */
import { relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeInfo, Diagnostic, Range } from "../types.js";
import { Lines } from "./lines.js";
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
        results: findings.flatMap(({ document, diagnostics }, index) => {
          const artifactLocation = { uri: uriOf(document.name), index };
          const lines = new Lines(document.text);
          return diagnostics.map((diagnostic) => ({
            ...resultOf(diagnostic, artifactLocation, lines),
            ruleIndex: indexes.get(diagnostic.code),
          }));
        }),
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

function resultOf(diagnostic: Diagnostic, artifactLocation: { uri: string; index: number }, lines: Lines) {
  const { code, severity, message, help, pointer, range, suggestion } = diagnostic;
  const region = range && regionOf(range, lines);
  const fix = suggestion && {
    description: { text: sentence(suggestion.title) },
    artifactChanges: [
      {
        artifactLocation,
        replacements: suggestion.edits.map((edit) => ({
          deletedRegion: regionOf(edit, lines),
          insertedContent: { text: edit.text },
        })),
      },
    ],
  };
  return {
    ruleId: code,
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

function regionOf({ start, end }: Range, lines: Lines) {
  const from = lines.placeOf(start);
  const to = lines.placeOf(end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
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
