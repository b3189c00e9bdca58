/** A coverage for people. */
import type { Count, Coverage, Outcomes } from "../../types.js";
import type { Places } from "../archive/places.js";
import { sanitize, type Paint } from "../terminal.js";
import { amount, gave, itemName, notesOf, outcomesOf, rulesOf, summaryOf, titleOf, wordsOf } from "./facts.js";

/** Places that are named behind a count. */
const NAMED = 3;

export function coverageText(coverage: Coverage, places: Places, paint: Paint): string {
  const lines = [paint.bold(summaryOf(coverage))];
  for (const { text, code, count } of notesOf(coverage)) {
    lines.push(`${paint.yellow("!")} ${text}${code === undefined ? "" : ` ${code}`}${placesOf(count, places)}`);
  }
  for (const rule of rulesOf(coverage)) {
    const { title, pointer } = titleOf(rule);
    lines.push("", `${paint.bold(sanitize(title))} ${paint.dim(sanitize(pointer))}`.trimEnd());
    lines.push(`  ${inWords(rule.outcomes, true) || "never"}${overLimit(rule.outcomes, places)}`);
    for (const item of rule.items) {
      const { kind, text } = itemName(item);
      const never = coverage.alerts > 0 && gave(item.outcomes) === 0;
      const counts = inWords(item.outcomes, false);
      const said = [never ? `never ${item.kind === "comparison" ? "matched" : "used"}` : "", counts].filter(Boolean);
      const sign = never && item.kind !== "default" && item.kind !== "received-at" ? paint.yellow("!") : " ";
      lines.push(`${sign}   ${[kind, sanitize(text)].filter(Boolean).join(" ")}: ${said.join("; ")}`);
    }
    if (rule.kind === "status") lines.push(...defaultWords(coverage, places));
  }
  return `${lines.join("\n")}\n`;
}

function inWords(outcomes: Outcomes, isRule: boolean): string {
  return outcomesOf(outcomes, isRule)
    .map(([word, { count }]) => `${amount(count)} ${word}`)
    .join(", ");
}

function overLimit(outcomes: Outcomes, places: Places): string {
  const count = outcomes["over-limit"];
  return count === undefined ? "" : placesOf(count, places);
}

function defaultWords(coverage: Coverage, places: Places): string[] {
  const { words, more } = wordsOf(coverage);
  if (words.length === 0) return [];
  const lines = words.map(
    (word) => `    ${amount(word.count)} × ${sanitize(JSON.stringify(word.word))}${placesOf(word, places, 1)}`,
  );
  if (more > 0) lines.push(`    ${amount(more)} × others`);
  return ["  words that got the default:", ...lines];
}

function placesOf({ payloads }: Count, places: Places, most = NAMED): string {
  const named = payloads.slice(0, most).map((place) => places.nameOf(place));
  return named.length === 0 ? "" : sanitize(` (${named.join(", ")}${payloads.length > most ? ", …" : ""})`);
}
